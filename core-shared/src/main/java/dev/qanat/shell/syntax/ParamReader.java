package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.ParamExpansion.Operation;
import dev.qanat.shell.syntax.QuoteScanner.SubstitutionTable;

/** Reads what stands between the braces of <code>${…}</code>. */
final class ParamReader {
  private final String text;
  private final int start; // of the dollar sign
  private final int end; // of the contents: the closing brace
  private final WordReader.Mode mode;
  private final SubstitutionTable known;
  private final Dialect dialect;
  private final Lexer scanner;
  private final int line;
  private int at;

  private String name;
  private Subscript subscript;
  private boolean indirect;
  private boolean colon;
  private Word operand;
  private Word replacement;
  private Arithmetic offset;
  private Arithmetic count;
  private char transform;

  ParamReader(
      String text,
      int start,
      int behind,
      WordReader.Mode mode,
      SubstitutionTable known,
      Dialect dialect,
      Lexer scanner,
      int line) {
    this.line = line;
    this.text = text;
    this.start = start;
    this.end = behind - 1;
    this.mode = mode;
    this.known = known;
    this.dialect = dialect;
    this.scanner = scanner;
  }

  ParamExpansion read() {
    at = start + 2;
    if (at < end && text.charAt(at) == '#' && readLength()) {
      return result(Operation.NONE, true);
    }
    at = start + 2;
    name = null;
    subscript = null;
    if (at + 1 < end && text.charAt(at) == '!' && startsIndirect(text.charAt(at + 1))) {
      indirect = true;
      at++;
    }
    if (!readName()) {
      return result(Operation.BAD, false);
    }
    return result(operation(), false);
  }

  private ParamExpansion result(Operation operation, boolean length) {
    return new ParamExpansion(
        name == null ? "" : name,
        subscript,
        indirect,
        length,
        operation,
        colon,
        operand,
        replacement,
        offset,
        count,
        transform,
        text.substring(start, end + 1));
  }

  /** <code>${#name}</code>; false when the {@code #} is a parameter itself. */
  private boolean readLength() {
    at++;
    return at < end && readName() && at == end;
  }

  private static boolean startsIndirect(char c) {
    return ArithParser.isNamePart(c) || c == '#' || c == '?' || c == '@' || c == '*';
  }

  /** Reads the parameter and its subscript. */
  private boolean readName() {
    int from = at;
    if (at == end) {
      return false;
    }
    char c = text.charAt(at);
    if (ArithParser.isNameStart(c)) {
      while (at < end && ArithParser.isNamePart(text.charAt(at))) {
        at++;
      }
    } else if (c >= '0' && c <= '9') {
      while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
    } else if ("@*#?-$!".indexOf(c) >= 0) {
      at++;
    } else {
      return false;
    }
    name = text.substring(from, at);
    if (at < end && text.charAt(at) == '[' && ArithParser.isNameStart(c)) {
      int close = bracketEnd();
      if (close < 0) {
        return false;
      }
      subscript = new Subscript(text.substring(at + 1, close));
      at = close + 1;
    }
    return true;
  }

  private int bracketEnd() {
    int nested = 0;
    scanner.pos = at;
    while (scanner.pos < end) {
      char c = text.charAt(scanner.pos);
      switch (c) {
        case '[' -> {
          nested++;
          scanner.pos++;
        }
        case ']' -> {
          if (--nested == 0) {
            return scanner.pos;
          }
          scanner.pos++;
        }
        case '\\' -> scanner.skipEscape();
        case '\'' -> scanner.skipSingleQuotes();
        case '"' -> scanner.skipDoubleQuotes();
        case '`' -> scanner.skipBackquotes();
        case '$' -> scanner.skipDollar(false);
        default -> scanner.pos++;
      }
    }
    return -1;
  }

  private Operation operation() {
    if (at == end) {
      boolean keys = indirect && subscript != null && (subscript.isAt() || subscript.isStar());
      if (keys) {
        indirect = false;
      }
      return keys ? Operation.KEYS : Operation.NONE;
    }
    char c = text.charAt(at++);
    char second = at < end ? text.charAt(at) : '\0';
    switch (c) {
      case ':' -> {
        if (at < end && "-=?+".indexOf(second) >= 0) {
          colon = true;
          at++;
          return word(second);
        }
        return at == end ? Operation.BAD : substring();
      }
      case '-', '=', '?', '+' -> {
        return word(c);
      }
      case '#' -> {
        return pattern(second == '#', Operation.REMOVE_SHORT_PREFIX, Operation.REMOVE_LONG_PREFIX);
      }
      case '%' -> {
        return pattern(second == '%', Operation.REMOVE_SHORT_SUFFIX, Operation.REMOVE_LONG_SUFFIX);
      }
      case '^' -> {
        return pattern(second == '^', Operation.UPPER_FIRST, Operation.UPPER_ALL);
      }
      case ',' -> {
        return pattern(second == ',', Operation.LOWER_FIRST, Operation.LOWER_ALL);
      }
      case '~' -> {
        return pattern(second == '~', Operation.TOGGLE_FIRST, Operation.TOGGLE_ALL);
      }
      case '/' -> {
        return replace(second);
      }
      case '@', '*' -> {
        if (indirect && at == end && subscript == null && Token.nameEnd(name) > 0) {
          indirect = false;
          return c == '@' ? Operation.NAMES_AT : Operation.NAMES_STAR;
        }
        if (c == '@' && at + 1 >= end) {
          transform = second;
          return Operation.TRANSFORM;
        }
        return Operation.BAD;
      }
      default -> {
        return Operation.BAD;
      }
    }
  }

