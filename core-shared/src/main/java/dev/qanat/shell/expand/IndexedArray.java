package dev.qanat.shell.expand;

import java.util.List;

/** The elements of an indexed array: sparse, indices from 0, appending at constant cost. */
public final class IndexedArray {
  public IndexedArray() {}

  /** Elements 0, 1, 2 and so on. */
  public static IndexedArray of(List<String> values) {
    throw new UnsupportedOperationException();
  }

  /** The number of elements that are set. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  /** The element, or null. */
  public String get(long index) {
    throw new UnsupportedOperationException();
  }

  /** One more than the highest index that is set; 0 when empty. */
  public long end() {
    throw new UnsupportedOperationException();
  }

  public void set(long index, String value) {
    throw new UnsupportedOperationException();
  }

  public void add(String value) {
    throw new UnsupportedOperationException();
  }

  public void remove(long index) {
    throw new UnsupportedOperationException();
  }

  public void clear() {
    throw new UnsupportedOperationException();
  }

  /** The lowest index from {@code from} on that is set, or -1. */
  public long next(long from) {
    throw new UnsupportedOperationException();
  }

  /** The values in the order of their indices, in a list of their own. */
  public List<String> values() {
    throw new UnsupportedOperationException();
  }

  public IndexedArray copy() {
    throw new UnsupportedOperationException();
  }
}
