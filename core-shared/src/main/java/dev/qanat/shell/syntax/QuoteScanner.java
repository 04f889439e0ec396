package dev.qanat.shell.syntax;

import java.util.Arrays;

/**
 * Finds the ends of quotes, braces and parentheses, by the rules bash has for them while it reads a
 * script. Command substitutions are read by the grammar; what they turn out to be is kept for the
 * word they stand in.
 */
class QuoteScanner extends SourceBuffer {
  static final int MAX_DEPTH = 600;

  /** The substitutions of the word being read, by where they start; null: none yet. */
  SubstitutionTable substitutions;

  int depth;
  private boolean literalAnsiQuotes;
  private final SubstitutionTable
      known; // not null: the text is settled, nothing is cut or read anew

  /** Substitutions and where they stand. */
  static final class SubstitutionTable {
    static final SubstitutionTable EMPTY = new SubstitutionTable();
    private int[] starts = {};
    private int[] ends = {};
    private Substitution[] items = {};
    private int count;

    void add(int start, int end, Substitution substitution) {
      if (count == starts.length) {
        int size = Math.max(2, count * 2);
        starts = Arrays.copyOf(starts, size);
        ends = Arrays.copyOf(ends, size);
        items = Arrays.copyOf(items, size);
      }
      starts[count] = start;
      ends[count] = end;
      items[count++] = substitution;
    }

    boolean isEmpty() {
      return count == 0;
    }

    int count() {
      return count;
    }

    int start(int n) {
      return starts[n];
    }

    int end(int n) {
      return ends[n];
    }

    Substitution item(int n) {
      return items[n];
    }

    /** The number of the substitution that starts here, or -1. */
    int at(int start) {
      for (int n = 0; n < count; n++) {
        if (starts[n] == start) {
          return n;
        }
      }
      return -1;
    }

    /** Adds those between two indices to another table, as if the first one were {@code place}. */
    void moveWithin(int from, int to, int place, SubstitutionTable other) {
      for (int n = 0; n < count; n++) {
        if (starts[n] >= from && ends[n] <= to) {
          other.add(starts[n] - from + place, ends[n] - from + place, items[n]);
        }
      }
    }

    /** The text they stand in, with those it has as bash keeps them. */
    String laidOut(String text) {
      if (count == 0) {
        return text;
      }
      StringBuilder out = new StringBuilder(text.length());
      int at = 0;
      for (int n = 0; n < count; n++) {
        out.append(text, at, starts[n] + 2).append(items[n].text());
        at = ends[n] - 1;
      }
      return out.append(text, at, text.length()).toString();
    }

    /** Those between two indices, counted from the first one. */
    SubstitutionTable within(int from, int to) {
      SubstitutionTable result = EMPTY;
      for (int n = 0; n < count; n++) {
        if (starts[n] >= from && ends[n] <= to) {
          if (result == EMPTY) {
            result = new SubstitutionTable();
          }
          result.add(starts[n] - from, ends[n] - from, items[n]);
        }
      }
      return result;
    }
  }

  QuoteScanner(LineSource lines, Dialect dialect, int firstLine) {
    super(lines, dialect, firstLine);
    known = null;
  }

  /**
   * A scanner of one text.
   *
   * @param known the substitutions of a text that has been scanned before, or null
   */
  QuoteScanner(String text, Dialect dialect, int firstLine, SubstitutionTable known) {
    super(text, dialect, firstLine);
    this.known = known;
  }

  /** Leaves {@code $'…'} as it is where it is quoted: in the body of a here-document. */
  final void keepAnsiQuotes() {
    literalAnsiQuotes = true;
  }

  final void enter() {
    if (++depth > MAX_DEPTH) {
      depth = 0;
      throw SyntaxException.of(
          SyntaxException.Kind.PLAIN, line(), "syntax error: commands nested too deeply");
    }
  }

  final void leave() {
    depth--;
  }

  static SyntaxException unmatched(char close, int startLine) {
    return unmatched(SyntaxException.Kind.END_OF_INPUT, close, startLine);
  }

