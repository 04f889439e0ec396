package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.ArithExpr.BinaryOp;
import dev.qanat.shell.syntax.ArithExpr.UnaryOp;

/**
 * Reads arithmetic expressions, after expansion. The operators and their binding are the manual's
 * ("Shell Arithmetic"); the error texts are those of bash.
 */
public final class ArithParser {
  private static final int MAX_DEPTH = 256;
  private static final int END = 0;
  private static final int NUMBER = 1;
  private static final int NAME = 2;
  private static final int OPERATOR = 3;

  private final String text;
  private int next; // behind the current token
  private int tokenStart; // of the current token; at the end of the text, of the last one
  private int kind;
  private String operator = "";
  private long number;
  private String name;
  private Subscript subscript;
  private int depth;
  private int assignable; // where a name would be one to assign to
  private ArithException failure; // from then on there is no further token

  private ArithParser(String text) {
    this.text = text;
  }

  /**
   * The tree of an expression; a blank text is 0. Where the text is wrong the tree holds {@link
   * ArithExpr.Invalid}: bash computes as it reads.
   *
   * @throws ArithException for what is nested too deeply
   */
  public static ArithExpr parse(String text) {
    ArithParser parser = new ArithParser(text);
    parser.advance();
    if (parser.failure != null) {
      return new ArithExpr.Invalid(parser.failure);
    }
    if (parser.kind == END) {
      return new ArithExpr.Num(0);
    }
    ArithExpr expression = parser.comma();
    return parser.kind == END ? expression : parser.wrong(expression, "syntax error in expression");
  }

  /** The error, once what was read before it is computed. */
  private ArithExpr wrong(ArithExpr before, String message) {
    if (failure == null) {
      fail(error(message));
    }
    return failed(before);
  }

  /** An operand that has been read, and with it the token behind it. */
  private ArithExpr read(ArithExpr operand) {
    return failure == null && kind == NAME && !isAssigned()
        ? new ArithExpr.Seen(operand, target())
        : failed(operand);
  }

  /** Whether an equals sign stands behind the name that is the current token. */
  private boolean isAssigned() {
    String behind = behind();
    return behind.startsWith("=") && !behind.startsWith("==");
  }

  /** What was read, which the error follows if there is one. */
  private ArithExpr failed(ArithExpr before) {
    return failure == null ? before : new ArithExpr.Comma(before, new ArithExpr.Invalid(failure));
  }

  private void fail(ArithException error) {
    failure = error;
    kind = END;
    operator = "";
    next = text.length();
  }

  private ArithExpr comma() {
    if (++depth > MAX_DEPTH) {
      throw error("expression recursion level exceeded");
    }
    ArithExpr left = assignment();
    while (is(",")) {
      advance();
      left = new ArithExpr.Comma(left, assignment());
    }
    depth--;
    return left;
  }

  private ArithExpr assignment() {
    int start = tokenStart;
    assignable = start;
    ArithExpr left = ternary();
    if (kind != OPERATOR) {
      return left;
    }
    BinaryOp compound = null;
    if (!is("=")) {
      compound = compoundAssignment(operator);
      if (compound == null) {
        return left;
      }
    }
    // A name in parentheses, or one that ends a larger expression, is no variable
    if (!(left instanceof ArithExpr.Target target) || text.charAt(start) == '(') {
      return wrong(left, "attempted assignment to non-variable");
    }
    advance();
    if (++depth > MAX_DEPTH) {
      throw error("expression recursion level exceeded");
    }
    ArithExpr value = assignment();
    depth--;
    return new ArithExpr.Assign(target, compound, value, text.substring(tokenStart));
  }

  private static BinaryOp compoundAssignment(String operator) {
    return switch (operator) {
      case "+=" -> BinaryOp.ADD;
      case "-=" -> BinaryOp.SUBTRACT;
      case "*=" -> BinaryOp.MULTIPLY;
      case "/=" -> BinaryOp.DIVIDE;
      case "%=" -> BinaryOp.REMAINDER;
      case "<<=" -> BinaryOp.SHIFT_LEFT;
      case ">>=" -> BinaryOp.SHIFT_RIGHT;
      case "&=" -> BinaryOp.BIT_AND;
      case "^=" -> BinaryOp.BIT_XOR;
      case "|=" -> BinaryOp.BIT_OR;
      default -> null;
    };
  }

