package dev.qanat.command.text;

import dev.qanat.command.Input;
import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The lines sort has read, all in one array of bytes, and their order. Each line carries a 64-bit
 * prefix of its first key that decides most comparisons. The sort is a stable merge sort that never
 * suspends within a comparison.
 */
final class SortLines {
  private final List<SortKey> keys;
  private final int tab;
  private final boolean reverse; // of the last resort
  private final boolean stable;
  private final boolean unique;
  private final ByteBuilder text = new ByteBuilder(64 * 1024);
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int[] keyStarts; // of the first key
  private int[] keyEnds;
  private int count;

  private long[] prefixes;
  private int[] order;
  private boolean prefixDecides; // different prefixes mean different keys
  private boolean prefixIsAll; // equal prefixes mean equal keys

  SortLines(List<SortKey> keys, int tab, boolean reverse, boolean stable, boolean unique) {
    this.keys = keys;
    this.tab = tab;
    this.reverse = reverse;
    this.stable = stable;
    this.unique = unique;
  }

  void add(byte[] b, int from, int to) {
    if (count == starts.length) {
      Memory.hold(32L * count); // of this, and of what sorting takes
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = text.length();
    text.append(b, from, to - from);
    ends[count++] = text.length();
  }

  /** Adds all lines of a file. May suspend. */
  void addAll(Input file, byte end) {
    while (file.nextLine(end)) {
      add(file.data, file.start, file.end);
    }
  }

  int count() {
    return count;
  }

  /** The bytes that hold line {@code i}, from {@link #start} to {@link #end}. */
  byte[] bytes() {
    return text.array();
  }

  int start(int i) {
    return starts[i];
  }

  int end(int i) {
    return ends[i];
  }

  /** The place of the line that comes {@code i}th. */
  int at(int i) {
    return order[i];
  }

  /** Forgets all lines but keeps the room. */
  void clear() {
    text.clear();
    count = 0;
  }

  /** Puts the lines in order. May suspend between runs. */
  void sort() {
    prepare();
    order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    int run = 8;
    for (int from = 0; from < count; from += run) {
      insertion(from, Math.min(count, from + run));
      if ((from & 0xfff) == 0) {
        Sched.checkpoint();
      }
    }
    int[] from = order;
    int[] to = new int[count];
    long[] pf = prefixes;
    long[] pt = new long[count];
    for (; run < count && run > 0; run *= 2) {
      for (int at = 0; at < count; at += 2 * run) {
        int mid = Math.min(count, at + run);
        int end = (int) Math.min(count, (long) at + 2L * run);
        merge(from, pf, to, pt, at, mid, end);
        if ((at & 0xfff) == 0) {
          Sched.checkpoint();
        }
        if (end == count) {
          break;
        }
      }
      int[] t = from;
      from = to;
      to = t;
      long[] q = pf;
      pf = pt;
      pt = q;
    }
    order = from;
    prefixes = pf;
  }

  private void insertion(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int line = order[i];
      long p = prefixes[i];
      int k = i - 1;
      while (k >= from && compare(prefixes[k], order[k], p, line) > 0) {
        order[k + 1] = order[k];
        prefixes[k + 1] = prefixes[k];
        k--;
      }
      order[k + 1] = line;
      prefixes[k + 1] = p;
    }
  }

  private void merge(int[] from, long[] pf, int[] to, long[] pt, int at, int mid, int end) {
    int i = at;
    int j = mid;
    if (mid >= end || compare(pf[mid - 1], from[mid - 1], pf[mid], from[mid]) <= 0) {
      System.arraycopy(from, at, to, at, end - at);
      System.arraycopy(pf, at, pt, at, end - at);
      return;
    }
    for (int k = at; k < end; k++) {
      if (j >= end || i < mid && compare(pf[i], from[i], pf[j], from[j]) <= 0) {
        to[k] = from[i];
        pt[k] = pf[i++];
      } else {
        to[k] = from[j];
        pt[k] = pf[j++];
      }
    }
  }

