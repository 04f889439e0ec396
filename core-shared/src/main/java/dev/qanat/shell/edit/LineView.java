package dev.qanat.shell.edit;

import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The edited line on the screen: prompt and text over as many rows as they take. It knows where the
 * cursor is and redraws from the first row; what is typed at the end is only added.
 */
final class LineView {
  /** Around bytes of a prompt that take no room on the screen: what PS1's {@code \[ \]} become. */
  private static final char INVISIBLE = 1;

  private static final char VISIBLE = 2;
  private static final String STANDOUT = "\033[7m";
  private static final String NORMAL = "\033[27m";

  private final OpenFile terminal;
  private int columns;
  private String wholePrompt = "";
  private String prompt = ""; // its last line
  private String message; // shown in place of the prompt, or null
  private String mode = ""; // shown before the prompt
  private String shownHead; // null when nothing is shown
  private String shown = "";
  private int shownCursor;
  private boolean plain; // what is shown has no part standing out
  private int row; // of the cursor, counted from the prompt's last line
  private boolean hidden;
  private boolean horizontal;
  private boolean modified;
  private int margin; // the first cell shown, when horizontal
  private boolean onEmptyRow; // the last row holds nothing but the cursor
  private int rows; // of the whole line

  LineView(OpenFile terminal) {
    this.terminal = terminal;
  }

  /** Where a text comes to lie: walks over cells as the terminal does. */
  private final class Place {
    int row;
    int column;
    private boolean full; // the last row is full, and the terminal has not gone on yet

    Place(int cells) {
      row = cells / columns;
      column = cells % columns;
    }

    /** Appends a character to {@code out}, which may be null. */
    void add(int c, StringBuilder out) {
      if (c == '\n') {
        append(out, "\r\n");
        row += full ? 0 : 1;
        column = 0;
        full = false;
        return;
      }
      int w;
      if (c == '\t') {
        w = 8 - column % 8;
        append(out, " ".repeat(w));
      } else if (c < 32 || c == 127) {
        w = 2;
        append(out, "^" + (char) (c ^ 64));
      } else {
        w = Math.max(0, Utf8.width(c));
        append(out, new String(Character.toChars(c)));
      }
      if (w == 0) {
        return;
      }
      full = false;
      if (column + w > columns && w <= 2) {
        row++;
        column = w == 2 && (c < 32 || c == 127) ? column + w - columns : w;
      } else {
        column += w;
      }
      if (column >= columns) {
        row += column / columns;
        column %= columns;
        full = column == 0;
      }
    }

    private void append(StringBuilder out, String s) {
      if (out != null) {
        out.append(s);
      }
    }
  }

  /** Draws a prompt, whose earlier lines are drawn again only after the screen was cleared. */
  void start(String text, int columnCount) {
    columns = Math.max(2, columnCount);
    wholePrompt = text;
    message = null;
    begin();
  }

  private void begin() {
    int newline = wholePrompt.lastIndexOf('\n');
    if (newline >= 0) {
      put(visible(wholePrompt.substring(0, newline + 1)));
    }
    prompt = wholePrompt.substring(newline + 1);
    shownHead = null;
    shown = "";
    shownCursor = 0;
    row = 0;
    rows = 0;
  }

  private String head() {
    return message != null ? message : (modified ? "*" : "") + mode + prompt;
  }

  /** The window has another width: what is on the screen has been wrapped anew by it. */
  void resize(int columnCount) {
    columns = Math.max(2, columnCount);
    Place at = new Place(cells(head()));
    for (int i = 0; i < shownCursor; ) {
      int c = shown.codePointAt(i);
      at.add(c, null);
      i += Character.charCount(c);
    }
    row = at.row;
  }

  void draw(String text, int cursor) {
    draw(text, cursor, 0, 0);
  }

  /** Shows nothing of the text, only the prompt, as a terminal without echo does. */
  void setHidden(boolean on) {
    hidden = on;
  }

  /** Shows the text, {@code [from, to)} standing out, with the cursor at a char of it. */
  void draw(String text, int cursor, int from, int to) {
    if (hidden) {
      draw("", 0, 0, 0, head());
    } else {
      draw(text, cursor, from, to, head());
    }
  }

