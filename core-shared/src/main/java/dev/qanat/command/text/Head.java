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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** head: the first lines or bytes of files. */
public final class Head implements Command {
  private static final Options OPTIONS =
      Options.of("head")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Print the first 10 lines of each FILE to standard output.\n"
                  + "With more than one FILE, precede each with a header giving the file name.\n\n"
                  + "With no FILE, or when FILE is -, read standard input.")
          .value(
              'c',
              "bytes",
              "[-]NUM",
              "print the first NUM bytes of each file;\nwith the leading '-', print all but the last NUM bytes")
          .value(
              'n',
              "lines",
              "[-]NUM",
              "print the first NUM lines instead of the first 10;\nwith the leading '-', print all but the last NUM lines")
          .flag('q', "quiet", "never print headers giving file names")
          .alias("silent", "quiet")
          .flag('v', "verbose", "always print headers giving file names")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline")
          .flag((char) 0, "presume-input-pipe", "(ignored)");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in, old(in, in.args()));
    boolean bytes = "bytes".equals(p.lastOf("bytes", "lines"));
    String text = bytes ? p.value("bytes") : p.value("lines");
    boolean allBut = text != null && text.startsWith("-");
    long n = 10;
    if (text != null) {
      String digits = allBut ? text.substring(1) : text;
      n = SizeText.parse(digits, SizeText.USUAL.replace("c", "").replace("w", ""));
      if (n < 0) {
        throw in.fail(
            1,
            "invalid number of "
                + (bytes ? "bytes" : "lines")
                + ": "
                + Quoting.locale(digits)
                + SizeText.reason(n));
      }
    }
    boolean many = p.operands().size() > 1;
    String last = p.lastOf("quiet", "verbose");
    boolean headers = last == null ? many : last.equals("verbose");
    byte delimiter = (byte) (p.has("zero-terminated") ? 0 : '\n');
    int status = 0;
    boolean first = true;
    Output out = in.stdout();
    for (String name : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input file;
      try {
        file = name.equals("-") ? in.stdin() : new Input(in.files().open(name), true);
      } catch (VfsException e) {
        in.error("cannot open " + Quoting.always(name) + " for reading: " + e.reason());
        status = 1;
        continue;
      }
      if (headers) {
        out.write(
            (first ? "" : "\n") + "==> " + (name.equals("-") ? "standard input" : name) + " <==\n");
      }
      first = false;
      try {
        if (allBut) {
          if (bytes) {
            allButBytes(file, n, out);
          } else {
            allButLines(file, n, delimiter, out);
          }
        } else if (bytes) {
          bytes(file, n, out);
        } else {
          lines(file, n, delimiter, out);
        }
      } catch (VfsException e) {
        in.error(
            "error reading "
                + Quoting.always(name.equals("-") ? "standard input" : name)
                + ": "
                + e.reason());
        status = 1;
      } finally {
        file.giveBack();
        file.close();
      }
    }
    return status;
  }

  /** {@code -5}, {@code -5c}, {@code -1kq}: the form before POSIX. */
  private static List<String> old(Invocation in, List<String> args) {
    if (args.isEmpty()
        || args.get(0).length() < 2
        || args.get(0).charAt(0) != '-'
        || !Character.isDigit(args.get(0).charAt(1))) {
      return args;
    }
    String a = args.get(0);
    int i = 1;
    while (i < a.length() && Character.isDigit(a.charAt(i))) {
      i++;
    }
    String number = a.substring(1, i);
    String unit = "";
    boolean count = false;
    List<String> more = new ArrayList<>();
    for (; i < a.length(); i++) {
      char c = a.charAt(i);
      switch (c) {
        case 'c' -> {
          count = true;
          unit = "";
        }
        case 'b', 'k', 'm' -> {
          count = true;
          unit = String.valueOf(c);
        }
        case 'l' -> count = false;
        case 'q', 'v', 'z' -> more.add("-" + c);
        default -> {
          in.error("invalid trailing option -- " + c);
          throw OPTIONS.hint(in);
        }
      }
    }
    List<String> out = new ArrayList<>();
    out.add((count ? "-c" : "-n") + number + unit);
    out.addAll(more);
    out.addAll(args.subList(1, args.size()));
    return out;
  }

  private static void bytes(Input file, long n, Output out) {
    while (n > 0 && file.nextChunk()) {
      int k = (int) Math.min(n, file.end - file.start);
      out.write(file.data, file.start, k);
      n -= k;
      file.unread(file.end - file.start - k);
    }
  }

  private static void lines(Input file, long n, byte delimiter, Output out) {
    while (n > 0 && file.nextChunk()) {
      byte[] b = file.data;
      int i = file.start;
      while (i < file.end && n > 0) {
        if (b[i++] == delimiter) {
          n--;
        }
      }
      out.write(b, file.start, i - file.start);
      file.unread(file.end - i);
    }
  }

  private static void allButBytes(Input file, long n, Output out) {
    ByteBuilder held = new ByteBuilder();
    while (file.nextChunk()) {
      held.append(file.data, file.start, file.end - file.start);
      if (held.length() > n) {
        int k = (int) (held.length() - n);
        out.write(held.array(), 0, k);
        held.removeFirst(k);
      }
    }
  }

  private static void allButLines(Input file, long n, byte delimiter, Output out) {
    if (n == 0) {
      while (file.nextChunk()) {
        out.write(file.data, file.start, file.end - file.start);
      }
      return;
    }
    ArrayDeque<byte[]> held = new ArrayDeque<>();
    while (file.nextLine(delimiter)) {
      int len = file.end - file.start;
      byte[] line = new byte[len + (file.terminated() ? 1 : 0)];
      System.arraycopy(file.data, file.start, line, 0, len);
      if (file.terminated()) {
        line[len] = delimiter;
      }
      held.add(line);
      if (held.size() > n) {
        out.write(held.poll());
      }
    }
  }
}
