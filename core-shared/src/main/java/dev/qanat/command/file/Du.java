package dev.qanat.command.file;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** du: how much room trees take. */
public final class Du implements Command {
  private static final Options OPTIONS =
      Options.of("du")
          .usage("[OPTION]... [FILE]...\n[OPTION]... --files0-from=F")
          .about("Summarize device usage of the set of FILEs, recursively for directories.")
          .flag('0', "null", "end each output line with NUL, not newline")
          .flag('a', "all", "write counts for all files, not just directories")
          .flag((char) 0, "apparent-size", "print apparent sizes rather than device usage")
          .value('B', "block-size", "SIZE", "scale sizes by SIZE before printing them")
          .flag('b', "bytes", "equivalent to '--apparent-size --block-size=1'")
          .flag('c', "total", "produce a grand total")
          .flag(
              'D',
              "dereference-args",
              "dereference only symlinks that are listed on the\ncommand line")
          .alias('H', "dereference-args")
          .value(
              'd',
              "max-depth",
              "N",
              "print the total for a directory only if it is N or\n"
                  + "fewer levels below the command line argument")
          .value(
              (char) 0,
              "files0-from",
              "F",
              "summarize device usage of the NUL-terminated file\nnames specified in file F")
          .flag('h', "human-readable", "print sizes in human readable format (e.g., 1K 234M 2G)")
          .flag((char) 0, "inodes", "list inode usage information instead of block usage")
          .flag('k', null, "like --block-size=1K")
          .flag('L', "dereference", "dereference all symbolic links")
          .flag('l', "count-links", "count sizes many times if hard linked")
          .flag('m', null, "like --block-size=1M")
          .flag('P', "no-dereference", "don't follow any symbolic links (this is the default)")
          .flag('S', "separate-dirs", "for directories do not include size of subdirectories")
          .flag((char) 0, "si", "like -h, but use powers of 1000 not 1024")
          .flag('s', "summarize", "display only a total for each argument")
          .value(
              't',
              "threshold",
              "SIZE",
              "exclude entries smaller than SIZE if positive,\n"
                  + "or entries greater than SIZE if negative")
          .optional(
              (char) 0,
              "time",
              "WORD",
              "show time of the last modification of any file in the\n"
                  + "directory, or any of its subdirectories")
          .value((char) 0, "time-style", "STYLE", "show times using STYLE")
          .value('X', "exclude-from", "FILE", "exclude files that match any pattern in FILE")
          .value((char) 0, "exclude", "PATTERN", "exclude files that match PATTERN")
          .flag('x', "one-file-system", "skip directories on different file systems");

  /** One run: what was asked, and what was counted already. */
  private static final class Run {
    Invocation in;
    boolean all;
    boolean apparent;
    boolean inodes;
    boolean separate;
    boolean countLinks;
    boolean oneFileSystem;
    boolean follow;
    long depth = Long.MAX_VALUE;
    long block = 1024;
    int human;
    long threshold = Long.MIN_VALUE;
    String time;
    String timeFormat = "%Y-%m-%d %H:%M";
    Zone zone;
    int end;
    int status;
    int device;
    final List<Glob> exclude = new ArrayList<>();
    final HashSet<String> seen = new HashSet<>();
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    Run r = new Run();
    r.in = in;
    r.zone = Zone.of(in.env("TZ"));
    r.all = p.has("all");
    r.inodes = p.has("inodes");
    r.separate = p.has("separate-dirs");
    r.countLinks = p.has("count-links");
    r.oneFileSystem = p.has("one-file-system");
    r.end = p.has("null") ? 0 : '\n';
    boolean followArguments = false;
    for (Options.Given g : p.options()) {
      switch (g.id()) {
        case "apparent-size" -> r.apparent = true;
        case "bytes" -> {
          r.apparent = true;
          r.block = 1;
          r.human = 0;
        }
        case "block-size" -> {
          if (g.value().equals("human-readable")) {
            r.human = 1024;
          } else if (g.value().equals("si")) {
            r.human = 1000;
          } else {
            long n = SizeText.parse(g.value(), "EGgkKMPTYZ0");
            if (n <= 0) {
              throw in.fail(
                  1,
                  (n == SizeText.BAD_SUFFIX
                          ? "invalid suffix in -B argument "
                          : "invalid -B argument ")
                      + Quoting.always(g.value()));
            }
            r.block = n;
            r.human = 0;
          }
        }
        case "k" -> {
          r.block = 1024;
          r.human = 0;
        }
        case "m" -> {
          r.block = 1 << 20;
          r.human = 0;
        }
        case "human-readable" -> r.human = 1024;
        case "si" -> r.human = 1000;
        case "dereference" -> r.follow = true;
        case "no-dereference" -> {
          r.follow = false;
          followArguments = false;
        }
        case "dereference-args" -> followArguments = true;
        case "max-depth" -> {
          r.depth = SizeText.parse(g.value(), "");
          if (r.depth < 0) {
            in.error("invalid maximum depth " + Quoting.locale(g.value()));
            throw OPTIONS.hint(in);
          }
        }
        case "threshold" -> {
          boolean negative = g.value().startsWith("-");
          long n = SizeText.parse(negative ? g.value().substring(1) : g.value(), "EGgkKMPTYZ0");
          if (n < 0 || n == 0 && negative) {
            throw in.fail(1, "invalid --threshold argument " + Quoting.always(g.value()));
          }
          r.threshold = negative ? -n : n;
        }
        case "time" ->
            r.time =
                g.value() == null
                    ? "mtime"
                    : Choice.of(
                        in, OPTIONS, "--time", g.value(), "atime|access|use", "ctime|status");
        case "time-style" ->
            r.timeFormat =
                g.value().startsWith("+")
                    ? g.value().substring(1)
                    : switch (Choice.of(
                        in, OPTIONS, "time style", g.value(), "full-iso", "long-iso", "iso")) {
                      case "full-iso" -> "%Y-%m-%d %H:%M:%S.%N %z";
                      case "iso" -> "%Y-%m-%d";
                      default -> "%Y-%m-%d %H:%M";
                    };
        case "exclude" -> r.exclude.add(Glob.of(g.value()));
        case "exclude-from" -> {
          try {
            for (String line : Utf8.decode(in.files().readFile(g.value())).split("\n")) {
              r.exclude.add(Glob.of(line));
            }
          } catch (VfsException e) {
            throw in.fail(1, Quoting.ifNeededOrColon(g.value()) + ": " + e.reason());
          }
        }
        default -> {}
      }
    }
    if (r.inodes) {
      r.block = 1;
    }
    if (p.has("summarize")) {
      if (r.all) {
        throw OPTIONS.usageError(in, "cannot both summarize and show all entries");
      }
      if (p.has("max-depth") && r.depth != 0) {
        throw OPTIONS.usageError(in, "warning: summarizing conflicts with --max-depth=" + r.depth);
      }
      if (p.has("max-depth")) {
        in.error("warning: summarizing is the same as using --max-depth=0");
      }
      r.depth = 0;
    }
    List<String> names = p.operands().isEmpty() ? List.of(".") : p.operands();
    if (p.has("files0-from")) {
      if (!p.operands().isEmpty()) {
        in.error("extra operand " + Quoting.always(p.operands().get(0)));
        in.stderr().line("file operands cannot be combined with --files0-from");
        throw OPTIONS.hint(in);
      }
      names = dev.qanat.command.text.FileList.read(in, p.value("files0-from"));
      if (names == null) {
        return 1;
      }
    }
    long[] total = new long[2];
    for (String n : names) {
      FileStat s;
      try {
        s = r.follow || followArguments ? in.files().stat(n) : in.files().lstat(n);
      } catch (VfsException e) {
        in.error("cannot access " + Quoting.always(n) + ": " + e.reason());
        r.status = 1;
        continue;
      }
      r.device = s.dev();
      long[] one = count(r, n, s, 0);
      if (one != null) {
        total[0] += one[0];
        total[1] = Math.max(total[1], one[1]);
      }
    }
    if (p.has("total")) {
      print(r, total, "total");
    }
    return r.status;
  }

