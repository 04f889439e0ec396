package dev.qanat.shell.interp;

import dev.qanat.command.Invocation;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Signalled;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.syntax.AnsiQuote;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs what is neither function nor builtin: finds it, gives it its environment, and tells of its
 * end. A program runs in its shell's task, for which it is a call, or takes the task over.
 */
final class Programs {
  private final Shell sh;
  private final Interpreter interpreter;

  /** The next program may take this task over: it is the last thing the task does. */
  boolean lastInTask;

  private int deadProgram; // the signal that ended the command's program in this task; or 0

  Programs(Shell sh, Interpreter interpreter) {
    this.sh = sh;
    this.interpreter = interpreter;
  }

  /** Whether the last program was ended by a signal that is still to be told of. */
  boolean died() {
    return deadProgram != 0;
  }

  /** The environment of a program: the exported variables, and those in front of the command. */
  Map<String, String> environment(List<String> names, List<String> values) {
    Map<String, String> env = new HashMap<>(sh.variables().environment());
    if (names != null) {
      for (int i = 0; i < names.size(); i++) {
        env.put(names.get(i), values.get(i));
      }
    }
    for (Function f : sh.functions.view().values()) {
      if (f.exported()) {
        env.put("BASH_FUNC_" + f.name() + "%%", Calls.exportedText(f));
      }
    }
    return env;
  }

  int run(String name, List<String> args, Map<String, String> env, Object node) {
    if (sh.restricted() && name.indexOf('/') >= 0) {
      sh.error(name + ": restricted: cannot specify `/' in command names");
      return 1;
    }
    String path = env.get("PATH");
    CommandHash.Entry found;
    try {
      found = sh.hash.find(sh, name, path != null ? path : sh.variables().get("PATH"));
    } catch (VfsException e) {
      if (ProgramTable.REQUIRED.equals(e.detail())) {
        sh.error(name + ": cannot execute: " + e.detail());
        return 127;
      }
      if (e.errno() == Errno.ENOENT && name.indexOf('/') < 0) {
        CommandHash.Entry hashed = sh.hash.get(name);
        if (hashed != null) {
          sh.error(hashed.path() + ": " + e.reason());
          return 127;
        }
        return notFound(name, args, path);
      }
      if (e.errno() == Errno.ENOEXEC) {
        sh.error(name + ": cannot execute binary file: " + e.reason());
        return 126;
      }
      boolean searched = name.indexOf('/') < 0 && e.path() != null;
      sh.error((searched ? e.path() : name) + ": " + e.reason());
      return e.errno() == Errno.ENOENT ? 127 : 126;
    }
    if (found == null) {
      return notFound(name, args, path);
    }
    String refusal = sh.machine.hooks().refuse(name, args);
    if (refusal != null) {
      sh.error(name + ": " + refusal);
      return 126;
    }
    env.put("_", found.path());
    if (sh.isOn(Opt.MONITOR) && sh.hasOwnTask() && sh.subshellDepth == 0 && !lastInTask) {
      return interpreter.pipelines.foregroundProgram(found.program(), args, env, node);
    }
    return execute(found.program(), args, env);
  }

  /** Runs a program in this task. */
  int execute(dev.qanat.command.Command program, List<String> args, Map<String, String> env) {
    Task task = Sched.get().current();
    Object before = task.attachment();
    if (lastInTask && !sh.traps.hasExit()) {
      task.attach(null); // a nested shell may take the task for its own
      task.setTitle(String.join(" ", args));
    } else {
      task.attach(sh);
    }
    try {
      Invocation in =
          new Invocation(
              args.get(0),
              args.subList(1, args.size()),
              sh.files(),
              env,
              new ProgramTable(sh.machine));
      sh.jobs.beforeChild();
      int status = in.execute(program);
      if (in.deathSignal() != 0) {
        died(in.deathSignal());
      }
      sh.jobs.noticeDeaths();
      if (sh.traps.handlerOf(Signal.CHLD) != null) {
        sh.traps.childEnded();
      }
      return status & 255;
    } finally {
      task.attach(before);
    }
  }

  /** A program that ran in this task was ended by a signal of its own. */
  void died(int signal) {
    if (lastInTask && !sh.traps.hasExit()) {
      throw new Signalled(signal, false); // the task is the program's
    }
    deadProgram = signal;
  }

  /** Tells of that end, where the command's own redirections no longer reach. */
  void reportDeath(Command.Simple c) {
    int signal = deadProgram;
    deadProgram = 0;
    sh.jobs.reportDeath(signal, Sched.get().nextPid(), Printer.line(c), true);
  }

  private int notFound(String name, List<String> args, String searched) {
    Function handler = sh.functions.get("command_not_found_handle");
    if (handler != null) {
      List<String> call = new ArrayList<>(args.size() + 1);
      call.add("command_not_found_handle");
      call.addAll(args);
      return interpreter.pipelines.inSubshell(child -> child.interpreter.calls.call(handler, call));
    }
    String path = searched != null ? searched : sh.variables().get("PATH");
    sh.error(
        AnsiQuote.visible(name)
            + (path == null || path.isEmpty()
                ? ": No such file or directory"
                : ": command not found"));
    return 127;
  }

  /** {@code exec}: the program takes the shell's place. Returns only when it cannot be run. */
  int exec(String argv0, List<String> args, Map<String, String> env) {
    CommandHash.Entry found;
    String name = args.get(0);
    String file = name;
    if (name.indexOf('/') > 0) {
      file = sh.workingDirectory() + "/" + (name.startsWith("./") ? name.substring(2) : name);
    }
    try {
      found = sh.hash.find(sh, file, sh.variables().get("PATH"));
    } catch (VfsException e) {
      String shown = name.indexOf('/') < 0 && e.path() != null ? e.path() : file;
      if (ProgramTable.REQUIRED.equals(e.detail())) {
        sh.error(shown + ": cannot execute: " + e.detail());
        return 127;
      }
      sh.error(shown + ": " + e.reason());
      if (e.errno() == Errno.ENOENT) {
        return 127;
      }
      sh.complain("exec", shown + ": cannot execute: " + e.reason());
      return 126;
    }
    if (found == null) {
      sh.complain("exec", name + ": not found");
      return 127;
    }
    List<String> argv = new ArrayList<>(args);
    argv.set(0, argv0);
    if (!env.isEmpty()) {
      env.put("_", found.path());
      // the program takes this shell's place, so it is as deep as this shell
      String level = sh.variables().get("SHLVL");
      int depth = level == null ? -1 : Redirections.number(level);
      env.put("SHLVL", String.valueOf(Math.max(0, depth - 1)));
    }
    lastInTask = sh.hasOwnTask();
    sh.traps.forgetAll();
    int status = execute(found.program(), argv, env);
    sh.exit(status);
    return status;
  }
}
