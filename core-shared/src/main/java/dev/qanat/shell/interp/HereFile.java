package dev.qanat.shell.interp;

import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/** The content of a here-document as an open file: read-only, seekable, without a name. */
final class HereFile extends OpenFile {
  private final byte[] bytes;
  private int at;

  HereFile(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(byte[] b, int off, int len) {
    int n = Math.min(len, bytes.length - at);
    if (n <= 0) {
      return -1;
    }
    System.arraycopy(bytes, at, b, off, n);
    at += n;
    return n;
  }

  @Override
  public void write(byte[] b, int off, int len) {
    throw new VfsException(Errno.EBADF, null);
  }

  @Override
  public long seek(long offset, int whence) {
    long to = whence == 0 ? offset : whence == 1 ? at + offset : bytes.length + offset;
    if (to < 0) {
      throw new VfsException(Errno.EINVAL, null);
    }
    at = (int) Math.min(to, bytes.length);
    return to;
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public boolean writable() {
    return false;
  }

  @Override
  public FileStat stat() {
    return FileStat.of(FileType.FIFO, 0, 0, null).withMode(0600);
  }

  @Override
  public String path() {
    return "pipe:[1]";
  }
}
