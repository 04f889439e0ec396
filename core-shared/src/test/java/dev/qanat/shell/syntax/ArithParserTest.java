package dev.qanat.shell.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.RecordComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArithParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~ ; 0",
        "1+2*3 ; (ADD 1 (MULTIPLY 2 3))",
        "1-2-3 ; (SUBTRACT (SUBTRACT 1 2) 3)",
        "2**3**2 ; (POWER 2 (POWER 3 2))",
        "-2**2 ; (POWER (MINUS 2) 2)",
        "a<<1&3 ; (BIT_AND (SHIFT_LEFT a 1) 3)",
        "a|b^c&d ; (BIT_OR a (BIT_XOR b (BIT_AND c d)))",
        "a==b<c ; (EQUAL a (LESS b c))",
        "a&&b||c ; (or (and a b) c)",
        "a?b:c?d:e ; (if a b (if c d e))",
        "a=b=3 ; (= a (= b 3))",
        "x<<=2, y ; (, (SHIFT_LEFT= x 2) y)",
        "a[i+1]++ ; (post+1 a[i+1])",
        "--x ; (pre-1 x)",
        "++5 ; (PLUS (PLUS 5))",
        "x- -1 ; (SUBTRACT x (MINUS 1))",
        "!~x ; (NOT (COMPLEMENT x))",
        "0x1F + 010 + 2#101 + 64#_ ; (ADD (ADD (ADD 31 8) 5) 63)",
        "36#zZ ; 1295",
        "9223372036854775808 ; -9223372036854775808",
        "a[b[1]] ; a[b[1]]",
        "(1,2) ; (, 1 2)",
      })
  void operatorsBindAsInC(String text, String tree) {
    assertEquals(tree, show(ArithParser.parse(text)));
  }

  /** What bash prints behind {@code bash: line 1: }. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~ 1 + ~ ; ~1 + : syntax error: operand expected (error token is \"+ \")~",
        "1 2 ; 1 2: syntax error in expression (error token is \"2\")",
        "1+x=2 ; 1+x=2: attempted assignment to non-variable (error token is \"=2\")",
        "1=2 ; 1=2: attempted assignment to non-variable (error token is \"=2\")",
        "1 ? 2 ; 1 ? 2: `:' expected for conditional expression (error token is \"2\")",
        "1 ? : 2 ; 1 ? : 2: expression expected (error token is \": 2\")",
        "09+1 ; 09: value too great for base (error token is \"09\")",
        "1a ; 1a: value too great for base (error token is \"1a\")",
        "99#a ; 99#a: invalid arithmetic base (error token is \"99#a\")",
        "0#a ; 0#a: invalid number (error token is \"0#a\")",
        "16# ; 16#: invalid integer constant (error token is \"16#\")",
        "1 @ 2 ; 1 @ 2: syntax error: invalid arithmetic operator (error token is \"@ 2\")",
        "1.5 ; 1.5: syntax error: invalid arithmetic operator (error token is \".5\")",
        "@ ; @: syntax error: operand expected (error token is \"@\")",
        "5++ ; 5++: syntax error: operand expected (error token is \"+\")",
        "x++y ; x++y: syntax error in expression (error token is \"y\")",
        "++x++ ; ++x++: ++: assignment requires lvalue (error token is \"++\")",
        "a[1 ; a[1: bad array subscript (error token is \"a[1\")",
        "(1 ; (1: missing `)' (error token is \"1\")",
      })
  void errorsAreThoseOfBash(String text, String message) throws ReflectiveOperationException {
    assertEquals(message, error(ArithParser.parse(text)).getMessage());
  }

  /** The first error in a tree, in the order of computing; null when there is none. */
  private static ArithException error(ArithExpr tree) throws ReflectiveOperationException {
    if (tree instanceof ArithExpr.Invalid invalid) {
      return invalid.error();
    }
    ArithException found = null;
    for (RecordComponent part : tree.getClass().getRecordComponents()) {
      if (found == null && part.getAccessor().invoke(tree) instanceof ArithExpr inner) {
        found = error(inner);
      }
    }
    return found;
  }

  @Test
  void whatStandsBeforeAnErrorIsInTheTree() {
    ArithExpr.Comma tree = (ArithExpr.Comma) ArithParser.parse("x = 1, 2 @");
    assertEquals(ArithParser.parse("x = 1").getClass(), tree.left().getClass());
  }

  @Test
  void divisionKeepsTheTextItsErrorQuotes() {
    ArithExpr.Binary sum = (ArithExpr.Binary) ArithParser.parse("5 / 0 + 1");
    assertEquals("0 + 1", ((ArithExpr.Binary) sum.left()).token());
  }

  @Test
  void depthIsLimited() {
    assertThrows(ArithException.class, () -> ArithParser.parse("(".repeat(100_000)));
    assertThrows(ArithException.class, () -> ArithParser.parse("-".repeat(100_000) + "1"));
    assertThrows(ArithException.class, () -> ArithParser.parse("a=".repeat(100_000) + "1"));
  }

  private static String show(ArithExpr e) {
    if (e instanceof ArithExpr.Num n) {
      return String.valueOf(n.value());
    } else if (e instanceof ArithExpr.Var v) {
      return v.name();
    } else if (e instanceof ArithExpr.Item i) {
      return i.name() + i.subscript();
    } else if (e instanceof ArithExpr.Unary u) {
      return "(" + u.operator() + " " + show(u.operand()) + ")";
    } else if (e instanceof ArithExpr.Binary b) {
      return "(" + b.operator() + " " + show(b.left()) + " " + show(b.right()) + ")";
    } else if (e instanceof ArithExpr.And a) {
      return "(and " + show(a.left()) + " " + show(a.right()) + ")";
    } else if (e instanceof ArithExpr.Or o) {
      return "(or " + show(o.left()) + " " + show(o.right()) + ")";
    } else if (e instanceof ArithExpr.Ternary t) {
      return "(if " + show(t.condition()) + " " + show(t.then()) + " " + show(t.otherwise()) + ")";
    } else if (e instanceof ArithExpr.Comma c) {
      return "(, " + show(c.left()) + " " + show(c.right()) + ")";
    } else if (e instanceof ArithExpr.Assign a) {
      String op = a.operator() == null ? "" : a.operator().toString();
      return "(" + op + "= " + show(a.target()) + " " + show(a.value()) + ")";
    }
    ArithExpr.Step s = (ArithExpr.Step) e;
    return "("
        + (s.prefix() ? "pre" : "post")
        + (s.delta() > 0 ? "+1 " : "-1 ")
        + show(s.target())
        + ")";
  }
}
