package dev.qanat.workspace;

import dev.qanat.command.Output;
import dev.qanat.sched.Budget;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.SessionShell;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A shell that lives on between scripts: working directory, variables, functions and jobs stay. One
 * script runs at a time; a second {@link #start} waits for the first.
 */
public final class Session {
  private final SessionShell shell;
  private final List<Budget> budgets = new ArrayList<>(); // of executions with tasks left
  private Task running;

  Session(Workspace workspace, Map<String, String> environment, String home) {
    shell = new SessionShell(workspace.machine(), workspace.files(home, 022), environment, home);
  }

  /** What one execution may be given; null fields keep what the session has. */
  public static final class Options {
    /** Where it runs; the session is back where it was afterwards. */
    public String cwd;

    /** Variables exported for this execution only. */
    public Map<String, String> env;

    /** What it may spend; null for no limit. */
    public Budget budget;

    /** Told of the task when it is over and has released everything. Must not suspend. */
    public Consumer<Task> whenOver;
  }

  /** A running script. */
  public static final class Execution {
    private final Task task;
    private final Budget budget;

    Execution(Task task, Budget budget) {
      this.task = task;
      this.budget = budget;
    }

    public Task task() {
      return task;
    }

    /** Waits for its end and returns the exit status. May suspend. */
    public int await() {
      task.exited().await();
      return task.status();
    }

    /** Ends it and everything it started, with a reason for its standard error. */
    public void cancel(String reason) {
      Sched.get().end(budget, reason);
    }

    /** Sends a signal to the script and what runs in its foreground, as a terminal would. */
    public void signal(int signal) {
      Sched.get().signalGroup(task.group(), signal);
    }
  }

  /**
   * Starts a script in a task of its own and returns at once. The files are retained for the run.
   * Callable from any task and from the host.
   */
  public Execution start(
      String script, OpenFile stdin, OpenFile stdout, OpenFile stderr, Options options) {
    Budget budget = options.budget != null ? options.budget : new Budget(0);
    Task before = running != null && !running.finished() ? running : null;
    stdin.retain();
    stdout.retain();
    stderr.retain();
    Task task =
        Sched.get()
            .spawn(
                "bash",
                () -> {
                  if (before != null) {
                    before.exited().await();
                  }
                  int status = shell.run(script, stdin, stdout, stderr, options.cwd, options.env);
                  Sched.get().current().setStatus(status);
                },
                t -> {
                  t.setBudget(budget);
                  t.setGroup(t.pid());
                  if (options.whenOver != null) {
                    t.onExit(() -> options.whenOver.accept(t)); // registered first: run last
                  }
                  t.onExit(
                      () -> {
                        t.setBudget(null); // what follows must not be stopped again
                        if (budget.reason() != null) {
                          say(stderr, "bash: " + budget.reason());
                        }
                        shell.afterRun();
                        release(stdin);
                        release(stdout);
                        release(stderr);
                      });
                });
    running = task;
    budgets.removeIf(b -> b.tasks() == 0);
    budgets.add(budget);
    return new Execution(task, budget);
  }

  /** Runs a script to its end and returns the exit status. May suspend. */
  public int execute(
      String script, OpenFile stdin, OpenFile stdout, OpenFile stderr, Options options) {
    return start(script, stdin, stdout, stderr, options).await();
  }

  /** The working directory. */
  public String cwd() {
    return shell.cwd();
  }

  private static void say(OpenFile stderr, String text) {
    try {
      Output out = new Output(stderr);
      out.line(text);
      out.flush();
    } catch (Output.WriteError | VfsException e) {
      // nobody listens
    }
  }

  private static void release(OpenFile f) {
    try {
      f.release();
    } catch (VfsException e) {
      // its last write could not be kept; the status is already decided
    }
  }

  /** Ends what runs, jobs in the background included. */
  void close() {
    for (Budget b : budgets) {
      Sched.get().end(b, "the session is closed");
    }
    budgets.clear();
    shell.close();
  }
}
