package dev.qanat.shell.edit;

import dev.qanat.shell.edit.LineHost.Completion;
import java.util.List;

/** Lists completions below the line, in columns and by the page, then shows the line again. */
final class CandidateList {
  private static final String MORE = "--More--";

  private final LineEditor e;

  CandidateList(LineEditor editor) {
    e = editor;
  }

  void show(Completion c) {
    List<String> names = c.shown();
    e.leaveLine();
    int many = e.readline.settings().number("completion-query-items");
    if (many <= 0 || names.size() < many || confirm(names.size())) {
      print(c);
    }
    e.showAgain();
  }

  private void print(Completion c) {
    List<String> names = c.shown();
    List<String> marks = c.marks();
    int common = commonLength(names);
    Settings s = e.readline.settings();
    int width = 0;
    for (String n : names) {
      width = Math.max(width, LineView.cells(n) + 2);
    }
    int screen = e.terminal.columns();
    int wanted = s.number("completion-display-width");
    screen = wanted >= 0 && wanted <= screen ? wanted : screen;
    int across = screen / Math.max(1, width);
    if (across != 1 && across * width == screen) {
      across--;
    }
    across = Math.max(1, across);
    int down = (names.size() + across - 1) / across;
    boolean byRow = s.on("print-completions-horizontally");
    boolean pages = s.on("page-completions");
    int room = Math.max(1, e.terminal.rows() - 1);
    int lines = 0;
    for (int r = 0; r < down; r++) {
      StringBuilder out = new StringBuilder();
      for (int k = 0; k < across; k++) {
        int i = byRow ? r * across + k : r + k * down;
        if (i >= names.size()) {
          break;
        }
        String n = names.get(i);
        appendColored(out, c, i, common);
        String mark = marks.isEmpty() ? "" : marks.get(i);
        out.append(mark);
        if (k + 1 < across) {
          out.append(" ".repeat(width - LineView.cells(n) - mark.length()));
        }
      }
      e.view.put(out.append("\r\n").toString());
      lines++;
      if (pages && lines >= room && r + 1 < down) {
        lines = nextPage(lines);
        if (lines < 0) {
          return;
        }
      }
    }
  }

  private int commonLength(List<String> names) {
    boolean fold = e.readline.settings().on("completion-ignore-case");
    return CompletionCommands.commonStart(names, fold).length();
  }

  private static void appendColored(StringBuilder out, Completion c, int i, int common) {
    String name = c.shown().get(i);
    String rest = name;
    if (!c.prefixColor().isEmpty() && common > 0) {
      out.append("\033[").append(c.prefixColor()).append('m');
      appendName(out, name.substring(0, common));
      out.append("\033[0m");
      rest = name.substring(common);
    }
    String color = c.colors().isEmpty() ? "" : c.colors().get(i);
    if (color.isEmpty()) {
      appendName(out, rest);
    } else {
      out.append("\033[").append(color).append('m');
      appendName(out, rest);
      out.append("\033[0m\033[K");
    }
  }

  private static void appendName(StringBuilder out, String n) {
    for (int i = 0; i < n.length(); i++) {
      char c = n.charAt(i);
      if (c < 32 || c == 127) {
        out.append('^').append((char) (c ^ 64));
      } else {
        out.append(c);
      }
    }
  }

  /** Asks at the end of a page: the lines that count as shown on the next one; -1 to end. */
  private int nextPage(int lines) {
    e.view.put(MORE);
    int answer = answer(true);
    e.view.put("\r\033[K");
    return switch (answer) {
      case 0 -> -1;
      case 2 -> lines - 1;
      default -> 0;
    };
  }

  private boolean confirm(int count) {
    e.view.put("Display all " + count + " possibilities? (y or n)");
    boolean yes = answer(false) == 1;
    e.view.put("\r\n");
    return yes;
  }

  /** 1 for yes, 0 for no, 2 for one line more. */
  private int answer(boolean paging) {
    while (true) {
      int c = e.keys.read();
      if (c == 'y' || c == 'Y' || c == ' ') {
        return 1;
      }
      if (c == 'n' || c == 'N' || c == 127 || c == 7 || c == 3 || c < 0) {
        return 0;
      }
      if (paging && (c == '\r' || c == '\n')) {
        return 2;
      }
      if (paging && (c == 'q' || c == 'Q')) {
        return 0;
      }
      e.bell();
    }
  }
}
