package dev.qanat.sched;

import java.util.ArrayList;
import java.util.List;

/**
 * One thread of control, which the shell shows as a process: it has a number, a parent, a process
 * group, dispositions for signals and an exit status. A task's death is its own: whatever ends it,
 * a return, an exception, a signal or a trap of the engine, {@link #finish} runs its exit actions
 * and opens its {@link #exited} gate.
 */
public final class Task {
  private final int pid;
  private final Runnable body;
  private final Gate exited;
  private final List<Runnable> exitActions = new ArrayList<>();
  private Task parent;
  private int group;
  private int niceness;
  private String title;
  private Budget budget;
  private Object attachment;
  private ResourceLimits limits = ResourceLimits.DEFAULT;

  long ranNanos; // how long it has had the thread, up to its last suspension
  private long processStart; // ranNanos when the process began that now runs in it
  private long childrenNanos; // of the processes that one has waited for
  private int programs; // on top of each other, each in the place of the one below

  long heldBytes; // of memory, by the running process
  private long cpuSignalled; // the second of the last SIGXCPU

  private int status;
  private int deathSignal;
  private String failure;
  private boolean finished;

  private long ignored; // bit n: signal n is ignored
  private long caught; // bit n: a handler of the task's owner waits for signal n
  private long pending;
  private int pendingForCommand; // a group signal that ends only the running command; 0 when none
  private boolean runsCommand;
  private boolean stopped;
  private int stopSignal = Signal.STOP;
  private boolean continued;

  boolean parked;
  Gate.Opener waitsFor; // while parked

  /** A slot for the platform's scheduler: what it needs to resume this task. */
  public Object platform;

  Task(int pid, Task parent, String title, Runnable body) {
    this.pid = pid;
    this.parent = parent;
    this.title = title;
    this.body = body;
    this.exited = new Gate();
    if (parent != null) {
      group = parent.group;
      niceness = parent.niceness;
      setBudget(parent.budget);
      ignored = parent.ignored;
      limits = parent.limits;
    } else {
      group = pid;
    }
  }

  public int pid() {
    return pid;
  }

  /** The task that started this one; null for a task the host started. */
  public Task parent() {
    return parent;
  }

  public int group() {
    return group;
  }

  public void setGroup(int group) {
    this.group = group;
  }

  /** From -20 to 19, inherited; kept for those who ask, since all tasks have the same turns. */
  public int niceness() {
    return niceness;
  }

  public void setNiceness(int n) {
    niceness = Math.max(-20, Math.min(19, n));
  }

  /** What {@code ps} shows as the command. */
  public String title() {
    return title;
  }

  public void setTitle(String title) {
    this.title = title;
  }

  /** What the owner of the task's code keeps with it; the shell that runs in it, or null. */
  public Object attachment() {
    return attachment;
  }

  public void attach(Object owner) {
    attachment = owner;
  }

  public Budget budget() {
    return budget;
  }

  public void setBudget(Budget budget) {
    if (this.budget != null) {
      this.budget.tasks--;
    }
    if (budget != null) {
      budget.tasks++;
    }
    this.budget = budget;
  }

  /** What it may use; its children inherit it. */
  public ResourceLimits limits() {
    return limits;
  }

  public void setLimits(ResourceLimits limits) {
    this.limits = limits;
  }

  /** The figures of a process that has another one run in its place for a while. */
  public static final class Usage {
    private final long start;
    private final long children;
    private final long before;
    private final long held;

    private Usage(long start, long children, long before, long held) {
      this.start = start;
      this.children = children;
      this.before = before;
      this.held = held;
    }
  }

  /** What runs from now on is a process of its own, whose time is counted apart. */
  public Usage beginProcess() {
    Usage outer = new Usage(processStart, childrenNanos, Sched.get().ranNanos(this), heldBytes);
    processStart = outer.before;
    childrenNanos = 0;
    cpuSignalled = 0;
    return outer;
  }

  /** That process is over: its time is among those of the outer one's children. */
  public void endProcess(Usage outer) {
    long ran = Sched.get().ranNanos(this);
    childrenNanos += outer.children + ran - processStart;
    processStart = outer.start + ran - outer.before;
    Memory.giveBack(heldBytes - outer.held);
    heldBytes = outer.held;
  }

