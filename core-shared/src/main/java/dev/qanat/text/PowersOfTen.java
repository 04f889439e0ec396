package dev.qanat.text;

import java.math.BigInteger;

/**
 * Powers of ten to 128 bits, for reading and writing doubles without big numbers. Each is computed
 * when first asked for: a program uses a handful of them.
 */
final class PowersOfTen {
  private static final int MIN = -342;
  private static final int MAX = 325;

  private static final long[] HIGH = new long[MAX - MIN + 1];
  private static final long[] LOW = new long[MAX - MIN + 1];
  private static final long[] UPPER = new long[MAX - MIN + 1];
  private static final long[] LOWER = new long[MAX - MIN + 1];

  private static final BigInteger[] BIG = new BigInteger[400];

  private PowersOfTen() {}

  /** Ten to the n, exactly. */
  static BigInteger big(int n) {
    if (n >= BIG.length) {
      return BigInteger.TEN.pow(n);
    }
    BigInteger p = BIG[n];
    if (p == null) {
      p = BIG[n] = BigInteger.TEN.pow(n);
    }
    return p;
  }

  /** The upper 64 of the 128 leading bits of 5^q, truncated (Lemire, 2021: the table T). */
  static long high(int q) {
    if (HIGH[q - MIN] == 0) {
      fillLemire(q);
    }
    return HIGH[q - MIN];
  }

  /** The lower 64 of the 128 leading bits of 5^q. */
  static long low(int q) {
    if (HIGH[q - MIN] == 0) {
      fillLemire(q);
    }
    return LOW[q - MIN];
  }

  /** The upper 63 of the 126 bits of 10^e, rounded up (Giulietti, 2020: g1). */
  static long upper(int e) {
    if (UPPER[e - MIN] == 0) {
      fillSchubfach(e);
    }
    return UPPER[e - MIN];
  }

  /** The lower 63 of the 126 bits of 10^e, rounded up (Giulietti, 2020: g0). */
  static long lower(int e) {
    if (UPPER[e - MIN] == 0) {
      fillSchubfach(e);
    }
    return LOWER[e - MIN];
  }

  private static void fillLemire(int q) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(q));
    BigInteger c;
    if (q >= 0) {
      c = five.shiftLeft(Math.max(0, 128 - five.bitLength()));
    } else {
      int z = five.subtract(BigInteger.ONE).bitLength();
      int b = q >= -27 ? z + 127 : 2 * z + 128;
      c = BigInteger.ONE.shiftLeft(b).divide(five).add(BigInteger.ONE);
    }
    c = c.shiftRight(Math.max(0, c.bitLength() - 128));
    HIGH[q - MIN] = c.shiftRight(64).longValue();
    LOW[q - MIN] = c.longValue();
  }

  private static void fillSchubfach(int e) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(e));
    BigInteger g;
    if (e >= 0) {
      int shift = 126 - five.bitLength();
      g = shift >= 0 ? five.shiftLeft(shift) : five.shiftRight(-shift);
    } else {
      g = BigInteger.ONE.shiftLeft(five.bitLength() + 126).divide(five);
      g = g.shiftRight(g.bitLength() - 126);
    }
    g = g.add(BigInteger.ONE);
    UPPER[e - MIN] = g.shiftRight(63).longValue();
    LOWER[e - MIN] = g.longValue() & Long.MAX_VALUE;
  }

  /** The upper 64 bits of the product of two signed numbers. */
  static long multiplyHigh(long x, long y) {
    long x1 = x >> 32;
    long x0 = x & 0xFFFFFFFFL;
    long y1 = y >> 32;
    long y0 = y & 0xFFFFFFFFL;
    long t = x1 * y0 + (x0 * y0 >>> 32);
    long z = (t & 0xFFFFFFFFL) + x0 * y1;
    return x1 * y1 + (t >> 32) + (z >> 32);
  }

  /** The upper 64 bits of the product of two unsigned numbers. */
  static long unsignedMultiplyHigh(long x, long y) {
    long x1 = x >>> 32;
    long x0 = x & 0xFFFFFFFFL;
    long y1 = y >>> 32;
    long y0 = y & 0xFFFFFFFFL;
    long t = x1 * y0 + (x0 * y0 >>> 32);
    long z = (t & 0xFFFFFFFFL) + x0 * y1;
    return x1 * y1 + (t >>> 32) + (z >>> 32);
  }
}
