package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes code of a tree: finds what every name means, and emits for each expression the instructions
 * that turn the value on top of the stack into the expression's outputs, one after the other.
 */
final class Compiler {
  /** What a name means from here on; the newest first. */
  private static final class Binding {
    final Binding outer;
    final String name; // $x, f/2, *label
    final Code owner;
    final int slot; // variable, label: its slot; closure parameter: its index; -1: function
    final Code function;
    final JsonValue constant;

    Binding(Binding outer, String name, Code owner, int slot, Code function, JsonValue constant) {
      this.outer = outer;
      this.name = name;
      this.owner = owner;
      this.slot = slot;
      this.function = function;
      this.constant = constant;
    }
  }

  /** Finds libraries for {@code import}. */
  interface Library {
    Ast.Module load(Ast.Import from);

    JsonValue loadData(Ast.Import from);
  }

  private static final Ast DOT = new Ast.Identity();

  private final Code root = new Code(null, "main");
  private final Map<String, Code> prelude = new HashMap<>();
  private Code code = root;
  private Binding scope;
  private Binding globals; // the variables every function sees
  private final Library library;

  Compiler(Library library) {
    this.library = library;
  }

  /** A variable that is the same for the whole run. */
  void define(String name, JsonValue value) {
    scope = new Binding(scope, "$" + name, root, -1, null, value);
  }

  /** Compiles a program. */
  Code compile(Ast.Module module) {
    globals = scope;
    imports(module);
    for (Ast.Function f : module.functions()) {
      define(f);
    }
    gen(module.main() == null ? DOT : module.main());
    code.emit(Code.RET);
    root.markTailCalls();
    return root;
  }

  private void imports(Ast.Module module) {
    for (Ast.Import i : module.imports()) {
      if (i.data()) {
        JsonValue v = library.loadData(i);
        scope = new Binding(scope, "$" + i.alias(), root, -1, null, v);
        scope = new Binding(scope, "$" + i.alias() + "::" + i.alias(), root, -1, null, v);
        continue;
      }
      Ast.Module m = library.load(i);
      Binding mine = scope;
      scope = globals;
      imports(m);
      Binding before = scope;
      for (Ast.Function f : m.functions()) {
        define(f);
      }
      List<Binding> defined = new ArrayList<>();
      for (Binding b = scope; b != before; b = b.outer) {
        defined.add(0, b);
      }
      scope = mine;
      String prefix = i.alias() == null ? "" : i.alias() + "::";
      for (Binding b : defined) {
        scope = new Binding(scope, prefix + b.name, b.owner, b.slot, b.function, null);
      }
    }
  }

  private Binding find(String name) {
    for (Binding b = scope; b != null; b = b.outer) {
      if (b.name.equals(name)) {
        return b;
      }
    }
    return null;
  }

  private int level(Code owner) {
    int n = 0;
    for (Code c = code; c != owner; c = c.parent) {
      n++;
    }
    return n;
  }

  private int bindVariable(String name) {
    int slot = code.newVariable();
    scope = new Binding(scope, "$" + name, code, slot, null, null);
    return slot;
  }

  private Code define(Ast.Function f) {
    Code function = new Code(code, f.name());
    scope = new Binding(scope, f.name() + "/" + f.parameters().size(), code, -1, function, null);
    body(function, f);
    return function;
  }

  private void body(Code function, Ast.Function f) {
    Binding savedScope = scope;
    Code savedCode = code;
    code = function;
    for (int i = 0; i < f.parameters().size(); i++) {
      String p = f.parameters().get(i);
      String name = p.startsWith("$") ? p.substring(1) : p;
      scope = new Binding(scope, name + "/0", function, i, null, null);
    }
    for (int i = 0; i < f.parameters().size(); i++) {
      String p = f.parameters().get(i);
      if (p.startsWith("$")) {
        code.emit(Code.SUB_BEGIN);
        code.emit(Code.CALL_PARAM, 0, i, 0);
        code.emit(Code.SUB_END);
        code.emit(Code.STORE_UNDER, bindVariable(p.substring(1)));
      }
    }
    gen(f.body());
    code.emit(Code.RET);
    code.markTailCalls();
    code = savedCode;
    scope = savedScope;
  }

