package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.Arrays;
import java.util.List;

/** paste: lines of several files side by side. */
public final class Paste implements Command {
  private static final Options OPTIONS =
      Options.of("paste")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Write lines consisting of the sequentially corresponding lines from\n"
                  + "each FILE, separated by TABs, to standard output.\n\n"
                  + "With no FILE, or when FILE is -, read standard input.")
          .value('d', "delimiters", "LIST", "reuse characters from LIST instead of TABs")
          .flag('s', "serial", "paste one file at a time instead of in parallel")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    int[] delimiters = delimiters(in, p.has("delimiters") ? p.value("delimiters") : "\t");
    byte end = (byte) (p.has("zero-terminated") ? 0 : '\n');
    List<String> names = p.operands().isEmpty() ? List.of("-") : p.operands();
    return p.has("serial")
        ? serial(in, names, delimiters, end)
        : parallel(in, names, delimiters, end);
  }

  /** The bytes between columns; -1 for none. */
  private static int[] delimiters(Invocation in, String list) {
    byte[] b = Utf8.encode(list);
    if (b.length == 0) {
      return new int[] {-1};
    }
    int[] out = new int[b.length];
    int n = 0;
    for (int i = 0; i < b.length; i++) {
      if (b[i] != '\\') {
        out[n++] = b[i];
        continue;
      }
      if (++i == b.length) {
        throw in.fail(
            1,
            "delimiter list ends with an unescaped backslash: "
                + Quoting.c(list).replace("\"", "").replace("\\\\", "\\"));
      }
      out[n++] =
          switch (b[i]) {
            case '0' -> -1;
            case 'b' -> 8;
            case 'f' -> 12;
            case 'n' -> 10;
            case 'r' -> 13;
            case 't' -> 9;
            case 'v' -> 11;
            default -> b[i];
          };
    }
    return Arrays.copyOf(out, n);
  }

  private static int serial(Invocation in, List<String> names, int[] delimiters, byte end) {
    int status = 0;
    Output out = in.stdout();
    for (String name : names) {
      Input file = in.open(name);
      if (file == null) {
        status = 1;
        continue;
      }
      try {
        int k = 0;
        boolean any = false;
        while (file.nextLine(end)) {
          if (any) {
            int d = delimiters[k++ % delimiters.length];
            if (d != -1) {
              out.write(d);
            }
          }
          out.write(file.data, file.start, file.end - file.start);
          any = true;
        }
        out.write(end);
      } catch (VfsException e) {
        in.error(name, e);
        status = 1;
      } finally {
        if (!name.equals("-")) {
          file.close();
        }
      }
    }
    return status;
  }

  private static int parallel(Invocation in, List<String> names, int[] delimiters, byte end) {
    Output out = in.stdout();
    Input[] files = new Input[names.size()];
    int status = 0;
    try {
      for (int i = 0; i < files.length; i++) {
        files[i] = in.open(names.get(i));
        if (files[i] == null) {
          return 1;
        }
      }
      boolean[] done = new boolean[files.length];
      ByteBuilder line = new ByteBuilder();
      while (true) {
        boolean any = false;
        line.clear();
        for (int i = 0; i < files.length; i++) {
          if (!done[i]) {
            try {
              if (files[i].nextLine(end)) {
                any = true;
                line.append(files[i].data, files[i].start, files[i].end - files[i].start);
              } else {
                done[i] = true;
              }
            } catch (VfsException e) {
              in.error(names.get(i), e);
              status = 1;
              done[i] = true;
            }
          }
          if (i + 1 < files.length) {
            int d = delimiters[i % delimiters.length];
            if (d != -1) {
              line.append(d);
            }
          }
        }
        if (!any) {
          return status;
        }
        out.write(line.array(), 0, line.length());
        out.write(end);
      }
    } finally {
      for (Input f : files) {
        if (f != null) {
          f.close();
        }
      }
    }
  }
}
