package dev.qanat.shell.interp;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.Printer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A shell's jobs and the statuses of its ended children. */
public final class Jobs {
  private static final int REMEMBERED = 4096;

  private final Shell sh;
  private final List<Job> jobs = new ArrayList<>();

  /** Children that {@code wait} may ask for, by number. */
  private final Map<Integer, Task> children = new LinkedHashMap<>();

  /** The parent's, which {@code jobs} in a subshell still lists. */
  private Jobs parent;

  private Job current;
  private Job previous;

  Jobs(Shell sh) {
    this(sh, null);
  }

  Jobs(Shell sh, Jobs parent) {
    this.sh = sh;
    this.parent = parent;
  }

  /** In {@code ( )}, {@code jobs} lists only what was started there. */
  void forgetParent() {
    parent = null;
  }

  /** Takes note of a pipeline's tasks as a job. */
  Job make(Task[] tasks, String text, boolean background) {
    dropTold();
    int number = 1;
    for (Job j : jobs) {
      number = Math.max(number, j.number + 1);
    }
    Job job = new Job(number, tasks, text, background);
    jobs.add(job);
    for (Task t : tasks) {
      remember(t);
    }
    if (background) {
      resetCurrent();
    }
    return job;
  }

  /** Keeps a child's number so that {@code wait} knows it. */
  void remember(Task t) {
    if (children.size() > REMEMBERED) {
      children.entrySet().removeIf(e -> e.getValue().finished());
    }
    children.put(t.pid(), t);
  }

  /** A child is being started: its end is to be heard of. */
  void hear(Task t) {
    Task me = Sched.get().current();
    t.onExit(
        () -> {
          if (me != null && !me.finished()) {
            sh.traps.heard(me);
            me.signal(Signal.CHLD);
          }
        });
  }

  /** Makes a job the one {@code %+} means, and finds the one for {@code %-} as bash does. */
  void makeCurrent(Job job) {
    if (current != job) {
      previous = current;
      current = job;
    }
    previous = live(previous);
    if (previous != null && previous != current && stopped(previous)) {
      return;
    }
    Job candidate = stopped(current) ? newest(current, true) : null;
    if (candidate == null) {
      boolean running = !current.finished() && !stopped(current);
      candidate = newest(running ? current : null, false);
    }
    previous = candidate != null ? candidate : current;
  }

  /** Chooses the current job anew: a stopped one first, else the newest that runs. */
  private void resetCurrent() {
    Job candidate = live(current);
    if (candidate == null || !stopped(candidate)) {
      candidate = live(previous);
      if (candidate == null || !stopped(candidate)) {
        candidate = newest(null, true);
      }
      if (candidate == null) {
        candidate = newest(null, false);
      }
    }
    if (candidate != null) {
      makeCurrent(candidate);
    } else {
      current = previous = null;
    }
  }

  /** The newest stopped or running job, older than another one when that is given. */
  private Job newest(Job before, boolean stopped) {
    int i = before == null ? jobs.size() : jobs.indexOf(before);
    while (--i >= 0) {
      Job j = jobs.get(i);
      if (!j.finished() && stopped(j) == stopped) {
        return j;
      }
    }
    return null;
  }

  /** Whether a job is stopped; without job control the shell does not get to know. */
  public boolean stopped(Job j) {
    return j.stopped() && (monitored() || sh.wasInteractive());
  }

  /** A child of the foreground is about to start: jobs whose end was told are forgotten. */
  void beforeChild() {
    if (!jobs.isEmpty()) {
      dropTold();
      resetCurrent();
    }
  }

  /** Whether a job is this shell's own, not one of the shell it is a subshell of. */
  public boolean owns(Job job) {
    return jobs.contains(job);
  }

  public List<Job> list() {
    if (jobs.isEmpty() && parent != null && sh.subshellDepth > 0) {
      return parent.list();
    }
    return new ArrayList<>(jobs);
  }

  public Job current() {
    Job c = live(current);
    return c == null && parent != null && sh.subshellDepth > 0 ? parent.current() : c;
  }

