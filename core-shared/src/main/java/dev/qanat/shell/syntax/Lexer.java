package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts the input into tokens. What counts as a word depends on where it stands: the contexts. */
final class Lexer extends QuoteScanner {
  /** Where a command may start: {@code name[…]=} and {@code name=(} are read as one word. */
  static final int COMMAND = 1 | 2;

  /** Behind {@code declare} and its kin: {@code name=(} is. */
  static final int DECLARATION = 2;

  /** In an array literal: a word may start with {@code [subscript]=}. */
  static final int ELEMENT = 4;

  /** Within {@code [[ … ]]}. */
  static final int CONDITION = 8;

  /** The right side of {@code ==}: extended patterns are on. */
  static final int PATTERN = 16;

  /** The right side of {@code =~}: parentheses and bars belong to the word. */
  static final int REGEX = 32;

  private static final int SUBSCRIPT = 1;
  private static final byte META = 1;
  private static final byte SPECIAL = 2;
  private static final byte[] CLASSES = new byte[128];

  static {
    for (char c : new char[] {' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')'}) {
      CLASSES[c] = META;
    }
    for (char c : "\\'\"`$=[{?*+@!~".toCharArray()) {
      CLASSES[c] = SPECIAL;
    }
  }

  /** Here-documents whose bodies start behind the next newline. */
  List<PendingHereDoc> pending = new ArrayList<>();

  /**
   * The lines of the parentheses or name, and of the brace, of the function header last read. A
   * function that holds another has the other's: bash notes them for both at the end.
   */
  int functionLine;

  int functionBodyLine;

  private int substitutionDepth;
  private boolean duplicates; // the last token was `<&' or `>&'

  /** A here-document still to be read. */
  record PendingHereDoc(Redirect.HereDoc target, boolean stripTabs, int line) {}

  Lexer(LineSource lines, Dialect dialect, int firstLine) {
    super(lines, dialect, firstLine);
  }

  Lexer(String text, Dialect dialect, int firstLine, SubstitutionTable known) {
    super(text, dialect, firstLine, known);
  }

  @Override
  CommandList readSubstitution() {
    List<PendingHereDoc> outer = pending;
    pending = new ArrayList<>();
    substitutionDepth++;
    int start = pos;
    CommandList body;
    try {
      body = new Parser(this).substitutionBody();
    } catch (SyntaxException e) {
      throw isText() && substitutionDepth == 1 ? inText(e, start) : e.inSubstitution();
    }
    substitutionDepth--;
    if (!pending.isEmpty()) {
      dialect.warning(
          line(),
          "command substitution: "
              + pending.size()
              + " unterminated here-document"
              + (pending.size() == 1 ? "" : "s"));
      pending.addAll(0, outer);
    } else {
      pending = outer;
    }
    return body;
  }

  /** Counts the lines of a substitution in a text from where it starts, as bash reads them. */
  private SyntaxException inText(SyntaxException e, int start) {
    int line = 1;
    int from = start;
    for (int i = start; i < Math.min(pos, limit) - 1; i++) {
      if (chars[i] == '\n') {
        line++;
        from = i + 1;
      }
    }
    int to = from;
    while (chars[to] != '\n') {
      to++;
    }
    boolean atEnd = e.endOfInput() && to > from; // which is behind a last line without a newline
    return e.inText(atEnd ? line + 1 : line, text(from, to));
  }

