package dev.qanat.engine;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.sched.Budget;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ProgramTable;
import dev.qanat.terminal.Terminal;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.Bytes;
import dev.qanat.web.WebSched;
import dev.qanat.workspace.Session;
import dev.qanat.workspace.Workspace;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Uint8Array;

/** The command lines that JavaScript has started and may still speak to, by their numbers. */
final class Runs {
  private static final int TIMED_OUT = 124; // as timeout(1) says it
  private static final byte[] NOTHING = new byte[0];
  private static final int SHORT = 1024; // bytes: up to here a text crosses at less cost

  private final Events events;
  private final Workspace workspace;
  private final long outputLimit;
  private final long stepLimit;
  private final double timeLimit; // milliseconds; 0 for none
  private final Map<Integer, Run> runs = new HashMap<>();
  private final Map<String, Integer> lastStatus = new HashMap<>();

  /** A run: what executes it, and the ends of its streams that JavaScript holds. */
  private static final class Run {
    Session.Execution execution;
    OpenFile out;
    OpenFile err;
    StreamedInput input;
    StreamedOutput.Window window;
    Terminal terminal;
    String aborted; // why, when it ended before it began
    boolean timedOut;
    boolean over;

    void cancel(String reason) {
      aborted = reason;
      if (execution != null) {
        execution.cancel(reason);
      }
    }
  }

  Runs(Events events, Workspace workspace, long outputLimit, long stepLimit, double timeLimit) {
    this.events = events;
    this.workspace = workspace;
    this.outputLimit = outputLimit;
    this.stepLimit = stepLimit;
    this.timeLimit = timeLimit;
  }

  /** A run's end, whatever it is, in a task that is over. */
  private void end(int id, Run r) {
    r.over = true;
    runs.remove(id, r);
    if (r.window != null) {
      r.window.close();
    }
  }

  private Run begin(int id, boolean streamed) {
    Run r = new Run();
    r.window = streamed ? new StreamedOutput.Window() : null;
    runs.put(id, r);
    return r;
  }

  /** What JavaScript asks for. */
  private record Request(int run, String session, String line, Settings settings) {}

  /**
   * Runs a command line; {@code settings} are a {@code RunSettings} or null, the answer is a {@code
   * RunResult}.
   */
  JSPromise<JSObject> run(int id, String session, String line, JSObject settings) {
    Settings s = new Settings(settings);
    Request q = new Request(id, session, line, s);
    if (s.flag("streamed") || s.flag("stdin") || !workspace.hasSession(session)) {
      return Answers.task("run", () -> runInTask(q));
    }
    // the usual case needs no task beside the shell's own
    Run r = begin(id, false);
    Promised answer = new Promised();
    start(
        q,
        r,
        task -> {
          end(id, r);
          answer.resolve(result(q, r));
        });
    return answer.promise();
  }

  private JSObject runInTask(Request q) {
    Run r = begin(q.run, q.settings.flag("streamed"));
    Sched.get().current().onExit(() -> end(q.run, r));
    start(q, r, null);
    r.execution.await();
    return result(q, r);
  }

  private void start(Request q, Run r, Consumer<Task> whenOver) {
    Settings s = q.settings;
    boolean streamed = r.window != null;
    OpenFile in = input(r, s);
    long limit = s.flag("kept") ? outputLimit : Long.MAX_VALUE;
    r.out = streamed ? streamed(r, q.run, 1, limit) : new CollectedOutput("stdout", outputLimit);
    r.err = streamed ? streamed(r, q.run, 2, limit) : new CollectedOutput("stderr", outputLimit);
    Session.Options options = new Session.Options();
    options.cwd = s.text("cwd");
    options.env = variables(s);
    options.budget = new Budget(stepLimit);
    options.whenOver = whenOver;
    Session session = workspace.session(q.session);
    r.execution = session.start(q.line, in, r.out, r.err, options);
    in.release();
    double timeout = s.number("timeoutMs", timeLimit);
    if (timeout > 0) {
      WebSched.host().after(timeout, () -> timeOut(r, timeout));
    }
  }

  private JSObject result(Request q, Run r) {
    Task task = r.execution.task();
    if (task.failure() != null) {
      byte[] note = Utf8.encode("bash: the engine failed: " + task.failure() + "\n");
      r.err.write(note, 0, note.length);
    }
    int status = r.timedOut ? TIMED_OUT : task.status();
    lastStatus.put(q.session, status);
    return result(status, collected(r.out), collected(r.err), r.timedOut);
  }

  private static JSObject collected(OpenFile stream) {
    byte[] bytes = stream instanceof CollectedOutput c ? c.bytes() : NOTHING;
    String text = bytes.length <= SHORT ? ascii(bytes) : null;
    return text == null ? Bytes.toJs(bytes) : JSString.valueOf(text);
  }

  /** The bytes as text; null when one of them is not ASCII. */
  private static String ascii(byte[] bytes) {
    char[] text = new char[bytes.length];
    for (int i = 0; i < text.length; i++) {
      if (bytes[i] < 0) {
        return null;
      }
      text[i] = (char) bytes[i];
    }
    return new String(text);
  }

  private static OpenFile input(Run r, Settings s) {
    if (s.flag("stdin")) {
      r.input = new StreamedInput();
      return r.input;
    }
    JSObject given = s.object("stdin");
    return new GivenInput(given == null ? NOTHING : Bytes.toJava((Uint8Array) given));
  }

