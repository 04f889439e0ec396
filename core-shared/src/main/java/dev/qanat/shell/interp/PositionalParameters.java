package dev.qanat.shell.interp;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** {@code $1} and what follows, unchangeable: {@code shift} shares the values of before. */
public final class PositionalParameters extends AbstractList<String> implements RandomAccess {
  private final String[] values;
  private final int from;

  private PositionalParameters(String[] values, int from) {
    this.values = values;
    this.from = from;
  }

  /** All but the first {@code n}, which must be there. */
  public static List<String> shifted(List<String> all, int n) {
    int left = all.size() - n;
    // a copy once half are gone, so that what is shifted away is freed
    if (all instanceof PositionalParameters p && left > p.values.length / 2) {
      return new PositionalParameters(p.values, p.from + n);
    }
    String[] values = new String[left];
    for (int i = 0; i < left; i++) {
      values[i] = all.get(n + i);
    }
    return new PositionalParameters(values, 0);
  }

  @Override
  public String get(int index) {
    return values[from + index];
  }

  @Override
  public int size() {
    return values.length - from;
  }
}
