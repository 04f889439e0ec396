package dev.qanat.shell.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands of a command or process substitution. bash reads them once to find the end, and
 * again, with the aliases of that moment, when it runs them; {@link #body()} is that first reading,
 * without aliases. A shell with aliases in force parses {@link #source()} anew. The reading of
 * {@code `…`} waits for the first use, so an error in it appears only then.
 */
public final class Substitution {
  private final String source;
  private final boolean backquoted;
  private final boolean laidOut;
  private final int line;
  private final Dialect dialect;
  private CommandList body;
  private List<Line> lines;

  /**
   * {@code laidOut}: read with a script's word. bash keeps of it not the text but the commands, and
   * runs what it prints of them; of backquotes and of what stands in a here-document, the text.
   */
  Substitution(
      String source,
      boolean backquoted,
      boolean laidOut,
      int line,
      CommandList body,
      Dialect dialect) {
    // behind a second parenthesis bash looks for the end by quotes and pairs and keeps the text
    this.laidOut = laidOut && !source.startsWith("(");
    this.dialect = dialect;
    this.source = source;
    this.backquoted = backquoted;
    this.line = line;
    this.body = body;
  }

  /** The text between the delimiters; for backquotes with their backslashes removed. */
  public String source() {
    return source;
  }

  /** Whether written with backquotes. */
  public boolean backquoted() {
    return backquoted;
  }

  /** The line it starts on. */
  public int line() {
    return line;
  }

  /**
   * The commands.
   *
   * @throws SyntaxException when the text is not a list: for backquotes and behind a second
   *     parenthesis
   */
  public CommandList body() {
    if (body == null) {
      body =
          backquoted
              ? Parser.parse(source, dialect, line)
              : Word.of("<(" + source + ")", dialect).substitutions().item(0).body();
    }
    return body;
  }

  /** The text that is read again and run, whose lines are counted from that of the command. */
  public String text() {
    return laidOut ? Printer.substitution(body) : source;
  }

  /** What stands between the parentheses when the word is printed. */
  String printed() {
    return !backquoted && source.startsWith("(") ? source : Printer.substitution(body());
  }

  /**
   * A command of the text as it is read, up to a newline.
   *
   * @param first the number that the text's first line has in it
   * @param last the number of the line it ends on
   */
  public record Line(CommandList commands, int first, int last) {}

  /**
   * The commands with the lines they have in {@link #text}.
   *
   * @throws SyntaxException as {@link #body}
   */
  public List<Line> lines() {
    if (lines == null) {
      int line = onOneLine(body());
      lines = line < 0 ? linesAnew() : List.of(new Line(body(), line, line));
    }
    return lines;
  }

  private List<Line> linesAnew() {
    try {
      List<Line> again = read(text(), dialect);
      List<CommandList.Item> items = new ArrayList<>();
      for (Line line : again) {
        items.addAll(line.commands().items());
      }
      if (Printer.substitution(new CommandList(items)).equals(Printer.substitution(body()))) {
        return again;
      }
    } catch (SyntaxException e) {
      // options that change how words are read are not what they were
    }
    return List.of(new Line(body(), line, line));
  }

  /**
   * Reads a text's commands, with the aliases of the dialect.
   *
   * @throws SyntaxException when it is not bash
   */
  public static List<Line> read(String text, Dialect dialect) {
    Parser parser = Parser.of(text, dialect, 1);
    List<Line> lines = new ArrayList<>();
    for (CommandList l = parser.nextCommand(); l != null; l = parser.nextCommand()) {
      if (!l.items().isEmpty()) {
        lines.add(new Line(l, 1, parser.line()));
      }
    }
    return lines;
  }

  /** The line that all commands are on, also when printed, or -1. */
  private int onOneLine(CommandList list) {
    if (source.indexOf('\n') >= 0) {
      return -1;
    }
    int found = 0;
    for (CommandList.Item item : list.items()) {
      int at = onOneLine(item.andOr().first());
      for (AndOr.Link link : item.andOr().rest()) {
        at = onOneLine(link.pipeline()) == at ? at : -1;
      }
      if (at < 0 || found > 0 && at != found) {
        return -1;
      }
      found = at;
    }
    return found;
  }

  private static int onOneLine(Pipeline pipeline) {
    int found = 0;
    for (Command command : pipeline.commands()) {
      int at = command.position().line();
      if (!(command instanceof Command.Simple) || found > 0 && at != found) {
        return -1;
      }
      for (Redirect redirect : command.redirects()) {
        if (redirect.hereDoc() != null) {
          return -1;
        }
      }
      found = at;
    }
    return found;
  }

  /** The file word of {@code $(<file)}, which is read without a command; null for anything else. */
  public Word inputFileOrNull() {
    CommandList list = body();
    if (list.items().size() != 1) {
      return null;
    }
    CommandList.Item item = list.items().get(0);
    if (item.background() || !item.andOr().rest().isEmpty()) {
      return null;
    }
    Pipeline pipeline = item.andOr().first();
    if (pipeline.negated() || pipeline.timed() || pipeline.commands().size() != 1) {
      return null;
    }
    if (pipeline.commands().get(0) instanceof Command.Simple simple
        && simple.words().isEmpty()
        && simple.assignments().isEmpty()
        && simple.redirects().size() == 1) {
      Redirect redirect = simple.redirects().get(0);
      if (redirect.operator() == Redirect.Operator.READ
          && redirect.fdVariable() == null
          && redirect.effectiveFd() == 0) {
        return redirect.target();
      }
    }
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Substitution s
        && s.backquoted == backquoted
        && (backquoted ? s.source.equals(source) : s.body().equals(body()));
  }

  @Override
  public int hashCode() {
    return backquoted ? source.hashCode() : 1;
  }

  @Override
  public String toString() {
    return backquoted ? "`" + source + "`" : String.valueOf(body);
  }
}
