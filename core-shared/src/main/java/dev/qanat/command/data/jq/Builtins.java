package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonException;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonParser;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.text.time.Zone;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The functions of jq that are not written in jq, by name and number of arguments. */
final class Builtins {
  /** A function of values; null means no output. */
  interface Native {
    JsonValue call(Machine m, JsonValue in, JsonValue[] args);
  }

  /** Takes the member of an object that a destructuring pattern names. */
  static final Native OBJECT_KEY =
      (m, in, a) -> {
        if (!(a[0] instanceof JsonString)) {
          throw new JqError("Cannot index " + in.kind() + " with " + a[0].kind());
        }
        return Ops.index(in, a[0]);
      };

  private static final Set<String> IMPURE =
      Set.of("input_line_number/0", "debug/0", "stderr/0", "halt/0", "halt_error/1", "_select/0");

  private static final Map<String, Native> ALL = new HashMap<>();

  private static final JsonString KEY = JsonString.of("key");
  private static final JsonString VALUE = JsonString.of("value");

  private Builtins() {}

  /** Ends the whole program. */
  static final class Halt extends RuntimeException {
    final JsonValue value; // printed on standard error; null for none
    final int status;

    Halt(JsonValue value, int status) {
      super(null, null, false, false);
      this.value = value;
      this.status = status;
    }
  }

  static Native find(String key) {
    return ALL.get(key);
  }

  /** Whether evaluating it has effects, so that it must happen in the machine's order. */
  static boolean isImpure(String key) {
    return IMPURE.contains(key);
  }

  static {
    values();
    strings();
    collections();
    MathFunctions.define(ALL);
    system();
    ALL.put("_to_entries/0", ALL.get("to_entries/0"));
    ALL.put("_from_entries/0", ALL.get("from_entries/0"));
    ALL.put("_setpath/2", ALL.get("setpath/2"));
    ALL.put("_delpaths/1", ALL.get("delpaths/1"));
  }

  private static void kinds(String name, String... kinds) {
    Set<String> set = Set.of(kinds);
    ALL.put("_is_" + name + "/0", (m, in, a) -> JsonValue.of(set.contains(in.kind())));
  }

  private static void values() {
    kinds("arrays", "array");
    kinds("objects", "object");
    kinds("strings", "string");
    kinds("numbers", "number");
    kinds("booleans", "boolean");
    kinds("iterables", "array", "object");
    kinds("scalars", "null", "boolean", "number", "string");
    ALL.put("not/0", (m, in, a) -> JsonValue.of(!in.isTruthy()));
    ALL.put("type/0", (m, in, a) -> JsonString.of(in.kind()));
    ALL.put("length/0", (m, in, a) -> length(in));
    ALL.put("tojson/0", (m, in, a) -> Formats.json(in));
    ALL.put("tostring/0", (m, in, a) -> Formats.text(in));
    ALL.put(
        "format/1",
        (m, in, a) -> {
          if (!(a[0] instanceof JsonString s)) {
            throw Ops.single(a[0], "is not a valid format");
          }
          return Formats.apply(s.asString(), in);
        });
    ALL.put(
        "fromjson/0",
        (m, in, a) -> {
          if (!(in instanceof JsonString s)) {
            throw Ops.single(in, "only strings can be parsed");
          }
          return parse(s);
        });
    ALL.put(
        "tonumber/0",
        (m, in, a) -> {
          if (in instanceof JsonNumber) {
            return in;
          }
          if (in instanceof JsonString s) {
            JsonValue v = parse(s);
            if (v instanceof JsonNumber) {
              return v;
            }
          }
          throw Ops.single(in, "cannot be parsed as a number");
        });
    ALL.put(
        "has/1",
        (m, in, a) -> {
          if (in instanceof JsonObject o && a[0] instanceof JsonString s) {
            return JsonValue.of(o.get(s) != null);
          }
          if (in instanceof JsonArray x && a[0] instanceof JsonNumber n) {
            double d = n.value();
            return JsonValue.of(d >= 0 && d < x.size());
          }
          if (in == JsonValue.NULL && (a[0] instanceof JsonString || a[0] instanceof JsonNumber)) {
            return JsonValue.FALSE;
          }
          throw new JqError("Cannot check whether " + in.kind() + " has a " + a[0].kind() + " key");
        });
    ALL.put("contains/1", (m, in, a) -> JsonValue.of(contains(in, a[0])));
    ALL.put(
        "setpath/2",
        (m, in, a) -> {
          JsonArray path = Paths.need(a[0]);
          return path.size() == 0 ? a[1] : Paths.set(in, path, a[1]);
        });
    ALL.put("delpaths/1", (m, in, a) -> Paths.delete(in, a[0]));
    ALL.put("isvalid/0", (m, in, a) -> JsonValue.TRUE);
  }

