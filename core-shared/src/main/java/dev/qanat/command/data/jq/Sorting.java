package dev.qanat.command.data.jq;

import dev.qanat.json.JsonValue;

/** Stable merge sort in jq's order. NaN, which is less than itself, does not confuse it. */
final class Sorting {
  private Sorting() {}

  static void sort(JsonValue[] a) {
    sort(a, null);
  }

  /** Sorts {@code a} by the values of {@code keys} at the same places; both are rearranged. */
  static void sort(JsonValue[] a, JsonValue[] keys) {
    int n = a.length;
    JsonValue[] k = keys == null ? a : keys;
    boolean sorted = true;
    for (int i = 1; sorted && i < n; i++) {
      sorted = k[i].compareTo(k[i - 1]) >= 0;
    }
    if (sorted) {
      return;
    }
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    int[] other = new int[n];
    for (int width = 1; width < n; width *= 2) {
      for (int from = 0; from < n; from += 2 * width) {
        merge(k, order, other, from, Math.min(n, from + width), Math.min(n, from + 2 * width));
      }
      int[] t = order;
      order = other;
      other = t;
    }
    permute(a, order);
    if (keys != null) {
      permute(keys, order);
    }
  }

  private static void merge(JsonValue[] k, int[] in, int[] out, int from, int middle, int to) {
    int i = from;
    int j = middle;
    for (int at = from; at < to; at++) {
      if (i < middle && (j >= to || k[in[j]].compareTo(k[in[i]]) >= 0)) {
        out[at] = in[i++];
      } else {
        out[at] = in[j++];
      }
    }
  }

  private static void permute(JsonValue[] a, int[] order) {
    JsonValue[] copy = a.clone();
    for (int i = 0; i < a.length; i++) {
      a[i] = copy[order[i]];
    }
  }
}
