package dev.qanat.shell.interp;

import dev.qanat.shell.syntax.Command;

/** A defined function: its tree, the file it was read from, and its attributes. */
public final class Function {
  private final Command.Function tree;
  private final String source;
  private final int lineOffset;
  final boolean exported;
  final boolean readonly;
  final boolean traced;

  /** What {@link Safety} found out about the body, remembered. */
  byte safety;

  Function(
      Command.Function tree,
      String source,
      int lineOffset,
      boolean exported,
      boolean readonly,
      boolean traced) {
    this.tree = tree;
    this.source = source;
    this.lineOffset = lineOffset;
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
    return tree.position().line() + lineOffset;
  }

  /** The line its body begins on. */
  int entryLine() {
    return tree.entry().line() + lineOffset;
  }

  /** What the lines in its tree lack to those of its file. */
  int lineOffset() {
    return lineOffset;
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
    return new Function(tree, source, lineOffset, export, readOnly, trace);
  }
}
