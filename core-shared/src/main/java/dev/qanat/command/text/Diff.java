package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.command.Patterns;
import dev.qanat.command.file.Glob;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** diff: how two files or trees differ. */
public final class Diff implements Command {
  private static final Options OPTIONS =
      Options.of("diff")
          .usage("[OPTION]... FILES")
          .about("Compare FILES line by line.")
          .version("GNU diffutils", "3.8")
          .usageStatus(2)
          .flag((char) 0, "normal", "output a normal diff (the default)")
          .flag('q', "brief", "report only when files differ")
          .flag('s', "report-identical-files", "report when two files are the same")
          .flag('c', null, "output 3 lines of copied context")
          .optional((char) 0, "context", "NUM", "output NUM (default 3) lines of copied context")
          .value('C', null, "NUM", "output NUM lines of copied context")
          .flag('u', null, "output 3 lines of unified context")
          .optional((char) 0, "unified", "NUM", "output NUM (default 3) lines of unified context")
          .value('U', null, "NUM", "output NUM lines of unified context")
          .flag('e', "ed", "output an ed script")
          .flag('y', "side-by-side", "output in two columns")
          .value('W', "width", "NUM", "output at most NUM (default 130) print columns")
          .flag((char) 0, "left-column", "output only the left column of common lines")
          .flag((char) 0, "suppress-common-lines", "do not output common lines")
          .value((char) 0, "label", "LABEL", "use LABEL instead of file name and timestamp")
          .alias('L', "label")
          .flag('r', "recursive", "recursively compare any subdirectories found")
          .flag('N', "new-file", "treat absent files as empty")
          .flag((char) 0, "no-dereference", "don't follow symbolic links")
          .value('x', "exclude", "PAT", "exclude files that match PAT")
          .flag('i', "ignore-case", "ignore case differences in file contents")
          .flag('E', "ignore-tab-expansion", "ignore changes due to tab expansion")
          .flag('Z', "ignore-trailing-space", "ignore white space at line end")
          .flag('b', "ignore-space-change", "ignore changes in the amount of white space")
          .flag('w', "ignore-all-space", "ignore all white space")
          .flag('B', "ignore-blank-lines", "ignore changes where lines are all blank")
          .value('I', "ignore-matching-lines", "RE", "ignore changes where all lines match RE")
          .flag('a', "text", "treat all files as text")
          .flag((char) 0, "strip-trailing-cr", "strip trailing carriage return on input")
          .flag('T', "initial-tab", "make tabs line up by prepending a tab")
          .flag('d', "minimal", "try hard to find a smaller set of changes")
          .optional((char) 0, "color", "WHEN", "color output (never or auto)");

  /** One run. */
  private static final class Run {
    Invocation in;
    Options.Parsed p;
    Output out;
    char style = 'n'; // n normal, u unified, c context, e ed, y side by side, q brief
    int context = 3;
    int width = 130;
    List<String> labels;
    String switches = "";
    final List<Glob> exclude = new ArrayList<>();
    Matcher ignored;
    int status;
  }

