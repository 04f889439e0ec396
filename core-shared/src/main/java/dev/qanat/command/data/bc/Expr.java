package dev.qanat.command.data.bc;

import dev.qanat.sched.Sched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An expression. {@code address} is where its operation would stand in the code of the usual bc,
 * which is what its messages name.
 */
abstract class Expr {
  int address;

  abstract Decimal value(Machine m);

  /** What can be assigned to. */
  abstract static class Place extends Expr {
    abstract void assign(Machine m, Decimal d);

    /** The place itself, its subscript worked out. */
    Place fixed(Machine m) {
      return this;
    }
  }

  static final class Number extends Expr {
    private final String text;
    private int base;
    private Decimal value;

    Number(String text) {
      this.text = text;
    }

    @Override
    Decimal value(Machine m) {
      if (base != m.ibase) {
        base = m.ibase;
        value = Decimal.parse(text, base);
      }
      return value;
    }
  }

  static final class Name extends Place {
    private final Machine.Variable variable;

    Name(Machine.Variable variable) {
      this.variable = variable;
    }

    @Override
    Decimal value(Machine m) {
      return variable.value;
    }

    @Override
    void assign(Machine m, Decimal d) {
      variable.value = d;
    }
  }

  /** An array as an argument. */
  static final class Whole extends Expr {
    final Machine.Variable array;

    Whole(Machine.Variable array) {
      this.array = array;
    }

    @Override
    Decimal value(Machine m) {
      return Decimal.ZERO;
    }
  }

  static final class Element extends Place {
    private final Machine.Variable array;
    private final String name;
    private final Expr subscript;

    Element(Machine.Variable array, String name, Expr subscript) {
      this.array = array;
      this.name = name;
      this.subscript = subscript;
    }

    private int index(Machine m) {
      Decimal i = subscript.value(m);
      int n = i.toInt(Machine.MAX_SUBSCRIPT + 1);
      if (n < 0 || n > Machine.MAX_SUBSCRIPT) {
        throw m.error(address, "Array " + name + " subscript out of bounds.");
      }
      return n;
    }

    @Override
    Decimal value(Machine m) {
      int i = index(m);
      Decimal d = array.elements == null ? null : array.elements.get(i);
      return d == null ? Decimal.ZERO : d;
    }

    @Override
    void assign(Machine m, Decimal d) {
      int i = index(m);
      if (array.elements == null) {
        array.elements = new HashMap<>();
      }
      array.elements.put(i, d);
    }

    @Override
    Place fixed(Machine m) {
      Decimal i = Decimal.of(index(m));
      Element e = new Element(array, name, new Value(i));
      e.address = address;
      return e;
    }
  }

  static final class Value extends Expr {
    private final Decimal value;

    Value(Decimal value) {
      this.value = value;
    }

    @Override
    Decimal value(Machine m) {
      return value;
    }
  }

  /** {@code scale}, {@code ibase}, {@code obase} or {@code last}. */
  static final class Special extends Place {
    private final String name;

    Special(String name) {
      this.name = name;
    }

    @Override
    Decimal value(Machine m) {
      return switch (name) {
        case "scale" -> Decimal.of(m.scale);
        case "ibase" -> Decimal.of(m.ibase);
        case "obase" -> Decimal.of(m.obase);
        default -> m.last;
      };
    }

    @Override
    void assign(Machine m, Decimal d) {
      int n = d.toInt(Integer.MAX_VALUE);
      switch (name) {
        case "scale" -> {
          if (n < 0 || d.signum() < 0) {
            m.warn(address, "negative scale, set to 0");
          } else if (n > Machine.MAX_SCALE) {
            m.warn(address, "scale too large, set to " + Machine.MAX_SCALE);
          }
          m.scale = Math.max(0, Math.min(n, Machine.MAX_SCALE));
        }
        case "ibase" -> {
          if (n < 2) {
            m.warn(address, "ibase too small, set to 2");
          } else if (n > 16) {
            m.warn(address, "ibase too large, set to 16");
          }
          m.ibase = Math.max(2, Math.min(n, 16));
        }
        case "obase" -> {
          if (n < 2) {
            m.warn(address, "obase too small, set to 2");
          }
          m.obase = Math.max(2, n);
        }
        default -> m.last = d;
      }
    }
  }

  static final class Negation extends Expr {
    private final Expr of;

    Negation(Expr of) {
      this.of = of;
    }

    @Override
    Decimal value(Machine m) {
      return of.value(m).negate();
    }
  }