  /** Size and latest time; null when it was counted before or is left out. */
  private static long[] count(Run r, String path, FileStat s, int depth) {
    Sched.checkpoint();
    if (!r.exclude.isEmpty()) {
      String base = dev.qanat.command.text.Basename.of(path, null);
      for (Glob g : r.exclude) {
        if (g.matches(path, false) || g.matches(base, false)) {
          return null;
        }
      }
    }
    if (!(r.countLinks && !s.isDirectory())
        && (s.nlink() > 1 || s.isDirectory() || r.follow)
        && !r.seen.add(s.dev() + ":" + s.ino())) {
      return null;
    }
    long size =
        r.inodes
            ? 1
            : r.apparent
                ? (s.isDirectory() || s.isFile() || s.isSymlink() ? Math.max(0, s.size()) : 0)
                : s.blocks() * 512;
    long time = "atime".equals(r.time) ? s.atime() : "ctime".equals(r.time) ? s.ctime() : s.mtime();
    if (r.apparent && s.isDirectory()) {
      size = s.size();
    }
    long[] sum = {size, time};
    long below = 0;
    if (s.isDirectory() && !(r.oneFileSystem && s.dev() != r.device)) {
      List<DirEntry> names = List.of();
      try {
        names = r.in.files().list(path);
      } catch (VfsException e) {
        r.in.error("cannot read directory " + Quoting.always(path) + ": " + e.reason());
        r.status = 1;
      }
      for (DirEntry e : names) {
        String child = Paths.join(path, e.name());
        FileStat c;
        try {
          c = r.follow ? r.in.files().stat(child) : r.in.files().lstat(child);
        } catch (VfsException x) {
          r.in.error("cannot access " + Quoting.always(child) + ": " + x.reason());
          r.status = 1;
          continue;
        }
        if (r.oneFileSystem && c.dev() != r.device) {
          continue;
        }
        long[] one = count(r, child, c, depth + 1);
        if (one != null) {
          sum[1] = Math.max(sum[1], one[1]);
          if (r.separate && c.isDirectory()) {
            below += one[0];
          } else {
            sum[0] += one[0];
          }
        }
      }
    }
    if (depth <= r.depth && (s.isDirectory() || r.all || depth == 0)) {
      if (r.threshold == Long.MIN_VALUE
          || (r.threshold < 0 ? sum[0] <= -r.threshold : sum[0] >= r.threshold)) {
        print(r, sum, path);
      }
    }
    return new long[] {sum[0] + below, sum[1]};
  }

  private static void print(Run r, long[] sum, String name) {
    String size =
        r.human > 0
            ? SizeText.human(sum[0], r.human)
            : String.valueOf((sum[0] + r.block - 1) / r.block);
    String time =
        r.time == null
            ? ""
            : "\t"
                + TimeFormat.gnu(
                    r.timeFormat,
                    Math.floorDiv(sum[1], 1_000_000_000L),
                    (int) Math.floorMod(sum[1], 1_000_000_000L),
                    r.zone);
    r.in.stdout().write(size + time + "\t" + name);
    r.in.stdout().write(r.end);
  }
}
