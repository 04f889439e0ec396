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
    if (k instanceof JsonObject && !(t instanceof JsonObject) && !(t instanceof JsonNumber)) {
      throw new JqError("Cannot update field at object index of " + t.kind());
    }
    throw Ops.cannotIndex(t, k);
  }

  /** Deletes all paths, the last first, so that none moves another. */
  static JsonValue delete(JsonValue v, JsonValue paths) {
    if (!(paths instanceof JsonArray all)) {
      throw new JqError("Paths must be specified as an array");
    }
    JsonValue[] sorted = all.toArray();
    Sorting.sort(sorted);
    for (int i = sorted.length - 1; i >= 0; i--) {
      if (!(sorted[i] instanceof JsonArray p)) {
        throw new JqError("Path must be specified as array, not " + sorted[i].kind());
      }
      v = delete(v, p);
    }
    return v;
  }

  private static JsonValue delete(JsonValue root, JsonArray path) {
    int n = path.size();
    if (n == 0) {
      return JsonValue.NULL;
    }
    JsonValue[] parents = new JsonValue[n];
    JsonValue t = root;
    for (int i = 0; i < n; i++) {
      if (t == JsonValue.NULL) {
        return root;
      }
      parents[i] = t;
      if (i < n - 1) {
        t = Ops.index(t, path.at(i));
      }
    }
    JsonValue v = remove(t, path.at(n - 1));
    for (int i = n - 2; i >= 0; i--) {
      v = set(parents[i], path.at(i), v);
    }
    return v;
  }

  private static JsonValue remove(JsonValue t, JsonValue k) {
    if (t instanceof JsonObject o) {
      if (k instanceof JsonString s) {
        return o.without(s);
      }
      throw new JqError("Cannot delete " + k.kind() + " field of object");
    }
    if (t instanceof JsonArray a) {
      int from;
      int to;
      if (k instanceof JsonNumber n) {
        double d = Math.floor(n.value());
        d = d < 0 ? d + a.size() : d;
        if (!(d >= 0 && d < a.size())) {
          return a;
        }
        from = (int) d;
        to = from + 1;
      } else if (k instanceof JsonObject range) {
        int[] b = Ops.bounds(range, a.size(), "array");
        from = b[0];
        to = b[1];
      } else {
        throw new JqError("Cannot delete " + k.kind() + " element of array");
      }
      JsonArray tail = a.slice(to, a.size());
      return a.slice(0, from).concat(tail);
    }
    throw new JqError("Cannot delete fields from " + t.kind());
  }
}