  /** Shows the line on one row that moves to the left and right with the cursor. */
  void setHorizontal(boolean on) {
    horizontal = on;
  }

  /** What stands before the prompt of a line that was changed. */
  void setModified(boolean on) {
    modified = on;
  }

  private void drawHorizontal(String text, int cursor, String head) {
    int promptCells = cells(head);
    List<String> line = new ArrayList<>();
    int at = promptCells;
    Place place = new Place(0);
    for (int i = 0; i <= text.length(); ) {
      at = i == cursor ? promptCells + line.size() : at;
      if (i == text.length()) {
        break;
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      StringBuilder shows = new StringBuilder();
      if (c == '\n') {
        shows.append("^J");
      } else {
        place.add(c, shows);
      }
      int w = c >= 32 && c != 127 ? Utf8.width(c) : shows.length();
      if (w <= 0) {
        int last = line.size() - 1;
        line.set(Math.max(0, last), (last < 0 ? "" : line.get(last)) + shows);
      } else if (c >= 32 && c != 127) {
        line.add(shows.toString());
        if (w > 1) {
          line.add("");
        }
      } else {
        for (int k = 0; k < shows.length(); k++) {
          line.add(shows.substring(k, k + 1));
        }
      }
    }
    margin = margin(at, promptCells);
    int total = promptCells + line.size();
    StringBuilder out = new StringBuilder(shownHead == null ? "" : "\r");
    out.append(margin == 0 ? visible(head) : "<");
    for (int k = margin == 0 ? promptCells : margin + 1; k < total; k++) {
      if (k - margin == columns - 1 && total > margin + columns) {
        out.append('>');
        break;
      }
      out.append(k < promptCells ? " " : line.get(k - promptCells));
    }
    if (total - margin < columns) {
      out.append("\033[K");
    }
    out.append('\r');
    across(out, at - margin);
    row = rows = 0;
    onEmptyRow = false;
    shownHead = head;
    shown = text;
    shownCursor = cursor;
    plain = true;
    put(out.toString());
  }

  /** The first cell of the line that is shown: the cursor stays about two thirds to the right. */
  private int margin(int at, int promptCells) {
    int third = Math.max(1, columns / 3);
    if (at - margin > columns - 2) {
      return Math.max(0, at - 2 * third);
    }
    if (at < columns - 2) {
      return 0;
    }
    return at - margin < 1 ? (at - 1) / third * third : margin;
  }

  private void draw(String text, int cursor, int from, int to, String head) {
    if (horizontal) {
      drawHorizontal(text, cursor, head);
      return;
    }
    int promptCells = cells(head);
    if (cursor == text.length()
        && from == to
        && plain
        && text.length() > shown.length()
        && text.startsWith(shown)
        && shownCursor == shown.length()
        && head.equals(shownHead)
        && row == rows
        && isSimple(text, shown.length())
        && shown.indexOf('\n') < 0
        && shown.indexOf('\t') < 0) {
      int before = promptCells + cells(shown);
      int after = promptCells + cells(text);
      if (before / columns == after / columns && after % columns != 0) {
        put(text.substring(shown.length()));
        shown = text;
        shownCursor = cursor;
        return;
      }
    }
    if (from == to && head.equals(shownHead) && drawChange(text, cursor, promptCells)) {
      return;
    }
    StringBuilder out = new StringBuilder();
    if (shownHead != null) {
      up(out, row);
      out.append("\r\033[J");
    } // else the prompt comes where the cursor is: behind output that ended without a newline
    out.append(visible(head));
    Place at = new Place(promptCells);
    int cursorRow = at.row;
    int cursorColumn = at.column;
    for (int i = 0; i <= text.length(); ) {
      if (i == cursor) {
        cursorRow = at.row;
        cursorColumn = at.column;
      }
      if (from < to && i == to) {
        out.append(NORMAL);
      }
      if (i == text.length()) {
        break;
      }
      if (from < to && i == from) {
        out.append(STANDOUT);
      }
      int c = text.codePointAt(i);
      at.add(c, out);
      i += Character.charCount(c);
    }
    if (at.column == 0 && at.row > 0 && !text.endsWith("\n")) {
      out.append(" \r"); // leave the last column, so that the terminal and we agree on the row
    }
    onEmptyRow = at.column == 0 && at.row > 0;
    rows = at.row;
    if (cursor < text.length() || cursorColumn == 0) {
      up(out, rows - cursorRow);
      out.append('\r');
      if (cursorColumn > 0) {
        out.append("\033[").append(cursorColumn).append('C');
      }
    }
    row = cursorRow;
    shownHead = head;
    shown = text;
    shownCursor = cursor;
    plain = from == to;
    put(out.toString());
  }

  /**
   * Draws what has changed of a line on one row, going only to the left and right, so that output
   * that ended without a newline stays before the prompt. False when it is more than that.
   */
  private boolean drawChange(String text, int cursor, int promptCells) {
    if (!plain
        || rows > 0
        || promptCells + cells(text) >= columns
        || promptCells + cells(shown) >= columns
        || !isOneRow(text)
        || !isOneRow(shown)) {
      return false;
    }
    int same = 0;
    while (same < text.length()
        && same < shown.length()
        && text.charAt(same) == shown.charAt(same)) {
      same++;
    }
    while (same > 0
        && (same < text.length() && joins(text, same)
            || same < shown.length() && joins(shown, same))) {
      same--;
    }
    StringBuilder out = new StringBuilder();
    boolean changed = same < text.length() || same < shown.length();
    int at = cells(shown.substring(0, shownCursor));
    int to = cells(text.substring(0, cursor));
    if (changed) {
      across(out, cells(shown.substring(0, same)) - at);
      Place place = new Place(0);
      for (int i = same; i < text.length(); ) {
        int c = text.codePointAt(i);
        place.add(c, out);
        i += Character.charCount(c);
      }
      at = cells(text);
      if (cells(shown) > at) {
        out.append("\033[K");
      }
    }
    across(out, to - at);
    shown = text;
    shownCursor = cursor;
    put(out.toString());
    return true;
  }

  private static boolean isOneRow(String s) {
    return s.indexOf('\n') < 0 && s.indexOf('\t') < 0;
  }

  /** Whether a char belongs to the character before it. */
  private static boolean joins(String s, int i) {
    return Character.isLowSurrogate(s.charAt(i)) && Character.isHighSurrogate(s.charAt(i - 1))
        || s.codePointAt(i) >= 0x300 && Utf8.width(s.codePointAt(i)) == 0;
  }

  private static void across(StringBuilder out, int cells) {
    if (cells != 0) {
      out.append("\033[").append(Math.abs(cells)).append(cells < 0 ? 'D' : 'C');
    }
  }

  private static boolean isSimple(String s, int from) {
    for (int i = from; i < s.length(); i++) {
      if (s.charAt(i) < 32 || s.charAt(i) == 127) {
        return false;
      }
    }
    return true;
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
    out.append(onEmptyRow ? "\r" : "\r\n"); // the text may have just filled the row before
    put(out.toString());
    forget();
  }

  /** Something else has been written: the line begins where the cursor is. */
  void forget() {
    onEmptyRow = false;
    margin = 0;
    row = rows = 0;
    shownHead = null;
    shown = "";
    shownCursor = 0;
    plain = true;
  }

  /** Begins again on a fresh line, with the whole prompt, after something else was printed. */
  void restart(String text, int cursor) {
    forget();
    begin();
    draw(text, cursor);
  }

  void clearScreen(String text, int cursor, boolean scrollback) {
    put(scrollback ? "\033[H\033[2J\033[3J" : "\033[H\033[2J");
    restart(text, cursor);
  }

  /** A text in place of the prompt, while searching or counting; null for the prompt. */
  void setMessage(String text) {
    message = text;
  }

  /** The prompt's last line. */
  String lastPromptLine() {
    return prompt;
  }

  /** What stands before the prompt to tell the mode. */
  void setMode(String text) {
    mode = text;
  }

  int columns() {
    return columns;
  }

  void put(String s) {
    byte[] b = Utf8.encode(s);
    terminal.write(b, 0, b.length);
  }

  private static String visible(String p) {
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
      } else if (visible && c != '\033') {
        n += c < 32 || c == 127 ? 2 : Math.max(0, Utf8.width(c));
      }
      i += Character.charCount(c);
    }
    return n;
  }
}
