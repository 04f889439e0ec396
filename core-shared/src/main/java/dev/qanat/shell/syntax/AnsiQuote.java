package dev.qanat.shell.syntax;

import dev.qanat.text.Utf8;

/** The escapes of {@code $'…'}. */
public final class AnsiQuote {
  private AnsiQuote() {}

  /** The text that the characters between the quotes stand for; it ends at a NUL. */
  public static String decode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean bytes = false;
    int i = 0;
    int length = text.length();
    while (i < length) {
      char c = text.charAt(i++);
      if (c != '\\' || i == length) {
        out.append(c);
        continue;
      }
      c = text.charAt(i++);
      switch (c) {
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'e', 'E' -> out.append('\u001b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'v' -> out.append('\u000b');
        case '\\', '\'', '"', '?' -> out.append(c);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int value = c - '0';
          for (int n = 0; n < 2 && i < length && digit(text.charAt(i), 8) >= 0; n++) {
            value = value * 8 + digit(text.charAt(i++), 8);
          }
          value &= 0xFF;
          if (value == 0) {
            return joined(out, bytes);
          }
          bytes |= value >= 0x80;
          out.append(value < 0x80 ? (char) value : (char) (0xDC00 + value));
        }
        case 'x' -> {
          boolean braced = i < length && text.charAt(i) == '{';
          int from = braced ? i + 1 : i;
          int end = from;
          int value = 0;
          while (end < length && (braced || end < from + 2) && digit(text.charAt(end), 16) >= 0) {
            value = (value * 16 + digit(text.charAt(end++), 16)) & 0xFF;
          }
          if (end == from) {
            out.append("\\x");
            continue;
          }
          i = braced && end < length && text.charAt(end) == '}' ? end + 1 : end;
          if (value == 0) {
            return joined(out, bytes);
          }
          bytes |= value >= 0x80;
          out.append(value < 0x80 ? (char) value : (char) (0xDC00 + value));
        }
        case 'u', 'U' -> {
          int most = c == 'u' ? 4 : 8;
          int end = i;
          long value = 0;
          while (end < length && end < i + most && digit(text.charAt(end), 16) >= 0) {
            value = value * 16 + digit(text.charAt(end++), 16);
          }
          if (end == i) {
            out.append('\\').append(c);
            continue;
          }
          i = end;
          if (value == 0) {
            return joined(out, bytes);
          }
          bytes |= appendCodePoint(out, value);
        }
        case 'c' -> {
          if (i == length) {
            out.append("\\c");
            continue;
          }
          char control = text.charAt(i++);
          // \c\\ is control-backslash: the second backslash goes with the first
          if (control == '\\' && i < length && text.charAt(i) == '\\') {
            i++;
          }
          if (control == '?') {
            out.append('\u007f');
          } else {
            char value = (char) (Character.toUpperCase(control) & 0x1F);
            if (value == 0) {
              return joined(out, bytes);
            }
            out.append(value);
          }
        }
        default -> out.append('\\').append(c);
      }
    }
    return joined(out, bytes);
  }

  /** Appends a code point; what UTF-16 cannot hold goes as the bytes UTF-8 would have. */
  private static boolean appendCodePoint(StringBuilder out, long value) {
    boolean surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value <= 0x10FFFF && !surrogate) {
      out.appendCodePoint((int) value);
      return false;
    }
    int count = value < 0x10000 ? 3 : value < 0x200000 ? 4 : value < 0x4000000 ? 5 : 6;
    if (value > 0x7FFFFFFFL) {
      return false;
    }
    int lead = (0xFF00 >> count) & 0xFF;
    out.append((char) (0xDC00 + (lead | (int) (value >> (6 * (count - 1))))));
    for (int n = count - 2; n >= 0; n--) {
      out.append((char) (0xDC00 + (0x80 | (int) (value >> (6 * n) & 0x3F))));
    }
    return true;
  }

  /** Bytes written one by one may make up characters together. */
  private static String joined(StringBuilder out, boolean bytes) {
    return bytes ? Utf8.decode(Utf8.encode(out)) : out.toString();
  }

  private static int digit(char c, int base) {
    int value;
    if (c >= '0' && c <= '9') {
      value = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      value = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'F') {
      value = c - 'A' + 10;
    } else {
      return -1;
    }
    return value < base ? value : -1;
  }

  /** The text itself, or as {@code $'…'} when it has characters that cannot be printed. */
  public static String visible(String text) {
    boolean control = false;
    for (int i = 0; i < text.length() && !control; i++) {
      control = text.charAt(i) < ' ' || text.charAt(i) == 127 || isByte(text, i);
    }
    if (!control) {
      return text;
    }
    StringBuilder out = new StringBuilder("$'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\u0007' -> out.append("\\a");
        case '\b' -> out.append("\\b");
        case '\u001b' -> out.append("\\E");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\u000b' -> out.append("\\v");
        case '\\', '\'' -> out.append('\\').append(c);
        default -> {
          if (c < ' ' || c == 127 || isByte(text, i)) {
            int b = c & 255;
            out.append('\\').append((char) ('0' + (b >> 6)));
            out.append((char) ('0' + (b >> 3 & 7))).append((char) ('0' + (b & 7)));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('\'').toString();
  }

  /** Whether a character stands for a byte that is not UTF-8. */
  private static boolean isByte(String text, int i) {
    char c = text.charAt(i);
    return c >= 0xDC80 && c <= 0xDCFF && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /** The text in single quotes, as a shell reads it back. */
  public static String singleQuoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('\'');
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
}
