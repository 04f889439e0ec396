package dev.qanat.command;

import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;

/** Takes every write and keeps none: standard error of a process that closed it. */
final class Discard extends OpenFile {
  static final Discard INSTANCE = new Discard();

  @Override
  public int read(byte[] b, int off, int len) {
    return -1;
  }

  @Override
  public void write(byte[] b, int off, int len) {}

  @Override
  public FileStat stat() {
    return FileStat.of(FileType.CHARACTER, 0, 0, null);
  }

  @Override
  public String path() {
    return "/dev/null";
  }
}