  private Operation word(char operator) {
    if (mode == WordReader.Mode.UNQUOTED) {
      operand = subWord(at, end, mode);
    } else {
      // the message of ${x?…} is expanded from its source
      operand = operator == '?' ? subWord(at, end, WordReader.Mode.OPERAND) : quotedOperand();
    }
    return switch (operator) {
      case '-' -> Operation.DEFAULT;
      case '=' -> Operation.ASSIGN;
      case '?' -> Operation.ERROR;
      default -> Operation.ALTERNATE;
    };
  }

  /**
   * The word of an expansion within double quotes: it is read as if it stood in them too, once the
   * quotes of its own were taken away.
   */
  private Word quotedOperand() {
    String own = text.substring(at, end);
    if (own.indexOf('"') < 0) {
      return subWord(at, end, WordReader.Mode.OPERAND);
    }
    SubstitutionTable moved = new SubstitutionTable();
    String stripped = withoutQuotes(moved);
    return new Word(stripped, WordReader.Mode.OPERAND, moved, dialect).at(line);
  }

  /**
   * Between quotes of its own a backslash is kept only where it means something in double quotes.
   *
   * @param moved takes the substitutions, where they stand then
   */
  private String withoutQuotes(SubstitutionTable moved) {
    StringBuilder out = new StringBuilder(end - at);
    boolean quoted = false;
    boolean command = false; // within backquotes
    int i = at;
    while (i < end) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < end) {
        char next = text.charAt(i + 1);
        if (!quoted || "$`\"\\\n".indexOf(next) >= 0) {
          out.append(c);
        }
        out.append(next);
        i += 2;
      } else if (c == '"' && !command) {
        quoted = !quoted;
        i++;
      } else if (c == '$' && !command && i + 1 < end && "({".indexOf(text.charAt(i + 1)) >= 0) {
        scanner.pos = i;
        scanner.skipDollar(true);
        known.moveWithin(i, scanner.pos, out.length(), moved);
        out.append(text, i, scanner.pos);
        i = scanner.pos;
      } else {
        command ^= c == '`';
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  private Operation pattern(boolean doubled, Operation single, Operation all) {
    if (doubled) {
      at++;
    }
    operand = subWord(at, end, WordReader.Mode.UNQUOTED);
    return doubled ? all : single;
  }

  private Operation substring() {
    scanner.pos = at;
    int colonAt = scanner.skipTo(end, ':');
    offset = arithmetic(at, colonAt);
    if (colonAt < end) {
      count = arithmetic(colonAt + 1, end);
    }
    return Operation.SUBSTRING;
  }

  private Operation replace(char second) {
    Operation operation =
        switch (second) {
          case '/' -> Operation.REPLACE_ALL;
          case '#' -> Operation.REPLACE_PREFIX;
          case '%' -> Operation.REPLACE_SUFFIX;
          default -> Operation.REPLACE_FIRST;
        };
    if (operation != Operation.REPLACE_FIRST) {
      at++;
    }
    // a third slash belongs to the pattern
    boolean slashes = operation == Operation.REPLACE_ALL && at < end && text.charAt(at) == '/';
    scanner.pos = slashes ? at + 1 : at;
    int slash = scanner.skipTo(end, '/');
    operand = subWord(at, slash, WordReader.Mode.UNQUOTED);
    if (slash < end) {
      replacement = subWord(slash + 1, end, WordReader.Mode.UNQUOTED);
    }
    return operation;
  }

  private Word subWord(int from, int to, WordReader.Mode as) {
    return new Word(text.substring(from, to), as, known.within(from, to), dialect).at(line);
  }

  private Arithmetic arithmetic(int from, int to) {
    return new Arithmetic(text.substring(from, to), subWord(from, to, WordReader.Mode.ARITHMETIC));
  }
}