  private static SyntaxException open(char close, int startLine) {
    return unmatched(SyntaxException.Kind.UNMATCHED, close, startLine);
  }

  private static SyntaxException unmatched(SyntaxException.Kind kind, char close, int startLine) {
    String message = "unexpected EOF while looking for matching `" + close + "'";
    return SyntaxException.of(kind, startLine, message);
  }

  /** Passes a backslash and what it quotes; a line continuation goes away. */
  final void skipEscape() {
    if (known == null && isContinuation(pos)) {
      joinLines(pos);
    } else if (pos + 1 < limit) {
      pos += 2;
    } else {
      pos++;
    }
  }

  /** From an opening single quote to behind the closing one. */
  final void skipSingleQuotes() {
    int startLine = line();
    pos++;
    while (more()) {
      if (chars[pos++] == '\'') {
        return;
      }
    }
    throw open('\'', startLine);
  }

  /** From an opening double quote to behind the closing one. */
  final void skipDoubleQuotes() {
    int startLine = line();
    enter();
    pos++;
    while (more()) {
      switch (chars[pos]) {
        case '"' -> {
          pos++;
          leave();
          return;
        }
        case '\\' -> skipEscape();
        case '`' -> skipBackquotes();
        case '$' -> skipDollar(true);
        default -> pos++;
      }
    }
    throw open('"', startLine);
  }

  /** From a backquote to behind the closing one. */
  final void skipBackquotes() {
    int startLine = line();
    pos++;
    while (more()) {
      char c = chars[pos];
      if (c == '`') {
        pos++;
        return;
      }
      if (c == '\\') {
        skipEscape();
      } else {
        pos++;
      }
    }
    throw open('`', startLine);
  }

  /** From a dollar sign to behind the expansion it starts, or behind itself. */
  final void skipDollar(boolean quoted) {
    while (known == null && isContinuation(pos + 1)) {
      joinLines(pos + 1);
    }
    switch (pos + 1 < limit ? chars[pos + 1] : '\n') {
      case '(' -> {
        while (known == null && isContinuation(pos + 2)) {
          joinLines(pos + 2);
        }
        if (pos + 2 < limit && chars[pos + 2] == '(') {
          pos++;
          skipParentheses();
        } else {
          skipCommands();
        }
      }
      case '{' -> skipBraces(quoted);
      case '$' -> pos += 2; // so that a quote behind the process number is a plain one
      case '[' -> {
        pos++;
        skipNested('[', ']');
      }
      case '\'' -> {
        if (quoted) {
          pos++;
        } else {
          skipAnsiQuotes(true);
        }
      }
      case '"' -> {
        if (!quoted && known == null) {
          replace(pos, pos + 1, "");
          skipDoubleQuotes();
        } else {
          pos++;
        }
      }
      default -> pos++;
    }
  }

  /** Turns {@code $'…'} into the text it stands for, as bash does while reading. */
  private void skipAnsiQuotes(boolean quote) {
    int startLine = line();
    int start = pos;
    pos += 2;
    while (more()) {
      char c = chars[pos];
      if (c == '\'') {
        pos++;
        if (known == null) {
          String decoded = AnsiQuote.decode(text(start + 2, pos - 1));
          String replacement = quote ? AnsiQuote.singleQuoted(decoded) : decoded;
          replace(start, pos, replacement);
          pos = start + replacement.length();
        }
        return;
      }
      pos = Math.min(limit, pos + (c == '\\' ? 2 : 1));
    }
    throw open('\'', startLine);
  }

