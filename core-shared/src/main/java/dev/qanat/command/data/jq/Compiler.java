package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes code of a tree: finds what every name means, and emits for each expression the instructions
 * that turn the value on top of the stack into the expression's outputs, one after the other.
 */
final class Compiler {
  /** What a name means from here on; the newest first. */
  static final class Binding {
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
  private final DirectCompiler directs = new DirectCompiler(this);
  private final Destructuring destructuring = new Destructuring(this);

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

  /** The code being made. */
  Code code() {
    return code;
  }

  Binding scope() {
    return scope;
  }

  /** Forgets the names bound since. */
  void restore(Binding earlier) {
    scope = earlier;
  }

  /** What a name means here; null when nothing. */
  Binding find(String name) {
    for (Binding b = scope; b != null; b = b.outer) {
      if (b.name.equals(name)) {
        return b;
      }
    }
    return null;
  }

  /** How many functions out of the one being made that one is. */
  int level(Code owner) {
    int n = 0;
    for (Code c = code; c != owner; c = c.parent) {
      n++;
    }
    return n;
  }

  /** Gives a new variable a slot of the code being made. */
  int bindVariable(String name) {
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

  private void gen(Ast e) {
    if (e instanceof Ast.Identity) {
      return;
    }
    if (e instanceof Ast.Literal l) {
      code.emit(Code.CONST, code.constant(l.value()));
      return;
    }
    if (!(e instanceof Ast.Variable)) {
      Direct d = directs.direct(e);
      if (d != null) {
        int at = code.emit(Code.DIRECT, code.constant(d), 0);
        general(e);
        code.patch(at + 2);
        return;
      }
    }
    general(e);
  }

  /** Puts the expression's output below the value on top. */
  void sub(Ast e) {
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
      destructuring.patterns(b.patterns());
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
      destructuring.patterns(r.patterns());
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
      destructuring.patterns(f.patterns());
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

  static boolean isZero(Ast e) {
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
}
