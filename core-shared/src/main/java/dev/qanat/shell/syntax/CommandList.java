package dev.qanat.shell.syntax;

import java.util.List;

/**
 * Commands in sequence: {@code a; b & c}. A whole script, a compound's body, or one line of input.
 */
public record CommandList(List<Item> items) {

  /** A list of nothing, as an empty line gives. */
  public static final CommandList EMPTY = new CommandList(List.of());

  /** One and-or list and how it ended. */
  public record Item(AndOr andOr, Terminator terminator) {
    /** Whether the item runs in the background. */
    public boolean background() {
      return terminator == Terminator.BACKGROUND;
    }

    /** A newline and a semicolon mean the same. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Item i && i.background() == background() && i.andOr.equals(andOr);
    }

    @Override
    public int hashCode() {
      return andOr.hashCode();
    }
  }

  /** What stood behind an item. */
  public enum Terminator {
    /** {@code ;}, or the end of the list. */
    SEMICOLON,
    /** A newline. */
    NEWLINE,
    /** {@code &}. */
    BACKGROUND
  }
}
