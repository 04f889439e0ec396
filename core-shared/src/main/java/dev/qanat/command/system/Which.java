package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import java.util.List;

/** which: where programs are found. */
public final class Which implements Command {
  @Override
  public int run(Invocation in) {
    boolean all = false;
    boolean silent = false;
    int i = 0;
    List<String> args = in.args();
    for (; i < args.size() && args.get(i).length() > 1 && args.get(i).charAt(0) == '-'; i++) {
      if (args.get(i).equals("--")) {
        i++;
        break;
      }
      for (int k = 1; k < args.get(i).length(); k++) {
        char c = args.get(i).charAt(k);
        if (c != 'a' && c != 's') {
          in.stderr().line("Illegal option " + args.get(i));
          in.stderr().line("Usage: " + in.name() + " [-as] args");
          return 2;
        }
        all |= c == 'a';
        silent |= c == 's';
      }
    }
    if (i == args.size()) {
      return 1;
    }
    int status = 0;
    for (; i < args.size(); i++) {
      String where = in.programs().locate(args.get(i), in.env(), in.files());
      if (where == null) {
        status = 1;
      } else if (!silent) {
        in.stdout().line(where);
      }
    }
    return status;
  }
}
