package dev.qanat.shell.interp;

import dev.qanat.sched.ResourceLimits;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.HashMap;
import java.util.Map;

/** A shell that runs one script after another, each in a task of its own. */
public final class SessionShell {
  private final Shell sh;
  private ResourceLimits limits = ResourceLimits.DEFAULT; // as the last script left them

  /** {@code files}: with descriptors of its own, which this shell closes after each script. */
  public SessionShell(
      Machine machine, FileContext files, Map<String, String> environment, String home) {
    sh = new Shell(machine, files);
    Map<String, String> env = new HashMap<>(environment);
    env.putIfAbsent("HOME", home);
    ShellStart.importEnvironment(sh, env);
    ShellVariables.initialize(sh);
    sh.variables().setRaw("SHLVL", "1");
  }

  public String cwd() {
    return sh.workingDirectory();
  }

  public Shell shell() {
    return sh;
  }

  /**
   * Runs a script in the running task. The files stay the caller's.
   *
   * @param cwd for this script only, or null
   * @param env exported for this script only, or null
   */
  public int run(
      String script,
      OpenFile stdin,
      OpenFile stdout,
      OpenFile stderr,
      String cwd,
      Map<String, String> env) {
    Descriptors d = sh.files().descriptors();
    d.set(0, stdin.retain());
    d.set(1, stdout.retain());
    d.set(2, stderr.retain());
    Task task = Sched.get().current();
    task.attach(sh);
    task.setLimits(limits);
    task.onExit(() -> limits = task.limits());
    sh.ownsTask();
    sh.pid = task.pid();
    sh.line = 1;
    sh.resetUnwinding();
    sh.traps.takeOverSession(task);
    String previous = sh.workingDirectory();
    if (cwd != null) {
      try {
        sh.files().chdir(cwd);
        sh.setWorkingDirectory(sh.files().cwd());
        sh.variables().setRaw("PWD", sh.files().cwd());
      } catch (VfsException e) {
        sh.say("bash: " + cwd + ": " + e.reason());
        return 1;
      }
    }
    Map<String, String> before = new HashMap<>();
    if (env != null) {
      for (Map.Entry<String, String> e : env.entrySet()) {
        if (dev.qanat.shell.expand.Expander.isName(e.getKey())) {
          before.put(e.getKey(), sh.variables().get(e.getKey()));
          sh.variables().setRaw(e.getKey(), e.getValue());
          sh.variables().declare(e.getKey(), Scope.GLOBAL, Variable.EXPORT, 0);
        }
      }
    }
    sh.interpreter.runToEnd(() -> sh.interpreter.calls.runScript(ScriptSource.of(sh, script), ""));
    int status = sh.status;
    sh.resetUnwinding();
    sh.awaitOutputSubstitutions();
    for (Map.Entry<String, String> e : before.entrySet()) {
      if (e.getValue() == null) {
        sh.variables().unset(e.getKey());
      } else {
        sh.variables().setRaw(e.getKey(), e.getValue());
      }
    }
    if (cwd != null) {
      try {
        sh.files().chdir(previous);
        sh.setWorkingDirectory(previous);
        sh.variables().setRaw("PWD", previous);
      } catch (VfsException e) {
        // the directory is gone; the session stays where the script was
      }
    }
    return status;
  }

  /** Closes the descriptors of the script that has ended, in whatever way. */
  public void afterRun() {
    sh.resetStack();
    try {
      sh.files().descriptors().closeAll();
    } catch (VfsException e) {
      // the failure of a last write was the script's to see
    }
  }

  public void close() {
    afterRun();
    sh.jobs.hangUp();
  }
}