  /** The next token, read as the context says. */
  Token next(int context) {
    if (!skipBlanks()) {
      return new Token(Kind.END, pos, pos, line(), null);
    }
    int start = pos;
    char c = chars[pos];
    switch (c) {
      case '\n' -> {
        pos++;
        Token token = new Token(Kind.NEWLINE, start, pos, line(), null);
        if (!pending.isEmpty()) {
          HereDocuments.read(this);
          token.line = line(); // bash sees the newline only behind the documents
        }
        return token;
      }
      case ';' -> {
        if (behind(1) == ';') {
          return behind(2) == '&' ? operator(Kind.SEMI_SEMI_AND, 3) : operator(Kind.SEMI_SEMI, 2);
        }
        return behind(1) == '&' ? operator(Kind.SEMI_AND, 2) : operator(Kind.SEMICOLON, 1);
      }
      case '&' -> {
        char second = behind(1);
        if (second == '&') {
          return operator(Kind.AND_AND, 2);
        }
        if (second == '>') {
          return behind(2) == '>'
              ? redirect(Redirect.Operator.APPEND_BOTH)
              : redirect(Redirect.Operator.WRITE_BOTH);
        }
        return operator(Kind.AND, 1);
      }
      case '|' -> {
        if ((context & REGEX) != 0) {
          return word(context);
        }
        char second = behind(1);
        if (second == '|') {
          return operator(Kind.OR_OR, 2);
        }
        return second == '&' ? operator(Kind.PIPE_AND, 2) : operator(Kind.PIPE, 1);
      }
      case '(' -> {
        return (context & REGEX) != 0 ? word(context) : operator(Kind.OPEN, 1);
      }
      case ')' -> {
        return operator(Kind.CLOSE, 1);
      }
      case '<' -> {
        switch (behind(1)) {
          case '(':
            return word(context);
          case '<':
            return switch (behind(2)) {
              case '<' -> redirect(Redirect.Operator.HERE_STRING);
              case '-' -> redirect(Redirect.Operator.HERE_DOC_TABS);
              default -> redirect(Redirect.Operator.HERE_DOC);
            };
          case '&':
            return redirect(Redirect.Operator.DUP_IN);
          case '>':
            return redirect(Redirect.Operator.READ_WRITE);
          default:
            return redirect(Redirect.Operator.READ);
        }
      }
      case '>' -> {
        return switch (behind(1)) {
          case '(' -> word(context);
          case '>' -> redirect(Redirect.Operator.APPEND);
          case '&' -> redirect(Redirect.Operator.DUP_OUT);
          case '|' -> redirect(Redirect.Operator.CLOBBER);
          default -> redirect(Redirect.Operator.WRITE);
        };
      }
      default -> {
        return word(context);
      }
    }
  }

  /** Goes to the next token over blanks, comments and joined lines; false at the end of input. */
  private boolean skipBlanks() {
    while (more()) {
      char c = chars[pos];
      if (isBlank(c)) {
        pos++;
      } else if (c == '\\' && isContinuation(pos)) {
        joinLines(pos);
      } else if (c == '#') {
        while (chars[pos] != '\n') {
          pos++;
        }
        return true;
      } else {
        return true;
      }
    }
    return false;
  }

  /** The character some places on, with joined lines in between cut out. */
  private char behind(int distance) {
    while (isContinuation(pos + distance)) {
      joinLines(pos + distance);
    }
    return pos + distance < limit ? chars[pos + distance] : '\n';
  }

  private Token operator(Kind kind, int length) {
    int start = pos;
    pos += length;
    return new Token(kind, start, pos, line(), null);
  }

  private Token redirect(Redirect.Operator operator) {
    Token token = operator(Kind.REDIRECT, operator.text().length());
    token.redirect = operator;
    duplicates = operator == Redirect.Operator.DUP_IN || operator == Redirect.Operator.DUP_OUT;
    return token;
  }

  private Token word(int context) {
    Token token = new Token(pos);
    token.plain = true;
    SubstitutionTable outer = substitutions;
    substitutions = null;
    if (duplicates && chars[pos] == '-') {
      pos++; // `>&-' closes, whatever is written behind it
    } else {
      scanWord(token, context);
    }
    duplicates = false;
    if (substitutions != null) {
      token.substitutions = substitutions.within(token.start, pos);
    }
    substitutions = outer;
    token.end = pos;
    token.line = line();
    token.text = text(token.start, pos);
    char c = chars[pos];
    token.kind =
        (c == '<' || c == '>') && (context & CONDITION) == 0
            ? redirectPrefix(token.text)
            : Kind.WORD;
    return token;
  }

