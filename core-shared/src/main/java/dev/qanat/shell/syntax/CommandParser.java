package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.Token.Kind;
import dev.qanat.shell.syntax.Token.Reserved;
import java.util.ArrayList;
import java.util.List;

/** The part of the grammar that reads one command. */
final class CommandParser {
  private final Parser parser;
  private final Lexer lexer;

  CommandParser(Parser parser, Lexer lexer) {
    this.parser = parser;
    this.lexer = lexer;
  }

  Command command() {
    Token first = parser.peekCommand();
    if (first.kind == Kind.WORD && !first.quoted) {
      if (first.reserved() == Reserved.FUNCTION) {
        return functionKeyword();
      }
      if (first.reserved() == Reserved.COPROC) {
        return coproc();
      }
    }
    Command compound = compound(first);
    if (compound != null) {
      return compound;
    }
    return switch (first.kind) {
      case WORD -> {
        if (first.reserved() != Reserved.NONE && first.reserved() != Reserved.TIME) {
          throw parser.unexpected(first);
        }
        yield simple();
      }
      case NUMBER, FD_VARIABLE, REDIRECT -> simple();
      default -> throw parser.unexpected(first);
    };
  }

  /** The compound command that starts with this token and its redirections, or null. */
  private Command compound(Token first) {
    if (first.kind == Kind.OPEN) {
      return parenthesis();
    }
    return switch (first.reserved()) {
      case OPEN_BRACE -> {
        Token open = parser.take();
        CommandList body = parser.compoundList();
        expect(Reserved.CLOSE_BRACE);
        yield new Command.BraceGroup(body, redirects(), parser.position(open));
      }
      case IF -> ifCommand();
      case WHILE, UNTIL -> whileCommand();
      case FOR -> forCommand();
      case SELECT -> {
        Token select = parser.take();
        yield wordLoop(select, true);
      }
      case CASE -> caseCommand();
      case OPEN_COND -> {
        Token open = parser.take();
        CondParser condition = new CondParser(parser, lexer, open.line);
        CondExpr expression = condition.read();
        yield new Command.Cond(
            expression, redirects(), parser.position(open, condition.expressionLine()));
      }
      default -> null;
    };
  }

  private void expect(Reserved word) {
    Token next = parser.peekCommand();
    if (next.reserved() != word) {
      throw parser.unexpected(next);
    }
    parser.take();
  }

  private List<Redirect> redirects() {
    List<Redirect> redirects = List.of();
    while (isRedirect(parser.peek())) {
      if (redirects.isEmpty()) {
        redirects = new ArrayList<>();
      }
      redirects.add(redirect());
    }
    return redirects;
  }

  private static boolean isRedirect(Token token) {
    return token.kind == Kind.REDIRECT
        || token.kind == Kind.NUMBER
        || token.kind == Kind.FD_VARIABLE;
  }

  private Redirect redirect() {
    int fd = -1;
    String variable = null;
    Token token = parser.take();
    if (token.kind == Kind.NUMBER) {
      fd = Integer.parseInt(token.text);
      token = parser.peek();
      parser.take();
    } else if (token.kind == Kind.FD_VARIABLE) {
      variable = token.text.substring(1, token.text.length() - 1);
      token = parser.peek();
      parser.take();
    }
    Redirect.Operator operator = token.redirect;
    Token target = parser.peek();
    boolean duplicates =
        operator == Redirect.Operator.DUP_IN || operator == Redirect.Operator.DUP_OUT;
    if (target.kind != Kind.WORD && !(duplicates && target.kind == Kind.NUMBER)) {
      throw parser.unexpected(target);
    }
    parser.take();
    if (duplicates && fd < 0) {
      fd = operator.defaultFd(); // as bash prints it
    }
    Redirect.HereDoc document = null;
    boolean stripTabs = operator == Redirect.Operator.HERE_DOC_TABS;
    if (stripTabs || operator == Redirect.Operator.HERE_DOC) {
      document =
          new Redirect.HereDoc(
              target.quoted ? WordReader.unquote(target.text) : target.text, target.quoted);
      lexer.pending.add(new Lexer.PendingHereDoc(document, stripTabs, lexer.line()));
    }
    return new Redirect(fd, variable, operator, target.word(lexer.dialect), document);
  }

