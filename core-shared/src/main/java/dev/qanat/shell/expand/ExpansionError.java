package dev.qanat.shell.expand;

/**
 * A failed expansion or assignment. The message is bash's, without the {@code bash: line N: } in
 * front; whoever catches it prints it. Has no stack trace: it is an answer, not a defect.
 */
public final class ExpansionError extends RuntimeException {
  /** What the shell does after printing the message. */
  public enum Outcome {
    /**
     * The top-level command that was read is given up (bash's {@code DISCARD}); the script goes on
     * with the next one. Builtins that assign report it and return the status.
     */
    DISCARD,
    /**
     * A shell that is not interactive exits (bash's {@code FORCE_EOF}): {@code set -u}, {@code
     * ${x?}}.
     */
    EXIT
  }

  private final int status;
  private final Outcome outcome;
  private final boolean endsUnderErrexit;

  public ExpansionError(String message, int status, Outcome outcome) {
    this(message, status, outcome, true);
  }

  private ExpansionError(String message, int status, Outcome outcome, boolean endsUnderErrexit) {
    super(message, null, false, false);
    this.status = status;
    this.outcome = outcome;
    this.endsUnderErrexit = endsUnderErrexit;
  }

  /** An error that discards the command, but does not end a shell that runs with {@code set -e}. */
  static ExpansionError mild(String message) {
    return new ExpansionError(message, 1, Outcome.DISCARD, false);
  }

  /** An error that discards the command with status 1. */
  public ExpansionError(String message) {
    this(message, 1, Outcome.DISCARD);
  }

  /** What {@code $?} becomes. */
  public int status() {
    return status;
  }

  public Outcome outcome() {
    return outcome;
  }

  /**
   * Whether a shell with {@code set -e} exits; bash does so for most errors, not for arithmetic.
   */
  public boolean endsUnderErrexit() {
    return endsUnderErrexit;
  }
}