  private int compare(long p, int i, long q, int j) {
    if (prefixDecides && p != q) {
      return p < q ? -1 : 1;
    }
    return compare(i, j, prefixDecides && prefixIsAll);
  }

  /** The whole comparison of two lines. */
  int compare(int i, int j) {
    return compare(i, j, false);
  }

  private int compare(int i, int j, boolean firstKeyIsEqual) {
    byte[] b = text.array();
    for (int k = firstKeyIsEqual ? 1 : 0; k < keys.size(); k++) {
      SortKey key = keys.get(k);
      int is;
      int ie;
      int js;
      int je;
      if (k == 0 && keyStarts != null) {
        is = keyStarts[i];
        ie = keyEnds[i];
        js = keyStarts[j];
        je = keyEnds[j];
      } else {
        is = key.begin(b, starts[i], ends[i], tab);
        ie = Math.max(is, key.end(b, starts[i], ends[i], tab));
        js = key.begin(b, starts[j], ends[j], tab);
        je = Math.max(js, key.end(b, starts[j], ends[j], tab));
      }
      int r = key.compare(b, is, ie, b, js, je);
      if (r != 0) {
        return key.reverse ? -r : r;
      }
    }
    if (!keys.isEmpty() && (stable || unique)) {
      return 0;
    }
    int r = ByteOrder.compare(b, starts[i], ends[i], b, starts[j], ends[j]);
    return reverse ? -r : r;
  }

  private void prepare() {
    prefixes = new long[count];
    keyStarts = null;
    byte[] b = text.array();
    SortKey key = keys.isEmpty() ? null : keys.get(0);
    if (key != null) {
      int[] s = new int[count];
      int[] e = new int[count];
      for (int i = 0; i < count; i++) {
        s[i] = key.begin(b, starts[i], ends[i], tab);
        e[i] = Math.max(s[i], key.end(b, starts[i], ends[i], tab));
      }
      keyStarts = s;
      keyEnds = e;
    }
    prefixDecides = true;
    prefixIsAll = false;
    boolean turn = key == null ? reverse : key.reverse;
    if (key == null || key.isBytes()) {
      for (int i = 0; i < count; i++) {
        long p =
            head(b, key == null ? starts[i] : keyStarts[i], key == null ? ends[i] : keyEnds[i]);
        prefixes[i] = turn ? ~p : p;
      }
    } else if (key.numeric) {
      prefixIsAll = true;
      for (int i = 0; i < count; i++) {
        long p = scaled(b, keyStarts[i], keyEnds[i]);
        if (p == Long.MIN_VALUE) {
          prefixDecides = false;
          return;
        }
        prefixes[i] = turn ? -p : p;
      }
    } else {
      prefixDecides = false;
    }
  }

  /** The first eight bytes so that they compare as a signed number. */
  private static long head(byte[] b, int from, int to) {
    long p = 0;
    int n = Math.min(8, to - from);
    for (int i = 0; i < n; i++) {
      p |= (b[from + i] & 0xffL) << (56 - 8 * i);
    }
    return p ^ Long.MIN_VALUE;
  }

  /** A number of up to 12 digits and 6 decimals as millionths; MIN_VALUE for all others. */
  private static long scaled(byte[] b, int i, int to) {
    while (i < to && (b[i] == ' ' || b[i] == '\t')) {
      i++;
    }
    boolean negative = i < to && b[i] == '-';
    i += negative ? 1 : 0;
    long v = 0;
    int digits = 0;
    for (; i < to && b[i] >= '0' && b[i] <= '9'; i++) {
      v = v * 10 + b[i] - '0';
      if (v != 0 && ++digits > 12) {
        return Long.MIN_VALUE;
      }
    }
    int places = 0;
    if (i < to && b[i] == '.') {
      i++;
      for (; i < to && b[i] >= '0' && b[i] <= '9'; i++) {
        if (places == 6) {
          if (b[i] != '0') {
            return Long.MIN_VALUE;
          }
          continue;
        }
        v = v * 10 + b[i] - '0';
        places++;
      }
    }
    for (; places < 6; places++) {
      v *= 10;
    }
    return negative ? -v : v;
  }
}
