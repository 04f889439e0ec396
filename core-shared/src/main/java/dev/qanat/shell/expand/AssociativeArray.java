package dev.qanat.shell.expand;

import java.util.List;

/** The elements of an associative array, listed in the order in which bash lists them. */
public final class AssociativeArray {
  public AssociativeArray() {}

  public int size() {
    throw new UnsupportedOperationException();
  }

  /** The value, or null. */
  public String get(String key) {
    throw new UnsupportedOperationException();
  }

  public void put(String key, String value) {
    throw new UnsupportedOperationException();
  }

  public void remove(String key) {
    throw new UnsupportedOperationException();
  }

  public void clear() {
    throw new UnsupportedOperationException();
  }

  /** The keys, in bash's order. */
  public List<String> keys() {
    throw new UnsupportedOperationException();
  }

  /** The values, in the same order. */
  public List<String> values() {
    throw new UnsupportedOperationException();
  }

  public AssociativeArray copy() {
    throw new UnsupportedOperationException();
  }
}
