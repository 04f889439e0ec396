package dev.qanat.text.regex;

/**
 * One escape sequence of awk inside a regular expression, such as {@code \t}, {@code \/} or {@code
 * \033}.
 */
final class AwkEscapes {
  final int character;
  final int end;

  /**
   * Whether the character was written as a number or a name, and so has no meaning as an operator.
   */
  final boolean special;

  /** Reads the sequence whose first character behind the backslash is at {@code at}. */
  AwkEscapes(int[] pattern, int at) {
    int c = pattern[at];
    int next = at + 1;
    boolean named = true;
    switch (c) {
      case 'n' -> c = '\n';
      case 't' -> c = '\t';
      case 'r' -> c = '\r';
      case 'f' -> c = '\f';
      case 'v' -> c = 0x0B;
      case 'a' -> c = 7;
      case 'b' -> c = 8;
      case 'x' -> {
        int value = 0;
        while (next < pattern.length && next < at + 3 && Character.digit(pattern[next], 16) >= 0) {
          value = value * 16 + Character.digit(pattern[next++], 16);
        }
        if (next > at + 1) {
          c = value;
        }
      }
      default -> {
        if (c >= '0' && c <= '7') {
          int value = 0;
          next = at;
          while (next < pattern.length
              && next < at + 3
              && pattern[next] >= '0'
              && pattern[next] <= '7') {
            value = value * 8 + pattern[next++] - '0';
          }
          c = value & 0xFF;
        } else {
          named = false;
        }
      }
    }
    character = c >= 0x80 && named ? 0xDC00 + c : c;
    end = next;
    special = named;
  }
}
