package dev.qanat.shell.syntax;

/**
 * The commands of a command or process substitution. bash reads them once to find the end, and
 * again, with the aliases of that moment, when it runs them; {@link #body()} is that first reading,
 * without aliases. A shell with aliases in force parses {@link #source()} anew. The reading of
 * {@code `…`} waits for the first use, so an error in it appears only then.
 */
public final class Substitution {
  private final String source;
  private final boolean backquoted;
  private final int line;
  private final Dialect dialect;
  private CommandList body;

  Substitution(String source, boolean backquoted, int line, CommandList body, Dialect dialect) {
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
   * @throws SyntaxException for backquotes, when the text is not a list
   */
  public CommandList body() {
    if (body == null) {
      body = Parser.parse(source, dialect, line);
    }
    return body;
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
