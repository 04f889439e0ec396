package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Builtins;
import dev.qanat.shell.interp.CommandHash;
import dev.qanat.shell.interp.Function;
import dev.qanat.shell.interp.ProgramTable;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.vfs.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What tells and changes what a command name means: {@code type command hash enable}. */
public final class LookupBuiltins {
  /** The reserved words, in the order in which bash lists them. */
  static final List<String> KEYWORDS =
      List.of(
          "if",
          "then",
          "else",
          "elif",
          "fi",
          "case",
          "esac",
          "for",
          "select",
          "while",
          "until",
          "do",
          "done",
          "in",
          "function",
          "time",
          "{",
          "}",
          "!",
          "[[",
          "]]",
          "coproc");

  private static final String STANDARD_PATH = "/bin:/usr/bin";

  private LookupBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("type", LookupBuiltins::type);
    table.put("command", LookupBuiltins::command);
    table.put("hash", LookupBuiltins::hash);
    table.put("enable", LookupBuiltins::enable);
    table.put("help", new HelpBuiltin());
  }

  private enum Form {
    SENTENCE,
    WORD,
    PATH,
    REUSABLE
  }

  private static int type(Shell sh, List<String> args) {
    // the old long forms -type, -path, -all
    List<String> modern = new ArrayList<>(args);
    for (int i = 1; i < modern.size() && modern.get(i).startsWith("-"); i++) {
      String a = modern.get(i);
      switch (a) {
        case "-type", "--type" -> modern.set(i, "-t");
        case "-path", "--path" -> modern.set(i, "-p");
        case "-all", "--all" -> modern.set(i, "-a");
        default -> {}
      }
    }
    OptionScan scan = new OptionScan(sh, modern, "afptP");
    boolean all = false;
    boolean noFunctions = false;
    boolean forcePath = false;
    Form form = Form.SENTENCE;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'a' -> all = true;
        case 'f' -> noFunctions = true;
        case 'p' -> form = Form.PATH;
        case 't' -> form = Form.WORD;
        case 'P' -> {
          form = Form.PATH;
          forcePath = true;
        }
        default -> {
          return 2;
        }
      }
    }
    int status = 0;
    for (String name : scan.operands()) {
      if (!describe(sh, name, form, all, noFunctions, forcePath, STANDARD_PATH, false)) {
        if (form == Form.SENTENCE) {
          sh.complain("type", name + ": not found");
        }
        status = 1;
      }
    }
    return status;
  }

  /** Prints what a name means; false when it means nothing. */
  private static boolean describe(
      Shell sh,
      String name,
      Form form,
      boolean all,
      boolean noFunctions,
      boolean forcePath,
      String path,
      boolean usePath) {
    boolean found = false;
    if (!forcePath) {
      if (sh.aliases() != null && sh.aliasMap().get(name) != null) {
        String value = sh.aliasMap().get(name);
        print(
            sh,
            form,
            name + " is aliased to `" + value + "'",
            "alias",
            "alias " + name + "=" + Quoting.single(value));
        found = true;
        if (!all) {
          return true;
        }
      }
      if (KEYWORDS.contains(name)) {
        print(sh, form, name + " is a shell keyword", "keyword", name);
        found = true;
        if (!all) {
          return true;
        }
      }
      boolean special = sh.posix() && Builtins.isSpecial(name) && sh.builtinEnabled(name);
      if (special) {
        print(sh, form, name + " is a special shell builtin", "builtin", name);
        found = true;
        if (!all) {
          return true;
        }
      }
      Function f = noFunctions ? null : sh.functions().get(name);
      if (f != null) {
        if (form == Form.SENTENCE) {
          sh.out().line(name + " is a function");
          sh.out().write(Printer.function(f.tree()));
        } else {
          print(sh, form, null, "function", name);
        }
        found = true;
        if (!all) {
          return true;
        }
      }
      if (!special && sh.builtinEnabled(name)) {
        print(
            sh,
            form,
            name
                + (sh.posix() && Builtins.isSpecial(name)
                    ? " is a special shell builtin"
                    : " is a shell builtin"),
            "builtin",
            name);
        found = true;
        if (!all) {
          return true;
        }
      }
    }
    if (name.indexOf('/') >= 0) {
      if (ProgramTable.locateFile(name, sh.files())) {
        print(sh, form, name + " is " + name, "file", name, name);
        return true;
      }
      return found;
    }
    String search = usePath ? path : sh.variables().get("PATH");
    CommandHash.Entry hashed = all || usePath ? null : sh.hash().get(name);
    if (hashed != null) {
      print(
          sh,
          form,
          name + " is hashed (" + hashed.path() + ")",
          "file",
          hashed.path(),
          hashed.path());
      return true;
    }
    for (String file :
        ProgramTable.searchAll(
            name, search == null ? "" : search, sh.files(), CommandHash.ignored(sh))) {
      String shown = file.startsWith("./") ? file : file;
      print(sh, form, name + " is " + shown, "file", absolute(sh, shown, form), shown);
      found = true;
      if (!all) {
        return true;
      }
    }
    return found;
  }

  private static String absolute(Shell sh, String file, Form form) {
    return form == Form.REUSABLE && !file.startsWith("/")
        ? Paths.join(sh.workingDirectory(), file)
        : file;
  }

  private static void print(Shell sh, Form form, String sentence, String word, String reusable) {
    print(sh, form, sentence, word, reusable, null);
  }

  private static void print(
      Shell sh, Form form, String sentence, String word, String reusable, String file) {
    switch (form) {
      case SENTENCE -> sh.out().line(sentence);
      case WORD -> sh.out().line(word);
      case REUSABLE -> sh.out().line(reusable);
      default -> {
        if (file != null) {
          sh.out().line(file);
        }
      }
    }
  }

  private static int command(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "pvV");
    boolean standard = false;
    Form form = null;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'p' -> standard = true;
        case 'v' -> form = Form.REUSABLE;
        case 'V' -> form = Form.SENTENCE;
        default -> {
          return 2;
        }
      }
    }
    List<String> operands = scan.operands();
    if (operands.isEmpty()) {
      return 0;
    }
    if (standard && sh.restricted()) {
      sh.complain("command", "-p: restricted");
      return 1;
    }
    if (form != null) {
      boolean any = false;
      for (String name : operands) {
        boolean found = describe(sh, name, form, false, false, false, STANDARD_PATH, standard);
        if (!found && form == Form.SENTENCE) {
          sh.complain("command", name + ": not found");
        }
        any |= found;
      }
      return any ? 0 : 1;
    }
    if (standard) {
      return sh.runWithStandardPath(operands);
    }
    return sh.runCommand(operands);
  }

  private static int hash(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "lrdtp:");
    boolean reusable = false;
    boolean forget = false;
    boolean delete = false;
    boolean tell = false;
    String path = null;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'l' -> reusable = true;
        case 'r' -> forget = true;
        case 'd' -> delete = true;
        case 't' -> tell = true;
        case 'p' -> path = scan.argument;
        default -> {
          return 2;
        }
      }
    }
    List<String> names = scan.operands();
    CommandHash h = sh.hash();
    if (!sh.isOn(Opt.HASHALL)) {
      sh.complain("hash", "hashing disabled");
      return 1;
    }
    h.follow(sh.variables().get("PATH"));
    if (forget) {
      h.clear();
      if (names.isEmpty()) {
        return 0;
      }
    }
    if (names.isEmpty()) {
      if (delete || tell) {
        sh.complain("hash", (delete ? "-d" : "-t") + ": option requires an argument");
        return 1;
      }
      if (h.names().isEmpty()) {
        if (!sh.posix() && !reusable) {
          sh.out().line("hash: hash table empty");
        }
        return 0;
      }
      if (!reusable) {
        sh.out().line("hits\tcommand");
      }
      for (String n : h.names()) {
        CommandHash.Entry e = h.get(n);
        if (reusable) {
          sh.out()
              .line("builtin hash -p " + Quoting.ifNeeded(e.path()) + " " + Quoting.ifNeeded(n));
        } else {
          String hits = String.valueOf(e.hits());
          sh.out().line(" ".repeat(Math.max(0, 4 - hits.length())) + hits + "\t" + e.path());
        }
      }
      return 0;
    }
    if (path != null && path.indexOf('/') >= 0 && sh.restricted()) {
      sh.complain("hash", path + ": restricted");
      return 1;
    }
    int status = 0;
    for (String n : names) {
      if (tell) {
        CommandHash.Entry e = h.get(n);
        if (e == null) {
          sh.complain("hash", n + ": not found");
          status = 1;
        } else if (reusable) {
          sh.out()
              .line("builtin hash -p " + Quoting.ifNeeded(e.path()) + " " + Quoting.ifNeeded(n));
        } else {
          sh.out().line(names.size() > 1 ? n + "\t" + e.path() : e.path());
        }
      } else if (delete) {
        if (h.lacks(n)) {
          sh.complain("hash", n + ": not found");
          status = 1;
        }
      } else if (path != null) {
        if (sh.files().isDirectory(path)) {
          sh.complain("hash", path + ": Is a directory");
          status = 1;
        } else {
          h.put(sh, n, path);
        }
      } else if (n.indexOf('/') < 0
          && sh.functions().get(n) == null
          && !sh.builtinEnabled(n)
          && !h.add(sh, n)) {
        sh.complain("hash", n + ": not found");
        status = 1;
      }
    }
    return status;
  }

  private static int enable(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "adnpsf:");
    boolean all = false;
    boolean off = false;
    boolean special = false;
    boolean print = false;
    boolean delete = false;
    String file = null;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'a' -> all = true;
        case 'n' -> off = true;
        case 's' -> special = true;
        case 'p' -> print = true;
        case 'd' -> delete = true;
        case 'f' -> file = scan.argument;
        default -> {
          return 2;
        }
      }
    }
    if ((delete || file != null) && sh.restricted()) {
      sh.complain("enable", "restricted");
      return 1;
    }
    List<String> names = scan.operands();
    if (names.isEmpty() || print) {
      for (String n : Builtins.names()) {
        boolean on = sh.builtinEnabled(n);
        if ((!special || Builtins.isSpecial(n)) && (all || on != off)) {
          sh.out().line("enable " + (on ? "" : "-n ") + n);
        }
      }
      return 0;
    }
    if (file != null) {
      sh.complain(
          "enable",
          "cannot open shared object "
              + file
              + ": "
              + file
              + ": cannot open shared object file: No such file or directory");
      return 1;
    }
    if (!off && sh.restricted()) {
      sh.complain("enable", "restricted");
      return 1;
    }
    int status = 0;
    for (String n : names) {
      if (Builtins.get(n) != null && delete) {
        sh.complain("enable", n + ": not dynamically loaded");
        status = 1;
      } else if (Builtins.get(n) == null) {
        sh.complain("enable", n + ": not a shell builtin");
        status = 1;
      } else {
        sh.enableBuiltin(n, !off);
      }
    }
    return status;
  }
}
