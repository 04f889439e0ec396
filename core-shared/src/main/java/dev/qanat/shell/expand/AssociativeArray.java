package dev.qanat.shell.expand;

import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of an associative array, listed in the order in which bash lists them: by bucket of
 * a table of 1,024 (four times as many whenever there are twice as many elements as buckets),
 * hashed with FNV-1, and within a bucket the newest first.
 */
public final class AssociativeArray {
  private static final int BUCKETS = 1024;

  private static final class Entry {
    final String key;
    final int hash;
    String value;
    Entry next;

    Entry(String key, int hash, String value, Entry next) {
      this.key = key;
      this.hash = hash;
      this.value = value;
      this.next = next;
    }
  }

  private Entry[] table = new Entry[BUCKETS];
  private int size;

  public AssociativeArray() {}

  public int size() {
    return size;
  }

  /** Bytes held, roughly. */
  long heldBytes() {
    long bytes = 64 + 4L * table.length;
    for (Entry first : table) {
      for (Entry e = first; e != null; e = e.next) {
        bytes += 120 + 2L * (e.key.length() + e.value.length());
      }
    }
    return bytes;
  }

  /** The value, or null. */
  public String get(String key) {
    Entry entry = entry(key, hash(key));
    return entry == null ? null : entry.value;
  }

  private Entry entry(String key, int hash) {
    for (Entry e = table[hash & table.length - 1]; e != null; e = e.next) {
      if (e.hash == hash && e.key.equals(key)) {
        return e;
      }
    }
    return null;
  }

  public void put(String key, String value) {
    VariableMemory.stored(value);
    int hash = hash(key);
    Entry entry = entry(key, hash);
    if (entry != null) {
      entry.value = value;
      return;
    }
    if (size >= table.length * 2) {
      grow();
    }
    int bucket = hash & table.length - 1;
    table[bucket] = new Entry(key, hash, value, table[bucket]);
    size++;
  }

  private void grow() {
    Entry[] old = table;
    table = new Entry[old.length * 4];
    for (Entry first : old) {
      Entry next;
      for (Entry e = first; e != null; e = next) {
        next = e.next;
        int bucket = e.hash & table.length - 1;
        e.next = table[bucket];
        table[bucket] = e;
      }
    }
  }

  public void remove(String key) {
    int hash = hash(key);
    int bucket = hash & table.length - 1;
    Entry before = null;
    for (Entry e = table[bucket]; e != null; before = e, e = e.next) {
      if (e.hash == hash && e.key.equals(key)) {
        if (before == null) {
          table[bucket] = e.next;
        } else {
          before.next = e.next;
        }
        size--;
        return;
      }
    }
  }

  public void clear() {
    table = new Entry[BUCKETS];
    size = 0;
  }

  /** The keys, in bash's order. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>(size);
    for (Entry first : table) {
      for (Entry e = first; e != null; e = e.next) {
        keys.add(e.key);
      }
    }
    return keys;
  }

  /** The values, in the same order. */
  public List<String> values() {
    List<String> values = new ArrayList<>(size);
    for (Entry first : table) {
      for (Entry e = first; e != null; e = e.next) {
        values.add(e.value);
      }
    }
    return values;
  }

  public AssociativeArray copy() {
    AssociativeArray copy = new AssociativeArray();
    copy.table = new Entry[table.length];
    copy.size = size;
    for (int i = 0; i < table.length; i++) {
      Entry last = null;
      for (Entry e = table[i]; e != null; e = e.next) {
        Entry twin = new Entry(e.key, e.hash, e.value, null);
        if (last == null) {
          copy.table[i] = twin;
        } else {
          last.next = twin;
        }
        last = twin;
      }
    }
    return copy;
  }

  /** The keys in the order of another of bash's tables, with that many buckets (a power of 2). */
  public static List<String> inOrder(Iterable<String> keys, int buckets) {
    List<String> newestFirst = new ArrayList<>();
    keys.forEach(k -> newestFirst.add(0, k));
    newestFirst.sort(
        (a, b) -> Integer.compare(hash(a) & buckets - 1, hash(b) & buckets - 1)); // is stable
    return newestFirst;
  }

  /** FNV-1 over the key's bytes, which are signed as on x86. */
  private static int hash(String key) {
    int hash = 0x811C9DC5;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c >= 128) {
        return hashBytes(Utf8.encode(key));
      }
      hash = hash * 0x01000193 ^ c;
    }
    return hash;
  }

  private static int hashBytes(byte[] bytes) {
    int hash = 0x811C9DC5;
    for (byte b : bytes) {
      hash = hash * 0x01000193 ^ b;
    }
    return hash;
  }
}
