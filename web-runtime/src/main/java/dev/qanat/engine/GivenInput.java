package dev.qanat.engine;

import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/** Standard input that was given as a whole; a stream, as a pipe's reading end is. */
final class GivenInput extends OpenFile {
  private final byte[] bytes;
  private int at;

  GivenInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(byte[] b, int off, int len) {
    if (at == bytes.length) {
      return -1;
    }
    int n = Math.min(len, bytes.length - at);
    System.arraycopy(bytes, at, b, off, n);
    at += n;
    return n;
  }

  @Override
  public void write(byte[] b, int off, int len) {
    throw new VfsException(Errno.EBADF, null);
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
    return "pipe:[stdin]";
  }
}
