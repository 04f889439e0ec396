package dev.qanat.text;

/**
 * Numbers with a unit, as GNU's programs read and write sizes: {@code 10K}, {@code 3MB}, {@code
 * 1GiB}.
 */
public final class SizeText {
  /** What {@link #parse} gives for text that is no number. */
  public static final long INVALID = -1;

  /** What {@link #parse} gives for a number beyond 2^63 - 1. */
  public static final long OVERFLOW = -2;

  /** A number with a letter that is no unit here. */
  public static final long BAD_SUFFIX = -3;

  /** The units most programs take. */
  public static final String USUAL = "bcEGkKMmPTwYZ0";

  private SizeText() {}

  /**
   * A non-negative number with an optional unit: {@code b} 512, {@code K} 1024, {@code KB} 1000,
   * {@code KiB} 1024 and so on.
   *
   * @param units the letters allowed; {@code 0} among them allows {@code B} and {@code iB}
   */
  public static long parse(String s, String units) {
    int i = 0;
    int n = s.length();
    while (i < n && (s.charAt(i) == ' ' || s.charAt(i) == '\t')) {
      i++;
    }
    if (i < n && s.charAt(i) == '+') {
      i++;
    }
    int start = i;
    long v = 0;
    boolean over = false;
    while (i < n && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      int d = s.charAt(i++) - '0';
      if (v > (Long.MAX_VALUE - d) / 10) {
        over = true;
      } else {
        v = v * 10 + d;
      }
    }
    if (i == start) {
      if (i < n && units.indexOf(s.charAt(i)) >= 0 && s.charAt(i) != '0') {
        v = 1;
      } else {
        return INVALID;
      }
    }
    if (i == n) {
      return over ? OVERFLOW : v;
    }
    char u = s.charAt(i++);
    if (units.indexOf(u) < 0) {
      return BAD_SUFFIX;
    }
    long base = 1024;
    boolean prefix = "EGgkKMmPTtYZ".indexOf(u) >= 0;
    if (i < n && prefix && units.indexOf('0') >= 0) {
      if (s.charAt(i) == 'B') {
        base = 1000;
        i++;
      } else if (s.startsWith("iB", i)) {
        i += 2;
      }
    }
    if (i != n) {
      return BAD_SUFFIX;
    }
    if (!prefix) {
      int factor = u == 'b' ? 512 : u == 'w' ? 2 : u == 'B' ? 1024 : 1;
      return over || v > Long.MAX_VALUE / factor ? OVERFLOW : v * factor;
    }
    int power = "KMGTPEZY".indexOf(Character.toUpperCase(u)) + 1;
    for (int k = 0; k < power; k++) {
      if (v > Long.MAX_VALUE / base) {
        over = true;
        break;
      }
      v *= base;
    }
    return over ? OVERFLOW : v;
  }

  /** How messages end for each failure of {@link #parse}. */
  public static String reason(long failure) {
    return failure == OVERFLOW ? ": Value too large for defined data type" : "";
  }

  /** As {@code ls -h}: at most three digits and a letter, rounded up. {@code base} 1000 or 1024. */
  public static String human(long bytes, int base) {
    if (bytes < base) {
      return Long.toString(bytes);
    }
    int power = 0;
    long whole = bytes;
    long unit = 1;
    while (whole >= base && power < 6) {
      whole /= base;
      unit *= base;
      power++;
    }
    char letter = (base == 1000 ? "kMGTPE" : "KMGTPE").charAt(power - 1);
    long q = bytes / unit;
    long r = bytes - q * unit;
    if (q < 10) {
      // tenths, rounded up
      long tenths = q * 10 + (long) Math.ceil((double) r * 10 / unit);
      if (r * 10 / 10 == r && unit < Long.MAX_VALUE / 10) {
        tenths = q * 10 + (r * 10 + unit - 1) / unit;
      }
      if (tenths < 100) {
        return tenths / 10 + "." + tenths % 10 + letter;
      }
      return tenths / 10 + (tenths % 10 > 0 ? 1 : 0) + String.valueOf(letter);
    }
    long up = q + (r > 0 ? 1 : 0);
    if (up >= base && power < 6) {
      return "1.0" + (base == 1000 ? "kMGTPE" : "KMGTPE").charAt(power);
    }
    return up + String.valueOf(letter);
  }
}
