package dev.qanat.json;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.DoubleReader;
import dev.qanat.text.Utf8;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Reads a sequence of JSON texts that arrive in chunks: {@link #feed} a chunk, take values with
 * {@link #next} until it gives null, and so on; {@link #finish} after the last. As lenient as jq:
 * {@code nan} and {@code Infinity} are numbers, texts need no separator where they end by
 * themselves. Never suspends; nesting is bounded by {@link #MAX_DEPTH}, not by the stack.
 */
public final class JsonParser {
  public static final int MAX_DEPTH = 10_000;

  private enum State {
    NORMAL,
    STRING,
    ESCAPE
  }

  private final boolean keepNumbers;
  private final boolean streaming;
  private byte[] data = new byte[0];
  private int at;
  private int end;
  private State state = State.NORMAL;
  private boolean escaped; // the string in hand has escapes
  private boolean control; // it has control characters that are not escaped
  private final ByteBuilder token = new ByteBuilder();
  private long line = 1;
  private long columnBase; // bytes of the line before the chunk, minus the line's start in it
  private JsonValue next; // a complete value that has no place yet
  private String problem; // the last error's, without its place
  private final DoubleReader numbers = new DoubleReader();

  // One entry an open array or object; members of open objects wait in the arrays below.
  private int depth;
  private boolean[] isObject = new boolean[16];
  private int[] base = new int[16];
  private JsonString[] key = new JsonString[16];
  private JsonValue[] pending = new JsonValue[64];
  private JsonString[] pendingKeys = new JsonString[64];
  private int pendingCount;

  private final JsonString[] knownKeys = new JsonString[512];
  private final ArrayDeque<JsonValue> events; // jq's streaming form, waiting to be taken

  public JsonParser() {
    this(false, false);
  }

  /**
   * @param keepNumbers numbers remember how they were written
   * @param streaming instead of values give jq's streaming form: {@code [path, leaf]} and {@code
   *     [path]} events
   */
  public JsonParser(boolean keepNumbers, boolean streaming) {
    this.keepNumbers = keepNumbers;
    this.streaming = streaming;
    events = streaming ? new ArrayDeque<>() : null;
  }

  /** Parses one JSON text. Throws when it is not one. */
  public static JsonValue parse(byte[] text) {
    return parseOne(text, false);
  }

  /** Parses one JSON text. Throws when it is not one. */
  public static JsonValue parse(String text) {
    return parseOne(Utf8.encode(text), false);
  }

  /** As {@link #parse(byte[])}, numbers remembering how they were written. */
  public static JsonValue parseKeepingNumbers(byte[] text) {
    return parseOne(text, true);
  }

  private static JsonValue parseOne(byte[] text, boolean keep) {
    JsonParser p = new JsonParser(keep, false);
    p.feed(text, 0, text.length);
    JsonValue v = p.next();
    if (v == null) {
      v = p.finish();
      if (v == null) {
        throw new JsonException("Expected JSON value");
      }
    } else if (p.next() != null || p.finish() != null) {
      throw new JsonException("Unexpected extra JSON values");
    }
    return v;
  }

  /** Gives the parser its next bytes; the array is read until {@link #next} gives null. */
  public void feed(byte[] chunk, int offset, int count) {
    columnBase += at - offset;
    data = chunk;
    at = offset;
    end = offset + count;
  }

  /** Where the parser stands in the chunk: the first byte it has not used. */
  public int position() {
    return at;
  }

  /** The next complete value (or event), or null when more bytes are needed. */
  public JsonValue next() {
    if (streaming && !events.isEmpty()) {
      return events.poll();
    }
    while (at < end) {
      if (state != State.NORMAL) {
        string();
      } else {
        normal();
      }
      if (streaming) {
        if (!events.isEmpty()) {
          return events.poll();
        }
      } else if (depth == 0 && next != null && token.isEmpty() && state == State.NORMAL) {
        JsonValue v = next;
        next = null;
        return v;
      }
    }
    return null;
  }

  /** The value that the end of input completes, or null. To be called until it gives null. */
  public JsonValue finish() {
    if (streaming && !events.isEmpty()) {
      return events.poll();
    }
    if (state != State.NORMAL) {
      throw atEnd("Unfinished string");
    }
    if (!token.isEmpty()) {
      try {
        literal(token.array(), 0, token.length());
      } catch (JsonException e) {
        throw atEnd(problem);
      }
      token.clear();
    }
    if (depth > 0) {
      throw atEnd("Unfinished JSON term");
    }
    if (streaming) {
      return events.isEmpty() ? null : events.poll();
    }
    JsonValue v = next;
    next = null;
    return v;
  }

  private JsonException atEnd(String message) {
    String where = message + " at EOF at line " + line + ", column " + column();
    reset();
    return new JsonException(where);
  }

  private JsonException error(String message) {
    problem = message;
    // a newline that ends the token counts already
    boolean newline = at > 0 && data[at - 1] == '\n' && column() > 0;
    String where =
        message
            + " at line "
            + (newline ? line + 1 : line)
            + ", column "
            + (newline ? 0 : column());
    reset();
    return new JsonException(where);
  }

  private long column() {
    return columnBase + at;
  }

  /** Forgets what was begun; the next value starts at the next byte. */
  public void reset() {
    state = State.NORMAL;
    escaped = false;
    control = false;
    token.clear();
    next = null;
    depth = 0;
    pendingCount = 0;
    if (streaming) {
      events.clear();
    }
  }

  private void normal() {
    byte[] d = data;
    while (at < end) {
      int c = d[at];
      switch (c) {
        case ' ', '\t', '\r' -> {
          at++;
          if (!token.isEmpty()) {
            endLiteral();
            return;
          }
        }
        case '\n' -> {
          at++;
          line++;
          columnBase = -at;
          if (!token.isEmpty()) {
            endLiteral();
            return;
          }
        }
        case '"' -> {
          at++;
          if (!token.isEmpty()) {
            endLiteral();
            at--; // the value before the string is handed out first
            return;
          }
          state = State.STRING;
          return;
        }
        case '[', '{', ']', '}', ',', ':' -> {
          at++;
          if (!token.isEmpty()) {
            endLiteral();
            if (depth == 0) {
              at--;
              return;
            }
          }
          structure(c);
          if (depth == 0 && (next != null || streaming)) {
            return;
          }
          if (streaming && !events.isEmpty()) {
            return;
          }
        }
        default -> {
          int from = at;
          int i = at;
          while (i < end && isLiteral(d[i])) {
            i++;
          }
          if (i < end && token.isEmpty() && depth > 0) {
            // the common case: a number that lies in one chunk, and is followed by , or ]
            at = i + 1;
            literal(d, from, i);
            at = i;
          } else {
            token.append(d, from, i - from);
            at = i;
          }
        }
      }
    }
  }

  private static boolean isLiteral(int c) {
    return switch (c) {
      case ' ', '\t', '\r', '\n', '"', '[', ']', '{', '}', ',', ':' -> false;
      default -> true;
    };
  }

  private void endLiteral() {
    literal(token.array(), 0, token.length());
    token.clear();
  }

  private void literal(byte[] b, int from, int to) {
    int n = to - from;
    JsonValue v;
    int c = b[from];
    if (c == 't' || c == 'f' || c == 'n' && n != 3) {
      String word = c == 't' ? "true" : c == 'f' ? "false" : "null";
      boolean same = n == word.length();
      for (int i = 0; same && i < n; i++) {
        same = b[from + i] == word.charAt(i);
      }
      if (!same) {
        throw error("Invalid literal");
      }
      v = c == 't' ? JsonValue.TRUE : c == 'f' ? JsonValue.FALSE : JsonValue.NULL;
    } else {
      v = number(b, from, to);
      if (v == null) {
        throw error("Invalid numeric literal");
      }
    }
    value(v);
  }

  private JsonValue number(byte[] b, int from, int to) {
    if (to - from < 10) {
      // small integers without the general machinery
      int i = b[from] == '-' ? from + 1 : from;
      int v = 0;
      while (i < to && b[i] >= '0' && b[i] <= '9') {
        v = v * 10 + b[i++] - '0';
      }
      if (i == to && v != 0) {
        double d = b[from] == '-' ? -v : v;
        return keepNumbers
            ? JsonNumber.written(d, Arrays.copyOfRange(b, from, to))
            : JsonNumber.of(d);
      }
    }
    int stop = numbers.read(b, from, to);
    if (stop == to) {
      return keepNumbers
          ? JsonNumber.written(numbers.value(), Arrays.copyOfRange(b, from, to))
          : JsonNumber.of(numbers.value());
    }
    boolean minus = b[from] == '-';
    int i = minus || b[from] == '+' ? from + 1 : from;
    if (isWord(b, i, to, "nan")) {
      return JsonNumber.of(Double.NaN);
    }
    if (isWord(b, i, to, "infinity") || isWord(b, i, to, "inf")) {
      return JsonNumber.of(minus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return null;
  }

  private static boolean isWord(byte[] b, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((b[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void string() {
    byte[] d = data;
    if (state == State.ESCAPE) {
      token.append(d[at++]);
      state = State.STRING;
    }
    int from = at;
    int i = at;
    while (i < end) {
      int c = d[i];
      if (c == '"') {
        at = i + 1;
        state = State.NORMAL;
        JsonString s;
        if (token.isEmpty() && !escaped) {
          s = known(d, from, i);
        } else {
          token.append(d, from, i - from);
          s =
              escaped
                  ? unescape(token.array(), token.length())
                  : known(token.array(), 0, token.length());
          token.clear();
          escaped = false;
        }
        if (control) {
          throw error(
              "Invalid string: control characters from U+0000 through U+001F must be escaped");
        }
        value(s);
        return;
      }
      if (c == '\\') {
        escaped = true;
        i++;
        if (i == end) {
          state = State.ESCAPE;
          break;
        }
      }
      if (c >= 0 && c < 0x20) {
        control = true;
        if (c == '\n') {
          line++;
          columnBase = -(i + 1);
        }
      }
      i++;
    }
    token.append(d, from, i - from);
    at = i;
  }

  /** Short strings of an object come again and again: the same text gives the same object. */
  private JsonString known(byte[] b, int from, int to) {
    if (to - from > 24) {
      return JsonString.of(b, from, to - from);
    }
    int h = JsonString.hash(b, from, to);
    int place = h & knownKeys.length - 1;
    JsonString k = knownKeys[place];
    if (k != null && k.hashCode() == h && same(k.utf8(), b, from, to)) {
      return k;
    }
    k = JsonString.of(b, from, to - from);
    if (depth > 0 && isObject[depth - 1] && key[depth - 1] == null) {
      knownKeys[place] = k;
    }
    return k;
  }

  private static boolean same(byte[] a, byte[] b, int from, int to) {
    if (a.length != to - from) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (a[i] != b[from + i]) {
        return false;
      }
    }
    return true;
  }

  private JsonString unescape(byte[] b, int n) {
    ByteBuilder out = new ByteBuilder(n);
    for (int i = 0; i < n; i++) {
      int c = b[i];
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = b[++i];
      switch (c) {
        case '"', '\\', '/' -> out.append(c);
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          int unit = hex(b, i + 1, n);
          i += 4;
          if (unit >= 0xD800 && unit < 0xE000) {
            boolean pair = unit < 0xDC00 && i + 2 < n && b[i + 1] == '\\' && b[i + 2] == 'u';
            int low = pair ? hex(b, i + 3, n) : 0;
            if (low < 0xDC00 || low > 0xDFFF) {
              throw error("Invalid \\uXXXX\\uXXXX surrogate pair escape");
            }
            i += 6;
            unit = Character.toCodePoint((char) unit, (char) low);
          }
          out.appendCodePoint(unit);
        }
        default -> throw error("Invalid escape");
      }
    }
    return JsonString.of(out.array(), 0, out.length());
  }

  private int hex(byte[] b, int from, int n) {
    if (from + 4 > n) {
      throw error("Invalid \\uXXXX escape");
    }
    int v = 0;
    for (int i = from; i < from + 4; i++) {
      int d = Character.digit((char) (b[i] & 0x7F), 16);
      if (d < 0 || b[i] < 0) {
        throw error("Invalid characters in \\uXXXX escape");
      }
      v = v << 4 | d;
    }
    return v;
  }

  private void value(JsonValue v) {
    if (next != null) {
      throw error("Expected separator between values");
    }
    next = v;
    if (streaming && depth == 0) {
      events.add(JsonArray.of(JsonArray.EMPTY, v));
      next = null;
    }
  }

  private void structure(int c) {
    switch (c) {
      case '[', '{' -> {
        if (next != null) {
          throw error("Expected separator between values");
        }
        if (depth >= MAX_DEPTH) {
          throw error("Exceeds depth limit for parsing");
        }
        open(c == '{');
      }
      case ':' -> {
        if (next == null) {
          throw error("Expected string key before ':'");
        }
        if (depth == 0 || !isObject[depth - 1]) {
          throw error("':' not as part of an object");
        }
        if (key[depth - 1] != null) {
          throw error("':' not as part of an object");
        }
        if (!(next instanceof JsonString s)) {
          throw error("Object keys must be strings");
        }
        key[depth - 1] = s;
        next = null;
      }
      case ',' -> {
        if (next == null) {
          throw error("Expected value before ','");
        }
        if (depth == 0) {
          throw error("',' not as part of an object or array");
        }
        if (isObject[depth - 1] && key[depth - 1] == null) {
          throw error("Objects must consist of key:value pairs");
        }
        member();
      }
      case ']' -> {
        if (depth == 0) {
          throw error("Unmatched ']'");
        }
        if (isObject[depth - 1]) {
          throw error("Unmatched ']'");
        }
        if (next != null) {
          member();
        } else if (pendingCount > base[depth - 1]) {
          throw error("Expected another array element");
        }
        close();
      }
      default -> {
        if (depth == 0) {
          throw error("Unmatched '}'");
        }
        if (!isObject[depth - 1]) {
          throw error(
              next != null
                  ? "Objects must consist of key:value pairs"
                  : "Unmatched '}' in the middle of an array");
        }
        if (next != null) {
          if (key[depth - 1] == null) {
            throw error("Objects must consist of key:value pairs");
          }
          member();
        } else if (key[depth - 1] != null) {
          throw error("Objects must consist of key:value pairs");
        } else if (pendingCount > base[depth - 1]) {
          throw error("Expected another key-value pair");
        }
        close();
      }
    }
  }

  private void open(boolean object) {
    if (depth == isObject.length) {
      isObject = Arrays.copyOf(isObject, depth * 2);
      base = Arrays.copyOf(base, depth * 2);
      key = Arrays.copyOf(key, depth * 2);
    }
    isObject[depth] = object;
    base[depth] = pendingCount;
    key[depth] = null;
    depth++;
  }

  private void member() {
    int n = pendingCount;
    if (n == pending.length) {
      pending = Arrays.copyOf(pending, n * 2);
      pendingKeys = Arrays.copyOf(pendingKeys, n * 2);
    }
    if (streaming) {
      if (next != CLOSED) {
        events.add(JsonArray.of(path(depth), next));
      }
      pending[n] = JsonValue.NULL;
    } else {
      pending[n] = next;
    }
    pendingKeys[n] = key[depth - 1];
    pendingCount = n + 1;
    key[depth - 1] = null;
    next = null;
  }

  private void close() {
    depth--;
    int from = base[depth];
    int n = pendingCount - from;
    if (streaming) {
      closeStreaming(from, n);
      return;
    }
    JsonValue[] values = Arrays.copyOfRange(pending, from, pendingCount);
    if (isObject[depth]) {
      JsonString[] keys = Arrays.copyOfRange(pendingKeys, from, pendingCount);
      next = n == 0 ? JsonObject.EMPTY : JsonObject.ofOwned(keys, values, n);
    } else {
      next = n == 0 ? JsonArray.EMPTY : JsonArray.ofOwned(values, n);
    }
    pendingCount = from;
  }

  /** Stands for a container whose events have been given. */
  private static final JsonValue CLOSED = JsonArray.of(JsonValue.NULL);

  private void closeStreaming(int from, int n) {
    if (n == 0) {
      JsonValue empty = isObject[depth] ? JsonObject.EMPTY : JsonArray.EMPTY;
      pendingCount = from;
      if (depth == 0) {
        events.add(JsonArray.of(JsonArray.EMPTY, empty));
        next = null;
      } else {
        next = empty;
      }
      return;
    }
    depth++;
    JsonValue[] p = new JsonValue[depth];
    for (int i = 0; i < depth - 1; i++) {
      p[i] = step(i);
    }
    p[depth - 1] = isObject[depth - 1] ? pendingKeys[pendingCount - 1] : JsonNumber.of(n - 1);
    depth--;
    pendingCount = from;
    events.add(JsonArray.of(JsonArray.of(p)));
    next = depth == 0 ? null : CLOSED;
  }

  private JsonValue step(int level) {
    if (isObject[level]) {
      return key[level];
    }
    int top = level + 1 < depth ? base[level + 1] : pendingCount;
    return JsonNumber.of(top - base[level]);
  }

  private JsonArray path(int levels) {
    JsonValue[] p = new JsonValue[levels];
    for (int i = 0; i < levels; i++) {
      p[i] = step(i);
    }
    return JsonArray.of(p);
  }
}
