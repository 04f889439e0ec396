package dev.qanat.shell.interp;

import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.syntax.AndOr;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.Redirect;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/**
 * Simple commands: expansion, assignments, redirections and finding what to run, in bash's order
 * (manual, "Simple Command Expansion" and "Command Search and Execution").
 */
final class SimpleCommands {
  private final Shell sh;
  private final Interpreter interpreter;
  private final Programs programs;

  /** The words of a pipeline's stage are expanded before its subshell counts in BASH_SUBSHELL. */
  boolean expandsAsParent;

  SimpleCommands(Shell sh, Interpreter interpreter) {
    this.sh = sh;
    this.interpreter = interpreter;
    this.programs = interpreter.programs;
  }

  int run(Command.Simple c) {
    Sched.checkpoint();
    int before = sh.line;
    int line = c.position().line();
    if (line > 0) {
      sh.failureLine = sh.line = line + sh.lineOffset;
      if (sh.frame != null && sh.wasInteractive()) {
        sh.line = Math.max(1, sh.line - Frame.linesBefore(sh.frame));
      }
    }
    int status = runAtLine(c);
    if (sh.control != Shell.DISCARD && sh.control != Shell.RETURN) {
      sh.line = before;
    }
    return status;
  }

  private int runAtLine(Command.Simple c) {
    boolean trapped = sh.traps.err() != null;
    if (!sh.traps.running()) {
      sh.currentCommand = c;
    }
    // the DEBUG trap of a pipeline's stage was run by the shell that started it
    if (sh.traps.debug() != null && c != interpreter.stage && !sh.traps.runDebug()) {
      return sh.control == Shell.RUN ? (sh.status = 0) : sh.status;
    }
    sh.substitutionStatus = -1;
    if (sh.isOn(Opt.KEYWORD)) {
      c = withKeywords(c);
    }
    List<Word> words = c.words();
    int processFiles = sh.processFiles.size();
    int status;
    try {
      if (words.isEmpty()) {
        return interpreter.finish(c, assignmentsOnly(c));
      }
      String first = words.get(0).literalOrNull();
      int declaration = first == null ? -1 : declarationAt(words, first);
      if (declaration >= 0) {
        status = declaration(c, words, declaration);
      } else {
        List<String> args = expand(words);
        if (args.isEmpty()) {
          sh.lastArgument = "";
          status = assignmentsOnly(c);
        } else {
          status = command(c, args, null);
        }
      }
    } finally {
      if (sh.processFiles.size() > processFiles) {
        interpreter.substitutions.closeProcessFiles(processFiles);
      }
    }
    if (programs.died()) {
      programs.reportDeath(c);
    }
    if (sh.control != Shell.RUN && (sh.status == 0 || !sh.leavesLoops())) {
      return sh.status;
    }
    return interpreter.finish(c, status, trapped);
  }

  /** {@code set -k}: assignments among the arguments are for the environment too. */
  private static Command.Simple withKeywords(Command.Simple c) {
    List<Assignment> assignments = new ArrayList<>(c.assignments());
    List<Word> words = new ArrayList<>();
    for (Word w : c.words()) {
      Assignment a = w.assignment();
      if (a != null && a.value() != null && a.subscript() == null) {
        assignments.add(a);
      } else {
        words.add(w);
      }
    }
    return new Command.Simple(assignments, words, c.redirects(), c.position());
  }

  private List<String> expand(List<Word> words) {
    return sh.expander().fields(words);
  }

  private int assignmentsOnly(Command.Simple c) {
    List<Assignment> assignments = c.assignments();
    for (int i = 0; i < assignments.size(); i++) {
      Assignment a = assignments.get(i);
      if (sh.xtrace) {
        assignTraced(a);
      } else {
        sh.expander().assign(a);
      }
    }
    if (!assignments.isEmpty()) {
      sh.lastArgument = "";
    }
    if (!c.redirects().isEmpty()) {
      int mark = interpreter.redirections.begin();
      boolean done;
      try {
        done = interpreter.redirections.apply(c.redirects());
      } finally {
        interpreter.redirections.leaveSimple(mark);
      }
      if (!done) {
        return 1;
      }
    }
    return Math.max(0, sh.substitutionStatus);
  }

