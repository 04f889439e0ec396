package dev.qanat.shell.interp;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ShellOptions.Opt;
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

  // --- making

  /** Takes note of a pipeline's tasks as a job. */
  Job make(Task[] tasks, String text, boolean background) {
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
      makeCurrent(job);
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
            me.signal(Signal.CHLD);
          }
        });
  }

  void makeCurrent(Job job) {
    if (current != job) {
      previous = current;
      current = job;
    }
  }

  // --- looking

  public List<Job> list() {
    if (jobs.isEmpty() && parent != null && sh.subshellDepth > 0) {
      return parent.list();
    }
    return new ArrayList<>(jobs);
  }

  public Job current() {
    Job c = live(current);
    if (c == null) {
      for (int i = jobs.size() - 1; i >= 0; i--) {
        if (!jobs.get(i).finished() || !jobs.get(i).told) {
          return jobs.get(i);
        }
      }
    }
    return c == null && parent != null && sh.subshellDepth > 0 ? parent.current() : c;
  }

  public Job previous() {
    Job p = live(previous);
    Job c = current();
    if (p == null || p == c) {
      for (int i = jobs.size() - 1; i >= 0; i--) {
        if (jobs.get(i) != c) {
          return jobs.get(i);
        }
      }
    }
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
      return new Found(current(), false);
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

  // --- forgetting

  public void remove(Job job) {
    jobs.remove(job);
    if (current == job) {
      current = previous;
      previous = null;
    } else if (previous == job) {
      previous = null;
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

  public List<Task> children() {
    return new ArrayList<>(children.values());
  }

  // --- waiting

  /** Waits for a child. False when a trapped signal interrupted it. May suspend. */
  public boolean await(Task t) {
    while (true) {
      boolean ended = t.exited().awaitInterruptibly();
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
    sh.giveTerminal(job.tasks[0].group());
    try {
      return awaitForeground(job);
    } finally {
      boolean odd = !job.finished() || job.last().deathSignal() != 0;
      sh.takeTerminal(odd);
      if (sh.terminal && job.finished() && job.last().deathSignal() == Signal.INT) {
        // Ctrl-C went to the job only; the shell acts as if it had got it too, and leaves its loops
        Sched.get().current().signal(Signal.INT);
      }
    }
  }

  private boolean awaitForeground(Job job) {
    while (!job.finished()) {
      if (job.stopped()) {
        makeCurrent(job);
        job.background = true;
        sh.status = 128 + Signal.TSTP;
        sh.say("");
        sh.say(describe(job, false));
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

  // --- telling

  /** Says that a foreground child died of a signal, as bash does for all but a few. */
  public void reportDeath(Task t, Object command) {
    reportDeath(t, command, false);
  }

  void reportDeath(Task t, Object command, boolean foreground) {
    int signal = t.deathSignal();
    if (foreground && signal == Signal.TERM) {
      sh.say(Signal.description(signal));
      return;
    }
    if (Pipelines.silent(signal)) {
      if (t.failure() != null) {
        sh.error(t.failure());
      }
      return;
    }
    if (t.failure() != null) {
      sh.error("internal error: " + t.failure());
      return;
    }
    String text = command instanceof dev.qanat.shell.syntax.Command c ? Printer.line(c) : t.title();
    reportDeath(signal, t.pid(), text);
  }

  /** Says that a process died of a signal, unless that is one of the few that pass in silence. */
  void reportDeath(int signal, int pid, String text) {
    if (Pipelines.silent(signal)) {
      return;
    }
    String reason = Signal.description(signal);
    if (sh.interactive || sh.traps.handlerOf(signal) != null) {
      sh.say(reason);
    } else {
      StringBuilder line = new StringBuilder(sh.errorPrefix());
      pad(line, String.valueOf(pid), 5);
      line.append(' ').append(reason).append(" ".repeat(Math.max(0, 24 - reason.length())));
      sh.say(line.append(text).toString());
    }
  }

  private static void pad(StringBuilder out, String text, int width) {
    for (int i = text.length(); i < width; i++) {
      out.append(' ');
    }
    out.append(text);
  }

  /** Tells the ends of background jobs before a prompt. */
  void notifyChanges() {
    for (Job j : new ArrayList<>(jobs)) {
      if (j.finished() && !j.told) {
        sh.say(describe(j, false));
        j.told = true;
        remove(j);
      } else if (j.stopped() && !j.stoppedTold) {
        sh.say(describe(j, false));
        j.stoppedTold = true;
      }
    }
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
    if (!j.finished() && !j.stopped() && j.background) {
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
    return j.stopped() ? "Stopped" : "Running";
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