  static final class Not extends Expr {
    private final Expr of;

    Not(Expr of) {
      this.of = of;
    }

    @Override
    Decimal value(Machine m) {
      return Decimal.of(of.value(m).isZero());
    }
  }

  static final class Logical extends Expr {
    private final boolean and;
    private final Expr left;
    private final Expr right;

    Logical(boolean and, Expr left, Expr right) {
      this.and = and;
      this.left = left;
      this.right = right;
    }

    @Override
    Decimal value(Machine m) {
      boolean first = !left.value(m).isZero();
      return Decimal.of(first == and ? !right.value(m).isZero() : first);
    }
  }

  static final class Comparison extends Expr {
    private final String op;
    private final Expr left;
    private final Expr right;

    Comparison(String op, Expr left, Expr right) {
      this.op = op;
      this.left = left;
      this.right = right;
    }

    @Override
    Decimal value(Machine m) {
      int c = left.value(m).compareTo(right.value(m));
      return Decimal.of(
          switch (op) {
            case "==" -> c == 0;
            case "!=" -> c != 0;
            case "<" -> c < 0;
            case "<=" -> c <= 0;
            case ">" -> c > 0;
            default -> c >= 0;
          });
    }
  }

  static final class Arithmetic extends Expr {
    private final char op;
    private final Expr left;
    private final Expr right;

    Arithmetic(char op, Expr left, Expr right) {
      this.op = op;
      this.left = left;
      this.right = right;
    }

    @Override
    Decimal value(Machine m) {
      Decimal a = left.value(m);
      return calculate(m, op, a, right.value(m), address);
    }
  }

  static Decimal calculate(Machine m, char op, Decimal a, Decimal b, int address) {
    switch (op) {
      case '+' -> {
        return a.add(b);
      }
      case '-' -> {
        return a.subtract(b);
      }
      case '*' -> {
        return a.multiply(b, m.scale);
      }
      case '/' -> {
        if (b.isZero()) {
          throw m.error(address, "Divide by zero");
        }
        return a.divide(b, m.scale);
      }
      case '%' -> {
        if (b.isZero()) {
          throw m.error(address, "Modulo by zero");
        }
        return a.modulo(b, m.scale);
      }
      default -> {
        return power(m, a, b, address);
      }
    }
  }

  private static Decimal power(Machine m, Decimal a, Decimal b, int address) {
    if (b.scale > 0 && b.withScale(0).compareTo(b) != 0) {
      m.warn(address, "non-zero scale in exponent");
    }
    int exponent = b.toInt(Integer.MAX_VALUE);
    long bits = (long) Math.max(1, a.unscaled.bitLength()) * Math.abs((long) exponent);
    if (Math.abs((long) exponent) == Integer.MAX_VALUE || bits > 1L << 28 && !a.isZero()) {
      throw m.error(address, "exponent too large in raise");
    }
    if (exponent < 0 && a.isZero()) {
      throw m.error(address, "divide by zero");
    }
    return a.power(exponent, m.scale);
  }

  /** {@code place = value}, or with an operation before the sign. */
  static final class Assignment extends Expr {
    private final Place place;
    private final char op; // 0: none
    private final Expr right;

    Assignment(Place place, char op, Expr right) {
      this.place = place;
      this.op = op;
      this.right = right;
    }

    @Override
    Decimal value(Machine m) {
      Place to = place.fixed(m);
      Decimal d;
      if (op == 0) {
        d = right.value(m);
      } else {
        Decimal before = to.value(m);
        d = calculate(m, op, before, right.value(m), address - 2);
      }
      to.address = address;
      to.assign(m, d);
      return d;
    }
  }

  /** {@code ++} and {@code --}, before the place or after it. */
  static final class Step extends Expr {
    private final Place place;
    private final int by;
    private final boolean after;

    Step(Place place, int by, boolean after) {
      this.place = place;
      this.by = by;
      this.after = after;
    }

    @Override
    Decimal value(Machine m) {
      Place to = place.fixed(m);
      Decimal before = to.value(m);
      Decimal then = before.add(Decimal.of(by));
      to.assign(m, then);
      return after ? before : then;
    }
  }

  /** {@code length}, {@code scale}, {@code sqrt}, {@code read} and the mathematical library. */
  static final class Builtin extends Expr {
    private final String name;
    private final Expr[] arguments;

    Builtin(String name, Expr... arguments) {
      this.name = name;
      this.arguments = arguments;
    }

