package dev.qanat.command.data.jq;

import dev.qanat.command.data.jq.Lexer.Kind;
import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.text.ByteBuilder;
import java.util.ArrayList;
import java.util.List;

/** Parses jq's language, by recursive descent over the precedences of its grammar. */
final class Parser {
  private static final int MAX_DEPTH = 600;

  private final Lexer lexer;
  private final String fileName;
  private int depth;

  Parser(byte[] source, String fileName) {
    lexer = new Lexer(source);
    this.fileName = fileName;
  }

  /** A whole program; a main expression that is missing is null. */
  Ast.Module module() {
    JsonValue metadata = null;
    if (isKeyword("module")) {
      int position = lexer.start;
      lexer.advance();
      metadata = constant(postfix(), position);
      expect(";");
    }
    List<Ast.Import> imports = new ArrayList<>();
    while (isKeyword("import") || isKeyword("include")) {
      imports.add(importClause());
    }
    List<Ast.Function> functions = new ArrayList<>();
    while (isKeyword("def")) {
      functions.add(function());
    }
    Ast main = null;
    if (lexer.kind != Kind.END) {
      main = pipe();
      if (lexer.kind != Kind.END) {
        throw unexpected();
      }
    }
    return new Ast.Module(metadata, imports, functions, main);
  }

  private Ast.Import importClause() {
    int position = lexer.start;
    boolean include = isKeyword("include");
    lexer.advance();
    if (lexer.kind != Kind.QUOTE) {
      throw unexpected();
    }
    if (!(string(null) instanceof Ast.Literal path)) {
      throw new SyntaxError("Import path must be constant", position);
    }
    String alias = null;
    boolean data = false;
    if (!include) {
      expectKeyword("as");
      if (is("$")) {
        data = true;
        lexer.advance();
      }
      alias = identifier();
    }
    JsonValue metadata = null;
    if (!is(";")) {
      metadata = constant(postfix(), position);
      if (!(metadata instanceof JsonObject)) {
        throw new SyntaxError("Module metadata must be an object", position);
      }
    }
    expect(";");
    return new Ast.Import(path.value().asString(), alias, data, metadata, position);
  }

  private static JsonValue constant(Ast e, int position) {
    if (e instanceof Ast.Literal l) {
      return l.value();
    }
    if (e instanceof Ast.ArrayOf a) {
      JsonArray out = JsonArray.EMPTY;
      Ast items = a.items();
      List<Ast> all = new ArrayList<>();
      while (items instanceof Ast.Comma c) {
        all.add(0, c.right());
        items = c.left();
      }
      if (items != null) {
        all.add(0, items);
      }
      for (Ast item : all) {
        out = out.append(constant(item, position));
      }
      return out;
    }
    if (e instanceof Ast.ObjectOf o) {
      JsonObject out = JsonObject.EMPTY;
      for (Ast.Member m : o.members()) {
        if (!(constant(m.key(), position) instanceof JsonString k)) {
          throw new SyntaxError("Module metadata must be constant", position);
        }
        out = out.with(k, constant(m.value(), position));
      }
      return out;
    }
    throw new SyntaxError("Module metadata must be constant", position);
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

  private boolean takeKeyword(String word) {
    if (isKeyword(word)) {
      lexer.advance();
      return true;
    }
    return false;
  }

  private void expect(String op) {
    if (!take(op)) {
      throw unexpected();
    }
  }

  private void expectKeyword(String word) {
    if (!takeKeyword(word)) {
      throw unexpected();
    }
  }

  private SyntaxError unexpected() {
    String token =
        switch (lexer.kind) {
          case END -> "$end";
          case NUMBER -> "LITERAL";
          case IDENTIFIER -> "IDENT";
          case FIELD -> "FIELD";
          case FORMAT -> "FORMAT";
          case QUOTE -> "QQSTRING_START";
          case KEYWORD -> lexer.text;
          case OPERATOR -> lexer.text.length() == 1 ? "'" + lexer.text + "'" : lexer.text;
        };
    return new SyntaxError("syntax error, unexpected " + token, lexer.start);
  }

  private String identifier() {
    if (lexer.kind != Kind.IDENTIFIER && lexer.kind != Kind.KEYWORD) {
      throw unexpected();
    }
    String name = lexer.text;
    lexer.advance();
    return name;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new SyntaxError("memory exhausted", lexer.start);
    }
  }

  Ast pipe() {
    enter();
    Ast result;
    if (isKeyword("def")) {
      Ast.Function f = function();
      result = new Ast.Define(f, pipe());
    } else {
      Ast left = comma();
      result = take("|") ? new Ast.Pipe(left, pipe()) : left;
    }
    depth--;
    return result;
  }

