package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.AssociativeArray;
import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Completions;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code complete compgen compopt}. */
public final class CompletionBuiltins {
  static final String[] ACTIONS = {
    "alias",
    "arrayvar",
    "binding",
    "builtin",
    "command",
    "directory",
    "disabled",
    "enabled",
    "export",
    "file",
    "function",
    "group",
    "helptopic",
    "hostname",
    "job",
    "keyword",
    "running",
    "service",
    "setopt",
    "shopt",
    "signal",
    "stopped",
    "user",
    "variable"
  };
  private static final Set<String> OPTIONS =
      new TreeSet<>(
          List.of(
              "bashdefault",
              "default",
              "dirnames",
              "filenames",
              "noquote",
              "nosort",
              "nospace",
              "plusdirs"));

  /** The size of bash's table of declarations, in whose order it lists them. */
  private static final int BUCKETS = 512;

  private CompletionBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("complete", CompletionBuiltins::complete);
    table.put("compgen", CompletionBuiltins::compgen);
    table.put("compopt", CompletionBuiltins::compopt);
    table.put("bind", new BindBuiltin());
  }

  private static String actionOf(int letter) {
    return switch (letter) {
      case 'a' -> "alias";
      case 'b' -> "builtin";
      case 'c' -> "command";
      case 'd' -> "directory";
      case 'e' -> "export";
      case 'f' -> "file";
      case 'g' -> "group";
      case 'j' -> "job";
      case 'k' -> "keyword";
      case 's' -> "service";
      case 'u' -> "user";
      case 'v' -> "variable";
      default -> null;
    };
  }

  private static char letterOf(String action) {
    for (char c : "abcdefgjksuv".toCharArray()) {
      if (action.equals(actionOf(c))) {
        return c;
      }
    }
    return 0;
  }

  /** What the options of complete and compgen gave; null after an error. */
  private static final class Given {
    final Completions.Spec spec = new Completions.Spec();
    boolean print;
    boolean remove;
    boolean byDefault;
    boolean empty;
    boolean initial;
    List<String> operands;
  }

  private static Given parse(Shell sh, List<String> args, boolean declares) {
    String name = args.get(0);
    String letters = "abcdefgjksuvo:A:G:W:F:C:X:P:S:" + (declares ? "prDEI" : "");
    OptionScan scan = new OptionScan(sh, args, letters);
    Given g = new Given();
    for (int c = scan.next(); c != -1; c = scan.next()) {
      String a = scan.argument;
      switch (c) {
        case 'o' -> {
          if (!OPTIONS.contains(a)) {
            sh.complain(name, a + ": invalid option name");
            return null;
          }
          g.spec.options.add(a);
        }
        case 'A' -> {
          boolean known = false;
          for (String action : ACTIONS) {
            known |= action.equals(a);
          }
          if (!known) {
            sh.complain(name, a + ": invalid action name");
            return null;
          }
          g.spec.actions.add(a);
        }
        case 'G' -> g.spec.glob = a;
        case 'W' -> g.spec.words = a;
        case 'F' -> g.spec.function = a;
        case 'C' -> g.spec.command = a;
        case 'X' -> g.spec.filter = a;
        case 'P' -> g.spec.prefix = a;
        case 'S' -> g.spec.suffix = a;
        case 'p' -> g.print = true;
        case 'r' -> g.remove = true;
        case 'D' -> g.byDefault = true;
        case 'E' -> g.empty = true;
        case 'I' -> g.initial = true;
        default -> {
          String action = actionOf(c);
          if (action == null) {
            return null;
          }
          g.spec.actions.add(action);
        }
      }
    }
    g.operands = scan.operands();
    if (g.spec.function != null && !Quoting.ifNeeded(g.spec.function).equals(g.spec.function)) {
      sh.complain(name, "`" + g.spec.function + "': not a valid identifier");
      return null;
    }
    return g;
  }

  private static int complete(Shell sh, List<String> args) {
    Given g = parse(sh, args, true);
    if (g == null) {
      return 2;
    }
    Completions all = sh.completions();
    boolean special = g.byDefault || g.empty || g.initial;
    if (g.remove) {
      if (special) {
        if (g.byDefault) {
          all.byDefault = null;
        }
        if (g.empty) {
          all.forEmpty = null;
        }
        if (g.initial) {
          all.forInitial = null;
        }
        return 0;
      }
      if (g.operands.isEmpty()) {
        all.commands.clear();
        return 0;
      }
      g.operands.forEach(all.commands::remove); // one that is not there is no error
      return 0;
    }
    if (g.print || args.size() == 1) {
      if (special) {
        char which = g.byDefault ? 'D' : g.empty ? 'E' : 'I';
        if (all.special(which) == null) {
          return missing(sh, "complete", which);
        }
        print(sh, all.special(which), "-" + which);
        return 0;
      }
      if (g.operands.isEmpty()) {
        print(sh, all.forInitial, "-I");
        print(sh, all.byDefault, "-D");
        print(sh, all.forEmpty, "-E");
        for (String c : AssociativeArray.inOrder(all.commands.keySet(), BUCKETS)) {
          print(sh, all.commands.get(c), c);
        }
        return 0;
      }
      int status = 0;
      for (String c : g.operands) {
        Completions.Spec s = all.commands.get(c);
        if (s == null) {
          sh.complain("complete", c + ": no completion specification");
          status = 1;
        } else {
          print(sh, s, c);
        }
      }
      return status;
    }
    if (special) {
      if (g.byDefault) {
        all.byDefault = g.spec;
      } else if (g.empty) {
        all.forEmpty = g.spec;
      } else {
        all.forInitial = g.spec;
      }
      return 0;
    }
    if (g.operands.isEmpty()) {
      return sh.usage("complete", null, HelpTexts.usage("complete"));
    }
    for (String c : g.operands) {
      all.commands.put(c, g.spec);
    }
    return 0;
  }

  /** Says that {@code -D}, {@code -E} or {@code -I} has not been declared. */
  private static int missing(Shell sh, String builtin, char which) {
    String name = which == 'D' ? "_DefaultCmD_" : which == 'E' ? "_EmptycmD_" : "_InitialWorD_";
    sh.complain(builtin, name + ": no completion specification");
    return 1;
  }

  private static void print(Shell sh, Completions.Spec s, String name) {
    if (s == null) {
      return;
    }
    StringBuilder out = new StringBuilder("complete");
    for (String o : s.options) {
      out.append(" -o ").append(o);
    }
    for (String a : s.actions) {
      char c = letterOf(a);
      if (c != 0) {
        out.append(" -").append(c);
      }
    }
    for (String a : s.actions) {
      if (letterOf(a) == 0) {
        out.append(" -A ").append(a);
      }
    }
    quoted(out, "-G", s.glob);
    quoted(out, "-W", s.words);
    quoted(out, "-P", s.prefix);
    quoted(out, "-S", s.suffix);
    quoted(out, "-X", s.filter);
    quoted(out, "-C", s.command);
    if (s.function != null) {
      out.append(" -F ").append(s.function);
    }
    out.append(' ').append(name.isEmpty() ? "''" : Quoting.ifNeeded(name));
    sh.out().line(out.toString());
  }

  private static void quoted(StringBuilder out, String option, String value) {
    if (value != null) {
      out.append(' ').append(option).append(' ').append(Quoting.single(value));
    }
  }

  private static int compgen(Shell sh, List<String> args) {
    if (args.size() == 1) {
      return 0;
    }
    Given g = parse(sh, args, false);
    if (g == null) {
      return 2;
    }
    if (g.spec.function != null) {
      sh.complain("compgen", "warning: -F option may not work as you expect");
    }
    if (g.spec.command != null) {
      sh.complain("compgen", "warning: -C option may not work as you expect");
    }
    String word = g.operands.isEmpty() ? "" : g.operands.get(0);
    List<String> found;
    try {
      found =
          new ProgrammableCompletion(sh, g.spec, ProgrammableCompletion.Context.ofCompgen(word))
              .generate();
    } catch (SyntaxException e) {
      sh.error(e.getMessage());
      return 1;
    }
    if (sh.unwinding()) {
      // the function failed: only its candidates are given up
      sh.forgetFailure();
      return 1;
    }
    if (found.isEmpty() && g.spec.options.contains("default")) {
      found = Candidates.files(sh, word, false);
    }
    if (found.isEmpty() && g.spec.options.contains("dirnames")) {
      found = Candidates.files(sh, word, true);
    }
    for (String f : found) {
      sh.out().line(f);
    }
    return found.isEmpty() ? 1 : 0;
  }

  private static int compopt(Shell sh, List<String> args) {
    List<String> on = new ArrayList<>();
    List<String> off = new ArrayList<>();
    OptionScan scan = new OptionScan(sh, args, "o:DEI", true);
    char special = 0;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'o' -> {
          if (!OPTIONS.contains(scan.argument)) {
            sh.complain("compopt", scan.argument + ": invalid option name");
            return 2;
          }
          (scan.negated ? off : on).add(scan.argument);
        }
        case 'D', 'E', 'I' -> special = (char) c;
        default -> {
          return 2;
        }
      }
    }
    Completions all = sh.completions();
    List<String> names = scan.operands();
    if (names.isEmpty() || special != 0) {
      Completions.Spec s =
          special == 'D'
              ? all.byDefault
              : special == 'E' ? all.forEmpty : special == 'I' ? all.forInitial : all.running;
      if (s == null && special != 0) {
        return missing(sh, "compopt", special);
      }
      if (s == null) {
        sh.complain("compopt", "not currently executing completion function");
        return 1;
      }
      change(sh, s, on, off, special == 0 ? "" : "-" + special);
      return 0;
    }
    int status = 0;
    for (String n : names) {
      Completions.Spec s = all.commands.get(n);
      if (s == null) {
        sh.complain("compopt", n + ": no completion specification");
        status = 1;
        continue;
      }
      change(sh, s, on, off, n);
    }
    return status;
  }

  /** Switches options, or shows them all when there is nothing to switch. */
  private static void change(
      Shell sh, Completions.Spec s, List<String> on, List<String> off, String name) {
    if (on.isEmpty() && off.isEmpty()) {
      StringBuilder out = new StringBuilder("compopt");
      for (String o : OPTIONS) {
        out.append(s.options.contains(o) ? " -o " : " +o ").append(o);
      }
      sh.out().line(name.isEmpty() ? out.toString() : out + " " + name);
    }
    s.options.addAll(on);
    off.forEach(s.options::remove);
  }
}
