package dev.qanat.workspace;

import dev.qanat.command.Command;
import dev.qanat.command.data.awk.Awk;
import dev.qanat.command.data.bc.Bc;
import dev.qanat.command.data.jq.Jq;
import dev.qanat.command.search.Grep;
import dev.qanat.command.search.Look;
import dev.qanat.command.search.Ripgrep;
import dev.qanat.command.search.Strings;
import dev.qanat.command.system.Stty;
import dev.qanat.command.system.Tput;
import dev.qanat.command.text.sed.Sed;
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
    CoreUtilities.addTo(this);
    add("sed", Sed::new);
  }

  private void file() {}

  private void system() {
    add("stty", Stty::new);
    add("tput", Tput::new);
  }

  private void search() {
    add("grep", Grep::new);
    add("egrep", () -> new Grep("-E"));
    add("fgrep", () -> new Grep("-F"));
    add("look", Look::new);
    add("rg", Ripgrep::new);
    add("strings", Strings::new);
  }

  private void data() {
    add("awk", Awk::new);
    add("gawk", Awk::new);
    add("bc", Bc::new);
    add("jq", Jq::new);
  }

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
