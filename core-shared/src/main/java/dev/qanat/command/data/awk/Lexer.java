package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.DoubleReader;
import java.util.Map;
import java.util.Set;

/** Cuts an awk program into tokens. The parser says where a slash begins a regular expression. */
final class Lexer {
  enum Kind {
    END,
    NEWLINE,
    NUMBER,
    STRING,
    REGEX,
    NAME,
    CALL, // a name with ( right behind it
    BUILTIN,
    KEYWORD,
    OPERATOR
  }

  static final Set<String> KEYWORDS =
      Set.of(
          "BEGIN",
          "END",
          "BEGINFILE",
          "ENDFILE",
          "function",
          "func",
          "if",
          "else",
          "while",
          "for",
          "do",
          "break",
          "continue",
          "next",
          "nextfile",
          "exit",
          "return",
          "delete",
          "in",
          "getline",
          "print",
          "printf",
          "switch",
          "case",
          "default");

  /** The built-in functions with the least and the greatest number of arguments. */
  static final Map<String, int[]> BUILTINS =
      Map.ofEntries(
          Map.entry("length", new int[] {0, 1}),
          Map.entry("substr", new int[] {2, 3}),
          Map.entry("index", new int[] {2, 2}),
          Map.entry("split", new int[] {2, 4}),
          Map.entry("patsplit", new int[] {2, 4}),
          Map.entry("sub", new int[] {2, 3}),
          Map.entry("gsub", new int[] {2, 3}),
          Map.entry("gensub", new int[] {3, 4}),
          Map.entry("match", new int[] {2, 3}),
          Map.entry("sprintf", new int[] {1, 9999}),
          Map.entry("sin", new int[] {1, 1}),
          Map.entry("cos", new int[] {1, 1}),
          Map.entry("atan2", new int[] {2, 2}),
          Map.entry("exp", new int[] {1, 1}),
          Map.entry("log", new int[] {1, 1}),
          Map.entry("sqrt", new int[] {1, 1}),
          Map.entry("int", new int[] {1, 1}),
          Map.entry("rand", new int[] {0, 0}),
          Map.entry("srand", new int[] {0, 1}),
          Map.entry("tolower", new int[] {1, 1}),
          Map.entry("toupper", new int[] {1, 1}),
          Map.entry("system", new int[] {1, 1}),
          Map.entry("close", new int[] {1, 2}),
          Map.entry("fflush", new int[] {0, 1}),
          Map.entry("strftime", new int[] {0, 3}),
          Map.entry("systime", new int[] {0, 0}),
          Map.entry("mktime", new int[] {1, 2}),
          Map.entry("and", new int[] {2, 9999}),
          Map.entry("or", new int[] {2, 9999}),
          Map.entry("xor", new int[] {2, 9999}),
          Map.entry("lshift", new int[] {2, 2}),
          Map.entry("rshift", new int[] {2, 2}),
          Map.entry("compl", new int[] {1, 1}),
          Map.entry("strtonum", new int[] {1, 1}),
          Map.entry("asort", new int[] {1, 3}),
          Map.entry("asorti", new int[] {1, 3}),
          Map.entry("isarray", new int[] {1, 1}),
          Map.entry("typeof", new int[] {1, 2}),
          Map.entry("mkbool", new int[] {1, 1}));

  private static final String[] OPERATORS = {
    "**=", "&&", "||", "==", "<=", ">=", "!=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**",
    "!~", ">>", "|&"
  };

  private final byte[] source;
  private final String where; // what messages call the source
  private int at;
  private int line = 1;

  Kind kind;
  String text;
  byte[] bytes; // of a string or regular expression
  double number;
  int start;
  int tokenLine = 1;
  private final java.util.function.Consumer<String> warnings;

  Lexer(byte[] source, String where, java.util.function.Consumer<String> warnings) {
    this.source = source;
    this.where = where;
    this.warnings = warnings;
    advance();
  }

  int line() {
    return tokenLine;
  }

  String where() {
    return where;
  }

  private int peek(int ahead) {
    return at + ahead < source.length ? source[at + ahead] : -1;
  }

