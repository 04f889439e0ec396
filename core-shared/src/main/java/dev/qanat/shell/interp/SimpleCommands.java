package dev.qanat.shell.interp;

import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Signalled;
import dev.qanat.sched.Task;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.syntax.AndOr;
import dev.qanat.shell.syntax.AnsiQuote;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.shell.syntax.Redirect;
import dev.qanat.shell.syntax.Word;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Simple commands: expansion, assignments, redirections and finding what to run, in bash's order
 * (manual, "Simple Command Expansion" and "Command Search and Execution").
 */
final class SimpleCommands {
  private final Shell sh;
  private final Interpreter interpreter;

  /** The next external command may take this task over: it is the last thing the task does. */
  boolean lastInTask;

  private int deadProgram; // the signal that ended the command's program in this task; or 0

  /** The words of a pipeline's stage are expanded before its subshell counts in BASH_SUBSHELL. */
  boolean expandsAsParent;

  SimpleCommands(Shell sh, Interpreter interpreter) {
    this.sh = sh;
    this.interpreter = interpreter;
  }

  int run(Command.Simple c) {
    Sched.checkpoint();
    int before = sh.line;
    int line = c.position().line();
    if (line > 0) {
      sh.failureLine = sh.line = line + sh.lineOffset;
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
    if (deadProgram != 0) {
      reportDeath(c);
    }
    if (sh.control != Shell.RUN) {
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

  // --- commands without a name

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

  // --- declaration commands

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

  private int declaration(Command.Simple c, List<Word> words, int at) {
    List<Object> args = new ArrayList<>(words.size());
    List<String> fields = null;
    for (int i = at; i < words.size(); i++) {
      Word w = words.get(i);
      Assignment a = w.assignment();
      if (a != null && !sh.expander().hasBraces(w, a)) {
        args.add(
            a.value() == null
                ? new DeclaredAssignment(a, null)
                : new DeclaredAssignment(a, sh.expander().assigned(a.value())));
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

  // --- commands with a name

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
        interpreter.tracing.declaration(declared);
      } else {
        interpreter.tracing.command(args);
      }
    }
    if (expandsAsParent) {
      expandsAsParent = false;
      sh.subshellDepth++;
    }
    if (args.get(0).startsWith("%") && sh.isOn(Opt.MONITOR)) {
      args.add(0, resumesBehind ? "bg" : "fg"); // a job's name as a command resumes it
      resumesBehind = false;
    }
    String name = args.get(0);
    if (c.redirects().isEmpty()) {
      int status = dispatch(c, name, args, declared, names, values, -1);
      sh.lastArgument = args.get(args.size() - 1);
      return status;
    }
    if (!lastInTask && expandsRedirects(c) && !sh.isOn(Opt.MONITOR) && isProgram(args)) {
      int status = redirectedProgram(c, args, names, values);
      sh.lastArgument = args.get(args.size() - 1);
      return status;
    }
    int mark = interpreter.redirections.begin();
    try {
      if (!interpreter.redirections.apply(c.redirects())) {
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

  private static boolean expandsRedirects(Command.Simple c) {
    List<Redirect> redirects = c.redirects();
    for (int i = 0; i < redirects.size(); i++) {
      Redirect r = redirects.get(i);
      Redirect.HereDoc doc = r.hereDoc();
      boolean literal =
          doc == null
              ? r.target().literalOrNull() != null
              : doc.quoted() || doc.body().literalOrNull() != null;
      if (!literal) {
        return true;
      }
    }
    return false;
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
    int status =
        interpreter.substitutions.runHere(
            child,
            () -> {
              if (child.interpreter.redirectSubshell(c.redirects())) {
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
        return function(f, args, names, values);
      }
      builtin = sh.enabledBuiltin(name);
    }
    if (builtin == null && name.startsWith("%") && name.length() > 1) {
      List<String> fg = new ArrayList<>(args);
      fg.add(0, "fg"); // a job specification as a command continues the job
      return builtin(Builtins.get("fg"), fg, null, false);
    }
    if (builtin == null) {
      return external(name, args, environment(names, values), c);
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
    sh.variables().pushTemporary(names, values);
    try {
      return builtin(builtin, args, declared, special);
    } finally {
      sh.variables().popTemporary();
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
      sh.variables().popTemporary();
    }
  }

  /** Whether a list is only {@code %1} or the like, with which {@code &} means {@code bg}. */
  boolean namesJob(AndOr list) {
    if (!sh.isOn(Opt.MONITOR)
        || !list.rest().isEmpty()
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
      if (e.isArithmetic()) {
        sh.error(e.namesBuiltin() ? name + ": " + e.getMessage() : e.getMessage());
        sh.giveUp(e);
        return sh.status;
      }
      status = sh.reportFailure(e);
    } catch (ArithException e) {
      sh.error(e.messageIn(name + ": "));
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

  // --- programs

  /** The environment of a program: the exported variables, and those in front of the command. */
  Map<String, String> environment(List<String> names, List<String> values) {
    Map<String, String> env = new HashMap<>(sh.variables().environment());
    if (names != null) {
      for (int i = 0; i < names.size(); i++) {
        env.put(names.get(i), values.get(i));
      }
    }
    for (Function f : sh.functions.view().values()) {
      if (f.exported()) {
        env.put("BASH_FUNC_" + f.name() + "%%", Calls.exportedText(f));
      }
    }
    return env;
  }

  int external(String name, List<String> args, Map<String, String> env, Object node) {
    if (sh.restricted() && name.indexOf('/') >= 0) {
      sh.error(name + ": restricted: cannot specify `/' in command names");
      return 1;
    }
    String path = env.get("PATH");
    CommandHash.Entry found;
    try {
      found = sh.hash.find(sh, name, path != null ? path : sh.variables().get("PATH"));
    } catch (VfsException e) {
      if (ProgramTable.REQUIRED.equals(e.detail())) {
        sh.error(name + ": cannot execute: " + e.detail());
        return 127;
      }
      if (e.errno() == dev.qanat.vfs.Errno.ENOENT && name.indexOf('/') < 0) {
        CommandHash.Entry hashed = sh.hash.get(name);
        if (hashed != null) {
          sh.error(hashed.path() + ": " + e.reason());
          return 127;
        }
        return notFound(name, args, path);
      }
      if (e.errno() == dev.qanat.vfs.Errno.ENOEXEC) {
        sh.error(name + ": cannot execute binary file: " + e.reason());
        return 126;
      }
      boolean searched = name.indexOf('/') < 0 && e.path() != null;
      sh.error((searched ? e.path() : name) + ": " + e.reason());
      return e.errno() == dev.qanat.vfs.Errno.ENOENT ? 127 : 126;
    }
    if (found == null) {
      return notFound(name, args, path);
    }
    String refusal = sh.machine.hooks().refuse(name, args);
    if (refusal != null) {
      sh.error(name + ": " + refusal);
      return 126;
    }
    env.put("_", found.path());
    if (sh.isOn(Opt.MONITOR) && sh.hasOwnTask() && sh.subshellDepth == 0 && !lastInTask) {
      return interpreter.pipelines.foregroundProgram(found.program(), args, env, node);
    }
    return execute(found.program(), args, env);
  }

  /** Runs a program in this task. */
  int execute(dev.qanat.command.Command program, List<String> args, Map<String, String> env) {
    Task task = Sched.get().current();
    Object before = task.attachment();
    if (lastInTask && !sh.traps.hasExit()) {
      task.attach(null); // a nested shell may take the task for its own
      task.setTitle(String.join(" ", args));
    } else {
      task.attach(sh);
    }
    try {
      Invocation in =
          new Invocation(
              args.get(0),
              args.subList(1, args.size()),
              sh.files(),
              env,
              new ProgramTable(sh.machine));
      sh.jobs.beforeChild();
      int status = in.execute(program);
      if (in.deathSignal() != 0) {
        died(in.deathSignal());
      }
      sh.jobs.noticeDeaths();
      if (sh.traps.handlerOf(Signal.CHLD) != null) {
        sh.traps.childEnded();
      }
      return status & 255;
    } finally {
      task.attach(before);
    }
  }

  /** A program that ran in this task was ended by a signal of its own. */
  private void died(int signal) {
    if (lastInTask && !sh.traps.hasExit()) {
      throw new Signalled(signal, false); // the task is the program's
    }
    deadProgram = signal;
  }

  /** Tells of that end, where the command's own redirections no longer reach. */
  private void reportDeath(Command.Simple c) {
    int signal = deadProgram;
    deadProgram = 0;
    if (!sh.substitutionShell) {
      sh.jobs.reportDeath(signal, Sched.get().nextPid(), Printer.line(c), true);
    }
  }

  private int notFound(String name, List<String> args, String searched) {
    Function handler = sh.functions.get("command_not_found_handle");
    if (handler != null) {
      List<String> call = new ArrayList<>(args.size() + 1);
      call.add("command_not_found_handle");
      call.addAll(args);
      return interpreter.pipelines.inSubshell(child -> child.interpreter.calls.call(handler, call));
    }
    String path = searched != null ? searched : sh.variables().get("PATH");
    sh.error(
        AnsiQuote.visible(name)
            + (path == null || path.isEmpty()
                ? ": No such file or directory"
                : ": command not found"));
    return 127;
  }

  /** Runs a command given as words, skipping functions when {@code functions} is not set. */
  int runWords(List<String> args, boolean functions) {
    String name = args.get(0);
    Function f = functions ? sh.functions.get(name) : null;
    if (f != null) {
      return interpreter.calls.call(f, args);
    }
    Builtin b = sh.enabledBuiltin(name);
    if (b != null) {
      return builtin(b, args, null, false);
    }
    return external(name, args, environment(null, null), null);
  }

  /** {@code exec}: the program takes the shell's place. Returns only when it cannot be run. */
  int exec(String argv0, List<String> args, Map<String, String> env) {
    CommandHash.Entry found;
    String name = args.get(0);
    String file = name;
    if (name.indexOf('/') > 0) {
      file = sh.workingDirectory() + "/" + (name.startsWith("./") ? name.substring(2) : name);
    }
    try {
      found = sh.hash.find(sh, file, sh.variables().get("PATH"));
    } catch (VfsException e) {
      String shown = name.indexOf('/') < 0 && e.path() != null ? e.path() : file;
      if (ProgramTable.REQUIRED.equals(e.detail())) {
        sh.error(shown + ": cannot execute: " + e.detail());
        return 127;
      }
      sh.error(shown + ": " + e.reason());
      if (e.errno() == dev.qanat.vfs.Errno.ENOENT) {
        return 127;
      }
      sh.complain("exec", shown + ": cannot execute: " + e.reason());
      return 126;
    }
    if (found == null) {
      sh.complain("exec", name + ": not found");
      return 127;
    }
    List<String> argv = new ArrayList<>(args);
    argv.set(0, argv0);
    if (!env.isEmpty()) {
      env.put("_", found.path());
      // the program takes this shell's place, so it is as deep as this shell
      String level = sh.variables().get("SHLVL");
      int depth = level == null ? -1 : Redirections.number(level);
      env.put("SHLVL", String.valueOf(Math.max(0, depth - 1)));
    }
    lastInTask = sh.hasOwnTask();
    sh.traps.forgetAll();
    int status = execute(found.program(), argv, env);
    sh.exit(status);
    return status;
  }
}
