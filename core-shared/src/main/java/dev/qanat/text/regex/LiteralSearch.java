package dev.qanat.text.regex;

import dev.qanat.text.ByteSearch;
import java.util.List;

/**
 * Finds the first occurrence of any of a few byte strings: by a loop over bytes for a single one,
 * by Horspool's skips over the shortest string's length for more.
 */
final class LiteralSearch {
  private final byte[][] strings;
  private final int window; // length of the shortest string
  private final int[] skips = new int[256]; // by how much the window may move, given its last byte
  private final byte[] only;
  private final boolean single;
  private final boolean longest;

  /** The length of the string found last. */
  int length;

  /**
   * A search for {@code strings}, none of them empty.
   *
   * @param longest whether the longest of several strings at one position is wanted, rather than
   *     the first in order
   */
  LiteralSearch(List<byte[]> strings, boolean longest) {
    this.strings = strings.toArray(new byte[0][]);
    this.longest = longest;
    int shortest = Integer.MAX_VALUE;
    for (byte[] string : strings) {
      shortest = Math.min(shortest, string.length);
    }
    window = shortest;
    only = this.strings[0];
    single = this.strings.length == 1;
    for (int i = 0; i < 256; i++) {
      skips[i] = window;
    }
    for (byte[] string : strings) {
      for (int i = 0; i < window; i++) {
        skips[string[i] & 0xFF] = Math.min(skips[string[i] & 0xFF], window - 1 - i);
      }
    }
  }

  /**
   * The first position at or after {@code from} where a string lies within {@code [from, to)}, or
   * -1.
   */
  int find(byte[] text, int from, int to) {
    if (single) {
      length = only.length;
      return only.length == 1
          ? ByteSearch.indexOf(text, from, to, only[0])
          : horspool(text, from, to);
    }
    return findAny(text, from, to);
  }

  /** The last position of {@code wanted} in {@code text[from, to)}, or -1. */
  static int lastIndexOf(byte[] text, int from, int to, byte wanted) {
    int p = to;
    while (--p >= from) {
      if (text[p] == wanted) {
        return p;
      }
    }
    return -1;
  }

  private int horspool(byte[] text, int from, int to) {
    byte[] wanted = only;
    int[] skip = skips;
    int n = wanted.length;
    int last = n - 1;
    int p = from + last;
    while (p < to) {
      int move = skip[text[p] & 0xFF];
      if (move > 0) {
        p += move;
        continue;
      }
      int start = p - last;
      int i = 0;
      while (i < last && text[start + i] == wanted[i]) {
        i++;
      }
      if (i == last) {
        return start;
      }
      p++;
    }
    return -1;
  }

  private int findAny(byte[] text, int from, int to) {
    int[] skip = skips;
    int last = window - 1;
    int p = from + last;
    while (p < to) {
      int move = skip[text[p] & 0xFF];
      if (move > 0) {
        p += move;
        continue;
      }
      int start = p - last;
      if (matchAt(text, start, to)) {
        return start;
      }
      p++;
    }
    return -1;
  }

  private boolean matchAt(byte[] text, int start, int to) {
    int found = -1;
    for (byte[] string : strings) {
      int n = string.length;
      if (n <= found || start + n > to) {
        continue;
      }
      int i = 0;
      while (i < n && text[start + i] == string[i]) {
        i++;
      }
      if (i == n) {
        found = n;
        if (!longest) {
          break;
        }
      }
    }
    length = found;
    return found >= 0;
  }
}
