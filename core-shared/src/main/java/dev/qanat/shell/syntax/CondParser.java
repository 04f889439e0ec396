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
    CondExpr expression = or();
    Token end = next();
    if (end.kind == Kind.END) {
      throw endOfInput();
    }
    if (end.reserved() != Reserved.CLOSE_COND) {
      throw SyntaxException.of(
          SyntaxException.Kind.CONDITIONAL,
          startLine,
          end.kind == Kind.WORD
              ? "syntax error in conditional expression"
              : "syntax error in conditional expression: unexpected token `" + end.display() + "'");
    }
    parser.take();
    return expression;
  }

  /** Where the reader was when the whole expression was complete. */
  int expressionLine() {
    return expressionLine;
  }

  private CondExpr or() {
    lexer.enter();
    CondExpr left = and();
    CondExpr result = left;
    if (next().kind == Kind.OR_OR) {
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
    if (next().kind == Kind.AND_AND) {
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
        throw e.andThen(token.line, "expected `)'");
      }
      Token close = next();
      if (close.kind != Kind.CLOSE) {
        throw SyntaxException.of(
            close.kind == Kind.END
                ? SyntaxException.Kind.END_OF_INPUT
                : SyntaxException.Kind.CONDITIONAL,
            token.line,
            close.kind == Kind.WORD && close.reserved() != Reserved.CLOSE_COND
                ? "expected `)'"
                : "unexpected token `"
                    + (close.kind == Kind.END ? "EOF" : close.display())
                    + "', expected `)'");
      }
      parser.take();
      expressionLine = close.line;
      skipNewlines();
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
    Token operand = next();
    if (operand.kind != Kind.WORD || operand.reserved() == Reserved.CLOSE_COND) {
      throw badArgument(operand, "unary");
    }
    parser.take();
    expressionLine = operand.line;
    skipNewlines();
    return new CondExpr.Unary(operator.text, operand.word(lexer.dialect));
  }

  private CondExpr binary(Token left) {
    Token operator = next();
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
            operator,
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
    Token right = parser.peek(Lexer.CONDITION | context);
    if (right.kind != Kind.WORD || right.reserved() == Reserved.CLOSE_COND) {
      throw badArgument(right, "binary");
    }
    parser.take();
    expressionLine = right.line;
    skipNewlines();
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

  private void skipNewlines() {
    while (next().kind == Kind.NEWLINE) {
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
    return error("unexpected token `" + token.display() + "' in conditional command");
  }

  private SyntaxException badArgument(Token token, String arity) {
    if (token.kind == Kind.END) {
      return endOfInput();
    }
    return error(
        token,
        "unexpected argument `" + token.display() + "' to conditional " + arity + " operator");
  }

  /** An error at a token; at the end of the last line bash takes it for an ordinary one. */
  private SyntaxException error(Token token, String text) {
    boolean last = token.kind == Kind.NEWLINE && !lexer.more();
    return SyntaxException.of(
        last ? SyntaxException.Kind.PLAIN : SyntaxException.Kind.CONDITIONAL, token.line, text);
  }

  private SyntaxException error(String text) {
    return SyntaxException.of(SyntaxException.Kind.CONDITIONAL, lexer.line(), text);
  }

  private SyntaxException endOfInput() {
    return SyntaxException.of(
        SyntaxException.Kind.END_OF_INPUT, startLine, "unexpected EOF while looking for `]]'");
  }
}