  /**
   * From the dollar sign of <code>${</code> to behind the brace that closes it. Single quotes have
   * to match even inside of double quotes, where they are no quotes.
   */
  private void skipBraces(boolean quoted) {
    int startLine = line();
    enter();
    pos += 2;
    boolean pattern = false; // behind an operator whose operand is read as outside of double quotes
    boolean operator = false;
    while (more()) {
      char c = chars[pos];
      if (!operator && "#%^,~/:-=?+@!*".indexOf(c) >= 0 && pos > 0 && chars[pos - 1] != '{') {
        operator = true;
        pattern = "#%^,/".indexOf(c) >= 0;
      }
      switch (c) {
        case '}' -> {
          pos++;
          leave();
          return;
        }
        case '\\' -> skipEscape();
        case '\'' -> {
          if (quoted && !pattern && dialect.posix()) {
            pos++;
          } else {
            skipSingleQuotes();
          }
        }
        case '"' -> skipDoubleQuotes();
        case '`' -> skipBackquotes();
        case '$' -> {
          if (pos + 1 < limit && chars[pos + 1] == '\'') {
            if (literalAnsiQuotes && !pattern) {
              pos++; // the body of a here-document is not read by the one who decodes them
            } else {
              skipAnsiQuotes(!quoted || pattern);
            }
          } else {
            skipDollar(quoted);
          }
        }
        case '<', '>' -> skipAngle(true); // inside of double quotes too, where it stays as it is
        default -> pos++;
      }
    }
    throw open('}', startLine);
  }

  /** From an opening bracket or parenthesis to behind the one that closes it; the pairs count. */
  final void skipNested(char open, char close) {
    skipNested(open, close, false);
  }

  /**
   * From the second parenthesis of {@code $((} to behind the one that closes it. A comment is only
   * looked for when the word is expanded, as bash does.
   */
  final void skipParentheses() {
    if (!isText()) {
      skipNested('(', ')', false);
      return;
    }
    try {
      skipNested('(', ')', true);
    } catch (SyntaxException e) {
      String text = text(0, limit - 1);
      throw e.endOfInput() ? SyntaxException.badSubstitution("`)'", text) : e;
    }
  }

  private void skipNested(char open, char close, boolean comments) {
    int startLine = line();
    int nested = 0;
    enter();
    while (more()) {
      char c = chars[pos];
      if (c == open) {
        nested++;
        pos++;
      } else if (c == close) {
        pos++;
        if (--nested == 0) {
          leave();
          return;
        }
      } else {
        switch (c) {
          case '\\' -> skipEscape();
          case '\'' -> skipSingleQuotes();
          case '"' -> skipDoubleQuotes();
          case '`' -> skipBackquotes();
          case '$' -> skipDollar(false);
          case '<', '>' -> skipAngle(open == '[');
          case '#' -> {
            pos++;
            if (comments && " \t\n".indexOf(chars[pos - 2]) >= 0) {
              while (pos < limit && chars[pos] != '\n') {
                pos++;
              }
            }
          }
          default -> pos++;
        }
      }
    }
    throw open(close, startLine);
  }

  /** Passes an angle bracket, or the process substitution it starts where there may be one. */
  private void skipAngle(boolean substitutes) {
    if (substitutes && pos + 1 < limit && chars[pos + 1] == '(') {
      skipCommands();
    } else {
      pos++;
    }
  }

  /** From {@code $(}, {@code <(} or {@code >(} to behind the parenthesis that closes it. */
  final void skipCommands() {
    int start = pos;
    if (known != null) {
      int n = known.at(start);
      if (n >= 0) {
        pos = known.end(n);
        return;
      }
    }
    enter();
    SubstitutionTable outer = substitutions;
    substitutions = null;
    int startLine = line();
    pos += 2;
    CommandList body = null;
    String source;
    if (!isText() && pos < limit && chars[pos] == '(') {
      // bash takes it for the start of an expression, and the commands are read when they are run
      pos--;
      skipNested('(', ')', false);
      source = laidOut(start + 2, pos - 1);
    } else {
      boolean literal = literalAnsiQuotes;
      literalAnsiQuotes = false;
      body = readSubstitution();
      literalAnsiQuotes = literal;
      source = text(start + 2, pos - 1);
    }
    substitutions = outer != null ? outer : new SubstitutionTable();
    substitutions.add(
        start, pos, new Substitution(source, false, !isText(), startLine, body, dialect));
    leave();
  }

  private String laidOut(int from, int to) {
    String text = text(from, to);
    return substitutions == null ? text : substitutions.within(from, to).laidOut(text);
  }

  /** Reads the commands of a substitution and its closing parenthesis. */
  CommandList readSubstitution() {
    throw new IllegalStateException();
  }
}
