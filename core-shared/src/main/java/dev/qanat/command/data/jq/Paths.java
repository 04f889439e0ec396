package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;

/** Reading, writing and deleting what a path, an array of subscripts, leads to. */
final class Paths {
  private Paths() {}

  static JsonArray need(JsonValue path) {
    if (path instanceof JsonArray a) {
      return a;
    }
    throw new JqError("Path must be specified as an array");
  }

  static JsonValue get(JsonValue v, JsonArray path) {
    for (int i = 0; i < path.size() && v != JsonValue.NULL; i++) {
      v = Ops.index(v, path.at(i));
    }
    return v;
  }

  static JsonValue set(JsonValue root, JsonArray path, JsonValue v) {
    int n = path.size();
    if (n == 1) {
      return set(root, path.at(0), v);
    }
    JsonValue[] parents = new JsonValue[n];
    JsonValue t = root;
    for (int i = 0; i < n; i++) {
      parents[i] = t;
      if (i < n - 1) {
        t = Ops.index(t, path.at(i));
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      v = set(parents[i], path.at(i), v);
    }
    return v;
  }

  static JsonValue set(JsonValue t, JsonValue k, JsonValue v) {
    if (k instanceof JsonString s && (t instanceof JsonObject || t == JsonValue.NULL)) {
      return (t instanceof JsonObject o ? o : JsonObject.EMPTY).with(s, v);
    }
    if (k instanceof JsonNumber n && (t instanceof JsonArray || t == JsonValue.NULL)) {
      JsonArray a = t instanceof JsonArray x ? x : JsonArray.EMPTY;
      double d = Math.floor(n.value());
      if (d < 0) {
        d += a.size();
        if (d < 0) {
          throw new JqError("Out of bounds negative array index");
        }
      }
      if (d > 536870911) {
        throw new JqError("Array index too large");
      }
      return a.with((int) d, v);
    }
    if (k instanceof JsonObject range && (t instanceof JsonArray || t == JsonValue.NULL)) {
      JsonArray a = t instanceof JsonArray x ? x : JsonArray.EMPTY;
      int[] b = Ops.bounds(range, a.size(), "array");
      if (!(v instanceof JsonArray replacement)) {
        throw new JqError("A slice of an array can only be assigned another array");
      }
      JsonArray tail = a.slice(b[1], a.size());
      return a.slice(0, b[0]).concat(replacement).concat(tail);
    }
    boolean container = k instanceof JsonObject || k instanceof JsonArray;
    if (container && (t instanceof JsonArray || t instanceof JsonString)) {
      throw new JqError("Cannot update field at " + k.kind() + " index of " + t.kind());
    }
    throw Ops.cannotIndex(t, k);
  }

  /** Deletes what all the paths lead to. */
  static JsonValue delete(JsonValue v, JsonValue paths) {
    if (!(paths instanceof JsonArray all)) {
      throw new JqError("Paths must be specified as an array");
    }
    JsonValue[] sorted = all.toArray();
    Sorting.sort(sorted);
    for (JsonValue p : sorted) {
      if (!(p instanceof JsonArray)) {
        throw new JqError("Path must be specified as array, not " + p.kind());
      }
    }
    if (sorted.length == 0) {
      return v;
    }
    return sorted[0].size() == 0 ? JsonValue.NULL : delete(v, sorted, 0, sorted.length, 0);
  }

  /** Deletes the paths {@code [from, to)}, which agree in their first {@code depth} steps. */
  private static JsonValue delete(JsonValue v, JsonValue[] paths, int from, int to, int depth) {
    if (v == JsonValue.NULL) {
      return v;
    }
    if (depth > JsonValue.MAX_DEPTH) {
      throw new JqError("path is too long");
    }
    JsonArray here = JsonArray.EMPTY; // steps that end here
    int end = to;
    while (end > from) {
      JsonValue key = paths[end - 1].get(depth);
      int begin = end - 1;
      while (begin > from && JsonValue.equal(paths[begin - 1].get(depth), key)) {
        begin--;
      }
      if (paths[begin].size() == depth + 1) {
        here = here.append(key);
      } else {
        JsonValue inner = Ops.index(v, key);
        if (inner != JsonValue.NULL) {
          v = set(v, key, delete(inner, paths, begin, end, depth + 1));
        }
      }
      end = begin;
    }
    return here.size() == 0 ? v : remove(v, here);
  }

  private static JsonValue remove(JsonValue t, JsonArray keys) {
    if (t instanceof JsonObject o) {
      for (int i = 0; i < keys.size(); i++) {
        if (!(keys.at(i) instanceof JsonString s)) {
          throw new JqError("Cannot delete " + keys.at(i).kind() + " field of object");
        }
        o = o.without(s);
      }
      return o;
    }
    if (!(t instanceof JsonArray a)) {
      throw new JqError("Cannot delete fields from " + t.kind());
    }
    boolean[] gone = new boolean[a.size()];
    for (int i = 0; i < keys.size(); i++) {
      JsonValue k = keys.at(i);
      if (k instanceof JsonNumber n) {
        double d = Math.floor(n.value());
        d = d < 0 ? d + gone.length : d;
        if (d >= 0 && d < gone.length) {
          gone[(int) d] = true;
        }
      } else if (k instanceof JsonObject range) {
        int[] b = Ops.bounds(range, gone.length, "array");
        java.util.Arrays.fill(gone, b[0], b[1], true);
      } else {
        throw new JqError("Cannot delete " + k.kind() + " element of array");
      }
    }
    JsonValue[] left = new JsonValue[gone.length];
    int n = 0;
    for (int i = 0; i < gone.length; i++) {
      if (!gone[i]) {
        left[n++] = a.at(i);
      }
    }
    return JsonArray.ofOwned(left, n);
  }
}
