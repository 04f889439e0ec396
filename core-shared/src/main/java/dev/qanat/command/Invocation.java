package dev.qanat.command;

import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signalled;
import dev.qanat.sched.Task;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.ClosedFile;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a program: its arguments, environment, files and streams, and the way to run others.
 */
public final class Invocation {
  private final String name;
  private final List<String> args;
  private final FileContext files;
  private final Map<String, String> env;
  private final Programs programs;
  private Input stdin;
  private Output stdout;
  private Output stderr;
  private int deathSignal;

  /**
   * @param name the command's name, as its messages begin
   * @param args the arguments after the name
   * @param env the exported variables; not to be changed
   */
  public Invocation(
      String name,
      List<String> args,
      FileContext files,
      Map<String, String> env,
      Programs programs) {
    this.name = name;
    this.args = args;
    this.files = files;
    this.env = env;
    this.programs = programs;
  }

  public String name() {
    return name;
  }

  public List<String> args() {
    return args;
  }

  public FileContext files() {
    return files;
  }

  public Map<String, String> env() {
    return env;
  }

  /** An exported variable, or null. */
  public String env(String variable) {
    return env.get(variable);
  }

  public Programs programs() {
    return programs;
  }

  public Input stdin() {
    if (stdin == null) {
      stdin = new Input(standard(0), false);
    }
    return stdin;
  }

  public Output stdout() {
    if (stdout == null) {
      stdout = new Output(standard(1));
    }
    return stdout;
  }

  /** A standard descriptor; when it is closed, a file that refuses what is done with it. */
  private OpenFile standard(int fd) {
    OpenFile f = files.descriptors().get(fd);
    return f != null ? f : ClosedFile.INSTANCE;
  }

  /** Flush after each message; {@link #error} does. */
  public Output stderr() {
    if (stderr == null) {
      OpenFile f = files.descriptors().get(2);
      stderr = new Output(f != null ? f : Discard.INSTANCE);
    }
    return stderr;
  }

  /** Prints {@code name: message} on standard error, after what standard output still holds. */
  public void error(String message) {
    if (stdout != null) {
      stdout.flush();
    }
    Output err = stderr();
    err.write(name);
    err.write(": ");
    err.write(message);
    err.write('\n');
    err.flush();
  }

  /** Prints {@code name: path: reason}, the path in quotes where a shell or a reader needs them. */
  public void error(String path, VfsException e) {
    error(Quoting.ifNeededOrColon(path) + ": " + e.reason());
  }

  /**
   * Prints {@code name: message} and gives an exception that ends the run: {@code throw
   * in.fail(…)}.
   */
  public Command.Exit fail(int status, String message) {
    error(message);
    return new Command.Exit(status);
  }

  /**
   * Opens an operand for reading, {@code -} being standard input. Null, after the message {@code
   * name: operand: No such file or directory}, when that fails.
   */
  public Input open(String operand) {
    if (operand.equals("-")) {
      return stdin();
    }
    try {
      return new Input(files.open(operand), true);
    } catch (VfsException e) {
      error(operand, e);
      return null;
    }
  }

  /** An invocation of another program with the same files, environment and streams. */
  public Invocation child(List<String> argv) {
    return child(argv, files, env);
  }

  /** An invocation of another program; {@code argv} holds its name first. */
  public Invocation child(List<String> argv, FileContext files, Map<String, String> env) {
    return new Invocation(argv.get(0), argv.subList(1, argv.size()), files, env, programs);
  }

  /** A copy of the environment to change. */
  public Map<String, String> copyEnv() {
    return new HashMap<>(env);
  }

  /** Finds a program as execvp(3) would, in this environment. ENOENT, EACCES. */
  public Command find(String program) {
    return programs.find(program, env, files);
  }

  /**
   * Runs a program in this task and waits for its end. What this run has buffered is flushed first.
   * Returns its exit status, 128 + n when a signal ended it.
   */
  public int run(Command program, Invocation child) {
    flush();
    return child.execute(program);
  }

  /**
   * Starts a program in a task of its own. The child's files must be its own ({@link
   * FileContext#fork}); they are closed when it ends.
   */
  public Task start(Command program, Invocation child) {
    flush();
    return Sched.get()
        .spawn(
            child.name,
            () -> Sched.get().current().setStatus(child.execute(program)),
            t -> t.onExit(() -> child.files.descriptors().closeAll()));
  }

  /**
   * Runs the program with this invocation: the one place that turns the ways a run may end into a
   * status, and prints what it did not say itself. For those who run programs, not for programs.
   */
  public int execute(Command program) {
    Task task = Sched.get().current();
    boolean before = task.setRunsCommand(true);
    Task.Usage outer = task.beginProcess();
    try {
      int status;
      try {
        status = program.run(this);
      } catch (Command.Exit e) {
        status = e.status();
      } catch (Memory.Exhausted e) {
        stdout = null; // what it holds may be part of the trouble
        error(e.getMessage());
        status = 2;
      } catch (VfsException e) {
        error(e.path() == null ? e.reason() : e.path() + ": " + e.reason());
        status = 1;
      }
      if (stdout != null) {
        stdout.flush();
      }
      if (stderr != null) {
        stderr.flush();
      }
      return status;
    } catch (Output.WriteError e) {
      stdout = null;
      stderr = null;
      try {
        error("write error: " + e.reason().reason());
      } catch (Output.WriteError again) {
        // nowhere left to say it
      }
      return 1;
    } catch (Signalled e) {
      if (!e.commandOnly()) {
        throw e;
      }
      deathSignal = e.signal();
      return e.status();
    } finally {
      task.endProcess(outer);
      task.setRunsCommand(before);
    }
  }

  /** The signal that ended the run, or 0. */
  public int deathSignal() {
    return deathSignal;
  }

  private void flush() {
    if (stdout != null) {
      stdout.flush();
    }
    if (stderr != null) {
      stderr.flush();
    }
    if (stdin != null) {
      stdin.giveBack();
    }
  }
}
