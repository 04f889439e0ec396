package dev.qanat.command.data.jq;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.DoubleReader;
import java.util.Set;

/** Cuts a jq program into tokens, one ahead of the parser. */
final class Lexer {
  enum Kind {
    END,
    NUMBER,
    IDENTIFIER,
    KEYWORD,
    FIELD,
    FORMAT,
    QUOTE,
    OPERATOR
  }

  private static final Set<String> KEYWORDS =
      Set.of(
          "def", "if", "then", "elif", "else", "end", "as", "reduce", "foreach", "try", "catch",
          "label", "import", "include", "module", "and", "or", "__loc__");

  private final byte[] source;
  private int at;

  Kind kind;
  String text; // of the token; for FIELD and FORMAT without the first character
  double number;
  int start;
  private int end;

  Lexer(byte[] source) {
    this.source = source;
    advance();
  }

  /** The byte after the current token. */
  int end() {
    return end;
  }

  int line(int position) {
    int n = 1;
    for (int i = 0; i < position; i++) {
      n += source[i] == '\n' ? 1 : 0;
    }
    return n;
  }

  void advance() {
    skipBlanks();
    if (at == source.length) {
      kind = Kind.END;
      start = Math.max(0, start);
      end = at;
      text = "$end";
      return;
    }
    start = at;
    int c = source[at];
    if (c == '"') {
      at++;
      set(Kind.QUOTE, "\"");
    } else if (c >= '0' && c <= '9' || c == '.' && isDigit(at + 1)) {
      number();
    } else if (isLetter(c)) {
      identifier();
    } else if (c == '.' && isLetter(peek(1))) {
      at++;
      word();
      set(Kind.FIELD, slice(start + 1, at));
    } else if (c == '@' && (isLetter(peek(1)) || isDigit(at + 1))) {
      at++;
      word();
      set(Kind.FORMAT, slice(start + 1, at));
    } else {
      operator();
    }
  }

  private void set(Kind k, String t) {
    kind = k;
    text = t;
    end = at;
  }

  private void skipBlanks() {
    while (at < source.length) {
      int c = source[at];
      if (c == '#') {
        while (at < source.length && source[at] != '\n') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private int peek(int ahead) {
    return at + ahead < source.length ? source[at + ahead] : 0;
  }

  private boolean isDigit(int i) {
    return i < source.length && source[i] >= '0' && source[i] <= '9';
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private void word() {
    while (at < source.length && (isLetter(source[at]) || isDigit(at))) {
      at++;
    }
  }

  private String slice(int from, int to) {
    char[] c = new char[to - from];
    for (int i = from; i < to; i++) {
      c[i - from] = (char) (source[i] & 0xFF);
    }
    return new String(c);
  }

  private void number() {
    DoubleReader r = new DoubleReader();
    at = r.read(source, at, source.length);
    number = r.value();
    set(Kind.NUMBER, "LITERAL");
  }

  private void identifier() {
    word();
    while (peek(0) == ':' && peek(1) == ':' && isLetter(peek(2))) {
      at += 2;
      word();
    }
    String t = slice(start, at);
    set(KEYWORDS.contains(t) ? Kind.KEYWORD : Kind.IDENTIFIER, t);
  }

  private void operator() {
    for (String op :
        new String[] {
          "?//=", "?//", "//=", "!=", "==", "//", "|=", "+=", "-=", "*=", "/=", "%=", "<=", ">=",
          ".."
        }) {
      if (op.equals("?//=")) {
        continue;
      }
      boolean same = true;
      for (int i = 0; same && i < op.length(); i++) {
        same = peek(i) == op.charAt(i);
      }
      if (same) {
        at += op.length();
        set(Kind.OPERATOR, op);
        return;
      }
    }
    int c = source[at++] & 0xFF;
    if (".[]{}()|,:;=<>+-*/%$?".indexOf(c) < 0) {
      set(Kind.OPERATOR, "INVALID_CHARACTER");
      return;
    }
    set(Kind.OPERATOR, String.valueOf((char) c));
  }

  /**
   * Reads the text of a string from the byte after the current token: up to the closing quote (then
   * false) or the {@code (} of an interpolation (then true; the token after it is current).
   */
  boolean stringText(ByteBuilder out) {
    at = end;
    int from = at;
    while (at < source.length) {
      int c = source[at++];
      if (c == '"') {
        start = from;
        end = at;
        return false;
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = peek(0);
      at++;
      switch (c) {
        case '(' -> {
          advance();
          return true;
        }
        case '"', '\\', '/' -> out.append(c);
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> unicode(out);
        default ->
            throw new SyntaxError(
                "Invalid escape at line 1, column 4 (while parsing '\"\\"
                    + (char) (c & 0x7F)
                    + "\"')",
                at - 2);
      }
    }
    start = from;
    throw new SyntaxError(
        "syntax error, unexpected $end, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or"
            + " QQSTRING_END",
        Math.min(from, source.length));
  }

  private void unicode(ByteBuilder out) {
    int unit = hex();
    if (unit >= 0xD800 && unit < 0xDC00 && peek(0) == '\\' && peek(1) == 'u') {
      int mark = at;
      at += 2;
      int low = hex();
      if (low >= 0xDC00 && low < 0xE000) {
        out.appendCodePoint(Character.toCodePoint((char) unit, (char) low));
        return;
      }
      at = mark;
    }
    out.appendCodePoint(unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
  }

  private int hex() {
    int v = 0;
    for (int i = 0; i < 4; i++) {
      int d = Character.digit((char) (peek(0) & 0x7F), 16);
      if (d < 0) {
        throw new SyntaxError("Invalid \\uXXXX escape", at);
      }
      v = v << 4 | d;
      at++;
    }
    return v;
  }
}
