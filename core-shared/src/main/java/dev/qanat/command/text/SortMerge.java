package dev.qanat.command.text;

import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code sort -m}: several files, each in order, become one, with a line of each in memory. */
final class SortMerge {
  private SortMerge() {}

  /** One file's current line. */
  private static final class Head {
    final Input file;
    byte[] line = new byte[0];

    Head(Input file) {
      this.file = file;
    }

    boolean next(byte end) {
      if (!file.nextLine(end)) {
        return false;
      }
      line = Arrays.copyOfRange(file.data, file.start, file.end);
      return true;
    }
  }

  static int run(
      Invocation in,
      List<String> names,
      List<SortKey> keys,
      int tab,
      boolean reverse,
      boolean stable,
      boolean unique,
      String output,
      byte end) {
    List<Head> heads = new ArrayList<>();
    SortLines pair = new SortLines(keys, tab, reverse, stable, unique);
    List<Input> opened = new ArrayList<>();
    // what is written to may be one of the inputs, so the result is kept until all was read
    ByteBuilder kept = output == null ? null : new ByteBuilder();
    try {
      for (String n : names) {
        Input f = Sort.open(in, n);
        opened.add(f);
        Head h = new Head(f);
        if (h.next(end)) {
          heads.add(h);
        }
      }
      Output out = output == null ? in.stdout() : null;
      byte[] before = null;
      while (!heads.isEmpty()) {
        int least = 0;
        for (int i = 1; i < heads.size(); i++) {
          if (compare(pair, heads.get(i).line, heads.get(least).line) < 0) {
            least = i;
          }
        }
        Head h = heads.get(least);
        if (!unique || before == null || compare(pair, before, h.line) != 0) {
          if (out != null) {
            out.write(h.line);
            out.write(end);
          } else {
            kept.append(h.line).append(end);
          }
          before = h.line;
        }
        if (!h.next(end)) {
          heads.remove(least);
        }
      }
    } finally {
      for (Input f : opened) {
        f.close();
      }
    }
    if (kept != null) {
      Output out = Sort.output(in, output);
      try {
        out.write(kept.array(), 0, kept.length());
        out.flush();
      } finally {
        out.file().release();
      }
    }
    return 0;
  }

  private static int compare(SortLines pair, byte[] a, byte[] b) {
    pair.clear();
    pair.add(a, 0, a.length);
    pair.add(b, 0, b.length);
    return pair.compare(0, 1);
  }
}
