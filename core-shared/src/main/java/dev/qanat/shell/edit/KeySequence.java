package dev.qanat.shell.edit;

import dev.qanat.text.Utf8;

/**
 * Keys as inputrc files write them: {@code \C-x}, {@code \M-f}, {@code \e[A}, octal and hexadecimal
 * codes. In memory a sequence is a String of the bytes a terminal sends, each a char below 256.
 */
final class KeySequence {
  private static final int ESCAPE = 27;
  private static final int RUBOUT = 127;

  private KeySequence() {}

  /** The bytes of a text between quotes. */
  static String parse(String written) {
    StringBuilder out = new StringBuilder();
    byte[] b = Utf8.encode(written);
    for (int i = 0; i < b.length; i++) {
      int c = b[i] & 255;
      if (c != '\\' || i + 1 == b.length) {
        out.append((char) c);
        continue;
      }
      c = b[++i] & 255;
      if ((c == 'C' || c == 'M') && i + 1 < b.length && b[i + 1] == '-') {
        boolean control = false;
        boolean meta = false;
        i--;
        while (i + 2 < b.length && b[i] == '\\' && b[i + 2] == '-') {
          control |= b[i + 1] == 'C';
          meta |= b[i + 1] == 'M';
          i += 3;
        }
        if (i >= b.length) {
          break;
        }
        c = b[i] & 255;
        if (c == '\\' && i + 1 < b.length) {
          c = b[++i] == 'e' ? ESCAPE : b[i] & 255;
        }
        if (meta) {
          out.append((char) ESCAPE);
        }
        out.append((char) (control ? control(c) : c));
        continue;
      }
      int digits = c == 'x' ? hexadecimal(b, i + 1) : octal(b, i);
      if (digits > 0) {
        int at = c == 'x' ? i + 1 : i;
        int radix = c == 'x' ? 16 : 8;
        int value = 0;
        for (int k = 0; k < digits; k++) {
          value = value * radix + Character.digit(b[at + k], radix);
        }
        out.append((char) (value & 255));
        i = at + digits - 1;
      } else {
        out.append((char) named(c));
      }
    }
    return out.toString();
  }

  private static int named(int c) {
    return switch (c) {
      case 'a' -> 7;
      case 'b' -> 8;
      case 'd' -> RUBOUT;
      case 'e' -> ESCAPE;
      case 'f' -> 12;
      case 'n' -> 10;
      case 'r' -> 13;
      case 't' -> 9;
      case 'v' -> 11;
      default -> c;
    };
  }

  private static int control(int c) {
    return c == '?' ? RUBOUT : Character.toUpperCase((char) c) & 31;
  }

  private static int octal(byte[] b, int from) {
    int n = 0;
    while (n < 3 && from + n < b.length && b[from + n] >= '0' && b[from + n] <= '7') {
      n++;
    }
    return n;
  }

  private static int hexadecimal(byte[] b, int from) {
    int n = 0;
    while (n < 2 && from + n < b.length && Character.digit(b[from + n], 16) >= 0) {
      n++;
    }
    return n;
  }

  /**
   * The key of a name such as {@code Control-x}, {@code Meta-Rubout}, {@code TAB}.
   *
   * @param escapes Meta is an Escape before the key, else its eighth bit ({@code convert-meta})
   */
  static String named(String name, boolean escapes) {
    String rest = name.startsWith("\\") ? name.substring(1) : name;
    boolean control = false;
    boolean meta = false;
    while (true) {
      int dash = rest.indexOf('-');
      String modifier = dash > 0 ? rest.substring(0, dash).toLowerCase() : "";
      if (dash + 1 < rest.length() && (modifier.equals("control") || modifier.equals("c"))) {
        control = true;
      } else if (dash + 1 < rest.length() && (modifier.equals("meta") || modifier.equals("m"))) {
        meta = true;
      } else {
        break;
      }
      rest = rest.substring(dash + 1);
    }
    int key =
        switch (rest.toLowerCase()) {
          case "del", "rubout" -> RUBOUT;
          case "escape", "esc" -> ESCAPE;
          case "lfd", "newline" -> '\n';
          case "return", "ret" -> '\r';
          case "space", "spc" -> ' ';
          case "tab" -> '\t';
          default -> rest.isEmpty() ? 0 : rest.charAt(0) & 255;
        };
    key = control ? control(key) : key;
    return !meta
        ? String.valueOf((char) key)
        : escapes ? "\033" + (char) key : "" + (char) (key | 128);
  }

  /** The keys of a binding, as {@code bind -p} writes them between quotes. */
  static String print(String keys) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < keys.length(); i++) {
      char c = keys.charAt(i);
      if (c == ESCAPE) {
        out.append("\\e");
      } else if (c < 32) {
        char letter = (char) (c | 64);
        out.append("\\C-");
        if (letter == '\\') {
          out.append('\\');
        }
        out.append(Character.toLowerCase(letter));
      } else if (c == RUBOUT) {
        out.append("\\C-?");
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c > 127) {
        out.append('\\').append((char) ('0' + (c >> 6)));
        out.append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