  /** The command with {@code 2>&1} behind its other redirections. */
  static Command withStderr(Command command) {
    List<Redirect> redirects = new ArrayList<>(command.redirects());
    redirects.add(new Redirect(2, null, Redirect.Operator.DUP_OUT, Word.plain("1"), null));
    if (command instanceof Command.Simple c) {
      return new Command.Simple(c.assignments(), c.words(), redirects, c.position());
    } else if (command instanceof Command.BraceGroup c) {
      return new Command.BraceGroup(c.body(), redirects, c.position());
    } else if (command instanceof Command.Subshell c) {
      return new Command.Subshell(c.body(), redirects, c.position());
    } else if (command instanceof Command.If c) {
      return new Command.If(c.clauses(), c.otherwise(), redirects, c.position());
    } else if (command instanceof Command.For c) {
      return new Command.For(c.variable(), c.words(), c.body(), redirects, c.position());
    } else if (command instanceof Command.ArithFor c) {
      return new Command.ArithFor(
          c.init(), c.condition(), c.step(), c.body(), redirects, c.position());
    } else if (command instanceof Command.While c) {
      return new Command.While(c.until(), c.condition(), c.body(), redirects, c.position());
    } else if (command instanceof Command.Case c) {
      return new Command.Case(c.word(), c.clauses(), redirects, c.position());
    } else if (command instanceof Command.Select c) {
      return new Command.Select(c.variable(), c.words(), c.body(), redirects, c.position());
    } else if (command instanceof Command.Cond c) {
      return new Command.Cond(c.expression(), redirects, c.position());
    } else if (command instanceof Command.Arith c) {
      return new Command.Arith(c.expression(), redirects, c.position());
    }
    return command; // a definition writes nothing
  }

  private Command simple() {
    List<Assignment> assignments = List.of();
    List<Word> words = new ArrayList<>(4);
    List<Redirect> redirects = List.of();
    Token first = parser.peekCommand();
    int line = first.line;
    int count = 0;
    int context = Lexer.COMMAND;
    while (true) {
      Token next = words.isEmpty() ? parser.peekCommand() : parser.peekArgument(context);
      // a first word may be a function's name: bash notes the line when it has seen what follows
      if (count == 1 && words.size() == 1) {
        line = next.line;
      }
      if (isRedirect(next)) {
        if (redirects.isEmpty()) {
          redirects = new ArrayList<>(2);
        }
        redirects.add(redirect());
      } else if (next.kind == Kind.WORD) {
        Assignment assignment = next.equalsSign > 0 ? next.assignment(lexer.dialect) : null;
        parser.take();
        if (words.isEmpty() && assignment != null) {
          if (assignments.isEmpty()) {
            assignments = new ArrayList<>(2);
          }
          assignments.add(assignment);
        } else {
          Word word = next.word(lexer.dialect);
          word.setAssignment(assignment);
          words.add(word);
          if (words.size() == 1) {
            context = takesArrayLiterals(next) ? Lexer.DECLARATION : 0;
          }
        }
      } else if (next.kind == Kind.OPEN && count == 1 && words.size() == 1) {
        return functionParentheses(first);
      } else {
        break;
      }
      count++;
    }
    return new Command.Simple(assignments, words, redirects, parser.position(first, line));
  }

  private static boolean takesArrayLiterals(Token command) {
    return switch (command.text) {
      case "declare", "typeset", "local", "export", "readonly", "alias", "eval", "let" -> true;
      default -> false;
    };
  }

  private Command functionParentheses(Token name) {
    parser.take();
    Token close = parser.peek();
    if (close.kind != Kind.CLOSE) {
      throw parser.unexpected(close);
    }
    parser.take();
    lexer.functionLine = close.line;
    return function(name, false);
  }

