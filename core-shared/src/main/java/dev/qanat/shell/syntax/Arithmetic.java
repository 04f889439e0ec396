package dev.qanat.shell.syntax;

/**
 * An arithmetic expression in a script: {@code $((…))}, {@code ((…))}, an index, a slice's offset.
 * bash expands the text first, as if in double quotes, and parses the result. A text with nothing
 * to expand is parsed once, here.
 */
public final class Arithmetic {
  private final String text;
  private final Word word;
  private boolean parsed;
  private ArithExpr expression;
  private ArithException error;

  public Arithmetic(String text) {
    this(text, null);
  }

  Arithmetic(String text, Word word) {
    this.text = text;
    this.word = word != null ? word : Word.arithmetic(text);
  }

  /** As written. */
  public String text() {
    return text;
  }

  /** Whether there is nothing but white space. */
  public boolean isBlank() {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > ' ') {
        return false;
      }
    }
    return true;
  }

  /** The text to expand; the result goes to {@link ArithParser#parse}. */
  public Word word() {
    return word;
  }

  /** Whether the text must be expanded before it is parsed. */
  public boolean needsExpansion() {
    return word.literalOrNull() == null;
  }

  /**
   * The expression, when the text needs no expansion; null when it does. Parsed once.
   *
   * @throws ArithException every time, when the text is not an expression
   */
  public ArithExpr expressionOrNull() {
    if (!parsed) {
      parsed = true;
      String literal = word.literalOrNull();
      if (literal != null) {
        try {
          expression = ArithParser.parse(literal);
        } catch (ArithException e) {
          error = e;
        }
      }
    }
    if (error != null) {
      throw error;
    }
    return expression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Arithmetic a && a.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "((" + text + "))";
  }
}
