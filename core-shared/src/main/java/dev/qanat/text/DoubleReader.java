package dev.qanat.text;

import java.math.BigInteger;

/**
 * Reads decimal floating-point numbers from bytes, rounded correctly (to nearest, ties to even) as
 * C's {@code strtod} does in the C locale. Hexadecimal numbers, infinities and NaN are not read
 * here; see {@link LongDouble#parse}.
 */
public final class DoubleReader {
  private static final double[] EXACT = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final DoubleReader SHARED = new DoubleReader();

  private double value;

  /** The number found by the last {@link #read}; 0 when there was none. */
  public double value() {
    return value;
  }

  /**
   * The number at the start of the bytes, as {@code atof}: no white space is skipped, trailing text
   * is ignored, and 0 is returned when there is no number.
   */
  public static double parse(byte[] b, int from, int to) {
    SHARED.read(b, from, to);
    return SHARED.value;
  }

  /** As {@link #parse(byte[], int, int)} for a string of ASCII characters. */
  public static double parse(String s) {
    byte[] b = new byte[s.length()];
    for (int i = 0; i < b.length; i++) {
      char c = s.charAt(i);
      b[i] = c < 128 ? (byte) c : 0;
    }
    return parse(b, 0, b.length);
  }

  /**
   * Reads {@code [+-]digits[.digits][(e|E)[+-]digits]} with at least one digit before the exponent.
   * Returns the position after it, or {@code from} when there is no number.
   */
  public int read(byte[] b, int from, int to) {
    int i = from;
    boolean negative = false;
    if (i < to && (b[i] == '-' || b[i] == '+')) {
      negative = b[i] == '-';
      i++;
    }
    long mantissa = 0;
    int digits = 0; // significant ones in the mantissa, at most 19
    int dropped = 0; // digits before the point that did not fit
    int scale = 0; // digits after the point in the mantissa
    boolean any = false;
    boolean inexact = false;
    int start = i;
    for (; i < to; i++) {
      int d = b[i] - '0';
      if (d < 0 || d > 9) {
        break;
      }
      any = true;
      if (digits < 19) {
        mantissa = mantissa * 10 + d;
        if (mantissa != 0) {
          digits++;
        }
      } else {
        dropped++;
        inexact |= d != 0;
      }
    }
    if (i < to && b[i] == '.') {
      int point = i++;
      for (; i < to; i++) {
        int d = b[i] - '0';
        if (d < 0 || d > 9) {
          break;
        }
        any = true;
        if (digits < 19) {
          mantissa = mantissa * 10 + d;
          scale++;
          if (mantissa != 0) {
            digits++;
          }
        } else {
          inexact |= d != 0;
        }
      }
      if (!any) {
        i = point;
      }
    }
    if (!any) {
      value = 0;
      return from;
    }
    int end = i;
    int exponent = 0;
    if (i < to && (b[i] | 0x20) == 'e') {
      i++;
      boolean minus = false;
      if (i < to && (b[i] == '-' || b[i] == '+')) {
        minus = b[i] == '-';
        i++;
      }
      int first = i;
      for (; i < to && b[i] >= '0' && b[i] <= '9'; i++) {
        if (exponent < 100_000_000) {
          exponent = exponent * 10 + b[i] - '0';
        }
      }
      if (i > first) {
        end = i;
        exponent = minus ? -exponent : exponent;
      } else {
        exponent = 0;
      }
    }
    double v;
    int e10 = exponent + dropped - scale;
    if (!inexact) {
      v = fromDecimal(mantissa, e10);
    } else {
      v = fromDecimal(mantissa, e10);
      if (v != fromDecimal(mantissa + 1, e10)) {
        v = exact(b, start, end, exponent);
      }
    }
    value = negative ? -v : v;
    return end;
  }

  /** The double nearest to {@code mantissa * 10^exponent}; the mantissa is unsigned. */
  public static double fromDecimal(long mantissa, int exponent) {
    if (mantissa >>> 53 == 0) {
      if (exponent == 0) {
        return mantissa;
      }
      if (exponent < 0 && exponent >= -22) {
        return mantissa / EXACT[-exponent];
      }
      if (exponent > 0 && exponent <= 22) {
        return mantissa * EXACT[exponent];
      }
    }
    return lemire(mantissa, exponent);
  }

  /** Lemire, "Number parsing at a gigabyte per second" (2021); exact for every 64-bit mantissa. */
  private static double lemire(long mantissa, int q) {
    if (mantissa == 0 || q < -342) {
      return 0;
    }
    if (q > 308) {
      return Double.POSITIVE_INFINITY;
    }
    int lz = Long.numberOfLeadingZeros(mantissa);
    long w = mantissa << lz;
    long t = PowersOfTen.high(q);
    long high = PowersOfTen.unsignedMultiplyHigh(w, t);
    long low = w * t;
    if ((high & 0x1FF) == 0x1FF) {
      long second = PowersOfTen.unsignedMultiplyHigh(w, PowersOfTen.low(q));
      low += second;
      if (Long.compareUnsigned(second, low) > 0) {
        high++;
      }
    }
    int upper = (int) (high >>> 63);
    int shift = upper + 9;
    long m = high >>> shift;
    int power = (217706 * q >> 16) + 63 + upper - lz + 1023;
    if (power <= 0) {
      if (1 - power >= 64) {
        return 0;
      }
      m >>>= 1 - power;
      m += m & 1;
      return Double.longBitsToDouble(m >>> 1);
    }
    if (Long.compareUnsigned(low, 1) <= 0
        && q >= -4
        && q <= 23
        && (m & 3) == 1
        && m << shift == high) {
      m &= ~1L;
    }
    m += m & 1;
    m >>>= 1;
    if (m >= 1L << 53) {
      m = 1L << 52;
      power++;
    }
    if (power >= 0x7FF) {
      return Double.POSITIVE_INFINITY;
    }
    return Double.longBitsToDouble((long) power << 52 | m & (1L << 52) - 1);
  }

  /** For numbers of 20 digits and more that lie next to the middle between two doubles. */
  private static double exact(byte[] b, int from, int to, int exponent) {
    StringBuilder digits = new StringBuilder();
    int scale = 0;
    boolean fraction = false;
    for (int i = from; i < to && (b[i] | 0x20) != 'e'; i++) {
      if (b[i] == '.') {
        fraction = true;
        continue;
      }
      // Beyond 800 digits only "not zero" matters: the middles between doubles have fewer.
      if (digits.length() < 800) {
        digits.append((char) b[i]);
        scale += fraction ? 1 : 0;
      } else {
        if (b[i] != '0') {
          digits.setCharAt(799, digits.charAt(799) == '0' ? '1' : digits.charAt(799));
        }
        scale -= fraction ? 0 : 1;
      }
    }
    return LongDouble.fromDecimal(
            new BigInteger(digits.toString()), exponent - scale, 53, -1074, 1023)
        .doubleValue();
  }
}
