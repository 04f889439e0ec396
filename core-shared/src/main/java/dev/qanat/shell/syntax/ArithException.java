package dev.qanat.shell.syntax;

/**
 * An arithmetic expression that cannot be read, or (thrown by the evaluator) not computed. The
 * message is bash's without its prefix: {@code 1 + : syntax error: operand expected (error token is
 * "+ ")}.
 */
public final class ArithException extends RuntimeException {
  private final boolean bare;

  public ArithException(String message) {
    this(message, false);
  }

  private ArithException(String message, boolean bare) {
    super(message, null, false, false);
    this.bare = bare;
  }

  /** A refused assignment: its message says nothing of the command that computes. */
  public static ArithException refused(String message) {
    return new ArithException(message, true);
  }

  /** Whether it is a refused assignment, which ends a shell under {@code set -e} wherever it is. */
  public boolean isRefused() {
    return bare;
  }

  /** The message behind the name of what computes, {@code "((: "} or {@code "let: "}. */
  public String messageIn(String prefix) {
    return bare ? getMessage() : prefix + getMessage();
  }

  /** Words an error at a place of an expression as bash does. */
  public static ArithException at(String expression, String error, String token) {
    int start = 0;
    while (start < expression.length() && isBlank(expression.charAt(start))) {
      start++;
    }
    return new ArithException(
        expression.substring(start) + ": " + error + " (error token is \"" + token + "\")");
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
