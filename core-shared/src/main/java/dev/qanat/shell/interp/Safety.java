package dev.qanat.shell.interp;

import dev.qanat.shell.syntax.AndOr;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.CommandList;
import dev.qanat.shell.syntax.Pipeline;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a subshell may run in its parent's task: when nothing in it could tell the
 * difference (signals to itself, traps, jobs of its own, {@code exec}). It saves a task for {@code
 * $(echo x)}.
 */
final class Safety {
  private static final int MAX_DEPTH = 24;

  /** Builtins that deal with processes, or run text that is not known yet. */
  private static final Set<String> OWN_PROCESS =
      Set.of(
          "kill", "trap", "exec", "wait", "jobs", "fg", "bg", "disown", "suspend", "eval", "source",
          ".", "enable", "ulimit", "builtin", "coproc");

  private Safety() {}

  static boolean inTask(CommandList body, Shell sh) {
    if (sh.traps.debug() != null || sh.traps.err() != null) {
      return false;
    }
    return list(body, sh, 0);
  }

  private static boolean list(CommandList list, Shell sh, int depth) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    List<CommandList.Item> items = list.items();
    for (int i = 0; i < items.size(); i++) {
      CommandList.Item item = items.get(i);
      if (item.background() || !andOr(item.andOr(), sh, depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean andOr(AndOr a, Shell sh, int depth) {
    if (!pipeline(a.first(), sh, depth)) {
      return false;
    }
    for (int i = 0; i < a.rest().size(); i++) {
      if (!pipeline(a.rest().get(i).pipeline(), sh, depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean pipeline(Pipeline p, Shell sh, int depth) {
    // the stages of a longer one have tasks of their own anyway
    return p.commands().size() > 1 || command(p.commands().get(0), sh, depth);
  }

  private static boolean command(Command c, Shell sh, int depth) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (c instanceof Command.Simple s) {
      return simple(s, sh, depth);
    }
    if (c instanceof Command.BraceGroup g) {
      return list(g.body(), sh, depth + 1);
    }
    if (c instanceof Command.Subshell g) {
      return list(g.body(), sh, depth + 1);
    }
    if (c instanceof Command.If i) {
      for (Command.IfClause clause : i.clauses()) {
        if (!list(clause.condition(), sh, depth + 1) || !list(clause.body(), sh, depth + 1)) {
          return false;
        }
      }
      return i.otherwise() == null || list(i.otherwise(), sh, depth + 1);
    }
    if (c instanceof Command.While w) {
      return list(w.condition(), sh, depth + 1) && list(w.body(), sh, depth + 1);
    }
    if (c instanceof Command.For f) {
      return list(f.body(), sh, depth + 1);
    }
    if (c instanceof Command.ArithFor f) {
      return list(f.body(), sh, depth + 1);
    }
    if (c instanceof Command.Case k) {
      for (Command.CaseClause clause : k.clauses()) {
        if (!list(clause.body(), sh, depth + 1)) {
          return false;
        }
      }
      return true;
    }
    return c instanceof Command.Cond || c instanceof Command.Arith;
  }

  private static boolean simple(Command.Simple c, Shell sh, int depth) {
    if (c.words().isEmpty()) {
      return true;
    }
    String name = c.words().get(0).literalOrNull();
    if (name == null) {
      return false;
    }
    if (name.equals("command")) {
      int i = 1;
      while (i < c.words().size()) {
        String next = c.words().get(i).literalOrNull();
        if (next == null) {
          return false;
        }
        if (next.equals("-v") || next.equals("-V")) {
          return true;
        }
        if (!next.startsWith("-")) {
          return !OWN_PROCESS.contains(next);
        }
        i++;
      }
      return true;
    }
    Function f = sh.functions.get(name);
    if (f != null) {
      if (f.safety == 0) {
        // unsafe while it is being looked at, so that recursion ends
        f.safety = -1;
        boolean safe = command(f.tree().body(), sh, depth + 4);
        f.safety = 0;
        return safe;
      }
      return f.safety > 0;
    }
    return !OWN_PROCESS.contains(name);
  }
}
