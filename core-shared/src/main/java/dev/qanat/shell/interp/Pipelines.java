package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.IndexedArray;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.AndOr;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.Pipeline;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.VfsException;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/** What runs in tasks of its own: stages of pipelines, subshells, background jobs, coprocesses. */
final class Pipelines {
  private final Shell sh;
  private final Interpreter interpreter;

  Pipelines(Shell sh, Interpreter interpreter) {
    this.sh = sh;
    this.interpreter = interpreter;
  }

  /** The body of every task that is a subshell: runs it, its EXIT trap, and leaves the status. */
  static void body(Shell child, IntSupplier body) {
    Task task = Sched.get().current();
    child.ownsTask();
    task.attach(child);
    child.traps.takeOver(task);
    child.interpreter.runToEnd(body);
    task.setStatus(child.status);
  }

  private Task spawn(Shell child, String title, int group, IntSupplier body) {
    child.apart = true;
    child.substitutionShell = false;
    return Sched.get()
        .spawn(
            title,
            () -> body(child, body),
            t -> {
              if (group >= 0) {
                t.setGroup(group == 0 ? t.pid() : group);
              }
              sh.traps.startChild(t);
              child.traps.takeOver(t); // a signal may come before the task first runs
              t.onExit(() -> child.files().descriptors().closeAll());
              sh.jobs.hear(t);
            });
  }

  private static String title(Command c) {
    if (c instanceof Command.Simple s && !s.words().isEmpty()) {
      StringBuilder out = new StringBuilder();
      for (var w : s.words()) {
        out.append(out.length() == 0 ? "" : " ").append(w.text());
      }
      return out.toString();
    }
    return "bash";
  }

  int run(Pipeline p) {
    List<Command> commands = p.commands();
    int n = commands.size();
    boolean monitor = sh.isOn(Opt.MONITOR);
    boolean here = sh.isOn(Shopt.lastpipe) && !monitor;
    int stages = here ? n - 1 : n;
    Task[] tasks = new Task[stages];
    sh.failureLine = sh.line;
    OpenFile last = start(commands, stages, tasks, monitor, true);
    if (sh.control != Shell.RUN) {
      return sh.status; // a DEBUG trap has ended the shell
    }
    int[] statuses = new int[n];
    if (here) {
      statuses[n - 1] = runLast(commands.get(n - 1), last);
    }
    Job job = null;
    if (monitor) {
      job = sh.jobs.make(tasks, Printer.line(p), false);
      if (sh.jobs.waitForeground(job)) {
        sh.pipeStatus = null;
        sh.singleStatus = sh.status;
        return sh.status;
      }
    }
    for (int i = 0; i < stages; i++) {
      tasks[i].exited().await();
      statuses[i] = tasks[i].status();
    }
    int decisive = n - 1; // the stage whose status is the pipeline's
    if (sh.isOn(Opt.PIPEFAIL)) {
      while (decisive >= 0 && statuses[decisive] == 0) {
        decisive--;
      }
      decisive = decisive < 0 ? n - 1 : decisive;
    }
    if (decisive < stages
        && (tasks[decisive].deathSignal() != 0 || tasks[decisive].failure() != null)) {
      sh.jobs.reportDeath(tasks[decisive], tasks, texts(commands), true);
    }
    sh.jobs.noticeDeaths();
    if (sh.control != Shell.RUN) {
      return sh.status;
    }
    int status = statuses[decisive];
    sh.status = status;
    sh.pipeStatus = statuses;
    if (status != 0 && sh.failuresIgnored == 0) {
      boolean trapped = sh.traps.err() != null;
      if (stages == n && commands.get(n - 1) instanceof Command.Subshell) {
        interpreter.failed(trapped, status); // bash counts ( ) by itself, then the pipeline
      }
      if (!p.negated() && sh.control == Shell.RUN) {
        interpreter.failed(trapped, status);
      }
    }
    if (sh.traps.anyCaught) {
      sh.pollSignals();
    }
    return sh.control == Shell.RUN ? status : sh.status;
  }

  private static String[] texts(List<Command> commands) {
    String[] texts = new String[commands.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = Printer.line(commands.get(i));
    }
    return texts;
  }

  /** Starts the first stages; returns the end to read the next one's input from, or null. */
  private OpenFile start(
      List<Command> commands, int stages, Task[] tasks, boolean monitor, boolean foreground) {
    OpenFile input = null;
    int loops = sh.loopDepth;
    int group = monitor ? 0 : -1;
    if (foreground) {
      sh.jobs.beforeChild();
    }
    try {
      for (int i = 0; i < stages; i++) {
        Command c = commands.get(i);
        int line = c.position().line() + sh.lineOffset;
        if (c instanceof Command.Simple || c instanceof Command.Subshell) {
          sh.failureLine = line;
        }
        if (c instanceof Command.Simple simple) {
          announce(simple);
          if (sh.control != Shell.RUN) {
            if (input != null) {
              input.release();
            }
            return null;
          }
        } else if (c instanceof Command.Subshell && sh.traps.err() != null) {
          interpreter.note(c);
        }
        if (c instanceof Command.Subshell && i < commands.size() - 1) {
          sh.line = line; // which bash forgets to take back
        }
        Shell child = sh.fork();
        Descriptors d = child.files().descriptors();
        if (input != null) {
          d.set(0, input);
          input = null;
        }
        if (i < commands.size() - 1) {
          OpenFile[] pipe = Pipes.create();
          d.set(1, pipe[1]);
          input = pipe[0];
        }
        if (!foreground) {
          background(child, i == 0);
        }
        Task t = spawn(child, title(c), group, () -> stage(child, c, loops));
        if (monitor && i == 0) {
          group = t.group();
        }
        tasks[i] = t;
      }
    } catch (RuntimeException e) {
      if (input != null) {
        input.release();
      }
      throw e;
    }
    return input;
  }

