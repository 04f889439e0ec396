package dev.qanat.shell.interp.builtin;

import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellTime;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.LongDouble;
import dev.qanat.text.Utf8;
import java.math.BigInteger;
import java.util.List;

/** {@code printf}, with bash's {@code %b %q %Q %(…)T} and {@code -v}. */
public final class PrintfBuiltin implements Builtin {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

  @Override
  public int run(Shell sh, List<String> args) {
    OptionScan o = new OptionScan(sh, args, "v:");
    String variable = null;
    for (int c = o.next(); c != -1; c = o.next()) {
      if (c == OptionScan.BAD) {
        return 2;
      }
      variable = o.argument;
      int bracket = variable.indexOf('[');
      if (!Expander.isName(bracket < 0 ? variable : variable.substring(0, bracket))
          || bracket >= 0 && !variable.endsWith("]")) {
        sh.complain("printf", "`" + variable + "': not a valid identifier");
        return 2;
      }
    }
    List<String> operands = o.operands();
    if (operands.isEmpty()) {
      return sh.usage("printf", null, HelpTexts.usage("printf"));
    }
    Run run = new Run(sh, operands, variable != null);
    run.all();
    if (variable != null) {
      sh.expander().assignReference(variable, Escapes.text(run.out));
    } else {
      Output out = sh.out();
      out.write(run.out.array(), 0, run.out.length());
    }
    return run.status;
  }

  /** One run over a format and its arguments. */
  private static final class Run {
    final Shell sh;
    final ByteBuilder out = new ByteBuilder();
    final String format;
    final List<String> args;
    final CFormat spec = new CFormat();
    int status;
    private int next;
    private boolean stopped;
    private final boolean toVariable;

    Run(Shell sh, List<String> operands, boolean toVariable) {
      this.toVariable = toVariable;
      this.sh = sh;
      this.format = operands.get(0);
      this.args = operands.subList(1, operands.size());
    }

    /** Says what is wrong, after what was printed so far. */
    private void complain(String message) {
      if (!toVariable) {
        // bash's standard output is buffered by lines
        int end = out.length();
        while (end > 0 && out.array()[end - 1] != '\n') {
          end--;
        }
        sh.out().write(out.array(), 0, end);
        out.removeFirst(end);
      }
      sh.complain("printf", message);
    }

    void all() {
      do {
        int before = next;
        if (!once() || stopped) {
          return;
        }
        if (next == before) {
          return;
        }
        Sched.checkpoint();
      } while (next < args.size());
    }

    private String arg() {
      return next < args.size() ? args.get(next++) : null;
    }

    /** Goes through the format once; false when it is to end. */
    private boolean once() {
      int n = format.length();
      int i = 0;
      while (i < n) {
        char c = format.charAt(i);
        if (c == '\\' && i + 1 < n) {
          if (format.charAt(i + 1) == 'c') {
            out.append('\\');
            out.append('c');
            i += 2;
          } else {
            char letter = format.charAt(i + 1);
            int after = Escapes.one(format, i + 1, out, false, true, sh.expander().isByteLocale());
            if (after == i + 2) {
              missingDigits(letter);
            }
            i = after;
          }
        } else if (c == '%') {
          if (i + 1 < n && format.charAt(i + 1) == '%') {
            out.append('%');
            i += 2;
            continue;
          }
          i = conversion(i);
          if (i < 0) {
            return false;
          }
          if (stopped) {
            return true;
          }
        } else {
          i = Escapes.plain(format, i, out);
        }
      }
      return true;
    }