  private ArithExpr ternary() {
    ArithExpr condition = logicalOr();
    if (!is("?")) {
      return condition;
    }
    advance();
    if (kind == END || is(":")) {
      return wrong(condition, "expression expected");
    }
    ArithExpr then = comma();
    ArithExpr none = new ArithExpr.Num(0);
    if (!is(":")) {
      return wrong(
          new ArithExpr.Ternary(condition, then, none), "`:' expected for conditional expression");
    }
    advance();
    if (kind == END) {
      return wrong(new ArithExpr.Ternary(condition, then, none), "expression expected");
    }
    if (++depth > MAX_DEPTH) {
      throw error("expression recursion level exceeded");
    }
    ArithExpr otherwise = ternary();
    depth--;
    return failed(new ArithExpr.Ternary(condition, then, otherwise));
  }

  private ArithExpr logicalOr() {
    ArithExpr left = logicalAnd();
    while (is("||")) {
      advance();
      left = failed(new ArithExpr.Or(left, logicalAnd()));
    }
    return left;
  }

  private ArithExpr logicalAnd() {
    ArithExpr left = binary(0);
    while (is("&&")) {
      advance();
      left = failed(new ArithExpr.And(left, binary(0)));
    }
    return left;
  }

  /** The left-associative operators, by precedence climbing from the given level. */
  private ArithExpr binary(int level) {
    ArithExpr left = power();
    while (kind == OPERATOR) {
      int binding = binding(operator);
      if (binding < level || binding == -1) {
        break;
      }
      BinaryOp op = binaryOperator(operator);
      // only a division can go wrong and name what it stands before
      String token = op == BinaryOp.DIVIDE || op == BinaryOp.REMAINDER ? behind() : "";
      advance();
      left = new ArithExpr.Binary(op, left, binary(binding + 1), token);
    }
    return left;
  }

  private static int binding(String operator) {
    return switch (operator) {
      case "|" -> 0;
      case "^" -> 1;
      case "&" -> 2;
      case "==", "!=" -> 3;
      case "<", "<=", ">", ">=" -> 4;
      case "<<", ">>" -> 5;
      case "+", "-" -> 6;
      case "*", "/", "%" -> 7;
      default -> -1;
    };
  }

  private static BinaryOp binaryOperator(String operator) {
    return switch (operator) {
      case "|" -> BinaryOp.BIT_OR;
      case "^" -> BinaryOp.BIT_XOR;
      case "&" -> BinaryOp.BIT_AND;
      case "==" -> BinaryOp.EQUAL;
      case "!=" -> BinaryOp.NOT_EQUAL;
      case "<" -> BinaryOp.LESS;
      case "<=" -> BinaryOp.LESS_EQUAL;
      case ">" -> BinaryOp.GREATER;
      case ">=" -> BinaryOp.GREATER_EQUAL;
      case "<<" -> BinaryOp.SHIFT_LEFT;
      case ">>" -> BinaryOp.SHIFT_RIGHT;
      case "+" -> BinaryOp.ADD;
      case "-" -> BinaryOp.SUBTRACT;
      case "*" -> BinaryOp.MULTIPLY;
      case "/" -> BinaryOp.DIVIDE;
      default -> BinaryOp.REMAINDER;
    };
  }

  private ArithExpr power() {
    ArithExpr base = unary();
    if (!is("**")) {
      return base;
    }
    advance();
    if (++depth > MAX_DEPTH) {
      throw error("expression recursion level exceeded");
    }
    ArithExpr exponent = power();
    depth--;
    return new ArithExpr.Binary(BinaryOp.POWER, base, exponent, text.substring(tokenStart));
  }

