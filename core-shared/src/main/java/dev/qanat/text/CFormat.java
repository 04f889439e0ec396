package dev.qanat.text;

import dev.qanat.sched.Memory;
import java.math.BigInteger;

/**
 * C's printf conversions, byte for byte as glibc writes them in the C.UTF-8 locale: integers of 64
 * bits, doubles and long doubles rounded exactly, bytes. One instance is one conversion
 * specification ({@code %-08.3f}); {@link #format} serves code that has Java values at hand.
 */
public final class CFormat {
  /** A width or precision written as {@code *}: the caller takes it from the arguments. */
  public static final int STAR = -2;

  /** No width, or no precision. */
  public static final int NONE = -1;

  private static final byte[] LOWER = ascii("0123456789abcdef");
  private static final byte[] UPPER = ascii("0123456789ABCDEF");

  /** {@code -}: to the left of its field. */
  public boolean left;

  /** {@code +}: a sign before positive numbers. */
  public boolean plus;

  /** A space before positive numbers. */
  public boolean space;

  /** {@code #}: the other form. */
  public boolean alternate;

  /** {@code 0}: padded with zeros. */
  public boolean zero;

  /** {@code '}: digits in groups. The C locale has no grouping, so it changes nothing. */
  public boolean grouped;

  /** Columns at least, or {@link #NONE} or {@link #STAR}. */
  public int width;

  /** Digits or bytes, or {@link #NONE} or {@link #STAR}. */
  public int precision;

  /** The conversion's letter; 0 when the format ended before it. */
  public int conversion;

  private final DecimalDigits digits = new DecimalDigits();
  private final ByteBuilder scratch = new ByteBuilder();

  public CFormat() {
    reset();
  }

  /** A specification such as {@code %.6g} that was written by a programmer. */
  public static CFormat of(String specification) {
    CFormat f = new CFormat();
    f.parse(ascii(specification), 1, specification.length());
    return f;
  }

  /** Back to a bare {@code %}. */
  public void reset() {
    left = false;
    plus = false;
    space = false;
    alternate = false;
    zero = false;
    grouped = false;
    width = NONE;
    precision = NONE;
    conversion = 0;
  }

  /**
   * Reads flags, width, precision, length modifiers (which are dropped) and the conversion's letter
   * from the bytes after a {@code %}. Returns the position after the letter; at the end of the
   * format {@link #conversion} is 0.
   */
  public int parse(byte[] f, int from, int to) {
    reset();
    int i = from;
    while (i < to && flag(f[i])) {
      i++;
    }
    if (i < to && f[i] == '*') {
      width = STAR;
      i++;
    } else {
      for (; i < to && f[i] >= '0' && f[i] <= '9'; i++) {
        width = checked(Math.max(width, 0) * 10L + f[i] - '0');
      }
    }
    if (i < to && f[i] == '.') {
      i++;
      if (i < to && f[i] == '*') {
        precision = STAR;
        i++;
      } else {
        precision = 0;
        for (; i < to && f[i] >= '0' && f[i] <= '9'; i++) {
          precision = checked(precision * 10L + f[i] - '0');
        }
      }
    }
    while (i < to
        && (f[i] == 'l'
            || f[i] == 'h'
            || f[i] == 'L'
            || f[i] == 'q'
            || f[i] == 'j'
            || f[i] == 'z'
            || f[i] == 't')) {
      i++;
    }
    if (i < to) {
      conversion = f[i++];
    }
    return i;
  }

  private static int checked(long size) {
    Memory.text("field width or precision", size);
    return (int) size;
  }

