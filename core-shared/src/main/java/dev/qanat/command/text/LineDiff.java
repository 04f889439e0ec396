package dev.qanat.command.text;

import dev.qanat.sched.Sched;
import java.util.ArrayList;
import java.util.List;

/**
 * Which lines to delete and insert to make one sequence the other: Myers' O(ND) algorithm in linear
 * space, after which each run of changes is slid down as far as it goes, as GNU diff does.
 */
final class LineDiff {
  private final int[] a;
  private final int[] b;

  /** Whether line i of the first goes. One longer than the lines. */
  final boolean[] deleted;

  /** Whether line i of the second comes in. */
  final boolean[] inserted;

  private final int[] forward;
  private final int[] backward;
  private final int offset;

  /** Lines are numbers that are equal when the lines are. May suspend. */
  LineDiff(int[] a, int[] b) {
    this.a = a;
    this.b = b;
    deleted = new boolean[a.length + 1];
    inserted = new boolean[b.length + 1];
    int n = a.length + b.length + 3;
    forward = new int[n];
    backward = new int[n];
    offset = b.length + 1;
    compare(0, a.length, 0, b.length, 0);
    slide(deleted, inserted, a);
    slide(inserted, deleted, b);
  }

  /** Lines {@code [a, aEnd)} of the first become {@code [b, bEnd)} of the second. */
  record Change(int a, int aEnd, int b, int bEnd) {}

  /** All changes, in order. */
  List<Change> changes() {
    List<Change> out = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      if (!deleted[i] && !inserted[j]) {
        i++;
        j++;
        continue;
      }
      int x = i;
      int y = j;
      while (deleted[i]) {
        i++;
      }
      while (inserted[j]) {
        j++;
      }
      out.add(new Change(x, i, y, j));
    }
    return out;
  }

  private void compare(int xo, int xl, int yo, int yl, int depth) {
    Sched.checkpoint();
    while (xo < xl && yo < yl && a[xo] == b[yo]) {
      xo++;
      yo++;
    }
    while (xo < xl && yo < yl && a[xl - 1] == b[yl - 1]) {
      xl--;
      yl--;
    }
    if (xo == xl) {
      while (yo < yl) {
        inserted[yo++] = true;
      }
    } else if (yo == yl) {
      while (xo < xl) {
        deleted[xo++] = true;
      }
    } else {
      long middle = middle(xo, xl, yo, yl);
      int x = (int) (middle >> 32);
      int y = (int) middle;
      compare(xo, x, yo, y, depth + 1);
      compare(x, xl, y, yl, depth + 1);
    }
  }

  /** A point on a shortest path, found from both ends at once. */
  private long middle(int xo, int xl, int yo, int yl) {
    int[] fd = forward;
    int[] bd = backward;
    int dmin = xo - yl;
    int dmax = xl - yo;
    int fmid = xo - yo;
    int bmid = xl - yl;
    int fmin = fmid;
    int fmax = fmid;
    int bmin = bmid;
    int bmax = bmid;
    boolean odd = (fmid - bmid & 1) != 0;
    fd[offset + fmid] = xo;
    bd[offset + bmid] = xl;
    while (true) {
      Sched.checkpoint();
      if (fmin > dmin) {
        fd[offset + --fmin - 1] = -1;
      } else {
        fmin++;
      }
      if (fmax < dmax) {
        fd[offset + ++fmax + 1] = -1;
      } else {
        fmax--;
      }
      for (int d = fmax; d >= fmin; d -= 2) {
        int lo = fd[offset + d - 1];
        int hi = fd[offset + d + 1];
        int x = lo < hi ? hi : lo + 1;
        int y = x - d;
        while (x < xl && y < yl && a[x] == b[y]) {
          x++;
          y++;
        }
        fd[offset + d] = x;
        if (odd && bmin <= d && d <= bmax && bd[offset + d] <= x) {
          return (long) x << 32 | y;
        }
      }
      if (bmin > dmin) {
        bd[offset + --bmin - 1] = Integer.MAX_VALUE;
      } else {
        bmin++;
      }
      if (bmax < dmax) {
        bd[offset + ++bmax + 1] = Integer.MAX_VALUE;
      } else {
        bmax--;
      }
      for (int d = bmax; d >= bmin; d -= 2) {
        int lo = bd[offset + d - 1];
        int hi = bd[offset + d + 1];
        int x = lo < hi ? lo : hi - 1;
        int y = x - d;
        while (xo < x && yo < y && a[x - 1] == b[y - 1]) {
          x--;
          y--;
        }
        bd[offset + d] = x;
        if (!odd && fmin <= d && d <= fmax && x <= fd[offset + d]) {
          return (long) x << 32 | y;
        }
      }
    }
  }

  /**
   * Moves each run of changes down while the line behind equals its first, and joins those that
   * meet; then back up to where the other file has changes too, if it passed such a place.
   */
  private static void slide(boolean[] changed, boolean[] other, int[] lines) {
    int end = lines.length;
    int i = 0;
    int j = 0; // where there is no run, the line of the other file that is kept for line i
    while (true) {
      while (i < end && !changed[i]) {
        j = kept(other, j) + 1;
        i++;
      }
      if (i == end) {
        return;
      }
      int start = i;
      while (i < end && changed[i]) {
        i++;
      }
      j = kept(other, j); // for the line behind the run
      int corresponding;
      int run;
      do {
        run = i - start;
        while (start > 0 && lines[start - 1] == lines[i - 1]) {
          changed[--start] = true;
          changed[--i] = false;
          while (start > 0 && changed[start - 1]) {
            start--;
          }
          j = keptBefore(other, j);
        }
        corresponding = j > 0 && other[j - 1] ? i : end;
        while (i != end && lines[start] == lines[i]) {
          changed[start++] = false;
          changed[i++] = true;
          while (i < end && changed[i]) {
            i++;
          }
          j = kept(other, j + 1);
          if (other[j - 1]) {
            corresponding = i;
          }
        }
      } while (run != i - start);
      while (corresponding < i) {
        changed[--start] = true;
        changed[--i] = false;
        j = keptBefore(other, j);
      }
    }
  }

  private static int kept(boolean[] changed, int from) {
    while (changed[from]) {
      from++;
    }
    return from;
  }

  private static int keptBefore(boolean[] changed, int to) {
    do {
      to--;
    } while (changed[to]);
    return to;
  }
}
