package dev.qanat.command.text.sed;

/**
 * Turns what sed calls a regular expression into what the regex engine does: sed's own escapes
 * become characters.
 */
final class RegexText {
  private RegexText() {}

  static String convert(String source) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '[') {
        int end = bracketEnd(source, at);
        bracket(source, at, end < 0 ? source.length() : end, out);
        at = end < 0 ? source.length() : end;
      } else if (c != '\\' || at + 1 == source.length()) {
        out.append(c);
        at++;
      } else {
        Escapes escape = Escapes.read(source, at);
        if (escape.character < 0) {
          if (source.charAt(at + 1) == '\n') {
            out.append('\n');
          } else {
            out.append(c).append(source.charAt(at + 1));
          }
          at += 2;
        } else {
          out.append((char) escape.character);
          at = escape.end;
        }
      }
    }
    return out.toString();
  }

  private static void bracket(String source, int from, int to, StringBuilder out) {
    for (int at = from; at < to; at++) {
      char c = source.charAt(at);
      if (c == '\\' && at + 1 < to) {
        Escapes escape = Escapes.read(source, at);
        if (escape.character >= 0
            && escape.end <= to
            && escape.character != ']'
            && escape.character != '[') {
          out.append((char) escape.character);
          at = escape.end - 1;
          continue;
        }
        if (source.charAt(at + 1) == '\\') {
          out.append('\\');
          at++;
        }
      }
      out.append(c);
    }
  }

  /**
   * The position behind the bracket expression that opens at {@code open}, or -1 if it does not
   * end.
   */
  static int bracketEnd(String source, int open) {
    int at = open + 1;
    if (at < source.length() && source.charAt(at) == '^') {
      at++;
    }
    if (at < source.length() && source.charAt(at) == ']') {
      at++;
    }
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == ']') {
        return at + 1;
      }
      if (c == '[' && at + 1 < source.length() && ":.=".indexOf(source.charAt(at + 1)) >= 0) {
        int end = source.indexOf(source.charAt(at + 1) + "]", at + 2);
        if (end < 0) {
          return -1;
        }
        at = end + 2;
      } else {
        at++;
      }
    }
    return -1;
  }
}
