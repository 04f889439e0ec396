package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Options.Parsed;
import dev.qanat.command.Output;
import dev.qanat.terminal.Terminal;
import dev.qanat.terminal.TerminalModes;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.List;

/**
 * {@code stty}: shows and changes the settings of a terminal. Settings our terminals do not have,
 * such as the speed of a serial line, are invalid arguments.
 */
public final class Stty implements Command {
  private static final Options OPTIONS =
      Options.of("stty")
          .usage("[-F DEVICE] [SETTING]...\n[-F DEVICE] [-a|--all]\n[-F DEVICE] [-g|--save]")
          .about("Print or change terminal characteristics.")
          .flag('a', "all", "print all current settings in human-readable form")
          .flag('g', "save", "print all current settings in a stty-readable form")
          .value('F', "file", "DEVICE", "open and use the specified DEVICE instead of stdin")
          .stopAtOperand();

  private static final String SPEED = "speed 38400 baud; ";

  @Override
  public int run(Invocation in) {
    if (in.args().size() == 1 && in.args().get(0).startsWith("-") && isSetting(in.args().get(0))) {
      return change(in, device(in, null), in.args()); // -echo is a setting, not letters
    }
    List<String> args = in.args();
    boolean settings = !args.isEmpty() && isSetting(args.get(0));
    Parsed p = settings ? null : OPTIONS.parse(in);
    String file = settings ? null : p.value("file");
    List<String> rest = settings ? args : p.operands();
    Terminal t = device(in, file);
    if (!rest.isEmpty()) {
      if (p != null && (p.has("all") || p.has("save"))) {
        throw in.fail(1, "when specifying an output style, modes may not be set");
      }
      return change(in, t, rest);
    }
    Output out = in.stdout();
    if (p != null && p.has("save")) {
      out.line(save(t.modes()));
    } else if (p != null && p.has("all")) {
      all(out, t);
    } else {
      changed(out, t.modes());
    }
    return 0;
  }

  private static Terminal device(Invocation in, String file) {
    String name = file == null ? "standard input" : file;
    OpenFile f;
    try {
      f = file == null ? in.files().descriptors().need(0) : in.files().open(file);
    } catch (VfsException e) {
      throw in.fail(1, name + ": " + e.reason());
    }
    if (!(f instanceof Terminal t)) {
      throw in.fail(1, "'" + name + "': Inappropriate ioctl for device");
    }
    return t;
  }

  private static boolean isSetting(String arg) {
    String name = arg.startsWith("-") ? arg.substring(1) : arg;
    return flag(new TerminalModes(), name) != null
        || isFixed(name)
        || arg.equals("-raw")
        || arg.equals("-cooked");
  }

  /** Modes that cannot be changed here, as they are: a screen in a page needs no flow control. */
  private static final List<String> FIXED =
      List.of(
          "-parenb",
          "-parodd",
          "-cmspar",
          "cs8",
          "-hupcl",
          "-cstopb",
          "cread",
          "-clocal",
          "-crtscts",
          "-ignbrk",
          "-brkint",
          "-ignpar",
          "-parmrk",
          "-inpck",
          "-istrip",
          "-inlcr",
          "-igncr",
          "-ixon",
          "-ixoff",
          "-iuclc",
          "-ixany",
          "-imaxbel",
          "iutf8",
          "-olcuc",
          "-ocrnl",
          "-onocr",
          "-onlret",
          "-ofill",
          "-ofdel",
          "iexten",
          "echoe",
          "echok",
          "-echonl",
          "-noflsh",
          "-xcase",
          "-echoprt",
          "echoctl",
          "echoke",
          "-flusho",
          "-extproc");

  private static boolean isFixed(String name) {
    return FIXED.contains(name) || FIXED.contains("-" + name);
  }

  /** The value of a mode by its name; null when we have none of that name. */
  private static Boolean flag(TerminalModes m, String name) {
    return switch (name) {
      case "icanon" -> m.canonical;
      case "echo" -> m.echo;
      case "isig" -> m.signals;
      case "icrnl" -> m.returnIsNewline;
      case "opost", "onlcr" -> m.newlineReturns;
      case "tostop" -> m.stopBackgroundOutput;
      default -> null;
    };
  }

