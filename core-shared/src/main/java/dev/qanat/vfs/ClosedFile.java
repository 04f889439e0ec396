package dev.qanat.vfs;

/** Stands for a descriptor that is closed: everything fails with EBADF. */
public final class ClosedFile extends OpenFile {
  public static final ClosedFile INSTANCE = new ClosedFile();

  @Override
  public FileStat stat() {
    return FileStat.of(FileType.CHARACTER, 0, 0, null);
  }

  @Override
  public String path() {
    return "closed";
  }
}
