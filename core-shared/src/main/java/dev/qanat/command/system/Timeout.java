package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Signalled;
import dev.qanat.sched.Task;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.FileContext;
import java.util.List;

/** timeout: a program with an end to its time. */
public final class Timeout implements Command {
  private static final Options OPTIONS =
      Options.of("timeout")
          .usage("[OPTION] DURATION COMMAND [ARG]...")
          .about("Start COMMAND, and kill it if still running after DURATION.")
          .usageStatus(125)
          .stopAtOperand()
          .flag(
              (char) 0,
              "preserve-status",
              "exit with the same status as COMMAND, even when the\ncommand times out")
          .flag(
              (char) 0,
              "foreground",
              "when not running timeout directly from a shell prompt,\n"
                  + "allow COMMAND to read from the TTY and get TTY signals")
          .value(
              'k',
              "kill-after",
              "DURATION",
              "also send a KILL signal if COMMAND is still running\n"
                  + "this long after the initial signal was sent")
          .value('s', "signal", "SIGNAL", "specify the signal to be sent on timeout")
          .flag('v', "verbose", "diagnose to stderr any signal sent upon timeout");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    double killAfter = p.has("kill-after") ? seconds(in, p.value("kill-after")) : 0;
    int signal = Signal.TERM;
    if (p.has("signal")) {
      signal = Signal.parse(p.value("signal"));
      if (signal < 0) {
        throw OPTIONS.usageError(in, Quoting.locale(p.value("signal")) + ": invalid signal");
      }
    }
    if (p.operands().size() < 2) {
      throw OPTIONS.hint(in);
    }
    double limit = seconds(in, p.operands().get(0));
    List<String> argv = p.operands().subList(1, p.operands().size());
    FileContext files = in.files().fork();
    Invocation child = in.child(argv, files, in.env());
    int[] missing = new int[1];
    Command c = Runner.find(in, child, missing);
    if (c == null) {
      files.descriptors().closeAll();
      return missing[0];
    }
    Sched sched = Sched.get();
    Task task = in.start(c, child);
    if (!p.has("foreground")) {
      task.setGroup(task.pid());
    }
    boolean finished = false;
    try {
      int status =
          await(
              in,
              sched,
              task,
              argv.get(0),
              limit,
              killAfter,
              signal,
              p.has("preserve-status"),
              p.has("verbose"));
      finished = true;
      return status;
    } finally {
      if (!finished) {
        // whoever ends timeout ends what it runs
        sched.signalGroup(task.group(), Signal.TERM);
        task.signal(Signal.TERM);
      }
    }
  }

  private static int await(
      Invocation in,
      Sched sched,
      Task task,
      String name,
      double limit,
      double killAfter,
      int signal,
      boolean preserve,
      boolean verbose) {
    if (limit <= 0) {
      task.exited().await();
      return status(task);
    }
    if (waited(sched, task, limit)) {
      return status(task);
    }
    int sent = signal;
    send(in, sched, task, sent, name, verbose);
    if (killAfter > 0 && !waited(sched, task, killAfter)) {
      sent = Signal.KILL;
      send(in, sched, task, sent, name, verbose);
    }
    task.exited().await();
    if (preserve) {
      return status(task);
    }
    if (task.deathSignal() == Signal.KILL) {
      // dies of it as well, so that the caller can tell
      throw new Signalled(Signal.KILL, true);
    }
    return 124;
  }

  private static void send(
      Invocation in, Sched sched, Task task, int signal, String name, boolean verbose) {
    if (verbose) {
      in.error(
          "sending signal "
              + (signal == 0 ? "0" : Signal.name(signal))
              + " to command "
              + Quoting.locale(name));
    }
    if (task.group() == task.pid()) {
      sched.signalGroup(task.group(), signal);
    } else {
      task.signal(signal);
    }
    if (signal != Signal.KILL && signal != Signal.CONT) {
      task.signal(Signal.CONT);
    }
  }

  /** Waits for the task's end for some seconds; false when they are over. */
  private static boolean waited(Sched sched, Task task, double seconds) {
    if (task.finished()) {
      return true;
    }
    Gate either = Gate.external();
    Runnable watcher =
        () -> {
          if (task.finished()) {
            either.open();
          }
        };
    sched.watch(watcher);
    long until = sched.nanoTime() + (long) Math.min(seconds * 1e9, 9e18);
    Task waiter =
        sched.spawn(
            "timer",
            () -> {
              while (!task.finished()) {
                long left = (until - sched.nanoTime() + 999_999) / 1_000_000;
                if (left <= 0) {
                  break;
                }
                sched.sleep(Math.min(left, 2_000_000_000L));
              }
              either.open();
            });
    try {
      if (!task.finished()) {
        either.await();
      }
    } finally {
      sched.unwatch(watcher);
      waiter.signal(Signal.KILL);
    }
    return task.finished();
  }

  private static int status(Task t) {
    return t.deathSignal() != 0 ? 128 + t.deathSignal() : t.status();
  }

  private static double seconds(Invocation in, String s) {
    double d = Sleep.seconds(s);
    if (Double.isNaN(d)) {
      throw OPTIONS.usageError(in, "invalid time interval " + Quoting.locale(s));
    }
    return d;
  }
}
