package dev.qanat.text.regex;

/**
 * Reads a bracket expression, {@code [a-z]}, {@code [^[:digit:]]}: the same in basic and extended
 * syntax. Errors are those of the GNU library.
 */
final class BracketParser {
  static final String UNMATCHED = "Unmatched [, [^, [:, [., or [=";

  private final int[] pattern;
  private final Syntax syntax;
  private final boolean bytes;
  private final boolean ignoreCase;
  int at;

  BracketParser(int[] pattern, Syntax syntax, boolean bytes, boolean ignoreCase) {
    this.pattern = pattern;
    this.syntax = syntax;
    this.bytes = bytes;
    this.ignoreCase = ignoreCase;
  }

  /**
   * Parses from {@code start}, which is just behind the opening bracket, and leaves {@link #at}
   * behind the closing one.
   *
   * @param excluded a character that a negated set does not match either, or -1
   */
  CharSet parse(int start, int excluded) {
    at = start;
    if (at >= pattern.length) {
      throw new RegexException("Invalid regular expression");
    }
    boolean negated = pattern[at] == '^';
    if (negated) {
      at++;
      if (at >= pattern.length) {
        throw new RegexException("Invalid regular expression");
      }
    }
    int first = at;
    CharSet.Builder builder = new CharSet.Builder();
    int colons = 0; // as in [:space:], which is nearly always a mistake for [[:space:]]
    while (true) {
      if (at >= pattern.length) {
        throw new RegexException(UNMATCHED);
      }
      if (pattern[at] == ']' && at > first) {
        at++;
        break;
      }
      if (at == first && pattern[at] == ':') {
        colons++;
      }
      if (pattern[at] == '[' && at + 1 < pattern.length && pattern[at + 1] == ':' && isClass()) {
        addClass(builder);
        if (at < pattern.length
            && pattern[at] == '-'
            && at + 1 < pattern.length
            && pattern[at + 1] != ']') {
          throw new RegexException("Invalid range end");
        }
        continue;
      }
      int from = element(builder);
      if (from < 0) {
        continue;
      }
      if (at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']') {
        at++;
        if (pattern[at] == '[' && at + 1 < pattern.length && pattern[at + 1] == ':' && isClass()) {
          throw new RegexException("Invalid range end");
        }
        int to = element(null);
        if (to < 0 || to < from) {
          throw new RegexException("Invalid range end");
        }
        addRange(builder, from, to);
      } else {
        builder.add(from, from);
      }
    }
    if (colons > 0 && !negated && at - 2 > first && pattern[at - 2] == ':' && syntax.grep) {
      throw new RegexException("character class syntax is [[:space:]], not [:space:]");
    }
    CharSet set = builder.build();
    if (ignoreCase) {
      set = set.foldCase(bytes);
    }
    if (negated) {
      set = set.complement(bytes ? CharSet.ALL_BYTES : CharSet.ALL);
      if (excluded >= 0) {
        set = set.without(excluded);
      }
    }
    return set;
  }

  private void addRange(CharSet.Builder builder, int from, int to) {
    if (from < 0xD800 && to > 0xDFFF) {
      builder.add(from, 0xD7FF).add(0xE000, to);
    } else {
      builder.add(from, to);
    }
  }

  /**
   * Whether "[:" here is followed by ":]"; otherwise the bracket is an ordinary character or an
   * error.
   */
  private boolean isClass() {
    for (int i = at + 2; i < pattern.length; i++) {
      if (pattern[i] == ':' && i + 1 < pattern.length && pattern[i + 1] == ']') {
        return true;
      }
      if (!(pattern[i] >= 'a' && pattern[i] <= 'z' || pattern[i] >= 'A' && pattern[i] <= 'Z')) {
        break;
      }
    }
    if (at + 2 >= pattern.length || indexOf(']', at + 2) < 0) {
      throw new RegexException(UNMATCHED);
    }
    return false;
  }

  private int indexOf(int c, int from) {
    for (int i = from; i < pattern.length; i++) {
      if (pattern[i] == c) {
        return i;
      }
    }
    return -1;
  }

  private void addClass(CharSet.Builder builder) {
    StringBuilder name = new StringBuilder();
    at += 2;
    while (pattern[at] != ':') {
      name.appendCodePoint(pattern[at++]);
    }
    at += 2;
    String wanted = name.toString();
    if (ignoreCase && (wanted.equals("upper") || wanted.equals("lower"))) {
      wanted = "alpha";
    }
    CharSet set =
        wanted.equals("word") || wanted.equals("ascii") ? null : CharClasses.posix(wanted, bytes);
    if (set == null) {
      throw new RegexException("Invalid character class name");
    }
    builder.add(set);
  }

  /**
   * One character, perhaps written [.x.]; or -1 if it was an equivalence class [=x=], which is
   * added.
   */
  private int element(CharSet.Builder builder) {
    int c = pattern[at];
    if (c == '[' && at + 1 < pattern.length && (pattern[at + 1] == '.' || pattern[at + 1] == '=')) {
      int kind = pattern[at + 1];
      int end = at + 2;
      while (end + 1 < pattern.length && !(pattern[end] == kind && pattern[end + 1] == ']')) {
        end++;
      }
      if (end + 1 >= pattern.length) {
        throw new RegexException(UNMATCHED);
      }
      int member = end - at == 3 ? pattern[at + 2] : -1;
      if (member < 0) {
        throw new RegexException("Invalid collation character");
      }
      at = end + 2;
      if (kind == '=') {
        if (builder == null) {
          throw new RegexException("Invalid range end");
        }
        builder.add(member, member);
        return -1;
      }
      return member;
    }
    if (c == '\\' && syntax == Syntax.AWK && at + 1 < pattern.length) {
      AwkEscapes escapes = new AwkEscapes(pattern, at + 1);
      at = escapes.end;
      return escapes.character;
    }
    at++;
    return c;
  }
}
