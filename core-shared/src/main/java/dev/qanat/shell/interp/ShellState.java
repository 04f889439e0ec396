package dev.qanat.shell.interp;

import dev.qanat.sched.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * What a shell process remembers in plain values from one command to the next: its parameters and
 * statuses, where in the script and how deep in calls it is.
 */
abstract class ShellState {
  /** $0. */
  String name = "bash";

  List<String> positional = new ArrayList<>();

  /** The positional parameters at the bottom of BASH_ARGV; null until it is asked for. */
  List<String> startArguments;

  /** $?. */
  public int status;

  /**
   * The statuses of the last pipeline, none before the first; null when it was the single command
   * of {@link #singleStatus}.
   */
  int[] pipeStatus = {};

  int singleStatus;

  /** $? where {@code return} was called, which is what a RETURN trap sees. */
  int statusBeforeReturn;

  /** $_, kept here and not among the variables until it is asked for. */
  String lastArgument = "";

  /** The texts on top of each other that run: of {@code eval}, sourced files, traps. */
  int texts;

  /** How many loops run around the outermost of those. */
  int loopsAroundTexts;

  /** The function that is all this process runs: its frame stays for the EXIT trap. */
  Frame processFrame;

  /** The innermost running function or sourced file. */
  Frame frame;

  int functionDepth;

  /** A failed expansion ended the last function: FUNCNAME shows {@code main} until one returns. */
  boolean leftFunction;

  int sourceDepth;

  /** Functions, evals, sourced files and in-task subshells on this task's stack. */
  int nesting;

  /** Commands within each other on this task's stack. */
  int depth;

  /**
   * bash's counter of lines, which its reader and its commands share: the line last read, and while
   * a command with a line of its own runs, that one. What is given up leaves it where it was.
   */
  int line = 1;

  /** What the lines in the tree being run lack to {@link #line}: more than 0 in substitutions. */
  int lineOffset;

  /** The line an ERR trap is shown: of the simple command, pipeline or subshell last begun. */
  int failureLine = 1;

  /** For BASH_COMMAND. */
  Object currentCommand;

  /** The file the shell reads its script from, for BASH_SOURCE; null for -c and stdin. */
  String scriptName;

  /** The text of -c, for BASH_EXECUTION_STRING. */
  String commandString;

  boolean interactive;
  boolean login;
  boolean readsStdin;
  boolean isCommandString;

  /** The job commands and prompts are for a person at a terminal. */
  boolean terminal;

  /** $$. */
  int pid;

  int parentPid;

  /** How deep in subshells this is: BASH_SUBSHELL. */
  int subshellDepth;

  /** The signal this subshell brought on itself while it ran in its parent's task; or 0. */
  int deathSignal;

  /** Above 0, failures of commands end nothing (set -e) and set off no ERR trap. */
  int failuresIgnored;

  /** The status of the last command substitution since a command began, or -1. */
  int substitutionStatus = -1;

  /** $!, 0 when there was none. */
  int lastBackground;

  /** Prefix for messages while eval, -c's parsing and the like report: {@code eval: }. */
  String builtinName;

  long startNanos;
  long secondsOffset;

  /** Process substitutions of the running command, closed when it is over. */
  List<Integer> processFiles = new ArrayList<>();

  /** The tasks of {@code >(…)}, which get to finish before the shell's end is seen. */
  final List<Task> outputSubstitutions = new ArrayList<>();

  /** Task of the last process substitution. */
  Task lastProcessSubstitution;

  /** While an EXIT or other trap runs: what $? was. */
  int trapStatus = -1;

  /** Lines the interactive shell or script reads from; null for none. */
  ScriptSource script;

  int commandNumber = 1;

  /** What the shell itself is called where {@code $0} is its script; null for {@code $0}. */
  String shellName;

  /** The coprocesses whose descriptors this shell holds; a subshell does not get them. */
  final List<Job> coprocs = new ArrayList<>();

  /** The name of the coprocess that was started last. */
  String lastCoproc;

  /** This shell runs a substitution; not a subshell of one that does. */
  boolean substitutionShell;

  /** PS1 or PS2 is being made. */
  boolean prompting;

  /** How often {@code +} is repeated in traces. */
  int traceLevel;

  /** A process of its own for {@code ( )}, a stage or a job, not a command substitution. */
  boolean apart;

  /** Started with {@code &}. */
  boolean asynchronous;

  /** SIGINT and SIGQUIT are ignored, as for {@code &} without job control. */
  boolean ignoresInterrupts;

  /** {@code set --} or {@code shift} changed the positional parameters of a sourced file. */
  boolean positionalsChanged;

  String wordBreaks = " \t\n\"'@><=;|&(:";

  /** The working directory as the user named it, links included. */
  String workingDirectory;

  /** A subshell of an interactive shell. */
  boolean wasInteractive;

  /** Begun with {@code --noediting}. */
  public boolean noEditing;

  /** Where {@code set -x} writes: a descriptor of BASH_XTRACEFD, or -1 for standard error. */
  int traceDescriptor = -1;

  /** Copies of two options that every command asks for. */
  boolean xtrace;

  boolean errexit;

  /**
   * Above 0, {@code set -e} does nothing: {@code eval}, {@code source} or {@code command} runs
   * where failures are tested.
   */
  int errexitSuspended;

  /** See {@link Shell#restrict}. */
  boolean restricted;

  /** Takes over what a subshell begins with. */
  void inherit(ShellState parent) {
    name = parent.name;
    positional = parent.positional;
    status = parent.status;
    pipeStatus = parent.pipeStatus;
    singleStatus = parent.singleStatus;
    lastArgument = parent.lastArgument;
    frame = parent.frame;
    functionDepth = parent.functionDepth;
    leftFunction = parent.leftFunction;
    sourceDepth = parent.sourceDepth;
    nesting = parent.nesting;
    texts = parent.texts;
    loopsAroundTexts = parent.loopsAroundTexts;
    depth = parent.depth;
    line = parent.line;
    lineOffset = parent.lineOffset;
    failureLine = parent.failureLine;
    currentCommand = parent.currentCommand;
    scriptName = parent.scriptName;
    commandString = parent.commandString;
    isCommandString = parent.isCommandString;
    readsStdin = parent.readsStdin;
    login = parent.login;
    wasInteractive = parent.interactive || parent.wasInteractive;
    noEditing = parent.noEditing;
    pid = parent.pid;
    parentPid = parent.parentPid;
    subshellDepth = parent.subshellDepth + 1;
    failuresIgnored = parent.failuresIgnored;
    lastBackground = parent.lastBackground;
    startNanos = parent.startNanos;
    secondsOffset = parent.secondsOffset;
    trapStatus = parent.trapStatus;
    substitutionShell = parent.substitutionShell;
    traceLevel = parent.traceLevel;
    traceDescriptor = parent.traceDescriptor;
    commandNumber = parent.commandNumber;
    shellName = parent.shellName;
    wordBreaks = parent.wordBreaks;
    workingDirectory = parent.workingDirectory;
    restricted = parent.restricted;
    startArguments = parent.startArguments;
    xtrace = parent.xtrace;
    errexit = parent.errexit;
    errexitSuspended = parent.errexitSuspended;
  }
}
