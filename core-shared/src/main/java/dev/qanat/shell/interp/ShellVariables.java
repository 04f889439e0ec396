package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.AssociativeArray;
import dev.qanat.shell.expand.DynamicVariable;
import dev.qanat.shell.expand.IndexedArray;
import dev.qanat.shell.expand.ShellContext;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.expand.Variables;
import dev.qanat.shell.interp.builtin.AliasBuiltins;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.Printer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The variables bash computes, and those it sets when it starts. */
final class ShellVariables {
  private ShellVariables() {}

  private static Shell shell(ShellContext c) {
    return (Shell) c;
  }

  private static DynamicVariable scalar(Function<Shell, String> value) {
    return scalar(value, null);
  }

  private static DynamicVariable scalar(
      Function<Shell, String> value, BiConsumer<Shell, String> assign) {
    return new DynamicVariable() {
      @Override
      public String value(ShellContext c) {
        return value.apply(shell(c));
      }

      @Override
      public void assign(ShellContext c, String key, String text) {
        if (assign != null) {
          assign.accept(shell(c), text);
        }
      }
    };
  }

  private static DynamicVariable array(Function<Shell, IndexedArray> value) {
    return new DynamicVariable() {
      @Override
      public IndexedArray array(ShellContext c) {
        return value.apply(shell(c));
      }
    };
  }

