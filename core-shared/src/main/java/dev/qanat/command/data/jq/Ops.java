package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.sched.Memory;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;

/** jq's operators: arithmetic, comparison, subscripts. */
final class Ops {
  static final int ADD = 0;
  static final int SUBTRACT = 1;
  static final int MULTIPLY = 2;
  static final int DIVIDE = 3;
  static final int MODULO = 4;
  static final int EQUAL = 5;
  static final int UNEQUAL = 6;
  static final int LESS = 7;
  static final int AT_MOST = 8;
  static final int GREATER = 9;
  static final int AT_LEAST = 10;

  private static final String[] NAMES = {"+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">="};

  private static final JsonString START = JsonString.of("start");
  private static final JsonString END = JsonString.of("end");

  private Ops() {}

  static int byName(String op) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equals(op)) {
        return i;
      }
    }
    throw new IllegalArgumentException(op);
  }

  static JsonValue binary(int op, JsonValue a, JsonValue b) {
    if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
      double p = x.value();
      double q = y.value();
      switch (op) {
        case ADD:
          return JsonNumber.of(p + q);
        case SUBTRACT:
          return JsonNumber.of(p - q);
        case MULTIPLY:
          return JsonNumber.of(p * q);
        case DIVIDE:
          if (q == 0) {
            throw pair(a, b, "cannot be divided because the divisor is zero");
          }
          return JsonNumber.of(p / q);
        case MODULO:
          return modulo(a, b, p, q);
        case EQUAL:
          return JsonValue.of(p == q);
        case UNEQUAL:
          return JsonValue.of(p != q);
        case LESS:
          return JsonValue.of(p < q || p != p);
        case AT_MOST:
          return JsonValue.of(p <= q || p != p);
        case GREATER:
          return JsonValue.of(p == p && !(p <= q));
        default:
          return JsonValue.of(p == p && !(p < q));
      }
    }
    switch (op) {
      case ADD:
        return add(a, b);
      case SUBTRACT:
        return subtract(a, b);
      case MULTIPLY:
        return multiply(a, b);
      case DIVIDE:
        if (a instanceof JsonString s && b instanceof JsonString t) {
          return split(s, t);
        }
        throw pair(a, b, "cannot be divided");
      case MODULO:
        throw pair(a, b, "cannot be divided (remainder)");
      case EQUAL:
        return JsonValue.of(JsonValue.equal(a, b));
      case UNEQUAL:
        return JsonValue.of(!JsonValue.equal(a, b));
      case LESS:
        return JsonValue.of(a.compareTo(b) < 0);
      case AT_MOST:
        return JsonValue.of(a.compareTo(b) <= 0);
      case GREATER:
        return JsonValue.of(a.compareTo(b) > 0);
      default:
        return JsonValue.of(a.compareTo(b) >= 0);
    }
  }

  static JsonValue add(JsonValue a, JsonValue b) {
    if (a == JsonValue.NULL) {
      return b;
    }
    if (b == JsonValue.NULL) {
      return a;
    }
    if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
      return JsonNumber.of(x.value() + y.value());
    }
    if (a instanceof JsonString x && b instanceof JsonString y) {
      return x.concat(y);
    }
    if (a instanceof JsonArray x && b instanceof JsonArray y) {
      return x.concat(y);
    }
    if (a instanceof JsonObject x && b instanceof JsonObject y) {
      return merge(x, y, false);
    }
    throw pair(a, b, "cannot be added");
  }

  private static JsonObject merge(JsonObject a, JsonObject b, boolean deep) {
    JsonObject out = a;
    for (JsonString k : b.keys()) {
      JsonValue v = b.get(k);
      if (deep && v instanceof JsonObject w && out.get(k) instanceof JsonObject old) {
        v = merge(old, w, true);
      }
      out = out.with(k, v);
    }
    return out;
  }

  private static JsonValue subtract(JsonValue a, JsonValue b) {
    if (a instanceof JsonArray x && b instanceof JsonArray y) {
      java.util.HashSet<JsonValue> gone = null;
      if (y.size() > 8) {
        gone = new java.util.HashSet<>();
        for (int i = 0; i < y.size(); i++) {
          gone.add(y.at(i));
        }
      }
      JsonArray out = JsonArray.EMPTY;
      for (int i = 0; i < x.size(); i++) {
        JsonValue v = x.at(i);
        boolean found = gone != null && gone.contains(v);
        for (int j = 0; gone == null && !found && j < y.size(); j++) {
          found = JsonValue.equal(v, y.at(j));
        }
        if (!found) {
          out = out.append(v);
        }
      }
      return out;
    }
    throw pair(a, b, "cannot be subtracted");
  }

  private static JsonValue multiply(JsonValue a, JsonValue b) {
    if (a instanceof JsonNumber && b instanceof JsonString) {
      JsonValue t = a;
      a = b;
      b = t;
    }
    if (a instanceof JsonString s && b instanceof JsonNumber n) {
      double count = n.value();
      if (!(count > 0)) {
        return JsonValue.NULL;
      }
      long times = Math.max(1, (long) Math.ceil(count));
      byte[] u = s.utf8();
      if (times > Memory.MAX_BUFFER || times * u.length > Memory.MAX_BUFFER) {
        throw new JqError("Repeat string result too long");
      }
      ByteBuilder out = new ByteBuilder((int) times * u.length);
      for (long i = 0; i < times; i++) {
        out.append(u);
      }
      return JsonString.ofValid(out.toByteArray());
    }
    if (a instanceof JsonObject x && b instanceof JsonObject y) {
      return merge(x, y, true);
    }
    throw pair(a, b, "cannot be multiplied");
  }

  private static JsonValue modulo(JsonValue a, JsonValue b, double p, double q) {
    long n = toLong(p);
    long d = toLong(q);
    if (d == 0) {
      throw pair(a, b, "cannot be divided (remainder) because the divisor is zero");
    }
    return JsonNumber.of(d == -1 ? 0 : n % d);
  }

  /** As the processor converts: what has no place becomes the least number. */
  private static long toLong(double v) {
    return v > -0x1p63 && v < 0x1p63 ? (long) v : Long.MIN_VALUE;
  }

  static JsonValue negate(JsonValue a) {
    if (a instanceof JsonNumber n) {
      return JsonNumber.of(-n.value());
    }
    throw single(a, "cannot be negated");
  }

  static JsonArray split(JsonString s, JsonString separator) {
    JsonArray out = JsonArray.EMPTY;
    byte[] u = s.utf8();
    int n = separator.utf8().length;
    if (u.length == 0) {
      return out;
    }
    if (n == 0) {
      for (int i = 0; i < u.length; ) {
        int size = Utf8.sequenceLength(u, i, u.length);
        out = out.append(JsonString.ofValid(java.util.Arrays.copyOfRange(u, i, i + size)));
        i += size;
      }
      return out;
    }
    int from = 0;
    while (true) {
      int at = s.indexOf(separator, from);
      if (at < 0) {
        return out.append(JsonString.ofValid(java.util.Arrays.copyOfRange(u, from, u.length)));
      }
      out = out.append(JsonString.ofValid(java.util.Arrays.copyOfRange(u, from, at)));
      from = at + n;
    }
  }

  static JsonValue index(JsonValue t, JsonValue k) {
    if (t instanceof JsonObject o && k instanceof JsonString s) {
      JsonValue v = o.get(s);
      return v == null ? JsonValue.NULL : v;
    }
    if (t instanceof JsonArray a) {
      if (k instanceof JsonNumber n) {
        double d = n.value();
        if (d != d) {
          return JsonValue.NULL;
        }
        d = Math.floor(d);
        if (d < 0) {
          d += a.size();
        }
        return d >= 0 && d < a.size() ? a.at((int) d) : JsonValue.NULL;
      }
      if (k instanceof JsonObject range) {
        int[] bounds = bounds(range, a.size(), "array");
        return a.slice(bounds[0], bounds[1]);
      }
      if (k instanceof JsonArray b) {
        return indexes(a, b);
      }
    }
    if (t instanceof JsonString s && k instanceof JsonObject range) {
      int[] bounds = bounds(range, s.length(), "string");
      return s.slice(bounds[0], bounds[1]);
    }
    if (t == JsonValue.NULL
        && (k == JsonValue.NULL
            || k instanceof JsonString
            || k instanceof JsonNumber
            || k instanceof JsonObject)) {
      return JsonValue.NULL;
    }
    throw cannotIndex(t, k);
  }

  /** As {@link #index}, null instead of an error. */
  static JsonValue indexOrNull(JsonValue t, JsonValue k) {
    if (k instanceof JsonString
        ? t instanceof JsonObject || t == JsonValue.NULL
        : k instanceof JsonNumber && (t instanceof JsonArray || t == JsonValue.NULL)) {
      return index(t, k);
    }
    if (k instanceof JsonString || k instanceof JsonNumber) {
      return null;
    }
    try {
      return index(t, k);
    } catch (JqError e) {
      return null;
    }
  }

  static JqError cannotIndex(JsonValue t, JsonValue k) {
    if (k instanceof JsonString s) {
      return new JqError("Cannot index " + t.kind() + " with string \"" + s.asString() + "\"");
    }
    return new JqError("Cannot index " + t.kind() + " with " + k.kind());
  }

  static JsonObject range(JsonValue from, JsonValue to) {
    return JsonObject.EMPTY.with(START, from).with(END, to);
  }

  static int[] bounds(JsonObject range, int n, String kind) {
    JsonValue from = range.get(START);
    JsonValue to = range.get(END);
    boolean fine =
        (from == JsonValue.NULL || from instanceof JsonNumber)
            && (to == JsonValue.NULL || to instanceof JsonNumber);
    if (!fine) {
      throw new JqError("Start and end indices of an " + kind + " slice must be numbers");
    }
    double a = from == JsonValue.NULL ? 0 : from.asDouble();
    double b = to == JsonValue.NULL ? n : to.asDouble();
    a = a < 0 ? a + n : a;
    b = b < 0 ? b + n : b;
    a = Math.max(0, Math.min(n, a));
    b = b != b ? n : Math.max(a, Math.min(n, b));
    return new int[] {(int) a, (int) Math.ceil(b)};
  }

  /** The positions at which an array holds another. */
  static JsonArray indexes(JsonArray a, JsonArray b) {
    JsonArray out = JsonArray.EMPTY;
    int n = b.size();
    if (n == 0) {
      return out;
    }
    for (int i = 0; i + n <= a.size(); i++) {
      int k = 0;
      while (k < n && JsonValue.equal(a.at(i + k), b.at(k))) {
        k++;
      }
      if (k == n) {
        out = out.append(JsonNumber.of(i));
      }
    }
    return out;
  }

  /** A value as messages show it: at most {@code room - 1} bytes, the last three dots if cut. */
  static String shown(JsonValue v, int room) {
    byte[] b = Utf8.encode(v.toString());
    if (b.length <= room - 1) {
      return Utf8.decode(b);
    }
    int keep = room - 4;
    while (keep > 0 && (b[keep] & 0xC0) == 0x80) {
      keep--;
    }
    return Utf8.decode(b, 0, keep) + "...";
  }

  static JqError single(JsonValue v, String problem) {
    return new JqError(v.kind() + " (" + shown(v, 15) + ") " + problem);
  }

  static JqError pair(JsonValue a, JsonValue b, String problem) {
    return new JqError(
        a.kind()
            + " ("
            + shown(a, 15)
            + ") and "
            + b.kind()
            + " ("
            + shown(b, 15)
            + ") "
            + problem);
  }
}
