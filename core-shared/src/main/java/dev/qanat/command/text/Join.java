package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteOrder;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** join: lines of two sorted files with the same key, side by side. */
public final class Join implements Command {
  private static final Options OPTIONS =
      Options.of("join")
          .usage("[OPTION]... FILE1 FILE2")
          .about(
              "For each pair of input lines with identical join fields, write a line to\nstandard output.  The default join field is the first, delimited by blanks.\n\nWhen FILE1 or FILE2 (not both) is -, read standard input.")
          .value(
              'a',
              null,
              "FILENUM",
              "also print unpairable lines from file FILENUM, where\nFILENUM is 1 or 2, corresponding to FILE1 or FILE2")
          .value('e', null, "STRING", "replace missing (empty) input fields with STRING")
          .flag('i', "ignore-case", "ignore differences in case when comparing fields")
          .value('j', null, "FIELD", "equivalent to '-1 FIELD -2 FIELD'")
          .value('o', null, "FORMAT", "obey FORMAT while constructing output line")
          .value('t', null, "CHAR", "use CHAR as input and output field separator")
          .value('v', null, "FILENUM", "like -a FILENUM, but suppress joined output lines")
          .value('1', null, "FIELD", "join on this FIELD of file 1")
          .value('2', null, "FIELD", "join on this FIELD of file 2")
          .flag(
              (char) 0,
              "check-order",
              "check that the input is correctly sorted, even\nif all input lines are pairable")
          .flag((char) 0, "nocheck-order", "do not check that the input is correctly sorted")
          .flag(
              (char) 0,
              "header",
              "treat the first line in each file as field headers,\nprint them without trying to pair them")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline");

  /** What one run was asked for. */
  private static final class Run {
    Invocation in;
    int tab = -1; // -1 blanks, -2 the whole line
    int[] key = {0, 0};
    boolean[] unpaired = new boolean[2];
    boolean paired = true;
    boolean fold;
    String empty;
    int[] output; // pairs of file (0: the key) and field
    boolean auto;
    int[] autoCount = new int[2];
    int check = 1;
    byte end = '\n';
    boolean complained;
    boolean unpairableSeen;
  }

  /** One file: its line, taken apart, and the one before. */
  private static final class Side {
    final Run r;
    final Input file;
    final int number;
    final String name;
    List<byte[]> fields;
    List<byte[]> last;
    byte[] lastLine;
    long line;
    boolean warned;

    Side(Run r, Input file, int number, String name) {
      this.r = r;
      this.file = file;
      this.number = number;
      this.name = name;
    }

    /** The next line's fields; null at the end. */
    List<byte[]> next(boolean checked) {
      if (!file.nextLine(r.end)) {
        fields = null;
        return null;
      }
      line++;
      List<byte[]> f = split(r, file.data, file.start, file.end);
      if (checked
          && last != null
          && r.check > 0
          && (r.check == 2 || r.unpairableSeen)
          && !warned
          && compare(r, key(last), key(f)) > 0) {
        String text = Utf8.decode(file.data, file.start, file.end - file.start);
        r.in.error(name + ":" + line + ": is not sorted: " + text);
        if (r.check == 2) {
          throw new Command.Exit(1);
        }
        warned = true;
        r.complained = true;
      }
      last = f;
      fields = f;
      return f;
    }

    byte[] key(List<byte[]> f) {
      int k = r.key[number];
      return k < f.size() ? f.get(k) : new byte[0];
    }
  }

  private static List<byte[]> split(Run r, byte[] b, int from, int to) {
    List<byte[]> out = new ArrayList<>();
    if (from == to && r.tab != -2) {
      return out;
    }
    if (r.tab == -2) {
      out.add(Arrays.copyOfRange(b, from, to));
      return out;
    }
    int i = from;
    if (r.tab >= 0) {
      while (true) {
        int e = i;
        while (e < to && b[e] != (byte) r.tab) {
          e++;
        }
        out.add(Arrays.copyOfRange(b, i, e));
        if (e >= to) {
          return out;
        }
        i = e + 1;
      }
    }
    while (i < to && (b[i] == ' ' || b[i] == '\t')) {
      i++;
    }
    while (i < to) {
      int e = i;
      while (e < to && b[e] != ' ' && b[e] != '\t') {
        e++;
      }
      out.add(Arrays.copyOfRange(b, i, e));
      i = e;
      boolean gap = false;
      while (i < to && (b[i] == ' ' || b[i] == '\t')) {
        i++;
        gap = true;
      }
      if (i >= to && gap) {
        out.add(new byte[0]);
      }
    }
    return out;
  }

