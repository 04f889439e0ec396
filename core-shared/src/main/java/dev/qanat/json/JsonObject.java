package dev.qanat.json;

import java.util.Arrays;

/**
 * An object: members in the order they were first set. Changes work in place on the newest version,
 * as those of {@link JsonArray}. Up to eight members are searched one by one, more by a hash index.
 */
public final class JsonObject extends JsonValue {
  public static final JsonObject EMPTY = new JsonObject(new JsonString[0], new JsonValue[0], 0, 0);

  private static final int LINEAR = 8;

  private JsonString[] keys; // null once a newer version has taken the members
  private JsonValue[] values; // null at a deleted member
  private int[] index; // open addressing: slot + 1, or 0; null while there are few
  private final int slots;
  private final int size;
  private int edits;
  private JsonObject newer;
  private int changed; // the slot that differs in the newer version
  private JsonValue before; // its value here; null when it did not exist

  private JsonObject(JsonString[] keys, JsonValue[] values, int slots, int size) {
    this.keys = keys;
    this.values = values;
    this.slots = slots;
    this.size = size;
  }

  /** Takes the members over; a key that comes twice has its last value. */
  public static JsonObject ofOwned(JsonString[] keys, JsonValue[] values, int count) {
    if (count <= LINEAR) {
      for (int i = 1; i < count; i++) {
        JsonString k = keys[i];
        for (int j = 0; j < i; j++) {
          if (keys[j] == k || keys[j].equals(k)) {
            return merged(keys, values, count);
          }
        }
      }
      return new JsonObject(keys, values, count, count);
    }
    JsonObject o = new JsonObject(keys, values, count, count);
    return o.buildIndex() ? o : merged(keys, values, count);
  }

  private static JsonObject merged(JsonString[] keys, JsonValue[] values, int count) {
    JsonObject o = EMPTY;
    for (int i = 0; i < count; i++) {
      o = o.with(keys[i], values[i]);
    }
    return o;
  }

  /** Key, value, key, value. */
  public static JsonObject of(Object... members) {
    JsonObject o = EMPTY;
    for (int i = 0; i < members.length; i += 2) {
      o = o.with(JsonString.of((String) members[i]), (JsonValue) members[i + 1]);
    }
    return o;
  }

  /** False when a key comes twice. */
  private boolean buildIndex() {
    int capacity = Integer.highestOneBit(Math.max(keys.length, LINEAR) * 2) * 2;
    int[] table = new int[capacity];
    boolean distinct = true;
    for (int i = 0; i < slots; i++) {
      if (values[i] == null) {
        continue;
      }
      int h = keys[i].hashCode() & capacity - 1;
      while (table[h] != 0) {
        distinct &= !keys[table[h] - 1].equals(keys[i]);
        h = h + 1 & capacity - 1;
      }
      table[h] = i + 1;
    }
    index = table;
    return distinct;
  }

  private int find(JsonString key) {
    if (keys == null) {
      reclaim();
    }
    if (slots <= LINEAR) {
      for (int i = 0; i < slots; i++) {
        if (keys[i] == key && values[i] != null) {
          return i;
        }
      }
      for (int i = 0; i < slots; i++) {
        if (values[i] != null && keys[i].equals(key)) {
          return i;
        }
      }
      return -1;
    }
    if (index == null) {
      buildIndex();
    }
    int mask = index.length - 1;
    for (int h = key.hashCode() & mask; index[h] != 0; h = h + 1 & mask) {
      int slot = index[h] - 1;
      if (slot < slots && values[slot] != null && (keys[slot] == key || keys[slot].equals(key))) {
        return slot;
      }
    }
    return -1;
  }

  @Override
  public int size() {
    return size;
  }

  /** The member's value, or null when there is none. */
  public JsonValue get(JsonString key) {
    int i = find(key);
    return i < 0 ? null : values[i];
  }

  @Override
  public JsonValue get(String key) {
    return get(JsonString.of(key));
  }