  private OpenFile streamed(Run r, int id, int descriptor, long limit) {
    String name = descriptor == 1 ? "stdout" : "stderr";
    return new StreamedOutput(
        name,
        r.window,
        new OutputLimit(name, limit),
        (b, off, len) -> events.output(id, descriptor, b, off, len));
  }

  private static Map<String, String> variables(Settings s) {
    if (s.object("env") == null) {
      return Map.of();
    }
    Map<String, String> env = new LinkedHashMap<>();
    String[] pairs = s.pairs("env");
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      env.put(pairs[i], pairs[i + 1]);
    }
    return env;
  }

  /** Ends the line and what it left running in the background, even when the line is over. */
  private static void timeOut(Run r, double millis) {
    if (r.aborted == null) {
      r.timedOut = !r.over;
      r.cancel("the time limit of " + (long) millis + " ms is reached");
    }
  }

  void input(int id, Uint8Array bytes) {
    Run r = runs.get(id);
    if (r == null || r.input == null) {
      return;
    }
    if (bytes == null) {
      r.input.end();
    } else {
      r.input.give(Bytes.toJava(bytes));
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
      r.cancel("aborted");
      return;
    }
    int signal = Signal.parse(name);
    if (signal <= 0) {
      throw new VfsException(Errno.EINVAL, null, "no signal is called " + name);
    }
    if (r.terminal != null) {
      if (signal == Signal.HUP) {
        r.terminal.hangUp();
      } else {
        Sched.get().signalGroup(r.terminal.foreground(), signal);
      }
    } else if (r.execution != null) {
      r.execution.signal(signal);
    }
  }

  void createSession(String id, JSObject settings) {
    Settings s = new Settings(settings);
    Session session = workspace.session(id);
    Session.Options options = new Session.Options();
    StringBuilder script = new StringBuilder();
    Map<String, String> values = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, String> e : variables(s).entrySet()) {
      // handed over as variables of this script only, so that no value needs quoting
      values.put("_qanat_" + i, e.getValue());
      script.append("export ").append(e.getKey()).append("=\"$_qanat_").append(i++).append("\"\n");
    }
    if (s.text("cwd") != null) {
      values.put("_qanat_cwd", s.text("cwd"));
      script.append("cd -- \"$_qanat_cwd\"\n");
    }
    options.env = values;
    CollectedOutput said = new CollectedOutput("stderr", outputLimit);
    if (script.length() > 0
        && session.execute(script.toString(), new GivenInput(new byte[0]), said, said, options)
            != 0) {
      workspace.closeSession(id);
      throw new VfsException(Errno.EINVAL, null, Utf8.decode(said.bytes()).trim());
    }
  }

  void closeSession(String id) {
    workspace.closeSession(id);
    lastStatus.remove(id);
  }

  JSObject sessionState(String id) {
    Integer status = lastStatus.get(id);
    return state(workspace.session(id).cwd(), status == null ? 0 : status);
  }

  /** Runs an interactive shell on a terminal of its own until it exits; returns its status. */
  int terminal(int id, JSObject settings) {
    Settings s = new Settings(settings);
    Run r = begin(id, true);
    Sched.get().current().onExit(() -> end(id, r));
    OpenFile screen = streamed(r, id, 1, Long.MAX_VALUE);
    Terminal t =
        new Terminal(
            screen::write,
            (int) s.number("columns", 80),
            (int) s.number("rows", 24),
            "/dev/pts/" + id);
    r.terminal = t;
    Map<String, String> env = new HashMap<>(workspace.environment());
    env.put("HOME", workspace.home());
    env.putAll(variables(s));
    FileContext files = workspace.files(s.text("cwd", workspace.home()), 022);
    Descriptors d = files.descriptors();
    for (int fd = 0; fd < 3; fd++) {
      d.set(fd, t.retain());
    }
    ProgramTable programs = new ProgramTable(workspace.machine());
    Command bash = workspace.machine().command("bash");
    Invocation in = new Invocation("bash", List.of("-i"), files, env, programs);
    Task shell =
        Sched.get()
            .spawn(
                "bash",
                () -> Sched.get().current().setStatus(in.execute(bash)),
                task -> {
                  task.setGroup(task.pid());
                  Budget budget = new Budget(0);
                  budget.setKeeper(task);
                  task.setBudget(budget);
                  t.setForeground(task.pid());
                  task.onExit(d::closeAll);
                });
    shell.exited().await();
    t.hangUp();
    t.release();
    return shell.status();
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

  /** Ends everything. */
  void close() {
    for (Run r : runs.values().toArray(new Run[0])) {
      r.cancel("the workspace is closed");
      if (r.terminal != null) {
        r.terminal.hangUp();
      }
    }
  }

  @JSBody(
      params = {"exitCode", "stdout", "stderr", "timedOut"},
      script = "return { exitCode: exitCode, stdout: stdout, stderr: stderr, timedOut: timedOut };")
  private static native JSObject result(
      int exitCode, JSObject stdout, JSObject stderr, boolean timedOut);

  @JSBody(
      params = {"cwd", "exitCode"},
      script = "return { cwd: cwd, exitCode: exitCode };")
  private static native JSObject state(String cwd, int exitCode);
}
