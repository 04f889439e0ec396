package dev.qanat.shell.edit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The line being edited: text, cursor, kill ring and undo. Positions count chars and never fall
 * inside a surrogate pair.
 */
final class LineBuffer {
  private static final int RING = 10;

  private final StringBuilder text = new StringBuilder();
  private final List<String> ring = new ArrayList<>();
  private final ArrayDeque<Undo> undo = new ArrayDeque<>();
  private int cursor;
  private int ringAt;
  private boolean killing; // the last command killed: the next kill joins it
  private int yankStart = -1;

  private record Undo(String text, int cursor) {}

  String text() {
    return text.toString();
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

  /** Starts a new line; the kill ring stays. */
  void reset() {
    text.setLength(0);
    cursor = 0;
    undo.clear();
    endCommand(false, false);
  }

  /** Replaces the whole line, the cursor at its end. */
  void set(String line) {
    remember();
    text.setLength(0);
    text.append(line);
    cursor = line.length();
  }

  /** To be called after each command: kills join only when they follow each other. */
  void endCommand(boolean killed, boolean yanked) {
    killing = killed;
    if (!yanked) {
      yankStart = -1;
    }
  }

  private void remember() {
    if (undo.isEmpty() || !undo.peek().text.contentEquals(text)) {
      undo.push(new Undo(text.toString(), cursor));
      if (undo.size() > 200) {
        undo.removeLast();
      }
    }
  }

  boolean undo() {
    if (undo.isEmpty()) {
      return false;
    }
    Undo u = undo.pop();
    text.setLength(0);
    text.append(u.text);
    cursor = u.cursor;
    return true;
  }

  // --- moving

  void moveTo(int position) {
    cursor = Math.max(0, Math.min(text.length(), position));
  }

  boolean left() {
    if (cursor == 0) {
      return false;
    }
    cursor = before(cursor);
    return true;
  }

  boolean right() {
    if (cursor == text.length()) {
      return false;
    }
    cursor = after(cursor);
    return true;
  }

  private int before(int i) {
    return text.offsetByCodePoints(i, -1);
  }

  private int after(int i) {
    return text.offsetByCodePoints(i, 1);
  }

  private boolean isWord(int i) {
    return Character.isLetterOrDigit(text.codePointAt(i));
  }

  int wordEnd() {
    int i = cursor;
    while (i < text.length() && !isWord(i)) {
      i = after(i);
    }
    while (i < text.length() && isWord(i)) {
      i = after(i);
    }
    return i;
  }

  int wordStart() {
    int i = cursor;
    while (i > 0 && !isWord(before(i))) {
      i = before(i);
    }
    while (i > 0 && isWord(before(i))) {
      i = before(i);
    }
    return i;
  }

  /** The start of the blank-delimited word before the cursor, as Ctrl-W takes it. */
  int blankWordStart() {
    int i = cursor;
    while (i > 0 && text.charAt(i - 1) == ' ') {
      i--;
    }
    while (i > 0 && text.charAt(i - 1) != ' ') {
      i--;
    }
    return i;
  }

  // --- changing

  void insert(String s) {
    remember();
    text.insert(cursor, s);
    cursor += s.length();
  }

  void replace(int start, int end, String s) {
    remember();
    text.replace(start, end, s);
    cursor = start + s.length();
  }

  boolean deleteBefore() {
    if (cursor == 0) {
      return false;
    }
    remember();
    int from = before(cursor);
    text.delete(from, cursor);
    cursor = from;
    return true;
  }

  boolean deleteAt() {
    if (cursor == text.length()) {
      return false;
    }
    remember();
    text.delete(cursor, after(cursor));
    return true;
  }

  /** Takes text between the cursor and a position onto the kill ring. */
  void kill(int position) {
    int from = Math.min(cursor, position);
    int to = Math.max(cursor, position);
    if (from == to) {
      return;
    }
    remember();
    String killed = text.substring(from, to);
    if (killing && !ring.isEmpty()) {
      int last = ring.size() - 1;
      ring.set(last, position < cursor ? killed + ring.get(last) : ring.get(last) + killed);
    } else {
      ring.add(killed);
      if (ring.size() > RING) {
        ring.remove(0);
      }
    }
    ringAt = ring.size() - 1;
    text.delete(from, to);
    cursor = from;
  }

  boolean yank() {
    if (ring.isEmpty()) {
      return false;
    }
    yankStart = cursor;
    insert(ring.get(ringAt));
    return true;
  }

  /** Replaces what was just yanked by what was killed before it. */
  boolean yankPop() {
    if (yankStart < 0 || ring.isEmpty()) {
      return false;
    }
    ringAt = (ringAt + ring.size() - 1) % ring.size();
    replace(yankStart, cursor, ring.get(ringAt));
    return true;
  }

  boolean transposeCharacters() {
    if (cursor == 0 || text.length() < 2) {
      return false;
    }
    remember();
    if (cursor == text.length()) {
      cursor = before(cursor);
    }
    int from = before(cursor);
    int to = after(cursor);
    String swapped = text.substring(cursor, to) + text.substring(from, cursor);
    text.replace(from, to, swapped);
    cursor = to;
    return true;
  }

  boolean transposeWords() {
    int secondEnd = wordEnd();
    moveTo(secondEnd);
    int secondStart = wordStart();
    moveTo(secondStart);
    int firstStart = wordStart();
    moveTo(firstStart);
    int firstEnd = wordEnd();
    if (firstEnd > secondStart || secondStart == secondEnd) {
      moveTo(secondEnd);
      return false;
    }
    remember();
    String swapped =
        text.substring(secondStart, secondEnd)
            + text.substring(firstEnd, secondStart)
            + text.substring(firstStart, firstEnd);
    text.replace(firstStart, secondEnd, swapped);
    cursor = secondEnd;
    return true;
  }

  /** Changes the case of the word at or after the cursor: 'u', 'l' or 'c' (capital first). */
  void changeCase(char how) {
    remember();
    int end = wordEnd();
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (int i = cursor; i < end; i = after(i)) {
      int c = text.codePointAt(i);
      boolean up = how == 'u' || how == 'c' && first && Character.isLetterOrDigit(c);
      first &= !Character.isLetterOrDigit(c);
      out.appendCodePoint(up ? Character.toUpperCase(c) : Character.toLowerCase(c));
    }
    text.replace(cursor, end, out.toString());
    cursor += out.length();
  }
}
