package dev.qanat.json;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import java.util.Arrays;

/**
 * Writes JSON as jq does: compact or indented, keys in their order or sorted, in colours, in ASCII
 * only. Reusable.
 */
public final class JsonWriter {
  /** jq's colours for null, false, true, numbers, strings, arrays, objects. */
  private static final String[] COLOURS = {"1;30", "0;39", "0;39", "0;39", "0;32", "1;39", "1;39"};

  /** Deeper values are written without colours. */
  private static final int COLOURED_DEPTH = 500;

  private static final String KEY_COLOUR = "34;1";

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final int indent;
  private final boolean tabs;
  private final boolean sorted;
  private final boolean ascii;
  private final String[] colours;

  /** Everything on one line, without blanks. */
  public static final JsonWriter COMPACT = new JsonWriter(0, false, false, false, null);

  /**
   * @param indent columns a level; 0 for one line
   * @param tabs a tab a level instead
   * @param sorted members by key
   * @param ascii other characters as {@code \\u} escapes
   * @param colours eight SGR codes, or null for none
   */
  public JsonWriter(int indent, boolean tabs, boolean sorted, boolean ascii, String[] colours) {
    this.indent = indent;
    this.tabs = tabs;
    this.sorted = sorted;
    this.ascii = ascii;
    this.colours = colours;
  }

  /** The colours jq uses when {@code JQ_COLORS} says nothing else: by kind, then object keys. */
  public static String[] standardColours() {
    String[] c = new String[8];
    System.arraycopy(COLOURS, 0, c, 0, 7);
    c[7] = KEY_COLOUR;
    return c;
  }

  /** Compact text of a value. */
  public static String toText(JsonValue v) {
    ByteBuilder out = new ByteBuilder();
    COMPACT.write(out, v);
    return out.toString();
  }

  /** Appends the value, without a newline after it. */
  public void write(ByteBuilder out, JsonValue v) {
    write(out, v, 0);
  }

  private void write(ByteBuilder out, JsonValue v, int depth) {
    if (colours != null && depth < COLOURED_DEPTH) {
      writeColoured(out, v, depth);
    } else {
      writePlain(out, v, depth);
    }
  }

  /** Keeps open containers on a stack of its own: values may be nested very deeply. */
  private void writePlain(ByteBuilder out, JsonValue v, int depth) {
    if (scalar(out, v)) {
      return;
    }
    Open[] open = new Open[8];
    int n = 0;
    open[n++] = begin(out, v);
    while (n > 0) {
      Open o = open[n - 1];
      JsonValue next =
          o.array != null ? nextElement(out, o, depth + n) : nextMember(out, o, depth + n);
      if (next == null) {
        n--;
        if (!o.first) {
          newline(out, depth + n);
        }
        out.append(o.array != null ? ']' : '}');
      } else if (!scalar(out, next)) {
        if (n == open.length) {
          open = Arrays.copyOf(open, n * 2);
        }
        open[n++] = begin(out, next);
      }
    }
  }

  /** A container being written. */
  private static final class Open {
    final JsonArray array;
    final JsonObject object;
    final JsonString[] order; // sorted keys
    int index;
    boolean first = true;

    Open(JsonArray array, JsonObject object, JsonString[] order) {
      this.array = array;
      this.object = object;
      this.order = order;
    }
  }

  private Open begin(ByteBuilder out, JsonValue v) {
    if (v instanceof JsonArray a) {
      out.append('[');
      return new Open(a, null, null);
    }
    JsonObject o = (JsonObject) v;
    out.append('{');
    return new Open(null, o, sorted ? o.sortedKeys() : null);
  }

  private boolean scalar(ByteBuilder out, JsonValue v) {
    switch (v.rank()) {
      case JsonValue.NUMBER_RANK -> number(out, (JsonNumber) v);
      case JsonValue.STRING_RANK -> string(out, ((JsonString) v).utf8());
      case JsonValue.ARRAY_RANK, JsonValue.OBJECT_RANK -> {
        return false;
      }
      default -> out.append(v == JsonValue.NULL ? "null" : v == JsonValue.TRUE ? "true" : "false");
    }
    return true;
  }

