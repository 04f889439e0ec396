package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.LongDouble;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import java.math.BigInteger;
import java.util.List;

/** printf, as a program of its own: arguments under the control of a format. */
public final class Printf implements Command {
  private static final Options OPTIONS =
      Options.of("printf")
          .usage("FORMAT [ARGUMENT]...\nOPTION")
          .about("Print ARGUMENT(s) according to FORMAT.");

  /** A run: the arguments left, what was written, and whether something was wrong. */
  private static final class State {
    final Invocation in;
    final List<String> args;
    final ByteBuilder out = new ByteBuilder();
    final CFormat spec = new CFormat();
    int next;
    int status;
    boolean stop;

    State(Invocation in, List<String> args) {
      this.in = in;
      this.args = args;
    }

    String take() {
      return next < args.size() ? args.get(next++) : null;
    }
  }

  @Override
  public int run(Invocation in) {
    List<String> args = in.args();
    if (args.size() == 1 && (args.get(0).equals("--help") || args.get(0).equals("--version"))) {
      OPTIONS.parse(in);
    }
    if (!args.isEmpty() && args.get(0).equals("--")) {
      args = args.subList(1, args.size());
    }
    if (args.isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    byte[] format = Utf8.encode(args.get(0));
    State s = new State(in, args.subList(1, args.size()));
    int before;
    try {
      do {
        Sched.checkpoint();
        before = s.next;
        pass(s, format);
        in.stdout().write(s.out.array(), 0, s.out.length());
        s.out.clear();
      } while (!s.stop && s.next > before && s.next < s.args.size());
    } catch (Command.Exit e) {
      in.stdout().write(s.out.array(), 0, s.out.length());
      throw e;
    }
    if (!s.stop && s.next < s.args.size()) {
      in.error(
          "warning: ignoring excess arguments, starting with "
              + Quoting.locale(s.args.get(s.next)));
    }
    return s.status;
  }

  private static void pass(State s, byte[] f) {
    for (int i = 0; i < f.length && !s.stop; i++) {
      if (f[i] == '\\') {
        i = escape(s, f, i, false);
      } else if (f[i] != '%') {
        s.out.append(f[i]);
      } else if (i + 1 < f.length && f[i + 1] == '%') {
        s.out.append('%');
        i++;
      } else {
        i = directive(s, f, i);
      }
    }
  }

  /** Writes the escape at a backslash; returns the position of its last byte. */
  private static int escape(State s, byte[] f, int at, boolean inArgument) {
    int i = at + 1;
    if (i >= f.length) {
      s.out.append('\\');
      return at;
    }
    int c = f[i];
    if (c == 'x') {
      int v = 0;
      int n = 0;
      while (n < 2 && i + 1 < f.length && Escapes.hex(f[i + 1]) >= 0) {
        v = v * 16 + Escapes.hex(f[++i]);
        n++;
      }
      if (n == 0) {
        throw fail(s, "missing hexadecimal number in escape");
      }
      s.out.append(v);
      return i;
    }
    if (c >= '0' && c <= '7') {
      int v = c - '0';
      int more = inArgument && c == '0' ? 3 : 2;
      while (more-- > 0 && i + 1 < f.length && f[i + 1] >= '0' && f[i + 1] <= '7') {
        v = v * 8 + f[++i] - '0';
      }
      s.out.append(v);
      return i;
    }
    int letter = c == '"' ? '"' : Escapes.letter(c);
    if (letter >= 0) {
      s.out.append(letter);
    } else if (c == 'c') {
      s.stop = true;
      return f.length;
    } else if (c == 'u' || c == 'U') {
      int v = 0;
      for (int k = c == 'u' ? 4 : 8; k > 0; k--) {
        if (i + 1 >= f.length || Escapes.hex(f[i + 1]) < 0) {
          throw fail(s, "missing hexadecimal number in escape");
        }
        v = v << 4 | Escapes.hex(f[++i]);
      }
      if (v >= 0xd800 && v <= 0xdfff || v < 0xa0 && v != '$' && v != '@' && v != '`') {
        throw fail(s, "invalid universal character name " + Utf8.decode(f, at, i + 1 - at));
      }
      s.out.appendCodePoint(v);
    } else {
      s.out.append('\\').append(c);
    }
    return i;
  }

  private static Command.Exit fail(State s, String message) {
    s.in.stdout().write(s.out.array(), 0, s.out.length());
    s.out.clear();
    return s.in.fail(1, message);
  }

  private static int directive(State s, byte[] f, int at) {
    int i = at + 1;
    if (i < f.length && (f[i] == 'b' || f[i] == 'q')) {
      String a = s.take();
      if (f[i] == 'b') {
        byte[] b = Utf8.encode(a == null ? "" : a);
        for (int k = 0; k < b.length && !s.stop; k++) {
          if (b[k] == '\\') {
            k = escape(s, b, k, true);
          } else {
            s.out.append(b[k]);
          }
        }
      } else {
        s.out.append(Quoting.ifNeeded(a == null ? "" : a));
      }
      return i;
    }
    CFormat c = s.spec;
    int end = c.parse(f, i, f.length);
    boolean valid = "diouxXeEfFgGaAcs".indexOf(c.conversion) >= 0 && c.conversion != 0;
    if (valid) {
      // flags and precision that make no sense with a conversion are errors
      boolean text = c.conversion == 'c' || c.conversion == 's';
      valid =
          !(c.alternate && (text || "diu".indexOf(c.conversion) >= 0))
              && !(c.zero && text)
              && !(c.grouped && (text || "oxXaAeE".indexOf(c.conversion) >= 0))
              && !(c.precision != CFormat.NONE && c.conversion == 'c');
    }
    if (!valid) {
      throw fail(
          s,
          Utf8.decode(f, at, Math.min(end, f.length) - at) + ": invalid conversion specification");
    }
    if (c.width == CFormat.STAR) {
      c.setWidth(star(s, "field width"));
    }
    if (c.precision == CFormat.STAR) {
      c.setPrecision(star(s, "precision"));
    }
    String a = s.take();
    switch (c.conversion) {
      case 's' -> {
        byte[] b = Utf8.encode(a == null ? "" : a);
        c.bytes(s.out, b, 0, b.length);
      }
      case 'c' -> {
        byte[] b = Utf8.encode(a == null ? "" : a);
        c.bytes(s.out, b, 0, Math.min(1, b.length));
      }
      case 'd', 'i' -> c.signed(s.out, integer(s, a, false));
      case 'o', 'u', 'x', 'X' -> c.unsigned(s.out, integer(s, a, true));
      default -> c.real(s.out, real(s, a));
    }
    return end - 1;
  }

  private static long star(State s, String what) {
    String a = s.take();
    if (a == null) {
      return 0;
    }
    long v = integer(s, a, false);
    if (v < Integer.MIN_VALUE || v > Integer.MAX_VALUE) {
      throw fail(s, "invalid " + what + ": " + Quoting.locale(a));
    }
    return v;
  }

  private static void wrong(State s, String message) {
    s.in.stdout().write(s.out.array(), 0, s.out.length());
    s.out.clear();
    s.in.error(message);
    s.status = 1;
  }

  /** As strtoimax or strtoumax with base 0; {@code 'c} is a character's code. */
  private static long integer(State s, String a, boolean unsigned) {
    if (a == null) {
      return 0;
    }
    if (a.length() > 1 && (a.charAt(0) == '\'' || a.charAt(0) == '"')) {
      return character(s, a);
    }
    int i = 0;
    while (i < a.length() && (a.charAt(i) == ' ' || a.charAt(i) >= 9 && a.charAt(i) <= 13)) {
      i++;
    }
    boolean negative = false;
    if (i < a.length() && (a.charAt(i) == '-' || a.charAt(i) == '+')) {
      negative = a.charAt(i++) == '-';
    }
    int base = 10;
    if (i < a.length() && a.charAt(i) == '0') {
      base = 8;
      if (i + 2 < a.length()
          && (a.charAt(i + 1) | 32) == 'x'
          && Escapes.hex(a.charAt(i + 2)) >= 0) {
        base = 16;
        i += 2;
      }
    }
    int start = i;
    BigInteger big = null;
    long v = 0;
    for (; i < a.length(); i++) {
      int d = a.charAt(i) < 128 ? Escapes.hex(a.charAt(i)) : -1;
      if (d < 0 || d >= base) {
        break;
      }
      if (big == null && v > (Long.MAX_VALUE >> 5)) {
        big = BigInteger.valueOf(v);
      }
      if (big != null) {
        big = big.multiply(BigInteger.valueOf(base)).add(BigInteger.valueOf(d));
      } else {
        v = v * base + d;
      }
    }
    if (i == start && a.isEmpty()) {
      return 0;
    }
    if (i == start) {
      wrong(s, Quoting.locale(a) + ": expected a numeric value");
      return 0;
    }
    long result = negative ? -v : v;
    if (big != null) {
      BigInteger limit =
          unsigned
              ? BigInteger.ONE.shiftLeft(64)
              : negative
                  ? BigInteger.ONE.shiftLeft(63).add(BigInteger.ONE)
                  : BigInteger.ONE.shiftLeft(63);
      if (big.compareTo(limit) >= 0) {
        wrong(s, Quoting.locale(a) + ": Numerical result out of range");
        return unsigned ? -1 : negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      result = negative ? big.negate().longValue() : big.longValue();
    }
    if (i < a.length()) {
      wrong(s, Quoting.locale(a) + ": value not completely converted");
    }
    return result;
  }

  private static long character(State s, String a) {
    int c = a.codePointAt(1);
    int end = 1 + Character.charCount(c);
    long v = Utf8.isEscapedByte(c) ? c - 0xdc00 : c;
    if (end < a.length() && s.in.env("POSIXLY_CORRECT") == null) {
      s.in.stdout().write(s.out.array(), 0, s.out.length());
      s.out.clear();
      s.in.error(
          "warning: "
              + a.substring(end)
              + ": character(s) following character constant have been ignored");
    }
    return v;
  }

  private static LongDouble real(State s, String a) {
    if (a == null) {
      return LongDouble.ZERO;
    }
    if (a.length() > 1 && (a.charAt(0) == '\'' || a.charAt(0) == '"')) {
      return LongDouble.valueOf(character(s, a));
    }
    int i = 0;
    while (i < a.length() && (a.charAt(i) == ' ' || a.charAt(i) >= 9 && a.charAt(i) <= 13)) {
      i++;
    }
    LongDouble.Parsed n = LongDouble.parse(a, i);
    if (n.end() == i && a.isEmpty()) {
      return LongDouble.ZERO;
    }
    if (n.end() == i) {
      wrong(s, Quoting.locale(a) + ": expected a numeric value");
      return LongDouble.ZERO;
    }
    if (n.overflow()) {
      wrong(s, Quoting.locale(a) + ": Numerical result out of range");
    } else if (n.end() < a.length()) {
      wrong(s, Quoting.locale(a) + ": value not completely converted");
    }
    return n.value();
  }
}
