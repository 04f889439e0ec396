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

  /** What went wrong, as far as it matters to what follows. */
  private enum Cause {
    OTHER,
    /** An expression in a word. */
    EXPRESSION,
    SUBSCRIPT,
    /** The value given to an integer variable. */
    VALUE,
    /** A word among the elements of an array. */
    ELEMENT
  }

  private final int status;
  private final Outcome outcome;
  private final Cause cause;

  public ExpansionError(String message, int status, Outcome outcome) {
    this(message, status, outcome, Cause.OTHER);
  }

  private ExpansionError(String message, int status, Outcome outcome, Cause cause) {
    super(message, null, false, false);
    this.status = status;
    this.outcome = outcome;
    this.cause = cause;
  }

  /** An error in an expression that stands in a word. */
  static ExpansionError expression(String message) {
    return new ExpansionError(message, 1, Outcome.DISCARD, Cause.EXPRESSION);
  }

  /** A variable without a value in an expression, where there has to be one. */
  static ExpansionError unset(String name) {
    return new ExpansionError(name + ": unbound variable", 1, Outcome.EXIT, Cause.EXPRESSION);
  }

  /** An error in a subscript. */
  static ExpansionError subscript(String message) {
    return new ExpansionError(message, 1, Outcome.DISCARD, Cause.SUBSCRIPT);
  }

  /** An error in the expression that is given to an integer variable. */
  static ExpansionError value(String message) {
    return new ExpansionError(message, 1, Outcome.DISCARD, Cause.VALUE);
  }

  /** The same error, of a word among the elements of an array. */
  ExpansionError ofElement() {
    if (cause == Cause.VALUE) {
      return subscript(getMessage()); // the builtin is not named
    }
    return cause == Cause.OTHER && outcome == Outcome.DISCARD
        ? new ExpansionError(getMessage(), status, outcome, Cause.ELEMENT)
        : this;
  }

  /** The same error of a value that a command's redirection assigns, which names the command. */
  public ExpansionError of(String command) {
    return cause == Cause.VALUE
        ? new ExpansionError(command + ": " + getMessage(), status, outcome, cause)
        : this;
  }

  /** An error that discards the command with status 1. */
  public ExpansionError(String message) {
    this(message, 1, Outcome.DISCARD);
  }

  /** What {@code $?} becomes. */
  public int status() {
    return status;
  }

  /** The same where it is {@code before}. */
  public int statusBehind(int before) {
    // bash does not set it then, but it cannot be 0 any more
    return cause == Cause.VALUE && before != 0 ? before : status;
  }

  public Outcome outcome() {
    return outcome;
  }

  /**
   * Whether it is one of arithmetic. Such an error does not end a shell that runs with {@code set
   * -e}.
   */
  public boolean isArithmetic() {
    return cause != Cause.OTHER && cause != Cause.ELEMENT;
  }

  /** Whether it gives up the command from within a builtin that assigns, too. */
  public boolean givesUpBuiltin() {
    return cause != Cause.OTHER || outcome == Outcome.EXIT;
  }

  /** Whether it discards what {@code eval} and sourced files still hold as well. */
  public boolean discardsTexts() {
    return cause == Cause.SUBSCRIPT || cause == Cause.VALUE;
  }

  /** Whether its message stands behind the name of the builtin that assigns. */
  public boolean namesBuiltin() {
    return cause == Cause.VALUE;
  }
}
