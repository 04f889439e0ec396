package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.FileTests;
import dev.qanat.shell.interp.Shell;
import java.util.List;

/** {@code test} and {@code [}: by number of arguments as POSIX says, then as an expression. */
public final class TestBuiltin implements Builtin {
  private static final int MAX_DEPTH = 100; // of parentheses

  @Override
  public int run(Shell sh, List<String> args) {
    String name = args.get(0);
    int end = args.size();
    if (name.equals("[")) {
      if (!args.get(end - 1).equals("]")) {
        sh.complain("[", "missing `]'");
        return 2;
      }
      end--;
    }
    Expression e = new Expression(sh, name, args, end);
    return e.evaluate();
  }

  /** One evaluation. */
  private static final class Expression {
    final Shell sh;
    final String name;
    final List<String> args;
    final int end;
    int at = 1;
    boolean failed;
    private int depth; // in parentheses

    Expression(Shell sh, String name, List<String> args, int end) {
      this.sh = sh;
      this.name = name;
      this.args = args;
      this.end = end;
    }

    int evaluate() {
      int n = end - 1;
      if (n == 0) {
        return 1;
      }
      boolean value;
      switch (n) {
        case 1 -> value = !args.get(1).isEmpty();
        case 2 -> value = two(1);
        case 3 -> value = three(1);
        case 4 -> value = four();
        default -> {
          value = or();
          leftOver();
        }
      }
      return failed ? 2 : value ? 0 : 1;
    }

    private boolean fail(String word, String message) {
      if (!failed) {
        failed = true;
        sh.complain(name, message.equals("too many arguments") ? message : word + ": " + message);
      }
      return false;
    }

    private boolean two(int i) {
      String op = args.get(i);
      if (op.equals("!")) {
        return args.get(i + 1).isEmpty();
      }
      if (FileTests.isUnary(op)) {
        return unary(op, args.get(i + 1));
      }
      return fail(op, "unary operator expected");
    }

    private boolean three(int i) {
      String op = args.get(i + 1);
      if (isBinary(op)) {
        return binary(args.get(i), op, args.get(i + 2));
      }
      if (op.equals("-a")) {
        return !args.get(i).isEmpty() && !args.get(i + 2).isEmpty();
      }
      if (op.equals("-o")) {
        return !args.get(i).isEmpty() || !args.get(i + 2).isEmpty();
      }
      if (args.get(i).equals("!")) {
        return !two(i + 1);
      }
      if (args.get(i).equals("(") && args.get(i + 2).equals(")")) {
        return !op.isEmpty();
      }
      return fail(op, "binary operator expected");
    }

    private boolean four() {
      if (args.get(1).equals("!")) {
        boolean v = three(2);
        return !failed && !v;
      }
      if (args.get(1).equals("(") && args.get(4).equals(")")) {
        return two(2);
      }
      boolean value = or();
      leftOver();
      return value;
    }

    /** An expression has ended before the arguments have. */
    private void leftOver() {
      if (!failed && at < end) {
        if (args.get(at).startsWith("-")) {
          failed = true;
          sh.complain(name, "syntax error: `" + args.get(at) + "' unexpected");
        } else {
          fail(args.get(at), "too many arguments");
        }
      }
    }

    private boolean or() {
      boolean value = and();
      while (!failed && at < end && args.get(at).equals("-o")) {
        at++;
        value |= and();
      }
      return value;
    }

    private boolean and() {
      boolean value = term();
      while (!failed && at < end && args.get(at).equals("-a")) {
        at++;
        value &= term();
      }
      return value;
    }

    private boolean term() {
      if (failed) {
        return false;
      }
      if (at >= end) {
        failed = true;
        sh.complain(name, "argument expected");
        return false;
      }
      String a = args.get(at);
      if (a.equals("!")) {
        boolean negated = false;
        while (at < end && args.get(at).equals("!")) {
          negated = !negated;
          at++;
        }
        return term() != negated;
      }
      if (a.equals("(")) {
        at++;
        if (++depth > MAX_DEPTH) {
          return fail(a, "parentheses nested too deeply");
        }
        boolean v = or();
        depth--;
        if (failed) {
          return false;
        }
        if (at >= end || !args.get(at).equals(")")) {
          failed = true;
          sh.complain(name, at >= end ? "`)' expected" : "`)' expected, found " + args.get(at));
          return false;
        }
        at++;
        return v;
      }
      if (at + 2 < end && isBinary(args.get(at + 1))) {
        boolean v = binary(a, args.get(at + 1), args.get(at + 2));
        at += 3;
        return v;
      }
      if (FileTests.isUnary(a) && at + 1 < end) {
        boolean v = unary(a, args.get(at + 1));
        at += 2;
        return v;
      }
      at++;
      return !a.isEmpty();
    }

    private boolean unary(String op, String operand) {
      return FileTests.unary(sh, op.charAt(1), operand);
    }

    private static boolean isBinary(String op) {
      return switch (op) {
        case "=",
                "==",
                "!=",
                "<",
                ">",
                "-eq",
                "-ne",
                "-lt",
                "-le",
                "-gt",
                "-ge",
                "-nt",
                "-ot",
                "-ef" ->
            true;
        default -> false;
      };
    }

    private boolean binary(String left, String op, String right) {
      switch (op) {
        case "=", "==":
          return left.equals(right);
        case "!=":
          return !left.equals(right);
        case "<":
          return FileTests.compare(left, right) < 0;
        case ">":
          return FileTests.compare(left, right) > 0;
        case "-nt", "-ot", "-ef":
          return FileTests.compareFiles(sh, op, left, right);
        default:
          long l = number(left);
          if (failed) {
            return false;
          }
          long r = number(right);
          return !failed && FileTests.numbers(op, l, r);
      }
    }

    private long number(String s) {
      int n = s.length();
      int i = 0;
      while (i < n && s.charAt(i) <= ' ') {
        i++;
      }
      boolean negative = false;
      if (i < n && (s.charAt(i) == '-' || s.charAt(i) == '+')) {
        negative = s.charAt(i++) == '-';
      }
      int from = i;
      long value = 0;
      boolean overflow = false;
      while (i < n && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
        int d = s.charAt(i++) - '0';
        if (value > (Long.MAX_VALUE - d) / 10) {
          overflow = true;
        }
        value = value * 10 + d;
      }
      boolean digits = i > from;
      while (i < n && s.charAt(i) <= ' ') {
        i++;
      }
      if (!digits || i < n || overflow) {
        fail(s, "integer expression expected");
        return 0;
      }
      return negative ? -value : value;
    }
  }
}
