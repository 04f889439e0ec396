package dev.qanat.command.data.bc;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** bc: a calculator of any precision, with GNU's extensions of the language. */
public final class Bc implements Command {
  private static final String USAGE =
      """
      usage: bc [options] [file ...]
        -h  --help         print this usage and exit
        -i  --interactive  force interactive mode
        -l  --mathlib      use the predefined math routines
        -q  --quiet        don't print initial banner
        -s  --standard     non-standard bc constructs are errors
        -w  --warn         warn about non-standard bc constructs
        -v  --version      print version information and exit
      """;

  @Override
  public int run(Invocation in) {
    List<String> files = new ArrayList<>();
    boolean library = false;
    List<String> args = new ArrayList<>();
    String more = in.env("BC_ENV_ARGS");
    if (more != null) {
      for (String a : more.split(" ")) {
        if (!a.isEmpty()) {
          args.add(a);
        }
      }
    }
    args.addAll(in.args());
    boolean options = true;
    for (String a : args) {
      if (!options || a.length() < 2 || a.charAt(0) != '-') {
        files.add(a);
      } else if (a.equals("--")) {
        options = false;
      } else {
        library |= option(in, a);
      }
    }
    try {
      return new Run(in, library).run(files);
    } catch (Statement.Halt | Parser.Quit e) {
      return 0;
    }
  }

  /** Whether the option asks for the mathematical library. */
  private static boolean option(Invocation in, String a) {
    boolean library = false;
    String letters =
        switch (a) {
          case "--mathlib" -> "l";
          case "--quiet" -> "q";
          case "--interactive" -> "i";
          case "--help" -> "h";
          case "--version" -> "v";
          case "--standard" -> "s";
          case "--warn" -> "w";
          default -> a.startsWith("--") ? "" : a.substring(1);
        };
    if (letters.isEmpty()) {
      throw usage(in, "unrecognized option '" + a + "'");
    }
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      switch (c) {
        case 'l' -> library = true;
        case 'q', 'i' -> {}
        case 'h' -> {
          in.stdout().write(USAGE);
          throw new Exit(0);
        }
        case 'v' -> {
          in.stdout().line("bc (Qanat) 0.1.0, compatible with GNU bc 1.07.1");
          throw new Exit(0);
        }
        case 's', 'w' -> throw in.fail(1, "option -" + c + " is not supported");
        default -> throw usage(in, "invalid option -- '" + c + "'");
      }
    }
    return library;
  }

  private static Exit usage(Invocation in, String message) {
    in.error(message);
    in.stdout().write(USAGE);
    return new Exit(1);
  }

  private static final class Run implements Lexer.Source {
    private final Invocation in;
    private final boolean library;
    private final Machine machine;
    private Input input;

    Run(Invocation in, boolean library) {
      this.in = in;
      this.library = library;
      input = in.stdin();
      machine = new Machine(in, this);
      machine.scale = library ? 20 : 0;
    }

    int run(List<String> files) {
      for (String file : files) {
        byte[] text;
        try {
          text = in.files().readFile(file);
        } catch (VfsException e) {
          in.stdout().flush();
          in.stderr().line("File " + file + " is unavailable.");
          return 1;
        }
        program(new Lexer(new Lines(Utf8.decode(text))), file);
      }
      program(new Lexer(this), "(standard_in)");
      return 0;
    }

    private void program(Lexer lexer, String name) {
      Parser parser = new Parser(lexer, machine, library);
      Output out = in.stdout();
      while (true) {
        try {
          List<Statement> line = parser.line();
          if (line == null) {
            return;
          }
          machine.function = "(main)";
          Statement.runAll(line, machine);
        } catch (BcError e) {
          String message = e.getMessage();
          out.flush();
          in.stderr()
              .line(
                  message.startsWith("Runtime ")
                      ? message
                      : name + " " + number(lexer, message) + ": " + message);
          in.stderr().flush();
          if (!message.startsWith("Runtime ")) {
            lexer.skipLine();
          }
        }
        if (out.file().isTerminal()) {
          out.flush();
        }
      }
    }

    /** An error seen at the end of a line is one of the next, which has been begun. */
    private static int number(Lexer lexer, String message) {
      boolean beyond = message.equals("syntax error") && lexer.kind == Lexer.Kind.NEWLINE;
      return beyond ? lexer.line() + 1 : lexer.line();
    }

    @Override
    public String next() {
      if (!input.file().ready() || input.file().isTerminal()) {
        in.stdout().flush();
      }
      if (!input.nextLine()) {
        return null;
      }
      return Utf8.decode(java.util.Arrays.copyOfRange(input.data, input.start, input.end));
    }
  }

  /** The lines of a text at hand. */
  private static final class Lines implements Lexer.Source {
    private final String text;
    private int at;

    Lines(String text) {
      this.text = text;
    }

    @Override
    public String next() {
      if (at >= text.length()) {
        return null;
      }
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() : end + 1;
      return line;
    }
  }
}
