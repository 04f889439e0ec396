package dev.qanat.python;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/** The programs that a Python program has started. */
final class Processes {
  private static final String[] STREAMS = {"stdin", "stdout", "stderr"};

  private final Invocation in;
  private final Files files;
  private final int group;
  private final Map<Integer, Task> children = new HashMap<>();

  /**
   * @param in the run of Python itself, whose programs are found
   * @param group the process group that children belong to
   */
  Processes(Invocation in, Files files, int group) {
    this.in = in;
    this.files = files;
    this.group = group;
  }

  /** Starts what the request describes. ENOENT and EACCES as execvp(3). */
  JSObject spawn(JSObject request) {
    List<String> argv = strings(Values.texts(request, "argv"));
    Map<String, String> env = new HashMap<>();
    List<String> pairs = strings(Values.entries(Values.get(request, "env")));
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      env.put(pairs.get(i), pairs.get(i + 1));
    }
    String cwd = Values.text(request, "cwd");
    FileContext outer = files.context();
    FileContext there = outer.with(outer.descriptors());
    there.chdir(cwd);
    Command program;
    if (Values.has(request, "script")) {
      program = in.programs().shell(Values.text(request, "script"));
      if (argv.isEmpty()) {
        argv = List.of("sh");
      }
    } else {
      program = in.programs().find(argv.get(0), env, there);
    }
    Descriptors table = new Descriptors();
    JSObject answer = Values.object();
    boolean started = false;
    try {
      for (int fd = 0; fd < STREAMS.length; fd++) {
        wire(request, answer, table, fd);
      }
      FileContext own = there.with(table);
      Task child = start(program, in.child(argv, own, env));
      started = true;
      children.put(child.pid(), child);
      Values.set(answer, "pid", child.pid());
      return answer;
    } finally {
      if (!started) {
        table.closeAll();
      }
    }
  }

  /** Gives the child its stream, and us the other end of a pipe. */
  private void wire(JSObject request, JSObject answer, Descriptors table, int fd) {
    String name = STREAMS[fd];
    if (Values.hasNumber(request, name)) {
      table.set(fd, files.need((int) Values.number(request, name)).retain());
      return;
    }
    switch (Values.text(request, name)) {
      case "pipe" -> {
        OpenFile[] ends = Pipes.create();
        table.set(fd, fd == 0 ? ends[0] : ends[1]);
        Values.set(answer, name, files.add(fd == 0 ? ends[1] : ends[0]));
      }
      case "stdout" -> table.set(fd, table.need(1).retain());
      default -> table.set(fd, files.context().open("/dev/null", OpenFlags.READ_WRITE, 0));
    }
  }

  private Task start(Command program, Invocation child) {
    return Sched.get()
        .spawn(
            child.name(),
            () -> Sched.get().current().setStatus(child.execute(program)),
            task -> {
              task.setGroup(group);
              for (int signal = 1; signal < Signal.COUNT; signal++) {
                // those who serve requests ignore signals; their children must not
                task.setDisposition(signal, Task.Disposition.DEFAULT);
              }
              task.onExit(() -> child.files().descriptors().closeAll());
            });
  }

  /** The status, negative for a signal; null when {@code block} is false and the child runs on. */
  JSObject await(int pid, boolean block) {
    Task child = need(pid);
    if (!block && !child.finished()) {
      return Values.nothing();
    }
    child.exited().await();
    return Values.of(child.deathSignal() != 0 ? -child.deathSignal() : child.status());
  }

  void kill(int pid, int signal) {
    need(pid).signal(signal);
  }

  private Task need(int pid) {
    Task child = children.get(pid);
    if (child == null) {
      throw new VfsException(Errno.ECHILD, null);
    }
    return child;
  }

  private static List<String> strings(JSArrayReader<JSString> array) {
    List<String> list = new ArrayList<>();
    for (int i = 0; i < array.getLength(); i++) {
      list.add(array.get(i).stringValue());
    }
    return list;
  }
}
