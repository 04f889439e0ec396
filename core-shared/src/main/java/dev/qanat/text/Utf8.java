package dev.qanat.text;

/**
 * The one place where bytes become characters. Valid UTF-8 decodes as usual; each byte b that is
 * not part of a valid sequence becomes the lone surrogate U+DC00+b (Python's {@code
 * surrogateescape}), so that every byte string survives {@code encode(decode(bytes))} unchanged.
 *
 * <p>"Valid" is the strict reading of RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF. No method suspends or throws for any content.
 */
public final class Utf8 {
  private static final byte[] EMPTY = new byte[0];

  private Utf8() {}

  /** Decodes all of {@code bytes}. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** Decodes {@code length} bytes from {@code offset}; invalid bytes become lone surrogates. */
  public static String decode(byte[] bytes, int offset, int length) {
    return length <= 0 ? "" : decode(bytes, offset, length, new char[length]);
  }

  /** The same, with a place of at least {@code length} characters to work in. */
  public static String decode(byte[] bytes, int offset, int length, char[] chars) {
    int end = offset + length;
    int n = 0;
    int i = offset;
    while (i < end) {
      byte b = bytes[i];
      if (b >= 0) {
        chars[n++] = (char) b;
        i++;
        continue;
      }
      int size = sequenceLength(bytes, i, end);
      if (size == 0) {
        chars[n++] = (char) (0xDC00 + (b & 0xFF));
        i++;
        continue;
      }
      int cp = codePoint(bytes, i, size);
      if (cp < 0x10000) {
        chars[n++] = (char) cp;
      } else {
        chars[n++] = (char) (0xD7C0 + (cp >> 10));
        chars[n++] = (char) (0xDC00 + (cp & 0x3FF));
      }
      i += size;
    }
    return new String(chars, 0, n);
  }

