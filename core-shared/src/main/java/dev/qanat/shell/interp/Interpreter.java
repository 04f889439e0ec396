package dev.qanat.shell.interp;

import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Signalled;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.syntax.AndOr;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.CommandList;
import dev.qanat.shell.syntax.Pipeline;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.shell.syntax.Redirect;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import dev.qanat.text.glob.Pattern;
import dev.qanat.vfs.VfsException;
import java.util.List;

/**
 * Walks the tree for one shell. Every method that runs something returns its exit status, leaves it
 * in {@link Shell#status} too, and sets {@link Shell#control} when more than the command is to end:
 * {@code break}, {@code return}, {@code exit} are fields, not exceptions.
 */
public final class Interpreter {
  private final Shell sh;
  final SimpleCommands simple;
  final Redirections redirections;
  final Pipelines pipelines;
  final Substitutions substitutions;
  final Conditions conditions;
  final Programs programs;
  final Loops loops;
  final Calls calls;
  final Tracing tracing;

  /** The simple command that is all this subshell runs: its failure is the pipeline's to notice. */
  Command stage;

  /** The command that {@code !} inverts: its own failure counts nowhere. */
  private Command inverted;

  /** The redirections of the compound command that is inverted have failed. */
  private boolean notRedirected;

  /** This is {@code ( ! … )}, which inverts what its command gives. */
  private boolean negates;

  /** A failed expansion gives this shell up to where {@code ( ! … )} around it inverts. */
  private boolean negatesGivenUp;

  Interpreter(Shell sh) {
    this.sh = sh;
    this.redirections = new Redirections(sh);
    this.programs = new Programs(sh, this);
    this.loops = new Loops(sh, this);
    this.simple = new SimpleCommands(sh, this);
    this.pipelines = new Pipelines(sh, this);
    this.substitutions = new Substitutions(sh);
    this.conditions = new Conditions(sh);
    this.calls = new Calls(sh, this);
    this.tracing = new Tracing(sh);
  }

  int run(CommandList list) {
    List<CommandList.Item> items = list.items();
    int n = items.size();
    for (int i = 0; i < n; i++) {
      CommandList.Item item = items.get(i);
      if (item.background() && !simple.namesJob(item.andOr())) {
        try {
          pipelines.background(item.andOr());
        } catch (Sched.TooManyTasks e) {
          return noFork();
        }
      } else {
        AndOr andOr = item.andOr();
        if (andOr.rest().isEmpty()) {
          run(andOr.first());
        } else {
          run(andOr);
        }
      }
      if (sh.control != Shell.RUN) {
        return i < n - 1 ? ended() : sh.status;
      }
    }
    return sh.status;
  }

  /** Something is unwound, which keeps the next command from running. */
  int ended() {
    if (sh.control == Shell.DYING) {
      checkpoint();
    }
    return sh.status;
  }

  int run(AndOr list) {
    List<AndOr.Link> rest = list.rest();
    int n = rest.size();
    if (n == 0) {
      return run(list.first());
    }
    sh.failuresIgnored++;
    int status = run(list.first());
    for (int i = 0; i < n && sh.control == Shell.RUN; i++) {
      AndOr.Link link = rest.get(i);
      if (link.and() == (status == 0)) {
        if (i == n - 1) {
          // only the last command's failure counts
          sh.failuresIgnored--;
          return run(link.pipeline());
        }
        status = run(link.pipeline());
      }
    }
    sh.failuresIgnored--;
    ended();
    return status;
  }

  int run(Pipeline p) {
    if (p.timed() || p.negated()) {
      return special(p);
    }
    return stages(p);
  }

  private int stages(Pipeline p) {
    List<Command> commands = p.commands();
    if (commands.size() == 1) {
      return execute(commands.get(0));
    }
    try {
      return pipelines.run(p);
    } catch (Sched.TooManyTasks e) {
      return noFork();
    }
  }

  private int noFork() {
    sh.error("fork: Resource temporarily unavailable");
    return sh.discard(254);
  }

