package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.Substitution;
import dev.qanat.vfs.FileContext;

/** The running shell, as far as expansion needs it. Every method may suspend. */
public interface ShellContext {
  Variables variables();

  /** The files that globs and tildes see. */
  FileContext files();

  ExpandOptions options();

  /** {@code $0}. */
  String shellName();

  /** {@code $#}. */
  int positionalCount();

  /** {@code $1} and so on; {@code index} is from 1 to {@link #positionalCount()}. */
  String positional(int index);

  /** {@code $?}, {@code $$}, {@code $!} or {@code $-}; null when unset. */
  String special(char parameter);

  /**
   * The output of {@code $(…)}, trailing newlines and NUL bytes removed; {@code $(<file)} too. Sets
   * {@code $?} for commands that are only assignments.
   */
  String commandOutput(Substitution substitution);

  /**
   * Starts {@code <(…)} or {@code >(…)} and gives the path that stands for it, {@code /dev/fd/N}.
   */
  String processFile(boolean output, Substitution substitution);

  /**
   * The home directory of a user, or null when there is none of that name.
   *
   * @param user empty for the shell's own user (asked when {@code HOME} is unset)
   */
  String homeDirectory(String user);

  /**
   * What {@code ~N} ({@code ~+N}) or, from the right, {@code ~-N} stands for; null when too large.
   */
  String directoryStackEntry(int n, boolean fromRight);

  /** {@code ${x@P}}: decodes a prompt string's backslash escapes and expands it. */
  String expandPrompt(String text);

  /**
   * Much was stored in variables: counts their memory.
   *
   * @param more bytes about to be added
   * @throws dev.qanat.sched.Memory.Exhausted when that is more than the limit
   */
  default void checkMemory(long more) {}

  /** A variable of {@link Variables#special} has got another value, or was unset. */
  default void variableChanged(String name) {}

  /** Prints a diagnostic that stops nothing, as {@code bash: line N: message}. */
  void report(String message);
}
