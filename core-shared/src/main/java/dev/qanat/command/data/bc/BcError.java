package dev.qanat.command.data.bc;

/** What ends the line that runs or is read; the message is complete but for the line's number. */
final class BcError extends RuntimeException {
  BcError(String message) {
    super(message, null, false, false);
  }
}
