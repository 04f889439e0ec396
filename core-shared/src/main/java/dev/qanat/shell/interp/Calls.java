package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.CommandList;
import dev.qanat.shell.syntax.Parser;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.List;

/**
 * Functions, {@code eval}, sourced files: what puts another piece of script on top of the running
 * one.
 */
final class Calls {
  /** How many calls share one stack of the engine; a stack holds some hundreds. */
  static final int LEVELS_PER_STACK = 32;

  private final Shell sh;
  private final Interpreter interpreter;

  Calls(Shell sh, Interpreter interpreter) {
    this.sh = sh;
    this.interpreter = interpreter;
  }

  int define(Command.Function f) {
    String name = f.name();
    Function old = sh.functions.get(name);
    if (old != null && old.readonly()) {
      sh.error(name + ": readonly function");
      return sh.status = 1;
    }
    if (isUnusable(name)) {
      sh.error("`" + name + "': not a valid identifier");
      if (sh.posix() && !sh.interactive) {
        sh.exit(2);
        return sh.status;
      }
      return sh.status = 1;
    }
    if (sh.posix() && Builtins.isSpecial(name)) {
      sh.error("`" + name + "': is a special builtin");
      sh.exit(2);
      return 2;
    }
    sh.functions.put(
        name,
        new Function(
            f,
            sh.currentSource(),
            sh.lineOffset,
            old != null && old.exported() || sh.options().allexport,
            false,
            old != null && old.traced()));
    return sh.status = 0;
  }

