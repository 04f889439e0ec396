package dev.qanat.shell.syntax;

/** Where a parser gets its lines from: a terminal, a script read as it is run. */
public interface LineSource {
  /**
   * The next line with its newline (the last one may lack it), or null at the end of input. May
   * suspend.
   *
   * @param continuation inside of an unfinished command, where an interactive shell shows PS2
   */
  String next(boolean continuation);
}
