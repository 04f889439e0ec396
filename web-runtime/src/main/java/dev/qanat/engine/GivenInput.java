package dev.qanat.engine;

import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;

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
  public boolean writable() {
    return false;
  }

  @Override
  public FileStat stat() {
    return FileStat.pipe();
  }

  @Override
  public String path() {
    return "pipe:[stdin]";
  }
}
