package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.QuoteScanner.SubstitutionTable;
import java.util.ArrayList;
import java.util.List;

/** Reads the parts of a word from its text. */
final class WordReader {
  /** How the text is quoted as a whole. */
  enum Mode {
    /** Outside of quotes. */
    UNQUOTED,
    /** Inside of double quotes. */
    DOUBLE_QUOTED,
    /** As in double quotes, but {@code "} is literal. */
    HERE_DOCUMENT,
    /** As in double quotes, but {@code "} is dropped. */
    ARITHMETIC,
    /** What stands behind <code>${x:-</code> inside of double quotes: {@code "} quotes again. */
    OPERAND
  }

  /** A text whose substitutions have been read; joined lines are gone. */
  record Scanned(String text, SubstitutionTable substitutions) {}

  private final String text;
  private final Lexer scanner;
  private final SubstitutionTable known;
  private final Dialect dialect;
  private final int line;

  private WordReader(String text, SubstitutionTable known, Dialect dialect, int line) {
    this.line = line;
    this.text = text;
    this.known = known;
    this.dialect = dialect;
    this.scanner = new Lexer(text, dialect, line, known);
  }

  static List<WordPart> read(
      String text, Mode mode, SubstitutionTable substitutions, Dialect dialect, int line) {
    if (text.isEmpty()) {
      return List.of();
    }
    return new WordReader(text, substitutions, dialect, line).parts(0, text.length(), mode);
  }

  /** Reads the substitutions of a text that comes from outside of a script. */
  static Scanned scan(String text, Mode mode, Dialect dialect, int line) {
    boolean active = false;
    for (int i = 0; i < text.length() && !active; i++) {
      char c = text.charAt(i);
      active = c == '$' || c == '`' || c == '\\' || c == '(' || c == '"' || c == '\'';
    }
    if (!active) {
      return new Scanned(text, SubstitutionTable.EMPTY);
    }
    Lexer lexer = new Lexer(text, dialect, line, null);
    if (mode == Mode.HERE_DOCUMENT) {
      lexer.keepAnsiQuotes();
    }
    int start = 0;
    try {
      // The newline at the end is the buffer's own
      while (lexer.pos < lexer.limit - 1) {
        start = lexer.pos;
        skip(lexer, mode);
      }
    } catch (SyntaxException e) {
      throw e.endOfInput() ? unclosed(text, start, e) : e;
    }
    SubstitutionTable table = lexer.substitutions;
    return new Scanned(
        lexer.text(0, Math.max(0, lexer.limit - 1)),
        table == null ? SubstitutionTable.EMPTY : table);
  }

  private static void skip(Lexer lexer, Mode mode) {
    switch (lexer.chars[lexer.pos]) {
      case '\\' -> lexer.skipEscape();
      case '`' -> lexer.skipBackquotes();
      case '$' -> lexer.skipDollar(mode != Mode.UNQUOTED);
      case '"' -> {
        if (mode == Mode.HERE_DOCUMENT) {
          lexer.pos++;
        } else {
          lexer.skipDoubleQuotes();
        }
      }
      case '\'' -> {
        if (mode == Mode.UNQUOTED) {
          lexer.skipSingleQuotes();
        } else {
          lexer.pos++;
        }
      }
      case '<', '>' -> {
        if (mode == Mode.UNQUOTED && lexer.chars[lexer.pos + 1] == '(') {
          lexer.skipCommands();
        } else {
          lexer.pos++;
        }
      }
      default -> lexer.pos++;
    }
  }

  /** What bash says when it finds out only while expanding that something does not end. */
  private static SyntaxException unclosed(String text, int start, SyntaxException otherwise) {
    String closing;
    if (text.charAt(start) == '`') {
      closing = "\"`\"";
    } else if (text.startsWith("${", start)) {
      closing = "`}'";
    } else {
      return otherwise;
    }
    return SyntaxException.badSubstitution(closing, text.substring(start));
  }

