package dev.qanat.text.regex;

/**
 * Reads bracketed sets and the escapes that stand for one character or a set of them, as PCRE has
 * them.
 */
final class PerlClassParser {
  private final int[] pattern;
  private final boolean bytes;
  private final boolean ascii;
  private final boolean ignoreCase;
  int at;

  PerlClassParser(int[] pattern, int at, boolean bytes, boolean ascii, boolean ignoreCase) {
    this.pattern = pattern;
    this.at = at;
    this.bytes = bytes;
    this.ascii = ascii;
    this.ignoreCase = ignoreCase;
  }

  /** Parses from behind the opening bracket to behind the closing one. */
  CharSet parse() {
    boolean negated = at < pattern.length && pattern[at] == '^';
    if (negated) {
      at++;
    }
    int first = at;
    CharSet.Builder builder = new CharSet.Builder();
    while (true) {
      if (at >= pattern.length) {
        throw new RegexException("missing terminating ] for character class");
      }
      int c = pattern[at];
      if (c == ']' && at > first) {
        at++;
        break;
      }
      if (c == '[' && at + 1 < pattern.length && pattern[at + 1] == ':' && addPosixClass(builder)) {
        continue;
      }
      CharSet set = member();
      if (set == null) {
        continue;
      }
      boolean range =
          at + 1 < pattern.length
              && pattern[at] == '-'
              && pattern[at + 1] != ']'
              && set.size() == 1;
      if (!range) {
        builder.add(fold(set));
        continue;
      }
      int saved = at;
      at++;
      if (pattern[at] == '[' && at + 1 < pattern.length && pattern[at + 1] == ':') {
        builder.add(fold(set)).add('-', '-');
        continue;
      }
      CharSet to = member();
      if (to == null || to.size() != 1) {
        at = saved + 1;
        builder.add(fold(set)).add('-', '-');
        continue;
      }
      int low = set.ranges[0];
      int high = to.ranges[0];
      if (low > high) {
        throw new RegexException("range out of order in character class");
      }
      builder.add(fold(new CharSet.Builder().add(low, high).build()));
    }
    CharSet set = builder.build();
    return negated ? set.complement(bytes ? CharSet.ALL_BYTES : CharSet.ALL) : set;
  }

  private CharSet fold(CharSet set) {
    return ignoreCase ? set.foldCase(bytes) : set;
  }

  private CharSet member() {
    int c = pattern[at];
    if (c == '\\') {
      if (at + 1 < pattern.length && (pattern[at + 1] == 'Q' || pattern[at + 1] == 'E')) {
        at += 2;
        return null;
      }
      return escape(true);
    }
    at++;
    return CharSet.of(c);
  }

  private boolean addPosixClass(CharSet.Builder builder) {
    int p = at + 2;
    boolean negated = p < pattern.length && pattern[p] == '^';
    if (negated) {
      p++;
    }
    StringBuilder name = new StringBuilder();
    while (p < pattern.length && pattern[p] >= 'a' && pattern[p] <= 'z') {
      name.append((char) pattern[p++]);
    }
    if (p + 1 >= pattern.length || pattern[p] != ':' || pattern[p + 1] != ']') {
      return false;
    }
    String wanted = name.toString();
    if (ignoreCase && (wanted.equals("upper") || wanted.equals("lower"))) {
      wanted = "alpha";
    }
    CharSet set = CharClasses.posix(wanted, ascii);
    if (set == null) {
      throw new RegexException("unknown POSIX class name");
    }
    builder.add(negated ? set.complement(bytes ? CharSet.ALL_BYTES : CharSet.ALL) : set);
    at = p + 2;
    return true;
  }