  private ArithExpr unary() {
    UnaryOp op =
        kind != OPERATOR
            ? null
            : switch (operator) {
              case "!" -> UnaryOp.NOT;
              case "~" -> UnaryOp.COMPLEMENT;
              case "-" -> UnaryOp.MINUS;
              case "+" -> UnaryOp.PLUS;
              default -> null;
            };
    if (op == null) {
      return primary();
    }
    advance();
    if (++depth > MAX_DEPTH) {
      throw error("expression recursion level exceeded");
    }
    ArithExpr operand = unary();
    depth--;
    return new ArithExpr.Unary(op, operand);
  }

  private ArithExpr primary() {
    if (kind == NUMBER) {
      ArithExpr result = new ArithExpr.Num(number);
      advance();
      return read(result);
    }
    if (kind == NAME) {
      ArithExpr.Target target = target();
      boolean within = tokenStart != assignable;
      advance();
      if (within && is("=")) {
        return new ArithExpr.Num(0); // its value is not looked up, and dividing by it comes first
      }
      if (is("post++") || is("post--")) {
        int delta = operator.charAt(4) == '+' ? 1 : -1;
        advance();
        return read(new ArithExpr.Step(target, delta, false));
      }
      return read(target);
    }
    if (is("pre++") || is("pre--")) {
      int delta = operator.charAt(3) == '+' ? 1 : -1;
      advance();
      if (failure != null) {
        return new ArithExpr.Invalid(failure);
      }
      ArithExpr step = new ArithExpr.Step(target(), delta, true);
      advance();
      return is("post++") || is("post--")
          ? wrong(step, operator.substring(4) + ": assignment requires lvalue")
          : read(step);
    }
    if (is("(")) {
      advance();
      ArithExpr inner = comma();
      if (!is(")")) {
        return wrong(inner, "missing `)'");
      }
      advance();
      return read(inner);
    }
    if (failure == null) {
      fail(error("syntax error: operand expected"));
    }
    return new ArithExpr.Invalid(failure);
  }

  private ArithExpr.Target target() {
    return subscript == null ? new ArithExpr.Var(name) : new ArithExpr.Item(name, subscript);
  }

  private boolean is(String op) {
    return kind == OPERATOR && operator.equals(op);
  }

  /** What stands behind the current token, without leading blanks. */
  private String behind() {
    int i = next;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return text.substring(i);
  }

  private ArithException error(String message) {
    return ArithException.at(text, message, text.substring(tokenStart));
  }

  /** bash cuts its copy of the text behind a number before it complains about it. */
  private ArithException numberError(String message, int end) {
    return ArithException.at(text.substring(0, end), message, text.substring(tokenStart, end));
  }

  private void advance() {
    ArithException wrong = readToken();
    if (wrong == null && kind == NAME) {
      wrong = errorBehindNames();
    }
    if (wrong != null) {
      fail(wrong);
    }
  }

  /**
   * bash looks at the token behind a name before it looks up the name's value, and at the one
   * behind that if it is a name as well: what is no token there is told first.
   */
  private ArithException errorBehindNames() {
    int nextBefore = next;
    int startBefore = tokenStart;
    String nameBefore = name;
    Subscript subscriptBefore = subscript;
    String operatorBefore = operator;
    ArithException wrong;
    do {
      wrong = readToken();
    } while (wrong == null && kind == NAME);
    kind = NAME;
    next = nextBefore;
    tokenStart = startBefore;
    name = nameBefore;
    subscript = subscriptBefore;
    operator = operatorBefore;
    return wrong;
  }

  /** Reads the next token; null, or what is wrong with it. */
  private ArithException readToken() {
    int i = next;
    int length = text.length();
    while (i < length && blank(text.charAt(i))) {
      i++;
    }
    int previous = kind;
    if (i == length) {
      kind = END;
      next = i;
      return null;
    }
    tokenStart = i;
    char c = text.charAt(i);
    if (isNameStart(c)) {
      return readName(i);
    }
    return c >= '0' && c <= '9' ? readNumber(i) : readOperator(c, i, previous);
  }

