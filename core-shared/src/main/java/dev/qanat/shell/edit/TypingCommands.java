package dev.qanat.shell.edit;

import dev.qanat.text.Utf8;

/**
 * Commands that put characters into the line or change those that are there, and the ones about the
 * editor itself: undo, numeric arguments, macros, the screen.
 */
final class TypingCommands {
  private static final String PASTE_END = "\033[201~";

  private final LineEditor e;
  private final LineBuffer line;

  TypingCommands(LineEditor editor) {
    e = editor;
    line = editor.line;
  }

  /** Runs a command; false when it is not one of these. */
  boolean run(String function) {
    switch (function) {
      case "self-insert" -> {
        selfInsert(e.keys.character(e.key));
        insertTypedAhead();
      }
      case "quoted-insert" -> quotedInsert();
      case "tab-insert" -> insert("\t", e.count);
      case "bracketed-paste-begin" -> paste();
      case "overwrite-mode" -> e.overwrite = e.explicitCount ? e.count > 0 : !e.overwrite;
      case "accept-line" -> e.end = LineEditor.End.LINE;
      case "insert-comment" -> comment();
      case "backward-delete-char" -> {
        if (e.viTakesBack()) {
          e.run("vi-overstrike-delete");
        } else {
          deleteBefore(e.count);
        }
      }
      case "delete-char" -> deleteAt();
      case "forward-backward-delete-char" -> {
        if (line.atEnd()) {
          deleteBefore(1);
        } else {
          deleteAt();
        }
      }
      case "delete-horizontal-space" -> deleteBlanks();
      case "transpose-chars" -> e.ring(transposeCharacters());
      case "transpose-words" -> e.ring(transposeWords());
      case "upcase-word" -> changeCase('u');
      case "downcase-word" -> changeCase('l');
      case "capitalize-word" -> changeCase('c');
      case "undo", "vi-undo" -> {
        for (int i = 0; i < Math.max(1, e.count); i++) {
          if (!line.undo()) {
            e.bell();
            break;
          }
        }
      }
      case "revert-line" -> {
        e.ring(line.canUndo());
        line.revert();
        if (e.readline.viMode()) {
          line.moveTo(0);
        }
      }
      case "digit-argument" -> countDigits(e.key);
      case "universal-argument" -> countByFour();
      case "abort" -> abort();
      case "clear-screen" -> clear(false);
      case "clear-display" -> clear(true);
      case "redraw-current-line" -> {}
      case "re-read-init-file" -> {
        e.host.readInit();
        e.showMode();
      }
      case "display-shell-version" -> {
        e.leaveLine();
        e.view.put(e.host.version() + "\r\n");
        e.showAgain();
      }
      case "start-kbd-macro" -> {
        if (e.keys.recording()) {
          abort();
        } else {
          e.keys.startRecording();
        }
      }
      case "end-kbd-macro" -> endMacro();
      case "call-last-kbd-macro" -> callMacro();
      case "print-last-kbd-macro" -> {
        if (e.readline.macro == null) {
          e.bell();
          return true;
        }
        e.leaveLine();
        e.view.put("\"" + KeySequence.print(e.readline.macro) + "\"\r\n");
        e.showAgain();
      }
      case "emacs-editing-mode" -> e.readline.setViMode(false);
      case "vi-editing-mode" -> {
        e.readline.setViMode(true);
        e.viCommandMode = false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  void insert(String s, int times) {
    for (int i = 0; i < times; i++) {
      if (e.overwrite && !line.atEnd() && !s.equals("\n")) {
        line.replace(line.cursor(), line.after(line.cursor()), s);
      } else {
        line.insert(s);
      }
    }
  }

  private void selfInsert(String s) {
    if (s != null) {
      insert(s, e.count);
    }
  }

  /**
   * Inserts at once what has been typed ahead. As with Readline, it is not part of a macro being
   * recorded, a key behind it that is byte 0 is lost, and kills before and behind it are joined.
   */
  private void insertTypedAhead() {
    if (e.limited()) {
      return;
    }
    int c = e.keys.typedAhead();
    while (c > 0) {
      Keymap.Binding b = e.keymap().get(String.valueOf((char) c));
      if (e.keys.isSignal(c) || b == null || !b.text().equals("self-insert")) {
        break;
      }
      e.keys.takeTypedAhead();
      insert(e.keys.character(c), 1);
      c = e.keys.typedAhead();
      if (c < 0) {
        return;
      }
    }
    if (c == 0) {
      e.keys.takeTypedAhead();
    }
    e.readAhead = c > 0;
  }

  private void quotedInsert() {
    int c = e.keys.readAny();
    String s = c < 0 ? null : e.keys.character(c);
    if (s != null && e.count < 0) {
      return;
    }
    selfInsert(s);
  }

  private void paste() {
    line.setMark(line.cursor());
    line.insert(pasted());
    e.region = e.readline.settings().on("enable-active-region");
  }

  /** What is pasted, up to the end of it. */
  String pasted() {
    StringBuilder bytes = new StringBuilder();
    while (true) {
      int c = e.keys.read();
      if (c < 0) {
        break;
      }
      bytes.append(c == '\r' ? '\n' : (char) c);
      int n = bytes.length() - PASTE_END.length();
      if (c == '~' && n >= 0 && bytes.indexOf(PASTE_END, n) == n) {
        bytes.setLength(n);
        break;
      }
    }
    byte[] b = new byte[bytes.length()];
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) bytes.charAt(i);
    }
    return Utf8.decode(b, 0, b.length);
  }

  private void comment() {
    String begin = e.readline.settings().text("comment-begin");
    if (e.explicitCount && line.text().startsWith(begin)) {
      line.delete(0, begin.length());
    } else {
      line.moveTo(0);
      line.insert(begin);
    }
    e.end = LineEditor.End.LINE;
  }

  private void deleteBefore(int times) {
    if (times < 0) {
      e.count = -times;
      deleteAt();
      return;
    }
    if (line.cursor() == 0) {
      e.bell();
      return;
    }
    int from = line.cursor();
    for (int i = 0; i < times; i++) {
      from = line.before(from);
    }
    if (e.explicitCount) {
      e.readline.kills.add(line.delete(from, line.cursor()));
      e.killed = true;
    } else if (e.overwrite && !line.atEnd()) {
      int to = line.cursor();
      line.replace(from, to, " ".repeat(Math.max(1, LineView.cells(line.text(from, to)))));
      line.moveTo(from);
    } else {
      line.delete(from, line.cursor());
    }
  }

  private void deleteAt() {
    if (line.isEmpty() && e.key == e.eofKey() && e.lastKey() != e.key) {
      e.end = LineEditor.End.END_OF_FILE;
      return;
    }
    if (e.count < 0) {
      deleteBefore(-e.count);
      return;
    }
    if (line.atEnd()) {
      e.bell();
      return;
    }
    int to = line.cursor();
    for (int i = 0; i < e.count; i++) {
      to = line.after(to);
    }
    String gone = line.delete(line.cursor(), to);
    if (e.explicitCount) {
      e.readline.kills.add(gone);
      e.killed = true;
    }
  }

  private void deleteBlanks() {
    int from = line.cursor();
    int to = line.cursor();
    while (from > 0 && LineBuffer.isBlank(line.charAt(from - 1))) {
      from--;
    }
    while (to < line.length() && LineBuffer.isBlank(line.charAt(to))) {
      to++;
    }
    line.delete(from, to);
  }

  private boolean transposeCharacters() {
    if (e.count == 0) {
      return true;
    }
    if (line.cursor() == 0 || line.length() < 2) {
      return false;
    }
    int times = e.count;
    int at = line.cursor();
    if (line.atEnd()) {
      at = line.before(at);
      times = 1;
    }
    int from = line.before(at);
    line.beginGroup();
    line.moveTo(at);
    String moved = line.delete(from, at);
    int to = from;
    for (int i = 0; i < Math.abs(times); i++) {
      to = times > 0 ? line.after(to) : line.before(to);
    }
    line.moveTo(to);
    line.insert(moved);
    line.endGroup();
    return true;
  }

  private boolean transposeWords() {
    int orig = line.cursor();
    int secondEnd = orig;
    for (int i = 0; i < Math.abs(e.count); i++) {
      secondEnd = e.count > 0 ? line.wordEnd(secondEnd) : line.wordStart(secondEnd);
    }
    int secondStart = line.wordStart(secondEnd);
    int firstStart = secondStart;
    for (int i = 0; i < Math.abs(e.count); i++) {
      firstStart = e.count > 0 ? line.wordStart(firstStart) : line.wordEnd(firstStart);
    }
    int firstEnd = line.wordEnd(firstStart);
    if (firstStart == secondStart || secondStart < firstEnd) {
      line.moveTo(orig);
      return false;
    }
    swap(firstStart, firstEnd, secondStart, secondEnd);
    return true;
  }

  private void swap(int firstStart, int firstEnd, int secondStart, int secondEnd) {
    line.replace(
        firstStart,
        secondEnd,
        line.text(secondStart, secondEnd)
            + line.text(firstEnd, secondStart)
            + line.text(firstStart, firstEnd));
  }

  private void changeCase(char how) {
    int from = line.cursor();
    int to = from;
    for (int i = 0; i < Math.abs(e.count); i++) {
      to = e.count > 0 ? line.wordEnd(to) : line.wordStart(to);
    }
    int start = Math.min(from, to);
    int end = Math.max(from, to);
    StringBuilder out = new StringBuilder();
    boolean inWord = false;
    for (int i = start; i < end; ) {
      int c = line.text(i, end).codePointAt(0);
      i += Character.charCount(c);
      if (!Character.isLetterOrDigit(c)) {
        inWord = false;
      } else {
        boolean up = how == 'u' || how == 'c' && !inWord;
        inWord = true;
        c = up ? Character.toUpperCase(c) : Character.toLowerCase(c);
      }
      out.appendCodePoint(c);
    }
    line.replace(start, end, out.toString());
    line.moveTo(e.count > 0 ? start + out.length() : from);
  }

  /** Reads the digits of a numeric argument, of which the first has been read. */
  void countDigits(int first) {
    boolean negative = false;
    int digits = e.explicitCount ? Math.abs(e.count) : 0;
    boolean any = e.explicitCount;
    int c = first;
    if (any && e.count < 0) {
      negative = true;
    }
    while (true) {
      if (c == '-' && !any) {
        negative = !negative;
      } else if (c >= '0' && c <= '9') {
        digits = any ? Math.min(100_000, digits) * 10 + c - '0' : c - '0';
        any = true;
      } else {
        break;
      }
      int n = any ? digits : 1;
      showCount(negative ? -n : n);
      c = e.keys.read();
    }
    int n = any ? digits : 1;
    e.setCount(negative ? -n : n);
    goOn(c);
  }

  private void showCount(int n) {
    e.view.setMessage("(arg: " + n + ") ");
    e.redraw();
  }

  private void goOn(int c) {
    e.view.setMessage(null);
    if (c < 0) {
      e.end = LineEditor.End.END_OF_FILE;
    } else {
      e.keys.unread(String.valueOf((char) c));
    }
  }

  private void countByFour() {
    int n = (e.explicitCount ? e.count : 1) * 4;
    showCount(n);
    int c = e.keys.read();
    if (c == '-' || c >= '0' && c <= '9') {
      e.resetCount();
      countDigits(c);
      return;
    }
    e.setCount(n);
    goOn(c);
  }

  private void abort() {
    e.keys.forgetPushed();
    if (e.keys.recording()) {
      e.keys.stopRecording(0);
    }
    e.bell();
  }

  private void clear(boolean scrollback) {
    if (e.explicitCount) {
      e.redraw();
    } else {
      e.view.clearScreen(line.text(), line.cursor(), scrollback);
    }
  }

  private void endMacro() {
    if (e.keys.recording()) {
      e.readline.macro = e.keys.stopRecording(e.sequence.length());
      call(e.count - 1);
    } else {
      abort();
    }
  }

  private void callMacro() {
    if (e.readline.macro == null) {
      abort();
    } else if (e.keys.recording()) {
      e.bell(); // a macro does not call itself
      e.keys.dropRecorded(e.sequence.length());
    } else {
      call(e.count);
    }
  }

  private void call(int times) {
    for (int i = 0; i < Math.min(1000, times); i++) {
      e.keys.push(e.readline.macro);
    }
  }
}
