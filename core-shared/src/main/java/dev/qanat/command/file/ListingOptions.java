package dev.qanat.command.file;

import dev.qanat.command.Choice;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.terminal.Terminal;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.FileStat;
import java.util.ArrayList;
import java.util.List;

/** What one run of ls, dir or vdir was asked for, by its options and by the environment. */
final class ListingOptions {
  private final Invocation in;
  private final Options options;
  boolean all;
  boolean almostAll;
  boolean longFormat;
  String format; // long, single, vertical, across, commas
  String sort = "name";
  String time = "mtime";
  String indicator = "none";
  String quoting;
  private String timeStyle;
  boolean reverse;
  boolean recursive;
  boolean directories;
  boolean human;
  int humanBase = 1024;
  long blockSize;
  String blockUnit = "";
  boolean sizes;
  boolean inodes;
  boolean owner = true;
  boolean group = true;
  boolean author;
  boolean numeric;
  boolean groupDirectories;
  boolean hideControl;
  boolean ignoreBackups;
  boolean context;
  String follow; // never, always, arguments, directories
  int width = 80;
  int tab = 8;
  int end = '\n';
  final List<Glob> ignored = new ArrayList<>();
  final List<Glob> hidden = new ArrayList<>();
  Colors colors;
  boolean align; // names are quoted, so that unquoted ones get a space in front
  List<String> operands;
  String recentFormat = "%b %e %H:%M";
  String oldFormat = "%b %e  %Y";

  ListingOptions(Invocation in, Options options, Options.Parsed p, String kind) {
    this.in = in;
    this.options = options;
    boolean terminal = in.stdout().file().isTerminal();
    format = kind.equals("vdir") ? "long" : kind.equals("dir") || terminal ? "vertical" : "single";
    boolean literalKind = kind.equals("ls");
    quoting = literalKind ? (terminal ? "shell-escape" : "literal") : "escape";
    String style = in.env("QUOTING_STYLE");
    if (style != null
        && List.of(
                "literal",
                "locale",
                "shell",
                "shell-always",
                "shell-escape",
                "shell-escape-always",
                "c",
                "escape")
            .contains(style)) {
      quoting = style;
    }
    hideControl = literalKind && terminal;
    timeStyle = in.env("TIME_STYLE");
    String columns = in.env("COLUMNS");
    if (columns != null && SizeText.parse(columns, "") > 0) {
      width = (int) Math.min(100_000, SizeText.parse(columns, ""));
    } else if (in.stdout().file() instanceof Terminal t && t.columns() > 0) {
      width = t.columns();
    }
    read(p, terminal);
  }