  private void assignTraced(Assignment a) {
    if (a.value() == null) {
      interpreter.tracing.assignment(a, null);
      sh.expander().assign(a);
      return;
    }
    String value = sh.expander().assignedValue(a);
    interpreter.tracing.assignment(a, value);
    if (a.subscript() != null) {
      sh.expander().assignElement(a.name(), a.subscript(), Scope.VISIBLE, value, a.append());
      return;
    }
    sh.variables().set(a.name(), Scope.VISIBLE, value, a.append());
  }

  /** The place of {@code declare} or its like among the words, behind {@code command}; else -1. */
  private int declarationAt(List<Word> words, String first) {
    int i = 0;
    String name = first;
    while (name != null && name.equals("command")) {
      if (++i == words.size()) {
        return -1;
      }
      name = words.get(i).literalOrNull();
    }
    return name != null
            && Builtins.isDeclaration(name)
            && sh.builtinEnabled(name)
            && (i > 0 || sh.functions.get(name) == null)
        ? i
        : -1;
  }

  /** Expands an array that is declared and shows it, which bash does before the command. */
  private Assignment tracedArray(Assignment a, List<Object> args) {
    Variable v = sh.variables().find(a.name());
    boolean associative = v != null && v.has(Variable.ASSOCIATIVE);
    for (int i = 1; i < args.size(); i++) {
      associative |= args.get(i) instanceof String s && s.startsWith("-") && s.indexOf('A') > 0;
    }
    Assignment expanded = sh.expander().expandedArray(a, associative);
    interpreter.tracing.declaredArray(expanded, associative);
    return expanded;
  }

  private int declaration(Command.Simple c, List<Word> words, int at) {
    List<Object> args = new ArrayList<>(words.size());
    List<String> fields = null;
    for (int i = at; i < words.size(); i++) {
      Word w = words.get(i);
      Assignment a = w.assignment();
      if (a != null && !sh.expander().hasBraces(w, a)) {
        if (a.value() != null) {
          args.add(new DeclaredAssignment(a, sh.expander().assigned(a.value())));
        } else {
          args.add(new DeclaredAssignment(sh.xtrace ? tracedArray(a, args) : a, null));
        }
      } else {
        String literal = w.literalOrNull();
        if (literal != null) {
          args.add(literal);
        } else {
          if (fields == null) {
            fields = new ArrayList<>();
          }
          fields.clear();
          sh.expander().fields(w, fields);
          args.addAll(fields);
        }
      }
    }
    List<String> texts = new ArrayList<>(args.size());
    for (Object o : args) {
      texts.add(o instanceof DeclaredAssignment d ? d.text() : (String) o);
    }
    return command(c, texts, args);
  }

  /** The value of an assignment before a command, which sees those to its left. */
  private String environmentValue(Assignment a, List<String> names, List<String> values) {
    if (a.value() == null) {
      return "";
    }
    if (names.isEmpty()) {
      String value = sh.expander().assignedValue(a);
      return a.append() ? appended(a.name(), value) : value;
    }
    sh.variables().pushTemporary(names, values);
    try {
      String value = sh.expander().assignedValue(a);
      return a.append() ? appended(a.name(), value) : value;
    } finally {
      sh.variables().popTemporary();
    }
  }

  private String appended(String name, String value) {
    String old = sh.variables().get(name);
    return old == null ? value : old + value;
  }

