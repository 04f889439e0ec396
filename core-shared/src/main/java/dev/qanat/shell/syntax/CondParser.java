package dev.qanat.shell.syntax;

import dev.qanat.shell.syntax.Token.Kind;
import dev.qanat.shell.syntax.Token.Reserved;
import java.util.List;

/** The grammar of {@code [[ … ]]}, with the error messages bash has for it. */
final class CondParser {
  private final Parser parser;
  private final Lexer lexer;
  private final int startLine;
  private int expressionLine; // of the node made last

  CondParser(Parser parser, Lexer lexer, int startLine) {
    this.parser = parser;
    this.lexer = lexer;
    this.startLine = startLine;
  }

  /** Reads the expression and the closing brackets, the opening ones having been taken. */
  CondExpr read() {
    try {
      CondExpr expression = or();
      Token end = behind();
      if (end.kind == Kind.END) {
        throw endOfInput();
      }
      if (end.reserved() != Reserved.CLOSE_COND) {
        throw error(
            startLine,
            end.kind == Kind.WORD
                ? "syntax error in conditional expression"
                : "syntax error in conditional expression: unexpected token `"
                    + end.display()
                    + "'");
      }
      parser.take();
      return expression;
    } catch (SyntaxException e) {
      throw isOwn(e) ? parser.skipLine(e) : e;
    }
  }

  /** Whether an error is one of the expression, not of a substitution in it. */
  private static boolean isOwn(SyntaxException e) {
    return e.kind() == SyntaxException.Kind.CONDITIONAL && !e.isInSubstitution();
  }

  /** Where the reader was when the whole expression was complete. */
  int expressionLine() {
    return expressionLine;
  }

  private CondExpr or() {
    lexer.enter();
    CondExpr left = and();
    CondExpr result = left;
    if (behind().kind == Kind.OR_OR) {
      parser.take();
      result = new CondExpr.Or(left, or());
      expressionLine = next().line;
    }
    lexer.leave();
    return result;
  }

  private CondExpr and() {
    lexer.enter();
    CondExpr left = term();
    CondExpr result = left;
    if (behind().kind == Kind.AND_AND) {
      parser.take();
      result = new CondExpr.And(left, and());
      expressionLine = next().line;
    }
    lexer.leave();
    return result;
  }

  private CondExpr term() {
    skipNewlines();
    Token token = next();
    if (token.kind == Kind.OPEN) {
      parser.take();
      CondExpr inner;
      try {
        inner = or();
      } catch (SyntaxException e) {
        throw isOwn(e) || e.endOfInput() ? e.followedBy(token.line, "expected `)'") : e;
      }
      Token close = behind();
      if (close.kind == Kind.END) {
        throw SyntaxException.of(
            SyntaxException.Kind.END_OF_INPUT, token.line, "unexpected token `EOF', expected `)'");
      }
      if (close.kind != Kind.CLOSE) {
        throw error(
            token.line,
            close.kind == Kind.WORD && close.reserved() != Reserved.CLOSE_COND
                ? "expected `)'"
                : "unexpected token `" + close.display() + "', expected `)'");
      }
      parser.take();
      expressionLine = close.line;
      skipNewlinesBehind();
      return new CondExpr.Group(inner);
    }
    if (token.kind != Kind.WORD || token.reserved() == Reserved.CLOSE_COND) {
      throw badStart(token);
    }
    parser.take();
    if (token.reserved() == Reserved.BANG) {
      lexer.enter();
      CondExpr operand = term();
      lexer.leave();
      return new CondExpr.Not(operand);
    }
    if (isUnary(token)) {
      return unary(token);
    }
    return binary(token);
  }

  private CondExpr unary(Token operator) {
    Token operand = argument(0, "unary");
    if (operand.kind != Kind.WORD || operand.reserved() == Reserved.CLOSE_COND) {
      throw badArgument(operand, "unary");
    }
    parser.take();
    expressionLine = operand.line;
    skipNewlinesBehind();
    return new CondExpr.Unary(operator.text, operand.word(lexer.dialect));
  }

