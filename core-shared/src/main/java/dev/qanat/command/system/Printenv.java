package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import java.util.Map;

/** printenv: the values of environment variables. */
public final class Printenv implements Command {
  private static final Options OPTIONS =
      Options.of("printenv")
          .usage("[OPTION]... [VARIABLE]...")
          .about(
              "Print the values of the specified environment VARIABLE(s).\nIf no VARIABLE is specified, print name and value pairs for them all.")
          .usageStatus(2)
          .stopAtOperand()
          .flag('0', "null", "end each output line with NUL, not newline");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    int end = p.has("null") ? 0 : '\n';
    if (p.operands().isEmpty()) {
      for (Map.Entry<String, String> e : in.env().entrySet()) {
        in.stdout().write(e.getKey() + "=" + e.getValue());
        in.stdout().write(end);
      }
      return 0;
    }
    int status = 0;
    for (String n : p.operands()) {
      String v = n.indexOf('=') >= 0 ? null : in.env(n);
      if (v == null) {
        status = 1;
      } else {
        in.stdout().write(v);
        in.stdout().write(end);
      }
    }
    return status;
  }
}
