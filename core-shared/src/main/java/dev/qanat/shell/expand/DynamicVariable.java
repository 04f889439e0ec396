package dev.qanat.shell.expand;

/**
 * What computes a variable such as {@code RANDOM} or {@code FUNCNAME} when it is read. Without
 * state of its own: it is shared by a shell and its subshells and gets the shell that asks. Exactly
 * one of the three value methods gives something.
 */
public interface DynamicVariable {
  /** The value of a scalar, or null when it is unset or an array. */
  default String value(ShellContext shell) {
    return null;
  }

  /** The elements of an indexed array, not to be changed; else null. */
  default IndexedArray array(ShellContext shell) {
    return null;
  }

  /** The elements of an associative array, not to be changed; else null. */
  default AssociativeArray map(ShellContext shell) {
    return null;
  }

  /**
   * Called for an assignment; does nothing by default, as bash ignores most.
   *
   * @param key the subscript's value, or null when a scalar is assigned
   */
  default void assign(ShellContext shell, String key, String value) {}

  /** Whether it is there again as soon as it was unset: {@code PIPESTATUS}. */
  default boolean isPermanent() {
    return false;
  }

  /** Called when an element is unset. */
  default void unset(ShellContext shell, String key) {}
}
