package dev.qanat.shell.expand;

import dev.qanat.sched.Memory;

/**
 * The limit of what all variables hold. Counting them takes time, so it is done only when much was
 * stored since the last count.
 */
final class VariableMemory {
  /** How many characters call for a new count. */
  private static final long COUNT_AFTER = 1 << 24;

  /** Characters that variables were given since their memory was last counted. */
  private static long stored;

  private VariableMemory() {}

  /** A value was stored where nothing can be refused. */
  static void stored(String value) {
    stored += (value == null ? 0 : value.length()) + 32;
  }

  /**
   * Before a value is stored: its length, and the memory of all, must be within their limits.
   *
   * @param shell whose variable it is; null before there is one
   */
  static void room(ShellContext shell, CharSequence old, String value) {
    long length = (old == null ? 0L : old.length()) + (value == null ? 0 : value.length());
    if (length > 4096) {
      Memory.text("variable", length);
    }
    if ((stored += length + 32) > COUNT_AFTER) {
      stored = 0;
      if (shell != null) {
        shell.checkMemory(2 * length);
      }
    }
  }
}