  private static long number(String s) {
    try {
      return Long.parseLong(s.trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Registers the computed ones. */
  static void register(Shell sh) {
    Variables v = sh.variables();
    v.register(
        "RANDOM",
        Variable.INTEGER,
        scalar(
            s -> String.valueOf(s.random.next(SpecialVariables.compatibility(s) <= 50)),
            (s, t) -> s.random.seed(number(t))));
    v.register("SRANDOM", Variable.INTEGER, scalar(s -> String.valueOf(s.random.next32())));
    v.register(
        "SECONDS",
        Variable.INTEGER,
        scalar(
            s -> String.valueOf(elapsed(s) + s.secondsOffset),
            (s, t) -> s.secondsOffset = number(t) - elapsed(s)));
    v.register(
        "EPOCHSECONDS",
        0,
        scalar(s -> String.valueOf(Sched.get().realTimeNanos() / 1_000_000_000L)));
    v.register("EPOCHREALTIME", 0, scalar(s -> realTime()));
    v.register("BASHPID", Variable.INTEGER, scalar(s -> String.valueOf(s.ownPid())));
    v.register(
        "LINENO", 0, scalar(s -> String.valueOf(s.line), (s, t) -> s.line = (int) number(t)));
    v.register(
        "BASH_SUBSHELL",
        0,
        scalar(s -> String.valueOf(s.subshellDepth), (s, t) -> s.subshellNumber(t)));
    v.register("_", 0, scalar(s -> s.lastArgument, (s, t) -> s.lastArgument = t));
    v.register("BASH_COMMAND", 0, scalar(ShellVariables::currentCommand));
    v.register(
        "HISTCMD",
        Variable.INTEGER | Variable.NO_ASSIGN,
        scalar(s -> String.valueOf(s.recordsHistory() ? s.history.next() - 1 : 0)));
    v.register("COMP_WORDBREAKS", 0, scalar(s -> s.wordBreaks, (s, t) -> s.wordBreaks = t));
    v.register(
        "BASH_ARGV0",
        0,
        scalar(
            s -> s.name,
            (s, t) -> {
              s.name = t;
              s.shellName = null;
            }));
    v.register("SHELLOPTS", Variable.READONLY, scalar(s -> s.shellOptions().shellopts()));
    v.register("BASHOPTS", Variable.READONLY, scalar(s -> s.shellOptions().bashopts()));
    v.register("PIPESTATUS", Variable.INDEXED, pipeStatus());
    v.register(
        "FUNCNAME", Variable.INDEXED | Variable.NO_ASSIGN, array(ShellVariables::functionNames));
    int calls = Variable.INDEXED | Variable.NO_ASSIGN | Variable.NO_UNSET;
    v.register("BASH_SOURCE", calls, array(ShellVariables::sources));
    v.register("BASH_LINENO", calls, array(ShellVariables::callLines));
    v.register("BASH_ARGC", calls, array(s -> arguments(s, true)));
    v.register("BASH_ARGV", calls, array(s -> arguments(s, false)));
    v.register("DIRSTACK", Variable.INDEXED, directories());
    v.register(
        "GROUPS",
        Variable.INDEXED | Variable.NO_ASSIGN,
        array(s -> IndexedArray.of(List.of(String.valueOf(s.files().vfs().gid())))));
    v.register("BASH_ALIASES", Variable.ASSOCIATIVE, aliases());
    v.register("BASH_CMDS", Variable.ASSOCIATIVE, commands());
  }

  private static DynamicVariable pipeStatus() {
    return new DynamicVariable() {
      @Override
      public IndexedArray array(ShellContext c) {
        return pipeStatus(shell(c));
      }

      @Override
      public boolean isPermanent() {
        return true; // the unset command itself sets it
      }
    };
  }

  private static DynamicVariable directories() {
    return new DynamicVariable() {
      @Override
      public IndexedArray array(ShellContext c) {
        return IndexedArray.of(shell(c).directories.all(shell(c)));
      }

      @Override
      public void assign(ShellContext c, String key, String value) {
        // the top is the working directory, which only cd changes; new entries only pushd makes
        long i = key == null ? 0 : number(key);
        List<String> below = shell(c).directories.below;
        if (i > 0 && i <= below.size()) {
          below.set((int) i - 1, value);
        }
      }
    };
  }

  private static DynamicVariable aliases() {
    return new DynamicVariable() {
      @Override
      public AssociativeArray map(ShellContext c) {
        AssociativeArray m = new AssociativeArray();
        shell(c).aliases.view().forEach(m::put);
        return m;
      }

      @Override
      public void assign(ShellContext c, String key, String value) {
        String name = key == null ? "0" : key;
        if (!AliasBuiltins.isValid(name)) {
          shell(c).error("`" + name + "': invalid alias name");
          return;
        }
        shell(c).aliases.put(name, value);
      }

      // manual: unsetting an element does not remove the alias
    };
  }

  private static DynamicVariable commands() {
    return new DynamicVariable() {
      @Override
      public AssociativeArray map(ShellContext c) {
        AssociativeArray m = new AssociativeArray();
        CommandHash h = shell(c).hash;
        for (String name : h.names()) {
          m.put(name, h.get(name).path());
        }
        return m;
      }

      @Override
      public void assign(ShellContext c, String key, String value) {
        if (shell(c).restricted() && value.indexOf('/') >= 0) {
          shell(c).error(value + ": restricted");
          return;
        }
        shell(c).hash.put(shell(c), key == null ? "0" : key, value);
      }

      // manual: unsetting an element does not forget the command
    };
  }

  private static long elapsed(Shell s) {
    return Math.floorDiv(Sched.get().realTimeNanos() - s.startNanos, 1_000_000_000L);
  }

  private static String realTime() {
    long micros = Sched.get().realTimeNanos() / 1000;
    String fraction = String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
    return micros / 1_000_000 + "." + fraction;
  }

  private static String currentCommand(Shell s) {
    Object c = s.currentCommand;
    return c == null ? "" : c instanceof Command k ? Printer.head(k) : c.toString();
  }

  private static IndexedArray pipeStatus(Shell s) {
    IndexedArray a = new IndexedArray();
    if (s.pipeStatus == null) {
      a.add(String.valueOf(s.singleStatus));
    } else {
      for (int status : s.pipeStatus) {
        a.add(String.valueOf(status));
      }
    }
    return a;
  }

  private static IndexedArray functionNames(Shell s) {
    IndexedArray a = new IndexedArray();
    if (s.functionDepth == 0 && !s.leftFunction) {
      return null;
    }
    for (Frame f = s.frame; f != null; f = f.below) {
      a.add(f.name);
    }
    if (s.scriptName != null) {
      a.add("main");
    }
    return a;
  }

  /** BASH_ARGC or BASH_ARGV: the calls' arguments are known under extdebug only. */
  private static IndexedArray arguments(Shell s, boolean counts) {
    IndexedArray a = new IndexedArray();
    if (s.startArguments == null && (s.functionDepth == 0 || s.isOn(ShellOptions.Shopt.extdebug))) {
      s.startArguments = s.positional; // those of the moment somebody first asks
    }
    if (s.isOn(ShellOptions.Shopt.extdebug)) {
      for (Frame f = s.frame; f != null; f = f.below) {
        // a function's first argument is its name
        List<String> args = f.function ? f.args.subList(1, f.args.size()) : f.args;
        addArguments(a, args, counts);
      }
    }
    if (s.startArguments != null) {
      addArguments(a, s.startArguments, counts);
    }
    return a;
  }

  private static void addArguments(IndexedArray a, List<String> args, boolean counts) {
    if (counts) {
      a.add(String.valueOf(args.size()));
      return;
    }
    for (int i = args.size() - 1; i >= 0; i--) {
      a.add(args.get(i));
    }
  }

  private static IndexedArray sources(Shell s) {
    IndexedArray a = new IndexedArray();
    for (Frame f = s.frame; f != null; f = f.below) {
      a.add(f.source);
    }
    if (s.scriptName != null) {
      a.add(s.scriptName);
    }
    return a;
  }

  private static IndexedArray callLines(Shell s) {
    IndexedArray a = new IndexedArray();
    for (Frame f = s.frame; f != null; f = f.below) {
      a.add(String.valueOf(f.callLine));
    }
    if (s.scriptName != null) {
      a.add("0");
    }
    return a;
  }

  /** Sets what a shell starts with, when the environment has not said otherwise. */
  static void initialize(Shell sh) {
    Variables v = sh.variables();
    setDefault(v, "IFS", " \t\n");
    v.setRaw("IFS", " \t\n");
    setDefault(v, "PATH", "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:.");
    setDefault(v, "SHELL", Accounts.shell(sh.files()));
    setDefault(v, "PS4", "+ ");
    v.setRaw("OPTIND", "1");
    v.declare("OPTIND", dev.qanat.shell.expand.Scope.GLOBAL, Variable.INTEGER, 0);
    setDefault(
        v,
        "BASH_LOADABLES_PATH",
        "/usr/local/lib/bash:/usr/lib/bash:/opt/local/lib/bash:/usr/pkg/lib/bash"
            + ":/opt/pkg/lib/bash:.");
    v.setRaw("OPTERR", "1");
    v.watch("HISTSIZE", () -> HistoryFile.sizeChanged(sh));
    v.watch("HISTFILESIZE", () -> HistoryFile.fileSizeChanged(sh));
    if (sh.interactive) {
      setDefault(v, "PS1", "\\s-\\v\\$ ");
      setDefault(v, "PS2", "> ");
      setDefault(v, "HISTFILE", home(v) + "/.bash_history");
      setDefault(v, "HISTSIZE", "500");
      setDefault(v, "HISTFILESIZE", "500");
    } else if (v.find("PS1") != null && v.find("PS1").has(Variable.EXPORT)) {
      v.unset("PS1");
    }
    v.setRaw("BASH", sh.posix() ? "/usr/bin/sh" : "/usr/bin/bash");
    v.setRaw("BASH_VERSION", "5.2.15(1)-release");
    v.setArray(
        "BASH_VERSINFO",
        dev.qanat.shell.expand.Scope.GLOBAL,
        IndexedArray.of(List.of("5", "2", "15", "1", "release", "x86_64-pc-linux-gnu")));
    v.declare("BASH_VERSINFO", dev.qanat.shell.expand.Scope.GLOBAL, Variable.READONLY, 0);
    setDefault(v, "HOSTNAME", sh.machine().hostname());
    v.setRaw("HOSTTYPE", "x86_64");
    v.setRaw("OSTYPE", "linux-gnu");
    v.setRaw("MACHTYPE", "x86_64-pc-linux-gnu");
    setDefault(v, "TERM", "dumb");
    constant(v, "UID", String.valueOf(sh.files().vfs().uid()));
    constant(v, "EUID", String.valueOf(sh.files().vfs().uid()));
    constant(v, "PPID", String.valueOf(sh.parentPid));
    if (sh.commandString != null) {
      v.setRaw("BASH_EXECUTION_STRING", sh.commandString);
    }
    String level = v.get("SHLVL");
    long n = level == null ? 0 : number(level);
    n = n < 0 ? 0 : n + 1;
    if (n >= 1000) {
      sh.say(sh.errorName() + ": warning: shell level (" + n + ") too high, resetting to 1");
      n = 1;
    }
    v.setRaw("SHLVL", String.valueOf(n));
    v.declare("SHLVL", dev.qanat.shell.expand.Scope.GLOBAL, Variable.EXPORT, 0);
    initializeDirectory(sh);
    v.special(SpecialVariables.NAMES);
    for (String name : SpecialVariables.NAMES) {
      if (!name.startsWith("LC_") && v.get(name) != null) {
        SpecialVariables.changed(sh, name);
      }
    }
  }

  private static void initializeDirectory(Shell sh) {
    Variables v = sh.variables();
    String pwd = v.get("PWD");
    String physical = sh.files().cwd();
    if (pwd == null || !pwd.startsWith("/") || !samePlace(sh, pwd, physical)) {
      pwd = physical;
    }
    sh.setWorkingDirectory(pwd);
    v.setRaw("PWD", pwd);
    v.declare("PWD", dev.qanat.shell.expand.Scope.GLOBAL, Variable.EXPORT, 0);
    if (v.find("OLDPWD") == null) {
      v.declare("OLDPWD", dev.qanat.shell.expand.Scope.GLOBAL, Variable.EXPORT, 0);
    } else if (!sh.files().isDirectory(v.get("OLDPWD") == null ? "" : v.get("OLDPWD"))) {
      v.unset("OLDPWD");
      v.declare("OLDPWD", dev.qanat.shell.expand.Scope.GLOBAL, Variable.EXPORT, 0);
    }
  }

  private static boolean samePlace(Shell sh, String path, String physical) {
    try {
      return sh.files().realpath(path).equals(physical);
    } catch (dev.qanat.vfs.VfsException e) {
      return false;
    }
  }

  private static String home(Variables v) {
    String home = v.get("HOME");
    return home == null ? "" : home;
  }

  private static void constant(Variables v, String name, String value) {
    v.setRaw(name, value);
    v.declare(
        name,
        dev.qanat.shell.expand.Scope.GLOBAL,
        Variable.READONLY | Variable.INTEGER,
        Variable.EXPORT);
  }

  private static void setDefault(Variables v, String name, String value) {
    if (v.get(name) == null) {
      v.setRaw(name, value);
    }
  }
}
