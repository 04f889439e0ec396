package dev.qanat.shell.syntax;

/**
 * What stands in the brackets of {@code name[…]}. Whether it is a key or an arithmetic expression
 * is known only when the array is: both readings are here, each made when first asked for.
 */
public final class Subscript {
  private final String text;
  private Word word;
  private Arithmetic arithmetic;

  public Subscript(String text) {
    this.text = text;
  }

  /** As written, without the brackets. */
  public String text() {
    return text;
  }

  /** Whether it is {@code @}, unquoted. */
  public boolean isAt() {
    return text.length() == 1 && text.charAt(0) == '@';
  }

  /** Whether it is {@code *}, unquoted. */
  public boolean isStar() {
    return text.length() == 1 && text.charAt(0) == '*';
  }

  /** The reading as a key of an associative array: an ordinary word, not split nor globbed. */
  public Word word() {
    if (word == null) {
      word = Word.of(text);
    }
    return word;
  }

  /** The reading as an index. */
  public Arithmetic arithmetic() {
    if (arithmetic == null) {
      arithmetic = new Arithmetic(text);
    }
    return arithmetic;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Subscript s && s.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "[" + text + "]";
  }
}