  private static JsonValue parse(JsonString s) {
    try {
      return JsonParser.parse(s.utf8());
    } catch (JsonException e) {
      throw new JqError(e.getMessage() + " (while parsing '" + s.asString() + "')");
    }
  }

  private static JsonValue length(JsonValue v) {
    if (v instanceof JsonString s) {
      return JsonNumber.of(s.length());
    }
    if (v instanceof JsonNumber n) {
      return JsonNumber.of(Math.abs(n.value()));
    }
    if (v == JsonValue.TRUE || v == JsonValue.FALSE) {
      throw Ops.single(v, "has no length");
    }
    return JsonNumber.of(v.size());
  }

  private static boolean contains(JsonValue a, JsonValue b) {
    if (a instanceof JsonObject x && b instanceof JsonObject y) {
      for (JsonString k : y.keys()) {
        JsonValue v = x.get(k);
        if (v == null || !contains(v, y.get(k))) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof JsonArray x && b instanceof JsonArray y) {
      for (int i = 0; i < y.size(); i++) {
        boolean found = false;
        for (int j = 0; !found && j < x.size(); j++) {
          found = x.at(j).kind().equals(y.at(i).kind()) && contains(x.at(j), y.at(i));
        }
        if (!found) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof JsonString x && b instanceof JsonString y) {
      return x.indexOf(y, 0) >= 0;
    }
    if (a.kind().equals(b.kind())) {
      return JsonValue.equal(a, b);
    }
    throw Ops.pair(a, b, "cannot have their containment checked");
  }

  private static void strings() {
    ALL.put(
        "ltrimstr/1",
        (m, in, a) ->
            in instanceof JsonString s && a[0] instanceof JsonString t && s.startsWith(t)
                ? JsonString.ofValid(Arrays.copyOfRange(s.utf8(), t.utf8().length, s.utf8().length))
                : in);
    ALL.put(
        "rtrimstr/1",
        (m, in, a) ->
            in instanceof JsonString s && a[0] instanceof JsonString t && s.endsWith(t)
                ? JsonString.ofValid(Arrays.copyOf(s.utf8(), s.utf8().length - t.utf8().length))
                : in);
    ALL.put(
        "startswith/1",
        (m, in, a) -> {
          if (in instanceof JsonString s && a[0] instanceof JsonString t) {
            return JsonValue.of(s.startsWith(t));
          }
          throw new JqError("startswith() requires string inputs");
        });
    ALL.put(
        "endswith/1",
        (m, in, a) -> {
          if (in instanceof JsonString s && a[0] instanceof JsonString t) {
            return JsonValue.of(s.endsWith(t));
          }
          throw new JqError("endswith() requires string inputs");
        });
    ALL.put("trim/0", (m, in, a) -> trim(in, true, true));
    ALL.put("ltrim/0", (m, in, a) -> trim(in, true, false));
    ALL.put("rtrim/0", (m, in, a) -> trim(in, false, true));
    ALL.put("ascii_downcase/0", (m, in, a) -> mapCase(in, 'A', 'Z', 32));
    ALL.put("ascii_upcase/0", (m, in, a) -> mapCase(in, 'a', 'z', -32));
    ALL.put(
        "explode/0",
        (m, in, a) -> {
          if (!(in instanceof JsonString s)) {
            throw new JqError("explode input must be a string");
          }
          byte[] u = s.utf8();
          JsonValue[] out = new JsonValue[s.length()];
          int n = 0;
          for (int i = 0; i < u.length; n++) {
            int size = Utf8.sequenceLength(u, i, u.length);
            out[n] = JsonNumber.of(Utf8.codePoint(u, i, size));
            i += size;
          }
          return JsonArray.ofOwned(out, n);
        });
    ALL.put(
        "implode/0",
        (m, in, a) -> {
          if (!(in instanceof JsonArray x)) {
            throw new JqError("implode input must be an array");
          }
          ByteBuilder out = new ByteBuilder();
          for (int i = 0; i < x.size(); i++) {
            double d = x.at(i).asDouble();
            if (d != d) {
              throw Ops.single(x.at(i), "can't be imploded, unicode codepoint needs to be numeric");
            }
            boolean valid = d >= 0 && d <= 0x10FFFF && !(d >= 0xD800 && d < 0xE000);
            out.appendCodePoint(valid ? (int) d : 0xFFFD);
          }
          return JsonString.ofValid(out.toByteArray());
        });
    ALL.put(
        "utf8bytelength/0",
        (m, in, a) -> {
          if (!(in instanceof JsonString s)) {
            throw Ops.single(in, "only strings have UTF-8 byte length");
          }
          return JsonNumber.of(s.utf8().length);
        });
    ALL.put(
        "split/1",
        (m, in, a) -> {
          if (in instanceof JsonString s && a[0] instanceof JsonString t) {
            return Ops.split(s, t);
          }
          throw new JqError("split input and separator must be strings");
        });
    ALL.put("join/1", (m, in, a) -> join(in, a[0]));
    for (String name : new String[] {"indices", "_indices"}) {
      ALL.put(name + "/1", (m, in, a) -> indices(in, a[0]));
    }
    ALL.put(
        "index/1",
        (m, in, a) -> {
          JsonValue all = indices(in, a[0]);
          return all.size() == 0 ? JsonValue.NULL : all.get(0);
        });
    ALL.put(
        "rindex/1",
        (m, in, a) -> {
          JsonValue all = indices(in, a[0]);
          return all.size() == 0 ? JsonValue.NULL : all.get(all.size() - 1);
        });
    ALL.put("_match/3", (m, in, a) -> Matching.match(in, a[0], a[1], a[2].isTruthy()));
    ALL.put(
        "_match_args/1",
        (m, in, a) -> {
          if (a[0] instanceof JsonString) {
            return JsonArray.of(a[0], JsonValue.NULL);
          }
          if (a[0] instanceof JsonArray x && x.size() > 0) {
            return JsonArray.of(x.at(0), x.size() > 1 ? x.at(1) : JsonValue.NULL);
          }
          throw new JqError(a[0].kind() + " not a string or array");
        });
    ALL.put("_captured/0", (m, in, a) -> Matching.captured(in));
  }

  private static JsonValue trim(JsonValue v, boolean left, boolean right) {
    if (!(v instanceof JsonString s)) {
      throw Ops.single(v, "cannot be trimmed");
    }
    byte[] u = s.utf8();
    int from = 0;
    int to = u.length;
    while (left && from < to && isBlank(u[from])) {
      from++;
    }
    while (right && to > from && isBlank(u[to - 1])) {
      to--;
    }
    return JsonString.ofValid(Arrays.copyOfRange(u, from, to));
  }

  private static boolean isBlank(int b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  private static JsonValue mapCase(JsonValue v, int low, int high, int shift) {
    if (!(v instanceof JsonString s)) {
      throw new JqError("explode input must be a string");
    }
    byte[] u = s.utf8().clone();
    for (int i = 0; i < u.length; i++) {
      if (u[i] >= low && u[i] <= high) {
        u[i] += shift;
      }
    }
    return JsonString.ofValid(u);
  }

  private static JsonValue join(JsonValue in, JsonValue separator) {
    JsonArray all = Collections.elements(in);
    if (all.size() == 0) {
      return JsonString.EMPTY;
    }
    ByteBuilder out = new ByteBuilder();
    for (int i = 0; i < all.size(); i++) {
      if (i > 0) {
        if (separator instanceof JsonString s) {
          out.append(s.utf8());
        } else if (separator != JsonValue.NULL) {
          throw Ops.pair(JsonString.of(out.array(), 0, out.length()), separator, "cannot be added");
        }
      }
      JsonValue v = all.at(i);
      if (v instanceof JsonString s) {
        out.append(s.utf8());
      } else if (v instanceof JsonArray || v instanceof JsonObject) {
        throw Ops.pair(JsonString.of(out.array(), 0, out.length()), v, "cannot be added");
      } else if (v != JsonValue.NULL) {
        out.append(Formats.json(v).utf8());
      }
    }
    return JsonString.ofValid(out.toByteArray());
  }

  private static JsonValue indices(JsonValue in, JsonValue what) {
    if (in instanceof JsonArray a) {
      return Ops.indexes(a, what instanceof JsonArray b ? b : JsonArray.of(what));
    }
    if (in instanceof JsonString s && what instanceof JsonString t) {
      JsonArray out = JsonArray.EMPTY;
      if (t.utf8().length == 0) {
        return out;
      }
      // jq 1.6 counts in bytes here
      for (int at = s.indexOf(t, 0); at >= 0; at = s.indexOf(t, at + 1)) {
        out = out.append(JsonNumber.of(at));
      }
      return out;
    }
    return Ops.index(in, what);
  }

  private static void collections() {
    Collections.define(ALL);
    ALL.put(
        "to_entries/0",
        (m, in, a) -> {
          JsonArray out = JsonArray.EMPTY;
          if (in instanceof JsonArray x) {
            for (int i = 0; i < x.size(); i++) {
              out = out.append(entry(JsonNumber.of(i), x.at(i)));
            }
            return out;
          }
          if (!(in instanceof JsonObject o)) {
            throw Ops.single(in, "has no keys");
          }
          for (JsonString k : o.keys()) {
            out = out.append(entry(k, o.get(k)));
          }
          return out;
        });
    ALL.put(
        "from_entries/0",
        (m, in, a) -> {
          JsonArray all = Collections.elements(in);
          JsonObject out = JsonObject.EMPTY;
          for (int i = 0; i < all.size(); i++) {
            JsonValue e = all.at(i);
            JsonValue k = firstTrue(e, "key", "Key", "name", "Name", "k", "K");
            if (!(k instanceof JsonString s)) {
              throw new JqError(
                  "Cannot use " + k.kind() + " (" + Ops.shown(k, 15) + ") as object key");
            }
            JsonValue v = e.get("value");
            if (v == null) {
              v = e.get("Value");
            }
            if (v == null) {
              v = e.get("v");
            }
            out = out.with(s, v == null ? JsonValue.NULL : v);
          }
          return out;
        });
  }

  private static JsonObject entry(JsonValue k, JsonValue v) {
    return JsonObject.ofOwned(new JsonString[] {KEY, VALUE}, new JsonValue[] {k, v}, 2);
  }

  private static JsonValue firstTrue(JsonValue e, String... keys) {
    for (String k : keys) {
      JsonValue v = Ops.index(e, JsonString.of(k));
      if (v.isTruthy()) {
        return v;
      }
    }
    JsonValue v = e.get("key");
    return v == null ? JsonValue.NULL : v;
  }

  private static void system() {
    ALL.put("input_filename/0", (m, in, a) -> m.host().inputFileName());
    ALL.put("input_line_number/0", (m, in, a) -> JsonNumber.of(m.host().inputLine()));
    ALL.put(
        "debug/0",
        (m, in, a) -> {
          m.host().debug(in);
          return in;
        });
    ALL.put(
        "stderr/0",
        (m, in, a) -> {
          m.host().stderr(in);
          return in;
        });
    ALL.put(
        "halt/0",
        (m, in, a) -> {
          throw new Halt(null, 0);
        });
    ALL.put(
        "halt_error/1",
        (m, in, a) -> {
          if (!(a[0] instanceof JsonNumber n)) {
            throw Ops.single(in, "halt_error/1: number required");
          }
          throw new Halt(in, (int) n.value());
        });
    ALL.put("now/0", (m, in, a) -> JsonNumber.of(Sched.get().realTimeNanos() / 1e9));
    ALL.put("gmtime/0", (m, in, a) -> Dates.gmtime(in, Zone.UTC, "gmtime"));
    ALL.put("localtime/0", (m, in, a) -> Dates.gmtime(in, m.zone(), "localtime"));
    ALL.put("mktime/0", (m, in, a) -> Dates.mktime(in));
    ALL.put("strftime/1", (m, in, a) -> Dates.strftime(in, a[0], Zone.UTC, "strftime"));
    ALL.put("strflocaltime/1", (m, in, a) -> Dates.strftime(in, a[0], m.zone(), "strflocaltime"));
    ALL.put("strptime/1", (m, in, a) -> Dates.strptime(in, a[0]));
    ALL.put("get_search_list/0", (m, in, a) -> m.searchList());
    ALL.put(
        "builtins/0",
        (m, in, a) -> {
          JsonArray out = JsonArray.EMPTY;
          for (String k : ALL.keySet()) {
            if (!k.startsWith("_")) {
              out = out.append(JsonString.of(k));
            }
          }
          for (String k : Prelude.names()) {
            if (!k.startsWith("_")) {
              out = out.append(JsonString.of(k));
            }
          }
          for (String k :
              new String[] {
                "empty/0",
                "error/0",
                "error/1",
                "path/1",
                "range/1",
                "range/2",
                "getpath/1",
                "input/0",
                "inputs/0",
                "select/1",
                "map/1",
                "map_values/1",
                "with_entries/1",
                "del/1",
                "sort_by/1",
                "group_by/1",
                "min_by/1",
                "max_by/1",
                "unique_by/1",
                "any/1",
                "all/1",
                "nth/1",
                "first/0",
                "last/0",
                "values/0",
                "nulls/0",
                "arrays/0",
                "objects/0",
                "strings/0",
                "numbers/0",
                "booleans/0",
                "iterables/0",
                "scalars/0"
              }) {
            out = out.append(JsonString.of(k));
          }
          return out;
        });
  }
}
