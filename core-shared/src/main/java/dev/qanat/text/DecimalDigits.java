package dev.qanat.text;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The decimal digits of a positive real number: {@code d.ddd × 10^exponent}. They come in three
 * ways: the fewest that name one double, a number of significant digits, or the digits up to a
 * place after the point. The last two are rounded from the exact value, ties to even, as glibc's
 * printf does.
 */
public final class DecimalDigits {
  /** From so many digits on, padding the shortest form with zeros is no longer exact. */
  private static final int EXACT_DIGITS = 15;

  private byte[] digits = new byte[32];
  private int count;
  private int exponent;

  /** ASCII digits; the first {@link #count} are valid. */
  public byte[] digits() {
    return digits;
  }

  /** How many digits there are, at least one. Those that would follow are zeros. */
  public int count() {
    return count;
  }

  /** The power of ten of the first digit; of no meaning when the digits are a single 0. */
  public int exponent() {
    return exponent;
  }

  /** The fewest digits that are read back as the same double (finite, not negative). */
  public DecimalDigits setShortest(double v) {
    if (v == 0) {
      return setLong(0, 0);
    }
    if (v < 1L << 53 && v == (long) v) {
      setLong((long) v, 0);
    } else {
      schubfach(Double.doubleToRawLongBits(v));
    }
    while (count > 1 && digits[count - 1] == '0') {
      count--;
    }
    return this;
  }

  /** So many significant digits (at least one) of a finite double that is not negative. */
  public DecimalDigits setSignificant(double v, int wanted) {
    setShortest(v);
    if (count <= wanted && (wanted <= EXACT_DIGITS && !isSubnormal(v) || isExact(v))) {
      return this;
    }
    if (wanted <= EXACT_DIGITS && !isSubnormal(v) && !isTie(wanted)) {
      return roundTo(wanted);
    }
    return setSignificant(LongDouble.valueOf(v), wanted);
  }

  /** The digits up to {@code places} (not negative) after the point. */
  public DecimalDigits setFixed(double v, int places) {
    setShortest(v);
    if (v == 0) {
      return this;
    }
    long wanted = (long) exponent + 1 + places;
    if (count <= wanted && (wanted <= EXACT_DIGITS && !isSubnormal(v) || isExact(v))) {
      return this;
    }
    if (wanted < 0) {
      return setLong(0, -places);
    }
    if (wanted <= EXACT_DIGITS && !isSubnormal(v) && !isTie((int) wanted)) {
      return roundTo((int) wanted);
    }
    return setFixed(LongDouble.valueOf(v), places);
  }

  /** So many significant digits of the magnitude of a finite number. */
  public DecimalDigits setSignificant(LongDouble v, int wanted) {
    BigInteger m = v.significand();
    if (m.signum() == 0) {
      return setLong(0, 0);
    }
    int e10 = (int) Math.floor((m.bitLength() - 1 + v.exponent()) * 0.30102999566398120);
    for (; ; ) {
      // A double has at most 767 digits, a long double 11,514: no need to compute zeros beyond.
      int n = Math.min(wanted, 11_520);
      String s = scaled(m, v.exponent(), n - 1 - e10).toString();
      if (s.length() > n) {
        e10++;
      } else if (s.length() < n) {
        e10--;
      } else {
        return setString(s, e10);
      }
    }
  }

  /** The digits of the magnitude of a finite number up to {@code places} after the point. */
  public DecimalDigits setFixed(LongDouble v, int places) {
    BigInteger m = v.significand();
    if (m.signum() == 0) {
      return setLong(0, 0);
    }
    // m × 2^-k has k digits after the point; what follows them is zero.
    int computed = Math.min(places, Math.max(0, -v.exponent()));
    String s = scaled(m, v.exponent(), computed).toString();
    return setString(s, s.length() - 1 - computed);
  }

