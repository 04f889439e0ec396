package dev.qanat.engine;

import dev.qanat.sched.Budget;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.terminal.Terminal;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.Bytes;
import dev.qanat.web.WebSched;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Uint8Array;

/** The command lines that JavaScript has started and may still speak to, by their numbers. */
final class Runs {
  private static final int TIMED_OUT = 124; // as timeout(1) says it

  private final Events events;
  private final Shells shells;
  private final long outputLimit;
  private final long stepLimit;
  private final Map<Integer, Run> runs = new HashMap<>();

  /** A run: its task, the streams that JavaScript holds the other end of. */
  private static final class Run {
    Task task;
    Budget budget;
    OpenFile input; // the writing end of its standard input; null when there is none
    StreamedOutput.Window window;
    Terminal terminal;
    boolean timedOut;
  }

  Runs(Events events, Shells shells, long outputLimit, long stepLimit) {
    this.events = events;
    this.shells = shells;
    this.outputLimit = outputLimit;
    this.stepLimit = stepLimit;
  }

  private Run begin(int id, boolean streamed) {
    Run r = new Run();
    r.task = Sched.get().current();
    r.budget = new Budget(stepLimit);
    r.window = streamed ? new StreamedOutput.Window() : null;
    runs.put(id, r);
    r.task.onExit(() -> runs.remove(id, r));
    return r;
  }

  /** Runs a command line in the task that calls; the request is a {@code RunRequest}. */
  JSObject run(JSObject request) {
    Settings s = new Settings(request);
    int id = (int) s.number("run", 0);
    boolean streamed = s.flag("streamed");
    Run r = begin(id, streamed);
    OpenFile in = input(r, s);
    OpenFile out = streamed ? streamed(r, id, 1) : new CollectedOutput("stdout", outputLimit);
    OpenFile err = streamed ? streamed(r, id, 2) : new CollectedOutput("stderr", outputLimit);
    r.task.onExit(
        () -> {
          in.release();
          out.release();
          err.release();
          if (r.window != null) {
            r.window.close();
          }
        });
    double timeout = s.number("timeoutMs", 0);
    if (timeout > 0) {
      WebSched.host().after(timeout, () -> timeOut(r, timeout));
    }
    Map<String, String> env = variables(s);
    // A task of its own runs the line, so that this one outlives whatever ends it.
    Task runner =
        Sched.get()
            .spawn(
                "bash",
                () -> {
                  int status =
                      shells.run(
                          s.text("session", ""), s.text("line", ""), in, out, err, s.text("cwd"), env);
                  Sched.get().current().setStatus(status);
                },
                t -> {
                  t.setGroup(t.pid());
                  t.setBudget(r.budget);
                });
    runner.exited().await();
    int code = r.timedOut ? TIMED_OUT : runner.status();
    String why = runner.failure() != null ? "the engine failed: " + runner.failure() : null;
    if (why == null && r.budget.reason() != null) {
      why = r.budget.reason();
    }
    byte[] note = why == null ? new byte[0] : dev.qanat.text.Utf8.encode("qanat: " + why + "\n");
    if (streamed) {
      if (note.length > 0) {
        err.write(note, 0, note.length);
      }
      return result(code, Bytes.toJs(new byte[0]), Bytes.toJs(new byte[0]), r.timedOut);
    }
    byte[] said = ((CollectedOutput) err).bytes();
    byte[] all = java.util.Arrays.copyOf(said, said.length + note.length);
    System.arraycopy(note, 0, all, said.length, note.length);
    return result(
        code, Bytes.toJs(((CollectedOutput) out).bytes()), Bytes.toJs(all), r.timedOut);
  }

  private static OpenFile input(Run r, Settings s) {
    if (s.flag("stdin")) {
      OpenFile[] ends = Pipes.create();
      r.input = ends[1];
      return ends[0];
    }
    JSObject given = s.object("stdin");
    return new GivenInput(given == null ? new byte[0] : Bytes.toJava((Uint8Array) given));
  }

