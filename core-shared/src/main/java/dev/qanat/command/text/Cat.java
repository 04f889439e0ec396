package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** cat: copies files to standard output, with numbers and visible signs where asked. */
public final class Cat implements Command {
  private static final Options OPTIONS =
      Options.of("cat")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Concatenate FILE(s) to standard output.\n\n"
                  + "With no FILE, or when FILE is -, read standard input.")
          .flag('b', "number-nonblank", "number nonempty output lines, overrides -n")
          .flag('n', "number", "number all output lines")
          .flag('s', "squeeze-blank", "suppress repeated empty output lines")
          .flag('v', "show-nonprinting", "use ^ and M- notation, except for LFD and TAB")
          .flag('e', null, "equivalent to -vE")
          .flag('t', null, "equivalent to -vT")
          .flag('E', "show-ends", "display $ at end of each line")
          .flag('T', "show-tabs", "display TAB characters as ^I")
          .flag('A', "show-all", "equivalent to -vET")
          .flag('u', null, "(ignored)");

  /** What a run shows, and how far its line counting is: it goes on from file to file. */
  private static final class State {
    boolean ends;
    boolean tabs;
    boolean visible;
    boolean number;
    boolean nonblank;
    boolean squeeze;
    long line;
    int newlines = 1; // line ends just seen; 1 at the start
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    State s = new State();
    s.ends = p.has("show-ends") || p.has("show-all") || p.has("e");
    s.tabs = p.has("show-tabs") || p.has("show-all") || p.has("t");
    s.visible = p.has("show-nonprinting") || p.has("show-all") || p.has("e") || p.has("t");
    s.nonblank = p.has("number-nonblank");
    s.number = p.has("number") || s.nonblank;
    s.squeeze = p.has("squeeze-blank");
    boolean plain = !(s.ends || s.tabs || s.visible || s.number || s.squeeze);
    Output out = in.stdout();
    FileStat target = out.file().stat();
    int status = 0;
    for (String name : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input file = in.open(name);
      if (file == null) {
        status = 1;
        continue;
      }
      try {
        if (plain && target.isFile() && isSame(file.file(), out.file())) {
          in.error(name + ": input file is output file");
          status = 1;
          continue;
        }
        while (file.nextChunk()) {
          if (plain) {
            out.write(file.data, file.start, file.end - file.start);
            out.flush();
          } else {
            show(s, file.data, file.start, file.end, out);
          }
        }
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

  private static boolean isSame(OpenFile file, OpenFile out) {
    FileStat s = file.stat();
    if (!s.isFile() || !file.path().equals(out.path())) {
      return false;
    }
    return !file.seekable() || file.seek(0, 1) < s.size();
  }

  private static void show(State s, byte[] b, int from, int to, Output out) {
    for (int i = from; i < to; i++) {
      int c = b[i] & 0xff;
      if (c == '\n') {
        if (s.newlines > 0) {
          if (s.squeeze && s.newlines > 1) {
            continue;
          }
          if (s.number && !s.nonblank) {
            number(s, out);
          }
        }
        s.newlines++;
        if (s.ends) {
          out.write('$');
        }
        out.write('\n');
        continue;
      }
      if (s.newlines > 0) {
        s.newlines = 0;
        if (s.number) {
          number(s, out);
        }
      }
      if (c == '\r' && s.ends && !s.visible && i + 1 < to && b[i + 1] == '\n') {
        out.write('^');
        out.write('M');
      } else if (c == '\t' && s.tabs) {
        out.write('^');
        out.write('I');
      } else if (s.visible && c != '\t') {
        visible(c, out);
      } else {
        out.write(c);
      }
    }
  }

  private static void number(State s, Output out) {
    s.line++;
    for (long v = 100_000; v > s.line && v > 1; v /= 10) {
      out.write(' ');
    }
    out.write(s.line);
    out.write('\t');
  }

  private static void visible(int c, Output out) {
    if (c >= 128) {
      out.write('M');
      out.write('-');
      c -= 128;
    }
    if (c < 32) {
      out.write('^');
      out.write(c + 64);
    } else if (c == 127) {
      out.write('^');
      out.write('?');
    } else {
      out.write(c);
    }
  }
}
