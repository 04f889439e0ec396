package dev.qanat.command.text;

import dev.qanat.command.Output;
import dev.qanat.command.text.LineDiff.Change;
import java.util.ArrayList;
import java.util.List;

/** Shows the changes between two files in the formats that patch and ed understand. */
final class DiffOutput {
  private final Output out;
  private final DiffLines a;
  private final DiffLines b;
  private final List<Change> changes;
  private final int context;
  private final boolean initialTab;

  /**
   * @param context lines around a change that unified and copied output show
   * @param initialTab whether a tab follows the marks, so that tabs in the lines stay lined up
   */
  DiffOutput(
      Output out, DiffLines a, DiffLines b, List<Change> changes, int context, boolean initialTab) {
    this.out = out;
    this.a = a;
    this.b = b;
    this.changes = changes;
    this.context = context;
    this.initialTab = initialTab;
  }

  private static String range(int from, int to) {
    return to - from <= 1 ? String.valueOf(to == from ? from : from + 1) : from + 1 + "," + to;
  }

  void normal() {
    for (Change c : changes) {
      boolean d = c.aEnd() > c.a();
      boolean i = c.bEnd() > c.b();
      out.line(range(c.a(), c.aEnd()) + (d ? i ? "c" : "d" : "a") + range(c.b(), c.bEnd()));
      for (int k = c.a(); k < c.aEnd(); k++) {
        line('<', a, k);
      }
      if (d && i) {
        out.line("---");
      }
      for (int k = c.b(); k < c.bEnd(); k++) {
        line('>', b, k);
      }
    }
  }

  /** From the last to the first, so that line numbers stay true. */
  void ed() {
    for (int n = changes.size() - 1; n >= 0; n--) {
      Change c = changes.get(n);
      boolean d = c.aEnd() > c.a();
      boolean i = c.bEnd() > c.b();
      out.line(range(c.a(), c.aEnd()) + (d ? i ? "c" : "d" : "a"));
      boolean open = i;
      for (int k = c.b(); k < c.bEnd(); k++) {
        if (!open) {
          out.line("a");
          open = true;
        }
        if (b.end(k) - b.start[k] == 1 && b.bytes[b.start[k]] == '.') {
          out.write("..\n.\ns/.//\n");
          open = false;
        } else {
          out.write(b.bytes, b.start[k], b.end(k) - b.start[k]);
          out.write('\n');
        }
      }
      if (open && i) {
        out.line(".");
      }
    }
  }

  /** Changes that lie so close that their contexts would touch. */
  private List<List<Change>> hunks() {
    List<List<Change>> hunks = new ArrayList<>();
    for (Change c : changes) {
      List<Change> last = hunks.isEmpty() ? null : hunks.get(hunks.size() - 1);
      if (last != null && c.a() - last.get(last.size() - 1).aEnd() <= 2L * context) {
        last.add(c);
      } else {
        hunks.add(new ArrayList<>(List.of(c)));
      }
    }
    return hunks;
  }

  private static String unifiedRange(int from, int to) {
    int n = to - from;
    return n == 1 ? String.valueOf(from + 1) : (n == 0 ? from : from + 1) + "," + n;
  }

  void unified() {
    out.line("--- " + a.header);
    out.line("+++ " + b.header);
    for (List<Change> h : hunks()) {
      Change first = h.get(0);
      Change last = h.get(h.size() - 1);
      int ctx = Math.min(context, first.a());
      int a0 = first.a() - ctx;
      int b0 = first.b() - ctx;
      int tail = (int) Math.min((long) context, a.count - last.aEnd());
      int a1 = last.aEnd() + tail;
      int b1 = last.bEnd() + Math.min(tail, b.count - last.bEnd());
      out.line("@@ -" + unifiedRange(a0, a1) + " +" + unifiedRange(b0, b1) + " @@");
      int at = a0;
      for (Change c : h) {
        while (at < c.a()) {
          unifiedLine(' ', a, at++);
        }
        for (; at < c.aEnd(); at++) {
          unifiedLine('-', a, at);
        }
        for (int k = c.b(); k < c.bEnd(); k++) {
          unifiedLine('+', b, k);
        }
      }
      while (at < a1) {
        unifiedLine(' ', a, at++);
      }
    }
  }

  private static String contextRange(int from, int to) {
    return to - from <= 1 ? String.valueOf(to) : from + 1 + "," + to;
  }

  /** The older of the formats with context. */
  void copied() {
    out.line("*** " + a.header);
    out.line("--- " + b.header);
    for (List<Change> h : hunks()) {
      Change first = h.get(0);
      Change last = h.get(h.size() - 1);
      int ctx = Math.min(context, first.a());
      int tail = (int) Math.min((long) context, a.count - last.aEnd());
      int a0 = first.a() - ctx;
      int a1 = last.aEnd() + tail;
      int b0 = first.b() - ctx;
      int b1 = last.bEnd() + tail;
      out.line("***************");
      out.line("*** " + contextRange(a0, a1) + " ****");
      side(h, false, a0, a1);
      out.line("--- " + contextRange(b0, b1) + " ----");
      side(h, true, b0, b1);
    }
  }

  /** The lines of one file in a hunk; none when nothing changes there. */
  private void side(List<Change> hunk, boolean second, int from, int to) {
    DiffLines l = second ? b : a;
    boolean some = false;
    for (Change c : hunk) {
      some |= second ? c.bEnd() > c.b() : c.aEnd() > c.a();
    }
    if (!some) {
      return;
    }
    int at = from;
    for (Change c : hunk) {
      boolean replaced = c.aEnd() > c.a() && c.bEnd() > c.b();
      int begin = second ? c.b() : c.a();
      int end = second ? c.bEnd() : c.aEnd();
      while (at < begin) {
        line(' ', l, at++);
      }
      while (at < end) {
        line(replaced ? '!' : second ? '+' : '-', l, at++);
      }
    }
    while (at < to) {
      line(' ', l, at++);
    }
  }

  /** The mark and what parts it from the line. */
  private void line(char mark, DiffLines l, int i) {
    out.write(mark);
    out.write(initialTab ? '\t' : ' ');
    text(l, i);
  }

  /** The mark is all that stands before a line, and a tab stands for a blank. */
  private void unifiedLine(char mark, DiffLines l, int i) {
    if (mark != ' ' || !initialTab) {
      out.write(mark);
    }
    if (initialTab) {
      out.write('\t');
    }
    text(l, i);
  }

  private void text(DiffLines l, int i) {
    out.write(l.bytes, l.start[i], l.end(i) - l.start[i]);
    out.write('\n');
    if (!l.ends(i)) {
      out.write("\\ No newline at end of file\n");
    }
  }
}
