package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;

/**
 * What is to be run on signals and on the shell's own events. Signals are caught by the task and
 * their traps run between commands.
 */
public final class Traps {
  private final Shell sh;
  private String[] handlers; // by signal number; EXIT is 0; "" ignores; null has none
  private String err;
  private String debug;
  private String returned;

  /** Whether ERR, DEBUG or RETURN have been set since the shell began. */
  boolean anyPseudo;

  /** Whether any real signal is caught. */
  boolean anyCaught;

  /** Children that have ended since the trap on SIGCHLD last ran. */
  private int childrenEnded;

  /** What {@code trap -p} in a subshell shows until it sets its own: the parent's. */
  private Traps shown;

  private boolean neverExit;
  private int running;
  private boolean inDebug;
  private boolean inErr;
  private long ignoredAtStart; // signals a non-interactive shell cannot trap
  private boolean listed; // since which the shell knows that it ignores SIGINT as a job
  private boolean ignoresAsJob; // SIGINT among them, which a background job's subshells may trap

  Traps(Shell sh) {
    this.sh = sh;
    Task task = Sched.get().current();
    if (task != null) {
      for (int s = 1; s < 32; s++) {
        if (task.disposition(s) == Task.Disposition.IGNORE) {
          ignoredAtStart |= 1L << s;
        }
      }
    }
  }

  /** A subshell's: ignored signals stay ignored, the rest is as if never trapped. */
  Traps(Shell sh, Traps parent) {
    this.sh = sh;
    this.ignoredAtStart = parent.ignoredAtStart;
    if (parent.ignoresAsJob && !parent.listed) {
      ignoredAtStart &= ~(1L << Signal.INT);
    }
    this.anyPseudo = parent.anyPseudo;
    if (parent.handlers != null) {
      for (int s = 1; s < parent.handlers.length; s++) {
        if ("".equals(parent.handlers[s])) {
          makeHandlers();
          handlers[s] = "";
        }
      }
      shown = parent.anySet() ? parent : parent.shown;
    } else {
      shown = parent.anySet() ? parent : parent.shown;
    }
    if (parent.sh.isOn(Opt.ERRTRACE) || "".equals(parent.err)) {
      err = parent.err;
    }
    if (parent.sh.isOn(Opt.FUNCTRACE)) {
      debug = parent.debug;
      returned = parent.returned;
    }
    running = parent.running;
    inDebug = parent.inDebug;
    inErr = parent.inErr;
  }

  private boolean anySet() {
    if (err != null || debug != null || returned != null) {
      return true;
    }
    if (handlers != null) {
      for (String h : handlers) {
        if (h != null) {
          return true;
        }
      }
    }
    return false;
  }

  private void makeHandlers() {
    if (handlers == null) {
      handlers = new String[Signal.COUNT + 1];
    }
  }

  /** In a task of its own: gives the task the dispositions that belong to this shell. */
  void takeOver(Task task) {
    if (sh.ignoresInterrupts) {
      task.setDisposition(Signal.INT, Task.Disposition.IGNORE);
      task.setDisposition(Signal.QUIT, Task.Disposition.IGNORE);
      ignoresAsJob |= !fixed(Signal.INT);
      ignoredAtStart |= 1L << Signal.INT; // SIGQUIT may be trapped again
    }
    if (handlers != null) {
      for (int s = 1; s < Signal.COUNT; s++) {
        if ("".equals(handlers[s])) {
          task.setDisposition(s, Task.Disposition.IGNORE);
        }
      }
    }
  }

  String err() {
    return err;
  }

  String debug() {
    return debug;
  }

  String returned() {
    return returned;
  }

  boolean hasReturn() {
    return returned != null && !returned.isEmpty() && !inDebug;
  }

  boolean running() {
    return running > 0;
  }

  public boolean hasExit() {
    return handlers != null && handlers[0] != null && !handlers[0].isEmpty() && !neverExit;
  }

  /** The process is a compound command that bash ends without running EXIT traps. */
  void runNoExit() {
    neverExit = true;
  }

  /** The text of a signal's trap; null when it has none. 0 is EXIT. */
  public String handlerOf(int signal) {
    return handlers == null ? null : handlers[signal];
  }

  /** Whether the signal was ignored when the shell began, so that a script cannot trap it. */
  public boolean fixed(int signal) {
    return signal > 0
        && (ignoredAtStart >> signal & 1) != 0
        && !sh.interactive
        && (signal != Signal.INT || !ignoresAsJob || listed);
  }

  /** The traps are about to be listed. */
  public void list() {
    listed = handlers == null || handlers[Signal.INT] == null;
  }

  /** Sets, ignores ({@code ""}) or, with null, resets a signal's trap. */
  public void set(int signal, String command) {
    forgetParents();
    if (fixed(signal)) {
      return;
    }
    if (signal == Signal.INT && ignoresAsJob) {
      ignoresAsJob = false;
      ignoredAtStart &= ~(1L << Signal.INT);
    }
    makeHandlers();
    handlers[signal] = command;
    if (signal > 0) {
      Task task = Sched.get().current();
      task.setDisposition(
          signal,
          command == null
              ? (sh.interactive
                      && (signal == Signal.INT || signal == Signal.TERM || signal == Signal.QUIT)
                  ? (signal == Signal.INT ? Task.Disposition.CATCH : Task.Disposition.IGNORE)
                  : Task.Disposition.DEFAULT)
              : command.isEmpty() ? Task.Disposition.IGNORE : Task.Disposition.CATCH);
      anyCaught = true;
    }
  }

