package dev.qanat.shell.edit;

/** Commands that only move the cursor or the mark. */
final class MovingCommands {
  private final LineEditor e;
  private final LineBuffer line;

  MovingCommands(LineEditor editor) {
    e = editor;
    line = editor.line;
  }

  /** Runs a command; false when it is not one of these. */
  boolean run(String function) {
    switch (function) {
      case "beginning-of-line" -> line.moveTo(0);
      case "end-of-line" -> line.moveTo(line.length());
      case "forward-char", "forward-byte" -> characters(e.count);
      case "backward-char", "backward-byte" -> characters(-e.count);
      case "forward-word" -> words(e.count);
      case "backward-word" -> words(-e.count);
      case "shell-forward-word" -> shellWords(e.count);
      case "shell-backward-word" -> shellWords(-e.count);
      case "next-screen-line" -> rows(e.count);
      case "previous-screen-line" -> rows(-e.count);
      case "character-search" -> searchCharacter(e.count);
      case "character-search-backward" -> searchCharacter(-e.count);
      case "set-mark" -> line.setMark(e.explicitCount ? e.count : line.cursor());
      case "exchange-point-and-mark" -> {
        int mark = line.mark();
        line.setMark(line.cursor());
        line.moveTo(mark);
        e.region = e.readline.settings().on("enable-active-region");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void characters(int n) {
    int start = line.cursor();
    int at = start;
    for (int i = 0; i < Math.abs(n); i++) {
      int next = n > 0 ? line.after(at) : line.before(at);
      if (next == at || e.viCommandMode && next == line.length() && n > 0) {
        // going forward tells of the end only when it was there already
        e.ring(n > 0 && at != start);
        break;
      }
      at = next;
    }
    line.moveTo(at);
    // in vi's command mode the cursor is on a character, not behind the last one
    if (e.viCommandMode && line.atEnd() && at > 0 && n > 0) {
      line.moveTo(line.before(at));
    }
  }

  private void words(int n) {
    for (int i = 0; i < Math.abs(n); i++) {
      int at = line.cursor();
      line.moveTo(n > 0 ? line.wordEnd(at) : line.wordStart(at));
    }
  }

  private void rows(int n) {
    int columns = Math.max(1, e.view.columns());
    line.moveTo(line.cursor() + n * columns);
  }

  private void searchCharacter(int n) {
    String c = e.keys.readCharacter();
    if (c == null) {
      return;
    }
    int at = line.cursor();
    for (int i = 0; i < Math.abs(n); i++) {
      int found =
          n > 0
              ? line.text().indexOf(c, line.after(at))
              : at == 0 ? -1 : line.text().lastIndexOf(c, line.before(at));
      if (found < 0) {
        e.bell();
        return;
      }
      at = found;
    }
    line.moveTo(at);
  }

  private void shellWords(int n) {
    for (int i = 0; i < Math.abs(n); i++) {
      int at = line.cursor();
      line.moveTo(n > 0 ? shellWordEnd(line.text(), at) : shellWordStart(line.text(), at));
    }
  }

  private static boolean breaksWord(char c) {
    return " \t\n()<>;&|".indexOf(c) >= 0;
  }

  /** The end of the shell word at or behind a position, quotes understood. */
  static int shellWordEnd(String s, int from) {
    int i = from;
    while (i < s.length() && breaksWord(s.charAt(i))) {
      i++;
    }
    while (i < s.length() && !breaksWord(s.charAt(i))) {
      char c = s.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'' || c == '"') {
        int close = s.indexOf(c, i + 1);
        i = close < 0 ? s.length() : close;
      }
      i++;
    }
    return Math.min(i, s.length());
  }

  static int shellWordStart(String s, int from) {
    int start = 0;
    int at = 0;
    while (at < from) {
      int word = at;
      while (word < s.length() && breaksWord(s.charAt(word))) {
        word++;
      }
      if (word >= from) {
        break;
      }
      start = word;
      at = shellWordEnd(s, word);
    }
    return start;
  }
}
