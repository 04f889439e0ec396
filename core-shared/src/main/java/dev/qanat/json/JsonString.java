package dev.qanat.json;

import dev.qanat.sched.Memory;
import dev.qanat.text.Utf8;
import java.util.Arrays;

/** A string, kept as valid UTF-8. The bytes are not to be changed. */
public final class JsonString extends JsonValue {
  public static final JsonString EMPTY = new JsonString(new byte[0]);

  private final byte[] utf8;
  private int hash;
  private int length = -1;

  private JsonString(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** Takes the bytes over; they must be valid UTF-8. */
  public static JsonString ofValid(byte[] utf8) {
    return new JsonString(utf8);
  }

  /** A copy of the bytes, each one that is not valid UTF-8 replaced by U+FFFD. */
  public static JsonString of(byte[] bytes, int offset, int count) {
    int end = offset + count;
    for (int i = offset; i < end; i++) {
      if (bytes[i] < 0) {
        if (Utf8.invalidBytes(bytes, i, end) > 0) {
          return new JsonString(repaired(bytes, offset, end));
        }
        break;
      }
    }
    return new JsonString(Arrays.copyOfRange(bytes, offset, end));
  }

  public static JsonString of(String s) {
    byte[] b = Utf8.encode(s);
    return of(b, 0, b.length);
  }

  /** A truncated sequence is one U+FFFD, as in jq; every other stray byte is one too. */
  private static byte[] repaired(byte[] bytes, int from, int to) {
    dev.qanat.text.ByteBuilder out = new dev.qanat.text.ByteBuilder(to - from + 16);
    int i = from;
    while (i < to) {
      int size = Utf8.sequenceLength(bytes, i, to);
      if (size > 0) {
        out.append(bytes, i, size);
        i += size;
        continue;
      }
      int lead = bytes[i] & 0xFF;
      int wanted = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
      if (lead >= 0xF5) {
        wanted = 1;
      }
      i++;
      for (int k = 1; k < wanted && i < to && (bytes[i] & 0xC0) == 0x80; k++) {
        i++;
      }
      out.appendCodePoint(0xFFFD);
    }
    return out.toByteArray();
  }

  public byte[] utf8() {
    return utf8;
  }

  /** The number of code points. */
  public int length() {
    if (length < 0) {
      int n = 0;
      for (byte b : utf8) {
        n += (b & 0xC0) != 0x80 ? 1 : 0;
      }
      length = n;
    }
    return length;
  }

  public boolean isAscii() {
    return length() == utf8.length;
  }

  /** The byte position of a code point. */
  public int byteIndex(int codePoint) {
    if (isAscii()) {
      return codePoint;
    }
    int n = 0;
    for (int i = 0; i < utf8.length; i++) {
      if ((utf8[i] & 0xC0) != 0x80 && n++ == codePoint) {
        return i;
      }
    }
    return utf8.length;
  }

  /** The number of code points before a byte position. */
  public int codePointIndex(int bytePosition) {
    if (isAscii()) {
      return bytePosition;
    }
    int n = 0;
    for (int i = 0; i < bytePosition; i++) {
      n += (utf8[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return n;
  }

  /** The code points from one to another position. */
  public JsonString slice(int from, int to) {
    return new JsonString(Arrays.copyOfRange(utf8, byteIndex(from), byteIndex(to)));
  }

  public JsonString concat(JsonString o) {
    Memory.buffer((long) utf8.length + o.utf8.length);
    byte[] b = Arrays.copyOf(utf8, utf8.length + o.utf8.length);
    System.arraycopy(o.utf8, 0, b, utf8.length, o.utf8.length);
    return new JsonString(b);
  }

  /** The byte position of a string in this one at or after {@code from}, or -1. */
  public int indexOf(JsonString o, int from) {
    byte[] p = o.utf8;
    int last = utf8.length - p.length;
    for (int i = from; i <= last; i++) {
      int k = 0;
      while (k < p.length && utf8[i + k] == p[k]) {
        k++;
      }
      if (k == p.length) {
        return i;
      }
    }
    return -1;
  }

  public boolean startsWith(JsonString o) {
    return regionEquals(0, o);
  }

  public boolean endsWith(JsonString o) {
    return regionEquals(utf8.length - o.utf8.length, o);
  }

  private boolean regionEquals(int at, JsonString o) {
    byte[] p = o.utf8;
    if (at < 0 || at + p.length > utf8.length) {
      return false;
    }
    for (int i = 0; i < p.length; i++) {
      if (utf8[at + i] != p[i]) {
        return false;
      }
    }
    return true;
  }

  static int hash(byte[] b, int from, int to) {
    int h = 0;
    for (int i = from; i < to; i++) {
      h = h * 31 + b[i];
    }
    h ^= h >>> 15;
    return h == 0 ? 1 : h;
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = hash(utf8, 0, utf8.length);
    }
    return hash;
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || o instanceof JsonString s
            && utf8.length == s.utf8.length
            && hashCode() == s.hashCode()
            && Arrays.equals(utf8, s.utf8);
  }

  /** Orders by code points, which for UTF-8 is the order of the bytes. */
  public int compareBytes(JsonString o) {
    byte[] b = o.utf8;
    int n = Math.min(utf8.length, b.length);
    for (int i = 0; i < n; i++) {
      if (utf8[i] != b[i]) {
        return (utf8[i] & 0xFF) < (b[i] & 0xFF) ? -1 : 1;
      }
    }
    return Integer.compare(utf8.length, b.length);
  }

  @Override
  public int rank() {
    return STRING_RANK;
  }

  @Override
  public String kind() {
    return "string";
  }

  @Override
  public String asString() {
    return Utf8.decode(utf8);
  }
}
