package dev.qanat.shell.interp;

import dev.qanat.shell.edit.LineHistory;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands a shell remembers, numbered from {@link #first()} on. A subshell shares them until
 * one of the two changes them.
 */
public final class History {
  private static final int MAX_LINES = 100_000; // even where HISTSIZE asks for all

  private List<String> lines = new ArrayList<>();
  private List<Long> times = new ArrayList<>();
  private boolean shared;
  private int first = 1;
  private int limit = -1;

  /** Entries added since the shell began, or since they were last written out. */
  public int fresh;

  /** Lines of the history file that have been read. */
  public int inFile;

  /** An independent history with the same entries. */
  History fork() {
    History h = new History();
    h.lines = lines;
    h.times = times;
    h.first = first;
    h.limit = limit;
    h.fresh = fresh;
    h.inFile = inFile;
    shared = true;
    h.shared = true;
    return h;
  }

  private void own() {
    if (shared) {
      lines = new ArrayList<>(lines);
      times = new ArrayList<>(times);
      shared = false;
    }
  }

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
    own();
    lines.add(line);
    times.add(seconds);
    fresh++;
    shrink();
  }

  public void replaceLast(String line) {
    if (!lines.isEmpty()) {
      own();
      lines.set(lines.size() - 1, line);
    }
  }

  /** Another text for an entry, as the line editor leaves one that was changed. */
  void replace(int number, String line) {
    int i = number - first;
    if (i >= 0 && i < lines.size()) {
      own();
      lines.set(i, line);
    }
  }

  public void remove(int number) {
    int i = number - first;
    if (i >= 0 && i < lines.size()) {
      own();
      lines.remove(i);
      times.remove(i);
      fresh = Math.max(0, Math.min(fresh, lines.size()));
    }
  }

  public void clear() {
    lines = new ArrayList<>();
    times = new ArrayList<>();
    shared = false;
    first = 1;
    fresh = 0;
  }

  /** Keeps no more than a count of entries from now on, as HISTSIZE says; negative keeps all. */
  public void setLimit(int count) {
    limit = count;
    int numbered = first;
    shrink();
    first = numbered; // as bash numbers what is left
  }

  /** Numbers the entries from 1 again: what a shell begins with. */
  void numberAnew() {
    first = 1;
  }

  private void shrink() {
    int most = limit < 0 ? MAX_LINES : Math.min(limit, MAX_LINES);
    if (lines.size() > most) {
      own();
      while (lines.size() > most) {
        lines.remove(0);
        times.remove(0);
        first++;
      }
    }
  }

  /** A copy of the entries, oldest first. */
  public List<String> lines() {
    return new ArrayList<>(lines);
  }

  /** The history as the line editor walks through it. */
  public LineHistory asLines() {
    return new LineHistory() {
      @Override
      public int size() {
        return History.this.size();
      }

      @Override
      public String get(int index) {
        return History.this.get(first + index);
      }

      @Override
      public void replace(int index, String line) {
        History.this.replace(first + index, line);
      }
    };
  }
}
