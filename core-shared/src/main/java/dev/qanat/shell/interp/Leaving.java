package dev.qanat.shell.interp;

import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.vfs.VfsException;

/** What a shell sees to before it ends: the user's jobs, and {@code ~/.bash_logout}. */
public final class Leaving {
  private final Shell sh;
  private int leaveAt = -1; // the command that may leave although there are jobs
  private boolean loggedOut;

  Leaving(Shell sh) {
    this.sh = sh;
  }

  /** Whether a command may end the shell: no job is stopped, or the user has just been told. */
  public boolean mayLeave(int command) {
    if (!sh.interactive || leaveAt == command) {
      return true;
    }
    for (Job j : sh.jobs.list()) {
      if (j.stopped() || sh.isOn(Shopt.checkjobs) && !j.finished()) {
        return false;
      }
    }
    return true;
  }

  /** Says that there are jobs; the command of that number may leave nevertheless. */
  public void warnOfJobs(int command) {
    boolean stopped = false;
    for (Job j : sh.jobs.list()) {
      stopped |= j.stopped();
    }
    sh.say(stopped ? "There are stopped jobs." : "There are running jobs.");
    if (sh.isOn(Shopt.checkjobs)) {
      for (Job j : sh.jobs.list()) {
        sh.say(sh.jobs.describe(j, false));
      }
    }
    leaveAt = command;
  }

  /** {@code jobs} has shown them: the next command may leave. */
  public void jobsWereShown() {
    leaveAt = sh.commandNumber + 1;
  }

  /** A login shell reads {@code ~/.bash_logout} before it goes, once. May suspend. */
  public void logOut() {
    if (!sh.login || loggedOut || sh.subshellDepth > 0) {
      return;
    }
    loggedOut = true;
    String home = sh.variables().get("HOME");
    String file = (home == null ? "" : home) + "/.bash_logout";
    try {
      if (sh.files().exists(file)) {
        sh.interpreter.calls.source(file, sh.files().readFile(file), null);
      }
    } catch (VfsException e) {
      // it is nobody's loss
    }
    sh.resetUnwinding();
  }
}