  private int special(Pipeline p) {
    if (p.timed()) {
      if (p.commands().size() == 1 && p.commands().get(0) instanceof Command.Subshell s) {
        Command timed = timedInside(s, p);
        return run(new Pipeline(p.negated(), false, false, List.of(timed), p.position()));
      }
      Pipeline plain = new Pipeline(p.negated(), false, false, p.commands(), p.position());
      return TimeKeyword.run(sh, p, () -> run(plain));
    }
    // what fails inside sets off ERR traps, but does not end a shell under set -e
    int ignored = sh.failuresIgnored;
    sh.failuresIgnored += sh.errexit ? 1 : 0;
    Command only = p.commands().size() == 1 ? p.commands().get(0) : null;
    Command outer = inverted;
    inverted = only;
    int status = stages(p);
    inverted = outer;
    sh.failuresIgnored = ignored;
    if (sh.control == Shell.RUN || sh.leavesLoops()) {
      if (notRedirected) {
        notRedirected = false; // bash forgets the ! then
        return status;
      }
      sh.status = status = status == 0 ? 1 : 0;
      if (only instanceof Command.Arith || only instanceof Command.Cond) {
        sh.singleStatus = status; // PIPESTATUS holds the negated status of these
      }
    }
    return status;
  }

  /** A subshell that takes its time itself, and tells it where its redirections go. */
  private static Command timedInside(Command.Subshell s, Pipeline p) {
    Command body = new Command.BraceGroup(s.body(), List.of(), s.position());
    Pipeline timed = new Pipeline(false, true, p.timePosix(), List.of(body), p.position());
    CommandList.Item item =
        new CommandList.Item(new AndOr(timed, List.of()), CommandList.Terminator.SEMICOLON);
    return new Command.Subshell(new CommandList(List.of(item)), s.redirects(), s.position());
  }

  /** Runs a command of any kind. */
  int execute(Command c) {
    if (++sh.depth > sh.machine.maxDepth()) {
      sh.depth--;
      sh.limitReached("maximum command nesting level exceeded (" + sh.machine.maxDepth() + ")");
      return sh.discard(1);
    }
    int status = executeInner(c);
    sh.depth--;
    return status;
  }

  private int executeInner(Command c) {
    int loops = sh.loopDepth;
    try {
      int status;
      if (c instanceof Command.Simple s) {
        status = simple.run(s);
      } else if (c instanceof Command.Subshell s) {
        status = subshell(s);
      } else if (!c.redirects().isEmpty()) {
        status = redirected(c);
      } else {
        status = compound(c);
      }
      if (sh.traps.anyCaught) {
        sh.pollSignals();
      }
      return sh.control == Shell.RUN ? status : sh.status;
    } catch (ExpansionError
        | ArithException
        | SyntaxException
        | VfsException
        | Memory.Exhausted
        | Sched.TooManyTasks e) {
      sh.loopDepth = loops;
      return gaveUp(e);
    } catch (Signalled e) {
      throw dying(e);
    }
  }

  /** As {@link Sched#checkpoint}, where a text's next command is about to be read. */
  void checkpoint() {
    try {
      Sched.checkpoint();
    } catch (Signalled e) {
      throw dying(e);
    }
  }

  /** A signal ends the shell: its EXIT trap runs on the spot, whatever is running. */
  private Signalled dying(Signalled death) {
    if (sh.traps.hasExit() && !death.commandOnly() && death.signal() != Signal.KILL) {
      sh.exitFor(Shell.Exit.AT_ONCE);
      sh.loopsAtExit = 0;
      sh.traps.runExit();
    }
    return death;
  }

  /** Runs a compound command whose redirections have been applied. */
  int executeRedirected(Command c) {
    int loops = sh.loopDepth;
    try {
      return compound(c);
    } catch (ExpansionError
        | ArithException
        | SyntaxException
        | VfsException
        | Sched.TooManyTasks e) {
      sh.loopDepth = loops;
      return gaveUp(e);
    }
  }

