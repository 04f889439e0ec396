package dev.qanat.shell.interp;

import dev.qanat.command.Invocation;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.CommandList;
import dev.qanat.shell.syntax.Parser;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The start of a {@code bash}: its arguments, environment and start-up files, then its script. */
final class ShellStart {
  private static final List<String> LONG_OPTIONS =
      List.of(
          "debug",
          "debugger",
          "dump-po-strings",
          "dump-strings",
          "help",
          "init-file",
          "login",
          "noediting",
          "noprofile",
          "norc",
          "posix",
          "pretty-print",
          "rcfile",
          "restricted",
          "verbose",
          "version");

  private final Invocation in;
  private final Shell sh;
  private boolean commandString;
  private boolean readStdin;
  private boolean norc;
  private boolean noprofile;
  private String rcFile;

  ShellStart(Machine machine, Invocation in, FileContext files) {
    this.in = in;
    this.sh = new Shell(machine, files);
  }

  int run() {
    List<String> args = in.args();
    String name = in.name();
    sh.setName(name);
    String base = name.substring(name.lastIndexOf('/') + 1);
    if (base.startsWith("-")) {
      sh.login = true;
      base = base.substring(1);
    }
    importEnvironment(sh, in.env());
    if (base.equals("rbash")) {
      sh.setOption(Shopt.restricted_shell, true);
    }
    if (base.equals("sh")) {
      sh.setOption(Opt.POSIX, true);
    }
    sh.lastArgument = in.env("_") == null ? name : in.env("_");
    String exported = in.env("SHELLOPTS");
    if (exported != null) {
      for (String o : exported.split(":")) {
        Opt opt = ShellOptions.ofName(o);
        if (opt != null) {
          sh.setOption(opt, true);
        }
      }
    }
    String bashopts = in.env("BASHOPTS");
    if (bashopts != null) {
      for (String o : bashopts.split(":")) {
        Shopt opt = ShellOptions.shoptOfName(o);
        if (opt != null && opt != Shopt.restricted_shell) {
          sh.setOption(opt, true);
        }
      }
    }
    if (in.env("POSIXLY_CORRECT") != null) {
      sh.setOption(Opt.POSIX, true);
    }
    int i = longOptions(args);
    if (i < 0) {
      return -1 - i;
    }
    i = shortOptions(args, i);
    if (i < 0) {
      return -1 - i;
    }
    if (sh.login) {
      sh.setOption(Shopt.login_shell, true);
    }
    String command = null;
    if (!sh.interactive) {
      sh.setOption(Opt.VI, false);
      sh.setOption(Opt.EMACS, false);
    }
    sh.readsStdin = readStdin;
    if (commandString) {
      if (i >= args.size()) {
        sh.say(name + ": -c: option requires an argument");
        return 2;
      }
      command = args.get(i++);
      sh.commandString = command;
      sh.isCommandString = true;
      if (i < args.size()) {
        sh.setName(args.get(i++));
      }
      sh.setPositionals(new ArrayList<>(args.subList(i, args.size())));
      return script(null, command);
    }
    if (i < args.size() && !readStdin) {
      String file = args.get(i++);
      sh.setPositionals(new ArrayList<>(args.subList(i, args.size())));
      return script(file, null);
    }
    sh.setPositionals(new ArrayList<>(args.subList(i, args.size())));
    sh.readsStdin = true;
    if (!sh.interactive && i >= args.size() + 1) {
      sh.interactive = false;
    }
    return script(null, null);
  }

  /** Long options; the index of the first other argument, or -1 - status to end. */
  private int longOptions(List<String> args) {
    int i = 0;
    while (i < args.size()) {
      String a = args.get(i);
      if (!a.startsWith("-") || a.length() < 3 || a.equals("--")) {
        break;
      }
      String o = a.startsWith("--") ? a.substring(2) : a.substring(1);
      switch (o) {
        case "norc" -> norc = true;
        case "noprofile" -> noprofile = true;
        case "login" -> sh.login = true;
        case "posix" -> sh.setOption(Opt.POSIX, true);
        case "verbose" -> sh.setOption(Opt.VERBOSE, true);
        case "restricted" -> sh.setOption(Shopt.restricted_shell, true);
        case "noediting" -> sh.noEditing = true;
        case "debugger" -> {}
        case "dump-strings", "dump-po-strings" -> sh.setOption(Opt.NOEXEC, true);
        case "rcfile", "init-file" -> {
          if (++i >= args.size()) {
            sh.say(sh.name + ": " + o + ": option requires an argument");
            return -3;
          }
          rcFile = args.get(i);
        }
        case "version" -> {
          sh.out()
              .write(
                  "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n"
                      + "Compatible implementation: Qanat's shell, Apache-2.0\n");
          sh.flushQuietly();
          return -1;
        }
        case "help" -> {
          sh.out()
              .write(
                  "GNU bash, version 5.2.15(1)-release-(x86_64-pc-linux-gnu)\n"
                      + String.join("\n", usageText())
                      + "\nType `"
                      + sh.name
                      + " -c \"help set\"' for what the shell options mean, and `"
                      + sh.name
                      + " -c help' for the builtin commands.\n");
          sh.flushQuietly();
          return -1;
        }
        default -> {
          if (a.startsWith("--")) {
            sh.say(sh.name + ": " + a + ": invalid option");
            usage();
            return -3;
          }
          return i;
        }
      }
      i++;
    }
    return i;
  }

