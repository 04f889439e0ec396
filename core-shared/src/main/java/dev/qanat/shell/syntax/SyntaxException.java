package dev.qanat.shell.syntax;

import java.util.List;

/**
 * A script that is not bash. Holds the lines bash prints, without what the caller puts in front:
 * for each message {@code bash: line N: text}, with the shell's or script's name, and {@code -c: }
 * or {@code eval: } where it applies.
 */
public final class SyntaxException extends RuntimeException {
  private final List<Message> messages;
  private final boolean endOfInput;

  /** One line of diagnostics. */
  public record Message(int line, String text) {}

  SyntaxException(List<Message> messages, boolean endOfInput) {
    super(messages.get(0).text(), null, false, false);
    this.messages = messages;
    this.endOfInput = endOfInput;
  }

  /**
   * The lines to print, the first being the error; a second one may quote the source line ({@code
   * `source line'}), which an interactive shell leaves out.
   */
  public List<Message> messages() {
    return messages;
  }

  /** The line of the error. */
  public int line() {
    return messages.get(0).line();
  }

  /** Whether the input ended too early: more lines could have made it right. */
  public boolean endOfInput() {
    return endOfInput;
  }
}
