package dev.qanat.shell.edit;

import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * The line being edited: text, cursor, mark and what can be undone. Positions count chars and never
 * fall inside a surrogate pair.
 */
final class LineBuffer {
  /** So many characters typed one after another are undone together. */
  private static final int UNDONE_TOGETHER = 20;

  private enum Change {
    INSERT,
    DELETE,
    BEGIN,
    END
  }

  private record Undo(Change change, int start, int end, String text) {}

  /** A line put aside: its text, cursor and changes. */
  record Saved(String text, int cursor, List<?> undo) {}

  private final StringBuilder text = new StringBuilder();
  private List<Undo> undo = new ArrayList<>();
  private int cursor;
  private int mark;

  String text() {
    return text.toString();
  }

  String text(int from, int to) {
    return text.substring(from, to);
  }

  char charAt(int i) {
    return text.charAt(i);
  }

  int cursor() {
    return cursor;
  }

  int length() {
    return text.length();
  }

  boolean isEmpty() {
    return text.length() == 0;
  }

  boolean atEnd() {
    return cursor == text.length();
  }

  int mark() {
    return Math.min(mark, text.length());
  }

  void setMark(int position) {
    mark = position;
  }

  /** A new line, with nothing to undo. */
  void set(String line) {
    text.setLength(0);
    text.append(line);
    cursor = line.length();
    mark = 0;
    undo = new ArrayList<>();
  }

  Saved save() {
    return new Saved(text(), cursor, undo);
  }

  @SuppressWarnings("unchecked")
  void restore(Saved saved) {
    set(saved.text());
    cursor = saved.cursor();
    undo = (List<Undo>) saved.undo();
  }

  /** The whole line becomes another; can be undone. */
  void replaceAll(String line) {
    replace(0, text.length(), line);
  }

  void moveTo(int position) {
    cursor = Math.max(0, Math.min(text.length(), position));
  }

  /** The character before a position, with the marks that combine with it. */
  int before(int i) {
    if (i <= 0) {
      return 0;
    }
    int at = text.offsetByCodePoints(i, -1);
    while (at > 0 && combines(at)) {
      at = text.offsetByCodePoints(at, -1);
    }
    return at;
  }

  int after(int i) {
    if (i >= text.length()) {
      return text.length();
    }
    int at = text.offsetByCodePoints(i, 1);
    while (at < text.length() && combines(at)) {
      at = text.offsetByCodePoints(at, 1);
    }
    return at;
  }

  private boolean combines(int i) {
    int c = text.codePointAt(i);
    return c >= 0x300 && Utf8.width(c) == 0;
  }

  private boolean isWord(int i) {
    return Character.isLetterOrDigit(text.codePointAt(i));
  }

  /** The end of the word at or behind a position: letters and digits. */
  int wordEnd(int from) {
    int i = from;
    while (i < text.length() && !isWord(i)) {
      i = after(i);
    }
    while (i < text.length() && isWord(i)) {
      i = after(i);
    }
    return i;
  }

  int wordStart(int from) {
    int i = from;
    while (i > 0 && !isWord(before(i))) {
      i = before(i);
    }
    while (i > 0 && isWord(before(i))) {
      i = before(i);
    }
    return i;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** The start of the blank-delimited word before a position, as C-w takes it. */
  int blankWordStart(int from) {
    int i = from;
    while (i > 0 && isBlank(text.charAt(i - 1))) {
      i--;
    }
    while (i > 0 && !isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  void insert(String s) {
    if (s.isEmpty()) {
      return;
    }
    Undo last = undo.isEmpty() ? null : undo.get(undo.size() - 1);
    if (s.length() == 1
        && s.charAt(0) < 128
        && last != null
        && last.change == Change.INSERT
        && last.end == cursor
        && last.end - last.start < UNDONE_TOGETHER) {
      undo.set(undo.size() - 1, new Undo(Change.INSERT, last.start, cursor + 1, null));
    } else {
      undo.add(new Undo(Change.INSERT, cursor, cursor + s.length(), null));
    }
    text.insert(cursor, s);
    cursor += s.length();
  }

  /** Deletes a part; the cursor stays on its character. */
  String delete(int from, int to) {
    String gone = text.substring(from, to);
    if (!gone.isEmpty()) {
      undo.add(new Undo(Change.DELETE, from, to, gone));
      text.delete(from, to);
      if (cursor > to) {
        cursor -= to - from;
      } else if (cursor > from) {
        cursor = from;
      }
    }
    return gone;
  }

  /** Puts a text in place of a part, the cursor behind it. */
  void replace(int from, int to, String s) {
    beginGroup();
    delete(from, to);
    cursor = from;
    insert(s);
    endGroup();
  }

  /** Changes up to {@link #endGroup} are undone together. */
  void beginGroup() {
    undo.add(new Undo(Change.BEGIN, 0, 0, null));
  }

  void endGroup() {
    undo.add(new Undo(Change.END, 0, 0, null));
  }

  /** What was done so far stays. */
  void forgetUndo() {
    undo = new ArrayList<>();
  }

  /** What the last change put into the line; empty when it was something else. */
  String lastInserted() {
    Undo last = undo.isEmpty() ? null : undo.get(undo.size() - 1);
    return last == null || last.change != Change.INSERT ? "" : text.substring(last.start, last.end);
  }

  boolean canUndo() {
    return !undo.isEmpty();
  }

  boolean undo() {
    int open = 0;
    boolean any = false;
    do {
      if (undo.isEmpty()) {
        return any;
      }
      any = true;
      Undo u = undo.remove(undo.size() - 1);
      switch (u.change) {
        case END -> open++;
        case BEGIN -> open--;
        case DELETE -> {
          text.insert(u.start, u.text);
          cursor = u.start + u.text.length();
        }
        default -> {
          text.delete(u.start, u.end);
          cursor = u.start;
        }
      }
    } while (open > 0);
    return true;
  }

  /** Undoes everything. */
  void revert() {
    while (undo()) {
      // back to where the line began
    }
  }
}