  private CondExpr binary(Token left) {
    Token operator = behind();
    String op = operatorText(operator);
    if (op == null) {
      boolean ends =
          operator.kind == Kind.AND_AND
              || operator.kind == Kind.OR_OR
              || operator.kind == Kind.CLOSE
              || operator.reserved() == Reserved.CLOSE_COND;
      if (!ends) {
        if (operator.kind == Kind.END) {
          throw endOfInput();
        }
        throw error(
            operator.line,
            operator.kind == Kind.WORD
                ? "conditional binary operator expected"
                : "unexpected token `"
                    + operator.display()
                    + "', conditional binary operator expected");
      }
      expressionLine = operator.line;
      return new CondExpr.NonEmpty(left.word(lexer.dialect));
    }
    parser.take();
    int context =
        switch (op) {
          case "=", "==", "!=" -> Lexer.PATTERN;
          case "=~" -> Lexer.REGEX;
          default -> 0;
        };
    Token right = argument(context, "binary");
    if (context == Lexer.REGEX
        && right.kind != Kind.WORD
        && right.kind != Kind.NEWLINE
        && right.kind != Kind.END) {
      // an expression that ends before it begins
      expressionLine = right.line;
      return new CondExpr.Binary(left.word(lexer.dialect), op, Word.plain(""));
    }
    if (right.kind != Kind.WORD || right.reserved() == Reserved.CLOSE_COND) {
      throw badArgument(right, "binary");
    }
    parser.take();
    expressionLine = right.line;
    skipNewlinesBehind();
    return new CondExpr.Binary(left.word(lexer.dialect), op, right.word(lexer.dialect));
  }

  private static String operatorText(Token token) {
    if (token.kind == Kind.REDIRECT) {
      return token.redirect == Redirect.Operator.READ || token.redirect == Redirect.Operator.WRITE
          ? token.redirect.text()
          : null;
    }
    if (token.kind != Kind.WORD || token.quoted) {
      return null;
    }
    return switch (token.text) {
      case "=", "==", "!=", "=~", "-nt", "-ot", "-ef", "-eq", "-ne", "-lt", "-le", "-gt", "-ge" ->
          token.text;
      default -> null;
    };
  }

  private static boolean isUnary(Token token) {
    String text = token.text;
    return text.length() == 2
        && text.charAt(0) == '-'
        && "abcdefghknoprstuvwxzGLNORS".indexOf(text.charAt(1)) >= 0;
  }

  private Token next() {
    return parser.peek(Lexer.CONDITION);
  }

  /** The token behind a whole expression. */
  private Token behind() {
    try {
      return next();
    } catch (SyntaxException e) {
      throw e.endOfInput() ? e.followedBy(startLine, "unexpected EOF while looking for `]]'") : e;
    }
  }

  private Token argument(int context, String arity) {
    try {
      return parser.peek(Lexer.CONDITION | context);
    } catch (SyntaxException e) {
      throw e.endOfInput()
          ? e.followedBy(lexer.line(), "unexpected argument to conditional " + arity + " operator")
          : e;
    }
  }

  private void skipNewlines() {
    while (next().kind == Kind.NEWLINE) {
      parser.take();
    }
  }

  /** The same behind an operand. */
  private void skipNewlinesBehind() {
    while (behind().kind == Kind.NEWLINE) {
      parser.take();
    }
  }

  private SyntaxException badStart(Token token) {
    if (token.kind == Kind.END) {
      return SyntaxException.of(
          SyntaxException.Kind.END_OF_INPUT,
          token.line,
          "unexpected token `EOF' in conditional command");
    }
    if (token.kind == Kind.WORD) {
      return new SyntaxException(
          SyntaxException.Kind.CONDITIONAL, lexer.line(), List.of()); // bash says nothing
    }
    return error(lexer.line(), "unexpected token `" + token.display() + "' in conditional command");
  }

  private SyntaxException badArgument(Token token, String arity) {
    if (token.kind == Kind.END) {
      return endOfInput();
    }
    return error(
        token.line,
        "unexpected argument `" + token.display() + "' to conditional " + arity + " operator");
  }

  private static SyntaxException error(int line, String text) {
    return SyntaxException.of(SyntaxException.Kind.CONDITIONAL, line, text);
  }

  private SyntaxException endOfInput() {
    return SyntaxException.of(
        SyntaxException.Kind.END_OF_INPUT, startLine, "unexpected EOF while looking for `]]'");
  }
}
