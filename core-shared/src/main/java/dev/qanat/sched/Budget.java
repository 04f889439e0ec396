package dev.qanat.sched;

/**
 * What one execution may spend: steps and time. Shared by all tasks of the execution. When it is
 * spent each of them ends with {@link Exhausted} at its next checkpoint.
 */
public final class Budget {
  private long stepsLeft;
  private final long maxSteps;
  private String reason;
  private Task keeper;
  int tasks; // that are not over

  /** {@code maxSteps} 0 means no limit. */
  public Budget(long maxSteps) {
    this.maxSteps = maxSteps;
    this.stepsLeft = maxSteps;
  }

  void spend(int steps) {
    if (maxSteps > 0 && (stepsLeft -= steps) < 0 && reason == null) {
      reason = "step limit of " + maxSteps + " reached (raise limits.steps to allow more)";
    }
  }

  /** Ends the execution for the given reason, which goes to its standard error. */
  public void cancel(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  /** How many of the execution's tasks are not over. */
  public int tasks() {
    return tasks;
  }

  /** The task to be spared when the execution has too many: an interactive shell. */
  public void setKeeper(Task task) {
    keeper = task;
  }

  Task keeper() {
    return keeper;
  }

  /** Why the execution was ended, or null while it may go on. */
  public String reason() {
    return reason;
  }

  /** Thrown in a task of an execution that was ended from outside or has spent its budget. */
  public static final class Exhausted extends RuntimeException {
    Exhausted(String reason) {
      super(reason, null, false, false);
    }
  }
}
