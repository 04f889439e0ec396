package dev.qanat.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command's options, declared once. From the declaration come parsing as getopt_long(3) does it
 * (clusters, abbreviations, {@code --}, operands in between), the messages of its errors, {@code
 * --help} and {@code --version}.
 *
 * <p>An option is known by its long name, or by its letter when it has none:
 *
 * <pre>{@code
 * static final Options OPTIONS =
 *     Options.of("head")
 *         .usage("[OPTION]... [FILE]...")
 *         .about("Print the first 10 lines of each FILE to standard output.")
 *         .value('n', "lines", "[-]NUM", "print the first NUM lines instead of the first 10")
 *         .flag('q', "quiet", "never print headers giving file names")
 *         .alias("silent", "quiet");
 *
 * Parsed p = OPTIONS.parse(in);
 * if (p.has("quiet")) …
 * String n = p.value("lines");
 * }</pre>
 */
public final class Options {
  private enum Kind {
    FLAG,
    VALUE,
    OPTIONAL
  }

  private record Option(
      String id, char letter, String name, Kind kind, String argument, String help) {}

  private final String command;
  private final List<Option> options = new ArrayList<>();
  private final Map<Character, Option> letters = new LinkedHashMap<>();
  private final Map<String, Option> names = new LinkedHashMap<>();
  private String usage = "[OPTION]...";
  private String about = "";
  private String epilogue = "";
  private int usageStatus = 1;
  private boolean stopAtOperand;
  private boolean usageInErrors;
  private boolean negativeNumbers;
  private String digits;
  private String pack = "GNU coreutils";
  private String packVersion = "9.1";

  private Options(String command) {
    this.command = command;
  }

  public static Options of(String command) {
    return new Options(command);
  }

  /** What follows the name in the usage line. Several forms are separated by newlines. */
  public Options usage(String text) {
    usage = text;
    return this;
  }

  /** What {@code --help} says above the options. */
  public Options about(String text) {
    about = text;
    return this;
  }

  /** What {@code --help} says below the options. */
  public Options epilogue(String text) {
    epilogue = text;
    return this;
  }

  /** The package and version {@code --version} names: what our behaviour was compared with. */
  public Options version(String pack, String version) {
    this.pack = pack;
    this.packVersion = version;
    return this;
  }

  /** The exit status of a usage error; 1 unless said. */
  public Options usageStatus(int status) {
    usageStatus = status;
    return this;
  }

  /** Usage errors show the usage line, too, as those of grep do. */
  public Options usageInErrors() {
    usageInErrors = true;
    return this;
  }

  /** The first operand ends the options, as for {@code env} and {@code xargs}. */
  public Options stopAtOperand() {
    stopAtOperand = true;
    return this;
  }

  /** An argument such as {@code -5} or {@code -.5} is an operand, as for {@code seq}. */
  public Options negativeNumbersAreOperands() {
    negativeNumbers = true;
    return this;
  }

  /** {@code -5} means this option with the value 5, as for {@code head}. */
  public Options digits(String id) {
    digits = id;
    return this;
  }

  /** An option without argument. Letter 0: none. Name null: none. */
  public Options flag(char letter, String name, String help) {
    return add(letter, name, Kind.FLAG, null, help);
  }

  /** An option that needs an argument. */
  public Options value(char letter, String name, String argument, String help) {
    return add(letter, name, Kind.VALUE, argument, help);
  }

  /** An option whose argument, attached with {@code =} or to the letter, may be missing. */
  public Options optional(char letter, String name, String argument, String help) {
    return add(letter, name, Kind.OPTIONAL, argument, help);
  }

  /** A second long name for an option. */
  public Options alias(String name, String id) {
    names.put(name, byId(id));
    return this;
  }

  /** A second letter for an option. */
  public Options alias(char letter, String id) {
    letters.put(letter, byId(id));
    return this;
  }

  private Options add(char letter, String name, Kind kind, String argument, String help) {
    Option o =
        new Option(
            name != null ? name : String.valueOf(letter), letter, name, kind, argument, help);
    options.add(o);
    if (letter != 0) {
      letters.put(letter, o);
    }
    if (name != null) {
      names.put(name, o);
    }
    return this;
  }

  private Option byId(String id) {
    for (Option o : options) {
      if (o.id.equals(id)) {
        return o;
      }
    }
    throw new IllegalArgumentException(id);
  }

