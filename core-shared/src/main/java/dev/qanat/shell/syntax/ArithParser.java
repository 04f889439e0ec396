package dev.qanat.shell.syntax;

/** Reads arithmetic expressions, after expansion. */
public final class ArithParser {
  private ArithParser() {}

  /**
   * The tree of an expression; a blank text is 0.
   *
   * @throws ArithException with bash's message when it is not an expression
   */
  public static ArithExpr parse(String text) {
    throw new UnsupportedOperationException();
  }
}
