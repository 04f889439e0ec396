package dev.qanat.shell.interp;

import dev.qanat.shell.expand.IndexedArray;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.CondExpr;
import dev.qanat.text.Utf8;

/** Evaluates {@code [[ … ]]}. */
final class Conditions {
  private final Shell sh;
  private boolean failed;

  Conditions(Shell sh) {
    this.sh = sh;
  }

  /** 0 true, 1 false, 2 an error, which has been told. */
  int evaluate(CondExpr e) {
    failed = false;
    boolean value = test(e, "");
    return failed ? 2 : value ? 0 : 1;
  }

  /**
   * The value of an expression.
   *
   * @param sign what {@code set -x} prints before it: the exclamation mark that stands there
   */
  private boolean test(CondExpr e, String sign) {
    if (e instanceof CondExpr.Binary b) {
      return binary(b, sign);
    }
    if (e instanceof CondExpr.Unary u) {
      return unary(u, sign);
    }
    if (e instanceof CondExpr.NonEmpty n) {
      String s = sh.expander().string(n.word());
      if (sh.xtrace) {
        sh.interpreter.tracing.line("[[ " + sign + "-n " + shown(s) + " ]]");
      }
      return !s.isEmpty();
    }
    if (e instanceof CondExpr.And a) {
      return test(a.left(), "") && !failed && test(a.right(), "");
    }
    if (e instanceof CondExpr.Or o) {
      return test(o.left(), "") || !failed && test(o.right(), "");
    }
    if (e instanceof CondExpr.Not n) {
      return !test(n.operand(), sign.isEmpty() ? "! " : ""); // two of them are none
    }
    return test(((CondExpr.Group) e).expression(), "");
  }

  private static String shown(String s) {
    return s.isEmpty() ? "''" : s;
  }

  private boolean unary(CondExpr.Unary u, String sign) {
    String operand = sh.expander().string(u.operand());
    if (sh.xtrace) {
      sh.interpreter.tracing.line("[[ " + sign + u.operator() + " " + shown(operand) + " ]]");
    }
    return FileTests.unary(sh, u.operator().charAt(1), operand);
  }

  private boolean binary(CondExpr.Binary b, String sign) {
    String op = b.operator();
    switch (op) {
      case "=", "==", "!=" -> {
        String left = sh.expander().string(b.left());
        boolean equal;
        String literal = b.right().literalOrNull();
        if (literal != null && !sh.options().nocasematch && !sh.xtrace) {
          equal = literal.equals(left);
        } else if (sh.xtrace) {
          String source = sh.expander().shownPattern(b.right());
          String right = source.isEmpty() ? "''" : source;
          sh.interpreter.tracing.line("[[ " + sign + shown(left) + " " + op + " " + right + " ]]");
          equal = sh.expander().conditionalPattern(source).matches(left);
        } else {
          equal = sh.expander().conditionalPattern(b.right()).matches(left);
        }
        return equal != op.equals("!=");
      }
      case "=~" -> {
        String left = sh.expander().string(b.left());
        String regex =
            sh.isOn(Shopt.compat31) // quotes did not matter then
                ? sh.expander().string(b.right())
                : sh.expander().regex(b.right());
        if (sh.xtrace) {
          sh.interpreter.tracing.line("[[ " + sign + shown(left) + " =~ " + regex + " ]]");
        }
        return regexMatch(left, regex);
      }
      default -> {}
    }
    String left = sh.expander().string(b.left());
    String right = sh.expander().string(b.right());
    if (sh.xtrace) {
      sh.interpreter.tracing.line(
          "[[ " + sign + shown(left) + " " + op + " " + shown(right) + " ]]");
    }
    switch (op) {
      case "<":
        return FileTests.compare(left, right) < 0;
      case ">":
        return FileTests.compare(left, right) > 0;
      case "-nt", "-ot", "-ef":
        return FileTests.compareFiles(sh, op, left, right);
      default:
        try {
          long l = sh.expander().evaluate(left);
          long r = sh.expander().evaluate(right);
          return FileTests.numbers(op, l, r);
        } catch (ArithException e) {
          sh.failedArithmetic(e, "[[: ");
          failed = false;
          return false;
        }
    }
  }

  private boolean regexMatch(String text, String regex) {
    RegexMatch m = RegexMatch.of(regex, sh.options().nocasematch);
    if (m == null) {
      sh.variables().setRaw("BASH_REMATCH", null);
      failed = true;
      return false;
    }
    byte[] bytes = Utf8.encode(text);
    int[] groups = m.match(bytes);
    IndexedArray result = new IndexedArray();
    if (groups != null) {
      for (int i = 0; i + 1 < groups.length; i += 2) {
        result.add(groups[i] < 0 ? "" : Utf8.decode(bytes, groups[i], groups[i + 1] - groups[i]));
      }
    }
    sh.variables().setRawArray("BASH_REMATCH", result);
    return groups != null;
  }
}
