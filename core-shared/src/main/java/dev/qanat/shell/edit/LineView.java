package dev.qanat.shell.edit;

import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;

/**
 * The edited line on the screen: prompt and text over as many rows as they take. It knows where the
 * cursor is and redraws from the first row; what is typed at the end is only added.
 */
final class LineView {
  /** Around bytes of a prompt that take no room on the screen: what PS1's {@code \[ \]} become. */
  private static final char INVISIBLE = 1;

  private static final char VISIBLE = 2;

  private final OpenFile terminal;
  private int columns;
  private String prompt = "";
  private String shown = "";
  private int row; // of the cursor, counted from the prompt's last line
  private int rows; // of the whole line

  LineView(OpenFile terminal) {
    this.terminal = terminal;
  }

  /** Draws a prompt, whose earlier lines are never drawn again. */
  void start(String wholePrompt, int columnCount) {
    columns = Math.max(2, columnCount);
    int newline = wholePrompt.lastIndexOf('\n');
    if (newline >= 0) {
      put(plain(wholePrompt.substring(0, newline + 1)));
    }
    prompt = wholePrompt.substring(newline + 1);
    shown = "";
    row = 0;
    rows = 0;
    draw("", 0);
  }

  /** The window has another width: what is on the screen has been wrapped anew by it. */
  void resize(int columnCount) {
    columns = Math.max(2, columnCount);
  }

  /** Shows the text with the cursor before {@code text.charAt(cursor)}. */
  void draw(String text, int cursor) {
    int promptCells = cells(prompt);
    if (cursor == text.length()
        && text.length() > shown.length()
        && text.startsWith(shown)
        && row == rows
        && text.indexOf('\n') < 0) {
      int before = promptCells + cells(shown);
      int after = promptCells + cells(text);
      if (before / columns == after / columns && after % columns != 0) {
        put(text.substring(shown.length()));
        shown = text;
        return;
      }
    }
    StringBuilder out = new StringBuilder();
    up(out, row);
    out.append('\r').append("\033[J").append(plain(prompt));
    int[] at = {0, promptCells % columns};
    at[0] = promptCells / columns;
    int cursorRow = at[0];
    int cursorColumn = at[1];
    for (int i = 0; i <= text.length(); ) {
      if (i == cursor) {
        cursorRow = at[0];
        cursorColumn = at[1];
      }
      if (i == text.length()) {
        break;
      }
      int c = text.codePointAt(i);
      append(out, c, at);
      i += Character.charCount(c);
    }
    if (at[1] == 0 && at[0] > 0 && !text.endsWith("\n")) {
      out.append(" \r"); // leave the last column, so that the terminal and we agree on the row
    }
    rows = at[0];
    up(out, rows - cursorRow);
    out.append('\r');
    if (cursorColumn > 0) {
      out.append("\033[").append(cursorColumn).append('C');
    }
    row = cursorRow;
    shown = text;
    put(out.toString());
  }

  private void append(StringBuilder out, int c, int[] at) {
    if (c == '\n') {
      out.append("\r\n");
      at[0]++;
      at[1] = 0;
      return;
    }
    String s = c < 32 || c == 127 ? "^" + (char) (c ^ 64) : new String(Character.toChars(c));
    int w = c < 32 || c == 127 ? 2 : Math.max(0, Utf8.width(c));
    if (at[1] + w > columns) {
      at[0]++;
      at[1] = 0;
    }
    out.append(s);
    at[1] += w;
    if (at[1] == columns) {
      at[0]++;
      at[1] = 0;
    }
  }

  private static void up(StringBuilder out, int n) {
    if (n > 0) {
      out.append("\033[").append(n).append('A');
    }
  }

  /** Puts the cursor behind the last row, where other output may begin. */
  void finish() {
    StringBuilder out = new StringBuilder();
    if (rows > row) {
      out.append("\033[").append(rows - row).append('B');
    }
    out.append("\r\n");
    put(out.toString());
    row = rows = 0;
    shown = "";
  }

  /** Begins again on a fresh line, after something else was printed. */
  void restart(String text, int cursor) {
    row = rows = 0;
    shown = "";
    draw(text, cursor);
  }

  void clearScreen(String text, int cursor) {
    put("\033[H\033[2J");
    restart(text, cursor);
  }

  /** A prompt other than the line's own, while searching. */
  void setPrompt(String p) {
    prompt = p;
  }

  String prompt() {
    return prompt;
  }

  int columns() {
    return columns;
  }

  void bell() {
    put("\007");
  }

  void put(String s) {
    byte[] b = Utf8.encode(s);
    terminal.write(b, 0, b.length);
  }

  private static String plain(String p) {
    if (p.indexOf(INVISIBLE) < 0 && p.indexOf(VISIBLE) < 0) {
      return p;
    }
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < p.length(); i++) {
      char c = p.charAt(i);
      if (c != INVISIBLE && c != VISIBLE) {
        s.append(c);
      }
    }
    return s.toString();
  }

  /** Cells of the screen a text takes; what stands between the invisible marks takes none. */
  static int cells(String s) {
    int n = 0;
    boolean visible = true;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      if (c == INVISIBLE) {
        visible = false;
      } else if (c == VISIBLE) {
        visible = true;
      } else if (visible) {
        n += c < 32 || c == 127 ? 2 : Math.max(0, Utf8.width(c));
      }
      i += Character.charCount(c);
    }
    return n;
  }
}