  /** With the member set. */
  public JsonObject with(JsonString key, JsonValue v) {
    int slot = find(key);
    if (edits > slots + 16) {
      return compacted().with(key, v);
    }
    if (slot >= 0) {
      JsonObject next = taken(slots, size, slot, values[slot]);
      next.values[slot] = v;
      return next;
    }
    if (slots == keys.length) {
      if (size < slots / 2) {
        return compacted().with(key, v);
      }
      int capacity = Math.max(4, slots + (slots >> 1));
      JsonObject next =
          new JsonObject(
              Arrays.copyOf(keys, capacity), Arrays.copyOf(values, capacity), slots + 1, size + 1);
      next.keys[slots] = key;
      next.values[slots] = v;
      return next;
    }
    JsonObject next = taken(slots + 1, size + 1, slots, null);
    next.keys[slots] = key;
    next.values[slots] = v;
    if (next.index != null) {
      int mask = next.index.length - 1;
      int h = key.hashCode() & mask;
      while (next.index[h] != 0) {
        h = h + 1 & mask;
      }
      next.index[h] = slots + 1;
    }
    return next;
  }

  /** Without the member. */
  public JsonObject without(JsonString key) {
    int slot = find(key);
    if (slot < 0) {
      return this;
    }
    if (size == 1) {
      return EMPTY;
    }
    if (edits > slots + 16) {
      return compacted().without(key);
    }
    JsonObject next = taken(slots, size - 1, slot, values[slot]);
    next.values[slot] = null;
    return next;
  }

  /** A newer version that has our members; {@link #edits} keeps such chains short. */
  private JsonObject taken(int newSlots, int newSize, int slot, JsonValue old) {
    JsonObject next = new JsonObject(keys, values, newSlots, newSize);
    next.index = index;
    next.edits = edits + 1;
    keys = null;
    values = null;
    index = null;
    newer = next;
    changed = slot;
    before = old;
    return next;
  }

  /** A copy without the empty places, with room for more. */
  private JsonObject compacted() {
    JsonString[] k = new JsonString[size + 8 + (size >> 1)];
    JsonValue[] v = new JsonValue[k.length];
    int n = 0;
    for (int i = 0; i < slots; i++) {
      if (values[i] != null) {
        k[n] = keys[i];
        v[n++] = values[i];
      }
    }
    return new JsonObject(k, v, size, size);
  }

  private void reclaim() {
    int n = 0;
    JsonObject root = this;
    while (root.keys == null) {
      n++;
      root = root.newer;
    }
    JsonObject[] chain = new JsonObject[n];
    JsonObject o = this;
    for (int i = 0; i < n; i++) {
      chain[i] = o;
      o = o.newer;
    }
    JsonString[] k = Arrays.copyOf(root.keys, Math.max(slots, root.slots));
    JsonValue[] v = Arrays.copyOf(root.values, Math.max(slots, root.slots));
    for (int i = n - 1; i >= 0; i--) {
      v[chain[i].changed] = chain[i].before;
    }
    keys = Arrays.copyOf(k, slots);
    values = Arrays.copyOf(v, slots);
    edits = 0;
    newer = null;
    before = null;
  }

  /** The number of places to walk over with {@link #keyAt}; some may be empty. */
  public int slots() {
    return slots;
  }

  /** The key at a place, or null at an empty one. */
  public JsonString keyAt(int slot) {
    if (keys == null) {
      reclaim();
    }
    return values[slot] == null ? null : keys[slot];
  }

  /** The value at a place, or null at an empty one. */
  public JsonValue valueAt(int slot) {
    if (keys == null) {
      reclaim();
    }
    return values[slot];
  }

  /** The keys in their order. */
  public JsonString[] keys() {
    JsonString[] all = new JsonString[size];
    int n = 0;
    for (int i = 0; i < slots; i++) {
      JsonString k = keyAt(i);
      if (k != null) {
        all[n++] = k;
      }
    }
    return all;
  }

  /** The keys in the order of their code points. */
  public JsonString[] sortedKeys() {
    JsonString[] all = keys();
    Arrays.sort(all, JsonString::compareBytes);
    return all;
  }

  @Override
  public int rank() {
    return OBJECT_RANK;
  }

  @Override
  public String kind() {
    return "object";
  }

  @Override
  public int hashCode() {
    int h = 11;
    for (int i = 0; i < slots; i++) {
      JsonString k = keyAt(i);
      if (k != null) {
        h += k.hashCode() ^ valueAt(i).hashCode();
      }
    }
    return h;
  }
}
