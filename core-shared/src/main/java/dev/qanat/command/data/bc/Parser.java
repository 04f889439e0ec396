package dev.qanat.command.data.bc;

import dev.qanat.command.data.bc.Lexer.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parses a line (as many lines as its braces need) into statements. */
final class Parser {
  private static final int MAX_DEPTH = 300;

  private final Lexer lexer;
  private final Machine machine;
  private final boolean library;
  private int address; // where the next operation's code would stand
  private int loops;
  private int depth;
  private boolean inFunction;
  private boolean inVoid;

  Parser(Lexer lexer, Machine machine, boolean library) {
    this.lexer = lexer;
    this.machine = machine;
    this.library = library;
  }

  /** Ends the run: {@code quit} works when it is read. */
  static final class Quit extends RuntimeException {
    Quit() {
      super(null, null, false, false);
    }
  }

  /** The statements of the next line; null at the end of input. */
  List<Statement> line() {
    lexer.advance();
    if (lexer.kind == Kind.END) {
      return null;
    }
    address = 0;
    loops = 0;
    depth = 0;
    inFunction = false;
    List<Statement> all = new ArrayList<>();
    if (isKeyword("define")) {
      define();
    } else {
      list(all);
    }
    if (lexer.kind != Kind.NEWLINE && lexer.kind != Kind.END) {
      throw syntax();
    }
    return all;
  }

  private BcError syntax() {
    return new BcError("syntax error");
  }

  private boolean is(String op) {
    return lexer.kind == Kind.OPERATOR && lexer.text.equals(op);
  }

  private boolean isKeyword(String word) {
    return lexer.kind == Kind.KEYWORD && lexer.text.equals(word);
  }

  private boolean take(String op) {
    if (is(op)) {
      lexer.advance();
      return true;
    }
    return false;
  }

  private void expect(String op) {
    if (!take(op)) {
      throw syntax();
    }
  }

  private String name() {
    if (lexer.kind != Kind.NAME) {
      throw syntax();
    }
    String name = lexer.text;
    lexer.advance();
    return name;
  }

  private void newlines() {
    while (lexer.kind == Kind.NEWLINE) {
      lexer.advance();
    }
  }

  private <E extends Expr> E emit(int size, E e) {
    address += size;
    e.address = address;
    return e;
  }

  private void define() {
    lexer.advance();
    boolean isVoid = isKeyword("void");
    if (isVoid) {
      lexer.advance();
    }
    Machine.Function f = machine.function(name());
    expect("(");
    List<Machine.Local> parameters = locals(")");
    expect(")");
    newlines();
    expect("{");
    List<Machine.Local> autos = new ArrayList<>();
    terminators();
    while (isKeyword("auto")) {
      lexer.advance();
      autos.addAll(locals(";"));
      terminators();
    }
    inFunction = true;
    inVoid = isVoid;
    List<Statement> body = untilBrace();
    inFunction = false;
    f.parameters = parameters;
    f.autos = autos;
    f.isVoid = isVoid;
    f.body = body;
  }

  private List<Machine.Local> locals(String end) {
    List<Machine.Local> all = new ArrayList<>();
    while (!is(end) && lexer.kind != Kind.NEWLINE) {
      boolean reference = take("*") || take("&");
      String name = name();
      boolean array = take("[");
      if (array) {
        expect("]");
      }
      all.add(
          new Machine.Local(
              array ? machine.array(name) : machine.variable(name), array, reference));
      if (!take(",")) {
        break;
      }
    }
    return all;
  }

  private void terminators() {
    while (lexer.kind == Kind.NEWLINE || is(";")) {
      lexer.advance();
    }
  }

  private List<Statement> untilBrace() {
    List<Statement> all = new ArrayList<>();
    terminators();
    while (!is("}")) {
      statement(all);
      if (!is("}") && !is(";") && lexer.kind != Kind.NEWLINE) {
        throw syntax();
      }
      terminators();
    }
    lexer.advance();
    return all;
  }

  private void list(List<Statement> all) {
    while (true) {
      if (lexer.kind == Kind.NEWLINE || lexer.kind == Kind.END) {
        return;
      }
      if (!is(";")) {
        statement(all);
      }
      if (!take(";")) {
        return;
      }
    }
  }

  private Statement one() {
    List<Statement> all = new ArrayList<>();
    newlines();
    statement(all);
    return all.size() == 1 ? all.get(0) : new Statement.Block(all);
  }

