package dev.qanat.command.text;

import dev.qanat.command.Output;
import dev.qanat.text.Utf8;

/** Shows two files beside each other, with a mark between the lines that differ. */
final class DiffColumns {
  private final Output out;
  private final DiffLines a;
  private final DiffLines b;
  private final int half; // columns of each side
  private final int offset; // where the right side begins, a tab stop

  /**
   * @param width print columns of the whole
   */
  DiffColumns(Output out, DiffLines a, DiffLines b, int width) {
    this.out = out;
    this.a = a;
    this.b = b;
    offset = (width + 8 + 3) / 2 / 8 * 8;
    half = Math.max(0, Math.min(offset - 3, width - offset));
  }

  /**
   * @param common whether lines that are the same in both are shown, too
   * @param leftOnly whether those are shown on the left side only
   */
  void write(LineDiff d, boolean common, boolean leftOnly) {
    int i = 0;
    int j = 0;
    while (i < a.count || j < b.count) {
      boolean del = i < a.count && d.deleted[i];
      boolean ins = j < b.count && d.inserted[j];
      if (!del && !ins) {
        if (common) {
          columns(a, i, leftOnly ? null : b, j, leftOnly ? '(' : ' ');
        }
        i++;
        j++;
        continue;
      }
      int x = i;
      int y = j;
      while (i < a.count && d.deleted[i]) {
        i++;
      }
      while (j < b.count && d.inserted[j]) {
        j++;
      }
      while (x < i && y < j) {
        columns(a, x++, b, y++, '|');
      }
      while (x < i) {
        columns(a, x++, null, 0, '<');
      }
      while (y < j) {
        columns(null, 0, b, y++, '>');
      }
    }
  }

  private void columns(DiffLines left, int i, DiffLines right, int j, char mark) {
    int at = 0;
    if (left != null) {
      at = half(left, i);
    }
    if (mark != ' ') {
      at = tab(at, half + 1);
      out.write(mark);
      at++;
    }
    if (right != null && right.end(j) > right.start[j]) {
      at = tab(at, offset);
      half(right, j);
    }
    out.write('\n');
  }

  /** Writes as much of a line as fits its half; returns the column reached. */
  private int half(DiffLines l, int i) {
    int at = 0;
    for (int k = l.start[i]; k < l.end(i); ) {
      int c = l.bytes[k] & 255;
      if (c == '\t') {
        int next = at + 8 - at % 8;
        if (next > half) {
          break;
        }
        while (at < next) {
          out.write(' ');
          at++;
        }
        k++;
        continue;
      }
      int size = Math.max(1, Utf8.sequenceLength(l.bytes, k, l.end(i)));
      int w = Math.max(0, Utf8.width(Utf8.codePointAt(l.bytes, k, l.end(i))));
      if (at + w > half) {
        break;
      }
      out.write(l.bytes, k, size);
      at += w;
      k += size;
    }
    return at;
  }

  /** Goes on to a column, by tabs as far as they reach. */
  private int tab(int from, int to) {
    while (from / 8 * 8 + 8 <= to) {
      out.write('\t');
      from = from / 8 * 8 + 8;
    }
    while (from++ < to) {
      out.write(' ');
    }
    return to;
  }
}