  private Ast comma() {
    Ast left = alternative();
    while (take(",")) {
      left = new Ast.Comma(left, alternative());
    }
    return left;
  }

  private Ast alternative() {
    Ast left = assignment();
    if (take("//")) {
      enter();
      Ast right = alternative();
      depth--;
      return new Ast.Alternative(left, right);
    }
    if (take("?//")) {
      enter();
      Ast right = alternative();
      depth--;
      return new Ast.Alternative(new Ast.Try(left, null), right);
    }
    return left;
  }

  private Ast assignment() {
    Ast left = or();
    if (lexer.kind == Kind.OPERATOR) {
      switch (lexer.text) {
        case "=", "|=", "+=", "-=", "*=", "/=", "%=", "//=" -> {
          String op = lexer.text;
          lexer.advance();
          enter();
          Ast right = or();
          depth--;
          return new Ast.Assign(op, left, right);
        }
        default -> {}
      }
    }
    return left;
  }

  private Ast or() {
    Ast left = and();
    while (takeKeyword("or")) {
      left = new Ast.Or(left, and());
    }
    return left;
  }

  private Ast and() {
    Ast left = comparison();
    while (takeKeyword("and")) {
      left = new Ast.And(left, comparison());
    }
    return left;
  }

  private Ast comparison() {
    Ast left = sum();
    if (lexer.kind == Kind.OPERATOR) {
      switch (lexer.text) {
        case "==", "!=", "<", "<=", ">", ">=" -> {
          String op = lexer.text;
          lexer.advance();
          return new Ast.Binary(op, left, sum());
        }
        default -> {}
      }
    }
    return left;
  }

  private Ast sum() {
    Ast left = product();
    while (is("+") || is("-")) {
      String op = lexer.text;
      lexer.advance();
      left = new Ast.Binary(op, left, product());
    }
    return left;
  }

  private Ast product() {
    if (take("-")) {
      enter();
      Ast operand = product();
      depth--;
      return new Ast.Negate(operand);
    }
    Ast left = postfix();
    while (is("*") || is("/") || is("%")) {
      String op = lexer.text;
      lexer.advance();
      left = new Ast.Binary(op, left, is("-") ? product() : postfix());
    }
    return left;
  }

  /** A term with what follows it: fields, subscripts, {@code ?}, {@code as}. */
  private Ast postfix() {
    enter();
    Ast term = primary();
    while (true) {
      if (lexer.kind == Kind.FIELD) {
        term = member(term);
      } else if (is(".")) {
        lexer.advance();
        term = take("[") ? subscript(term) : quotedMember(term);
      } else if (take("[")) {
        term = subscript(term);
      } else if (take("?")) {
        term = new Ast.Try(term, null);
      } else if (isKeyword("as")) {
        lexer.advance();
        List<Ast.Pattern> patterns = patterns();
        expect("|");
        term = new Ast.Bind(term, patterns, pipe());
        break;
      } else {
        break;
      }
    }
    depth--;
    return term;
  }

  /** {@code .name}, where the token is the whole of it. */
  private Ast member(Ast term) {
    Ast key = new Ast.Literal(JsonString.of(lexer.text));
    lexer.advance();
    return new Ast.Index(term, key, take("?"));
  }

  /** {@code ."name"} or {@code .@format "name"}, behind the dot. */
  private Ast quotedMember(Ast term) {
    Ast key = formattedString();
    return new Ast.Index(term, key, take("?"));
  }

  private Ast subscript(Ast term) {
    if (take("]")) {
      return new Ast.Iterate(term, take("?"));
    }
    if (take(":")) {
      Ast to = pipe();
      expect("]");
      return new Ast.Slice(term, null, to, take("?"));
    }
    Ast key = pipe();
    if (take(":")) {
      Ast to = is("]") ? null : pipe();
      expect("]");
      return new Ast.Slice(term, key, to, take("?"));
    }
    expect("]");
    return new Ast.Index(term, key, take("?"));
  }

  private Ast primary() {
    switch (lexer.kind) {
      case NUMBER -> {
        Ast e = new Ast.Literal(JsonNumber.of(lexer.number));
        lexer.advance();
        return e;
      }
      case QUOTE -> {
        return string(null);
      }
      case FORMAT -> {
        String format = lexer.text;
        lexer.advance();
        return lexer.kind == Kind.QUOTE ? string(format) : new Ast.Format(format);
      }
      case FIELD -> {
        return member(new Ast.Identity());
      }
      case IDENTIFIER -> {
        return call();
      }
      case KEYWORD -> {
        return keyword();
      }
      case OPERATOR -> {
        return punctuation();
      }
      default -> throw unexpected();
    }
  }

