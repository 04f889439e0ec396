package dev.qanat.command.data.awk;

import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Regex;

/**
 * What a program takes for a character, and whether letters of both cases are the same.
 *
 * @param single whether each byte is a character, as in the C locale and under {@code -b}
 */
record Characters(boolean single, boolean ignoreCase) {
  static final Characters UTF8 = new Characters(false, false);

  /** How many characters there are in {@code [from, to)}. */
  int count(byte[] b, int from, int to) {
    return single ? to - from : Utf8.length(b, from, to);
  }

  /** The bytes of the character at a place. */
  int size(byte[] b, int at, int end) {
    return single ? 1 : Math.max(1, Utf8.sequenceLength(b, at, end));
  }

  int regexFlags() {
    return (single ? Regex.BYTES : 0) | (ignoreCase ? Regex.IGNORE_CASE : 0);
  }
}
