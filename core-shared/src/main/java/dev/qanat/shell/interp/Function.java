package dev.qanat.shell.interp;

import dev.qanat.shell.syntax.Command;

/** A defined function: its tree, the file it was read from, and its attributes. */
public final class Function {
  private final Command.Function tree;
  private final String source;
  private final int line;
  final boolean exported;
  final boolean readonly;
  final boolean traced;

  /** What {@link Safety} found out about the body, remembered. */
  byte safety;

  Function(
      Command.Function tree,
      String source,
      int line,
      boolean exported,
      boolean readonly,
      boolean traced) {
    this.tree = tree;
    this.source = source;
    this.line = line;
    this.exported = exported;
    this.readonly = readonly;
    this.traced = traced;
  }

  public String name() {
    return tree.name();
  }

  public Command.Function tree() {
    return tree;
  }

  /** What BASH_SOURCE shows while it runs. */
  public String source() {
    return source;
  }

  /** The line of its definition. */
  public int line() {
    return line;
  }

  public boolean exported() {
    return exported;
  }

  public boolean readonly() {
    return readonly;
  }

  public boolean traced() {
    return traced;
  }

  Function with(boolean export, boolean readOnly, boolean trace) {
    return new Function(tree, source, line, export, readOnly, trace);
  }
}
