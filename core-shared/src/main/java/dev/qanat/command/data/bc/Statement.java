package dev.qanat.command.data.bc;

import dev.qanat.sched.Sched;
import java.util.List;

/** A statement; running it tells how to go on. */
abstract class Statement {
  static final int NEXT = 0;
  static final int BREAK = 1;
  static final int CONTINUE = 2;
  static final int RETURN = 3;
  static final int HALT = 4;

  /** Ends the program from within a function. */
  static final class Halt extends RuntimeException {
    Halt() {
      super(null, null, false, false);
    }
  }

  abstract int run(Machine m);

  static int runAll(List<Statement> all, Machine m) {
    for (Statement s : all) {
      int how = s.run(m);
      if (how != NEXT) {
        return how;
      }
    }
    return NEXT;
  }

  /** An expression, whose value is printed unless it is an assignment. */
  static final class Evaluate extends Statement {
    private final Expr expr;
    private final boolean print;

    Evaluate(Expr expr, boolean print) {
      this.expr = expr;
      this.print = print;
    }

    @Override
    int run(Machine m) {
      Decimal d = expr.value(m);
      if (print && !(expr instanceof Expr.Call c && c.function.isVoid)) {
        m.print(d);
        m.character('\n');
      }
      return NEXT;
    }
  }

  /** A string, or one item of a {@code print}. */
  static final class Print extends Statement {
    private final String text;
    private final Expr expr;

    Print(String text, Expr expr) {
      this.text = text;
      this.expr = expr;
    }

    @Override
    int run(Machine m) {
      if (expr != null) {
        m.print(expr.value(m));
      } else {
        m.text(text);
      }
      return NEXT;
    }
  }

  static final class Block extends Statement {
    private final List<Statement> all;

    Block(List<Statement> all) {
      this.all = all;
    }

    @Override
    int run(Machine m) {
      return runAll(all, m);
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
    int run(Machine m) {
      if (!condition.value(m).isZero()) {
        return then.run(m);
      }
      return otherwise == null ? NEXT : otherwise.run(m);
    }
  }

  /** {@code for}, and {@code while} as one without a start and a step. */
  static final class Loop extends Statement {
    private final Expr start;
    private final Expr condition;
    private final Expr step;
    private final Statement body;

    Loop(Expr start, Expr condition, Expr step, Statement body) {
      this.start = start;
      this.condition = condition;
      this.step = step;
      this.body = body;
    }

    @Override
    int run(Machine m) {
      if (start != null) {
        start.value(m);
      }
      while (condition == null || !condition.value(m).isZero()) {
        Sched.checkpoint();
        int how = body.run(m);
        if (how == BREAK) {
          break;
        }
        if (how >= RETURN) {
          return how;
        }
        if (step != null) {
          step.value(m);
        }
      }
      return NEXT;
    }
  }

  static final class Leave extends Statement {
    private final int how;

    Leave(int how) {
      this.how = how;
    }

    @Override
    int run(Machine m) {
      if (how == HALT) {
        throw new Halt();
      }
      return how;
    }
  }

  static final class Return extends Statement {
    private final Expr value;

    Return(Expr value) {
      this.value = value;
    }

    @Override
    int run(Machine m) {
      m.returned = value == null ? Decimal.ZERO : value.value(m);
      return RETURN;
    }
  }
}
