package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.CommandList.Item;
import dev.qanat.shell.syntax.CommandList.Terminator;
import dev.qanat.shell.syntax.Token.Kind;
import dev.qanat.shell.syntax.Token.Reserved;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads bash. A script is read command by command, so that a line may change how the next ones read
 * (aliases, {@code shopt -s extglob}) and an error comes only after what stands before it has run.
 */
public final class Parser {
  private final Lexer lexer;
  private final boolean aliases;
  private final CommandParser commands;
  private Token token; // read but not yet used

  /**
   * A parser over lines.
   *
   * @param firstLine the number of the first line
   */
  public Parser(LineSource source, Dialect dialect, int firstLine) {
    this.lexer = new Lexer(source, dialect, firstLine);
    this.aliases = true;
    this.commands = new CommandParser(this, lexer);
  }

  /** A parser of what a substitution holds, on its lexer. */
  Parser(Lexer lexer) {
    this.lexer = lexer;
    this.aliases = lexer.dialect.posix();
    this.commands = new CommandParser(this, lexer);
  }

  /** A parser over a text, as of {@code bash -c}, {@code eval} or a script file. */
  public static Parser of(String text, Dialect dialect, int firstLine) {
    return new Parser(new TextLines(text), dialect, firstLine);
  }

  /** The lines of a text. */
  private static final class TextLines implements LineSource {
    private final String text;
    private int at;

    TextLines(String text) {
      this.text = text;
    }

    @Override
    public String next(boolean continuation) {
      if (at == text.length()) {
        return null;
      }
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline + 1;
      String line = text.substring(at, end);
      at = end;
      return line;
    }
  }

  /** A whole text as one list, without aliases. */
  static CommandList parse(String text, Dialect dialect, int firstLine) {
    Parser parser = new Parser(new Lexer(new TextLines(text), dialect, firstLine));
    parser.skipNewlines();
    if (parser.peekCommand().kind == Kind.END) {
      return CommandList.EMPTY;
    }
    CommandList list = parser.compoundList();
    Token behind = parser.peek();
    if (behind.kind != Kind.END) {
      throw parser.unexpected(behind);
    }
    return list;
  }

  /**
   * The next complete command: the list up to the end of a line, perhaps empty. May suspend in its
   * source.
   *
   * @return null at the end of input
   * @throws SyntaxException when the input is not bash; a script ends there, an interactive shell
   *     calls again, which goes on with the next line
   */
  public CommandList nextCommand() {
    lexer.startCommand();
    boolean done = false;
    try {
      Token first = peekCommand();
      if (first.kind == Kind.END) {
        done = true;
        return null;
      }
      CommandList list = first.kind == Kind.NEWLINE ? CommandList.EMPTY : commandLine();
      done = true;
      return list;
    } finally {
      token = null;
      if (!done) {
        lexer.abandonCommand();
      }
    }
  }

  /** The number of the line last read, which is the line of the next command less one. */
  public int line() {
    return lexer.line();
  }

  /** Says which line the last one read was: bash counts with the number its commands change. */
  public void setLine(int number) {
    lexer.setLine(number);
  }

  /** The list up to and with the end of the line. */
  private CommandList commandLine() {
    List<Item> items = new ArrayList<>();
    while (true) {
      AndOr andOr = andOr();
      Token separator = peek();
      switch (separator.kind) {
        case SEMICOLON -> items.add(new Item(andOr, Terminator.SEMICOLON));
        case AND -> items.add(new Item(andOr, Terminator.BACKGROUND));
        case NEWLINE, END -> {
          items.add(new Item(andOr, Terminator.NEWLINE));
          return new CommandList(List.copyOf(items));
        }
        default -> throw unexpected(separator);
      }
      take();
      Kind next = peekCommand().kind;
      if (next == Kind.NEWLINE || next == Kind.END) {
        return new CommandList(List.copyOf(items));
      }
    }
  }

  /** What stands between the parentheses of a substitution; takes the closing one. */
  CommandList substitutionBody() {
    skipNewlines();
    CommandList list = peekCommand().kind == Kind.CLOSE ? CommandList.EMPTY : compoundList();
    Token close = peek();
    if (close.kind != Kind.CLOSE) {
      throw close.kind == Kind.END ? lexer.unmatched(')', close.line) : unexpected(close);
    }
    return list;
  }

  /** A list inside of a compound command, up to the word or operator that ends it. */
  CommandList compoundList() {
    skipNewlines();
    List<Item> items = new ArrayList<>();
    do {
      AndOr andOr = andOr();
      Terminator terminator = Terminator.SEMICOLON;
      boolean more = true;
      switch (peek().kind) {
        case SEMICOLON -> take();
        case NEWLINE -> terminator = Terminator.NEWLINE;
        case AND -> {
          take();
          terminator = Terminator.BACKGROUND;
        }
        default -> more = false;
      }
      items.add(new Item(andOr, terminator));
      if (!more) {
        break;
      }
      skipNewlines();
    } while (!endsList(peekCommand()));
    int last = items.size() - 1;
    if (items.get(last).terminator() == Terminator.NEWLINE) {
      // how the last one ends makes no difference, and goes when the list is printed
      items.set(last, new Item(items.get(last).andOr(), Terminator.SEMICOLON));
    }
    return new CommandList(List.copyOf(items));
  }

  private static boolean endsList(Token next) {
    return switch (next.kind) {
      case END, CLOSE, SEMI_SEMI, SEMI_AND, SEMI_SEMI_AND -> true;
      case WORD ->
          switch (next.reserved()) {
            case THEN, ELSE, ELIF, FI, DO, DONE, ESAC, CLOSE_BRACE -> true;
            default -> false;
          };
      default -> false;
    };
  }

