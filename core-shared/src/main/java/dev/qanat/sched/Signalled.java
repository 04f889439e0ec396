package dev.qanat.sched;

/**
 * Unwinds a task, or only the command running in it, that a signal has ended. It carries no stack
 * trace. Only the places that own a task or run a command catch it; everything else lets it pass
 * and releases what it holds in {@code finally}.
 */
public final class Signalled extends RuntimeException {
  private final int signal;
  private final boolean commandOnly;
  private final boolean own;

  public Signalled(int signal, boolean commandOnly) {
    this(signal, commandOnly, false);
  }

  Signalled(int signal, boolean commandOnly, boolean own) {
    super("SIG" + Signal.name(signal), null, false, false);
    this.signal = signal;
    this.commandOnly = commandOnly;
    this.own = own;
  }

  public int signal() {
    return signal;
  }

  /** True when the task itself goes on: only the command it was running is over. */
  public boolean commandOnly() {
    return commandOnly;
  }

  /**
   * True when nobody sent it: the code that runs brought it on itself, by writing to a broken pipe
   * or beyond a limit, and only the process that code is part of is over.
   */
  public boolean own() {
    return own;
  }

  /** The exit status a shell reports, 128 + signal. */
  public int status() {
    return 128 + signal;
  }
}
