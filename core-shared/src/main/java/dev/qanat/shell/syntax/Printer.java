package dev.qanat.shell.syntax;

/** Gives trees back as source, as bash prints them. */
public final class Printer {
  private Printer() {}

  /** A function as {@code declare -f} and {@code type} print it, with a newline at the end. */
  public static String function(Command.Function function) {
    throw new UnsupportedOperationException();
  }

  /** A command on one line, as in {@code jobs} and {@code $BASH_COMMAND}. */
  public static String line(Command command) {
    throw new UnsupportedOperationException();
  }

  /** A list as in {@code jobs}. */
  public static String line(CommandList list) {
    throw new UnsupportedOperationException();
  }

  /** An and-or list as in {@code jobs}. */
  public static String line(AndOr list) {
    throw new UnsupportedOperationException();
  }

  /** A pipeline as in {@code jobs}. */
  public static String line(Pipeline pipeline) {
    throw new UnsupportedOperationException();
  }
}
