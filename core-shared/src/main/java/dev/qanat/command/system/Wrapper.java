package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import java.util.ArrayList;
import java.util.List;

/** nohup, nice and stdbuf: programs that run another with something about it changed. */
public final class Wrapper implements Command {
  private final String kind;
  private final Options options;

  /** {@code kind}: nohup, nice or stdbuf. */
  public Wrapper(String kind) {
    this.kind = kind;
    options =
        Options.of(kind)
            .usage(kind.equals("nohup") ? "COMMAND [ARG]...\nOPTION" : "OPTION... COMMAND [ARG]...")
            .stopAtOperand()
            .usageStatus(125);
    switch (kind) {
      case "nohup" -> options.about("Run COMMAND, ignoring hangup signals.");
      case "nice" ->
          options
              .about("Run COMMAND with an adjusted niceness (all run alike here).")
              .value('n', "adjustment", "N", "add integer N to the niceness (default 10)");
      default ->
          options
              .about("Run COMMAND, with modified buffering operations for its standard streams.")
              .value('i', "input", "MODE", "adjust standard input stream buffering")
              .value('o', "output", "MODE", "adjust standard output stream buffering")
              .value('e', "error", "MODE", "adjust standard error stream buffering");
    }
  }

  @Override
  public int run(Invocation in) {
    List<String> args = new ArrayList<>(in.args());
    if (kind.equals("nice")
        && !args.isEmpty()
        && args.get(0).length() > 1
        && args.get(0).charAt(0) == '-'
        && Character.isDigit(args.get(0).charAt(1))) {
      args.set(0, "-n" + args.get(0).substring(1));
    }
    Options.Parsed p = options.parse(in, args);
    if (kind.equals("nice")) {
      String n = p.value("adjustment");
      if (n != null && SizeText.parse(n.startsWith("-") ? n.substring(1) : n, "") < 0) {
        throw in.fail(125, "invalid adjustment " + Quoting.locale(n));
      }
      if (p.operands().isEmpty()) {
        if (n != null) {
          throw options.usageError(in, "a command must be given with an adjustment");
        }
        in.stdout().line(String.valueOf(Sched.get().current().niceness()));
        return 0;
      }
    }
    if (p.operands().isEmpty()) {
      throw options.usageError(in, "missing operand");
    }
    if (kind.equals("stdbuf")) {
      if (p.options().isEmpty()) {
        throw options.usageError(in, "you must specify a buffering mode option");
      }
      for (Options.Given g : p.options()) {
        if (!g.value().equals("L") && SizeText.parse(g.value(), SizeText.USUAL) < 0) {
          throw in.fail(125, "invalid mode " + Quoting.locale(g.value()));
        }
      }
    }
    Task me = Sched.get().current();
    Task.Disposition before = me.disposition(Signal.HUP);
    int niceness = me.niceness();
    FileContext files = in.files().fork();
    try {
      if (kind.equals("nohup")) {
        me.setDisposition(Signal.HUP, Task.Disposition.IGNORE);
        OpenFile out = files.descriptors().get(1);
        if (out != null && out.isTerminal()) {
          in.error("ignoring input and appending output to 'nohup.out'");
          files.descriptors().set(1, files.open("nohup.out", OpenFlags.ADD, 0600));
          OpenFile err = files.descriptors().get(2);
          if (err != null && err.isTerminal()) {
            files.descriptors().set(2, files.descriptors().need(1).retain());
          }
        }
      }
      if (kind.equals("nice")) {
        String n = p.value("adjustment");
        me.setNiceness(niceness + adjustment(n == null ? "10" : n));
      }
      return Runner.run(in, p.operands(), files, in.env());
    } finally {
      me.setNiceness(niceness);
      me.setDisposition(Signal.HUP, before);
      files.descriptors().closeAll();
    }
  }

  private static int adjustment(String n) {
    boolean negative = n.startsWith("-");
    int value = (int) Math.min(100, SizeText.parse(negative ? n.substring(1) : n, ""));
    return negative ? -value : value;
  }
}
