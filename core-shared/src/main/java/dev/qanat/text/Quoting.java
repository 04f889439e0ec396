package dev.qanat.text;

/**
 * The ways GNU's programs put names into messages and listings (gnulib's quotearg), for the C.UTF-8
 * locale.
 */
public final class Quoting {
  private Quoting() {}

  /** As a shell would need it, in quotes always: {@code cannot access 'x y'}. */
  public static String always(String s) {
    return shell(s, true);
  }

  /** As a shell would need it, in quotes only where it must: {@code ls} on a terminal. */
  public static String ifNeeded(String s) {
    return shell(s, false);
  }

  /** In quotes only when it has a colon too, for {@code name: reason}. */
  public static String ifNeededOrColon(String s) {
    return s.indexOf(':') >= 0 ? shell(s, true) : shell(s, false);
  }

  /** {@code ‘x’}, as most messages name arguments. */
  public static String locale(String s) {
    StringBuilder out = new StringBuilder("‘");
    escapeInto(out, s, '’', false);
    return out.append('’').toString();
  }

  /** As a C string with its quotes. */
  public static String c(String s) {
    StringBuilder out = new StringBuilder("\"");
    escapeInto(out, s, '"', false);
    return out.append('"').toString();
  }

  /** As a C string without quotes; spaces are escaped too when asked. */
  public static String escape(String s, boolean spaces) {
    StringBuilder out = new StringBuilder();
    escapeInto(out, s, (char) 0, spaces);
    return out.toString();
  }

  private static void escapeInto(StringBuilder out, String s, char quote, boolean spaces) {
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\\' || c == quote && quote != 0 || spaces && c == ' ') {
        out.append('\\').appendCodePoint(c);
      } else if (printable(c)) {
        out.appendCodePoint(c);
      } else {
        escaped(out, c);
      }
    }
  }

  private static void escaped(StringBuilder out, int c) {
    int letter = "\007\b\t\n\013\f\r".indexOf(c);
    if (letter >= 0) {
      out.append('\\').append("abtnvfr".charAt(letter));
      return;
    }
    byte[] bytes = Utf8.encode(new String(Character.toChars(c)));
    for (byte b : bytes) {
      out.append('\\').append((char) ('0' + (b >> 6 & 3)));
      out.append((char) ('0' + (b >> 3 & 7))).append((char) ('0' + (b & 7)));
    }
  }

  /** Whether a terminal shows the character; invalid bytes and controls are not. */
  public static boolean printable(int c) {
    if (c < 0x7f) {
      return c >= 0x20;
    }
    return c >= 0xa0 && !(c >= 0xd800 && c <= 0xdfff) && Utf8.width(c) >= 0;
  }

  private static String shell(String s, boolean always) {
    boolean special = s.isEmpty();
    boolean single = false;
    boolean compatible = true;
    boolean control = false;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      boolean first = i == 0;
      i += Character.charCount(c);
      if (c == '\'') {
        single = true;
        special = true;
      } else if (!printable(c)) {
        control = true;
        compatible = false;
      } else if (c == ' ') {
        special = true;
      } else if ("!\"$&()*;<=>[^`|\\?".indexOf(c) >= 0) {
        special = true;
        compatible = false;
      } else if (c == '#' || c == '~') {
        special |= first;
        compatible &= first;
      } else if (c == '{' || c == '}') {
        special |= s.length() == 1;
        compatible &= s.length() == 1;
      } else if (c == '@') {
        compatible = false;
      }
    }
    if (!always && !special && !control) {
      return s;
    }
    if (single && compatible) {
      return '"' + s + '"';
    }
    StringBuilder out = new StringBuilder("'");
    boolean dollar = false;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      if (printable(c)) {
        if (c == '\'') {
          out.append("'\\''");
          dollar = false;
          continue;
        }
        if (dollar) {
          out.append("''");
          dollar = false;
        }
        out.appendCodePoint(c);
      } else {
        if (!dollar) {
          out.append("'$'");
          dollar = true;
        }
        escaped(out, c);
      }
    }
    return out.append('\'').toString();
  }
}