  private JsonValue nextElement(ByteBuilder out, Open o, int depth) {
    if (o.index == o.array.size()) {
      return null;
    }
    if (!o.first) {
      out.append(',');
    }
    o.first = false;
    newline(out, depth);
    return o.array.at(o.index++);
  }

  private JsonValue nextMember(ByteBuilder out, Open o, int depth) {
    int n = sorted ? o.order.length : o.object.slots();
    while (o.index < n && !sorted && o.object.keyAt(o.index) == null) {
      o.index++;
    }
    if (o.index == n) {
      return null;
    }
    JsonString k = sorted ? o.order[o.index] : o.object.keyAt(o.index);
    JsonValue v = sorted ? o.object.get(k) : o.object.valueAt(o.index);
    o.index++;
    if (!o.first) {
      out.append(',');
    }
    o.first = false;
    newline(out, depth);
    string(out, k.utf8());
    out.append(':');
    if (indent > 0 || tabs) {
      out.append(' ');
    }
    return v;
  }

  private static void number(ByteBuilder out, JsonNumber n) {
    if (n.text() != null) {
      out.append(n.text());
    } else {
      JsonNumber.append(out, n.value());
    }
  }

  private void newline(ByteBuilder out, int depth) {
    if (tabs) {
      out.append('\n').appendRepeated('\t', depth);
    } else if (indent > 0) {
      out.append('\n').appendRepeated(' ', depth * indent);
    }
  }

  private void string(ByteBuilder out, byte[] s) {
    int n = s.length;
    out.append('"');
    int from = 0;
    for (int i = 0; i < n; i++) {
      int c = s[i];
      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F || c < 0 && !ascii) {
        continue;
      }
      out.append(s, from, i - from);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0) {
            int size = Utf8.sequenceLength(s, i, n);
            int cp = Utf8.codePoint(s, i, size);
            i += size - 1;
            if (cp >= 0x10000) {
              unit(out, Character.highSurrogate(cp));
              unit(out, Character.lowSurrogate(cp));
            } else {
              unit(out, cp);
            }
          } else {
            unit(out, c);
          }
        }
      }
      from = i + 1;
    }
    out.append(s, from, n - from);
    out.append('"');
  }

  private static void unit(ByteBuilder out, int c) {
    out.append("\\u").append(HEX[c >> 12 & 15]).append(HEX[c >> 8 & 15]);
    out.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
  }

  private void writeColoured(ByteBuilder out, JsonValue v, int depth) {
    String on = "\u001b[" + colours[v.rank()] + "m";
    String off = "\u001b[0m";
    out.append(on);
    switch (v.rank()) {
      case JsonValue.NUMBER_RANK -> number(out, (JsonNumber) v);
      case JsonValue.STRING_RANK -> string(out, ((JsonString) v).utf8());
      case JsonValue.ARRAY_RANK -> {
        JsonArray a = (JsonArray) v;
        out.append('[');
        for (int i = 0; i < a.size(); i++) {
          if (i > 0) {
            out.append(on).append(',');
          }
          newline(out, depth + 1);
          write(out, a.at(i), depth + 1);
        }
        if (a.size() > 0) {
          out.append(on);
          newline(out, depth);
          out.append(on);
        }
        out.append(']');
      }
      case JsonValue.OBJECT_RANK -> colouredObject(out, (JsonObject) v, depth, on, off);
      default -> out.append(v == JsonValue.NULL ? "null" : v == JsonValue.TRUE ? "true" : "false");
    }
    out.append(off);
  }

  private void colouredObject(ByteBuilder out, JsonObject o, int depth, String on, String off) {
    out.append('{');
    boolean first = true;
    for (JsonString k : sorted ? o.sortedKeys() : o.keys()) {
      if (!first) {
        out.append(on).append(',');
      }
      newline(out, depth + 1);
      out.append(off).append("\u001b[").append(colours[7]).append('m');
      first = false;
      string(out, k.utf8());
      out.append(off).append(on).append(':');
      if (indent > 0 || tabs) {
        out.append(' ');
      }
      out.append(off);
      write(out, o.get(k), depth + 1);
    }
    if (!first) {
      out.append(on);
      newline(out, depth);
      out.append(on);
    }
    out.append('}');
  }
}
