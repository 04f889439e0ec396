package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import java.util.Map;

/** jq's functions of arrays and objects as wholes: sorting, grouping, adding up. */
final class Collections {
  private Collections() {}

  static void define(Map<String, Builtins.Native> all) {
    all.put("keys/0", (m, in, a) -> keys(in, true));
    all.put("keys_unsorted/0", (m, in, a) -> keys(in, false));
    all.put("add/0", (m, in, a) -> add(in));
    all.put(
        "any/0",
        (m, in, a) -> {
          JsonArray x = elements(in);
          for (int i = 0; i < x.size(); i++) {
            if (x.at(i).isTruthy()) {
              return JsonValue.TRUE;
            }
          }
          return JsonValue.FALSE;
        });
    all.put(
        "all/0",
        (m, in, a) -> {
          JsonArray x = elements(in);
          for (int i = 0; i < x.size(); i++) {
            if (!x.at(i).isTruthy()) {
              return JsonValue.FALSE;
            }
          }
          return JsonValue.TRUE;
        });
    all.put("flatten/0", (m, in, a) -> flatten(elements(in), Double.MAX_VALUE, JsonArray.EMPTY, 0));
    all.put(
        "flatten/1",
        (m, in, a) -> {
          if (a[0] instanceof JsonNumber n) {
            if (n.value() < 0) {
              throw new JqError("flatten depth must not be negative");
            }
            return flatten(elements(in), n.value(), JsonArray.EMPTY, 0);
          }
          return flatten(elements(in), Double.MAX_VALUE, JsonArray.EMPTY, 0);
        });
    all.put(
        "reverse/0",
        (m, in, a) -> {
          if (in == JsonValue.NULL || in instanceof JsonObject && in.size() == 0) {
            return JsonArray.EMPTY;
          }
          if (in instanceof JsonString s && s.length() == 0) {
            return JsonArray.EMPTY;
          }
          if (!(in instanceof JsonArray x)) {
            throw new JqError("Cannot index " + in.kind() + " with number");
          }
          JsonValue[] out = x.toArray();
          for (int i = 0, j = out.length - 1; i < j; i++, j--) {
            JsonValue t = out[i];
            out[i] = out[j];
            out[j] = t;
          }
          return JsonArray.ofOwned(out, out.length);
        });
    all.put(
        "sort/0",
        (m, in, a) -> {
          JsonValue[] x = sortable(in);
          Sorting.sort(x);
          return JsonArray.ofOwned(x, x.length);
        });
    all.put(
        "_sort_by/1",
        (m, in, a) -> {
          JsonValue[] x = values(in, a[0], "sorted, as they are not both arrays");
          Sorting.sort(x, ((JsonArray) a[0]).toArray());
          return JsonArray.ofOwned(x, x.length);
        });
    all.put("_group_by/1", (m, in, a) -> group(in, a[0], false));
    all.put("_unique_by/1", (m, in, a) -> group(in, a[0], true));
    all.put("unique/0", (m, in, a) -> group(JsonArray.of(sortable(in)), in, true));
    all.put("min/0", (m, in, a) -> extreme(in, in, false));
    all.put("max/0", (m, in, a) -> extreme(in, in, true));
    all.put("_min_by/1", (m, in, a) -> extreme(in, a[0], false));
    all.put("_max_by/1", (m, in, a) -> extreme(in, a[0], true));
    all.put("transpose/0", (m, in, a) -> transpose(in));
    all.put("_bsearch/1", (m, in, a) -> search(in, a[0]));
    all.put(
        "scalars_or_empty/0",
        (m, in, a) ->
            in instanceof JsonArray || in instanceof JsonObject
                ? (in.size() == 0 ? in : null)
                : in);
  }

  /** The elements or members of a container. */
  static JsonArray elements(JsonValue v) {
    if (v instanceof JsonArray a) {
      return a;
    }
    if (v instanceof JsonObject o) {
      JsonArray out = JsonArray.EMPTY;
      for (int i = 0; i < o.slots(); i++) {
        JsonValue w = o.valueAt(i);
        if (w != null) {
          out = out.append(w);
        }
      }
      return out;
    }
    throw new JqError("Cannot iterate over " + v.kind() + " (" + Ops.shown(v, 15) + ")");
  }

  private static JsonValue keys(JsonValue v, boolean sorted) {
    if (v instanceof JsonObject o) {
      JsonString[] k = sorted ? o.sortedKeys() : o.keys();
      JsonValue[] out = new JsonValue[k.length];
      System.arraycopy(k, 0, out, 0, k.length);
      return JsonArray.ofOwned(out, out.length);
    }
    if (v instanceof JsonArray a) {
      JsonValue[] out = new JsonValue[a.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = JsonNumber.of(i);
      }
      return JsonArray.ofOwned(out, out.length);
    }
    throw Ops.single(v, "has no keys");
  }