  @Override
  public int run(Invocation in) {
    List<String> args = new ArrayList<>();
    for (String a : in.args()) {
      // -5 and -u5: so many lines of context
      int k = a.startsWith("-u") || a.startsWith("-c") ? 2 : 1;
      boolean n = a.length() > k && a.charAt(0) == '-' && digits(a, k);
      boolean copied = a.startsWith("-c") || k == 1 && in.args().contains("-c");
      args.add(n ? (copied ? "-C" : "-U") + a.substring(k) : a);
    }
    Options.Parsed p = OPTIONS.parse(in, args);
    Run r = new Run();
    r.in = in;
    r.p = p;
    r.out = in.stdout();
    r.labels = p.values("label");
    StringBuilder switches = new StringBuilder();
    for (Options.Given g : p.options()) {
      switch (g.id()) {
        case "c", "C", "context" -> context(r, 'c', g.value());
        case "u", "U", "unified" -> context(r, 'u', g.value());
        case "ed" -> r.style = 'e';
        case "side-by-side" -> r.style = 'y';
        case "width" -> r.width = (int) Math.max(1, SizeText.parse(g.value(), ""));
        case "exclude" -> r.exclude.add(Glob.of(g.value()));
        case "ignore-matching-lines" -> r.ignored = Patterns.basic(in, g.value()).matcher();
        case "color" -> {
          if (g.value() == null || g.value().equals("always")) {
            throw in.fail(2, "colored output is not supported");
          }
        }
        default -> {}
      }
    }
    List<String> all = in.args();
    int last = Math.max(0, all.size() - 2);
    boolean tail = p.operands().equals(all.subList(last, all.size()));
    for (String a : tail ? all.subList(0, last) : all) {
      if (tail || a.startsWith("-") && a.length() > 1) {
        switches.append(' ').append(Quoting.ifNeeded(a));
      }
    }
    r.switches = switches.toString();
    if (p.has("brief")) {
      r.style = 'q';
    }
    List<String> ops = p.operands();
    if (ops.size() != 2) {
      in.error(
          ops.size() < 2
              ? "missing operand after '" + (ops.isEmpty() ? in.name() : ops.get(0)) + "'"
              : "extra operand '" + ops.get(2) + "'");
      throw in.fail(2, "Try '" + in.name() + " --help' for more information.");
    }
    String a = ops.get(0);
    String b = ops.get(1);
    FileStat sa = stat(in, a);
    FileStat sb = stat(in, b);
    if (sa != null && sb != null && sa.isDirectory() != sb.isDirectory()) {
      if (sa.isDirectory()) {
        a = Paths.join(a, Basename.of(b, null));
        sa = stat(in, a);
      } else {
        b = Paths.join(b, Basename.of(a, null));
        sb = stat(in, b);
      }
    }
    boolean absent = p.has("new-file") && (sa != null || sb != null);
    if (sa == null && !absent) {
      in.error(a + ": No such file or directory");
    }
    if (sb == null && !absent) {
      in.error(b + ": No such file or directory");
    }
    if ((sa == null || sb == null) && !absent) {
      return 2;
    }
    if (sa != null && sb != null && sa.isDirectory() && sb.isDirectory()) {
      directories(r, a, b, 0);
    } else {
      files(r, a, b, sa, sb, false);
    }
    return r.status;
  }

