package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.text.SizeText;
import java.util.List;

/** kill, as a program of its own: signals to processes. */
public final class Kill implements Command {
  @Override
  public int run(Invocation in) {
    List<String> args = in.args();
    int signal = Signal.TERM;
    int i = 0;
    if (!args.isEmpty()) {
      String a = args.get(0);
      if (a.equals("-l") || a.equals("-L") || a.equals("--list") || a.equals("--table")) {
        return list(in, args.subList(1, args.size()));
      }
      if (a.equals("-s") || a.equals("-n") || a.equals("--signal")) {
        if (args.size() < 2) {
          throw in.fail(1, "option requires an argument -- 's'");
        }
        signal = parse(in, args.get(1));
        i = 2;
      } else if (a.startsWith("--signal=")) {
        signal = parse(in, a.substring(9));
        i = 1;
      } else if (a.equals("--")) {
        i = 1;
      } else if (a.length() > 1 && a.charAt(0) == '-') {
        signal = parse(in, a.substring(a.startsWith("-s") ? 2 : 1));
        i = 1;
      }
      if (i < args.size() && i > 0 && args.get(i).equals("--")) {
        i++;
      }
    }
    if (i >= args.size()) {
      in.stderr().line("Usage:\n kill [options] <pid> [...]");
      return 1;
    }
    int status = 0;
    for (; i < args.size(); i++) {
      String p = args.get(i);
      boolean group = p.startsWith("-");
      long pid = SizeText.parse(group ? p.substring(1) : p, "");
      if (pid < 0) {
        in.error("failed to parse argument: '" + p + "'");
        status = 1;
        continue;
      }
      boolean done;
      if (group) {
        done = Sched.get().signalGroup((int) pid, signal);
      } else {
        Task t = Sched.get().task((int) pid);
        done = t != null;
        if (t != null) {
          t.signal(signal);
        }
      }
      if (!done) {
        in.error("(" + p + ") - No such process");
        status = 1;
      }
    }
    return status;
  }

  private static int parse(Invocation in, String s) {
    int n = Signal.parse(s);
    if (n < 0) {
      throw in.fail(1, "unknown signal " + s);
    }
    return n;
  }

  private static int list(Invocation in, List<String> which) {
    if (which.isEmpty()) {
      StringBuilder s = new StringBuilder();
      for (int n = 1; n < 32; n++) {
        s.append(n > 1 ? " " : "").append(Signal.name(n));
      }
      in.stdout().line(s.toString());
      return 0;
    }
    for (String w : which) {
      int n = Signal.parse(w);
      if (n > 128) {
        n -= 128;
      }
      if (n < 0) {
        throw in.fail(1, "unknown signal name " + w);
      }
      in.stdout().line(Character.isDigit(w.charAt(0)) ? Signal.name(n) : String.valueOf(n));
    }
    return 0;
  }
}
