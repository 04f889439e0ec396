package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.text.Escapes;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** env: a program in a changed environment. */
public final class Env implements Command {
  private static final Options OPTIONS =
      Options.of("env")
          .usage("[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]")
          .about("Set each NAME to VALUE in the environment and run COMMAND.")
          .usageStatus(125)
          .stopAtOperand()
          .flag('i', "ignore-environment", "start with an empty environment")
          .flag('0', "null", "end each output line with NUL, not newline")
          .value('u', "unset", "NAME", "remove variable from the environment")
          .value('C', "chdir", "DIR", "change working directory to DIR")
          .value(
              'S',
              "split-string",
              "S",
              "process and split S into separate arguments;\nused to pass multiple arguments on shebang lines")
          .optional((char) 0, "block-signal", "SIG", "block delivery of SIG signal(s) to COMMAND")
          .optional(
              (char) 0, "default-signal", "SIG", "reset handling of SIG signal(s) to the default")
          .optional((char) 0, "ignore-signal", "SIG", "set handling of SIG signal(s) to do nothing")
          .flag((char) 0, "list-signal-handling", "list non default signal handling to stderr")
          .flag('v', "debug", "print verbose information for each processing step")
          .epilogue("A mere - implies -i.  If no COMMAND, print the resulting environment.");

  @Override
  public int run(Invocation in) {
    List<String> args = split(in, in.args());
    Options.Parsed p = OPTIONS.parse(in, args);
    List<String> rest = p.operands();
    boolean empty = p.has("ignore-environment");
    int i = 0;
    if (i < rest.size() && rest.get(i).equals("-")) {
      empty = true;
      i++;
    }
    Map<String, String> env =
        empty ? new java.util.LinkedHashMap<>() : new java.util.LinkedHashMap<>(in.env());
    for (String u : p.values("unset")) {
      if (u.isEmpty() || u.indexOf('=') >= 0) {
        throw in.fail(125, "cannot unset " + Quoting.always(u) + ": Invalid argument");
      }
      env.remove(u);
    }
    for (; i < rest.size() && rest.get(i).indexOf('=') >= 0; i++) {
      int eq = rest.get(i).indexOf('=');
      env.put(rest.get(i).substring(0, eq), rest.get(i).substring(eq + 1));
    }
    boolean hasCommand = i < rest.size();
    if (p.has("null") && hasCommand) {
      throw OPTIONS.usageError(in, "cannot specify --null (-0) with command");
    }
    if (p.has("chdir") && !hasCommand) {
      throw OPTIONS.usageError(in, "must specify command with --chdir (-C)");
    }
    if (!hasCommand) {
      for (Map.Entry<String, String> e : env.entrySet()) {
        in.stdout().write(e.getKey() + "=" + e.getValue());
        in.stdout().write(p.has("null") ? 0 : '\n');
      }
      return 0;
    }
    FileContext files = in.files().fork();
    Task me = Sched.get().current();
    List<Object[]> restore = new ArrayList<>();
    try {
      if (p.has("chdir")) {
        try {
          files.chdir(p.value("chdir"));
        } catch (VfsException e) {
          throw in.fail(
              125,
              "cannot change directory to " + Quoting.always(p.value("chdir")) + ": " + e.reason());
        }
      }
      for (Options.Given g : p.options()) {
        if (g.is("ignore-signal") || g.is("default-signal")) {
          signals(in, g, me, restore);
        }
      }
      List<String> argv = rest.subList(i, rest.size());
      return Runner.run(in, argv, files, env);
    } finally {
      for (Object[] r : restore) {
        me.setDisposition((Integer) r[0], (Task.Disposition) r[1]);
      }
      files.descriptors().closeAll();
    }
  }

  private static void signals(Invocation in, Options.Given g, Task me, List<Object[]> restore) {
    List<Integer> numbers = new ArrayList<>();
    if (g.value() == null) {
      for (int n = 1; n < 32; n++) {
        numbers.add(n);
      }
    } else {
      for (String s : g.value().split(",")) {
        int n = Signal.parse(s);
        if (n <= 0) {
          throw in.fail(125, Quoting.locale(s) + ": invalid signal");
        }
        numbers.add(n);
      }
    }
    for (int n : numbers) {
      restore.add(0, new Object[] {n, me.disposition(n)});
      me.setDisposition(
          n, g.is("ignore-signal") ? Task.Disposition.IGNORE : Task.Disposition.DEFAULT);
    }
  }

  /** {@code -S} and {@code -vS}: the text after it becomes several arguments. */
  private static List<String> split(Invocation in, List<String> args) {
    if (args.isEmpty()) {
      return args;
    }
    String a = args.get(0);
    String text;
    int used = 1;
    List<String> out = new ArrayList<>();
    if (a.startsWith("-S") || a.startsWith("-vS") || a.startsWith("-iS")) {
      int s = a.indexOf('S');
      if (s == 2) {
        out.add(a.substring(0, 2));
      }
      text = a.substring(s + 1);
      if (text.isEmpty() && args.size() > 1) {
        text = args.get(1);
        used = 2;
      }
    } else if (a.startsWith("--split-string=")) {
      text = a.substring(15);
    } else if (a.equals("--split-string") && args.size() > 1) {
      text = args.get(1);
      used = 2;
    } else {
      return args;
    }
    words(in, text, out);
    out.addAll(args.subList(used, args.size()));
    return split(in, out);
  }

  private static void words(Invocation in, String s, List<String> out) {
    StringBuilder w = null;
    char quote = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (quote == 0 && " \t\n\r\f\013".indexOf(c) >= 0) {
        if (w != null) {
          out.add(w.toString());
          w = null;
        }
        continue;
      }
      if (quote == 0 && c == '#' && w == null) {
        break;
      }
      if (w == null) {
        w = new StringBuilder();
      }
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote && quote != 0) {
        quote = 0;
      } else if (c == '\\'
          && (quote != '\''
              || i + 1 < s.length() && (s.charAt(i + 1) == '\\' || s.charAt(i + 1) == '\''))) {
        if (++i == s.length()) {
          throw in.fail(125, "invalid backslash at end of string in -S");
        }
        char e = s.charAt(i);
        switch (e) {
          case '"', '#', '$', '\'', '\\' -> w.append(e);
          case '_' -> {
            if (quote != 0) {
              w.append(' ');
            } else {
              out.add(w.toString());
              w = null;
            }
          }
          case 'c' -> {
            if (quote != 0) {
              throw in.fail(125, "'\\c' must not appear in double-quoted -S string");
            }
            i = s.length();
          }
          case 'f', 'n', 'r', 't', 'v' -> w.append((char) Escapes.letter(e));
          default -> throw in.fail(125, "invalid sequence '\\" + e + "' in -S");
        }
      } else if (c == '$' && quote != '\'') {
        int close = s.indexOf('}', i);
        if (i + 1 >= s.length() || s.charAt(i + 1) != '{' || close < 0) {
          throw in.fail(125, "only ${VARNAME} expansion is supported, error at: " + s.substring(i));
        }
        String v = in.env(s.substring(i + 2, close));
        w.append(v == null ? "" : v);
        i = close;
      } else {
        w.append(c);
      }
    }
    if (quote != 0) {
      throw in.fail(125, "no terminating quote in -S string");
    }
    if (w != null) {
      out.add(w.toString());
    }
  }
}
