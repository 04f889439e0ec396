package dev.qanat.sched;

/**
 * Unwinds a task, or only the command running in it, that a signal has ended. It carries no stack
 * trace. Only the places that own a task or run a command catch it; everything else lets it pass
 * and releases what it holds in {@code finally}.
 */
public final class Signalled extends RuntimeException {
  private final int signal;
  private final boolean commandOnly;

  public Signalled(int signal, boolean commandOnly) {
    super("SIG" + Signal.name(signal), null, false, false);
    this.signal = signal;
    this.commandOnly = commandOnly;
  }

  public int signal() {
    return signal;
  }

  /** True when the task itself goes on: only the command it was running is over. */
  public boolean commandOnly() {
    return commandOnly;
  }

  /** The exit status a shell reports, 128 + signal. */
  public int status() {
    return 128 + signal;
  }
}