  private boolean flag(byte b) {
    switch (b) {
      case '-' -> left = true;
      case '+' -> plus = true;
      case ' ' -> space = true;
      case '#' -> alternate = true;
      case '0' -> zero = true;
      case '\'' -> grouped = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Sets the width given for a {@code *}: a negative one means {@code -}. */
  public void setWidth(long w) {
    left |= w < 0;
    width = checked(w == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(w));
  }

  /** Sets the precision given for a {@code *}: a negative one means none. */
  public void setPrecision(long p) {
    precision = p < 0 ? NONE : checked(p);
  }

  /** {@code %d} and {@code %i}. */
  public void signed(ByteBuilder out, long v) {
    scratch.clear();
    if (v != 0 || precision != 0) {
      scratch.appendDecimal(v);
      if (v < 0) {
        System.arraycopy(scratch.array(), 1, scratch.array(), 0, scratch.length() - 1);
        scratch.setLength(scratch.length() - 1);
      }
    }
    integer(out, sign(v < 0), scratch);
  }

  /** {@code %d} of an integer of any size. */
  public void signed(ByteBuilder out, BigInteger v) {
    scratch.clear();
    scratch.append(v.abs().toString());
    integer(out, sign(v.signum() < 0), scratch);
  }

  /** {@code %o %u %x %X} of the 64 bits as an unsigned number. */
  public void unsigned(ByteBuilder out, long bits) {
    scratch.clear();
    String prefix = "";
    if (conversion == 'u') {
      if (bits != 0 || precision != 0) {
        if (bits < 0) {
          long q = (bits >>> 1) / 5;
          scratch.appendDecimal(q).appendDecimal(bits - q * 10);
        } else {
          scratch.appendDecimal(bits);
        }
      }
    } else {
      int shift = conversion == 'o' ? 3 : 4;
      byte[] letters = conversion == 'X' ? UPPER : LOWER;
      int n = bits == 0 ? (precision == 0 ? 0 : 1) : (66 - Long.numberOfLeadingZeros(bits)) / 3;
      if (shift == 4 && bits != 0) {
        n = (67 - Long.numberOfLeadingZeros(bits)) / 4;
      }
      for (int i = n - 1; i >= 0; i--) {
        scratch.append(letters[(int) (bits >>> i * shift) & (1 << shift) - 1]);
      }
      if (alternate && shift == 4 && bits != 0) {
        prefix = conversion == 'X' ? "0X" : "0x";
      }
      if (alternate && shift == 3 && (n == 0 || scratch.get(0) != '0')) {
        precision = Math.max(precision, n + 1);
      }
    }
    integer(out, prefix, scratch);
  }

  private String sign(boolean negative) {
    return negative ? "-" : plus ? "+" : space ? " " : "";
  }

  private void integer(ByteBuilder out, String prefix, ByteBuilder number) {
    int n = number.length();
    int zeros = Math.max(0, precision - n);
    if (zero && !left && precision < 0) {
      zeros = Math.max(0, width - n - prefix.length());
    }
    int pad = width - n - zeros - prefix.length();
    if (!left) {
      out.appendRepeated(' ', pad);
    }
    out.append(prefix).appendRepeated('0', zeros).append(number);
    if (left) {
      out.appendRepeated(' ', pad);
    }
  }

  /** {@code %s} of bytes; the precision counts bytes. */
  public void bytes(ByteBuilder out, byte[] b, int offset, int length) {
    int n = precision >= 0 ? Math.min(precision, length) : length;
    if (!left) {
      out.appendRepeated(' ', width - n);
    }
    out.append(b, offset, n);
    if (left) {
      out.appendRepeated(' ', width - n);
    }
  }

  /** {@code %a %e %f %g} and their capitals. */
  public void real(ByteBuilder out, double v) {
    boolean negative = Double.doubleToRawLongBits(v) < 0;
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      notFinite(out, negative, Double.isNaN(v));
      return;
    }
    double a = Math.abs(v);
    scratch.clear();
    String prefix = sign(negative);
    switch (conversion | 0x20) {
      case 'f' -> {
        digits.setFixed(a, precisionOr(6));
        fixed(digits, precisionOr(6));
      }
      case 'e' -> {
        digits.setSignificant(a, precisionOr(6) + 1);
        scientific(digits, precisionOr(6));
      }
      case 'a' -> prefix += hexadecimal(a);
      default -> {
        int p = Math.max(1, precisionOr(6));
        digits.setSignificant(a, p);
        general(digits, p);
      }
    }
    number(out, prefix);
  }

  /** {@code %La %Le %Lf %Lg} and their capitals. */
  public void real(ByteBuilder out, LongDouble v) {
    if (!v.isFinite()) {
      notFinite(out, v.isNegative(), v.isNaN());
      return;
    }
    scratch.clear();
    String prefix = sign(v.isNegative());
    switch (conversion | 0x20) {
      case 'f' -> {
        digits.setFixed(v, precisionOr(6));
        fixed(digits, precisionOr(6));
      }
      case 'e' -> {
        digits.setSignificant(v, precisionOr(6) + 1);
        scientific(digits, precisionOr(6));
      }
      case 'a' -> prefix += hexadecimal(v);
      default -> {
        int p = Math.max(1, precisionOr(6));
        digits.setSignificant(v, p);
        general(digits, p);
      }
    }
    number(out, prefix);
  }

  private int precisionOr(int standard) {
    return precision < 0 ? standard : precision;
  }

  private void notFinite(ByteBuilder out, boolean negative, boolean nan) {
    boolean capital = (conversion & 0x20) == 0;
    String word = nan ? (capital ? "NAN" : "nan") : capital ? "INF" : "inf";
    word = sign(negative) + word;
    if (!left) {
      out.appendRepeated(' ', width - word.length());
    }
    out.append(word);
    if (left) {
      out.appendRepeated(' ', width - word.length());
    }
  }

  private void number(ByteBuilder out, String prefix) {
    int pad = width - prefix.length() - scratch.length();
    if (!left && !zero) {
      out.appendRepeated(' ', pad);
    }
    out.append(prefix);
    if (!left && zero) {
      out.appendRepeated('0', pad);
    }
    out.append(scratch);
    if (left) {
      out.appendRepeated(' ', pad);
    }
  }

  private void fixed(DecimalDigits d, int places) {
    int e = d.count() == 1 && d.digits()[0] == '0' ? 0 : d.exponent();
    int n = d.count();
    byte[] b = d.digits();
    if (e < 0) {
      scratch.append('0');
    } else {
      int whole = Math.min(n, e + 1);
      scratch.append(b, 0, whole).appendRepeated('0', e + 1 - whole);
    }
    if (places > 0 || alternate) {
      scratch.append('.');
    }
    int zeros = Math.min(places, Math.max(0, -e - 1));
    scratch.appendRepeated('0', zeros);
    int from = Math.max(0, e + 1);
    int digitCount = Math.max(0, Math.min(n - from, places - zeros));
    if (digitCount > 0) {
      scratch.append(b, from, digitCount);
    }
    scratch.appendRepeated('0', places - zeros - digitCount);
  }

  private void scientific(DecimalDigits d, int places) {
    byte[] b = d.digits();
    int n = Math.min(d.count(), places + 1);
    scratch.append(b[0]);
    if (places > 0 || alternate) {
      scratch.append('.');
    }
    scratch.append(b, 1, n - 1).appendRepeated('0', places + 1 - n);
    exponent('e', n == 1 && b[0] == '0' ? 0 : d.exponent(), 2);
  }

  private void exponent(int letter, int e, int digitsAtLeast) {
    scratch.append((conversion & 0x20) == 0 ? letter & ~0x20 : letter);
    scratch.append(e < 0 ? '-' : '+');
    int a = Math.abs(e);
    if (a < 10 && digitsAtLeast == 2) {
      scratch.append('0');
    }
    scratch.appendDecimal(a);
  }

  private void general(DecimalDigits d, int p) {
    int x = d.count() == 1 && d.digits()[0] == '0' ? 0 : d.exponent();
    int shown = p;
    if (!alternate) {
      shown = Math.min(p, d.count());
      while (shown > 1 && d.digits()[shown - 1] == '0') {
        shown--;
      }
    }
    if (x < -4 || x >= p) {
      scientific(d, shown - 1);
    } else {
      fixed(d, Math.max(0, shown - 1 - x));
    }
  }

  /** Writes the digits and exponent of a double; returns the {@code 0x}. */
  private String hexadecimal(double v) {
    long bits = Double.doubleToRawLongBits(v);
    int field = (int) (bits >>> 52);
    long fraction = bits & (1L << 52) - 1;
    int e = v == 0 ? 0 : field == 0 ? -1022 : field - 1023;
    hexDigits(field == 0 ? 0 : 1, fraction, 13, e);
    return conversion == 'A' ? "0X" : "0x";
  }

  private String hexadecimal(LongDouble v) {
    if (v.isZero()) {
      hexDigits(0, 0, 15, 0);
    } else {
      int up = 64 - v.significand().bitLength();
      up = Math.min(up, v.exponent() + 16445);
      long m = v.significand().shiftLeft(up).longValue();
      hexDigits(m >>> 60, m & (1L << 60) - 1, 15, v.exponent() - up + 60);
    }
    return conversion == 'A' ? "0X" : "0x";
  }

  private void hexDigits(long lead, long fraction, int places, int e) {
    if (precision >= 0 && precision < places) {
      int drop = (places - precision) * 4;
      long rest = fraction & (1L << drop) - 1;
      long half = 1L << drop - 1;
      long all = (precision == 0 ? 0 : fraction >>> drop) | lead << precision * 4;
      if (rest > half || rest == half && (all & 1) != 0) {
        all++;
      }
      lead = all >>> precision * 4;
      fraction = all & (1L << precision * 4) - 1;
      places = precision;
      if (lead > 15) {
        lead = 1;
        e += 4;
      }
    }
    byte[] letters = conversion == 'A' ? UPPER : LOWER;
    scratch.append(letters[(int) lead]);
    int shown = places;
    if (precision < 0) {
      while (shown > 0 && (fraction >>> (places - shown) * 4 & 15) == 0) {
        shown--;
      }
    }
    if (shown > 0 || precision > 0 || alternate) {
      scratch.append('.');
    }
    for (int i = 1; i <= shown; i++) {
      scratch.append(letters[(int) (fraction >>> (places - i) * 4) & 15]);
    }
    scratch.appendRepeated('0', precision - places);
    exponent('p', e, 1);
  }

  /**
   * Formats as C's printf would: {@code %d %i %u %o %x %X %c} take a Number (or for {@code %c} a
   * Character), the real conversions a Number or a {@link LongDouble}, {@code %s} anything by its
   * {@code toString}, its precision and width counting characters. For code of ours; formats that
   * come from users are walked by their commands.
   */
  public static String format(String format, Object... args) {
    StringBuilder text = new StringBuilder();
    CFormat f = new CFormat();
    ByteBuilder out = new ByteBuilder();
    int next = 0;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      int end = i + 1;
      while (end < format.length() && !endsSpecification(format.charAt(end))) {
        end++;
      }
      byte[] spec = ascii(format.substring(i + 1, Math.min(end + 1, format.length())));
      f.parse(spec, 0, spec.length);
      i = end;
      if (f.conversion == '%') {
        text.append('%');
        continue;
      }
      if (f.width == STAR) {
        f.setWidth(((Number) args[next++]).longValue());
      }
      if (f.precision == STAR) {
        f.setPrecision(((Number) args[next++]).longValue());
      }
      next = f.one(text, out, args, next);
    }
    return text.toString();
  }

