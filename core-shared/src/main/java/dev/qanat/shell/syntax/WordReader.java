package dev.qanat.shell.syntax;

import java.util.List;

/** Reads the parts of a word from its text. */
final class WordReader {
  /** How the text is quoted as a whole. */
  enum Mode {
    UNQUOTED,
    HERE_DOCUMENT,
    ARITHMETIC
  }

  private WordReader() {}

  static List<WordPart> read(String text, Mode mode, Substitution[] substitutions, int[] starts) {
    throw new UnsupportedOperationException();
  }

  static String literal(String text, Mode mode, List<WordPart> parts) {
    throw new UnsupportedOperationException();
  }
}
