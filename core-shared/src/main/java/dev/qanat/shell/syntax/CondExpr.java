package dev.qanat.shell.syntax;

/** An expression of {@code [[ … ]]}. */
public sealed interface CondExpr {

  /** {@code -n word}, written as the bare word. */
  record NonEmpty(Word word) implements CondExpr {}

  /** {@code -f word} and the like; the operator is as written. */
  record Unary(String operator, Word operand) implements CondExpr {}

  /**
   * {@code left operator right}. With {@code == = !=} the right side is a pattern, with {@code =~}
   * an extended regular expression; in both, quoted parts stand for themselves.
   */
  record Binary(Word left, String operator, Word right) implements CondExpr {}

  record Not(CondExpr operand) implements CondExpr {}

  record And(CondExpr left, CondExpr right) implements CondExpr {}

  record Or(CondExpr left, CondExpr right) implements CondExpr {}

  /** {@code ( expression )}, kept for printing. */
  record Group(CondExpr expression) implements CondExpr {}
}
