package dev.qanat.command.data.jq;

/** An activation of a function or closure. */
final class Frame {
  /** Code with the frame its free variables live in. */
  record Closure(Code code, Frame frame) {}

  final Frame outer; // of the function around ours in the source
  final Frame caller;
  final Code callerCode;
  final int callerPc;
  final Object[] variables;
  Closure[] params;
  final int depth;

  Frame(Frame outer, Frame caller, Code callerCode, int callerPc, int variables) {
    this.outer = outer;
    this.caller = caller;
    this.callerCode = callerCode;
    this.callerPc = callerPc;
    this.variables = variables == 0 ? null : new Object[variables];
    this.depth = caller == null ? 0 : caller.depth + 1;
  }
}