  /** Quotes and expansions cannot stand in a name; POSIX mode asks for an identifier. */
  private boolean isUnusable(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (c == '$' || c == '\'' || c == '"' || c == '\\' || c == '`') {
        return true;
      }
      if (sh.posix() && !letter && (i == 0 || c < '0' || c > '9')) {
        return true;
      }
    }
    return false;
  }

  int call(Function f, List<String> args) {
    int limit = nestingLimit();
    if (sh.functionDepth >= limit || sh.nesting >= sh.machine.maxNesting()) {
      int shown = sh.functionDepth >= limit ? limit : sh.machine.maxNesting();
      String message = f.name() + ": maximum function nesting level exceeded (" + shown + ")";
      if (shown == limit) {
        sh.error(message);
      } else {
        sh.limitReached(message);
      }
      return sh.discard(1);
    }
    Traps traps = sh.traps;
    Frame frame = new Frame(sh, f.name(), f.source(), true);
    frame.args = args;
    if (traps.anyPseudo) {
      boolean functrace = sh.isOn(ShellOptions.Opt.FUNCTRACE) || f.traced();
      if (!sh.isOn(ShellOptions.Opt.ERRTRACE)) {
        frame.hiddenErr = traps.hideErr();
      }
      if (!functrace) {
        frame.hiddenDebug = traps.hideDebug();
        frame.hiddenReturn = traps.hideReturn();
      }
    }
    sh.positional = args.size() == 1 ? List.of() : args.subList(1, args.size());
    sh.loopDepth = 0;
    sh.functionDepth++;
    sh.nesting++;
    sh.frame = frame;
    if (isProcess) {
      isProcess = false;
      sh.processFrame = frame;
    }
    frame.definedLine = f.line();
    sh.line = f.entryLine();
    sh.lineOffset = f.lineOffset();
    sh.variables().pushScope();
    int redirections = interpreter.redirections.begin();
    try {
      if (traps.debug() != null) {
        traps.runDebug();
      }
      if (sh.nesting % LEVELS_PER_STACK == 0) {
        Sched.get().onFreshStack(() -> interpreter.execute(f.tree().body()));
      } else {
        interpreter.execute(f.tree().body());
      }
      boolean returns = sh.control == Shell.RETURN;
      if (returns) {
        sh.control = Shell.RUN;
      }
      if (traps.anyPseudo && traps.returned() != null && sh.control == Shell.RUN) {
        traps.runReturn(returns);
        if (sh.control == Shell.RETURN) {
          sh.control = Shell.RUN; // a second time
        }
        if (sh.control == Shell.RUN) {
          interpreter.redirections.undo(redirections);
        }
      }
    } finally {
      sh.nesting--;
      if (sh.control != Shell.EXIT
          || sh.exitUnwinds() && sh.processFrame != frame
          || sh.exit == Shell.Exit.FAILURE && isInFile(frame)) {
        leave(frame);
      } else if (sh.exit == Shell.Exit.FAILURE) {
        sh.variables().popScope();
      }
    }
    return sh.status;
  }

  private static boolean isInFile(Frame frame) {
    Frame f = frame;
    while (f != null && f.function) {
      f = f.below;
    }
    return f != null;
  }

  /** The function that is called next is all that its process runs. */
  void nextIsProcess() {
    isProcess = true;
  }

  private boolean isProcess;

  /**
   * Puts back what the caller of a function or of {@code source} had. When the shell ends inside of
   * it that waits, for the EXIT trap sees all as it was there.
   */
  void leave(Frame frame) {
    if (!frame.function) {
      leaveFile(frame);
    }
    sh.frame = frame.below;
    sh.loopDepth = frame.loopDepth;
    sh.line = frame.callLine;
    sh.lineOffset = frame.lineOffset;
    sh.failureLine = frame.failureLine;
    if (frame.function) {
      sh.variables().popScope();
      sh.functionDepth--;
      sh.leftFunction = sh.control == Shell.DISCARD || sh.control == Shell.EXIT;
      sh.positional = frame.positional;
    } else {
      if (frame.hasArguments && (!sh.positionalsChanged || sh.functionDepth > 0)) {
        sh.positional = frame.positional;
      }
    }
    if (frame.restoresOptions) {
      sh.shellOptions().restoreSetBits(frame.savedOptions);
      sh.optionsChanged();
    }
    if (frame.hiddenErr != null) {
      sh.traps.unhideErr(frame.hiddenErr);
    }
    if (frame.hiddenDebug != null) {
      sh.traps.unhideDebug(frame.hiddenDebug);
    }
    if (frame.hiddenReturn != null) {
      sh.traps.unhideReturn(frame.hiddenReturn);
    }
  }

  /** A sourced file is over, but for its arguments. */
  private void leaveFile(Frame frame) {
    if (sh.frame == frame) {
      sh.frame = frame.below;
      sh.sourceDepth--;
    }
  }

  private int nestingLimit() {
    String funcnest = sh.variables().get("FUNCNEST");
    if (funcnest == null || funcnest.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    try {
      int n = Integer.parseInt(funcnest.trim());
      return n > 0 ? n : Integer.MAX_VALUE;
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  /** A function as an exported variable's value. */
  static String exportedText(Function f) {
    return Printer.exported(f.tree());
  }

  /**
   * Runs a text in this shell, command by command.
   *
   * @param origin what stands before the line in messages about syntax: {@code eval: }
   */
  int eval(String text, String origin) {
    return eval(text, origin, sh.line);
  }

  int eval(String text, String origin, int firstLine) {
    if (sh.nesting >= sh.machine.maxNesting()) {
      sh.limitReached("maximum nesting level exceeded (" + sh.machine.maxNesting() + ")");
      return sh.discard(1);
    }
    sh.nesting++;
    int lineOffset = sh.lineOffset;
    int failureLine = sh.failureLine;
    Object caller = sh.currentCommand;
    sh.lineOffset = 0;
    sh.enterText();
    sh.traceLevel++;
    int redirections = interpreter.redirections.begin();
    try {
      Parser parser = new Parser(ScriptSource.of(sh, text), sh, firstLine);
      int status = 0;
      while (true) {
        CommandList list;
        try {
          list = parser.nextCommand();
        } catch (SyntaxException e) {
          syntaxError(e, origin);
          if (e.isInSubstitution() && !sh.interactive) {
            sh.exit(1); // what bash finds among a substitution's commands ends the shell
          }
          if (sh.control == Shell.EXIT) {
            return sh.status;
          }
          if (e.kind() == SyntaxException.Kind.ARRAY_LITERAL) {
            status = sh.status = 1; // gives up its line only
            continue;
          }
          sh.status = 2;
          if (sh.posix() && !sh.interactive) {
            sh.exit(2);
          }
          return status = sh.status;
        }
        if (list == null) {
          sh.currentCommand = caller;
          interpreter.checkpoint();
          return sh.status = status;
        }
        interpreter.checkpoint();
        if (list.items().isEmpty()) {
          continue;
        }
        sh.line = parser.line();
        if (sh.nesting % LEVELS_PER_STACK == 0) {
          Sched.get().onFreshStack(() -> interpreter.run(list));
          status = sh.status;
        } else {
          status = interpreter.run(list);
        }
        if (givenUp()) {
          return sh.status;
        }
        parser.setLine(sh.line);
      }
    } finally {
      sh.texts--;
      interpreter.redirections.undo(redirections);
      sh.lineOffset = lineOffset;
      sh.failureLine = failureLine;
      if (sh.control != Shell.EXIT || sh.exit != Shell.Exit.AT_ONCE) {
        sh.currentCommand = caller;
      }
      sh.traceLevel--;
      sh.nesting--;
    }
  }

  /**
   * Whether the rest of a text is given up. A failed expansion gives up only the command that was
   * read from the text; in a subshell, the subshell.
   */
  private boolean givenUp() {
    if (sh.control == Shell.DYING) {
      sh.control = Shell.RUN; // until the next command has been read
    }
    if (sh.control == Shell.DISCARD && sh.subshellDepth == 0 && !sh.discardsTexts) {
      sh.control = Shell.RUN;
      sh.pipeStatus = null;
      sh.singleStatus = sh.status;
    }
    return sh.control != Shell.RUN;
  }

  /** Prints what the parser says, as bash does. */
  void syntaxError(SyntaxException e, String origin) {
    String name = sh.errorName();
    List<SyntaxException.Message> messages = e.messages();
    for (int i = 0; i < messages.size(); i++) {
      SyntaxException.Message m = messages.get(i);
      boolean inCommands = e.isInText() && m.line() > 0;
      String from = inCommands ? "command substitution: " : origin;
      if (sh.interactive) {
        if (i == 0) {
          sh.say(name + ": " + (inCommands ? from : "") + m.text());
        }
      } else {
        int line = e.isInText() ? sh.line + m.line() : m.line();
        sh.say(name + ": " + from + "line " + line + ": " + m.text());
        if (sh.errexit && (sh.failuresIgnored == 0 || inCommands)) {
          // under set -e the shell exits as the first line is told
          sh.exit(2);
          return;
        }
      }
    }
  }

  /**
   * {@code source}: runs a file in this shell.
   *
   * @param args the positional parameters during the run, or null to keep those there are
   */
  int source(String path, byte[] content, List<String> args) {
    if (sh.nesting >= sh.machine.maxNesting()) {
      sh.limitReached("maximum nesting level exceeded (" + sh.machine.maxNesting() + ")");
      return sh.discard(1);
    }
    int line = sh.line;
    Object caller = sh.currentCommand;
    Frame frame = new Frame(sh, "source", path, false);
    frame.args = args == null ? List.of() : args;
    frame.hasArguments = args != null;
    boolean changed = sh.positionalsChanged;
    sh.positionalsChanged = false;
    Traps traps = sh.traps;
    if (traps.anyPseudo && !sh.isOn(ShellOptions.Opt.FUNCTRACE)) {
      frame.hiddenDebug = traps.hideDebug();
    }
    sh.frame = frame;
    sh.sourceDepth++;
    sh.nesting++;
    sh.traceLevel++;
    if (args != null) {
      sh.positional = args;
    }
    int status = 0;
    sh.lineOffset = 0;
    int redirections = interpreter.redirections.begin();
    try {
      sh.enterText();
      try {
        status = runSourced(content);
      } finally {
        sh.texts--;
        if (sh.control != Shell.EXIT || sh.exit != Shell.Exit.AT_ONCE) {
          sh.currentCommand = caller;
        }
      }
      boolean returns = sh.control == Shell.RETURN;
      if (returns) {
        sh.control = Shell.RUN;
        status = sh.status;
        interpreter.redirections.undo(redirections);
      }
      sh.line = line;
      if (traps.anyPseudo && traps.returned() != null && sh.control == Shell.RUN) {
        leaveFile(frame);
        traps.runReturn(returns);
      }
    } finally {
      sh.traceLevel--;
      sh.nesting--;
      if (sh.control != Shell.EXIT || sh.exitUnwinds() || sh.exit == Shell.Exit.FAILURE) {
        interpreter.redirections.undo(redirections);
        leave(frame);
      }
      sh.positionalsChanged |= changed;
    }
    return sh.control == Shell.RUN ? sh.status = status : sh.status;
  }

  private int runSourced(byte[] content) {
    ScriptSource lines = ScriptSource.of(sh, Utf8.decode(content));
    Parser parser = new Parser(lines, sh, 1);
    int status = 0;
    while (true) {
      interpreter.checkpoint();
      CommandList list;
      try {
        list = parser.nextCommand();
      } catch (SyntaxException e) {
        syntaxError(e, "");
        if (e.isInSubstitution() && !sh.interactive) {
          sh.exit(1); // what bash finds among a substitution's commands ends the shell
        }
        if (sh.control == Shell.EXIT) {
          return sh.status;
        }
        if (e.kind() == SyntaxException.Kind.ARRAY_LITERAL) {
          status = sh.status = 1; // gives up its line only
          continue;
        }
        if (sh.posix() && !sh.interactive) {
          sh.exit(2);
        }
        return sh.status = 2;
      }
      if (list == null) {
        return status;
      }
      if (list.items().isEmpty()) {
        continue;
      }
      sh.line = parser.line();
      if (sh.nesting % LEVELS_PER_STACK == 0) {
        Sched.get().onFreshStack(() -> interpreter.run(list));
        status = sh.status;
      } else {
        status = interpreter.run(list);
      }
      if (givenUp()) {
        return sh.status;
      }
      parser.setLine(sh.line);
    }
  }

  /**
   * Reads and runs commands until the input ends or the shell exits. May suspend in the source.
   *
   * @param origin before the line in syntax errors: {@code -c: } or nothing
   */
  private void remember(ScriptSource lines) {
    if (sh.recordsHistory()) {
      HistoryFile.record(sh, lines.takePending());
    }
  }

  int runScript(ScriptSource lines, String origin) {
    return runScript(lines, origin, 1);
  }

  int runScript(ScriptSource lines, String origin, int firstLine) {
    Parser parser = new Parser(lines, sh, firstLine);
    sh.script = lines;
    lines.records = !sh.isCommandString;
    while (true) {
      Sched.checkpoint();
      CommandList list;
      try {
        if (sh.interactive) {
          sh.jobs.notifyChanges();
        }
        list = parser.nextCommand();
        remember(lines);
      } catch (SyntaxException e) {
        remember(lines);
        syntaxError(e, origin);
        if (sh.control == Shell.EXIT) {
          return sh.status;
        }
        switch (e.kind()) {
          case ARRAY_LITERAL -> sh.status = 1;
          case CONDITIONAL -> {} // bash 5.2 leaves the status alone
          case UNMATCHED -> sh.status = sh.status == 0 ? 2 : sh.status;
          default -> sh.status = 2;
        }
        if (e.isInSubstitution()) {
          sh.status = sh.isCommandString && sh.subshellDepth == 0 ? 127 : Math.max(1, sh.status);
        }
        sh.pipeStatus = null;
        sh.singleStatus = sh.status;
        boolean open = e.endOfInput() && e.kind() != SyntaxException.Kind.UNMATCHED;
        if (e.kind() == SyntaxException.Kind.ARRAY_LITERAL || sh.interactive && !open) {
          continue;
        }
        return sh.status;
      } catch (ExpansionError e) {
        sh.failed(e);
        list = CommandList.EMPTY;
      } catch (TerminalLines.Interrupted e) {
        parser = new Parser(lines, sh, parser.line() + 1);
        continue;
      }
      if (list == null) {
        return sh.status;
      }
      if (!list.items().isEmpty()) {
        if (sh.isOn(ShellOptions.Opt.NOEXEC) && !sh.interactive) {
          continue;
        }
        if (sh.interactive) {
          Prompt.showBefore(sh);
        }
        if (!sh.isCommandString) {
          sh.commandNumber++;
        }
        sh.line = parser.line();
        try {
          interpreter.run(list);
        } catch (VfsException e) {
          sh.error(e.getMessage());
          sh.status = 1;
        }
        if (sh.control == Shell.RUN) {
          sh.pollSignals();
        }
        if (sh.control == Shell.DISCARD) {
          if (sh.subshellDepth > 0) {
            return sh.status;
          }
          sh.resetUnwinding();
          sh.pipeStatus = null;
          sh.singleStatus = sh.status;
        } else if (sh.control == Shell.EXIT) {
          return sh.status;
        } else if (sh.control != Shell.RUN) {
          sh.resetUnwinding();
        }
        if (sh.isOn(ShellOptions.Opt.ONECMD)) {
          return sh.status;
        }
        parser.setLine(sh.line);
      }
    }
  }
}