    @Override
    Decimal value(Machine m) {
      if (name.equals("read")) {
        return read(m);
      }
      Decimal x = arguments[0].value(m);
      switch (name) {
        case "length" -> {
          return Decimal.of(x.length());
        }
        case "scale" -> {
          return Decimal.of(x.scale);
        }
        case "sqrt" -> {
          if (x.signum() < 0) {
            throw m.error(address, "Square root of a negative number");
          }
          return x.isZero() ? Decimal.ZERO : x.sqrt(m.scale);
        }
        case "e" -> {
          return MathLibrary.exp(x, m.scale);
        }
        case "l" -> {
          return MathLibrary.log(x, m.scale);
        }
        case "s" -> {
          return MathLibrary.sin(x, m.scale);
        }
        case "c" -> {
          return MathLibrary.cos(x, m.scale);
        }
        case "a" -> {
          return MathLibrary.arctan(x, m.scale);
        }
        default -> {
          return MathLibrary.bessel(x, arguments[1].value(m), m.scale);
        }
      }
    }

    private Decimal read(Machine m) {
      m.out.flush();
      String line = m.input.next();
      String text = line == null ? "" : line.trim();
      boolean negative = text.startsWith("-");
      int i = negative ? 1 : 0;
      int from = i;
      boolean point = false;
      while (i < text.length()
          && ("0123456789ABCDEF".indexOf(text.charAt(i)) >= 0 || text.charAt(i) == '.' && !point)) {
        point |= text.charAt(i++) == '.';
      }
      Decimal d = i == from ? Decimal.ZERO : Decimal.parse(text.substring(from, i), m.ibase);
      return negative ? d.negate() : d;
    }
  }

  /** A call of a function of the program. Its names are the caller's while it runs. */
  static final class Call extends Expr {
    final Machine.Function function;
    private final Expr[] arguments;

    Call(Machine.Function function, Expr[] arguments) {
      this.function = function;
      this.arguments = arguments;
    }

    @Override
    Decimal value(Machine m) {
      Machine.Function f = function;
      if (f.body == null) {
        throw m.error(address, "Function " + f.name + " not defined.");
      }
      Decimal[] values = new Decimal[arguments.length];
      List<Map<Integer, Decimal>> arrays = new ArrayList<>();
      boolean fits = arguments.length == f.parameters.size();
      for (int i = 0; i < values.length; i++) {
        boolean array = arguments[i] instanceof Whole;
        if (fits && array != f.parameters.get(i).array()) {
          throw m.error(
              address,
              "Parameter type mismatch, parameter "
                  + (array ? "array" : "variable")
                  + " expected.");
        }
        values[i] = arguments[i].value(m);
        arrays.add(arguments[i] instanceof Whole w ? elements(w.array) : null);
      }
      if (!fits) {
        throw m.error(address, "Parameter number mismatch");
      }
      if (m.calls >= Machine.MAX_CALLS) {
        throw m.error(address, "function calls are nested too deeply");
      }
      Sched.checkpoint();
      return run(m, f, values, arrays);
    }

    private static Map<Integer, Decimal> elements(Machine.Variable array) {
      if (array.elements == null) {
        array.elements = new HashMap<>();
      }
      return array.elements;
    }

    private Decimal run(
        Machine m, Machine.Function f, Decimal[] values, List<Map<Integer, Decimal>> arrays) {
      List<Machine.Local> locals = new ArrayList<>(f.parameters);
      locals.addAll(f.autos);
      Decimal[] saved = new Decimal[locals.size()];
      List<Map<Integer, Decimal>> savedArrays = new ArrayList<>();
      for (int i = 0; i < saved.length; i++) {
        Machine.Local local = locals.get(i);
        Machine.Variable v = local.variable();
        saved[i] = v.value;
        savedArrays.add(v.elements);
        if (!local.array()) {
          v.value = i < values.length ? values[i] : Decimal.ZERO;
        } else if (i >= values.length) {
          v.elements = null;
        } else {
          v.elements = local.reference() ? arrays.get(i) : new HashMap<>(arrays.get(i));
        }
      }
      String caller = m.function;
      m.function = f.name;
      m.calls++;
      m.returned = Decimal.ZERO;
      try {
        Statement.runAll(f.body, m);
        return m.returned;
      } finally {
        m.calls--;
        m.function = caller;
        for (int i = saved.length - 1; i >= 0; i--) {
          locals.get(i).variable().value = saved[i];
          locals.get(i).variable().elements = savedArrays.get(i);
        }
      }
    }
  }
}
