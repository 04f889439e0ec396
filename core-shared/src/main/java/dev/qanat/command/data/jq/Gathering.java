package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonValue;
import dev.qanat.sched.Memory;
import java.util.Arrays;

/** The elements of an array while they are gathered. */
final class Gathering {
  private JsonValue[] items = new JsonValue[4];
  private int count;
  private long held; // bytes of memory, while it grows

  /** The array; nothing can be added afterwards. */
  JsonArray finish() {
    Memory.hold(-held);
    held = 0;
    return count == 0 ? JsonArray.EMPTY : JsonArray.ofOwned(items, count);
  }

  void add(JsonValue v) {
    if (count == items.length) {
      if (count > 1 << 16) {
        Memory.hold(32L * (count >> 1));
        held += 32L * (count >> 1);
      }
      items = Arrays.copyOf(items, count + (count >> 1));
    }
    items[count++] = v;
  }
}
