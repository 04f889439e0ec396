package dev.qanat.vfs;

import dev.qanat.sched.ResourceLimits;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;

/** A regular file that is open: an offset into a content that others may have open too. */
final class RegularFile extends OpenFile {
  private final OpenBody body;
  private final int flags;
  private long offset;
  private boolean wrote;

  RegularFile(OpenBody body, int flags) {
    this.body = body;
    this.flags = flags;
  }

  OpenBody body() {
    return body;
  }

  @Override
  public int read(byte[] b, int off, int len) {
    if (!readable()) {
      throw new VfsException(Errno.EBADF, null);
    }
    if (len == 0) {
      return 0;
    }
    Sched.checkpoint();
    int n = body.read(offset, b, off, len);
    if (n <= 0) {
      return -1;
    }
    offset += n;
    return n;
  }

  @Override
  public void write(byte[] b, int off, int len) {
    if (!writable()) {
      throw new VfsException(Errno.EBADF, null);
    }
    if (len == 0) {
      return;
    }
    Sched.checkpoint();
    if ((flags & OpenFlags.APPEND) != 0) {
      offset = body.size();
    }
    long limit = sizeLimit();
    if (len > limit - offset) {
      int fits = (int) Math.max(0, limit - offset);
      if (fits > 0) {
        put(b, off, fits);
      }
      tooLarge();
    }
    put(b, off, len);
  }

  private void put(byte[] b, int off, int len) {
    body.write(offset, b, off, len);
    offset += len;
    wrote = true;
  }

  /** What {@code ulimit -f} allows the running process, in bytes. */
  private static long sizeLimit() {
    Task t = Sched.get().current();
    return t == null
        ? ResourceLimits.UNLIMITED
        : t.limits().soft(ResourceLimits.Resource.FILE_SIZE);
  }

  /** setrlimit(2), RLIMIT_FSIZE: SIGXFSZ, and the error for who catches or ignores that. */
  private static void tooLarge() {
    Sched.get().current().raise(Signal.XFSZ);
    throw new VfsException(Errno.EFBIG, null);
  }

  @Override
  public long seek(long by, int whence) {
    long to = by + (whence == 0 ? 0 : whence == 1 ? offset : body.size());
    if (to < 0) {
      throw new VfsException(Errno.EINVAL, null);
    }
    offset = to;
    return to;
  }

  @Override
  public void truncate(long size) {
    if (!writable()) {
      throw new VfsException(Errno.EINVAL, null);
    }
    if (size > sizeLimit() && size > body.size()) {
      tooLarge();
    }
    body.truncate(size);
    wrote = true;
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public boolean readable() {
    return (flags & OpenFlags.READ) != 0;
  }

  @Override
  public boolean writable() {
    return (flags & OpenFlags.WRITE) != 0;
  }

  @Override
  public FileStat stat() {
    Vfs.Location l = body.location();
    FileStat base = FileStat.file(0, 0, null).withMode(0644);
    if (!body.detached()) {
      try {
        base = l.mount().resource().stat(l.inside());
      } catch (VfsException e) {
        // created and not committed yet
      }
    }
    return body.stat(base);
  }

  @Override
  public String path() {
    return body.location().absolute() + (body.detached() ? " (deleted)" : "");
  }

  @Override
  public void sync() {
    body.flush();
  }

  @Override
  protected void close() {
    try {
      if (wrote && !body.detached()) {
        body.flush();
      }
    } finally {
      body.release();
    }
  }
}
