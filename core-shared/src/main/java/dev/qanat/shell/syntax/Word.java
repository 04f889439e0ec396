package dev.qanat.shell.syntax;

import java.util.List;

/**
 * A word as it stands in a script: text with quotes and expansions, not yet expanded. Its parts are
 * read from the text when first asked for, as bash does; the text's quotes and brackets are known
 * to match. Immutable but for what it remembers.
 */
public final class Word {
  private final String text;
  private final WordReader.Mode mode;
  private final Substitution[] substitutions;
  private final int[] substitutionStarts;
  private List<WordPart> parts;
  private String literal;
  private byte literalKnown;
  private Assignment assignment;
  private String canonical;

  Word(String text, WordReader.Mode mode, Substitution[] substitutions, int[] substitutionStarts) {
    this.text = text;
    this.mode = mode;
    this.substitutions = substitutions;
    this.substitutionStarts = substitutionStarts;
  }

  /** A word read from text, as in an argument. */
  public static Word of(String text) {
    return new Word(text, WordReader.Mode.UNQUOTED, null, null);
  }

  /** Text expanded as in double quotes, such as a prompt: {@code "} is literal. */
  public static Word hereDocument(String text) {
    return new Word(text, WordReader.Mode.HERE_DOCUMENT, null, null);
  }

  /** The text of an arithmetic expression, expanded as in double quotes; {@code "} is dropped. */
  public static Word arithmetic(String text) {
    return new Word(text, WordReader.Mode.ARITHMETIC, null, null);
  }

  /** A word that stands for exactly this text. */
  static Word plain(String text) {
    Word word = of(text);
    word.literal = text;
    word.literalKnown = 1;
    return word;
  }

  /** As written, quotes included, line continuations removed. */
  public String text() {
    return text;
  }

  /** The parts, in order; empty for an empty word. */
  public List<WordPart> parts() {
    if (parts == null) {
      parts = WordReader.read(text, mode, substitutions, substitutionStarts);
    }
    return parts;
  }

  /**
   * The one field this word always expands to, whatever the shell's state: nothing in it is an
   * expansion, a pattern, a brace or a tilde. Quotes are removed. Null when it must be expanded.
   */
  public String literalOrNull() {
    if (literalKnown == 0) {
      literal = WordReader.literal(text, mode, parts());
      literalKnown = 1;
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
    return other instanceof Word w && w.mode == mode && w.parts().equals(parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
