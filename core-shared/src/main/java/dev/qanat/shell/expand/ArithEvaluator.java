package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.ArithExpr;
import dev.qanat.shell.syntax.ArithParser;
import dev.qanat.shell.syntax.Arithmetic;
import dev.qanat.shell.syntax.Subscript;

/**
 * Computes arithmetic expressions on 64-bit integers that wrap around. A variable's value is itself
 * an expression; one that is a plain number is remembered as such in the variable.
 */
final class ArithEvaluator {
  /**
   * How many values may be evaluated within each other, and how deep a tree may be; bash has 1024.
   */
  private static final int MAX_DEPTH = 1024;

  private static final int SUBSCRIPT_DEPTH = 16;

  private final Expander expander;
  private final Variables variables;
  private final ExpandOptions options;
  private String text = ""; // of the expression being evaluated, for messages
  private int depth;

  ArithEvaluator(Expander expander, ShellContext shell) {
    this.expander = expander;
    this.variables = shell.variables();
    this.options = shell.options();
  }

  long evaluate(Arithmetic arithmetic) {
    ArithExpr expression = expander.parsed(arithmetic);
    if (expression == null) {
      return evaluate(expander.expandedText(arithmetic));
    }
    return evaluate(arithmetic.text(), expression);
  }

  long evaluate(String expression) {
    int n = expression.length();
    if (n > 0 && n < 19 && isPlainNumber(expression)) {
      return parsePlain(expression);
    }
    return evaluate(expression, ArithParser.parse(expression));
  }

  long evaluate(String source, ArithExpr expression) {
    if (expression instanceof ArithExpr.Num num) {
      return num.value();
    }
    String outer = text;
    int outerDepth = depth;
    text = source;
    try {
      return value(expression);
    } finally {
      text = outer;
      depth = outerDepth;
    }
  }

  long evaluate(ArithExpr expression) {
    return value(expression);
  }