  private ArithException readName(int start) {
    int i = start;
    int length = text.length();
    while (i < length && isNamePart(text.charAt(i))) {
      i++;
    }
    name = text.substring(start, i);
    subscript = null;
    if (i < length && text.charAt(i) == '[') {
      int end = subscriptEnd(text, i);
      if (end < 0) {
        return error("bad array subscript");
      }
      subscript = new Subscript(text.substring(i + 1, end));
      i = end + 1;
    }
    kind = NAME;
    next = i;
    return null;
  }

  /** The index of the bracket that closes the one at {@code open}, or -1. */
  static int subscriptEnd(String text, int open) {
    int nested = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'' || c == '"') {
        int close = text.indexOf(c, i + 1);
        if (close < 0) {
          return -1;
        }
        i = close;
      } else if (c == '[') {
        nested++;
      } else if (c == ']' && --nested == 0) {
        return i;
      }
    }
    return -1;
  }

  private ArithException readNumber(int start) {
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (!isNamePart(c) && c != '#' && c != '@') {
        break;
      }
      end++;
    }
    int i = start;
    int base = 10;
    boolean explicitBase = false;
    if (text.charAt(i) == '0' && end > i + 1) {
      char second = text.charAt(i + 1);
      if (second == 'x' || second == 'X') {
        base = 16;
        i += 2;
      } else if (second == '#') {
        return numberError("invalid number", end);
      } else {
        base = 8;
        i++;
      }
      explicitBase = true;
    }
    long value = 0;
    for (; i < end; i++) {
      char c = text.charAt(i);
      if (c == '#') {
        if (explicitBase) {
          return numberError("invalid number", end);
        }
        if (value < 2 || value > 64) {
          return numberError("invalid arithmetic base", end);
        }
        base = (int) value;
        value = 0;
        explicitBase = true;
        if (i + 1 == end) {
          return numberError("invalid integer constant", end);
        }
        continue;
      }
      int digit = digit(c, base);
      if (digit >= base) {
        return numberError("value too great for base", end);
      }
      value = value * base + digit;
    }
    number = value;
    kind = NUMBER;
    next = end;
    return null;
  }

  /** Up to base 36 the letters of both cases mean the same. */
  private static int digit(char c, int base) {
    if (c <= '9' && c >= '0') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A' + (base <= 36 ? 10 : 36);
    }
    return c == '@' ? 62 : 63;
  }

  private ArithException readOperator(char c, int start, int previous) {
    char second = start + 1 < text.length() ? text.charAt(start + 1) : '\0';
    char third = start + 2 < text.length() ? text.charAt(start + 2) : '\0';
    String op;
    if ((c == '+' || c == '-') && second == c) {
      op = step(c, start, previous);
    } else if ((c == '<' || c == '>') && second == c) {
      op = text.substring(start, third == '=' ? start + 3 : start + 2);
    } else if ((c == '&' || c == '|' || c == '*') && second == c) {
      op = text.substring(start, start + 2);
    } else if (second == '=' && "=!<>+-*/%&^|".indexOf(c) >= 0) {
      op = text.substring(start, start + 2);
    } else if ("=!<>+-*/%&^|?:,()~".indexOf(c) >= 0) {
      op = String.valueOf(c);
    } else {
      boolean afterOperand =
          previous == NUMBER
              || previous == NAME
              || operator.equals(")")
              || operator.startsWith("post");
      return error(
          afterOperand && tokenStart > 0
              ? "syntax error: invalid arithmetic operator"
              : "syntax error: operand expected");
    }
    kind = OPERATOR;
    operator = op;
    next = start + (op.startsWith("p") ? 2 : op.length());
    return null;
  }

  /** {@code ++} and {@code --} need a name before or behind; else they are two signs. */
  private String step(char c, int start, int previous) {
    if (previous == NAME) {
      return "post" + c + c;
    }
    int i = start + 2;
    while (i < text.length() && blank(text.charAt(i))) {
      i++;
    }
    if (i < text.length() && isNameStart(text.charAt(i))) {
      return "pre" + c + c;
    }
    return String.valueOf(c);
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || c >= '0' && c <= '9';
  }
}
