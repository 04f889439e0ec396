package dev.qanat.command.data.jq;

import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes code of the patterns behind {@code as}, which take a value apart into variables. */
final class Destructuring {
  private final Compiler compiler;

  /** The variables of the patterns being compiled. */
  private final Set<Compiler.Binding> fresh = new HashSet<>();

  Destructuring(Compiler compiler) {
    this.compiler = compiler;
  }

  /** Takes the value on top apart; what was below it is on top then. */
  void patterns(List<Ast.Pattern> all) {
    fresh.clear();
    Code code = compiler.code();
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
      slots.add(compiler.find("$" + n).slot);
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
      Compiler.Binding b = compiler.find("$" + n);
      // A name in several alternatives is one variable.
      if (b == null || b.owner != compiler.code() || !fresh.contains(b)) {
        compiler.bindVariable(n);
        fresh.add(compiler.scope());
      }
    }
  }

  private void pattern(Ast.Pattern p) {
    Code code = compiler.code();
    if (p instanceof Ast.Pattern.Name n) {
      code.emit(Code.STORE, compiler.find("$" + n.name()).slot);
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
        compiler.sub(key);
        code.emit(Code.NATIVE, code.constant(Builtins.OBJECT_KEY), 1);
        if (q.variable() != null && q.value() != null) {
          code.emit(Code.DUP);
          code.emit(Code.STORE, compiler.find("$" + q.variable()).slot);
        }
        code.emit(Code.SUB_END);
        if (q.variable() != null && q.value() == null) {
          code.emit(Code.SWAP);
          code.emit(Code.STORE, compiler.find("$" + q.variable()).slot);
        } else {
          code.emit(Code.SWAP);
          pattern(q.value());
        }
      }
      code.emit(Code.POP);
    }
  }
}
