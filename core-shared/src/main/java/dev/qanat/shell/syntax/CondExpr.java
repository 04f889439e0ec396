package dev.qanat.shell.syntax;

/** An expression of {@code [[ … ]]}. */
public sealed interface CondExpr {

  /** {@code -n word}, written as the bare word. */
  record NonEmpty(Word word) implements CondExpr {
    @Override
    public boolean equals(Object other) {
      return other instanceof NonEmpty n
          ? n.word.equals(word)
          : other instanceof Unary u && u.operator.equals("-n") && u.operand.equals(word);
    }

    @Override
    public int hashCode() {
      return word.hashCode();
    }
  }

  /** {@code -f word} and the like; the operator is as written. */
  record Unary(String operator, Word operand) implements CondExpr {
    @Override
    public boolean equals(Object other) {
      return other instanceof Unary u
          ? u.operator.equals(operator) && u.operand.equals(operand)
          : other instanceof NonEmpty n && n.equals(this);
    }

    @Override
    public int hashCode() {
      return operand.hashCode();
    }
  }

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
