package dev.qanat.json;

/**
 * A JSON value. The kinds are ordered as jq orders them: null, false, true, numbers, strings,
 * arrays, objects.
 */
public abstract class JsonValue implements Comparable<JsonValue> {
  public static final JsonValue NULL = new Constant("null", 0);
  public static final JsonValue FALSE = new Constant("false", 1);
  public static final JsonValue TRUE = new Constant("true", 2);

  static final int NUMBER_RANK = 3;
  static final int STRING_RANK = 4;
  static final int ARRAY_RANK = 5;
  static final int OBJECT_RANK = 6;

  /** Nesting that comparisons and the writer go down to at the most. */
  public static final int MAX_DEPTH = 2000;

  JsonValue() {}

  private static final class Constant extends JsonValue {
    private final String name;
    private final int rank;

    Constant(String name, int rank) {
      this.name = name;
      this.rank = rank;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public String kind() {
      return rank == 0 ? "null" : "boolean";
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static JsonValue of(boolean b) {
    return b ? TRUE : FALSE;
  }

  public static JsonNumber of(double v) {
    return JsonNumber.of(v);
  }

  public static JsonString of(String s) {
    return JsonString.of(s);
  }

  /** The place of the value's kind in the order of kinds; false and true count as two. */
  public abstract int rank();

  /** {@code null boolean number string array object}. */
  public abstract String kind();

  /** Everything but null and false. */
  public final boolean isTruthy() {
    return this != NULL && this != FALSE;
  }

  public final boolean isNull() {
    return this == NULL;
  }

  /** A number's value, else NaN. */
  public double asDouble() {
    return Double.NaN;
  }

  /** A string's text, else null. */
  public String asString() {
    return null;
  }

  /** The member of an object; null when there is none or this is no object. */
  public JsonValue get(String key) {
    return null;
  }

  /** The element of an array; null when there is none or this is no array. */
  public JsonValue get(int index) {
    return null;
  }

  /** How many elements or members; 0 for the other kinds. */
  public int size() {
    return 0;
  }

  @Override
  public int compareTo(JsonValue o) {
    return compare(this, o, 0);
  }

  static int compare(JsonValue a, JsonValue b, int depth) {
    if (a == b && !(a instanceof JsonNumber)) {
      return 0;
    }
    int r = a.rank();
    if (r != b.rank()) {
      return r < b.rank() ? -1 : 1;
    }
    if (depth > MAX_DEPTH) {
      throw new IllegalStateException("value is nested too deeply");
    }
    switch (r) {
      case NUMBER_RANK:
        double x = ((JsonNumber) a).value();
        double y = ((JsonNumber) b).value();
        // jq: nan is less than every number, itself included
        return x != x || x < y ? -1 : x == y ? 0 : 1;
      case STRING_RANK:
        return ((JsonString) a).compareBytes((JsonString) b);
      case ARRAY_RANK:
        JsonArray p = (JsonArray) a;
        JsonArray q = (JsonArray) b;
        int n = Math.min(p.size(), q.size());
        for (int i = 0; i < n; i++) {
          int c = compare(p.at(i), q.at(i), depth + 1);
          if (c != 0) {
            return c;
          }
        }
        return Integer.compare(p.size(), q.size());
      case OBJECT_RANK:
        return compareObjects((JsonObject) a, (JsonObject) b, depth);
      default:
        return 0;
    }
  }

  private static int compareObjects(JsonObject a, JsonObject b, int depth) {
    JsonString[] ka = a.sortedKeys();
    JsonString[] kb = b.sortedKeys();
    int n = Math.min(ka.length, kb.length);
    for (int i = 0; i < n; i++) {
      int c = ka[i].compareBytes(kb[i]);
      if (c != 0) {
        return c;
      }
    }
    if (ka.length != kb.length) {
      return ka.length < kb.length ? -1 : 1;
    }
    for (JsonString k : ka) {
      int c = compare(a.get(k), b.get(k), depth + 1);
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  /**
   * Equal as JSON: numbers by value, objects whatever the order of their members. NaN equals
   * nothing.
   */
  public static boolean equal(JsonValue a, JsonValue b) {
    if (a instanceof JsonString s) {
      return b instanceof JsonString t && s.equals(t);
    }
    return compare(a, b, 0) == 0;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof JsonValue v && equal(this, v);
  }

  @Override
  public int hashCode() {
    return rank();
  }

  /** Compact JSON text. */
  @Override
  public String toString() {
    return JsonWriter.toText(this);
  }
}
