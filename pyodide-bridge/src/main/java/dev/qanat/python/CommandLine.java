package dev.qanat.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the arguments of {@code python3} ask for, read as CPython reads them (docs.python.org,
 * "Command line and environment"). Options end with the program: all that follows belongs to it.
 */
final class CommandLine {
  /** Where the program comes from. */
  enum Kind {
    COMMAND("command"),
    FILE("file"),
    MODULE("module"),
    STDIN("stdin"),
    REPL("repl");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The name the worker knows it by. */
    String word() {
      return word;
    }
  }

  /** A command line that cannot be run. */
  static final class Bad extends Exception {
    Bad(String message) {
      super(message);
    }
  }

  static final String VERSION = "3.14.2";
  static final String USAGE =
      "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
          + "Try `python -h' for more information.\n";

  private Kind kind;
  private String what = "";
  private List<String> arguments = List.of();
  private final Map<String, Integer> flags = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> xoptions = new ArrayList<>();
  private int versions;
  private boolean help;

  private CommandLine() {}

  /**
   * Reads the arguments.
   *
   * @throws Bad with the line CPython prints before its usage
   */
  static CommandLine parse(List<String> args) throws Bad {
    CommandLine c = new CommandLine();
    int i = 0;
    while (i < args.size() && c.kind == null) {
      String arg = args.get(i);
      if (arg.equals("-") || !arg.startsWith("-")) {
        break;
      }
      i++;
      if (arg.equals("--")) {
        break;
      }
      if (arg.startsWith("--")) {
        i = c.longOption(arg, args, i);
      } else {
        i = c.cluster(arg, args, i);
      }
    }
    if (c.kind == null && i < args.size()) {
      c.what = args.get(i++);
      c.kind = c.what.equals("-") ? Kind.STDIN : Kind.FILE;
    }
    c.arguments = List.copyOf(args.subList(i, args.size()));
    return c;
  }

  private int longOption(String arg, List<String> args, int next) throws Bad {
    switch (arg) {
      case "--version" -> versions++;
      case "--help", "--help-env", "--help-xoptions", "--help-all" -> help = true;
      case "--check-hash-based-pycs" -> {
        if (next == args.size()) {
          throw new Bad("Argument expected for the " + arg + " option");
        }
        return next + 1;
      }
      default -> throw new Bad("unknown option " + arg);
    }
    return next;
  }

  private int cluster(String arg, List<String> args, int next) throws Bad {
    for (int k = 1; k < arg.length(); k++) {
      char letter = arg.charAt(k);
      if ("cmWX".indexOf(letter) >= 0) {
        String value = arg.substring(k + 1);
        if (value.isEmpty()) {
          if (next == args.size()) {
            throw new Bad("Argument expected for the -" + letter + " option");
          }
          value = args.get(next++);
        }
        valued(letter, value);
        return next;
      }
      flag(letter);
    }
    return next;
  }

  private void valued(char letter, String value) throws Bad {
    switch (letter) {
      case 'c' -> {
        kind = Kind.COMMAND;
        what = value;
      }
      case 'm' -> {
        kind = Kind.MODULE;
        what = value;
      }
      case 'W' -> warnings.add(value);
      default -> {
        String name = value.indexOf('=') < 0 ? value : value.substring(0, value.indexOf('='));
        switch (name) {
          case "importtime", "tracemalloc", "faulthandler", "showrefcount", "perf", "perf_jit" ->
              throw new Bad("option -X " + name + " is not there in this build of CPython");
          default -> xoptions.add(value);
        }
      }
    }
  }

  private void flag(char letter) throws Bad {
    switch (letter) {
      case 'V' -> versions++;
      case 'h', '?' -> help = true;
      case 'u' -> count("unbuffered");
      case 'E' -> count("ignore_environment");
      case 'I' -> {
        count("isolated");
        count("ignore_environment");
        count("no_user_site");
        count("safe_path");
      }
      case 's' -> count("no_user_site");
      case 'S' -> count("no_site");
      case 'P' -> count("safe_path");
      case 'B' -> count("dont_write_bytecode");
      case 'O' -> count("optimize");
      case 'q' -> count("quiet");
      case 'i' -> count("inspect");
      case 'x' -> count("skip_first_line");
      case 'R' -> {}
      case 'b', 'd', 'v' ->
          throw new Bad("option -" + letter + " is not there in this build of CPython");
      default -> throw new Bad("unknown option -" + letter);
    }
  }

  private void count(String name) {
    flags.merge(name, 1, Integer::sum);
  }

  /** Where the program comes from; null when the command line does not say: standard input. */
  Kind kind() {
    return kind;
  }

  /** The source of {@code -c}, the script's path, the module's name, or {@code -}. */
  String what() {
    return what;
  }

  /** The program's own arguments. */
  List<String> arguments() {
    return arguments;
  }

  /** How often each option was given, by its name in {@code sys.flags}. */
  Map<String, Integer> flags() {
    return flags;
  }

  boolean has(String flag) {
    return flags.containsKey(flag);
  }

  List<String> warnings() {
    return warnings;
  }

  List<String> xoptions() {
    return xoptions;
  }

  /** How often the version was asked for. */
  int versions() {
    return versions;
  }

  boolean help() {
    return help;
  }
}
