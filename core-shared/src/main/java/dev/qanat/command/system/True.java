package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;

/** true and false, and what else only has a status. */
public final class True implements Command {
  private final int status;

  /** {@code status}: what every run gives. */
  public True(int status) {
    this.status = status;
  }

  @Override
  public int run(Invocation in) {
    if (in.args().size() == 1
        && (in.args().get(0).equals("--help") || in.args().get(0).equals("--version"))) {
      try {
        Options.of(in.name())
            .usage("[ignored command line arguments]\nOPTION")
            .about("Exit with a status code indicating " + (status == 0 ? "success." : "failure."))
            .parse(in);
      } catch (Command.Exit e) {
        return status;
      }
    }
    return status;
  }
}
