package dev.qanat.shell.syntax;

import java.util.List;

/** A piece of a {@link Word}. */
public sealed interface WordPart {

  /**
   * Text as written. In an unquoted word its tildes, braces and pattern characters are active;
   * inside {@link DoubleQuoted}, a here-document or arithmetic it stands for itself, escapes
   * already applied.
   */
  record Literal(String text) implements WordPart {}

  /** {@code '…'} and, decoded, {@code $'…'}. */
  record SingleQuoted(String text) implements WordPart {}

  /**
   * A character behind a backslash outside of quotes (a code point beyond the BMP is two units).
   */
  record Escaped(String text) implements WordPart {}

  /** {@code "…"} and {@code $"…"}. */
  record DoubleQuoted(List<WordPart> parts) implements WordPart {}

  /** {@code $(list)} or {@code `list`}. */
  record CommandSubst(Substitution substitution) implements WordPart {}

  /** {@code <(list)}, or with {@code output} {@code >(list)}. */
  record ProcessSubst(boolean output, Substitution substitution) implements WordPart {}

  /** {@code $((…))} and {@code $[…]}. */
  record ArithExpansion(Arithmetic expression) implements WordPart {}

  /** {@code $name} or {@code ${…}}. */
  record Param(ParamExpansion expansion) implements WordPart {}
}