  private static boolean digits(String s, int from) {
    for (int i = from; i < s.length(); i++) {
      if (!Character.isDigit(s.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static void context(Run r, char style, String n) {
    r.style = style;
    if (n != null) {
      long v = SizeText.parse(n, "");
      if (v < 0) {
        r.in.error("invalid context length '" + n + "'");
        throw r.in.fail(2, "Try '" + r.in.name() + " --help' for more information.");
      }
      r.context = (int) Math.min(v, 1 << 30);
    }
  }

  private static FileStat stat(Invocation in, String path) {
    return path.equals("-") ? in.files().descriptors().need(0).stat() : in.files().statOrNull(path);
  }

  private static void directories(Run r, String a, String b, int depth) {
    TreeMap<String, Integer> names = new TreeMap<>();
    for (int i = 0; i < 2; i++) {
      String d = i == 0 ? a : b;
      if (r.in.files().statOrNull(d) == null) {
        continue;
      }
      for (DirEntry e : r.in.files().list(d)) {
        boolean out = false;
        for (Glob g : r.exclude) {
          out |= g.matches(e.name(), false);
        }
        if (!out) {
          names.merge(e.name(), 1 << i, (x, y) -> x | y);
        }
      }
    }
    for (Map.Entry<String, Integer> e : names.entrySet()) {
      Sched.checkpoint();
      String x = Paths.join(a, e.getKey());
      String y = Paths.join(b, e.getKey());
      FileStat sx = r.in.files().statOrNull(x);
      FileStat sy = r.in.files().statOrNull(y);
      boolean dx = sx != null && sx.isDirectory();
      boolean dy = sy != null && sy.isDirectory();
      if (e.getValue() != 3 && !(r.p.has("new-file") && (r.p.has("recursive") || !dx && !dy))) {
        r.out.line("Only in " + (e.getValue() == 1 ? a : b) + ": " + e.getKey());
        r.status = Math.max(r.status, 1);
      } else if ((dx || sx == null) && (dy || sy == null)) {
        if (r.p.has("recursive") && depth < 500) {
          directories(r, x, y, depth + 1);
        } else {
          r.out.line("Common subdirectories: " + x + " and " + y);
        }
      } else if (dx || dy) {
        r.out.line("File " + x + " is a " + kind(sx) + " while file " + y + " is a " + kind(sy));
        r.status = Math.max(r.status, 1);
      } else {
        files(r, x, y, sx, sy, true);
      }
    }
  }

  private static String kind(FileStat s) {
    return dev.qanat.command.file.Rm.kind(s);
  }

  private static byte[] read(Run r, String path, FileStat s) {
    if (s == null) {
      return new byte[0];
    }
    Input f = path.equals("-") ? r.in.stdin() : new Input(r.in.files().open(path), true);
    try {
      return f.readAll();
    } finally {
      f.close();
    }
  }

  private static void files(Run r, String a, String b, FileStat sa, FileStat sb, boolean inTree) {
    byte[] x;
    byte[] y;
    try {
      x = read(r, a, sa);
      y = a.equals("-") && b.equals("-") ? x : read(r, b, sb);
    } catch (VfsException e) {
      r.in.error((e.path() == null ? a : e.path()) + ": " + e.reason());
      r.status = 2;
      return;
    }
    boolean equal = Arrays.equals(x, y);
    boolean binary = !r.p.has("text") && (binary(x) || binary(y));
    boolean showsEqual = r.style == 'y' || r.style == 'e';
    if (equal && !showsEqual || !equal && (binary || r.style == 'q' && !loose(r))) {
      if (!equal) {
        r.status = Math.max(r.status, 1);
        if (binary || r.style == 'q') {
          r.out.line(
              (binary && r.style != 'q' ? "Binary files " : "Files ")
                  + a
                  + " and "
                  + b
                  + " differ");
        }
      } else if (r.p.has("report-identical-files")) {
        r.out.line("Files " + a + " and " + b + " are identical");
      }
      return;
    }
    DiffLines la = lines(r, a, x, sa, 0);
    DiffLines lb = lines(r, b, y, sb, 1);
    Map<String, Integer> classes = new HashMap<>();
    int[] ca = classes(r, la, classes);
    int[] cb = classes(r, lb, classes);
    LineDiff d = new LineDiff(ca, cb);
    List<LineDiff.Change> all = d.changes();
    List<LineDiff.Change> changes = new ArrayList<>();
    for (LineDiff.Change c : all) {
      if (!ignored(r, la, c.a(), c.aEnd()) || !ignored(r, lb, c.b(), c.bEnd())) {
        changes.add(c);
      }
    }
    if (r.style == 'y') {
      new DiffColumns(r.out, la, lb, r.width)
          .write(all, !r.p.has("suppress-common-lines"), r.p.has("left-column"));
    }
    if (r.style == 'e') {
      requireNewline(r, a, la);
      requireNewline(r, b, lb);
    }
    if (changes.isEmpty()) {
      if (r.p.has("report-identical-files")) {
        r.out.line("Files " + a + " and " + b + " are identical");
      }
      return;
    }
    r.status = Math.max(r.status, 1);
    if (r.style == 'q') {
      r.out.line("Files " + a + " and " + b + " differ");
      return;
    }
    if (inTree && r.style != 'y') {
      r.out.line("diff" + r.switches + " " + Quoting.ifNeeded(a) + " " + Quoting.ifNeeded(b));
    }
    DiffOutput shown = new DiffOutput(r.out, la, lb, changes, r.context, r.p.has("initial-tab"));
    switch (r.style) {
      case 'u' -> shown.unified();
      case 'c' -> shown.copied();
      case 'e' -> shown.ed();
      case 'n' -> shown.normal();
      default -> {}
    }
  }

  /** A script for ed cannot say that a last line has no newline. */
  private static void requireNewline(Run r, String name, DiffLines l) {
    if (!l.complete) {
      r.in.error(name + ": No newline at end of file\n");
      r.status = 2;
    }
  }

  private static boolean loose(Run r) {
    return r.p.has("ignore-case")
        || r.p.has("ignore-space-change")
        || r.p.has("ignore-all-space")
        || r.p.has("ignore-blank-lines")
        || r.p.has("ignore-trailing-space")
        || r.p.has("ignore-tab-expansion")
        || r.p.has("strip-trailing-cr")
        || r.ignored != null;
  }

  private static boolean binary(byte[] b) {
    for (int i = 0; i < Math.min(b.length, 32768); i++) {
      if (b[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static DiffLines lines(Run r, String name, byte[] b, FileStat s, int side) {
    if (r.p.has("strip-trailing-cr")) {
      ByteBuilder t = new ByteBuilder(b.length);
      for (int i = 0; i < b.length; i++) {
        if (!(b[i] == '\r' && i + 1 < b.length && b[i + 1] == '\n')) {
          t.append(b[i]);
        }
      }
      b = t.toByteArray();
    }
    return new DiffLines(side < r.labels.size() ? r.labels.get(side) : header(r, name, s), b);
  }

  /** A file's name and time. */
  private static String header(Run r, String name, FileStat s) {
    long t =
        s == null
            ? 0
            : name.equals("-") && s.mtime() == 0 ? Sched.get().realTimeNanos() : s.mtime();
    return (name.indexOf(' ') >= 0 || name.indexOf('"') >= 0 ? Quoting.c(name) : name)
        + "\t"
        + TimeFormat.gnu(
            "%Y-%m-%d %H:%M:%S.%N %z",
            Math.floorDiv(t, 1_000_000_000L),
            (int) Math.floorMod(t, 1_000_000_000L),
            Zone.of(r.in.env("TZ")));
  }

  /** Gives equal lines equal numbers. A last line without its end equals none that has one. */
  private static int[] classes(Run r, DiffLines l, Map<String, Integer> classes) {
    boolean space = r.p.has("ignore-all-space");
    boolean change = r.p.has("ignore-space-change");
    boolean trailing = r.p.has("ignore-trailing-space");
    boolean tabs = r.p.has("ignore-tab-expansion");
    boolean fold = r.p.has("ignore-case");
    int[] out = new int[l.count];
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < l.count; i++) {
      key.setLength(0);
      int end = l.end(i);
      int column = 0;
      for (int k = l.start[i]; k < end; k++) {
        int c = l.bytes[k] & 255;
        boolean blank = c == ' ' || c >= 9 && c <= 13;
        if (blank && space) {
          continue;
        }
        if (blank && change) {
          while (k + 1 < end
              && (l.bytes[k + 1] == ' ' || l.bytes[k + 1] >= 9 && l.bytes[k + 1] <= 13)) {
            k++;
          }
          if (k + 1 < end) {
            key.append(' ');
          }
          continue;
        }
        if (c == '\t' && tabs) {
          do {
            key.append(' ');
          } while (++column % 8 != 0);
          continue;
        }
        column++;
        key.append((char) (fold && c >= 'A' && c <= 'Z' ? c + 32 : c));
      }
      if (trailing) {
        int n = key.length();
        while (n > 0
            && (key.charAt(n - 1) == ' ' || key.charAt(n - 1) >= 9 && key.charAt(n - 1) <= 13)) {
          n--;
        }
        key.setLength(n);
      }
      if (i == l.count - 1 && !l.complete && !space && !change && !trailing) {
        key.append('\n');
      }
      Integer id = classes.get(key.toString());
      if (id == null) {
        id = classes.size();
        classes.put(key.toString(), id);
      }
      out[i] = id;
    }
    return out;
  }

  /** Whether all lines are blank or match what is to be ignored. */
  private static boolean ignored(Run r, DiffLines l, int from, int to) {
    boolean blank = r.p.has("ignore-blank-lines");
    if (!blank && r.ignored == null) {
      return false;
    }
    for (int i = from; i < to; i++) {
      boolean empty = l.end(i) == l.start[i];
      if (!(blank && empty)
          && !(r.ignored != null && r.ignored.find(l.bytes, l.start[i], l.start[i], l.end(i)))) {
        return false;
      }
    }
    return true;
  }
}
