package dev.qanat.shell.interp;

import java.util.ArrayList;
import java.util.List;

/** The commands an interactive shell remembers, numbered from {@link #first()} on. */
public final class History {
  private final List<String> lines = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private int first = 1;

  /** Entries that are in the history file already, counted from the oldest. */
  public int saved;

  public int size() {
    return lines.size();
  }

  /** The number of the oldest entry. */
  public int first() {
    return first;
  }

  /** The number the next entry will have. */
  public int next() {
    return first + lines.size();
  }

  /** The entry of a number, or null. */
  public String get(int number) {
    int i = number - first;
    return i >= 0 && i < lines.size() ? lines.get(i) : null;
  }

  /** When it was entered, in seconds since 1970. */
  public long time(int number) {
    return times.get(number - first);
  }

  public void add(String line, long seconds) {
    lines.add(line);
    times.add(seconds);
  }

  public void replaceLast(String line) {
    if (!lines.isEmpty()) {
      lines.set(lines.size() - 1, line);
    }
  }

  public void remove(int number) {
    int i = number - first;
    if (i >= 0 && i < lines.size()) {
      lines.remove(i);
      times.remove(i);
      if (i < saved) {
        saved--;
      }
    }
  }

  public void clear() {
    lines.clear();
    times.clear();
    first = 1;
    saved = 0;
  }

  /** Drops the oldest beyond a count, as HISTSIZE says; negative keeps all. */
  public void limit(int count) {
    while (count >= 0 && lines.size() > count) {
      lines.remove(0);
      times.remove(0);
      first++;
      saved = Math.max(0, saved - 1);
    }
  }

  /** A copy of the entries, oldest first. */
  public List<String> lines() {
    return new ArrayList<>(lines);
  }
}
