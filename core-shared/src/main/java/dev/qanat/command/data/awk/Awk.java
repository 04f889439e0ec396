package dev.qanat.command.data.awk;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Locale;
import dev.qanat.command.Output;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code awk}, in gawk's language. */
public final class Awk implements Command {
  @Override
  public int run(Invocation in) {
    return new Run(in).run();
  }

  private static final class Run {
    private final Invocation in;
    private final List<byte[]> sources = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> assignments = new ArrayList<>();
    private final Set<String> warned = new HashSet<>();
    private String separator;
    private boolean sandbox;
    private boolean bytes;
    private List<String> operands;

    Run(Invocation in) {
      this.in = in;
    }

    int run() {
      try {
        options();
        if (sources.isEmpty()) {
          if (operands.isEmpty()) {
            usage(in.stderr());
            return 2;
          }
          source(operands.get(0), "cmd. line");
          operands = operands.subList(1, operands.size());
        }
        Program program = Parser.parse(sources, names, this::include, this::warn);
        for (String a : assignments) {
          int eq = a.indexOf('=');
          if (eq < 0 || !Interpreter.isName(a.substring(0, eq))) {
            in.error("fatal: `" + a + "' argument to `-v' not in `var=value' form\n");
            return 2;
          }
        }
        return interpret(program);
      } catch (AwkError e) {
        in.stdout().flush();
        for (String line : e.getMessage().split("\n", -1)) {
          if (line.startsWith("\t") || line.startsWith("'") || line.startsWith("or used")) {
            in.stderr().line(line);
          } else {
            in.error(line);
          }
        }
        in.stderr().flush();
        return e.status;
      }
    }

    private int interpret(Program program) {
      Interpreter r = new Interpreter(program, in, operands, sandbox);
      if (bytes || Locale.isBytes(in.env())) {
        r.characters = new Characters(true, false);
      }
      for (String a : assignments) {
        int eq = a.indexOf('=');
        r.assign(a.substring(0, eq), a.substring(eq + 1));
      }
      if (separator != null) {
        r.assign("FS", separator.equals("t") ? "\t" : separator);
      }
      try {
        return r.run();
      } finally {
        r.streams.closeAll();
      }
    }

    private void warn(String message) {
      if (warned.add(message)) {
        in.error(message);
      }
    }

    private void source(String text, String name) {
      sources.add(Utf8.encode(text));
      names.add(name);
    }

    private void file(String path) {
      try {
        byte[] text = path.equals("-") ? in.stdin().readAll() : in.files().readFile(path);
        sources.add(text);
        names.add(path);
      } catch (VfsException e) {
        throw new AwkError(
            "fatal: cannot open source file `" + path + "' for reading: " + e.reason(), 2);
      }
    }

    private byte[] include(String name) {
      List<String> dirs = new ArrayList<>();
      String path = in.env("AWKPATH");
      if (name.indexOf('/') >= 0) {
        dirs.add("");
      } else {
        for (String d : (path == null ? ".:/usr/share/awk" : path).split(":")) {
          dirs.add((d.isEmpty() ? "." : d) + "/");
        }
      }
      for (String d : dirs) {
        for (String suffix : new String[] {"", ".awk"}) {
          String file = d + name + suffix;
          if (in.files().exists(file) && !in.files().isDirectory(file)) {
            return in.files().readFile(file);
          }
        }
      }
      return null;
    }

    private void options() {
      List<String> args = in.args();
      int i = 0;
      for (; i < args.size(); i++) {
        String a = args.get(i);
        if (a.equals("--")) {
          i++;
          break;
        }
        if (a.length() < 2 || a.charAt(0) != '-') {
          break;
        }
        i = a.startsWith("--") ? longOption(args, i) : letters(args, i);
      }
      operands = new ArrayList<>(args.subList(i, args.size()));
    }

    private String value(List<String> args, int i, String option) {
      if (i < args.size()) {
        return args.get(i);
      }
      in.error("option requires an argument -- '" + option + "'");
      usage(in.stderr());
      throw new Command.Exit(1);
    }