  /** The text all parts stand for when none of them can come to mean anything else, or null. */
  static String literal(List<WordPart> parts, Mode mode) {
    if (parts.isEmpty()) {
      return "";
    }
    StringBuilder out = parts.size() == 1 ? null : new StringBuilder();
    for (WordPart part : parts) {
      String piece;
      if (part instanceof WordPart.Literal literal) {
        piece = literal.text();
        if (mode == Mode.UNQUOTED && isActive(piece)) {
          return null;
        }
      } else if (part instanceof WordPart.SingleQuoted quoted) {
        piece = quoted.text();
      } else if (part instanceof WordPart.Escaped escaped) {
        piece = escaped.text();
      } else if (part instanceof WordPart.DoubleQuoted quoted) {
        piece = literal(quoted.parts(), Mode.DOUBLE_QUOTED);
      } else {
        return null;
      }
      if (piece == null || out == null) {
        return piece;
      }
      out.append(piece);
    }
    return out.toString();
  }

  private static boolean isActive(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '*', '?', '[', '{', '~', '(' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  /** The text without its quotes; expansions stay as they are. For the word behind {@code <<}. */
  static String unquote(String text) {
    StringBuilder out = new StringBuilder(text.length());
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == '\'') {
        if (c == '\'') {
          quote = 0;
        } else {
          out.append(c);
        }
      } else if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(i + 1);
        if (quote == 0 || "$`\"\\".indexOf(next) >= 0) {
          i++;
          out.append(next);
        } else {
          out.append(c);
        }
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private List<WordPart> parts(int from, int to, Mode mode) {
    List<WordPart> parts = new ArrayList<>(2);
    StringBuilder literal = new StringBuilder();
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      WordPart part = null;
      scanner.pos = i;
      switch (c) {
        case '\\' -> {
          if (mode == Mode.UNQUOTED && i + 1 < to) {
            int end = i + 1 + Character.charCount(text.codePointAt(i + 1));
            part = new WordPart.Escaped(text.substring(i + 1, Math.min(end, to)));
            scanner.pos = end;
          } else {
            escape(i, to, mode, literal);
          }
        }
        case '\'' -> {
          if (mode == Mode.UNQUOTED) {
            scanner.skipSingleQuotes();
            part = new WordPart.SingleQuoted(text.substring(i + 1, scanner.pos - 1));
          }
        }
        case '"' -> {
          if (mode == Mode.UNQUOTED || mode == Mode.OPERAND) {
            scanner.skipDoubleQuotes();
            int end = scanner.pos;
            part = new WordPart.DoubleQuoted(parts(i + 1, end - 1, Mode.DOUBLE_QUOTED));
            scanner.pos = end;
          } else if (mode == Mode.ARITHMETIC) {
            scanner.pos = i + 1;
          }
        }
        case '`' -> {
          scanner.skipBackquotes();
          part = backquoted(i, scanner.pos, mode);
        }
        case '$' -> part = dollar(i, to, mode);
        case '<', '>' -> {
          int n = mode == Mode.UNQUOTED ? known.at(i) : -1;
          if (n >= 0) {
            part = new WordPart.ProcessSubst(c == '>', known.item(n));
            scanner.pos = known.end(n);
          }
        }
        default -> {}
      }
      if (part != null) {
        if (literal.length() > 0) {
          parts.add(new WordPart.Literal(literal.toString()));
          literal.setLength(0);
        }
        parts.add(part);
      } else if (scanner.pos == i) {
        literal.append(c);
        scanner.pos = i + 1;
      }
      i = scanner.pos;
    }
    if (literal.length() > 0) {
      parts.add(new WordPart.Literal(literal.toString()));
    }
    return parts;
  }

