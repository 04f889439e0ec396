package dev.qanat.shell.edit;

import dev.qanat.terminal.Terminal;
import dev.qanat.terminal.TerminalModes;
import java.util.List;

/**
 * Reads a line from a terminal with editing, as Readline's emacs mode does: movement, kill and
 * yank, undo, history and its incremental search, completion, bracketed paste.
 */
public final class LineEditor {
  /** How a line ended. */
  public enum End {
    /** With Return: the text is the line. */
    LINE,
    /** Ctrl-D on an empty line, or the terminal is gone. */
    END_OF_FILE,
    /** Ctrl-C: the text was thrown away. */
    INTERRUPT
  }

  private static final int MANY = 100;

  private final Terminal terminal;
  private final LineHistory history;
  private final Completer completer;
  private final Keys keys;
  private final LineView view;
  private final LineBuffer line = new LineBuffer();
  private int historyAt;
  private String unsent = ""; // what was being typed before walking into history
  private String search = ""; // the last one searched for
  private boolean lastWasTab;
  private int lastArgument; // how far back Alt-. has gone
  private int lastArgumentStart = -1;
  private int repeat;
  private int followIndex = -1;
  private End end;

  /** {@code completer} may be null. */
  public LineEditor(Terminal terminal, LineHistory history, Completer completer) {
    this.terminal = terminal;
    this.history = history;
    this.completer = completer;
    this.keys = new Keys(terminal);
    this.view = new LineView(terminal);
  }

  /** The line read last, without its newline. */
  public String text() {
    return line.text();
  }

  /**
   * Reads a line. Suspends until it is there; a signal that ends the task ends the reading, with
   * the terminal's modes restored.
   *
   * @param prompt bytes between the characters 1 and 2 take no room
   * @param initial what the line holds at first
   */
  public End read(String prompt, String initial) {
    TerminalModes before = terminal.modes().copy();
    TerminalModes raw = before.copy();
    raw.setRaw();
    raw.newlineReturns = false;
    terminal.setModes(raw);
    try {
      view.put("\033[?2004h");
      line.reset();
      historyAt = history.size();
      unsent = "";
      view.start(prompt.replace("\n", "\r\n"), terminal.columns());
      if (followIndex >= 0 && followIndex < history.size()) {
        historyAt = followIndex;
        line.set(history.get(followIndex));
      } else if (!initial.isEmpty()) {
        line.set(initial);
      }
      followIndex = -1;
      if (!line.isEmpty()) {
        redraw();
      }
      loop();
      if (end != End.INTERRUPT) {
        view.draw(line.text(), line.length());
      }
      view.finish();
      view.put("\033[?2004l");
      return end;
    } finally {
      terminal.setModes(before);
    }
  }

  private void redraw() {
    if (terminal.columns() != view.columns()) {
      view.resize(terminal.columns());
    }
    view.draw(line.text(), line.cursor());
  }

  private void loop() {
    end = null;
    while (end == null) {
      int key = keys.read();
      int times = Math.max(1, repeat);
      if (readArgument(key)) {
        continue;
      }
      repeat = 0;
      boolean tab = key == '\t';
      boolean argument = key == Keys.META + '.' || key == Keys.META + '_';
      for (int i = 0; i < times && end == null; i++) {
        act(key);
      }
      lastWasTab = tab;
      if (!argument) {
        lastArgumentStart = -1;
      }
      if (end == null && !(keys.ready() && key < Keys.NAMED)) {
        redraw();
      }
    }
  }

  /** Alt and digits repeat the command that follows. */
  private boolean readArgument(int key) {
    int digit = key - Keys.META - '0';
    if (digit < 0 || digit > 9) {
      return false;
    }
    repeat = Math.min(10_000, repeat * 10 + digit);
    return true;
  }

