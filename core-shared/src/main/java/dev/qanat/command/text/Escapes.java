package dev.qanat.command.text;

import dev.qanat.text.ByteBuilder;

/** Backslash escapes as echo and printf read them. */
public final class Escapes {
  private Escapes() {}

  /** As {@code echo -e}; false when {@code \c} says to stop all output. */
  public static boolean echo(byte[] s, ByteBuilder out) {
    for (int i = 0; i < s.length; i++) {
      int c = s[i];
      if (c != '\\' || i + 1 == s.length) {
        out.append(c);
        continue;
      }
      c = s[++i];
      int letter = letter(c);
      if (letter >= 0) {
        out.append(letter);
      } else if (c == 'c') {
        return false;
      } else if (c == 'x' && i + 1 < s.length && hex(s[i + 1]) >= 0) {
        int v = hex(s[++i]);
        if (i + 1 < s.length && hex(s[i + 1]) >= 0) {
          v = v * 16 + hex(s[++i]);
        }
        out.append(v);
      } else if (c >= '0' && c <= '7') {
        int digits = c == '0' ? 3 : 2;
        int v = c - '0';
        while (digits-- > 0 && i + 1 < s.length && s[i + 1] >= '0' && s[i + 1] <= '7') {
          v = v * 8 + s[++i] - '0';
        }
        out.append(v);
      } else {
        out.append('\\').append(c);
      }
    }
    return true;
  }

  /** The byte a letter stands for after a backslash; -1 when it is none of them. */
  public static int letter(int c) {
    return switch (c) {
      case 'a' -> 7;
      case 'b' -> 8;
      case 'e' -> 27;
      case 'f' -> 12;
      case 'n' -> 10;
      case 'r' -> 13;
      case 't' -> 9;
      case 'v' -> 11;
      case '\\' -> '\\';
      default -> -1;
    };
  }

  /** The value of a hexadecimal digit; -1 when it is none. */
  public static int hex(int c) {
    return c >= '0' && c <= '9'
        ? c - '0'
        : c >= 'a' && c <= 'f' ? c - 87 : c >= 'A' && c <= 'F' ? c - 55 : -1;
  }
}
