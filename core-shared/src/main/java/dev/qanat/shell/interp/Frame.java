package dev.qanat.shell.interp;

import java.util.List;

/** A running function or sourced file: what {@code caller}, FUNCNAME and their kin show. */
final class Frame {
  final Frame below;

  /** The function's name; {@code source} for a sourced file. */
  final String name;

  /** The file the code stands in. */
  final String source;

  /** The line of the call. */
  final int callLine;

  final boolean function;

  /** The line of the function's definition; 0 for a sourced file. */
  int definedLine;

  /** Arguments, for BASH_ARGV. */
  List<String> args;

  /** For a sourced file: it was given arguments of its own. */
  boolean hasArguments;

  /** The option bits to put back when {@code local -} was used. */
  boolean restoresOptions;

  long savedOptions;

  /** What the caller had, to be put back. */
  final List<String> positional;

  final int loopDepth;
  final int lineOffset;
  final int failureLine;

  /** The caller's traps that are hidden from the function; null when they are not. */
  String hiddenErr;

  String hiddenDebug;
  String hiddenReturn;

  /** A frame on top of the shell's, with all of the shell's state that its end restores. */
  Frame(Shell sh, String name, String source, boolean function) {
    this.below = sh.frame;
    this.positional = sh.positional;
    this.loopDepth = sh.loopDepth;
    this.lineOffset = sh.lineOffset;
    this.failureLine = sh.failureLine;
    this.name = name;
    this.source = source;
    this.callLine = sh.line;
    this.function = function;
  }

  /**
   * How far an interactive shell's lines are to be taken back so that they count from the start of
   * the running function.
   */
  static int linesBefore(Frame frame) {
    for (Frame f = frame; f != null; f = f.below) {
      if (!f.function) {
        return 0;
      }
    }
    return frame == null ? 0 : frame.definedLine - 1;
  }

  /** The innermost function from a frame on, or null. */
  static Frame function(Frame from) {
    Frame f = from;
    while (f != null && !f.function) {
      f = f.below;
    }
    return f;
  }
}
