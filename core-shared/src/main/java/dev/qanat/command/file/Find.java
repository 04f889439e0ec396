package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.text.Quoting;
import java.util.ArrayList;
import java.util.List;

/** find: walks trees and tests, prints, removes or hands over what it meets. */
public final class Find implements Command {
  @Override
  public int run(Invocation in) {
    List<String> args = in.args();
    FindRun r = new FindRun(in);
    int i = 0;
    for (; i < args.size(); i++) {
      String a = args.get(i);
      if (a.equals("-H") || a.equals("-L") || a.equals("-P")) {
        r.follow = a.charAt(1);
      } else if (a.equals("-D")) {
        throw in.fail(1, "-D is not available");
      } else if (a.startsWith("-O")) {
        // how hard to optimise: a hint, as every level finds the same
        if (a.length() != 3 || a.charAt(2) < '0' || a.charAt(2) > '9') {
          throw in.fail(1, "Please specify a decimal number immediately after -O");
        }
      } else if (a.equals("--")) {
        i++;
        break;
      } else if (a.equals("--help") || a.equals("-help")) {
        in.stdout().line("Usage: find [-H] [-L] [-P] [path...] [expression]");
        return 0;
      } else if (a.equals("--version") || a.equals("-version")) {
        in.stdout().line("find (Qanat) 0.1.0, compatible with GNU findutils 4.9.0");
        return 0;
      } else {
        break;
      }
    }
    List<String> paths = new ArrayList<>();
    while (i < args.size() && !isExpression(args.get(i))) {
      paths.add(args.get(i++));
    }
    FindExpression e = new FindExpression(in, r, args.subList(i, args.size()));
    FindExpression.Test test = e.parse();
    List<String> starts = paths.isEmpty() ? List.of(".") : paths;
    try {
      if (r.startsFrom != null) {
        if (!paths.isEmpty()) {
          in.error("extra operand " + Quoting.locale(paths.get(0)));
          throw in.fail(1, "file operands cannot be combined with -files0-from");
        }
        starts = dev.qanat.command.text.FileList.read(in, r.startsFrom);
        if (starts == null) {
          return 1;
        }
      }
      for (String p : starts) {
        if (r.quit) {
          break;
        }
        r.start(p, test);
      }
      e.finish();
    } finally {
      e.close();
    }
    return r.status;
  }

  private static boolean isExpression(String a) {
    return a.length() > 1 && a.charAt(0) == '-' || a.equals("(") || a.equals("!");
  }
}
