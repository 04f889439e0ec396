package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Job;
import dev.qanat.shell.interp.Jobs;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Opt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code jobs wait fg bg disown suspend}. */
public final class JobBuiltins {
  private JobBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("jobs", JobBuiltins::jobs);
    table.put("wait", JobBuiltins::waits);
    table.put("fg", (sh, args) -> resume(sh, args, true));
    table.put("bg", (sh, args) -> resume(sh, args, false));
    table.put("disown", JobBuiltins::disown);
    table.put("suspend", JobBuiltins::suspend);
  }

  private static Job find(Shell sh, String builtin, String spec) {
    Jobs.Found found = sh.jobs().find(spec);
    if (found.job() == null) {
      complain(sh, builtin, spec, found);
    }
    return found.job();
  }

  /** Says why a job specification means no job; an ambiguous one is named without its percent. */
  static void complain(Shell sh, String builtin, String spec, Jobs.Found found) {
    if (found.ambiguous()) {
      String text = spec.startsWith("%") ? spec.substring(1) : spec;
      sh.complain(
          builtin, (text.startsWith("?") ? text.substring(1) : text) + ": ambiguous job spec");
      if (!builtin.equals("jobs") && !builtin.equals("disown")) {
        return;
      }
    }
    sh.complain(builtin, spec + ": no such job");
  }

  private static int jobs(Shell sh, List<String> args) {
    if (args.size() > 1 && args.get(1).equals("-x")) {
      List<String> command = new ArrayList<>();
      for (String a : args.subList(2, args.size())) {
        Job j = a.startsWith("%") ? sh.jobs().find(a).job() : null;
        command.add(j == null ? a : String.valueOf(j.group()));
      }
      return command.isEmpty() ? 0 : sh.runCommand(command);
    }
    OptionScan scan = new OptionScan(sh, args, "lnprs");
    boolean withPid = false;
    boolean pidOnly = false;
    boolean running = false;
    boolean stopped = false;
    boolean changed = false;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'l' -> withPid = true;
        case 'n' -> changed = true;
        case 'p' -> pidOnly = true;
        case 'r' -> running = true;
        case 's' -> stopped = true;
        default -> {
          return 2;
        }
      }
    }
    List<Job> list = new ArrayList<>();
    int status = 0;
    if (scan.operands().isEmpty()) {
      list = sh.jobs().list();
    } else {
      for (String spec : scan.operands()) {
        Job j = find(sh, "jobs", spec);
        if (j == null) {
          status = 1;
        } else {
          list.add(j);
        }
      }
    }
    for (Job j : list) {
      if (j.isForeground()
          || j.wasTold()
          || running && (j.finished() || sh.jobs().stopped(j))
          || stopped && !sh.jobs().stopped(j)
          || j.show() && changed) {
        continue;
      }
      if (pidOnly) {
        sh.out().line(String.valueOf(j.tasks()[0].pid()));
      } else if (withPid) {
        sh.jobs().describeProcesses(j).forEach(sh.out()::line);
      } else {
        sh.out().line(sh.jobs().describe(j, false));
      }
      if (j.finished() && sh.jobs().owns(j)) {
        j.tell();
      }
    }
    sh.jobs().dropTold();
    sh.leaving().jobsWereShown();
    return status;
  }

  private static int waits(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "fnp:");
    boolean any = false;
    boolean force = false;
    String variable = null;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'n' -> any = true;
        case 'p' -> variable = scan.argument;
        case 'f' -> force = true;
        default -> {
          return 2;
        }
      }
    }
    if (variable != null) {
      int bracket = variable.indexOf('[');
      if (!Expander.isName(bracket < 0 ? variable : variable.substring(0, bracket))) {
        sh.complain("wait", "`" + variable + "': not a valid identifier");
        return 1;
      }
      try {
        sh.expander().unset(variable);
      } catch (ExpansionError e) {
        sh.complain("wait", e.getMessage());
        return 1;
      }
    }
    List<String> operands = scan.operands();
    if (any) {
      return waitAny(sh, operands, variable);
    }
    if (operands.isEmpty()) {
      return waitAll(sh);
    }
    int status = 0;
    for (String spec : operands) {
      Integer disowned =
          isNumber(spec) && spec.length() < 10
              ? sh.jobs().statusOfDisowned(Integer.parseInt(spec))
              : null;
      if (disowned != null) {
        status = disowned;
        continue;
      }
      Task t = target(sh, spec);
      if (t == null) {
        status = 127;
        if (spec.startsWith("%")) {
          status = 127;
        } else if (!isNumber(spec)) {
          status = 1;
        }
        continue;
      }
      Job job = sh.jobs().ofPid(t.pid());
      // a process number stands for the whole of its pipeline too
      Task[] tasks = job != null ? job.tasks() : new Task[] {t};
      boolean over = t.finished();
      boolean untilStopped = sh.isOn(Opt.MONITOR) && !force;
      for (Task each : tasks) {
        if (!each.finished() && !sh.jobs().await(each, untilStopped)) {
          return interrupted(sh);
        }
      }
      if (!t.finished()) {
        status = 128 + t.stopSignal();
        continue;
      }
      status = t.status();
      boolean later = toldAtPrompt(sh) && !spec.startsWith("%");
      if (job != null && !later && !job.wasTold() && job.finished() && t.deathSignal() != 0) {
        sh.jobs().tellDeath(job);
      }
      if (variable != null) {
        sh.expander().assignReference(variable, String.valueOf(t.pid()));
      }
      if (job != null && job.finished()) {
        if (later && !job.wasTold()) {
          sh.closeCoproc(job);
          continue;
        }
        if (toldAtPrompt(sh) && !job.wasTold() && t.deathSignal() == 0) {
          sh.say(sh.jobs().describe(job, false)); // the user asked for this job
        }
        job.tell();
        if (!over) {
          sh.jobs().remove(job); // one that was over before stays known until the next child starts
        }
        sh.closeCoproc(job);
      }
    }
    return status;
  }

  /** Whether the shell tells of jobs that ended before its next prompt, so that wait need not. */
  private static boolean toldAtPrompt(Shell sh) {
    return sh.interactive() && sh.isOn(Opt.MONITOR);
  }

  private static boolean isNumber(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (!Character.isDigit(s.charAt(i))) {
        return false;
      }
    }
    return !s.isEmpty();
  }

  /** The child a specification means; null, after a message, when there is none. */
  private static Task target(Shell sh, String spec) {
    if (spec.startsWith("%")) {
      Job j = find(sh, "wait", spec);
      return j == null ? null : j.last();
    }
    if (!isNumber(spec)) {
      sh.complain("wait", "`" + spec + "': not a pid or valid job spec");
      return null;
    }
    Task t = spec.length() > 9 ? null : sh.jobs().child(Integer.parseInt(spec));
    if (t == null) {
      sh.complain("wait", "pid " + spec + " is not a child of this shell");
    }
    return t;
  }

  /** False when a trap interrupted the wait. */
  private static boolean waitFor(Shell sh, Task t) {
    return t.finished() || sh.jobs().await(t);
  }

  private static int interrupted(Shell sh) {
    int signal = sh.runPendingTraps();
    return 128 + Math.max(signal, 1);
  }

  private static int waitAll(Shell sh) {
    // the last background job, when it is over already, stays known, as $! does
    Task last = sh.jobs().child(sh.lastBackground());
    if (last != null && !last.finished()) {
      last = null;
    }
    for (Task t : sh.jobs().children()) {
      if (!t.finished() && !waitFor(sh, t)) {
        return interrupted(sh);
      }
    }
    for (Job j : sh.jobs().list()) {
      if (j.finished() && toldAtPrompt(sh)) {
        sh.closeCoproc(j);
      } else if (j.finished()) {
        boolean kept = j.last() == last;
        int signal = j.last().deathSignal();
        if (signal != 0 && !j.wasTold()) {
          sh.jobs().tellDeath(j);
          kept &= signal == Signal.TERM || signal == Signal.INT || signal == Signal.PIPE;
        }
        if (!kept || j.wasTold()) {
          j.tell();
          sh.jobs().remove(j);
        }
        sh.closeCoproc(j);
      }
    }
    for (Task t : sh.jobs().children()) {
      if (t.finished() && t != last) {
        sh.jobs().forgetChild(t.pid());
      }
    }
    return 0;
  }

  private static int waitAny(Shell sh, List<String> operands, String variable) {
    List<Job> candidates = new ArrayList<>();
    if (operands.isEmpty()) {
      candidates.addAll(sh.jobs().list());
    } else {
      sh.jobs().dropTold();
      for (String spec : operands) {
        Job j;
        if (isNumber(spec)) {
          j = spec.length() < 10 ? sh.jobs().ofPid(Integer.parseInt(spec)) : null;
          if (j == null) {
            sh.complain("wait", spec + ": no such job");
          }
        } else {
          j = find(sh, "wait", spec);
        }
        if (j != null) {
          candidates.add(j);
        }
      }
    }
    candidates.removeIf(Job::wasTold);
    if (candidates.isEmpty()) {
      return 127;
    }
    while (true) {
      for (Job j : candidates) {
        if (j.finished()) {
          if (variable != null) {
            sh.expander().assignReference(variable, String.valueOf(j.last().pid()));
          }
          if (j.last().deathSignal() != 0) {
            sh.jobs().tellDeath(j);
          }
          j.tell();
          sh.jobs().remove(j);
          sh.closeCoproc(j);
          return j.last().status();
        }
      }
      if (!sh.jobs().awaitChange()) {
        return interrupted(sh);
      }
    }
  }

  private static int resume(Shell sh, List<String> args, boolean foreground) {
    String name = args.get(0);
    OptionScan scan = new OptionScan(sh, args, "");
    if (args.size() > 1 && args.get(1).equals("--help")) {
      return HelpTexts.show(sh, name);
    }
    if (!sh.isOn(Opt.MONITOR)) {
      sh.complain(name, "no job control");
      return 1;
    }
    if (scan.next() != -1) {
      return 2;
    }
    List<String> specs = scan.operands();
    if (specs.isEmpty() || foreground) {
      String spec = specs.isEmpty() ? "%%" : specs.get(0);
      Job j = specs.isEmpty() ? sh.jobs().current() : find(sh, name, spec);
      if (j == null) {
        if (specs.isEmpty()) {
          sh.complain(name, "current: no such job");
        }
        return 1;
      }
      return foreground ? foreground(sh, j) : background(sh, j);
    }
    int status = 0;
    for (String spec : specs) {
      Job j = find(sh, name, spec);
      status = j == null ? 1 : background(sh, j);
    }
    return status;
  }

  private static int foreground(Shell sh, Job j) {
    if (j.finished()) {
      sh.complain("fg", "job has terminated");
      return 1;
    }
    sh.out().line(j.text());
    sh.out().flush();
    return sh.bringToForeground(j);
  }

  private static int background(Shell sh, Job j) {
    if (j.finished()) {
      sh.complain("bg", "job has terminated");
      return 1;
    }
    if (!j.stopped()) {
      sh.complain("bg", "job " + j.number() + " already in background");
      return 0;
    }
    sh.out().line("[" + j.number() + "]+ " + j.text() + " &");
    j.continueInBackground();
    return 0;
  }

  private static int disown(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "ahr");
    boolean all = false;
    boolean keep = false;
    boolean running = false;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'a' -> all = true;
        case 'h' -> keep = true;
        case 'r' -> running = true;
        default -> {
          return 2;
        }
      }
    }
    List<Job> list = new ArrayList<>();
    int status = 0;
    if (scan.operands().isEmpty()) {
      if (all || running) {
        list = sh.jobs().list();
      } else {
        Job j = sh.jobs().current();
        if (j == null) {
          sh.complain("disown", "current: no such job");
          return 1;
        }
        list.add(j);
      }
    }
    for (String spec : scan.operands()) {
      Job j;
      if (isNumber(spec)) {
        j = spec.length() < 10 ? sh.jobs().ofPid(Integer.parseInt(spec)) : null;
        if (j == null) {
          sh.complain("disown", spec + ": no such job");
        }
      } else {
        j = find(sh, "disown", spec);
      }
      if (j == null) {
        status = 1;
      } else {
        list.add(j);
      }
    }
    for (Job j : list) {
      if (running && (j.finished() || sh.jobs().stopped(j))) {
        continue;
      }
      if (keep) {
        j.keepOnHangup();
      } else {
        if (sh.jobs().stopped(j)) {
          sh.say(
              sh.errorPrefix()
                  + "warning: deleting stopped job "
                  + j.number()
                  + " with process group "
                  + j.group());
        }
        sh.jobs().disown(j);
      }
    }
    return status;
  }

  private static int suspend(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "f");
    boolean force = false;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      if (c == OptionScan.BAD) {
        return 2;
      }
      force = true;
    }
    if (!force) {
      if (!sh.isOn(Opt.MONITOR)) {
        sh.complain("suspend", "cannot suspend: no job control");
        return 1;
      }
      if (sh.login()) {
        sh.complain("suspend", "cannot suspend a login shell");
        return 1;
      }
    }
    Sched.get().current().signal(Signal.STOP);
    Sched.checkpoint();
    return 0;
  }
}
