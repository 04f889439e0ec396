package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.Utf8;
import java.math.BigDecimal;

/** awk's printf: C's conversions, widths of text counted in characters. */
final class Formatter {
  private final Interpreter r;

  Formatter(Interpreter r) {
    this.r = r;
  }

  void format(ByteBuilder out, Expr[] items) {
    byte[] f = items[0].value(r).toBytes(r.convfmt);
    Value[] args = new Value[items.length - 1];
    for (int i = 0; i < args.length; i++) {
      args[i] = items[i + 1].value(r);
    }
    CFormat spec = new CFormat();
    int next = 0;
    for (int i = 0; i < f.length; ) {
      int percent = i;
      while (percent < f.length && f[percent] != '%') {
        percent++;
      }
      out.append(f, i, percent - i);
      if (percent == f.length) {
        break;
      }
      int from = percent + 1;
      int chosen = -1;
      int digits = from;
      int number = 0;
      while (digits < f.length && f[digits] >= '0' && f[digits] <= '9' && number < 100000) {
        number = number * 10 + f[digits++] - '0';
      }
      if (digits > from && digits < f.length && f[digits] == '$') {
        chosen = number - 1;
        from = digits + 1;
      }
      i = spec.parse(f, from, f.length);
      if (spec.conversion == '%') {
        out.append('%');
        continue;
      }
      if (spec.conversion == 0 || "diouxXeEfFgGaAcs".indexOf(spec.conversion) < 0) {
        // not a conversion: printed as it stands
        out.append(f, percent, i - percent);
        continue;
      }
      if (spec.width == CFormat.STAR) {
        spec.setWidth((long) need(args, next++, f, percent).number());
      }
      if (spec.precision == CFormat.STAR) {
        spec.setPrecision((long) need(args, next++, f, percent).number());
      }
      convert(out, spec, need(args, chosen >= 0 ? chosen : next++, f, percent));
    }
  }

  private Value need(Value[] args, int i, byte[] f, int percent) {
    if (i < args.length) {
      return args[i];
    }
    throw r.fatal(
        "not enough arguments to satisfy format string\n\t`"
            + Utf8.decode(f)
            + "'\n\t"
            + " ".repeat(percent + 1)
            + "^ ran out for this one");
  }

  private void convert(ByteBuilder out, CFormat spec, Value v) {
    switch (spec.conversion) {
      case 'd', 'i' -> integer(out, spec, v.number());
      case 'o', 'x', 'X', 'u' -> {
        double d = v.number();
        if (d != d || Double.isInfinite(d)) {
          special(out, spec, d);
        } else if (d >= 0x1p64) {
          integer(out, spec, d);
        } else {
          spec.unsigned(out, d >= 0x1p63 ? (long) (d - 0x1p63) ^ Long.MIN_VALUE : (long) d);
        }
      }
      case 'c' -> character(out, spec, v);
      case 's' -> text(out, spec, v.text(r.convfmt));
      default -> {
        double d = v.number();
        if (d != d || Double.isInfinite(d)) {
          special(out, spec, d);
        } else {
          spec.real(out, d);
        }
      }
    }
  }

  private void integer(ByteBuilder out, CFormat spec, double d) {
    if (d != d || Double.isInfinite(d)) {
      special(out, spec, d);
    } else if (d > -0x1p63 && d < 0x1p63) {
      spec.signed(out, (long) d);
    } else {
      spec.signed(out, new BigDecimal(d).toBigInteger());
    }
  }

  private void special(ByteBuilder out, CFormat spec, double d) {
    boolean negative = Double.doubleToRawLongBits(d) < 0;
    String word = (negative ? "-" : "+") + (d != d ? "nan" : "inf");
    byte[] b = Utf8.encode(word);
    spec.precision = CFormat.NONE;
    spec.bytes(out, b, 0, b.length);
  }

  private void character(ByteBuilder out, CFormat spec, Value v) {
    ByteBuilder c = new ByteBuilder(8);
    if (v.isNumeric() && !v.isUnset()) {
      long code = (long) v.number();
      if (!r.characters.single()
          && code >= 0
          && code <= 0x10FFFF
          && !(code >= 0xD800 && code < 0xE000)) {
        c.appendCodePoint((int) code);
      } else {
        c.append((int) code & 0xFF);
      }
    } else {
      v.text(r.convfmt);
      if (v.length() == 0) {
        c.append(0);
      } else {
        int end = v.offset() + v.length();
        c.append(v.bytes(), v.offset(), r.characters.size(v.bytes(), v.offset(), end));
      }
    }
    spec.precision = CFormat.NONE;
    padded(out, spec, c.array(), 0, c.length());
  }

  private void text(ByteBuilder out, CFormat spec, Value v) {
    int end = v.offset() + v.length();
    int to = end;
    if (spec.precision >= 0) {
      to = v.offset();
      for (int n = 0; n < spec.precision && to < end; n++) {
        to += r.characters.size(v.bytes(), to, end);
      }
    }
    padded(out, spec, v.bytes(), v.offset(), to);
  }

  private void padded(ByteBuilder out, CFormat spec, byte[] b, int from, int to) {
    int pad = spec.width > 0 ? spec.width - r.characters.count(b, from, to) : 0;
    if (!spec.left) {
      out.appendRepeated(' ', pad);
    }
    out.append(b, from, to - from);
    if (spec.left) {
      out.appendRepeated(' ', pad);
    }
  }
}