  public Job previous() {
    Job p = live(previous);
    return p == null && parent != null && sh.subshellDepth > 0 ? parent.previous() : p;
  }

  private Job live(Job j) {
    return j != null && jobs.contains(j) ? j : null;
  }

  /** The child with this number, whether it runs or is over; null when it is none of ours. */
  public Task child(int pid) {
    return children.get(pid);
  }

  public Job ofPid(int pid) {
    for (Job j : list()) {
      for (Task t : j.tasks) {
        if (t.pid() == pid) {
          return j;
        }
      }
    }
    return null;
  }

  /** What a job specification such as {@code %1 %+ %- %sleep %?eep} means. */
  public Found find(String spec) {
    String s = spec.startsWith("%") ? spec.substring(1) : spec;
    if (s.isEmpty() || s.equals("%") || s.equals("+")) {
      Job c = current();
      return new Found(c != null && c.told ? null : c, false);
    }
    if (s.equals("-")) {
      return new Found(previous(), false);
    }
    boolean digits = true;
    for (int i = 0; i < s.length(); i++) {
      digits &= s.charAt(i) >= '0' && s.charAt(i) <= '9';
    }
    if (digits && s.length() < 9) {
      int n = Integer.parseInt(s);
      for (Job j : list()) {
        if (j.number == n) {
          return new Found(j, false);
        }
      }
      return new Found(null, false);
    }
    Job match = null;
    boolean inside = s.startsWith("?");
    String text = inside ? s.substring(1) : s;
    for (Job j : list()) {
      if (inside ? j.text.contains(text) : j.text.startsWith(text)) {
        if (match != null) {
          return new Found(null, true);
        }
        match = j;
      }
    }
    return new Found(match, false);
  }

  /** A job, or why there is none. */
  public record Found(Job job, boolean ambiguous) {}

  public void remove(Job job) {
    jobs.remove(job);
    if (current == job || previous == job) {
      resetCurrent();
    }
  }

  public void removeAll() {
    jobs.clear();
  }

  /** Drops the jobs whose end has been told, or that nobody will be told of. */
  public void dropTold() {
    for (int i = jobs.size() - 1; i >= 0; i--) {
      Job j = jobs.get(i);
      if (j.finished() && j.told) {
        remove(j);
      }
    }
  }

  public void forgetChild(int pid) {
    children.remove(pid);
  }

  private final Map<Integer, Integer> disowned = new LinkedHashMap<>();

  /** Takes a job out of the table; what {@code wait} gives for it is its status of now. */
  public void disown(Job job) {
    remove(job);
    for (Task t : job.tasks()) {
      forgetChild(t.pid());
      disowned.put(t.pid(), t.finished() ? t.status() : 0);
    }
  }

  /** The status of a process whose job was disowned, as it was then; null for all others. */
  public Integer statusOfDisowned(int pid) {
    return disowned.get(pid);
  }

  public List<Task> children() {
    return new ArrayList<>(children.values());
  }

  /** Waits for a child. False when a trapped signal interrupted it. May suspend. */
  public boolean await(Task t) {
    return await(t, false);
  }

  /** As {@link #await(Task)}, but returns also when the child is stopped and that is asked for. */
  public boolean await(Task t, boolean untilStopped) {
    while (true) {
      boolean ended;
      if (untilStopped && !t.finished()) {
        ended = t.stopped() || awaitChange() && (t.finished() || t.stopped());
      } else {
        ended = t.exited().awaitInterruptibly();
      }
      if (!Sched.get().current().hasCaught()) {
        if (ended) {
          return true;
        }
        continue;
      }
      // the trap on SIGCHLD interrupts no wait; others do, even when the child ended as well
      if (sh.traps.runArrivedChildren()) {
        continue;
      }
      return false;
    }
  }

  /** Waits until something changes among tasks. False when a trapped signal came. May suspend. */
  public boolean awaitChange() {
    Gate gate = new Gate();
    Runnable watcher = gate::open;
    Sched.get().watch(watcher);
    try {
      return gate.awaitInterruptibly();
    } finally {
      Sched.get().unwatch(watcher);
    }
  }

