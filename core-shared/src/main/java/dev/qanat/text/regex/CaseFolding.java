package dev.qanat.text.regex;

/** Which characters are equal when case is ignored: simple (one to one) folding of Unicode. */
final class CaseFolding {
  /**
   * Groups whose members' upper- and lower-case mappings do not lead to each other, separated by
   * spaces.
   */
  private static final String GROUPS =
      "\u00B5\u039C\u03BC K\u212Ak S\u017Fs \u00C5\u212B\u00E5 \u03A3\u03C2\u03C3"
          + " \u0392\u03D0\u03B2 \u0398\u03D1\u03F4\u03B8 \u03A6\u03D5\u03C6 \u03A0\u03D6\u03C0"
          + " \u039A\u03F0\u03BA \u03A1\u03F1\u03C1 \u0395\u03F5\u03B5 \u1E60\u1E9B\u1E61"
          + " \u0345\u0399\u1FBE\u03B9 \u03A9\u2126\u03C9 \u00DF\u1E9E \u01C4\u01C5\u01C6"
          + " \u01C7\u01C8\u01C9 \u01CA\u01CB\u01CC \u01F1\u01F2\u01F3";

  private CaseFolding() {}

  /**
   * Adds to {@code builder} the characters that equal {@code c}, which is not ASCII, up to case.
   */
  static void addVariants(int c, CharSet.Builder builder) {
    int lower = Character.toLowerCase(c);
    int upper = Character.toUpperCase(c);
    if (lower != c) {
      builder.add(lower, lower);
    }
    if (upper != c && Character.toLowerCase(upper) == lower) {
      builder.add(upper, upper);
    }
    if (c < 0x4FF || c >= 0x1E60 && c <= 0x1FBE || c >= 0x2126 && c <= 0x212B) {
      int at = GROUPS.indexOf((char) c);
      if (at >= 0) {
        int from = GROUPS.lastIndexOf(' ', at) + 1;
        for (int i = from; i < GROUPS.length() && GROUPS.charAt(i) != ' '; i++) {
          builder.add(GROUPS.charAt(i), GROUPS.charAt(i));
        }
      }
    }
  }

  /** Whether {@code a} and {@code b} are equal up to case. */
  static boolean equal(int a, int b) {
    return a == b || CharSet.of(a).foldCase(false).contains(b);
  }
}
