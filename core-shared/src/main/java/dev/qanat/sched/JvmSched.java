package dev.qanat.sched;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The scheduler on the JVM, for tests and tools: a thread for each task and one baton, so that only
 * one runs and the interleaving is the browser's. Not for the product, which never reaches it.
 */
public final class JvmSched extends Sched {
  private static final long STACK_BYTES = 64L << 20;

  private final Semaphore baton = new Semaphore(1, true);

  /** Threads outside that wait for tasks to be over; used with the baton held. */
  private final Map<Task, CountDownLatch> callers = new HashMap<>();

  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "timers", 0));

  @Override
  protected void start(Task task) {
    task.platform = new Semaphore(0);
    daemon(
            () -> {
              baton.acquireUninterruptibly();
              setCurrent(task);
              try {
                task.run();
              } finally {
                setCurrent(null);
                CountDownLatch caller = callers.remove(task);
                baton.release();
                if (caller != null) {
                  caller.countDown();
                }
              }
            },
            "task " + task.pid(),
            STACK_BYTES)
        .start();
  }

  @Override
  protected void park(Task task) {
    setCurrent(null);
    baton.release();
    ((Semaphore) task.platform).acquireUninterruptibly();
    baton.acquireUninterruptibly();
    setCurrent(task);
  }

  @Override
  protected void unpark(Task task) {
    ((Semaphore) task.platform).release();
  }

  @Override
  protected void giveWay(Task task) {
    setCurrent(null);
    baton.release();
    Thread.yield();
    baton.acquireUninterruptibly();
    setCurrent(task);
  }

  @Override
  protected void after(long millis, Runnable action) {
    timers.schedule(() -> outside(action), millis, TimeUnit.MILLISECONDS);
  }

  /** Runs an action that comes from outside of any task, such as a user's keystroke. */
  public void outside(Runnable action) {
    baton.acquireUninterruptibly();
    try {
      setCurrent(null);
      action.run();
    } finally {
      baton.release();
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public long realTimeNanos() {
    java.time.Instant now = java.time.Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /**
   * Runs the body as a task and waits until that is over, for its result. Called by a thread that
   * is no task, which may install another scheduler afterwards.
   */
  public <T> T call(Callable<T> body) {
    Object[] result = new Object[1];
    Throwable[] error = new Throwable[1];
    CountDownLatch done = new CountDownLatch(1);
    outside(
        () ->
            callers.put(
                spawn(
                    "main",
                    () -> {
                      try {
                        result[0] = body.call();
                      } catch (Throwable e) {
                        error[0] = e;
                      }
                    }),
                done));
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (error[0] instanceof RuntimeException e) {
      throw e;
    }
    if (error[0] instanceof Error e) {
      throw e;
    }
    if (error[0] != null) {
      throw new IllegalStateException(error[0]);
    }
    @SuppressWarnings("unchecked")
    T value = (T) result[0];
    return value;
  }

  private static Thread daemon(Runnable body, String name, long stack) {
    Thread t = new Thread(null, body, name, stack);
    t.setDaemon(true);
    return t;
  }
}
