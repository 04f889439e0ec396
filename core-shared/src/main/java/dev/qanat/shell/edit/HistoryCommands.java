package dev.qanat.shell.edit;

import dev.qanat.text.glob.Pattern;
import java.util.List;

/** Commands that bring lines of the history, or parts of them, into the line. */
final class HistoryCommands {
  private final LineEditor e;
  private final LineBuffer line;
  private final IncrementalSearch search;
  private String sought = ""; // what history-search-backward and its kin look for
  private int soughtFrom;
  private String lastSought;
  private String asked = ""; // what M-p was last asked for
  private int askedFrom;
  private boolean yanked; // the last M-. put a word into the line
  private int yankBack;
  private int yankDirection;
  private int yankCount;
  private boolean yankExplicit;

  HistoryCommands(LineEditor editor) {
    e = editor;
    line = editor.line;
    search = new IncrementalSearch(editor);
  }

  /** Runs a command; false when it is not one of these. */
  boolean run(String function) {
    switch (function) {
      case "previous-history" -> walk(-e.count);
      case "next-history" -> walk(e.count);
      case "beginning-of-history" -> goTo(0);
      case "end-of-history" -> goTo(e.past.size());
      case "fetch-history" -> goTo(e.explicitCount ? Math.max(0, e.count - 1) : 0);
      case "reverse-search-history" -> search.run(-e.count);
      case "forward-search-history" -> search.run(e.count);
      case "history-search-backward" -> searchPrefix(-e.count);
      case "history-search-forward" -> searchPrefix(e.count);
      case "history-substring-search-backward" -> searchSubstring(-e.count);
      case "history-substring-search-forward" -> searchSubstring(e.count);
      case "non-incremental-reverse-search-history" -> searchAsked(-1);
      case "non-incremental-forward-search-history" -> searchAsked(1);
      case "non-incremental-reverse-search-history-again" -> searchText(asked, -1);
      case "non-incremental-forward-search-history-again" -> searchText(asked, 1);
      case "yank-last-arg" -> yankLast();
      case "yank-nth-arg" -> e.ring(yank(e.explicitCount ? e.count : 1, 0));
      case "operate-and-get-next" -> {
        e.past.followThis();
        e.end = LineEditor.End.LINE;
      }
      case "shell-expand-line",
              "history-expand-line",
              "alias-expand-line",
              "history-and-alias-expand-line" ->
          expand(function);
      case "magic-space" -> {
        expand("history-expand-line");
        line.insert(" ");
      }
      case "tilde-expand" -> tilde();
      case "edit-and-execute-command" -> edit(false);
      case "vi-edit-and-execute-command" -> edit(true);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void walk(int by) {
    int to = Math.max(0, Math.min(e.past.size(), e.past.at() + by));
    e.ring(by == 0 || to != e.past.at());
    goTo(to);
  }

  private void goTo(int index) {
    if (index == e.past.at()) {
      return;
    }
    int cursor = line.cursor();
    e.past.goTo(Math.min(index, e.past.size()));
    if (e.readline.settings().on("history-preserve-point")) {
      line.moveTo(cursor);
    }
    if (e.viCommandMode) {
      line.moveTo(0);
    }
  }

  private void searchPrefix(int direction) {
    boolean again = e.lastFunction.startsWith("history-search-");
    find(again, direction, true);
  }

  private void searchSubstring(int direction) {
    boolean again = e.lastFunction.startsWith("history-substring-search-");
    find(again, direction, false);
  }

  private void find(boolean again, int count, boolean atStart) {
    if (!again) {
      sought = line.text(0, line.cursor());
      soughtFrom = e.past.at();
      lastSought = null;
    }
    if (sought.isEmpty()) {
      walk(count);
      return;
    }
    int step = count < 0 ? -1 : 1;
    int left = Math.abs(count);
    int found = -1;
    for (int i = soughtFrom + step; left > 0 && i >= 0 && i < e.past.size(); i += step) {
      String l = e.past.get(i);
      if (atStart ? l.startsWith(sought) : l.contains(sought)) {
        soughtFrom = found = i;
        left -= l.equals(lastSought) ? 0 : 1; // the same line again does not count
        lastSought = l;
      }
    }
    if (found < 0) {
      e.bell();
      line.moveTo(sought.length());
      return;
    }
    e.past.goTo(found);
    line.moveTo(atStart ? sought.length() : line.text().indexOf(sought));
    line.setMark(line.length());
  }

  /** M-p, M-n: asks for the text below the line. */
  private void searchAsked(int direction) {
    String text = ask(':');
    if (text == null) {
      return;
    }
    if (text.isEmpty() && asked.isEmpty()) {
      e.bell();
      return;
    }
    if (!text.isEmpty()) {
      asked = text;
      askedFrom = e.past.at();
    }
    searchText(asked, direction);
  }

  /** Where the next search for what was asked begins. */
  void searchFromHere() {
    askedFrom = e.past.at();
  }

  /** Goes to the next line in a direction that has the text in it. */
  void searchText(String text, int direction) {
    boolean start = text.startsWith("^");
    Pattern pattern =
        e.readline.viMode()
            ? Pattern.compile((start ? text.substring(1) : "*" + text) + "*", 0)
            : null;
    for (int i = askedFrom + direction; i >= 0 && i < e.past.size(); i += direction) {
      String l = e.past.get(i);
      int found =
          pattern != null
              ? pattern.matches(l) ? 0 : -1
              : !start ? l.indexOf(text) : l.startsWith(text.substring(1)) ? 0 : -1;
      if (found >= 0) {
        askedFrom = i;
        e.past.goTo(i);
        line.moveTo(Math.min(found, line.length()));
        line.setMark(found > 0 ? found + text.length() : line.length());
        e.region = found > 0 && e.readline.settings().on("enable-active-region");
        return;
      }
    }
    line.moveTo(0);
    e.bell();
  }

  /** A text typed at a prompt of its own, in place of the line; null when it was given up. */
  String ask(char mark) {
    LineBuffer text = new LineBuffer();
    text.set("");
    e.view.setMessage(e.view.lastPromptLine() + mark);
    try {
      while (true) {
        e.view.draw(text.text(), text.length());
        int c = e.keys.read();
        switch (c) {
          case -1, -2 -> {
            return null;
          }
          case 7 -> {
            e.bell();
            return null;
          }
          case '\r', '\n' -> {
            return text.text();
          }
          case 8, 127 -> {
            if (text.isEmpty()) {
              return null;
            }
            text.delete(text.before(text.length()), text.length());
          }
          case 21 -> text.set("");
          case 23 -> text.delete(text.blankWordStart(text.length()), text.length());
          default -> text.insert(e.keys.character(c));
        }
      }
    } finally {
      e.view.setMessage(null);
    }
  }

  /** M-.: the last word of the line before; again: of the one before that. */
  private void yankLast() {
    if (!e.lastFunction.equals("yank-last-arg")) {
      yankBack = 0;
      yankExplicit = e.explicitCount;
      yankCount = e.count;
      yankDirection = 1;
    } else {
      if (yanked) {
        line.undo();
      }
      if (e.count < 0) {
        yankDirection = -yankDirection;
      }
      yankBack = Math.max(0, yankBack + yankDirection);
    }
    yanked = yank(yankExplicit ? yankCount : Integer.MAX_VALUE, yankBack);
    e.ring(yanked);
  }

  /** The n-th word of a line {@code back} before the one before; the greatest int is its last. */
  boolean yank(int n, int back) {
    int index = e.past.at() - 1 - back;
    if (index < 0) {
      return false;
    }
    List<String> words = e.host.words(e.past.get(index));
    int i = n == Integer.MAX_VALUE ? words.size() - 1 : n < 0 ? words.size() + n - 1 : n;
    if (i < 0 || i >= words.size()) {
      return false;
    }
    line.beginGroup();
    line.setMark(line.cursor());
    if (e.viCommandMode) {
      line.moveTo(line.after(line.cursor()));
      line.insert(" ");
    }
    line.insert(words.get(i));
    line.endGroup();
    return true;
  }

  private void expand(String how) {
    String expanded = e.host.expand(line.text(), how);
    if (expanded == null) {
      e.showAgain();
      e.bell();
    } else if (!expanded.equals(line.text())) {
      line.replaceAll(expanded);
    }
  }

  private void tilde() {
    String s = line.text();
    int start = line.cursor();
    while (start > 0 && !LineBuffer.isBlank(s.charAt(start - 1))) {
      start--;
    }
    int end = line.cursor();
    while (end < s.length() && !LineBuffer.isBlank(s.charAt(end))) {
      end++;
    }
    String word = s.substring(start, end);
    String expanded = e.host.expand(word, "tilde-expand");
    if (expanded != null && !expanded.equals(word)) {
      line.replace(start, end, expanded);
    }
  }

  /** C-x C-e: the line goes to the user's editor, and what comes back is run. */
  private void edit(boolean vi) {
    e.leaveLine();
    String text = e.explicitCount && e.count > 0 ? e.past.get(fetched()) : line.text();
    line.set("");
    e.cooked(() -> e.host.edit(text, vi));
    e.past.start();
    e.showAgain();
  }

  private int fetched() {
    return Math.max(0, Math.min(e.past.size() - 1, e.count - 1));
  }
}
