package dev.qanat.shell.interp;

import java.util.List;

/** A command that is part of the shell. One object serves all shells. */
public interface Builtin {
  /**
   * Runs with {@code args.get(0)} being its name. Returns the exit status. Writes through {@link
   * Shell#out} and {@link Shell#complain}; the caller flushes. May suspend.
   */
  int run(Shell sh, List<String> args);
}
