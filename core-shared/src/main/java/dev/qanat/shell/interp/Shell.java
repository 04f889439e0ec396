package dev.qanat.shell.interp;

import dev.qanat.command.Output;
import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.edit.Readline;
import dev.qanat.shell.expand.ExpandOptions;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.ShellContext;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.expand.Variables;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.AliasTable;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Dialect;
import dev.qanat.shell.syntax.Substitution;
import dev.qanat.vfs.ClosedFile;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * One shell process: a session's shell, a {@code bash} that was run, a subshell, a stage of a
 * pipeline. Holds all that bash keeps for itself; {@link #fork} makes the copy a subshell starts
 * with.
 */
public final class Shell extends Unwinding implements ShellContext, Dialect, AliasTable {
  final Machine machine;
  private final FileContext files;
  private final Variables variables;
  private final Expander expander;
  private final ShellOptions options;
  private final ExpandOptions expandOptions;
  final SharedMap<Function> functions;
  final SharedMap<String> aliases;
  final CommandHash hash;
  final Traps traps;
  final Jobs jobs;
  final Interpreter interpreter;
  final DirectoryStack directories;
  final History history;
  final Completions completions;
  final ControllingTerminal controllingTerminal = new ControllingTerminal(this);
  private final Leaving leaving = new Leaving(this);

  private int ownPid;
  private boolean ownTask;

  final RandomNumbers random;
  private Output out;
  final Getopts getopts;

  /** Added by a builtin to the status of a usage error: a special one ends a POSIX shell by it. */
  public static final int USAGE = 1 << 16;

  private java.util.Set<String> disabledBuiltins = java.util.Set.of();

  public Shell(Machine machine, FileContext files) {
    this.machine = machine;
    this.files = files;
    this.variables = new Variables();
    this.options = new ShellOptions();
    this.expandOptions = new ExpandOptions();
    this.expandOptions.maxWords = machine.maxWords();
    this.expander = new Expander(this);
    this.functions = new SharedMap<>();
    this.aliases = new SharedMap<>();
    this.hash = new CommandHash();
    this.traps = new Traps(this);
    this.jobs = new Jobs(this);
    this.directories = new DirectoryStack();
    this.history = new History();
    this.completions = new Completions();
    this.getopts = new Getopts();
    this.random = new RandomNumbers(Sched.get().realTimeNanos());
    this.interpreter = new Interpreter(this);
    variables.attach(this, expander);
    workingDirectory = files.cwd();
    ShellVariables.register(this);
    startNanos = Sched.get().realTimeNanos();
    Task task = Sched.get().current();
    pid = task != null ? task.pid() : Sched.get().nextPid();
    ownPid = pid;
    ownTask = true;
    parentPid = task != null && task.parent() != null ? task.parent().pid() : 1;
    optionsChanged();
    pipeStatus = new int[0]; // before the first command
  }

  private Shell(Shell parent, FileContext files) {
    this.machine = parent.machine;
    this.files = files;
    this.variables = parent.variables.fork();
    this.options = parent.options.copy();
    this.expandOptions = parent.expandOptions.copy();
    this.expander = new Expander(this);
    this.functions = parent.functions.fork();
    this.aliases = parent.aliases.fork();
    this.hash = parent.hash.copy();
    this.directories = parent.directories.copy();
    this.history = parent.history.fork();
    this.completions = parent.completions;
    this.getopts = parent.getopts.copy();
    this.random = parent.random.fork();
    this.traps = new Traps(this, parent.traps);
    this.jobs = new Jobs(this, parent.jobs);
    this.interpreter = new Interpreter(this);
    variables.attach(this, expander);
    inherit(parent);
    disabledBuiltins = parent.disabledBuiltins;
    readline = parent.readline;
  }

  /** A copy for a subshell, with its own descriptors, which the copy's owner closes. */
  Shell fork() {
    Shell child = forkForProgram();
    for (Job coproc : coprocs) {
      coproc.closeCoprocFiles(child.files.descriptors());
    }
    return child;
  }

  /** As {@link #fork}, for the process of a program, which reaches the coprocesses too. */
  Shell forkForProgram() {
    return new Shell(this, files.fork());
  }

  @Override
  public Variables variables() {
    return variables;
  }

  public Expander expander() {
    return expander;
  }

  @Override
  public FileContext files() {
    return files;
  }

  @Override
  public ExpandOptions options() {
    return expandOptions;
  }

  public Machine machine() {
    return machine;
  }

  public Traps traps() {
    return traps;
  }

  public Jobs jobs() {
    return jobs;
  }

  public History history() {
    return history;
  }

  public Completions completions() {
    return completions;
  }

  public boolean isOn(Opt o) {
    return options.get(o);
  }

  public boolean isOn(Shopt o) {
    return options.get(o);
  }

  public ShellOptions shellOptions() {
    return options;
  }

  public void setOption(Opt o, boolean on) {
    options.set(o, on);
    if (o == Opt.VI || o == Opt.EMACS) {
      if (on) {
        options.set(o == Opt.VI ? Opt.EMACS : Opt.VI, false);
      }
      if (on && readline != null && readline.viMode() != (o == Opt.VI)) {
        readline.setViMode(o == Opt.VI);
      }
    }
    if (o == Opt.POSIX) {
      options.set(Shopt.expand_aliases, on || options.get(Shopt.expand_aliases));
      SpecialVariables.follow(this, "POSIXLY_CORRECT", on ? "y" : null);
    } else if (o == Opt.IGNOREEOF) {
      SpecialVariables.follow(this, "IGNOREEOF", on ? "10" : null);
    }
    optionsChanged();
  }

  public void setOption(Shopt o, boolean on) {
    options.set(o, on);
    optionsChanged();
    if (o == Shopt.extdebug) {
      if (on && startArguments == null) {
        startArguments = positional;
      }
      options.set(Opt.FUNCTRACE, on);
      options.set(Opt.ERRTRACE, on);
    }
    if (o.name().startsWith("compat")) {
      SpecialVariables.compatibilityOption(this);
    }
  }

  @Override
  public void variableChanged(String variable) {
    SpecialVariables.changed(this, variable);
  }

  /** {@code BASH_SUBSHELL=n}. */
  void subshellNumber(String text) {
    try {
      subshellDepth = Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      // not a number: ignored, as in bash
    }
  }

  /** Tells expansion what the options are now. */
  void optionsChanged() {
    options.tell(expandOptions);
    expandOptions.interactive = interactive;
    xtrace = options.get(Opt.XTRACE);
    errexit = options.get(Opt.ERREXIT) && errexitSuspended == 0;
  }

  /** Whether this is a restricted shell (manual, "The Restricted Shell"). */
  public boolean restricted() {
    return restricted;
  }

  /** Restricts the shell from now on; there is no way back. */
  public void restrict() {
    restricted = true;
    for (String v : List.of("PATH", "SHELL", "HISTFILE", "ENV", "BASH_ENV")) {
      variables.declare(v, Scope.GLOBAL, Variable.READONLY, 0);
    }
  }

  /** Runs a builtin that runs commands, where failures are tested. */
  int withoutErrexit(IntSupplier body) {
    errexitSuspended++;
    errexit = false;
    String err = traps.hideErr();
    int ignored = failuresIgnored;
    failuresIgnored = 0; // an ERR trap that is set meanwhile sees failures
    try {
      return body.getAsInt();
    } finally {
      if (control != EXIT) { // an EXIT trap still runs like this
        failuresIgnored = ignored;
        errexitSuspended--;
        errexit = errexitSuspended == 0 && isOn(Opt.ERREXIT);
        if (err != null) {
          traps.putBackErr(err);
        }
      }
    }
  }

  /** BASHPID. A subshell that runs in its parent's task has a number only when somebody asks. */
  public int ownPid() {
    if (ownPid == 0) {
      ownPid = ownTask ? Sched.get().current().pid() : Sched.get().nextPid();
    }
    return ownPid;
  }

  /** $$. */
  public int pid() {
    return pid;
  }

  /** Says that this shell has the running task to itself. */
  void ownsTask() {
    if (!ownTask) {
      depth = 0;
    }
    ownTask = true;
    ownPid = Sched.get().current().pid();
  }

  boolean hasOwnTask() {
    return ownTask;
  }

  public boolean interactive() {
    return interactive;
  }

  @Override
  public String shellName() {
    return name;
  }

  public void setName(String text) {
    name = text;
  }

  @Override
  public int positionalCount() {
    return positional.size();
  }

  @Override
  public String positional(int index) {
    return positional.get(index - 1);
  }

  public List<String> positionals() {
    return positional;
  }

  public void setPositionals(List<String> args) {
    positional = args;
  }

  @Override
  public String special(char parameter) {
    return switch (parameter) {
      case '?' -> status == 0 ? "0" : String.valueOf(status);
      case '$' -> String.valueOf(pid);
      case '!' -> lastBackground == 0 ? null : String.valueOf(lastBackground);
      case '-' ->
          options.letters(interactive || wasInteractive, restricted)
              + (isCommandString ? "c" : "")
              + (readsStdin ? "s" : "");
      case '_' -> lastArgument;
      default -> null;
    };
  }

  @Override
  public String commandOutput(Substitution substitution) {
    return interpreter.substitutions.output(substitution);
  }

  @Override
  public String processFile(boolean output, Substitution substitution) {
    return interpreter.substitutions.processFile(output, substitution);
  }

  @Override
  public String homeDirectory(String user) {
    return Accounts.home(files, user);
  }

  @Override
  public String directoryStackEntry(int n, boolean fromRight) {
    return directories.entry(this, n, fromRight);
  }

  @Override
  public String expandPrompt(String text) {
    return Prompt.expand(this, text).replace("\001", "").replace("\002", "");
  }

  private static int counts;

  @Override
  public void checkMemory(long more) {
    int count = ++counts;
    long held = variables.heldBytes(count) + more;
    for (Task t : Sched.get().tasks()) {
      if (t.attachment() instanceof Shell sh) {
        held += sh.variables.heldBytes(count);
      }
    }
    if (held > machine.maxVariableBytes()) {
      throw new Memory.Exhausted(
          "variables: more than "
              + machine.maxVariableBytes()
              + " bytes (the limit of variables is reached)");
    }
  }

  @Override
  public void report(String message) {
    error(message);
    if (errexit) {
      throw new ExpansionError(null, status == 0 ? 1 : status, ExpansionError.Outcome.DISCARD);
    }
  }

  @Override
  public boolean extglob() {
    return options.get(Shopt.extglob);
  }

  @Override
  public boolean posix() {
    return options.get(Opt.POSIX);
  }

  @Override
  public AliasTable aliases() {
    return options.get(Shopt.expand_aliases) && !aliases.isEmpty() ? this : null;
  }

  @Override
  public String lookup(String word) {
    return aliases.get(word);
  }

  public SharedMap<String> aliasMap() {
    return aliases;
  }

  @Override
  public void warning(int at, String message) {
    say(errorName() + ": line " + at + ": warning: " + message);
  }

  /** Standard output of the running builtin; flushed by whoever runs it. */
  public Output out() {
    OpenFile f = files.descriptors().get(1);
    if (f == null) {
      f = ClosedFile.INSTANCE;
    }
    if (out == null || out.file() != f) {
      out = new Output(f);
    }
    return out;
  }

  /** Hands over what {@link #out} holds. */
  void flush() {
    if (out != null) {
      out.flush();
    }
  }

  /** Prints a line on standard error as it is. */
  public void say(String text) {
    if (out != null) {
      try {
        out.flush();
      } catch (Output.WriteError e) {
        // the builtin that wrote it has been told, or will be
      }
    }
    OpenFile f = files.descriptors().get(2);
    if (f != null) {
      byte[] b = dev.qanat.text.Utf8.encode(text + "\n");
      try {
        f.write(b, 0, b.length);
      } catch (VfsException e) {
        // nowhere to say it
      }
    }
  }

  /** Prints {@code bash: line N: message}. */
  public void error(String message) {
    if (!interactive && isOn(Shopt.gnu_errfmt)) {
      say(errorName() + ":" + line + ": " + message);
    } else {
      say(errorPrefix() + message);
    }
  }

  /** Shows what {@code export} and {@code readonly} assign, as if it stood by itself. */
  public void traceDeclared(Object argument) {
    if (xtrace) {
      interpreter.tracing.declared(argument);
    }
  }

  /** {@code bash: line N: }, or {@code bash: } in an interactive shell. */
  public String errorPrefix() {
    return wasInteractive() ? errorName() + ": " : errorName() + ": line " + line + ": ";
  }

  /** As {@link #error}, always beginning with $0: one of our own limits ends the command. */
  void limitReached(String message) {
    discardsTexts = true;
    say((interactive ? errorName() + ": " : name + ": line " + line + ": ") + message);
  }

  /** Prints {@code bash: line N: builtin: message}. */
  public void complain(String builtin, String message) {
    say(errorPrefix() + builtin + ": " + message);
  }

  /** A usage error of a builtin: the message, then {@code builtin: usage: …}; status 2. */
  public int usage(String builtin, String message, String usage) {
    if (message != null) {
      complain(builtin, message);
    }
    say(builtin + ": usage: " + usage);
    return 2;
  }

  /** The name messages begin with: the file the running code came from, else $0. */
  String errorName() {
    if (wasInteractive()) {
      int slash = name.lastIndexOf('/');
      String base = slash >= 0 ? name.substring(slash + 1) : name;
      return base.startsWith("-") ? base.substring(1) : base;
    }
    if (frame != null && frame.source != null && !frame.source.isEmpty()) {
      return frame.source;
    }
    return scriptName != null ? scriptName : name;
  }

  /**
   * Prints an error that ends a shell under {@code set -e} wherever it happens, also where failures
   * are tested: bash's {@code report_error}.
   */
  public void severe(String message) {
    error(message);
    if (errexit) {
      status = status == 0 ? 1 : status;
      exitFor(Exit.AT_ONCE);
    }
  }

  /**
   * Prints why an expression has no value.
   *
   * @param prefix what computes it: {@code "((: "}
   */
  public void failedArithmetic(ArithException e, String prefix) {
    if (e.isRefused()) {
      severe(e.getMessage());
    } else {
      error(e.messageIn(prefix));
    }
  }

  /** For a builtin that goes on after a failed assignment: prints it and gives the status. */
  public int reportFailure(ExpansionError e) {
    String message = e.getMessage();
    if (message != null && !message.isEmpty()) {
      error(message);
    }
    if (errexit && !e.isArithmetic()) {
      status = e.statusBehind(status);
      exitFor(Exit.AT_ONCE);
    }
    return e.statusBehind(status);
  }

  /** Prints the message of a failed expansion and gives up as much as it says. */
  int failed(ExpansionError e) {
    String message = e.getMessage();
    if (message != null && !message.isEmpty()) {
      error(message);
    }
    return giveUp(e);
  }

  /** The source BASH_SOURCE shows for code defined now. */
  String currentSource() {
    if (frame != null) {
      return frame.source;
    }
    return scriptName != null ? scriptName : isCommandString ? "environment" : "main";
  }

  /** The function table. */
  public SharedMap<Function> functions() {
    return functions;
  }

  public int functionDepth() {
    return functionDepth;
  }

  public int sourceDepth() {
    return sourceDepth;
  }

  /** BASH_SUBSHELL. */
  public int subshellDepth() {
    return subshellDepth;
  }

  public int loopDepth() {
    return loopDepth;
  }

  public Interpreter interpreter() {
    return interpreter;
  }

  public CommandHash hash() {
    return hash;
  }

  public DirectoryStack directories() {
    return directories;
  }

  public Getopts getopts() {
    return getopts;
  }

  /** Runs the traps of signals that have arrived. */
  void pollSignals() {
    leaveLoopNow();
    Task task = Sched.get().current();
    if (task.hasCaught() && ownTask) {
      traps.runArrived(task);
    }
  }

  /** Whether a signal ends this shell, which has an EXIT trap and sees to it itself. */
  public boolean diesLater() {
    if (!traps.hasExit() || !Sched.get().current().isDoomed()) {
      return false;
    }
    status = 0;
    control = DYING;
    return true;
  }

  /** Ends the shell as the default action of a signal would. */
  static void die(int signal) {
    Task task = Sched.get().current();
    task.setDisposition(signal, Task.Disposition.DEFAULT);
    task.signal(signal == 0 ? Signal.TERM : signal);
    Sched.checkpoint();
  }

  /** Back to where no function runs, after a task of this shell died in the middle of one. */
  void resetStack() {
    resetUnwinding();
    while (frame != null) {
      interpreter.calls.leave(frame);
    }
    while (variables.depth() > 0) {
      variables.popScope();
    }
    functionDepth = 0;
    sourceDepth = 0;
    nesting = 0;
    texts = 0;
    processFrame = null;
    errexitSuspended = 0;
    optionsChanged();
    depth = 0;
    traps.reset();
    interpreter.redirections.forget();
  }

  /** Hands over what builtins have printed; a failure is theirs to find. */
  public void flushQuietly() {
    if (out != null) {
      try {
        out.flush();
      } catch (Output.WriteError e) {
        // the write's own failure was reported, or its descriptor is being replaced
      }
    }
  }

  /** The shell is over: what it writes into has the rest, and gets to finish. May suspend. */
  void awaitOutputSubstitutions() {
    boolean any = false;
    for (Task t : outputSubstitutions) {
      any |= !t.finished();
    }
    if (any) {
      try {
        files.descriptors().closeAll();
      } catch (VfsException e) {
        // the last write's failure has nobody left to hear it
      }
      for (Task t : outputSubstitutions) {
        t.exited().await();
      }
    }
    outputSubstitutions.clear();
  }

  /** The end of a subshell that ran in its parent's task. */
  void endInTask() {
    if (control != RUN && control != EXIT) {
      // a loop or function of the parent is not this shell's to leave
      control = RUN;
    }
    flushQuietly();
    interpreter.redirections.forget();
  }

  /** The builtin of a name, unless {@code enable -n} switched it off. */
  public Builtin enabledBuiltin(String word) {
    Builtin b = Builtins.get(word);
    return b != null && !disabledBuiltins.isEmpty() && disabledBuiltins.contains(word) ? null : b;
  }

  public boolean builtinEnabled(String word) {
    return enabledBuiltin(word) != null;
  }

  public void enableBuiltin(String word, boolean on) {
    java.util.Set<String> changed = new java.util.HashSet<>(disabledBuiltins);
    if (on) {
      changed.remove(word);
    } else {
      changed.add(word);
    }
    disabledBuiltins = changed;
  }

  /** As the user named it, links included; what {@code pwd} prints. */
  public String workingDirectory() {
    return workingDirectory;
  }

  public void setWorkingDirectory(String path) {
    workingDirectory = path;
  }

  public boolean xtrace() {
    return xtrace;
  }

  /** What {@code $?} was before the running trap; -1 outside of traps. */
  public int statusBeforeTrap() {
    return trapStatus;
  }

  /** Runs text in this shell: {@code eval}. */
  public int eval(String text) {
    return interpreter.calls.eval(text, "eval: ");
  }

  /** Runs a file's content in this shell. */
  public int sourceFile(String path, byte[] content, List<String> args) {
    return interpreter.calls.source(path, content, args);
  }

  /** Runs a command given as words: builtins and programs, not functions. */
  public int runCommand(List<String> args) {
    return interpreter.simple.runWords(args, false);
  }

  /** Runs a function. */
  public int callFunction(Function f, List<String> args) {
    return interpreter.calls.call(f, args);
  }

  public void positionalsWereSet() {
    positionalsChanged = true;
  }

  /** Keeps the redirections of the running {@code exec}. */
  public void keepRedirections() {
    if (interpreter.redirections.pendingExec >= 0) {
      interpreter.redirections.keep(interpreter.redirections.pendingExec);
      interpreter.redirections.pendingExec = -1;
    }
  }

  /** Replaces the shell by a program: runs it and ends the shell with its status. */
  public int execProgram(String argv0, List<String> args, java.util.Map<String, String> env) {
    return interpreter.programs.exec(argv0, args, env);
  }

  public java.util.Map<String, String> exportedEnvironment() {
    return interpreter.programs.environment(null, null);
  }

  /** Makes {@code local -} put the options back when the function returns. */
  public boolean saveOptionsForFunction() {
    Frame f = Frame.function(frame);
    if (f == null) {
      return false;
    }
    if (!f.restoresOptions) {
      f.restoresOptions = true;
      f.savedOptions = options.setBits();
    }
    return true;
  }

  /** Whether the shell's script is a file. */
  public boolean readsFile() {
    return scriptName != null;
  }

  /** Whether {@code local -} was said in the running function. */
  public boolean restoresOptions() {
    Frame f = Frame.function(frame);
    return f != null && f.restoresOptions;
  }

  /** The call stack's n-th frame for {@code caller}: line, function, file; or null. */
  public String[] caller(int n) {
    Frame f = frame;
    for (int i = 0; i < n && f != null; i++) {
      f = f.below;
    }
    if (f == null) {
      return null;
    }
    Frame under = f.below;
    String function = under == null ? (scriptName != null ? "main" : null) : under.name;
    String file = under == null ? (scriptName == null ? null : scriptName) : under.source;
    return new String[] {String.valueOf(f.callLine), function, file};
  }

  public Task lastProcessSubstitution() {
    return lastProcessSubstitution;
  }

  public int lastBackground() {
    return lastBackground;
  }

  public int line() {
    return line;
  }

  public boolean wasInteractive() {
    return interactive || wasInteractive;
  }

  public boolean login() {
    return login;
  }

  /** Runs the traps of signals that have arrived; the first signal, or 0. */
  public int runPendingTraps() {
    return traps.runArrived(Sched.get().current());
  }

  public long startSeconds() {
    return startNanos / 1_000_000_000L;
  }

  public void setFunctionAttributes(
      Function f, boolean exported, boolean readonly, boolean traced) {
    functions.put(f.name(), f.with(exported, readonly, traced));
  }

  public int runWithStandardPath(List<String> args) {
    String before = variables.get("PATH");
    variables.setRaw("PATH", "/bin:/usr/bin");
    try {
      return interpreter.simple.runWords(args, false);
    } finally {
      if (before == null) {
        variables.unset("PATH");
      } else {
        variables.setRaw("PATH", before);
      }
    }
  }

  /** A coprocess that was waited for loses its variables and descriptors. */
  public void closeCoproc(Job job) {
    if (job.coproc != null) {
      interpreter.pipelines.coprocEnded(job);
    }
  }

  /** Continues a job and waits for it: {@code fg}. */
  public int bringToForeground(Job job) {
    job.background = false;
    for (Task t : job.tasks) {
      t.signal(Signal.CONT);
    }
    return jobs.waitForeground(job) ? status : job.status();
  }

  private Readline readline;

  /** What is seen to before the shell ends. */
  public Leaving leaving() {
    return leaving;
  }

  /** The number of the running command. */
  public int commandNumber() {
    return commandNumber;
  }

  /** The line editor's bindings and variables. */
  public Readline readline() {
    if (readline == null) {
      readline = new Readline(variables.get("TERM"));
      readline.setViMode(isOn(Opt.VI));
    }
    return readline;
  }

  /** Takes the running {@code history} command itself out of the history. */
  public void historyEntryGone() {
    if (recordsHistory() && history.size() > 0 && interactive) {
      history.remove(history.next() - 1);
    }
  }

  private HistoryExpansion historyExpansion;

  public HistoryExpansion historyExpansion() {
    if (historyExpansion == null) {
      historyExpansion =
          new HistoryExpansion(history, this::extglob, () -> isOn(Shopt.interactive_comments));
    }
    return historyExpansion;
  }

  /**
   * Something has happened while a line is typed: traps run, jobs are told of if the user wants to
   * hear of them at once, and the window may have another size. True when the line is given up.
   */
  public boolean wokenAtPrompt() {
    controllingTerminal.takeSize();
    jobs.notifyNow();
    pollSignals();
    return unwinding();
  }

  /** Whether commands are remembered. */
  public boolean recordsHistory() {
    return options.get(Opt.HISTORY);
  }

  /** The words of {@code compgen -W}: split by IFS, quotes understood, each expanded. */
  public List<String> splitWordList(String text) {
    return WordList.split(this, text);
  }

  /** The output of a command, as {@code $(…)} gives it. */
  public String outputOf(String command) {
    return interpreter.substitutions.outputOf(Substitution.read(command, this));
  }
}