  private void statement(List<Statement> to) {
    if (++depth > MAX_DEPTH) {
      throw new BcError("program is nested too deeply");
    }
    if (lexer.kind == Kind.STRING) {
      to.add(new Statement.Print(lexer.text, null));
      address += lexer.text.length() + 3;
      lexer.advance();
    } else if (take("{")) {
      to.add(new Statement.Block(untilBrace()));
    } else if (lexer.kind != Kind.KEYWORD || !keyword(to)) {
      Expr e = expression();
      boolean print = !(e instanceof Expr.Assignment);
      address++;
      to.add(new Statement.Evaluate(e, print));
    }
    depth--;
  }

  private boolean keyword(List<Statement> to) {
    String word = lexer.text;
    switch (word) {
      case "quit" -> throw new Quit();
      case "break", "continue" -> {
        if (loops == 0) {
          throw new BcError(
              word.equals("break") ? "Break outside a for/while" : "Continue outside a for");
        }
        lexer.advance();
        to.add(new Statement.Leave(word.equals("break") ? Statement.BREAK : Statement.CONTINUE));
      }
      case "halt" -> {
        lexer.advance();
        to.add(new Statement.Leave(Statement.HALT));
      }
      case "return" -> {
        if (!inFunction) {
          throw new BcError("Return outside of a function.");
        }
        lexer.advance();
        Expr value = null;
        if (!is(";") && !is("}") && lexer.kind != Kind.NEWLINE) {
          if (inVoid) {
            throw new BcError("Return expression in a void function.");
          }
          value = expression();
        }
        to.add(new Statement.Return(value));
      }
      case "print" -> {
        lexer.advance();
        printed(to);
      }
      case "if" -> to.add(condition());
      case "while", "for" -> to.add(loop(word.equals("for")));
      case "limits" -> {
        lexer.advance();
        to.add(
            new Statement.Print(
                "BC_BASE_MAX     = 2147483647\nBC_DIM_MAX      = 16777215\n"
                    + "BC_SCALE_MAX    = 1000000\nBC_STRING_MAX   = 2147483647\n",
                null));
      }
      case "warranty" -> {
        lexer.advance();
        to.add(new Statement.Print("There is no warranty, see the licence.\n", null));
      }
      case "random", "history" -> throw new BcError(word + " is not supported");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void printed(List<Statement> to) {
    do {
      if (lexer.kind == Kind.STRING) {
        to.add(new Statement.Print(escapes(lexer.text), null));
        lexer.advance();
      } else {
        to.add(new Statement.Print(null, expression()));
        address++;
      }
    } while (take(","));
  }

  private static String escapes(String s) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      int which = c == '\\' && i + 1 < s.length() ? "abfnqrt\\".indexOf(s.charAt(i + 1)) : -1;
      if (which >= 0) {
        out.append("\u0007\b\f\n\"\r\t\\".charAt(which));
        i++;
      } else if (c != '\\' || i + 1 == s.length()) {
        out.append(c);
      } else {
        i++;
      }
    }
    return out.toString();
  }

  private Statement condition() {
    lexer.advance();
    expect("(");
    Expr test = expression();
    expect(")");
    Statement then = one();
    if (isKeyword("else")) {
      lexer.advance();
      return new Statement.If(test, then, one());
    }
    return new Statement.If(test, then, null);
  }

  private Statement loop(boolean three) {
    lexer.advance();
    expect("(");
    Expr start = null;
    Expr test;
    Expr step = null;
    if (three) {
      start = is(";") ? null : expression();
      expect(";");
      test = is(";") ? null : expression();
      expect(";");
      step = is(")") ? null : expression();
    } else {
      test = expression();
    }
    expect(")");
    loops++;
    Statement body = one();
    loops--;
    return new Statement.Loop(start, test, step, body);
  }

  private Expr expression() {
    if (++depth > MAX_DEPTH) {
      throw new BcError("program is nested too deeply");
    }
    Expr left = conjunction();
    while (take("||")) {
      left = emit(1, new Expr.Logical(false, left, conjunction()));
    }
    depth--;
    return left;
  }

  private Expr conjunction() {
    Expr left = relation();
    while (take("&&")) {
      left = emit(1, new Expr.Logical(true, left, relation()));
    }
    return left;
  }

  private Expr relation() {
    Expr left = sum();
    while (lexer.kind == Kind.OPERATOR
        && (is("==") || is("!=") || is("<") || is("<=") || is(">") || is(">="))) {
      String op = lexer.text;
      lexer.advance();
      left = emit(1, new Expr.Comparison(op, left, sum()));
    }
    return left;
  }

