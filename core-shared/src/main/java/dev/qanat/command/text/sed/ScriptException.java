package dev.qanat.command.text.sed;

/** A script that cannot be compiled; the message is complete but for the command's name. */
final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final int status;

  ScriptException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }
}
