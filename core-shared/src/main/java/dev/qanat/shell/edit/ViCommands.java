package dev.qanat.shell.edit;

import dev.qanat.text.Utf8;

/** The commands of vi's mode. */
final class ViCommands {
  private static final int ESCAPE = 27;

  /** Motions up to, but not with, the character they lead to. */
  private static final String EXCLUSIVE = " l|hwW^0bBFT`";

  /** Commands that {@code .} does again. */
  private static final String CHANGES =
      " vi-append-eol vi-append-mode vi-change-case vi-change-char vi-change-to vi-delete"
          + " vi-delete-to vi-insert-beg vi-insertion-mode vi-put vi-replace vi-rubout vi-subst"
          + " vi-tilde-expand vi-yank-arg kill-line unix-line-discard vi-unix-word-rubout ";

  private final LineEditor e;
  private final LineBuffer line;
  private final int[] marks = new int[26];
  private boolean replacing; // after R
  private int replaceStart;
  private boolean grouped; // what is inserted is undone together
  private int insertStart; // in the trace of keys: where the command that inserts begins

  ViCommands(LineEditor editor) {
    e = editor;
    line = editor.line;
  }

  void lineBegins() {
    java.util.Arrays.fill(marks, -1);
    e.keys.trace().setLength(0);
    e.keys.trace().append('i');
    insertStart = 0;
    grouped = false;
    replacing = false;
  }

  void lineEnds() {
    if (grouped) {
      line.endGroup();
      grouped = false;
    }
  }

  /** Runs a command; false when it is not one of these. */
  boolean run(String function) {
    int at = line.cursor();
    int n = Math.max(1, e.count);
    boolean big = e.key >= 'A' && e.key <= 'Z';
    ViMotions to = new ViMotions(line.text());
    switch (function) {
      case "vi-movement-mode" -> commandMode();
      case "vi-insertion-mode" -> insertMode();
      case "vi-insert-beg" -> {
        line.moveTo(0);
        insertMode();
      }
      case "vi-append-mode" -> {
        line.moveTo(line.after(at));
        insertMode();
      }
      case "vi-append-eol" -> {
        line.moveTo(line.length());
        insertMode();
      }
      case "vi-replace" -> {
        insertMode();
        e.overwrite = true;
        replacing = true;
        replaceStart = at;
      }
      case "vi-eof-maybe" ->
          e.end = line.isEmpty() ? LineEditor.End.END_OF_FILE : LineEditor.End.LINE;
      case "vi-arg-digit" -> e.typing.countDigits(e.key);
      case "vi-next-word", "vi-forward-word", "vi-fword" -> move(to.nextWord(at, n, big));
      case "vi-forward-bigword", "vi-fWord" -> move(to.nextWord(at, n, true));
      case "vi-prev-word", "vi-backward-word", "vi-bword" -> move(to.previousWord(at, n, big));
      case "vi-backward-bigword", "vi-bWord" -> move(to.previousWord(at, n, true));
      case "vi-end-word", "vi-eword" -> move(to.wordEnd(at, n, big));
      case "vi-end-bigword", "vi-eWord" -> move(to.wordEnd(at, n, true));
      case "vi-first-print", "vi-back-to-indent" -> line.moveTo(to.firstPrint());
      case "vi-column" -> line.moveTo(Math.min(n - 1, line.length()));
      case "vi-match" -> move(to.bracket(at));
      case "vi-char-search" -> move(search((char) e.key, n));
      case "vi-set-mark" -> setMark();
      case "vi-goto-mark" -> move(mark(e.keys.read()));
      case "vi-delete" -> deleteCharacters(n);
      case "vi-rubout" -> {
        int from = at;
        for (int i = 0; i < n; i++) {
          from = line.before(from);
        }
        e.ring(from < at);
        e.killing.kill(from);
      }
      case "vi-delete-to", "vi-change-to", "vi-yank-to" -> operate(function.charAt(3), big);
      case "vi-subst" -> substitute(big, n);
      case "vi-change-char" -> changeCharacters(n);
      case "vi-change-case" -> changeCase(n);
      case "vi-put" -> put(big, n);
      case "vi-unix-word-rubout" -> rubWord(n);
      case "vi-overstrike" -> e.run("self-insert");
      case "vi-overstrike-delete" -> takeBack(n);
      case "vi-search" -> search(e.key);
      case "vi-search-again" -> searchAgain(big);
      case "vi-fetch-history" -> e.run(e.explicitCount ? "fetch-history" : "beginning-of-history");
      case "vi-yank-arg" -> {
        e.ring(e.history.yank(e.explicitCount ? e.count - 1 : Integer.MAX_VALUE, 0));
        insertMode();
      }
      case "vi-yank-pop" -> e.run("yank-pop");
      case "vi-tilde-expand" -> {
        e.run("tilde-expand");
        insertMode();
      }
      case "vi-complete", "vi-complete-word" -> complete();
      case "vi-redo" -> redo();
      default -> {
        return false;
      }
    }
    return true;
  }

