package dev.qanat.text;

/**
 * The order of {@code sort -V} and {@code ls -v}: runs of digits compare as numbers, suffixes such
 * as {@code .tar.gz} count only when all else is equal (gnulib's filevercmp).
 */
public final class VersionOrder {
  private VersionOrder() {}

  /** Negative, zero or positive. */
  public static int compare(String a, String b) {
    byte[] x = Utf8.encode(a);
    byte[] y = Utf8.encode(b);
    return compare(x, 0, x.length, y, 0, y.length);
  }

  /** As {@link #compare(String, String)} on {@code a[ai, ae)} and {@code b[bi, be)}. */
  public static int compare(byte[] a, int ai, int ae, byte[] b, int bi, int be) {
    int an = ae - ai;
    int bn = be - bi;
    if (an == 0 || bn == 0) {
      return an == 0 ? (bn == 0 ? 0 : -1) : 1;
    }
    if (a[ai] == '.') {
      if (b[bi] != '.') {
        return -1;
      }
      if (an == 1) {
        return bn == 1 ? 0 : -1;
      }
      if (bn == 1) {
        return 1;
      }
      boolean add = an == 2 && a[ai + 1] == '.';
      boolean bdd = bn == 2 && b[bi + 1] == '.';
      if (add) {
        return bdd ? 0 : -1;
      }
      if (bdd) {
        return 1;
      }
    } else if (b[bi] == '.') {
      return 1;
    }
    int ap = prefix(a, ai, ae);
    int bp = prefix(b, bi, be);
    int r = parts(a, ai, ap, b, bi, bp);
    return r != 0 || ap == ae && bp == be ? r : parts(a, ai, ae, b, bi, be);
  }

  private static int prefix(byte[] s, int from, int to) {
    int end = from;
    int i = from;
    while (true) {
      if (i == to) {
        return end;
      }
      i++;
      end = i;
      while (i + 1 < to && s[i] == '.' && (alpha(s[i + 1]) || s[i + 1] == '~')) {
        for (i += 2; i < to && (alpha(s[i]) || digit(s[i]) || s[i] == '~'); i++) {
          // the suffix goes on
        }
      }
    }
  }

  private static boolean alpha(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static int order(byte[] s, int i, int end) {
    if (i == end) {
      return -1;
    }
    int c = s[i] & 0xff;
    return digit(c) ? 0 : alpha(c) ? c : c == '~' ? -2 : c + 256;
  }

  private static int parts(byte[] a, int i, int ae, byte[] b, int j, int be) {
    while (i < ae || j < be) {
      int first = 0;
      while (i < ae && !digit(a[i]) || j < be && !digit(b[j])) {
        int x = order(a, i, ae);
        int y = order(b, j, be);
        if (x != y) {
          return x - y;
        }
        i++;
        j++;
      }
      while (i < ae && a[i] == '0') {
        i++;
      }
      while (j < be && b[j] == '0') {
        j++;
      }
      while (i < ae && j < be && digit(a[i]) && digit(b[j])) {
        if (first == 0) {
          first = a[i] - b[j];
        }
        i++;
        j++;
      }
      if (i < ae && digit(a[i])) {
        return 1;
      }
      if (j < be && digit(b[j])) {
        return -1;
      }
      if (first != 0) {
        return first;
      }
    }
    return 0;
  }
}
