package dev.qanat.shell.edit;

/**
 * {@code C-r} and {@code C-s}: typed characters narrow what is looked for in the history, the line
 * found is shown at once with the match standing out, and any command ends the search and runs.
 */
final class IncrementalSearch {
  private static final int ABORT = 7;

  private final LineEditor e;
  private final LineBuffer line;
  private StringBuilder wanted;
  private int direction;
  private int at; // where the match is: line and offset
  private int offset;
  private boolean failed;

  IncrementalSearch(LineEditor editor) {
    e = editor;
    line = editor.line;
  }

  void run(int towards) {
    direction = towards < 0 ? -1 : 1;
    wanted = new StringBuilder();
    LineBuffer.Saved original = line.save();
    String originalText = line.text();
    int originalAt = e.past.at();
    at = originalAt;
    offset = line.cursor();
    failed = false;
    String terminators = e.readline.settings().text("isearch-terminators");
    int c;
    while (true) {
      show();
      c = e.keys.read();
      if (c == 18 || c == 19) {
        again(c == 18 ? -1 : 1);
      } else if (c == 8 || c == 127) {
        if (wanted.length() == 0) {
          e.bell();
        } else {
          wanted.setLength(wanted.offsetByCodePoints(wanted.length(), -1));
          find(false);
        }
      } else if (c == 23 || c == 25) {
        take(c == 23);
      } else if (c == 22 || c == 17) {
        String quoted = e.keys.readCharacter();
        wanted.append(quoted == null ? "" : quoted);
        find(false);
      } else if (c >= 32 && c < 127 || c >= 128) {
        wanted.append(e.keys.character(c));
        find(false);
      } else {
        break;
      }
    }
    if (wanted.length() > 0) {
      e.readline.search = wanted.toString();
    }
    e.view.setMessage(null);
    if (c == ABORT) {
      e.past.goTo(originalAt);
      line.restore(original);
      line.moveTo(Math.min(original.cursor(), originalText.length()));
    } else if (c == 3) {
      e.keys.unread(String.valueOf((char) c));
    } else if (c < 0) {
      e.end = LineEditor.End.END_OF_FILE;
    } else if (terminators.indexOf(c) < 0 || c == 27 && e.keys.ready()) {
      e.keys.unread(String.valueOf((char) c));
    }
    e.region = false;
  }

  private void show() {
    String name = direction < 0 ? "reverse-i-search" : "i-search";
    e.view.setMessage("(" + (failed ? "failed " : "") + name + ")`" + wanted + "': ");
    e.redraw();
  }

  /** C-r, C-s once more: the next match, or what was searched for last time. */
  private void again(int towards) {
    boolean turned = towards != direction;
    direction = towards;
    if (wanted.length() == 0) {
      if (e.readline.search.isEmpty()) {
        if (!turned) {
          e.bell();
        }
        return;
      }
      wanted.append(e.readline.search);
      find(false);
      return;
    }
    find(!turned);
  }

  /** C-w, C-y: more of the line that was found is searched for. */
  private void take(boolean word) {
    String text = line.text();
    int from = offset + wanted.length();
    if (wanted.length() == 0) {
      from = line.cursor();
    }
    if (from >= text.length()) {
      e.bell();
      return;
    }
    int to = text.length();
    if (word) {
      if (!Character.isLetterOrDigit(text.charAt(from))) {
        e.bell();
        return;
      }
      to = from;
      while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
        to++;
      }
    }
    wanted.append(text, from, to);
    find(false);
  }

  private void find(boolean next) {
    String w = wanted.toString();
    if (w.isEmpty()) {
      failed = false;
      e.region = false;
      return;
    }
    String previous = e.past.text(at);
    int i = at;
    int from = next ? offset + direction : offset;
    while (i >= 0 && i <= e.past.size()) {
      String s = e.past.text(i);
      boolean same = next && i != at && s.equals(previous);
      int found =
          same || direction < 0 && from < 0
              ? -1
              : direction < 0 ? s.lastIndexOf(w, from) : s.indexOf(w, Math.max(0, from));
      if (found >= 0) {
        at = i;
        offset = found;
        failed = false;
        e.past.goTo(i);
        line.moveTo(found);
        line.setMark(found + w.length());
        e.region = e.readline.settings().on("enable-active-region");
        return;
      }
      i += direction;
      from = direction < 0 ? Integer.MAX_VALUE : 0;
    }
    failed = true;
    e.region = false;
    e.bell();
  }
}
