package dev.qanat.shell.interp.builtin;

import dev.qanat.command.Output;
import dev.qanat.sched.Signal;

/** Signals as {@code kill -l} and {@code trap -l} show and read them. */
final class SignalNames {
  private SignalNames() {}

  /** A name or number, {@code EXIT} and 0 included; -1 when it is none. */
  static int parse(String s) {
    return s.isEmpty() || s.equalsIgnoreCase("SIGEXIT") ? -1 : Signal.parse(s);
  }

  /** All signals' names, without SIG, on one line. */
  static void line(Output out) {
    String blank = "";
    for (int s = 1; s < Signal.COUNT; s++) {
      if (Signal.name(s) != null) {
        out.write(blank + Signal.name(s));
        blank = " ";
      }
    }
    out.write('\n');
  }

  /** All signals in five columns. */
  static void table(Output out) {
    int column = 0;
    for (int s = 1; s < Signal.COUNT; s++) {
      String name = Signal.name(s);
      if (name == null) {
        continue;
      }
      out.write((s < 10 ? " " : "") + s + ") SIG" + name);
      if (++column < 5) {
        out.write('\t');
      } else {
        out.write('\n');
        column = 0;
      }
    }
    if (column > 0) {
      out.write('\n');
    }
  }
}