  private void read(Options.Parsed p, boolean terminal) {
    String sortOption = null;
    boolean colorOn = false;
    boolean timeGiven = false;
    boolean kilobytes = false;
    for (Options.Given g : p.options()) {
      String v = g.value();
      switch (g.id()) {
        case "all" -> {
          all = true;
        }
        case "almost-all" -> {
          almostAll = true;
          all = false;
        }
        case "author" -> author = true;
        case "escape" -> quoting = "escape";
        case "block-size" -> blockSize(v);
        case "ignore-backups" -> ignoreBackups = true;
        case "c" -> {
          time = "ctime";
          timeGiven = true;
        }
        case "u" -> {
          time = "atime";
          timeGiven = true;
        }
        case "C" -> format = "vertical";
        case "x" -> format = "across";
        case "m" -> format = "commas";
        case "l" -> format = "long";
        case "1" -> format = format.equals("long") ? "long" : "single";
        case "g" -> {
          format = "long";
          owner = false;
        }
        case "o" -> {
          format = "long";
          group = false;
        }
        case "n", "numeric-uid-gid" -> {
          format = "long";
          numeric = true;
        }
        case "no-group" -> group = false;
        case "full-time" -> {
          format = "long";
          timeStyle = "full-iso";
        }
        case "color" -> colorOn = when("--color", v, terminal);
        case "directory" -> directories = true;
        case "dired" -> throw in.fail(2, "--dired is not available");
        case "f" -> {
          all = true;
          sortOption = "none";
          if (format.equals("long")) {
            format = terminal ? "vertical" : "single";
          }
          sizes = false;
          colorOn = false;
        }
        case "F" -> indicator = "classify";
        case "classify" ->
            indicator = v == null || when("--classify", v, terminal) ? "classify" : indicator;
        case "file-type" -> indicator = "file-type";
        case "p" -> indicator = "slash";
        case "indicator-style" ->
            indicator =
                Choice.of(
                    in, options, "--indicator-style", v, "none", "slash", "file-type", "classify");
        case "format" -> {
          format =
              switch (Choice.of(
                  in,
                  options,
                  "--format",
                  v,
                  "verbose|long",
                  "commas",
                  "horizontal|across",
                  "vertical",
                  "single-column")) {
                case "verbose" -> "long";
                case "commas" -> "commas";
                case "horizontal" -> "across";
                case "vertical" -> "vertical";
                default -> "single";
              };
        }
        case "group-directories-first" -> groupDirectories = true;
        case "human-readable" -> {
          human = true;
          humanBase = 1024;
        }
        case "si" -> {
          human = true;
          humanBase = 1000;
        }
        case "kibibytes" -> kilobytes = true;
        case "dereference-command-line" -> follow = "arguments";
        case "dereference-command-line-symlink-to-dir" -> follow = "directories";
        case "dereference" -> follow = "always";
        case "hide" -> hidden.add(Glob.of(v));
        case "ignore" -> ignored.add(Glob.of(v));
        case "hyperlink" -> {
          if (when("--hyperlink", v, false)) {
            throw in.fail(2, "hyperlinks are not supported");
          }
        }
        case "inode" -> inodes = true;
        case "literal" -> {
          quoting = "literal";
        }
        case "quote-name" -> quoting = "c";
        case "quoting-style" ->
            quoting =
                Choice.of(
                    in,
                    options,
                    "--quoting-style",
                    v,
                    "literal",
                    "shell",
                    "shell-always",
                    "shell-escape",
                    "shell-escape-always",
                    "c",
                    "c-maybe",
                    "escape",
                    "locale",
                    "clocale");
        case "hide-control-chars" -> hideControl = true;
        case "show-control-chars" -> hideControl = false;
        case "reverse" -> reverse = true;
        case "recursive" -> recursive = true;
        case "size" -> sizes = true;
        case "S" -> sortOption = "size";
        case "t" -> sortOption = "time";
        case "U" -> sortOption = "none";
        case "v" -> sortOption = "version";
        case "X" -> sortOption = "extension";
        case "sort" ->
            sortOption =
                Choice.of(
                    in,
                    options,
                    "--sort",
                    v,
                    "none",
                    "time",
                    "size",
                    "extension",
                    "version",
                    "width");
        case "time" -> {
          time =
              switch (Choice.of(
                  in, options, "--time", v, "atime|access|use", "ctime|status", "birth|creation")) {
                case "atime" -> "atime";
                case "ctime" -> "ctime";
                default -> "mtime";
              };
          timeGiven = true;
        }
        case "time-style" -> timeStyle = v;
        case "tabsize" -> {
          long n = SizeText.parse(v, "");
          if (n < 0) {
            throw in.fail(2, "invalid tab size: " + Quoting.locale(v));
          }
          tab = (int) n;
        }
        case "width" -> {
          long n = SizeText.parse(v, "");
          if (n == SizeText.OVERFLOW) {
            n = 0;
          }
          if (n < 0) {
            throw in.fail(2, "invalid line width: " + Quoting.locale(v));
          }
          width = (int) Math.min(n, 1_000_000);
        }
        case "context" -> context = true;
        case "zero" -> {
          end = 0;
          colorOn = false;
          if (!format.equals("long")) {
            format = "single";
          }
          quoting = "literal";
          hideControl = false;
        }
        default -> {}
      }
    }
    longFormat = format.equals("long");
    if (sortOption != null) {
      sort = sortOption;
    } else if (timeGiven && !longFormat) {
      sort = "time";
    }
    if (follow == null) {
      follow = directories || indicator.equals("classify") || longFormat ? "never" : "directories";
    }
    if (colorOn && knowsColors()) {
      colors = new Colors(in.env("LS_COLORS"));
    }
    align =
        (quoting.startsWith("shell") || quoting.equals("c-maybe"))
            && !quoting.endsWith("always")
            && (longFormat || (format.equals("vertical") || format.equals("across")) && width > 0);
    if (longFormat) {
      timeStyle();
    }
    if (!human && blockSize == 0 && !kilobytes) {
      String env = in.env("LS_BLOCK_SIZE");
      if (env != null) {
        blockSize(env);
      }
    }
    operands = p.operands();
  }