  private Ast call() {
    String name = lexer.text;
    int position = lexer.start;
    if (name.equals("break")) {
      lexer.advance();
      if (take("$")) {
        return new Ast.Break(identifier(), position);
      }
      return new Ast.Call(name, List.of(), position);
    }
    lexer.advance();
    if (!is("(")) {
      switch (name) {
        case "true" -> {
          return new Ast.Literal(JsonValue.TRUE);
        }
        case "false" -> {
          return new Ast.Literal(JsonValue.FALSE);
        }
        case "null" -> {
          return new Ast.Literal(JsonValue.NULL);
        }
        default -> {}
      }
    }
    List<Ast> args = new ArrayList<>();
    if (take("(")) {
      do {
        args.add(pipe());
      } while (take(";"));
      expect(")");
    }
    return new Ast.Call(name, args, position);
  }

  private Ast punctuation() {
    switch (lexer.text) {
      case "." -> {
        lexer.advance();
        boolean key = lexer.kind == Kind.QUOTE || lexer.kind == Kind.FORMAT;
        return key ? quotedMember(new Ast.Identity()) : new Ast.Identity();
      }
      case ".." -> {
        lexer.advance();
        return new Ast.Descend();
      }
      case "(" -> {
        lexer.advance();
        Ast e = pipe();
        expect(")");
        return e;
      }
      case "[" -> {
        lexer.advance();
        if (take("]")) {
          return new Ast.ArrayOf(null);
        }
        Ast e = pipe();
        expect("]");
        return new Ast.ArrayOf(e);
      }
      case "{" -> {
        lexer.advance();
        return object();
      }
      case "$" -> {
        int position = lexer.start;
        lexer.advance();
        if (isKeyword("__loc__")) {
          Ast e = location(position);
          lexer.advance();
          return e;
        }
        return new Ast.Variable(identifier(), position);
      }
      case "-" -> {
        lexer.advance();
        return new Ast.Negate(postfix());
      }
      default -> throw unexpected();
    }
  }

  private Ast location(int position) {
    return new Ast.Literal(
        JsonObject.of("file", JsonValue.of(fileName), "line", JsonNumber.of(lexer.line(position))));
  }

  private Ast keyword() {
    int position = lexer.start;
    switch (lexer.text) {
      case "if" -> {
        lexer.advance();
        Ast condition = pipe();
        expectKeyword("then");
        return rest(condition);
      }
      case "try" -> {
        lexer.advance();
        Ast body = postfix();
        return new Ast.Try(body, takeKeyword("catch") ? postfix() : null);
      }
      case "reduce" -> {
        lexer.advance();
        Ast source = term();
        expectKeyword("as");
        List<Ast.Pattern> patterns = patterns();
        expect("(");
        Ast init = pipe();
        expect(";");
        Ast update = pipe();
        expect(")");
        return new Ast.Reduce(source, patterns, init, update);
      }
      case "foreach" -> {
        lexer.advance();
        Ast source = term();
        expectKeyword("as");
        List<Ast.Pattern> patterns = patterns();
        expect("(");
        Ast init = pipe();
        expect(";");
        Ast update = pipe();
        Ast extract = take(";") ? pipe() : null;
        expect(")");
        return new Ast.Foreach(source, patterns, init, update, extract);
      }
      case "label" -> {
        lexer.advance();
        expect("$");
        String name = identifier();
        expect("|");
        return new Ast.Label(name, pipe());
      }
      case "def" -> {
        Ast.Function f = function();
        return new Ast.Define(f, pipe());
      }
      default -> throw unexpected(position);
    }
  }

  private SyntaxError unexpected(int position) {
    return new SyntaxError("syntax error, unexpected " + lexer.text, position);
  }

  /** A term that {@code as} may follow without being part of it. */
  private Ast term() {
    enter();
    Ast t = primary();
    while (!isKeyword("as")) {
      if (lexer.kind == Kind.FIELD) {
        t = member(t);
      } else if (take("[")) {
        t = subscript(t);
      } else if (take("?")) {
        t = new Ast.Try(t, null);
      } else if (take(".")) {
        if (take("[")) {
          t = subscript(t);
        } else if (lexer.kind == Kind.QUOTE) {
          Ast key = string(null);
          t = new Ast.Index(t, key, take("?"));
        } else {
          throw unexpected();
        }
      } else {
        throw unexpected();
      }
    }
    depth--;
    return t;
  }

  private Ast rest(Ast condition) {
    Ast then = pipe();
    if (takeKeyword("elif")) {
      Ast next = pipe();
      expectKeyword("then");
      return new Ast.If(condition, then, rest(next));
    }
    Ast otherwise = takeKeyword("else") ? pipe() : new Ast.Identity();
    expectKeyword("end");
    return new Ast.If(condition, then, otherwise);
  }