  private static boolean setFlag(TerminalModes m, String name, boolean on) {
    switch (name) {
      case "icanon" -> m.canonical = on;
      case "echo" -> m.echo = on;
      case "isig" -> m.signals = on;
      case "icrnl" -> m.returnIsNewline = on;
      case "opost", "onlcr" -> m.newlineReturns = on;
      case "tostop" -> m.stopBackgroundOutput = on;
      default -> {
        return false;
      }
    }
    return true;
  }

  private static int change(Invocation in, Terminal t, List<String> settings) {
    TerminalModes m = t.modes().copy();
    int rows = t.rows();
    int columns = t.columns();
    boolean fixed = true; // all that cannot be changed was asked for as it is
    for (int i = 0; i < settings.size(); i++) {
      String s = settings.get(i);
      boolean on = !s.startsWith("-");
      String name = on ? s : s.substring(1);
      String value = i + 1 < settings.size() ? settings.get(i + 1) : null;
      switch (name) {
        case "size" -> {
          Output out = in.stdout();
          out.line(rows + " " + columns);
        }
        case "speed" -> in.stdout().line("38400");
        case "sane" -> m = new TerminalModes();
        case "raw" -> m = on ? raw(m) : new TerminalModes();
        case "cooked" -> m = on ? new TerminalModes() : raw(m);
        case "cbreak" -> m.canonical = !on;
        case "rows" -> {
          rows = number(in, s, value);
          i++;
        }
        case "cols", "columns" -> {
          columns = number(in, s, value);
          i++;
        }
        case "min" -> {
          m.least = number(in, s, value);
          i++;
        }
        case "time" -> {
          m.time = number(in, s, value);
          i++;
        }
        case "intr", "quit", "susp", "eof", "erase", "werase", "kill", "rprnt", "lnext" -> {
          setKey(m, name, key(in, s, value));
          i++;
        }
        case "start", "stop", "eol", "eol2", "swtch", "discard" -> {
          fixed &= key(in, s, value) < 0;
          i++;
        }
        default -> {
          if (isFixed(name)) {
            fixed &= FIXED.contains(s);
          } else if (!setFlag(m, name, on) && !restore(m, s)) {
            in.error("invalid argument ‘" + s + "’");
            throw OPTIONS.hint(in);
          }
        }
      }
    }
    t.setModes(m);
    t.resize(columns, rows);
    if (!fixed) {
      in.error("standard input: unable to perform all requested operations");
      return 1;
    }
    return 0;
  }

  private static TerminalModes raw(TerminalModes m) {
    TerminalModes r = m.copy();
    boolean echo = r.echo;
    r.setRaw();
    r.echo = echo; // stty raw leaves the echo as it is
    r.newlineReturns = false;
    return r;
  }