    /** Does the conversion that starts at {@code %}; the index behind it, or -1 after an error. */
    private int conversion(int start) {
      int n = format.length();
      spec.reset();
      boolean tooWide = false;
      int i = start + 1;
      for (; i < n; i++) {
        char c = format.charAt(i);
        if (c == '-') {
          spec.left = true;
        } else if (c == '+') {
          spec.plus = true;
        } else if (c == ' ') {
          spec.space = true;
        } else if (c == '#') {
          spec.alternate = true;
        } else if (c == '0') {
          spec.zero = true;
        } else if (c == '\'') {
          spec.grouped = true;
        } else {
          break;
        }
      }
      if (i < n && format.charAt(i) == '*') {
        String a = arg();
        spec.setWidth(a == null ? 0 : integer(a));
        i++;
      } else if (i < n && digit(format.charAt(i))) {
        long w = 0;
        while (i < n && digit(format.charAt(i))) {
          w = Math.min(1L << 40, w * 10 + format.charAt(i++) - '0');
        }
        tooWide = w > Integer.MAX_VALUE;
        if (!tooWide) {
          spec.setWidth(w);
        }
      }
      if (i < n && format.charAt(i) == '.') {
        i++;
        if (i < n && format.charAt(i) == '*') {
          String a = arg();
          spec.setPrecision(a == null ? 0 : integer(a));
          i++;
        } else {
          boolean negative = i < n && format.charAt(i) == '-';
          if (negative) {
            i++;
          }
          long p = 0;
          while (i < n && digit(format.charAt(i))) {
            p = Math.min(1L << 40, p * 10 + format.charAt(i++) - '0');
          }
          tooWide |= p > Integer.MAX_VALUE;
          if (!tooWide) {
            spec.setPrecision(negative ? -1 : p);
          }
        }
      }
      while (i < n && "hlLjzt".indexOf(format.charAt(i)) >= 0) {
        i++;
      }
      if (i >= n) {
        complain("`" + format.substring(start) + "': missing format character");
        status = 1;
        return -1;
      }
      char c = format.charAt(i);
      if (c == '(') {
        return time(start, i);
      }
      spec.conversion = c;
      if (tooWide && "diouxXeEfFgGaA".indexOf(c) >= 0) {
        arg(); // printf(3) gives up, and nothing comes out
        return i + 1;
      }
      switch (c) {
        case 's', 'c', 'b', 'q', 'Q' -> text(c);
        case 'd', 'i' -> {
          String a = arg();
          spec.signed(out, a == null ? 0 : integer(a));
        }
        case 'o', 'u', 'x', 'X' -> {
          String a = arg();
          spec.unsigned(out, a == null ? 0 : integer(a));
        }
        case 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A' -> {
          String a = arg();
          real(a);
        }
        case 'n' -> {
          String a = arg();
          if (a != null && !a.isEmpty() && !Expander.isName(a)) {
            complain("`" + a + "': not a valid identifier");
            status = 1;
            return -1;
          }
          if (a != null && !a.isEmpty()) {
            sh.variables().set(a, String.valueOf(out.length()));
          }
        }
        default -> {
          complain("`" + c + "': invalid format character");
          status = 1;
          return -1;
        }
      }
      return i + 1;
    }

    private static boolean digit(char c) {
      return c >= '0' && c <= '9';
    }

    private void text(char c) {
      String a = arg();
      String s = a == null ? "" : a;
      switch (c) {
        case 'c' -> {
          byte[] b = Utf8.encode(s);
          spec.precision = CFormat.NONE;
          if (b.length == 0) {
            spec.bytes(out, new byte[] {0}, 0, a == null ? 0 : 0);
            if (a == null || s.isEmpty()) {
              // an empty argument still writes the NUL it ends with
              if (spec.width <= 1) {
                out.append(0);
              }
            }
          } else {
            spec.bytes(out, b, 0, 1);
          }
        }
        case 'b' -> {
          ByteBuilder b = new ByteBuilder();
          for (int i = s.indexOf('\\'); i >= 0 && i + 1 < s.length(); i = s.indexOf('\\', i + 2)) {
            if (i + 2 == s.length() || Character.digit(s.charAt(i + 2), 16) < 0) {
              missingDigits(s.charAt(i + 1));
            }
          }
          boolean stop = Escapes.printf(s, b, sh.expander().isByteLocale());
          spec.bytes(out, b.array(), 0, b.length());
          stopped = stop;
        }
        case 'q', 'Q' -> {
          if (c == 'Q' && spec.precision >= 0) {
            s = cut(s, spec.precision);
            spec.precision = CFormat.NONE;
          }
          byte[] b = Utf8.encode(Quoting.backslash(sh.expander().inLocale(s)));
          spec.bytes(out, b, 0, b.length);
        }
        default -> {
          byte[] b = Utf8.encode(s);
          spec.bytes(out, b, 0, b.length);
        }
      }
    }

    /** An escape that wants digits and has none. */
    private void missingDigits(char letter) {
      if (letter == 'x') {
        complain("missing hex digit for \\x");
      } else if (letter == 'u' || letter == 'U') {
        complain("missing unicode digit for \\" + letter);
      }
    }

    private static String cut(String s, int length) {
      return s.length() <= length ? s : s.substring(0, length);
    }