  /** Reads an escape that stands for a character or a set, from its backslash on. */
  CharSet escape(boolean inClass) {
    if (at + 1 >= pattern.length) {
      throw new RegexException("\\ at end of pattern");
    }
    int c = pattern[at + 1];
    at += 2;
    switch (c) {
      case 'd':
        return digits();
      case 'D':
        return not(digits());
      case 'w':
        return CharClasses.word(ascii);
      case 'W':
        return not(CharClasses.word(ascii));
      case 's':
        return CharClasses.posix("space", ascii);
      case 'S':
        return not(CharClasses.posix("space", ascii));
      case 'h':
        return blanks();
      case 'H':
        return not(blanks());
      case 'v':
        return verticals();
      case 'V':
        return not(verticals());
      case 'p', 'P':
        return property(c == 'P');
      case 'n':
        return fold(CharSet.of('\n'));
      case 't':
        return CharSet.of('\t');
      case 'r':
        return CharSet.of('\r');
      case 'f':
        return CharSet.of('\f');
      case 'a':
        return CharSet.of(7);
      case 'e':
        return CharSet.of(27);
      case 'b':
        return CharSet.of(8);
      case 'c':
        if (at >= pattern.length) {
          throw new RegexException("\\c at end of pattern");
        }
        return CharSet.of(Character.toUpperCase(pattern[at++]) ^ 64);
      case 'x':
        return fold(CharSet.of(hexadecimal()));
      case 'o':
        return fold(CharSet.of(bracedOctal()));
      default:
        if (c >= '0' && c <= '7') {
          at--;
          int value = 0;
          for (int i = 0;
              i < 3 && at < pattern.length && pattern[at] >= '0' && pattern[at] <= '7';
              i++) {
            value = value * 8 + pattern[at++] - '0';
          }
          return fold(CharSet.of(value));
        }
        if (c < 0x80 && Character.isLetterOrDigit(c)) {
          throw new RegexException("unrecognized character follows \\");
        }
        return fold(CharSet.of(c));
    }
  }

  private CharSet digits() {
    return ascii ? CharClasses.posix("digit", true) : CharClasses.property("Nd");
  }

  private CharSet not(CharSet set) {
    return set.complement(bytes ? CharSet.ALL_BYTES : CharSet.ALL);
  }

  private CharSet blanks() {
    CharSet.Builder builder = new CharSet.Builder().add('\t', '\t').add(' ', ' ').add(0xA0, 0xA0);
    if (!bytes) {
      builder.add(0x1680, 0x1680).add(0x180E, 0x180E).add(0x2000, 0x200A).add(0x202F, 0x202F);
      builder.add(0x205F, 0x205F).add(0x3000, 0x3000);
    }
    return builder.build();
  }

  private CharSet verticals() {
    CharSet.Builder builder = new CharSet.Builder().add(10, 13).add(0x85, 0x85);
    if (!bytes) {
      builder.add(0x2028, 0x2029);
    }
    return builder.build();
  }

  private CharSet property(boolean negative) {
    boolean negated = negative;
    StringBuilder name = new StringBuilder();
    if (at < pattern.length && pattern[at] == '{') {
      at++;
      if (at < pattern.length && pattern[at] == '^') {
        negated = !negated;
        at++;
      }
      while (at < pattern.length && pattern[at] != '}') {
        name.appendCodePoint(pattern[at++]);
      }
      at++;
    } else if (at < pattern.length) {
      name.appendCodePoint(pattern[at++]);
    }
    if (name.length() == 0 || at > pattern.length) {
      throw new RegexException("malformed \\P or \\p sequence");
    }
    CharSet set = CharClasses.property(name.toString());
    if (set == null) {
      throw new RegexException("unknown property after \\P or \\p");
    }
    return negated ? not(set) : set;
  }

  private int hexadecimal() {
    int value = 0;
    if (at < pattern.length && pattern[at] == '{') {
      at++;
      int from = at;
      while (at < pattern.length && Character.digit(pattern[at], 16) >= 0) {
        value = Math.min(value * 16 + Character.digit(pattern[at++], 16), CharSet.LAST + 1);
      }
      if (at >= pattern.length || pattern[at] != '}' || at == from) {
        throw new RegexException("non-hex character in \\x{} (closing brace missing?)");
      }
      at++;
      return checked(value);
    }
    for (int i = 0; i < 2 && at < pattern.length && Character.digit(pattern[at], 16) >= 0; i++) {
      value = value * 16 + Character.digit(pattern[at++], 16);
    }
    return checked(value);
  }

  private int bracedOctal() {
    if (at >= pattern.length || pattern[at] != '{') {
      throw new RegexException("missing opening brace after \\o");
    }
    at++;
    int value = 0;
    while (at < pattern.length && pattern[at] >= '0' && pattern[at] <= '7') {
      value = Math.min(value * 8 + pattern[at++] - '0', CharSet.LAST + 1);
    }
    if (at >= pattern.length || pattern[at] != '}') {
      throw new RegexException("non-octal character in \\o{} (closing brace missing?)");
    }
    at++;
    return checked(value);
  }

  private int checked(int value) {
    if (value > (bytes ? 0xFF : CharSet.LAST)) {
      throw new RegexException("character code point value in \\x{} or \\o{} is too large");
    }
    return value;
  }
}