  private void act(int key) {
    boolean killed = false;
    boolean yanked = false;
    switch (key) {
      case Keys.END -> end = End.END_OF_FILE;
      case '\r', '\n' -> end = End.LINE;
      case 15 -> operateAndGetNext(); // C-o
      case 3 -> { // C-c
        line.moveTo(line.length());
        view.draw(line.text(), line.cursor());
        view.put("^C");
        line.reset();
        end = End.INTERRUPT;
      }
      case 4 -> { // C-d
        if (line.isEmpty()) {
          end = End.END_OF_FILE;
        } else {
          ring(line.deleteAt());
        }
      }
      case 1, Keys.HOME -> line.moveTo(0); // C-a
      case 5, Keys.LAST -> line.moveTo(line.length()); // C-e
      case 2, Keys.LEFT -> ring(line.left()); // C-b
      case 6, Keys.RIGHT -> ring(line.right()); // C-f
      case Keys.META + 'b', Keys.WORD_LEFT -> line.moveTo(line.wordStart());
      case Keys.META + 'f', Keys.WORD_RIGHT -> line.moveTo(line.wordEnd());
      case 8, 127 -> ring(line.deleteBefore());
      case Keys.DELETE -> ring(line.deleteAt());
      case 11 -> { // C-k
        line.kill(line.length());
        killed = true;
      }
      case 21 -> { // C-u
        line.kill(0);
        killed = true;
      }
      case 23 -> { // C-w
        line.kill(line.blankWordStart());
        killed = true;
      }
      case Keys.META + 'd' -> {
        line.kill(line.wordEnd());
        killed = true;
      }
      case Keys.META + 127, Keys.META + 8 -> {
        line.kill(line.wordStart());
        killed = true;
      }
      case 25 -> { // C-y
        ring(line.yank());
        yanked = true;
      }
      case Keys.META + 'y' -> {
        ring(line.yankPop());
        yanked = true;
      }
      case 20 -> ring(line.transposeCharacters()); // C-t
      case Keys.META + 't' -> ring(line.transposeWords());
      case Keys.META + 'u' -> line.changeCase('u');
      case Keys.META + 'l' -> line.changeCase('l');
      case Keys.META + 'c' -> line.changeCase('c');
      case Keys.META + '\\' -> deleteBlanks();
      case 31 -> ring(line.undo()); // C-_
      case Keys.META + 'r' -> revert();
      case 12 -> view.clearScreen(line.text(), line.cursor()); // C-l
      case 16, Keys.UP -> older(); // C-p
      case 14, Keys.DOWN -> newer(); // C-n
      case Keys.META + '<', Keys.PAGE_UP -> goTo(0);
      case Keys.META + '>', Keys.PAGE_DOWN -> goTo(history.size());
      case 18 -> searchHistory(-1); // C-r
      case 19 -> searchHistory(1); // C-s
      case 22, 17 -> quote(); // C-v, C-q
      case 29 -> findCharacter(1); // C-]
      case Keys.META + 29 -> findCharacter(-1);
      case Keys.META + '.', Keys.META + '_' -> insertLastArgument();
      case Keys.META + '#' -> {
        line.moveTo(0);
        line.insert("#");
        end = End.LINE;
      }
      case '\t' -> completeWord();
      case Keys.META + '?' -> listCompletions();
      case Keys.META + '*' -> insertCompletions();
      case 24 -> controlX();
      case Keys.PASTE -> line.insert(keys.paste().replace("\r\n", "\n").replace('\r', '\n'));
      case 7 -> view.bell(); // C-g
      default -> {
        if (key >= 32 && key < Keys.NAMED) {
          line.insert(new String(Character.toChars(key)));
        } else {
          view.bell();
        }
      }
    }
    line.endCommand(killed, yanked);
  }

  private void ring(boolean done) {
    if (!done) {
      view.bell();
    }
  }

  private void quote() {
    int c = keys.read();
    if (c >= 0 && c < Keys.NAMED) {
      line.insert(new String(Character.toChars(c)));
    }
  }

  private void findCharacter(int direction) {
    int c = keys.read();
    if (c < 0 || c >= Keys.NAMED) {
      return;
    }
    String text = line.text();
    int at =
        direction > 0 ? text.indexOf(c, line.cursor() + 1) : text.lastIndexOf(c, line.cursor() - 1);
    if (at < 0) {
      view.bell();
    } else {
      line.moveTo(at);
    }
  }

  private void deleteBlanks() {
    String text = line.text();
    int from = line.cursor();
    int to = line.cursor();
    while (from > 0 && (text.charAt(from - 1) == ' ' || text.charAt(from - 1) == '\t')) {
      from--;
    }
    while (to < text.length() && (text.charAt(to) == ' ' || text.charAt(to) == '\t')) {
      to++;
    }
    line.replace(from, to, "");
  }

  private void revert() {
    while (line.undo()) {
      // back to where the line began
    }
  }

  private void controlX() {
    int c = keys.read();
    switch (c) {
      case 21 -> ring(line.undo()); // C-x C-u
      case 24 -> line.moveTo(line.cursor() == 0 ? line.length() : 0); // C-x C-x
      case 127 -> line.kill(0);
      default -> view.bell();
    }
  }

  // --- history

  private void operateAndGetNext() {
    followIndex = historyAt < history.size() ? historyAt + 1 : -1;
    end = End.LINE;
  }

  private void older() {
    if (historyAt == 0) {
      view.bell();
    } else {
      goTo(historyAt - 1);
    }
  }

  private void newer() {
    if (historyAt >= history.size()) {
      view.bell();
    } else {
      goTo(historyAt + 1);
    }
  }

  private void goTo(int index) {
    if (historyAt == history.size()) {
      unsent = line.text();
    }
    historyAt = index;
    line.set(index == history.size() ? unsent : history.get(index));
  }

