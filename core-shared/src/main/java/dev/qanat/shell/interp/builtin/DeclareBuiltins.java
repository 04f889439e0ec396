package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.expand.VariableSource;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.DeclarationBuiltin;
import dev.qanat.shell.interp.DeclaredAssignment;
import dev.qanat.shell.interp.Function;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.shell.syntax.Subscript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code declare typeset local export readonly}. */
public final class DeclareBuiltins {
  private DeclareBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    DeclarationBuiltin declare = (sh, args) -> new Declaration(sh, args).declare();
    table.put("declare", declare);
    table.put("typeset", declare);
    table.put("local", declare);
    table.put("export", (DeclarationBuiltin) (sh, args) -> new Declaration(sh, args).export());
    table.put("readonly", (DeclarationBuiltin) (sh, args) -> new Declaration(sh, args).readonly());
  }

  /** One run of one of them. */
  private static final class Declaration {
    private final Shell sh;
    private final List<Object> args;
    private final List<String> texts = new ArrayList<>();
    private final String name;
    private int add;

    /**
     * What {@code export}'s and {@code readonly}'s {@code -a} and {@code -A} make of names that are
     * assigned.
     */
    private int arrays;

    private int remove;
    private boolean print;
    private boolean functions;
    private boolean functionNames;
    private boolean global;
    private boolean inherit;
    private int status;

    Declaration(Shell sh, List<Object> args) {
      this.sh = sh;
      this.args = args;
      this.name = (String) args.get(0);
      for (Object a : args) {
        texts.add(a instanceof DeclaredAssignment d ? d.text() : (String) a);
      }
    }

    int declare() {
      boolean local = name.equals("local");
      if (local && texts.size() > 1 && texts.get(1).equals("--help")) {
        return HelpTexts.show(sh, name);
      }
      if (local && sh.functionDepth() == 0) {
        for (Object a : args) {
          // bash has assigned array literals by the time it looks where it is
          if (a instanceof DeclaredAssignment d && d.value() == null) {
            sh.expander().assign(d.source());
          }
        }
        sh.complain("local", "can only be used in a function");
        return 1;
      }
      OptionScan scan = new OptionScan(sh, texts, "AFIafgilnprtuxc", true);
      for (int c = scan.next(); c != -1; c = scan.next()) {
        boolean off = scan.negated;
        int bit =
            switch (c) {
              case 'a' -> Variable.INDEXED;
              case 'A' -> Variable.ASSOCIATIVE;
              case 'i' -> Variable.INTEGER;
              case 'l' -> Variable.LOWERCASE;
              case 'u' -> Variable.UPPERCASE;
              case 'c' -> Variable.CAPITALIZE;
              case 'n' -> Variable.NAMEREF;
              case 'r' -> Variable.READONLY;
              case 't' -> Variable.TRACE;
              case 'x' -> Variable.EXPORT;
              default -> 0;
            };
        if (bit != 0) {
          if (off) {
            remove |= bit;
          } else {
            add |= bit;
          }
          continue;
        }
        switch (c) {
          case 'p' -> print = true;
          case 'f' -> functions = !off;
          case 'F' -> {
            functions = true;
            functionNames = true;
          }
          case 'g' -> global = true;
          case 'I' -> inherit = true;
          default -> {
            return 2;
          }
        }
      }
      if ((add & Variable.LOWERCASE) != 0 && (add & Variable.UPPERCASE) != 0) {
        add &= ~(Variable.LOWERCASE | Variable.UPPERCASE);
      }
      int first = scan.index();
      if (functions) {
        return functions(first);
      }
      Scope scope =
          local || sh.functionDepth() > 0 && !global
              ? Scope.LOCAL
              : global ? Scope.GLOBAL : Scope.VISIBLE;
      if (print && !local || print && args.size() > first) {
        return printDeclarations(first);
      }
      if (args.size() <= first) {
        if (local || print) {
          if (sh.restoresOptions()) {
            sh.out().line("local -");
          }
          listLocals();
        } else {
          listByAttributes();
        }
        return 0;
      }
      for (int i = first; i < args.size(); i++) {
        Object a = args.get(i);
        if (local && "-".equals(a)) {
          sh.saveOptionsForFunction();
          continue;
        }
        one(a, scope);
        if (sh.unwinding()) {
          return sh.status;
        }
      }
      return status;
    }

    /** Declares and assigns one argument. */
    private void one(Object a, Scope scope) {
      Assignment assignment = null;
      String value = null;
      String text = null;
      if (a instanceof DeclaredAssignment d) {
        assignment = d.source();
        value = d.value();
      } else {
        text = (String) a;
        int sign = text.indexOf('=');
        if (sign > 0) {
          assignment = sh.expander().parseAssignment(text, wantsArray(text, sign));
          if (assignment == null) {
            invalid(text);
            return;
          }
        }
      }
      if (assignment != null
          && assignment.subscript() != null
          && (name.equals("readonly") || name.equals("export"))) {
        invalid(assignment.name() + "[" + assignment.subscript().text() + "]");
        return;
      }
      String variable = assignment != null ? assignment.name() : text;
      if ((add & Variable.NAMEREF) != 0 && !mayRefer(assignment, value, variable, scope)) {
        return;
      }
      if (assignment == null && variable.endsWith("]") && variable.indexOf('[') > 0) {
        // declare a[n] makes an array
        variable = variable.substring(0, variable.indexOf('['));
        add |= Variable.INDEXED;
      }
      if (!Expander.isName(variable)) {
        invalid(assignment != null && text == null ? ((DeclaredAssignment) a).text() : text);
        return;
      }
      try {
        if (inherit && scope == Scope.LOCAL) {
          inherit(variable);
        }
        if ((add & Variable.INDEXED) != 0 && (add & Variable.ASSOCIATIVE) != 0) {
          sh.variables().declare(variable, scope, Variable.ASSOCIATIVE, 0);
          throw new ExpansionError(variable + ": cannot convert associative to indexed array");
        }
        boolean reference = ((add | remove) & Variable.NAMEREF) != 0;
        add |= assignment != null ? arrays : 0;
        if (assignment == null) {
          if (!reference && add != 0 && scope != Scope.LOCAL) {
            String target = sh.variables().namerefs().follow(variable);
            variable = target.indexOf('[') < 0 ? target : variable;
          }
          sh.variables().declare(variable, scope, add, remove);
          handOn(variable, scope);
          return;
        }
        if (!reference && add != 0 && scope != Scope.LOCAL && assignment.subscript() == null) {
          // attributes go where the nameref leads
          String target = sh.variables().namerefs().follow(variable);
          if (!target.equals(variable) && target.indexOf('[') < 0) {
            assignment =
                new Assignment(
                    target, null, assignment.append(), assignment.value(), assignment.array());
            a = value == null ? a : new DeclaredAssignment(assignment, value);
            variable = target;
          }
        }
        if ((remove & ~Variable.EXPORT) != 0 && (remove & Variable.READONLY) == 0) {
          sh.variables().declare(variable, scope, 0, remove);
        }
        if (value != null
            && assignment.subscript() == null
            && add == 0
            && simple(variable, scope)) {
          sh.variables().set(variable, scope, value, assignment.append());
        } else if (value != null) {
          DeclaredAssignment d = (DeclaredAssignment) a;
          Assignment literal = sh.expander().parseAssignment(d.text(), wantsArrayLiteral(d));
          sh.expander().assign(element(literal != null ? literal : assignment), scope, add);
        } else {
          assignment = element(assignment);
          boolean exports =
              assignment.array() != null && scope != Scope.LOCAL && sh.options().allexport;
          boolean array = (add & (Variable.INDEXED | Variable.ASSOCIATIVE)) != 0;
          sh.expander().assign(assignment, scope, exports && !array ? add | Variable.EXPORT : add);
        }
        if (remove != 0) {
          sh.variables().declare(variable, scope, 0, remove);
        }
        handOn(variable, scope);
      } catch (ArithException e) {
        sh.error(e.messageIn(name + ": "));
        status = sh.giveUpCommand(1);
      } catch (ExpansionError e) {
        if (e.givesUpBuiltin()) {
          throw e;
        }
        String m = e.getMessage();
        if (m != null && !m.isEmpty()) {
          if (name.equals("export")
              || name.equals("readonly")
              || m.endsWith(": bad array subscript")) {
            sh.reportFailure(e);
            if (sh.posix() && !sh.interactive() && m.endsWith(": readonly variable")) {
              sh.exit(1); // an assignment error of a special builtin
            }
          } else {
            sh.complain(name, m);
          }
        }
        status = 1;
      }
    }

    /** What stood in front of a command and is exported or readonly now outlives the command. */
    private void handOn(String variable, Scope scope) {
      if ((add & (Variable.EXPORT | Variable.READONLY)) != 0 && scope != Scope.GLOBAL) {
        sh.variables().handOn(variable, !name.equals("export") && !name.equals("readonly"));
      }
    }

    /** The first element for an array's name, which is no scalar to be exported by itself. */
    private Assignment element(Assignment a) {
      if (a.array() != null
          || a.subscript() != null
          || (add & (Variable.INDEXED | Variable.ASSOCIATIVE)) == 0 && !isArray(a.name())) {
        return a;
      }
      return new Assignment(a.name(), new Subscript("0"), a.append(), a.value(), null);
    }

    /** Refuses a nameref that is an element, or a global one that refers to itself. */
    private boolean mayRefer(Assignment assignment, String value, String variable, Scope scope) {
      if (assignment != null && assignment.subscript() != null) {
        sh.complain(
            name,
            variable
                + "["
                + assignment.subscript().text()
                + "]: reference variable cannot be an array");
        status = 1;
        return false;
      }
      boolean itself =
          assignment != null
              && assignment.array() == null
              && !assignment.append()
              && (value != null ? value : sh.expander().assignedValue(assignment)).equals(variable);
      if (itself && scope == Scope.LOCAL) {
        sh.complain(name, "warning: " + variable + ": circular name reference");
        sh.error("warning: " + variable + ": circular name reference");
      } else if (itself) {
        sh.complain(name, variable + ": nameref variable self references not allowed");
        status = 1;
        return false;
      }
      return true;
    }

    /** {@code declare -a "x=(1 2)"} reads the text as an array. */
    private boolean wantsArray(String text, int sign) {
      return sign + 1 < text.length()
          && text.charAt(sign + 1) == '('
          && text.endsWith(")")
          && ((add & (Variable.INDEXED | Variable.ASSOCIATIVE)) != 0
              || isArray(text.substring(0, sign)));
    }

    private boolean isArray(String variable) {
      Variable v = Expander.isName(variable) ? sh.variables().find(variable) : null;
      return v != null && v.has(Variable.INDEXED | Variable.ASSOCIATIVE);
    }

    private boolean wantsArrayLiteral(DeclaredAssignment d) {
      return d.value().startsWith("(")
          && d.value().endsWith(")")
          && ((add & (Variable.INDEXED | Variable.ASSOCIATIVE)) != 0 || isArray(d.source().name()));
    }

    /** Whether a plain assignment needs nothing more: no array of that name is there. */
    private boolean simple(String variable, Scope scope) {
      Variable v = sh.variables().find(variable, scope);
      return v == null || !v.has(Variable.INDEXED | Variable.ASSOCIATIVE | Variable.NAMEREF);
    }

    private void inherit(String variable) {
      Variable outer = sh.variables().find(variable);
      if (outer != null && sh.variables().find(variable, Scope.LOCAL) == null && outer.hasValue()) {
        int attributes = outer.attributes() & ~Variable.NAMEREF;
        sh.variables().declare(variable, Scope.LOCAL, attributes & ~Variable.READONLY, 0);
        if (outer.array() != null) {
          sh.variables().setArray(variable, Scope.LOCAL, outer.array().copy());
        } else if (outer.map() != null) {
          sh.variables().setMap(variable, Scope.LOCAL, outer.map().copy());
        } else {
          sh.variables().set(variable, Scope.LOCAL, outer.value(), false);
        }
      }
    }

    private void invalid(String text) {
      sh.complain(name, "`" + text + "': not a valid identifier");
      status = 1;
    }

    private int printDeclarations(int first) {
      if (args.size() <= first) {
        for (String n : sh.variables().names()) {
          Variable v = sh.variables().listed(n);
          if (v != null && (add == 0 || v.has(add)) && (remove == 0 || !v.has(remove))) {
            sh.out().line(VariableSource.of(v));
          }
        }
        return 0;
      }
      for (int i = first; i < args.size(); i++) {
        String n = texts.get(i);
        Variable v =
            Expander.isName(n)
                ? (name.equals("local")
                    ? sh.variables().find(n, Scope.LOCAL)
                    : sh.variables().find(n))
                : null;
        if (v == null) {
          sh.complain(name, n + ": not found");
          status = 1;
        } else {
          sh.out().line(VariableSource.of(v));
        }
      }
      return status;
    }

    private void listLocals() {
      for (String n : sh.variables().localNames()) {
        Variable v = sh.variables().find(n, Scope.LOCAL);
        sh.out().line(VariableSource.of(v));
      }
    }

    private void listByAttributes() {
      for (String n : sh.variables().names()) {
        Variable v = sh.variables().listed(n);
        if (v == null || add != 0 && !v.has(add)) {
          continue;
        }
        if (add == 0 && remove == 0) {
          if (v.hasValue()) {
            line(v);
          }
        } else if (add != 0) {
          sh.out().line(VariableSource.of(v));
        } else {
          line(v);
        }
      }
      if (add == 0 && remove == 0) {
        for (String f : sh.functions().sortedKeys()) {
          sh.out().write(Printer.function(sh.functions().get(f).tree()));
        }
      }
    }

    private void line(Variable v) {
      if (v.array() != null || v.map() != null) {
        String d = VariableSource.of(v);
        int at = d.indexOf(v.name() + "=");
        sh.out().line(at < 0 ? v.name() : d.substring(at));
      } else if (v.hasValue()) {
        sh.out().line(v.name() + "=" + dev.qanat.shell.expand.Quoting.ifNeeded(v.value()));
      } else {
        sh.out().line(v.name() + "=");
      }
    }

    private int functions(int first) {
      if (((add | remove)
              & (Variable.INDEXED | Variable.ASSOCIATIVE | Variable.INTEGER | Variable.NAMEREF))
          != 0) {
        int bits = add | remove;
        String letter =
            (bits & Variable.INTEGER) != 0
                ? "-i"
                : (bits & Variable.INDEXED) != 0
                    ? "-a"
                    : (bits & Variable.ASSOCIATIVE) != 0 ? "-A" : "-n";
        sh.complain(name, letter + ": invalid option");
        return 1;
      }
      if (args.size() <= first) {
        for (String f : sh.functions().sortedKeys()) {
          Function fn = sh.functions().get(f);
          if (matches(fn)) {
            show(fn, functionNames);
          }
        }
        return 0;
      }
      for (int i = first; i < args.size(); i++) {
        String f = texts.get(i);
        Function fn = sh.functions().get(f);
        if (fn == null) {
          if (print) {
            sh.complain(name, f + ": not found");
          } else if (f.indexOf('=') > 0) {
            sh.complain(name, "cannot use `-f' to make functions");
            return 1;
          }
          status = 1;
          continue;
        }
        boolean changes = (add & ~0) != 0 || remove != 0;
        if (changes && !print) {
          if ((remove & Variable.READONLY) != 0 && fn.readonly()) {
            sh.complain(name, f + ": readonly function");
            status = 1;
            continue;
          }
          sh.setFunctionAttributes(
              fn,
              fn.exported() && (remove & Variable.EXPORT) == 0 || (add & Variable.EXPORT) != 0,
              fn.readonly() || (add & Variable.READONLY) != 0,
              fn.traced() && (remove & Variable.TRACE) == 0 || (add & Variable.TRACE) != 0);
        } else if (functionNames) {
          sh.out().line(sh.isOn(Shopt.extdebug) ? f + " " + fn.line() + " " + fn.source() : f);
        } else if (print) {
          show(fn, false);
        } else {
          sh.out().write(Printer.function(fn.tree()));
        }
      }
      return status;
    }

    private boolean matches(Function f) {
      return ((add & Variable.EXPORT) == 0 || f.exported())
          && ((add & Variable.READONLY) == 0 || f.readonly())
          && ((add & Variable.TRACE) == 0 || f.traced());
    }

    private void show(Function f, boolean nameOnly) {
      String flags =
          "declare -f"
              + (f.readonly() ? "r" : "")
              + (f.traced() ? "t" : "")
              + (f.exported() ? "x" : "");
      if (nameOnly) {
        sh.out().line(flags + " " + f.name());
        return;
      }
      sh.out().write(Printer.function(f.tree()));
      if (f.exported() || f.readonly() || f.traced()) {
        sh.out().line(flags + " " + f.name());
      }
    }

    int export() {
      OptionScan scan = new OptionScan(sh, texts, "aAfnp");
      boolean unexport = false;
      for (int c = scan.next(); c != -1; c = scan.next()) {
        switch (c) {
          case 'f' -> functions = true;
          case 'n' -> unexport = true;
          case 'p' -> print = true;
          case 'a' -> arrays = Variable.INDEXED;
          case 'A' -> arrays = Variable.ASSOCIATIVE;
          default -> {
            return Shell.USAGE + 2;
          }
        }
      }
      int first = scan.index();
      if (args.size() <= first) {
        add = Variable.EXPORT;
        if (functions) {
          return functions(first);
        }
        list("export", Variable.EXPORT);
        return 0;
      }
      if (functions) {
        for (int i = first; i < args.size(); i++) {
          Function f = sh.functions().get(texts.get(i));
          if (f == null) {
            sh.complain("export", texts.get(i) + ": not a function");
            status = 1;
          } else {
            sh.setFunctionAttributes(f, !unexport, f.readonly(), f.traced());
          }
        }
        return status;
      }
      add = unexport ? 0 : Variable.EXPORT;
      remove = unexport ? Variable.EXPORT : 0;
      each(first);
      return status;
    }

    int readonly() {
      OptionScan scan = new OptionScan(sh, texts, "aAfnp");
      int array = 0;
      for (int c = scan.next(); c != -1; c = scan.next()) {
        switch (c) {
          case 'f' -> functions = true;
          case 'p' -> print = true;
          case 'a' -> array = Variable.INDEXED;
          case 'A' -> array = Variable.ASSOCIATIVE;
          case 'n' -> {} // taken and without effect, as in bash
          default -> {
            return Shell.USAGE + 2;
          }
        }
      }
      int first = scan.index();
      add = Variable.READONLY;
      if (args.size() <= first) {
        if (functions) {
          return functions(first);
        }
        list("readonly", Variable.READONLY | 0);
        return 0;
      }
      if (functions) {
        for (int i = first; i < args.size(); i++) {
          Function f = sh.functions().get(texts.get(i));
          if (f == null) {
            sh.complain("readonly", texts.get(i) + ": not a function");
            status = 1;
          } else {
            sh.setFunctionAttributes(f, f.exported(), true, f.traced());
          }
        }
        return status;
      }
      arrays = array;
      each(first);
      return status;
    }

    private void list(String command, int attribute) {
      for (String n : sh.variables().names()) {
        Variable v = sh.variables().listed(n);
        if (v != null && v.has(attribute)) {
          String d = VariableSource.of(v);
          if (sh.posix()) {
            int at = d.indexOf(' ', 8);
            d = command + (at < 0 ? "" : d.substring(at));
          }
          sh.out().line(d);
        }
      }
    }

    private void each(int first) {
      for (int i = first; i < args.size(); i++) {
        Object a = args.get(i);
        String plain = a instanceof String s ? s : null;
        if (arrays == 0) {
          sh.traceDeclared(a);
        }
        // export follows a nameref where declare does not
        if (plain != null && Expander.isName(plain)) {
          String target = sh.variables().namerefs().follow(plain);
          one(target.indexOf('[') < 0 ? target : plain, Scope.VISIBLE);
        } else {
          one(a, Scope.VISIBLE);
        }
        if (sh.unwinding()) {
          return;
        }
      }
    }
  }
}