  private void usage() {
    usageText().forEach(sh::say);
  }

  private List<String> usageText() {
    List<String> text = new ArrayList<>();
    text.add("Usage:\t" + sh.name + " [GNU long option] [option] ...");
    text.add("\t" + sh.name + " [GNU long option] [option] script-file ...");
    text.add("GNU long options:");
    for (String o : LONG_OPTIONS) {
      text.add("\t--" + o);
    }
    text.add("Shell options:");
    text.add("\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)");
    text.add("\t-abefhkmnptuvxBCEHPT or -o option");
    return text;
  }

  private int shortOptions(List<String> args, int from) {
    int i = from;
    while (i < args.size()) {
      String a = args.get(i);
      if (a.equals("-") || a.equals("--")) {
        return i + 1;
      }
      if (a.length() < 2 || a.charAt(0) != '-' && a.charAt(0) != '+') {
        return i;
      }
      boolean on = a.charAt(0) == '-';
      int next = i + 1;
      for (int k = 1; k < a.length(); k++) {
        char c = a.charAt(k);
        switch (c) {
          case 'c' -> commandString = true;
          case 's' -> readStdin = true;
          case 'i' -> sh.interactive = true;
          case 'l' -> sh.login = true;
          case 'r' -> sh.setOption(Shopt.restricted_shell, true);
          case 'D' -> sh.setOption(Opt.NOEXEC, true);
          case 'o' -> {
            if (next >= args.size()) {
              OptionsList.printSet(sh, on);
              sh.flushQuietly();
              return -1;
            }
            String option = args.get(next++);
            Opt o = ShellOptions.ofName(option);
            if (o == null) {
              sh.say(sh.name + ": line 0: " + sh.name + ": " + option + ": invalid option name");
              return -3;
            }
            sh.setOption(o, on);
          }
          case 'O' -> {
            if (next >= args.size()) {
              OptionsList.printShopt(sh, !on);
              sh.flushQuietly();
              return -1;
            }
            String option = args.get(next++);
            Shopt o = ShellOptions.shoptOfName(option);
            if (o == null) {
              sh.say(sh.name + ": line 0: " + option + ": invalid shell option name");
              return -3;
            }
            sh.setOption(o, on);
          }
          default -> {
            Opt o = ShellOptions.ofLetter(c);
            if (o == null) {
              sh.say(sh.name + ": -" + c + ": invalid option");
              usage();
              return -3;
            }
            sh.setOption(o, on);
          }
        }
      }
      i = next;
    }
    return i;
  }

  /** Makes variables and functions of an environment. */
  static void importEnvironment(Shell sh, Map<String, String> env) {
    for (Map.Entry<String, String> e : env.entrySet()) {
      String name = e.getKey();
      if (name.startsWith("BASH_FUNC_") && name.endsWith("%%")) {
        importFunction(sh, name.substring(10, name.length() - 2), e.getValue());
      } else if (Expander.isName(name)
          && !name.equals("SHELLOPTS")
          && !name.equals("BASHOPTS")
          && !name.equals("_")
          && !name.equals("OPTIND")) {
        sh.variables().setRaw(name, e.getValue());
        sh.variables().declare(name, Scope.GLOBAL, Variable.EXPORT, 0);
      }
    }
  }

  private static void importFunction(Shell sh, String name, String text) {
    if (!text.startsWith("() {")) {
      return;
    }
    try {
      CommandList list = Parser.of(name + " " + text, sh, 1).nextCommand();
      if (list != null
          && list.items().size() == 1
          && list.items().get(0).andOr().first().commands().get(0) instanceof Command.Function f) {
        sh.functions.put(name, new Function(f, "environment", 0, true, false, false));
        return;
      }
      sh.say(sh.name + ": warning: " + name + ": ignoring function definition attempt");
    } catch (SyntaxException e) {
      sh.interpreter.calls.syntaxError(e, name + ": ");
    }
    sh.say(sh.name + ": error importing function definition for `" + name + "'");
    sh.status = 1;
  }

