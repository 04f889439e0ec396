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

  /**
   * The shell has sent itself a signal that ends it, but has an EXIT trap: it goes on to where the
   * next command would begin and dies there.
   */
  static final int DYING = 6;

  /** What is being unwound; one of the constants above. */
  int control;

  /** What is being discarded goes on through {@code eval} and sourced files. */
  boolean discardsTexts;

  /** Why the shell exits, which decides on what its EXIT trap still finds in place. */
  enum Exit {
    /** {@code exit}: the functions that ran are as they were. */
    BUILTIN,
    /** {@code set -e}: sourced files are over, and of functions their local variables. */
    FAILURE,
    /** A failed expansion: see {@link #exitUnwinds}. */
    EXPANSION,
    /** A failed expansion under {@code set -e}, or a signal: the trap runs on the spot. */
    AT_ONCE
  }

  Exit exit = Exit.BUILTIN;

  /** How many loops {@code break} in an EXIT trap would take itself to be in. */
  int loopsAtExit;

  /** A failed expansion gives up no more than the texts that run and what they called. */
  private boolean jumps;

  /** A text begins to run. */
  void enterText() {
    if (texts++ == 0) {
      loopsAroundTexts = loopDepth;
    }
  }

  /** The shell is to end. */
  void exitFor(Exit reason) {
    control = EXIT;
    exit = reason;
    jumps = texts > 0;
    loopsAtExit = jumps ? loopsAroundTexts : reason == Exit.EXPANSION ? 0 : loopDepth;
  }

  /**
   * Whether the functions and files that are left now, after a failed expansion has ended the
   * shell, are over when its EXIT trap runs.
   */
  boolean exitUnwinds() {
    return exit == Exit.EXPANSION && (texts > 0 || isCommandString || !jumps);
  }

  /** Whether what the EXIT trap of a subshell finds has none of the calls around it. */
  boolean givesUpAllCalls() {
    return control == EXIT && exit == Exit.EXPANSION && !jumps && !isCommandString;
  }

  /** Whether what a call has put in place stays for the EXIT trap. */
  boolean callsStay() {
    return control == EXIT && exit != Exit.FAILURE && !exitUnwinds();
  }

  /** Loops still to leave or to go on with. */
  int controlCount;

  int loopDepth;

  /** Whether the shell is in POSIX mode, where failed expansions end it. */
  public abstract boolean posix();

  /** Makes the shell end with a status, after what is running has been unwound. */
  public void exit(int withStatus) {
    status = withStatus & 255;
    exitFor(Exit.BUILTIN);
  }

  /** Whether something is being unwound: whoever runs commands in a loop stops then. */
  public boolean unwinding() {
    return control != RUN;
  }

  /** Whether loops are being left or their next turn begins. */
  final boolean leavesLoops() {
    return control == BREAK || control == CONTINUE;
  }

  /** Lets the command run to its end before whose DEBUG trap there was a {@code break}. */
  void leaveLoopLater() {
    laterControl = control;
    control = RUN;
  }

  /** Begins to leave the loop if a DEBUG trap has said so; whether it has. */
  boolean leaveLoopNow() {
    if (laterControl == RUN) {
      return false;
    }
    if (control == RUN) {
      control = laterControl;
    }
    laterControl = RUN;
    return true;
  }

  private int laterControl = RUN;

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
    status = e.statusBehind(status);
    boolean exits = e.outcome() == ExpansionError.Outcome.EXIT && !interactive;
    exits |= posix() && !interactive;
    if (exits && isCommandString && subshellDepth == 0 && !e.discardsTexts()) {
      status = errexit ? 1 : 127; // under set -e the message alone ends it
    }
    if (!exits && errexit && !e.isArithmetic()) {
      exits = true;
    }
    if (!exits) {
      control = DISCARD;
    } else if (errexit && !e.isArithmetic()) {
      exitFor(Exit.AT_ONCE);
    } else {
      exitFor(Exit.EXPANSION);
      jumps |= e.isArithmetic();
    }
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
