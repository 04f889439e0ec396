package dev.qanat.text;

/** How decimal numbers in text compare, whatever their length: {@code sort -n} and {@code -h}. */
public final class NumericOrder {
  private NumericOrder() {}

  /** Compares the numbers at the start of two pieces, blanks skipped; what is no number is 0. */
  public static int compare(byte[] a, int i, int ae, byte[] b, int j, int be) {
    while (i < ae && blank(a[i])) {
      i++;
    }
    while (j < be && blank(b[j])) {
      j++;
    }
    boolean an = i < ae && a[i] == '-';
    boolean bn = j < be && b[j] == '-';
    i += an ? 1 : 0;
    j += bn ? 1 : 0;
    if (an != bn) {
      boolean az = zero(a, i, ae);
      boolean bz = zero(b, j, be);
      if (az && bz) {
        return 0;
      }
      return an ? (az ? (bz ? 0 : -1) : -1) : bz ? (az ? 0 : 1) : 1;
    }
    int r = magnitudes(a, i, ae, b, j, be);
    return an ? -r : r;
  }

  private static boolean zero(byte[] s, int i, int e) {
    while (i < e && s[i] == '0') {
      i++;
    }
    if (i < e && digit(s[i])) {
      return false;
    }
    if (i < e && s[i] == '.') {
      i++;
      while (i < e && s[i] == '0') {
        i++;
      }
      return !(i < e && digit(s[i]));
    }
    return true;
  }

  private static int magnitudes(byte[] a, int i, int ae, byte[] b, int j, int be) {
    while (i < ae && a[i] == '0') {
      i++;
    }
    while (j < be && b[j] == '0') {
      j++;
    }
    int first = 0;
    int x = i;
    int y = j;
    while (x < ae && y < be && digit(a[x]) && digit(b[y])) {
      if (first == 0) {
        first = a[x] - b[y];
      }
      x++;
      y++;
    }
    boolean more = x < ae && digit(a[x]);
    if (more != (y < be && digit(b[y]))) {
      return more ? 1 : -1;
    }
    if (first != 0) {
      return first;
    }
    x = x < ae && a[x] == '.' ? x + 1 : ae;
    y = y < be && b[y] == '.' ? y + 1 : be;
    while (true) {
      int c = x < ae && digit(a[x]) ? a[x++] : '0';
      int d = y < be && digit(b[y]) ? b[y++] : '0';
      if (c != d) {
        return c - d;
      }
      if (!(x < ae && digit(a[x])) && !(y < be && digit(b[y]))) {
        return 0;
      }
    }
  }

  /** As {@code sort -h}: first by sign and unit, then by the number. */
  public static int human(byte[] a, int i, int ae, byte[] b, int j, int be) {
    int x = unit(a, i, ae);
    int y = unit(b, j, be);
    return x != y ? x - y : compare(a, i, ae, b, j, be);
  }

  private static int unit(byte[] s, int i, int e) {
    while (i < e && blank(s[i])) {
      i++;
    }
    boolean negative = i < e && s[i] == '-';
    i += negative ? 1 : 0;
    boolean nonzero = false;
    while (i < e && digit(s[i])) {
      nonzero |= s[i++] != '0';
    }
    if (i < e && s[i] == '.') {
      i++;
      while (i < e && digit(s[i])) {
        nonzero |= s[i++] != '0';
      }
    }
    if (!nonzero) {
      return 0;
    }
    int order = i < e ? Math.max(0, s[i] == 'k' ? 1 : "KMGTPEZY".indexOf(s[i]) + 1) : 0;
    return negative ? -order : order;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean blank(int c) {
    return c == ' ' || c == '\t';
  }
}
