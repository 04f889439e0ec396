package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.LongDouble;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import java.math.BigDecimal;
import java.util.List;

/** seq: numbers in steps. */
public final class Seq implements Command {
  private static final Options OPTIONS =
      Options.of("seq")
          .usage("[OPTION]... LAST\n[OPTION]... FIRST LAST\n[OPTION]... FIRST INCREMENT LAST")
          .about("Print numbers from FIRST to LAST, in steps of INCREMENT.")
          .value('f', "format", "FORMAT", "use printf style floating-point FORMAT")
          .value('s', "separator", "STRING", "use STRING to separate numbers (default: \\n)")
          .flag('w', "equal-width", "equalize width by padding with leading zeroes")
          .negativeNumbersAreOperands()
          .stopAtOperand();

  /** A number as it was written: what its own form asks of the output. */
  private record Operand(BigDecimal value, int precision, int width, int infinite) {}

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    List<String> args = p.operands();
    if (args.isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    if (args.size() > 3) {
      throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(args.get(3)));
    }
    String format = p.value("format");
    String before = "";
    String after = "";
    CFormat f = null;
    if (format != null) {
      int[] at = new int[2];
      f = format(in, format, at);
      before = format.substring(0, at[0]).replace("%%", "%");
      after = format.substring(at[1]).replace("%%", "%");
      if (p.has("equal-width")) {
        throw OPTIONS.usageError(
            in, "format string may not be specified when printing equal width strings");
      }
    }
    Operand first = new Operand(BigDecimal.ONE, 0, 1, 0);
    Operand step = first;
    Operand last;
    if (args.size() == 1) {
      last = operand(in, args.get(0));
    } else {
      first = operand(in, args.get(0));
      if (args.size() == 3) {
        step = operand(in, args.get(1));
        if (step.infinite == 0 && step.value.signum() == 0) {
          throw OPTIONS.usageError(
              in, "invalid Zero increment value: " + Quoting.locale(args.get(1)));
        }
      }
      last = operand(in, args.get(args.size() - 1));
    }
    byte[] separator = Utf8.encode(p.has("separator") ? p.value("separator") : "\n");
    print(in.stdout(), first, step, last, p.has("equal-width"), f, before, after, separator);
    return 0;
  }

  private static Operand operand(Invocation in, String s) {
    int i = 0;
    while (i < s.length() && (s.charAt(i) == ' ' || s.charAt(i) == '\t' || s.charAt(i) == '\n')) {
      i++;
    }
    String t = s.substring(i);
    LongDouble.Parsed n = LongDouble.parse(t, 0);
    if (n.end() == 0 || n.end() != t.length()) {
      throw OPTIONS.usageError(in, "invalid floating point argument: " + Quoting.locale(s));
    }
    if (n.value().isNaN()) {
      throw OPTIONS.usageError(
          in, "invalid " + Quoting.locale("not-a-number") + " argument: " + Quoting.locale(s));
    }
    if (t.startsWith("+")) {
      t = t.substring(1);
    }
    if (n.value().isInfinite()) {
      return new Operand(BigDecimal.ZERO, 0, t.length(), n.value().isNegative() ? -1 : 1);
    }
    boolean hex = t.indexOf('x') >= 0 || t.indexOf('X') >= 0;
    if (hex) {
      boolean integer = t.indexOf('.') < 0 && t.indexOf('p') < 0 && t.indexOf('P') < 0;
      return new Operand(n.value().toBigDecimal(), integer ? 0 : -1, t.length(), 0);
    }
    BigDecimal v =
        new BigDecimal(t.endsWith(".") ? t + "0" : t.replace(".e", ".0e").replace(".E", ".0E"));
    int dot = t.indexOf('.');
    int e = Math.max(t.indexOf('e'), t.indexOf('E'));
    int fraction = dot < 0 ? 0 : (e < 0 ? t.length() : e) - dot - 1;
    int width = t.length();
    if (dot >= 0) {
      if (fraction == 0) {
        width--;
      } else if (dot == 0 || !Character.isDigit(t.charAt(dot - 1))) {
        width++;
      }
    }
    int precision = fraction;
    if (e >= 0) {
      int exponent =
          (int)
              Math.max(
                  -10000,
                  Math.min(
                      10000, Long.parseLong(t.substring(t.charAt(e + 1) == '+' ? e + 2 : e + 1))));
      precision = Math.max(0, precision - exponent);
      width -= t.length() - e;
      if (exponent < 0) {
        width += dot < 0 || fraction == 0 ? (precision > 0 ? 1 : 0) : 0;
        width += -exponent - (0);
      } else {
        if (dot >= 0 && precision == 0 && fraction != 0) {
          width--;
        }
        width += exponent - Math.min(fraction, exponent);
      }
    }
    return new Operand(v, precision, width, 0);
  }

  private static CFormat format(Invocation in, String s, int[] at) {
    int i = 0;
    while (true) {
      if (i >= s.length()) {
        throw in.fail(1, "format " + Quoting.locale(s) + " has no % directive");
      }
      if (s.charAt(i) == '%') {
        if (i + 1 < s.length() && s.charAt(i + 1) == '%') {
          i++;
        } else {
          break;
        }
      }
      i++;
    }
    at[0] = i++;
    while (i < s.length() && "-+#0 '".indexOf(s.charAt(i)) >= 0) {
      i++;
    }
    while (i < s.length() && Character.isDigit(s.charAt(i))) {
      i++;
    }
    if (i < s.length() && s.charAt(i) == '.') {
      i++;
      while (i < s.length() && Character.isDigit(s.charAt(i))) {
        i++;
      }
    }
    if (i < s.length() && s.charAt(i) == 'L') {
      i++;
    }
    if (i >= s.length()) {
      throw in.fail(1, "format " + Quoting.locale(s) + " ends in %");
    }
    if ("efgaEFGA".indexOf(s.charAt(i)) < 0) {
      throw in.fail(
          1, "format " + Quoting.locale(s) + " has unknown %" + s.charAt(i) + " directive");
    }
    at[1] = i + 1;
    for (int k = i + 1; k < s.length(); k++) {
      if (s.charAt(k) == '%') {
        if (k + 1 < s.length() && s.charAt(k + 1) == '%') {
          k++;
        } else {
          throw in.fail(1, "format " + Quoting.locale(s) + " has too many % directives");
        }
      }
    }
    return CFormat.of(s.substring(at[0], at[1]));
  }

  private static void print(
      Output out,
      Operand first,
      Operand step,
      Operand last,
      boolean equal,
      CFormat f,
      String before,
      String after,
      byte[] separator) {
    if (step.infinite != 0 || first.infinite != 0) {
      return;
    }
    boolean up = step.value.signum() > 0;
    if (last.infinite < 0 && up || last.infinite > 0 && !up) {
      return;
    }
    int places =
        first.precision < 0 || step.precision < 0 ? -1 : Math.max(first.precision, step.precision);
    if (places < 0 && f == null) {
      f = CFormat.of("%Lg");
    }
    boolean endless = last.infinite != 0;
    if (f == null
        && fits(first.value, places)
        && fits(step.value, places)
        && (endless || fits(last.value, places))) {
      int width = equal ? width(first, last, places) : 0;
      long a = scaled(first.value, places);
      long d = scaled(step.value, places);
      // what lies beyond the last place of the end cannot be reached
      long z =
          endless
              ? (up ? Long.MAX_VALUE / 2 : Long.MIN_VALUE / 2)
              : floorScaled(last.value, places, up);
      fast(out, a, d, z, places, width, separator);
      return;
    }
    general(
        out,
        first.value,
        step.value,
        endless ? null : last.value,
        up,
        places,
        equal ? width(first, last, Math.max(0, places)) : 0,
        f,
        before,
        after,
        separator);
  }

  private static boolean fits(BigDecimal v, int places) {
    return places <= 9
        && v.abs().compareTo(BigDecimal.valueOf(1_000_000_000_000_000L >> 3)) < 0
        && (places == 0 || v.abs().compareTo(BigDecimal.valueOf(1_000_000_000L)) < 0);
  }

  private static long scaled(BigDecimal v, int places) {
    return v.setScale(places, java.math.RoundingMode.HALF_EVEN).unscaledValue().longValue();
  }

  private static long floorScaled(BigDecimal v, int places, boolean up) {
    return v.setScale(places, up ? java.math.RoundingMode.FLOOR : java.math.RoundingMode.CEILING)
        .unscaledValue()
        .longValue();
  }

  private static int width(Operand first, Operand last, int places) {
    int a = first.width + (places - first.precision);
    int b = last.width + (places - last.precision);
    if (places > 0 && last.precision == 0) {
      b++;
    }
    if (last.precision > 0 && places == 0) {
      b--;
    }
    if (places > 0 && first.precision == 0) {
      a++;
    }
    return Math.max(a, b);
  }

  private static void fast(
      Output out, long a, long d, long z, int places, int width, byte[] separator) {
    if (d > 0 ? a > z : a < z) {
      return;
    }
    byte[] digits = new byte[40];
    int steps = 0;
    for (long v = a; ; v += d) {
      if ((steps++ & 255) == 0) {
        Sched.checkpoint();
      }
      if (v != a) {
        out.write(separator, 0, separator.length);
      }
      long m = Math.abs(v);
      int at = 40;
      for (int i = 0; i < places; i++) {
        digits[--at] = (byte) ('0' + m % 10);
        m /= 10;
      }
      if (places > 0) {
        digits[--at] = '.';
      }
      do {
        digits[--at] = (byte) ('0' + m % 10);
        m /= 10;
      } while (m != 0);
      int pad = width - (40 - at) - (v < 0 ? 1 : 0);
      if (v < 0) {
        out.write('-');
      }
      for (; pad > 0; pad--) {
        out.write('0');
      }
      out.write(digits, at, 40 - at);
      if (d > 0 ? v > z - d : v < z - d) {
        break;
      }
    }
    out.write('\n');
  }

  private static void general(
      Output out,
      BigDecimal a,
      BigDecimal d,
      BigDecimal z,
      boolean up,
      int places,
      int width,
      CFormat f,
      String before,
      String after,
      byte[] separator) {
    BigDecimal v = a;
    boolean any = false;
    ByteBuilder line = new ByteBuilder();
    while (z == null || (up ? v.compareTo(z) <= 0 : v.compareTo(z) >= 0)) {
      Sched.checkpoint();
      if (any) {
        out.write(separator, 0, separator.length);
      }
      any = true;
      if (f == null) {
        String s = v.setScale(places, java.math.RoundingMode.HALF_EVEN).toPlainString();
        boolean negative = s.startsWith("-");
        out.write(
            negative
                ? "-" + "0".repeat(Math.max(0, width - s.length())) + s.substring(1)
                : "0".repeat(Math.max(0, width - s.length())) + s);
      } else {
        line.clear();
        f.real(line, LongDouble.parse(v.toString(), 0).value());
        out.write(before);
        out.write(line.array(), 0, line.length());
        out.write(after);
      }
      v = v.add(d);
    }
    if (any) {
      out.write('\n');
    }
  }
}
