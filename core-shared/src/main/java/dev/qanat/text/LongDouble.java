package dev.qanat.text;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number of x87's extended format, C's {@code long double} on x86-64: 64 bits of significand, 15
 * of exponent. The shell's printf, seq and numfmt reckon in it, which shows: {@code printf %.20f
 * 0.1} is {@code 0.10000000000000000000}. Immutable; a finite value is {@code ± significand ×
 * 2^exponent}. Not meant for speed.
 */
public final class LongDouble implements Comparable<LongDouble> {
  private static final int BITS = 64;
  private static final int MIN_EXPONENT = -16445;
  private static final int MAX_EXPONENT = 16383;

  public static final LongDouble ZERO = new LongDouble(false, BigInteger.ZERO, 0, Kind.FINITE);
  public static final LongDouble ONE = valueOf(1L);
  public static final LongDouble INFINITY =
      new LongDouble(false, BigInteger.ZERO, 0, Kind.INFINITE);
  public static final LongDouble NAN = new LongDouble(false, BigInteger.ZERO, 0, Kind.NAN);

  private enum Kind {
    FINITE,
    INFINITE,
    NAN
  }

  /** A number and how much of the text it took. */
  public record Parsed(LongDouble value, int end, boolean overflow) {}

  private final boolean negative;
  private final BigInteger significand;
  private final int exponent;
  private final Kind kind;

  private LongDouble(boolean negative, BigInteger significand, int exponent, Kind kind) {
    this.negative = negative;
    this.significand = significand;
    this.exponent = exponent;
    this.kind = kind;
  }

  /** The same number; every double is a long double. */
  public static LongDouble valueOf(double v) {
    boolean negative = Double.doubleToRawLongBits(v) < 0;
    if (Double.isNaN(v)) {
      return new LongDouble(negative, BigInteger.ZERO, 0, Kind.NAN);
    }
    if (Double.isInfinite(v)) {
      return negative ? INFINITY.negate() : INFINITY;
    }
    long bits = Double.doubleToRawLongBits(v);
    int field = (int) (bits >>> 52) & 0x7FF;
    long c = bits & (1L << 52) - 1;
    BigInteger m = BigInteger.valueOf(field == 0 ? c : c | 1L << 52);
    return new LongDouble(negative, m, (field == 0 ? 1 : field) - 1075, Kind.FINITE);
  }

  /** The same number. */
  public static LongDouble valueOf(long v) {
    return new LongDouble(v < 0, BigInteger.valueOf(v).abs(), 0, Kind.FINITE);
  }

  /** The nearest number to an integer of any size. */
  public static LongDouble valueOf(BigInteger v) {
    return round(v.signum() < 0, v.abs(), 0, false, BITS, MIN_EXPONENT, MAX_EXPONENT);
  }

  /**
   * Reads what C's {@code strtold} reads, white space at the start excepted: decimal and
   * hexadecimal numbers, {@code inf}, {@code infinity}, {@code nan}, {@code nan(…)}. {@code end} is
   * {@code from} when there is no number.
   */
  public static Parsed parse(String s, int from) {
    int i = from;
    int n = s.length();
    boolean negative = false;
    if (i < n && (s.charAt(i) == '-' || s.charAt(i) == '+')) {
      negative = s.charAt(i++) == '-';
    }
    if (s.regionMatches(true, i, "inf", 0, 3)) {
      boolean whole = s.regionMatches(true, i, "infinity", 0, 8);
      return new Parsed(negative ? INFINITY.negate() : INFINITY, i + (whole ? 8 : 3), false);
    }
    if (s.regionMatches(true, i, "nan", 0, 3)) {
      int end = i + 3;
      if (end < n && s.charAt(end) == '(') {
        int j = end + 1;
        while (j < n && (Character.isLetterOrDigit(s.charAt(j)) || s.charAt(j) == '_')) {
          j++;
        }
        end = j < n && s.charAt(j) == ')' ? j + 1 : end;
      }
      return new Parsed(negative ? NAN.negate() : NAN, end, false);
    }
    boolean hex =
        i + 1 < n
            && s.charAt(i) == '0'
            && (s.charAt(i + 1) | 0x20) == 'x'
            && (digit(s, i + 2, 16) >= 0
                || i + 3 < n && s.charAt(i + 2) == '.' && digit(s, i + 3, 16) >= 0);
    return parseDigits(s, from, hex ? i + 2 : i, negative, hex ? 16 : 10);
  }

