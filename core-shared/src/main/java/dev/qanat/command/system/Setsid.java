package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.vfs.FileContext;

/** setsid: a program in a session, and thereby a process group, of its own. */
public final class Setsid implements Command {
  private static final Options OPTIONS =
      Options.of("setsid")
          .usage("[options] <program> [arguments ...]")
          .about("Run a program in a new session.")
          .stopAtOperand()
          .flag('c', "ctty", "set the controlling terminal to the current one")
          .flag('f', "fork", "always fork")
          .flag('w', "wait", "wait program to exit, and use the same return");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "no command specified");
    }
    FileContext files = in.files().fork();
    Invocation child = in.child(p.operands(), files, in.env());
    int[] missing = new int[1];
    Command c = Runner.find(in, child, missing);
    if (c == null) {
      files.descriptors().closeAll();
      return missing[0];
    }
    Task task = in.start(c, child);
    task.setGroup(task.pid());
    // without -f a program that leads no group becomes the new session itself, so it is waited for
    if (p.has("fork") && !p.has("wait")) {
      return 0;
    }
    task.exited().await();
    return p.has("wait") || !leads() ? task.status() : 0;
  }

  private static boolean leads() {
    Task me = Sched.get().current();
    return me.attachment() == null && me.group() == me.pid();
  }
}