  /** Nanoseconds the running process has had the thread, without its children. */
  public long cpuNanos() {
    return Sched.get().ranNanos(this) - processStart;
  }

  /** The same of its children that are over. */
  public long childrenCpuNanos() {
    return childrenNanos;
  }

  /** Sends SIGXCPU once a second from the soft limit on, SIGKILL at the hard one. */
  void checkCpu() {
    long seconds = cpuNanos() / 1_000_000_000L;
    if (seconds >= limits.hard(ResourceLimits.Resource.CPU)) {
      throw new Signalled(Signal.KILL, runsCommand, true);
    }
    if (seconds >= limits.soft(ResourceLimits.Resource.CPU) && seconds != cpuSignalled) {
      cpuSignalled = seconds;
      raise(Signal.XCPU);
    }
  }

  /**
   * A program takes the place of the one that runs (execve(2)), on the same stack. Returns how many
   * do now.
   */
  public int enterProgram() {
    return ++programs;
  }

  public void leaveProgram() {
    programs--;
  }

  /** Opens when the task is over. */
  public Gate exited() {
    return exited;
  }

  public boolean finished() {
    return finished;
  }

  /** 0 to 255 once finished; 128 + n when signal n ended it. */
  public int status() {
    return status;
  }

  /** Sets the status the task will have when it returns. */
  public void setStatus(int status) {
    this.status = status;
  }

  /** The signal that ended the task, or 0. */
  public int deathSignal() {
    return deathSignal;
  }

  /** What went wrong inside the engine, when that ended the task; else null. */
  public String failure() {
    return failure;
  }

  /** Registers an action for the task's end, run last registered first, whatever the end is. */
  public void onExit(Runnable action) {
    exitActions.add(action);
  }

  /** The platform calls this on the new thread of control. */
  public void run() {
    String wrong = null;
    try {
      deliver();
      body.run();
    } catch (Signalled e) {
      status = e.status();
      deathSignal = e.signal();
    } catch (Budget.Exhausted e) {
      status = 128 + Signal.KILL;
      deathSignal = Signal.KILL;
    } catch (Throwable e) {
      wrong = describe(e);
    }
    finish(wrong);
  }

  /**
   * Ends the task. The platform calls it itself, in a new task, for one that died of a trap or a
   * stack overflow, which no Java code can catch.
   */
  public void finish(String wrong) {
    if (finished) {
      return;
    }
    if (wrong != null) {
      failure = wrong;
      status = 128 + Signal.SEGV;
      deathSignal = Signal.SEGV;
    }
    while (!exitActions.isEmpty()) {
      // taken off first: one that traps is not met again when the platform calls this once more
      Runnable action = exitActions.remove(exitActions.size() - 1);
      try {
        action.run();
      } catch (Signalled | Budget.Exhausted e) {
        // a second signal during clean-up must not keep the rest from being released
      } catch (Throwable e) {
        if (failure == null) {
          failure = describe(e);
        }
      }
    }
    finished = true;
    if (budget != null) {
      budget.tasks--;
    }
    Memory.giveBack(heldBytes);
    if (parent != null) {
      parent.childrenNanos += cpuNanos() + childrenNanos;
    }
    Sched.get().ended(this);
    exited.open();
    Sched.get().breakDeadlocks();
  }

  private static String describe(Throwable e) {
    String m = e.getMessage();
    String name = e.getClass().getName(); // null in TeaVM for exceptions the engine itself throws
    name = name == null ? "internal error" : name.substring(name.lastIndexOf('.') + 1);
    return m == null ? name : name + ": " + m;
  }

  /** What a task does with a signal. */
  public enum Disposition {
    DEFAULT,
    IGNORE,
    /** The owner takes it with {@link #takeCaught} when it is ready to. */
    CATCH
  }

  public Disposition disposition(int signal) {
    long bit = 1L << signal;
    return (ignored & bit) != 0
        ? Disposition.IGNORE
        : (caught & bit) != 0 ? Disposition.CATCH : Disposition.DEFAULT;
  }

  /** KILL and STOP keep their default, as sigaction(2) says. */
  public void setDisposition(int signal, Disposition d) {
    if (signal == Signal.KILL || signal == Signal.STOP) {
      return;
    }
    long bit = 1L << signal;
    ignored = d == Disposition.IGNORE ? ignored | bit : ignored & ~bit;
    caught = d == Disposition.CATCH ? caught | bit : caught & ~bit;
  }