  private Ast.Function function() {
    expectKeyword("def");
    String name = identifier();
    List<String> parameters = new ArrayList<>();
    if (take("(")) {
      do {
        parameters.add(take("$") ? "$" + identifier() : identifier());
      } while (take(";"));
      expect(")");
    }
    expect(":");
    Ast body = pipe();
    expect(";");
    return new Ast.Function(name, parameters, body);
  }

  private List<Ast.Pattern> patterns() {
    List<Ast.Pattern> all = new ArrayList<>();
    do {
      all.add(pattern());
    } while (take("?//"));
    return all;
  }

  private Ast.Pattern pattern() {
    enter();
    try {
      if (take("$")) {
        return new Ast.Pattern.Name(identifier());
      }
      if (take("[")) {
        List<Ast.Pattern> items = new ArrayList<>();
        do {
          items.add(pattern());
        } while (take(","));
        expect("]");
        return new Ast.Pattern.Elements(items);
      }
      expect("{");
      List<Ast.MemberPattern> items = new ArrayList<>();
      do {
        items.add(memberPattern());
      } while (take(","));
      expect("}");
      return new Ast.Pattern.Members(items);
    } finally {
      depth--;
    }
  }

  private Ast.MemberPattern memberPattern() {
    if (take("$")) {
      String name = identifier();
      return new Ast.MemberPattern(name, null, take(":") ? pattern() : null);
    }
    Ast key;
    if (lexer.kind == Kind.QUOTE) {
      key = string(null);
    } else if (take("(")) {
      key = pipe();
      expect(")");
    } else {
      key = new Ast.Literal(JsonString.of(identifier()));
    }
    expect(":");
    return new Ast.MemberPattern(null, key, pattern());
  }

  private Ast object() {
    List<Ast.Member> members = new ArrayList<>();
    if (!is("}")) {
      do {
        members.add(member());
      } while (take(","));
    }
    expect("}");
    return new Ast.ObjectOf(members);
  }

  private Ast.Member member() {
    int position = lexer.start;
    Ast key;
    Ast value; // when no : follows
    if (take("$")) {
      boolean loc = isKeyword("__loc__");
      value = loc ? location(position) : null;
      String name = identifier();
      key = new Ast.Literal(JsonString.of(name));
      value = loc ? value : new Ast.Variable(name, position);
      return new Ast.Member(key, value, position);
    }
    if (lexer.kind == Kind.QUOTE || lexer.kind == Kind.FORMAT) {
      key = formattedString();
      value = new Ast.Index(new Ast.Identity(), key, false);
    } else if (take("(")) {
      key = pipe();
      expect(")");
      value = null;
      if (!is(":")) {
        throw unexpected();
      }
      if (key instanceof Ast.Literal l && !(l.value() instanceof JsonString)) {
        throw new SyntaxError(
            "Cannot use " + l.value().kind() + " (" + l.value() + ") as object key", position);
      }
    } else if (lexer.kind == Kind.IDENTIFIER || lexer.kind == Kind.KEYWORD) {
      key = new Ast.Literal(JsonString.of(identifier()));
      value = new Ast.Index(new Ast.Identity(), key, false);
    } else if (lexer.kind == Kind.NUMBER) {
      throw new SyntaxError(
          "Cannot use number (" + JsonNumber.of(lexer.number) + ") as object key", position);
    } else {
      throw unexpected();
    }
    if (take(":")) {
      value = memberValue();
    }
    return new Ast.Member(key, value, position);
  }

  /** Terms joined by {@code |}: other operators need parentheses here. */
  private Ast memberValue() {
    Ast left = take("-") ? new Ast.Negate(memberTerm()) : memberTerm();
    return take("|") ? new Ast.Pipe(left, memberValue()) : left;
  }

  private Ast memberTerm() {
    return postfix();
  }

  /** A string with or without a format before it. */
  private Ast formattedString() {
    String format = null;
    if (lexer.kind == Kind.FORMAT) {
      format = lexer.text;
      lexer.advance();
    }
    if (lexer.kind != Kind.QUOTE) {
      throw unexpected();
    }
    return string(format);
  }

  /** The string that the current quote begins. */
  private Ast string(String format) {
    List<JsonValue> texts = new ArrayList<>();
    List<Ast> parts = new ArrayList<>();
    while (true) {
      ByteBuilder text = new ByteBuilder();
      boolean more = lexer.stringText(text);
      texts.add(JsonString.of(text.array(), 0, text.length()));
      if (!more) {
        break;
      }
      parts.add(pipe());
      if (!is(")")) {
        throw unexpected();
      }
    }
    lexer.advance();
    return parts.isEmpty()
        ? new Ast.Literal(texts.get(0))
        : new Ast.Interpolation(format == null ? "text" : format, texts, parts);
  }
}
