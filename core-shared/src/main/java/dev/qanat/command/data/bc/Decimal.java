package dev.qanat.command.data.bc;

import java.math.BigInteger;

/**
 * A decimal number of any length with {@code scale} digits after the point. Results are truncated,
 * never rounded, to the scales POSIX gives for each operation.
 */
final class Decimal {
  static final Decimal ZERO = new Decimal(BigInteger.ZERO, 0);
  static final Decimal ONE = new Decimal(BigInteger.ONE, 0);
  private static final String DIGITS = "0123456789ABCDEF";

  final BigInteger unscaled;
  final int scale;

  Decimal(BigInteger unscaled, int scale) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  static Decimal of(long n) {
    return new Decimal(BigInteger.valueOf(n), 0);
  }

  static Decimal of(boolean b) {
    return b ? ONE : ZERO;
  }

  static BigInteger power10(int n) {
    return BigInteger.TEN.pow(n);
  }

  /** A numeral in a base of 2 to 16. A digit too high for the base counts as its highest. */
  static Decimal parse(String text, int base) {
    int point = text.indexOf('.');
    int digits = point < 0 ? text.length() : text.length() - 1;
    if (base == 10 || digits == 1 && point < 0) {
      return parseTens(text, point, digits);
    }
    BigInteger b = BigInteger.valueOf(base);
    BigInteger whole = BigInteger.ZERO;
    BigInteger below = BigInteger.ONE;
    for (int i = 0; i < text.length(); i++) {
      if (i == point) {
        continue;
      }
      int d = Math.min(DIGITS.indexOf(text.charAt(i)), base - 1);
      whole = whole.multiply(b).add(BigInteger.valueOf(d));
      if (point >= 0 && i > point) {
        below = below.multiply(b);
      }
    }
    int scale = point < 0 ? 0 : text.length() - point - 1;
    return new Decimal(whole.multiply(power10(scale)).divide(below), scale);
  }

