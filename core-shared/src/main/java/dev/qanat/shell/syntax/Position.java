package dev.qanat.shell.syntax;

/**
 * Where a node starts in its source. Positions do not take part in the equality of trees: two
 * positions are always equal, so that a tree equals the parse of its own printing.
 */
public final class Position {
  /** A node that was made, not read. */
  public static final Position NONE = new Position(0, 0);

  private final int line;
  private final int offset;

  public Position(int line, int offset) {
    this.line = line;
    this.offset = offset;
  }

  /** The line, counted from 1 (or from the first line given to the parser). */
  public int line() {
    return line;
  }

  /**
   * UTF-16 units from the start of the input; aliases and line continuations make it approximate.
   */
  public int offset() {
    return offset;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Position;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "";
  }
}