  /** Reports what ended a command and gives up as much as it asks for. */
  private int gaveUp(RuntimeException failure) {
    if (failure instanceof ExpansionError e) {
      return sh.failed(e);
    }
    if (failure instanceof SyntaxException e) {
      // a substitution that is read only when it is expanded
      calls.syntaxError(e, "");
      return sh.control == Shell.EXIT ? sh.status : sh.discard(1);
    }
    if (failure instanceof Sched.TooManyTasks) {
      return noFork();
    }
    if (failure instanceof Memory.Exhausted) {
      sh.limitReached(failure.getMessage());
      return sh.discard(1);
    }
    sh.error(failure.getMessage());
    return failure instanceof ArithException ? sh.discard(1) : (sh.status = 1);
  }

  /**
   * Redirects for good, in a subshell, whose own all failures of it are.
   *
   * @param command the program that runs there, or null
   * @return false when the subshell is to end, with its status set
   */
  boolean redirectSubshell(List<Redirect> redirects, String command) {
    if (redirects.isEmpty()) {
      return true;
    }
    int mark = redirections.begin();
    try {
      redirections.ofSubshell = true;
      if (!redirections.apply(redirects)) {
        sh.status = 1;
        return false;
      }
      return true;
    } catch (ExpansionError
        | ArithException
        | SyntaxException
        | VfsException
        | Memory.Exhausted
        | Sched.TooManyTasks e) {
      gaveUp(command != null && e instanceof ExpansionError x ? x.of(command) : e);
      return false;
    } finally {
      redirections.ofSubshell = false;
      redirections.keep(mark);
    }
  }

  /** The inside of {@code ( )}, in the subshell's own shell. */
  int runSubshell(Command.Subshell c) {
    if (redirectSubshell(c.redirects(), null)) {
      inverted = null;
      Command.Subshell only = onlySubshell(c.body());
      if (only != null) {
        sh.subshellDepth++;
        return runSubshell(only); // which has no process of its own
      }
      Pipeline negated = onlyPipeline(c.body());
      if (negated == null || !negated.negated()) {
        return run(c.body());
      }
      // the ! is the subshell's own: what fails inside fails as if it were not there
      negates = true;
      run(new Pipeline(false, negated.timed(), negated.timePosix(), negated.commands(), null));
      if (sh.control != Shell.EXIT || sh.exit != Shell.Exit.BUILTIN) {
        sh.status = sh.status == 0 ? 1 : 0;
      }
    } else if (sh.control == Shell.RUN ? c == inverted : negatesGivenUp) {
      sh.status = 0; // which the parent inverts
    }
    return sh.status;
  }

  /** The {@code ( )} that is all there is in a list, or null. */
  private static Command.Subshell onlySubshell(CommandList list) {
    Pipeline p = onlyPipeline(list);
    return p != null
            && !p.negated()
            && !p.timed()
            && p.commands().size() == 1
            && p.commands().get(0) instanceof Command.Subshell s
        ? s
        : null;
  }

  private static Pipeline onlyPipeline(CommandList list) {
    CommandList.Item first = list.items().get(0);
    return list.items().size() == 1 && !first.background() && first.andOr().rest().isEmpty()
        ? first.andOr().first()
        : null;
  }

  /** A subshell as what is told of its death shows it. */
  String shown(Command.Subshell c) {
    return (c == inverted ? "! " : "") + Printer.line(c);
  }

  /** A subshell is about to run in a shell of its own. */
  void passInverted(Interpreter child) {
    child.inverted = inverted;
    child.negatesGivenUp = negates;
  }

  private int redirected(Command c) {
    int mark = redirections.begin();
    int processFiles = sh.processFiles.size();
    try {
      if (redirections.apply(c.redirects())) {
        return executeRedirected(c); // which reports what goes wrong where stderr leads now
      }
      if (sh.control != Shell.RUN) {
        return sh.status;
      }
      notRedirected = c == inverted;
      int[] pipeStatus = sh.pipeStatus;
      int singleStatus = sh.singleStatus;
      finish(c, 1);
      sh.pipeStatus = pipeStatus; // which only commands that ran change
      sh.singleStatus = singleStatus;
      return sh.status;
    } finally {
      redirections.leave(mark);
      if (sh.processFiles.size() > processFiles) {
        substitutions.closeProcessFiles(processFiles);
      }
    }
  }

