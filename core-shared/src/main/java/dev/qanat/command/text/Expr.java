package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.ByteOrder;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;
import dev.qanat.text.regex.RegexException;
import dev.qanat.text.regex.Syntax;
import java.math.BigInteger;
import java.util.List;

/** expr: the value of an expression given as arguments. */
public final class Expr implements Command {
  private static final Options OPTIONS =
      Options.of("expr")
          .usage("EXPRESSION\nOPTION")
          .about("Print the value of EXPRESSION to standard output.")
          .usageStatus(2);

  /** The arguments and how far they are read; nesting is bounded. */
  private static final class Reader {
    final Invocation in;
    final List<String> a;
    int at;
    int depth;

    Reader(Invocation in, List<String> a) {
      this.in = in;
      this.a = a;
    }

    boolean take(String s) {
      if (at < a.size() && a.get(at).equals(s)) {
        at++;
        return true;
      }
      return false;
    }

    void need() {
      if (at >= a.size()) {
        throw in.fail(2, "syntax error: missing argument after " + Quoting.locale(a.get(at - 1)));
      }
    }
  }

  @Override
  public int run(Invocation in) {
    List<String> args = in.args();
    if (args.size() == 1 && (args.get(0).equals("--help") || args.get(0).equals("--version"))) {
      OPTIONS.parse(in);
    }
    if (!args.isEmpty() && args.get(0).equals("--")) {
      args = args.subList(1, args.size());
    }
    if (args.isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    Reader r = new Reader(in, args);
    String v = or(r, true);
    if (r.at < args.size()) {
      throw in.fail(2, "syntax error: unexpected argument " + Quoting.locale(args.get(r.at)));
    }
    in.stdout().line(v);
    return isNull(v) ? 1 : 0;
  }

  /** Empty or a form of zero. */
  private static boolean isNull(String v) {
    int i = v.startsWith("-") ? 1 : 0;
    if (i == 1 && v.length() == 1) {
      return false;
    }
    for (; i < v.length(); i++) {
      if (v.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static String or(Reader r, boolean live) {
    String left = and(r, live);
    while (r.take("|")) {
      String right = and(r, live && isNull(left));
      if (isNull(left)) {
        left = isNull(right) ? "0" : right;
      }
    }
    return left;
  }

  private static String and(Reader r, boolean live) {
    String left = comparison(r, live);
    while (r.take("&")) {
      String right = comparison(r, live && !isNull(left));
      if (isNull(left) || isNull(right)) {
        left = "0";
      }
    }
    return left;
  }

  private static String comparison(Reader r, boolean live) {
    String left = sum(r, live);
    while (r.at < r.a.size()) {
      String op = r.a.get(r.at);
      switch (op) {
        case "<", "<=", "=", "==", "!=", ">=", ">" -> r.at++;
        default -> {
          return left;
        }
      }
      String right = sum(r, live);
      int c = 0;
      if (live) {
        BigInteger a = integer(left);
        BigInteger b = a == null ? null : integer(right);
        if (b != null) {
          c = a.compareTo(b);
        } else {
          byte[] x = Utf8.encode(left);
          byte[] y = Utf8.encode(right);
          c = ByteOrder.compare(x, 0, x.length, y, 0, y.length);
        }
      }
      boolean v =
          switch (op) {
            case "<" -> c < 0;
            case "<=" -> c <= 0;
            case "=", "==" -> c == 0;
            case "!=" -> c != 0;
            case ">=" -> c >= 0;
            default -> c > 0;
          };
      left = v ? "1" : "0";
    }
    return left;
  }

  private static String sum(Reader r, boolean live) {
    String left = product(r, live);
    while (true) {
      boolean plus = r.take("+");
      if (!plus && !r.take("-")) {
        return left;
      }
      String right = product(r, live);
      if (live) {
        BigInteger a = number(r, left);
        BigInteger b = number(r, right);
        left = (plus ? a.add(b) : a.subtract(b)).toString();
      }
    }
  }

  private static String product(Reader r, boolean live) {
    String left = match(r, live);
    while (true) {
      char op = r.take("*") ? '*' : r.take("/") ? '/' : r.take("%") ? '%' : 0;
      if (op == 0) {
        return left;
      }
      String right = match(r, live);
      if (live) {
        BigInteger a = number(r, left);
        BigInteger b = number(r, right);
        if (op != '*' && b.signum() == 0) {
          throw r.in.fail(2, "division by zero");
        }
        left = (op == '*' ? a.multiply(b) : op == '/' ? a.divide(b) : a.remainder(b)).toString();
      }
    }
  }

  private static String match(Reader r, boolean live) {
    String left = word(r, live);
    while (r.take(":")) {
      String right = word(r, live);
      if (live) {
        left = matched(r, left, right);
      }
    }
    return left;
  }

  private static String matched(Reader r, String text, String pattern) {
    Regex regex;
    try {
      regex = Regex.compile(pattern, Syntax.BASIC, 0);
    } catch (RegexException e) {
      throw r.in.fail(2, e.getMessage());
    }
    byte[] b = Utf8.encode(text);
    Matcher m = regex.matcher();
    boolean found = m.find(b, 0, 0, b.length) && m.start() == 0;
    if (regex.groupCount() > 0) {
      return !found || m.start(1) < 0 ? "" : Utf8.decode(b, m.start(1), m.end(1) - m.start(1));
    }
    return found ? String.valueOf(Utf8.length(b, 0, m.end())) : "0";
  }

  private static String word(Reader r, boolean live) {
    r.need();
    if (++r.depth > 1000) {
      throw r.in.fail(3, "expression is nested too deeply");
    }
    try {
      return primary(r, live);
    } finally {
      r.depth--;
    }
  }

  private static String primary(Reader r, boolean live) {
    if (r.take("+")) {
      r.need();
      return r.a.get(r.at++);
    }
    if (r.take("length")) {
      return String.valueOf(points(word(r, live)).length);
    }
    if (r.take("match")) {
      String s = word(r, live);
      String p = word(r, live);
      return live ? matched(r, s, p) : s;
    }
    if (r.take("index")) {
      int[] s = points(word(r, live));
      int[] set = points(word(r, live));
      for (int i = 0; i < s.length; i++) {
        for (int c : set) {
          if (c == s[i]) {
            return String.valueOf(i + 1);
          }
        }
      }
      return "0";
    }
    if (r.take("substr")) {
      int[] s = points(word(r, live));
      BigInteger pos = integer(word(r, live));
      BigInteger len = integer(word(r, live));
      if (pos == null
          || len == null
          || pos.signum() <= 0
          || len.signum() <= 0
          || pos.bitLength() > 31) {
        return "";
      }
      int from = pos.intValue() - 1;
      int n = len.bitLength() > 31 ? Integer.MAX_VALUE : len.intValue();
      return from >= s.length ? "" : new String(s, from, Math.min(n, s.length - from));
    }
    if (r.take("(")) {
      String v = or(r, live);
      if (r.at >= r.a.size()) {
        throw r.in.fail(
            2, "syntax error: expecting ')' after " + Quoting.locale(r.a.get(r.at - 1)));
      }
      if (!r.take(")")) {
        throw r.in.fail(
            2, "syntax error: expecting ')' instead of " + Quoting.locale(r.a.get(r.at)));
      }
      return v;
    }
    if (r.a.get(r.at).equals(")")) {
      throw r.in.fail(2, "syntax error: unexpected ')'");
    }
    return r.a.get(r.at++);
  }

  private static int[] points(String s) {
    return s.codePoints().toArray();
  }

  private static BigInteger integer(String s) {
    int d = s.startsWith("-") ? 1 : 0;
    if (d == s.length()) {
      return null;
    }
    for (int i = d; i < s.length(); i++) {
      if (s.charAt(i) < '0' || s.charAt(i) > '9') {
        return null;
      }
    }
    return new BigInteger(s);
  }

  private static BigInteger number(Reader r, String s) {
    BigInteger v = integer(s);
    if (v == null) {
      throw r.in.fail(2, "non-integer argument");
    }
    return v;
  }
}
