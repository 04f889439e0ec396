package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.vfs.FileStat;
import java.util.List;

/** which: where in the path programs are, the first place of each or with -a all of them. */
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
      if (!search(in, args.get(i), all, silent)) {
        status = 1;
      }
    }
    return status;
  }

  private static boolean search(Invocation in, String name, boolean all, boolean silent) {
    if (name.indexOf('/') >= 0) {
      return found(in, name, silent);
    }
    String path = in.env("PATH");
    boolean any = false;
    for (String directory : (path == null ? "" : path).split(":", -1)) {
      any |= found(in, (directory.isEmpty() ? "." : directory) + "/" + name, silent);
      if (any && !all) {
        break;
      }
    }
    return any;
  }

  private static boolean found(Invocation in, String file, boolean silent) {
    FileStat s = in.files().statOrNull(file);
    if (s == null || !s.isFile() || !in.files().access(file, 1)) {
      return false;
    }
    if (!silent) {
      in.stdout().line(file);
    }
    return true;
  }
}
