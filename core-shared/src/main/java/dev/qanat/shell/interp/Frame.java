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

  /** Arguments, for BASH_ARGV. */
  List<String> args;

  /** The option bits to put back when {@code local -} was used. */
  boolean restoresOptions;

  long savedOptions;

  Frame(Frame below, String name, String source, int callLine, boolean function) {
    this.below = below;
    this.name = name;
    this.source = source;
    this.callLine = callLine;
    this.function = function;
  }
}
