package dev.qanat.shell.interp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A map that a subshell shares with its parent until one of the two changes it. */
public final class SharedMap<V> {
  private HashMap<String, V> map;
  private boolean shared;

  public SharedMap() {
    map = new HashMap<>();
  }

  private SharedMap(HashMap<String, V> map) {
    this.map = map;
    this.shared = true;
  }

  /** An independent map with the same content. */
  public SharedMap<V> fork() {
    shared = true;
    return new SharedMap<>(map);
  }

  public V get(String key) {
    return map.isEmpty() ? null : map.get(key);
  }

  public void put(String key, V value) {
    own().put(key, value);
  }

  public V remove(String key) {
    return map.containsKey(key) ? own().remove(key) : null;
  }

  public void clear() {
    map = new HashMap<>();
    shared = false;
  }

  public boolean isEmpty() {
    return map.isEmpty();
  }

  /** The content; not to be changed. */
  public Map<String, V> view() {
    return map;
  }

  /** The keys, sorted, in a list of their own. */
  public List<String> sortedKeys() {
    List<String> keys = new ArrayList<>(map.keySet());
    Collections.sort(keys, SharedMap::order);
    return keys;
  }

  /** Names beyond ASCII come first: bash compares the first byte as a signed one. */
  private static int order(String a, String b) {
    boolean x = a.isEmpty() || a.charAt(0) < 128;
    boolean y = b.isEmpty() || b.charAt(0) < 128;
    return x == y ? a.compareTo(b) : x ? 1 : -1;
  }

  private HashMap<String, V> own() {
    if (shared) {
      map = new HashMap<>(map);
      shared = false;
    }
    return map;
  }
}
