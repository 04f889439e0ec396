package dev.qanat.command.data.jq;

/** A program that does not compile. */
final class SyntaxError extends RuntimeException {
  /** The byte of the source it is about, or -1. */
  final int position;

  SyntaxError(String message, int position) {
    super(message, null, false, false);
    this.position = position;
  }
}
