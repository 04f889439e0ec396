package dev.qanat.engine;

import dev.qanat.text.ByteBuilder;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;

/** A stream that keeps what is written to it, up to a limit. */
final class CollectedOutput extends OpenFile {
  private final ByteBuilder kept = new ByteBuilder();
  private final OutputLimit limit;
  private final String name;

  CollectedOutput(String name, long limit) {
    this.name = name;
    this.limit = new OutputLimit(name, limit);
  }

  byte[] bytes() {
    return kept.toByteArray();
  }

  @Override
  public void write(byte[] b, int off, int len) {
    limit.spend(len);
    kept.append(b, off, len); // first: what a dying task says last must not be lost
    dev.qanat.sched.Sched.checkpoint();
  }

  @Override
  public boolean readable() {
    return false;
  }

  @Override
  public FileStat stat() {
    return FileStat.pipe();
  }

  @Override
  public String path() {
    return "pipe:[" + name + "]";
  }
}
