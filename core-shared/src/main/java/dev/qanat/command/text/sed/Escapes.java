package dev.qanat.command.text.sed;

/**
 * The escape sequences sed knows besides those of regular expressions: {@code \t}, {@code \x41},
 * {@code \cA}, …
 */
final class Escapes {
  /**
   * The character the sequence stands for, U+DC00+b for a byte b beyond ASCII; -1 if it is no such
   * sequence.
   */
  final int character;

  /** The position behind the sequence. */
  final int end;

  private Escapes(int character, int end) {
    this.character = character >= 0x80 && character <= 0xFF ? 0xDC00 + character : character;
    this.end = end;
  }

  /** Reads the sequence whose backslash is at {@code at}. */
  static Escapes read(String text, int at) {
    if (at + 1 >= text.length()) {
      return new Escapes(-1, at);
    }
    switch (text.charAt(at + 1)) {
      case 'a':
        return new Escapes(7, at + 2);
      case 'f':
        return new Escapes('\f', at + 2);
      case 'n':
        return new Escapes('\n', at + 2);
      case 'r':
        return new Escapes('\r', at + 2);
      case 't':
        return new Escapes('\t', at + 2);
      case 'v':
        return new Escapes(0x0B, at + 2);
      case 'c':
        if (at + 2 < text.length()) {
          return new Escapes(Character.toUpperCase(text.charAt(at + 2)) ^ 0x40, at + 3);
        }
        return new Escapes(-1, at);
      case 'd':
        return number(text, at, 10, 3);
      case 'o':
        return number(text, at, 8, 3);
      case 'x':
        return number(text, at, 16, 2);
      default:
        return new Escapes(-1, at);
    }
  }

  /** The same sequence in a text in which it stands {@code distance} characters later. */
  Escapes movedBy(int distance) {
    return new Escapes(character, end + distance);
  }

  private static Escapes number(String text, int at, int radix, int digits) {
    int value = 0;
    int p = at + 2;
    while (p < text.length()
        && p < at + 2 + digits
        && Character.digit(text.charAt(p), radix) >= 0) {
      value = value * radix + Character.digit(text.charAt(p++), radix);
    }
    return p == at + 2 ? new Escapes(-1, at) : new Escapes(value & 0xFF, p);
  }
}