  /** Digits and <code>{name}</code> right before a redirection belong to it. */
  private static Kind redirectPrefix(String text) {
    char first = text.charAt(0);
    int last = text.length() - 1;
    if (first >= '0' && first <= '9' && last < 10) {
      for (int i = 1; i <= last; i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return Kind.WORD;
        }
      }
      return Long.parseLong(text) <= Integer.MAX_VALUE ? Kind.NUMBER : Kind.WORD;
    }
    if (first == '{' && last > 1 && text.charAt(last) == '}') {
      String name = text.substring(1, last);
      int end = Token.nameEnd(name);
      if (end > 0
          && (end == name.length()
              || name.charAt(end) == '['
                  && ArithParser.subscriptEnd(name, end) == name.length() - 1)) {
        return Kind.FD_VARIABLE;
      }
    }
    return Kind.WORD;
  }

  private void scanWord(Token token, int context) {
    boolean extended = (context & PATTERN) != 0 || dialect.extglob();
    while (true) {
      char c = chars[pos];
      byte kind = c < 128 ? CLASSES[c] : 0;
      if (kind == 0) {
        pos++;
        continue;
      }
      switch (c) {
        case '\\' -> {
          if (isContinuation(pos)) {
            joinLines(pos);
          } else {
            if (chars[pos + 1] == '\n') {
              replace(pos, pos, "\\"); // the input's last character stands for itself
            }
            token.plain = false;
            token.quoted = true;
            pos += 2;
          }
        }
        case '\'' -> {
          skipSingleQuotes();
          token.quoted = true;
          token.plain = false;
        }
        case '"' -> {
          skipDoubleQuotes();
          token.quoted = true;
          token.plain = false;
        }
        case '`' -> {
          skipBackquotes();
          token.plain = false;
        }
        case '$' -> {
          char second = behind(1);
          token.quoted |= second == '\'' || second == '"';
          token.plain = false;
          skipDollar(false);
        }
        case '<', '>' -> {
          if (behind(1) != '(') {
            return;
          }
          skipCommands();
          token.plain = false;
        }
        case '(', '|' -> {
          if ((context & REGEX) == 0) {
            return;
          }
          token.plain = false;
          if (c == '|') {
            pos++;
          } else {
            skipNested('(', ')');
          }
        }
        case '?', '*', '+', '@', '!' -> {
          token.plain &= c != '?' && c != '*';
          if (extended && behind(1) == '(') {
            pos++;
            skipNested('(', ')');
            token.plain = false;
          } else {
            pos++;
          }
        }
        case '[' -> {
          token.plain = false;
          if ((context & SUBSCRIPT) != 0 && token.subscriptEnd < 0 && isName(token.start, pos)
              || (context & ELEMENT) != 0 && pos == token.start) {
            skipNested('[', ']');
            token.subscriptEnd = pos - token.start;
          } else {
            pos++;
          }
        }
        case '=' -> {
          boolean first = token.equalsSign < 0;
          if (first) {
            token.equalsSign = pos - token.start;
          }
          if (first
              && (context & DECLARATION) != 0
              && behind(1) == '('
              && isAssignmentPrefix(token)) {
            pos++;
            readArray(token);
            token.arrayEnd = pos - token.start;
            token.plain = false;
          } else {
            pos++;
          }
        }
        case '{', '~' -> {
          pos++;
          token.plain = false;
        }
        default -> {
          return;
        }
      }
    }
  }

  /** Makes ready for the next line after an error. */
  void abandonCommand() {
    depth = 0;
    substitutionDepth = 0;
    substitutions = null;
    pending = new ArrayList<>();
    dropLine();
  }

  /** Whether what is being read lies between the parentheses of a substitution. */
  boolean insideSubstitution() {
    return substitutionDepth > 0;
  }

  /**
   * The index of the first delimiter outside of quotes, expansions and parentheses, or the end. For
   * a settled text.
   */
  int skipTo(int end, char delimiter) {
    int conditions = 0; // those of {@code a ? b : c}, whose colons are theirs
    while (pos < end) {
      char c = chars[pos];
      if (c == delimiter) {
        if (c != ':' || conditions == 0) {
          return pos;
        }
        conditions--;
      }
      switch (c) {
        case '\\' -> skipEscape();
        case '\'' -> skipSingleQuotes();
        case '"' -> skipDoubleQuotes();
        case '`' -> skipBackquotes();
        case '$' -> skipDollar(false);
        case '(' -> {
          if (delimiter == '/') {
            pos++;
          } else {
            skipNested('(', ')');
          }
        }
        case '?' -> {
          conditions++;
          pos++;
        }
        default -> pos++;
      }
    }
    return end;
  }

  /** Reads {@code (elements)} of an array literal. */
  private void readArray(Token token) {
    int startLine = line();
    pos++;
    List<Assignment.Element> elements = new ArrayList<>();
    while (true) {
      Token item = nextElement();
      switch (item.kind) {
        case NEWLINE -> {}
        case CLOSE -> {
          token.array = List.copyOf(elements);
          return;
        }
        case WORD -> {
          elements.add(item.element(dialect));
          for (int n = 0; n < item.substitutions.count(); n++) {
            if (substitutions == null) {
              substitutions = new SubstitutionTable();
            }
            substitutions.add(
                item.start + item.substitutions.start(n),
                item.start + item.substitutions.end(n),
                item.substitutions.item(n));
          }
        }
        case END ->
            throw SyntaxException.of(
                SyntaxException.Kind.ARRAY_LITERAL,
                startLine,
                "unexpected EOF while looking for matching `)'");
        default -> throw unexpected(item, SyntaxException.Kind.ARRAY_LITERAL);
      }
    }
  }

  private Token nextElement() {
    int outer = substitutionDepth;
    try {
      return next(ELEMENT);
    } catch (SyntaxException e) {
      if (!e.endOfInput()) {
        throw e;
      }
      // bash goes on to miss the parenthesis as well
      substitutionDepth = outer;
      List<SyntaxException.Message> messages = new ArrayList<>(e.messages());
      messages.addAll(
          unexpected(new Token(Kind.END, pos, pos, line(), null), SyntaxException.Kind.PLAIN)
              .messages());
      throw new SyntaxException(SyntaxException.Kind.ARRAY_LITERAL, line(), messages);
    }
  }

  /** The error of a token that does not fit the grammar. */
  SyntaxException unexpected(Token token, SyntaxException.Kind kind) {
    String display = token.display();
    if (display == null) {
      if (insideSubstitution()) {
        return unmatched(')', token.line);
      }
      return SyntaxException.of(
          SyntaxException.Kind.END_OF_INPUT, token.line, "syntax error: unexpected end of file");
    }
    return new SyntaxException(
        kind,
        token.line,
        List.of(
            new SyntaxException.Message(
                token.line, "syntax error near unexpected token `" + display + "'"),
            new SyntaxException.Message(token.line, "`" + sourceLine() + "'")));
  }

  private boolean isName(int from, int to) {
    if (from == to || !ArithParser.isNameStart(chars[from])) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (!ArithParser.isNamePart(chars[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the word so far, in front of an equals sign, is a name or an element. */
  private boolean isAssignmentPrefix(Token token) {
    int end = pos;
    if (end > token.start && chars[end - 1] == '+') {
      end--;
    }
    return isName(token.start, end)
        || token.subscriptEnd >= 0 && token.start + token.subscriptEnd == end
        || end > token.start && chars[end - 1] == ']' && isElement(token.start, end);
  }

  /** Whether these characters are {@code name[…]}, read where subscripts are not looked for. */
  private boolean isElement(int from, int to) {
    String text = text(from, to);
    int name = Token.nameEnd(text);
    return name > 0
        && text.charAt(name) == '['
        && ArithParser.subscriptEnd(text, name) == text.length() - 1;
  }
}
