package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** expand and unexpand: tabs to spaces and back. */
public final class Expand implements Command {
  private final boolean back;
  private final Options options;

  /** {@code back}: unexpand. */
  public Expand(boolean back) {
    this.back = back;
    options =
        Options.of(back ? "unexpand" : "expand")
            .usage("[OPTION]... [FILE]...")
            .about(
                back
                    ? "Convert blanks in each FILE to tabs, writing to standard output.\n\n"
                        + "With no FILE, or when FILE is -, read standard input."
                    : "Convert tabs in each FILE to spaces, writing to standard output.\n\n"
                        + "With no FILE, or when FILE is -, read standard input.");
    if (back) {
      options
          .flag('a', "all", "convert all blanks, instead of just initial blanks")
          .flag((char) 0, "first-only", "convert only leading sequences of blanks (overrides -a)");
    } else {
      options.flag('i', "initial", "do not convert tabs after non blanks");
    }
    options.value('t', "tabs", "LIST", "use comma separated list of tab positions");
  }

  @Override
  public int run(Invocation in) {
    List<String> args = new ArrayList<>();
    for (String a : in.args()) {
      args.add(
          a.length() > 1 && a.charAt(0) == '-' && Character.isDigit(a.charAt(1))
              ? "-t" + a.substring(1)
              : a);
    }
    Options.Parsed p = options.parse(in, args);
    List<Long> stops = new ArrayList<>();
    for (String t : p.values("tabs")) {
      stops(in, t, stops);
    }
    boolean all = back && (p.has("all") || p.has("tabs")) && !p.has("first-only");
    int status = 0;
    for (String n : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input f = in.open(n);
      if (f == null) {
        status = 1;
        continue;
      }
      try {
        while (f.nextLine()) {
          if (back) {
            unexpand(f, stops, all, in.stdout());
          } else {
            expand(f, stops, p.has("initial"), in.stdout());
          }
          if (f.terminated()) {
            in.stdout().write('\n');
          }
        }
      } catch (VfsException e) {
        in.error(n, e);
        status = 1;
      } finally {
        f.close();
      }
    }
    return status;
  }

  private static void stops(Invocation in, String t, List<Long> out) {
    for (String s : t.split("[, ]+")) {
      if (s.isEmpty()) {
        continue;
      }
      long n = SizeText.parse(s, "");
      if (n == SizeText.OVERFLOW) {
        throw in.fail(1, "tab stop is too large " + Quoting.locale(s));
      }
      if (n < 0) {
        throw in.fail(1, "tab size contains invalid character(s): " + Quoting.locale(s));
      }
      if (n == 0) {
        throw in.fail(1, "tab size cannot be 0");
      }
      if (!out.isEmpty() && out.get(out.size() - 1) >= n) {
        throw in.fail(1, "tab sizes must be ascending");
      }
      out.add(n);
    }
  }

  /** The next stop behind a column; -1 when there is none. */
  private static long next(long column, List<Long> stops) {
    if (stops.size() < 2) {
      long n = stops.isEmpty() ? 8 : stops.get(0);
      return column + n - column % n;
    }
    for (long s : stops) {
      if (s > column) {
        return s;
      }
    }
    return -1;
  }

  private static void expand(Input l, List<Long> stops, boolean initial, Output out) {
    long column = 0;
    boolean leading = true;
    for (int i = l.start; i < l.end; i++) {
      int c = l.data[i];
      if (c == '\t' && (leading || !initial)) {
        long to = next(column, stops);
        to = to < 0 ? column + 1 : to;
        for (; column < to; column++) {
          out.write(' ');
        }
        continue;
      }
      leading &= c == ' ' || c == '\t';
      column = c == '\b' ? Math.max(0, column - 1) : column + 1;
      out.write(c);
    }
  }

  private static void unexpand(Input l, List<Long> stops, boolean all, Output out) {
    long column = 0;
    long written = 0; // columns that are out already
    boolean leading = true;
    for (int i = l.start; i < l.end; i++) {
      int c = l.data[i];
      if ((c == ' ' || c == '\t') && (leading || all)) {
        if (c == '\t') {
          long to = next(column, stops);
          if (to < 0) {
            flush(out, column - written);
            out.write('\t');
            written = column = column + 1;
            continue;
          }
          column = to;
          out.write('\t');
          written = column;
          continue;
        }
        long stop = next(column, stops);
        column++;
        if (column == stop) {
          boolean next = i + 1 < l.end && (l.data[i + 1] == ' ' || l.data[i + 1] == '\t');
          if (column - written > 1 || next) {
            out.write('\t');
          } else {
            out.write(' ');
          }
          written = column;
        }
        continue;
      }
      flush(out, column - written);
      out.write(c);
      leading = false;
      column = c == '\b' ? Math.max(0, column - 1) : column + 1;
      written = column;
    }
    flush(out, column - written);
  }

  private static void flush(Output out, long spaces) {
    for (; spaces > 0; spaces--) {
      out.write(' ');
    }
  }
}