  // --- expressions

  private void gen(Ast e) {
    if (e instanceof Ast.Identity) {
      return;
    }
    if (e instanceof Ast.Literal l) {
      code.emit(Code.CONST, code.constant(l.value()));
      return;
    }
    if (!(e instanceof Ast.Variable)) {
      Direct d = direct(e);
      if (d != null) {
        int at = code.emit(Code.DIRECT, code.constant(d), 0);
        general(e);
        code.patch(at + 2);
        return;
      }
    }
    general(e);
  }

  private void sub(Ast e) {
    code.emit(Code.SUB_BEGIN);
    gen(e);
    code.emit(Code.SUB_END);
  }

  private void general(Ast e) {
    if (e instanceof Ast.Identity) {
      // the input is the output
    } else if (e instanceof Ast.Literal l) {
      code.emit(Code.CONST, code.constant(l.value()));
    } else if (e instanceof Ast.Pipe p) {
      gen(p.left());
      gen(p.right());
    } else if (e instanceof Ast.Comma c) {
      int fork = code.emit(Code.FORK, 0);
      gen(c.left());
      int jump = code.emit(Code.JUMP, 0);
      code.patch(fork + 1);
      gen(c.right());
      code.patch(jump + 1);
    } else if (e instanceof Ast.Index i) {
      if (i.key() instanceof Ast.Literal l) {
        gen(i.term());
        code.emit(Code.INDEX_CONST, code.constant(l.value()), i.optional() ? 1 : 0);
      } else {
        sub(i.key());
        gen(i.term());
        code.emit(Code.INDEX, i.optional() ? 1 : 0);
      }
    } else if (e instanceof Ast.Slice s) {
      sub(s.from() == null ? new Ast.Literal(JsonValue.NULL) : s.from());
      sub(s.to() == null ? new Ast.Literal(JsonValue.NULL) : s.to());
      gen(s.term());
      code.emit(Code.SLICE, s.optional() ? 1 : 0);
    } else if (e instanceof Ast.Iterate i) {
      gen(i.term());
      code.emit(Code.EACH, i.optional() ? 1 : 0);
    } else if (e instanceof Ast.Descend) {
      int at = code.emit(Code.DESCEND, 0);
      gen(new Ast.Call("recurse", List.of(), -1));
      code.patch(at + 1);
    } else if (e instanceof Ast.Binary b) {
      if (b.op().equals("/") && isZero(b.right()) && b.left() instanceof Ast.Literal) {
        throw new SyntaxError("Division by zero?", 0);
      }
      sub(b.right());
      sub(b.left());
      code.emit(Code.BINARY, Ops.byName(b.op()));
    } else if (e instanceof Ast.Negate n) {
      sub(n.operand());
      code.emit(Code.POP);
      code.emit(Code.NEGATE);
    } else if (e instanceof Ast.If i) {
      sub(i.condition());
      int branch = code.emit(Code.BRANCH, 0);
      gen(i.then());
      int jump = code.emit(Code.JUMP, 0);
      code.patch(branch + 1);
      gen(i.otherwise());
      code.patch(jump + 1);
    } else if (e instanceof Ast.And a) {
      logic(a.left(), a.right(), true);
    } else if (e instanceof Ast.Or o) {
      logic(o.left(), o.right(), false);
    } else if (e instanceof Ast.Alternative a) {
      int slot = code.newVariable();
      code.newVariable();
      int begin = code.emit(Code.ALT_BEGIN, slot, 0);
      gen(a.left());
      code.emit(Code.ALT_TEST, slot);
      int jump = code.emit(Code.JUMP, 0);
      code.patch(begin + 2);
      gen(a.right());
      code.patch(jump + 1);
    } else if (e instanceof Ast.Try t) {
      int slot = code.newVariable();
      int begin = code.emit(Code.TRY_BEGIN, slot, 0);
      gen(t.body());
      code.emit(Code.TRY_END, slot);
      int jump = code.emit(Code.JUMP, 0);
      code.patch(begin + 2);
      if (t.handler() == null) {
        code.emit(Code.BACKTRACK);
      } else {
        gen(t.handler());
      }
      code.patch(jump + 1);
    } else {
      special(e);
    }
  }