  /** Waits for a foreground job. True when it stopped, which has been told. May suspend. */
  boolean waitForeground(Job job) {
    sh.controllingTerminal.give(job.tasks[0].group());
    try {
      return awaitForeground(job);
    } finally {
      boolean odd = !job.finished() || job.last().deathSignal() != 0;
      sh.controllingTerminal.takeBack(odd);
      if (sh.terminal && job.finished() && job.last().deathSignal() == Signal.INT) {
        // Ctrl-C went to the job only; the shell acts as if it had got it too, and leaves its loops
        if (sh.traps.trapped(Signal.INT) && sh.loopDepth == 0) {
          sh.say("");
        } else {
          Sched.get().current().signal(Signal.INT);
        }
      }
    }
  }

  private boolean awaitForeground(Job job) {
    while (!job.finished()) {
      if (job.stopped()) {
        makeCurrent(job);
        job.background = true;
        sh.status = 128 + job.stopSignal();
        if (sh.interactive) {
          sh.say("");
          sh.say(describe(job, false));
        }
        job.stoppedTold = true;
        return true;
      }
      Gate gate = new Gate();
      Runnable watcher = gate::open;
      Sched.get().watch(watcher);
      try {
        gate.await();
      } finally {
        Sched.get().unwatch(watcher);
      }
    }
    remove(job);
    return false;
  }

  /** Says that a foreground child died of a signal, as bash does for all but a few. */
  public void reportDeath(Task t, Object command) {
    reportDeath(t, command, false);
  }

  void reportDeath(Task t, Object command, boolean foreground) {
    int signal = t.deathSignal();
    if (t.failure() != null) {
      sh.error("internal error: " + t.failure());
      return;
    }
    String text =
        command instanceof Command c
            ? Printer.line(c)
            : command instanceof String written ? written : t.title();
    reportDeath(signal, t.pid(), text, foreground);
  }

  /**
   * As above, for the process of a pipeline that its status is of.
   *
   * @param stages the pipeline's commands
   */
  void reportDeath(Task t, Task[] tasks, String[] stages, boolean foreground) {
    if (t.failure() != null || stages.length == 1) {
      reportDeath(t, stages[stages.length - 1], foreground);
    } else if (isTold(t.deathSignal(), foreground)) {
      sh.say(sh.errorPrefix() + PipelineStatus.lines(sh, tasks, stages));
    }
  }

  /** Whether more is to be said of a death than the signal's name, which it says itself. */
  private boolean isTold(int signal, boolean foreground) {
    if (signal == 0 || signal == Signal.INT || signal == Signal.PIPE || sh.substitutionShell) {
      return false; // $(…) itself tells of nobody's death
    }
    if (sh.interactive || signal == Signal.TERM || sh.traps.trapped(signal)) {
      if (foreground) {
        sh.say(Signal.description(signal));
      }
      return false;
    }
    return true;
  }

  /** As above, for a process that is no task. */
  void reportDeath(int signal, int pid, String text, boolean foreground) {
    if (!isTold(signal, foreground)) {
      return;
    }
    String reason = Signal.description(signal);
    StringBuilder line = new StringBuilder(sh.errorPrefix());
    pad(line, String.valueOf(pid), 5);
    line.append(' ').append(reason);
    line.append(" ".repeat(Math.max(0, 24 - reason.length()))).append(text);
    sh.say(line.toString());
  }

  /**
   * What a script says about background jobs when a child of the foreground has ended: only those
   * that a signal ended, the others being left for {@code wait}. The shell of {@code -c} forgets
   * the others too.
   */
  void noticeDeaths() {
    if (jobs.isEmpty() || sh.interactive) {
      return;
    }
    for (Job j : new ArrayList<>(jobs)) {
      if (!j.background || j.told || !j.finished()) {
        continue;
      }
      if (j.coproc != null) {
        sh.closeCoproc(j);
      }
      if (j.last().deathSignal() != 0) {
        tellDeath(j);
      } else if (sh.isCommandString) {
        if (monitored()) {
          sh.say(describe(j, false));
        }
      } else {
        continue;
      }
      j.told = true;
      remove(j);
    }
  }

