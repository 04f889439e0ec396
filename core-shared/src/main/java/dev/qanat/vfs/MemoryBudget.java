package dev.qanat.vfs;

/**
 * The one place where memory that grows is counted, because the heap's own end takes the whole tab
 * and cannot be caught. Counts bytes.
 */
public final class MemoryBudget {
  private final long limit;
  private long used;

  public MemoryBudget(long limitBytes) {
    limit = limitBytes;
  }

  public long limit() {
    return limit;
  }

  public long used() {
    return used;
  }

  /** Counts bytes in; false, counting nothing, when they do not fit. */
  public boolean take(long bytes) {
    if (used + bytes > limit) {
      return false;
    }
    used += bytes;
    return true;
  }

  public void give(long bytes) {
    used -= bytes;
  }
}