  private void special(Ast e) {
    if (e instanceof Ast.ArrayOf a) {
      if (a.items() == null) {
        code.emit(Code.CONST, code.constant(JsonArray.EMPTY));
        return;
      }
      int slot = code.newVariable();
      code.emit(Code.COLLECT, slot);
      int fork = code.emit(Code.FORK, 0);
      gen(a.items());
      code.emit(Code.APPEND, slot);
      code.patch(fork + 1);
      code.emit(Code.FINISH, slot);
    } else if (e instanceof Ast.ObjectOf o) {
      code.emit(Code.SUB_BEGIN);
      code.emit(Code.CONST, code.constant(JsonObject.EMPTY));
      code.emit(Code.SUB_END);
      for (Ast.Member m : o.members()) {
        sub(m.key());
        sub(m.value());
        code.emit(Code.INSERT);
      }
      code.emit(Code.POP);
    } else if (e instanceof Ast.Interpolation s) {
      for (int i = s.parts().size() - 1; i >= 0; i--) {
        code.emit(Code.SUB_BEGIN);
        gen(s.parts().get(i));
        code.emit(Code.FORMAT, code.constant(s.format()));
        code.emit(Code.SUB_END);
      }
      code.emit(Code.CONCAT, code.constant(s.texts().toArray()), s.parts().size());
    } else if (e instanceof Ast.Format f) {
      code.emit(Code.FORMAT, code.constant(f.name()));
    } else if (e instanceof Ast.Variable v) {
      variable(v);
    } else if (e instanceof Ast.Bind b) {
      Binding saved = scope;
      sub(b.source());
      code.emit(Code.SWAP);
      patterns(b.patterns());
      gen(b.body());
      scope = saved;
    } else if (e instanceof Ast.Reduce r) {
      Binding saved = scope;
      int state = code.newVariable();
      code.emit(Code.DUP);
      gen(r.init());
      code.emit(Code.STORE, state);
      int fork = code.emit(Code.FORK, 0);
      gen(r.source());
      patterns(r.patterns());
      code.emit(Code.PUSH_VAR, state);
      gen(r.update());
      code.emit(Code.STORE, state);
      code.emit(Code.BACKTRACK);
      code.patch(fork + 1);
      code.emit(Code.POP);
      code.emit(Code.PUSH_VAR, state);
      scope = saved;
    } else if (e instanceof Ast.Foreach f) {
      Binding saved = scope;
      int state = code.newVariable();
      code.emit(Code.DUP);
      gen(f.init());
      code.emit(Code.STORE, state);
      gen(f.source());
      patterns(f.patterns());
      code.emit(Code.PUSH_VAR, state);
      gen(f.update());
      code.emit(Code.DUP);
      code.emit(Code.STORE, state);
      if (f.extract() != null) {
        gen(f.extract());
      }
      scope = saved;
    } else if (e instanceof Ast.Label l) {
      Binding saved = scope;
      int slot = code.newVariable();
      scope = new Binding(scope, "*" + l.name(), code, slot, null, null);
      code.emit(Code.LABEL, slot);
      gen(l.body());
      scope = saved;
    } else if (e instanceof Ast.Break b) {
      Binding found = find("*" + b.name());
      if (found == null) {
        throw new SyntaxError("$*label-" + b.name() + " is not defined", b.position());
      }
      code.emit(Code.BREAK, level(found.owner), found.slot);
    } else if (e instanceof Ast.Define d) {
      Binding saved = scope;
      define(d.function());
      gen(d.body());
      scope = saved;
    } else if (e instanceof Ast.Assign a) {
      assign(a);
    } else if (e instanceof Ast.Call c) {
      call(c);
    }
  }

  private static boolean isZero(Ast e) {
    return e instanceof Ast.Literal l && l.value() instanceof JsonNumber n && n.value() == 0;
  }

  private void logic(Ast left, Ast right, boolean and) {
    sub(left);
    int branch = code.emit(Code.BRANCH, 0);
    if (!and) {
      code.emit(Code.CONST, code.constant(JsonValue.TRUE));
    } else {
      sub(right);
      code.emit(Code.BOOLEAN);
    }
    int jump = code.emit(Code.JUMP, 0);
    code.patch(branch + 1);
    if (and) {
      code.emit(Code.CONST, code.constant(JsonValue.FALSE));
    } else {
      sub(right);
      code.emit(Code.BOOLEAN);
    }
    code.patch(jump + 1);
  }