  /** After a command: keeps the cursor on a character, and what {@code .} is to do again. */
  void ran(String function, boolean command, int start) {
    if (e.viCommandMode && line.cursor() > 0 && line.atEnd()) {
      line.moveTo(line.before(line.cursor()));
    }
    if (function.equals("vi-redo") || !command) {
      return;
    }
    if (CHANGES.contains(" " + function + " ")) {
      e.readline.viRepeat.inserted = null;
    }
    if (CHANGES.contains(" " + function + " ")) {
      int from = Math.max(0, start);
      ViRepeat repeat = e.readline.viRepeat;
      repeat.count = e.explicitCount ? e.count : 0;
      if (e.viCommandMode) {
        repeat.keys = e.keys.trace().substring(from);
      } else {
        insertStart = from;
      }
    }
    if (e.viCommandMode) {
      e.keys.trace().setLength(0);
      insertStart = 0;
    }
  }

  /** After {@code R}, Backspace brings the characters back that were there. */
  boolean takesBack() {
    return replacing;
  }

  private void takeBack(int times) {
    for (int i = 0; i < times; i++) {
      int here = line.cursor();
      if (here <= replaceStart || !line.undo()) {
        e.bell();
        return;
      }
      line.moveTo(line.before(here));
    }
  }

  private void commandMode() {
    if (e.viCommandMode) {
      e.bell();
      return;
    }
    ViRepeat repeat = e.readline.viRepeat;
    repeat.keys = e.keys.trace().substring(insertStart);
    boolean inserted = !repeat.keys.isEmpty() && "iaIA".indexOf(repeat.keys.charAt(0)) >= 0;
    repeat.inserted = inserted ? line.lastInserted() : null;
    replacing = false;
    if (!grouped) {
      line.forgetUndo(); // what a line begins with is not undone
    }
    lineEnds();
    e.viCommandMode = true;
    e.overwrite = false;
    line.moveTo(line.before(line.cursor()));
    e.keys.trace().setLength(0);
    insertStart = 0;
    e.showMode();
  }

  private void insertMode() {
    e.viCommandMode = false;
    e.overwrite = false;
    replacing = false;
    if (!grouped) {
      line.beginGroup();
      grouped = true;
    }
    e.showMode();
  }

  private void redo() {
    ViRepeat repeat = e.readline.viRepeat;
    int n = e.explicitCount ? e.count : repeat.count;
    if (repeat.inserted != null) {
      byte[] text = Utf8.encode(repeat.inserted.repeat(Math.max(1, Math.min(1000, n))));
      StringBuilder keys = new StringBuilder().append(repeat.keys.charAt(0));
      for (byte b : text) {
        keys.append((char) (b & 255));
      }
      e.keys.push(keys.append((char) ESCAPE).toString());
      return;
    }
    e.keys.push((n > 0 ? String.valueOf(n) : "") + repeat.keys);
  }