  private int subshell(Command.Subshell c) {
    int before = sh.line;
    sh.failureLine = sh.line = line(c);
    if (sh.traps.err() != null) {
      note(c);
    }
    int status = pipelines.subshell(c, before);
    restoreLine(before);
    return finish(c, status);
  }

  /** Runs a compound command whose redirections are in place. */
  private int compound(Command c) {
    if (c instanceof Command.BraceGroup g) {
      return run(g.body());
    }
    if (c instanceof Command.If i) {
      return runIf(i);
    }
    if (c instanceof Command.While w) {
      return loops.runWhile(w);
    }
    if (c instanceof Command.For f) {
      return loops.runFor(f);
    }
    if (c instanceof Command.ArithFor f) {
      return loops.runArithFor(f);
    }
    if (c instanceof Command.Arith a) {
      return runArith(a);
    }
    if (c instanceof Command.Cond cond) {
      return runCond(cond);
    }
    if (c instanceof Command.Case k) {
      return runCase(k);
    }
    if (c instanceof Command.Function f) {
      return calls.define(f);
    }
    if (c instanceof Command.Select s) {
      int before = sh.line;
      int status = SelectLoop.run(sh, this, s, line(c));
      restoreLine(before);
      return status;
    }
    if (c instanceof Command.Coproc p) {
      return pipelines.coproc(p);
    }
    throw new IllegalStateException();
  }

  /** What follows the end of a command whose failure counts for {@code set -e} and the ERR trap. */
  int finish(Command c, int status) {
    sh.status = status;
    sh.pipeStatus = null;
    sh.singleStatus = status;
    if (status != 0 && sh.failuresIgnored == 0 && c != stage && c != inverted) {
      if (sh.control == Shell.RUN) {
        failed(sh.traps.err() != null, status);
      } else if (sh.leavesLoops()) {
        failed(false, status); // `break 0'; no trap runs a command then
      }
    }
    return status;
  }

  /**
   * As {@link #finish}, for what may have set the ERR trap itself.
   *
   * @param trapped whether ERR was trapped when the command began
   */
  int finish(Command c, int status, boolean trapped) {
    if (trapped || sh.traps.err() == null) {
      return finish(c, status);
    }
    sh.status = status;
    sh.pipeStatus = null;
    sh.singleStatus = status;
    if (status != 0 && sh.control == Shell.RUN && sh.failuresIgnored == 0) {
      if (c != stage && c != inverted) {
        failed(false, status);
      }
    }
    return status;
  }

  /** A command failed where failures count. */
  void failed(boolean trapped, int status) {
    if (trapped) {
      int line = sh.line;
      sh.line = sh.failureLine;
      sh.traps.runErr();
      sh.line = line;
    }
    if (sh.errexit && (sh.control == Shell.RUN || sh.leavesLoops())) {
      sh.status = status;
      sh.exitFor(Shell.Exit.FAILURE);
    }
  }

  /** For BASH_COMMAND, which a running trap leaves alone. */
  void note(Command c) {
    if (!sh.traps.running()) {
      sh.currentCommand = c;
    }
  }

  /** Counts on from where a command with a line of its own began, unless all is given up. */
  void restoreLine(int before) {
    if (sh.control != Shell.DISCARD && sh.control != Shell.RETURN) {
      sh.line = before;
    }
  }

  private int runIf(Command.If c) {
    List<Command.IfClause> clauses = c.clauses();
    for (int i = 0; i < clauses.size(); i++) {
      Command.IfClause clause = clauses.get(i);
      int before = sh.line;
      int status = condition(clause.condition());
      if (sh.control != Shell.RUN) {
        return ended();
      }
      sh.line = before; // which a pipeline of ( ) has changed
      if (status == 0) {
        return run(clause.body());
      }
    }
    if (c.otherwise() != null) {
      return run(c.otherwise());
    }
    return sh.status = 0;
  }

