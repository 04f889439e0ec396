package dev.qanat.command.text;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** uniq: of equal lines in a row, one. */
public final class Uniq implements Command {
  private static final Options OPTIONS =
      Options.of("uniq")
          .usage("[OPTION]... [INPUT [OUTPUT]]")
          .about(
              "Filter adjacent matching lines from INPUT (or standard input),\n"
                  + "writing to OUTPUT (or standard output).\n\n"
                  + "With no options, matching lines are merged to the first occurrence.")
          .flag('c', "count", "prefix lines by the number of occurrences")
          .flag('d', "repeated", "only print duplicate lines, one for each group")
          .flag('D', null, "print all duplicate lines")
          .optional(
              (char) 0,
              "all-repeated",
              "METHOD",
              "like -D, but allow separating groups\n"
                  + "with an empty line;\n"
                  + "METHOD={none(default),prepend,separate}")
          .value('f', "skip-fields", "N", "avoid comparing the first N fields")
          .optional(
              (char) 0,
              "group",
              "METHOD",
              "show all items, separating groups with an empty line;\n"
                  + "METHOD={separate(default),prepend,append,both}")
          .flag('i', "ignore-case", "ignore differences in case when comparing")
          .value('s', "skip-chars", "N", "avoid comparing the first N characters")
          .flag('u', "unique", "only print unique lines")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline")
          .value('w', "check-chars", "N", "compare no more than N characters in lines");

  /** What is compared of each line. */
  private static final class View {
    long skipFields;
    long skipChars;
    long check = Long.MAX_VALUE;
    boolean fold;
  }

