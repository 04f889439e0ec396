package dev.qanat.command.data.awk;

import dev.qanat.sched.Memory;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import java.util.Arrays;

/**
 * An associative array: bytes to values or, as in gawk, to arrays. Open hashing over arrays of our
 * own; but walking it gives the keys in gawk's order, which programs have come to rely on.
 */
final class AwkArray {
  private static final int ENTRY = 120; // bytes of memory, besides the key's

  private byte[][] keys = new byte[8][];
  private int[] hashes = new int[8];
  private Object[] values = new Object[8];
  private int[] table = new int[16]; // slot + 1
  private int slots;
  private int size;
  private boolean numeric; // the first key was a natural number
  final String name;

  AwkArray(String name) {
    this.name = name;
  }

  int size() {
    return size;
  }

  void clear() {
    for (int s = 0; s < slots; s++) {
      if (values[s] != null) {
        Memory.hold(-ENTRY - keys[s].length);
      }
    }
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
    if (size == 0) {
      numeric = natural(b, from, from + length) >= 0;
    }
    Memory.hold(ENTRY + length);
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
      Memory.hold(-ENTRY - length);
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

  /**
   * The keys in the order gawk's {@code for} walks them: those of a hash table with chains, which
   * grows through these sizes when chains reach two on average; natural numbers come after them in
   * their own order, if the array's first key was one.
   */
  byte[][] keys() {
    byte[][] out = new byte[size][];
    long[] numbers = new long[size];
    int[] texts = new int[size];
    int n = 0;
    int m = 0;
    for (int i = 0; i < slots; i++) {
      if (values[i] == null) {
        continue;
      }
      long v = numeric ? natural(keys[i]) : -1;
      if (v >= 0) {
        numbers[m++] = v;
      } else {
        texts[n++] = i;
      }
    }
    n = chained(texts, n, out);
    Arrays.sort(numbers, 0, m);
    for (int i = 0; i < m; i++) {
      out[n++] = new ByteBuilder(16).appendDecimal(numbers[i]).toByteArray();
    }
    return out;
  }

  private static final int[] SIZES = {
    13, 127, 1021, 8191, 16381, 32749, 65497, 131101, 262147, 524309, 1048583, 2097169, 4194319
  };

  /** Puts the keys into chains as they came and lists the chains; returns how many there are. */
  private int chained(int[] texts, int count, byte[][] out) {
    long[] codes = new long[count];
    int step = 0;
    int[] heads = new int[SIZES[0]];
    int[] next = new int[count];
    for (int i = 0; i < count; i++) {
      codes[i] = code(keys[texts[i]]);
      if ((i + 1) / heads.length > 2 && step + 1 < SIZES.length) {
        int[] old = heads;
        heads = new int[SIZES[++step]];
        for (int head : old) {
          for (int e = head; e != 0; ) {
            int following = next[e - 1];
            link(heads, next, codes, e);
            e = following;
          }
        }
      }
      link(heads, next, codes, i + 1);
    }
    int n = 0;
    for (int head : heads) {
      for (int e = head; e != 0; e = next[e - 1]) {
        out[n++] = keys[texts[e - 1]];
      }
    }
    return n;
  }

  private static void link(int[] heads, int[] next, long[] codes, int entry) {
    int h = (int) (codes[entry - 1] % heads.length);
    next[entry - 1] = heads[h];
    heads[h] = entry;
  }

  /** The hash of sdbm, to 32 bits. */
  private static long code(byte[] key) {
    int h = 0;
    for (byte b : key) {
      h = (b & 0xFF) + 65599 * h;
    }
    return h & 0xFFFFFFFFL;
  }

  /** The number a key is, written as numbers are; -1 for others. */
  private static long natural(byte[] k) {
    return natural(k, 0, k.length);
  }

  private static long natural(byte[] k, int from, int to) {
    int n = to - from;
    if (n == 0 || n > 15 || k[from] == '0' && n > 1) {
      return -1;
    }
    long v = 0;
    for (int i = from; i < to; i++) {
      if (k[i] < '0' || k[i] > '9') {
        return -1;
      }
      v = v * 10 + k[i] - '0';
    }
    return v;
  }
}
