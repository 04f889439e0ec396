package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.ModeChange;
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
import dev.qanat.vfs.VfsException;

/** find's tests: what a file's attributes must be. */
final class FindTests {
  private final FindRun r;
  private String regexType = "findutils-default";

  FindTests(FindRun r) {
    this.r = r;
  }

  private Command.Exit fail(String message) {
    return r.in.fail(1, message);
  }

  FileStat reference(String path) {
    try {
      return r.follow == 'P' ? r.files.lstat(path) : r.files.stat(path);
    } catch (VfsException e) {
      throw fail(Quoting.locale(path) + ": " + e.reason());
    }
  }

  FindExpression.Test newer(String n, String arg) {
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
  long[] count(String p, String v) {
    int sign = v.startsWith("+") ? 1 : v.startsWith("-") ? -1 : 0;
    String d = sign != 0 ? v.substring(1) : v;
    long n = d.isEmpty() || !Character.isDigit(d.charAt(0)) ? -1 : SizeText.parse(d, "");
    if (n < 0) {
      throw fail("invalid argument `" + v + "' to `" + p + "'");
    }
    return new long[] {sign, n};
  }

  static boolean compare(long[] wanted, long v) {
    return wanted[0] > 0 ? v > wanted[1] : wanted[0] < 0 ? v < wanted[1] : v == wanted[1];
  }

  FindExpression.Test age(String n, String arg) {
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

  FindExpression.Test size(String arg) {
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

  boolean empty() {
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

  FindExpression.Test type(String p, String arg) {
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

  FindExpression.Test permissions(String arg) {
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

  /** The dialect of the regular expressions that follow. */
  void setRegexType(String type) {
    regexType = type;
    syntax();
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

  FindExpression.Test regex(String pattern, boolean fold) {
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
}
