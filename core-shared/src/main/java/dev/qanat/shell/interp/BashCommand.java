package dev.qanat.shell.interp;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;

/** {@code bash} and {@code sh} as programs: a new shell process over the same files. */
final class BashCommand implements Command {
  private static final int PROGRAMS_PER_STACK = 4;

  private final Machine machine;

  BashCommand(Machine machine) {
    this.machine = machine;
  }

  @Override
  public int run(Invocation in) {
    Sched sched = Sched.get();
    Task me = sched.current();
    if (me.attachment() == null) {
      // the task is this program's alone, as after execve(2)
      boolean before = me.setRunsCommand(false); // signals are for the shell itself
      try {
        return inPlace(in, me.enterProgram());
      } finally {
        me.leaveProgram();
        me.setRunsCommand(before);
      }
    }
    // $$ and signals to it must mean the new shell only
    var files = in.files().fork();
    Task task =
        sched.spawn(
            in.name(),
            () -> {
              ShellStart start = new ShellStart(machine, in, files);
              sched.current().setStatus(start.run());
            },
            t -> t.onExit(() -> files.descriptors().closeAll()));
    task.exited().await();
    if (me.attachment() instanceof Shell sh) {
      if (task.failure() != null) {
        sh.jobs.reportDeath(task, sh.currentCommand, true);
      } else if (task.deathSignal() != 0) {
        sh.interpreter.programs.died(task.deathSignal());
      }
    }
    return task.status();
  }

  /** Runs on the stack of the program that has become this shell: {@code exec $0} goes on so. */
  private int inPlace(Invocation in, int depth) {
    if (depth > machine.maxNesting()) {
      in.error("maximum exec nesting level exceeded (" + machine.maxNesting() + ")");
      return 126;
    }
    ShellStart start = new ShellStart(machine, in, in.files());
    if (depth % PROGRAMS_PER_STACK != 0) {
      return start.run();
    }
    int[] status = new int[1];
    Sched.get().onFreshStack(() -> status[0] = start.run());
    return status[0];
  }
}