  /** A backslash where it only quotes some characters. */
  private void escape(int i, int to, Mode mode, StringBuilder literal) {
    char next = i + 1 < to ? text.charAt(i + 1) : ' ';
    if (next == '\n' && i + 1 < to) {
      scanner.pos = i + 2;
      return;
    }
    boolean quotes =
        switch (next) {
          case '$', '`', '\\' -> true;
          case '"' -> mode != Mode.HERE_DOCUMENT;
          case '}' -> mode == Mode.OPERAND;
          default -> false;
        };
    if (quotes) {
      literal.append(next);
      scanner.pos = i + 2;
    } else {
      literal.append('\\');
      scanner.pos = i + 1;
    }
  }

  private WordPart backquoted(int start, int end, Mode mode) {
    boolean quoted = mode != Mode.UNQUOTED;
    StringBuilder source = new StringBuilder(end - start);
    for (int i = start + 1; i < end - 1; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < end - 1) {
        char next = text.charAt(i + 1);
        if (next == '`' || next == '\\' || next == '$' || next == '"' && quoted) {
          c = next;
          i++;
        }
      }
      source.append(c);
    }
    return new WordPart.CommandSubst(
        new Substitution(source.toString(), true, false, line, null, dialect));
  }

  /** The expansion a dollar sign starts; null, and nothing read, when it starts none. */
  private WordPart dollar(int i, int to, Mode mode) {
    if (i + 1 >= to) {
      return null;
    }
    char next = text.charAt(i + 1);
    switch (next) {
      case '(' -> {
        int n = known.at(i);
        if (n >= 0) {
          scanner.pos = known.end(n);
          return new WordPart.CommandSubst(known.item(n));
        }
        scanner.pos = i + 1;
        scanner.skipParentheses();
        int end = scanner.pos;
        boolean arithmetic = isArithmetic(i + 2, end - 1);
        scanner.pos = end;
        if (arithmetic) {
          return arithmetic(i + 3, end - 2);
        }
        String source = known.within(i + 2, end - 1).laidOut(text.substring(i + 2, end - 1));
        return new WordPart.CommandSubst(
            new Substitution(source, false, false, line, null, dialect));
      }
      case '[' -> {
        scanner.pos = i + 1;
        scanner.skipNested('[', ']');
        return arithmetic(i + 2, scanner.pos - 1);
      }
      case '{' -> {
        scanner.skipDollar(mode != Mode.UNQUOTED);
        int end = scanner.pos;
        ParamExpansion expansion =
            new ParamReader(text, i, end, mode, known, dialect, scanner, line).read();
        scanner.pos = end;
        return new WordPart.Param(expansion);
      }
      case '\'' -> {
        if (mode != Mode.UNQUOTED) {
          return null;
        }
        int end = i + 2;
        while (end < to && text.charAt(end) != '\'') {
          end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, to);
        scanner.pos = Math.min(end + 1, to);
        return new WordPart.SingleQuoted(AnsiQuote.decode(text.substring(i + 2, end)));
      }
      default -> {
        int end = i + 1;
        if (ArithParser.isNameStart(next)) {
          while (end < to && ArithParser.isNamePart(text.charAt(end))) {
            end++;
          }
        } else if (next >= '0' && next <= '9' || "@*#?-$!".indexOf(next) >= 0) {
          end++;
        } else {
          return null;
        }
        scanner.pos = end;
        return new WordPart.Param(
            ParamExpansion.plain(text.substring(i + 1, end), text.substring(i, end)));
      }
    }
  }

  private WordPart arithmetic(int from, int to) {
    String expression = text.substring(from, to);
    return new WordPart.ArithExpansion(
        new Arithmetic(
            expression,
            new Word(expression, Mode.ARITHMETIC, known.within(from, to), dialect).at(line)));
  }

  /** Whether what stands inside of {@code $(…)} is itself one pair of parentheses. */
  private boolean isArithmetic(int from, int to) {
    if (to - from < 2 || text.charAt(from) != '(' || text.charAt(to - 1) != ')') {
      return false;
    }
    scanner.pos = from;
    try {
      scanner.skipNested('(', ')');
    } catch (SyntaxException e) {
      return false; // what is a comment in a command is none in an expression
    }
    return scanner.pos == to;
  }
}
