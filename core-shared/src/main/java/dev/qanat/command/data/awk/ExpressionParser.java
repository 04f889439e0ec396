package dev.qanat.command.data.awk;

import dev.qanat.command.data.awk.Lexer.Kind;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.RegexException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Parses awk's expressions by recursive descent, weakest operator first. */
abstract class ExpressionParser {
  static final int MAX_DEPTH = 400;

  final Program program;
  final Lexer lexer;
  final int source; // its number in the program
  final List<Expr.Call> calls; // to be resolved when all functions are known
  final Set<String> defined = new HashSet<>();
  Map<String, Integer> locals = new HashMap<>(); // of the function being parsed
  boolean noIn; // in the head of a for
  boolean noGreater; // in the list of a print
  int depth;

  ExpressionParser(
      Program program,
      byte[] source,
      String where,
      List<Expr.Call> calls,
      Consumer<String> warnings) {
    this.program = program;
    this.calls = calls;
    this.source = program.source(where);
    lexer = new Lexer(source, where, warnings);
  }

  boolean is(String op) {
    return lexer.kind == Kind.OPERATOR && lexer.text.equals(op);
  }

  boolean isKeyword(String word) {
    return lexer.kind == Kind.KEYWORD && lexer.text.equals(word);
  }

  boolean take(String op) {
    if (is(op)) {
      lexer.advance();
      return true;
    }
    return false;
  }

  void expect(String op) {
    if (!take(op)) {
      throw lexer.error("syntax error");
    }
  }

  void newlines() {
    while (lexer.kind == Kind.NEWLINE) {
      lexer.advance();
    }
  }

  void terminators() {
    while (lexer.kind == Kind.NEWLINE || is(";")) {
      lexer.advance();
    }
  }

  int here() {
    return Program.place(source, lexer.line());
  }

  AwkError error(String message) {
    return new AwkError(lexer.where() + ":" + lexer.line() + ": error: " + message, 1);
  }

  /** An expression in parentheses or the like: nothing is forbidden in it. */
  Expr whole() {
    boolean in = noIn;
    boolean greater = noGreater;
    noIn = false;
    noGreater = false;
    newlines();
    Expr e = expression();
    newlines();
    noIn = in;
    noGreater = greater;
    return e;
  }

  Expr expression() {
    if (++depth > MAX_DEPTH) {
      throw error("expression is nested too deeply");
    }
    Expr e = or();
    if (take("?")) {
      newlines();
      Expr then = expression();
      newlines();
      expect(":");
      newlines();
      e = new Operators.Choice(e, then, expression());
    }
    depth--;
    return e;
  }

  Expr or() {
    Expr left = and();
    while (take("||")) {
      newlines();
      left = new Operators.Logic(false, left, and());
    }
    return left;
  }

  Expr and() {
    Expr left = in();
    while (take("&&")) {
      newlines();
      left = new Operators.Logic(true, left, in());
    }
    return left;
  }

  Expr in() {
    Expr left = match();
    while (!noIn && isKeyword("in")) {
      lexer.advance();
      Expr[] subscripts = left instanceof Expr.Grouping g ? g.items : new Expr[] {left};
      left = new Operators.In(subscripts, arraySource());
    }
    return left;
  }

  Expr match() {
    Expr left = comparison();
    while (is("~") || is("!~")) {
      boolean wanted = is("~");
      lexer.advance();
      left = new Operators.Match(left, pattern(comparison()), wanted);
    }
    return left;
  }

  Pattern pattern(Expr e) {
    if (e instanceof RegexLiteral l) {
      return l.pattern;
    }
    if (e instanceof Expr.Constant c && c.value.isRegex()) {
      return Pattern.constant(c.value.toBytes("%.6g"));
    }
    return Pattern.of(e);
  }

  Expr comparison() {
    Expr left = concatenation();
    left = pipes(left);
    if (lexer.kind == Kind.OPERATOR) {
      switch (lexer.text) {
        case "<", "<=", "==", "!=", ">=", ">" -> {
          if (lexer.text.equals(">") && noGreater) {
            return left;
          }
          String op = lexer.text;
          lexer.advance();
          return new Operators.Compare(op, left, pipes(concatenation()));
        }
        default -> {}
      }
    }
    return left;
  }

  /** {@code command | getline}, as often as it comes. */
  Expr pipes(Expr left) {
    while (is("|") || is("|&")) {
      Lexer.Mark mark = lexer.mark();
      boolean both = is("|&");
      lexer.advance();
      if (!isKeyword("getline")) {
        lexer.reset(mark);
        break;
      }
      lexer.advance();
      left =
          new Expr.Getline(
              both ? Expr.Getline.COPROCESS : Expr.Getline.COMMAND, left, optionalPlace());
    }
    return left;
  }

