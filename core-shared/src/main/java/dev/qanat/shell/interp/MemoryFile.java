package dev.qanat.shell.interp;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/**
 * Collects what is written to it: the standard output of a command substitution. Looks like a pipe
 * to those who write. {@link #closed} tells when the last of them, perhaps a background job, is
 * done.
 */
final class MemoryFile extends OpenFile {
  final ByteBuilder bytes = new ByteBuilder(64);
  private final Gate closed = new Gate();

  /** More was written than a text may hold; the writer got ENOMEM. */
  boolean full;

  /** Opens when the last reference is gone. */
  Gate closed() {
    return closed;
  }

  @Override
  public int read(byte[] b, int off, int len) {
    throw new VfsException(Errno.EBADF, null);
  }

  @Override
  public void write(byte[] b, int off, int len) {
    Sched.checkpoint();
    if (len > Memory.maxText() - bytes.length()) {
      full = true;
      throw new VfsException(Errno.ENOMEM, null);
    }
    bytes.append(b, off, len);
  }

  @Override
  public boolean readable() {
    return false;
  }

  @Override
  public FileStat stat() {
    return FileStat.of(FileType.FIFO, 0, 0, null).withMode(0600);
  }

  @Override
  public String path() {
    return "pipe:[0]";
  }

  @Override
  protected void close() {
    closed.open();
  }
}
