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
import java.util.function.Function;

/** Parses awk by recursive descent; names become slots on the way. */
final class Parser {
  private static final int MAX_DEPTH = 400;

  private final Program program;
  private final Lexer lexer;
  private final int source; // its number in the program
  private final Function<String, byte[]> include;
  private final Consumer<String> warnings;
  private final Set<String> included;
  private final List<Expr.Call> calls;
  private final Set<String> defined = new HashSet<>();
  private Map<String, Integer> locals = new HashMap<>(); // of the function being parsed
  private boolean inFunction;
  private boolean noIn; // in the head of a for
  private boolean noGreater; // in the list of a print
  private int depth;
  private String ruleKind = "";

  Parser(
      Program program,
      byte[] source,
      String where,
      Function<String, byte[]> include,
      Set<String> included,
      List<Expr.Call> calls,
      Consumer<String> warnings) {
    this.program = program;
    this.include = include;
    this.included = included;
    this.calls = calls;
    this.warnings = warnings;
    this.source = program.source(where);
    lexer = new Lexer(source, where, warnings);
  }

  /** Parses all sources into one program. */
  static Program parse(
      List<byte[]> sources,
      List<String> names,
      Function<String, byte[]> include,
      Consumer<String> warnings) {
    Program program = new Program();
    List<Expr.Call> calls = new ArrayList<>();
    Set<String> included = new HashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      new Parser(program, sources.get(i), names.get(i), include, included, calls, warnings).rules();
    }
    for (Expr.Call c : calls) {
      c.function = program.functions.get(c.name);
      if (c.function == null || c.function.body == null) {
        if (program.globals.containsKey(c.name)) {
          throw new AwkError(
              program.where(c.place)
                  + "error: attempt to use non-function `"
                  + c.name
                  + "' in function call",
              1);
        }
        throw new AwkError(
            program.where(c.place) + "fatal: function `" + c.name + "' not defined", 2);
      }
    }
    return program;
  }

  // --- tokens

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
      throw lexer.error("syntax error");
    }
  }

  private void newlines() {
    while (lexer.kind == Kind.NEWLINE) {
      lexer.advance();
    }
  }

  private void terminators() {
    while (lexer.kind == Kind.NEWLINE || is(";")) {
      lexer.advance();
    }
  }

  private int here() {
    return Program.place(source, lexer.line());
  }

  private AwkError error(String message) {
    return new AwkError(lexer.where() + ":" + lexer.line() + ": error: " + message, 1);
  }

  // --- rules

  private void rules() {
    terminators();
    while (lexer.kind != Kind.END) {
      rule();
      terminators();
    }
  }

  private void rule() {
    if (isKeyword("function")) {
      function();
      return;
    }
    if (is("@")) {
      directive();
      return;
    }
    if (lexer.kind == Kind.KEYWORD) {
      List<Statement> home =
          switch (lexer.text) {
            case "BEGIN" -> program.begin;
            case "END" -> program.end;
            case "BEGINFILE" -> program.beginFile;
            case "ENDFILE" -> program.endFile;
            default -> null;
          };
      if (home != null) {
        ruleKind = lexer.text;
        lexer.advance();
        if (!is("{")) {
          throw lexer.error(ruleKind + " blocks must have an action part");
        }
        home.add(block());
        ruleKind = "";
        return;
      }
    }
    Expr pattern = null;
    Expr end = null;
    if (!is("{")) {
      pattern = expression();
      if (take(",")) {
        newlines();
        end = expression();
      }
    }
    program.rules.add(new Program.Rule(pattern, end, is("{") ? block() : null));
  }

  private void directive() {
    lexer.advance();
    String what = lexer.text;
    int line = lexer.line();
    lexer.advance();
    if (lexer.kind != Kind.STRING || !what.equals("include") && !what.equals("load")) {
      if (what.equals("namespace") && lexer.kind == Kind.STRING) {
        lexer.advance();
        return;
      }
      throw lexer.error("syntax error");
    }
    String name = Utf8.decode(lexer.bytes);
    if (what.equals("load")) {
      throw error("cannot open library `" + name + "' for reading: No such file or directory");
    }
    lexer.advance();
    if (!included.add(name)) {
      return;
    }
    byte[] source = include.apply(name);
    if (source == null) {
      throw new AwkError(
          lexer.where()
              + ":"
              + line
              + ": error: cannot open source file `"
              + name
              + "' for reading: No such file or directory",
          1);
    }
    new Parser(program, source, name, include, included, calls, warnings).rules();
  }

  private void function() {
    lexer.advance();
    if (lexer.kind != Kind.NAME && lexer.kind != Kind.CALL) {
      throw lexer.error("syntax error");
    }
    String name = lexer.text;
    if (!defined.add(name) || program.functions.containsKey(name)) {
      throw error("function name `" + name + "' previously defined");
    }
    Program.Function f = new Program.Function(name);
    program.functions.put(name, f);
    lexer.advance();
    expect("(");
    locals = new HashMap<>();
    while (!is(")")) {
      newlines();
      if (lexer.kind != Kind.NAME) {
        throw lexer.error("syntax error");
      }
      String p = lexer.text;
      if (p.equals(name)) {
        throw error("function `" + name + "': cannot use function name as parameter name");
      }
      Integer before = locals.get(p);
      if (before != null) {
        throw error(
            "function `"
                + name
                + "': parameter #"
                + (locals.size() + 1)
                + ", `"
                + p
                + "', duplicates parameter #"
                + (before + 1));
      }
      locals.put(p, locals.size());
      lexer.advance();
      if (!take(",")) {
        break;
      }
      newlines();
    }
    expect(")");
    f.parameters = locals.size();
    newlines();
    inFunction = true;
    f.body = block();
    inFunction = false;
    locals = new HashMap<>();
  }

  // --- statements

  private Statement.Block block() {
    if (!is("{")) {
      throw lexer.error("syntax error");
    }
    lexer.advance();
    List<Statement> all = new ArrayList<>();
    terminators();
    while (!is("}")) {
      if (lexer.kind == Kind.END) {
        throw lexer.error("syntax error");
      }
      all.add(statement());
      terminators();
    }
    lexer.advance();
    return new Statement.Block(all.toArray(new Statement[0]));
  }

  private Statement statement() {
    if (++depth > MAX_DEPTH) {
      throw error("program is nested too deeply");
    }
    int place = here();
    Statement s = statement0();
    s.place = place;
    depth--;
    return s;
  }

  /** A statement as the body of another: a lone {@code ;} is the empty one. */
  private Statement body() {
    newlines();
    if (take(";")) {
      return new Statement.Block(new Statement[0]);
    }
    return statement();
  }

  private Statement statement0() {
    if (is("{")) {
      return block();
    }
    if (lexer.kind != Kind.KEYWORD) {
      return ended(simple());
    }
    switch (lexer.text) {
      case "if" -> {
        lexer.advance();
        expect("(");
        Expr condition = whole();
        expect(")");
        Statement then = body();
        Lexer.Mark mark = lexer.mark();
        terminators();
        if (isKeyword("else")) {
          lexer.advance();
          return new Statement.If(condition, then, body());
        }
        lexer.reset(mark);
        return new Statement.If(condition, then, null);
      }
      case "while" -> {
        lexer.advance();
        expect("(");
        Expr condition = whole();
        expect(")");
        if (take(";")) {
          return new Statement.Loop(
              null, condition, null, new Statement.Block(new Statement[0]), true);
        }
        return new Statement.Loop(null, condition, null, body(), true);
      }
      case "do" -> {
        lexer.advance();
        Statement b = body();
        terminators();
        if (!isKeyword("while")) {
          throw lexer.error("syntax error");
        }
        lexer.advance();
        expect("(");
        Expr condition = whole();
        expect(")");
        return ended(new Statement.Loop(null, condition, null, b, false));
      }
      case "for" -> {
        return loop();
      }
      case "switch" -> {
        return choice();
      }
      default -> {
        return ended(simple());
      }
    }
  }

  /** Checks that a simple statement is followed by what may follow. */
  private Statement ended(Statement s) {
    if (lexer.kind == Kind.NEWLINE || is(";")) {
      lexer.advance();
    } else if (!is("}") && lexer.kind != Kind.END) {
      throw lexer.error("syntax error");
    }
    return s;
  }

  private Statement loop() {
    lexer.advance();
    expect("(");
    Lexer.Mark mark = lexer.mark();
    if (lexer.kind == Kind.NAME) {
      String name = lexer.text;
      lexer.advance();
      if (isKeyword("in")) {
        lexer.advance();
        if (lexer.kind == Kind.NAME) {
          Expr.ArraySource array = arraySource();
          if (take(")")) {
            return new Statement.ForIn(variable(name), array, body());
          }
        }
      }
      lexer.reset(mark);
    }
    Statement init = is(";") ? null : list();
    expect(";");
    newlines();
    Expr condition = is(";") ? null : whole();
    expect(";");
    newlines();
    Statement step = is(")") ? null : list();
    expect(")");
    if (take(";")) {
      return new Statement.Loop(init, condition, step, new Statement.Block(new Statement[0]), true);
    }
    return new Statement.Loop(init, condition, step, body(), true);
  }

  private Statement list() {
    return simple();
  }

  private Statement choice() {
    lexer.advance();
    expect("(");
    Expr subject = whole();
    expect(")");
    newlines();
    expect("{");
    List<Object> labels = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    terminators();
    while (!is("}")) {
      if (isKeyword("case")) {
        lexer.advance();
        boolean minus = take("-");
        if (is("/") || is("/=")) {
          lexer.regex();
          labels.add(regex());
        } else if (lexer.kind == Kind.NUMBER) {
          labels.add(Value.of(minus ? -lexer.number : lexer.number));
          lexer.advance();
        } else if (lexer.kind == Kind.STRING) {
          labels.add(Value.of(lexer.bytes));
          lexer.advance();
        } else {
          throw lexer.error("syntax error");
        }
        starts.add(body.size());
        expect(":");
      } else if (isKeyword("default")) {
        lexer.advance();
        labels.add(null);
        starts.add(body.size());
        expect(":");
      } else if (labels.isEmpty()) {
        throw lexer.error("syntax error");
      } else {
        body.add(statement());
      }
      terminators();
    }
    lexer.advance();
    int[] at = new int[starts.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = starts.get(i);
    }
    return new Statement.Switch(subject, labels.toArray(), at, body.toArray(new Statement[0]));
  }

  private Statement simple() {
    if (lexer.kind == Kind.KEYWORD) {
      String word = lexer.text;
      switch (word) {
        case "print", "printf" -> {
          return print(word.equals("printf"));
        }
        case "break" -> {
          lexer.advance();
          return new Statement.Jump(Statement.BREAK);
        }
        case "continue" -> {
          lexer.advance();
          return new Statement.Jump(Statement.CONTINUE);
        }
        case "next", "nextfile" -> {
          if (!ruleKind.isEmpty() && !ruleKind.equals("BEGINFILE")) {
            throw error("`" + word + "' used in " + ruleKind + " action");
          }
          lexer.advance();
          return new Statement.Jump(word.equals("next") ? Statement.NEXT : Statement.NEXT_FILE);
        }
        case "exit" -> {
          lexer.advance();
          return new Statement.Exit(atEnd() ? null : expression());
        }
        case "return" -> {
          if (!inFunction) {
            throw lexer.error("`return' used outside function context");
          }
          lexer.advance();
          return new Statement.Return(atEnd() ? null : expression());
        }
        case "delete" -> {
          lexer.advance();
          return delete();
        }
        default -> {}
      }
    }
    Expr e = expression();
    return e instanceof Expr.Increment || e instanceof Expr.Update
        ? new Statement.Reckon(e)
        : new Statement.Evaluate(e);
  }

  private boolean atEnd() {
    return lexer.kind == Kind.NEWLINE || lexer.kind == Kind.END || is(";") || is("}");
  }

  private Statement delete() {
    boolean paren = take("(");
    if (lexer.kind != Kind.NAME) {
      throw lexer.error("syntax error");
    }
    Expr.ArraySource array = variableArray(lexer.text);
    lexer.advance();
    Expr[] subscripts = null;
    while (is("[")) {
      if (subscripts != null) {
        array = new Expr.Element(array, subscripts);
      }
      subscripts = subscripts();
    }
    if (paren) {
      expect(")");
    }
    return new Statement.Delete(array, subscripts);
  }

  private Statement print(boolean formatted) {
    lexer.advance();
    Expr[] items = new Expr[0];
    boolean saved = noGreater;
    noGreater = true;
    if (!atEnd() && !is(">") && !is(">>") && !is("|") && !is("|&")) {
      Expr first = expression();
      if (first instanceof Expr.Grouping g && !is(",")) {
        items = g.items;
      } else {
        List<Expr> all = new ArrayList<>();
        all.add(first);
        while (take(",")) {
          newlines();
          all.add(expression());
        }
        items = all.toArray(new Expr[0]);
        for (Expr e : items) {
          if (e instanceof Expr.Grouping) {
            throw lexer.error("syntax error");
          }
        }
      }
    }
    String redirection = null;
    Expr target = null;
    if (is(">") || is(">>") || is("|") || is("|&")) {
      redirection = lexer.text;
      lexer.advance();
      target = concatenation();
    }
    noGreater = saved;
    if (formatted && items.length == 0) {
      throw lexer.error("printf: no format given");
    }
    return formatted
        ? new Statement.Printf(items, redirection, target)
        : new Statement.Print(items, redirection, target);
  }

  // --- expressions

  /** An expression in parentheses or the like: nothing is forbidden in it. */
  private Expr whole() {
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

  private Expr expression() {
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
      e = new Expr.Choice(condition(e), then, expression());
    }
    depth--;
    return e;
  }

  private Expr condition(Expr e) {
    return e;
  }

  private Expr or() {
    Expr left = and();
    while (take("||")) {
      newlines();
      left = new Expr.Logic(false, left, and());
    }
    return left;
  }

  private Expr and() {
    Expr left = in();
    while (take("&&")) {
      newlines();
      left = new Expr.Logic(true, left, in());
    }
    return left;
  }

  private Expr in() {
    Expr left = match();
    while (!noIn && isKeyword("in")) {
      lexer.advance();
      Expr[] subscripts = left instanceof Expr.Grouping g ? g.items : new Expr[] {left};
      left = new Expr.In(subscripts, arraySource());
    }
    return left;
  }

  private Expr match() {
    Expr left = comparison();
    while (is("~") || is("!~")) {
      boolean wanted = is("~");
      lexer.advance();
      left = new Expr.Match(left, pattern(comparison()), wanted);
    }
    return left;
  }

  private Pattern pattern(Expr e) {
    if (e instanceof RegexLiteral l) {
      return l.pattern;
    }
    if (e instanceof Expr.Constant c && c.value.isRegex()) {
      return Pattern.constant(c.value.toBytes("%.6g"));
    }
    return Pattern.of(e);
  }

  private Expr comparison() {
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
          return new Expr.Compare(op, left, pipes(concatenation()));
        }
        default -> {}
      }
    }
    return left;
  }

  /** {@code command | getline}, as often as it comes. */
  private Expr pipes(Expr left) {
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

  private Expr concatenation() {
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
    return new Expr.Concat(parts.toArray(new Expr[0]));
  }

  private boolean startsOperand() {
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

  private Expr sum() {
    Expr left = product();
    while (is("+") || is("-")) {
      int op = lexer.text.charAt(0);
      lexer.advance();
      left = new Expr.Arithmetic(op, left, product());
    }
    return left;
  }

  private Expr product() {
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
      left = new Expr.Arithmetic(op, left, right);
    }
    return left;
  }

  private Expr unary() {
    if (is("!") || is("-") || is("+")) {
      String op = lexer.text;
      lexer.advance();
      if (++depth > MAX_DEPTH) {
        throw error("expression is nested too deeply");
      }
      Expr operand = unary();
      depth--;
      return op.equals("!") ? new Expr.Not(operand) : new Expr.Negate(operand, op.equals("-"));
    }
    return power();
  }

  private Expr power() {
    Expr left = postfix();
    if (take("^")) {
      Expr right = is("-") || is("+") || is("!") ? unary() : power();
      return new Expr.Arithmetic('^', left, right);
    }
    return left;
  }

  private Expr postfix() {
    Expr e = primary();
    if (!(e instanceof Expr.Place place)) {
      return e;
    }
    if (is("++") || is("--")) {
      double by = is("++") ? 1 : -1;
      lexer.advance();
      return new Expr.Increment(place, by, false);
    }
    if (lexer.kind == Kind.OPERATOR) {
      switch (lexer.text) {
        case "=" -> {
          lexer.advance();
          newlines();
          return new Expr.Assign(place, expression());
        }
        case "+=", "-=", "*=", "/=", "%=", "^=" -> {
          int op = lexer.text.charAt(0);
          lexer.advance();
          newlines();
          return new Expr.Update(place, op, expression());
        }
        default -> {}
      }
    }
    return e;
  }

  private Expr primary() {
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

  private Expr fileOperand() {
    Expr e = primary();
    return e;
  }

  private Expr operator() {
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
          return new Expr.Field(new Expr.Increment(place(), by, true));
        }
        if (is("-") || is("+") || is("!")) {
          return new Expr.Field(unary());
        }
        return new Expr.Field(primary());
      }
      case "++", "--" -> {
        double by = is("++") ? 1 : -1;
        lexer.advance();
        return new Expr.Increment(place(), by, true);
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
    private final Expr.Match match;

    RegexLiteral(Pattern pattern) {
      this.pattern = pattern;
      this.match = new Expr.Match(null, pattern, true);
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

  private Pattern regex() {
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

  private Expr.Place place() {
    Expr e = primary();
    if (e instanceof Expr.Place p) {
      return p;
    }
    throw lexer.error("syntax error");
  }

  private Expr.Place optionalPlace() {
    if (lexer.kind == Kind.NAME || is("$")) {
      return place();
    }
    return null;
  }

  private Expr.Place variable(String name) {
    Integer local = locals.get(name);
    if (local != null) {
      return new Expr.Name(name, local, true);
    }
    if (defined.contains(name) || program.functions.containsKey(name)) {
      throw error(
          "function `"
              + name
              + "' called with space between name and `('\nor used as a variable or an array");
    }
    int slot = program.global(name);
    return slot < Interpreter.SCALARS ? new Expr.Special(slot) : new Expr.Name(name, slot, false);
  }

  private Expr.ArraySource variableArray(String name) {
    if (variable(name) instanceof Expr.Name n) {
      return n;
    }
    throw error("attempt to use scalar `" + name + "' as an array");
  }

  /** An array's name, perhaps with subscripts: {@code a[1]} as an array. */
  private Expr.ArraySource arraySource() {
    if (lexer.kind != Kind.NAME) {
      throw lexer.error("syntax error");
    }
    Expr.ArraySource a = variableArray(lexer.text);
    lexer.advance();
    while (is("[")) {
      a = new Expr.Element(a, subscripts());
    }
    return a;
  }

  private Expr[] subscripts() {
    expect("[");
    List<Expr> all = new ArrayList<>();
    do {
      all.add(whole());
    } while (take(","));
    expect("]");
    return all.toArray(new Expr[0]);
  }

  private Expr name() {
    String name = lexer.text;
    lexer.advance();
    if (is("[")) {
      Expr.ArraySource a = variableArray(name);
      Expr.Element e = new Expr.Element(a, subscripts());
      while (is("[")) {
        e = new Expr.Element(e, subscripts());
      }
      return e;
    }
    return variable(name);
  }

  private Expr[] arguments() {
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

  private Expr call() {
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

  private Expr builtin() {
    String name = lexer.text;
    lexer.advance();
    if (!is("(")) {
      if (name.equals("length")) {
        return new Expr.Builtin(name, new Expr[0], null);
      }
      throw lexer.error("syntax error");
    }
    Lexer.Mark open = lexer.mark();
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
