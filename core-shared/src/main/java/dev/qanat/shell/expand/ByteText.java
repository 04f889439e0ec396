package dev.qanat.shell.expand;

import dev.qanat.text.Utf8;

/**
 * Text as the locales {@code C} and {@code POSIX} see it: each byte beyond ASCII is a character of
 * its own, the stand-in that {@link Utf8} gives bytes that are no text.
 */
final class ByteText {
  private ByteText() {}

  /** Splits the characters beyond ASCII into their bytes. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        StringBuilder out = new StringBuilder(text.length() * 2);
        for (byte b : Utf8.encode(text)) {
          out.append((char) (b >= 0 ? b : 0xDC00 + (b & 0xFF)));
        }
        return out.toString();
      }
    }
    return text;
  }

  /** Joins bytes that make a character again. */
  static String joined(String bytes) {
    return Utf8.decode(Utf8.encode(bytes));
  }
}
