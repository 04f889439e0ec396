package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonValue;
import java.util.Arrays;

/** The values below one, in the order of {@code ..}, without the one itself. */
final class Descent {
  private Object[] containers = new Object[8];
  private int[] positions = new int[8];
  private int depth;

  Descent(JsonValue v) {
    enter(v);
  }

  private void enter(JsonValue v) {
    if (v.size() > 0) {
      if (depth == positions.length) {
        containers = Arrays.copyOf(containers, depth * 2);
        positions = Arrays.copyOf(positions, depth * 2);
      }
      containers[depth] = v;
      positions[depth++] = 0;
    }
  }

  /** Null when there is no more. */
  JsonValue next() {
    while (depth > 0) {
      Object c = containers[depth - 1];
      int i = positions[depth - 1]++;
      JsonValue v;
      if (c instanceof JsonArray a) {
        v = i < a.size() ? a.at(i) : null;
      } else {
        JsonObject o = (JsonObject) c;
        while (i < o.slots() && o.keyAt(i) == null) {
          i = positions[depth - 1]++;
        }
        v = i < o.slots() ? o.valueAt(i) : null;
      }
      if (v == null) {
        depth--;
        continue;
      }
      enter(v);
      return v;
    }
    return null;
  }
}