  private static JsonValue add(JsonValue v) {
    JsonArray a = elements(v);
    int n = a.size();
    if (n > 2 && a.at(0) instanceof JsonString) {
      // one buffer for many strings
      dev.qanat.text.ByteBuilder out = new dev.qanat.text.ByteBuilder();
      int i = 0;
      while (i < n && a.at(i) instanceof JsonString s) {
        out.append(s.utf8());
        i++;
      }
      JsonValue sum = JsonString.ofValid(out.toByteArray());
      for (; i < n; i++) {
        sum = Ops.add(sum, a.at(i));
      }
      return sum;
    }
    JsonValue sum = JsonValue.NULL;
    for (int i = 0; i < n; i++) {
      JsonValue x = a.at(i);
      if (i == 0 && n > 1 && x instanceof JsonArray first) {
        sum = first.slice(0, first.size()); // a copy that may grow in place
      } else {
        sum = Ops.add(sum, x);
      }
    }
    return sum;
  }

  private static JsonArray flatten(JsonArray a, double depth, JsonArray out, int level) {
    if (level > JsonValue.MAX_DEPTH) {
      throw new JqError("array is nested too deeply");
    }
    for (int i = 0; i < a.size(); i++) {
      out =
          a.at(i) instanceof JsonArray inner && depth > 0
              ? flatten(inner, depth - 1, out, level + 1)
              : out.append(a.at(i));
    }
    return out;
  }

  private static JsonValue[] sortable(JsonValue v) {
    if (v instanceof JsonArray a) {
      return a.toArray();
    }
    throw Ops.single(v, "cannot be sorted, as it is not an array");
  }

  private static JsonValue[] values(JsonValue in, JsonValue keys, String problem) {
    if (in instanceof JsonArray a && keys instanceof JsonArray k && a.size() == k.size()) {
      return a.toArray();
    }
    throw Ops.pair(in, keys, "cannot be " + problem);
  }

  private static JsonValue group(JsonValue in, JsonValue keyValues, boolean firstOnly) {
    JsonValue[] x = values(in, keyValues, "sorted, as they are not both arrays");
    JsonValue[] k = ((JsonArray) keyValues).toArray();
    Sorting.sort(x, k);
    JsonArray out = JsonArray.EMPTY;
    int from = 0;
    for (int i = 1; i <= x.length; i++) {
      if (i < x.length && k[i].compareTo(k[from]) == 0) {
        continue;
      }
      JsonValue group;
      if (firstOnly) {
        group = x[from];
      } else {
        JsonValue[] part = java.util.Arrays.copyOfRange(x, from, i);
        group = JsonArray.ofOwned(part, part.length);
      }
      out = out.append(group);
      from = i;
    }
    return out;
  }

  private static JsonValue extreme(JsonValue in, JsonValue keys, boolean greatest) {
    JsonValue[] x = values(in, keys, "iterated over");
    JsonArray k = (JsonArray) keys;
    if (x.length == 0) {
      return JsonValue.NULL;
    }
    int best = 0;
    for (int i = 1; i < x.length; i++) {
      int c = k.at(i).compareTo(k.at(best));
      if (greatest ? c >= 0 : c < 0) {
        best = i;
      }
    }
    return x[best];
  }

  private static JsonValue transpose(JsonValue in) {
    JsonArray rows = elements(in);
    int width = 0;
    for (int i = 0; i < rows.size(); i++) {
      JsonValue row = rows.at(i);
      if (!(row instanceof JsonArray)) {
        throw new JqError("Cannot index " + row.kind() + " with number");
      }
      width = Math.max(width, row.size());
    }
    if (in instanceof JsonObject && rows.size() > 0) {
      throw new JqError("Cannot index object with number");
    }
    JsonValue[] out = new JsonValue[width];
    for (int j = 0; j < width; j++) {
      JsonValue[] column = new JsonValue[rows.size()];
      for (int i = 0; i < column.length; i++) {
        JsonValue v = rows.at(i).get(j);
        column[i] = v == null ? JsonValue.NULL : v;
      }
      out[j] = JsonArray.ofOwned(column, column.length);
    }
    return JsonArray.ofOwned(out, width);
  }

  private static JsonValue search(JsonValue in, JsonValue what) {
    if (!(in instanceof JsonArray a)) {
      if (in.size() == 0 && !(in instanceof JsonNumber)) {
        return JsonNumber.of(-1);
      }
      throw new JqError("Cannot index " + in.kind() + " with number");
    }
    int low = 0;
    int high = a.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int c = a.at(middle).compareTo(what);
      if (c == 0) {
        return JsonNumber.of(middle);
      }
      if (c < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return JsonNumber.of(-1 - low);
  }
}