  private static Parsed parseDigits(String s, int from, int start, boolean negative, int radix) {
    int n = s.length();
    int i = start;
    StringBuilder digits = new StringBuilder();
    int scale = 0;
    boolean any = false;
    boolean fraction = false;
    for (; i < n; i++) {
      if (s.charAt(i) == '.' && !fraction) {
        fraction = true;
        continue;
      }
      if (digit(s, i, radix) < 0) {
        break;
      }
      any = true;
      digits.append(s.charAt(i));
      scale += fraction ? 1 : 0;
    }
    if (!any) {
      return new Parsed(ZERO, from, false);
    }
    int exponent = 0;
    char mark = radix == 16 ? 'p' : 'e';
    if (i < n && (s.charAt(i) | 0x20) == mark) {
      int j = i + 1;
      boolean minus = false;
      if (j < n && (s.charAt(j) == '-' || s.charAt(j) == '+')) {
        minus = s.charAt(j++) == '-';
      }
      if (digit(s, j, 10) >= 0) {
        for (; digit(s, j, 10) >= 0; j++) {
          exponent = Math.min(exponent * 10 + digit(s, j, 10), 10_000_000);
        }
        exponent = minus ? -exponent : exponent;
        i = j;
      }
    }
    BigInteger m = new BigInteger(digits.toString(), radix);
    LongDouble v =
        radix == 16
            ? round(false, m, exponent - 4 * scale, false, BITS, MIN_EXPONENT, MAX_EXPONENT)
            : fromDecimal(m, exponent - scale, BITS, MIN_EXPONENT, MAX_EXPONENT);
    return new Parsed(negative ? v.negate() : v, i, v.isInfinite());
  }

  private static int digit(String s, int i, int radix) {
    char c = i < s.length() ? s.charAt(i) : 0;
    return c < 128 ? Character.digit(c, radix) : -1;
  }

  /**
   * The number of so many bits nearest to {@code digits × 10^e10}, ties to even, infinite above
   * {@code 2^(maxExponent+1)}, with no bit below {@code 2^minExponent}.
   */
  static LongDouble fromDecimal(
      BigInteger digits, int e10, int bits, int minExponent, int maxExponent) {
    if (digits.signum() == 0) {
      return ZERO;
    }
    double magnitude = e10 + digits.bitLength() * 0.30103;
    if (magnitude > 5000) {
      return INFINITY;
    }
    if (magnitude < -5000) {
      return ZERO;
    }
    if (e10 >= 0) {
      return round(
          false, digits.multiply(PowersOfTen.big(e10)), 0, false, bits, minExponent, maxExponent);
    }
    return quotient(digits, PowersOfTen.big(-e10), bits, minExponent, maxExponent);
  }

  private static LongDouble quotient(
      BigInteger n, BigInteger d, int bits, int minExponent, int maxExponent) {
    int shift = Math.max(0, bits + 2 - n.bitLength() + d.bitLength());
    BigInteger[] qr = n.shiftLeft(shift).divideAndRemainder(d);
    return round(false, qr[0], -shift, qr[1].signum() != 0, bits, minExponent, maxExponent);
  }

  /** {@code m × 2^e} and, when sticky, a little more, rounded to the nearest, ties to even. */
  private static LongDouble round(
      boolean negative,
      BigInteger m,
      int e,
      boolean sticky,
      int bits,
      int minExponent,
      int maxExponent) {
    int drop = Math.max(m.bitLength() - bits, minExponent - e);
    if (drop > 0) {
      BigInteger q = m.shiftRight(drop);
      boolean half = m.testBit(drop - 1);
      boolean rest = sticky || m.signum() != 0 && m.getLowestSetBit() < drop - 1;
      if (half && (rest || q.testBit(0))) {
        q = q.add(BigInteger.ONE);
      }
      m = q;
      e += drop;
    }
    if (m.bitLength() - 1 + e > maxExponent) {
      return negative ? INFINITY.negate() : INFINITY;
    }
    return new LongDouble(negative, m, m.signum() == 0 ? 0 : e, Kind.FINITE);
  }

  public boolean isNegative() {
    return negative;
  }

  public boolean isNaN() {
    return kind == Kind.NAN;
  }

  public boolean isInfinite() {
    return kind == Kind.INFINITE;
  }

  public boolean isFinite() {
    return kind == Kind.FINITE;
  }

  public boolean isZero() {
    return isFinite() && significand.signum() == 0;
  }

  BigInteger significand() {
    return significand;
  }

  int exponent() {
    return exponent;
  }

  public LongDouble negate() {
    return new LongDouble(!negative, significand, exponent, kind);
  }

  public LongDouble abs() {
    return negative ? negate() : this;
  }

  private BigInteger signed() {
    return negative ? significand.negate() : significand;
  }

