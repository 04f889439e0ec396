package dev.qanat.sched;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scheduler: knows every task, decides which one runs, and gives way to the world outside.
 *
 * <p>A platform supplies six things: starting a task, parking and unparking one, giving way for one
 * turn of the host's event loop, a timer, and the clock. On WebAssembly these stand on JSPI, in
 * JavaScript on TeaVM's coroutines, on the JVM on threads that pass one baton.
 */
public abstract class Sched {
  private static final int FIRST_PID = 100;

  /** Longest time a task keeps the thread to itself, in nanoseconds. */
  private static final long SLICE_NANOS = 8_000_000L;

  /** Steps between two looks at the clock, at the most; adapts to what a step costs. */
  private static final int MAX_FUEL = 4096;

  private static Sched instance;
  private static int fuel;

  private final Map<Integer, Task> tasks = new LinkedHashMap<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private Task current;
  private int nextPid = FIRST_PID;
  private int maxTasks = 10_000;
  private int quiet; // tasks that wait for another task, or for a user
  private int granted;
  private long sliceStart;
  private long runStart; // when the running task got the thread
  private long lastLook;

  public static void install(Sched sched) {
    instance = sched;
  }

  public static Sched get() {
    return instance;
  }

  /** Runs {@link Task#run} on a new thread of control, now or soon. */
  protected abstract void start(Task task);

  /** Suspends the running task until {@link #unpark}. */
  protected abstract void park(Task task);

  /** Resumes a parked task, later than now. Called once for each {@link #park}. */
  protected abstract void unpark(Task task);

  /** Lets the host's event loop turn once: messages, timers, frames. Suspends the running task. */
  protected abstract void giveWay(Task task);

  /** Runs the action after some milliseconds, outside of any task. */
  protected abstract void after(long millis, Runnable action);

  /** A clock for durations, in nanoseconds. */
  public abstract long nanoTime();

  /** The wall clock: nanoseconds since 1970-01-01T00:00Z. */
  public abstract long realTimeNanos();

  /**
   * Starts a task, a child of the running one, whose group, budget and ignored signals it inherits.
   * It may run at once, up to its first suspension.
   *
   * @throws TooManyTasks when the limit of tasks is reached, as fork's EAGAIN
   */
  public Task spawn(String title, Runnable body) {
    return spawn(title, body, null);
  }

  /** As {@link #spawn(String, Runnable)}; {@code prepare} sees the task before it first runs. */
  public Task spawn(String title, Runnable body, java.util.function.Consumer<Task> prepare) {
    // what the host asks for must work in a crowd too
    if (current != null && current.budget() != null) {
      long allowed = current.limits().soft(ResourceLimits.Resource.PROCESSES);
      if (tasks.size() >= maxTasks) {
        endLargest();
        throw new TooManyTasks(maxTasks);
      }
      if (allowed < maxTasks && processes() >= allowed) {
        throw new TooManyTasks(allowed);
      }
    }
    Task parent = current;
    Task task = new Task(nextPid(), parent, title, body);
    tasks.put(task.pid(), task);
    if (prepare != null) {
      prepare.accept(task);
    }
    start(task);
    setCurrent(parent);
    return task;
  }

  /** There are too many tasks: ends the execution that has most of them. */
  private void endLargest() {
    Budget largest = null;
    for (Task t : tasks.values()) {
      Budget b = t.budget();
      if (b != null && (largest == null || b.tasks() > largest.tasks())) {
        largest = b;
      }
    }
    if (largest.keeper() == null) {
      end(largest, "limit of " + maxTasks + " tasks reached (raise limits.tasks to allow more)");
      return;
    }
    for (Task t : tasks()) {
      if (t.budget() == largest && t != largest.keeper()) {
        t.signal(Signal.KILL);
      }
    }
  }

  /** Ends all tasks of an execution for the given reason. They see it when they next run. */
  public void end(Budget budget, String reason) {
    budget.cancel(reason);
    for (Task t : tasks()) {
      if (t.budget() == budget) {
        wake(t);
      }
    }
  }

  /** How many tasks belong to executions. */
  private int processes() {
    int n = 0;
    for (Task t : tasks.values()) {
      n += t.budget() != null ? 1 : 0;
    }
    return n;
  }

  /** The number the next task, or a process that is only thought of, will have. */
  public int nextPid() {
    int pid = nextPid++;
    if (nextPid > 4_194_304) {
      nextPid = FIRST_PID;
    }
    return tasks.containsKey(pid) ? nextPid() : pid;
  }

  /** The running task; null when the host runs outside of any. */
  public Task current() {
    return current;
  }

  /** The platform says which task the host's thread now runs. */
  protected void setCurrent(Task task) {
    long now = nanoTime();
    if (current != null) {
      current.ranNanos += now - runStart;
    }
    current = task;
    runStart = now;
  }

  /** How long a task has had the thread. */
  long ranNanos(Task task) {
    return task == current ? task.ranNanos + nanoTime() - runStart : task.ranNanos;
  }