  private int command(Command.Simple c, List<String> args, List<Object> declared) {
    List<Assignment> assignments = c.assignments();
    List<String> names = null;
    List<String> values = null;
    if (!assignments.isEmpty()) {
      names = new ArrayList<>(assignments.size());
      values = new ArrayList<>(assignments.size());
      for (int i = 0; i < assignments.size(); i++) {
        Assignment a = assignments.get(i);
        Variable old = sh.variables().find(a.name());
        if (old != null && old.has(Variable.READONLY)) {
          sh.severe(a.name() + ": readonly variable");
          if (sh.control != Shell.RUN) {
            return sh.status;
          }
          if (sh.posix()) {
            return sh.discardOrExit(1);
          }
          continue; // the command runs without it
        }
        String value = environmentValue(a, names, values);
        if (sh.xtrace) {
          interpreter.tracing.environment(a.name(), value);
        }
        if (a.subscript() != null) {
          sh.error("`" + a.name() + "[" + a.subscript().text() + "]': not a valid identifier");
          continue;
        }
        names.add(a.name());
        values.add(value);
      }
    }
    if (sh.xtrace) {
      if (declared != null) {
        interpreter.tracing.declaration(c.words(), declared);
      } else {
        interpreter.tracing.command(args);
      }
    }
    if (expandsAsParent) {
      expandsAsParent = false;
      sh.subshellDepth++;
    }
    String name = args.get(0);
    if (name.startsWith("%") && c != interpreter.stage) {
      return resume(args);
    }
    if (c.redirects().isEmpty()) {
      int status = dispatch(c, name, args, declared, names, values, -1);
      sh.lastArgument = args.get(args.size() - 1);
      return status;
    }
    if (!programs.lastInTask && expandsRedirects(c) && !sh.isOn(Opt.MONITOR) && isProgram(args)) {
      int status = redirectedProgram(c, args, names, values);
      sh.lastArgument = args.get(args.size() - 1);
      return status;
    }
    int mark = interpreter.redirections.begin();
    try {
      if (!redirected(c, name, args)) {
        if (sh.posix() && Builtins.isSpecial(name) && sh.functions.get(name) == null) {
          return sh.discardOrExit(1);
        }
        return 1;
      }
      int status = dispatch(c, name, args, declared, names, values, mark);
      sh.lastArgument = args.get(args.size() - 1);
      return status;
    } finally {
      interpreter.redirections.leaveSimple(mark);
    }
  }

  private boolean redirected(Command.Simple c, String name, List<String> args) {
    redirecting = c == interpreter.stage ? List.of() : args;
    try {
      return interpreter.redirections.apply(c.redirects());
    } catch (ExpansionError e) {
      throw e.of(name);
    } finally {
      redirecting = null;
    }
  }

  private List<String> redirecting; // the words of the command that is being redirected

  /** Whether the redirections that are being applied are those of a process, never taken back. */
  boolean redirectsProcess() {
    return redirecting != null && (redirecting.isEmpty() || isProgram(redirecting));
  }

  private static boolean expandsRedirects(Command.Simple c) {
    List<Redirect> redirects = c.redirects();
    for (int i = 0; i < redirects.size(); i++) {
      Redirect r = redirects.get(i);
      Redirect.HereDoc doc = r.hereDoc();
      if (doc == null ? expands(r.target()) : !doc.quoted() && expands(doc.body())) {
        return true;
      }
    }
    return false;
  }

  private static boolean expands(Word word) {
    try {
      return word.literalOrNull() == null;
    } catch (SyntaxException e) {
      return true; // of which it is told where it is expanded
    }
  }

  private boolean isProgram(List<String> args) {
    int i = 0;
    boolean functions = true;
    while (args.get(i).equals("command") && sh.builtinEnabled("command")) {
      functions = false;
      do {
        if (++i == args.size()) {
          return false;
        }
      } while (args.get(i).equals("-p") || args.get(i).equals("--"));
    }
    String name = args.get(i);
    return !(functions && sh.functions.get(name) != null) && !sh.builtinEnabled(name);
  }

  /**
   * A program whose redirections have something to expand: the program's process does it, so that
   * what is assigned there is lost and what fails there fails only the command.
   */
  private int redirectedProgram(
      Command.Simple c, List<String> args, List<String> names, List<String> values) {
    Shell child = sh.forkForProgram();
    child.subshellDepth--;
    child.loopDepth = sh.loopDepth; // for substitutions in its redirections
    int status =
        interpreter.substitutions.runHere(
            child,
            () -> {
              if (child.interpreter.redirectSubshell(c.redirects(), args.get(0))) {
                child.status =
                    child.interpreter.simple.dispatch(
                        c, args.get(0), args, null, names, values, -1);
              }
              return child.status;
            });
    sh.hash.adopt(child.hash);
    sh.outputSubstitutions.addAll(child.outputSubstitutions);
    sh.traps.childEnded();
    return status;
  }

