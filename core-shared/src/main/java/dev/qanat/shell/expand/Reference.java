package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.Subscript;

/**
 * Text that names a parameter: {@code name}, {@code name[subscript]}, a position, or a special
 * parameter.
 *
 * @param subscript or null
 */
record Reference(String name, Subscript subscript) {

  /** Reads a reference; null when the text is none. */
  static Reference of(String text) {
    int n = text.length();
    if (n == 0) {
      return null;
    }
    int i = nameEnd(text);
    if (i == 0) {
      char c = text.charAt(0);
      if (c >= '0' && c <= '9') {
        for (int k = 1; k < n; k++) {
          if (text.charAt(k) < '0' || text.charAt(k) > '9') {
            return null;
          }
        }
        return new Reference(text, null);
      }
      return n == 1 && "@*#?-$!".indexOf(c) >= 0 ? new Reference(text, null) : null;
    }
    if (i == n) {
      return new Reference(text, null);
    }
    if (text.charAt(i) != '[' || i + 2 >= n || text.charAt(n - 1) != ']') {
      return null;
    }
    return new Reference(text.substring(0, i), new Subscript(text.substring(i + 1, n - 1)));
  }

  /** The length of the variable name a text starts with; 0 when it starts with none. */
  static int nameEnd(String text) {
    int i = 0;
    while (i < text.length() && isNamePart(text.charAt(i))) {
      i++;
    }
    return i > 0 && text.charAt(0) >= '0' && text.charAt(0) <= '9' ? 0 : i;
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  static boolean isName(String text) {
    return !text.isEmpty() && nameEnd(text) == text.length();
  }

  boolean isWhole() {
    return subscript != null && (subscript.isAt() || subscript.isStar());
  }
}
