package dev.qanat.command.data.awk;

/** An error that ends the run; the message goes after the command's name. */
final class AwkError extends RuntimeException {
  final int status;

  /** Complete lines, each to be printed after {@code awk: }. */
  AwkError(String message, int status) {
    super(message, null, false, false);
    this.status = status;
  }
}
