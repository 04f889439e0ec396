package dev.qanat.command.data.jq;

import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Finds the expressions that have exactly one output for every input, and makes them direct. */
final class DirectCompiler {
  private final Compiler names;

  /**
   * @param names knows what names mean where the expressions stand
   */
  DirectCompiler(Compiler names) {
    this.names = names;
  }

  /** Null when the expression may have no output, or several. */
  Direct direct(Ast e) {
    if (e instanceof Ast.Identity) {
      return new Direct.Identity();
    } else if (e instanceof Ast.Literal l) {
      return new Direct.Constant(l.value());
    } else if (e instanceof Ast.Variable v) {
      Compiler.Binding b = names.find("$" + v.name());
      if (b == null) {
        return null;
      }
      return b.constant != null
          ? new Direct.Constant(b.constant)
          : new Direct.Variable(names.level(b.owner), b.slot);
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
      if (d == null || b.op().equals("/") && Compiler.isZero(b.right())) {
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
      if (names.find(key) != null) {
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
      Compiler.Binding saved = names.scope();
      int slot = names.bindVariable(n.name());
      Direct update = direct(r.update());
      names.restore(saved);
      return update == null ? null : new Direct.Reduction(source, slot, init, update);
    } else if (e instanceof Ast.Bind b
        && b.patterns().size() == 1
        && b.patterns().get(0) instanceof Ast.Pattern.Name n) {
      Direct source = direct(b.source());
      if (source == null) {
        return null;
      }
      Compiler.Binding saved = names.scope();
      int slot = names.bindVariable(n.name());
      Direct body = direct(b.body());
      names.restore(saved);
      return body == null ? null : new Direct.Let(source, slot, body);
    }
    return null;
  }

  /** For an expression of any number of outputs, each of which can be had directly. */
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
    } else if (e instanceof Ast.Call c && names.find(c.name() + "/" + c.args().size()) == null) {
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
