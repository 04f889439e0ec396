package dev.qanat.shell.edit;

/** Where vi's motions lead, from a position in a text. */
final class ViMotions {
  private final String s;

  ViMotions(String text) {
    s = text;
  }

  private boolean blank(int i) {
    return i < s.length() && LineBuffer.isBlank(s.charAt(i));
  }

  private boolean name(int i) {
    return i < s.length() && (Character.isLetterOrDigit(s.charAt(i)) || s.charAt(i) == '_');
  }

  private boolean punctuation(int i) {
    return i < s.length() && !name(i) && !blank(i);
  }

  /** {@code w}, or {@code W} for words between blanks. */
  int nextWord(int from, int count, boolean big) {
    int i = from;
    for (int n = 0; n < count && i < s.length() - 1; n++) {
      if (big) {
        while (i < s.length() && !blank(i)) {
          i++;
        }
      } else if (name(i)) {
        while (name(i)) {
          i++;
        }
      } else {
        while (punctuation(i)) {
          i++;
        }
      }
      while (blank(i)) {
        i++;
      }
    }
    return i;
  }

  /** {@code b}, {@code B}. */
  int previousWord(int from, int count, boolean big) {
    int i = from;
    for (int n = 0; n < count && i > 0; n++) {
      i--;
      while (i > 0 && blank(i)) {
        i--;
      }
      boolean inName = name(i);
      while (i > 0 && !blank(i - 1) && (big || name(i - 1) == inName)) {
        i--;
      }
    }
    return i;
  }

  /** {@code e}, {@code E}. */
  int wordEnd(int from, int count, boolean big) {
    int i = from;
    for (int n = 0; n < count && i < s.length() - 1; n++) {
      i++;
      while (i < s.length() && blank(i)) {
        i++;
      }
      boolean inName = name(i);
      while (i + 1 < s.length() && !blank(i + 1) && (big || name(i + 1) == inName)) {
        i++;
      }
    }
    return Math.min(i, s.length());
  }

  /** {@code f F t T}: to a character, or next to it; -1 when there are not so many. */
  int character(int from, String c, char by, int count) {
    boolean forward = by == 'f' || by == 't';
    int i = from;
    for (int n = 0; n < count; n++) {
      i = forward ? s.indexOf(c, i + 1) : i == 0 ? -1 : s.lastIndexOf(c, i - 1);
      if (i < 0) {
        return -1;
      }
    }
    return by == 't' ? i - 1 : by == 'T' ? i + 1 : i;
  }

  /** {@code %}: the bracket that belongs to the next one; -1 for none. */
  int bracket(int from) {
    int i = from;
    while (i < s.length() && "()[]{}".indexOf(s.charAt(i)) < 0) {
      i++;
    }
    if (i >= s.length()) {
      return -1;
    }
    int kind = "([{)]}".indexOf(s.charAt(i));
    char open = "([{".charAt(kind % 3);
    char close = ")]}".charAt(kind % 3);
    int step = kind < 3 ? 1 : -1;
    int depth = 0;
    for (; i >= 0 && i < s.length(); i += step) {
      if (s.charAt(i) == open) {
        depth += step;
      } else if (s.charAt(i) == close) {
        depth -= step;
      }
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  int firstPrint() {
    int i = 0;
    while (blank(i)) {
      i++;
    }
    return i;
  }
}
