package dev.qanat.shell.syntax;

import java.util.List;

/**
 * A command: simple, compound, a function definition, or a coprocess. Its position has the line
 * that bash gives the command, which is not always the one it starts on: a simple command's is that
 * of the token behind its first word, a loop's that of its variable, the one of {@code ( )} and
 * {@code (( ))} that of the closing parenthesis, the one of {@code [[ ]]} that of the term read
 * last.
 */
public sealed interface Command {
  Position position();

  /** The redirections of the command itself, in the order they stand. */
  List<Redirect> redirects();

  /**
   * Assignments, then a command name and its arguments; any part may be missing. Words that look
   * like assignments among the arguments say so in {@link Word#assignment()}; the literal of {@code
   * declare -a x=(1 2)} is there too.
   */
  record Simple(
      List<Assignment> assignments, List<Word> words, List<Redirect> redirects, Position position)
      implements Command {}

  /** {@code { list; }}. */
  record BraceGroup(CommandList body, List<Redirect> redirects, Position position)
      implements Command {}

  /** {@code ( list )}. */
  record Subshell(CommandList body, List<Redirect> redirects, Position position)
      implements Command {}

  /**
   * {@code if … then … elif … then … else … fi}.
   *
   * @param otherwise the {@code else} part, or null
   */
  record If(
      List<IfClause> clauses, CommandList otherwise, List<Redirect> redirects, Position position)
      implements Command {
    /** {@code elif} means what an {@code if} behind {@code else} does, and is printed as one. */
    @Override
    public boolean equals(Object other) {
      return other instanceof If i
          && i.redirects.equals(redirects)
          && i.clauses.get(0).equals(clauses.get(0))
          && java.util.Objects.equals(i.rest(), rest());
    }

    @Override
    public int hashCode() {
      return clauses.get(0).hashCode();
    }

    /** What is run when the first condition is false, or null. */
    private CommandList rest() {
      if (clauses.size() == 1) {
        return otherwise;
      }
      If rest = new If(clauses.subList(1, clauses.size()), otherwise, List.of(), position);
      Pipeline pipeline = new Pipeline(false, false, false, List.of(rest), position);
      AndOr andOr = new AndOr(pipeline, List.of());
      return new CommandList(
          List.of(new CommandList.Item(andOr, CommandList.Terminator.SEMICOLON)));
    }
  }

  /** {@code if condition; then body} or the same with {@code elif}. */
  record IfClause(CommandList condition, CommandList body) {}

  /**
   * {@code for variable in words; do body; done}.
   *
   * @param words null when there was no {@code in}: the positional parameters
   * @param variable any word; the interpreter checks that it is a name
   */
  record For(
      String variable,
      List<Word> words,
      CommandList body,
      List<Redirect> redirects,
      Position position)
      implements Command {
    /** No words are {@code in "$@"}. */
    @Override
    public boolean equals(Object other) {
      return other instanceof For l
          && l.variable.equals(variable)
          && orParameters(l.words).equals(orParameters(words))
          && l.body.equals(body)
          && l.redirects.equals(redirects);
    }

    @Override
    public int hashCode() {
      return variable.hashCode();
    }
  }

  /** {@code for ((init; condition; step)); do body; done}. Missing expressions are empty. */
  record ArithFor(
      Arithmetic init,
      Arithmetic condition,
      Arithmetic step,
      CommandList body,
      List<Redirect> redirects,
      Position position)
      implements Command {}

  /** {@code while} or, with {@code until} set, {@code until}. */
  record While(
      boolean until,
      CommandList condition,
      CommandList body,
      List<Redirect> redirects,
      Position position)
      implements Command {}

  /** {@code case word in clauses esac}. */
  record Case(Word word, List<CaseClause> clauses, List<Redirect> redirects, Position position)
      implements Command {}

  /** {@code patterns) body ;;}. */
  record CaseClause(List<Word> patterns, CommandList body, CaseEnd end) {}

  /** How a clause of {@code case} ends. */
  enum CaseEnd {
    /** {@code ;;}, or nothing before {@code esac}. */
    BREAK,
    /** {@code ;&}: run the next clause's body. */
    FALL_THROUGH,
    /** {@code ;;&}: go on testing the next clauses. */
    TEST_NEXT
  }

  /** {@code select variable in words; do body; done}; {@code words} is null without {@code in}. */
  record Select(
      String variable,
      List<Word> words,
      CommandList body,
      List<Redirect> redirects,
      Position position)
      implements Command {
    /** No words are {@code in "$@"}. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Select l
          && l.variable.equals(variable)
          && orParameters(l.words).equals(orParameters(words))
          && l.body.equals(body)
          && l.redirects.equals(redirects);
    }

    @Override
    public int hashCode() {
      return variable.hashCode();
    }
  }

  /** {@code [[ expression ]]}. */
  record Cond(CondExpr expression, List<Redirect> redirects, Position position)
      implements Command {}

  /** {@code (( expression ))}. */
  record Arith(Arithmetic expression, List<Redirect> redirects, Position position)
      implements Command {}

  /**
   * {@code name () body}. Redirections behind the body are the body's own and apply at each call.
   *
   * @param keyword written with {@code function}
   * @param position of the parentheses, or of the name where there are none
   * @param entry of the body's brace: the line a call begins with
   */
  record Function(String name, boolean keyword, Command body, Position position, Position entry)
      implements Command {
    @Override
    public List<Redirect> redirects() {
      return List.of();
    }

    /** Printed, a function has no keyword, and braces around its body. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Function f && f.name.equals(name) && f.braced().equals(braced());
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    private BraceGroup braced() {
      if (body instanceof BraceGroup group) {
        return group;
      }
      Pipeline pipeline = new Pipeline(false, false, false, List.of(body), position);
      AndOr andOr = new AndOr(pipeline, List.of());
      return new BraceGroup(
          new CommandList(List.of(new CommandList.Item(andOr, CommandList.Terminator.SEMICOLON))),
          List.of(),
          position);
    }
  }

  /** {@code coproc name command}; the name is {@code COPROC} when none was given. */
  record Coproc(String name, Command command, Position position) implements Command {
    @Override
    public List<Redirect> redirects() {
      return List.of();
    }
  }

  /** The words of a loop; those of one without {@code in} are the positional parameters. */
  private static List<Word> orParameters(List<Word> words) {
    return words != null ? words : List.of(Word.of("\"$@\""));
  }
}
