package dev.qanat.shell.syntax;

/** An arithmetic expression as a tree; C's operators on 64-bit integers, and {@code **}. */
public sealed interface ArithExpr {

  /** A number, its base already applied. */
  record Num(long value) implements ArithExpr {}

  /** A name; its value is in turn read as an expression. */
  record Var(String name) implements ArithExpr, Target {}

  /** {@code name[subscript]}. */
  record Item(String name, Subscript subscript) implements ArithExpr, Target {}

  /** What can be assigned to. */
  sealed interface Target extends ArithExpr permits Var, Item {
    String name();
  }

  record Unary(UnaryOp operator, ArithExpr operand) implements ArithExpr {}

  /**
   * A binary operation.
   *
   * @param token what the expression's text holds from the right operand on: the error token of
   *     {@code division by 0} and {@code exponent less than 0}
   */
  record Binary(BinaryOp operator, ArithExpr left, ArithExpr right, String token)
      implements ArithExpr {}

  /** {@code left && right}. */
  record And(ArithExpr left, ArithExpr right) implements ArithExpr {}

  /** {@code left || right}. */
  record Or(ArithExpr left, ArithExpr right) implements ArithExpr {}

  /** {@code condition ? then : otherwise}. */
  record Ternary(ArithExpr condition, ArithExpr then, ArithExpr otherwise) implements ArithExpr {}

  /** {@code left, right}. */
  record Comma(ArithExpr left, ArithExpr right) implements ArithExpr {}

  /**
   * {@code target = value}, or with an operator {@code target op= value}.
   *
   * @param operator or null for plain {@code =}
   * @param token as in {@link Binary}
   */
  record Assign(Target target, BinaryOp operator, ArithExpr value, String token)
      implements ArithExpr {}

  /** {@code ++x}, {@code x++}, {@code --x}, {@code x--}; {@code delta} is 1 or -1. */
  record Step(Target target, int delta, boolean prefix) implements ArithExpr {}

  /**
   * An operand with a name behind it, where none may be. bash looks a name's value up as it reads
   * it, which is before it computes with the operand and finds that the name is wrong there.
   */
  record Seen(ArithExpr operand, Target behind) implements ArithExpr {}

  /**
   * Where the text stops being an expression. What stands before it was computed when bash finds
   * out, assignments included; computing this throws the error.
   */
  record Invalid(ArithException error) implements ArithExpr {}

  /** The unary operators. */
  enum UnaryOp {
    MINUS,
    PLUS,
    /** {@code !}. */
    NOT,
    /** {@code ~}. */
    COMPLEMENT
  }

  /** The binary operators that evaluate both sides. */
  enum BinaryOp {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    REMAINDER,
    /** {@code **}. */
    POWER,
    SHIFT_LEFT,
    SHIFT_RIGHT,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    EQUAL,
    NOT_EQUAL,
    BIT_AND,
    BIT_XOR,
    BIT_OR
  }
}
