package dev.qanat.shell.interp;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A builtin run as a program, as {@code env printf} or {@code xargs test} need it. */
final class BuiltinProgram implements Command {
  private final Machine machine;
  private final String builtin;

  BuiltinProgram(Machine machine, String builtin) {
    this.machine = machine;
    this.builtin = builtin;
  }

  @Override
  public int run(Invocation in) {
    Shell sh = new Shell(machine, in.files());
    sh.setName(in.name());
    for (Map.Entry<String, String> e : in.env().entrySet()) {
      if (dev.qanat.shell.expand.Expander.isName(e.getKey())) {
        sh.variables().setRaw(e.getKey(), e.getValue());
      }
    }
    List<String> args = new ArrayList<>(in.args().size() + 1);
    args.add(builtin);
    args.addAll(in.args());
    int status = sh.interpreter.simple.builtin(Builtins.get(builtin), args, null, false);
    sh.flushQuietly();
    return status;
  }
}
