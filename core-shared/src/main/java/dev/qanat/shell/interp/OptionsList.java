package dev.qanat.shell.interp;

import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;

/** Options as {@code set -o} and {@code shopt} print them. */
public final class OptionsList {
  private OptionsList() {}

  /** All of {@code set}, as a table or, not {@code readable}, as commands. */
  public static void printSet(Shell sh, boolean readable) {
    for (Opt o : Opt.values()) {
      printSet(sh, o, readable);
    }
  }

  public static void printSet(Shell sh, Opt o, boolean readable) {
    boolean on = sh.isOn(o);
    sh.out()
        .line(
            readable
                ? pad(o.text(), 15) + "\t" + (on ? "on" : "off")
                : "set " + (on ? "-" : "+") + "o " + o.text());
  }

  public static void printShopt(Shell sh, boolean commands) {
    for (Shopt o : Shopt.values()) {
      printShopt(sh, o, commands);
    }
  }

  public static void printShopt(Shell sh, Shopt o, boolean commands) {
    boolean on = sh.isOn(o);
    sh.out()
        .line(
            commands
                ? "shopt " + (on ? "-s " : "-u ") + o.name()
                : pad(o.name(), 15) + "\t" + (on ? "on" : "off"));
  }

  private static String pad(String s, int width) {
    return s.length() >= width ? s : s + " ".repeat(width - s.length());
  }
}
