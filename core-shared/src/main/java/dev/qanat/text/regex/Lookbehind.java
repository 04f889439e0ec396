package dev.qanat.text.regex;

/** How many characters a look-behind has to step back. */
final class Lookbehind {
  /** The length is not fixed: each start must be tried. */
  static final int VARIABLE = -1;

  private Lookbehind() {}

  /** The number of characters that every match of {@code node} has, or {@link #VARIABLE}. */
  static int fixedLength(Node node) {
    if (node instanceof Node.Chars) {
      return 1;
    } else if (node instanceof Node.Concat concat) {
      int sum = 0;
      for (Node part : concat.parts()) {
        int length = fixedLength(part);
        if (length < 0) {
          return VARIABLE;
        }
        sum += length;
      }
      return sum;
    } else if (node instanceof Node.Alternate alternate) {
      int common = fixedLength(alternate.branches().get(0));
      for (Node branch : alternate.branches()) {
        if (fixedLength(branch) != common) {
          return VARIABLE;
        }
      }
      return common;
    } else if (node instanceof Node.Repeat repeat) {
      int length = fixedLength(repeat.body());
      return length < 0 || repeat.min() != repeat.max() ? VARIABLE : length * repeat.min();
    } else if (node instanceof Node.Group group) {
      return fixedLength(group.body());
    } else if (node instanceof Node.Atomic atomic) {
      return fixedLength(atomic.body());
    } else if (node instanceof Node.BackReference) {
      return VARIABLE;
    }
    return 0;
  }

  /**
   * Whether PCRE takes {@code node}: each of its top-level alternatives must have a fixed length.
   */
  static boolean isAllowed(Node node) {
    if (node instanceof Node.Alternate alternate) {
      for (Node branch : alternate.branches()) {
        if (!isAllowed(branch)) {
          return false;
        }
      }
      return true;
    }
    if (node instanceof Node.Group group) {
      return isAllowed(group.body());
    }
    return fixedLength(node) >= 0;
  }
}
