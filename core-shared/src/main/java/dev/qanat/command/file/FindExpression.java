package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Output;
import dev.qanat.command.text.Dirname;
import dev.qanat.text.DoubleReader;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import dev.qanat.text.time.Civil;
import dev.qanat.text.time.DateReader;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** find's expression: parsed once, then asked for every file. */
final class FindExpression {
  /** A test or action on the file the walk stands at. May suspend. */
  interface Test {
    boolean test();
  }

  private final Invocation in;
  private final FindRun r;
  private final List<String> a;
  private int at;
  private int depth;
  private boolean acts;
  private String regexType = "findutils-default";
  private final List<FindExec> execs = new ArrayList<>();
  private final Map<String, Output> outputs = new HashMap<>();

  FindExpression(Invocation in, FindRun r, List<String> args) {
    this.in = in;
    this.r = r;
    this.a = args;
  }

  private Command.Exit fail(String message) {
    return in.fail(1, message);
  }

  Test parse() {
    options();
    Test t = null;
    if (!a.isEmpty()) {
      t = comma();
      if (at < a.size()) {
        if (a.get(at).equals(")")) {
          throw fail("you have too many ')'");
        }
        throw fail("paths must precede expression: `" + a.get(at) + "'");
      }
    }
    if (t == null) {
      return this::print;
    }
    if (acts) {
      return t;
    }
    Test all = t;
    return () -> all.test() && print();
  }

  /** Options hold for the whole walk wherever they stand. */
  private void options() {
    for (int i = 0; i < a.size(); i++) {
      switch (a.get(i)) {
        case "-depth", "-d", "-delete" -> r.depthFirst = true;
        default -> {}
      }
    }
  }

  private boolean print() {
    in.stdout().write(r.path);
    in.stdout().write('\n');
    return true;
  }

  // --- operators

  private Test comma() {
    Test left = or();
    while (at < a.size() && a.get(at).equals(",")) {
      at++;
      Test l = left;
      Test right = or();
      left =
          () -> {
            l.test();
            return right.test();
          };
    }
    return left;
  }

  private Test or() {
    Test left = and();
    while (at < a.size() && (a.get(at).equals("-o") || a.get(at).equals("-or"))) {
      String op = a.get(at++);
      needOperand(op);
      Test l = left;
      Test right = and();
      left = () -> l.test() || !r.quit && right.test();
    }
    return left;
  }

  private Test and() {
    Test left = not();
    while (at < a.size()) {
      String s = a.get(at);
      if (s.equals("-o") || s.equals("-or") || s.equals(",") || s.equals(")")) {
        break;
      }
      if (s.equals("-a") || s.equals("-and")) {
        at++;
        needOperand(s);
      }
      Test l = left;
      Test right = not();
      left = () -> l.test() && !r.quit && right.test();
    }
    return left;
  }

  private void needOperand(String op) {
    if (at >= a.size()) {
      throw fail("expected an expression after '" + op + "'");
    }
  }

  private Test not() {
    if (at < a.size() && (a.get(at).equals("!") || a.get(at).equals("-not"))) {
      String op = a.get(at++);
      if (at >= a.size()) {
        throw fail("expected an expression after '" + op + "'");
      }
      if (++depth > 1000) {
        throw fail("the expression is nested too deeply");
      }
      Test t = not();
      depth--;
      return () -> !t.test();
    }
    return primary();
  }

