package dev.qanat.shell.expand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The elements of an indexed array: sparse, indices from 0, appending at constant cost. */
public final class IndexedArray {
  private static final int SLACK = 256;

  private String[] dense = new String[4]; // null where an element is not set
  private int used; // one more than the highest index set in dense
  private int size;
  private TreeMap<Long, String> sparse; // instead of dense, once that would be mostly holes

  public IndexedArray() {}

  /** Elements 0, 1, 2 and so on. */
  public static IndexedArray of(List<String> values) {
    IndexedArray array = new IndexedArray();
    array.dense = values.toArray(new String[Math.max(4, values.size())]);
    array.used = values.size();
    array.size = array.used;
    return array;
  }

  /** The number of elements that are set. */
  public int size() {
    return sparse != null ? sparse.size() : size;
  }

  /** The element, or null. */
  public String get(long index) {
    if (sparse != null) {
      return sparse.get(index);
    }
    return index >= 0 && index < used ? dense[(int) index] : null;
  }

  /** One more than the highest index that is set; 0 when empty. */
  public long end() {
    return sparse == null ? used : sparse.isEmpty() ? 0 : sparse.lastKey() + 1;
  }

  public void set(long index, String value) {
    VariableMemory.stored(value);
    if (sparse == null && index >= 2L * size + SLACK) {
      toSparse();
    }
    if (sparse != null) {
      sparse.put(index, value);
      return;
    }
    int i = (int) index;
    if (i >= dense.length) {
      dense = Arrays.copyOf(dense, Math.max(i + 1, dense.length * 2));
    }
    if (dense[i] == null) {
      size++;
    }
    dense[i] = value;
    if (i >= used) {
      used = i + 1;
    }
  }

  private void toSparse() {
    TreeMap<Long, String> map = new TreeMap<>();
    for (int i = 0; i < used; i++) {
      if (dense[i] != null) {
        map.put((long) i, dense[i]);
      }
    }
    sparse = map;
    dense = null;
  }

  public void add(String value) {
    set(end(), value);
  }

  public void remove(long index) {
    if (sparse != null) {
      sparse.remove(index);
    } else if (get(index) != null) {
      dense[(int) index] = null;
      size--;
      while (used > 0 && dense[used - 1] == null) {
        used--;
      }
    }
  }

  public void clear() {
    dense = new String[4];
    used = 0;
    size = 0;
    sparse = null;
  }

  /** The lowest index from {@code from} on that is set, or -1. */
  public long next(long from) {
    if (sparse != null) {
      Long key = sparse.ceilingKey(from);
      return key == null ? -1 : key;
    }
    for (int i = (int) Math.min(Math.max(from, 0), used); i < used; i++) {
      if (dense[i] != null) {
        return i;
      }
    }
    return -1;
  }

  /** The values in the order of their indices, in a list of their own. */
  public List<String> values() {
    if (sparse != null) {
      return new ArrayList<>(sparse.values());
    }
    List<String> values = new ArrayList<>(size);
    for (int i = 0; i < used; i++) {
      if (dense[i] != null) {
        values.add(dense[i]);
      }
    }
    return values;
  }

  /** The indices that are set, ascending, as text. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>(size());
    if (sparse != null) {
      for (Map.Entry<Long, String> entry : sparse.entrySet()) {
        keys.add(Long.toString(entry.getKey()));
      }
      return keys;
    }
    for (int i = 0; i < used; i++) {
      if (dense[i] != null) {
        keys.add(Integer.toString(i));
      }
    }
    return keys;
  }

  /** Bytes held, roughly. */
  long heldBytes() {
    long bytes = 64;
    if (sparse != null) {
      for (String value : sparse.values()) {
        bytes += 120 + 2L * value.length();
      }
      return bytes;
    }
    for (int i = 0; i < used; i++) {
      bytes += dense[i] == null ? 4 : 48 + 2L * dense[i].length();
    }
    return bytes;
  }

  public IndexedArray copy() {
    IndexedArray copy = new IndexedArray();
    if (sparse != null) {
      copy.sparse = new TreeMap<>(sparse);
      copy.dense = null;
    } else {
      copy.dense = Arrays.copyOf(dense, Math.max(4, used));
      copy.used = used;
      copy.size = size;
    }
    return copy;
  }
}
