package dev.qanat.python;

import dev.qanat.sched.Budget;
import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Signalled;
import dev.qanat.sched.Task;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/**
 * Serves the requests of one running program, each in a task of its own, for any of them may wait.
 * The tasks belong to the program's process group, so that a terminal takes them for the program;
 * signals to the group pass them by.
 */
final class Requests {
  private final Files files;
  private final Processes processes;
  private final Task owner;
  private final List<Task> serving = new ArrayList<>();
  private final Map<Integer, Gate> lastTurns = new HashMap<>(); // by handle

  Requests(Files files, Processes processes, Task owner) {
    this.files = files;
    this.processes = processes;
    this.owner = owner;
  }

  /** Called from JavaScript. Never suspends. */
  void serve(
      String name, JSArrayReader<JSObject> args, PythonHost.Answer answer, PythonHost.Fail fail) {
    Turn turn =
        name.equals("write") || name.equals("close") ? takeTurn(Values.integer(args, 0)) : null;
    try {
      Sched.get()
          .spawn(
              "python3",
              () -> {
                try {
                  answer(name, args, turn, answer, fail);
                } finally {
                  endTurn(turn);
                }
              },
              this::adopt);
    } catch (Sched.TooManyTasks e) {
      endTurn(turn);
      fail.give("EAGAIN", e.getMessage());
    }
  }

  /** A place in the queue of one handle; {@code before} is null for the first. */
  private record Turn(int handle, Gate before, Gate over) {}

  /**
   * Several writes to a pipe or terminal may be under way at once, each in a task of its own, and
   * any of them may suspend: they take effect in the order they came.
   */
  private Turn takeTurn(int handle) {
    Gate over = new Gate();
    return new Turn(handle, lastTurns.put(handle, over), over);
  }

  private void endTurn(Turn turn) {
    if (turn != null) {
      turn.over.open();
      lastTurns.remove(turn.handle, turn.over);
    }
  }

  private void adopt(Task task) {
    task.setGroup(owner.group());
    task.setBudget(owner.budget());
    for (int signal = 1; signal < Signal.COUNT; signal++) {
      task.setDisposition(signal, Task.Disposition.IGNORE);
    }
    serving.add(task);
    task.onExit(() -> serving.remove(task));
  }

  /** Ends the tasks that still wait for a program that is no more. */
  void end() {
    for (Task task : new ArrayList<>(serving)) {
      task.signal(Signal.KILL);
    }
  }

  private void answer(
      String name,
      JSArrayReader<JSObject> args,
      Turn turn,
      PythonHost.Answer answer,
      PythonHost.Fail fail) {
    JSObject value;
    try {
      if (turn != null && turn.before != null) {
        turn.before.await();
      }
      value = perform(name, args);
    } catch (VfsException e) {
      fail.give(e.errno().name(), e.detail() == null ? "" : e.detail());
      return;
    } catch (Signalled | Budget.Exhausted e) {
      fail.give("EINTR", "");
      throw e;
    } catch (RuntimeException e) {
      fail.give("EIO", String.valueOf(e.getMessage()));
      return;
    }
    answer.give(value);
  }

  private JSObject perform(String name, JSArrayReader<JSObject> args) {
    FileContext context = files.context();
    switch (name) {
      case "stat":
        return files.stat(Values.string(args, 0));
      case "list":
        return files.list(Values.string(args, 0));
      case "open":
        return files.open(Values.string(args, 0), Values.integer(args, 1), Values.integer(args, 2));
      case "fstat":
        return files.fstat(Values.integer(args, 0));
      case "read":
        return files.read(Values.integer(args, 0), Values.whole(args, 1), Values.integer(args, 2));
      case "write":
        return files.write(Values.integer(args, 0), extents(args.get(1)));
      case "seek":
        return Values.of(
            files
                .need(Values.integer(args, 0))
                .seek(Values.whole(args, 1), Values.integer(args, 2)));
      case "truncate":
        return files.truncate(Values.integer(args, 0), Values.whole(args, 1));
      case "sync":
        return files.sync(Values.integer(args, 0));
      case "access":
        return Values.of(context.access(Values.string(args, 0), Values.integer(args, 1)));
      case "spawn":
        return processes.spawn(args.get(0));
      case "wait":
        return processes.await(Values.integer(args, 0), Values.truth(args, 1));
      default:
        change(context, name, args);
        return Values.nothing();
    }
  }

  private void change(FileContext context, String name, JSArrayReader<JSObject> args) {
    switch (name) {
      case "close" -> files.close(Values.integer(args, 0));
      case "truncatePath" -> context.truncate(Values.string(args, 0), Values.whole(args, 1));
      case "setAttributes" ->
          files.setAttributes(Values.string(args, 0), args.get(1), Values.truth(args, 2));
      case "mkdir" -> context.mkdir(Values.string(args, 0), Values.integer(args, 1));
      case "mknod" -> files.mknod(Values.string(args, 0), Values.integer(args, 1));
      case "rmdir" -> context.rmdir(Values.string(args, 0));
      case "unlink" -> context.unlink(Values.string(args, 0));
      case "rename" -> context.rename(Values.string(args, 0), Values.string(args, 1));
      case "link" -> context.link(Values.string(args, 0), Values.string(args, 1));
      case "symlink" -> context.symlink(Values.string(args, 0), Values.string(args, 1));
      case "umask" -> context.setUmask(Values.integer(args, 0));
      case "kill" -> processes.kill(Values.integer(args, 0), Values.integer(args, 1));
      default -> throw new IllegalArgumentException("no request is called " + name);
    }
  }

  @SuppressWarnings("unchecked")
  private static JSArrayReader<JSObject> extents(JSObject array) {
    return (JSArrayReader<JSObject>) array;
  }
}
