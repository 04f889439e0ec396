package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Signal;
import dev.qanat.shell.edit.Readline;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.Accounts;
import dev.qanat.shell.interp.Builtins;
import dev.qanat.shell.interp.Job;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The names completion knows: the actions of {@code compgen -A}, and files. */
final class Candidates {
  private Candidates() {}

  /** The names of an action; those of files and commands begin with the word already. */
  static List<String> action(Shell sh, String action, String word) {
    List<String> names = new ArrayList<>();
    switch (action) {
      case "alias" -> names.addAll(sh.aliasMap().sortedKeys());
      case "arrayvar" -> variables(sh, names, Variable.INDEXED | Variable.ASSOCIATIVE);
      case "builtin" -> names.addAll(Builtins.names());
      case "enabled", "disabled" -> {
        for (String b : Builtins.names()) {
          if (sh.builtinEnabled(b) == action.equals("enabled")) {
            names.add(b);
          }
        }
      }
      case "command" -> names.addAll(commands(sh, word, false));
      case "directory" -> names.addAll(files(sh, word, true));
      case "file" -> names.addAll(files(sh, word, false));
      case "export" -> variables(sh, names, Variable.EXPORT);
      case "variable" -> variables(sh, names, 0);
      case "function" -> names.addAll(sh.functions().sortedKeys());
      case "helptopic" -> names.addAll(HelpTexts.SYNOPSES.keySet());
      case "hostname" -> names.add("localhost");
      case "job", "running", "stopped" -> {
        for (Job j : sh.jobs().list()) {
          if (action.equals("job") || j.stopped() == action.equals("stopped")) {
            int blank = j.text().indexOf(' ');
            names.add(blank < 0 ? j.text() : j.text().substring(0, blank));
          }
        }
      }
      case "keyword" -> names.addAll(LookupBuiltins.KEYWORDS);
      case "setopt" -> {
        for (Opt o : Opt.values()) {
          names.add(o.text());
        }
      }
      case "shopt" -> {
        for (Shopt o : Shopt.values()) {
          names.add(o.name());
        }
      }
      case "signal" -> {
        for (int s = 0; s < Signal.COUNT; s++) {
          if (Signal.name(s) != null) {
            names.add(s == 0 ? "EXIT" : "SIG" + Signal.name(s));
          }
        }
        names.addAll(List.of("DEBUG", "ERR", "RETURN"));
      }
      case "user" -> names.addAll(Accounts.names(sh.files()));
      case "group" -> names.addAll(Accounts.firstFields(sh.files(), "/etc/group"));
      case "service" -> names.addAll(Accounts.firstFields(sh.files(), "/etc/services"));
      case "binding" -> names.addAll(Readline.functions());
      default -> {}
    }
    return names;
  }

  private static void variables(Shell sh, List<String> names, int attributes) {
    for (String n : sh.variables().names()) {
      Variable v = sh.variables().find(n);
      if (v != null && v.hasValue() && (attributes == 0 || v.has(attributes))) {
        names.add(n);
      }
    }
  }

  /** What may be run and begins with a word; the programs' names also with other case. */
  static List<String> commands(Shell sh, String word, boolean ignoreCase) {
    if (word.indexOf('/') >= 0) {
      return files(sh, word, false);
    }
    List<String> all = new ArrayList<>();
    all.addAll(sh.aliasMap().sortedKeys());
    all.addAll(LookupBuiltins.KEYWORDS);
    all.addAll(sh.functions().sortedKeys());
    all.addAll(Builtins.names());
    all.removeIf(n -> !n.startsWith(word));
    String path = sh.variables().get("PATH");
    if (path != null) {
      for (String dir : path.split(":")) {
        String in = dir.isEmpty() ? "." : dir;
        try {
          List<String> here = new ArrayList<>();
          for (DirEntry e : sh.files().list(in)) {
            if (e.name().regionMatches(ignoreCase, 0, word, 0, word.length())
                && sh.files().access(in + "/" + e.name(), 1)
                && !sh.files().isDirectory(in + "/" + e.name())) {
              here.add(e.name());
            }
          }
          Collections.sort(here);
          all.addAll(here);
        } catch (VfsException e) {
          // a directory in PATH that is not there
        }
      }
    }
    return all;
  }

  /** File names that start with a word; only directories when asked. */
  static List<String> files(Shell sh, String word, boolean directories) {
    return files(sh, word, directories, false, true);
  }

  /** As above, also names with other case or, without {@code hidden}, none of hidden files. */
  static List<String> files(
      Shell sh, String word, boolean directories, boolean ignoreCase, boolean hidden) {
    int slash = word.lastIndexOf('/');
    String dir = slash < 0 ? "." : slash == 0 ? "/" : word.substring(0, slash);
    String start = word.substring(slash + 1);
    List<String> names = new ArrayList<>();
    try {
      for (DirEntry e : sh.files().list(dir)) {
        String n = e.name();
        boolean shown = !n.startsWith(".") || hidden || start.startsWith(".");
        if (shown && n.regionMatches(ignoreCase, 0, start, 0, start.length())) {
          String path = slash < 0 ? n : word.substring(0, slash + 1) + n;
          if (!directories || sh.files().isDirectory(path)) {
            names.add(path);
          }
        }
      }
    } catch (VfsException e) {
      return names;
    }
    for (String dots : List.of("..", ".")) {
      if (!start.isEmpty() && dots.startsWith(start)) {
        names.add(slash < 0 ? dots : word.substring(0, slash + 1) + dots);
      }
    }
    Collections.sort(names);
    return names;
  }
}