  /** m × 2^e × 10^s, rounded to an integer, ties to even. */
  private static BigInteger scaled(BigInteger m, int e, int s) {
    BigInteger n = s > 0 ? m.multiply(PowersOfTen.big(s)) : m;
    if (e > 0) {
      n = n.shiftLeft(e);
    }
    if (e >= 0 && s >= 0) {
      return n;
    }
    BigInteger q;
    int half; // the remainder compared with one half
    if (s >= 0) {
      q = n.shiftRight(-e);
      half = !n.testBit(-e - 1) ? -1 : n.getLowestSetBit() == -e - 1 ? 0 : 1;
    } else {
      BigInteger d = PowersOfTen.big(-s).shiftLeft(Math.max(0, -e));
      BigInteger[] qr = n.divideAndRemainder(d);
      q = qr[0];
      half = qr[1].shiftLeft(1).compareTo(d);
    }
    return half > 0 || half == 0 && q.testBit(0) ? q.add(BigInteger.ONE) : q;
  }

  /** Below it doubles have fewer than 15 digits. */
  private static boolean isSubnormal(double v) {
    return v < Double.MIN_NORMAL;
  }

  private static boolean isExact(double v) {
    return v < 1L << 53 && v == (long) v;
  }

  /** True when the digits after the wanted ones are just a 5: the exact value decides. */
  private boolean isTie(int wanted) {
    return count == wanted + 1 && digits[wanted] == '5';
  }

  private DecimalDigits roundTo(int wanted) {
    int i = wanted - 1;
    boolean up = digits[wanted] >= '5';
    while (up && i >= 0 && digits[i] == '9') {
      i--;
    }
    if (i >= 0) {
      digits[i] += up ? 1 : 0;
      count = up ? i + 1 : wanted;
    } else if (up) {
      digits[0] = '1';
      count = 1;
      exponent++;
    } else {
      digits[0] = '0';
      count = 1;
      exponent++;
    }
    return this;
  }

  private void ensure(int n) {
    if (n > digits.length) {
      digits = Arrays.copyOf(digits, Math.max(n, digits.length * 2));
    }
  }

  private DecimalDigits setString(String s, int e10) {
    ensure(s.length());
    count = s.length();
    for (int i = 0; i < count; i++) {
      digits[i] = (byte) s.charAt(i);
    }
    exponent = e10;
    return this;
  }

  private DecimalDigits setLong(long v, int k) {
    int n = 1;
    for (long x = v; x >= 10; x /= 10) {
      n++;
    }
    count = n;
    exponent = n - 1 + k;
    for (int i = n - 1; i >= 0; i--) {
      digits[i] = (byte) ('0' + v % 10);
      v /= 10;
    }
    return this;
  }

  /** Giulietti, "The Schubfach way to render doubles" (2020). */
  private void schubfach(long bits) {
    int field = (int) (bits >>> 52) & 0x7FF;
    long c = bits & (1L << 52) - 1;
    int q;
    if (field != 0) {
      c |= 1L << 52;
      q = field - 1075;
    } else {
      q = -1074;
    }
    boolean regular = c != 1L << 52 || q == -1074;
    int out = (int) c & 1;
    long cb = c << 2;
    long cbl = regular ? cb - 2 : cb - 1;
    int k = regular ? q * 1262611 >> 22 : q * 1262611 - 524031 >> 22;
    int h = q + (-k * 1741647 >> 19) + 2;
    long g1 = PowersOfTen.upper(-k);
    long g0 = PowersOfTen.lower(-k);
    long vb = roundToOdd(g1, g0, cb << h);
    long lower = roundToOdd(g1, g0, cbl << h) + out;
    long upper = roundToOdd(g1, g0, cb + 2 << h) - out;
    long s = vb >> 2;
    if (s >= 10) {
      long sp = s / 10;
      boolean below = lower <= 40 * sp;
      boolean above = 40 * sp + 40 <= upper;
      if (below != above) {
        setLong(above ? sp + 1 : sp, k + 1);
        return;
      }
    }
    boolean below = lower <= s << 2;
    boolean above = (s << 2) + 4 <= upper;
    if (below != above) {
      setLong(above ? s + 1 : s, k);
      return;
    }
    long middle = (s << 2) + 2;
    setLong(vb > middle || vb == middle && (s & 1) != 0 ? s + 1 : s, k);
  }

  private static long roundToOdd(long g1, long g0, long cp) {
    long x1 = PowersOfTen.multiplyHigh(g0, cp);
    long y0 = g1 * cp;
    long y1 = PowersOfTen.multiplyHigh(g1, cp);
    long z = (y0 >>> 1) + x1;
    long w = y1 + (z >>> 63);
    return w | (z & Long.MAX_VALUE) + Long.MAX_VALUE >>> 63;
  }
}
