package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Arithmetic;
import dev.qanat.shell.syntax.Command;
import java.util.ArrayList;
import java.util.List;

/** {@code while}, {@code until} and both kinds of {@code for} (manual, "Looping Constructs"). */
final class Loops {
  private final Shell sh;
  private final Interpreter interpreter;

  Loops(Shell sh, Interpreter interpreter) {
    this.sh = sh;
    this.interpreter = interpreter;
  }

  int runWhile(Command.While c) {
    int result = 0;
    sh.loopDepth++;
    while (true) {
      Sched.checkpoint();
      int status = interpreter.condition(c.condition());
      if (sh.control == Shell.BREAK || sh.control == Shell.CONTINUE) {
        boolean leaves = leaves();
        // the loop ends by its condition's status all the same, else the body is passed over
        result = (status == 0) == c.until() ? result : sh.status;
        if (leaves || (status == 0) == c.until()) {
          break;
        }
        continue;
      }
      if (sh.control != Shell.RUN) {
        result = interpreter.ended();
        break;
      }
      if ((status == 0) == c.until()) {
        break;
      }
      result = interpreter.run(c.body());
      if (sh.control != Shell.RUN && leaves()) {
        result = sh.status;
        break;
      }
    }
    sh.loopDepth--;
    return sh.status = result;
  }

  /** Something is being unwound: takes note of a loop's part in it and tells whether it ends. */
  boolean leaves() {
    switch (sh.control) {
      case Shell.BREAK -> {
        if (--sh.controlCount <= 0) {
          sh.control = Shell.RUN;
        }
        return true;
      }
      case Shell.CONTINUE -> {
        if (--sh.controlCount <= 0) {
          sh.control = Shell.RUN;
          return false;
        }
        return true;
      }
      default -> {
        interpreter.ended();
        return sh.control != Shell.RUN;
      }
    }
  }

  int runFor(Command.For c) {
    int before = sh.line;
    int status = runForAtLine(c);
    interpreter.restoreLine(before);
    return status;
  }

  private int runForAtLine(Command.For c) {
    if (!Expander.isName(c.variable())) {
      sh.error("`" + c.variable() + "': not a valid identifier");
      if (sh.posix() && !sh.interactive) {
        sh.exit(1);
      }
      return sh.status = 1;
    }
    int at = sh.line = interpreter.line(c);
    sh.loopDepth++; // a `break' in the words' substitutions is in the loop
    List<String> words;
    if (c.words() == null) {
      words = new ArrayList<>(sh.positional);
    } else {
      words = sh.expander().fields(c.words());
    }
    int result = 0;
    for (int i = 0; i < words.size(); i++) {
      Sched.checkpoint();
      sh.line = at;
      if (sh.traps.debug() != null) {
        interpreter.note(c);
        if (!sh.traps.runDebug()) {
          continue;
        }
      }
      if (sh.xtrace) {
        interpreter.tracing.loop("for ", c.variable(), c.words());
      }
      if (!assignLoopVariable(c.variable(), words.get(i))) {
        result = sh.status = 1;
        if (sh.posix() && !sh.interactive) {
          sh.exit(1);
        }
        break;
      }
      result = sh.leaveLoopNow() ? sh.status : interpreter.run(c.body());
      if (sh.control != Shell.RUN && leaves()) {
        result = sh.status;
        break;
      }
    }
    sh.loopDepth--;
    return sh.status = result;
  }

  /** Gives a loop's variable its value; a nameref is pointed at the name instead. */
  boolean assignLoopVariable(String name, String value) {
    Variable v = sh.variables().find(name);
    if (v != null && v.has(Variable.NAMEREF)) {
      if (v.has(Variable.READONLY)) {
        sh.severe(name + ": readonly variable");
        return false;
      }
      if (!Expander.isName(value)) {
        sh.error("`" + value + "': not a valid identifier");
        return false;
      }
      sh.variables().namerefs().refer(name, Scope.VISIBLE, value);
      return true;
    }
    try {
      sh.variables().set(name, value);
      return true;
    } catch (ExpansionError e) {
      if (e.isArithmetic()) {
        throw e;
      }
      sh.reportFailure(e);
      return false;
    }
  }

  int runArithFor(Command.ArithFor c) {
    int result = 0;
    int before = sh.line;
    int at = sh.line = interpreter.line(c);
    sh.loopDepth++;
    Long init = arithStep(c.init());
    if (init == null) {
      sh.loopDepth--;
      sh.line = before;
      return sh.status = 1;
    }
    if (sh.leaveLoopNow() && leaves()) {
      sh.loopDepth--;
      interpreter.restoreLine(before);
      return sh.status = 0;
    }
    while (true) {
      Sched.checkpoint();
      sh.line = at;
      Long v = arithStep(c.condition());
      if (v == null) {
        result = 1;
        break;
      }
      if (v == 0) {
        break;
      }
      sh.line = before; // the body is run on the line of what surrounds the loop
      result = sh.leaveLoopNow() ? sh.status : interpreter.run(c.body());
      if (sh.control != Shell.RUN && leaves()) {
        result = sh.status;
        break;
      }
      sh.line = at;
      if (arithStep(c.step()) == null) {
        result = 1;
        break;
      }
    }
    sh.loopDepth--;
    interpreter.restoreLine(before);
    return sh.status = result;
  }

  /** The value of an expression of {@code for ((…))}; null after an error. */
  private Long arithStep(Arithmetic e) {
    if (sh.traps.debug() != null) {
      if (!sh.traps.running()) {
        sh.currentCommand = "((" + e.text().trim() + "))";
      }
      if (!sh.traps.runDebug()) {
        return 0L;
      }
    }
    try {
      if (sh.xtrace) {
        String text = sh.expander().expandedText(e);
        interpreter.tracing.line("(( " + text.trim() + " ))");
        return sh.expander().evaluate(text);
      }
      return sh.expander().arithmetic(e);
    } catch (ArithException x) {
      sh.failedArithmetic(x, "((: ");
      return null;
    }
  }
}
