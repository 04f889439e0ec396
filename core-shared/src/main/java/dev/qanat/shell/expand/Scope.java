package dev.qanat.shell.expand;

/** Which of the variables of one name is meant. */
public enum Scope {
  /** The one in sight; a new one is global. */
  VISIBLE,
  /** The running function's own; made when it has none. */
  LOCAL,
  /** The global one, whatever hides it. */
  GLOBAL
}