  private static Decimal parseTens(String text, int point, int digits) {
    if (digits == 0) {
      return ZERO;
    }
    if (digits == 1 && point < 0) {
      return of(DIGITS.indexOf(text.charAt(0)));
    }
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i != point) {
        s.append((char) ('0' + Math.min(9, DIGITS.indexOf(text.charAt(i)))));
      }
    }
    return new Decimal(new BigInteger(s.toString()), point < 0 ? 0 : text.length() - point - 1);
  }

  boolean isZero() {
    return unscaled.signum() == 0;
  }

  int signum() {
    return unscaled.signum();
  }

  /** The same number with this many digits after the point; what is too much is cut off. */
  Decimal withScale(int n) {
    if (n == scale) {
      return this;
    }
    return new Decimal(at(n), n);
  }

  private BigInteger at(int n) {
    return n >= scale
        ? n == scale ? unscaled : unscaled.multiply(power10(n - scale))
        : unscaled.divide(power10(scale - n));
  }

  Decimal negate() {
    return new Decimal(unscaled.negate(), scale);
  }

  Decimal add(Decimal b) {
    int n = Math.max(scale, b.scale);
    return new Decimal(at(n).add(b.at(n)), n);
  }

  Decimal subtract(Decimal b) {
    return add(b.negate());
  }

  Decimal multiply(Decimal b, int wanted) {
    int full = scale + b.scale;
    int n = Math.min(full, Math.max(wanted, Math.max(scale, b.scale)));
    return new Decimal(unscaled.multiply(b.unscaled), full).withScale(n);
  }

  /** The quotient with {@code wanted} digits after the point; the divisor is not zero. */
  Decimal divide(Decimal b, int wanted) {
    int shift = wanted + b.scale - scale;
    BigInteger dividend = shift > 0 ? unscaled.multiply(power10(shift)) : unscaled;
    BigInteger divisor = shift < 0 ? b.unscaled.multiply(power10(-shift)) : b.unscaled;
    return new Decimal(dividend.divide(divisor), wanted);
  }

  /** {@code a - (a / b) * b}, where the quotient has {@code wanted} digits after the point. */
  Decimal modulo(Decimal b, int wanted) {
    int n = Math.max(scale, b.scale + wanted);
    Decimal quotient = divide(b, wanted);
    Decimal product = new Decimal(quotient.unscaled.multiply(b.unscaled), quotient.scale + b.scale);
    return subtract(product).withScale(n);
  }

  Decimal power(int exponent, int wanted) {
    if (exponent == 0) {
      return ONE;
    }
    int size = Math.abs(exponent);
    Decimal whole = new Decimal(unscaled.pow(size), scale * size);
    if (exponent < 0) {
      return ONE.divide(whole, wanted);
    }
    return whole.withScale(Math.min(scale * size, Math.max(wanted, scale)));
  }

  /** The square root of a number that is not negative. */
  Decimal sqrt(int wanted) {
    int n = Math.max(wanted, scale);
    return new Decimal(root(at(2 * n)), n);
  }

  /** The whole part of a square root, by Newton's iteration from above. */
  static BigInteger root(BigInteger n) {
    if (n.signum() == 0) {
      return n;
    }
    BigInteger x = BigInteger.ONE.shiftLeft((n.bitLength() + 1) / 2);
    while (true) {
      BigInteger next = x.add(n.divide(x)).shiftRight(1);
      if (next.compareTo(x) >= 0) {
        return x;
      }
      x = next;
    }
  }

  int compareTo(Decimal b) {
    int n = Math.max(scale, b.scale);
    return at(n).compareTo(b.at(n));
  }

  /** How many digits it has; leading zeros do not count, those after the point do. */
  int length() {
    int digits = isZero() ? 0 : unscaled.abs().toString().length();
    return Math.max(1, Math.max(digits, scale));
  }

  /** The whole part, or {@code bound} (with the sign) when it is beyond. */
  int toInt(int bound) {
    BigInteger whole = at(0);
    if (whole.bitLength() > 31 || Math.abs(whole.longValue()) > bound) {
      return whole.signum() * bound;
    }
    return whole.intValue();
  }

  @Override
  public String toString() {
    return toString(10);
  }

  /** As bc prints it in a base of 2 and more: nothing before the point for a zero. */
  String toString(int base) {
    if (isZero()) {
      return "0";
    }
    StringBuilder s = new StringBuilder();
    if (signum() < 0) {
      s.append('-');
    }
    BigInteger size = unscaled.abs();
    if (base == 10) {
      String digits = size.toString();
      int whole = digits.length() - scale;
      if (whole > 0) {
        s.append(digits, 0, whole);
      }
      if (scale > 0) {
        s.append('.');
        for (int i = whole; i < 0; i++) {
          s.append('0');
        }
        s.append(digits, Math.max(0, whole), digits.length());
      }
      return s.toString();
    }
    BigInteger one = power10(scale);
    BigInteger[] parts = size.divideAndRemainder(one);
    if (parts[0].signum() != 0) {
      whole(s, parts[0], base);
    }
    if (scale > 0) {
      fraction(s, parts[1], one, base);
    }
    return s.toString();
  }

  private static void whole(StringBuilder s, BigInteger n, int base) {
    if (base <= 16) {
      s.append(n.toString(base).toUpperCase());
      return;
    }
    java.util.ArrayList<Integer> digits = new java.util.ArrayList<>();
    BigInteger b = BigInteger.valueOf(base);
    while (n.signum() != 0) {
      BigInteger[] parts = n.divideAndRemainder(b);
      digits.add(parts[1].intValue());
      n = parts[0];
    }
    for (int i = digits.size() - 1; i >= 0; i--) {
      digit(s, digits.get(i), base, true);
    }
  }

  private void fraction(StringBuilder s, BigInteger rest, BigInteger one, int base) {
    s.append('.');
    BigInteger b = BigInteger.valueOf(base);
    BigInteger reached = BigInteger.ONE;
    BigInteger limit = power10(scale);
    boolean space = false;
    while (reached.compareTo(limit) < 0) {
      BigInteger[] parts = rest.multiply(b).divideAndRemainder(one);
      digit(s, parts[0].intValue(), base, space);
      space = true;
      rest = parts[1];
      reached = reached.multiply(b);
    }
  }

  private static void digit(StringBuilder s, int digit, int base, boolean space) {
    if (base <= 16) {
      s.append(DIGITS.charAt(digit));
      return;
    }
    String text = Integer.toString(digit);
    if (space) {
      s.append(' ');
    }
    for (int i = Integer.toString(base - 1).length(); i > text.length(); i--) {
      s.append('0');
    }
    s.append(text);
  }
}