  /** Decodes {@code length} bytes from {@code offset} onto the end of {@code out}. */
  public static void decode(byte[] bytes, int offset, int length, StringBuilder out) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      byte b = bytes[i];
      if (b >= 0) {
        out.append((char) b);
        i++;
        continue;
      }
      int size = sequenceLength(bytes, i, end);
      if (size == 0) {
        out.append((char) (0xDC00 + (b & 0xFF)));
        i++;
      } else {
        out.appendCodePoint(codePoint(bytes, i, size));
        i += size;
      }
    }
  }

  /**
   * The bytes of {@code text}, the inverse of {@link #decode(byte[])}. A surrogate that stands
   * neither in a pair nor for an escaped byte has no bytes of its own and becomes U+FFFD.
   */
  public static byte[] encode(CharSequence text) {
    int length = text.length();
    if (length == 0) {
      return EMPTY;
    }
    byte[] out = new byte[encodedLength(text)];
    encodeInto(text, 0, length, out, 0);
    return out;
  }

  /** The number of bytes {@link #encode} makes of {@code text}. */
  public static int encodedLength(CharSequence text) {
    int length = text.length();
    int n = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        n++;
      } else if (c < 0x800) {
        n += 2;
      } else if (c >= 0xD800 && c < 0xDC00 && i + 1 < length && isLow(text.charAt(i + 1))) {
        n += 4;
        i++;
      } else {
        n += isEscapedByte(c) ? 1 : 3;
      }
    }
    return n;
  }

  /**
   * Encodes {@code text[from, to)} into {@code out} at {@code at}, which must have room ({@code 3 *
   * (to - from)} bytes always suffice), and returns the position after the last byte written.
   */
  public static int encodeInto(CharSequence text, int from, int to, byte[] out, int at) {
    int n = at;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out[n++] = (byte) c;
      } else if (c < 0x800) {
        out[n++] = (byte) (0xC0 | c >> 6);
        out[n++] = (byte) (0x80 | c & 0x3F);
      } else if (c < 0xD800 || c > 0xDFFF) {
        n = encode(c, out, n);
      } else if (c < 0xDC00 && i + 1 < to && isLow(text.charAt(i + 1))) {
        n = encode(Character.toCodePoint(c, text.charAt(++i)), out, n);
      } else if (isEscapedByte(c)) {
        out[n++] = (byte) (c - 0xDC00);
      } else {
        n = encode(0xFFFD, out, n);
      }
    }
    return n;
  }

  /**
   * Writes the UTF-8 form of one code point at {@code at} and returns the position after it.
   * U+DC80..U+DCFF write the byte they stand for.
   */
  public static int encode(int codePoint, byte[] out, int at) {
    int n = at;
    if (codePoint < 0x80) {
      out[n++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      out[n++] = (byte) (0xC0 | codePoint >> 6);
      out[n++] = (byte) (0x80 | codePoint & 0x3F);
    } else if (codePoint < 0x10000) {
      if (codePoint >= 0xDC80 && codePoint <= 0xDCFF) {
        out[n++] = (byte) (codePoint - 0xDC00);
        return n;
      }
      out[n++] = (byte) (0xE0 | codePoint >> 12);
      out[n++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      out[n++] = (byte) (0x80 | codePoint & 0x3F);
    } else {
      out[n++] = (byte) (0xF0 | codePoint >> 18);
      out[n++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
      out[n++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      out[n++] = (byte) (0x80 | codePoint & 0x3F);
    }
    return n;
  }

  /**
   * Whether {@code c} is one of U+DC80..U+DCFF, the stand-ins for bytes that are not valid UTF-8.
   */
  public static boolean isEscapedByte(int c) {
    return c >= 0xDC80 && c <= 0xDCFF;
  }

  /**
   * The length in bytes, 1 to 4, of the valid sequence that starts at {@code at}, or 0 if none does
   * (the byte there is invalid, or {@code end} cuts the sequence off).
   */
  public static int sequenceLength(byte[] bytes, int at, int end) {
    int b = bytes[at];
    if (b >= 0) {
      return 1;
    }
    b &= 0xFF;
    if (b < 0xC2 || b > 0xF4) {
      return 0;
    }
    if (b < 0xE0) {
      return at + 1 < end && bytes[at + 1] < -64 ? 2 : 0;
    }
    if (b < 0xF0) {
      if (at + 2 >= end || bytes[at + 1] >= -64 || bytes[at + 2] >= -64) {
        return 0;
      }
      int second = bytes[at + 1] & 0xFF;
      return b == 0xE0 && second < 0xA0 || b == 0xED && second > 0x9F ? 0 : 3;
    }
    if (at + 3 >= end || bytes[at + 1] >= -64 || bytes[at + 2] >= -64 || bytes[at + 3] >= -64) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    return b == 0xF0 && second < 0x90 || b == 0xF4 && second > 0x8F ? 0 : 4;
  }

  /**
   * The code point of a sequence of {@code size} bytes that {@link #sequenceLength} found valid.
   */
  public static int codePoint(byte[] bytes, int at, int size) {
    int b = bytes[at];
    switch (size) {
      case 1:
        return b & 0xFF;
      case 2:
        return (b & 0x1F) << 6 | bytes[at + 1] & 0x3F;
      case 3:
        return (b & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
      default:
        return (b & 0x07) << 18
            | (bytes[at + 1] & 0x3F) << 12
            | (bytes[at + 2] & 0x3F) << 6
            | bytes[at + 3] & 0x3F;
    }
  }

  /**
   * The character that ends just before {@code at}, not looking before {@code from}: its code
   * point, U+DC00+b for an invalid byte b, or -1 if {@code at == from}.
   */
  public static int codePointBefore(byte[] bytes, int from, int at) {
    if (at <= from) {
      return -1;
    }
    if (bytes[at - 1] >= 0) {
      return bytes[at - 1];
    }
    for (int start = at - 1; start >= from && start >= at - 4; start--) {
      if (bytes[start] >= -64) {
        int size = sequenceLength(bytes, start, at);
        if (size == at - start) {
          return codePoint(bytes, start, size);
        }
        break;
      }
    }
    return 0xDC00 + (bytes[at - 1] & 0xFF);
  }

  /** The character at {@code at < end}: its code point, or U+DC00+b for an invalid byte b. */
  public static int codePointAt(byte[] bytes, int at, int end) {
    if (bytes[at] >= 0) {
      return bytes[at];
    }
    int size = sequenceLength(bytes, at, end);
    return size == 0 ? 0xDC00 + (bytes[at] & 0xFF) : codePoint(bytes, at, size);
  }

  /** The number of characters in {@code [from, to)}, an invalid byte counting as one. */
  public static int length(byte[] bytes, int from, int to) {
    int n = 0;
    int i = from;
    while (i < to) {
      if (bytes[i] >= 0) {
        i++;
      } else {
        int size = sequenceLength(bytes, i, to);
        i += size == 0 ? 1 : size;
      }
      n++;
    }
    return n;
  }

  /** The number of bytes in {@code [from, to)} that are not part of a valid sequence. */
  public static int invalidBytes(byte[] bytes, int from, int to) {
    int n = 0;
    int i = from;
    while (i < to) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int size = sequenceLength(bytes, i, to);
      if (size == 0) {
        n++;
        i++;
      } else {
        i += size;
      }
    }
    return n;
  }

  /**
   * How many bytes at the end of {@code [from, to)} may be the beginning of a sequence that the
   * next chunk completes: 0 to 3. A reader of chunks keeps that many back.
   */
  public static int incompleteTail(byte[] bytes, int from, int to) {
    for (int n = 1; n <= 3 && to - n >= from; n++) {
      int b = bytes[to - n] & 0xFF;
      if (b < 0x80) {
        return 0;
      }
      if (b >= 0xC0) {
        int needed = b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
        return b >= 0xC2 && b <= 0xF4 && needed > n ? n : 0;
      }
    }
    return 0;
  }

  /**
   * The columns a terminal gives {@code codePoint}: 0 for combining marks and NUL, 2 for East Asian
   * wide characters, 1 for the rest, -1 for control characters and code points that are not
   * assigned, as {@code wcwidth(3)} of glibc has it.
   */
  public static int width(int codePoint) {
    if (codePoint >= 0x20 && codePoint < 0x7F) {
      return 1;
    }
    return CharacterWidth.of(codePoint);
  }

  private static boolean isLow(char c) {
    return c >= 0xDC00 && c < 0xE000;
  }
}