  int condition(CommandList list) {
    sh.failuresIgnored++;
    int status = run(list);
    sh.failuresIgnored--;
    return status;
  }

  private int runArith(Command.Arith c) {
    int before = sh.line;
    sh.failureLine = sh.line = line(c);
    note(c);
    if (sh.traps.debug() != null && !sh.traps.runDebug()) {
      restoreLine(before);
      return skipped();
    }
    int status;
    try {
      long value;
      if (sh.xtrace) {
        String text = sh.expander().expandedText(c.expression());
        tracing.line("(( " + text + " ))");
        value = sh.expander().evaluate(text);
      } else {
        value = sh.expander().arithmetic(c.expression());
      }
      status = value != 0 ? 0 : 1;
    } catch (ArithException e) {
      sh.failedArithmetic(e, "((: ");
      status = 1;
    }
    restoreLine(before);
    return finish(c, status);
  }

  private int runCond(Command.Cond c) {
    int before = sh.line;
    sh.failureLine = sh.line = line(c);
    note(c);
    if (sh.traps.debug() != null && !sh.traps.runDebug()) {
      restoreLine(before);
      return skipped();
    }
    int status = conditions.evaluate(c.expression());
    restoreLine(before);
    return finish(c, status);
  }

  /** The DEBUG trap has passed over a command, or ended more than that. */
  int skipped() {
    return sh.control == Shell.RUN ? (sh.status = 0) : sh.status;
  }

  private int runCase(Command.Case c) {
    int before = sh.line;
    int status = runCaseAtLine(c);
    restoreLine(before);
    return status;
  }

  private int runCaseAtLine(Command.Case c) {
    sh.line = line(c);
    note(c);
    if (sh.traps.debug() != null && !sh.traps.runDebug()) {
      return skipped();
    }
    if (sh.xtrace) {
      tracing.line("case " + Printer.source(c.word()) + " in");
    }
    String word = sh.expander().string(c.word());
    List<Command.CaseClause> clauses = c.clauses();
    int result = 0;
    boolean falling = false;
    for (int i = 0; i < clauses.size(); i++) {
      Command.CaseClause clause = clauses.get(i);
      if (!falling && !matches(clause.patterns(), word)) {
        continue;
      }
      if (clause.body().items().isEmpty()) {
        result = sh.status = 0;
      } else {
        result = run(clause.body());
      }
      if (sh.control != Shell.RUN || clause.end() == Command.CaseEnd.BREAK) {
        return sh.status;
      }
      falling = clause.end() == Command.CaseEnd.FALL_THROUGH;
    }
    return sh.status = result;
  }

  private boolean matches(List<Word> patterns, String word) {
    for (int i = 0; i < patterns.size(); i++) {
      Word w = patterns.get(i);
      String literal = w.literalOrNull();
      if (literal != null && !sh.options().nocasematch) {
        if (literal.equals(word)) {
          return true;
        }
        continue;
      }
      Pattern p = sh.expander().pattern(w);
      if (p.matches(word)) {
        return true;
      }
    }
    return false;
  }

  int line(Command c) {
    int line = c.position().line();
    return line > 0 ? line + sh.lineOffset : sh.line;
  }

  /** Runs a shell's last piece: the body, then the EXIT trap, whatever ended the body. */
  void runToEnd(java.util.function.IntSupplier body) {
    try {
      body.getAsInt();
      if (sh.control != Shell.RUN && sh.control != Shell.EXIT) {
        sh.control = Shell.RUN;
      }
      sh.pollSignals();
      if (sh.traps.hasExit() && sh.givesUpAllCalls()) {
        while (sh.frame != sh.processFrame) {
          calls.leave(sh.frame); // what this process has got from its parent
        }
      }
      sh.traps.runExit();
    } catch (Signalled e) {
      throw dying(e);
    } finally {
      sh.flushQuietly();
      redirections.forget(); // what an exit inside of them has left in place
    }
  }
}
