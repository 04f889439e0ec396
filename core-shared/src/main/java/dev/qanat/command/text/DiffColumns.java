package dev.qanat.command.text;

import dev.qanat.command.Output;
import dev.qanat.text.Utf8;
import java.util.List;

/** Shows two files beside each other, with a mark between the lines that differ. */
final class DiffColumns {
  private final Output out;
  private final DiffLines a;
  private final DiffLines b;
  private final int half; // columns of each side
  private final int right; // where the right side begins, a tab stop if there is room

  /**
   * @param width print columns of the whole
   */
  DiffColumns(Output out, DiffLines a, DiffLines b, int width) {
    this.out = out;
    this.a = a;
    this.b = b;
    int stop = (width + 8 + 3) / 2 / 8 * 8;
    half = Math.max(0, Math.min(stop - 3, width - stop));
    right = half > 0 ? stop : width;
  }

  /**
   * @param common whether lines that are the same in both are shown, too
   * @param leftOnly whether those are shown on the left side only
   */
  void write(List<LineDiff.Change> changes, boolean common, boolean leftOnly) {
    int i = 0;
    int j = 0;
    for (int n = 0; n <= changes.size(); n++) {
      LineDiff.Change c = n < changes.size() ? changes.get(n) : null;
      int end = c == null ? a.count : c.a();
      for (; i < end; i++, j++) {
        if (common) {
          columns(a, i, leftOnly ? null : b, j, leftOnly ? '(' : ' ');
        }
      }
      if (c == null) {
        return;
      }
      while (i < c.aEnd() && j < c.bEnd()) {
        columns(a, i++, b, j++, '|');
      }
      while (i < c.aEnd()) {
        columns(a, i++, null, 0, '<');
      }
      while (j < c.bEnd()) {
        columns(null, 0, b, j++, '>');
      }
    }
  }

  /** One line of each, or of one; a mark that says "changed" says also which lacks its newline. */
  private void columns(DiffLines one, int i, DiffLines other, int j, char mark) {
    boolean ended = one != null && one.ends(i);
    boolean otherEnded = other != null && other.ends(j);
    int at = one == null ? 0 : half(one, i);
    if (mark != ' ') {
      at = tab(at, (half + right - 1) / 2);
      out.write(mark != '|' || ended == otherEnded ? mark : ended ? '/' : '\\');
      at++;
    }
    if (other != null && other.end(j) > other.start[j]) {
      at = tab(at, right);
      half(other, j);
    }
    if (ended || otherEnded) {
      out.write('\n');
    }
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
