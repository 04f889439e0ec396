package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.QuoteScanner.SubstitutionTable;
import java.util.List;

/**
 * A word as it stands in a script: text with quotes and expansions, not yet expanded. Its parts are
 * read from the text when first asked for, as bash does; the quotes and brackets of a script's word
 * are known to match. Immutable but for what it remembers.
 */
public final class Word {
  private final WordReader.Mode mode;
  private final Dialect dialect;
  private String text;
  private SubstitutionTable substitutions; // null: the text has not been scanned yet
  private List<WordPart> parts;
  private String literal;
  private boolean literalKnown;
  private Assignment assignment;
  private int line = 1;

  Word(String text, WordReader.Mode mode, SubstitutionTable substitutions, Dialect dialect) {
    this.text = text;
    this.mode = mode;
    this.substitutions = substitutions;
    this.dialect = dialect;
  }

  /** A word read from text that stands in no script, as an argument. */
  public static Word of(String text) {
    return of(text, Dialect.BASH);
  }

  /** A word read from text that stands in no script, as an argument. */
  public static Word of(String text, Dialect dialect) {
    return new Word(text, WordReader.Mode.UNQUOTED, null, dialect);
  }

  /** Text expanded as the body of a here-document or a prompt is: {@code "} is literal. */
  public static Word hereDocument(String text, Dialect dialect) {
    return new Word(text, WordReader.Mode.HERE_DOCUMENT, null, dialect);
  }

  /** The text of an arithmetic expression, expanded as in double quotes; {@code "} is dropped. */
  public static Word arithmetic(String text) {
    return new Word(text, WordReader.Mode.ARITHMETIC, null, Dialect.BASH);
  }

  /** A word that stands for exactly this text. */
  static Word plain(String text) {
    Word word = new Word(text, WordReader.Mode.UNQUOTED, SubstitutionTable.EMPTY, Dialect.BASH);
    word.literal = text;
    word.literalKnown = true;
    return word;
  }

  /** Says on which line the word stands. */
  Word at(int newLine) {
    line = newLine;
    return this;
  }

  void setAssignment(Assignment newAssignment) {
    assignment = newAssignment;
  }

  /** As written, quotes included, line continuations removed and {@code $'…'} decoded. */
  public String text() {
    return text;
  }

  WordReader.Mode mode() {
    return mode;
  }

  /** The command and process substitutions in it, at any depth of quotes. */
  SubstitutionTable substitutions() {
    scan();
    return substitutions;
  }

  private void scan() {
    if (substitutions == null) {
      WordReader.Scanned scanned = WordReader.scan(text, mode, dialect, line);
      text = scanned.text();
      substitutions = scanned.substitutions();
    }
  }

  /**
   * The parts, in order; empty for an empty word.
   *
   * @throws SyntaxException for a text from outside of a script whose quotes or substitutions are
   *     wrong
   */
  public List<WordPart> parts() {
    if (parts == null) {
      if (literalKnown && literal != null && literal.equals(text)) {
        parts = text.isEmpty() ? List.of() : List.of(new WordPart.Literal(text));
      } else {
        scan();
        parts = WordReader.read(text, mode, substitutions, dialect, line);
      }
    }
    return parts;
  }

  /**
   * The one field this word always expands to, whatever the shell's state: nothing in it is an
   * expansion, a pattern, a brace or a tilde. Quotes are removed. Null when it must be expanded.
   */
  public String literalOrNull() {
    if (!literalKnown) {
      literal = WordReader.literal(parts(), mode);
      literalKnown = true;
    }
    return literal;
  }

  /**
   * The assignment this word looks like ({@code name=…}, {@code name[…]+=…}), when it is an
   * argument of a command; null for all other words. Commands such as {@code declare} use it;
   * others ignore it.
   */
  public Assignment assignment() {
    return assignment;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Word w) || w.mode != mode) {
      return false;
    }
    if (assignment != null && assignment.array() != null) {
      return assignment.equals(w.assignment); // its text is laid out anew
    }
    return w.parts().equals(parts());
  }

  @Override
  public int hashCode() {
    return assignment != null && assignment.array() != null
        ? assignment.hashCode()
        : parts().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
