package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** fold: long lines broken at a width. */
public final class Fold implements Command {
  private static final Options OPTIONS =
      Options.of("fold")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Wrap input lines in each FILE, writing to standard output.\n\nWith no FILE, or when FILE is -, read standard input.")
          .flag('b', "bytes", "count bytes rather than columns")
          .flag('s', "spaces", "break at spaces")
          .value('w', "width", "WIDTH", "use WIDTH columns instead of 80");

  @Override
  public int run(Invocation in) {
    List<String> args = new ArrayList<>();
    for (String a : in.args()) {
      boolean number = a.length() > 1 && a.charAt(0) == '-' && Character.isDigit(a.charAt(1));
      args.add(number ? "-w" + a.substring(1) : a);
    }
    Options.Parsed p = OPTIONS.parse(in, args);
    long width = 80;
    if (p.has("width")) {
      width = SizeText.parse(p.value("width"), "");
      if (width <= 0) {
        throw in.fail(
            1,
            "invalid number of columns: "
                + Quoting.locale(p.value("width"))
                + (width == SizeText.OVERFLOW || width == 0
                    ? (width == 0 ? ": Numerical result out of range" : SizeText.reason(width))
                    : ""));
      }
    }
    int status = 0;
    for (String name : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input file = in.open(name);
      if (file == null) {
        status = 1;
        continue;
      }
      try {
        fold(file, width, p.has("bytes"), p.has("spaces"), in.stdout());
      } catch (VfsException e) {
        in.error(name, e);
        status = 1;
      } finally {
        file.close();
      }
    }
    return status;
  }

  private static void fold(Input file, long width, boolean bytes, boolean spaces, Output out) {
    ByteBuilder line = new ByteBuilder();
    long column = 0;
    while (file.nextChunk()) {
      for (int i = file.start; i < file.end; i++) {
        int c = file.data[i];
        if (c == '\n') {
          line.append(c);
          out.write(line.array(), 0, line.length());
          line.clear();
          column = 0;
          continue;
        }
        while (true) {
          long next = advance(column, c, bytes);
          if (next <= width) {
            column = next;
            line.append(c);
            break;
          }
          if (spaces) {
            int end = line.length();
            while (end > 0 && line.array()[end - 1] != ' ' && line.array()[end - 1] != '\t') {
              end--;
            }
            if (end > 0) {
              out.write(line.array(), 0, end);
              out.write('\n');
              line.removeFirst(end);
              column = 0;
              for (int k = 0; k < line.length(); k++) {
                column = advance(column, line.array()[k], bytes);
              }
              continue;
            }
          }
          if (line.length() == 0) {
            column = next;
            line.append(c);
            break;
          }
          out.write(line.array(), 0, line.length());
          out.write('\n');
          line.clear();
          column = 0;
        }
      }
    }
    out.write(line.array(), 0, line.length());
  }

  private static long advance(long column, int c, boolean bytes) {
    if (bytes) {
      return column + 1;
    }
    return switch (c) {
      case '\b' -> Math.max(0, column - 1);
      case '\r' -> 0;
      case '\t' -> column + 8 - column % 8;
      default -> column + 1;
    };
  }
}