  private Test primary() {
    String s = a.get(at);
    if (s.equals("(")) {
      at++;
      if (at < a.size() && a.get(at).equals(")")) {
        throw fail("invalid expression; empty parentheses are not allowed.");
      }
      if (at >= a.size()) {
        throw fail(
            "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('");
      }
      if (++depth > 1000) {
        throw fail("the expression is nested too deeply");
      }
      Test t = comma();
      depth--;
      if (at >= a.size() || !a.get(at).equals(")")) {
        throw fail(
            "invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      }
      at++;
      return t;
    }
    if (s.equals(")")) {
      throw fail(
          "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '"
              + (at > 0 ? a.get(at - 1) : "")
              + "'");
    }
    if (s.equals("-o") || s.equals("-a") || s.equals("-or") || s.equals("-and") || s.equals(",")) {
      throw fail(
          "invalid expression; you have used a binary operator '"
              + s
              + "' with nothing before it.");
    }
    if (!s.startsWith("-") || s.length() < 2) {
      throw fail("paths must precede expression: `" + s + "'");
    }
    at++;
    return predicate(s);
  }

  private String argument(String p) {
    if (at >= a.size()) {
      throw fail("missing argument to `" + p + "'");
    }
    return a.get(at++);
  }

  // --- predicates

  private Test predicate(String p) {
    String n = p.startsWith("--") ? p.substring(1) : p;
    switch (n) {
      case "-true" -> {
        return () -> true;
      }
      case "-false" -> {
        return () -> false;
      }
      case "-depth",
          "-d",
          "-warn",
          "-nowarn",
          "-noleaf",
          "-ignore_readdir_race",
          "-noignore_readdir_race" -> {
        return () -> true;
      }
      case "-follow" -> {
        r.follow = 'L';
        return () -> true;
      }
      case "-daystart" -> {
        r.dayStart = true;
        return () -> true;
      }
      case "-xdev", "-mount" -> {
        r.oneFileSystem = true;
        return () -> true;
      }
      case "-maxdepth", "-mindepth" -> {
        String v = argument(p);
        long d = SizeText.parse(v, "");
        if (d < 0 || !Character.isDigit(v.charAt(0))) {
          throw fail(
              "Expected a positive decimal integer argument to "
                  + n
                  + ", but got "
                  + Quoting.locale(v));
        }
        if (n.equals("-maxdepth")) {
          r.maxDepth = (int) Math.min(d, Integer.MAX_VALUE);
        } else {
          r.minDepth = (int) Math.min(d, Integer.MAX_VALUE);
        }
        return () -> true;
      }
      case "-files0-from" -> {
        r.startsFrom = argument(p);
        return () -> true;
      }
      case "-regextype" -> {
        regexType = argument(p);
        syntax();
        return () -> true;
      }
      case "-name", "-iname" -> {
        String pattern = argument(p);
        Glob g = n.equals("-name") ? Glob.of(pattern) : Glob.ignoringCase(pattern);
        if (pattern.indexOf('/') >= 0 && !pattern.equals("/")) {
          in.error(
              "warning: "
                  + Quoting.locale(n).replace("‘", "‘")
                  + " matches against basenames only, but the given pattern contains a directory separator ("
                  + Quoting.locale("/")
                  + "), thus the expression will evaluate to false all the time.  Did you mean "
                  + Quoting.locale(n.equals("-name") ? "-wholename" : "-iwholename")
                  + "?");
        }
        return () -> g.matches(r.name(), false);
      }
      case "-path", "-wholename", "-ipath", "-iwholename" -> {
        String pattern = argument(p);
        Glob g = n.startsWith("-i") ? Glob.ignoringCase(pattern) : Glob.of(pattern);
        return () -> g.matches(r.path, false);
      }
      case "-regex", "-iregex" -> {
        return regex(argument(p), n.equals("-iregex"));
      }
      case "-lname", "-ilname" -> {
        String pattern = argument(p);
        Glob g = n.equals("-lname") ? Glob.of(pattern) : Glob.ignoringCase(pattern);
        return () -> r.stat.isSymlink() && g.matches(r.files.readlink(r.path), false);
      }
      case "-type", "-xtype" -> {
        return type(n, argument(p));
      }
      case "-size" -> {
        return size(argument(p));
      }
      case "-empty" -> {
        return this::empty;
      }
      case "-newer", "-anewer", "-cnewer" -> {
        FileStat s = reference(argument(p));
        long t = s.mtime();
        return n.equals("-anewer")
            ? () -> r.stat.atime() > t
            : n.equals("-cnewer") ? () -> r.stat.ctime() > t : () -> r.stat.mtime() > t;
      }
      case "-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin" -> {
        return age(n, argument(p));
      }
      case "-used" -> {
        long[] v = count(p, argument(p));
        return () -> compare(v, (r.stat.atime() - r.stat.ctime()) / 86_400_000_000_000L);
      }
      case "-perm" -> {
        return permissions(argument(p));
      }
      case "-user" -> {
        String v = argument(p);
        int uid = r.users().uid(v);
        if (uid < 0) {
          throw fail(Quoting.locale(v) + " is not the name of a known user");
        }
        return () -> r.stat.uid() == uid;
      }
      case "-group" -> {
        String v = argument(p);
        int gid = r.users().gid(v);
        if (gid < 0) {
          throw fail(Quoting.locale(v) + " is not the name of an existing group");
        }
        return () -> r.stat.gid() == gid;
      }
      case "-uid" -> {
        long[] v = count(p, argument(p));
        return () -> compare(v, r.stat.uid());
      }
      case "-gid" -> {
        long[] v = count(p, argument(p));
        return () -> compare(v, r.stat.gid());
      }
      case "-nouser" -> {
        return () -> !r.users().knowsUser(r.stat.uid());
      }
      case "-nogroup" -> {
        return () -> !r.users().knowsGroup(r.stat.gid());
      }
      case "-links" -> {
        long[] v = count(p, argument(p));
        return () -> compare(v, r.stat.nlink());
      }
      case "-inum" -> {
        long[] v = count(p, argument(p));
        return () -> compare(v, r.stat.ino());
      }
      case "-samefile" -> {
        FileStat s = reference(argument(p));
        return () -> r.stat.ino() == s.ino() && r.stat.dev() == s.dev();
      }
      case "-readable" -> {
        return () -> r.files.access(r.path, 4);
      }
      case "-writable" -> {
        return () -> r.files.access(r.path, 2);
      }
      case "-executable" -> {
        return () -> r.files.access(r.path, 1);
      }
      case "-fstype" -> {
        String v = argument(p);
        return () ->
            r.files
                .vfs()
                .mountOf(r.files.realpath(Dirname.of(r.path)))
                .resource()
                .label()
                .equals(v);
      }
      case "-prune" -> {
        return () -> {
          r.prune = true;
          return true;
        };
      }
      case "-quit" -> {
        acts = true;
        return () -> {
          r.quit = true;
          return true;
        };
      }
      case "-print" -> {
        acts = true;
        return this::print;
      }
      case "-print0" -> {
        acts = true;
        return () -> {
          in.stdout().write(r.path);
          in.stdout().write(0);
          return true;
        };
      }
      case "-fprint", "-fprint0" -> {
        acts = true;
        Output o = output(argument(p));
        int end = n.equals("-fprint") ? '\n' : 0;
        return () -> {
          o.write(r.path);
          o.write(end);
          return true;
        };
      }
      case "-printf" -> {
        acts = true;
        FindFormat f = new FindFormat(in, r, argument(p));
        return () -> {
          f.write(in.stdout());
          return true;
        };
      }
      case "-fprintf" -> {
        acts = true;
        Output o = output(argument(p));
        FindFormat f = new FindFormat(in, r, argument(p));
        return () -> {
          f.write(o);
          return true;
        };
      }
      case "-ls", "-fls" -> {
        acts = true;
        Output o = n.equals("-ls") ? in.stdout() : output(argument(p));
        FindFormat f = new FindFormat(in, r, "");
        return () -> {
          f.list(o);
          return true;
        };
      }
      case "-delete" -> {
        acts = true;
        return this::delete;
      }
      case "-exec", "-execdir", "-ok", "-okdir" -> {
        acts = true;
        return exec(n);
      }
      default -> {
        if (n.startsWith("-newer") && n.length() == 8) {
          return newer(n, argument(p));
        }
        throw fail("unknown predicate `" + p + "'");
      }
    }
  }

  private FileStat reference(String path) {
    try {
      return r.follow == 'P' ? r.files.lstat(path) : r.files.stat(path);
    } catch (VfsException e) {
      throw fail(Quoting.locale(path) + ": " + e.reason());
    }
  }

  private Test newer(String n, String arg) {
    char x = n.charAt(6);
    char y = n.charAt(7);
    if ("aBcm".indexOf(x) < 0 || "aBcmt".indexOf(y) < 0) {
      throw fail("invalid predicate `" + n + "'");
    }
    long t;
    if (y == 't') {
      DateReader.Moment m = DateReader.read(arg, Math.floorDiv(r.now, 1_000_000_000L), 0, r.zone);
      if (m == null) {
        throw fail(
            "I cannot figure out how to interpret " + Quoting.locale(arg) + " as a date or time");
      }
      t = m.epoch() * 1_000_000_000L + m.nanos();
    } else {
      t = time(reference(arg), y);
    }
    return () -> time(r.stat, x) > t;
  }

  private static long time(FileStat s, char which) {
    return which == 'a' ? s.atime() : which == 'c' ? s.ctime() : s.mtime();
  }

  /** {@code +N}, {@code -N} or {@code N}: the sign and the number. */
  private long[] count(String p, String v) {
    int sign = v.startsWith("+") ? 1 : v.startsWith("-") ? -1 : 0;
    String d = sign != 0 ? v.substring(1) : v;
    long n = d.isEmpty() || !Character.isDigit(d.charAt(0)) ? -1 : SizeText.parse(d, "");
    if (n < 0) {
      throw fail("invalid argument `" + v + "' to `" + p + "'");
    }
    return new long[] {sign, n};
  }

  private static boolean compare(long[] wanted, long v) {
    return wanted[0] > 0 ? v > wanted[1] : wanted[0] < 0 ? v < wanted[1] : v == wanted[1];
  }

  private Test age(String n, String arg) {
    boolean days = n.endsWith("time");
    int sign = arg.startsWith("+") ? 1 : arg.startsWith("-") ? -1 : 0;
    String d = sign != 0 ? arg.substring(1) : arg;
    byte[] b = Utf8.encode(d);
    DoubleReader reader = new DoubleReader();
    if (b.length == 0
        || reader.read(b, 0, b.length) != b.length
        || !(Character.isDigit(d.charAt(0)) || d.charAt(0) == '.')) {
      throw fail("invalid argument `" + arg + "' to `" + n + "'");
    }
    double value = reader.value();
    double unit = days ? 86400 : 60;
    char which = n.charAt(1);
    double now = r.now / 1e9;
    if (r.dayStart) {
      Civil c = Civil.at(Math.floorDiv(r.now, 1_000_000_000L), 0, r.zone);
      long midnight = r.zone.epoch(Civil.days(c.year(), c.month(), c.day()) * 86400, -1) + 86400;
      now = midnight;
      if (sign < 0) {
        now = midnight;
      }
    }
    double base = now;
    double whole = value * unit;
    // minutes are compared exactly, days by how many whole ones have passed
    return () -> {
      double age = base - time(r.stat, which) / 1e9;
      if (sign > 0) {
        return days ? Math.floor(age / unit) > value : age > whole;
      }
      if (sign < 0) {
        return days ? age < whole : age < whole;
      }
      return days ? Math.floor(age / unit) == value : age > whole - unit && age <= whole;
    };
  }

  private Test size(String arg) {
    int sign = arg.startsWith("+") ? 1 : arg.startsWith("-") ? -1 : 0;
    String d = sign != 0 ? arg.substring(1) : arg;
    if (d.isEmpty()) {
      throw fail("invalid null argument to -size");
    }
    char u = d.charAt(d.length() - 1);
    long unit = 512;
    if (!Character.isDigit(u)) {
      int k = "bcwkMG".indexOf(u);
      if (k < 0) {
        throw fail("invalid -size type `" + u + "'");
      }
      unit = new long[] {512, 1, 2, 1024, 1 << 20, 1 << 30}[k];
      d = d.substring(0, d.length() - 1);
    }
    long n = d.isEmpty() || !Character.isDigit(d.charAt(0)) ? -1 : SizeText.parse(d, "");
    if (n < 0) {
      throw fail("Invalid argument `" + arg + "' to -size");
    }
    long by = unit;
    long[] wanted = {sign, n};
    return () -> compare(wanted, (Math.max(0, r.stat.size()) + by - 1) / by);
  }

  private boolean empty() {
    if (r.stat.isFile()) {
      return r.stat.size() == 0;
    }
    if (!r.stat.isDirectory()) {
      return false;
    }
    try {
      return r.files.list(r.path).isEmpty();
    } catch (VfsException e) {
      r.fail(Quoting.locale(r.path) + ": " + e.reason());
      return false;
    }
  }

  private Test type(String p, String arg) {
    if (arg.isEmpty()) {
      throw fail("Arguments to " + p + " should contain at least one letter");
    }
    boolean[] wanted = new boolean[128];
    for (int i = 0; i < arg.length(); i++) {
      char c = arg.charAt(i);
      if ("bcdflpsD".indexOf(c) < 0) {
        throw fail("Unknown argument to " + p + ": " + c);
      }
      if (c < 128) {
        wanted[c] = true;
      }
      if (i + 1 < arg.length()) {
        if (arg.charAt(i + 1) != ',') {
          throw fail("Must separate multiple arguments to " + p + " using: ','");
        }
        i++;
        if (i + 1 == arg.length()) {
          throw fail(
              "Last file type in list argument to "
                  + p
                  + " is missing, i.e., list is ending on: ','");
        }
      }
    }
    boolean other = p.equals("-xtype");
    return () -> {
      FileStat s = r.stat;
      if (other) {
        if (r.follow == 'L') {
          s = r.files.lstat(r.path);
        } else if (s.isSymlink()) {
          FileStat t = r.files.statOrNull(r.path);
          s = t == null ? s : t;
        }
      }
      char c = s.type().letter();
      return wanted[c == '-' ? 'f' : c];
    };
  }

  private Test permissions(String arg) {
    char how = arg.startsWith("-") || arg.startsWith("/") ? arg.charAt(0) : 0;
    String text = how != 0 ? arg.substring(1) : arg;
    ModeChange m = arg.startsWith("+") ? null : ModeChange.parse(text);
    if (m == null) {
      throw fail("invalid mode " + Quoting.locale(arg));
    }
    int file = m.apply(0, false, 0);
    int directory = m.apply(0, true, 0);
    return () -> {
      int wanted = r.stat.isDirectory() ? directory : file;
      int mode = r.stat.mode() & 07777;
      return how == '-'
          ? (mode & wanted) == wanted
          : how == '/' ? wanted == 0 || (mode & wanted) != 0 : mode == wanted;
    };
  }

  private Syntax syntax() {
    return switch (regexType) {
      case "findutils-default", "emacs" -> Syntax.EMACS;
      case "posix-basic", "ed", "sed", "posix-minimal-basic" -> Syntax.BASIC;
      case "grep" -> Syntax.GREP_BASIC;
      case "posix-extended" -> Syntax.POSIX_EXTENDED;
      case "egrep", "posix-egrep" -> Syntax.GREP_EXTENDED;
      case "awk", "gnu-awk", "posix-awk" -> Syntax.AWK;
      default ->
          throw fail(
              "Unknown regular expression type "
                  + Quoting.locale(regexType)
                  + "; valid types are "
                  + Quoting.locale("findutils-default")
                  + ", "
                  + Quoting.locale("ed")
                  + ", "
                  + Quoting.locale("emacs")
                  + ", "
                  + Quoting.locale("gnu-awk")
                  + ", "
                  + Quoting.locale("grep")
                  + ", "
                  + Quoting.locale("posix-awk")
                  + ", "
                  + Quoting.locale("awk")
                  + ", "
                  + Quoting.locale("posix-basic")
                  + ", "
                  + Quoting.locale("posix-egrep")
                  + ", "
                  + Quoting.locale("egrep")
                  + ", "
                  + Quoting.locale("posix-extended")
                  + ", "
                  + Quoting.locale("posix-minimal-basic")
                  + ", "
                  + Quoting.locale("sed")
                  + ".");
    };
  }

  private Test regex(String pattern, boolean fold) {
    Regex x;
    try {
      x = Regex.compile(pattern, syntax(), Regex.WHOLE_LINE | (fold ? Regex.IGNORE_CASE : 0));
    } catch (RegexException e) {
      throw fail("failed to compile regular expression '" + pattern + "': " + e.getMessage());
    }
    Matcher m = x.matcher();
    return () -> {
      byte[] b = Utf8.encode(r.path);
      return m.find(b, 0, 0, b.length) && m.start() == 0 && m.end() == b.length;
    };
  }

  private Output output(String name) {
    if (name.equals("/dev/stdout")) {
      return in.stdout();
    }
    if (name.equals("/dev/stderr")) {
      return in.stderr();
    }
    Output o = outputs.get(name);
    if (o == null) {
      try {
        o = new Output(r.files.open(name, OpenFlags.REPLACE, 0666));
      } catch (VfsException e) {
        throw fail(Quoting.locale(name) + ": " + e.reason());
      }
      outputs.put(name, o);
    }
    return o;
  }

  private boolean delete() {
    if (r.path.equals(".")) {
      return true;
    }
    try {
      if (r.stat.isDirectory() && !(r.follow != 'P' && r.files.lstat(r.path).isSymlink())) {
        r.files.rmdir(r.path);
      } else {
        r.files.unlink(r.path);
      }
      return true;
    } catch (VfsException e) {
      r.fail("cannot delete " + Quoting.locale(r.path) + ": " + e.reason());
      return false;
    }
  }

  private Test exec(String n) {
    List<String> argv = new ArrayList<>();
    boolean plus = false;
    boolean ended = false;
    while (at < a.size()) {
      String s = a.get(at++);
      if (s.equals(";")) {
        ended = true;
        break;
      }
      if (s.equals("+")
          && !argv.isEmpty()
          && argv.get(argv.size() - 1).equals("{}")
          && !n.startsWith("-ok")) {
        plus = true;
        ended = true;
        break;
      }
      argv.add(s);
    }
    if (!ended || argv.isEmpty()) {
      throw fail(
          argv.isEmpty() && ended
              ? "missing argument to `" + n + "'"
              : "missing argument to `" + n + "'");
    }
    FindExec e = new FindExec(in, r, argv, plus, n.endsWith("dir"), n.startsWith("-ok") ? n : null);
    execs.add(e);
    return e::run;
  }

  /** Runs what {@code -exec … +} has gathered. */
  void finish() {
    for (FindExec e : execs) {
      e.finish();
    }
    in.stdout().flush();
    for (Output o : outputs.values()) {
      o.flush();
    }
  }

  void close() {
    for (Output o : outputs.values()) {
      o.file().release();
    }
  }
}
