package dev.qanat.shell.syntax;

/**
 * An arithmetic expression that cannot be read, or (thrown by the evaluator) not computed. The
 * message is bash's without its prefix: {@code 1 + : syntax error: operand expected (error token is
 * "+ ")}.
 */
public final class ArithException extends RuntimeException {
  public ArithException(String message) {
    super(message, null, false, false);
  }

  /** Words an error at a place of an expression as bash does. */
  public static ArithException at(String expression, String error, String token) {
    int start = 0;
    while (start < expression.length() && expression.charAt(start) <= ' ') {
      start++;
    }
    return new ArithException(
        expression.substring(start) + ": " + error + " (error token is \"" + token + "\")");
  }
}
