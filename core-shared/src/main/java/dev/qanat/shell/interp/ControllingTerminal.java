package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.terminal.Terminal;
import dev.qanat.terminal.TerminalModes;

/** Who of an interactive shell and its jobs reads the keyboard and is hit by its signals. */
final class ControllingTerminal {
  private final Shell sh;
  private TerminalModes modesBefore; // as they were when a job was given the terminal

  ControllingTerminal(Shell sh) {
    this.sh = sh;
  }

  private Terminal terminal() {
    return sh.terminal && sh.files().descriptors().get(0) instanceof Terminal t ? t : null;
  }

  /** Lets a job read the keyboard and get its signals. */
  void give(int group) {
    Terminal t = terminal();
    if (t != null) {
      modesBefore = t.modes().copy();
      t.setForeground(group);
    }
  }

  /**
   * Takes the keyboard back.
   *
   * @param restore the job may have left the terminal's modes as only it wanted them
   */
  void takeBack(boolean restore) {
    Terminal t = terminal();
    if (t == null) {
      return;
    }
    t.setForeground(Sched.get().current().group());
    if (restore && modesBefore != null) {
      t.setModes(modesBefore);
    }
    if (sh.isOn(Shopt.checkwinsize)) {
      takeSize();
    }
  }

  /** Sets COLUMNS and LINES to the size of the window. */
  void takeSize() {
    Terminal t = terminal();
    if (t != null) {
      sh.variables().setRaw("COLUMNS", String.valueOf(t.columns()));
      sh.variables().setRaw("LINES", String.valueOf(t.rows()));
    }
  }
}