  /**
   * One option as it was given; {@code value} is null for a flag or a missing optional argument.
   */
  public record Given(String id, String value) {
    public boolean is(String other) {
      return id.equals(other);
    }
  }

  /** The command line, taken apart. */
  public static final class Parsed {
    private final List<Given> given = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();

    /** The options in the order they were given. */
    public List<Given> options() {
      return given;
    }

    /** What is left, in order. */
    public List<String> operands() {
      return operands;
    }

    public boolean has(String id) {
      for (Given g : given) {
        if (g.id.equals(id)) {
          return true;
        }
      }
      return false;
    }

    /** How often it was given. */
    public int count(String id) {
      int n = 0;
      for (Given g : given) {
        if (g.id.equals(id)) {
          n++;
        }
      }
      return n;
    }

    /** The value it was given last; null when it was not given or without one. */
    public String value(String id) {
      for (int i = given.size() - 1; i >= 0; i--) {
        if (given.get(i).id.equals(id)) {
          return given.get(i).value;
        }
      }
      return null;
    }

    /** All values it was given, in order. */
    public List<String> values(String id) {
      List<String> all = new ArrayList<>();
      for (Given g : given) {
        if (g.id.equals(id)) {
          all.add(g.value);
        }
      }
      return all;
    }

    /** Which of the options was given last; null when none was. */
    public String lastOf(String... ids) {
      for (int i = given.size() - 1; i >= 0; i--) {
        for (String id : ids) {
          if (given.get(i).id.equals(id)) {
            return id;
          }
        }
      }
      return null;
    }
  }

  /**
   * Takes the command line apart. A wrong one, {@code --help} and {@code --version} end the run.
   */
  public Parsed parse(Invocation in) {
    return parse(in, in.args());
  }

  /** As {@link #parse(Invocation)} for arguments the command has worked on first. */
  public Parsed parse(Invocation in, List<String> args) {
    Parsed p = new Parsed();
    int n = args.size();
    for (int i = 0; i < n; i++) {
      String a = args.get(i);
      if (a.length() < 2 || a.charAt(0) != '-' || negativeNumbers && isNegativeNumber(a)) {
        if (stopAtOperand) {
          p.operands.addAll(args.subList(i, n));
          return p;
        }
        p.operands.add(a);
      } else if (a.equals("--")) {
        p.operands.addAll(args.subList(i + 1, n));
        return p;
      } else if (a.charAt(1) == '-') {
        i = longOption(in, p, args, i);
      } else {
        i = cluster(in, p, args, i);
      }
    }
    return p;
  }

  private int longOption(Invocation in, Parsed p, List<String> args, int i) {
    String a = args.get(i);
    int eq = a.indexOf('=');
    String name = eq < 0 ? a.substring(2) : a.substring(2, eq);
    String value = eq < 0 ? null : a.substring(eq + 1);
    Option o = byName(in, name, a);
    if (o == null) {
      help(in, name);
    }
    if (o.kind == Kind.FLAG && value != null) {
      throw usageError(in, "option '--" + o.name + "' doesn't allow an argument");
    }
    if (o.kind == Kind.VALUE && value == null) {
      if (++i >= args.size()) {
        throw usageError(in, "option '--" + o.name + "' requires an argument");
      }
      value = args.get(i);
    }
    p.given.add(new Given(o.id, value));
    return i;
  }

  /** The option; null for help and version, which every command has. */
  private Option byName(Invocation in, String name, String written) {
    Option exact = names.get(name);
    if (exact != null) {
      return exact;
    }
    Option found = null;
    int distinct = 0;
    List<String> candidates = new ArrayList<>();
    for (Map.Entry<String, Option> e : names.entrySet()) {
      if (e.getKey().startsWith(name)) {
        candidates.add(e.getKey());
        if (found != e.getValue()) {
          found = e.getValue();
          distinct++;
        }
      }
    }
    for (String always : new String[] {"help", "version"}) {
      if (!names.containsKey(always) && always.startsWith(name)) {
        if (always.equals(name)) {
          return null;
        }
        candidates.add(always);
        distinct++;
      }
    }
    if (distinct == 1) {
      if (found == null) {
        help(in, candidates.get(0));
      }
      return found;
    }
    if (candidates.isEmpty()) {
      int eq = written.indexOf('=');
      throw usageError(
          in, "unrecognized option '" + (eq < 0 ? written : written.substring(0, eq)) + "'");
    }
    StringBuilder m =
        new StringBuilder("option '").append(written).append("' is ambiguous; possibilities:");
    for (String c : candidates) {
      m.append(" '--").append(c).append('\'');
    }
    throw usageError(in, m.toString());
  }

