package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.expand.VariableSource;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.OptionsList;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code set} and {@code shopt}. */
public final class SetBuiltins {
  private SetBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("set", SetBuiltins::set);
    table.put("shopt", SetBuiltins::shopt);
  }

  private static int set(Shell sh, List<String> args) {
    int status = setOptions(sh, args);
    if (sh.isOn(Opt.NOEXEC) && !sh.interactive()) {
      return sh.giveUpCommand(status); // nothing runs any more; the rest is only read
    }
    return status;
  }

  private static int setOptions(Shell sh, List<String> args) {
    int n = args.size();
    if (n == 1) {
      listVariables(sh);
      return 0;
    }
    // bad options are found before any is set
    int i = 1;
    while (i < n) {
      String a = args.get(i);
      if (a.equals("+")) {
        i++;
        continue;
      }
      if (a.length() < 2 || a.charAt(0) != '-' && a.charAt(0) != '+' || a.equals("--")) {
        break;
      }
      if (a.equals("--help")) {
        return HelpTexts.show(sh, "set");
      }
      i++;
      for (int k = 1; k < a.length(); k++) {
        char c = a.charAt(k);
        if (c == 'o') {
          if (i < n && !args.get(i).startsWith("-") && !args.get(i).startsWith("+")) {
            i++;
          }
        } else if (ShellOptions.ofLetter(c) == null && c != 'r') {
          return Shell.USAGE
              + sh.usage("set", a.charAt(0) + "" + c + ": invalid option", HelpTexts.usage("set"));
        }
      }
    }
    i = 1;
    while (i < n) {
      String a = args.get(i);
      if (a.equals("--")) {
        positional(sh, args, i + 1);
        return 0;
      }
      if (a.equals("-")) {
        sh.setOption(Opt.XTRACE, false);
        sh.setOption(Opt.VERBOSE, false);
        if (i + 1 < n) {
          positional(sh, args, i + 1);
        }
        return 0;
      }
      if (a.equals("+")) {
        i++;
        continue;
      }
      if (a.length() < 2 || a.charAt(0) != '-' && a.charAt(0) != '+') {
        positional(sh, args, i);
        return 0;
      }
      boolean on = a.charAt(0) == '-';
      i++;
      for (int k = 1; k < a.length(); k++) {
        char c = a.charAt(k);
        if (c == 'r' && on) {
          sh.restrict();
          continue;
        }
        if (c == 'r') {
          if (sh.restricted()) {
            sh.usage("set", "+r: invalid option", HelpTexts.usage("set"));
            return 1;
          }
          continue;
        }
        if (c != 'o') {
          sh.setOption(ShellOptions.ofLetter(c), on);
          continue;
        }
        if (i >= n || args.get(i).startsWith("-") || args.get(i).startsWith("+")) {
          OptionsList.printSet(sh, on);
          continue;
        }
        Opt o = ShellOptions.ofName(args.get(i));
        if (o == null) {
          sh.complain("set", args.get(i) + ": invalid option name");
          return Shell.USAGE + 2;
        }
        sh.setOption(o, on);
        i++;
      }
    }
    return 0;
  }

  private static void positional(Shell sh, List<String> args, int from) {
    sh.setPositionals(new ArrayList<>(args.subList(from, args.size())));
    sh.positionalsWereSet();
  }

  private static void listVariables(Shell sh) {
    for (String name : sh.variables().names()) {
      Variable v = sh.variables().find(name);
      if (v == null || !v.hasValue() || !sh.variables().isListed(name)) {
        continue;
      }
      if (v.array() != null || v.map() != null) {
        String declaration = VariableSource.of(v);
        int sign = declaration.indexOf(name + "=");
        if (sign >= 0) {
          sh.out().line(declaration.substring(sign));
        }
      } else {
        sh.out().line(name + "=" + Quoting.ifNeeded(v.value()));
      }
    }
    if (!sh.posix()) {
      for (String f : sh.functions().sortedKeys()) {
        sh.out().write(Printer.function(sh.functions().get(f).tree()));
      }
    }
  }

  private static int shopt(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "psuqo");
    boolean set = false;
    boolean unset = false;
    boolean quiet = false;
    boolean commands = false;
    boolean opts = false;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 's' -> set = true;
        case 'u' -> unset = true;
        case 'q' -> quiet = true;
        case 'p' -> commands = true;
        case 'o' -> opts = true;
        default -> {
          return 2;
        }
      }
    }
    if (set && unset) {
      sh.complain("shopt", "cannot set and unset shell options simultaneously");
      return 1;
    }
    List<String> names = scan.operands();
    if (names.isEmpty()) {
      if (opts) {
        for (Opt o : Opt.values()) {
          if (!set && !unset || sh.isOn(o) == set) {
            if (!quiet) {
              OptionsList.printSet(sh, o, !commands);
            }
          }
        }
      } else {
        for (Shopt o : Shopt.values()) {
          if (!set && !unset || sh.isOn(o) == set) {
            if (!quiet) {
              OptionsList.printShopt(sh, o, commands);
            }
          }
        }
      }
      return 0;
    }
    int status = 0;
    for (String name : names) {
      if (opts) {
        Opt o = ShellOptions.ofName(name);
        if (o == null) {
          sh.complain("shopt", name + ": invalid option name");
          status = set || unset ? status : 1;
        } else if (set || unset) {
          sh.setOption(o, set);
        } else {
          if (!sh.isOn(o)) {
            status = 1;
          }
          if (!quiet) {
            OptionsList.printSet(sh, o, !commands);
          }
        }
        continue;
      }
      Shopt o = ShellOptions.shoptOfName(name);
      if (o == null) {
        sh.complain("shopt", name + ": invalid shell option name");
        status = 1;
      } else if (set || unset) {
        if (o == Shopt.restricted_shell) {
          sh.setOption(o, sh.restricted()); // neither on nor off by this way
        } else if (o != Shopt.login_shell) { // which tells how the shell was started
          sh.setOption(o, set);
        }
      } else {
        if (!sh.isOn(o)) {
          status = 1;
        }
        if (!quiet) {
          OptionsList.printShopt(sh, o, commands);
        }
      }
    }
    return status;
  }
}
