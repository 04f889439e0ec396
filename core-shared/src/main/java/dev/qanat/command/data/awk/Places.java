package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;

/** What can be assigned to: variables, fields and elements of arrays. */
final class Places {
  private Places() {}

  /** A variable or parameter by name. */
  static final class Name extends Expr.Place implements Expr.ArraySource {
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
  static final class Special extends Expr.Place {
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
  static final class Element extends Expr.Place implements Expr.ArraySource {
    final Expr.ArraySource source;
    final Expr[] subscripts;

    Element(Expr.ArraySource source, Expr[] subscripts) {
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

    private static int place(AwkArray a, Value k) {
      return a.place(k.bytes(), k.offset(), k.length());
    }

    @Override
    Value value(Interpreter r) {
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      return scalar(r, a, a.at(place(a, k)), k);
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
      int p = place(a, k);
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
      int p = place(a, k);
      double v = Operators.Arithmetic.apply(r, op, scalar(r, a, a.at(p), k).number(), by);
      a.setAt(p, Value.of(v));
      return v;
    }

    @Override
    double increment(Interpreter r, double by) {
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      int p = place(a, k);
      double old = scalar(r, a, a.at(p), k).number();
      a.setAt(p, Value.of(old + by));
      return old;
    }

    /** The element as an array of its own, made if it is new. */
    @Override
    public AwkArray array(Interpreter r) {
      Value k = key(r, subscripts);
      AwkArray a = source.array(r);
      int p = place(a, k);
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
      return a.at(place(a, k));
    }
  }

  /** {@code $index}. */
  static final class Field extends Expr.Place {
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
      double v = Operators.Arithmetic.apply(r, op, r.record.number(i), a);
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

  /** An array that may not exist yet, shared by the names it goes by. */
  static final class Untyped {
    AwkArray array;
    boolean scalar;
  }
}
