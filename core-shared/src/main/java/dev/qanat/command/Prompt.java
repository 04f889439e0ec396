package dev.qanat.command;

/** Questions a command asks before it goes on. */
public final class Prompt {
  private Prompt() {}

  /** Prints the question on standard error and reads a line; true when it begins with y or Y. */
  public static boolean ask(Invocation in, String question) {
    in.stdout().flush();
    in.stderr().write(question);
    in.stderr().flush();
    Input answer = in.stdin();
    return answer.nextLine()
        && answer.end > answer.start
        && (answer.data[answer.start] | 32) == 'y';
  }
}
