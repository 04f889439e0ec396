package dev.qanat.json;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.DecimalDigits;

/** A number: a double and, where the parser was asked to keep it, the text it was written as. */
public final class JsonNumber extends JsonValue {
  private static final JsonNumber[] SMALL = new JsonNumber[1280];
  private static final DecimalDigits DIGITS = new DecimalDigits();

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = new JsonNumber(i - 256, null);
    }
  }

  private final double value;
  private final byte[] text;

  private JsonNumber(double value, byte[] text) {
    this.value = value;
    this.text = text;
  }

  public static JsonNumber of(double v) {
    int i = (int) v;
    if (i == v && i >= -256 && i < 1024 && (i != 0 || 1 / v > 0)) {
      return SMALL[i + 256];
    }
    return new JsonNumber(v, null);
  }

  /** A number that is written back as it was. */
  public static JsonNumber written(double v, byte[] text) {
    return new JsonNumber(v, text);
  }

  public double value() {
    return value;
  }

  /** The text the number was read from, not to be changed; null when it was not kept. */
  public byte[] text() {
    return text;
  }

  @Override
  public double asDouble() {
    return value;
  }

  @Override
  public int rank() {
    return NUMBER_RANK;
  }

  @Override
  public String kind() {
    return "number";
  }

  @Override
  public int hashCode() {
    return Double.hashCode(value + 0.0);
  }

  /**
   * Appends the fewest digits that are read back as the same double, in jq's layout: {@code
   * 1.5e+300}, {@code 1e-05}. NaN is null, infinities the largest numbers.
   */
  public static void append(ByteBuilder out, double v) {
    if (v != v) {
      out.append("null");
      return;
    }
    if (v == Double.POSITIVE_INFINITY || v == Double.NEGATIVE_INFINITY) {
      out.append(v > 0 ? "1.7976931348623157e+308" : "-1.7976931348623157e+308");
      return;
    }
    if (v > -1e15 && v < 1e15 && v == (long) v && (v != 0 || 1 / v > 0)) {
      out.appendDecimal((long) v);
      return;
    }
    if (v < 0 || 1 / v < 0) {
      out.append('-');
    }
    DecimalDigits d = DIGITS.setShortest(Math.abs(v));
    byte[] b = d.digits();
    int n = d.count();
    int point = v == 0 ? 1 : d.exponent() + 1;
    if (point <= -4 || point > n + 15) {
      out.append(b[0]);
      if (n > 1) {
        out.append('.').append(b, 1, n - 1);
      }
      int e = point - 1;
      out.append('e').append(e < 0 ? '-' : '+');
      e = Math.abs(e);
      if (e < 10) {
        out.append('0');
      }
      out.appendDecimal(e);
    } else if (point <= 0) {
      out.append("0.").appendRepeated('0', -point).append(b, 0, n);
    } else if (point >= n) {
      out.append(b, 0, n).appendRepeated('0', point - n);
    } else {
      out.append(b, 0, point).append('.').append(b, point, n - point);
    }
  }
}
