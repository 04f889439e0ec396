package dev.qanat.text;

import dev.qanat.sched.Memory;

/**
 * A growable run of bytes: what {@link StringBuilder} is to characters. The backing array is
 * exposed on purpose so that inner loops can work on it; it is valid until the next append. Grows
 * by half, up to {@link Memory#MAX_BUFFER}.
 */
public final class ByteBuilder {
  private byte[] bytes;
  private int length;

  /** An empty builder with room for 64 bytes. */
  public ByteBuilder() {
    this(64);
  }

  /** An empty builder with room for {@code capacity} bytes. */
  public ByteBuilder(int capacity) {
    bytes = new byte[Math.max(capacity, 16)];
  }

  /** The backing array; only the first {@link #length()} bytes mean anything. */
  public byte[] array() {
    return bytes;
  }

  /** The number of bytes held. */
  public int length() {
    return length;
  }

  /** Whether nothing is held. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The byte at {@code index}, 0 to 255. */
  public int get(int index) {
    return bytes[index] & 0xFF;
  }

  /** Forgets the contents and keeps the room. */
  public void clear() {
    length = 0;
  }

  /**
   * Cuts to {@code newLength}, which must not exceed {@link #length()} unless the array was filled
   * directly.
   */
  public void setLength(int newLength) {
    length = newLength;
  }

  /** Removes the first {@code count} bytes and moves the rest down. */
  public void removeFirst(int count) {
    length -= count;
    System.arraycopy(bytes, count, bytes, 0, length);
  }

  /**
   * Makes room for {@code more} bytes and returns the backing array, for filling from {@link
   * #length()} on.
   */
  public byte[] reserve(int more) {
    if (bytes.length - length < more) {
      grow(more);
    }
    return bytes;
  }

  private void grow(int more) {
    long wanted = Math.max((long) length + more, bytes.length + (bytes.length >> 1));
    if (wanted > Memory.MAX_BUFFER) {
      Memory.buffer((long) length + more);
      wanted = Memory.MAX_BUFFER;
    }
    byte[] larger = new byte[(int) wanted];
    System.arraycopy(bytes, 0, larger, 0, length);
    bytes = larger;
  }

  /** Appends the low eight bits of {@code b}. */
  public ByteBuilder append(int b) {
    if (length == bytes.length) {
      grow(1);
    }
    bytes[length++] = (byte) b;
    return this;
  }

  /** Appends all of {@code source}. */
  public ByteBuilder append(byte[] source) {
    return append(source, 0, source.length);
  }

  /** Appends {@code count} bytes of {@code source} from {@code offset}. */
  public ByteBuilder append(byte[] source, int offset, int count) {
    if (bytes.length - length < count) {
      grow(count);
    }
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  /** Appends what {@code other} holds. */
  public ByteBuilder append(ByteBuilder other) {
    return append(other.bytes, 0, other.length);
  }

  /** Appends {@code text} in UTF-8, escaped bytes as themselves; see {@link Utf8#encode}. */
  public ByteBuilder append(CharSequence text) {
    int n = text.length();
    if (n > (Integer.MAX_VALUE >> 2)) {
      reserve(Utf8.encodedLength(text));
    } else if (bytes.length - length < 3 * n) {
      grow(3 * n);
    }
    length = Utf8.encodeInto(text, 0, n, bytes, length);
    return this;
  }

  /** Appends one code point in UTF-8. */
  public ByteBuilder appendCodePoint(int codePoint) {
    reserve(4);
    length = Utf8.encode(codePoint, bytes, length);
    return this;
  }

  /** Appends {@code count} times the byte {@code b}. */
  public ByteBuilder appendRepeated(int b, int count) {
    if (count > 0) {
      reserve(count);
      for (int i = 0; i < count; i++) {
        bytes[length++] = (byte) b;
      }
    }
    return this;
  }

  /** Appends {@code value} in decimal. */
  public ByteBuilder appendDecimal(long value) {
    return appendDecimal(value, 1, ' ');
  }

  /**
   * Appends {@code value} in decimal, filled on the left with {@code fill} to {@code width} bytes.
   */
  public ByteBuilder appendDecimal(long value, int width, int fill) {
    // Works on the negative side, where Long.MIN_VALUE has a place.
    long rest = value < 0 ? value : -value;
    int digits = 1;
    for (long t = rest / 10; t != 0; t /= 10) {
      digits++;
    }
    int size = digits + (value < 0 ? 1 : 0);
    if (value < 0 && fill == '0') {
      append('-');
      appendRepeated('0', width - size);
    } else {
      appendRepeated(fill, width - size);
      if (value < 0) {
        append('-');
      }
    }
    reserve(digits);
    int at = length + digits;
    length = at;
    do {
      long next = rest / 10;
      bytes[--at] = (byte) ('0' + (int) (next * 10 - rest));
      rest = next;
    } while (rest != 0);
    return this;
  }

  /** A copy of the bytes held. */
  public byte[] toByteArray() {
    byte[] copy = new byte[length];
    System.arraycopy(bytes, 0, copy, 0, length);
    return copy;
  }

  /** The bytes held, decoded; see {@link Utf8#decode(byte[])}. */
  @Override
  public String toString() {
    return Utf8.decode(bytes, 0, length);
  }
}