  private Command functionKeyword() {
    parser.take();
    Token name = parser.peek();
    if (name.kind != Kind.WORD) {
      throw parser.unexpected(name);
    }
    parser.take();
    lexer.functionLine = name.line;
    Token next = parser.peekCommand();
    if (next.kind == Kind.OPEN && parenthesesAreEmpty(next.end)) {
      parser.take();
      lexer.functionLine = parser.peek().line;
      parser.take();
    }
    return function(name, true);
  }

  private boolean parenthesesAreEmpty(int from) {
    int i = from;
    while (i < lexer.limit && SourceBuffer.isBlank(lexer.chars[i])) {
      i++;
    }
    return i < lexer.limit && lexer.chars[i] == ')';
  }

  private Command function(Token name, boolean keyword) {
    parser.skipNewlines();
    Token first = parser.peekCommand();
    if (first.reserved() == Reserved.OPEN_BRACE) {
      lexer.functionBodyLine = first.line;
    }
    lexer.enter();
    Command body = compound(first);
    lexer.leave();
    if (body == null) {
      throw parser.unexpected(first);
    }
    return new Command.Function(
        name.text,
        keyword,
        body,
        parser.position(name, lexer.functionLine),
        parser.position(first, lexer.functionBodyLine));
  }

  private Command coproc() {
    Token coproc = parser.take();
    Token first = parser.peekCommand();
    Command command = compound(first);
    String name = "COPROC";
    if (command == null) {
      if (first.kind != Kind.WORD && !isRedirect(first)) {
        throw parser.unexpected(first);
      }
      if (first.kind == Kind.WORD && !first.isAssignment() && compoundFollows(first.end)) {
        parser.take();
        name = first.text;
        command = compound(parser.peekCommand());
      }
      if (command == null) {
        command = command();
      }
    }
    return new Command.Coproc(name, command, parser.position(coproc));
  }

  /** Whether the word that starts behind an index opens a compound command. */
  private boolean compoundFollows(int from) {
    int i = from;
    while (i < lexer.limit && SourceBuffer.isBlank(lexer.chars[i])) {
      i++;
    }
    if (i < lexer.limit && lexer.chars[i] == '(') {
      return i > from;
    }
    int end = i;
    while (end < lexer.limit && " \t\n;&|<>()".indexOf(lexer.chars[end]) < 0) {
      end++;
    }
    return switch (lexer.text(i, end)) {
      case "{", "if", "while", "until", "for", "case", "select", "[[" -> true;
      default -> false;
    };
  }

  /** A subshell, or an arithmetic command. */
  private Command parenthesis() {
    Token open = parser.take();
    if (lexer.pos < lexer.limit && lexer.chars[lexer.pos] == '(') {
      Arithmetic expression = arithmetic();
      if (expression != null) {
        int line = lexer.line();
        return new Command.Arith(expression, redirects(), parser.position(open, line));
      }
    }
    CommandList body = parser.compoundList();
    Token close = parser.peek();
    if (close.kind != Kind.CLOSE) {
      throw parser.unexpected(close);
    }
    parser.take();
    return new Command.Subshell(body, redirects(), parser.position(open, close.line));
  }

  /**
   * Reads to the {@code ))} that ends an expression, the lexer standing at the second opening
   * parenthesis. Null, and nothing read, when the parentheses turn out to be subshells.
   */
  private Arithmetic arithmetic() {
    int start = lexer.pos;
    QuoteScanner.SubstitutionTable outer = lexer.substitutions;
    lexer.substitutions = null;
    lexer.skipNested('(', ')');
    QuoteScanner.SubstitutionTable inside = lexer.substitutions;
    lexer.substitutions = outer;
    if (lexer.pos < lexer.limit && lexer.chars[lexer.pos] == ')') {
      String text = lexer.text(start + 1, lexer.pos - 1);
      inside =
          inside == null
              ? QuoteScanner.SubstitutionTable.EMPTY
              : inside.within(start + 1, lexer.pos - 1);
      lexer.pos++;
      return arithmetic(text, inside);
    }
    lexer.pos = start;
    return null;
  }

