package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import java.util.ArrayList;
import java.util.List;

/** getopt: takes a script's command line apart, as that of util-linux does. */
public final class Getopt implements Command {
  private static final Options OPTIONS =
      Options.of("getopt")
          .usage(
              "<optstring> <parameters>\n"
                  + "[options] [--] <optstring> <parameters>\n"
                  + "[options] -o|--options <optstring> [options] [--] <parameters>")
          .about("Parse command options.")
          .version("util-linux", "2.38.1")
          .usageStatus(2)
          .stopAtOperand()
          .flag('a', "alternative", "allow long options starting with single -")
          .value('l', "longoptions", "LONGOPTS", "the long options to be recognized")
          .value('n', "name", "PROGNAME", "the name under which errors are reported")
          .value('o', "options", "OPTSTRING", "the short options to be recognized")
          .flag('q', "quiet", "disable error reporting by getopt(3)")
          .flag('Q', "quiet-output", "no normal output")
          .value('s', "shell", "SHELL", "set quoting conventions to those of SHELL")
          .flag('T', "test", "test for getopt(1) version")
          .flag('u', "unquoted", "do not quote the output");

  private record Long(String name, int arguments) {}

  @Override
  public int run(Invocation in) {
    List<String> args = in.args();
    boolean old =
        !args.isEmpty()
            && (args.get(0).isEmpty()
                || args.get(0).charAt(0) != '-' && args.get(0).charAt(0) != '+');
    Options.Parsed p = OPTIONS.parse(in, old ? List.of() : args);
    if (p.has("test")) {
      return 4;
    }
    List<String> rest = new ArrayList<>(old ? args : p.operands());
    String letters = p.value("options");
    if (letters == null) {
      if (rest.isEmpty()) {
        throw OPTIONS.usageError(in, "missing optstring argument");
      }
      letters = rest.remove(0);
    }
    List<Long> names = new ArrayList<>();
    for (String list : p.values("longoptions")) {
      for (String s : list.split("[, \t\n]")) {
        int colons = s.endsWith("::") ? 2 : s.endsWith(":") ? 1 : 0;
        if (!s.isEmpty()) {
          names.add(new Long(s.substring(0, s.length() - colons), colons));
        }
      }
    }
    String shell = p.has("shell") ? p.value("shell") : "bash";
    if (!List.of("bash", "sh", "csh", "tcsh").contains(shell)) {
      throw OPTIONS.usageError(in, "unknown shell after -s or --shell argument");
    }
    String name = p.has("name") ? p.value("name") : in.name();
    return new Run(in, p, name, letters, names, shell.endsWith("csh"), old || p.has("unquoted"))
        .run(rest);
  }

  /** One command line, taken apart. */
  private static final class Run {
    private final Invocation in;
    private final Options.Parsed p;
    private final String program;
    private final String letters;
    private final List<Long> names;
    private final boolean csh;
    private final boolean bare;
    private final boolean inOrder; // a leading -: operands are printed where they stand
    private final boolean stop; // a leading +: the first operand ends the options
    private final StringBuilder out = new StringBuilder();
    private int status;

    Run(
        Invocation in,
        Options.Parsed p,
        String program,
        String letters,
        List<Long> names,
        boolean csh,
        boolean bare) {
      this.in = in;
      this.p = p;
      this.program = program;
      this.names = names;
      this.csh = csh;
      this.bare = bare;
      inOrder = letters.startsWith("-");
      stop = letters.startsWith("+") || !inOrder && in.env("POSIXLY_CORRECT") != null;
      this.letters = inOrder || letters.startsWith("+") ? letters.substring(1) : letters;
    }