  Expr concatenation() {
    Expr left = sum();
    if (!startsOperand()) {
      return left;
    }
    List<Expr> parts = new ArrayList<>();
    parts.add(left);
    while (startsOperand()) {
      parts.add(sum());
    }
    for (Expr e : parts) {
      if (e instanceof Expr.Grouping) {
        throw lexer.error("syntax error");
      }
    }
    return new Operators.Concat(parts.toArray(new Expr[0]));
  }

  boolean startsOperand() {
    return switch (lexer.kind) {
      case NUMBER, STRING, NAME, CALL, BUILTIN -> true;
      case KEYWORD -> false;
      case OPERATOR ->
          switch (lexer.text) {
            case "$", "!", "(", "-", "+", "++", "--", "@" -> true;
            default -> false;
          };
      default -> false;
    };
  }

  Expr sum() {
    Expr left = product();
    while (is("+") || is("-")) {
      int op = lexer.text.charAt(0);
      lexer.advance();
      left = new Operators.Arithmetic(op, left, product());
    }
    return left;
  }

  Expr product() {
    Expr left = unary();
    while (is("*") || is("/") || is("%")) {
      int op = lexer.text.charAt(0);
      lexer.advance();
      Expr right = unary();
      if (op != '*'
          && right instanceof Expr.Constant c
          && c.value.isNumber()
          && c.value.number() == 0) {
        throw error("division by zero attempted" + (op == '%' ? " in `%'" : ""));
      }
      left = new Operators.Arithmetic(op, left, right);
    }
    return left;
  }

  Expr unary() {
    if (is("!") || is("-") || is("+")) {
      String op = lexer.text;
      lexer.advance();
      if (++depth > MAX_DEPTH) {
        throw error("expression is nested too deeply");
      }
      Expr operand = unary();
      depth--;
      return op.equals("!")
          ? new Operators.Not(operand)
          : new Operators.Negate(operand, op.equals("-"));
    }
    return power();
  }

  Expr power() {
    Expr left = postfix();
    if (take("^")) {
      Expr right = is("-") || is("+") || is("!") ? unary() : power();
      return new Operators.Arithmetic('^', left, right);
    }
    return left;
  }

  Expr postfix() {
    Expr e = primary();
    if (!(e instanceof Expr.Place place)) {
      return e;
    }
    if (is("++") || is("--")) {
      double by = is("++") ? 1 : -1;
      lexer.advance();
      return new Operators.Increment(place, by, false);
    }
    if (lexer.kind == Kind.OPERATOR) {
      switch (lexer.text) {
        case "=" -> {
          lexer.advance();
          newlines();
          return new Operators.Assign(place, expression());
        }
        case "+=", "-=", "*=", "/=", "%=", "^=" -> {
          int op = lexer.text.charAt(0);
          lexer.advance();
          newlines();
          return new Operators.Update(place, op, expression());
        }
        default -> {}
      }
    }
    return e;
  }

  Expr primary() {
    switch (lexer.kind) {
      case NUMBER -> {
        Expr e = new Expr.Constant(Value.of(lexer.number));
        lexer.advance();
        return e;
      }
      case STRING -> {
        Expr e = new Expr.Constant(Value.of(lexer.bytes));
        lexer.advance();
        return e;
      }
      case NAME -> {
        return name();
      }
      case CALL -> {
        return call();
      }
      case BUILTIN -> {
        return builtin();
      }
      case KEYWORD -> {
        if (lexer.text.equals("getline")) {
          lexer.advance();
          Expr.Place target = optionalPlace();
          if (take("<")) {
            return new Expr.Getline(Expr.Getline.FILE, fileOperand(), target);
          }
          return new Expr.Getline(Expr.Getline.MAIN, null, target);
        }
        throw lexer.error("syntax error");
      }
      case OPERATOR -> {
        return operator();
      }
      default -> throw lexer.error("syntax error");
    }
  }

  Expr fileOperand() {
    Expr e = primary();
    return e;
  }

  Expr operator() {
    switch (lexer.text) {
      case "/", "/=" -> {
        lexer.regex();
        return new RegexLiteral(regex());
      }
      case "(" -> {
        lexer.advance();
        Expr first = whole();
        if (is(",")) {
          List<Expr> items = new ArrayList<>();
          items.add(first);
          while (take(",")) {
            items.add(whole());
          }
          expect(")");
          return new Expr.Grouping(items.toArray(new Expr[0]));
        }
        expect(")");
        return first instanceof Expr.Grouping ? first : new Expr.Parenthesized(first);
      }
      case "$" -> {
        lexer.advance();
        if (is("++") || is("--")) {
          double by = is("++") ? 1 : -1;
          lexer.advance();
          return new Places.Field(new Operators.Increment(place(), by, true));
        }
        if (is("-") || is("+") || is("!")) {
          return new Places.Field(unary());
        }
        return new Places.Field(primary());
      }
      case "++", "--" -> {
        double by = is("++") ? 1 : -1;
        lexer.advance();
        return new Operators.Increment(place(), by, true);
      }
      case "-", "+", "!" -> {
        return unary();
      }
      case "@" -> {
        lexer.advance();
        if (is("/")) {
          lexer.regex();
          byte[] source = lexer.bytes;
          regex();
          return new Expr.Constant(Value.regex(source));
        }
        if (lexer.kind != Kind.CALL) {
          throw lexer.error("syntax error");
        }
        String name = lexer.text;
        Expr.Place holder = variable(name);
        int place = here();
        lexer.advance();
        Expr.Call c = new Expr.Call(name, arguments(), place);
        c.indirect = holder;
        return c;
      }
      default -> throw lexer.error("syntax error");
    }
  }

