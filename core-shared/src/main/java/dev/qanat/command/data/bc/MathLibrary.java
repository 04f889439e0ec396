package dev.qanat.command.data.bc;

import dev.qanat.sched.Sched;
import java.math.BigInteger;

/**
 * The functions of {@code bc -l}, on integers that stand for a number times 10 to the working
 * precision: a few digits more than asked for, which are cut off in the end.
 */
final class MathLibrary {
  private static final int GUARD = 12;

  private final int scale;
  private final int precision;
  private final BigInteger one;

  private MathLibrary(int scale, int extra) {
    this.scale = scale;
    precision = scale + GUARD + extra;
    one = Decimal.power10(precision);
  }

  private static MathLibrary of(int scale, Decimal x) {
    return new MathLibrary(scale, Math.max(0, x.length() - x.scale));
  }

  private BigInteger in(Decimal x) {
    return x.withScale(precision).unscaled;
  }

  private Decimal out(BigInteger x) {
    return new Decimal(x, precision).withScale(scale);
  }

  private BigInteger times(BigInteger a, BigInteger b) {
    return a.multiply(b).divide(one);
  }

  private BigInteger over(BigInteger a, BigInteger b) {
    return a.multiply(one).divide(b);
  }

  static Decimal exp(Decimal x, int scale) {
    if (x.isZero()) {
      return Decimal.ONE.withScale(scale);
    }
    int whole = x.toInt(1_000_000);
    if (whole < -(scale + 5) * 3) {
      return Decimal.ZERO.withScale(scale);
    }
    int size = Math.max(0, whole) / 2 + 10;
    MathLibrary m = new MathLibrary(scale, size);
    // e^x = (e^(x / 2^k))^(2^k), where the inner exponent is small
    int halvings = Math.max(0, x.withScale(0).unscaled.bitLength()) + 8;
    BigInteger small = m.in(x.withScale(m.precision)).shiftRight(halvings);
    BigInteger sum = m.one;
    BigInteger term = m.one;
    for (int n = 1; term.signum() != 0; n++) {
      Sched.checkpoint();
      term = m.times(term, small).divide(BigInteger.valueOf(n));
      sum = sum.add(term);
    }
    for (int i = 0; i < halvings; i++) {
      Sched.checkpoint();
      sum = m.times(sum, sum);
    }
    return m.out(sum);
  }

  static Decimal log(Decimal x, int scale) {
    if (x.signum() <= 0) {
      // what bc gives in place of minus infinity
      return Decimal.ONE.subtract(new Decimal(Decimal.power10(scale), 0)).withScale(scale);
    }
    if (x.compareTo(Decimal.ONE) == 0) {
      return Decimal.ZERO;
    }
    MathLibrary m = new MathLibrary(scale, x.length() + 5);
    BigInteger v = m.in(x);
    // ln v = 2^k ln v^(1 / 2^k)
    int roots = 0;
    BigInteger near = m.one.divide(BigInteger.valueOf(16));
    while (v.subtract(m.one).abs().compareTo(near) > 0) {
      Sched.checkpoint();
      v = Decimal.root(v.multiply(m.one));
      roots++;
    }
    return m.out(m.series(m.over(v.subtract(m.one), v.add(m.one)), 1).shiftLeft(roots + 1));
  }

  /** x + s x³/3 + x⁵/5 + s x⁷/7 …: artanh for a sign of 1, arctan for -1. */
  private BigInteger series(BigInteger x, int sign) {
    BigInteger square = times(x, x);
    BigInteger power = x;
    BigInteger sum = x;
    for (int n = 3; power.signum() != 0; n += 2) {
      Sched.checkpoint();
      power = times(power, square);
      if (sign < 0) {
        power = power.negate();
      }
      sum = sum.add(power.divide(BigInteger.valueOf(n)));
    }
    return sum;
  }

  /** Machin: π = 16 arctan 1/5 - 4 arctan 1/239. */
  private BigInteger pi() {
    BigInteger a = series(one.divide(BigInteger.valueOf(5)), -1).shiftLeft(4);
    return a.subtract(series(one.divide(BigInteger.valueOf(239)), -1).shiftLeft(2));
  }

  static Decimal arctan(Decimal x, int scale) {
    if (x.isZero()) {
      return Decimal.ZERO;
    }
    MathLibrary m = of(scale, x);
    BigInteger v = m.in(x);
    int halvings = 0;
    BigInteger near = m.one.divide(BigInteger.valueOf(8));
    while (v.abs().compareTo(near) > 0) {
      Sched.checkpoint();
      // arctan v = 2 arctan (v / (1 + √(1 + v²)))
      BigInteger root = Decimal.root(m.times(v, v).add(m.one).multiply(m.one));
      v = m.over(v, root.add(m.one));
      halvings++;
    }
    return m.out(m.series(v, -1).shiftLeft(halvings));
  }

  static Decimal sin(Decimal x, int scale) {
    if (x.isZero()) {
      return Decimal.ZERO;
    }
    MathLibrary m = of(scale, x);
    return m.out(m.sine(m.in(x)));
  }

  static Decimal cos(Decimal x, int scale) {
    if (x.isZero()) {
      return Decimal.ONE.withScale(scale);
    }
    MathLibrary m = of(scale, x);
    return m.out(m.sine(m.in(x).add(m.pi().shiftRight(1))));
  }

  private BigInteger sine(BigInteger x) {
    BigInteger pi = pi();
    BigInteger[] turns = x.divideAndRemainder(pi);
    BigInteger v = turns[1];
    BigInteger square = times(v, v);
    BigInteger term = v;
    BigInteger sum = v;
    for (int n = 2; term.signum() != 0; n += 2) {
      Sched.checkpoint();
      term = times(term, square).divide(BigInteger.valueOf((long) n * (n + 1))).negate();
      sum = sum.add(term);
    }
    return turns[0].testBit(0) ? sum.negate() : sum;
  }

  /** The Bessel function of a whole order. */
  static Decimal bessel(Decimal order, Decimal x, int scale) {
    int n = order.toInt(1_000_000);
    boolean negative = n < 0 && (n & 1) != 0;
    n = Math.abs(n);
    // the terms of the series grow to about e^x before they shrink
    MathLibrary m = new MathLibrary(scale, Math.abs(x.toInt(100_000)) + 5);
    BigInteger half = m.in(x).shiftRight(1);
    BigInteger square = m.times(half, half);
    BigInteger term = m.one;
    for (int i = 1; i <= n && term.signum() != 0; i++) {
      Sched.checkpoint();
      term = m.times(term, half).divide(BigInteger.valueOf(i));
    }
    BigInteger sum = term;
    for (int k = 1; term.signum() != 0; k++) {
      Sched.checkpoint();
      term = m.times(term, square).divide(BigInteger.valueOf((long) k * (k + n))).negate();
      sum = sum.add(term);
    }
    return m.out(negative ? sum.negate() : sum);
  }
}
