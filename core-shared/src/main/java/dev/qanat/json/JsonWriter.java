package dev.qanat.json;

import dev.qanat.text.ByteBuilder;

/**
 * Writes JSON as jq does: compact or indented, keys in their order or sorted, in colours, in ASCII
 * only. Reusable; not for values nested deeper than {@link JsonValue#MAX_DEPTH}.
 */
public final class JsonWriter {
  /** jq's colours for null, false, true, numbers, strings, arrays, objects. */
  private static final String[] COLOURS = {
    "1;30", "0;39", "0;39", "0;39", "0;32", "1;39", "1;39"
  };

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
    if (depth > JsonValue.MAX_DEPTH) {
      throw new IllegalStateException("value is nested too deeply to be written");
    }
    if (colours != null) {
      writeColoured(out, v, depth);
      return;
    }
    switch (v.rank()) {
      case JsonValue.NUMBER_RANK -> number(out, (JsonNumber) v);
      case JsonValue.STRING_RANK -> string(out, ((JsonString) v).utf8());
      case JsonValue.ARRAY_RANK -> array(out, (JsonArray) v, depth);
      case JsonValue.OBJECT_RANK -> object(out, (JsonObject) v, depth);
      default -> out.append(v == JsonValue.NULL ? "null" : v == JsonValue.TRUE ? "true" : "false");
    }
  }

  private static void number(ByteBuilder out, JsonNumber n) {
    if (n.text() != null) {
      out.append(n.text());
    } else {
      JsonNumber.append(out, n.value());
    }
  }

  private void array(ByteBuilder out, JsonArray a, int depth) {
    int n = a.size();
    out.append('[');
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        out.append(',');
      }
      newline(out, depth + 1);
      write(out, a.at(i), depth + 1);
    }
    if (n > 0) {
      newline(out, depth);
    }
    out.append(']');
  }

  private void object(ByteBuilder out, JsonObject o, int depth) {
    out.append('{');
    boolean first = true;
    JsonString[] order = sorted ? o.sortedKeys() : null;
    int n = sorted ? order.length : o.slots();
    for (int i = 0; i < n; i++) {
      JsonString k = sorted ? order[i] : o.keyAt(i);
      if (k == null) {
        continue;
      }
      if (!first) {
        out.append(',');
      }
      first = false;
      newline(out, depth + 1);
      string(out, k.utf8());
      out.append(':');
      if (indent > 0 || tabs) {
        out.append(' ');
      }
      write(out, sorted ? o.get(k) : o.valueAt(i), depth + 1);
    }
    if (!first) {
      newline(out, depth);
    }
    out.append('}');
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
            int size = dev.qanat.text.Utf8.sequenceLength(s, i, n);
            int cp = dev.qanat.text.Utf8.codePoint(s, i, size);
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
