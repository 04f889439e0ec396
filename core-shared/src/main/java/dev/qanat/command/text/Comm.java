package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.ByteOrder;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;

/** comm: which lines two sorted files have in common. */
public final class Comm implements Command {
  private static final Options OPTIONS =
      Options.of("comm")
          .usage("[OPTION]... FILE1 FILE2")
          .about(
              "Compare sorted files FILE1 and FILE2 line by line.\n\n"
                  + "When FILE1 or FILE2 (not both) is -, read standard input.\n\n"
                  + "With no options, produce three-column output.  Column one contains\n"
                  + "lines unique to FILE1, column two contains lines unique to FILE2,\n"
                  + "and column three contains lines common to both files.")
          .flag('1', null, "suppress column 1 (lines unique to FILE1)")
          .flag('2', null, "suppress column 2 (lines unique to FILE2)")
          .flag('3', null, "suppress column 3 (lines that appear in both files)")
          .flag(
              (char) 0,
              "check-order",
              "check that the input is correctly sorted, even\nif all input lines are pairable")
          .flag((char) 0, "nocheck-order", "do not check that the input is correctly sorted")
          .value((char) 0, "output-delimiter", "STR", "separate columns with STR")
          .flag((char) 0, "total", "output a summary")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline");

  /** One of the two files, with the line before for the check of the order. */
  private static final class Side {
    final Input file;
    final ByteBuilder before = new ByteBuilder();
    boolean has;
    boolean any;
    boolean complained;

    Side(Input file) {
      this.file = file;
    }
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    if (p.operands().size() == 1) {
      throw OPTIONS.usageError(in, "missing operand after " + Quoting.locale(p.operands().get(0)));
    }
    if (p.operands().size() > 2) {
      throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(p.operands().get(2)));
    }
    String delimiter = "\t";
    for (String d : p.values("output-delimiter")) {
      if (!delimiter.equals("\t") && !delimiter.equals(d)) {
        throw in.fail(1, "multiple output delimiters specified");
      }
      delimiter = d.isEmpty() ? "\0" : d;
    }
    byte[] separator = Utf8.encode(delimiter);
    byte end = (byte) (p.has("zero-terminated") ? 0 : '\n');
    Input fa = in.open(p.operands().get(0));
    if (fa == null) {
      return 1;
    }
    Input fb = in.open(p.operands().get(1));
    if (fb == null) {
      fa.close();
      return 1;
    }
    int check = p.has("check-order") ? 2 : p.has("nocheck-order") ? 0 : 1;
    try {
      return compare(in, new Side(fa), new Side(fb), p, check, separator, end);
    } catch (VfsException e) {
      in.error(p.operands().get(0), e);
      return 1;
    } finally {
      fa.close();
      fb.close();
    }
  }

  private int compare(
      Invocation in, Side a, Side b, Options.Parsed p, int check, byte[] separator, byte end) {
    Output out = in.stdout();
    boolean[] show = {!p.has("1"), !p.has("2"), !p.has("3")};
    long[] total = new long[3];
    boolean[] unpairable = {false};
    next(in, a, 1, check, end, unpairable);
    next(in, b, 2, check, end, unpairable);
    while (a.has || b.has) {
      int order =
          !a.has
              ? 1
              : !b.has
                  ? -1
                  : ByteOrder.compare(
                      a.file.data, a.file.start, a.file.end, b.file.data, b.file.start, b.file.end);
      int column = order == 0 ? 2 : order < 0 ? 0 : 1;
      total[column]++;
      if (order != 0) {
        unpairable[0] = true;
      }
      if (show[column]) {
        if (column == 1 && show[0] || column == 2 && show[0]) {
          out.write(separator);
        }
        if (column == 2 && show[1]) {
          out.write(separator);
        }
        Input f = order <= 0 ? a.file : b.file;
        out.write(f.data, f.start, f.end - f.start);
        out.write(end);
      }
      if (order <= 0) {
        next(in, a, 1, check, end, unpairable);
      }
      if (order >= 0) {
        next(in, b, 2, check, end, unpairable);
      }
    }
    if (p.has("total")) {
      for (long t : total) {
        out.write(t);
        out.write(separator);
      }
      out.write("total");
      out.write(end);
    }
    if (a.complained || b.complained) {
      if (check == 1) {
        in.error("input is not in sorted order");
      }
      return 1;
    }
    return 0;
  }

  private static void next(
      Invocation in, Side s, int number, int check, byte end, boolean[] unpairable) {
    if (s.any && check > 0) {
      s.before.clear();
      s.before.append(s.file.data, s.file.start, s.file.end - s.file.start);
    }
    s.has = s.file.nextLine(end);
    if (s.has
        && s.any
        && check > 0
        && (check == 2 || unpairable[0])
        && !s.complained
        && ByteOrder.compare(
                s.before.array(), 0, s.before.length(), s.file.data, s.file.start, s.file.end)
            > 0) {
      in.error("file " + number + " is not in sorted order");
      s.complained = true;
      if (check == 2) {
        throw new Command.Exit(1);
      }
    }
    s.any = true;
  }
}
