package dev.qanat.command.text;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** sort: lines in order, by keys. */
public final class Sort implements Command {
  private static final Options OPTIONS =
      Options.of("sort")
          .usage("[OPTION]... [FILE]...\n[OPTION]... --files0-from=F")
          .about(
              "Write sorted concatenation of all FILE(s) to standard output.\n\nWith no FILE, or when FILE is -, read standard input.\n\nOrdering options:\n")
          .usageStatus(2)
          .flag('b', "ignore-leading-blanks", "ignore leading blanks")
          .flag('d', "dictionary-order", "consider only blanks and alphanumeric characters")
          .flag('f', "ignore-case", "fold lower case to upper case characters")
          .flag('g', "general-numeric-sort", "compare according to general numerical value")
          .flag('i', "ignore-nonprinting", "consider only printable characters")
          .flag('M', "month-sort", "compare (unknown) < 'JAN' < ... < 'DEC'")
          .flag('h', "human-numeric-sort", "compare human readable numbers (e.g., 2K 1G)")
          .flag('n', "numeric-sort", "compare according to string numerical value")
          .flag('R', "random-sort", "shuffle, but group identical keys.  See shuf(1)")
          .value((char) 0, "random-source", "FILE", "get random bytes from FILE")
          .flag('r', "reverse", "reverse the result of comparisons")
          .value(
              (char) 0,
              "sort",
              "WORD",
              "sort according to WORD:\ngeneral-numeric -g, human-numeric -h, month -M,\nnumeric -n, random -R, version -V")
          .flag('V', "version-sort", "natural sort of (version) numbers within text")
          .value(
              (char) 0,
              "batch-size",
              "NMERGE",
              "merge at most NMERGE inputs at once;\nfor more use temp files")
          .flag('c', null, "check for sorted input; do not sort")
          .optional((char) 0, "check", "WORD", "-c for diagnose-first, -C for quiet or silent")
          .flag('C', null, "like -c, but do not report first bad line")
          .value(
              (char) 0,
              "compress-program",
              "PROG",
              "compress temporaries with PROG (none are made)")
          .value(
              (char) 0,
              "files0-from",
              "F",
              "read input from the files specified by\nNUL-terminated names in file F")
          .value('k', "key", "KEYDEF", "sort via a key; KEYDEF gives location and type")
          .flag('m', "merge", "merge already sorted files; do not sort")
          .value('o', "output", "FILE", "write result to FILE instead of standard output")
          .flag('s', "stable", "stabilize sort by disabling last-resort comparison")
          .value('S', "buffer-size", "SIZE", "use SIZE for main memory buffer")
          .value('t', "field-separator", "SEP", "use SEP instead of non-blank to blank transition")
          .value('T', "temporary-directory", "DIR", "use DIR for temporaries (none are made)")
          .value((char) 0, "parallel", "N", "change the number of sorts run concurrently to N")
          .flag(
              'u',
              "unique",
              "with -c, check for strict ordering;\nwithout -c, output only the first of an equal run")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline")
          .epilogue(
              "KEYDEF is F[.C][OPTS][,F[.C][OPTS]] for start and stop position, where F is a\n"
                  + "field number and C a character position in the field; both are origin 1, and\n"
                  + "the stop position defaults to the line's end.  If neither -t nor -b is in\n"
                  + "effect, characters in a field are counted from the beginning of the preceding\n"
                  + "whitespace.  OPTS is one or more single-letter ordering options [bdfgiMhnRrV],\n"
                  + "which override global ordering options for that key.");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in, old(in.args()));
    SortKey global = new SortKey();
    List<SortKey> keys = new ArrayList<>();
    int tab = -1;
    String check = null;
    for (Options.Given g : p.options()) {
      switch (g.id()) {
        case "ignore-leading-blanks" -> global.option('b', 3);
        case "dictionary-order" -> global.option('d', 3);
        case "ignore-case" -> global.option('f', 3);
        case "general-numeric-sort" -> global.option('g', 3);
        case "ignore-nonprinting" -> global.option('i', 3);
        case "month-sort" -> global.option('M', 3);
        case "human-numeric-sort" -> global.option('h', 3);
        case "numeric-sort" -> global.option('n', 3);
        case "random-sort" -> global.option('R', 3);
        case "reverse" -> global.option('r', 3);
        case "version-sort" -> global.option('V', 3);
        case "sort" -> {
          String w =
              choice(
                  in,
                  "--sort",
                  g.value(),
                  "general-numeric",
                  "human-numeric",
                  "month",
                  "numeric",
                  "random",
                  "version");
          global.option(
              w.equals("month")
                  ? 'M'
                  : w.equals("random") ? 'R' : w.equals("version") ? 'V' : w.charAt(0),
              3);
        }
        case "check", "c", "C" -> {
          String w =
              g.is("C")
                  ? "quiet"
                  : g.value() == null
                      ? "diagnose-first"
                      : choice(in, "--check", g.value(), "quiet|silent", "diagnose-first");
          w = w.equals("silent") ? "quiet" : w;
          if (check != null && !check.equals(w)) {
            throw in.fail(2, "options '-cC' are incompatible");
          }
          check = w;
        }
        case "key" -> keys.add(key(in, g.value()));
        case "field-separator" -> {
          int t = separator(in, g.value());
          if (tab >= 0 && tab != t) {
            throw in.fail(2, "incompatible tabs");
          }
          tab = t;
        }
        case "buffer-size" -> size(in, g.value());
        case "parallel" -> {
          long n = SizeText.parse(g.value(), "");
          if (n == SizeText.OVERFLOW) {
            n = 1;
          }
          if (n < 0) {
            throw in.fail(2, "invalid --parallel argument " + Quoting.always(g.value()));
          }
          if (n == 0) {
            throw in.fail(2, "number in parallel must be nonzero");
          }
        }
        case "batch-size" -> {
          long n = SizeText.parse(g.value(), "");
          if (n == SizeText.INVALID || n == SizeText.BAD_SUFFIX) {
            throw in.fail(2, "invalid --batch-size argument " + Quoting.always(g.value()));
          }
          if (n >= 0 && n < 2) {
            in.error("invalid --batch-size argument " + Quoting.always(g.value()));
            throw in.fail(2, "minimum --batch-size argument is '2'");
          }
        }
        default -> {}
      }
    }
    long salt =
        p.has("random-source")
            ? salt(in, p.value("random-source"))
            : Sched.get().realTimeNanos() * 0x9e3779b97f4a7c15L;
    for (SortKey k : keys) {
      if (k.isPlain() && !k.reverse) {
        k.inherit(global);
      }
      k.salt = salt;
    }
    if (keys.isEmpty() && !global.isPlain()) {
      keys.add(global);
      global.salt = salt;
    }
    for (SortKey k : keys) {
      if (k.conflict() != null) {
        throw in.fail(2, "options '-" + k.conflict() + "' are incompatible");
      }
    }
    List<String> names = p.operands();
    if (p.has("files0-from")) {
      if (!names.isEmpty()) {
        in.error("extra operand " + Quoting.always(names.get(0)));
        in.stderr().line("file operands cannot be combined with --files0-from");
        throw OPTIONS.hint(in);
      }
      names = names(in, p.value("files0-from"));
    }
    if (names.isEmpty()) {
      names = List.of("-");
    }
    if (p.values("output").stream().distinct().count() > 1) {
      throw in.fail(2, "multiple output files specified");
    }
    byte end = (byte) (p.has("zero-terminated") ? 0 : '\n');
    SortLines lines = new SortLines(keys, tab, global.reverse, p.has("stable"), p.has("unique"));
    if (check != null) {
      if (names.size() > 1) {
        throw in.fail(
            2,
            "extra operand "
                + Quoting.always(names.get(1))
                + " not allowed with -"
                + (check.equals("quiet") ? "C" : "c"));
      }
      if (p.has("output")) {
        throw in.fail(
            2, "options '-" + (check.equals("quiet") ? "C" : "c") + "o' are incompatible");
      }
      return check(in, names.get(0), lines, p.has("unique"), check.equals("quiet"), end);
    }
    if (p.has("merge") && names.size() > 1) {
      return SortMerge.run(
          in,
          names,
          keys,
          tab,
          global.reverse,
          p.has("stable"),
          p.has("unique"),
          p.value("output"),
          end);
    }
    try {
      for (String n : names) {
        Input file = open(in, n);
        try {
          lines.addAll(file, end);
        } catch (VfsException e) {
          throw in.fail(2, "read failed: " + Quoting.ifNeededOrColon(n) + ": " + e.reason());
        } finally {
          file.close();
        }
      }
    } catch (IllegalStateException e) {
      throw in.fail(2, "memory exhausted");
    }
    if (!p.has("merge")) {
      lines.sort();
    }
    return write(in, p.value("output"), lines, p.has("merge"), p.has("unique"), end);
  }

  private static String choice(Invocation in, String option, String value, String... words) {
    return Choice.of(in, OPTIONS, option, value, words);
  }

  static Input open(Invocation in, String name) {
    try {
      return name.equals("-") ? in.stdin() : new Input(in.files().open(name), true);
    } catch (VfsException e) {
      throw in.fail(2, "cannot read: " + Quoting.ifNeededOrColon(name) + ": " + e.reason());
    }
  }

  static Output output(Invocation in, String name) {
    if (name == null) {
      return in.stdout();
    }
    try {
      return new Output(in.files().open(name, OpenFlags.REPLACE, 0666));
    } catch (VfsException e) {
      throw in.fail(2, "open failed: " + Quoting.ifNeededOrColon(name) + ": " + e.reason());
    }
  }

  private static int write(
      Invocation in, String name, SortLines lines, boolean asRead, boolean unique, byte end) {
    Output out = output(in, name);
    try {
      byte[] b = lines.bytes();
      int before = -1;
      for (int i = 0; i < lines.count(); i++) {
        int l = asRead ? i : lines.at(i);
        if (unique && before >= 0 && lines.compare(before, l) == 0) {
          continue;
        }
        before = l;
        out.write(b, lines.start(l), lines.end(l) - lines.start(l));
        out.write(end);
      }
      out.flush();
    } catch (Output.WriteError e) {
      throw in.fail(
          2,
          "write failed: "
              + (name == null ? "'standard output'" : Quoting.always(name))
              + ": "
              + e.reason().reason());
    } finally {
      if (name != null) {
        out.file().release();
      }
    }
    return 0;
  }

  private static int check(
      Invocation in, String name, SortLines lines, boolean unique, boolean quiet, byte end) {
    Input file = open(in, name);
    try {
      long n = 0;
      boolean has = false;
      ByteBuilder before = new ByteBuilder();
      while (file.nextLine(end)) {
        n++;
        lines.clear();
        if (has) {
          lines.add(before.array(), 0, before.length());
          lines.add(file.data, file.start, file.end);
          int r = lines.compare(0, 1);
          if (r > 0 || r == 0 && unique) {
            if (!quiet) {
              Output err = in.stderr();
              err.write(in.name() + ": " + name + ":" + n + ": disorder: ");
              err.write(file.data, file.start, file.end - file.start);
              err.write('\n');
              err.flush();
            }
            return 1;
          }
        }
        before.clear();
        before.append(file.data, file.start, file.end - file.start);
        has = true;
      }
    } catch (VfsException e) {
      throw in.fail(2, "read failed: " + Quoting.ifNeededOrColon(name) + ": " + e.reason());
    } finally {
      file.close();
    }
    return 0;
  }

  private static List<String> names(Invocation in, String list) {
    Input file;
    try {
      file = list.equals("-") ? in.stdin() : new Input(in.files().open(list), true);
    } catch (VfsException e) {
      throw in.fail(2, "open failed: " + Quoting.ifNeededOrColon(list) + ": " + e.reason());
    }
    List<String> names = new ArrayList<>();
    try {
      while (file.nextLine((byte) 0)) {
        String n = Utf8.decode(file.data, file.start, file.end - file.start);
        if (n.equals("-") && list.equals("-")) {
          throw in.fail(2, "when reading file names from stdin, no file name of '-' allowed");
        }
        if (n.isEmpty()) {
          throw in.fail(
              2,
              Quoting.ifNeededOrColon(list)
                  + ":"
                  + (names.size() + 1)
                  + ": invalid zero-length file name");
        }
        names.add(n);
      }
    } finally {
      file.close();
    }
    if (names.isEmpty()) {
      throw in.fail(2, "no input from " + Quoting.always(list));
    }
    return names;
  }

  private static int separator(Invocation in, String s) {
    byte[] b = Utf8.encode(s);
    if (b.length == 0) {
      throw in.fail(2, "empty tab");
    }
    if (b.length > 1) {
      if (s.equals("\\0")) {
        return 0;
      }
      throw in.fail(2, "multi-character tab " + Quoting.locale(s));
    }
    return b[0] & 0xff;
  }

  private static void size(Invocation in, String s) {
    String t = s.endsWith("%") && s.length() > 1 ? s.substring(0, s.length() - 1) : s;
    long n = SizeText.parse(t, "EgGkKmMPtTYZb");
    if (n == SizeText.BAD_SUFFIX) {
      int i = 0;
      while (i < s.length() && Character.isDigit(s.charAt(i))) {
        i++;
      }
      throw in.fail(2, "invalid suffix in -S argument " + Quoting.always(s));
    }
    if (n == SizeText.INVALID) {
      throw in.fail(2, "invalid -S argument " + Quoting.always(s));
    }
  }

  private static long salt(Invocation in, String name) {
    try {
      byte[] b = new byte[16];
      OpenFile f = in.files().open(name);
      int n = 0;
      try {
        while (n < 16) {
          int k = f.read(b, n, 16 - n);
          if (k < 0) {
            throw in.fail(2, Quoting.ifNeededOrColon(name) + ": end of file");
          }
          n += k;
        }
      } finally {
        f.release();
      }
      long h = 17;
      for (byte x : b) {
        h = h * 0x100000001b3L + x;
      }
      return h;
    } catch (VfsException e) {
      throw in.fail(2, "open failed: " + Quoting.ifNeededOrColon(name) + ": " + e.reason());
    }
  }

  private static SortKey key(Invocation in, String text) {
    SortKey k = new SortKey();
    int[] at = {0};
    k.startField = (int) number(in, text, at, "invalid number at field start") - 1;
    if (k.startField < 0) {
      throw bad(in, "field number is zero", text);
    }
    if (at[0] < text.length() && text.charAt(at[0]) == '.') {
      at[0]++;
      k.startChar = (int) number(in, text, at, "invalid number after '.'") - 1;
      if (k.startChar < 0) {
        throw bad(in, "character offset is zero", text);
      }
    }
    letters(k, text, at, 1);
    if (k.startField == 0 && k.startChar == 0) {
      k.startField = -1;
    }
    if (at[0] < text.length() && text.charAt(at[0]) == ',') {
      at[0]++;
      k.endField = (int) number(in, text, at, "invalid number after ','") - 1;
      if (k.endField < 0) {
        throw bad(in, "field number is zero", text);
      }
      if (at[0] < text.length() && text.charAt(at[0]) == '.') {
        at[0]++;
        k.endChar = (int) number(in, text, at, "invalid number after '.'");
      }
      letters(k, text, at, 2);
    }
    if (at[0] < text.length()) {
      throw bad(in, "stray character in field spec", text);
    }
    return k;
  }

  private static void letters(SortKey k, String text, int[] at, int where) {
    while (at[0] < text.length() && k.option(text.charAt(at[0]), where)) {
      at[0]++;
    }
  }

  private static Command.Exit bad(Invocation in, String what, String text) {
    return in.fail(2, what + ": invalid field specification " + Quoting.locale(text));
  }

  private static long number(Invocation in, String text, int[] at, String wrong) {
    int i = at[0];
    long v = 0;
    while (i < text.length() && Character.isDigit(text.charAt(i))) {
      v = Math.min(Integer.MAX_VALUE, v * 10 + text.charAt(i++) - '0');
    }
    if (i == at[0]) {
      throw in.fail(2, wrong + ": invalid count at start of " + Quoting.locale(text.substring(i)));
    }
    at[0] = i;
    return v;
  }

  /** {@code +POS1 [-POS2]}, counted from 0: the form before POSIX, become {@code -k}. */
  private static List<String> old(List<String> args) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String a = args.get(i);
      if (a.equals("--")) {
        out.addAll(args.subList(i, args.size()));
        break;
      }
      if (a.length() < 2 || a.charAt(0) != '+' || !Character.isDigit(a.charAt(1))) {
        out.add(a);
        continue;
      }
      String from = shifted(a.substring(1), 1);
      if (from == null) {
        out.add(a);
        continue;
      }
      String to = null;
      if (i + 1 < args.size()
          && args.get(i + 1).length() > 1
          && args.get(i + 1).charAt(0) == '-'
          && Character.isDigit(args.get(i + 1).charAt(1))) {
        to = shifted(args.get(i + 1).substring(1), 0);
      }
      if (to != null) {
        i++;
      }
      out.add("-k" + from + (to == null ? "" : "," + to));
    }
    return out;
  }

  /** A position counted from 0 as one counted from 1; {@code by} 0 for the end of a key. */
  private static String shifted(String s, int by) {
    int i = 0;
    while (i < s.length() && Character.isDigit(s.charAt(i))) {
      i++;
    }
    if (i > 9) {
      return null;
    }
    int field = Integer.parseInt(s.substring(0, i));
    int c = 0;
    if (i < s.length() && s.charAt(i) == '.') {
      int k = ++i;
      while (i < s.length() && Character.isDigit(s.charAt(i))) {
        i++;
      }
      c = i == k ? 0 : Integer.parseInt(s.substring(k, i));
    }
    String letters = s.substring(i);
    if (by == 1) {
      return field + 1 + "." + (c + 1) + letters;
    }
    return c == 0 ? (field == 0 ? null : field + letters) : field + 1 + "." + c + letters;
  }
}
