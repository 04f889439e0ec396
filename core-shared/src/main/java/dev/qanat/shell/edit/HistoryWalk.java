package dev.qanat.shell.edit;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the user is in history while editing a line. A line that was changed and left is as it was
 * changed when the user comes back to it.
 */
final class HistoryWalk {
  private final LineHistory history;
  private final LineBuffer line;
  private final Map<Integer, LineBuffer.Saved> changed = new HashMap<>();
  private LineBuffer.Saved unsent;
  private int at;
  private int follow = -1; // where the next line begins, after C-o

  HistoryWalk(LineHistory history, LineBuffer line) {
    this.history = history;
    this.line = line;
  }

  /** A new line begins behind the newest one, or where C-o says. */
  void start() {
    changed.clear();
    unsent = null;
    at = history.size();
    if (follow >= 0 && follow < history.size()) {
      goTo(follow);
    }
    follow = -1;
  }

  /** The line has been accepted: what was changed on the way stays changed, but for that line. */
  void finish() {
    for (Map.Entry<Integer, LineBuffer.Saved> c : changed.entrySet()) {
      if (c.getKey() != at && c.getKey() < history.size()) {
        history.replace(c.getKey(), c.getValue().text());
      }
    }
    changed.clear();
  }

  /** The index of the line being edited; {@link #size} for the new one. */
  int at() {
    return at;
  }

  int size() {
    return history.size();
  }

  String get(int index) {
    return history.get(index);
  }

  /** The line at an index as it is now, also the one being typed. */
  String text(int index) {
    if (index == at) {
      return line.text();
    }
    if (index == history.size()) {
      return unsent == null ? "" : unsent.text();
    }
    LineBuffer.Saved s = changed.get(index);
    return s != null ? s.text() : history.get(index);
  }

  void goTo(int index) {
    if (index == at) {
      return;
    }
    leave();
    at = index;
    LineBuffer.Saved s = index == history.size() ? unsent : changed.get(index);
    if (s != null) {
      line.restore(s);
      line.moveTo(line.length());
    } else {
      line.set(index == history.size() ? "" : history.get(index));
    }
  }

  private void leave() {
    if (at == history.size()) {
      unsent = line.save();
    } else if (line.canUndo()) {
      changed.put(at, line.save());
    }
  }

  /** The next line to edit is the one behind this one. */
  void followThis() {
    follow = at < history.size() ? at + 1 : -1;
  }

  /** The next line's place when history has grown by this line. */
  void follow(int index) {
    follow = index;
  }
}
