package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import java.util.List;
import java.util.Map;

/** {@code alias} and {@code unalias}. */
public final class AliasBuiltins {
  private AliasBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("alias", AliasBuiltins::alias);
    table.put("unalias", AliasBuiltins::unalias);
  }

  private static int alias(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "p");
    boolean reusable = !sh.posix();
    for (int c = scan.next(); c != -1; c = scan.next()) {
      if (c == OptionScan.BAD) {
        return 2;
      }
      reusable = true;
    }
    if (scan.operands().isEmpty() || args.get(1).startsWith("-p")) {
      for (String name : sh.aliasMap().sortedKeys()) {
        show(sh, name, reusable);
      }
    }
    int status = 0;
    for (String a : scan.operands()) {
      int sign = a.indexOf('=', 1);
      if (sign > 0) {
        String name = a.substring(0, sign);
        if (!isValid(name)) {
          sh.complain("alias", "`" + name + "': invalid alias name");
          status = 1;
        } else {
          sh.aliasMap().put(name, a.substring(sign + 1));
        }
      } else if (sh.aliasMap().get(a) != null) {
        show(sh, a, reusable);
      } else {
        sh.complain("alias", a + ": not found");
        status = 1;
      }
    }
    return status;
  }

  /** Whether an alias may have the name. */
  public static boolean isValid(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (" \t\n/$`=\"'\\|&;()<>".indexOf(name.charAt(i)) >= 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static void show(Shell sh, String name, boolean reusable) {
    sh.out()
        .line(
            (reusable ? "alias " : "")
                + (name.startsWith("-") ? "-- " : "")
                + name
                + "="
                + Quoting.single(sh.aliasMap().get(name)));
  }

  private static int unalias(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "a");
    boolean all = false;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      if (c == OptionScan.BAD) {
        return 2;
      }
      all = true;
    }
    if (all) {
      sh.aliasMap().clear();
      return 0;
    }
    if (scan.operands().isEmpty()) {
      return sh.usage("unalias", null, HelpTexts.usage("unalias"));
    }
    int status = 0;
    for (String name : scan.operands()) {
      if (sh.aliasMap().remove(name) == null) {
        sh.complain("unalias", name + ": not found");
        status = 1;
      }
    }
    return status;
  }
}