  private static int number(Invocation in, String setting, String value) {
    if (value == null) {
      in.error("missing argument to ‘" + setting + "’");
      throw OPTIONS.hint(in);
    }
    int n = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9' || n > 100_000) {
        throw in.fail(1, "invalid integer argument: ‘" + value + "’");
      }
      n = n * 10 + c - '0';
    }
    return n;
  }

  /** A key as {@code ^C}, as itself, as a number, or {@code undef}. */
  private static int key(Invocation in, String setting, String value) {
    if (value == null) {
      in.error("missing argument to ‘" + setting + "’");
      throw OPTIONS.hint(in);
    }
    if (value.equals("undef") || value.equals("^-") || value.isEmpty()) {
      return -1;
    }
    if (value.length() == 2 && value.charAt(0) == '^') {
      return value.charAt(1) == '?' ? 127 : value.charAt(1) & 31;
    }
    return value.length() == 1 ? value.charAt(0) : number(in, setting, value);
  }

  private static void setKey(TerminalModes m, String name, int key) {
    switch (name) {
      case "intr" -> m.interrupt = key;
      case "quit" -> m.quit = key;
      case "susp" -> m.suspend = key;
      case "eof" -> m.endOfFile = key;
      case "erase" -> m.erase = key;
      case "werase" -> m.eraseWord = key;
      case "kill" -> m.eraseLine = key;
      case "rprnt" -> m.reprint = key;
      default -> m.literalNext = key;
    }
  }

  private static String show(int key) {
    return key < 0
        ? "<undef>"
        : key == 127 ? "^?" : key < 32 ? "^" + (char) (key + 64) : "" + (char) key;
  }

  private static final String[] FLAGS = {"icrnl", "onlcr", "isig", "icanon", "echo", "tostop"};

  private static void all(Output out, Terminal t) {
    TerminalModes m = t.modes();
    out.line(SPEED + "rows " + t.rows() + "; columns " + t.columns() + "; line = 0;");
    out.line(
        "intr = "
            + show(m.interrupt)
            + "; quit = "
            + show(m.quit)
            + "; erase = "
            + show(m.erase)
            + "; kill = "
            + show(m.eraseLine)
            + "; eof = "
            + show(m.endOfFile)
            + ";");
    out.line(
        "susp = "
            + show(m.suspend)
            + "; rprnt = "
            + show(m.reprint)
            + "; werase = "
            + show(m.eraseWord)
            + "; lnext = "
            + show(m.literalNext)
            + "; min = "
            + m.least
            + "; time = "
            + m.time
            + ";");
    StringBuilder s = new StringBuilder();
    for (String f : FLAGS) {
      s.append(s.length() > 0 ? " " : "").append(flag(m, f) ? f : "-" + f);
    }
    out.line(s.toString());
    out.line(String.join(" ", FIXED));
  }

  /** Only what differs from a sane terminal. */
  private static void changed(Output out, TerminalModes m) {
    out.line(SPEED + "line = 0;");
    TerminalModes sane = new TerminalModes();
    StringBuilder s = new StringBuilder();
    for (String f : FLAGS) {
      if (!flag(m, f).equals(flag(sane, f))) {
        s.append(s.length() > 0 ? " " : "").append(flag(m, f) ? f : "-" + f);
      }
    }
    if (s.length() > 0) {
      out.line(s.toString());
    }
  }

  /** The flags and keys as hexadecimal numbers between colons. */
  private static String save(TerminalModes m) {
    int flags = 0;
    for (String f : FLAGS) {
      flags = flags << 1 | (flag(m, f) ? 1 : 0);
    }
    int[] parts = {
      flags,
      m.interrupt,
      m.quit,
      m.suspend,
      m.endOfFile,
      m.erase,
      m.eraseWord,
      m.eraseLine,
      m.reprint,
      m.literalNext,
      m.least,
      m.time
    };
    StringBuilder s = new StringBuilder();
    for (int part : parts) {
      s.append(s.length() > 0 ? ":" : "").append(Integer.toHexString(part));
    }
    return s.toString();
  }

  private static boolean restore(TerminalModes m, String saved) {
    int[] parts = new int[12];
    int count = 0;
    int from = 0;
    while (from <= saved.length() && count < parts.length) {
      int colon = saved.indexOf(':', from);
      int end = colon < 0 ? saved.length() : colon;
      int n = 0;
      if (end == from) {
        return false;
      }
      for (int i = from; i < end; i++) {
        int digit = Character.digit(saved.charAt(i), 16);
        if (digit < 0) {
          return false;
        }
        n = n << 4 | digit;
      }
      parts[count++] = n;
      from = end + 1;
    }
    if (count != parts.length || from <= saved.length()) {
      return false;
    }
    for (int i = 0; i < FLAGS.length; i++) {
      setFlag(m, FLAGS[i], (parts[0] >> FLAGS.length - 1 - i & 1) != 0);
    }
    String[] keys = {"intr", "quit", "susp", "eof", "erase", "werase", "kill", "rprnt", "lnext"};
    for (int i = 0; i < keys.length; i++) {
      setKey(m, keys[i], parts[i + 1]);
    }
    m.least = parts[10];
    m.time = parts[11];
    return true;
  }
}
