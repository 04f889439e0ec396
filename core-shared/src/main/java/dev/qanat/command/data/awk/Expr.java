package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;

/**
 * An expression of an awk program. It is evaluated as what is wanted of it: a value, a number, a
 * truth.
 */
abstract class Expr {
  abstract Value value(Interpreter r);

  double number(Interpreter r) {
    return value(r).number();
  }

  boolean test(Interpreter r) {
    return value(r).isTrue();
  }

  /** Appends the text of the value as {@code print} or concatenation would. */
  void append(Interpreter r, ByteBuilder out, String format) {
    value(r).appendTo(out, format);
  }

  /** An expression whose value is always a number. */
  abstract static class Numeric extends Expr {
    @Override
    final Value value(Interpreter r) {
      return Value.of(number(r));
    }

    @Override
    abstract double number(Interpreter r);

    @Override
    final boolean test(Interpreter r) {
      return number(r) != 0;
    }
  }

  /** An expression whose value is 1 or 0. */
  abstract static class Truth extends Expr {
    @Override
    final Value value(Interpreter r) {
      return Value.of(test(r));
    }

    @Override
    abstract boolean test(Interpreter r);
  }

  /** What can be assigned to. */
  abstract static class Place extends Expr {
    abstract void assign(Interpreter r, Value v);

    /** {@code place op= amount}; returns the new value. */
    double update(Interpreter r, int op, Expr amount) {
      double a = amount.number(r);
      double v = Operators.Arithmetic.apply(r, op, number(r), a);
      assign(r, Value.of(v));
      return v;
    }

    /** Adds a number; returns the old value. */
    double increment(Interpreter r, double by) {
      double old = number(r);
      assign(r, Value.of(old + by));
      return old;
    }
  }

  /** What stands for an array. */
  interface ArraySource {
    AwkArray array(Interpreter r);
  }

  static final class Constant extends Expr {
    final Value value;

    Constant(Value value) {
      this.value = value;
    }

    @Override
    Value value(Interpreter r) {
      return value;
    }
  }

  /** A list in parentheses: only for {@code in} and {@code print}. */
  static final class Grouping extends Expr {
    final Expr[] items;

    Grouping(Expr[] items) {
      this.items = items;
    }

    @Override
    Value value(Interpreter r) {
      throw r.fatal("a list is no value");
    }
  }

  /** An expression in parentheses, which is no longer a place. */
  static final class Parenthesized extends Expr {
    final Expr inner;

    Parenthesized(Expr inner) {
      this.inner = inner;
    }

    @Override
    Value value(Interpreter r) {
      return inner.value(r);
    }

    @Override
    double number(Interpreter r) {
      return inner.number(r);
    }

    @Override
    boolean test(Interpreter r) {
      return inner.test(r);
    }

    @Override
    void append(Interpreter r, ByteBuilder out, String format) {
      inner.append(r, out, format);
    }
  }

  /** {@code getline}, in all its forms. */
  static final class Getline extends Expr {
    static final int MAIN = 0;
    static final int FILE = 1;
    static final int COMMAND = 2;
    static final int COPROCESS = 3;
    private final int kind;
    private final Expr source;
    private final Place target;

    Getline(int kind, Expr source, Place target) {
      this.kind = kind;
      this.source = source;
      this.target = target;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(r.getline(kind, source, target));
    }
  }

  /** A call of one of the program's functions. */
  static final class Call extends Expr {
    final String name;
    final Expr[] args;
    final int place;
    Program.Function function;
    Expr indirect; // @name(…): the variable that holds the name

    Call(String name, Expr[] args, int place) {
      this.name = name;
      this.args = args;
      this.place = place;
    }

    @Override
    Value value(Interpreter r) {
      Program.Function f = function;
      if (indirect != null) {
        String wanted = indirect.value(r).toString(r.convfmt);
        f = r.program.functions.get(wanted);
        if (f == null) {
          int[] arity = Lexer.BUILTINS.get(wanted);
          if (arity == null) {
            throw r.fatal("function called indirectly through `" + name + "' does not exist");
          }
          return new Builtin(wanted, args, null).value(r);
        }
      }
      if (args.length > f.parameters) {
        throw r.fatal("function `" + f.name + "' called with more arguments than declared");
      }
      Object[] frame = new Object[f.parameters];
      for (int i = 0; i < args.length; i++) {
        Expr e = args[i];
        frame[i] =
            e instanceof Places.Name n
                ? n.argument(r)
                : e instanceof Places.Element el ? el.argument(r) : e.value(r);
      }
      return r.call(f, frame);
    }
  }

  /** A call of a built-in function; the pattern is the argument that is a regular expression. */
  static final class Builtin extends Expr {
    final String name;
    final Expr[] args;
    final Pattern pattern;

    Builtin(String name, Expr[] args, Pattern pattern) {
      this.name = name;
      this.args = args;
      this.pattern = pattern;
    }

    @Override
    Value value(Interpreter r) {
      return r.functions.call(this);
    }
  }
}
