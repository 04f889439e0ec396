package dev.qanat.command.data.awk;

import dev.qanat.text.ByteBuilder;

/** A statement of an awk program; running it says how control goes on. */
abstract class Statement {
  static final int NORMAL = 0;
  static final int BREAK = 1;
  static final int CONTINUE = 2;
  static final int NEXT = 3;
  static final int NEXT_FILE = 4;
  static final int EXIT = 5;
  static final int RETURN = 6;

  int place; // see Program.place

  abstract int run(Interpreter r);

  static final class Block extends Statement {
    private final Statement[] statements;

    Block(Statement[] statements) {
      this.statements = statements;
    }

    @Override
    int run(Interpreter r) {
      for (Statement s : statements) {
        r.place = s.place;
        int how = s.run(r);
        if (how != NORMAL) {
          return how;
        }
      }
      return NORMAL;
    }
  }

  static final class Evaluate extends Statement {
    private final Expr e;

    Evaluate(Expr e) {
      this.e = e;
    }

    @Override
    int run(Interpreter r) {
      e.value(r);
      return NORMAL;
    }
  }

  /** An arithmetic update or increment whose value nobody needs. */
  static final class Reckon extends Statement {
    private final Expr e;

    Reckon(Expr e) {
      this.e = e;
    }

    @Override
    int run(Interpreter r) {
      e.number(r);
      return NORMAL;
    }
  }

  static final class If extends Statement {
    private final Expr condition;
    private final Statement then;
    private final Statement otherwise;

    If(Expr condition, Statement then, Statement otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    int run(Interpreter r) {
      if (condition.test(r)) {
        r.place = then.place;
        return then.run(r);
      }
      if (otherwise == null) {
        return NORMAL;
      }
      r.place = otherwise.place;
      return otherwise.run(r);
    }
  }

  /** {@code while}, {@code do} and {@code for (;;)}. */
  static final class Loop extends Statement {
    private final Statement init;
    private final Expr condition;
    private final Statement step;
    private final Statement body;
    private final boolean testFirst;

    Loop(Statement init, Expr condition, Statement step, Statement body, boolean testFirst) {
      this.init = init;
      this.condition = condition;
      this.step = step;
      this.body = body;
      this.testFirst = testFirst;
    }

    @Override
    int run(Interpreter r) {
      if (init != null) {
        init.run(r);
      }
      if (testFirst && condition != null && !condition.test(r)) {
        return NORMAL;
      }
      while (true) {
        r.step();
        r.place = body.place;
        int how = body.run(r);
        if (how == BREAK) {
          return NORMAL;
        }
        if (how != NORMAL && how != CONTINUE) {
          return how;
        }
        if (step != null) {
          step.run(r);
        }
        r.place = place;
        if (condition != null && !condition.test(r)) {
          return NORMAL;
        }
      }
    }
  }

  /** {@code for (place in array)}. */
  static final class ForIn extends Statement {
    private final Expr.Place place;
    private final Expr.ArraySource array;
    private final Statement body;

    ForIn(Expr.Place place, Expr.ArraySource array, Statement body) {
      this.place = place;
      this.array = array;
      this.body = body;
    }

    @Override
    int run(Interpreter r) {
      AwkArray a = array.array(r);
      for (byte[] k : r.functions.sortedKeys(a)) {
        r.step();
        place.assign(r, Value.input(k, 0, k.length));
        int how = body.run(r);
        if (how == BREAK) {
          break;
        }
        if (how != NORMAL && how != CONTINUE) {
          return how;
        }
      }
      return NORMAL;
    }
  }

  static final class Jump extends Statement {
    private final int how;

    Jump(int how) {
      this.how = how;
    }

    @Override
    int run(Interpreter r) {
      return how;
    }
  }

  static final class Exit extends Statement {
    private final Expr status;

    Exit(Expr status) {
      this.status = status;
    }

    @Override
    int run(Interpreter r) {
      if (status != null) {
        r.exitStatus = (int) status.number(r) & 0xFF;
      }
      return EXIT;
    }
  }

  static final class Return extends Statement {
    private final Expr value;

    Return(Expr value) {
      this.value = value;
    }

    @Override
    int run(Interpreter r) {
      r.returned = value == null ? Value.UNINITIALIZED : value.value(r);
      return RETURN;
    }
  }

  static final class Delete extends Statement {
    private final Expr.ArraySource array;
    private final Expr[] subscripts; // null: all elements

    Delete(Expr.ArraySource array, Expr[] subscripts) {
      this.array = array;
      this.subscripts = subscripts;
    }

    @Override
    int run(Interpreter r) {
      AwkArray a = array.array(r);
      if (subscripts == null) {
        a.clear();
      } else {
        Value k = Places.Element.key(r, subscripts);
        a.remove(k.bytes(), k.offset(), k.length());
      }
      return NORMAL;
    }
  }

  static final class Switch extends Statement {
    private final Expr subject;
    private final Object[] labels; // Value, Pattern, or null for default
    private final int[] starts; // in the body
    private final Statement[] body;

    Switch(Expr subject, Object[] labels, int[] starts, Statement[] body) {
      this.subject = subject;
      this.labels = labels;
      this.starts = starts;
      this.body = body;
    }

    @Override
    int run(Interpreter r) {
      Value v = subject.value(r);
      int at = -1;
      for (int i = 0; i < labels.length && at < 0; i++) {
        if (labels[i] instanceof Value c) {
          boolean same =
              c.isNumber() && v.isNumeric()
                  ? c.number() == v.number()
                  : !c.isNumber()
                      && !(v.isNumber())
                      && Value.compareText(c.text(r.convfmt), v.text(r.convfmt)) == 0;
          at = same ? starts[i] : -1;
        } else if (labels[i] instanceof Pattern p) {
          Value t = v.text(r.convfmt);
          boolean found =
              p.matcher(r).find(t.bytes(), t.offset(), t.offset(), t.offset() + t.length());
          at = found ? starts[i] : -1;
        }
      }
      for (int i = 0; i < labels.length && at < 0; i++) {
        at = labels[i] == null ? starts[i] : -1;
      }
      for (int i = at; at >= 0 && i < body.length; i++) {
        r.place = body[i].place;
        int how = body[i].run(r);
        if (how == BREAK) {
          break;
        }
        if (how != NORMAL) {
          return how;
        }
      }
      return NORMAL;
    }
  }

  static final class Print extends Statement {
    private final Expr[] items; // none: the record
    private final String redirection; // > >> | |& or null
    private final Expr target;

    Print(Expr[] items, String redirection, Expr target) {
      this.items = items;
      this.redirection = redirection;
      this.target = target;
    }

    @Override
    int run(Interpreter r) {
      ByteBuilder out = r.borrow();
      if (items.length == 0) {
        r.record.appendField(0, out, r.ofmt);
      }
      for (int i = 0; i < items.length; i++) {
        if (i > 0) {
          out.append(r.ofs);
        }
        items[i].append(r, out, r.ofmt);
      }
      out.append(r.ors);
      r.write(out, redirection, target);
      r.giveBack(out);
      return NORMAL;
    }
  }

  static final class Printf extends Statement {
    private final Expr[] items;
    private final String redirection;
    private final Expr target;

    Printf(Expr[] items, String redirection, Expr target) {
      this.items = items;
      this.redirection = redirection;
      this.target = target;
    }

    @Override
    int run(Interpreter r) {
      ByteBuilder out = r.borrow();
      r.functions.format(out, items);
      r.write(out, redirection, target);
      r.giveBack(out);
      return NORMAL;
    }
  }
}
