package dev.qanat.shell.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * A script that is not bash. Holds the lines bash prints, without what the caller puts in front:
 * for each message {@code bash: line N: text}, with the shell's or script's name, and {@code -c: }
 * or {@code eval: } where it applies.
 */
public final class SyntaxException extends RuntimeException {
  private final List<Message> messages;
  private final int line;
  private final Kind kind;
  private boolean inSubstitution;
  private boolean inText;

  /** What bash does after the message. */
  public enum Kind {
    /** Ends a script with status 2; {@code eval} and {@code source} return it. */
    PLAIN,
    /** The same; the input ended too early, so more lines could have made it right. */
    END_OF_INPUT,
    /**
     * A quote or brace that nothing closes. As {@link #END_OF_INPUT}, but a script ends with the
     * status of the last command if that failed.
     */
    UNMATCHED,
    /**
     * In {@code [[ … ]]}. bash 5.2 ends a script here with the status of the last command, and
     * {@code eval} returns 2.
     */
    CONDITIONAL,
    /**
     * In an array literal. Like a failed expansion it gives up the command line with status 1; a
     * script goes on with its next line.
     */
    ARRAY_LITERAL
  }

  /** One line of diagnostics. */
  public record Message(int line, String text) {}

  SyntaxException(Kind kind, int line, List<Message> messages) {
    super(messages.isEmpty() ? "syntax error" : messages.get(0).text(), null, false, false);
    this.kind = kind;
    this.line = line;
    this.messages = messages;
  }

  static SyntaxException of(Kind kind, int line, String text) {
    return new SyntaxException(kind, line, List.of(new Message(line, text)));
  }

  /** The same error, of which there is more to tell. */
  SyntaxException followedBy(int nextLine, String text) {
    List<Message> told = new ArrayList<>(messages);
    told.add(new Message(nextLine, text));
    return telling(kind, told);
  }

  /** The same error with another consequence. */
  SyntaxException of(Kind newKind) {
    return telling(newKind, messages);
  }

  /** This error and one found behind it, which says what becomes of the script. */
  SyntaxException followedBy(SyntaxException next) {
    List<Message> told = new ArrayList<>(messages);
    told.addAll(next.messages);
    return next.telling(next.kind, told);
  }

  private SyntaxException telling(Kind newKind, List<Message> told) {
    SyntaxException e = new SyntaxException(newKind, line, told);
    e.inSubstitution = inSubstitution;
    return e;
  }

  /** Marks an error among the commands of {@code $( )}, which ends a script at once. */
  SyntaxException inSubstitution() {
    inSubstitution = true;
    return this;
  }

  /** What bash says when it finds out only while expanding that something does not end. */
  static SyntaxException badSubstitution(String closing, String text) {
    SyntaxException e =
        of(Kind.PLAIN, 0, "bad substitution: no closing " + closing + " in " + text);
    e.inText = true;
    return e;
  }

  /**
   * The same error in a text that is read only when it is expanded.
   *
   * @param line the number of the line with the error, the substitution's first being 1
   * @param source what stands on that line of it
   */
  SyntaxException inText(int line, String source) {
    List<Message> told = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      told.add(new Message(line, i == 1 ? "`" + source + "'" : messages.get(i).text()));
    }
    SyntaxException e = new SyntaxException(Kind.PLAIN, line, told);
    e.inText = true;
    return e;
  }

  /**
   * Whether it was found in text that is expanded: the lines of its messages are to be added to the
   * one the shell is on. Those that are not 0 are about a command substitution.
   */
  public boolean isInText() {
    return inText;
  }

  /** Whether the error is among the commands of {@code $( )} and not that they do not end. */
  public boolean isInSubstitution() {
    return inSubstitution && !endOfInput();
  }

  /**
   * The lines to print, the first being the error; a second one may quote the source line ({@code
   * `source line'}), which an interactive shell leaves out. Empty for {@code [[ ]]}, about which
   * bash says nothing.
   */
  public List<Message> messages() {
    return messages;
  }

  /** The line of the error. */
  public int line() {
    return line;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the input ended too early: more lines could have made it right. */
  public boolean endOfInput() {
    return kind == Kind.END_OF_INPUT || kind == Kind.UNMATCHED;
  }
}
