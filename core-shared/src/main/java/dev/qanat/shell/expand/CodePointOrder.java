package dev.qanat.shell.expand;

import java.util.Comparator;

/** The order of the C.UTF-8 locale: by code point, which is that of the UTF-8 bytes. */
public final class CodePointOrder implements Comparator<String> {
  public static final CodePointOrder INSTANCE = new CodePointOrder();

  private CodePointOrder() {}

  @Override
  public int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return x >= 0xD800 && y >= 0xD800
            ? Integer.compare(rank(a, i), rank(b, i))
            : Integer.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Units from U+D800 on: those of pairs stand for what lies beyond U+FFFF. */
  private static int rank(String s, int i) {
    char c = s.charAt(i);
    if (c >= 0xE000) {
      return c;
    }
    boolean paired =
        c < 0xDC00
            ? i + 1 < s.length() && Character.isLowSurrogate(s.charAt(i + 1))
            : i > 0 && Character.isHighSurrogate(s.charAt(i - 1));
    return paired ? 0x10000 + c : 0x20000 + c;
  }
}
