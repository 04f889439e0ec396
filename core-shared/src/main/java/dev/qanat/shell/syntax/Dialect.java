package dev.qanat.shell.syntax;

/** What the running shell tells its parser. Asked anew for each command, as options change. */
public interface Dialect {
  /** Plain bash: no aliases, no extglob; warnings are dropped. */
  Dialect BASH = new Dialect() {};

  /** Whether {@code shopt -s extglob} is on. */
  default boolean extglob() {
    return false;
  }

  /** Whether {@code set -o posix} is on. */
  default boolean posix() {
    return false;
  }

  /** The aliases to expand, or null when {@code expand_aliases} is off. */
  default AliasTable aliases() {
    return null;
  }

  /**
   * Called for a warning: {@code here-document at line 3 delimited by end-of-file (wanted `EOF')}.
   *
   * @param line where the input stood
   * @param message without {@code bash: line N: warning: }
   */
  default void warning(int line, String message) {}
}
