package dev.qanat.shell.interp;

import dev.qanat.command.Command;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.text.glob.Pattern;
import dev.qanat.vfs.FileStat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where programs were found: what {@code hash} shows. Forgets all when PATH changes. */
public final class CommandHash {
  /** A found program. */
  public static final class Entry {
    private final String path;
    private final Command program;
    int hits;

    Entry(String path, Command program) {
      this.path = path;
      this.program = program;
    }

    public String path() {
      return path;
    }

    Command program() {
      return program;
    }

    public int hits() {
      return hits;
    }
  }

  private Map<String, Entry> entries = new HashMap<>();
  private String searchPath;

  CommandHash copy() {
    CommandHash c = new CommandHash();
    c.entries = new HashMap<>(entries);
    c.searchPath = searchPath;
    return c;
  }

  /**
   * The program of a name; null when PATH has none.
   *
   * @throws dev.qanat.vfs.VfsException for a name with a slash, and what is there cannot be run
   */
  Entry find(Shell sh, String name, String path) {
    if (name.indexOf('/') >= 0) {
      return new Entry(name, ProgramTable.load(sh.machine, name, sh.files()));
    }
    if (name.isEmpty()) {
      return null;
    }
    if (path == null) {
      path = "";
    }
    boolean own = path.equals(sh.variables().get("PATH"));
    if (own) {
      if (!path.equals(searchPath)) {
        searchPath = path;
        entries.clear();
      }
      Entry e = entries.get(name);
      if (e != null) {
        if (e.program instanceof ScriptProgram || sh.isOn(Shopt.checkhash)) {
          if (sh.isOn(Shopt.checkhash) && !sh.files().exists(e.path)) {
            entries.remove(name);
            return find(sh, name, path);
          }
          e.hits++;
          Entry fresh = new Entry(e.path, ProgramTable.load(sh.machine, e.path, sh.files()));
          return fresh;
        }
        e.hits++;
        return e;
      }
    }
    String file = ProgramTable.search(name, path, sh.files(), ignored(sh));
    if (file == null) {
      return null;
    }
    Entry e = new Entry(file, ProgramTable.load(sh.machine, file, sh.files()));
    if (own && sh.isOn(Opt.HASHALL)) {
      e.hits = 1;
      entries.put(name, e);
    }
    return e;
  }

  /** The patterns of EXECIGNORE: files that are no commands; null for none. */
  public static List<Pattern> ignored(Shell sh) {
    String value = sh.variables().get("EXECIGNORE");
    if (value == null || value.isEmpty()) {
      return null;
    }
    List<Pattern> patterns = new ArrayList<>();
    for (String p : value.split(":")) {
      if (!p.isEmpty()) {
        patterns.add(Pattern.compile(p, sh.extglob() ? Pattern.EXTGLOB : 0));
      }
    }
    return patterns;
  }

  public Entry get(String name) {
    return entries.get(name);
  }

  /** Takes over what a copy has found since. */
  void adopt(CommandHash copy) {
    entries = copy.entries;
    searchPath = copy.searchPath;
  }

  /** {@code hash -p path name}. */
  public void put(Shell sh, String name, String path) {
    searchPath = sh.variables().get("PATH");
    entries.put(name, new Entry(path, new ScriptProgram(sh.machine, path, null)));
  }

  /** Remembers where PATH has the name; false when nowhere. */
  public boolean add(Shell sh, String name) {
    String path = sh.variables().get("PATH");
    String file = ProgramTable.search(name, path == null ? "" : path, sh.files(), ignored(sh));
    FileStat stat = file == null ? null : sh.files().statOrNull(file);
    if (stat == null || !stat.isFile()) {
      return false;
    }
    searchPath = path;
    entries.put(name, new Entry(file, ProgramTable.load(sh.machine, file, sh.files())));
    return true;
  }

  /** Forgets all when PATH has changed since. */
  public void follow(String path) {
    if (!entries.isEmpty() && searchPath != null && !searchPath.equals(path)) {
      entries.clear();
    }
  }

  /** False when the table has never been used, or has the name and lost it. */
  public boolean lacks(String name) {
    return searchPath != null && entries.remove(name) == null;
  }

  public void clear() {
    entries.clear();
  }

  public List<String> names() {
    List<String> names = new ArrayList<>(entries.keySet());
    Collections.sort(names);
    return names;
  }
}
