package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Function;
import dev.qanat.shell.interp.Shell;
import java.util.List;

/** {@code unset}. */
public final class UnsetBuiltin implements Builtin {
  @Override
  public int run(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "fnv");
    boolean functions = false;
    boolean variables = false;
    boolean references = false;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'f' -> functions = true;
        case 'v' -> variables = true;
        case 'n' -> references = true;
        default -> {
          return Shell.USAGE + 2;
        }
      }
    }
    if (functions && variables) {
      sh.complain("unset", "cannot simultaneously unset a function and a variable");
      return Shell.USAGE + 1;
    }
    int status = 0;
    for (String name : scan.operands()) {
      if (functions) {
        status |= function(sh, name);
        continue;
      }
      int bracket = name.indexOf('[');
      String plain =
          bracket > 0 && sh.expander().isElement(name) ? name.substring(0, bracket) : name;
      if (!Expander.isName(plain)) {
        if (!variables && !references) {
          status |= function(sh, name);
          continue;
        }
        sh.complain("unset", "`" + name + "': not a valid identifier");
        status = 1;
        continue;
      }
      if (!variables
          && !references
          && bracket < 0
          && sh.variables().find(name) == null
          && sh.functions().get(name) != null) {
        status |= function(sh, name);
        continue;
      }
      try {
        if (references) {
          sh.variables().unsetReference(name);
        } else {
          sh.expander().unset(name);
        }
      } catch (ExpansionError e) {
        if (e.getMessage() != null && e.getMessage().contains(" (error token is ")) {
          sh.error(e.getMessage());
          return sh.giveUpCommand(1);
        }
        sh.complain("unset", e.getMessage());
        status = 1;
      }
    }
    return status;
  }

  private static int function(Shell sh, String name) {
    Function f = sh.functions().get(name);
    if (f != null && f.readonly()) {
      sh.complain("unset", name + ": cannot unset: readonly function");
      return 1;
    }
    sh.functions().remove(name);
    return 0;
  }
}
