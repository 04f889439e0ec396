package dev.qanat.command.data.bc;

/** Takes lines apart into tokens. Lines come from a {@link Source} as they are needed. */
final class Lexer {
  /** Where lines come from. */
  interface Source {
    /** The next line without its newline; null at the end of input. May suspend. */
    String next();
  }

  enum Kind {
    NUMBER,
    NAME,
    KEYWORD,
    STRING,
    OPERATOR,
    NEWLINE,
    END
  }

  private static final String KEYWORDS =
      " auto break continue define else for halt history ibase if last length limits obase print"
          + " quit random read return scale sqrt void warranty while ";
  private static final String[] OPERATORS = {
    "&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^="
  };

  private final Source source;
  private String line = "";
  private int at = 1; // beyond the line: the next one is to be read
  private int number;

  Kind kind;
  String text;

  Lexer(Source source) {
    this.source = source;
  }

  /** The number of the line read last. */
  int line() {
    return number;
  }

  private boolean nextLine() {
    line = source.next();
    at = 0;
    if (line == null) {
      line = "";
      at = 1;
      return false;
    }
    number++;
    return true;
  }

  /** Leaves the rest of the line. */
  void skipLine() {
    if (kind != Kind.NEWLINE && kind != Kind.END) {
      at = line.length();
      advance();
    }
  }

  void advance() {
    while (true) {
      if (at > line.length() && !nextLine()) {
        set(Kind.END, "end of input");
        return;
      }
      if (at == line.length()) {
        at++;
        set(Kind.NEWLINE, "\n");
        return;
      }
      char c = line.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (c == '\\' && at + 1 == line.length()) {
        at += 2;
      } else if (c == '#') {
        at = line.length();
      } else if (c == '/' && line.startsWith("/*", at)) {
        comment();
      } else {
        token(c);
        return;
      }
    }
  }

  private void set(Kind k, String t) {
    kind = k;
    text = t;
  }

  private void comment() {
    int end;
    int from = at + 2;
    while ((end = line.indexOf("*/", from)) < 0) {
      if (!nextLine()) {
        throw new BcError("EOF encountered in a comment.");
      }
      from = 0;
    }
    at = end + 2;
  }

  private void token(char c) {
    int from = at;
    if (c >= 'a' && c <= 'z') {
      while (at < line.length() && isNamePart(line.charAt(at))) {
        at++;
      }
      String word = line.substring(from, at);
      set(KEYWORDS.contains(" " + word + " ") ? Kind.KEYWORD : Kind.NAME, word);
    } else if (isDigit(c) || c == '.') {
      number(c);
    } else if (c == '"') {
      string();
    } else {
      for (String op : OPERATORS) {
        if (line.startsWith(op, at)) {
          at += 2;
          set(Kind.OPERATOR, op);
          return;
        }
      }
      if ("+-*/%^=<>!()[]{};,&".indexOf(c) < 0) {
        at++;
        throw new BcError("illegal character: " + c);
      }
      at++;
      set(Kind.OPERATOR, String.valueOf(c));
    }
  }

  private static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
  }

  private void number(char first) {
    StringBuilder s = new StringBuilder();
    boolean point = false;
    while (true) {
      char c = at < line.length() ? line.charAt(at) : 0;
      if (c == '\\' && at + 1 == line.length() && nextLine()) {
        continue;
      }
      if (c == '.' && !point) {
        point = true;
      } else if (!isDigit(c)) {
        break;
      }
      s.append(c);
      at++;
    }
    if (s.length() == 1 && first == '.') {
      set(Kind.KEYWORD, "last");
      return;
    }
    int zeros = 0;
    while (zeros + 1 < s.length() && s.charAt(zeros) == '0' && s.charAt(zeros + 1) != '.') {
      zeros++;
    }
    set(Kind.NUMBER, s.substring(zeros));
  }

  private void string() {
    StringBuilder s = new StringBuilder();
    int start = at + 1;
    int end;
    while ((end = line.indexOf('"', start)) < 0) {
      s.append(line, start, line.length()).append('\n');
      if (!nextLine()) {
        throw new BcError("illegal character: \"");
      }
      start = 0;
    }
    s.append(line, start, end);
    at = end + 1;
    set(Kind.STRING, s.toString());
  }
}
