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

  /** What can be assigned to. */
  abstract static class Place extends Expr {
    abstract void assign(Interpreter r, Value v);

    /** {@code place op= amount}; returns the new value. */
    double update(Interpreter r, int op, Expr amount) {
      double a = amount.number(r);
      double v = Arithmetic.apply(r, op, number(r), a);
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

  /** An array that may not exist yet, shared by the names it goes by. */
  static final class Untyped {
    AwkArray array;
    boolean scalar;
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

  /** A variable or parameter by name. */
  static final class Name extends Place implements ArraySource {
    final String name;
    final int slot;
    final boolean local;

    Name(String name, int slot, boolean local) {
      this.name = name;
      this.slot = slot;
      this.local = local;
    }

    private Object[] home(Interpreter r) {
      return local ? r.frame : r.globals;
    }

    @Override
    Value value(Interpreter r) {
      Object o = (local ? r.frame : r.globals)[slot];
      return o instanceof Value v ? v : other(r, o);
    }

    private Value other(Interpreter r, Object o) {
      if (o instanceof AwkArray || o instanceof Untyped u && u.array != null) {
        throw r.fatal("attempt to use array `" + name + "' in a scalar context");
      }
      if (o == null) {
        home(r)[slot] = Value.UNINITIALIZED; // used as a scalar once, it stays one
      }
      return Value.UNINITIALIZED;
    }

    @Override
    void assign(Interpreter r, Value v) {
      Object[] home = home(r);
      Object o = home[slot];
      if (!(o instanceof Value)) {
        other(r, o);
      }
      home[slot] = v.kept();
    }

    @Override
    public AwkArray array(Interpreter r) {
      Object[] home = home(r);
      Object o = home[slot];
      if (o instanceof AwkArray a) {
        return a;
      }
      if (o == null) {
        AwkArray a = new AwkArray(name);
        home[slot] = a;
        return a;
      }
      if (o instanceof Untyped u) {
        if (u.array == null) {
          u.array = new AwkArray(name);
        }
        home[slot] = u.array;
        return u.array;
      }
      throw r.fatal(
          "attempt to use scalar " + (local ? "parameter " : "") + "`" + name + "' as an array");
    }

    /** What a call hands over: a value, an array, or what may become one. */
    Object argument(Interpreter r) {
      Object[] home = home(r);
      Object o = home[slot];
      if (o == null || o == Value.UNINITIALIZED && local) {
        Untyped u = new Untyped();
        home[slot] = u;
        return u;
      }
      if (o instanceof Untyped u && u.array != null) {
        home[slot] = u.array;
        return u.array;
      }
      return o;
    }
  }

  /** One of the variables the interpreter itself reads or sets. */
  static final class Special extends Place {
    final int slot;

    Special(int slot) {
      this.slot = slot;
    }

    @Override
    Value value(Interpreter r) {
      return r.special(slot);
    }

    @Override
    double number(Interpreter r) {
      return slot == Interpreter.NR ? r.nr : slot == Interpreter.FNR ? r.fnr : value(r).number();
    }

    @Override
    void assign(Interpreter r, Value v) {
      r.setSpecial(slot, v.kept());
    }
  }

  /** {@code array[subscripts]}. */
  static final class Element extends Place implements ArraySource {
    final ArraySource source;
    final Expr[] subscripts;

    Element(ArraySource source, Expr[] subscripts) {
      this.source = source;
      this.subscripts = subscripts;
    }

    /** The subscript's text; what {@code SUBSEP} joins, if there are several. */
    static Value key(Interpreter r, Expr[] subscripts) {
      if (subscripts.length == 1) {
        return subscripts[0].value(r).text(r.convfmt);
      }
      ByteBuilder out = new ByteBuilder();
      for (int i = 0; i < subscripts.length; i++) {
        if (i > 0) {
          r.globalValue(Interpreter.SUBSEP).appendTo(out, r.convfmt);
        }
        subscripts[i].append(r, out, r.convfmt);
      }
      byte[] b = out.toByteArray();
      return Value.of(b, 0, b.length).text(r.convfmt);
    }

    private int place(Interpreter r, AwkArray a, Value k) {
      return a.place(k.bytes(), k.offset(), k.length());
    }

    @Override
    Value value(Interpreter r) {
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      return scalar(r, a, a.at(place(r, a, k)), k);
    }

    private static Value scalar(Interpreter r, AwkArray a, Object o, Value k) {
      if (o instanceof Value v) {
        return v;
      }
      throw r.fatal("attempt to use array `" + a.name + "[\"" + k + "\"]' in a scalar context");
    }

    @Override
    void assign(Interpreter r, Value v) {
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      int p = place(r, a, k);
      if (a.at(p) instanceof AwkArray) {
        scalar(r, a, a.at(p), k);
      }
      a.setAt(p, v.kept());
    }

    @Override
    double update(Interpreter r, int op, Expr amount) {
      double by = amount.number(r);
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      int p = place(r, a, k);
      double v = Arithmetic.apply(r, op, scalar(r, a, a.at(p), k).number(), by);
      a.setAt(p, Value.of(v));
      return v;
    }

    @Override
    double increment(Interpreter r, double by) {
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      int p = place(r, a, k);
      double old = scalar(r, a, a.at(p), k).number();
      a.setAt(p, Value.of(old + by));
      return old;
    }

    /** The element as an array of its own, made if it is new. */
    @Override
    public AwkArray array(Interpreter r) {
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      int p = place(r, a, k);
      Object o = a.at(p);
      if (o instanceof AwkArray inner) {
        return inner;
      }
      if (o == Value.UNINITIALIZED) {
        AwkArray inner = new AwkArray(a.name + "[\"" + k + "\"]");
        a.setAt(p, inner);
        return inner;
      }
      throw r.fatal("attempt to use scalar `" + a.name + "[\"" + k + "\"]' as an array");
    }

    /** The element as a call hands it over. */
    Object argument(Interpreter r) {
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      return a.at(place(r, a, k));
    }
  }

  /** {@code (subscripts) in array}. */
  static final class In extends Expr {
    private final Expr[] subscripts;
    private final ArraySource array;

    In(Expr[] subscripts, ArraySource array) {
      this.subscripts = subscripts;
      this.array = array;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(test(r));
    }

    @Override
    boolean test(Interpreter r) {
      Value k = Element.key(r, subscripts);
      return array.array(r).get(k.bytes(), k.offset(), k.length()) != null;
    }
  }

  /** {@code $index}. */
  static final class Field extends Place {
    private final Expr index;

    Field(Expr index) {
      this.index = index;
    }

    private int index(Interpreter r) {
      double d = index.number(r);
      if (d < 0) {
        throw r.fatal("attempt to access field " + (long) d);
      }
      if (d > 50_000_000) {
        throw r.fatal("attempt to access field " + (long) d);
      }
      return (int) d;
    }

    @Override
    Value value(Interpreter r) {
      return r.record.field(index(r));
    }

    @Override
    double number(Interpreter r) {
      return r.record.number(index(r));
    }

    @Override
    void append(Interpreter r, ByteBuilder out, String format) {
      r.record.appendField(index(r), out, format);
    }

    @Override
    void assign(Interpreter r, Value v) {
      r.record.setField(index(r), v.kept());
    }

    @Override
    double update(Interpreter r, int op, Expr amount) {
      double a = amount.number(r);
      int i = index(r);
      double v = Arithmetic.apply(r, op, r.record.number(i), a);
      r.record.setField(i, Value.of(v));
      return v;
    }

    @Override
    double increment(Interpreter r, double by) {
      int i = index(r);
      double old = r.record.number(i);
      r.record.setField(i, Value.of(old + by));
      return old;
    }
  }

  static final class Assign extends Expr {
    private final Place place;
    private final Expr value;

    Assign(Place place, Expr value) {
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

  static final class Update extends Expr {
    private final Place place;
    private final int op;
    private final Expr amount;

    Update(Place place, int op, Expr amount) {
      this.place = place;
      this.op = op;
      this.amount = amount;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(place.update(r, op, amount));
    }

    @Override
    double number(Interpreter r) {
      return place.update(r, op, amount);
    }
  }

  static final class Increment extends Expr {
    private final Place place;
    private final double by;
    private final boolean prefix;

    Increment(Place place, double by, boolean prefix) {
      this.place = place;
      this.by = by;
      this.prefix = prefix;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(number(r));
    }

    @Override
    double number(Interpreter r) {
      double old = place.increment(r, by);
      return prefix ? old + by : old;
    }
  }

  static final class Arithmetic extends Expr {
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
    Value value(Interpreter r) {
      return Value.of(number(r));
    }

    @Override
    double number(Interpreter r) {
      double a = left.number(r);
      return apply(r, op, a, right.number(r));
    }

    @Override
    boolean test(Interpreter r) {
      return number(r) != 0;
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

  static final class Negate extends Expr {
    private final Expr operand;
    private final boolean minus;

    Negate(Expr operand, boolean minus) {
      this.operand = operand;
      this.minus = minus;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(number(r));
    }

    @Override
    double number(Interpreter r) {
      double v = operand.number(r);
      return minus ? (v == 0 ? 0 : -v) : v;
    }
  }

  static final class Not extends Expr {
    private final Expr operand;

    Not(Expr operand) {
      this.operand = operand;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(test(r));
    }

    @Override
    boolean test(Interpreter r) {
      return !operand.test(r);
    }
  }

  static final class Logic extends Expr {
    private final boolean and;
    private final Expr left;
    private final Expr right;

    Logic(boolean and, Expr left, Expr right) {
      this.and = and;
      this.left = left;
      this.right = right;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(test(r));
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

  static final class Compare extends Expr {
    private final String op;
    private final Expr left;
    private final Expr right;

    Compare(String op, Expr left, Expr right) {
      this.op = op;
      this.left = left;
      this.right = right;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(test(r));
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
  static final class Match extends Expr {
    private final Expr text;
    private final Pattern pattern;
    private final boolean wanted;

    Match(Expr text, Pattern pattern, boolean wanted) {
      this.text = text;
      this.pattern = pattern;
      this.wanted = wanted;
    }

    @Override
    Value value(Interpreter r) {
      return Value.of(test(r));
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
            e instanceof Name n
                ? n.argument(r)
                : e instanceof Element el ? el.argument(r) : e.value(r);
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
