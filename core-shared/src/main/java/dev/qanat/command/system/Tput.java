package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.terminal.Terminal;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code tput}: prints what a terminal must be sent, or tells what it can do, by ncurses' names of
 * capabilities. {@code cols} and {@code lines} are those of the terminal the command runs on.
 */
public final class Tput implements Command {
  static final String FLAGS =
      " am bce bw ccc chts cpix crxm daisy da db eo eslok gn hc hls hs hz in km lpix mc5i mir msgr"
          + " ndscr npc nrrmc nxon os sam ul xenl xhp xhpa xon xsb xt xvpa ";
  static final String NUMBERS =
      " bitwin bitype bufsz btns colors cols cps it lh lines lm lw ma maddr mcs mjump mls nc ncv"
          + " nlab npins orc orhi orl orvi pairs pb spinh spinv vt widcs wnum wsl xmc ";
  static final String STRINGS =
      " cmdch hpd smgb smgl smgr smgt sum wind fln mc5p pln pfkey pfloc pfx rfi iprog if is1 is3"
          + " rs3 rf swidm rwidm sshm rshm ssubm rsubm ssupm rsupm snrmq snlq smicm rmicm setcolor"
          + " ";

  private static final String USAGE =
      """
      Usage: tput [options] [command]

      Options:
        -S <<       read commands from standard input
        -T TERM     use this instead of $TERM
        -V          print curses-version
        -x          do not try to clear scrollback

      Commands:
        clear       clear the screen
        init        initialize the terminal
        reset       reinitialize the terminal
        capname     unlike clear/init/reset, print value for capability "capname"
      """;

  private Invocation in;
  private Terminfo terminal;
  private boolean keepsScrollback;

  @Override
  public int run(Invocation invocation) {
    in = invocation;
    List<String> args = in.args();
    String name = in.env("TERM");
    boolean fromInput = false;
    int at = 0;
    while (at < args.size() && args.get(at).length() > 1 && args.get(at).charAt(0) == '-') {
      String arg = args.get(at++);
      if (arg.equals("--")) {
        break;
      }
      for (int i = 1; i < arg.length(); i++) {
        switch (arg.charAt(i)) {
          case 'S' -> fromInput = true;
          case 'x' -> keepsScrollback = true;
          case 'V' -> {
            in.stdout().line("ncurses 6.4.20221231");
            return 0;
          }
          case 'T' -> {
            if (i + 1 == arg.length() && at == args.size()) {
              in.error("option requires an argument -- 'T'");
              return usage();
            }
            name = i + 1 < arg.length() ? arg.substring(i + 1) : args.get(at++);
            i = arg.length();
          }
          default -> {
            in.error("invalid option -- '" + arg.charAt(i) + "'");
            return usage();
          }
        }
      }
    }
    if (name == null || name.isEmpty()) {
      in.error("No value for $TERM and no -T specified");
      return 2;
    }
    terminal = Terminfo.of(name);
    if (terminal == null) {
      in.error("unknown terminal \"" + name + "\"");
      return 3;
    }
    if (fromInput) {
      return readCommands();
    }
    return at == args.size() ? usage() : run(args.subList(at, args.size()));
  }

  private int usage() {
    in.stderr().write(USAGE);
    return 2;
  }

