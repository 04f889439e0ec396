package dev.qanat.command;

/**
 * A program. One object serves all its runs, several at a time: what belongs to a run lives in the
 * {@link Invocation} or in local variables.
 */
public interface Command {
  /**
   * Runs to its end and returns the exit status, 0 to 255. May suspend. May throw {@link Exit} to
   * end early, and lets {@link dev.qanat.vfs.VfsException} pass where the only answer is a message
   * and status 1.
   */
  int run(Invocation in);

  /** Ends a run from deep inside it. Its message, if any, has been printed. */
  final class Exit extends RuntimeException {
    private final int status;

    public Exit(int status) {
      super(null, null, false, false);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }
}
