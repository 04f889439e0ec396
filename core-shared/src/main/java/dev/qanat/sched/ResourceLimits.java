package dev.qanat.sched;

/**
 * What a process may use, as getrlimit(2) has it: of each resource a soft limit, which counts, and
 * a hard one, up to which the process may raise the soft one. Immutable; children share their
 * parent's until one of the two sets its own.
 */
public final class ResourceLimits {
  /** No limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** Open descriptors at the most, which is also the hard limit at the start. */
  public static final int MAX_DESCRIPTORS = 1024;

  /** What can be limited. */
  public enum Resource {
    /** Seconds of processor time. At the soft limit comes SIGXCPU, at the hard one SIGKILL. */
    CPU,
    /** Bytes of a file that is written. Beyond it comes SIGXFSZ, or EFBIG. */
    FILE_SIZE,
    /** One more than the highest descriptor. */
    DESCRIPTORS,
    /** Processes of all shells, the caller's included. */
    PROCESSES,
    /** Bytes of a core file. There are none, so that every limit is kept. */
    CORE
  }

  /** What a session starts with. */
  public static final ResourceLimits DEFAULT =
      new ResourceLimits(
          new long[] {UNLIMITED, UNLIMITED, MAX_DESCRIPTORS, UNLIMITED, 0},
          new long[] {UNLIMITED, UNLIMITED, MAX_DESCRIPTORS, UNLIMITED, UNLIMITED});

  private final long[] soft;
  private final long[] hard;

  private ResourceLimits(long[] soft, long[] hard) {
    this.soft = soft;
    this.hard = hard;
  }

  public long soft(Resource r) {
    return soft[r.ordinal()];
  }

  public long hard(Resource r) {
    return hard[r.ordinal()];
  }

  /** The same with another limit of one resource. */
  public ResourceLimits with(Resource r, long newSoft, long newHard) {
    long[] s = soft.clone();
    long[] h = hard.clone();
    s[r.ordinal()] = newSoft;
    h[r.ordinal()] = newHard;
    return new ResourceLimits(s, h);
  }
}