  /** Whether white space (or nothing) stands before the current token. */
  boolean blankBefore() {
    return start == 0 || Value.isBlank(source[start - 1]);
  }

  int nextByte() {
    return peek(0);
  }

  /** Where the lexer stands, to come back to. */
  record Mark(
      int at,
      int line,
      Kind kind,
      String text,
      byte[] bytes,
      double number,
      int start,
      int tokenLine) {}

  Mark mark() {
    return new Mark(at, line, kind, text, bytes, number, start, tokenLine);
  }

  void reset(Mark m) {
    at = m.at;
    line = m.line;
    kind = m.kind;
    text = m.text;
    bytes = m.bytes;
    number = m.number;
    start = m.start;
    tokenLine = m.tokenLine;
  }

  void advance() {
    while (at < source.length) {
      int c = source[at];
      if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (c == '\\' && peek(1) == '\n') {
        at += 2;
        line++;
      } else if (c == '\\' && peek(1) == '\r' && peek(2) == '\n') {
        at += 3;
        line++;
      } else if (c == '#') {
        while (at < source.length && source[at] != '\n') {
          at++;
        }
      } else {
        break;
      }
    }
    start = at;
    tokenLine = line;
    if (at >= source.length) {
      set(Kind.END, "end");
      return;
    }
    int c = source[at];
    if (c == '\n') {
      at++;
      line++;
      set(Kind.NEWLINE, "newline");
    } else if (c == '"') {
      at++;
      string();
    } else if (c >= '0' && c <= '9' || c == '.' && peek(1) >= '0' && peek(1) <= '9') {
      number();
    } else if (isLetter(c)) {
      name();
    } else {
      operator();
    }
  }