  /** A regular expression as a value: whether the record matches. */
  private static final class RegexLiteral extends Expr {
    final Pattern pattern;
    private final Operators.Match match;

    RegexLiteral(Pattern pattern) {
      this.pattern = pattern;
      this.match = new Operators.Match(null, pattern, true);
    }

    @Override
    Value value(Interpreter r) {
      return match.value(r);
    }

    @Override
    boolean test(Interpreter r) {
      return match.test(r);
    }
  }

  Pattern regex() {
    byte[] source = lexer.bytes;
    int line = lexer.line();
    lexer.advance();
    try {
      return Pattern.constant(source);
    } catch (RegexException e) {
      throw new AwkError(
          lexer.where()
              + ":"
              + line
              + ": error: "
              + e.getMessage()
              + ": /"
              + Utf8.decode(source)
              + "/",
          1);
    }
  }

  Expr.Place place() {
    Expr e = primary();
    if (e instanceof Expr.Place p) {
      return p;
    }
    throw lexer.error("syntax error");
  }

  Expr.Place optionalPlace() {
    if (lexer.kind == Kind.NAME || is("$")) {
      return place();
    }
    return null;
  }

  Expr.Place variable(String name) {
    Integer local = locals.get(name);
    if (local != null) {
      return new Places.Name(name, local, true);
    }
    if (defined.contains(name) || program.functions.containsKey(name)) {
      throw error(
          "function `"
              + name
              + "' called with space between name and `('\nor used as a variable or an array");
    }
    int slot = program.global(name);
    return slot < Interpreter.SCALARS
        ? new Places.Special(slot)
        : new Places.Name(name, slot, false);
  }

  Expr.ArraySource variableArray(String name) {
    if (variable(name) instanceof Places.Name n) {
      return n;
    }
    throw error("attempt to use scalar `" + name + "' as an array");
  }

  /** An array's name, perhaps with subscripts: {@code a[1]} as an array. */
  Expr.ArraySource arraySource() {
    if (lexer.kind != Kind.NAME) {
      throw lexer.error("syntax error");
    }
    Expr.ArraySource a = variableArray(lexer.text);
    lexer.advance();
    while (is("[")) {
      a = new Places.Element(a, subscripts());
    }
    return a;
  }

  Expr[] subscripts() {
    expect("[");
    List<Expr> all = new ArrayList<>();
    do {
      all.add(whole());
    } while (take(","));
    expect("]");
    return all.toArray(new Expr[0]);
  }

  Expr name() {
    String name = lexer.text;
    lexer.advance();
    if (is("[")) {
      Expr.ArraySource a = variableArray(name);
      Places.Element e = new Places.Element(a, subscripts());
      while (is("[")) {
        e = new Places.Element(e, subscripts());
      }
      return e;
    }
    return variable(name);
  }

  Expr[] arguments() {
    expect("(");
    List<Expr> all = new ArrayList<>();
    newlines();
    if (!is(")")) {
      do {
        all.add(whole());
      } while (take(","));
    }
    newlines();
    expect(")");
    return all.toArray(new Expr[0]);
  }

  Expr call() {
    String name = lexer.text;
    int place = here();
    if (locals.containsKey(name)) {
      throw error("attempt to use non-function `" + name + "' in function call");
    }
    lexer.advance();
    Expr.Call c = new Expr.Call(name, arguments(), place);
    calls.add(c);
    return c;
  }

  Expr builtin() {
    String name = lexer.text;
    lexer.advance();
    if (!is("(")) {
      if (name.equals("length")) {
        return new Expr.Builtin(name, new Expr[0], null);
      }
      throw lexer.error("syntax error");
    }
    Expr[] args = arguments();
    int[] arity = Lexer.BUILTINS.get(name);
    if (args.length < arity[0] || args.length > arity[1]) {
      throw lexer.error(args.length + " is invalid as number of arguments for " + name);
    }
    int at =
        switch (name) {
          case "sub", "gsub", "gensub" -> 0;
          case "match" -> 1;
          case "split", "patsplit" -> 2;
          default -> -1;
        };
    Pattern p = null;
    if (at >= 0 && at < args.length) {
      p = pattern(args[at]);
      if (name.equals("split") && p.source() == null && args[2] instanceof Expr.Constant) {
        p = Pattern.of(args[2]);
      }
    }
    return new Expr.Builtin(name, args, p);
  }
}
