package dev.qanat.shell.interp.builtin;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;

/** Backslash escapes as {@code echo -e}, {@code printf} and {@code %b} read them. */
final class Escapes {
  private Escapes() {}

  /** Decodes for echo and {@code %b}; true when {@code \c} ended the output. */
  static boolean echo(String s, ByteBuilder out, boolean byteLocale) {
    return decode(s, out, false, byteLocale);
  }

  /** As {@link #echo}; {@code \\nnn} is octal without a leading zero too, as in {@code %b}. */
  static boolean printf(String s, ByteBuilder out, boolean byteLocale) {
    return decode(s, out, true, byteLocale);
  }

  private static boolean decode(String s, ByteBuilder out, boolean plainOctal, boolean byteLocale) {
    int n = s.length();
    int i = 0;
    while (i < n) {
      char c = s.charAt(i);
      if (c != '\\' || i + 1 == n) {
        i = plain(s, i, out);
        continue;
      }
      if (s.charAt(i + 1) == 'c') {
        return true;
      }
      if (!plainOctal && s.charAt(i + 1) >= '1' && s.charAt(i + 1) <= '7') {
        out.append('\\');
        i++;
        continue;
      }
      i = one(s, i + 1, out, true, false, byteLocale);
    }
    return false;
  }

  /** Appends the character at {@code i} and returns the index behind it. */
  static int plain(String s, int i, ByteBuilder out) {
    int cp = s.codePointAt(i);
    out.appendCodePoint(cp);
    return i + Character.charCount(cp);
  }

  /**
   * Decodes the escape whose letter is at {@code i}; returns the index behind it.
   *
   * @param zeroOctal {@code \0nnn}, with up to three digits behind the zero
   * @param byteLocale a character beyond ASCII cannot be written, and stays an escape
   * @param quotes {@code \"} and {@code \'} lose their backslash, and {@code \?}
   */
  static int one(
      String s, int i, ByteBuilder out, boolean zeroOctal, boolean quotes, boolean byteLocale) {
    int n = s.length();
    char c = s.charAt(i);
    switch (c) {
      case 'a' -> out.append(7);
      case 'b' -> out.append(8);
      case 'e', 'E' -> out.append(27);
      case 'f' -> out.append(12);
      case 'n' -> out.append(10);
      case 'r' -> out.append(13);
      case 't' -> out.append(9);
      case 'v' -> out.append(11);
      case '\\' -> out.append('\\');
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        int k = i;
        int max = 3;
        if (zeroOctal) {
          if (c != '0') {
            // \nnn without the zero is taken too
            max = 3;
          } else {
            k++;
          }
        }
        int value = 0;
        int end = Math.min(n, k + max);
        while (k < end && s.charAt(k) >= '0' && s.charAt(k) <= '7') {
          value = value * 8 + s.charAt(k++) - '0';
        }
        out.append(value & 255);
        return k;
      }
      case 'x' -> {
        int k = i + 1;
        int value = 0;
        int end = Math.min(n, k + 2);
        while (k < end && Character.digit(s.charAt(k), 16) >= 0) {
          value = value * 16 + Character.digit(s.charAt(k++), 16);
        }
        if (k == i + 1) {
          out.append('\\');
          out.append('x');
          return k;
        }
        out.append(value);
        return k;
      }
      case 'u', 'U' -> {
        int k = i + 1;
        int value = 0;
        int end = Math.min(n, k + (c == 'u' ? 4 : 8));
        while (k < end && Character.digit(s.charAt(k), 16) >= 0) {
          value = value * 16 + Character.digit(s.charAt(k++), 16);
        }
        if (k == i + 1) {
          out.append('\\');
          out.append(c);
          return k;
        }
        if (byteLocale && value >= 128) {
          escaped(value, out);
        } else {
          codePoint(value, out);
        }
        return k;
      }
      case '"' -> {
        if (!quotes) {
          out.append('\\');
        }
        out.append('"');
      }
      case '\'', '?' -> {
        if (!quotes) {
          out.append('\\');
        }
        out.append(c);
      }
      default -> {
        out.append('\\');
        return plain(s, i, out);
      }
    }
    return i + 1;
  }

  /** {@code \u00E9}, or with {@code \U} eight digits. */
  private static void escaped(int value, ByteBuilder out) {
    out.append('\\');
    out.append(value > 0xFFFF ? 'U' : 'u');
    for (int shift = value > 0xFFFF ? 28 : 12; shift >= 0; shift -= 4) {
      out.append("0123456789ABCDEF".charAt(value >> shift & 15));
    }
  }

  /** UTF-8 of any value up to 31 bits, as bash writes surrogates and beyond. */
  private static void codePoint(int v, ByteBuilder out) {
    if (v >= 0 && v < 0x80) {
      out.append(v);
    } else if (v >= 0 && v < 0x800) {
      out.append(0xC0 | v >> 6);
      out.append(0x80 | v & 63);
    } else if (v >= 0 && v < 0x10000) {
      out.append(0xE0 | v >> 12);
      out.append(0x80 | v >> 6 & 63);
      out.append(0x80 | v & 63);
    } else if (v >= 0 && v < 0x200000) {
      out.append(0xF0 | v >> 18);
      out.append(0x80 | v >> 12 & 63);
      out.append(0x80 | v >> 6 & 63);
      out.append(0x80 | v & 63);
    } else if (v >= 0 && v < 0x4000000) {
      out.append(0xF8 | v >> 24);
      out.append(0x80 | v >> 18 & 63);
      out.append(0x80 | v >> 12 & 63);
      out.append(0x80 | v >> 6 & 63);
      out.append(0x80 | v & 63);
    } else if (v >= 0) {
      out.append(0xFC | v >> 30);
      out.append(0x80 | v >> 24 & 63);
      out.append(0x80 | v >> 18 & 63);
      out.append(0x80 | v >> 12 & 63);
      out.append(0x80 | v >> 6 & 63);
      out.append(0x80 | v & 63);
    }
  }

  static String text(ByteBuilder b) {
    return Utf8.decode(b.array(), 0, b.length());
  }
}