  @Override
  public int run(Invocation in) {
    List<String> args = new ArrayList<>();
    boolean plain = true;
    for (String a : in.args()) {
      plain &= !a.equals("--");
      if (plain
          && a.length() > 1
          && (a.charAt(0) == '-' || a.charAt(0) == '+')
          && digits(a.substring(1))) {
        args.add((a.charAt(0) == '-' ? "-f" : "-s") + a.substring(1));
      } else {
        args.add(a);
      }
    }
    Options.Parsed p = OPTIONS.parse(in, args);
    View v = new View();
    v.skipFields = number(in, p.value("skip-fields"), "invalid number of fields to skip");
    v.skipChars = number(in, p.value("skip-chars"), "invalid number of bytes to skip");
    if (p.has("check-chars")) {
      v.check = number(in, p.value("check-chars"), "invalid number of bytes to compare");
    }
    v.fold = p.has("ignore-case");
    String all = p.has("D") ? "none" : null;
    if (p.has("all-repeated")) {
      all =
          p.value("all-repeated") == null
              ? "none"
              : Choice.of(
                  in,
                  OPTIONS,
                  "--all-repeated",
                  p.value("all-repeated"),
                  "none",
                  "prepend",
                  "separate");
    }
    String group = null;
    if (p.has("group")) {
      group =
          p.value("group") == null
              ? "separate"
              : Choice.of(
                  in,
                  OPTIONS,
                  "--group",
                  p.value("group"),
                  "prepend",
                  "append",
                  "separate",
                  "both");
      if (p.has("count") || p.has("repeated") || all != null || p.has("unique")) {
        throw OPTIONS.usageError(in, "--group is mutually exclusive with -c/-d/-D/-u");
      }
    }
    if (all != null && p.has("count")) {
      throw OPTIONS.usageError(
          in, "printing all duplicated lines and repeat counts is meaningless");
    }
    if (p.operands().size() > 2) {
      throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(p.operands().get(2)));
    }
    String source = p.operands().isEmpty() ? "-" : p.operands().get(0);
    Input file = in.open(source);
    if (file == null) {
      return 1;
    }
    Output out = in.stdout();
    boolean toFile = p.operands().size() > 1 && !p.operands().get(1).equals("-");
    OpenFile target = null;
    try {
      if (toFile) {
        try {
          target = in.files().open(p.operands().get(1), OpenFlags.REPLACE, 0666);
        } catch (VfsException e) {
          in.error(p.operands().get(1), e);
          return 1;
        }
        out = new Output(target);
      }
      byte end = (byte) (p.has("zero-terminated") ? 0 : '\n');
      if (all != null || group != null) {
        groups(file, v, end, all, group, p.has("unique"), out);
      } else {
        filter(file, v, end, p.has("count"), p.has("repeated"), p.has("unique"), out);
      }
      out.flush();
    } catch (VfsException e) {
      in.error("error reading " + Quoting.always(source) + ": " + e.reason());
      return 1;
    } finally {
      file.close();
      if (target != null) {
        target.release();
      }
    }
    return 0;
  }

  private static boolean digits(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (!Character.isDigit(s.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static long number(Invocation in, String s, String wrong) {
    if (s == null) {
      return 0;
    }
    long n = SizeText.parse(s, "");
    if (n == SizeText.OVERFLOW) {
      return Long.MAX_VALUE;
    }
    if (n < 0) {
      throw in.fail(1, s + ": " + wrong);
    }
    return n;
  }

  private static int skip(byte[] b, int from, int to, View v) {
    int i = from;
    for (long k = v.skipFields; k > 0 && i < to; k--) {
      while (i < to && (b[i] == ' ' || b[i] == '\t')) {
        i++;
      }
      while (i < to && b[i] != ' ' && b[i] != '\t') {
        i++;
      }
    }
    return (int) Math.min(to, i + Math.min(v.skipChars, to - i));
  }

  private static boolean same(byte[] a, int af, int at, byte[] b, int bf, int bt, View v) {
    int i = skip(a, af, at, v);
    int j = skip(b, bf, bt, v);
    int n = (int) Math.min(v.check, at - i);
    int m = (int) Math.min(v.check, bt - j);
    if (n != m) {
      return false;
    }
    for (int k = 0; k < n; k++) {
      byte x = a[i + k];
      byte y = b[j + k];
      if (x != y && !(v.fold && lower(x) == lower(y))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  private static void filter(
      Input file, View v, byte end, boolean count, boolean repeated, boolean unique, Output out) {
    ByteBuilder held = new ByteBuilder();
    long n = 0;
    while (file.nextLine(end)) {
      if (n > 0 && same(held.array(), 0, held.length(), file.data, file.start, file.end, v)) {
        n++;
        continue;
      }
      if (n > 0) {
        print(held, n, count, repeated, unique, end, out);
      }
      held.clear();
      held.append(file.data, file.start, file.end - file.start);
      n = 1;
    }
    if (n > 0) {
      print(held, n, count, repeated, unique, end, out);
    }
  }

  private static void print(
      ByteBuilder line,
      long n,
      boolean count,
      boolean repeated,
      boolean unique,
      byte end,
      Output out) {
    if (n == 1 ? repeated : unique) {
      return;
    }
    if (count) {
      for (long k = 1_000_000; k > n && k > 1; k /= 10) {
        out.write(' ');
      }
      out.write(n);
      out.write(' ');
    }
    out.write(line.array(), 0, line.length());
    out.write(end);
  }

  private static void groups(
      Input file, View v, byte end, String all, String group, boolean unique, Output out) {
    ByteBuilder held = new ByteBuilder();
    boolean have = false;
    boolean printed = false; // a group was printed before
    boolean inGroup = false;
    while (file.nextLine(end)) {
      boolean same =
          have && same(held.array(), 0, held.length(), file.data, file.start, file.end, v);
      if (group != null) {
        if (!same) {
          if (have && (group.equals("append") || group.equals("both"))) {
            out.write(end);
          } else if (have && !group.equals("append")) {
            out.write(end);
          }
          if (!have && (group.equals("prepend") || group.equals("both"))) {
            out.write(end);
          }
        }
        out.write(file.data, file.start, file.end - file.start);
        out.write(end);
      } else if (same) {
        if (!inGroup) {
          if (all.equals("prepend") || all.equals("separate") && printed) {
            out.write(end);
          }
          if (!unique) {
            out.write(held.array(), 0, held.length());
            out.write(end);
          }
          printed = true;
          inGroup = true;
        }
        if (!unique) {
          out.write(file.data, file.start, file.end - file.start);
          out.write(end);
        }
      } else {
        inGroup = false;
      }
      if (!same) {
        held.clear();
        held.append(file.data, file.start, file.end - file.start);
      }
      have = true;
    }
    if (group != null && have && (group.equals("append") || group.equals("both"))) {
      out.write(end);
    }
  }
}
