package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.DoubleReader;
import dev.qanat.text.Utf8;
import java.util.Arrays;

/**
 * A scalar of awk: a number, a string, or text from outside that counts as a number if it looks
 * like one. It does not change, apart from remembering the other form once that was asked for.
 */
final class Value {
  private static final int NUMBER = 1;
  private static final int STRING = 2;
  private static final int INPUT = 4; // from outside: may be a number
  private static final int HAS_NUMBER = 8;
  private static final int HAS_TEXT = 16;
  private static final int UNSET = 32;
  private static final int REGEX = 64;
  private static final int LOOKED = 128; // whether it looks numeric is known

  private static final byte[] NONE = new byte[0];
  private static final Value[] SMALL = new Value[1280];
  private static final DoubleReader READER = new DoubleReader();

  static final Value UNINITIALIZED = new Value(NONE, 0, 0, UNSET | HAS_NUMBER | HAS_TEXT);
  static final Value EMPTY = new Value(NONE, 0, 0, STRING | HAS_TEXT);

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = new Value(i - 256);
    }
  }

  static final Value ZERO = of(0);
  static final Value ONE = of(1);

  private byte[] bytes;
  private int offset;
  private int length;
  private double number;
  private int flags;
  private String format; // the CONVFMT the text was made with

  private Value(double number) {
    this.number = number;
    this.flags = NUMBER | HAS_NUMBER;
  }

  private Value(byte[] bytes, int offset, int length, int flags) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.flags = flags;
  }

  static Value of(double v) {
    int i = (int) v;
    if (i == v && i >= -256 && i < 1024 && (i != 0 || 1 / v > 0)) {
      Value s = SMALL[i + 256];
      if (s != null) {
        return s;
      }
    }
    return new Value(v);
  }

  static Value of(boolean b) {
    return b ? ONE : ZERO;
  }

  /** A string; the bytes are taken over. */
  static Value of(byte[] text) {
    return text.length == 0 ? EMPTY : new Value(text, 0, text.length, STRING | HAS_TEXT);
  }

  static Value of(String text) {
    return of(Utf8.encode(text));
  }

  static Value of(byte[] text, int offset, int length) {
    return length == 0 ? EMPTY : new Value(text, offset, length, STRING | HAS_TEXT);
  }

  /** Text from a record, a command line, the environment: a number if it looks like one. */
  static Value input(byte[] text, int offset, int length) {
    return new Value(text, offset, length, INPUT | HAS_TEXT);
  }

  static Value input(String text) {
    byte[] b = Utf8.encode(text);
    return input(b, 0, b.length);
  }

  /** A regular expression as a value. */
  static Value regex(byte[] text) {
    return new Value(text, 0, text.length, REGEX | STRING | HAS_TEXT);
  }

  boolean isRegex() {
    return (flags & REGEX) != 0;
  }

  boolean isUnset() {
    return (flags & UNSET) != 0;
  }

  /** What typeof says. */
  String type() {
    if (isRegex()) {
      return "regexp";
    }
    if ((flags & UNSET) != 0) {
      return "unassigned";
    }
    if ((flags & NUMBER) != 0) {
      return "number";
    }
    return (flags & INPUT) != 0 && isNumeric() ? "strnum" : "string";
  }

  /** The value without what lies around it in a shared array, for keeping. */
  Value kept() {
    if (bytes != null && bytes.length > length + 64) {
      bytes = Arrays.copyOfRange(bytes, offset, offset + length);
      offset = 0;
    }
    return this;
  }

  double number() {
    if ((flags & HAS_NUMBER) == 0) {
      number = parse(bytes, offset, offset + length);
      flags |= HAS_NUMBER;
    }
    return number;
  }

  /** The number at the start of a text, after blanks. */
  static double parse(byte[] b, int from, int to) {
    int i = from;
    while (i < to && isBlank(b[i])) {
      i++;
    }
    int j = i;
    int v = 0;
    while (j < to && j - i < 9 && b[j] >= '0' && b[j] <= '9') {
      v = v * 10 + b[j++] - '0';
    }
    if (j == to && j > i) {
      return v;
    }
    if (READER.read(b, i, to) > i) {
      return READER.value();
    }
    return special(b, i, to);
  }

  /** {@code +nan -nan +inf -inf}, with their sign, are numbers. */
  private static double special(byte[] b, int i, int to) {
    if (to - i >= 4 && (b[i] == '+' || b[i] == '-')) {
      boolean end = to - i == 4 || isBlank(b[i + 4]);
      int c = (b[i + 1] | 0x20) << 16 | (b[i + 2] | 0x20) << 8 | b[i + 3] | 0x20;
      if (end && c == ('i' << 16 | 'n' << 8 | 'f')) {
        return b[i] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      if (end && c == ('n' << 16 | 'a' << 8 | 'n')) {
        return Double.longBitsToDouble(b[i] == '-' ? 0xFFF8000000000000L : 0x7FF8000000000000L);
      }
    }
    return 0;
  }

  static boolean isBlank(int c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /** Whether it compares as a number. */
  boolean isNumeric() {
    if ((flags & (NUMBER | UNSET)) != 0) {
      return true;
    }
    if ((flags & INPUT) == 0) {
      return false;
    }
    if ((flags & LOOKED) == 0) {
      flags |= LOOKED;
      if (!looksNumeric()) {
        flags = flags & ~INPUT | STRING;
      }
    }
    return (flags & INPUT) != 0;
  }

  private boolean looksNumeric() {
    int i = offset;
    int to = offset + length;
    while (i < to && isBlank(bytes[i])) {
      i++;
    }
    while (to > i && isBlank(bytes[to - 1])) {
      to--;
    }
    if (i == to) {
      return false;
    }
    if (READER.read(bytes, i, to) == to) {
      number = READER.value();
      flags |= HAS_NUMBER;
      return true;
    }
    if (to - i == 4 && special(bytes, i, to) != 0) {
      number = special(bytes, i, to);
      flags |= HAS_NUMBER;
      return true;
    }
    return false;
  }

  boolean isTrue() {
    if ((flags & NUMBER) != 0) {
      return number != 0;
    }
    if ((flags & UNSET) != 0) {
      return false;
    }
    return isNumeric() ? number() != 0 : length > 0;
  }

  /** Makes the text available in {@link #bytes}, {@link #offset}, {@link #length}. */
  Value text(String convfmt) {
    if ((flags & HAS_TEXT) == 0
        || (flags & NUMBER) != 0 && format != null && !format.equals(convfmt)) {
      ByteBuilder out = new ByteBuilder(24);
      if (append(out, number, convfmt)) {
        format = null;
      } else {
        format = convfmt;
      }
      bytes = out.toByteArray();
      offset = 0;
      length = bytes.length;
      flags |= HAS_TEXT;
    }
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Appends the text; numbers that are no integers by a format. */
  void appendTo(ByteBuilder out, String format) {
    if ((flags & HAS_TEXT) != 0 && (flags & NUMBER) == 0) {
      out.append(bytes, offset, length);
    } else {
      append(out, number, format);
    }
  }

  /** Whether the number is a number, so that print uses OFMT. */
  boolean isNumber() {
    return (flags & NUMBER) != 0;
  }

  /** True when the text does not depend on the format. */
  static boolean append(ByteBuilder out, double v, String format) {
    if (v == (long) v && v > -1e18 && v < 1e18) {
      out.appendDecimal((long) v);
      return true;
    }
    if (v != v || Double.isInfinite(v)) {
      boolean negative = Double.doubleToRawLongBits(v) < 0;
      out.append(negative ? '-' : '+').append(v != v ? "nan" : "inf");
      return true;
    }
    if (v == Math.rint(v)) {
      FIXED.real(out, v);
      return true;
    }
    CFormat f = format.equals("%.6g") ? STANDARD : CFormat.of(format);
    switch (f.conversion) {
      case 'd', 'i' -> f.signed(out, (long) v);
      case 'o', 'x', 'X', 'u' -> f.unsigned(out, (long) v);
      default -> f.real(out, v);
    }
    return false;
  }

  private static final CFormat FIXED = CFormat.of("%.0f");
  private static final CFormat STANDARD = CFormat.of("%.6g");

  /** A copy of the text's bytes. */
  byte[] toBytes(String convfmt) {
    text(convfmt);
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  String toString(String convfmt) {
    text(convfmt);
    return Utf8.decode(bytes, offset, length);
  }

  @Override
  public String toString() {
    return toString("%.6g");
  }

  static int compareText(Value a, Value b) {
    int n = Math.min(a.length, b.length);
    byte[] x = a.bytes;
    byte[] y = b.bytes;
    for (int i = 0; i < n; i++) {
      int c = x[a.offset + i];
      int d = y[b.offset + i];
      if (c != d) {
        return (c & 0xFF) - (d & 0xFF);
      }
    }
    return a.length - b.length;
  }
}