  private void variable(Ast.Variable v) {
    Binding b = find("$" + v.name());
    if (b == null) {
      throw new SyntaxError("$" + v.name() + " is not defined", v.position());
    }
    if (b.constant != null) {
      code.emit(Code.CONST, code.constant(b.constant));
    } else {
      code.emit(Code.LOAD, level(b.owner), b.slot);
    }
  }

  // --- destructuring

  /** Takes the value on top apart; what was below it is on top then. */
  private void patterns(List<Ast.Pattern> all) {
    fresh.clear();
    if (all.size() == 1) {
      names(all.get(0));
      pattern(all.get(0));
      return;
    }
    for (Ast.Pattern p : all) {
      names(p);
    }
    List<Integer> slots = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Ast.Pattern p : all) {
      collect(p, names);
    }
    for (String n : names) {
      slots.add(find("$" + n).slot);
    }
    List<Integer> jumps = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      int fork = i < all.size() - 1 ? code.emit(Code.PATTERN_FORK, 0) : -1;
      for (int slot : slots) {
        code.emit(Code.CLEAR, slot);
      }
      pattern(all.get(i));
      if (fork >= 0) {
        jumps.add(code.emit(Code.JUMP, 0) + 1);
        code.patch(fork + 1);
      }
    }
    for (int j : jumps) {
      code.patch(j);
    }
  }

  private static void collect(Ast.Pattern p, List<String> out) {
    if (p instanceof Ast.Pattern.Name n) {
      out.add(n.name());
    } else if (p instanceof Ast.Pattern.Elements e) {
      for (Ast.Pattern q : e.items()) {
        collect(q, out);
      }
    } else if (p instanceof Ast.Pattern.Members m) {
      for (Ast.MemberPattern q : m.items()) {
        if (q.variable() != null) {
          out.add(q.variable());
        }
        if (q.value() != null) {
          collect(q.value(), out);
        }
      }
    }
  }

  private void names(Ast.Pattern p) {
    List<String> all = new ArrayList<>();
    collect(p, all);
    for (String n : all) {
      Binding b = find("$" + n);
      // A name in several alternatives is one variable.
      if (b == null || b.owner != code || !fresh.contains(b)) {
        bindVariable(n);
        fresh.add(scope);
      }
    }
  }

  /** The variables of the patterns being compiled. */
  private final Set<Binding> fresh = new HashSet<>();

  private void pattern(Ast.Pattern p) {
    if (p instanceof Ast.Pattern.Name n) {
      code.emit(Code.STORE, find("$" + n.name()).slot);
    } else if (p instanceof Ast.Pattern.Elements e) {
      for (int i = 0; i < e.items().size(); i++) {
        code.emit(Code.SUB_BEGIN);
        code.emit(Code.INDEX_CONST, code.constant(JsonNumber.of(i)), 0);
        code.emit(Code.SUB_END);
        code.emit(Code.SWAP);
        pattern(e.items().get(i));
      }
      code.emit(Code.POP);
    } else if (p instanceof Ast.Pattern.Members m) {
      for (Ast.MemberPattern q : m.items()) {
        Ast key = q.key() != null ? q.key() : new Ast.Literal(JsonString.of(q.variable()));
        if (key instanceof Ast.Literal l && !(l.value() instanceof JsonString)) {
          throw new SyntaxError(
              "Cannot use " + l.value().kind() + " (" + l.value() + ") as object key", 0);
        }
        code.emit(Code.SUB_BEGIN);
        sub(key);
        code.emit(Code.NATIVE, code.constant(Builtins.OBJECT_KEY), 1);
        if (q.variable() != null && q.value() != null) {
          code.emit(Code.DUP);
          code.emit(Code.STORE, find("$" + q.variable()).slot);
        }
        code.emit(Code.SUB_END);
        if (q.variable() != null && q.value() == null) {
          code.emit(Code.SWAP);
          code.emit(Code.STORE, find("$" + q.variable()).slot);
        } else {
          code.emit(Code.SWAP);
          pattern(q.value());
        }
      }
      code.emit(Code.POP);
    }
  }

  // --- assignments

  private void assign(Ast.Assign a) {
    String op = a.op();
    if (op.equals("=")) {
      gen(new Ast.Call("_assign", List.of(a.left(), a.right()), -1));
      return;
    }
    if (op.equals("|=")) {
      gen(new Ast.Call("_modify", List.of(a.left(), a.right()), -1));
      return;
    }
    Binding saved = scope;
    Ast path = new Ast.Variable("__path", -1);
    Ast value = new Ast.Variable("__value", -1);
    Ast old = new Ast.Call("_getpath", List.of(path), -1);
    Ast changed =
        op.equals("//=")
            ? new Ast.Alternative(old, value)
            : new Ast.Binary(op.substring(0, op.length() - 1), old, value);
    // The paths are followed where the names are still the user's.
    Ast update =
        new Ast.Reduce(
            new Ast.Call("path", List.of(a.left()), -1),
            List.of(new Ast.Pattern.Name("__path")),
            DOT,
            new Ast.Call("_setpath", List.of(path, changed), -1));
    gen(new Ast.Bind(a.right(), List.of(new Ast.Pattern.Name("__value")), update));
    scope = saved;
  }

  // --- calls

  private void call(Ast.Call c) {
    String key = c.name() + "/" + c.args().size();
    Binding b = find(key);
    if (b != null) {
      if (b.function == null) {
        code.emit(Code.CALL_PARAM, level(b.owner), b.slot, 0);
      } else {
        callFunction(b.function, level(b.owner), c.args());
      }
      return;
    }
    if (form(c, key)) {
      return;
    }
    Ast macro = Prelude.expand(c.name(), c.args());
    if (macro != null) {
      gen(macro);
      return;
    }
    Builtins.Native f = Builtins.find(key);
    if (f != null) {
      for (int i = c.args().size() - 1; i >= 0; i--) {
        sub(c.args().get(i));
      }
      code.emit(Code.NATIVE, code.constant(f), c.args().size());
      return;
    }
    Code function = fromPrelude(key);
    if (function == null) {
      throw new SyntaxError(key + " is not defined", c.position());
    }
    callFunction(function, level(root), c.args());
  }

  private Code fromPrelude(String key) {
    Code function = prelude.get(key);
    Ast.Function f = function == null ? Prelude.find(key) : null;
    if (f != null) {
      function = new Code(root, f.name());
      prelude.put(key, function);
      Binding savedScope = scope;
      Code savedCode = code;
      scope = globals;
      code = root;
      body(function, f);
      scope = savedScope;
      code = savedCode;
    }
    return function;
  }

  private void callFunction(Code function, int level, List<Ast> args) {
    Code.Call site = new Code.Call(function, level, args.size());
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i) instanceof Ast.Call c && c.args().isEmpty()) {
        Binding b = find(c.name() + "/0");
        if (b != null && b.function == null) {
          site.paramLevels[i] = level(b.owner);
          site.params[i] = b.slot;
          continue;
        }
      }
      Code closure = new Code(code, "closure");
      Binding savedScope = scope;
      Code savedCode = code;
      code = closure;
      gen(args.get(i));
      code.emit(Code.RET);
      code.markTailCalls();
      code = savedCode;
      scope = savedScope;
      site.closures[i] = closure;
    }
    code.emit(Code.CALL, code.constant(site));
  }

  /** The functions that are instructions. */
  private boolean form(Ast.Call c, String key) {
    List<Ast> args = c.args();
    switch (key) {
      case "empty/0", "_empty/0" -> code.emit(Code.BACKTRACK);
      case "error/0" -> code.emit(Code.ERROR);
      case "error/1" -> {
        sub(args.get(0));
        code.emit(Code.POP);
        code.emit(Code.ERROR);
      }
      case "path/1" -> {
        code.emit(Code.PATH_BEGIN);
        gen(args.get(0));
        code.emit(Code.PATH_END);
      }
      case "getpath/1", "_getpath/1" -> {
        sub(args.get(0));
        code.emit(Code.GET_PATH);
      }
      case "range/2" -> {
        // the first argument changes slowest
        Binding saved = scope;
        sub(args.get(0));
        int from = code.newVariable();
        code.emit(Code.STORE_UNDER, from);
        sub(args.get(1));
        code.emit(Code.DUP);
        code.emit(Code.LOAD, 0, from);
        code.emit(Code.SWAP);
        code.emit(Code.RANGE);
        scope = saved;
      }
      case "range/1" ->
          call(new Ast.Call("range", List.of(new Ast.Literal(JsonNumber.of(0)), args.get(0)), -1));
      case "input/0", "_input/0" -> code.emit(Code.INPUT);
      case "inputs/0" -> code.emit(Code.ALL_INPUTS);
      default -> {
        return false;
      }
    }
    return true;
  }

  // --- expressions of one output

  private Direct direct(Ast e) {
    if (e instanceof Ast.Identity) {
      return new Direct.Identity();
    } else if (e instanceof Ast.Literal l) {
      return new Direct.Constant(l.value());
    } else if (e instanceof Ast.Variable v) {
      Binding b = find("$" + v.name());
      if (b == null) {
        return null;
      }
      return b.constant != null
          ? new Direct.Constant(b.constant)
          : new Direct.Variable(level(b.owner), b.slot);
    } else if (e instanceof Ast.Index i && !i.optional()) {
      Direct term = direct(i.term());
      if (term == null) {
        return null;
      }
      if (i.key() instanceof Ast.Literal l && l.value() instanceof JsonString s) {
        return new Direct.Member(term, s);
      }
      Direct key = direct(i.key());
      return key == null ? null : new Direct.Index(term, key);
    } else if (e instanceof Ast.Slice s && !s.optional()) {
      Ast none = new Ast.Literal(JsonValue.NULL);
      Direct[] d =
          all(
              List.of(
                  s.term(), s.from() == null ? none : s.from(), s.to() == null ? none : s.to()));
      return d == null ? null : new Direct.Slice(d[0], d[1], d[2]);
    } else if (e instanceof Ast.Binary b) {
      Direct[] d = all(List.of(b.left(), b.right()));
      if (d == null || b.op().equals("/") && isZero(b.right())) {
        return null;
      }
      return new Direct.Binary(Ops.byName(b.op()), d[0], d[1]);
    } else if (e instanceof Ast.Negate n) {
      Direct d = direct(n.operand());
      return d == null ? null : new Direct.Negation(d);
    } else if (e instanceof Ast.And a) {
      Direct[] d = all(List.of(a.left(), a.right()));
      return d == null ? null : new Direct.Logic(true, d[0], d[1]);
    } else if (e instanceof Ast.Or o) {
      Direct[] d = all(List.of(o.left(), o.right()));
      return d == null ? null : new Direct.Logic(false, d[0], d[1]);
    } else if (e instanceof Ast.If i) {
      Direct[] d = all(List.of(i.condition(), i.then(), i.otherwise()));
      return d == null ? null : new Direct.Condition(d[0], d[1], d[2]);
    } else if (e instanceof Ast.Alternative a) {
      Direct[] d = all(List.of(a.left(), a.right()));
      return d == null ? null : new Direct.Alternative(d[0], d[1]);
    } else if (e instanceof Ast.Pipe p) {
      Direct[] d = all(List.of(p.left(), p.right()));
      return d == null ? null : new Direct.Pipe(d[0], d[1]);
    }
    return directConstruct(e);
  }

  private Direct[] all(List<Ast> expressions) {
    Direct[] d = new Direct[expressions.size()];
    for (int i = 0; i < d.length; i++) {
      d[i] = direct(expressions.get(i));
      if (d[i] == null) {
        return null;
      }
    }
    return d;
  }

  private Direct directConstruct(Ast e) {
    if (e instanceof Ast.ArrayOf a) {
      if (a.items() == null) {
        return new Direct.NewArray(null);
      }
      Direct.Generator g = generator(a.items());
      return g == null ? null : new Direct.NewArray(g);
    } else if (e instanceof Ast.ObjectOf o) {
      List<Ast> keys = new ArrayList<>();
      List<Ast> values = new ArrayList<>();
      for (Ast.Member m : o.members()) {
        keys.add(m.key());
        values.add(m.value());
      }
      Direct[] k = all(keys);
      Direct[] v = k == null ? null : all(values);
      return v == null ? null : new Direct.NewObject(k, v);
    } else if (e instanceof Ast.Interpolation s) {
      Direct[] d = all(s.parts());
      return d == null ? null : new Direct.Text(s.format(), s.texts().toArray(), d);
    } else if (e instanceof Ast.Format f) {
      return new Direct.Formatted(f.name());
    } else if (e instanceof Ast.Call c) {
      String key = c.name() + "/" + c.args().size();
      if (find(key) != null) {
        return null;
      }
      Ast macro = Prelude.expand(c.name(), c.args());
      if (macro != null) {
        return direct(macro);
      }
      Builtins.Native f = Builtins.find(key);
      if (f == null || Builtins.isImpure(key)) {
        return null;
      }
      Direct[] d = all(c.args());
      return d == null ? null : new Direct.Native(f, d);
    } else if (e instanceof Ast.Reduce r
        && r.patterns().size() == 1
        && r.patterns().get(0) instanceof Ast.Pattern.Name n) {
      Direct.Generator source = generator(r.source());
      Direct init = source == null ? null : direct(r.init());
      if (init == null) {
        return null;
      }
      Binding saved = scope;
      int slot = bindVariable(n.name());
      Direct update = direct(r.update());
      scope = saved;
      return update == null ? null : new Direct.Reduction(source, slot, init, update);
    } else if (e instanceof Ast.Bind b
        && b.patterns().size() == 1
        && b.patterns().get(0) instanceof Ast.Pattern.Name n) {
      Direct source = direct(b.source());
      if (source == null) {
        return null;
      }
      Binding saved = scope;
      int slot = bindVariable(n.name());
      Direct body = direct(b.body());
      scope = saved;
      return body == null ? null : new Direct.Let(source, slot, body);
    }
    return null;
  }

  private Direct.Generator generator(Ast e) {
    if (e instanceof Ast.Iterate i) {
      Direct term = direct(i.term());
      if (term != null) {
        return new Direct.Each(term, i.optional());
      }
      Direct.Generator many = generator(i.term());
      return many == null
          ? null
          : new Direct.Through(many, new Direct.Each(new Direct.Identity(), i.optional()));
    } else if (e instanceof Ast.Pipe p) {
      Direct d = direct(e);
      if (d != null) {
        return new Direct.One(d);
      }
      Direct.Generator left = generator(p.left());
      Direct.Generator right = left == null ? null : generator(p.right());
      return right == null ? null : new Direct.Through(left, right);
    } else if (e instanceof Ast.Comma c) {
      Direct.Generator left = generator(c.left());
      Direct.Generator right = left == null ? null : generator(c.right());
      return right == null ? null : new Direct.Both(left, right);
    } else if (e instanceof Ast.If i) {
      Direct condition = direct(i.condition());
      Direct.Generator then = condition == null ? null : generator(i.then());
      Direct.Generator otherwise = then == null ? null : generator(i.otherwise());
      return otherwise == null ? null : new Direct.Choose(condition, then, otherwise);
    } else if (e instanceof Ast.Call c && find(c.name() + "/" + c.args().size()) == null) {
      String key = c.name() + "/" + c.args().size();
      if (key.equals("empty/0") || key.equals("_empty/0")) {
        return new Direct.None();
      }
      if (key.equals("range/1") || key.equals("range/2")) {
        Direct[] d = all(c.args());
        return d == null
            ? null
            : d.length == 1
                ? new Direct.Range(new Direct.Constant(JsonNumber.of(0)), d[0])
                : new Direct.Range(d[0], d[1]);
      }
      Ast macro = Prelude.expand(c.name(), c.args());
      if (macro != null) {
        return generator(macro);
      }
    } else if (e instanceof Ast.Index i && i.key() instanceof Ast.Literal l && !i.optional()) {
      Direct d = direct(e);
      if (d != null) {
        return new Direct.One(d);
      }
      Direct.Generator term = generator(i.term());
      return term == null
          ? null
          : new Direct.Through(
              term,
              new Direct.One(
                  new Direct.Index(new Direct.Identity(), new Direct.Constant(l.value()))));
    }
    Direct d = direct(e);
    return d == null ? null : new Direct.One(d);
  }
}
