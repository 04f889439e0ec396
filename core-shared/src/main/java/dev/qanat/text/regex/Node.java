package dev.qanat.text.regex;

import java.util.List;

/** A regular expression as a tree; the same for all dialects. */
sealed interface Node {
  /** Matches the empty string. */
  record Empty() implements Node {}

  /** Matches one character of a set; nothing if the set is empty. */
  record Chars(CharSet set) implements Node {}

  /** Matches its parts one after the other. */
  record Concat(List<Node> parts) implements Node {}

  /** Matches any of its branches, the first ones preferred where order decides. */
  record Alternate(List<Node> branches) implements Node {}

  /** Matches its body {@code min} to {@code max} times; a {@code max} of -1 is no limit. */
  record Repeat(Node body, int min, int max, boolean lazy) implements Node {}

  /** Matches its body and remembers where, as capture {@code index}, counted from 1. */
  record Group(Node body, int index) implements Node {}

  /**
   * Matches the empty string where the condition {@code kind}, one of {@link Assertion}'s bits,
   * holds.
   */
  record Assert(int kind) implements Node {}

  /** Matches what capture {@code index} matched last. */
  record BackReference(int index, boolean ignoreCase) implements Node {}

  /** Matches the empty string where the body does (or does not) match ahead, or just behind. */
  record Look(Node body, boolean behind, boolean negated) implements Node {}

  /** Matches its body once and never tries another way. */
  record Atomic(Node body) implements Node {}

  /** Moves the reported start of the match to here. */
  record Keep() implements Node {}

  Node EMPTY = new Empty();
}
