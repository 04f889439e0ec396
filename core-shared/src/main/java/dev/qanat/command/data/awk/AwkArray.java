package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import java.util.Arrays;

/**
 * An associative array: bytes to values or, as in gawk, to arrays. Open hashing over arrays of our
 * own; walking it gives text keys in the order they came, then natural numbers in theirs.
 */
final class AwkArray {
  private byte[][] keys = new byte[8][];
  private int[] hashes = new int[8];
  private Object[] values = new Object[8];
  private int[] table = new int[16]; // slot + 1
  private int slots;
  private int size;
  final String name;

  AwkArray(String name) {
    this.name = name;
  }

  int size() {
    return size;
  }

  void clear() {
    keys = new byte[8][];
    hashes = new int[8];
    values = new Object[8];
    table = new int[16];
    slots = 0;
    size = 0;
  }

  private static int hash(byte[] b, int from, int to) {
    int h = 0;
    for (int i = from; i < to; i++) {
      h = h * 31 + b[i];
    }
    h *= 0x9E3779B9;
    return h ^ h >>> 16;
  }

  private int find(byte[] b, int from, int length, int h) {
    int mask = table.length - 1;
    for (int p = h & mask; table[p] != 0; p = p + 1 & mask) {
      int s = table[p] - 1;
      if (hashes[s] == h && values[s] != null && same(keys[s], b, from, length)) {
        return s;
      }
    }
    return -1;
  }

  private static boolean same(byte[] k, byte[] b, int from, int length) {
    if (k.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (k[i] != b[from + i]) {
        return false;
      }
    }
    return true;
  }

  Object get(byte[] b, int from, int length) {
    int s = find(b, from, length, hash(b, from, from + length));
    return s < 0 ? null : values[s];
  }

  Object get(byte[] key) {
    return get(key, 0, key.length);
  }

  /** The place of a key, made if need be with the unset value. */
  int place(byte[] b, int from, int length) {
    int h = hash(b, from, from + length);
    int s = find(b, from, length, h);
    if (s >= 0) {
      return s;
    }
    if (slots == keys.length || slots * 2 >= table.length) {
      grow();
    }
    s = slots++;
    keys[s] = Arrays.copyOfRange(b, from, from + length);
    hashes[s] = h;
    values[s] = Value.UNINITIALIZED;
    size++;
    int mask = table.length - 1;
    int p = h & mask;
    while (table[p] != 0) {
      p = p + 1 & mask;
    }
    table[p] = s + 1;
    return s;
  }

  Object at(int place) {
    return values[place];
  }

  void setAt(int place, Object v) {
    values[place] = v;
  }

  void put(byte[] key, Object v) {
    int p = place(key, 0, key.length); // may make new arrays
    values[p] = v;
  }

  void put(String key, Value v) {
    put(Utf8.encode(key), v);
  }

  void put(long key, Value v) {
    put(new ByteBuilder(16).appendDecimal(key).toByteArray(), v);
  }

  void remove(byte[] b, int from, int length) {
    int s = find(b, from, length, hash(b, from, from + length));
    if (s >= 0) {
      values[s] = null;
      if (--size == 0) {
        clear();
      }
    }
  }

  private void grow() {
    int capacity = size * 2 + 8 > keys.length ? keys.length * 2 : keys.length;
    byte[][] k = new byte[capacity][];
    int[] h = new int[capacity];
    Object[] v = new Object[capacity];
    int n = 0;
    for (int i = 0; i < slots; i++) {
      if (values[i] != null) {
        k[n] = keys[i];
        h[n] = hashes[i];
        v[n++] = values[i];
      }
    }
    keys = k;
    hashes = h;
    values = v;
    slots = n;
    table = new int[Integer.highestOneBit(capacity) * 4];
    int mask = table.length - 1;
    for (int s = 0; s < n; s++) {
      int p = h[s] & mask;
      while (table[p] != 0) {
        p = p + 1 & mask;
      }
      table[p] = s + 1;
    }
  }

  /** The keys in the order a {@code for} walks them. */
  byte[][] keys() {
    byte[][] out = new byte[size][];
    long[] numbers = new long[size];
    int n = 0;
    int m = 0;
    boolean ascending = true;
    for (int i = 0; i < slots; i++) {
      if (values[i] == null) {
        continue;
      }
      long v = natural(keys[i]);
      if (v >= 0) {
        ascending &= m == 0 || numbers[m - 1] < v;
        numbers[m++] = v;
      } else {
        out[n++] = keys[i];
      }
    }
    if (!ascending) {
      Arrays.sort(numbers, 0, m);
    }
    for (int i = 0; i < m; i++) {
      out[n++] = new ByteBuilder(16).appendDecimal(numbers[i]).toByteArray();
    }
    return out;
  }

  /** The number a key is, written as numbers are; -1 for others. */
  private static long natural(byte[] k) {
    if (k.length == 0 || k.length > 15 || k[0] == '0' && k.length > 1) {
      return -1;
    }
    long v = 0;
    for (byte b : k) {
      if (b < '0' || b > '9') {
        return -1;
      }
      v = v * 10 + b - '0';
    }
    return v;
  }
}