  private OpenFile streamed(Run r, int id, int descriptor) {
    return new StreamedOutput(
        descriptor == 1 ? "stdout" : "stderr",
        r.window,
        (b, off, len) -> events.output(id, descriptor, b, off, len));
  }

  private void timeOut(Run r, double millis) {
    if (!r.task.finished() && r.budget.reason() == null) {
      r.timedOut = true;
      end(r, "the time limit of " + (long) millis + " ms is reached");
    }
  }

  /** Ends every task of the run at its next step, also those that wait. */
  private static void end(Run r, String why) {
    r.budget.cancel(why);
    for (Task t : Sched.get().tasks()) {
      if (t.budget() == r.budget) {
        t.signal(Signal.KILL);
      }
    }
  }

  // --- speaking to a run

  void input(int id, Uint8Array bytes) {
    Run r = runs.get(id);
    if (r == null || r.input == null) {
      return;
    }
    if (bytes == null) {
      OpenFile f = r.input;
      r.input = null;
      f.release();
      return;
    }
    byte[] b = Bytes.toJava(bytes);
    try {
      r.input.write(b, 0, b.length);
    } catch (VfsException e) {
      if (e.errno() != Errno.EPIPE) { // the command has read all it wants
        throw e;
      }
    }
  }

  void taken(int id, double bytes) {
    Run r = runs.get(id);
    if (r != null && r.window != null) {
      r.window.taken((long) bytes);
    }
  }

  void signal(int id, String name) {
    Run r = runs.get(id);
    if (r == null) {
      return;
    }
    if (name.equals("ABORT")) {
      end(r, "aborted");
      return;
    }
    int signal = Signal.parse(name);
    if (signal == Signal.HUP && r.terminal != null) {
      r.terminal.hangUp();
      return;
    }
    if (signal <= 0) {
      throw new VfsException(Errno.EINVAL, null, "no signal is called " + name);
    }
    for (Task t : Sched.get().tasks()) {
      if (t.budget() == r.budget) {
        t.signalAsGroupMember(signal);
      }
    }
  }

  // --- sessions

  void createSession(String id, JSObject settings) {
    Settings s = new Settings(settings);
    shells.createSession(id, s.text("cwd"), variables(s));
  }

  void closeSession(String id) {
    shells.closeSession(id);
  }

  JSObject sessionState(String id) {
    return state(shells.cwd(id), shells.status(id));
  }

  private static Map<String, String> variables(Settings s) {
    Map<String, String> env = new LinkedHashMap<>();
    String[] pairs = s.pairs("env");
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      env.put(pairs[i], pairs[i + 1]);
    }
    return env;
  }

  @JSBody(
      params = {"cwd", "exitCode"},
      script = "return { cwd: cwd, exitCode: exitCode };")
  private static native JSObject state(String cwd, int exitCode);

  // --- terminals

  /** Runs an interactive shell on a terminal of its own until it exits; returns its status. */
  int terminal(int id, String session, int columns, int rows) {
    Run r = begin(id, true);
    Terminal t =
        new Terminal(
            (b, off, len) -> events.output(id, 1, b, off, len), columns, rows, "/dev/pts/" + id);
    r.terminal = t;
    r.task.onExit(t::release);
    return shells.interactive(session, t);
  }

  void type(int id, Uint8Array keys) {
    Run r = runs.get(id);
    if (r != null && r.terminal != null) {
      r.terminal.type(Bytes.toJava(keys));
    }
  }

  void resize(int id, int columns, int rows) {
    Run r = runs.get(id);
    if (r != null && r.terminal != null) {
      r.terminal.resize(columns, rows);
    }
  }

  @JSBody(
      params = {"exitCode", "stdout", "stderr", "timedOut"},
      script =
          "return { exitCode: exitCode, stdout: stdout, stderr: stderr, timedOut: timedOut };")
  private static native JSObject result(
      int exitCode, Uint8Array stdout, Uint8Array stderr, boolean timedOut);
}