  public LongDouble add(LongDouble o) {
    if (!isFinite() || !o.isFinite()) {
      return isNaN() || o.isNaN() || isInfinite() && o.isInfinite() && negative != o.negative
          ? NAN
          : isInfinite() ? this : o;
    }
    if (isZero()) {
      return o.isZero() && negative != o.negative ? ZERO : o;
    }
    if (o.isZero()) {
      return this;
    }
    int e = Math.min(exponent, o.exponent);
    BigInteger sum = signed().shiftLeft(exponent - e).add(o.signed().shiftLeft(o.exponent - e));
    return round(sum.signum() < 0, sum.abs(), e, false, BITS, MIN_EXPONENT, MAX_EXPONENT);
  }

  public LongDouble subtract(LongDouble o) {
    return add(o.negate());
  }

  public LongDouble multiply(LongDouble o) {
    boolean sign = negative != o.negative;
    if (!isFinite() || !o.isFinite()) {
      return isNaN() || o.isNaN() || isZero() || o.isZero()
          ? NAN
          : sign ? INFINITY.negate() : INFINITY;
    }
    BigInteger product = significand.multiply(o.significand);
    return round(sign, product, exponent + o.exponent, false, BITS, MIN_EXPONENT, MAX_EXPONENT);
  }

  /** The quotient; by zero it is infinite or NaN, as in C. */
  public LongDouble divide(LongDouble o) {
    boolean sign = negative != o.negative;
    if (isNaN() || o.isNaN() || isInfinite() && o.isInfinite() || isZero() && o.isZero()) {
      return NAN;
    }
    if (isInfinite() || o.isZero()) {
      return sign ? INFINITY.negate() : INFINITY;
    }
    if (isZero() || o.isInfinite()) {
      return sign ? ZERO.negate() : ZERO;
    }
    int shift = Math.max(0, BITS + 2 - significand.bitLength() + o.significand.bitLength());
    BigInteger[] qr = significand.shiftLeft(shift).divideAndRemainder(o.significand);
    int e = exponent - o.exponent - shift;
    return round(sign, qr[0], e, qr[1].signum() != 0, BITS, MIN_EXPONENT, MAX_EXPONENT);
  }

  /** The number without its fraction, or this when it is not finite. */
  public LongDouble truncate() {
    if (!isFinite() || exponent >= 0) {
      return this;
    }
    return new LongDouble(negative, significand.shiftRight(-exponent), 0, Kind.FINITE);
  }

  /** The integer part, of any size; 0 when not finite. */
  public BigInteger toBigInteger() {
    BigInteger s = signed();
    return !isFinite()
        ? BigInteger.ZERO
        : exponent >= 0 ? s.shiftLeft(exponent) : truncate().signed();
  }

  /** The exact value. Only of a finite number. */
  public BigDecimal toBigDecimal() {
    return exponent >= 0
        ? new BigDecimal(signed().shiftLeft(exponent))
        : new BigDecimal(signed().multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
  }

  public double doubleValue() {
    if (isNaN()) {
      return Double.NaN;
    }
    if (isInfinite()) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    LongDouble r = round(false, significand, exponent, false, 53, -1074, 1023);
    if (r.isInfinite()) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    long m = r.significand.longValue();
    double v = 0;
    if (m != 0) {
      // Two exact steps: 2^-1074 alone is below what one normal power of two can scale by.
      int e = r.exponent;
      int up = 53 - (64 - Long.numberOfLeadingZeros(m));
      up = Math.min(up, e + 1074);
      m <<= up;
      e -= up;
      v =
          m >>> 52 == 0
              ? Double.longBitsToDouble(m)
              : Double.longBitsToDouble((long) (e + 1075) << 52 | m & (1L << 52) - 1);
    }
    return negative ? -v : v;
  }

  /** Compares values; NaN is greater than all others, as a total order needs. */
  @Override
  public int compareTo(LongDouble o) {
    if (isNaN() || o.isNaN()) {
      return Boolean.compare(isNaN(), o.isNaN());
    }
    if (isInfinite() || o.isInfinite()) {
      int a = isInfinite() ? (negative ? -1 : 1) : 0;
      int b = o.isInfinite() ? (o.negative ? -1 : 1) : 0;
      return Integer.compare(a, b);
    }
    int e = Math.min(exponent, o.exponent);
    return signed().shiftLeft(exponent - e).compareTo(o.signed().shiftLeft(o.exponent - e));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LongDouble l && compareTo(l) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(doubleValue());
  }

  @Override
  public String toString() {
    return CFormat.format("%.21Lg", this);
  }
}
