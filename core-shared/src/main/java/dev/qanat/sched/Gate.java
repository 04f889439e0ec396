package dev.qanat.sched;

/**
 * A one-shot rendezvous: tasks wait until somebody opens it. One that is open already does not
 * suspend at all. Every pipe, job, timer and request stands on this class.
 */
public final class Gate {
  private boolean open;
  private Object value;
  private RuntimeException error;
  private Task waiter;
  private Gate next; // further waiters, each on a gate of its own
  private final Opener opener;

  /** Who will open a gate: what tells a wait from a deadlock. */
  enum Opener {
    TASK,
    WORLD,
    USER
  }

  /** A gate that another task opens. */
  public Gate() {
    this(Opener.TASK);
  }

  private Gate(Opener opener) {
    this.opener = opener;
  }

  /** A gate that the world outside opens before long: a timer, the network, the host. */
  public static Gate external() {
    return new Gate(Opener.WORLD);
  }

  /** A gate that a user opens, perhaps never. */
  public static Gate user() {
    return new Gate(Opener.USER);
  }

  public boolean isOpen() {
    return open;
  }

  /**
   * Waits until the gate is open and returns its value, or throws its error. May suspend. A signal
   * that ends the task ends the wait with {@link Signalled}; a caught one does not.
   */
  public Object await() {
    while (!open) {
      suspend();
    }
    return result();
  }

  /** As {@link #await}, but also returns, with false, when a caught signal has arrived. */
  public boolean awaitInterruptibly() {
    Task me = Sched.get().current();
    while (!open) {
      if (me.hasCaught()) {
        return false;
      }
      suspend();
    }
    result();
    return true;
  }

  private Object result() {
    if (error != null) {
      throw error;
    }
    return value;
  }

  private void suspend() {
    Sched sched = Sched.get();
    Task me = sched.current();
    if (waiter != null && waiter != me) {
      Gate mine = new Gate(opener);
      mine.next = next;
      next = mine;
      try {
        mine.suspendOnce(sched, me);
      } finally {
        unlink(mine);
      }
      return;
    }
    suspendOnce(sched, me);
  }

  private void suspendOnce(Sched sched, Task me) {
    waiter = me;
    try {
      sched.parkCurrent(opener);
    } finally {
      waiter = null;
    }
  }

  private void unlink(Gate gone) {
    for (Gate g = this; g != null; g = g.next) {
      if (g.next == gone) {
        g.next = gone.next;
        return;
      }
    }
  }

  /** Opens the gate. Opening it again does nothing. */
  public void open() {
    open(null);
  }

  public void open(Object result) {
    if (!open) {
      value = result;
      settle();
    }
  }

  /** Opens the gate so that each waiter's {@link #await} throws the error. */
  public void fail(RuntimeException cause) {
    if (!open) {
      error = cause;
      settle();
    }
  }

  private void settle() {
    for (Gate g = this; g != null; g = g.next) {
      g.open = true;
      if (g.waiter != null) {
        Sched.get().wake(g.waiter);
      }
    }
  }
}