  private void move(int position) {
    if (position < 0 || position == line.cursor()) {
      e.bell();
    } else {
      line.moveTo(position);
    }
  }

  private int search(char by, int n) {
    char how = by;
    if (by == ';' || by == ',') {
      if (e.readline.viSoughtBy == 0) {
        return -1;
      }
      how = e.readline.viSoughtBy;
      if (by == ',') {
        how = Character.isUpperCase(how) ? Character.toLowerCase(how) : Character.toUpperCase(how);
      }
    } else {
      String c = e.keys.readCharacter();
      if (c == null || c.equals("\033")) {
        return -1;
      }
      e.readline.viSought = c;
      e.readline.viSoughtBy = by;
    }
    return new ViMotions(line.text()).character(line.cursor(), e.readline.viSought, how, n);
  }

  private void setMark() {
    int c = e.keys.read();
    if (c >= 'a' && c <= 'z') {
      marks[c - 'a'] = line.cursor();
    } else {
      e.bell();
    }
  }

  private int mark(int c) {
    int at = c == '`' ? line.mark() : c >= 'a' && c <= 'z' ? marks[c - 'a'] : -1;
    return at > line.length() ? -1 : at;
  }

  /** Where a motion leads that follows an operator; -1 when it fails. */
  private int target(char motion, int n) {
    int at = line.cursor();
    ViMotions to = new ViMotions(line.text() + " ");
    int end = line.length();
    int found =
        switch (motion) {
          case 'h' -> back(at, n);
          case 'l', ' ' -> forward(at, n);
          case '0' -> 0;
          case '^' -> to.firstPrint();
          case '$' -> end;
          case 'w', 'W' -> to.nextWord(at, n, motion == 'W');
          case 'b', 'B' -> to.previousWord(at, n, motion == 'B');
          case 'e', 'E' -> to.wordEnd(at, n, motion == 'E');
          case '|' -> n - 1;
          case '%' -> to.bracket(at);
          case '`' -> mark(e.keys.read());
          case 'f', 'F', 't', 'T', ';', ',' -> search(motion, n);
          default -> -1;
        };
    return Math.min(found, end);
  }

  private int back(int at, int n) {
    int i = at;
    for (int k = 0; k < n; k++) {
      i = line.before(i);
    }
    return i;
  }

  private int forward(int at, int n) {
    int i = at;
    for (int k = 0; k < n; k++) {
      i = line.after(i);
    }
    return i;
  }

  private void operate(char operator, boolean toEnd) {
    int n = Math.max(1, e.count);
    int motion = toEnd ? '$' : e.keys.read();
    if (motion >= '1' && motion <= '9') {
      int m = 0;
      while (motion >= '0' && motion <= '9') {
        m = Math.min(100_000, m) * 10 + motion - '0';
        motion = e.keys.read();
      }
      n = Math.min(1_000_000, n) * m;
    }
    if (motion < 0 || motion == ESCAPE) {
      return;
    }
    int start = line.cursor();
    int from;
    int to;
    if (motion == e.key && !toEnd) {
      from = 0;
      to = line.length();
    } else {
      int end = target((char) motion, n);
      boolean nothing = end < 0 || end == start && motion != 'f' && motion != 't';
      if (nothing && !(operator == 'c' && end == start)) {
        e.bell();
        return;
      }
      if (operator == 'c' && (motion == 'w' || motion == 'W')) {
        end = withoutBlanks(start, end);
      }
      from = Math.min(start, end);
      to = Math.max(start, end);
      if (EXCLUSIVE.indexOf(motion) < 0 && to < line.length()) {
        to = line.after(to);
      }
    }
    apply(operator, from, to, start);
  }

  /** {@code cw} leaves the blanks behind the word. */
  private int withoutBlanks(int start, int end) {
    int i = end;
    while (i > start + 1 && LineBuffer.isBlank(line.charAt(i - 1))) {
      i--;
    }
    return Math.max(i, Math.min(line.length(), start + 1));
  }

