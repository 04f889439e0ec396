package dev.qanat.command.data.awk;

import dev.qanat.command.data.awk.Lexer.Kind;
import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Parses awk by recursive descent; names become slots on the way. */
final class Parser extends ExpressionParser {
  private final Function<String, byte[]> include;
  private final Consumer<String> warnings;
  private final Set<String> included;
  private boolean inFunction;
  private String ruleKind = "";

  Parser(
      Program program,
      byte[] source,
      String where,
      Function<String, byte[]> include,
      Set<String> included,
      List<Expr.Call> calls,
      Consumer<String> warnings) {
    super(program, source, where, calls, warnings);
    this.include = include;
    this.included = included;
    this.warnings = warnings;
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
    return e instanceof Operators.Increment || e instanceof Operators.Update
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
        array = new Places.Element(array, subscripts);
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
}