  private int script(String file, String command) {
    boolean stdin = file == null && command == null;
    if (sh.interactive) {
      sh.setOption(Shopt.expand_aliases, true);
      sh.setOption(Opt.HISTEXPAND, true);
      sh.setOption(Opt.HISTORY, true);
      sh.setOption(Opt.EMACS, !sh.noEditing && !sh.isOn(Opt.VI));
      boolean tty =
          sh.files().descriptors().get(0) != null && sh.files().descriptors().get(0).isTerminal();
      sh.terminal = tty;
      sh.setOption(Opt.MONITOR, tty || sh.isOn(Opt.MONITOR));
      sh.traps.interactive();
    }
    warnOfLocale();
    if (sh.interactive && !sh.terminal) {
      sh.say(
          sh.errorName()
              + ": cannot set terminal process group (-1): Inappropriate ioctl for device");
      sh.say(sh.errorName() + ": no job control in this shell");
    }
    ShellVariables.initialize(sh);
    sh.ownsTask();
    sh.interpreter.programs.lastInTask = false;
    dev.qanat.sched.Sched.get().current().attach(sh);
    sh.optionsChanged();
    sh.interpreter.runToEnd(
        () -> {
          startFiles();
          if (sh.control != Shell.RUN) {
            return sh.status;
          }
          if (sh.isOn(Shopt.restricted_shell)) {
            sh.restrict(); // the start-up files were not yet
          }
          if (command != null) {
            return commandString(command);
          }
          if (stdin) {
            return standardInput();
          }
          return scriptFile(file);
        });
    if (sh.interactive) {
      HistoryFile.save(sh);
    }
    sh.awaitOutputSubstitutions();
    return sh.status;
  }

  private void warnOfLocale() {
    String all = in.env("LC_ALL");
    for (String category : List.of("LC_ALL", "LC_CTYPE", "LC_COLLATE")) {
      String value = in.env(category);
      if (value != null && !SpecialVariables.isLocale(value)) {
        sh.say(
            sh.errorName()
                + ": warning: setlocale: "
                + category
                + ": cannot change locale ("
                + value
                + ")"
                + (category.equals("LC_ALL") ? "" : ": No such file or directory"));
      }
      if (all != null && !all.isEmpty()) {
        return;
      }
    }
  }

  private int commandString(String command) {
    return sh.interpreter.calls.runScript(ScriptSource.of(sh, command), "-c: ");
  }

  private int standardInput() {
    int status = sh.interpreter.calls.runScript(ScriptSource.standardInput(sh), "");
    if (sh.interactive && sh.control != Shell.EXIT) {
      sh.leaving().logOut();
      sh.say(sh.login ? "logout" : "exit");
    }
    return status;
  }

  private int scriptFile(String file) {
    String path = file;
    byte[] content;
    try {
      if (!file.contains("/") && !sh.files().exists(file)) {
        String p = sh.variables().get("PATH");
        String found = ProgramTable.search(file, p == null ? "" : p, sh.files());
        if (found != null) {
          path = found;
        }
      }
      if (sh.files().isDirectory(path)) {
        sh.say(file + ": " + file + ": Is a directory");
        return sh.status = 126;
      }
      content = sh.files().readFile(path);
    } catch (VfsException e) {
      sh.say(sh.name + ": " + file + ": " + e.reason());
      return sh.status = e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR ? 127 : 126;
    }
    sh.shellName = sh.name;
    sh.setName(path);
    sh.scriptName = path;
    for (int i = 0; i < Math.min(80, content.length) && content[i] != '\n'; i++) {
      if (content[i] == 0) {
        sh.say(path + ": " + path + ": cannot execute binary file");
        return sh.status = 126;
      }
    }
    return sh.interpreter.calls.runScript(ScriptSource.of(sh, Utf8.decode(content)), "");
  }

  private void startFiles() {
    if (sh.login && !noprofile) {
      sourceIfThere("/etc/profile");
      for (String f : List.of("~/.bash_profile", "~/.bash_login", "~/.profile")) {
        if (sourceIfThere(f)) {
          break;
        }
      }
      if (!sh.interactive) {
        return;
      }
    }
    if (sh.interactive && !sh.login) {
      if (sh.posix()) {
        String env = sh.variables().get("ENV");
        if (env != null) {
          sourceIfThere(Prompt.expand(sh, env));
        }
      } else if (!norc) {
        if (rcFile != null) {
          sourceIfThere(rcFile);
        } else {
          sourceIfThere("/etc/bash.bashrc");
          sourceIfThere("~/.bashrc");
        }
      }
      HistoryFile.load(sh);
      return;
    }
    if (!sh.interactive && !sh.posix()) {
      String env = sh.variables().get("BASH_ENV");
      if (env != null && !env.isEmpty()) {
        sourceIfThere(Prompt.expand(sh, env));
      }
    }
  }

  private boolean sourceIfThere(String file) {
    String path = file;
    if (file.startsWith("~/")) {
      String home = sh.variables().get("HOME");
      path = (home == null ? "" : home) + file.substring(1);
    }
    if (!sh.files().exists(path) || sh.files().isDirectory(path)) {
      return false;
    }
    try {
      byte[] content = sh.files().readFile(path);
      sh.interpreter.calls.source(path, content, null);
      sh.resetUnwindingUnlessExit();
      return true;
    } catch (VfsException e) {
      sh.error(path + ": " + e.reason());
      return false;
    }
  }
}