  private Expr sum() {
    Expr left = product();
    while (is("+") || is("-")) {
      char op = lexer.text.charAt(0);
      lexer.advance();
      left = emit(1, new Expr.Arithmetic(op, left, product()));
    }
    return left;
  }

  private Expr product() {
    Expr left = power();
    while (is("*") || is("/") || is("%")) {
      char op = lexer.text.charAt(0);
      lexer.advance();
      left = emit(1, new Expr.Arithmetic(op, left, power()));
    }
    return left;
  }

  private Expr power() {
    Expr left = unary();
    if (take("^")) {
      if (++depth > MAX_DEPTH) {
        throw new BcError("program is nested too deeply");
      }
      Expr right = power();
      depth--;
      return emit(1, new Expr.Arithmetic('^', left, right));
    }
    return left;
  }

  private Expr unary() {
    if (++depth > MAX_DEPTH) {
      throw new BcError("program is nested too deeply");
    }
    Expr e;
    if (take("-")) {
      e = emit(1, new Expr.Negation(unary()));
    } else if (take("!")) {
      e = emit(1, new Expr.Not(relation()));
    } else if (is("++") || is("--")) {
      int by = is("++") ? 1 : -1;
      lexer.advance();
      if (!(primary() instanceof Expr.Place place)) {
        throw syntax();
      }
      e = emit(3, new Expr.Step(place, by, false));
    } else {
      e = primary();
      if (e instanceof Expr.Place place) {
        e = assigned(place);
      }
    }
    depth--;
    return e;
  }

  private Expr assigned(Expr.Place place) {
    if (lexer.kind != Kind.OPERATOR) {
      return place;
    }
    switch (lexer.text) {
      case "++", "--" -> {
        int by = is("++") ? 1 : -1;
        lexer.advance();
        return emit(3, new Expr.Step(place, by, true));
      }
      case "=", "+=", "-=", "*=", "/=", "%=", "^=" -> {
        char op = lexer.text.length() == 1 ? 0 : lexer.text.charAt(0);
        if (op == 0 && !(place instanceof Expr.Element)) {
          address -= 2; // a plain assignment does not fetch what was there
        }
        lexer.advance();
        Expr right = sum();
        return emit(op == 0 ? 2 : 3, new Expr.Assignment(place, op, right));
      }
      default -> {
        return place;
      }
    }
  }

  private Expr primary() {
    String text = lexer.text;
    switch (lexer.kind) {
      case NUMBER -> {
        lexer.advance();
        return emit(
            text.equals("0") || text.equals("1") ? 1 : text.length() + 2, new Expr.Number(text));
      }
      case NAME -> {
        lexer.advance();
        return named(text);
      }
      case KEYWORD -> {
        return special(text);
      }
      default -> {
        expect("(");
        Expr e = expression();
        expect(")");
        return new Parenthesized(e);
      }
    }
  }

  /** What is in parentheses is printed even when it is an assignment, and is no place. */
  private static final class Parenthesized extends Expr {
    private final Expr inner;

    Parenthesized(Expr inner) {
      this.inner = inner;
    }

    @Override
    Decimal value(Machine m) {
      return inner.value(m);
    }
  }

  private Expr special(String word) {
    switch (word) {
      case "ibase", "obase", "last" -> {
        lexer.advance();
        return emit(2, new Expr.Special(word));
      }
      case "scale", "length", "sqrt", "read" -> {
        lexer.advance();
        if (word.equals("scale") && !is("(")) {
          return emit(2, new Expr.Special(word));
        }
        expect("(");
        Expr e = word.equals("read") ? null : expression();
        expect(")");
        return emit(2, new Expr.Builtin(word, e));
      }
      default -> throw syntax();
    }
  }

  private Expr named(String name) {
    if (take("[")) {
      if (take("]")) {
        return emit(2, new Expr.Whole(machine.array(name)));
      }
      Expr subscript = expression();
      expect("]");
      return emit(2, new Expr.Element(machine.array(name), name, subscript));
    }
    if (!take("(")) {
      return emit(2, new Expr.Name(machine.variable(name)));
    }
    List<Expr> arguments = new ArrayList<>();
    while (!is(")")) {
      arguments.add(expression());
      if (!take(",")) {
        break;
      }
    }
    expect(")");
    Expr[] all = arguments.toArray(new Expr[0]);
    Machine.Function f = machine.function(name);
    int wanted = name.equals("j") ? 2 : 1;
    if (library
        && f.body == null
        && name.length() == 1
        && "scaelj".contains(name)
        && all.length == wanted) {
      return emit(2, new Expr.Builtin(name, all));
    }
    return emit(2, new Expr.Call(f, all));
  }
}
