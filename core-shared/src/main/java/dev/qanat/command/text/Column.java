package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** column: lists in columns, and tables. */
public final class Column implements Command {
  private static final Options OPTIONS =
      Options.of("column")
          .usage("[options] [<file>...]")
          .about("Columnate lists.")
          .version("util-linux", "2.38.1")
          .flag('t', "table", "create a table")
          .value('s', "separator", "STRING", "possible table delimiters")
          .value(
              'o',
              "output-separator",
              "STRING",
              "columns separator for table output (default is two spaces)")
          .value('N', "table-columns", "NAMES", "comma separated columns names")
          .value('R', "table-right", "COLUMNS", "right align text in these columns")
          .value('c', "output-width", "WIDTH", "width of output in number of characters")
          .flag('x', "fillrows", "fill rows before columns")
          .flag('L', "keep-empty-lines", "don't ignore empty lines");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    int status = 0;
    List<String> lines = new ArrayList<>();
    for (String n : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input f;
      try {
        f =
            n.equals("-") && p.operands().isEmpty()
                ? in.stdin()
                : new Input(in.files().open(n), true);
      } catch (VfsException e) {
        in.error(n + ": " + e.reason());
        status = 1;
        continue;
      }
      try {
        while (f.nextLine()) {
          String s = Utf8.decode(f.data, f.start, f.end - f.start);
          if (!s.trim().isEmpty() || p.has("keep-empty-lines")) {
            lines.add(s);
          }
        }
      } finally {
        f.close();
      }
    }
    if (p.has("table") || p.has("table-columns")) {
      table(in, p, lines);
    } else {
      long width = p.has("output-width") ? SizeText.parse(p.value("output-width"), "") : 80;
      String env = in.env("COLUMNS");
      if (!p.has("output-width") && env != null && SizeText.parse(env, "") > 0) {
        width = SizeText.parse(env, "");
      }
      if (width <= 0) {
        throw in.fail(1, "invalid columns argument: '" + p.value("output-width") + "'");
      }
      list(in.stdout(), lines, (int) Math.min(width, 100_000), p.has("fillrows"));
    }
    return status;
  }

  private static int width(String s) {
    int w = 0;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      w += Utf8.isEscapedByte(c) ? 1 : Math.max(0, Utf8.width(c));
    }
    return w;
  }

  private static List<String> cells(String line, String separators) {
    List<String> out = new ArrayList<>();
    if (separators == null) {
      for (String s : line.trim().split("[ \t]+")) {
        out.add(s);
      }
      return out;
    }
    int from = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || separators.indexOf(line.charAt(i)) >= 0) {
        out.add(line.substring(from, i));
        from = i + 1;
      }
    }
    return out;
  }

  private static void table(Invocation in, Options.Parsed p, List<String> lines) {
    List<List<String>> rows = new ArrayList<>();
    List<String> names =
        p.has("table-columns") ? List.of(p.value("table-columns").split(",")) : List.of();
    if (!names.isEmpty()) {
      rows.add(names);
    }
    int columns = names.size();
    for (String l : lines) {
      List<String> c = cells(l, p.value("separator"));
      rows.add(c);
      columns = Math.max(columns, c.size());
    }
    int[] widths = new int[columns];
    for (List<String> r : rows) {
      for (int i = 0; i < r.size(); i++) {
        widths[i] = Math.max(widths[i], width(r.get(i)));
      }
    }
    boolean[] right = new boolean[columns];
    if (p.has("table-right")) {
      for (String s : p.value("table-right").split(",")) {
        int k = names.indexOf(s);
        long n = SizeText.parse(s, "");
        k = k < 0 && n > 0 && n <= columns ? (int) n - 1 : k;
        if (k < 0) {
          throw in.fail(1, "undefined column name '" + s + "'");
        }
        right[k] = true;
      }
    }
    String between = p.has("output-separator") ? p.value("output-separator") : "  ";
    for (List<String> r : rows) {
      StringBuilder s = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String c = i < r.size() ? r.get(i) : "";
        String pad = " ".repeat(widths[i] - width(c));
        boolean last = i == columns - 1;
        s.append(right[i] ? pad + c : last ? c : c + pad);
        if (!last) {
          s.append(between);
        }
      }
      in.stdout().line(s.toString());
    }
  }

  private static void list(Output out, List<String> lines, int total, boolean rows) {
    int widest = 0;
    for (String l : lines) {
      widest = Math.max(widest, width(l));
    }
    widest = widest / 8 * 8 + 8;
    int columns = Math.max(1, total / widest);
    if (widest >= total) {
      for (String l : lines) {
        out.line(l);
      }
      return;
    }
    int n = lines.size();
    int height = (n + columns - 1) / columns;
    for (int r = 0; r < height; r++) {
      int at = 0;
      for (int c = 0; c < columns; c++) {
        int i = rows ? r * columns + c : c * height + r;
        if (i >= n) {
          break;
        }
        out.write(lines.get(i));
        at += width(lines.get(i));
        int next = rows ? i + 1 : (c + 1) * height + r;
        if (c + 1 < columns && next < n) {
          int to = (c + 1) * widest;
          while (at < to) {
            out.write('\t');
            at = at / 8 * 8 + 8;
          }
        }
      }
      out.write('\n');
    }
  }
}
