package dev.qanat.shell.syntax;

import java.util.List;

/**
 * Commands joined by {@code |}. A command before {@code |&} carries the redirection {@code 2>&1} as
 * its last one, which is how bash reads it. {@code time} or {@code !} with nothing behind has one
 * empty {@link Command.Simple}.
 *
 * @param negated an odd number of {@code !} stood in front
 * @param timed preceded by {@code time}
 * @param timePosix preceded by {@code time -p} or {@code time --}
 */
public record Pipeline(
    boolean negated, boolean timed, boolean timePosix, List<Command> commands, Position position) {}
