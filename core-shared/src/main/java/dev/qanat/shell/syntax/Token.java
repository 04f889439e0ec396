package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.QuoteScanner.SubstitutionTable;
import java.util.List;

/** A token of the shell grammar. */
final class Token {
  /** What a token is; operators have their text. */
  enum Kind {
    WORD(null),
    /** The digits in front of a redirection. */
    NUMBER(null),
    /** {@code {name}} in front of a redirection. */
    FD_VARIABLE(null),
    NEWLINE("newline"),
    END(null),
    SEMICOLON(";"),
    AND("&"),
    AND_AND("&&"),
    OR_OR("||"),
    PIPE("|"),
    PIPE_AND("|&"),
    SEMI_SEMI(";;"),
    SEMI_AND(";&"),
    SEMI_SEMI_AND(";;&"),
    OPEN("("),
    CLOSE(")"),
    REDIRECT(null);

    final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** The words of the grammar. */
  enum Reserved {
    NONE,
    IF,
    THEN,
    ELSE,
    ELIF,
    FI,
    FOR,
    WHILE,
    UNTIL,
    DO,
    DONE,
    CASE,
    ESAC,
    SELECT,
    IN,
    FUNCTION,
    TIME,
    COPROC,
    BANG,
    OPEN_BRACE,
    CLOSE_BRACE,
    OPEN_COND,
    CLOSE_COND
  }

  Kind kind;
  final int start; // in the buffer
  int end;
  int line; // where its last character stands, as bash counts
  String text; // for an operator null
  Redirect.Operator redirect;
  boolean plain; // nothing in the word is special: it stands for its text
  boolean quoted; // holds a quote
  int equalsSign = -1; // the first unquoted one
  int subscriptEnd = -1; // behind the bracket of name[…], when it was read as one
  List<Assignment.Element> array; // of name=(…)
  int arrayEnd; // behind its parenthesis
  SubstitutionTable substitutions = SubstitutionTable.EMPTY;
  private Reserved reserved;

  Token(Kind kind, int start, int end, int line, String text) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.line = line;
    this.text = text;
  }

  /** A word whose end is not yet known. */
  Token(int start) {
    this.start = start;
  }

  boolean isWord(String expected) {
    return kind == Kind.WORD && text.equals(expected);
  }

  /** How an error message names the token; null for one that has no name there. */
  String display() {
    return switch (kind) {
      case END -> null;
      case REDIRECT -> redirect.text();
      case WORD, NUMBER, FD_VARIABLE -> AnsiQuote.visible(text);
      default -> kind.text;
    };
  }

  /** The reserved word this is, where one may stand. */
  Reserved reserved() {
    if (reserved == null) {
      reserved = kind != Kind.WORD || text.length() > 8 ? Reserved.NONE : reserved(text);
    }
    return reserved;
  }

  private static Reserved reserved(String text) {
    return switch (text) {
      case "if" -> Reserved.IF;
      case "then" -> Reserved.THEN;
      case "else" -> Reserved.ELSE;
      case "elif" -> Reserved.ELIF;
      case "fi" -> Reserved.FI;
      case "for" -> Reserved.FOR;
      case "while" -> Reserved.WHILE;
      case "until" -> Reserved.UNTIL;
      case "do" -> Reserved.DO;
      case "done" -> Reserved.DONE;
      case "case" -> Reserved.CASE;
      case "esac" -> Reserved.ESAC;
      case "select" -> Reserved.SELECT;
      case "in" -> Reserved.IN;
      case "function" -> Reserved.FUNCTION;
      case "time" -> Reserved.TIME;
      case "coproc" -> Reserved.COPROC;
      case "!" -> Reserved.BANG;
      case "{" -> Reserved.OPEN_BRACE;
      case "}" -> Reserved.CLOSE_BRACE;
      case "[[" -> Reserved.OPEN_COND;
      case "]]" -> Reserved.CLOSE_COND;
      default -> Reserved.NONE;
    };
  }

  /** The word as a node. */
  Word word(Dialect dialect) {
    return plain
        ? Word.plain(text)
        : new Word(text, WordReader.Mode.UNQUOTED, substitutions, dialect).at(line);
  }

  /** The word's part from an index on, as a node. */
  Word wordFrom(int from, Dialect dialect) {
    String rest = text.substring(from);
    return plain
        ? Word.plain(rest)
        : new Word(
                rest, WordReader.Mode.UNQUOTED, substitutions.within(from, text.length()), dialect)
            .at(line);
  }

  /** Whether the word starts with {@code name=}, {@code name+=} or {@code name[…]=}. */
  boolean isAssignment() {
    return valueStart() >= 0;
  }

  /** Where the value of an assignment starts, or -1. */
  private int valueStart() {
    if (equalsSign <= 0) {
      return -1;
    }
    int i = nameEnd(text);
    if (i == 0) {
      return -1;
    }
    if (i < text.length() && text.charAt(i) == '[') {
      i = subscriptEnd >= 0 ? subscriptEnd : ArithParser.subscriptEnd(text, i) + 1;
      if (i <= 0) {
        return -1;
      }
    }
    if (i < text.length() && text.charAt(i) == '+') {
      i++;
    }
    return i < text.length() && text.charAt(i) == '=' ? i + 1 : -1;
  }

  /** The assignment this word is, or null. */
  Assignment assignment(Dialect dialect) {
    int value = valueStart();
    if (value < 0) {
      return null;
    }
    boolean append = text.charAt(value - 2) == '+';
    int nameEnd = nameEnd(text);
    int behind = append ? value - 2 : value - 1;
    Subscript subscript =
        nameEnd == behind ? null : new Subscript(text.substring(nameEnd + 1, behind - 1));
    String name = text.substring(0, nameEnd);
    if (array == null) {
      return new Assignment(name, subscript, append, wordFrom(value, dialect), null);
    }
    Assignment literal = new Assignment(name, subscript, append, null, array);
    if (arrayEnd == text.length()) {
      return literal;
    }
    // with more behind the parenthesis it is text like any other
    String laidOut = Printer.source(literal).substring(value) + text.substring(arrayEnd);
    return new Assignment(name, subscript, append, Word.of(laidOut, dialect).at(line), null);
  }

  /** The element of an array literal this word is. */
  Assignment.Element element(Dialect dialect) {
    int i = subscriptEnd;
    if (i > 0 && i < text.length()) {
      boolean append = text.charAt(i) == '+';
      if (append) {
        i++;
      }
      if (i < text.length() && text.charAt(i) == '=') {
        return new Assignment.Element(
            new Subscript(text.substring(1, subscriptEnd - 1)), append, wordFrom(i + 1, dialect));
      }
    }
    return new Assignment.Element(null, false, word(dialect));
  }

  /** The length of the name a text starts with. */
  static int nameEnd(String text) {
    int i = 0;
    int length = text.length();
    if (length == 0 || !ArithParser.isNameStart(text.charAt(0))) {
      return 0;
    }
    while (i < length && ArithParser.isNamePart(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