  /** What comes before a simple command that is given a task of its own: the DEBUG trap. */
  private void announce(Command.Simple c) {
    if (sh.traps.running()) {
      return;
    }
    sh.currentCommand = c;
    if (sh.traps.debug() != null) {
      int before = sh.line;
      sh.line = c.position().line() + sh.lineOffset;
      sh.traps.runDebug();
      sh.line = before;
    }
  }

  private static int stage(Shell child, Command c, int loops) {
    if (c instanceof Command.Simple) {
      child.loopDepth = loops;
      child.interpreter.programs.lastInTask = true;
      child.interpreter.stage = c;
      child.interpreter.simple.expandsAsParent = true;
      child.subshellDepth--;
    }
    if (c instanceof Command.Subshell s) {
      return child.interpreter.runSubshell(s);
    }
    if (c instanceof Command.Simple) {
      return child.interpreter.execute(c);
    }
    if (!(c instanceof Command.BraceGroup)) {
      child.traps.runNoExit();
    }
    // the redirections are the whole process's
    return child.interpreter.redirectSubshell(c.redirects(), null)
        ? child.interpreter.executeRedirected(c)
        : child.status;
  }

  /** The last stage in the shell itself, as {@code lastpipe} wants it. */
  private int runLast(Command c, OpenFile input) {
    Descriptors d = sh.files().descriptors();
    OpenFile before = d.take(0);
    d.set(0, input);
    try {
      return interpreter.execute(c);
    } finally {
      if (before == null) {
        d.close(0);
      } else {
        d.set(0, before);
      }
    }
  }

  /**
   * Runs {@code ( )}.
   *
   * @param surrounding the line of what stands around it, where its death is told of
   */
  int subshell(Command.Subshell c, int surrounding) {
    return inSubshell(child -> child.interpreter.runSubshell(c), c, surrounding);
  }

  /** Runs something in a subshell and waits for it. */
  int inSubshell(ToIntFunction<Shell> body) {
    return inSubshell(body, null, sh.line);
  }

  private int inSubshell(ToIntFunction<Shell> body, Command.Subshell c, int lineBehind) {
    Shell child = sh.fork();
    sh.line = lineBehind;
    if (c != null) {
      child.substitutionShell = false;
      child.jobs.forgetParent();
      interpreter.passInverted(child.interpreter);
    }
    boolean monitor = sh.isOn(Opt.MONITOR);
    if (c != null && !monitor && Safety.inTask(c.body(), sh)) {
      int status = interpreter.substitutions.runHere(child, () -> body.applyAsInt(child));
      sh.traps.childEnded();
      if (child.deathSignal != 0) {
        sh.jobs.reportDeath(child.deathSignal, child.ownPid(), interpreter.shown(c), true);
      }
      sh.jobs.noticeDeaths();
      return sh.control == Shell.RUN ? status : sh.status;
    }
    sh.jobs.beforeChild();
    child.setOption(Opt.MONITOR, false);
    Task task = spawn(child, "bash", monitor ? 0 : -1, () -> body.applyAsInt(child));
    if (monitor) {
      Job job = sh.jobs.make(new Task[] {task}, c == null ? "bash" : Printer.line(c), false);
      if (sh.jobs.waitForeground(job)) {
        return sh.status;
      }
    }
    task.exited().await();
    if (task.deathSignal() != 0 || task.failure() != null) {
      sh.jobs.reportDeath(task, c == null ? null : interpreter.shown(c), true);
    }
    sh.jobs.noticeDeaths();
    return task.status();
  }

  /** A program of its own process group, for a shell with job control. */
  int foregroundProgram(
      dev.qanat.command.Command program, List<String> args, Map<String, String> env, Object node) {
    Shell child = sh.forkForProgram();
    child.setOption(Opt.MONITOR, false);
    Task task =
        spawn(
            child,
            String.join(" ", args),
            0,
            () -> {
              child.interpreter.programs.lastInTask = true;
              return child.status = child.interpreter.programs.execute(program, args, env);
            });
    String text = node instanceof Command c ? Printer.line(c) : String.join(" ", args);
    Job job = sh.jobs.make(new Task[] {task}, text, false);
    if (sh.jobs.waitForeground(job)) {
      return sh.status;
    }
    sh.jobs.reportDeath(task, node, true);
    sh.jobs.noticeDeaths();
    return task.status();
  }