    private int time(int start, int paren) {
      int end = format.indexOf(')', paren);
      if (end < 0 || end + 1 >= format.length() || format.charAt(end + 1) != 'T') {
        char found = end < 0 || end + 1 >= format.length() ? 0 : format.charAt(end + 1);
        sh.complain("printf", "warning: `" + found + "': invalid time format specification");
        out.append('%');
        return start + 1;
      }
      String f = format.substring(paren + 1, end);
      if (f.isEmpty()) {
        f = "%X";
      }
      String a = arg();
      long seconds = a == null ? -1 : integer(a);
      if (seconds == -1) {
        seconds = Sched.get().realTimeNanos() / 1_000_000_000L;
      } else if (seconds == -2) {
        seconds = sh.startSeconds();
      }
      byte[] b = Utf8.encode(ShellTime.format(sh, f, seconds));
      if (b.length >= 128) {
        b = new byte[0]; // bash gives strftime(3) room for so much and no more
      }
      spec.conversion = 's';
      spec.bytes(out, b, 0, b.length);
      return end + 2;
    }

    private void invalid(String a) {
      complain(OptionScan.invalidNumber(a));
      status = 1;
    }

    private long quoted(String a) {
      if (a.length() == 1) {
        return 0;
      }
      int cp = sh.expander().inLocale(a).codePointAt(1);
      return Utf8.isEscapedByte(cp) ? cp - 0xDC00 : cp;
    }

    /** An integer as strtoimax(3) reads it; complains about what does not fit. */
    private long integer(String a) {
      if (!a.isEmpty() && (a.charAt(0) == '\'' || a.charAt(0) == '"')) {
        return quoted(a);
      }
      int i = 0;
      int n = a.length();
      while (i < n && (a.charAt(i) == ' ' || a.charAt(i) >= 9 && a.charAt(i) <= 13)) {
        i++;
      }
      boolean negative = false;
      if (i < n && (a.charAt(i) == '-' || a.charAt(i) == '+')) {
        negative = a.charAt(i++) == '-';
      }
      int base = 10;
      if (i + 2 < n + 0
          && a.charAt(i) == '0'
          && (a.charAt(i + 1) | 32) == 'x'
          && Character.digit(a.charAt(i + 2), 16) >= 0) {
        base = 16;
        i += 2;
      } else if (i < n && a.charAt(i) == '0') {
        base = 8;
      }
      int from = i;
      while (i < n && Character.digit(a.charAt(i), base) >= 0 && a.charAt(i) < 128) {
        i++;
      }
      long value = 0;
      if (i > from) {
        String digits = a.substring(from, i);
        if (digits.length() < 15) {
          value = Long.parseLong(digits, base);
          value = negative ? -value : value;
        } else {
          BigInteger big = new BigInteger(digits, base);
          boolean unsigned = spec.conversion != 'd' && spec.conversion != 'i';
          boolean overflow;
          if (unsigned) {
            // strtoumax negates what it read
            overflow = big.bitLength() > 64;
            value = overflow ? -1 : negative ? -big.longValue() : big.longValue();
          } else {
            big = negative ? big.negate() : big;
            overflow = big.compareTo(MAX) > 0 || big.compareTo(MIN) < 0;
            value = !overflow ? big.longValue() : negative ? Long.MIN_VALUE : Long.MAX_VALUE;
          }
          if (overflow) {
            complain("warning: " + a + ": Numerical result out of range");
          }
        }
      }
      if (i < n || from == n && n > 0 && i == from) {
        invalid(a);
      } else if (n == 0) {
        // an empty argument is 0, silently
        return 0;
      }
      return value;
    }

    private void real(String a) {
      if (a == null || a.isEmpty()) {
        spec.real(out, LongDouble.ZERO);
        return;
      }
      if (a.charAt(0) == '\'' || a.charAt(0) == '"') {
        spec.real(out, (double) quoted(a));
        return;
      }
      int from = 0;
      while (from < a.length() && a.charAt(from) <= ' ') {
        from++;
      }
      LongDouble.Parsed parsed = LongDouble.parse(a, from);
      if (parsed == null || parsed.end() <= from) {
        invalid(a);
        spec.real(out, LongDouble.ZERO);
        return;
      }
      if (parsed.end() < a.length()) {
        invalid(a);
      } else if (parsed.overflow()) {
        complain("warning: " + a + ": Numerical result out of range");
      }
      LongDouble v = parsed.value();
      spec.real(out, v);
    }
  }
}
