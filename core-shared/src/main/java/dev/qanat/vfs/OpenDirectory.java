package dev.qanat.vfs;

/** A directory that is open: it can be looked at, not read as bytes. */
final class OpenDirectory extends OpenFile {
  private final String path;
  private final FileStat stat;

  OpenDirectory(String path, FileStat stat) {
    this.path = path;
    this.stat = stat;
  }

  @Override
  public int read(byte[] b, int off, int len) {
    throw new VfsException(Errno.EISDIR, null);
  }

  @Override
  public boolean writable() {
    return false;
  }

  @Override
  public FileStat stat() {
    return stat;
  }

  @Override
  public String path() {
    return path;
  }
}
