package dev.qanat.text.regex;

/**
 * A pattern that cannot be compiled, or a search that exceeded its limits; the message is worded as
 * GNU words it.
 */
public final class RegexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message that a tool prints after its name. */
  public RegexException(String message) {
    super(message, null, false, false);
  }
}
