package dev.qanat.workspace;

import dev.qanat.command.Command;
import dev.qanat.command.search.Grep;
import dev.qanat.command.system.*;
import dev.qanat.command.text.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The table of built-in programs: every name, and what makes its command the first time it runs.
 */
public final class StandardCommands {
  private final Map<String, Supplier<Command>> suppliers = new TreeMap<>();
  private final Map<String, Command> made = new HashMap<>();

  public StandardCommands() {
    text();
    file();
    system();
    search();
    data();
  }

  private void text() {
    add("basename", Basename::new);
    add("cat", Cat::new);
    add("comm", Comm::new);
    add("cut", Cut::new);
    add("dirname", Dirname::new);
    add("echo", Echo::new);
    add("expr", Expr::new);
    add("fold", Fold::new);
    add("head", Head::new);
    add("paste", Paste::new);
    add("printf", Printf::new);
    add("rev", Rev::new);
    add("seq", Seq::new);
    add("sort", Sort::new);
    add("tac", Tac::new);
    add("tail", Tail::new);
    add("tee", Tee::new);
    add("tr", Tr::new);
    add("uniq", Uniq::new);
    add("wc", Wc::new);
    add("yes", Yes::new);
  }

  private void file() {
  }

  private void system() {
    add("[", Test::new);
    add("date", Date::new);
    add("env", Env::new);
    add("false", () -> new True(1));
    add("printenv", Printenv::new);
    add("pwd", Pwd::new);
    add("sleep", Sleep::new);
    add("test", Test::new);
    add("timeout", Timeout::new);
    add("stty", Stty::new);
    add("true", () -> new True(0));
  }

  private void search() {
    add("grep", Grep::new);
    add("egrep", () -> new Grep("-E"));
    add("fgrep", () -> new Grep("-F"));
  }

  private void data() {}

  /** Adds a command, or puts another in the place of one. */
  public void add(String name, Supplier<Command> supplier) {
    suppliers.put(name, supplier);
    made.remove(name);
  }

  /** The command of that name, or null. */
  public Command get(String name) {
    Command c = made.get(name);
    if (c == null) {
      Supplier<Command> s = suppliers.get(name);
      if (s == null) {
        return null;
      }
      c = s.get();
      made.put(name, c);
    }
    return c;
  }

  /** All names, sorted. */
  public List<String> names() {
    return new ArrayList<>(suppliers.keySet());
  }
}
