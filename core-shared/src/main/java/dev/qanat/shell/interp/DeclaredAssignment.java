package dev.qanat.shell.interp;

import dev.qanat.shell.syntax.Assignment;

/**
 * An argument of {@code declare} and its like that the parser saw to be an assignment.
 *
 * @param source as parsed
 * @param value the expanded value; null for an array literal, which is expanded when it is assigned
 */
public record DeclaredAssignment(Assignment source, String value) {
  /** {@code name=value} as one text, as an ordinary argument would be. */
  public String text() {
    if (value == null) {
      return source.name();
    }
    StringBuilder out = new StringBuilder(source.name());
    if (source.subscript() != null) {
      out.append('[').append(source.subscript().text()).append(']');
    }
    out.append(source.append() ? "+=" : "=");
    return out.append(value).toString();
  }
}
