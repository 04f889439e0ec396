package dev.qanat.text.glob;

/** What a bracket expression such as {@code [!a-z[:digit:]]} matches: a set of code points. */
final class CharSet {
  private final boolean negated;
  private final boolean nocase;
  private final long[] ascii = new long[2];
  private int[] ranges = new int[4]; // pairs: first and last, beyond ASCII too
  private int rangeCount;
  private String[] classes = new String[1];
  private int classCount;

  CharSet(boolean negated, boolean nocase) {
    this.negated = negated;
    this.nocase = nocase;
  }

  void add(int first, int last) {
    for (int c = first; c <= last && c < 128; c++) {
      ascii[c >> 6] |= 1L << (c & 63);
    }
    if (last >= 128) {
      if (rangeCount == ranges.length) {
        ranges = java.util.Arrays.copyOf(ranges, rangeCount * 2);
      }
      ranges[rangeCount++] = first;
      ranges[rangeCount++] = last;
    }
  }

  void addClass(String name) {
    for (int c = 0; c < 128; c++) {
      if (inClass(name, c)) {
        ascii[c >> 6] |= 1L << (c & 63);
      }
    }
    if (classCount == classes.length) {
      classes = java.util.Arrays.copyOf(classes, classCount * 2);
    }
    classes[classCount++] = name;
  }

  boolean matches(int c) {
    boolean in = holds(c);
    if (!in && nocase) {
      in = holds(Character.toLowerCase(c)) || holds(Character.toUpperCase(c));
    }
    return in != negated;
  }

  private boolean holds(int c) {
    if (c < 128) {
      return (ascii[c >> 6] >>> (c & 63) & 1) != 0;
    }
    for (int i = 0; i < rangeCount; i += 2) {
      if (c >= ranges[i] && c <= ranges[i + 1]) {
        return true;
      }
    }
    for (int i = 0; i < classCount; i++) {
      if (inClass(classes[i], c)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a character class has that name. */
  static boolean isClass(String name) {
    return switch (name) {
      case "alnum",
              "alpha",
              "ascii",
              "blank",
              "cntrl",
              "digit",
              "graph",
              "lower",
              "print",
              "punct",
              "space",
              "upper",
              "word",
              "xdigit" ->
          true;
      default -> false;
    };
  }

  /** Whether a code point belongs to a class of the C.UTF-8 locale; stand-ins of bytes to none. */
  static boolean inClass(String name, int c) {
    if (c >= 0xD800 && c < 0xE000) {
      return false;
    }
    return switch (name) {
      case "alpha" -> isAlpha(c);
      case "digit" -> c >= '0' && c <= '9';
      case "alnum" -> c >= '0' && c <= '9' || isAlpha(c);
      case "word" -> c == '_' || c >= '0' && c <= '9' || isAlpha(c);
      case "upper" -> c < 128 ? c >= 'A' && c <= 'Z' : Character.isUpperCase(c);
      case "lower" -> c < 128 ? c >= 'a' && c <= 'z' : Character.isLowerCase(c);
      case "space" -> c == ' ' || c >= 9 && c <= 13 || c >= 128 && Character.isWhitespace(c);
      case "blank" -> c == ' ' || c == '\t' || c >= 128 && Character.isSpaceChar(c);
      case "cntrl" -> c < 32 || c >= 127 && c < 160;
      case "print" -> c >= 32 && c < 127 || c >= 160 && Character.isDefined(c);
      case "graph" ->
          c > 32 && c < 127 || c >= 160 && Character.isDefined(c) && !Character.isSpaceChar(c);
      case "punct" ->
          c < 128
              ? c > 32 && c < 127 && !Character.isLetterOrDigit(c)
              : c >= 160 && Character.isDefined(c) && !isAlpha(c) && !Character.isSpaceChar(c);
      case "xdigit" -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
      case "ascii" -> c < 128;
      default -> false;
    };
  }

  private static boolean isAlpha(int c) {
    return c < 128
        ? c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
        : Character.isLetter(c) || Character.isDigit(c);
  }
}
