package dev.qanat.shell.interp;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;

/** {@code bash} and {@code sh} as programs: a new shell process over the same files. */
final class BashCommand implements Command {
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
        return new ShellStart(machine, in, in.files()).run();
      } finally {
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
      sh.jobs.reportDeath(task, sh.currentCommand, true);
    }
    return task.status();
  }
}
