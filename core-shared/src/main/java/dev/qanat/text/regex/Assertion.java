package dev.qanat.text.regex;

/**
 * The conditions on a position in the text, as bits, so that a set of those that hold is an int.
 */
final class Assertion {
  static final int TEXT_START = 1;
  static final int LINE_START = 2;
  static final int TEXT_END = 4;
  static final int LINE_END = 8;
  static final int WORD_BOUNDARY = 16;
  static final int NOT_WORD_BOUNDARY = 32;
  static final int WORD_START = 64;
  static final int WORD_END = 128;

  /** At the end of the text, or before a newline that ends it: PCRE's {@code \Z} and {@code $}. */
  static final int LAST_LINE_END = 256;

  /** No word character before: where {@code grep -w} lets a match begin. */
  static final int NOT_AFTER_WORD = 512;

  /** No word character behind: where {@code grep -w} lets a match end. */
  static final int NOT_BEFORE_WORD = 1024;

  static final int WORD =
      WORD_BOUNDARY | NOT_WORD_BOUNDARY | WORD_START | WORD_END | NOT_AFTER_WORD | NOT_BEFORE_WORD;

  private Assertion() {}

  /** The word assertions that hold between two characters that are word characters or not. */
  static int words(boolean before, boolean after) {
    int edges = (before ? 0 : NOT_AFTER_WORD) | (after ? 0 : NOT_BEFORE_WORD);
    if (before == after) {
      return edges | NOT_WORD_BOUNDARY;
    }
    return edges | WORD_BOUNDARY | (after ? WORD_START : WORD_END);
  }
}
