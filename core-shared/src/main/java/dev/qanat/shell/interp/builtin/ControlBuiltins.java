package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.PositionalParameters;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What steers the shell: loops, functions, exit, eval, source, exec and the like. */
public final class ControlBuiltins {
  private ControlBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put(":", (sh, args) -> 0);
    table.put("true", (sh, args) -> 0);
    table.put("false", (sh, args) -> 1);
    table.put("break", (sh, args) -> loop(sh, args, true));
    table.put("continue", (sh, args) -> loop(sh, args, false));
    table.put("return", ControlBuiltins::returns);
    table.put("exit", ControlBuiltins::exit);
    table.put("logout", ControlBuiltins::logout);
    table.put("shift", ControlBuiltins::shift);
    table.put("eval", ControlBuiltins::eval);
    table.put(".", ControlBuiltins::source);
    table.put("source", ControlBuiltins::source);
    table.put("exec", ControlBuiltins::exec);
    table.put("builtin", ControlBuiltins::builtin);
    table.put("let", ControlBuiltins::let);
    table.put("caller", ControlBuiltins::caller);
    table.put("times", ControlBuiltins::times);
  }

  /** The number in an argument; null, after a message, when it is none. */
  private static Long number(Shell sh, String builtin, String text) {
    String t = text.trim();
    try {
      if (t.startsWith("+")) {
        t = t.substring(1);
      }
      return Long.parseLong(t);
    } catch (NumberFormatException e) {
      sh.complain(builtin, text + ": numeric argument required");
      return null;
    }
  }

  private static int loop(Shell sh, List<String> args, boolean leave) {
    String name = args.get(0);
    int first = args.size() > 1 && args.get(1).equals("--") ? 2 : 1;
    if (args.size() > first && args.get(first).equals("--help")) {
      return HelpTexts.show(sh, name);
    }
    if (sh.loopDepth() == 0) {
      if (!sh.posix()) {
        sh.complain(name, "only meaningful in a `for', `while', or `until' loop");
      }
      return 0;
    }
    long n = 1;
    if (args.size() > first) {
      Long given = number(sh, name, args.get(first));
      if (given == null) {
        if (!sh.interactive()) {
          sh.exit(128);
          return 128;
        }
        return sh.giveUpText(128);
      }
      if (args.size() > first + 1) {
        sh.complain(name, "too many arguments");
        return sh.giveUpText(1);
      }
      n = given;
      if (n <= 0) {
        sh.complain(name, args.get(first) + ": loop count out of range");
        sh.leaveLoops(sh.loopDepth());
        sh.status = 1;
        return 1;
      }
    }
    sh.status = 0;
    int count = (int) Math.min(n, Integer.MAX_VALUE);
    if (leave) {
      sh.leaveLoops(count);
    } else {
      sh.continueLoops(count);
    }
    return 0;
  }

  private static int returns(Shell sh, List<String> args) {
    if (asksForHelp(args)) {
      return HelpTexts.show(sh, "return");
    }
    int first = args.size() > 1 && args.get(1).equals("--") ? 2 : 1;
    int status = sh.status;
    if (sh.statusBeforeTrap() >= 0 && sh.functionDepth() == 0) {
      status = sh.statusBeforeTrap();
    }
    if (args.size() > first) {
      Long given = number(sh, "return", args.get(first));
      if (given == null) {
        status = 2;
      } else if (args.size() > first + 1) {
        sh.complain("return", "too many arguments");
        return sh.giveUpText(1);
      } else {
        status = (int) (given & 255);
      }
    }
    if (sh.functionDepth() == 0 && sh.sourceDepth() == 0) {
      sh.complain("return", "can only `return' from a function or sourced script");
      return Shell.USAGE + 2;
    }
    sh.leaveFunction(status);
    return status;
  }

  private static int exit(Shell sh, List<String> args) {
    int first = args.size() > 1 && args.get(1).equals("--") ? 2 : 1;
    int status = sh.statusBeforeTrap() >= 0 ? sh.statusBeforeTrap() : sh.status;
    if (args.size() > first && args.get(first).equals("--help")) {
      return HelpTexts.show(sh, "exit");
    }
    if (sh.interactive()) {
      sh.say(sh.login() ? "logout" : "exit");
    }
    if (args.size() > first) {
      Long given = number(sh, "exit", args.get(first));
      if (given == null) {
        status = 2;
      } else if (args.size() > first + 1) {
        sh.complain("exit", "too many arguments");
        return sh.giveUpText(1);
      } else {
        status = (int) (given & 255);
      }
    }
    if (!sh.leaving().mayLeave(sh.commandNumber())) {
      sh.leaving().warnOfJobs(sh.commandNumber() + 1);
      return 1;
    }
    sh.leaving().logOut();
    sh.exit(status);
    return status;
  }

  private static int logout(Shell sh, List<String> args) {
    if (asksForHelp(args)) {
      return HelpTexts.show(sh, "logout");
    }
    if (!sh.login()) {
      sh.complain("logout", "not login shell: use `exit'");
      return 1;
    }
    return exit(sh, args);
  }

  private static int shift(Shell sh, List<String> args) {
    if (asksForHelp(args)) {
      return HelpTexts.show(sh, "shift");
    }
    long n = 1;
    int first = args.size() > 1 && args.get(1).equals("--") ? 2 : 1;
    if (args.size() > first) {
      Long given = number(sh, "shift", args.get(first));
      if (given == null) {
        return Shell.USAGE + 1;
      }
      if (args.size() > first + 1) {
        sh.complain("shift", "too many arguments");
        return sh.giveUpText(1);
      }
      n = given;
    }
    if (n < 0) {
      sh.complain("shift", args.get(first) + ": shift count out of range");
      return 1;
    }
    List<String> all = sh.positionals();
    if (n > all.size()) {
      if (sh.isOn(Shopt.shift_verbose) || sh.posix()) {
        sh.complain("shift", n + ": shift count out of range");
      }
      return 1;
    }
    if (n > 0) {
      sh.setPositionals(PositionalParameters.shifted(all, (int) n));
    }
    return 0;
  }

  private static int eval(Shell sh, List<String> args) {
    int first = 1;
    if (args.size() > 1 && args.get(1).startsWith("-") && args.get(1).length() > 1) {
      if (args.get(1).equals("--")) {
        first = 2;
      } else if (args.get(1).equals("--help")) {
        return HelpTexts.show(sh, "eval");
      } else {
        return Shell.USAGE
            + sh.usage("eval", args.get(1).substring(0, 2) + ": invalid option", "eval [arg ...]");
      }
    }
    if (args.size() == first) {
      return 0;
    }
    String text =
        args.size() == first + 1
            ? args.get(first)
            : String.join(" ", args.subList(first, args.size()));
    return sh.eval(text);
  }

  private static int source(Shell sh, List<String> args) {
    String name = args.get(0);
    int first = 1;
    if (args.size() > 1 && args.get(1).equals("--")) {
      first = 2;
    } else if (args.size() > 1 && args.get(1).startsWith("-") && args.get(1).length() > 1) {
      if (args.get(1).equals("--help")) {
        return HelpTexts.show(sh, name);
      }
      return Shell.USAGE
          + sh.usage(
              name,
              args.get(1).substring(0, 2) + ": invalid option",
              name + " filename [arguments]");
    }
    if (args.size() <= first) {
      sh.complain(name, "filename argument required");
      sh.say(name + ": usage: " + name + " filename [arguments]");
      return Shell.USAGE + 2;
    }
    String file = args.get(first);
    if (sh.restricted() && file.indexOf('/') >= 0) {
      sh.complain(name, file + ": restricted");
      return 1;
    }
    String path = file;
    if (file.indexOf('/') < 0 && sh.isOn(Shopt.sourcepath)) {
      String found = null;
      String search = sh.variables().get("PATH");
      for (String dir : (search == null ? "" : search).split(":", -1)) {
        String candidate = dir.isEmpty() ? file : dir + "/" + file;
        var stat = sh.files().statOrNull(candidate);
        if (stat != null && !stat.isDirectory()) {
          found = candidate;
          break;
        }
      }
      if (found == null && !sh.posix()) {
        found = sh.files().exists(file) ? file : null;
      }
      if (found == null) {
        if (sh.posix()) {
          sh.complain(name, file + ": file not found");
        } else {
          sh.error(file + ": No such file or directory");
        }
        return unread(sh);
      }
      path = found;
    }
    byte[] content;
    try {
      if (sh.files().isDirectory(path)) {
        sh.complain(name, file + ": is a directory");
        return unread(sh);
      }
      content = withoutNuls(sh.files().readFile(path));
    } catch (VfsException e) {
      sh.error(file + ": " + e.reason());
      return unread(sh);
    }
    List<String> positional =
        args.size() > first + 1 ? new ArrayList<>(args.subList(first + 1, args.size())) : null;
    return sh.sourceFile(path, content, positional);
  }

  /** A file that cannot be read sets off the RETURN trap as well. */
  private static int unread(Shell sh) {
    if (!sh.posix()) {
      sh.traps().runReturn(false);
    }
    return Shell.USAGE + 1;
  }

  private static byte[] withoutNuls(byte[] content) {
    int n = 0;
    for (byte b : content) {
      if (b != 0) {
        n++;
      }
    }
    if (n == content.length) {
      return content;
    }
    byte[] text = new byte[n];
    n = 0;
    for (byte b : content) {
      if (b != 0) {
        text[n++] = b;
      }
    }
    return text;
  }

  private static int exec(Shell sh, List<String> args) {
    sh.keepRedirections(); // whatever becomes of the command
    String usage = "exec [-cl] [-a name] [command [argument ...]] [redirection ...]";
    boolean clear = false;
    boolean login = false;
    String argv0 = null;
    int i = 1;
    while (i < args.size() && args.get(i).startsWith("-") && args.get(i).length() > 1) {
      String a = args.get(i++);
      if (a.equals("--")) {
        break;
      }
      if (a.equals("--help")) {
        return HelpTexts.show(sh, "exec");
      }
      for (int k = 1; k < a.length(); k++) {
        switch (a.charAt(k)) {
          case 'c' -> clear = true;
          case 'l' -> login = true;
          case 'a' -> {
            if (k + 1 < a.length()) {
              argv0 = a.substring(k + 1);
            } else if (i < args.size()) {
              argv0 = args.get(i++);
            } else {
              sh.complain("exec", "-a: option requires an argument");
              return Shell.USAGE + sh.usage("exec", null, usage);
            }
            k = a.length();
          }
          default -> {
            return Shell.USAGE + sh.usage("exec", "-" + a.charAt(k) + ": invalid option", usage);
          }
        }
      }
    }
    if (i >= args.size()) {
      return 0;
    }
    if (sh.restricted()) {
      sh.complain("exec", "restricted");
      return 1;
    }
    List<String> command = args.subList(i, args.size());
    String name = argv0 != null ? argv0 : command.get(0);
    if (login) {
      name = "-" + name;
    }
    int status = sh.execProgram(name, command, clear ? new HashMap<>() : sh.exportedEnvironment());
    boolean fails = !sh.interactive() && !sh.isOn(Shopt.execfail) || sh.subshellDepth() > 0;
    if (!sh.unwinding() && fails) {
      sh.exit(status);
    }
    return status;
  }

  private static int builtin(Shell sh, List<String> args) {
    int i = 1;
    if (i < args.size() && args.get(i).equals("--help")) {
      return HelpTexts.show(sh, "builtin");
    }
    if (i < args.size() && args.get(i).equals("--")) {
      i++;
    } else if (i < args.size() && args.get(i).startsWith("-") && args.get(i).length() > 1) {
      return sh.usage(
          "builtin",
          args.get(i).substring(0, 2) + ": invalid option",
          "builtin [shell-builtin [arg ...]]");
    }
    if (i >= args.size()) {
      return 0;
    }
    String name = args.get(i);
    Builtin b = sh.enabledBuiltin(name);
    if (b == null) {
      sh.complain("builtin", name + ": not a shell builtin");
      return 1;
    }
    return b.run(sh, args.subList(i, args.size()));
  }

  private static int let(Shell sh, List<String> args) {
    if (asksForHelp(args)) {
      return HelpTexts.show(sh, "let");
    }
    int i = args.size() > 1 && args.get(1).equals("--") ? 2 : 1;
    if (i >= args.size()) {
      sh.complain("let", "expression expected");
      return 1;
    }
    long value = 0;
    for (; i < args.size(); i++) {
      try {
        value = sh.expander().evaluate(args.get(i));
      } catch (ArithException e) {
        sh.failedArithmetic(e, "let: ");
        return 1;
      }
    }
    return value != 0 ? 0 : 1;
  }

  private static boolean asksForHelp(List<String> args) {
    return args.size() > 1 && args.get(1).equals("--help");
  }

  private static int caller(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "");
    if (scan.next() != -1) {
      return 2;
    }
    args = args.subList(scan.index() - 1, args.size());
    if (args.size() == 1) {
      String[] frame = sh.caller(0);
      if (frame == null) {
        if (sh.readsFile()) {
          sh.out().line("0 NULL");
        }
        return sh.readsFile() ? 0 : 1;
      }
      sh.out().line(frame[0] + " " + (frame[2] == null ? "NULL" : frame[2]));
      return 0;
    }
    int n;
    try {
      n = Integer.parseInt(args.get(1));
    } catch (NumberFormatException e) {
      sh.complain("caller", args.get(1) + ": invalid number");
      return sh.usage("caller", null, "caller [expr]");
    }
    String[] frame = n < 0 ? null : sh.caller(n);
    if (frame == null || frame[1] == null) {
      return 1;
    }
    sh.out().line(frame[0] + " " + frame[1] + " " + (frame[2] == null ? "NULL" : frame[2]));
    return 0;
  }

  private static int times(Shell sh, List<String> args) {
    if (new OptionScan(sh, args, "").next() != -1) {
      return 2;
    }
    Task task = Sched.get().current();
    // one processor that knows no system mode: all time is the user's
    sh.out().line(seconds(task.cpuNanos()) + " 0m0.000s");
    sh.out().line(seconds(task.childrenCpuNanos()) + " 0m0.000s");
    return 0;
  }

  private static String seconds(long nanos) {
    long millis = nanos / 1_000_000;
    String fraction = String.valueOf(1000 + millis % 1000).substring(1);
    return millis / 60_000 + "m" + millis / 1000 % 60 + "." + fraction + "s";
  }
}
