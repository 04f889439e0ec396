package dev.qanat.shell.interp;

import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;

/**
 * What became of each process of a pipeline, a line each, as a script is told when a signal has
 * ended one of them:
 *
 * <pre>
 *  4711 Done                    cat f
 *       4712 Hangup                  | sort
 * </pre>
 */
final class PipelineStatus {
  private static final int STATE_WIDTH = 24;

  private PipelineStatus() {}

  /**
   * The lines.
   *
   * @param tasks of all stages, or of all but the last, which then ran in the shell itself
   * @param stages the commands as they are printed
   */
  static String lines(Shell sh, Task[] tasks, String[] stages) {
    StringBuilder out = new StringBuilder();
    String first = null;
    for (int i = 0; i < stages.length; i++) {
      Task t = i < tasks.length ? tasks[i] : null;
      String state = state(t == null ? 0 : t.deathSignal(), t == null ? sh.status : t.status());
      if (i > 0) {
        out.append("\n     ");
      }
      String pid = String.valueOf(t == null ? sh.ownPid() : t.pid());
      out.append(" ".repeat(Math.max(0, 5 - pid.length()))).append(pid).append(' ');
      if (i == 0) {
        first = state;
      } else if (state.equals(first)) {
        state = ""; // it is told once
      }
      int width = state.isEmpty() ? STATE_WIDTH - 2 : STATE_WIDTH;
      out.append(state).append(" ".repeat(Math.max(0, width - state.length())));
      out.append(i > 0 ? "| " : "").append(stages[i]);
    }
    return out.toString();
  }

  private static String state(int deathSignal, int status) {
    if (deathSignal != 0) {
      return Signal.description(deathSignal);
    }
    return status == 0 ? "Done" : "Exit " + status;
  }
}
