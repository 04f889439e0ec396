package dev.qanat.shell.interp;

/** What the host wants to know of, or decide about, as shells run. */
public interface ShellHooks {
  ShellHooks NONE = new ShellHooks() {};

  /**
   * Called before a program is run in a shell. Returns null to let it run, or a message to refuse
   * it with status 126.
   */
  default String refuse(String name, java.util.List<String> args) {
    return null;
  }
}