  /**
   * Incremental search: typed characters narrow it, other keys end it and act on what was found.
   */
  private void searchHistory(int direction) {
    String savedPrompt = view.prompt();
    String savedLine = line.text();
    int savedCursor = line.cursor();
    int savedAt = historyAt;
    StringBuilder wanted = new StringBuilder();
    int at = historyAt;
    boolean failed = false;
    int key;
    while (true) {
      String name = direction < 0 ? "reverse-i-search" : "i-search";
      view.setPrompt("(" + (failed ? "failed " : "") + name + ")`" + wanted + "': ");
      redraw();
      key = keys.read();
      int from;
      if (key == 18 || key == 19) {
        direction = key == 18 ? -1 : 1;
        if (wanted.length() == 0) {
          wanted.append(search);
        }
        from = at + direction;
      } else if (key == 8 || key == 127) {
        if (wanted.length() > 0) {
          wanted.setLength(wanted.offsetByCodePoints(wanted.length(), -1));
        }
        from = savedAt;
      } else if (key >= 32 && key < Keys.NAMED) {
        wanted.appendCodePoint(key);
        from = at;
      } else {
        break;
      }
      int found = find(wanted.toString(), from, direction);
      failed = found < 0;
      if (failed) {
        view.bell();
      } else if (wanted.length() > 0) {
        at = found;
        historyAt = found;
        line.set(history.get(found));
        line.moveTo(line.text().lastIndexOf(wanted.toString()));
      }
    }
    if (wanted.length() > 0) {
      search = wanted.toString();
    }
    view.setPrompt(savedPrompt);
    if (key == 7) { // C-g: as if nothing had been searched
      line.set(savedLine);
      line.moveTo(savedCursor);
      historyAt = savedAt;
    } else if (key != Keys.META + 27 && key != Keys.UNKNOWN) {
      redraw();
      act(key);
    }
  }

  private int find(String wanted, int from, int direction) {
    int start = Math.max(0, Math.min(from, history.size() - 1));
    if (from < 0 || direction > 0 && from >= history.size()) {
      return -1;
    }
    for (int i = start; i >= 0 && i < history.size(); i += direction) {
      if (history.get(i).contains(wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** Alt-.: the last word of the line before; again: of the one before that. */
  private void insertLastArgument() {
    if (lastArgumentStart < 0) {
      lastArgument = 0;
      lastArgumentStart = line.cursor();
    }
    lastArgument++;
    int index = history.size() - lastArgument;
    if (index < 0) {
      view.bell();
      return;
    }
    String entry = history.get(index).stripTrailing();
    String word = entry.substring(Math.max(entry.lastIndexOf(' '), entry.lastIndexOf('\t')) + 1);
    line.replace(lastArgumentStart, line.cursor(), word);
  }

  // --- completion

  private Completer.Completion candidates() {
    return completer == null ? null : completer.complete(line.text(), line.cursor());
  }

  private void completeWord() {
    Completer.Completion c = candidates();
    if (c == null || c.words().isEmpty()) {
      view.bell();
      return;
    }
    String typed = line.text().substring(c.start(), line.cursor());
    if (c.words().size() == 1) {
      String word = c.words().get(0);
      line.replace(c.start(), line.cursor(), c.suffix() == 0 ? word : word + c.suffix());
      return;
    }
    String common = commonStart(c.words());
    if (common.length() > typed.length()) {
      line.replace(c.start(), line.cursor(), common);
    } else if (lastWasTab) {
      show(c);
    } else {
      view.bell();
    }
  }

  private void listCompletions() {
    Completer.Completion c = candidates();
    if (c == null || c.words().isEmpty()) {
      view.bell();
    } else {
      show(c);
    }
  }

  private void insertCompletions() {
    Completer.Completion c = candidates();
    if (c == null || c.words().isEmpty()) {
      view.bell();
    } else {
      line.replace(c.start(), line.cursor(), String.join(" ", c.words()) + " ");
    }
  }

  private static String commonStart(List<String> words) {
    String common = words.get(0);
    for (String w : words) {
      int n = 0;
      while (n < common.length() && n < w.length() && common.charAt(n) == w.charAt(n)) {
        n++;
      }
      common = common.substring(0, n);
    }
    return common;
  }

  /** Lists candidates below the line in columns, then shows the line again. */
  private void show(Completer.Completion c) {
    String prompt = view.prompt();
    view.draw(line.text(), line.length());
    view.finish();
    List<String> names = c.shown();
    if (names.size() > MANY && !confirm(names.size())) {
      view.setPrompt(prompt);
      view.restart(line.text(), line.cursor());
      return;
    }
    int width = 0;
    for (String s : names) {
      width = Math.max(width, LineView.cells(s) + 2);
    }
    int across = Math.max(1, terminal.columns() / Math.max(1, width));
    int down = (names.size() + across - 1) / across;
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < down; r++) {
      for (int k = 0; k < across && r + k * down < names.size(); k++) {
        String s = names.get(r + k * down);
        out.append(s);
        if (r + (k + 1) * down < names.size()) {
          for (int pad = LineView.cells(s); pad < width; pad++) {
            out.append(' ');
          }
        }
      }
      out.append("\r\n");
    }
    view.put(out.toString());
    view.setPrompt(prompt);
    view.restart(line.text(), line.cursor());
  }

  private boolean confirm(int count) {
    view.put("Display all " + count + " possibilities? (y or n)");
    while (true) {
      int key = keys.read();
      if (key == 'y' || key == 'Y' || key == ' ' || key == '\t') {
        view.put("\r\n");
        return true;
      }
      if (key == 'n' || key == 'N' || key == 127 || key == 3 || key == 7 || key == Keys.END) {
        view.put("\r\n");
        return false;
      }
      view.bell();
    }
  }
}
