package dev.qanat.shell.expand;

/** The field separators: IFS as it was read at one time. */
final class Ifs {
  private static final String DEFAULT = " \t\n";

  final String value; // null when unset
  private final boolean[] ascii = new boolean[128];
  private final String others;
  private final String joiner;

  Ifs(String value) {
    this.value = value;
    String separators = value == null ? DEFAULT : value;
    StringBuilder beyond = new StringBuilder();
    for (int i = 0; i < separators.length(); i++) {
      char c = separators.charAt(i);
      if (c < 128) {
        ascii[c] = true;
      } else {
        beyond.append(c);
      }
    }
    others = beyond.toString();
    joiner =
        separators.isEmpty()
            ? ""
            : separators.substring(0, Character.charCount(separators.codePointAt(0)));
  }

  boolean separates(char c) {
    return c < 128 ? ascii[c] : !others.isEmpty() && others.indexOf(c) >= 0;
  }

  /**
   * Whether a separator is IFS white space: adjacent ones count as one, and at the ends as none.
   */
  boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  /** What joins the elements of {@code "$*"}. */
  String joiner() {
    return joiner;
  }
}