  private Arithmetic arithmetic(String text, QuoteScanner.SubstitutionTable inside) {
    return new Arithmetic(
        text, new Word(text, WordReader.Mode.ARITHMETIC, inside, lexer.dialect).at(lexer.line()));
  }

  private Command ifCommand() {
    Token first = parser.take();
    List<Command.IfClause> clauses = new ArrayList<>(2);
    CommandList otherwise = null;
    while (true) {
      CommandList condition = parser.compoundList();
      expect(Reserved.THEN);
      clauses.add(new Command.IfClause(condition, parser.compoundList()));
      Token next = parser.peekCommand();
      if (next.reserved() == Reserved.ELIF) {
        parser.take();
        continue;
      }
      if (next.reserved() == Reserved.ELSE) {
        parser.take();
        otherwise = parser.compoundList();
      }
      expect(Reserved.FI);
      return new Command.If(clauses, otherwise, redirects(), parser.position(first));
    }
  }

  private Command whileCommand() {
    Token first = parser.take();
    CommandList condition = parser.compoundList();
    expect(Reserved.DO);
    CommandList body = parser.compoundList();
    expect(Reserved.DONE);
    return new Command.While(
        first.reserved() == Reserved.UNTIL, condition, body, redirects(), parser.position(first));
  }

  private Command forCommand() {
    Token first = parser.take();
    Token next = parser.peek();
    if (next.kind == Kind.OPEN && lexer.pos < lexer.limit && lexer.chars[lexer.pos] == '(') {
      parser.take();
      return arithFor(first);
    }
    return wordLoop(first, false);
  }

  /** {@code for} and {@code select} over words. */
  private Command wordLoop(Token first, boolean select) {
    Token name = parser.peek();
    if (name.kind != Kind.WORD) {
      throw parser.unexpected(name);
    }
    parser.take();
    List<Word> words = null;
    Token next = parser.peekCommand();
    if (next.kind == Kind.SEMICOLON) {
      parser.take();
      parser.skipNewlines();
    } else {
      parser.skipNewlines();
      if (parser.peekCommand().reserved() == Reserved.IN) {
        parser.take();
        words = loopWords();
      }
    }
    CommandList body = loopBody();
    return select
        ? new Command.Select(name.text, words, body, redirects(), parser.position(first, name.line))
        : new Command.For(name.text, words, body, redirects(), parser.position(first, name.line));
  }

  private List<Word> loopWords() {
    List<Word> words = new ArrayList<>();
    while (true) {
      Token next = parser.peekArgument(0);
      if (next.kind == Kind.WORD) {
        parser.take();
        words.add(next.word(lexer.dialect));
      } else if (next.kind == Kind.SEMICOLON || next.kind == Kind.NEWLINE) {
        parser.take();
        parser.skipNewlines();
        return words;
      } else {
        throw parser.unexpected(next);
      }
    }
  }

  /** {@code do list; done} or <code>{ list; }</code>. */
  private CommandList loopBody() {
    boolean braces = parser.peekCommand().reserved() == Reserved.OPEN_BRACE;
    expect(braces ? Reserved.OPEN_BRACE : Reserved.DO);
    CommandList body = parser.compoundList();
    expect(braces ? Reserved.CLOSE_BRACE : Reserved.DONE);
    return body;
  }

  private Command arithFor(Token first) {
    int line = lexer.line();
    Arithmetic all = arithmetic();
    if (all == null) {
      throw parser.unexpected(new Token(Kind.OPEN, lexer.pos, lexer.pos, line, null));
    }
    List<Arithmetic> parts = expressions(all.text(), all.word().substitutions());
    if (parts.size() != 3) {
      String problem =
          parts.size() < 3
              ? "syntax error: arithmetic expression required"
              : "syntax error: `;' unexpected";
      throw new SyntaxException(
          SyntaxException.Kind.PLAIN,
          line,
          List.of(
              new SyntaxException.Message(line, problem),
              new SyntaxException.Message(line, "syntax error: `((" + all.text() + "))'")));
    }
    Token next = parser.peekCommand();
    if (next.kind == Kind.SEMICOLON) {
      parser.take();
    }
    parser.skipNewlines();
    CommandList body = loopBody();
    return new Command.ArithFor(
        parts.get(0), parts.get(1), parts.get(2), body, redirects(), parser.position(first, line));
  }

