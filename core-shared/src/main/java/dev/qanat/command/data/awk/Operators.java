package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;

/** The operators of awk's expressions. */
final class Operators {
  private Operators() {}

  static final class Assign extends Expr {
    private final Expr.Place place;
    private final Expr value;

    Assign(Expr.Place place, Expr value) {
      this.place = place;
      this.value = value;
    }

    @Override
    Value value(Interpreter r) {
      Value v = value.value(r);
      place.assign(r, v);
      return v;
    }
  }

  static final class Update extends Expr.Numeric {
    private final Expr.Place place;
    private final int op;
    private final Expr amount;

    Update(Expr.Place place, int op, Expr amount) {
      this.place = place;
      this.op = op;
      this.amount = amount;
    }

    @Override
    double number(Interpreter r) {
      return place.update(r, op, amount);
    }
  }

  static final class Increment extends Expr.Numeric {
    private final Expr.Place place;
    private final double by;
    private final boolean prefix;

    Increment(Expr.Place place, double by, boolean prefix) {
      this.place = place;
      this.by = by;
      this.prefix = prefix;
    }

    @Override
    double number(Interpreter r) {
      double old = place.increment(r, by);
      return prefix ? old + by : old;
    }
  }

  static final class Arithmetic extends Expr.Numeric {
    static final int ADD = '+';
    private final int op;
    private final Expr left;
    private final Expr right;

    Arithmetic(int op, Expr left, Expr right) {
      this.op = op;
      this.left = left;
      this.right = right;
    }

    @Override
    double number(Interpreter r) {
      double a = left.number(r);
      return apply(r, op, a, right.number(r));
    }

    static double apply(Interpreter r, int op, double a, double b) {
      switch (op) {
        case '+':
          return a + b;
        case '-':
          return a - b;
        case '*':
          return a * b;
        case '/':
          if (b == 0) {
            throw r.fatal("division by zero attempted");
          }
          return a / b;
        case '%':
          if (b == 0) {
            throw r.fatal("division by zero attempted in `%'");
          }
          return a % b;
        default:
          return power(a, b);
      }
    }

    private static double power(double a, double b) {
      if (b == (int) b && b >= 0 && b <= 1024) {
        // repeated squaring, so that integers stay exact
        double p = 1;
        double x = a;
        for (int n = (int) b; n > 0; n >>= 1) {
          if ((n & 1) != 0) {
            p *= x;
          }
          x *= x;
        }
        return p;
      }
      return Math.pow(a, b);
    }
  }

  static final class Negate extends Expr.Numeric {
    private final Expr operand;
    private final boolean minus;

    Negate(Expr operand, boolean minus) {
      this.operand = operand;
      this.minus = minus;
    }

    @Override
    double number(Interpreter r) {
      double v = operand.number(r);
      return minus ? (v == 0 ? 0 : -v) : v;
    }
  }

  static final class Not extends Expr.Truth {
    private final Expr operand;

    Not(Expr operand) {
      this.operand = operand;
    }

    @Override
    boolean test(Interpreter r) {
      return !operand.test(r);
    }
  }

  static final class Logic extends Expr.Truth {
    private final boolean and;
    private final Expr left;
    private final Expr right;

    Logic(boolean and, Expr left, Expr right) {
      this.and = and;
      this.left = left;
      this.right = right;
    }

    @Override
    boolean test(Interpreter r) {
      return and ? left.test(r) && right.test(r) : left.test(r) || right.test(r);
    }
  }

  static final class Choice extends Expr {
    private final Expr condition;
    private final Expr then;
    private final Expr otherwise;

    Choice(Expr condition, Expr then, Expr otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    Value value(Interpreter r) {
      return condition.test(r) ? then.value(r) : otherwise.value(r);
    }
  }

  static final class Compare extends Expr.Truth {
    private final String op;
    private final Expr left;
    private final Expr right;

    Compare(String op, Expr left, Expr right) {
      this.op = op;
      this.left = left;
      this.right = right;
    }

    @Override
    boolean test(Interpreter r) {
      Value a = left.value(r);
      Value b = right.value(r);
      int c;
      if (a.isNumeric() && b.isNumeric()) {
        double x = a.number();
        double y = b.number();
        if (x != x || y != y) {
          // gawk orders NaN above all numbers, and equal to itself
          c = x != x && y != y ? 0 : x != x ? 1 : -1;
        } else {
          c = x < y ? -1 : x == y ? 0 : 1;
        }
      } else {
        c = r.compareText(a.text(r.convfmt), b.text(r.convfmt));
      }
      return switch (op) {
        case "<" -> c < 0;
        case "<=" -> c <= 0;
        case ">" -> c > 0;
        case ">=" -> c >= 0;
        case "==" -> c == 0;
        default -> c != 0;
      };
    }
  }

  static final class Concat extends Expr {
    private final Expr[] parts;

    Concat(Expr[] parts) {
      this.parts = parts;
    }

    @Override
    Value value(Interpreter r) {
      ByteBuilder out = new ByteBuilder(32);
      for (Expr e : parts) {
        e.append(r, out, r.convfmt);
      }
      return Value.of(out.toByteArray());
    }

    @Override
    void append(Interpreter r, ByteBuilder out, String format) {
      if (format.equals(r.convfmt)) {
        for (Expr e : parts) {
          e.append(r, out, format);
        }
      } else {
        super.append(r, out, format);
      }
    }
  }

  /** {@code text ~ pattern}; a bare {@code /re/} matches the record. */
  static final class Match extends Expr.Truth {
    private final Expr text;
    private final Pattern pattern;
    private final boolean wanted;

    Match(Expr text, Pattern pattern, boolean wanted) {
      this.text = text;
      this.pattern = pattern;
      this.wanted = wanted;
    }

    @Override
    boolean test(Interpreter r) {
      if (text == null) {
        Record rec = r.record;
        rec.rebuild();
        return pattern.matcher(r).find(rec.bytes(), rec.start(), rec.start(), rec.end()) == wanted;
      }
      Value v = text.value(r).text(r.convfmt);
      int from = v.offset();
      return pattern.matcher(r).find(v.bytes(), from, from, from + v.length()) == wanted;
    }
  }

  /** {@code (subscripts) in array}. */
  static final class In extends Expr.Truth {
    private final Expr[] subscripts;
    private final Expr.ArraySource array;

    In(Expr[] subscripts, Expr.ArraySource array) {
      this.subscripts = subscripts;
      this.array = array;
    }

    @Override
    boolean test(Interpreter r) {
      Value k = Places.Element.key(r, subscripts);
      return array.array(r).get(k.bytes(), k.offset(), k.length()) != null;
    }
  }
}
