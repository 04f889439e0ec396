package dev.qanat.vfs;

/**
 * An open file description: what descriptors refer to. Duplicated descriptors share one, and with
 * it the offset; {@link #retain} and {@link #release} count them. Files, pipes, devices and
 * terminals are all this, so a command cannot tell them apart unless it asks.
 */
public abstract class OpenFile {
  private int references = 1;

  /**
   * Reads at least one byte unless at the end of input, where it returns -1. The buffer stays the
   * caller's. May suspend. EBADF when it is open for writing only.
   */
  public int read(byte[] b, int off, int len) {
    throw new VfsException(Errno.EBADF, null);
  }

  /**
   * Writes all bytes. The buffer stays the caller's. May suspend. EPIPE, ENOSPC; EBADF when it is
   * open for reading only.
   */
  public void write(byte[] b, int off, int len) {
    throw new VfsException(Errno.EBADF, null);
  }

  /** Moves the offset: whence 0 from the start, 1 from here, 2 from the end. ESPIPE on streams. */
  public long seek(long offset, int whence) {
    throw new VfsException(Errno.ESPIPE, null);
  }

  public void truncate(long size) {
    throw new VfsException(Errno.EINVAL, null);
  }

  public abstract FileStat stat();

  /** The absolute path it was opened by, or something like {@code pipe:[12]}. */
  public abstract String path();

  public boolean isTerminal() {
    return false;
  }

  public boolean readable() {
    return true;
  }

  public boolean writable() {
    return true;
  }

  /** True when a read would return at once. */
  public boolean ready() {
    return true;
  }

  /** The gate that opens once {@link #ready} may be true; null when it is now. */
  public dev.qanat.sched.Gate readiness() {
    return null;
  }

  /** True when nobody is left to read what is written here. */
  public boolean broken() {
    return false;
  }

  /** Bytes that could be read again after a seek back: only files have that. */
  public boolean seekable() {
    return false;
  }

  /** Brings what was written to where it is kept. May suspend. */
  public void sync() {}

  /** Called when the last descriptor is gone. May suspend, and fail as the commit does. */
  protected void close() {}

  /** One more descriptor. Returns this. */
  public final OpenFile retain() {
    references++;
    return this;
  }

  /** One descriptor less; the last one closes the file. */
  public final void release() {
    if (--references == 0) {
      close();
    }
  }
}
