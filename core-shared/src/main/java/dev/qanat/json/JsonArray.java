package dev.qanat.json;

import java.util.Arrays;

/**
 * An array. Every change gives a new value, but the newest version keeps the elements and changes
 * them in place; the version before remembers only what was different and gets elements of its own
 * when it is looked at again (Baker, "Shallow binding makes functional arrays fast", 1991). A
 * program that goes on with the newest version, as almost all do, pays no copies.
 */
public final class JsonArray extends JsonValue {
  public static final JsonArray EMPTY = new JsonArray(new JsonValue[0], 0);

  private static final JsonValue[] NONE = new JsonValue[0];

  private JsonValue[] items; // null once a newer version has taken them
  private final int size;
  private int edits; // changes in place since the elements were copied
  private JsonArray newer;
  private int changed; // the element that differs from the newer version, or -1
  private JsonValue before;

  private JsonArray(JsonValue[] items, int size) {
    this.items = items;
    this.size = size;
  }

  /** Takes the elements over: the first {@code size} of the array. */
  public static JsonArray ofOwned(JsonValue[] items, int size) {
    return new JsonArray(items, size);
  }

  public static JsonArray of(JsonValue... items) {
    return new JsonArray(items, items.length);
  }

  @Override
  public int size() {
    return size;
  }

  /** The element at an index from 0 to size - 1. */
  public JsonValue at(int index) {
    if (items == null) {
      reclaim();
    }
    return items[index];
  }

  @Override
  public JsonValue get(int index) {
    return index >= 0 && index < size ? at(index) : null;
  }

  /** The elements; longer than {@link #size} at times, and not to be changed. */
  public JsonValue[] items() {
    if (items == null) {
      reclaim();
    }
    return items;
  }

  /** With one more element. */
  public JsonArray append(JsonValue v) {
    JsonValue[] own = items();
    if (size == own.length) {
      own = Arrays.copyOf(own, Math.max(4, size + (size >> 1) + 1));
      own[size] = v;
      return new JsonArray(own, size + 1);
    }
    own[size] = v;
    JsonArray next = new JsonArray(own, size + 1);
    next.edits = edits + 1;
    handOver(next, -1, null);
    return next;
  }

  /** With another element at an index from 0 on; the gap, if any, is filled with nulls. */
  public JsonArray with(int index, JsonValue v) {
    if (index == size) {
      return append(v);
    }
    if (index > size) {
      JsonValue[] own = Arrays.copyOf(items(), Math.max(index + 1, size + (size >> 1)));
      Arrays.fill(own, size, index, NULL);
      Arrays.fill(own, index, own.length, null);
      own[index] = v;
      return new JsonArray(own, index + 1);
    }
    JsonValue[] own = items();
    if (edits > size) {
      own = Arrays.copyOf(own, size);
      own[index] = v;
      return new JsonArray(own, size);
    }
    JsonArray next = new JsonArray(own, size);
    next.edits = edits + 1;
    handOver(next, index, own[index]);
    own[index] = v;
    return next;
  }

  private void handOver(JsonArray next, int index, JsonValue old) {
    items = null;
    newer = next;
    changed = index;
    before = old;
  }

  /** Copies the elements from the version that has them and takes the later changes back. */
  private void reclaim() {
    int n = 0;
    JsonArray root = this;
    while (root.items == null) {
      n++;
      root = root.newer;
    }
    JsonArray[] chain = new JsonArray[n];
    JsonArray a = this;
    for (int i = 0; i < n; i++) {
      chain[i] = a;
      a = a.newer;
    }
    JsonValue[] own = Arrays.copyOf(root.items, Math.min(root.items.length, root.size));
    for (int i = n - 1; i >= 0; i--) {
      if (chain[i].changed >= 0) {
        own[chain[i].changed] = chain[i].before;
      }
    }
    if (size < own.length) {
      own = size == 0 ? NONE : Arrays.copyOf(own, size);
    }
    items = own;
    edits = 0;
    newer = null;
    before = null;
  }

  /** The elements from one to another index, a copy. */
  public JsonArray slice(int from, int to) {
    return from >= to ? EMPTY : new JsonArray(Arrays.copyOfRange(items(), from, to), to - from);
  }

  public JsonArray concat(JsonArray o) {
    if (size == 0) {
      return o;
    }
    if (o.size == 0) {
      return this;
    }
    if (o.size <= 4) {
      JsonArray a = this;
      for (int i = 0; i < o.size; i++) {
        a = a.append(o.at(i));
      }
      return a;
    }
    JsonValue[] all = Arrays.copyOf(items(), size + o.size);
    System.arraycopy(o.items(), 0, all, size, o.size);
    return new JsonArray(all, all.length);
  }

  /** A copy of the elements. */
  public JsonValue[] toArray() {
    return Arrays.copyOf(items(), size);
  }

  @Override
  public int rank() {
    return ARRAY_RANK;
  }

  @Override
  public String kind() {
    return "array";
  }

  @Override
  public int hashCode() {
    int h = 7;
    for (int i = 0; i < size; i++) {
      h = h * 31 + at(i).hashCode();
    }
    return h;
  }
}