  private int one(StringBuilder text, ByteBuilder out, Object[] args, int next) {
    Object arg = args[next];
    out.clear();
    switch (conversion) {
      case 'd', 'i' -> signed(out, ((Number) arg).longValue());
      case 'u', 'o', 'x', 'X' -> unsigned(out, ((Number) arg).longValue());
      case 's', 'c' -> {
        String s =
            conversion == 'c' && arg instanceof Number n
                ? new String(Character.toChars(n.intValue()))
                : String.valueOf(arg);
        s = precision >= 0 && precision < s.length() ? s.substring(0, precision) : s;
        String pad = " ".repeat(Math.max(0, width - s.codePointCount(0, s.length())));
        text.append(left ? s + pad : pad + s);
      }
      default -> {
        if (arg instanceof LongDouble l) {
          real(out, l);
        } else {
          real(out, ((Number) arg).doubleValue());
        }
      }
    }
    for (int i = 0; i < out.length(); i++) {
      text.append((char) out.get(i));
    }
    return next + 1;
  }

  private static boolean endsSpecification(char c) {
    return c == '%' || Character.isLetter(c) && "lhLqjzt".indexOf(c) < 0;
  }

  private static byte[] ascii(String s) {
    byte[] b = new byte[s.length()];
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) s.charAt(i);
    }
    return b;
  }
}
