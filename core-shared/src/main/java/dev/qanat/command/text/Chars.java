package dev.qanat.command.text;

/** Classes of characters beyond ASCII, as glibc's C.UTF-8 has them. */
public final class Chars {
  private Chars() {}

  /** White space; the spaces that do not break are none. */
  public static boolean isSpace(int c) {
    if (c < 128) {
      return c == ' ' || c >= 9 && c <= 13;
    }
    return c == 0x1680
        || c >= 0x2000 && c <= 0x2006
        || c >= 0x2008 && c <= 0x200a
        || c == 0x2028
        || c == 0x2029
        || c == 0x205f
        || c == 0x3000;
  }

  /** Space or tab, and the wide ones. */
  public static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c > 128 && isSpace(c) && c != 0x2028 && c != 0x2029;
  }
}