  /** Says in a script that a signal ended a background job. */
  public void tellDeath(Job j) {
    int signal = j.last().deathSignal();
    boolean reported = signal != Signal.INT && signal != Signal.PIPE && signal != Signal.TERM;
    if (monitored() && (!reported || sh.interactive || sh.traps.trapped(signal))) {
      sh.say(describe(j, false));
      return;
    }
    reportDeath(j.last(), j.tasks, j.stages != null ? j.stages : new String[] {j.text}, false);
  }

  private static void pad(StringBuilder out, String text, int width) {
    for (int i = text.length(); i < width; i++) {
      out.append(' ');
    }
    out.append(text);
  }

  /** Tells the ends of background jobs, at once when {@code set -b} asks for it. */
  void notifyNow() {
    if (sh.isOn(Opt.NOTIFY)) {
      notifyChanges();
    }
  }

  /** The lines of {@code jobs -l}: one for each process of the job. */
  public List<String> describeProcesses(Job j) {
    List<String> lines = new ArrayList<>();
    String[] commands = j.text.split(" \\| ");
    if (commands.length != j.tasks.length || commands.length == 1) {
      lines.add(describe(j, true));
      return lines;
    }
    String first = describe(j, true);
    boolean runs = !j.finished() && !stopped(j) && j.background;
    int end = first.length() - j.text.length() - (runs ? 2 : 0);
    lines.add(first.substring(0, end) + commands[0]);
    for (int i = 1; i < commands.length; i++) {
      StringBuilder line = new StringBuilder("     ");
      pad(line, String.valueOf(j.tasks[i].pid()), 5);
      line.append(" ".repeat(23)).append("| ").append(commands[i]);
      lines.add(line.append(runs && i == commands.length - 1 ? " &" : "").toString());
    }
    return lines;
  }

  /** Tells the ends of background jobs before a prompt. */
  void notifyChanges() {
    dropTold();
    for (Job j : new ArrayList<>(jobs)) {
      if (j.finished() && !j.told) {
        if (monitored()) {
          sh.say(describe(j, false));
        }
        j.told = true;
      } else if (j.stopped() && !j.stoppedTold && monitored()) {
        sh.say("");
        sh.say(describe(j, false));
        j.stoppedTold = true;
      }
    }
    dropTold();
  }

  /** A line of {@code jobs}, with the process number when {@code withPid}. */
  public String describe(Job j, boolean withPid) {
    StringBuilder out = new StringBuilder();
    out.append('[').append(j.number).append(']');
    out.append(j == current() ? '+' : j == previous() ? '-' : ' ');
    out.append(withPid ? " " : "  ");
    if (withPid) {
      pad(out, String.valueOf(j.tasks[0].pid()), 5);
      out.append(' ');
    }
    String state = state(j);
    out.append(state);
    int width = 24;
    for (int i = state.length(); i < width; i++) {
      out.append(' ');
    }
    out.append(j.text);
    if (!j.finished() && !stopped(j) && j.background) {
      out.append(" &");
    }
    return out.toString();
  }

  /** {@code Running}, {@code Done}, {@code Exit 1}, {@code Stopped}, {@code Terminated}. */
  public String state(Job j) {
    if (j.finished()) {
      Task last = j.last();
      if (last.deathSignal() != 0) {
        return Signal.description(last.deathSignal());
      }
      return last.status() == 0
          ? "Done"
          : (sh.posix() ? "Done(" + last.status() + ")" : "Exit " + last.status());
    }
    return stopped(j) ? "Stopped" : "Running";
  }

  /** Sends SIGHUP to the jobs, as a login shell that goes away does. */
  void hangUp() {
    for (Job j : jobs) {
      if (!j.finished() && !j.noHangup) {
        for (Task t : j.tasks) {
          t.signal(Signal.HUP);
        }
      }
    }
  }

  boolean monitored() {
    return sh.isOn(Opt.MONITOR);
  }
}
