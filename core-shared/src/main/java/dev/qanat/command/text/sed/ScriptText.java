package dev.qanat.command.text.sed;

import java.util.ArrayList;
import java.util.List;

/**
 * The script's characters, from the {@code -e} and {@code -f} pieces in order, joined by newlines;
 * knows how to say where an error is.
 */
final class ScriptText {
  private record Piece(int start, int length, int expression, String file) {}

  static final int END = -1;

  private final StringBuilder text = new StringBuilder();
  private final List<Piece> pieces = new ArrayList<>();
  private int expressions;
  int at;

  void addExpression(String script) {
    add(script, ++expressions, null);
  }

  void addFile(String name, String script) {
    add(script.endsWith("\n") ? script.substring(0, script.length() - 1) : script, 0, name);
  }

  private void add(String script, int expression, String file) {
    if (!pieces.isEmpty()) {
      text.append('\n');
    }
    pieces.add(new Piece(text.length(), script.length(), expression, file));
    text.append(script);
  }

  /** Whether the script begins with a line {@code #n}. */
  boolean startsQuiet() {
    return text.length() >= 2
        && text.charAt(0) == '#'
        && text.charAt(1) == 'n'
        && (text.length() == 2 || text.charAt(2) == '\n');
  }

  /** The next character, or {@link #END}. */
  int read() {
    return at < text.length() ? text.charAt(at++) : END;
  }

  /** Puts {@code c}, which was read last, back. */
  void unread(int c) {
    if (c != END) {
      at--;
    }
  }

  /** The next character that is no space or tab. */
  int readNonBlank() {
    int c = read();
    while (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0B) {
      c = read();
    }
    return c;
  }

  boolean isBlank(int position) {
    return text.charAt(position) == ' ' || text.charAt(position) == '\t';
  }

  /** The escape sequence whose backslash is at {@code position}. */
  Escapes escapeAt(int position) {
    int end = Math.min(position + 6, text.length());
    Escapes escape = Escapes.read(text.substring(position, end), 0);
    return escape.movedBy(position);
  }

  ScriptException error(String message) {
    return new ScriptException(1, where(at, false) + message);
  }

  /** An error found only at the end, about the piece that {@code position} lies in. */
  ScriptException errorAtZero(int position, String message) {
    return new ScriptException(1, where(position, true) + message);
  }

  private String where(int position, boolean zero) {
    Piece piece = pieces.get(0);
    for (Piece candidate : pieces) {
      if (candidate.start < position || candidate.start == position && candidate.length == 0) {
        piece = candidate;
      }
    }
    if (piece.file != null) {
      int line = 1;
      for (int i = piece.start; i < position - 1 && i < piece.start + piece.length; i++) {
        if (text.charAt(i) == '\n') {
          line++;
        }
      }
      return "file " + piece.file + " line " + line + ": ";
    }
    int character = zero ? 0 : Math.min(position - piece.start, piece.length);
    return "-e expression #" + piece.expression + ", char " + character + ": ";
  }
}