  private static boolean isPlainNumber(String s) {
    int i = s.charAt(0) == '-' ? 1 : 0;
    int n = s.length();
    if (i == n || s.charAt(i) == '0' && n > i + 1) {
      return false;
    }
    for (; i < n; i++) {
      char c = s.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  private static long parsePlain(String s) {
    boolean negative = s.charAt(0) == '-';
    long value = 0;
    for (int i = negative ? 1 : 0; i < s.length(); i++) {
      value = value * 10 + (s.charAt(i) - '0');
    }
    return negative ? -value : value;
  }

  private long value(ArithExpr e) {
    if (e instanceof ArithExpr.Num num) {
      return num.value();
    }
    if (e instanceof ArithExpr.Var v) {
      return variable(v.name());
    }
    if (++depth > MAX_DEPTH * 2) {
      throw tooDeep(text, text);
    }
    long result;
    if (e instanceof ArithExpr.Binary b) {
      long left = b.left() instanceof ArithExpr.Binary inner ? chain(inner) : value(b.left());
      result = apply(b.operator(), left, value(b.right()), b.token());
    } else if (e instanceof ArithExpr.Assign a) {
      result = assign(a);
    } else if (e instanceof ArithExpr.Step s) {
      result = step(s);
    } else if (e instanceof ArithExpr.Unary u) {
      result = unary(u);
    } else if (e instanceof ArithExpr.And a) {
      result = value(a.left()) != 0 && value(a.right()) != 0 ? 1 : 0;
    } else if (e instanceof ArithExpr.Or o) {
      result = value(o.left()) != 0 || value(o.right()) != 0 ? 1 : 0;
    } else if (e instanceof ArithExpr.Ternary t) {
      result = value(t.condition()) != 0 ? value(t.then()) : value(t.otherwise());
    } else if (e instanceof ArithExpr.Comma c) {
      value(c.left());
      result = value(c.right());
    } else if (e instanceof ArithExpr.Invalid invalid) {
      throw invalid.error();
    } else if (e instanceof ArithExpr.Seen s) {
      result = value(s.operand());
      value(s.behind());
    } else {
      result = value(place((ArithExpr.Item) e));
    }
    depth--;
    return result;
  }

  /** {@code 1+1+1…} leans to the left as far as it is long: its value without recursion. */
  private long chain(ArithExpr.Binary last) {
    int length = 1;
    ArithExpr first = last.left();
    while (first instanceof ArithExpr.Binary b) {
      length++;
      first = b.left();
    }
    ArithExpr.Binary[] links = new ArithExpr.Binary[length];
    ArithExpr.Binary link = last;
    for (int i = length - 1; i > 0; i--) {
      links[i] = link;
      link = (ArithExpr.Binary) link.left();
    }
    links[0] = link;
    long result = value(first);
    for (ArithExpr.Binary b : links) {
      result = apply(b.operator(), result, value(b.right()), b.token());
    }
    return result;
  }

  private static ArithException tooDeep(String expression, String token) {
    return ArithException.at(expression, "expression recursion level exceeded", token);
  }

  private long unary(ArithExpr.Unary u) {
    long operand = value(u.operand());
    return switch (u.operator()) {
      case MINUS -> -operand;
      case PLUS -> operand;
      case NOT -> operand == 0 ? 1 : 0;
      case COMPLEMENT -> ~operand;
    };
  }

  private long step(ArithExpr.Step s) {
    long old;
    if (s.target() instanceof ArithExpr.Var v) {
      old = variable(v.name());
      store(v.name(), old + s.delta());
    } else {
      Place place = place(s.target());
      old = value(place);
      store(place, old + s.delta());
    }
    return s.prefix() ? old + s.delta() : old;
  }

  private long assign(ArithExpr.Assign a) {
    if (a.target() instanceof ArithExpr.Var v) {
      long value =
          a.operator() == null
              ? value(a.value())
              : apply(a.operator(), variable(v.name()), value(a.value()), a.token());
      store(v.name(), value);
      return value;
    }
    Place place;
    long value;
    if (a.operator() == null) {
      value = value(a.value());
      place = place(a.target());
    } else {
      place = place(a.target());
      long old = value(place);
      value = apply(a.operator(), old, value(a.value()), a.token());
    }
    store(place, value);
    return value;
  }

  private long apply(ArithExpr.BinaryOp operator, long a, long b, String token) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> {
        // both cases trap or overflow in the machine
        checkDivisor(b, token);
        yield b == -1 ? -a : a / b;
      }
      case REMAINDER -> {
        checkDivisor(b, token);
        yield b == -1 ? 0 : a % b;
      }
      case POWER -> {
        if (b < 0) {
          throw ArithException.at(text, "exponent less than 0", token);
        }
        yield power(a, b);
      }
      case SHIFT_LEFT -> a << b;
      case SHIFT_RIGHT -> a >> b;
      case LESS -> a < b ? 1 : 0;
      case LESS_EQUAL -> a <= b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
      case GREATER_EQUAL -> a >= b ? 1 : 0;
      case EQUAL -> a == b ? 1 : 0;
      case NOT_EQUAL -> a != b ? 1 : 0;
      case BIT_AND -> a & b;
      case BIT_XOR -> a ^ b;
      case BIT_OR -> a | b;
    };
  }

  private void checkDivisor(long divisor, String token) {
    if (divisor == 0) {
      throw ArithException.at(text, "division by 0", token);
    }
  }

