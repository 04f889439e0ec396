package dev.qanat.command.text.sed;

/** One command of a script with its addresses. The fields used depend on {@link #name}. */
final class SedCommand {
  /** Whether the range of two addresses has begun, and how it ends. */
  enum Range {
    INACTIVE,
    ACTIVE,
    CLOSED
  }

  char name;
  Address from;
  Address to;
  boolean negated;

  /**
   * Where to go on: behind the block for <code>{</code> when not selected, the label's place for
   * branches.
   */
  int target;

  /** The text of a, i and c; null if there is none. */
  byte[] text;

  /** The label of b, t and T, or the file of r, R, w and W. */
  String argument;

  /** The number behind l, q and Q, or -1. */
  int number = -1;

  Substitution substitution;
  Transliteration transliteration;
  OutputFile file;

  // State of the run.
  Range range = Range.INACTIVE;
  long rangeEnd;

  /** Puts the range back to what it is before the first line. */
  void resetRange() {
    boolean fromStart = from != null && from.kind == Address.Kind.LINE && from.first == 0;
    range = fromStart ? Range.ACTIVE : Range.INACTIVE;
  }
}
