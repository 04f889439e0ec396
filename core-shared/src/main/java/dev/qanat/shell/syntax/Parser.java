package dev.qanat.shell.syntax;

/**
 * Reads bash. A script is read command by command, so that a line may change how the next ones read
 * (aliases, {@code shopt -s extglob}) and an error comes only after what stands before it has run.
 */
public final class Parser {
  private final LineSource source;
  private final Dialect dialect;

  /**
   * A parser over lines.
   *
   * @param firstLine the number of the first line
   */
  public Parser(LineSource source, Dialect dialect, int firstLine) {
    this.source = source;
    this.dialect = dialect;
  }

  /** A parser over a text, as of {@code bash -c}, {@code eval} or a script file. */
  public static Parser of(String text, Dialect dialect, int firstLine) {
    throw new UnsupportedOperationException();
  }

  /** A whole text in plain bash, without aliases. */
  static CommandList parse(String text, int firstLine) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  /** The line the next command starts on. */
  public int line() {
    return 0;
  }
}
