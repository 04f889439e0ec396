package dev.qanat.shell.edit;

/** Commands that kill text onto the ring and yank it back. */
final class KillCommands {
  private final LineEditor e;
  private final LineBuffer line;

  KillCommands(LineEditor editor) {
    e = editor;
    line = editor.line;
  }

  /** Runs a command; false when it is not one of these. */
  boolean run(String function) {
    int at = line.cursor();
    switch (function) {
      case "kill-line" -> kill(e.count < 0 ? 0 : line.length());
      case "backward-kill-line" -> {
        if (at == 0 && e.count > 0) {
          e.bell();
        } else {
          kill(e.count < 0 ? line.length() : 0);
        }
      }
      case "unix-line-discard" -> {
        if (at == 0) {
          e.bell();
        } else {
          kill(0);
        }
      }
      case "kill-whole-line" -> {
        line.moveTo(0);
        kill(line.length());
      }
      case "kill-word" -> kill(words(e.count));
      case "backward-kill-word" -> kill(words(-e.count));
      case "shell-kill-word" -> kill(shellWords(e.count));
      case "shell-backward-kill-word" -> kill(shellWords(-e.count));
      case "unix-word-rubout" -> rubout(false);
      case "unix-filename-rubout" -> rubout(true);
      case "kill-region" -> kill(line.mark());
      case "copy-region-as-kill" -> copy(line.mark());
      case "copy-forward-word" -> copy(words(e.count));
      case "copy-backward-word" -> copy(words(-e.count));
      case "yank" -> yank();
      case "yank-pop" -> yankPop();
      case "shell-transpose-words" -> e.ring(transposeShellWords());
      default -> {
        return false;
      }
    }
    return true;
  }

  private int words(int n) {
    int to = line.cursor();
    for (int i = 0; i < Math.abs(n); i++) {
      to = n > 0 ? line.wordEnd(to) : line.wordStart(to);
    }
    return to;
  }

  private int shellWords(int n) {
    int to = line.cursor();
    for (int i = 0; i < Math.abs(n); i++) {
      to =
          n > 0
              ? MovingCommands.shellWordEnd(line.text(), to)
              : MovingCommands.shellWordStart(line.text(), to);
    }
    return to;
  }

  /** Kills from the cursor to a position. */
  void kill(int position) {
    int at = line.cursor();
    if (at == position) {
      return;
    }
    int from = Math.min(at, position);
    keep(line.delete(from, Math.max(at, position)), position < at);
    line.moveTo(from);
    line.setMark(from);
  }

  private void copy(int position) {
    int at = line.cursor();
    keep(line.text(Math.min(at, position), Math.max(at, position)), position < at);
  }

  private void keep(String text, boolean before) {
    if (e.lastKilled && !e.readline.viMode()) {
      e.readline.kills.join(text, before);
    } else {
      e.readline.kills.add(text);
    }
    e.killed = true;
  }

  private void rubout(boolean fileName) {
    int to = line.cursor();
    if (to == 0) {
      e.bell();
      return;
    }
    for (int i = 0; i < Math.max(1, e.count); i++) {
      to = fileName ? fileNameStart(to) : line.blankWordStart(to);
    }
    kill(to);
  }

  private int fileNameStart(int from) {
    int i = from;
    char c = i > 0 ? line.charAt(i - 1) : 0;
    while (i > 0 && (LineBuffer.isBlank(c) || c == '/')) {
      i--;
      c = i > 0 ? line.charAt(i - 1) : 0;
    }
    while (i > 0 && !LineBuffer.isBlank(c) && c != '/') {
      i--;
      c = i > 0 ? line.charAt(i - 1) : 0;
    }
    return i;
  }

  private void yank() {
    if (e.readline.kills.isEmpty()) {
      e.bell();
      return;
    }
    line.setMark(line.cursor());
    line.insert(e.readline.kills.current());
  }

  /** Replaces what was just yanked by what was killed before it. */
  private void yankPop() {
    KillRing ring = e.readline.kills;
    boolean follows = e.lastFunction.equals("yank") || e.lastFunction.equals("yank-pop");
    int from = ring.isEmpty() ? -1 : line.cursor() - ring.current().length();
    if (!follows || from < 0 || !line.text(from, line.cursor()).equals(ring.current())) {
      e.bell();
      return;
    }
    line.delete(from, line.cursor());
    line.insert(ring.turn());
  }

  private boolean transposeShellWords() {
    String s = line.text();
    int secondEnd = MovingCommands.shellWordEnd(s, line.cursor());
    int secondStart = MovingCommands.shellWordStart(s, secondEnd);
    int firstStart = MovingCommands.shellWordStart(s, secondStart);
    int firstEnd = MovingCommands.shellWordEnd(s, firstStart);
    if (firstStart == secondStart || secondStart < firstEnd) {
      return false;
    }
    line.replace(
        firstStart,
        secondEnd,
        s.substring(secondStart, secondEnd)
            + s.substring(firstEnd, secondStart)
            + s.substring(firstStart, firstEnd));
    return true;
  }
}
