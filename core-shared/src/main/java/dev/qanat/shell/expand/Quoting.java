package dev.qanat.shell.expand;

import dev.qanat.text.Utf8;

/** The ways bash writes text so that it reads back as the same text. */
public final class Quoting {
  private Quoting() {}

  /** {@code 'a b'}, or {@code $'a\nb'} with control characters: {@code ${x@Q}}. */
  public static String quote(String text) {
    return hasUnprintable(text) ? ansi(text) : single(text);
  }

  /** Backslashes where needed, {@code ''} when empty, {@code $'…'} with control characters: %q. */
  public static String backslash(String text) {
    if (text.isEmpty()) {
      return "''";
    }
    if (hasUnprintable(text)) {
      return ansi(text);
    }
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isMeta(c) || c == ',' || isTildeOrHash(text, i)) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /** Always in single quotes: {@code alias}, {@code trap -p}. */
  public static String single(String text) {
    if (text.equals("'")) {
      return "\\'";
    }
    StringBuilder out = new StringBuilder(text.length() + 2);
    out.append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        out.append("'\\''");
      } else {
        out.append(c);
      }
    }
    return out.append('\'').toString();
  }

  /** In double quotes, or {@code $'…'} with control characters: {@code declare -p}. */
  public static String declared(String text) {
    return hasUnprintable(text) ? ansi(text) : doubled(text);
  }

  /** The key of an associative array as {@code declare -p} prints it. */
  static String declaredKey(String key) {
    if (hasUnprintable(key)) {
      return ansi(key);
    }
    return needsQuotes(key) || key.equals("@") || key.equals("*") ? doubled(key) : key;
  }

  private static String doubled(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '$' || c == '`' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.append('"').toString();
  }

  /**
   * As {@code set} and {@code set -x} print it: bare when nothing needs quotes. An empty text is
   * bare too; {@code set -x} prints {@code ''} for it.
   */
  public static String ifNeeded(String text) {
    return hasUnprintable(text) ? ansi(text) : needsQuotes(text) ? single(text) : text;
  }

  /** Whether the text has a character that means something to the shell. */
  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isMeta(text.charAt(i)) || isTildeOrHash(text, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMeta(char c) {
    return switch (c) {
      case ' ',
              '\t',
              '\n',
              '\'',
              '"',
              '\\',
              '|',
              '&',
              ';',
              '(',
              ')',
              '<',
              '>',
              '!',
              '{',
              '}',
              '*',
              '[',
              ']',
              '?',
              '^',
              '$',
              '`' ->
          true;
      default -> false;
    };
  }

  private static boolean isTildeOrHash(String text, int i) {
    char c = text.charAt(i);
    if (c == '~') {
      return i == 0 || text.charAt(i - 1) == ':' || text.charAt(i - 1) == '=';
    }
    return c == '#' && i == 0;
  }

  private static boolean hasUnprintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 127) {
        return true;
      }
      if (c > 127) {
        int cp = text.codePointAt(i);
        if (!isPrintable(cp)) {
          return true;
        }
        i += Character.charCount(cp) - 1;
      }
    }
    return false;
  }

  private static boolean isPrintable(int cp) {
    return cp < 128
        ? cp >= ' ' && cp != 127
        : !(cp >= 0xD800 && cp < 0xE000) && Utf8.width(cp) >= 0;
  }

  /** {@code $'…'}. */
  private static String ansi(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8).append("$'");
    for (int i = 0; i < text.length(); ) {
      int cp = text.codePointAt(i);
      int width = Character.charCount(cp);
      switch (cp) {
        case 7 -> out.append("\\a");
        case 8 -> out.append("\\b");
        case 27 -> out.append("\\E");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case 11 -> out.append("\\v");
        case '\\' -> out.append("\\\\");
        case '\'' -> out.append("\\'");
        default -> {
          if (isPrintable(cp)) {
            out.appendCodePoint(cp);
          } else {
            for (byte b : Utf8.encode(text.substring(i, i + width))) {
              out.append('\\');
              out.append((char) ('0' + (b >> 6 & 3)));
              out.append((char) ('0' + (b >> 3 & 7)));
              out.append((char) ('0' + (b & 7)));
            }
          }
        }
      }
      i += width;
    }
    return out.append('\'').toString();
  }
}