  /** {@code -S}: a command each line; the status counts those that failed above 4. */
  private int readCommands() {
    Input input = in.stdin();
    int failures = 0;
    while (input.nextLine()) {
      List<String> words = words(Utf8.decode(input.data, input.start, input.end - input.start));
      int status = words.isEmpty() ? 0 : run(words);
      if (status > 1) {
        return status;
      }
      failures += status;
    }
    return failures == 0 ? 0 : 4 + failures;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < line.length()) {
      int start = i;
      while (i < line.length() && line.charAt(i) > ' ') {
        i++;
      }
      if (i > start) {
        words.add(line.substring(start, i));
      }
      i++;
    }
    return words;
  }

  /** Capabilities one after the other, each with as many parameters as it takes. */
  private int run(List<String> words) {
    int status = 0;
    int i = 0;
    while (i < words.size()) {
      String name = words.get(i++);
      String text = terminal.get(name);
      int count = text == null ? numbers(words, i) : Math.min(parameters(text), words.size() - i);
      status = print(name, words.subList(i, i + count));
      if (status > 1) {
        return status;
      }
      i += count;
    }
    return status;
  }

  /** How many of the words from an index on are numbers: parameters of what the terminal lacks. */
  private static int numbers(List<String> words, int from) {
    int i = from;
    while (i < words.size() && isNumber(words.get(i))) {
      i++;
    }
    return i - from;
  }

  private int print(String name, List<String> parameters) {
    switch (name) {
      case "longname" -> {
        in.stdout().write(terminal.description());
        return 0;
      }
      case "cols", "lines" -> {
        in.stdout().line(String.valueOf(size(name.equals("cols"))));
        return 0;
      }
      case "clear" -> {
        send(terminal.get("clear"), List.of());
        if (!keepsScrollback) {
          send(terminal.get("E3"), List.of());
        }
        return terminal.get("clear") == null ? 2 : 0;
      }
      case "init", "reset" -> {
        if (device() == null) {
          in.error("terminal attributes: No such device or address\n");
          return 10;
        }
        for (int i = 1; i <= 3; i++) {
          String reset = name.equals("reset") ? terminal.get("rs" + i) : null;
          send(reset != null ? reset : terminal.get("is" + i), List.of());
        }
        return 0;
      }
      default -> {}
    }
    String value = terminal.get(name);
    if (FLAGS.contains(" " + name + " ")) {
      return value == null ? 1 : 0;
    }
    if (NUMBERS.contains(" " + name + " ")) {
      in.stdout().line(value == null ? "-1" : value);
      return 0;
    }
    if (value == null) {
      if (Terminfo.known(name)) {
        return 1;
      }
      in.error("unknown terminfo capability '" + name + "'");
      return 4;
    }
    send(value, parameters);
    return 0;
  }

  private Terminal device() {
    for (int fd = 0; fd < 3; fd++) {
      OpenFile file = in.files().descriptors().get(fd);
      if (file instanceof Terminal t) {
        return t;
      }
    }
    return null;
  }

  private int size(boolean columns) {
    String set = in.env(columns ? "COLUMNS" : "LINES");
    int n = set == null ? 0 : number(set);
    if (n > 0) {
      return n;
    }
    Terminal t = device();
    n = t == null ? 0 : columns ? t.columns() : t.rows();
    if (n > 0) {
      return n;
    }
    String value = terminal.get(columns ? "cols" : "lines");
    return value != null ? number(value) : columns ? 80 : 24;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }

  private static int number(String text) {
    int n = 0;
    boolean negative = text.startsWith("-");
    for (int i = negative ? 1 : 0; i < text.length() && n < 100_000_000; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        break;
      }
      n = n * 10 + c - '0';
    }
    return negative ? -n : n;
  }

  /** How many parameters a capability takes. */
  private static int parameters(String text) {
    int most = 0;
    for (int i = text.indexOf("%p");
        i >= 0 && i + 2 < text.length();
        i = text.indexOf("%p", i + 2)) {
      most = Math.max(most, text.charAt(i + 2) - '0');
    }
    return most;
  }

  /** Prints a capability, given its parameters, without the delays that paper terminals needed. */
  private void send(String text, List<String> parameters) {
    if (text == null) {
      return;
    }
    String expanded = text;
    if (!parameters.isEmpty()) {
      int[] values = new int[9];
      for (int i = 0; i < Math.min(9, parameters.size()); i++) {
        values[i] = number(parameters.get(i));
      }
      expanded = new TerminfoParameters(text, values).expand();
    }
    int from = 0;
    int delay = expanded.indexOf("$<");
    while (delay >= 0) {
      int end = expanded.indexOf('>', delay);
      if (end < 0) {
        break;
      }
      in.stdout().write(expanded.substring(from, delay));
      from = end + 1;
      delay = expanded.indexOf("$<", from);
    }
    in.stdout().write(expanded.substring(from));
  }
}