  void background(AndOr list) {
    boolean monitor = sh.isOn(Opt.MONITOR);
    Task[] tasks = null;
    int loops = sh.loopDepth;
    boolean plain = list.rest().isEmpty() && !list.first().timed(); // a ! inverts nothing here
    List<Command> commands = list.first().commands();
    if (plain && commands.size() > 1) {
      tasks = new Task[commands.size()];
      start(commands, tasks.length, tasks, monitor, false);
    } else if (plain && commands.get(0) instanceof Command.Simple simple) {
      announce(simple);
    }
    if (sh.control != Shell.RUN) {
      return; // a DEBUG trap has ended the shell
    }
    if (tasks == null) {
      Shell child = sh.fork();
      background(child, true);
      IntSupplier body =
          plain ? () -> stage(child, commands.get(0), loops) : () -> child.interpreter.run(list);
      if (!list.rest().isEmpty()) {
        child.traps.runNoExit();
      }
      tasks =
          new Task[] {
            spawn(child, plain ? title(commands.get(0)) : "bash", monitor ? 0 : -1, body)
          };
    }
    Task last = tasks[tasks.length - 1];
    sh.lastBackground = last.pid();
    boolean shown = !plain || commands.size() == 1 && !(commands.get(0) instanceof Command.Simple);
    String text =
        shown
            ? Printer.line(list)
            : Printer.line(new Pipeline(false, false, false, commands, list.first().position()));
    Job job = sh.jobs.make(tasks, text, true);
    if (tasks.length > 1) {
      job.stages = texts(commands);
    }
    if (sh.interactive) {
      sh.say("[" + job.number + "] " + last.pid());
    }
    sh.status = 0;
    sh.pipeStatus = null;
    sh.singleStatus = 0;
  }

  /** What bash does to a background process when there is no job control. */
  private void background(Shell child, boolean first) {
    boolean monitor = sh.isOn(Opt.MONITOR);
    child.setOption(Opt.MONITOR, false);
    child.asynchronous = true;
    if (!monitor) {
      child.ignoresInterrupts = true;
      if (first) {
        try {
          child.files().descriptors().set(0, child.files().open("/dev/null"));
        } catch (VfsException e) {
          child.files().descriptors().close(0);
        }
      }
    }
  }

  int coproc(Command.Coproc c) {
    String name = c.name();
    if (!Expander.isName(name)) {
      sh.error("`" + name + "': not a valid identifier");
      return sh.status = 1;
    }
    for (Job j : sh.jobs.list()) {
      if (j.coproc != null && j.coproc.equals(sh.lastCoproc) && !j.finished()) {
        sh.error(
            "warning: execute_coproc: coproc ["
                + j.last().pid()
                + ":"
                + j.coproc
                + "] still exists");
      }
    }
    sh.lastCoproc = name;
    OpenFile[] in = Pipes.create();
    OpenFile[] out = Pipes.create();
    Shell child = sh.fork();
    Descriptors d = child.files().descriptors();
    d.set(0, in[0]);
    d.set(1, out[1]);
    child.setOption(Opt.MONITOR, false);
    child.asynchronous = true;
    Command command = c.command();
    // bash moves all four ends to descriptors from 63 downwards and closes the middle two
    Descriptors mine = sh.files().descriptors();
    int read = freeBelow(mine, 63);
    int write = freeBelow(mine, freeBelow(mine, freeBelow(mine, read - 1) - 1) - 1);
    mine.set(read, out[0]);
    mine.set(write, in[1]);
    Task task =
        spawn(child, title(command), sh.isOn(Opt.MONITOR) ? 0 : -1, () -> stage(child, command, 0));
    IndexedArray fds = IndexedArray.of(List.of(String.valueOf(read), String.valueOf(write)));
    sh.variables().setArray(name, Scope.VISIBLE, fds);
    sh.variables().set(name + "_PID", String.valueOf(task.pid()));
    sh.lastBackground = task.pid();
    Job job = sh.jobs.make(new Task[] {task}, "coproc " + name + " " + Printer.line(command), true);
    job.coproc = name;
    job.coprocFds = new int[] {read, write};
    job.coprocFiles = new OpenFile[] {out[0], in[1]};
    sh.coprocs.add(job);
    if (sh.interactive) {
      sh.say("[" + job.number + "] " + task.pid());
    }
    return sh.status = 0;
  }

  /** Takes back what {@link #coproc} set up. */
  void coprocEnded(Job job) {
    sh.coprocs.remove(job);
    job.closeCoprocFiles(sh.files().descriptors());
    if (sh.variables().find(job.coproc) != null) {
      sh.variables().unset(job.coproc);
    }
    if (sh.variables().find(job.coproc + "_PID") != null) {
      sh.variables().unset(job.coproc + "_PID");
    }
    job.coproc = null;
  }

  private static int freeBelow(Descriptors d, int from) {
    int fd = from;
    while (fd > 10 && d.get(fd) != null) {
      fd--;
    }
    return fd;
  }
}
