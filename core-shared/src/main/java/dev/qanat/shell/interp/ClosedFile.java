package dev.qanat.shell.interp;

import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/** Stands for a descriptor that is closed: everything fails with EBADF. */
final class ClosedFile extends OpenFile {
  static final ClosedFile INSTANCE = new ClosedFile();

  @Override
  public int read(byte[] b, int off, int len) {
    throw new VfsException(Errno.EBADF, null);
  }

  @Override
  public void write(byte[] b, int off, int len) {
    throw new VfsException(Errno.EBADF, null);
  }

  @Override
  public FileStat stat() {
    return FileStat.of(FileType.CHARACTER, 0, 0, null);
  }

  @Override
  public String path() {
    return "closed";
  }
}
