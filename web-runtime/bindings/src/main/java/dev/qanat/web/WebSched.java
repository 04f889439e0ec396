package dev.qanat.web;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import java.util.Arrays;
import org.teavm.classlib.PlatformDetector;
import org.teavm.interop.Async;
import org.teavm.interop.AsyncCallback;
import org.teavm.interop.Export;
import org.teavm.interop.Import;
import org.teavm.jso.core.JSString;

/**
 * The scheduler in a browser. In the WebAssembly build a task is a JSPI stack: it starts through
 * {@code WebAssembly.promising} and parks in a {@code WebAssembly.Suspending} import. In the
 * JavaScript build it is a TeaVM coroutine. TeaVM folds the calls to {@code PlatformDetector}
 * before it decides what is reachable, so each build holds only its own half.
 *
 * <p>A task that dies of a trap or a stack overflow, which no Java code can catch, rejects its
 * promise; the host then calls {@link #bury} so that its exit actions run and its exit gate opens.
 */
public final class WebSched extends Sched {
  private static WebSched instance;

  private final Host host;

  private WebSched(Host host) {
    this.host = host;
  }

  /** Makes this the scheduler of the engine. Called once, before any task starts. */
  public static void install(Host host) {
    instance = new WebSched(host);
    Sched.install(instance);
  }

  /** The host the engine was started with. */
  public static Host host() {
    return instance.host;
  }

  @Override
  protected void start(Task task) {
    if (PlatformDetector.isWebAssemblyGC()) {
      int stack = Stacks.take(task);
      task.platform = stack;
      startStack(stack, task.group());
    } else {
      Coroutine.start(task, task::run);
    }
  }

  @Override
  protected void park(Task task) {
    setCurrent(null);
    if (PlatformDetector.isWebAssemblyGC()) {
      parkStack((Integer) task.platform);
    } else {
      parkCoroutine((Coroutine) task.platform);
    }
  }

  @Override
  protected void unpark(Task task) {
    if (PlatformDetector.isWebAssemblyGC()) {
      resumeStack((Integer) task.platform, task.group());
    } else {
      Coroutine c = (Coroutine) task.platform;
      host.soon(task.group(), () -> c.resume());
    }
  }

  @Override
  protected void giveWay(Task task) {
    setCurrent(null);
    if (PlatformDetector.isWebAssemblyGC()) {
      turn(task.group());
    } else {
      Coroutine c = (Coroutine) task.platform;
      host.later(task.group(), () -> c.resume());
      parkCoroutine(c);
    }
  }

  @Override
  public void onFreshStack(Runnable body) {
    Task me = current();
    Continuation c = new Continuation(me, body);
    setCurrent(null);
    if (PlatformDetector.isWebAssemblyGC()) {
      continueStack(Continuation.keep(c));
    } else {
      Coroutine below = (Coroutine) me.platform;
      Coroutine.start(
          me,
          () -> {
            c.run();
            me.platform = below;
            host.soon(me.group(), () -> below.resume());
          });
      parkCoroutine(below);
    }
    setCurrent(me);
    c.rethrow();
  }

  /** What a task goes on with on a further stack, and how that ended. */
  private static final class Continuation {
    private static Continuation[] waiting = new Continuation[16];
    private static int count;

    private final Task task;
    private final Runnable body;
    private Throwable error;

    Continuation(Task task, Runnable body) {
      this.task = task;
      this.body = body;
    }

    static int keep(Continuation c) {
      if (count == waiting.length) {
        waiting = Arrays.copyOf(waiting, count * 2);
      }
      int free = 0;
      while (waiting[free] != null) {
        free++;
      }
      waiting[free] = c;
      count++;
      return free;
    }

    static Continuation take(int number) {
      Continuation c = waiting[number];
      waiting[number] = null;
      count--;
      return c;
    }

    void run() {
      instance.setCurrent(task);
      try {
        body.run();
      } catch (Throwable e) {
        error = e;
      }
      instance.setCurrent(null);
    }

    void rethrow() {
      if (error instanceof RuntimeException e) {
        throw e;
      }
      if (error instanceof Error e) {
        throw e;
      }
    }
  }

  @Override
  protected void after(long millis, Runnable action) {
    host.after(
        millis,
        () -> {
          setCurrent(null);
          action.run();
        });
  }

