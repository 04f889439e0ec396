package dev.qanat.shell.interp;

import dev.qanat.shell.expand.ExpansionError;

/**
 * How a shell leaves what it is running: {@code break}, {@code continue}, {@code return}, {@code
 * exit} and failed expansions. What is being unwound is a value that whoever runs commands looks at
 * after each, not an exception.
 */
abstract class Unwinding extends ShellState {
  /** Nothing is being unwound. */
  static final int RUN = 0;

  static final int BREAK = 1;
  static final int CONTINUE = 2;
  static final int RETURN = 3;

  /** The shell is to end with {@link #status}. */
  static final int EXIT = 4;

  /** The command that was read at top level is given up; the next one runs. */
  static final int DISCARD = 5;

  /** What is being unwound; one of the constants above. */
  int control;

  /** What is being discarded goes on through {@code eval} and sourced files. */
  boolean discardsTexts;

  /** Why the shell exits, which decides on the redirections its EXIT trap runs with. */
  enum Exit {
    BUILTIN,
    FAILURE,
    EXPANSION,
    /** A failed expansion that bash leaves with nothing put back. */
    JUMP
  }

  Exit exit = Exit.BUILTIN;

  /**
   * Whether the functions that ran when the shell was ended are over when its EXIT trap runs. They
   * are not after {@code exit}; under {@code set -e} only their local variables are gone.
   */
  boolean exitUnwinds() {
    return exit == Exit.EXPANSION && !errexit;
  }

  /** Loops still to leave or to go on with. */
  int controlCount;

  int loopDepth;

  /** Whether the shell is in POSIX mode, where failed expansions end it. */
  public abstract boolean posix();

  /** Makes the shell end with a status, after what is running has been unwound. */
  public void exit(int withStatus) {
    exit = Exit.BUILTIN;
    status = withStatus & 255;
    control = EXIT;
  }

  /** Whether something is being unwound: whoever runs commands in a loop stops then. */
  public boolean unwinding() {
    return control != RUN;
  }

  /** Begins to leave loops: {@code break}. */
  public void leaveLoops(int count) {
    control = BREAK;
    controlCount = Math.min(count, loopDepth);
  }

  /** Begins the next turn of a loop: {@code continue}. */
  public void continueLoops(int count) {
    control = CONTINUE;
    controlCount = Math.min(count, loopDepth);
  }

  /** Begins to leave the running function or sourced file. */
  public void leaveFunction(int withStatus) {
    statusBeforeReturn = status;
    status = withStatus;
    control = RETURN;
  }

  /** Gives up as much as a failed expansion says, with nothing printed. */
  int giveUp(ExpansionError e) {
    status = e.status();
    boolean exits = e.outcome() == ExpansionError.Outcome.EXIT && !interactive;
    exits |= posix() && !interactive;
    if (exits && isCommandString && subshellDepth == 0 && !e.discardsTexts()) {
      status = 127;
    }
    if (!exits && errexit && !e.isArithmetic()) {
      exits = true;
    }
    control = exits ? EXIT : DISCARD;
    exit = traceLevel > 0 || e.isArithmetic() ? Exit.JUMP : Exit.EXPANSION;
    discardsTexts |= e.discardsTexts();
    return status;
  }

  /** Gives up the command read at top level. */
  int discard(int withStatus) {
    status = withStatus;
    control = DISCARD;
    return withStatus;
  }

  /** Gives the command up; a shell that is not interactive exits instead. */
  int discardOrExit(int withStatus) {
    if (interactive) {
      return discard(withStatus);
    }
    exit(withStatus);
    return withStatus;
  }

  /** Gives up the command read at top level: a builtin's arguments make no sense. */
  public int giveUpCommand(int withStatus) {
    return discard(withStatus);
  }

  /** Gives up the command, and with it all of {@code -c}'s text. */
  public int giveUpText(int withStatus) {
    if (isCommandString) {
      exit(withStatus);
      return withStatus;
    }
    discardsTexts = true;
    return discard(withStatus);
  }

  /** Ctrl-C in a builtin: the command is given up with status 130. */
  public void interrupt() {
    discardsTexts = true;
    discard(130);
  }

  /** After a function that a completion ran: what it gave up is only its own. */
  public void forgetFailure() {
    if (control == DISCARD) {
      control = RUN;
    }
  }

  /** Back to top level: whatever was unwound is over. */
  void resetUnwinding() {
    control = RUN;
    discardsTexts = false;
    controlCount = 0;
    failuresIgnored = 0;
    loopDepth = 0;
  }

  void resetUnwindingUnlessExit() {
    if (control != EXIT) {
      control = RUN;
      controlCount = 0;
    }
  }
}
