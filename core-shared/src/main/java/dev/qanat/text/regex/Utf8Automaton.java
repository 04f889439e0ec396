package dev.qanat.text.regex;

import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small automaton over bytes that accepts the encodings of one character of a set. Node k has the
 * edges {@code edges[k]}: triples of first byte, last byte and target, where the target {@link
 * #EXIT} means that the character is complete. Equal tails are shared.
 */
final class Utf8Automaton {
  static final int EXIT = -1;
  private static final int NONE = -2;

  final int[][] edges;
  final int root;
  private final List<int[]> nodes = new ArrayList<>();
  private final Map<String, Integer> shared = new HashMap<>();

  Utf8Automaton(CharSet set, boolean bytes) {
    IntList triples = new IntList();
    for (int i = 0; i < set.ranges.length; i += 2) {
      int from = set.ranges[i];
      int to = Math.min(set.ranges[i + 1], bytes ? 0xFF : 0x7F);
      if (from <= to) {
        edge(triples, from, to, EXIT);
      }
    }
    if (!bytes) {
      for (int lead = 0xC2; lead <= 0xDF; lead++) {
        lead(triples, lead, set, (lead & 0x1F) << 6, 1);
      }
      for (int lead = 0xE0; lead <= 0xEF; lead++) {
        lead(triples, lead, set, (lead & 0x0F) << 12, 2);
      }
      for (int lead = 0xF0; lead <= 0xF4; lead++) {
        lead(triples, lead, set, (lead & 0x07) << 18, 3);
      }
      for (int i = 0; i < set.ranges.length; i += 2) {
        int from = Math.max(set.ranges[i], 0xDC80);
        int to = Math.min(set.ranges[i + 1], 0xDCFF);
        if (from <= to) {
          edge(triples, from - 0xDC00, to - 0xDC00, EXIT);
        }
      }
    }
    nodes.add(triples.toArray());
    root = nodes.size() - 1;
    edges = nodes.toArray(new int[0][]);
  }

  private void lead(IntList triples, int lead, CharSet set, int base, int more) {
    int target = block(set, base, more, more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000);
    if (target != NONE) {
      edge(triples, lead, lead, target);
    }
  }

  private static void edge(IntList triples, int from, int to, int target) {
    int n = triples.size();
    if (n > 0 && triples.get(n - 1) == target && triples.get(n - 2) == from - 1) {
      triples.set(n - 2, to);
      return;
    }
    triples.add(from);
    triples.add(to);
    triples.add(target);
  }

  /**
   * The node for the {@code more} continuation bytes of the code points from {@code base} on that
   * are in the set. Those below {@code least} would be overlong and do not exist.
   */
  private int block(CharSet set, int base, int more, int least) {
    int to = base + (1 << 6 * more) - 1;
    if (to < least || base > CharSet.LAST || range(set, base, to) < 0) {
      return NONE;
    }
    boolean whole = base >= least && to <= CharSet.LAST && (to < 0xD800 || base > 0xDFFF);
    if (whole
        && set.ranges[2 * range(set, base, to)] <= base
        && set.ranges[2 * range(set, base, to) + 1] >= to) {
      return full(more);
    }
    IntList triples = new IntList();
    for (int i = 0; i < 64; i++) {
      int start = base + (i << 6 * (more - 1));
      int target;
      if (more > 1) {
        target = block(set, start, more - 1, least);
      } else {
        boolean valid =
            start >= least && start <= CharSet.LAST && (start < 0xD800 || start > 0xDFFF);
        target = valid && set.contains(start) ? EXIT : NONE;
      }
      if (target != NONE) {
        edge(triples, 0x80 + i, 0x80 + i, target);
      }
    }
    return triples.size() == 0 ? NONE : share(triples);
  }

  private int full(int more) {
    IntList triples = new IntList();
    edge(triples, 0x80, 0xBF, more == 1 ? EXIT : full(more - 1));
    return share(triples);
  }

  /** The index of a range that has members among {@code from..to}, or -1. */
  private static int range(CharSet set, int from, int to) {
    int lo = 0;
    int hi = set.ranges.length / 2 - 1;
    while (lo <= hi) {
      int mid = (lo + hi) >>> 1;
      if (to < set.ranges[2 * mid]) {
        hi = mid - 1;
      } else if (from > set.ranges[2 * mid + 1]) {
        lo = mid + 1;
      } else {
        return mid;
      }
    }
    return -1;
  }

  private int share(IntList triples) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < triples.size(); i++) {
      key.append((char) (triples.get(i) + 2));
    }
    Integer known = shared.get(key.toString());
    if (known == null) {
      known = nodes.size();
      nodes.add(triples.toArray());
      shared.put(key.toString(), known);
    }
    return known;
  }

  /** The encoding of {@code c} where a character is a code point, or a byte if {@code bytes}. */
  static byte[] encode(int c, boolean bytes) {
    if (bytes) {
      return new byte[] {(byte) c};
    }
    byte[] buffer = new byte[4];
    int n = Utf8.encode(c, buffer, 0);
    byte[] result = new byte[n];
    System.arraycopy(buffer, 0, result, 0, n);
    return result;
  }
}