  private static int compare(Run r, byte[] a, byte[] b) {
    if (!r.fold) {
      return ByteOrder.compare(a, b);
    }
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int x = a[i] >= 'A' && a[i] <= 'Z' ? a[i] + 32 : a[i] & 255;
      int y = b[i] >= 'A' && b[i] <= 'Z' ? b[i] + 32 : b[i] & 255;
      if (x != y) {
        return x - y;
      }
    }
    return a.length - b.length;
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    Run r = new Run();
    r.in = in;
    r.fold = p.has("ignore-case");
    r.empty = p.value("e");
    r.end = (byte) (p.has("zero-terminated") ? 0 : '\n');
    r.check = p.has("check-order") ? 2 : p.has("nocheck-order") ? 0 : 1;
    int[] key = {-1, -1};
    List<Integer> output = new ArrayList<>();
    List<String> operands = new ArrayList<>(p.operands());
    for (Options.Given g : p.options()) {
      switch (g.id()) {
        case "a", "v" -> {
          long n = SizeText.parse(g.value(), "");
          if (n != 1 && n != 2) {
            throw in.fail(1, "invalid field number: " + Quoting.locale(g.value()));
          }
          r.unpaired[(int) n - 1] = true;
          if (g.is("v")) {
            r.paired = false;
          }
        }
        case "j", "1", "2" -> {
          int f = field(in, g.value());
          for (int k = 0; k < 2; k++) {
            if (g.is("j") || g.is(String.valueOf(k + 1))) {
              if (key[k] >= 0 && key[k] != f) {
                throw in.fail(1, "incompatible join fields " + (key[k] + 1) + ", " + (f + 1));
              }
              key[k] = f;
            }
          }
        }
        case "o" -> {
          if (g.value().equals("auto")) {
            r.auto = true;
          } else {
            format(in, g.value(), output);
          }
        }
        case "t" -> {
          byte[] b = Utf8.encode(g.value());
          int t = b.length == 0 ? -2 : g.value().equals("\\0") ? 0 : b[0] & 255;
          if (b.length > 1 && t != 0) {
            throw in.fail(1, "multi-character tab " + Quoting.locale(g.value()));
          }
          r.tab = t;
        }
        default -> {}
      }
    }
    // -o 1.1 2.2 as separate arguments
    while (operands.size() > 2 && p.has("o") && operands.get(0).matches("0|[12]\\.[0-9]+")) {
      format(in, operands.remove(0), output);
    }
    if (operands.size() < 2) {
      throw operands.isEmpty()
          ? OPTIONS.usageError(in, "missing operand")
          : OPTIONS.usageError(in, "missing operand after " + Quoting.locale(operands.get(0)));
    }
    if (operands.size() > 2) {
      throw OPTIONS.usageError(in, "extra operand " + Quoting.always(operands.get(2)));
    }
    r.key[0] = Math.max(0, key[0]);
    r.key[1] = Math.max(0, key[1]);
    if (!output.isEmpty()) {
      r.output = new int[output.size()];
      for (int i = 0; i < r.output.length; i++) {
        r.output[i] = output.get(i);
      }
    }
    if (operands.get(0).equals("-") && operands.get(1).equals("-")) {
      throw in.fail(1, "both files cannot be standard input: No such file or directory");
    }
    Input a = in.open(operands.get(0));
    if (a == null) {
      return 1;
    }
    Input b = in.open(operands.get(1));
    if (b == null) {
      a.close();
      return 1;
    }
    try {
      join(
          r,
          new Side(r, a, 0, operands.get(0)),
          new Side(r, b, 1, operands.get(1)),
          p.has("header"));
    } catch (VfsException e) {
      in.error("read error: " + e.reason());
      return 1;
    } finally {
      a.close();
      b.close();
    }
    if (r.complained) {
      in.error("input is not in sorted order");
      return 1;
    }
    return 0;
  }

  private static int field(Invocation in, String s) {
    long n = SizeText.parse(s, "");
    if (n == SizeText.OVERFLOW) {
      return Integer.MAX_VALUE - 1;
    }
    if (n <= 0) {
      throw in.fail(1, "invalid field number: " + Quoting.locale(s));
    }
    return (int) Math.min(n - 1, Integer.MAX_VALUE - 1);
  }

  private static void format(Invocation in, String s, List<Integer> out) {
    for (String f : s.split("[, \t]+")) {
      if (f.isEmpty()) {
        continue;
      }
      if (f.equals("0")) {
        out.add(0);
        out.add(0);
      } else if ((f.startsWith("1.") || f.startsWith("2.")) && f.length() > 2) {
        out.add(f.charAt(0) - '0');
        out.add(field(in, f.substring(2)));
      } else {
        throw in.fail(
            1,
            f.startsWith("1") || f.startsWith("2") || f.startsWith("0")
                ? "invalid field specifier: " + Quoting.locale(f)
                : "invalid file number in field spec: " + Quoting.locale(f));
      }
    }
  }

  private static void join(Run r, Side a, Side b, boolean header) {
    List<byte[]> x = a.next(!header);
    List<byte[]> y = b.next(!header);
    if (r.auto) {
      r.autoCount[0] = x == null ? 0 : x.size();
      r.autoCount[1] = y == null ? 0 : y.size();
    }
    if (header && (x != null || y != null)) {
      print(r, x, y, a, b);
      if (x != null) {
        a.last = null;
        x = a.next(true);
      }
      if (y != null) {
        b.last = null;
        y = b.next(true);
      }
    }
    while (x != null && y != null) {
      int c = compare(r, a.key(x), b.key(y));
      if (c < 0) {
        r.unpairableSeen = true;
        if (r.unpaired[0]) {
          print(r, x, null, a, b);
        }
        x = a.next(true);
        continue;
      }
      if (c > 0) {
        r.unpairableSeen = true;
        if (r.unpaired[1]) {
          print(r, null, y, a, b);
        }
        y = b.next(true);
        continue;
      }
      List<List<byte[]>> xs = new ArrayList<>();
      List<List<byte[]>> ys = new ArrayList<>();
      byte[] k = a.key(x);
      while (x != null && compare(r, a.key(x), k) == 0) {
        xs.add(x);
        x = a.next(true);
      }
      while (y != null && compare(r, b.key(y), k) == 0) {
        ys.add(y);
        y = b.next(true);
      }
      if (r.paired) {
        for (List<byte[]> i : xs) {
          for (List<byte[]> j : ys) {
            print(r, i, j, a, b);
          }
          Sched.checkpoint();
        }
      }
    }
    boolean checks = r.check > 0;
    if (x != null && (r.unpaired[0] || checks)) {
      r.unpairableSeen |= true;
      while (x != null) {
        if (r.unpaired[0]) {
          print(r, x, null, a, b);
        }
        x = a.next(true);
      }
    }
    if (y != null && (r.unpaired[1] || checks)) {
      r.unpairableSeen |= true;
      while (y != null) {
        if (r.unpaired[1]) {
          print(r, null, y, a, b);
        }
        y = b.next(true);
      }
    }
  }

  private static void print(Run r, List<byte[]> x, List<byte[]> y, Side a, Side b) {
    Output out = r.in.stdout();
    int separator = r.tab >= 0 ? r.tab : ' ';
    byte[] key = x != null ? a.key(x) : b.key(y);
    if (r.output != null) {
      for (int i = 0; i < r.output.length; i += 2) {
        if (i > 0) {
          out.write(separator);
        }
        if (r.output[i] == 0) {
          field(r, out, key);
        } else {
          List<byte[]> f = r.output[i] == 1 ? x : y;
          field(r, out, f != null && r.output[i + 1] < f.size() ? f.get(r.output[i + 1]) : null);
        }
      }
    } else {
      field(r, out, key);
      rest(r, out, x, r.key[0], separator, r.autoCount[0]);
      rest(r, out, y, r.key[1], separator, r.autoCount[1]);
    }
    out.write(r.end);
  }

  private static void rest(Run r, Output out, List<byte[]> f, int key, int separator, int auto) {
    int n = r.auto ? auto : f == null ? 0 : f.size();
    for (int i = 0; i < n; i++) {
      if (i != key) {
        out.write(separator);
        field(r, out, f != null && i < f.size() ? f.get(i) : null);
      }
    }
  }

  private static void field(Run r, Output out, byte[] f) {
    if ((f == null || f.length == 0) && r.empty != null) {
      out.write(r.empty);
    } else if (f != null) {
      out.write(f);
    }
  }
}
