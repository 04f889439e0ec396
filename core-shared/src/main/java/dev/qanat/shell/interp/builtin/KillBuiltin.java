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
  @Override
  public int run(Shell sh, List<String> args) {
    int i = 1;
    int n = args.size();
    int signal = Signal.TERM;
    boolean list = false;
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
      if (a.equals("-l") || a.equals("-L")) {
        list = true;
        i++;
        continue;
      }
      if (a.equals("-s") || a.equals("-n")) {
        if (i + 1 >= n) {
          sh.complain("kill", a + ": option requires an argument");
          return 1;
        }
        String name = args.get(i + 1);
        signal = name.equals("0") ? 0 : SignalNames.parse(name);
        if (signal < 0) {
          sh.complain("kill", name + ": invalid signal specification");
          return 1;
        }
        i += 2;
        continue;
      }
      if (a.length() > 1 && a.charAt(0) == '-' && i == 1) {
        String name =
            a.startsWith("-s") && a.length() > 2 && SignalNames.parse(a.substring(1)) < 0
                    || a.startsWith("-n") && a.length() > 2 && Character.isDigit(a.charAt(2))
                ? a.substring(2)
                : a.substring(1);
        signal = SignalNames.parse(name);
        if (signal < 0) {
          sh.complain("kill", name + ": invalid signal specification");
          return 1;
        }
        i++;
        continue;
      }
      break;
    }
    if (list) {
      return list(sh, args.subList(i, n));
    }
    if (i >= n) {
      return sh.usage("kill", null, HelpTexts.usage("kill"));
    }
    boolean any = false;
    for (; i < n; i++) {
      any |= send(sh, args.get(i), signal);
    }
    Sched.checkpoint();
    return any ? 0 : 1;
  }

  private static int list(Shell sh, List<String> specs) {
    if (specs.isEmpty()) {
      SignalNames.table(sh.out());
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
      int number = SignalNames.parse(s);
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
