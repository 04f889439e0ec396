package dev.qanat.shell.edit;

import java.util.List;

/** Commands that bring lines of the history, or parts of them, into the line. */
final class HistoryCommands {
  private final LineEditor e;
  private final LineBuffer line;
  private final IncrementalSearch search;
  private String prefix = ""; // that history-search-backward looks for
  private String substring = "";
  private String asked = ""; // what M-p was last asked for
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
      case "history-search-backward" -> searchPrefix(function, -e.count);
      case "history-search-forward" -> searchPrefix(function, e.count);
      case "history-substring-search-backward" -> searchSubstring(function, -e.count);
      case "history-substring-search-forward" -> searchSubstring(function, e.count);
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
    int to = e.past.at() + by;
    boolean possible = to >= 0 && to <= e.past.size();
    if (!possible) {
      e.bell();
      to = Math.max(0, Math.min(e.past.size(), to));
    }
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

  // --- searching

  private void searchPrefix(String function, int direction) {
    boolean again = e.lastFunction.startsWith("history-search-");
    if (!again) {
      prefix = line.text(0, line.cursor());
    }
    if (prefix.isEmpty()) {
      walk(direction);
      return;
    }
    find(prefix, direction, true);
  }

  private void searchSubstring(String function, int direction) {
    if (!e.lastFunction.startsWith("history-substring-search-")) {
      substring = line.text(0, line.cursor());
    }
    if (substring.isEmpty()) {
      walk(direction);
      return;
    }
    find(substring, direction, false);
  }

  private void find(String text, int direction, boolean atStart) {
    String now = line.text();
    int step = direction < 0 ? -1 : 1;
    int left = Math.abs(direction);
    int i = e.past.at();
    while (left > 0) {
      i += step;
      if (i < 0 || i > e.past.size() || i == e.past.size() && step < 0) {
        e.bell();
        return;
      }
      if (i == e.past.size()) {
        goTo(i);
        line.moveTo(Math.min(line.length(), text.length()));
        return;
      }
      String l = e.past.get(i);
      if ((atStart ? l.startsWith(text) : l.contains(text)) && !l.equals(now)) {
        left--;
      }
    }
    e.past.goTo(i);
    line.moveTo(atStart ? text.length() : line.text().indexOf(text));
  }

  /** M-p, M-n: asks for the text below the line. */
  private void searchAsked(int direction) {
    String text = ask(":");
    if (text == null) {
      e.bell();
      return;
    }
    if (text.isEmpty() && asked.isEmpty()) {
      e.bell();
      return;
    }
    asked = text.isEmpty() ? asked : text;
    searchText(asked, direction);
  }

  /** Goes to the next line in a direction that has the text in it. */
  void searchText(String text, int direction) {
    for (int i = e.past.at() + direction; i >= 0 && i < e.past.size(); i += direction) {
      if (text.startsWith("^") && text.length() > 1
          ? e.past.get(i).startsWith(text.substring(1))
          : e.past.get(i).contains(text)) {
        e.past.goTo(i);
        line.moveTo(e.viCommandMode ? 0 : Math.max(0, line.text().indexOf(text)));
        return;
      }
    }
    e.bell();
  }

  /** A text typed at a prompt of its own, in place of the line; null when it was given up. */
  String ask(String prompt) {
    LineBuffer text = new LineBuffer();
    text.set("");
    e.view.setMessage(prompt);
    try {
      while (true) {
        e.view.draw(text.text(), text.length());
        int c = e.keys.read();
        if (c < 0 || c == 7 || c == 3) {
          return null;
        }
        if (c == '\r' || c == '\n') {
          return text.text();
        }
        if (c == 27 && e.viCommandMode) {
          return null;
        }
        if (c == 8 || c == 127) {
          if (text.isEmpty()) {
            return null;
          }
          text.delete(text.before(text.length()), text.length());
        } else if (c == 21) {
          text.set("");
        } else if (c == 23) {
          text.delete(text.blankWordStart(text.length()), text.length());
        } else if (c >= 32) {
          text.insert(e.keys.character(c));
        }
      }
    } finally {
      e.view.setMessage(null);
    }
  }

  // --- arguments of earlier lines

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

  // --- with the shell's help

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