  /**
   * Says whether the task runs a command in its own thread. Such a command dies of a signal to the
   * process group that its shell catches, as the child process would.
   */
  public boolean setRunsCommand(boolean runs) {
    boolean before = runsCommand;
    runsCommand = runs;
    return before;
  }

  /** Whether the task runs a command in its own thread just now. */
  public boolean runsCommand() {
    return runsCommand;
  }

  /** Sends a signal. It takes effect at the task's next checkpoint or when it next waits. */
  public void signal(int signal) {
    if (finished || signal <= 0 || signal >= Signal.COUNT) {
      return;
    }
    if (signal == Signal.CONT || signal == Signal.KILL) {
      if (stopped) {
        stopped = false;
        continued = true;
        Sched.get().changed(this);
      }
      pending &= ~(1L << Signal.STOP | 1L << Signal.TSTP | 1L << Signal.TTIN | 1L << Signal.TTOU);
    }
    long bit = 1L << signal;
    if ((ignored & bit) != 0 || ((caught & bit) == 0 && Signal.ignoredByDefault(signal))) {
      Sched.get().wake(this);
      return;
    }
    pending |= bit;
    Sched.get().wake(this);
  }

  /** Sends a signal that came to the whole process group, such as Ctrl-C. */
  public void signalAsGroupMember(int signal) {
    if (runsCommand && (caught & 1L << signal) != 0) {
      pendingForCommand = signal;
    }
    signal(signal);
  }

  /**
   * A signal the running task brings on itself, such as SIGPIPE on a write: returns when it is
   * ignored or caught, and unwinds the command or the task otherwise.
   */
  public void raise(int signal) {
    long bit = 1L << signal;
    if ((ignored & bit) != 0) {
      return;
    }
    if ((caught & bit) != 0 && !runsCommand) {
      pending |= bit;
      return;
    }
    throw new Signalled(signal, runsCommand, true);
  }

  /** The lowest caught signal that has arrived, taken; 0 when none. */
  public int takeCaught() {
    long arrived = pending & caught;
    if (arrived == 0) {
      return 0;
    }
    int signal = Long.numberOfTrailingZeros(arrived);
    pending &= ~(1L << signal);
    return signal;
  }

  public boolean hasCaught() {
    return (pending & caught) != 0;
  }

  /** True while a stop signal holds the task. */
  public boolean stopped() {
    return stopped;
  }

  /** The signal that last stopped the task. */
  public int stopSignal() {
    return stopSignal;
  }

  /** True once after the task was continued. */
  public boolean takeContinued() {
    boolean was = continued;
    continued = false;
    return was;
  }

  /** Whether a signal other than SIGKILL has arrived that ends the task when it is delivered. */
  public boolean isDoomed() {
    long now = pending & ~caught;
    boolean doomed = false;
    while (now != 0) {
      int signal = Long.numberOfTrailingZeros(now);
      now &= now - 1;
      if (signal == Signal.KILL) {
        return false;
      }
      doomed |= !Signal.stopsByDefault(signal) && !Signal.ignoredByDefault(signal);
    }
    return doomed;
  }

  /** Acts on what has arrived: throws when it ends the task, holds the task while it is stopped. */
  void deliver() {
    if (budget != null && budget.reason() != null) {
      throw new Budget.Exhausted(budget.reason());
    }
    if (pendingForCommand != 0) {
      int signal = pendingForCommand;
      pendingForCommand = 0;
      if (runsCommand) {
        throw new Signalled(signal, true);
      }
    }
    long now = pending & ~caught;
    while (now != 0) {
      int signal = Long.numberOfTrailingZeros(now);
      pending &= ~(1L << signal);
      if ((ignored & 1L << signal) == 0 && !Signal.ignoredByDefault(signal)) {
        if (Signal.stopsByDefault(signal)) {
          hold(signal);
        } else {
          throw new Signalled(signal, false);
        }
      }
      now = pending & ~caught;
    }
  }

  private void hold(int signal) {
    stopped = true;
    stopSignal = signal;
    Sched.get().changed(this);
    while (stopped) {
      // only another task can send SIGCONT; at a terminal that is the shell, which waits for a user
      Sched.get().parkCurrent(Gate.Opener.TASK);
    }
  }
}
