package dev.qanat.command.file;

import dev.qanat.command.Choice;
import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.command.Users;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteOrder;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.text.VersionOrder;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** One run of ls: what was asked, what was found, and how it is laid out. */
final class Listing {
  /** A name to show, with what is known of it. */
  private static final class Entry {
    final String name;
    final FileStat stat; // null when it could not be had
    String target; // of a link, in a long listing
    FileStat targetStat;
    boolean directory;
    String shown;
    int width;

    final FileType type;

    Entry(String name, FileStat stat) {
      this(name, stat, null);
    }

    Entry(String name, FileStat stat, FileType type) {
      this.type = type;
      this.name = name;
      this.stat = stat;
      this.directory = stat != null && stat.isDirectory();
    }
  }

  private final Invocation in;
  private final FileContext files;
  private final Options options;
  private final Output out;
  private boolean all;
  private boolean almostAll;
  private boolean longFormat;
  private String format; // long, single, vertical, across, commas
  private String sort = "name";
  private String time = "mtime";
  private String indicator = "none";
  private String quoting;
  private String timeStyle;
  private boolean reverse;
  private boolean recursive;
  private boolean directories;
  private boolean human;
  private int humanBase = 1024;
  private long blockSize;
  private String blockUnit = "";
  private boolean sizes;
  private boolean inodes;
  private boolean owner = true;
  private boolean group = true;
  private boolean author;
  private boolean numeric;
  private boolean groupDirectories;
  private boolean hideControl;
  private boolean ignoreBackups;
  private boolean context;
  private String follow; // never, always, arguments, directories
  private int width = 80;
  private int tab = 8;
  private int end = '\n';
  private final List<Glob> ignored = new ArrayList<>();
  private final List<Glob> hidden = new ArrayList<>();
  private Colors colors;
  private Users users;
  private Zone zone;
  private long now;
  private int status;
  private boolean printedAny;
  private boolean align; // names are quoted, so that unquoted ones get a space in front

  Listing(Invocation in, Options options, Options.Parsed p, String kind) {
    this.in = in;
    this.files = in.files();
    this.options = options;
    this.out = in.stdout();
    boolean terminal = out.file().isTerminal();
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
    } else if (terminal) {
      width = 80;
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
    if (!human && blockSize == 0) {
      String env = in.env("LS_BLOCK_SIZE");
      if (env != null) {
        blockSize(env);
      }
    }
    operands = p.operands();
  }

