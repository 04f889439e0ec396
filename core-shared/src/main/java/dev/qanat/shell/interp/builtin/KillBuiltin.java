package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Job;
import dev.qanat.shell.interp.Jobs;
import dev.qanat.shell.interp.Shell;
import java.util.List;

/** {@code kill}: processes by number, groups by negative number, jobs by {@code %spec}. */
public final class KillBuiltin implements Builtin {
  /** The shell's own events, which have numbers above those of the signals. */
  private static final List<String> PSEUDO = List.of("DEBUG", "ERR", "RETURN");

  @Override
  public int run(Shell sh, List<String> args) {
    int i = 1;
    int n = args.size();
    int signal = Signal.TERM;
    String spec = "TERM";
    boolean list = false;
    boolean dashed = false; // a second -word is a process group
    if (n == 1) {
      return sh.usage("kill", null, HelpTexts.usage("kill"));
    }
    while (i < n) {
      String a = args.get(i);
      if (a.equals("--")) {
        i++;
        break;
      }
      if (a.equals("--help")) {
        return HelpTexts.show(sh, "kill");
      }
      if (a.equals("-?")) {
        return sh.usage("kill", null, HelpTexts.usage("kill"));
      }
      if (a.equals("-l") || a.equals("-L")) {
        list = true;
      } else if (a.equals("-s") || a.equals("-n")) {
        if (++i >= n) {
          sh.complain("kill", a + ": option requires an argument");
          return 1;
        }
        dashed = true;
        spec = args.get(i);
        signal = parse(sh, spec);
      } else if (a.length() > 2
          && (a.startsWith("-s") && isLetter(a.charAt(2))
              || a.startsWith("-n") && Character.isDigit(a.charAt(2)))) {
        spec = a.substring(2);
        signal = parse(sh, spec);
      } else if (a.startsWith("-") && !dashed) {
        dashed = true;
        spec = a.substring(1);
        signal = parse(sh, spec);
      } else {
        break;
      }
      i++;
    }
    if (list) {
      return list(sh, args.subList(i, n));
    }
    if (signal < 0) {
      sh.complain("kill", spec + ": invalid signal specification");
      return 1;
    }
    if (i >= n) {
      return sh.usage("kill", null, HelpTexts.usage("kill"));
    }
    boolean any = false;
    for (; i < n; i++) {
      any |= send(sh, args.get(i), signal);
    }
    if (!sh.diesLater()) {
      Sched.checkpoint();
    }
    return any ? 0 : 1;
  }

  private static boolean isLetter(char c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
  }

  /** A signal's number; in POSIX mode names have no SIG. -1 when it is none. */
  private static int parse(Shell sh, String spec) {
    return sh.posix() && spec.toUpperCase().startsWith("SIG") ? -1 : SignalNames.parse(spec);
  }

  private static int list(Shell sh, List<String> specs) {
    if (specs.isEmpty()) {
      if (sh.posix()) {
        SignalNames.line(sh.out());
      } else {
        SignalNames.table(sh.out());
      }
      return 0;
    }
    int status = 0;
    for (String s : specs) {
      boolean digits = !s.isEmpty() && Character.isDigit(s.charAt(0));
      if (digits) {
        int number = -1;
        try {
          number = Integer.parseInt(s);
        } catch (NumberFormatException e) {
          // told below
        }
        if (number > 128) {
          number -= 128;
        }
        String name = number < 0 ? null : Signal.name(number);
        if (name == null) {
          sh.complain("kill", s + ": invalid signal specification");
          status = 1;
        } else {
          sh.out().line(name);
        }
        continue;
      }
      int number = PSEUDO.indexOf(s.toUpperCase());
      number = number < 0 ? parse(sh, s) : Signal.COUNT + number;
      if (number < 0) {
        sh.complain("kill", s + ": invalid signal specification");
        status = 1;
      } else {
        sh.out().line(String.valueOf(number));
      }
    }
    return status;
  }

  private static boolean send(Shell sh, String target, int signal) {
    if (target.startsWith("%")) {
      Jobs.Found found = sh.jobs().find(target);
      if (found.job() == null) {
        JobBuiltins.complain(sh, "kill", target, found);
        return false;
      }
      Job job = found.job();
      boolean any = false;
      for (Task t : job.tasks()) {
        if (!t.finished()) {
          any = true;
          deliver(t, signal);
        }
      }
      if (!any) {
        sh.complain("kill", "(" + job.last().pid() + ") - No such process");
      }
      return any;
    }
    if (target.isEmpty() || target.equals("-")) {
      sh.complain(
          "kill",
          target.isEmpty()
              ? "`': not a pid or valid job spec"
              : target + ": arguments must be process or job IDs");
      return false;
    }
    long pid;
    try {
      pid = Long.parseLong(target.trim());
    } catch (NumberFormatException e) {
      sh.complain("kill", target + ": arguments must be process or job IDs");
      return false;
    }
    Sched sched = Sched.get();
    if (pid > 0) {
      Task t = sched.task((int) pid);
      if (t == null && pid == sh.pid() && pid < Integer.MAX_VALUE) {
        t = sched.current();
      }
      if (t == null) {
        sh.complain("kill", "(" + pid + ") - No such process");
        return false;
      }
      deliver(t, signal);
      return true;
    }
    int group = pid == 0 ? sched.current().group() : (int) -pid;
    boolean found = false;
    for (Task t : sched.tasks()) {
      if (t.group() == group) {
        found = true;
        deliver(t, signal);
      }
    }
    if (!found) {
      sh.complain("kill", "(" + pid + ") - No such process");
    }
    return found;
  }

  private static void deliver(Task t, int signal) {
    if (signal > 0) {
      t.signal(signal);
    }
  }
}