  /** The expressions between the semicolons; a missing one is 1, as bash has it. */
  private List<Arithmetic> expressions(String text, QuoteScanner.SubstitutionTable inside) {
    List<Arithmetic> parts = new ArrayList<>(3);
    Lexer scanner = new Lexer(text, Dialect.BASH, 1, QuoteScanner.SubstitutionTable.EMPTY);
    int start = 0;
    while (true) {
      int end = scanner.skipTo(text.length(), ';');
      int from = start;
      while (from < end && SourceBuffer.isBlank(text.charAt(from))) {
        from++;
      }
      parts.add(
          from == end
              ? new Arithmetic("1")
              : arithmetic(text.substring(from, end), inside.within(from, end)));
      if (end == text.length()) {
        return parts;
      }
      start = end + 1;
      scanner.pos = start;
    }
  }

  private Command caseCommand() {
    Token first = parser.take();
    Token word = parser.peek();
    if (word.kind != Kind.WORD) {
      throw parser.unexpected(word);
    }
    parser.take();
    parser.skipNewlines();
    expect(Reserved.IN);
    List<Command.CaseClause> clauses = new ArrayList<>();
    while (true) {
      while (parser.peek().kind == Kind.NEWLINE) {
        parser.take();
      }
      Token next = parser.peek();
      if (next.reserved() == Reserved.ESAC) {
        break;
      }
      clauses.add(caseClause(next));
      Command.CaseEnd end = clauses.get(clauses.size() - 1).end();
      if (end == null) {
        break;
      }
    }
    expect(Reserved.ESAC);
    int last = clauses.size() - 1;
    if (last >= 0 && clauses.get(last).end() == null) {
      Command.CaseClause open = clauses.get(last);
      clauses.set(
          last, new Command.CaseClause(open.patterns(), open.body(), Command.CaseEnd.BREAK));
    }
    return new Command.Case(
        word.word(lexer.dialect), clauses, redirects(), parser.position(first, word.line));
  }

  /** One clause; its end is null when {@code esac} must follow. */
  private Command.CaseClause caseClause(Token first) {
    if (first.kind == Kind.OPEN) {
      parser.take();
    }
    List<Word> patterns = new ArrayList<>(2);
    while (true) {
      Token pattern = parser.peek();
      if (pattern.kind != Kind.WORD) {
        throw parser.unexpected(pattern);
      }
      parser.take();
      patterns.add(pattern.word(lexer.dialect));
      Token next = parser.peek();
      if (next.kind != Kind.PIPE && next.kind != Kind.CLOSE) {
        throw parser.unexpected(next);
      }
      parser.take();
      if (next.kind == Kind.CLOSE) {
        break;
      }
    }
    parser.skipNewlines();
    Token next = parser.peekCommand();
    CommandList body = CommandList.EMPTY;
    if (clauseEnd(next.kind) == null && next.reserved() != Reserved.ESAC) {
      body = parser.compoundList();
      next = parser.peekCommand();
    }
    Command.CaseEnd end = clauseEnd(next.kind);
    if (end != null) {
      parser.take();
    }
    return new Command.CaseClause(patterns, body, end);
  }

  private static Command.CaseEnd clauseEnd(Kind kind) {
    return switch (kind) {
      case SEMI_SEMI -> Command.CaseEnd.BREAK;
      case SEMI_AND -> Command.CaseEnd.FALL_THROUGH;
      case SEMI_SEMI_AND -> Command.CaseEnd.TEST_NEXT;
      default -> null;
    };
  }
}
