package dev.qanat.workspace;

import dev.qanat.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A terminal's screen: as much of an xterm as shells use, for tests to look at. */
final class ScreenOfText {
  private record Cell(String text, String rendition) {}

  private static final Cell EMPTY = new Cell(" ", "");

  private final int columns;
  private final int rows;
  private final List<String> scrolled = new ArrayList<>();
  private final List<Cell[]> grid = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();
  private byte[] halfCharacter = new byte[0];
  private int row;
  private int column;
  private boolean wraps;
  private String rendition = "";

  ScreenOfText(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    for (int i = 0; i < rows; i++) {
      grid.add(blank());
    }
  }

  private Cell[] blank() {
    Cell[] cells = new Cell[columns];
    java.util.Arrays.fill(cells, EMPTY);
    return cells;
  }

  /** Shows bytes, which may end in the middle of a character or a control sequence. */
  void show(byte[] b, int off, int len) {
    byte[] all = java.util.Arrays.copyOf(halfCharacter, halfCharacter.length + len);
    System.arraycopy(b, off, all, halfCharacter.length, len);
    int end = all.length;
    int start = end;
    while (start > 0 && end - start < 3 && (all[start - 1] & 0xc0) == 0x80) {
      start--;
    }
    if (start > 0 && (all[start - 1] & 0xff) >= 0xc0) {
      int lead = all[start - 1] & 0xff;
      int size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
      end = end - (start - 1) < size ? start - 1 : end;
    }
    halfCharacter = java.util.Arrays.copyOfRange(all, end, all.length);
    pending.append(new String(all, 0, end, StandardCharsets.UTF_8));
    int at = 0;
    while (at < pending.length()) {
      int next = one(at);
      if (next < 0) {
        break;
      }
      at = next;
    }
    pending.delete(0, at);
  }

  private int one(int at) {
    char c = pending.charAt(at);
    if (c == '\033') {
      return sequence(at);
    }
    int code = pending.codePointAt(at);
    switch (c) {
      case '\r' -> column = 0;
      case '\n' -> newline();
      case '\b' -> column = Math.max(0, column - 1);
      case '\t' -> column = Math.min(columns - 1, (column / 8 + 1) * 8);
      default -> {
        if (c >= 32 && c != 127) {
          put(code);
        }
        return at + Character.charCount(code);
      }
    }
    wraps = false;
    return at + 1;
  }

  private void put(int code) {
    String s = new String(Character.toChars(code));
    int w = Utf8.width(code);
    if (w <= 0) {
      int i = wraps ? column : column - 1;
      if (i >= 0) {
        Cell before = grid.get(row)[i];
        grid.get(row)[i] = new Cell(before.text + s, before.rendition);
      }
      return;
    }
    if (wraps || column + w > columns) {
      column = 0;
      newline();
    }
    wraps = false;
    grid.get(row)[column] = new Cell(s, rendition);
    if (w == 2) {
      grid.get(row)[column + 1] = new Cell("", rendition);
    }
    column += w;
    if (column >= columns) {
      column = columns - 1;
      wraps = true;
    }
  }

  private void newline() {
    if (row < rows - 1) {
      row++;
      return;
    }
    scrolled.add(line(0, false));
    grid.remove(0);
    grid.add(blank());
  }

  private int sequence(int at) {
    if (at + 1 >= pending.length()) {
      return -1;
    }
    if (pending.charAt(at + 1) != '[') {
      return at + 2;
    }
    int end = at + 2;
    while (end < pending.length() && pending.charAt(end) < '@') {
      end++;
    }
    if (end >= pending.length()) {
      return -1;
    }
    String parameters = pending.substring(at + 2, end);
    if (!parameters.startsWith("?")) {
      control(pending.charAt(end), parameters);
    }
    return end + 1;
  }

  private void control(char what, String parameters) {
    String[] numbers = parameters.split(";");
    int n = numbers[0].isEmpty() ? 0 : Integer.parseInt(numbers[0]);
    int one = Math.max(1, n);
    Cell[] cells = grid.get(row);
    wraps &= what == 'm' || what == 'K' || what == 'J';
    switch (what) {
      case 'A' -> row = Math.max(0, row - one);
      case 'B' -> row = Math.min(rows - 1, row + one);
      case 'C' -> column = Math.min(columns - 1, column + one);
      case 'D' -> column = Math.max(0, column - one);
      case 'H' -> {
        row = 0;
        column = 0;
      }
      case 'J', 'K' -> {
        int from = n == 0 ? column : 0;
        java.util.Arrays.fill(cells, from, columns, EMPTY);
        for (int i = 0; what == 'J' && i < rows; i++) {
          if (n == 2 || i > row) {
            grid.set(i, blank());
          }
        }
      }
      case 'm' -> render(numbers);
      default -> throw new IllegalStateException("unknown control sequence " + what);
    }
  }

  private void render(String[] numbers) {
    TreeSet<String> now = new TreeSet<>(List.of(rendition.split(";")));
    now.remove("");
    for (String s : numbers) {
      int n = s.isEmpty() ? 0 : Integer.parseInt(s);
      if (n == 0) {
        now.clear();
      } else if (n == 27) {
        now.remove("7");
      } else {
        now.add(String.valueOf(n));
      }
    }
    rendition = String.join(";", now);
  }

  private String line(int i, boolean renditions) {
    StringBuilder s = new StringBuilder();
    String now = "";
    for (Cell c : grid.get(i)) {
      if (renditions && !c.rendition.equals(now)) {
        now = c.rendition;
        s.append('{').append(now).append('}');
      }
      s.append(c.text);
    }
    return s.append(renditions && !now.isEmpty() ? "{}" : "").toString().stripTrailing();
  }

  /** The rows down to the cursor's or the last that is not empty, and where the cursor is. */
  String text() {
    List<String> lines = new ArrayList<>(scrolled);
    for (int i = 0; i < rows; i++) {
      lines.add(line(i, true));
    }
    int cursor = scrolled.size() + row;
    while (lines.size() > cursor + 1 && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    StringBuilder s = new StringBuilder();
    for (String l : lines) {
      s.append('|').append(l).append('\n');
    }
    return s.append('@').append(cursor).append(',').append(column).append('\n').toString();
  }
}
