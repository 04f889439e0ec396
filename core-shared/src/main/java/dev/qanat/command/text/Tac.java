package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.command.Patterns;
import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** tac: the lines of files, last first. */
public final class Tac implements Command {
  private static final Options OPTIONS =
      Options.of("tac")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Write each FILE to standard output, last line first.\n\n"
                  + "With no FILE, or when FILE is -, read standard input.")
          .flag('b', "before", "attach the separator before instead of after")
          .flag('r', "regex", "interpret the separator as a regular expression")
          .value('s', "separator", "STRING", "use STRING as the separator instead of newline");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    String text = p.has("separator") ? p.value("separator") : "\n";
    byte[] separator = Utf8.encode(text);
    Regex regex = null;
    if (p.has("regex")) {
      if (separator.length == 0) {
        throw in.fail(1, "separator cannot be empty");
      }
      regex = Patterns.basic(in, text);
    } else if (separator.length == 0) {
      separator = new byte[1];
    }
    boolean before = p.has("before");
    int status = 0;
    Output out = in.stdout();
    for (String name : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input file;
      try {
        file = name.equals("-") ? in.stdin() : new Input(in.files().open(name), true);
      } catch (VfsException e) {
        in.error("failed to open " + Quoting.always(name) + " for reading: " + e.reason());
        status = 1;
        continue;
      }
      try {
        byte[] all = file.readAll();
        List<int[]> cuts = regex != null ? find(regex, all) : find(separator, all);
        write(all, cuts, before, out);
      } catch (VfsException e) {
        // a directory cannot be sought in, which is what tac says
        in.error(
            name
                + ": read error: "
                + (e.errno() == Errno.EISDIR ? Errno.EINVAL.message() : e.reason()));
        status = 1;
      } finally {
        file.close();
      }
    }
    return status;
  }

  private static List<int[]> find(byte[] separator, byte[] b) {
    List<int[]> cuts = new ArrayList<>();
    int n = separator.length;
    next:
    for (int i = b.length - n; i >= 0; i--) {
      for (int k = 0; k < n; k++) {
        if (b[i + k] != separator[k]) {
          continue next;
        }
      }
      cuts.add(new int[] {i, i + n});
      if ((cuts.size() & 0xFFFF) == 0) {
        Memory.hold(40L << 16);
      }
      i -= n - 1;
    }
    Collections.reverse(cuts);
    return cuts;
  }

  private static List<int[]> find(Regex regex, byte[] b) {
    // every place where a separator may begin, then from the last one down
    List<Integer> starts = new ArrayList<>();
    Matcher m = regex.matcher();
    for (int from = 0; from < b.length && m.find(b, 0, from, b.length); from = m.start() + 1) {
      if (m.end() > m.start()) {
        starts.add(m.start());
      }
      Sched.checkpoint();
    }
    List<int[]> cuts = new ArrayList<>();
    int end = b.length;
    for (int k = starts.size() - 1; k >= 0; k--) {
      int at = starts.get(k);
      int length = at < end ? Patterns.lengthAt(m, b, 0, at, end) : 0;
      if (length > 0) {
        cuts.add(new int[] {at, at + length});
        end = at;
      }
    }
    Collections.reverse(cuts);
    return cuts;
  }

  private static void write(byte[] b, List<int[]> cuts, boolean before, Output out) {
    int end = b.length;
    for (int i = cuts.size() - 1; i >= 0; i--) {
      int[] c = cuts.get(i);
      if (before) {
        out.write(b, c[0], end - c[0]);
        end = c[0];
      } else {
        out.write(b, c[1], end - c[1]);
        end = c[1];
      }
      Sched.checkpoint();
    }
    out.write(b, 0, end);
  }
}
