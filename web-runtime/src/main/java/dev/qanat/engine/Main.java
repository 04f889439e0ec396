package dev.qanat.engine;

import dev.qanat.sched.Sched;
import dev.qanat.web.Host;
import dev.qanat.web.WebSched;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Uint8Array;

/**
 * The engine's methods as JavaScript calls them; {@code EngineApi} in protocol.ts says what each
 * does. A page may hold several workspaces on one thread: the first argument names which.
 */
public final class Main {
  private static Engine[] engines = new Engine[8];
  private static int count;

  private Main() {}

  public static void main(String[] args) {}

  /** Starts an engine on this thread; a promise of its number. */
  @JSExport
  public static JSPromise<JSObject> open(Host host, JSObject options, Events.Listener listener) {
    if (Sched.get() == null) {
      WebSched.install(host);
    }
    if (count == engines.length) {
      engines = java.util.Arrays.copyOf(engines, count * 2);
    }
    int engine = count++;
    return Answers.task(
        "init",
        () -> {
          engines[engine] = new Engine(options, listener);
          return number(engine);
        });
  }

  /** Ends what runs in an engine and forgets it. */
  @JSExport
  public static JSPromise<JSObject> close(int engine) {
    Engine e = engines[engine];
    engines[engine] = null;
    return Answers.task(
        "shutdown",
        () -> {
          e.close();
          return nothing();
        });
  }

  private interface Work {
    void run(Engine e);
  }

  private interface Question {
    JSObject answer(Engine e);
  }

  private static JSPromise<JSObject> ask(int engine, String title, Question q) {
    Engine e = engines[engine];
    return Answers.task(title, () -> q.answer(e));
  }

  private static JSPromise<JSObject> call(int engine, String title, Work w) {
    Engine e = engines[engine];
    return Answers.task(
        title,
        () -> {
          w.run(e);
          return nothing();
        });
  }

  @JSBody(script = "return undefined;")
  private static native JSObject nothing();

  @JSExport
  public static JSPromise<JSObject> mount(int engine, JSObject spec) {
    return call(engine, "mount", e -> e.mount(spec));
  }

  @JSExport
  public static JSPromise<JSObject> unmount(int engine, String path) {
    return call(engine, "umount", e -> e.unmount(path));
  }

  @JSExport
  public static JSPromise<JSObject> run(
      int engine, int run, String session, String line, JSObject settings) {
    return engines[engine].runs.run(run, session, line, settings);
  }

  @JSExport
  public static JSPromise<JSObject> input(int engine, int run, Uint8Array bytes) {
    return call(engine, "input", e -> e.runs.input(run, bytes));
  }

  @JSExport
  public static void taken(int engine, int run, double bytes) {
    engines[engine].runs.taken(run, bytes);
  }

  @JSExport
  public static JSPromise<JSObject> signal(int engine, int run, String signal) {
    return call(engine, "kill", e -> e.runs.signal(run, signal));
  }

  @JSExport
  public static JSPromise<JSObject> openTerminal(int engine, int run, JSObject settings) {
    return ask(engine, "terminal", e -> number(e.runs.terminal(run, settings)));
  }

  @JSExport
  public static void type(int engine, int run, Uint8Array keys) {
    engines[engine].runs.type(run, keys);
  }

  @JSExport
  public static void resize(int engine, int run, int columns, int rows) {
    engines[engine].runs.resize(run, columns, rows);
  }

  @JSExport
  public static JSPromise<JSObject> createSession(int engine, String id, JSObject settings) {
    return call(engine, "session", e -> e.runs.createSession(id, settings));
  }

  @JSExport
  public static JSPromise<JSObject> closeSession(int engine, String id) {
    return call(engine, "session", e -> e.runs.closeSession(id));
  }

  @JSExport
  public static JSPromise<JSObject> sessionState(int engine, String id) {
    return ask(engine, "session", e -> e.runs.sessionState(id));
  }

  @JSExport
  public static JSPromise<JSObject> commandOutput(
      int engine, int call, int descriptor, Uint8Array bytes) {
    return call(engine, "write", e -> e.commands.write(call, descriptor, bytes));
  }

  @JSExport
  public static JSPromise<JSObject> commandInput(int engine, int call, int descriptor, int length) {
    return ask(engine, "read", e -> e.commands.read(call, descriptor, length));
  }

  @JSExport
  public static void commandDone(int engine, int call, int status) {
    engines[engine].commands.done(call, status);
  }

  @JSExport
  public static JSPromise<JSObject> readFile(
      int engine, String path, double offset, double length) {
    return ask(engine, "read", e -> e.files.read(path, offset, length));
  }

  @JSExport
  public static JSPromise<JSObject> writeFile(
      int engine, String path, Uint8Array bytes, boolean append, int mode) {
    return call(engine, "write", e -> e.files.write(path, bytes, append, mode));
  }

  @JSExport
  public static JSPromise<JSObject> stat(int engine, String path, boolean follow) {
    return ask(engine, "stat", e -> e.files.stat(path, follow));
  }

  @JSExport
  public static JSPromise<JSObject> readdir(int engine, String path) {
    return ask(engine, "ls", e -> e.files.list(path));
  }

  @JSExport
  public static JSPromise<JSObject> mkdir(int engine, String path, boolean recursive) {
    return call(engine, "mkdir", e -> e.files.mkdir(path, recursive));
  }

  @JSExport
  public static JSPromise<JSObject> rm(int engine, String path, boolean recursive, boolean force) {
    return call(engine, "rm", e -> e.files.remove(path, recursive, force));
  }

  @JSExport
  public static JSPromise<JSObject> rename(int engine, String from, String to) {
    return call(engine, "mv", e -> e.files.rename(from, to));
  }

  @JSExport
  public static JSPromise<JSObject> symlink(int engine, String target, String path) {
    return call(engine, "ln", e -> e.files.symlink(target, path));
  }

  @JSExport
  public static JSPromise<JSObject> readlink(int engine, String path) {
    return ask(engine, "readlink", e -> JSString.valueOf(e.files.readlink(path)));
  }

  @JSExport
  public static JSPromise<JSObject> realpath(int engine, String path) {
    return ask(engine, "realpath", e -> JSString.valueOf(e.files.realpath(path)));
  }

  @JSExport
  public static JSPromise<JSObject> chmod(int engine, String path, int mode) {
    return call(engine, "chmod", e -> e.files.chmod(path, mode));
  }

  @JSExport
  public static JSPromise<JSObject> utimes(int engine, String path, double atime, double mtime) {
    return call(engine, "touch", e -> e.files.utimes(path, atime, mtime));
  }

  @JSExport
  public static JSPromise<JSObject> truncate(int engine, String path, double size) {
    return call(engine, "truncate", e -> e.files.truncate(path, size));
  }

  @JSBody(params = "n", script = "return n;")
  private static native JSObject number(int n);
}