  @Override
  public long nanoTime() {
    return (long) ((PlatformDetector.isWebAssemblyGC() ? now() : host.monotonicMillis()) * 1e6);
  }

  @Override
  public long realTimeNanos() {
    double millis = host.wallMillis();
    long whole = (long) millis;
    // a double cannot hold nanoseconds since 1970
    return whole * 1_000_000L + (long) ((millis - whole) * 1e6);
  }

  // unknown to TeaVM's analysis, which would then drop the tasks' code

  @Import(module = "sched", name = "start")
  private static native void startStack(int stack, int group);

  @Import(module = "sched", name = "park")
  private static native void parkStack(int stack);

  @Import(module = "sched", name = "resume")
  private static native void resumeStack(int stack, int group);

  @Import(module = "sched", name = "deeper")
  private static native void continueStack(int continuation);

  @Import(module = "sched", name = "turn")
  private static native void turn(int group);

  @Import(module = "sched", name = "now")
  private static native double now(); // the host's, without TeaVM's wrapping: asked for often

  @Import(module = "sched", name = "reason")
  private static native JSString reasonOfDeath();

  /** The host runs a task from its start to its end in this call. Not for Java code. */
  @Export(name = "sched.run")
  public static void runStack(int stack) {
    Task task = Stacks.task(stack);
    instance.setCurrent(task);
    task.run();
    instance.setCurrent(null);
    Stacks.free(stack);
  }

  /** The host runs a task's continuation on a further stack. Not for Java code. */
  @Export(name = "sched.deeper")
  public static void runContinuation(int number) {
    Continuation.take(number).run();
  }

  /** The host ends a task whose stack has died. Not for Java code. */
  @Export(name = "sched.bury")
  public static void bury(int stack) {
    Task task = Stacks.task(stack);
    instance.setCurrent(task);
    task.finish(reasonOfDeath().stringValue());
    instance.setCurrent(null);
    Stacks.free(stack);
  }

  /** The tasks by the number of their stack. */
  private static final class Stacks {
    private static Task[] tasks = new Task[64];
    private static int[] free = new int[64];
    private static int freeCount;
    private static int used;

    static int take(Task task) {
      int stack;
      if (freeCount > 0) {
        stack = free[--freeCount];
      } else {
        if (used == tasks.length) {
          tasks = Arrays.copyOf(tasks, used * 2);
          free = Arrays.copyOf(free, used * 2);
        }
        stack = used++;
      }
      tasks[stack] = task;
      return stack;
    }

    static Task task(int stack) {
      return tasks[stack];
    }

    static void free(int stack) {
      tasks[stack] = null;
      free[freeCount++] = stack;
    }
  }

  @Async
  private static native void parkCoroutine(Coroutine coroutine);

  private static void parkCoroutine(Coroutine coroutine, AsyncCallback<Void> callback) {
    coroutine.parked(callback);
  }

  /**
   * The thread of control of a task in the JavaScript build, and where it waits. TeaVM starts one
   * with a timer, which costs a millisecond and more, so those whose task is over are kept for the
   * next one.
   */
  private static final class Coroutine {
    private static final int MAX_IDLE = 64;
    private static final Coroutine[] idle = new Coroutine[MAX_IDLE];
    private static int idleCount;

    private Task task;
    private Runnable body;
    private AsyncCallback<Void> callback;
    private boolean resumed; // before it had parked: the wake-up must not be lost

    static void start(Task task, Runnable body) {
      boolean reused = idleCount > 0;
      Coroutine c = reused ? idle[--idleCount] : new Coroutine();
      c.task = task;
      c.body = body;
      task.platform = c;
      if (reused) {
        instance.host.soon(task.group(), () -> c.resume());
      } else {
        new Thread(() -> c.run()).start();
      }
    }

    private void run() {
      while (true) {
        instance.setCurrent(task);
        body.run();
        instance.setCurrent(null);
        task = null;
        body = null;
        if (idleCount == MAX_IDLE) {
          return;
        }
        idle[idleCount++] = this;
        parkCoroutine(this);
      }
    }

    void parked(AsyncCallback<Void> c) {
      if (resumed) {
        resumed = false;
        c.complete(null);
      } else {
        callback = c;
      }
    }

    void resume() {
      AsyncCallback<Void> c = callback;
      if (c == null) {
        resumed = true;
      } else {
        callback = null;
        c.complete(null);
      }
    }
  }
}
