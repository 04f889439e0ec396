package dev.qanat.shell.expand;

/** What a variable's attributes make of the value it is given: a number, other letters. */
final class ValueConversion {
  static final int CASES = Variable.LOWERCASE | Variable.UPPERCASE | Variable.CAPITALIZE;

  /** The attributes that change a value as it is assigned. */
  static final int ATTRIBUTES = CASES | Variable.INTEGER;

  private ValueConversion() {}

  /**
   * What becomes of a value in a variable with these attributes, appended to {@code old} or null.
   */
  static String converted(Expander expander, int attributes, String old, String value) {
    if ((attributes & Variable.INTEGER) != 0) {
      long number = expander.integerValue(value);
      return Long.toString(old == null ? number : expander.numberOf(old) + number);
    }
    String all = old == null ? value : old + value;
    return (attributes & CASES) != 0 ? cased(attributes, all) : all;
  }

  /** A value in the letters that one of {@link #CASES} asks for. */
  static String cased(int attributes, String value) {
    if ((attributes & Variable.LOWERCASE) != 0) {
      return LetterCase.lower(value);
    }
    return (attributes & Variable.UPPERCASE) != 0
        ? LetterCase.upper(value)
        : LetterCase.capitalized(value);
  }
}