  private int cluster(Invocation in, Parsed p, List<String> args, int i) {
    String a = args.get(i);
    if (digits != null && Character.isDigit(a.charAt(1))) {
      int end = 1;
      while (end < a.length() && Character.isDigit(a.charAt(end))) {
        end++;
      }
      if (end == a.length()) {
        p.given.add(new Given(digits, a.substring(1)));
        return i;
      }
    }
    for (int k = 1; k < a.length(); k++) {
      char c = a.charAt(k);
      Option o = letters.get(c);
      if (o == null) {
        throw usageError(in, "invalid option -- '" + letterAt(a, k) + "'");
      }
      if (o.kind == Kind.FLAG) {
        p.given.add(new Given(o.id, null));
        continue;
      }
      String rest = a.substring(k + 1);
      if (o.kind == Kind.OPTIONAL) {
        p.given.add(new Given(o.id, rest.isEmpty() ? null : rest));
        return i;
      }
      if (rest.isEmpty()) {
        if (++i >= args.size()) {
          throw usageError(in, "option requires an argument -- '" + c + "'");
        }
        rest = args.get(i);
      }
      p.given.add(new Given(o.id, rest));
      return i;
    }
    return i;
  }

  private static String letterAt(String a, int k) {
    return new String(Character.toChars(a.codePointAt(k)));
  }

  private static boolean isNegativeNumber(String a) {
    char c = a.charAt(1);
    return c >= '0' && c <= '9' || c == '.' && a.length() > 2 && Character.isDigit(a.charAt(2));
  }

  /** Prints a usage error with the hint at {@code --help} and gives what ends the run. */
  public Command.Exit usageError(Invocation in, String message) {
    in.error(message);
    return hint(in);
  }

  /** Prints only the hint at {@code --help}. */
  public Command.Exit hint(Invocation in) {
    Output err = in.stderr();
    if (usageInErrors) {
      err.line("Usage: " + in.name() + " " + usage);
    }
    err.line("Try '" + in.name() + " --help' for more information.");
    err.flush();
    return new Command.Exit(usageStatus);
  }

  private void help(Invocation in, String which) {
    Output out = in.stdout();
    if (which.equals("version")) {
      out.line(command + " (Qanat) 0.1.0, compatible with " + pack + " " + packVersion);
    } else {
      out.write(helpText(in.name()));
    }
    out.flush();
    throw new Command.Exit(0);
  }

  /** What {@code --help} prints. */
  public String helpText(String name) {
    StringBuilder s = new StringBuilder();
    String lead = "Usage: ";
    for (String form : usage.split("\n")) {
      s.append(lead).append(name).append(' ').append(form).append('\n');
      lead = "  or:  ";
    }
    if (!about.isEmpty()) {
      s.append(about).append('\n');
    }
    s.append('\n');
    for (Option o : options) {
      describe(s, o);
    }
    if (!names.containsKey("help")) {
      s.append("      --help     display this help and exit\n");
    }
    if (!names.containsKey("version")) {
      s.append("      --version  output version information and exit\n");
    }
    if (!epilogue.isEmpty()) {
      s.append('\n').append(epilogue).append('\n');
    }
    return s.toString();
  }

  private static void describe(StringBuilder s, Option o) {
    int from = s.length();
    s.append("  ");
    if (o.letter != 0) {
      s.append('-').append(o.letter);
      if (o.name != null) {
        s.append(", ");
      } else if (o.argument != null) {
        s.append(o.kind == Kind.OPTIONAL ? "[" + o.argument + "]" : " " + o.argument);
      }
    } else {
      s.append("    ");
    }
    if (o.name != null) {
      s.append("--").append(o.name);
      if (o.argument != null) {
        s.append(o.kind == Kind.OPTIONAL ? "[=" + o.argument + "]" : "=" + o.argument);
      }
    }
    int width = s.length() - from;
    if (width > 28) {
      s.append('\n');
      width = 0;
    }
    for (String line : o.help.split("\n")) {
      while (width++ < 29) {
        s.append(' ');
      }
      s.append(line).append('\n');
      width = 0;
    }
  }
}