    int run(List<String> args) {
      List<String> operands = new ArrayList<>();
      int i = 0;
      while (i < args.size()) {
        String a = args.get(i++);
        if (a.equals("--")) {
          break;
        }
        if (a.length() < 2 || a.charAt(0) != '-') {
          if (stop) {
            i--;
            break;
          }
          if (inOrder) {
            word(a);
          } else {
            operands.add(a);
          }
        } else if (a.charAt(1) == '-'
            || p.has("alternative") && (a.length() > 2 || letters.indexOf(a.charAt(1)) < 0)) {
          i = longOption(a, args, i);
        } else {
          i = cluster(a, args, i);
        }
      }
      operands.addAll(args.subList(i, args.size()));
      if (!p.has("quiet-output")) {
        out.append(" --");
        operands.forEach(this::word);
        in.stdout().write(out.append('\n').toString());
      }
      return status;
    }

    private int longOption(String a, List<String> args, int next) {
      boolean two = a.startsWith("--");
      String body = a.substring(two ? 2 : 1);
      int eq = body.indexOf('=');
      String given = eq < 0 ? body : body.substring(0, eq);
      Long found = null;
      List<String> candidates = new ArrayList<>();
      for (Long o : names) {
        if (o.name.equals(given)) {
          found = o;
          candidates = List.of(o.name);
          break;
        }
        if (o.name.startsWith(given)) {
          found = o;
          candidates.add(o.name);
        }
      }
      String dashes = two ? "--" : "-";
      if (found == null) {
        if (!two && letters.indexOf(a.charAt(1)) >= 0) {
          return cluster(a, args, next);
        }
        error("unrecognized option '" + dashes + given + "'");
        return next;
      }
      if (candidates.size() > 1) {
        StringBuilder s = new StringBuilder("option '" + a + "' is ambiguous; possibilities:");
        candidates.forEach(c -> s.append(" '").append(dashes).append(c).append('\''));
        error(s.toString());
        return next;
      }
      String value = eq < 0 ? null : body.substring(eq + 1);
      if (found.arguments == 0 && value != null) {
        error("option '" + dashes + found.name + "' doesn't allow an argument");
        return next;
      }
      if (found.arguments == 1 && value == null) {
        if (next >= args.size()) {
          error("option '" + dashes + found.name + "' requires an argument");
          return next;
        }
        value = args.get(next++);
      }
      out.append(" --").append(found.name);
      if (found.arguments > 0) {
        word(value == null ? "" : value);
      }
      return next;
    }

    private int cluster(String a, List<String> args, int next) {
      for (int k = 1; k < a.length(); k++) {
        char c = a.charAt(k);
        int at = c == ':' || c == ';' ? -1 : letters.indexOf(c);
        if (at < 0) {
          error("invalid option -- '" + c + "'");
          continue;
        }
        int arguments =
            letters.startsWith("::", at + 1) ? 2 : letters.startsWith(":", at + 1) ? 1 : 0;
        if (arguments == 0) {
          out.append(" -").append(c);
          continue;
        }
        String value = a.substring(k + 1);
        if (arguments == 1 && value.isEmpty()) {
          if (next >= args.size()) {
            error("option requires an argument -- '" + c + "'");
            return next;
          }
          value = args.get(next++);
        }
        out.append(" -").append(c);
        word(value);
        return next;
      }
      return next;
    }

    private void error(String message) {
      status = 1;
      if (!p.has("quiet") && !letters.startsWith(":")) {
        Output err = in.stderr();
        err.write(program + ": " + message + "\n");
        err.flush();
      }
    }

    private void word(String s) {
      out.append(' ');
      if (bare) {
        out.append(s);
        return;
      }
      out.append('\'');
      for (int i = 0; i < s.length(); i++) {
        char c = s.charAt(i);
        if (c == '\'') {
          out.append("'\\''");
        } else if (csh && (c == '\\' || c == '!')) {
          out.append("'\\").append(c).append('\'');
        } else if (csh && c == '\n') {
          out.append("\\n");
        } else if (csh && Character.isWhitespace(c)) {
          out.append("'\\").append(c).append('\'');
        } else {
          out.append(c);
        }
      }
      out.append('\'');
    }
  }
}