  private static long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long e = exponent; e != 0; e >>= 1) {
      if ((e & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  private long variable(String name) {
    Variable v = variables.lookup(name);
    if (v != null && v.isNumeric() && !v.has(Variable.NAMEREF)) {
      return v.number();
    }
    if (v == null || v.dynamic != null || v.has(Variable.NAMEREF)) {
      return numberOf(name, variables.get(name));
    }
    String value = v.value();
    if (value == null) {
      return numberOf(name, null);
    }
    int n = value.length();
    if (n > 0 && n < 19 && isPlainNumber(value)) {
      long number = parsePlain(value);
      v.rememberNumber(number);
      return number;
    }
    return numberOf(name, value);
  }

  private long numberOf(String name, String value) {
    if (value == null) {
      if (options.nounset) {
        Variable v = variables.resolved(name);
        if (v == null || !v.hasValue()) {
          throw ExpansionError.unset(name);
        }
      }
      return 0;
    }
    if (depth >= MAX_DEPTH && !value.isEmpty() && !isPlainNumber(value)) {
      throw tooDeep(text, fromName(name));
    }
    return numberOf(value);
  }

  /** The text being evaluated, from a name in it on. */
  private String fromName(String name) {
    for (int i = text.indexOf(name); i >= 0; i = text.indexOf(name, i + 1)) {
      int end = i + name.length();
      boolean whole =
          (i == 0 || Reference.nameEnd("_" + text.charAt(i - 1)) == 1)
              && (end == text.length() || Reference.nameEnd("_" + text.charAt(end)) == 1);
      if (whole) {
        return text.substring(i);
      }
    }
    return text;
  }

  /** The number a value stands for. */
  long numberOf(String value) {
    int n = value.length();
    if (n == 0) {
      return 0;
    }
    if (n < 19 && isPlainNumber(value)) {
      return parsePlain(value);
    }
    if (depth >= MAX_DEPTH) {
      throw tooDeep(value, value);
    }
    depth++;
    long number = evaluate(value, ArithParser.parse(value));
    depth--;
    return number;
  }

  /**
   * A variable or an element, its subscript computed: once, though it is read and then written.
   *
   * @param item null for a variable
   * @param key of an associative array; else null
   */
  private record Place(String name, ArithExpr.Item item, String key, long index) {}

  private Place place(ArithExpr.Target target) {
    if (target instanceof ArithExpr.Var v) {
      return new Place(v.name(), null, null, 0);
    }
    ArithExpr.Item item = (ArithExpr.Item) target;
    Variable v = variables.resolved(item.name());
    if (v != null && v.has(Variable.ASSOCIATIVE)) {
      return new Place(item.name(), item, expander.key(item.subscript()), 0);
    }
    boolean whole = item.subscript().isAt() || item.subscript().isStar();
    return new Place(item.name(), item, null, whole ? 0 : index(item, v));
  }

  private long index(ArithExpr.Item item, Variable v) {
    if (options.nounset && (v == null || !v.hasValue())) {
      return 0; // it ends with the variable
    }
    // a subscript in a subscript takes several times the stack of an operand
    if (depth > MAX_DEPTH) {
      throw tooDeep(text, fromName(item.name()));
    }
    depth += SUBSCRIPT_DEPTH;
    long index = expander.index(item.subscript());
    depth -= SUBSCRIPT_DEPTH;
    return index;
  }

  private long value(Place place) {
    if (place.item() == null) {
      return variable(place.name());
    }
    Variable v = variables.resolved(place.name());
    String value = null;
    if (place.item().subscript().text().isEmpty()) {
      // bash looks for the array twice
      expander.report(place.name() + "[]: bad array subscript");
      expander.report(place.name() + "[]: bad array subscript");
      return 0;
    }
    if (place.key() != null) {
      if (place.key().isEmpty()) {
        expander.report(place.name() + ": bad array subscript");
      }
      value = v == null || v.map() == null ? null : v.map().get(place.key());
    } else {
      Subscript subscript = place.item().subscript();
      if (subscript.isAt() || subscript.isStar()) {
        expander.report(place.name() + "[" + subscript.text() + "]: bad array subscript");
        return 0;
      }
      long index = place.index();
      if (index < 0) {
        index += v == null || v.array() == null ? 0 : v.array().end();
        if (index < 0) {
          expander.report(place.name() + ": bad array subscript");
        }
      }
      if (v != null) {
        value = v.array() != null ? v.array().get(index) : index == 0 ? v.value() : null;
      }
    }
    return numberOf(place.name(), value);
  }

  private void store(String name, long value) {
    refuseReadonly(name);
    variables.setNumber(name, value);
  }

  private void refuseReadonly(String name) {
    Variable v = variables.resolved(name);
    if (v != null && v.has(Variable.READONLY)) {
      throw ArithException.refused(v.name() + ": readonly variable");
    }
  }

  private void store(Place place, long value) {
    if (place.item() == null) {
      store(place.name(), value);
      return;
    }
    refuseReadonly(place.name());
    Subscript subscript = place.item().subscript();
    try {
      if (place.key() == null && (subscript.isAt() || subscript.isStar())) {
        throw new ExpansionError(place.name() + "[" + subscript.text() + "]: bad array subscript");
      }
      expander.assignElement(place.name(), place.key(), place.index(), Long.toString(value));
    } catch (ExpansionError e) {
      if (e.outcome() == ExpansionError.Outcome.EXIT || e.isArithmetic()) {
        throw e;
      }
      String shown = place.name() + "[" + subscript.text() + "]: bad array subscript";
      expander.report(e.getMessage().endsWith(": bad array subscript") ? shown : e.getMessage());
    }
  }
}
