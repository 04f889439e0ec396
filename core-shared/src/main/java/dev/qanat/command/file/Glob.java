package dev.qanat.command.file;

import dev.qanat.command.text.Escapes;
import dev.qanat.text.Quoting;

/** A shell pattern for one name or path, as fnmatch(3) matches it. */
public final class Glob {
  private final int[] p;
  private final boolean fold;

  private Glob(int[] p, boolean fold) {
    this.p = p;
    this.fold = fold;
  }

  public static Glob of(String pattern) {
    return new Glob(pattern.codePoints().toArray(), false);
  }

  /** Without regard to case. */
  public static Glob ignoringCase(String pattern) {
    return new Glob(pattern.codePoints().toArray(), true);
  }

  /** {@code period}: a leading dot must be matched by a dot. A slash is a character like any. */
  public boolean matches(String text, boolean period) {
    int[] s = text.codePoints().toArray();
    if (period && s.length > 0 && s[0] == '.' && !(p.length > 0 && p[0] == '.')) {
      return false;
    }
    int i = 0;
    int k = 0;
    int star = -1;
    int mark = 0;
    while (i < s.length) {
      int next = k < p.length ? one(k, s[i]) : -1;
      if (k < p.length && p[k] == '*') {
        star = ++k;
        mark = i;
      } else if (next > 0) {
        k = next;
        i++;
      } else if (star >= 0) {
        k = star;
        i = ++mark;
      } else {
        return false;
      }
    }
    while (k < p.length && p[k] == '*') {
      k++;
    }
    return k == p.length;
  }

  private int folded(int c) {
    return fold ? Character.toLowerCase(c) : c;
  }

  /**
   * Where the pattern goes on when its element at {@code k} takes {@code c}; -1 when it does not.
   */
  private int one(int k, int c) {
    switch (p[k]) {
      case '?' -> {
        return k + 1;
      }
      case '\\' -> {
        if (k + 1 < p.length) {
          return folded(p[k + 1]) == folded(c) ? k + 2 : -1;
        }
        return c == '\\' ? k + 1 : -1;
      }
      case '[' -> {
        int r = set(k, c);
        if (r != 0) {
          return r;
        }
      }
      default -> {}
    }
    return folded(p[k]) == folded(c) ? k + 1 : -1;
  }

  /** 0 when the bracket is not closed, so that it stands for itself. */
  private int set(int k, int c) {
    int i = k + 1;
    boolean negate = i < p.length && (p[i] == '!' || p[i] == '^');
    if (negate) {
      i++;
    }
    boolean in = false;
    boolean first = true;
    while (true) {
      if (i >= p.length) {
        return 0;
      }
      if (p[i] == ']' && !first) {
        return in != negate ? i + 1 : -1;
      }
      first = false;
      if (p[i] == '[' && i + 1 < p.length && p[i + 1] == ':') {
        int e = i + 2;
        StringBuilder name = new StringBuilder();
        while (e + 1 < p.length && !(p[e] == ':' && p[e + 1] == ']')) {
          name.appendCodePoint(p[e++]);
        }
        if (e + 1 < p.length) {
          in |=
              inClass(name.toString(), c)
                  || fold
                      && (inClass(name.toString(), Character.toLowerCase(c))
                          || inClass(name.toString(), Character.toUpperCase(c)));
          i = e + 2;
          continue;
        }
      }
      int low = p[i];
      if (low == '\\' && i + 1 < p.length) {
        low = p[++i];
      }
      i++;
      int high = low;
      if (i + 1 < p.length && p[i] == '-' && p[i + 1] != ']') {
        high = p[i + 1];
        i += 2;
        if (high == '\\' && i < p.length) {
          high = p[i++];
        }
      }
      in |= c >= low && c <= high;
      if (fold) {
        int a = Character.toLowerCase(c);
        int b = Character.toUpperCase(c);
        in |= a >= low && a <= high || b >= low && b <= high;
      }
    }
  }

  private static boolean inClass(String name, int c) {
    return switch (name) {
      case "alpha" -> Character.isLetter(c);
      case "digit" -> c >= '0' && c <= '9';
      case "alnum" -> Character.isLetterOrDigit(c);
      case "upper" -> Character.isUpperCase(c);
      case "lower" -> Character.isLowerCase(c);
      case "space" -> c == ' ' || c >= 9 && c <= 13;
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> c > 32 && c < 127 && !Character.isLetterOrDigit(c);
      case "print" -> Quoting.printable(c);
      case "graph" -> c != ' ' && Quoting.printable(c);
      case "cntrl" -> c < 32 || c == 127;
      case "xdigit" -> c < 128 && Escapes.hex(c) >= 0;
      default -> false;
    };
  }
}