  /** Without LS_COLORS the terminal must be one that is known to have colours. */
  private boolean knowsColors() {
    String set = in.env("LS_COLORS");
    if (set != null && !set.isEmpty()) {
      return true;
    }
    String term = in.env("TERM");
    String extra = in.env("COLORTERM");
    return extra != null && !extra.isEmpty()
        || term != null
            && (term.contains("color")
                || term.startsWith("xterm")
                || term.startsWith("screen")
                || term.startsWith("tmux")
                || term.startsWith("rxvt")
                || term.startsWith("vt100")
                || term.equals("linux")
                || term.equals("ansi")
                || term.equals("cygwin"));
  }

  private boolean when(String option, String v, boolean terminal) {
    if (v == null) {
      return true;
    }
    String w =
        Choice.of(in, options, option, v, "always|yes|force", "never|no|none", "auto|tty|if-tty");
    return w.equals("always") || w.equals("auto") && terminal;
  }

  private void blockSize(String v) {
    if (v.equals("human-readable") || v.equals("si")) {
      human = true;
      humanBase = v.equals("si") ? 1000 : 1024;
      return;
    }
    long n = SizeText.parse(v.startsWith("'") ? v.substring(1) : v, "EGkKMPTYZ0");
    if (n <= 0) {
      throw in.fail(
          2,
          n == SizeText.BAD_SUFFIX
              ? "invalid suffix in --block-size argument " + Quoting.always(v)
              : "invalid --block-size argument " + Quoting.always(v));
    }
    blockSize = n;
    blockUnit =
        Character.isDigit(v.charAt(0))
            ? ""
            : v.endsWith("B") && !v.endsWith("iB") || v.length() == 1 ? v : v.substring(0, 1);
    human = false;
  }

  private void timeStyle() {
    String s = timeStyle;
    if (s == null) {
      return;
    }
    if (s.startsWith("posix-")) {
      return;
    }
    if (s.startsWith("+")) {
      int nl = s.indexOf('\n');
      oldFormat = nl < 0 ? s.substring(1) : s.substring(1, nl);
      recentFormat = nl < 0 ? oldFormat : s.substring(nl + 1);
      return;
    }
    switch (s.isEmpty()
        ? "?"
        : "full-iso".startsWith(s) && s.startsWith("f")
            ? "full-iso"
            : "long-iso".startsWith(s) && s.startsWith("lon")
                ? "long-iso"
                : s.equals("iso") || s.equals("is") || s.equals("i")
                    ? "iso"
                    : "locale".startsWith(s) && s.startsWith("loc") ? "locale" : "?") {
      case "full-iso" -> recentFormat = oldFormat = "%Y-%m-%d %H:%M:%S.%N %z";
      case "long-iso" -> recentFormat = oldFormat = "%Y-%m-%d %H:%M";
      case "iso" -> {
        oldFormat = "%Y-%m-%d ";
        recentFormat = "%m-%d %H:%M";
      }
      case "locale" -> {}
      default -> {
        in.error("invalid argument " + Quoting.locale(s) + " for " + Quoting.locale("time style"));
        in.stderr()
            .write(
                "Valid arguments are:\n"
                    + "  - [posix-]full-iso\n"
                    + "  - [posix-]long-iso\n"
                    + "  - [posix-]iso\n"
                    + "  - [posix-]locale\n"
                    + "  - +FORMAT (e.g., +%H:%M) for a 'date'-style format\n");
        throw options.hint(in);
      }
    }
  }

  /** The time of a file that is to be shown and sorted by, in nanoseconds since 1970. */
  long timeOf(FileStat s) {
    return s == null
        ? 0
        : time.equals("atime") ? s.atime() : time.equals("ctime") ? s.ctime() : s.mtime();
  }
}