  /** Sets {@code ERR}, {@code DEBUG} or {@code RETURN}; null resets. */
  public void setPseudo(String name, String command) {
    forgetParents();
    anyPseudo = true;
    switch (name) {
      case "ERR" -> err = command;
      case "DEBUG" -> debug = command;
      default -> returned = command;
    }
  }

  private void forgetParents() {
    shown = null;
  }

  /** What {@code trap -p} shows for a number, or for {@code ERR}, {@code DEBUG}, {@code RETURN}. */
  public String shown(int signal) {
    Traps t = shown != null ? shown : this;
    return t.handlers == null ? null : t.handlers[signal];
  }

  public String shownPseudo(String name) {
    Traps t = shown != null ? shown : this;
    return switch (name) {
      case "ERR" -> t.err;
      case "DEBUG" -> t.debug;
      default -> t.returned;
    };
  }

  String hideErr() {
    String was = err;
    err = null;
    return was;
  }

  /** Sets the ERR trap again, also when another was set meanwhile. */
  void putBackErr(String was) {
    err = was;
  }

  void unhideErr(String was) {
    if (err == null) {
      err = was;
    }
  }

  String hideDebug() {
    String was = debug;
    debug = null;
    return was;
  }

  void unhideDebug(String was) {
    if (debug == null) {
      debug = was;
    }
  }

  String hideReturn() {
    String was = returned;
    returned = null;
    return was;
  }

  void unhideReturn(String was) {
    if (returned == null) {
      returned = was;
    }
  }

  /** Runs the traps of the signals that have arrived. */
  int runArrived(Task task) {
    int first = 0;
    for (int signal = task.takeCaught(); signal != 0; signal = task.takeCaught()) {
      first = first == 0 ? signal : first;
      String command = handlers == null ? null : handlers[signal];
      if (command != null && !command.isEmpty()) {
        runTimes(signal, command);
      } else if (signal == Signal.INT && sh.interactive) {
        sh.say("");
        sh.interrupt();
      }
      if (sh.control != Shell.RUN) {
        break;
      }
    }
    return first;
  }

  /** Runs the SIGCHLD trap when that is all that has arrived; false when something else has. */
  boolean runArrivedChildren() {
    Task task = Sched.get().current();
    int signal = task.takeCaught();
    boolean only = signal == Signal.CHLD;
    if (!only) {
      task.signal(signal);
      return false;
    }
    String command = handlers == null ? null : handlers[signal];
    if (command != null && !command.isEmpty()) {
      runTimes(signal, command);
    }
    return sh.control == Shell.RUN;
  }

  /** The trap on SIGCHLD runs for each child that has ended. */
  private void runTimes(int signal, String command) {
    int times = 1;
    if (signal == Signal.CHLD) {
      times = Math.max(1, childrenEnded);
      childrenEnded = 0;
    }
    for (int i = 0; i < times && sh.control == Shell.RUN; i++) {
      run(command, signal == Signal.INT ? "interrupt trap: " : "trap: ", 1);
    }
  }

  /** Whether a signal has a trap that runs something. */
  boolean trapped(int signal) {
    return handlers != null && handlers[signal] != null && !handlers[signal].isEmpty();
  }

  /** Whether {@code trap ''} ignores a signal. */
  boolean ignored(int signal) {
    return handlers != null && handlers[signal] != null && handlers[signal].isEmpty();
  }

  /** Runs a trap's text so that it leaves {@code $?} as it was. */
  private void run(String command, String origin) {
    run(command, origin, sh.line);
  }

  private void run(String command, String origin, int firstLine) {
    int status = sh.status;
    int[] pipe = sh.pipeStatus;
    int single = sh.singleStatus;
    int line = sh.line;
    int before = sh.trapStatus;
    int ignored = sh.failuresIgnored;
    int substitution = sh.substitutionStatus;
    String last = sh.lastArgument;
    sh.trapStatus = status;
    sh.failuresIgnored = 0;
    running++;
    try {
      sh.interpreter.calls.eval(command, origin, firstLine);
      lastStatus = sh.status;
    } finally {
      running--;
      sh.trapStatus = before;
      sh.failuresIgnored = ignored;
    }
    sh.line = line;
    if (sh.control != Shell.EXIT && sh.control != Shell.RETURN) {
      sh.status = status;
    }
    sh.pipeStatus = pipe;
    sh.singleStatus = single;
    sh.substitutionStatus = substitution;
    sh.lastArgument = last;
  }

  void runErr() {
    if (inErr || err == null || err.isEmpty()) {
      return;
    }
    inErr = true;
    try {
      run(err, "error trap: ");
    } finally {
      inErr = sh.control == Shell.EXIT; // an EXIT trap still runs inside of it
    }
  }

