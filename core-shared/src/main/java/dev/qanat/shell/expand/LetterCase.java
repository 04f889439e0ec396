package dev.qanat.shell.expand;

/** Changes of letter case, code point by code point as bash does them. */
final class LetterCase {
  private LetterCase() {}

  static String upper(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      out = replace(text, i, c, upper(c), out);
      i += Character.charCount(c);
    }
    return out == null ? text : out.toString();
  }

  static String lower(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      out = replace(text, i, c, lower(c), out);
      i += Character.charCount(c);
    }
    return out == null ? text : out.toString();
  }

  /** The first letter in upper case, the rest in lower case. */
  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int c = text.codePointAt(0);
    StringBuilder out = new StringBuilder(text.length()).appendCodePoint(upper(c));
    return out.append(lower(text.substring(Character.charCount(c)))).toString();
  }

  private static StringBuilder replace(String text, int i, int c, int by, StringBuilder out) {
    StringBuilder to = out;
    if (to == null && by != c) {
      to = new StringBuilder(text.length()).append(text, 0, i);
    }
    return to == null ? null : to.appendCodePoint(by);
  }

  static int upper(int c) {
    if (c < 128) {
      return c >= 'a' && c <= 'z' ? c - 32 : c;
    }
    return Character.toUpperCase(c);
  }

  static int lower(int c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    return Character.toLowerCase(c);
  }

  static int toggle(int c) {
    int upper = upper(c);
    return upper != c ? upper : lower(c);
  }
}