  private void set(Kind k, String t) {
    kind = k;
    text = t;
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private void number() {
    if (source[at] == '0' && (peek(1) | 0x20) == 'x' && Character.digit(peek(2), 16) >= 0) {
      at += 2;
      double v = 0;
      while (at < source.length && Character.digit((char) source[at], 16) >= 0) {
        v = v * 16 + Character.digit((char) source[at++], 16);
      }
      number = v;
      set(Kind.NUMBER, "number");
      return;
    }
    int begin = at;
    boolean octal = source[at] == '0';
    int i = at;
    while (i < source.length && source[i] >= '0' && source[i] <= '9') {
      octal &= source[i] <= '7';
      i++;
    }
    int after = i < source.length ? source[i] : 0;
    if (octal && i - at > 1 && after != '.' && (after | 0x20) != 'e') {
      double v = 0;
      while (at < i) {
        v = v * 8 + source[at++] - '0';
      }
      number = v;
    } else {
      DoubleReader r = new DoubleReader();
      at = r.read(source, begin, source.length);
      number = r.value();
    }
    set(Kind.NUMBER, "number");
  }

  private void name() {
    while (at < source.length && (isLetter(source[at]) || source[at] >= '0' && source[at] <= '9')
        || peek(0) == ':' && peek(1) == ':' && isLetter(peek(2))) {
      at += source[at] == ':' ? 2 : 1;
    }
    char[] c = new char[at - start];
    for (int i = 0; i < c.length; i++) {
      c[i] = (char) source[start + i];
    }
    String t = new String(c);
    if (t.startsWith("awk::")) {
      t = t.substring(5);
    }
    if (KEYWORDS.contains(t)) {
      set(Kind.KEYWORD, t.equals("func") ? "function" : t);
    } else if (BUILTINS.containsKey(t)) {
      set(Kind.BUILTIN, t);
    } else {
      set(peek(0) == '(' ? Kind.CALL : Kind.NAME, t);
    }
  }

  private void operator() {
    for (String op : OPERATORS) {
      boolean same = true;
      for (int i = 0; same && i < op.length(); i++) {
        same = peek(i) == op.charAt(i);
      }
      if (same) {
        at += op.length();
        set(Kind.OPERATOR, op.equals("**") ? "^" : op.equals("**=") ? "^=" : op);
        return;
      }
    }
    int c = source[at] & 0xFF;
    at++;
    set(Kind.OPERATOR, String.valueOf((char) c));
    if ("{}()[];,+-*/%^!<>|?:~$=@&".indexOf(c) < 0) {
      throw error("syntax error");
    }
  }

  /** The regular expression that the current slash begins. */
  void regex() {
    ByteBuilder out = new ByteBuilder();
    at = start + 1;
    boolean set = false;
    int setStart = 0;
    while (true) {
      int c = peek(0);
      if (c == -1 || c == '\n') {
        throw error("unterminated regexp");
      }
      at++;
      if (c == '\\') {
        int next = peek(0);
        if (next == '/') {
          at++;
          out.append('/');
        } else if (next == '\n') {
          at++;
          line++;
        } else {
          out.append('\\');
          if (next != -1) {
            out.append(next);
            at++;
          }
        }
        continue;
      }
      if (c == '[' && !set) {
        set = true;
        setStart = at;
        if (peek(0) == '^') {
          setStart++;
        }
      } else if (c == ']' && set && at - 1 > setStart) {
        set = false;
      } else if (c == '/' && !set) {
        break;
      }
      out.append(c);
    }
    bytes = out.toByteArray();
    set(Kind.REGEX, "regexp");
  }

  private void string() {
    ByteBuilder out = new ByteBuilder();
    while (true) {
      int c = peek(0);
      if (c == -1 || c == '\n') {
        throw error("unterminated string");
      }
      at++;
      if (c == '"') {
        break;
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      at = escape(source, at, source.length, out, warnings, where + ":" + line);
      if (at > 0 && source[at - 1] == '\n') {
        line++;
      }
    }
    bytes = out.toByteArray();
    set(Kind.STRING, "string");
  }

  /** Appends what the escape sequence after a backslash means; returns the place behind it. */
  static int escape(
      byte[] s,
      int at,
      int to,
      ByteBuilder out,
      java.util.function.Consumer<String> warnings,
      String where) {
    if (at >= to) {
      out.append('\\');
      return at;
    }
    int c = s[at++];
    switch (c) {
      case '"', '\\', '/' -> {
        if (c == '/' && warnings != null) {
          warnings.accept(where + ": warning: escape sequence `\\/' treated as plain `/'");
        }
        out.append(c);
      }
      case 'a' -> out.append(7);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'v' -> out.append(11);
      case '\n' -> {}
      case 'x' -> {
        int v = 0;
        int n = 0;
        while (n < 2 && at < to && Character.digit((char) (s[at] & 0x7F), 16) >= 0) {
          v = v * 16 + Character.digit((char) s[at++], 16);
          n++;
        }
        if (n == 0) {
          out.append('x');
        } else {
          out.append(v);
        }
      }
      default -> {
        if (c >= '0' && c <= '7') {
          int v = c - '0';
          for (int n = 1; n < 3 && at < to && s[at] >= '0' && s[at] <= '7'; n++) {
            v = v * 8 + s[at++] - '0';
          }
          out.append(v);
        } else {
          if (warnings != null && c > 0) {
            char ch = (char) c;
            warnings.accept(
                where + ": warning: escape sequence `\\" + ch + "' treated as plain `" + ch + "'");
          }
          out.append(c);
        }
      }
    }
    return at;
  }

  /** A syntax error at the current token, shown under its line. */
  AwkError error(String message) {
    int pos = Math.min(start, source.length);
    if (message.equals("syntax error") && kind == Kind.END || kind == Kind.NEWLINE) {
      message = "unexpected newline or end of string";
    }
    return errorAt(pos, message);
  }

  private AwkError errorAt(int pos, String message) {
    int from = pos;
    while (from > 0 && source[from - 1] != '\n') {
      from--;
    }
    int to = pos;
    while (to < source.length && source[to] != '\n') {
      to++;
    }
    int row = 1;
    for (int i = 0; i < from; i++) {
      row += source[i] == '\n' ? 1 : 0;
    }
    StringBuilder pad = new StringBuilder();
    for (int i = from; i < pos; i++) {
      pad.append(source[i] == '\t' ? '\t' : ' ');
    }
    String prefix = where + ":" + row + ": ";
    String text = dev.qanat.text.Utf8.decode(source, from, to - from);
    return new AwkError(prefix + text + "\n" + prefix + pad + "^ " + message, 1);
  }
}
