package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.text.ByteBuilder;
import java.util.Arrays;

/**
 * An expression with exactly one output and no choices, evaluated by plain calls instead of by the
 * machine. Most of what stands inside of {@code select(…)} and {@code map(…)} is of this kind. How
 * deep the calls go is bounded by the program's text.
 */
abstract class Direct {
  abstract JsonValue eval(Machine m, Frame f, JsonValue in);

  /** Takes the outputs of a {@link Generator}. */
  interface Sink {
    void accept(JsonValue v);
  }

  /** An expression with any number of outputs that can be run to its end at once. */
  abstract static class Generator {
    abstract void run(Machine m, Frame f, JsonValue in, Sink out);
  }

  static final class Identity extends Direct {
    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      return in;
    }
  }

  static final class Constant extends Direct {
    final JsonValue value;

    Constant(JsonValue value) {
      this.value = value;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      return value;
    }
  }

  static final class Variable extends Direct {
    private final int level;
    private final int slot;

    Variable(int level, int slot) {
      this.level = level;
      this.slot = slot;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      for (int i = 0; i < level; i++) {
        f = f.outer;
      }
      return (JsonValue) f.variables[slot];
    }
  }

  static final class Member extends Direct {
    private final Direct term;
    private final JsonString key;

    Member(Direct term, JsonString key) {
      this.term = term;
      this.key = key;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      JsonValue t = term.eval(m, f, in);
      if (t instanceof JsonObject o) {
        JsonValue v = o.get(key);
        return v == null ? JsonValue.NULL : v;
      }
      return Ops.index(t, key);
    }
  }

  static final class Index extends Direct {
    private final Direct term;
    private final Direct key;

    Index(Direct term, Direct key) {
      this.term = term;
      this.key = key;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      JsonValue k = key.eval(m, f, in);
      return Ops.index(term.eval(m, f, in), k);
    }
  }

  static final class Slice extends Direct {
    private final Direct term;
    private final Direct from;
    private final Direct to;

    Slice(Direct term, Direct from, Direct to) {
      this.term = term;
      this.from = from;
      this.to = to;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      JsonValue a = from.eval(m, f, in);
      JsonValue b = to.eval(m, f, in);
      return Ops.index(term.eval(m, f, in), Ops.range(a, b));
    }
  }

  static final class Binary extends Direct {
    private final int op;
    private final Direct left;
    private final Direct right;

    Binary(int op, Direct left, Direct right) {
      this.op = op;
      this.left = left;
      this.right = right;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      JsonValue r = right.eval(m, f, in);
      return Ops.binary(op, left.eval(m, f, in), r);
    }
  }

  static final class Negation extends Direct {
    private final Direct operand;

    Negation(Direct operand) {
      this.operand = operand;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      return Ops.negate(operand.eval(m, f, in));
    }
  }

  /** {@code and} and {@code or}. */
  static final class Logic extends Direct {
    private final boolean and;
    private final Direct left;
    private final Direct right;

    Logic(boolean and, Direct left, Direct right) {
      this.and = and;
      this.left = left;
      this.right = right;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      boolean l = left.eval(m, f, in).isTruthy();
      return JsonValue.of(l == and ? right.eval(m, f, in).isTruthy() : l);
    }
  }

  static final class Condition extends Direct {
    private final Direct condition;
    private final Direct then;
    private final Direct otherwise;

    Condition(Direct condition, Direct then, Direct otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      return condition.eval(m, f, in).isTruthy() ? then.eval(m, f, in) : otherwise.eval(m, f, in);
    }
  }

  static final class Alternative extends Direct {
    private final Direct left;
    private final Direct right;

    Alternative(Direct left, Direct right) {
      this.left = left;
      this.right = right;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      JsonValue v;
      try {
        v = left.eval(m, f, in);
      } catch (JqError e) {
        v = JsonValue.NULL;
      }
      return v.isTruthy() ? v : right.eval(m, f, in);
    }
  }

  static final class Pipe extends Direct {
    private final Direct left;
    private final Direct right;

    Pipe(Direct left, Direct right) {
      this.left = left;
      this.right = right;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      return right.eval(m, f, left.eval(m, f, in));
    }
  }

  static final class NewObject extends Direct {
    private final Direct[] keys;
    private final Direct[] values;

    NewObject(Direct[] keys, Direct[] values) {
      this.keys = keys;
      this.values = values;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      int n = keys.length;
      JsonString[] k = new JsonString[n];
      JsonValue[] v = new JsonValue[n];
      for (int i = 0; i < n; i++) {
        JsonValue key = keys[i].eval(m, f, in);
        v[i] = values[i].eval(m, f, in);
        if (!(key instanceof JsonString s)) {
          Machine.insert(JsonObject.EMPTY, key, v[i]);
          return null;
        }
        k[i] = s;
      }
      return n == 0 ? JsonObject.EMPTY : JsonObject.ofOwned(k, v, n);
    }
  }

  static final class NewArray extends Direct {
    private final Generator items;

    NewArray(Generator items) {
      this.items = items;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      Gathering g = new Gathering();
      if (items != null) {
        items.run(m, f, in, g);
      }
      return g.toArray();
    }
  }

  private static final class Gathering implements Sink {
    private JsonValue[] items = new JsonValue[8];
    private int count;

    @Override
    public void accept(JsonValue v) {
      if (count == items.length) {
        items = Arrays.copyOf(items, count * 2);
      }
      items[count++] = v;
    }

    JsonValue toArray() {
      return count == 0 ? JsonArray.EMPTY : JsonArray.ofOwned(items, count);
    }
  }

  static final class Text extends Direct {
    private final String format;
    private final Object[] texts;
    private final Direct[] parts;

    Text(String format, Object[] texts, Direct[] parts) {
      this.format = format;
      this.texts = texts;
      this.parts = parts;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      ByteBuilder out = new ByteBuilder();
      for (int i = 0; i < parts.length; i++) {
        out.append(((JsonString) texts[i]).utf8());
        out.append(((JsonString) Formats.apply(format, parts[i].eval(m, f, in))).utf8());
      }
      out.append(((JsonString) texts[parts.length]).utf8());
      return JsonString.ofValid(out.toByteArray());
    }
  }

  static final class Formatted extends Direct {
    private final String format;

    Formatted(String format) {
      this.format = format;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      return Formats.apply(format, in);
    }
  }

  static final class Native extends Direct {
    private final Builtins.Native function;
    private final Direct[] args;

    Native(Builtins.Native function, Direct[] args) {
      this.function = function;
      this.args = args;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      JsonValue[] a = new JsonValue[args.length];
      for (int i = args.length - 1; i >= 0; i--) {
        a[i] = args[i].eval(m, f, in);
      }
      return function.call(m, in, a);
    }
  }

  /** {@code reduce source as $x (init; update)}. */
  static final class Reduction extends Direct {
    private final Generator source;
    private final int slot;
    private final Direct init;
    private final Direct update;

    Reduction(Generator source, int slot, Direct init, Direct update) {
      this.source = source;
      this.slot = slot;
      this.init = init;
      this.update = update;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      JsonValue[] state = {init.eval(m, f, in)};
      source.run(
          m,
          f,
          in,
          v -> {
            f.variables[slot] = v;
            JsonValue s = state[0];
            state[0] = null; // ours alone: the update may work in place
            state[0] = update.eval(m, f, s);
          });
      return state[0];
    }
  }

  /** {@code source as $x | body}. */
  static final class Let extends Direct {
    private final Direct source;
    private final int slot;
    private final Direct body;

    Let(Direct source, int slot, Direct body) {
      this.source = source;
      this.slot = slot;
      this.body = body;
    }

    @Override
    JsonValue eval(Machine m, Frame f, JsonValue in) {
      f.variables[slot] = source.eval(m, f, in);
      return body.eval(m, f, in);
    }
  }

  static final class One extends Generator {
    private final Direct value;

    One(Direct value) {
      this.value = value;
    }

    @Override
    void run(Machine m, Frame f, JsonValue in, Sink out) {
      out.accept(value.eval(m, f, in));
    }
  }

  static final class None extends Generator {
    @Override
    void run(Machine m, Frame f, JsonValue in, Sink out) {}
  }

  static final class Each extends Generator {
    private final Direct term;
    private final boolean optional;

    Each(Direct term, boolean optional) {
      this.term = term;
      this.optional = optional;
    }

    @Override
    void run(Machine m, Frame f, JsonValue in, Sink out) {
      JsonValue v = term.eval(m, f, in);
      if (v instanceof JsonArray a) {
        for (int i = 0; i < a.size(); i++) {
          m.step();
          out.accept(a.at(i));
        }
      } else if (v instanceof JsonObject o) {
        for (int i = 0; i < o.slots(); i++) {
          JsonValue w = o.valueAt(i);
          if (w != null) {
            m.step();
            out.accept(w);
          }
        }
      } else if (!optional) {
        throw new JqError("Cannot iterate over " + v.kind() + " (" + Ops.shown(v, 15) + ")");
      }
    }
  }

  static final class Through extends Generator {
    private final Generator left;
    private final Generator right;

    Through(Generator left, Generator right) {
      this.left = left;
      this.right = right;
    }

    @Override
    void run(Machine m, Frame f, JsonValue in, Sink out) {
      left.run(m, f, in, v -> right.run(m, f, v, out));
    }
  }

  static final class Both extends Generator {
    private final Generator left;
    private final Generator right;

    Both(Generator left, Generator right) {
      this.left = left;
      this.right = right;
    }

    @Override
    void run(Machine m, Frame f, JsonValue in, Sink out) {
      left.run(m, f, in, out);
      right.run(m, f, in, out);
    }
  }

  static final class Choose extends Generator {
    private final Direct condition;
    private final Generator then;
    private final Generator otherwise;

    Choose(Direct condition, Generator then, Generator otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    void run(Machine m, Frame f, JsonValue in, Sink out) {
      (condition.eval(m, f, in).isTruthy() ? then : otherwise).run(m, f, in, out);
    }
  }

  static final class Range extends Generator {
    private final Direct from;
    private final Direct to;

    Range(Direct from, Direct to) {
      this.from = from;
      this.to = to;
    }

    @Override
    void run(Machine m, Frame f, JsonValue in, Sink out) {
      JsonValue a = from.eval(m, f, in);
      JsonValue b = to.eval(m, f, in);
      if (!(a instanceof JsonNumber x) || !(b instanceof JsonNumber y)) {
        throw new JqError("Range bounds must be numeric");
      }
      for (double i = x.value(); i < y.value(); i++) {
        m.step();
        out.accept(JsonNumber.of(i));
      }
    }
  }
}
