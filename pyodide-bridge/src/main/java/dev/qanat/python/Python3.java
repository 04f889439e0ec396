package dev.qanat.python;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.python.CommandLine.Kind;
import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Signalled;
import dev.qanat.terminal.Terminal;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.web.JsFailure;
import dev.qanat.web.Promises;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;

/**
 * {@code python3}: CPython on the same files. The interpreter is loaded when the first program
 * runs; {@code --version} and {@code --help} do without it.
 */
public final class Python3 implements Command {
  private static final int CANNOT_RUN = 126;
  private static final int USAGE_ERROR = 2;
  private static final int INHERITED = 10; // descriptors below it are the program's

  private final PythonHost.Loader loader;
  private PythonHost host;

  /** {@code loader} gives the host of {@code host.ts}; it is called once, by the first program. */
  public Python3(PythonHost.Loader loader) {
    this.loader = loader;
  }

  @Override
  public int run(Invocation in) {
    CommandLine line;
    try {
      line = CommandLine.parse(in.args());
    } catch (CommandLine.Bad e) {
      Output err = in.stderr();
      err.write(e.getMessage() + "\n" + CommandLine.USAGE.replace("%s", in.name()));
      err.flush();
      return USAGE_ERROR;
    }
    if (line.help()) {
      in.stdout().write(Help.TEXT.replace("%s", in.name()));
      return 0;
    }
    if (line.versions() > 0) {
      String more = line.versions() > 1 ? " (Pyodide 314.0.7, Emscripten 5.0.3)" : "";
      in.stdout().write("Python " + CommandLine.VERSION + more + "\n");
      return 0;
    }
    if (host == null) {
      try {
        host = Promises.await(loader.load());
      } catch (JsFailure e) {
        in.error("cannot be loaded: " + e.getMessage());
        return CANNOT_RUN;
      }
    }
    return execute(in, line);
  }

  private int execute(Invocation in, CommandLine line) {
    // a context of its own: the program's umask and directory are not the shell's
    FileContext context = in.files().with(in.files().descriptors());
    Files files = new Files(context);
    int group = Sched.get().current().group();
    Processes processes = new Processes(in, files, group);
    Requests requests = new Requests(files, processes, Sched.get().current());
    Run run = new Run();
    PythonHost.Running running = host.run(program(in, line, files), requests::serve, run::exited);
    Signalled last = null;
    try {
      while (!run.over.isOpen()) {
        try {
          run.over.await();
        } catch (Signalled e) {
          last = e;
          running.signal(e.signal());
        }
      }
    } finally {
      if (!run.over.isOpen()) {
        running.signal(Signal.KILL); // the execution's budget is spent
      }
      requests.end();
      files.closeAll();
    }
    if (!run.message.isEmpty()) {
      in.error(run.message);
    }
    if (last != null && run.status == last.status() && !last.commandOnly()) {
      throw last; // it died of the signal, and so does whoever ran it in this task
    }
    return run.status;
  }

  /** How the program ended. */
  private static final class Run {
    final Gate over = Gate.external();
    int status;
    String message = "";

    void exited(int code, String why) {
      status = code;
      message = why;
      over.open();
    }
  }

  private static JSObject program(Invocation in, CommandLine line, Files files) {
    Descriptors table = in.files().descriptors();
    OpenFile input = table.get(0);
    boolean prompts = input != null && (input.isTerminal() || line.has("inspect"));
    Kind kind = line.kind();
    if (kind == null || kind == Kind.STDIN) {
      kind = prompts ? Kind.REPL : Kind.STDIN;
    }
    JSObject p = Values.object();
    Values.set(p, "kind", kind.word());
    Values.set(p, "what", line.what());
    Values.set(p, "argv", Values.strings(line.arguments()));
    Values.set(p, "env", Values.object(in.env()));
    Values.set(p, "cwd", in.files().cwd());
    Values.set(p, "umask", in.files().umask());
    Values.set(p, "uid", in.files().vfs().uid());
    Values.set(p, "gid", in.files().vfs().gid());
    Values.set(p, "warnings", Values.strings(line.warnings()));
    Values.set(p, "xoptions", Values.strings(line.xoptions()));
    JSObject flags = Values.object();
    line.flags().forEach((name, count) -> Values.set(flags, name, count));
    Values.set(p, "flags", flags);
    JSArray<JSObject> descriptors = new JSArray<>();
    Terminal terminal = null;
    for (int fd = 0; fd < Math.min(INHERITED, table.end()); fd++) {
      OpenFile f = table.get(fd);
      if (f != null) {
        descriptors.push(files.descriptor(fd));
        if (f instanceof Terminal t) {
          terminal = t;
        }
      }
    }
    Values.set(p, "descriptors", descriptors);
    Values.set(p, "columns", terminal != null ? terminal.columns() : 80);
    Values.set(p, "lines", terminal != null ? terminal.rows() : 24);
    return p;
  }
}