  /** Runs the DEBUG trap; false when, under {@code extdebug}, the command is to be skipped. */
  boolean runDebug() {
    if (inDebug || debug.isEmpty()) {
      return true;
    }
    inDebug = true;
    int status = sh.status;
    try {
      run(debug, "debug trap: ");
    } finally {
      inDebug = sh.control == Shell.EXIT;
    }
    if (sh.leavesLoops()) {
      sh.leaveLoopLater();
      anyCaught = true; // looked at behind each command
      return true;
    }
    if (sh.control != Shell.RUN) {
      return false;
    }
    if (sh.isOn(Shopt.extdebug) && lastStatus != 0) {
      sh.status = status;
      return false;
    }
    return true;
  }

  private int lastStatus;

  /**
   * Runs the RETURN trap.
   *
   * @param byBuiltin {@code return} was called: {@code $?} is still what it was there
   */
  public void runReturn(boolean byBuiltin) {
    if (!hasReturn()) {
      return;
    }
    String command = returned;
    returned = null; // a RETURN trap does not set itself off
    int status = sh.status;
    if (byBuiltin) {
      sh.status = sh.statusBeforeReturn;
    }
    try {
      run(command, "return trap: ");
      if (sh.control == Shell.RUN) {
        sh.status = status;
      }
    } finally {
      if (returned == null) {
        returned = command;
      }
    }
  }

  /** A child process that needed no task of its own is over. */
  void childEnded() {
    Task task = Sched.get().current();
    if (heard(task)) {
      task.signal(Signal.CHLD);
    }
  }

  /** Counts the end of a child of the task's shell: the trap runs once for each. */
  boolean heard(Task task) {
    if (handlers == null || handlers[Signal.CHLD] == null || handlers[Signal.CHLD].isEmpty()) {
      return false;
    }
    childrenEnded++;
    return true;
  }

  /** Runs the EXIT trap, once. */
  void runExit() {
    if (!hasExit()) {
      return;
    }
    String command = handlers[0];
    handlers[0] = null;
    int status = sh.status;
    int loops = sh.control == Shell.EXIT ? sh.loopsAtExit : sh.loopDepth;
    int uncounted = sh.apart ? 0 : 1; // bash counts it in the traces of ( ) only
    sh.resetUnwinding();
    sh.exit = Shell.Exit.BUILTIN;
    sh.loopDepth = loops;
    sh.trapStatus = status;
    running++;
    try {
      sh.traceLevel -= uncounted;
      sh.interpreter.calls.eval(command, "exit trap: ", 1);
    } finally {
      running--;
      sh.traceLevel += uncounted;
      sh.trapStatus = -1;
      sh.interpreter.redirections.undo(0);
    }
    boolean ended = sh.control == Shell.EXIT && sh.exit != Shell.Exit.EXPANSION;
    if (!ended && sh.control != Shell.RETURN) {
      sh.status = status;
    }
    sh.control = Shell.EXIT;
  }

  /** Forgets the EXIT trap and the rest, for {@code exec}. */
  void forgetAll() {
    if (handlers != null) {
      Task task = Sched.get().current();
      for (int s = 1; s < Signal.COUNT; s++) {
        if (handlers[s] != null && !handlers[s].isEmpty()) {
          task.setDisposition(s, Task.Disposition.DEFAULT);
        }
      }
      handlers = null;
    }
    err = debug = returned = null;
  }

  /** No trap is running. */
  void reset() {
    running = 0;
    inDebug = false;
    inErr = false;
  }

  /**
   * What an interactive shell does with signals: SIGINT ends the command, TERM and QUIT nothing.
   */
  void interactive() {
    Task task = Sched.get().current();
    task.setDisposition(Signal.INT, Task.Disposition.CATCH);
    task.setDisposition(Signal.TERM, Task.Disposition.IGNORE);
    task.setDisposition(Signal.QUIT, Task.Disposition.IGNORE);
    task.setDisposition(Signal.TSTP, Task.Disposition.IGNORE);
    task.setDisposition(Signal.TTIN, Task.Disposition.IGNORE);
    task.setDisposition(Signal.TTOU, Task.Disposition.IGNORE);
    ignoredAtStart = 0;
    anyCaught = true;
  }

  /** A child gets back the signals that only an interactive shell itself ignores. */
  void startChild(Task child) {
    if (!sh.interactive) {
      return;
    }
    for (int s : new int[] {Signal.TERM, Signal.QUIT, Signal.TSTP, Signal.TTIN, Signal.TTOU}) {
      String handler = handlerOf(s);
      if (handler == null || !handler.isEmpty()) {
        child.setDisposition(s, Task.Disposition.DEFAULT);
      }
    }
  }

  /** A session's shell goes on in another task: gives it the dispositions of the traps. */
  void takeOverSession(Task task) {
    if (handlers == null) {
      return;
    }
    for (int s = 1; s < Signal.COUNT; s++) {
      if (handlers[s] != null) {
        task.setDisposition(
            s, handlers[s].isEmpty() ? Task.Disposition.IGNORE : Task.Disposition.CATCH);
      }
    }
  }
}