  private int dispatch(
      Command.Simple c,
      String name,
      List<String> args,
      List<Object> declared,
      List<String> names,
      List<String> values,
      int mark) {
    boolean special = Builtins.isSpecial(name);
    Builtin builtin = null;
    if (special && sh.posix()) {
      builtin = sh.enabledBuiltin(name);
    }
    if (builtin == null) {
      Function f = sh.functions.get(name);
      if (f != null) {
        if (c == interpreter.stage) {
          interpreter.calls.nextIsProcess();
        }
        return function(f, args, names, values);
      }
      builtin = sh.enabledBuiltin(name);
    }
    if (builtin == null) {
      return programs.run(name, args, programs.environment(names, values), c);
    }
    if (name.equals("exec") || name.equals("command") && args.contains("exec")) {
      interpreter.redirections.pendingExec = mark;
    }
    if (names == null || names.isEmpty()) {
      return builtin(builtin, args, declared, special);
    }
    if (special && sh.posix()) {
      for (int i = 0; i < names.size(); i++) {
        sh.variables().set(names.get(i), values.get(i));
      }
      return builtin(builtin, args, declared, true);
    }
    if (runsCommands(name)) {
      sh.variables().pushTemporaryOfText(names, values);
    } else {
      sh.variables().pushTemporary(names, values);
    }
    try {
      return builtin(builtin, args, declared, special);
    } finally {
      if (!sh.callsStay()) {
        sh.variables().popTemporary();
      }
    }
  }

  private int function(Function f, List<String> args, List<String> names, List<String> values) {
    if (names == null || names.isEmpty()) {
      return interpreter.calls.call(f, args);
    }
    sh.variables().pushTemporary(names, values);
    try {
      return interpreter.calls.call(f, args);
    } finally {
      if (!sh.callsStay()) {
        sh.variables().popTemporary();
      }
    }
  }

  /** Whether a list is only {@code %1} or the like, with which {@code &} means {@code bg}. */
  boolean namesJob(AndOr list) {
    if (!list.rest().isEmpty()
        || list.first().commands().size() != 1
        || !(list.first().commands().get(0) instanceof Command.Simple c)
        || c.words().isEmpty()) {
      return false;
    }
    String first = c.words().get(0).literalOrNull();
    resumesBehind = first != null && first.startsWith("%");
    return resumesBehind;
  }

  private boolean resumesBehind;

  /** A job's name as a command resumes the job, whatever commands there are of that name. */
  private int resume(List<String> args) {
    String name = resumesBehind ? "bg" : "fg";
    resumesBehind = false;
    List<String> words = new ArrayList<>(args);
    words.add(0, name);
    return builtin(Builtins.get(name), words, null, false);
  }

  /** Runs a builtin and tells its failures. */
  int builtin(Builtin b, List<String> args, List<Object> declared, boolean special) {
    String name = args.get(0);
    int status;
    try {
      if (declared != null && b instanceof DeclarationBuiltin d) {
        status = d.declare(sh, declared);
      } else {
        status =
            sh.failuresIgnored > 0 && runsCommands(name)
                ? sh.withoutErrexit(() -> b.run(sh, args))
                : b.run(sh, args);
      }
      sh.flush();
      if (status >= Shell.USAGE) {
        status -= Shell.USAGE;
        if (special && sh.posix() && !sh.interactive && sh.control == Shell.RUN) {
          sh.exit(status);
        }
      }
    } catch (Output.WriteError e) {
      sh.complain(name, "write error: " + e.reason().reason());
      status = 1;
    } catch (ExpansionError e) {
      if (e.outcome() == ExpansionError.Outcome.EXIT) {
        sh.failed(e);
        return sh.status;
      }
      if (e.givesUpBuiltin()) {
        if (e.getMessage() != null) {
          sh.error(e.namesBuiltin() ? name + ": " + e.getMessage() : e.getMessage());
        }
        sh.giveUp(e);
        return sh.status;
      }
      status = sh.reportFailure(e);
    } catch (ArithException e) {
      sh.failedArithmetic(e, name + ": ");
      status = 1;
    } catch (VfsException e) {
      sh.complain(name, e.getMessage());
      status = 1;
    }
    return status;
  }

  private static boolean runsCommands(String name) {
    return switch (name) {
      case "eval", "command", ".", "source" -> true;
      default -> false;
    };
  }

  /** Runs a command given as words, skipping functions when {@code functions} is not set. */
  int runWords(List<String> args, boolean functions) {
    String name = args.get(0);
    if (name.startsWith("%")) {
      return resume(args);
    }
    Function f = functions ? sh.functions.get(name) : null;
    if (f != null) {
      return interpreter.calls.call(f, args);
    }
    Builtin b = sh.enabledBuiltin(name);
    if (b != null) {
      return builtin(b, args, null, false);
    }
    return programs.run(name, args, programs.environment(null, null), null);
  }
}