  private AndOr andOr() {
    Pipeline first = pipeline();
    List<AndOr.Link> rest = List.of();
    while (true) {
      Kind kind = peek().kind;
      if (kind != Kind.AND_AND && kind != Kind.OR_OR) {
        return new AndOr(first, rest);
      }
      take();
      skipNewlines();
      if (rest.isEmpty()) {
        rest = new ArrayList<>();
      }
      rest.add(new AndOr.Link(kind == Kind.AND_AND, pipeline()));
    }
  }

  private Pipeline pipeline() {
    boolean negated = false;
    boolean timed = false;
    boolean timePosix = false;
    Token first = peekCommand();
    Position position = position(first);
    boolean prefix = false;
    while (true) {
      if (first.reserved() == Reserved.BANG) {
        take();
        negated = !negated;
      } else if (first.reserved() == Reserved.TIME && !isTimeCommand()) {
        take();
        timed = true;
        if (peekCommand().isWord("-p")) {
          take();
          timePosix = true;
        }
        if (peekCommand().isWord("--")) {
          take();
          timePosix = true;
        }
      } else {
        break;
      }
      prefix = true;
      first = peekCommand();
    }
    if (prefix
        && (first.kind == Kind.NEWLINE || first.kind == Kind.SEMICOLON || first.kind == Kind.END)) {
      Command nothing = new Command.Simple(List.of(), List.of(), List.of(), position);
      return new Pipeline(negated, timed, timePosix, List.of(nothing), position);
    }
    Command command = command();
    Kind bar = peek().kind;
    if (bar != Kind.PIPE && bar != Kind.PIPE_AND) {
      return new Pipeline(negated, timed, timePosix, List.of(command), position);
    }
    List<Command> commands = new ArrayList<>();
    while (bar == Kind.PIPE || bar == Kind.PIPE_AND) {
      commands.add(bar == Kind.PIPE ? command : CommandParser.withStderr(command));
      take();
      skipNewlines();
      command = command();
      bar = peek().kind;
    }
    commands.add(command);
    return new Pipeline(negated, timed, timePosix, List.copyOf(commands), position);
  }

  /** In POSIX mode {@code time} before an option is the command of that name. */
  private boolean isTimeCommand() {
    if (!lexer.dialect.posix()) {
      return false;
    }
    int i = token.end;
    while (i < lexer.limit && SourceBuffer.isBlank(lexer.chars[i])) {
      i++;
    }
    return i < lexer.limit && lexer.chars[i] == '-';
  }

  private Command command() {
    lexer.enter();
    Command command = commands.command();
    lexer.leave();
    return command;
  }

  /** The next token, not yet taken; a word of no special place. */
  Token peek() {
    return peek(0);
  }

  /** The next token; the context matters only if it has not been read yet. */
  Token peek(int context) {
    if (token == null) {
      token = lexer.next(context);
    }
    return token;
  }

  /** The next token, where a command or a reserved word may stand: aliases are expanded. */
  Token peekCommand() {
    peek(Lexer.COMMAND);
    while (aliases && token.kind == Kind.WORD && expandAlias(true)) {
      peek(Lexer.COMMAND);
    }
    return token;
  }

  /** The next token as an argument; it may be an alias behind an alias that ends in a blank. */
  Token peekArgument(int context) {
    peek(context);
    while (aliases && token.kind == Kind.WORD && lexer.insideAlias() && expandAlias(false)) {
      peek(context);
    }
    return token;
  }

  private boolean expandAlias(boolean eligible) {
    // In POSIX mode a reserved word is one before it is an alias
    if (token.quoted
        || token.text.isEmpty()
        || lexer.dialect.posix() && eligible && token.reserved() != Reserved.NONE
        || !lexer.expandAlias(token.text, token.start, token.end, eligible)) {
      return false;
    }
    token = null;
    return true;
  }

  /** Uses up the token that was peeked at. */
  Token take() {
    Token taken = token;
    token = null;
    return taken;
  }

  /**
   * Goes on to the end of the line behind an error, as bash does to find a place to begin anew:
   * what it cannot read there is an error as well.
   */
  SyntaxException skipLine(SyntaxException error) {
    boolean start = false;
    token = null;
    try {
      while (true) {
        Token next = peek(start ? Lexer.COMMAND : 0);
        if (next.kind == Kind.NEWLINE) {
          return error;
        }
        if (next.kind == Kind.END) {
          return error.of(SyntaxException.Kind.PLAIN);
        }
        boolean arithmetic = start && next.kind == Kind.OPEN && lexer.chars[lexer.pos] == '(';
        start = next.kind != Kind.WORD && next.kind != Kind.REDIRECT;
        if (arithmetic) {
          lexer.pos--;
          lexer.skipNested('(', ')');
        }
        take();
      }
    } catch (SyntaxException e) {
      return error.followedBy(e);
    }
  }

  void skipNewlines() {
    while (peek(Lexer.COMMAND).kind == Kind.NEWLINE) {
      take();
    }
  }

  Position position(Token at) {
    return position(at, at.line);
  }

  /** The position of a command whose line, as bash has it, is not that of its first token. */
  Position position(Token at, int line) {
    return new Position(line, lexer.offset(at.start));
  }

  SyntaxException unexpected(Token at) {
    return lexer.unexpected(at, SyntaxException.Kind.PLAIN);
  }
}
