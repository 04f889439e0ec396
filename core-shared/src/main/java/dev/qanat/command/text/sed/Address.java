package dev.qanat.command.text.sed;

import dev.qanat.text.regex.Regex;

/** One address of a command. The fields used depend on the kind. */
final class Address {
  enum Kind {
    /** Line {@code first}. */
    LINE,
    /** Lines {@code first}, {@code first + step}, … */
    STEP,
    /** The last line of the input. */
    LAST,
    /** Lines that match {@code regex}, or the last regex used if it is null. */
    REGEX,
    /** As a second address: {@code first} lines more. */
    PLUS,
    /** As a second address: up to the next multiple of {@code first}. */
    MULTIPLE
  }

  final Kind kind;
  final long first;
  final long step;
  final Pattern pattern;

  private Address(Kind kind, long first, long step, Pattern pattern) {
    this.kind = kind;
    this.first = first;
    this.step = step;
    this.pattern = pattern;
  }

  static Address number(Kind kind, long number, long step) {
    return new Address(kind, number, step, null);
  }

  static Address last() {
    return new Address(Kind.LAST, 0, 0, null);
  }

  static Address matching(Pattern pattern) {
    return new Address(Kind.REGEX, 0, 0, pattern);
  }

  /**
   * A regular expression of the script, and how to compile it again for searching many lines at
   * once.
   */
  record Pattern(Regex regex, String source, dev.qanat.text.regex.Syntax syntax, int flags) {
    boolean isEmpty() {
      return regex == null;
    }
  }
}