  /** The task with that number, or null when there is none or it is over. */
  public Task task(int pid) {
    return tasks.get(pid);
  }

  /** All tasks that are not over, oldest first. */
  public Collection<Task> tasks() {
    return new ArrayList<>(tasks.values());
  }

  /**
   * How many tasks there may be before those of an execution, which have a budget, start no more.
   */
  public void setMaxTasks(int max) {
    maxTasks = max;
  }

  public int maxTasks() {
    return maxTasks;
  }

  /** Sends a signal to every task of a process group; false when there is none. */
  public boolean signalGroup(int group, int signal) {
    boolean found = false;
    for (Task t : tasks()) {
      if (t.group() == group) {
        found = true;
        t.signalAsGroupMember(signal);
      }
    }
    return found;
  }

  void ended(Task task) {
    tasks.remove(task.pid());
    changed(task);
  }

  /** Calls the action whenever a task ends, stops or goes on. Remove it with {@link #unwatch}. */
  public void watch(Runnable action) {
    watchers.add(action);
  }

  public void unwatch(Runnable action) {
    watchers.remove(action);
  }

  void changed(Task task) {
    for (Runnable w : new ArrayList<>(watchers)) {
      w.run();
    }
  }

  /**
   * Runs the body to its end as part of the running task, on a stack of its own where the
   * platform's stacks are short. For recursion whose depth the user decides: calling this every few
   * dozen levels leaves only memory to bound it. May suspend.
   */
  public void onFreshStack(Runnable body) {
    body.run();
  }

  void parkCurrent(Gate.Opener opener) {
    Task me = current;
    if (me == null) {
      throw new IllegalStateException("only a task can wait");
    }
    me.deliver();
    me.parked = true;
    me.waitsFor = opener;
    quiet += opener == Gate.Opener.WORLD ? 0 : 1;
    breakDeadlocks();
    if (me.parked) {
      park(me);
      setCurrent(me);
      sliceStart = runStart;
    }
    me.deliver();
  }

  /**
   * Ends the executions whose tasks all wait for each other. When nothing runs and nothing outside
   * is awaited, only a user could still move something: an execution with no task at a terminal
   * will never go on.
   */
  void breakDeadlocks() {
    if (quiet < tasks.size()) {
      return;
    }
    List<Budget> alive = new ArrayList<>();
    List<Budget> stuck = new ArrayList<>();
    for (Task t : tasks.values()) {
      if (t.budget() != null) {
        (t.waitsFor == Gate.Opener.USER ? alive : stuck).add(t.budget());
      }
    }
    stuck.removeAll(alive);
    for (Budget b : stuck) {
      end(b, "deadlock: every task of this execution waits for another one");
    }
  }

  void wake(Task task) {
    if (task.parked) {
      task.parked = false;
      quiet -= task.waitsFor == Gate.Opener.WORLD ? 0 : 1;
      if (task != current) { // else it was only about to park
        unpark(task);
      }
    } else if (task == current) {
      fuel = 0;
    }
  }

  /**
   * To be passed on every turn of a loop and for every chunk of data. Counts a step, acts on
   * signals and budgets, and every few milliseconds lets the host and the other tasks run. Costs a
   * decrement otherwise. May suspend.
   */
  public static void checkpoint() {
    if (--fuel < 0) {
      instance.look();
    }
  }

  private void look() {
    Task me = current;
    if (me == null) {
      fuel = MAX_FUEL;
      return;
    }
    long now = nanoTime();
    if (me.budget() != null) {
      me.budget().spend(granted - fuel);
    }
    me.deliver();
    if (me.limits().soft(ResourceLimits.Resource.CPU) != ResourceLimits.UNLIMITED) {
      me.checkCpu();
    }
    // aim at one look a millisecond
    long spent = now - lastLook;
    if (spent > 2_000_000L) {
      granted = Math.max(1, granted >> 1);
    } else if (spent < 500_000L) {
      granted = Math.min(MAX_FUEL, granted * 2 + 1);
    }
    if (now - sliceStart > SLICE_NANOS) {
      giveWay(me);
      setCurrent(me);
      now = runStart;
      sliceStart = now;
      me.deliver();
    }
    lastLook = now;
    fuel = granted;
  }

  /** Lets every other runnable task and the host have a turn. May suspend. */
  public void yieldNow() {
    Task me = current;
    giveWay(me);
    setCurrent(me);
    sliceStart = runStart;
    me.deliver();
  }

  /** A gate that opens by itself after some milliseconds. */
  public Gate timer(long millis) {
    Gate gate = Gate.external();
    after(millis, gate::open);
    return gate;
  }

  /** Suspends the running task. A signal that ends it ends the sleep. */
  public void sleep(long millis) {
    timer(millis).await();
  }

  /** Thrown by {@link #spawn} at the limit of tasks; fork(2)'s EAGAIN. */
  public static final class TooManyTasks extends RuntimeException {
    TooManyTasks(long max) {
      super("Resource temporarily unavailable (limit of " + max + " tasks)", null, false, false);
    }
  }
}