  private void apply(char operator, int from, int to, int start) {
    if (operator == 'y') {
      e.readline.kills.add(line.text(from, to));
      line.moveTo(start);
      return;
    }
    if (operator == 'c') {
      insertMode();
    }
    line.moveTo(from);
    e.killing.kill(to);
  }

  private void deleteCharacters(int n) {
    if (line.isEmpty()) {
      e.bell();
      return;
    }
    e.killing.kill(forward(line.cursor(), n));
  }

  private void substitute(boolean whole, int n) {
    insertMode();
    if (whole) {
      line.moveTo(0);
      e.killing.kill(line.length());
    } else {
      e.killing.kill(forward(line.cursor(), n));
    }
  }

  private void changeCharacters(int n) {
    String c = e.keys.readCharacter();
    if (c == null || c.equals("\033") || line.isEmpty()) {
      return;
    }
    line.beginGroup();
    for (int i = 0; i < n && !line.atEnd(); i++) {
      line.replace(line.cursor(), line.after(line.cursor()), c);
    }
    line.endGroup();
    line.moveTo(line.before(line.cursor()));
  }

  private void changeCase(int n) {
    int from = line.cursor();
    int to = forward(from, n);
    StringBuilder out = new StringBuilder();
    for (char c : line.text(from, to).toCharArray()) {
      out.append(Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    line.replace(from, to, out.toString());
  }

  private void put(boolean here, int n) {
    if (e.readline.kills.isEmpty()) {
      e.bell();
      return;
    }
    if (!here) {
      line.moveTo(line.after(line.cursor()));
    }
    line.insert(e.readline.kills.current().repeat(Math.min(1000, n)));
    line.moveTo(line.before(line.cursor()));
  }

  /** C-w: a word of name characters or of others, as vi's insertion mode has it. */
  private void rubWord(int n) {
    int to = line.cursor();
    if (to == 0) {
      e.bell();
      return;
    }
    for (int i = 0; i < n && to > 0; i++) {
      while (to > 0 && LineBuffer.isBlank(line.charAt(to - 1))) {
        to--;
      }
      if (to > 0) {
        boolean name = isName(line.charAt(to - 1));
        while (to > 0
            && !LineBuffer.isBlank(line.charAt(to - 1))
            && isName(line.charAt(to - 1)) == name) {
          to--;
        }
      }
    }
    e.killing.kill(to);
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private void search(int key) {
    String text = e.history.ask((char) key);
    if (text == null) {
      return;
    }
    if (text.isEmpty() && e.readline.promptedSearch.isEmpty()) {
      e.bell();
      return;
    }
    if (!text.isEmpty()) {
      e.readline.promptedSearch = text;
      e.history.searchFromHere();
    }
    e.history.searchText(e.readline.promptedSearch, key == '/' ? -1 : 1);
  }

  private void searchAgain(boolean forward) {
    if (e.readline.promptedSearch.isEmpty()) {
      e.bell();
    } else {
      e.history.searchText(e.readline.promptedSearch, forward ? 1 : -1);
    }
  }

  /** {@code * = \}: expands or completes the word the cursor is in as a pattern. */
  private void complete() {
    if (!line.atEnd() && !LineBuffer.isBlank(line.charAt(line.cursor()))) {
      int next = line.cursor() + 1;
      if (next < line.length() && !LineBuffer.isBlank(line.charAt(next))) {
        line.moveTo(new ViMotions(line.text()).wordEnd(line.cursor(), 1, true));
      }
      line.moveTo(line.after(line.cursor()));
    }
    switch (e.key) {
      case '*' -> e.completion.run("glob-expand-word");
      case '=' -> e.completion.run("glob-list-expansions");
      default -> e.completion.run("glob-complete-word");
    }
    if (e.key != '=') {
      insertMode();
    }
  }
}
