package dev.qanat.text.regex;

import java.util.Arrays;

/**
 * An immutable set of characters, kept as ascending, disjoint ranges of code points. U+DC80..U+DCFF
 * are the bytes that are not valid UTF-8. When a pattern is compiled for bytes rather than UTF-8
 * the members are byte values.
 */
final class CharSet {
  static final int LAST = 0x10FFFF;

  /** Every character, but no invalid byte. */
  static final CharSet ALL = new CharSet(new int[] {0, 0xD7FF, 0xE000, LAST});

  /** Every byte, for patterns compiled for bytes. */
  static final CharSet ALL_BYTES = new CharSet(new int[] {0, 0xFF});

  final int[] ranges;
  private final long low; // members 0..63
  private final long high; // members 64..127
  private Utf8Automaton automaton;

  private CharSet(int[] ranges) {
    this.ranges = ranges;
    long l = 0;
    long h = 0;
    for (int c = 0; c < 128; c++) {
      if (search(c)) {
        if (c < 64) {
          l |= 1L << c;
        } else {
          h |= 1L << (c - 64);
        }
      }
    }
    low = l;
    high = h;
  }

  static CharSet of(int c) {
    return new CharSet(new int[] {c, c});
  }

  /** The automaton over bytes that accepts exactly the encodings of the members. */
  Utf8Automaton automaton(boolean bytes) {
    if (automaton == null) {
      automaton = new Utf8Automaton(this, bytes);
    }
    return automaton;
  }

  boolean isEmpty() {
    return ranges.length == 0;
  }

  /** The number of members. */
  int size() {
    int n = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      n += ranges[i + 1] - ranges[i] + 1;
    }
    return n;
  }

  boolean contains(int c) {
    if (c < 128) {
      return ((c < 64 ? low >>> c : high >>> (c - 64)) & 1) != 0;
    }
    return search(c);
  }

  private boolean search(int c) {
    int lo = 0;
    int hi = ranges.length / 2 - 1;
    while (lo <= hi) {
      int mid = (lo + hi) >>> 1;
      if (c < ranges[2 * mid]) {
        hi = mid - 1;
      } else if (c > ranges[2 * mid + 1]) {
        lo = mid + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** The members of {@code all} that are not in this set. */
  CharSet complement(CharSet all) {
    Builder builder = new Builder();
    for (int i = 0; i < all.ranges.length; i += 2) {
      int from = all.ranges[i];
      int to = all.ranges[i + 1];
      for (int k = 0; k < ranges.length && from <= to; k += 2) {
        if (ranges[k + 1] < from || ranges[k] > to) {
          continue;
        }
        builder.add(from, ranges[k] - 1);
        from = ranges[k + 1] + 1;
      }
      builder.add(from, to);
    }
    return builder.build();
  }

  CharSet without(int c) {
    return contains(c) ? complement(ALL_AND_BYTES).plus(c).complement(ALL_AND_BYTES) : this;
  }

  private static final CharSet ALL_AND_BYTES = new CharSet(new int[] {0, LAST});

  private CharSet plus(int c) {
    return new Builder().add(this).add(c, c).build();
  }

  /** This set and every character that differs from a member by case only. */
  CharSet foldCase(boolean bytes) {
    Builder builder = new Builder().add(this);
    for (int i = 0; i < ranges.length; i += 2) {
      for (int c = ranges[i]; c <= ranges[i + 1]; c++) {
        if (c < 128 || bytes) {
          if (c >= 'a' && c <= 'z') {
            builder.add(c - 32, c - 32);
          } else if (c >= 'A' && c <= 'Z') {
            builder.add(c + 32, c + 32);
          }
          if (!bytes && (c == 's' || c == 'S')) {
            builder.add(0x17F, 0x17F);
          } else if (!bytes && (c == 'k' || c == 'K')) {
            builder.add(0x212A, 0x212A);
          }
        } else if (c < 0x1F000 && (c < 0x2E80 || c > 0xA63F) && (c < 0xAC00 || c > 0xDFFF)) {
          CaseFolding.addVariants(c, builder);
        }
      }
    }
    return builder.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CharSet && Arrays.equals(ranges, ((CharSet) other).ranges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ranges);
  }

  /** Collects ranges in any order. */
  static final class Builder {
    private int[] pairs = new int[16];
    private int count;

    Builder add(int from, int to) {
      if (from > to) {
        return this;
      }
      if (count > 0 && from == pairs[2 * count - 1] + 1) {
        pairs[2 * count - 1] = to;
        return this;
      }
      if (2 * count == pairs.length) {
        pairs = Arrays.copyOf(pairs, 4 * count);
      }
      pairs[2 * count] = from;
      pairs[2 * count + 1] = to;
      count++;
      return this;
    }

    Builder add(CharSet set) {
      for (int i = 0; i < set.ranges.length; i += 2) {
        add(set.ranges[i], set.ranges[i + 1]);
      }
      return this;
    }

    CharSet build() {
      long[] sorted = new long[count];
      for (int i = 0; i < count; i++) {
        sorted[i] = (long) pairs[2 * i] << 32 | pairs[2 * i + 1];
      }
      Arrays.sort(sorted);
      int[] merged = new int[2 * count];
      int n = 0;
      for (long pair : sorted) {
        int from = (int) (pair >> 32);
        int to = (int) pair;
        if (n > 0 && from <= merged[n - 1] + 1) {
          merged[n - 1] = Math.max(merged[n - 1], to);
        } else {
          merged[n++] = from;
          merged[n++] = to;
        }
      }
      return new CharSet(Arrays.copyOf(merged, n));
    }
  }
}
