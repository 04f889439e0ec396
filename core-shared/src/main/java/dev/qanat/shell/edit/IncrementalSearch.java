package dev.qanat.shell.edit;

import dev.qanat.shell.edit.Keymap.Binding;
import dev.qanat.shell.edit.Keymap.Kind;

/**
 * {@code C-r} and {@code C-s}: typed characters narrow what is looked for in the history, the line
 * found is shown at once with the match standing out, and any command ends the search and runs.
 */
final class IncrementalSearch {
  private static final int ESCAPE_MILLIS = 100; // in which an Escape is the start of a longer key

  private final LineEditor e;
  private final LineBuffer line;
  private StringBuilder wanted;
  private int direction;
  private int index; // in history, of the line being searched
  private String searched; // that line
  private int offset; // in it, of the match, or where the search goes on
  private int foundIndex;
  private String lastFound; // other copies of it are not found again
  private boolean failed;

  IncrementalSearch(LineEditor editor) {
    e = editor;
    line = editor.line;
  }

  void run(int towards) {
    direction = towards < 0 ? -1 : 1;
    wanted = new StringBuilder();
    LineBuffer.Saved original = line.save();
    int mark = line.mark();
    int start = e.past.at();
    index = foundIndex = start;
    searched = line.text();
    offset = line.cursor();
    lastFound = null;
    failed = false;
    try {
      while (true) {
        show();
        int c = e.keys.read();
        Boolean ended = c < 0 ? Boolean.TRUE : dispatch(c);
        if (c < 0) {
          e.end = LineEditor.End.END_OF_FILE;
        }
        if (ended == null) {
          e.past.goTo(start);
          line.restore(original);
          line.setMark(mark);
          return;
        }
        if (ended) {
          break;
        }
      }
      if (offset < 0) {
        offset = foundIndex == start ? original.cursor() : line.length();
      }
      line.moveTo(offset);
    } finally {
      if (wanted.length() > 0) {
        e.readline.search = wanted.toString();
      }
      e.view.setMessage(null);
      e.region = false;
    }
  }

  private void show() {
    String name = direction < 0 ? "reverse-i-search" : "i-search";
    e.view.setMessage("(" + (failed ? "failed " : "") + name + ")`" + wanted + "': ");
    e.redraw();
  }

  /** What a key does: true when it ends the search, null when it gives it up. */
  private Boolean dispatch(int c) {
    Binding b = e.keymap().get(String.valueOf((char) c));
    String function = b == null || b.kind() != Kind.FUNCTION ? "" : b.text();
    if (e.keymap().isPrefix(String.valueOf((char) c))
        && e.readline.settings().text("isearch-terminators").indexOf(c) < 0) {
      e.keys.unread(String.valueOf((char) c));
      return true;
    }
    switch (function) {
      case "reverse-search-history" -> again(-1);
      case "forward-search-history" -> again(1);
      case "backward-delete-char" -> {
        if (wanted.length() == 0) {
          e.bell();
        } else {
          wanted.setLength(wanted.offsetByCodePoints(wanted.length(), -1));
        }
        find();
      }
      case "abort" -> {
        return null;
      }
      case "unix-word-rubout", "vi-unix-word-rubout" -> {
        take(true);
        find();
      }
      case "yank" -> {
        take(false);
        find();
      }
      default -> {
        if (c == 7) {
          return null;
        }
        if (c == 27 && e.keys.takeTypedAhead("[200~")) {
          wanted.append(e.typing.pasted());
          find();
          return false;
        }
        if (e.readline.settings().text("isearch-terminators").indexOf(c) >= 0) {
          if (c == 27 && e.keys.readyWithin(ESCAPE_MILLIS)) {
            e.keys.unread("\033");
          }
          return true;
        }
        if (c < 32 || c == 127) {
          e.keys.unread(String.valueOf((char) c));
          return true;
        }
        wanted.append(e.keys.character(c));
        find();
      }
    }
    return false;
  }

  /** C-r, C-s once more: the next match, or what was searched for last time. */
  private void again(int towards) {
    if (towards != direction) {
      direction = towards;
    } else if (wanted.length() == 0) {
      if (e.readline.search.isEmpty()) {
        return;
      }
      wanted.append(e.readline.search);
    } else if (direction < 0 && offset >= 0) {
      offset--;
    } else if (offset != searched.length()) {
      offset++;
    } else {
      e.bell();
    }
    find();
  }

  /** C-w, C-y: more of the line that was found is searched for. */
  private void take(boolean word) {
    String text = line.text();
    int from = line.cursor() + wanted.length();
    if (from >= text.length() || word && !Character.isLetterOrDigit(text.codePointAt(from))) {
      e.bell();
      return;
    }
    int to = text.length();
    if (word) {
      to = from;
      while (to < text.length() && Character.isLetterOrDigit(text.codePointAt(to))) {
        to += Character.charCount(text.codePointAt(to));
      }
    }
    wanted.append(text, from, to);
  }

  /** Looks from where the last match began, then in the lines before or behind. */
  private void find() {
    String w = wanted.toString();
    failed = w.isEmpty();
    while (!failed && !foundHere(w)) {
      do {
        index += direction;
        failed = index < 0 || index > e.past.size();
        searched = failed ? searched : e.past.text(index);
      } while (!failed && (searched.equals(lastFound) || w.length() > searched.length()));
      offset = failed ? Math.max(0, offset) : direction < 0 ? searched.length() - w.length() : 0;
    }
    if (failed) {
      e.bell();
      index = foundIndex;
      e.region = false;
      return;
    }
    lastFound = searched;
    foundIndex = index;
    e.past.goTo(index);
    line.moveTo(offset);
    line.setMark(offset + w.length());
    e.region = e.readline.settings().on("enable-active-region");
  }

  private boolean foundHere(String w) {
    int found = direction < 0 ? searched.lastIndexOf(w, offset) : searched.indexOf(w, offset);
    if (found < 0) {
      offset = direction < 0 ? 0 : Math.max(offset, searched.length() - w.length() + 1);
      return false;
    }
    offset = found;
    return true;
  }
}