  private List<String> operands;
  private String recentFormat = "%b %e %H:%M";
  private String oldFormat = "%b %e  %Y";

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
                "Valid arguments are:\n  - [posix-]full-iso\n  - [posix-]long-iso\n  - [posix-]iso\n  - [posix-]locale\n  - +FORMAT (e.g., +%H:%M) for a 'date'-style format\n");
        throw options.hint(in);
      }
    }
  }

  // --- finding

  int run() {
    zone = Zone.of(in.env("TZ"));
    now = Sched.get().realTimeNanos();
    if (longFormat) {
      users = Users.of(in);
    }
    List<Entry> plain = new ArrayList<>();
    List<Entry> dirs = new ArrayList<>();
    List<String> names = operands.isEmpty() ? List.of(".") : operands;
    for (String n : names) {
      FileStat s = argument(n);
      if (s == null) {
        status = 2;
        continue;
      }
      Entry e = new Entry(n, s);
      if (s.isDirectory() && !directories) {
        dirs.add(e);
      } else {
        plain.add(complete(n, e));
      }
    }
    order(plain);
    order(dirs);
    if (!plain.isEmpty()) {
      layOut(plain, false);
      printedAny = true;
    }
    boolean titles = names.size() > 1 || recursive;
    HashSet<String> active = new HashSet<>();
    for (Entry d : dirs) {
      directory(d.name, titles, d.stat, true, 0);
    }
    return status;
  }

  private FileStat argument(String name) {
    try {
      if (name.isEmpty()) {
        throw new VfsException(Errno.ENOENT, name);
      }
      FileStat s = files.lstat(name);
      if (s.isSymlink()) {
        FileStat t = files.statOrNull(name);
        if (follow.equals("always") || follow.equals("arguments")) {
          if (t != null) {
            return t;
          }
          if (follow.equals("always")) {
            in.error("cannot access " + Quoting.always(name) + ": No such file or directory");
            return null;
          }
        } else if (follow.equals("directories") && t != null && t.isDirectory()) {
          return t;
        }
      }
      return s;
    } catch (VfsException e) {
      in.error("cannot access " + Quoting.always(name) + ": " + e.reason());
      return null;
    }
  }

  private Entry complete(String path, Entry e) {
    if (e.stat != null
        && e.stat.isSymlink()
        && (longFormat || colors != null || groupDirectories || !indicator.equals("none"))) {
      try {
        if (longFormat) {
          e.target = files.readlink(path);
        }
        e.targetStat = files.statOrNull(path);
        e.directory = e.targetStat != null && e.targetStat.isDirectory();
      } catch (VfsException x) {
        if (longFormat) {
          in.error("cannot read symbolic link " + Quoting.always(path) + ": " + x.reason());
          status = Math.max(status, 1);
        }
      }
    }
    return e;
  }

  private void directory(String path, boolean title, FileStat self, boolean argument, int depth) {
    Sched.checkpoint();
    List<DirEntry> names;
    try {
      names = files.list(path);
    } catch (VfsException e) {
      in.error("cannot open directory " + Quoting.always(path) + ": " + e.reason());
      status = argument ? 2 : Math.max(status, 1);
      return;
    }
    if (title) {
      if (printedAny) {
        out.write('\n');
      }
      out.write(quoted(path));
      out.write(":\n");
    }
    printedAny = true;
    List<Entry> entries = new ArrayList<>();
    if (all) {
      entries.add(new Entry(".", quietStat(path, true)));
      entries.add(new Entry("..", quietStat(Paths.join(path, ".."), true)));
    }
    for (DirEntry d : names) {
      if (!shown(d.name())) {
        continue;
      }
      String full = Paths.join(path, d.name());
      FileStat s = d.stat() != null && d.stat().mode() >= 0 ? d.stat() : null;
      try {
        s = files.lstat(full);
        if (s.isSymlink() && follow.equals("always")) {
          FileStat t = files.statOrNull(full);
          if (t == null) {
            in.error(
                "cannot access "
                    + Quoting.always(path.equals(".") ? d.name() : full)
                    + ": No such file or directory");
            status = Math.max(status, 1);
            s = null;
          } else {
            s = t;
          }
        }
      } catch (VfsException e) {
        in.error(
            "cannot access "
                + Quoting.always(path.equals(".") ? d.name() : full)
                + ": "
                + e.reason());
        status = Math.max(status, 1);
        s = null;
      }
      entries.add(complete(full, new Entry(d.name(), s, d.type())));
    }
    order(entries);
    layOut(entries, longFormat || sizes);
    if (recursive && depth < 1000) {
      for (Entry e : entries) {
        if (e.stat != null && e.stat.isDirectory() && !e.name.equals(".") && !e.name.equals("..")) {
          directory(
              path.equals(".") && false ? e.name : Paths.join(path, e.name),
              true,
              e.stat,
              false,
              depth + 1);
        }
      }
    }
  }

  private FileStat quietStat(String path, boolean followLink) {
    return followLink ? files.statOrNull(path) : files.lstatOrNull(path);
  }

  private boolean shown(String name) {
    if (name.startsWith(".") && !all && !almostAll) {
      return false;
    }
    if (ignoreBackups && name.endsWith("~")) {
      return false;
    }
    for (Glob g : ignored) {
      if (g.matches(name, true)) {
        return false;
      }
    }
    if (!all && !almostAll) {
      for (Glob g : hidden) {
        if (g.matches(name, true)) {
          return false;
        }
      }
    }
    return true;
  }

  // --- order

  private long time(FileStat s) {
    return s == null
        ? 0
        : time.equals("atime") ? s.atime() : time.equals("ctime") ? s.ctime() : s.mtime();
  }

  private void order(List<Entry> list) {
    if (sort.equals("none") && !groupDirectories) {
      return;
    }
    byte[][] keys = null;
    Comparator<Entry> byName = (a, b) -> compareNames(a.name, b.name);
    Comparator<Entry> c =
        switch (sort) {
          case "size" ->
              (a, b) -> {
                int r =
                    Long.compare(
                        b.stat == null ? 0 : b.stat.size(), a.stat == null ? 0 : a.stat.size());
                return r != 0 ? r : byName.compare(a, b);
              };
          case "time" ->
              (a, b) -> {
                int r = Long.compare(time(b.stat), time(a.stat));
                return r != 0 ? r : byName.compare(a, b);
              };
          case "version" ->
              (a, b) -> {
                int r = VersionOrder.compare(a.name, b.name);
                return r != 0 ? r : byName.compare(a, b);
              };
          case "extension" ->
              (a, b) -> {
                int x = a.name.lastIndexOf('.');
                int y = b.name.lastIndexOf('.');
                int r =
                    compareNames(
                        x < 0 ? "" : a.name.substring(x), y < 0 ? "" : b.name.substring(y));
                return r != 0 ? r : byName.compare(a, b);
              };
          case "width" ->
              (a, b) -> {
                int r = columns(quoted(a.name)) - columns(quoted(b.name));
                return r != 0 ? r : byName.compare(a, b);
              };
          case "none" -> (a, b) -> 0;
          default -> byName;
        };
    Comparator<Entry> turned = reverse && !sort.equals("none") ? (a, b) -> c.compare(b, a) : c;
    list.sort(
        groupDirectories
            ? (a, b) -> a.directory != b.directory ? (a.directory ? -1 : 1) : turned.compare(a, b)
            : turned);
  }

  /** By bytes of UTF-8, which is by code points but for surrogates. */
  private static int compareNames(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        if (x < 0xd800 && y < 0xd800) {
          return x - y;
        }
        byte[] p = Utf8.encode(a);
        byte[] q = Utf8.encode(b);
        return ByteOrder.compare(p, 0, p.length, q, 0, q.length);
      }
    }
    return a.length() - b.length();
  }

  // --- layout

  private String quoted(String name) {
    String s =
        switch (quoting) {
          case "literal" -> name;
          case "locale" -> Quoting.locale(name).replace("\u2018", "\u2018");
          case "shell" -> plainShell(name, false);
          case "shell-escape" -> Quoting.ifNeeded(name);
          case "shell-always" -> plainShell(name, true);
          case "shell-escape-always" -> Quoting.always(name);
          case "c", "clocale" -> quoting.equals("c") ? Quoting.c(name) : Quoting.locale(name);
          case "c-maybe" -> Quoting.c(name).equals('"' + name + '"') ? name : Quoting.c(name);
          default -> Quoting.escape(name, true);
        };
    if (!hideControl
        || !quoting.equals("literal")
            && !quoting.equals("shell")
            && !quoting.equals("shell-always")) {
      return s;
    }
    StringBuilder b = new StringBuilder();
    s.codePoints().forEach(c -> b.appendCodePoint(Quoting.printable(c) ? c : '?'));
    return b.toString();
  }

  /** Shell quotes in which control characters stand as they are. */
  private static String plainShell(String name, boolean always) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < 32) {
        return "'" + name.replace("'", "'\\''") + "'";
      }
    }
    return always ? Quoting.always(name) : Quoting.ifNeeded(name);
  }

  static int columns(String s) {
    int w = 0;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      w += Math.max(0, Utf8.isEscapedByte(c) ? 1 : Utf8.width(c));
    }
    return w;
  }

  private String mark(FileStat s) {
    if (indicator.equals("none") || s == null) {
      return "";
    }
    if (s.isDirectory()) {
      return "/";
    }
    if (indicator.equals("slash")) {
      return "";
    }
    return switch (s.type()) {
      case SYMLINK -> longFormat ? "" : "@";
      case FIFO -> "|";
      case SOCKET -> "=";
      case FILE -> indicator.equals("classify") && (s.mode() & 0111) != 0 ? "*" : "";
      default -> "";
    };
  }

  private void name(Entry e) {
    String q = quoted(e.name);
    boolean plain = align && anyQuoted && q.equals(e.name);
    String mark = mark(e.stat);
    e.width = columns(q) + mark.length() + (plain ? 1 : 0);
    if (colors != null && e.stat != null) {
      boolean dangling = e.stat.isSymlink() && e.targetStat == null;
      q = colors.paint(q, colors.of(e.name, e.stat, dangling));
    }
    e.shown = (plain ? " " : "") + q + mark;
  }

  private boolean anyQuoted;

  private void layOut(List<Entry> list, boolean total) {
    anyQuoted = false;
    if (align) {
      for (Entry e : list) {
        anyQuoted |= !quoted(e.name).equals(e.name);
      }
    }
    if (total) {
      long blocks = 0;
      for (Entry e : list) {
        blocks += e.stat == null ? 0 : e.stat.blocks();
      }
      out.write("total " + blocksText(blocks));
      out.write(end);
    }
    int inodeWidth = 0;
    int sizeWidth = 0;
    for (Entry e : list) {
      if (inodes) {
        inodeWidth =
            Math.max(inodeWidth, (e.stat == null ? "?" : String.valueOf(e.stat.ino())).length());
      }
      if (sizes) {
        sizeWidth =
            Math.max(sizeWidth, (e.stat == null ? "?" : blocksText(e.stat.blocks())).length());
      }
    }
    if (longFormat) {
      longList(list, inodeWidth, sizeWidth);
      return;
    }
    if (colors != null || true) {
      for (Entry e : list) {
        name(e);
        boolean pad = !format.equals("commas");
        String lead = prefix(e, pad ? inodeWidth : 0, pad ? sizeWidth : 0);
        e.shown = lead + e.shown;
        e.width += lead.length();
      }
    }
    switch (format) {
      case "single" -> {
        for (Entry e : list) {
          out.write(e.shown);
          out.write(end);
        }
      }
      case "commas" -> commas(list);
      default -> {
        if (width == 0) {
          spaced(list);
        } else {
          columns(list, format.equals("across"));
        }
      }
    }
  }

  private String prefix(Entry e, int inodeWidth, int sizeWidth) {
    String s = "";
    if (inodes) {
      s += left(e.stat == null ? "?" : String.valueOf(e.stat.ino()), inodeWidth) + " ";
    }
    if (sizes) {
      s += left(e.stat == null ? "?" : blocksText(e.stat.blocks()), sizeWidth) + " ";
    }
    if (context) {
      s += "? ";
    }
    return s;
  }

  private static String left(String s, int width) {
    return " ".repeat(Math.max(0, width - s.length())) + s;
  }

  private static String right(String s, int width) {
    return s + " ".repeat(Math.max(0, width - columns(s)));
  }

  private String blocksText(long blocks) {
    if (human) {
      return SizeText.human(blocks * 512, humanBase);
    }
    long unit = blockSize == 0 ? 1024 : blockSize;
    return (blocks * 512 + unit - 1) / unit + blockUnit;
  }

  private String sizeText(FileStat s) {
    if (s == null) {
      return "?";
    }
    if (s.type() == FileType.CHARACTER || s.type() == FileType.BLOCK) {
      return (s.rdev() >> 8) + ", " + (s.rdev() & 255);
    }
    if (human) {
      return SizeText.human(Math.max(0, s.size()), humanBase);
    }
    return blockSize > 1
        ? (Math.max(0, s.size()) + blockSize - 1) / blockSize + blockUnit
        : String.valueOf(Math.max(0, s.size()));
  }

  private String timeText(long nanos) {
    long six = 31556952L / 2 * 1_000_000_000L;
    boolean recent = nanos > now - six && nanos <= Math.max(now, Sched.get().realTimeNanos());
    return TimeFormat.gnu(
        recent ? recentFormat : oldFormat,
        Math.floorDiv(nanos, 1_000_000_000L),
        (int) Math.floorMod(nanos, 1_000_000_000L),
        zone);
  }

  private void longList(List<Entry> list, int inodeWidth, int sizeWidth) {
    int links = 0;
    int ownerWidth = 0;
    int groupWidth = 0;
    int bytes = 0;
    int major = 0;
    int minor = 0;
    for (Entry e : list) {
      FileStat s = e.stat;
      links = Math.max(links, s == null ? 1 : String.valueOf(s.nlink()).length());
      ownerWidth = Math.max(ownerWidth, columns(ownerName(s)));
      groupWidth = Math.max(groupWidth, columns(groupName(s)));
      if (s != null && (s.type() == FileType.CHARACTER || s.type() == FileType.BLOCK)) {
        major = Math.max(major, String.valueOf(s.rdev() >> 8).length());
        minor = Math.max(minor, String.valueOf(s.rdev() & 255).length());
      } else {
        bytes = Math.max(bytes, sizeText(s).length());
      }
    }
    if (major > 0) {
      bytes = Math.max(bytes, major + minor + 2);
    }
    int dateWidth = 0;
    for (Entry e : list) {
      if (e.stat == null) {
        dateWidth = timeText(now).length();
      }
    }
    StringBuilder line = new StringBuilder();
    for (Entry e : list) {
      FileStat s = e.stat;
      line.setLength(0);
      line.append(prefix(e, inodeWidth, sizeWidth));
      line.append(
          s == null ? (e.type == null ? '?' : e.type.letter()) + "?????????" : ModeChange.text(s));
      line.append(' ').append(left(s == null ? "?" : String.valueOf(s.nlink()), links)).append(' ');
      if (owner) {
        line.append(numeric ? left(ownerName(s), ownerWidth) : right(ownerName(s), ownerWidth))
            .append(' ');
      }
      if (group) {
        line.append(numeric ? left(groupName(s), groupWidth) : right(groupName(s), groupWidth))
            .append(' ');
      }
      if (author) {
        line.append(numeric ? left(ownerName(s), ownerWidth) : right(ownerName(s), ownerWidth))
            .append(' ');
      }
      String size = sizeText(s);
      if (s != null && (s.type() == FileType.CHARACTER || s.type() == FileType.BLOCK)) {
        size =
            left(String.valueOf(s.rdev() >> 8), bytes - minor - 2)
                + ", "
                + left(String.valueOf(s.rdev() & 255), minor);
      }
      line.append(left(size, bytes)).append(' ');
      line.append(s == null ? left("?", dateWidth) : timeText(time(s))).append(' ');
      out.write(line.toString());
      name(e);
      out.write(e.shown);
      if (e.target != null) {
        String t = quoted(e.target);
        if (colors != null && e.targetStat != null) {
          t = colors.paint(t, colors.of(e.target, e.targetStat, false));
        } else if (colors != null) {
          t = colors.paint(t, colors.of(e.name, e.stat, true));
        }
        out.write(" -> " + t + (e.targetStat != null ? mark(e.targetStat) : ""));
      }
      out.write(end);
    }
  }

  private String ownerName(FileStat s) {
    return s == null ? "?" : numeric ? String.valueOf(s.uid()) : users.user(s.uid());
  }

  private String groupName(FileStat s) {
    return s == null ? "?" : numeric ? String.valueOf(s.gid()) : users.group(s.gid());
  }

  private void commas(List<Entry> list) {
    int at = 0;
    for (int i = 0; i < list.size(); i++) {
      Entry e = list.get(i);
      if (i > 0) {
        if (width == 0 || at + e.width + 2 < width) {
          out.write(", ");
          at += 2;
        } else {
          out.write(",\n");
          at = 0;
        }
      }
      out.write(e.shown);
      at += e.width;
    }
    if (!list.isEmpty()) {
      out.write(end);
    }
  }

  private void spaced(List<Entry> list) {
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.write("  ");
      }
      out.write(list.get(i).shown);
    }
    if (!list.isEmpty()) {
      out.write(end);
    }
  }

  /** Columns of the least height, each as wide as it must be and two more. */
  private void columns(List<Entry> list, boolean across) {
    int n = list.size();
    if (n == 0) {
      return;
    }
    int most = Math.min(n, Math.max(1, width / 3));
    int columns = 1;
    int[] widths = {0};
    for (int c = most; c >= 1; c--) {
      int rows = (n + c - 1) / c;
      int[] w = new int[c];
      boolean bad = false;
      for (int i = 0; i < n; i++) {
        int k = across ? i % c : i / rows;
        w[k] = Math.max(w[k], list.get(i).width + (k == c - 1 ? 0 : 2));
      }
      int sum = 0;
      for (int x : w) {
        sum += x == 0 ? 3 : Math.max(3, x);
      }
      if (sum < width || c == 1) {
        columns = c;
        widths = w;
        break;
      }
    }
    int rows = (n + columns - 1) / columns;
    for (int row = 0; row < rows; row++) {
      int at = 0;
      int start = 0;
      for (int c = 0; c < columns; c++) {
        int i = across ? row * columns + c : c * rows + row;
        if (i >= n) {
          break;
        }
        indent(at, start);
        Entry e = list.get(i);
        out.write(e.shown);
        at = start + e.width;
        start += Math.max(3, widths[c]);
      }
      out.write('\n');
    }
  }

  private void indent(int from, int to) {
    while (from < to) {
      if (tab != 0 && to / tab > (from + 1) / tab) {
        out.write('\t');
        from += tab - from % tab;
      } else {
        out.write(' ');
        from++;
      }
    }
  }
}