    private int letters(List<String> args, int i) {
      String a = args.get(i);
      for (int k = 1; k < a.length(); k++) {
        char c = a.charAt(k);
        switch (c) {
          case 'f', 'F', 'v', 'e', 'i', 'E', 'l', 'd', 'D', 'o', 'p', 'L' -> {
            boolean optional = "dDopL".indexOf(c) >= 0;
            String v = a.substring(k + 1);
            if (v.isEmpty() && !optional) {
              v = value(args, ++i, String.valueOf(c));
            }
            option(c, v);
            return i;
          }
          case 'h' -> {
            usage(in.stdout());
            throw new Command.Exit(0);
          }
          case 'V' -> version();
          case 'b', 'c', 'g', 'I', 'k', 'M', 'n', 'N', 'O', 'P', 'r', 's', 'S', 't' -> mode(c);
          default -> {
            in.error("invalid option -- '" + c + "'");
            usage(in.stderr());
            throw new Command.Exit(1);
          }
        }
      }
      return i;
    }

    private int longOption(List<String> args, int i) {
      String a = args.get(i);
      int eq = a.indexOf('=');
      String name = eq < 0 ? a.substring(2) : a.substring(2, eq);
      char c =
          switch (name) {
            case "file" -> 'f';
            case "field-separator" -> 'F';
            case "assign" -> 'v';
            case "source" -> 'e';
            case "include" -> 'i';
            case "exec" -> 'E';
            case "help" -> 'h';
            case "version" -> 'V';
            case "posix" -> 'P';
            case "traditional", "compat" -> 'c';
            case "characters-as-bytes" -> 'b';
            case "re-interval" -> 'r';
            case "sandbox" -> 'S';
            case "optimize" -> 'O';
            case "no-optimize" -> 's';
            case "non-decimal-data" -> 'n';
            case "use-lc-numeric" -> 'N';
            case "lint", "lint-old" -> 't';
            case "bignum" -> 'M';
            default -> 0;
          };
      switch (c) {
        case 0 -> {
          in.error("unrecognized option '" + (eq < 0 ? a : a.substring(0, eq)) + "'");
          usage(in.stderr());
          throw new Command.Exit(1);
        }
        case 'h' -> {
          usage(in.stdout());
          throw new Command.Exit(0);
        }
        case 'V' -> version();
        case 'f', 'F', 'v', 'e', 'i', 'E' ->
            option(c, eq >= 0 ? a.substring(eq + 1) : value(args, ++i, name));
        default -> mode(c);
      }
      return i;
    }

    private void option(char c, String v) {
      switch (c) {
        case 'f', 'E' -> file(v);
        case 'F' -> separator = v;
        case 'v' -> assignments.add(v);
        case 'e' -> source(v, "cmd. line");
        case 'i' -> {
          byte[] text = include(v);
          if (text == null) {
            throw new AwkError(
                "fatal: cannot open source file `" + v + "' for reading: No such file or directory",
                2);
          }
          sources.add(0, text);
          names.add(0, v);
        }
        default -> mode(c);
      }
    }

    /**
     * Of the modes, the sandbox and bytes are kept. {@code -O} and {@code -s} are about speed only,
     * {@code -r} asks for what is so anyway, and {@code -N} for a locale whose decimal point is
     * ours: they change nothing. The others would, and are refused.
     */
    private void mode(char c) {
      if (c == 'S') {
        sandbox = true;
        return;
      }
      if (c == 'b') {
        bytes = true;
        return;
      }
      if ("rOsN".indexOf(c) >= 0) {
        return;
      }
      in.error("option -" + c + " is not supported");
      throw new Command.Exit(2);
    }

    private void version() {
      Output out = in.stdout();
      out.line("GNU Awk 5.2.1 (compatible), Qanat 0.1.0");
      out.flush();
      throw new Command.Exit(0);
    }

    private void usage(Output to) {
      to.write(
          """
          Usage: awk [OPTION]... -f PROGFILE [--] FILE...
          Usage: awk [OPTION]... [--] 'PROGRAM' FILE...
            -f PROGFILE, --file=PROGFILE        read the program from a file
            -F FS, --field-separator=FS         set the field separator
            -v VAR=VALUE, --assign=VAR=VALUE    set a variable before the program begins
            -e PROGRAM, --source=PROGRAM        a part of the program
            -E FILE, --exec=FILE                as -f, and the last option
            -i FILE, --include=FILE             read a library
            -b, --characters-as-bytes           take each byte for a character
            -S, --sandbox                       no commands, no redirections
            -h, --help                          print this help
            -V, --version                       print the version
          """);
      to.flush();
    }
  }
}
