package dev.qanat.text.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Instructions over characters for {@link Backtracker}: each has an operation, two operands and a
 * character set. Unlike {@link Nfa} it keeps captures and knows references and look-around.
 */
final class Program {
  /** Consumes a character of {@code set}, then goes on at x. */
  static final int CHARS = 0;

  /** Consumes the character y, then goes on at x. */
  static final int CHAR = 1;

  /** Tries x, then y. */
  static final int SPLIT = 2;

  /** Remembers the position in register y, then goes on at x. */
  static final int SAVE = 3;

  /** Goes on at x if assertion y holds. */
  static final int ASSERT = 4;

  /** Consumes what capture y matched, then goes on at x. */
  static final int REFERENCE = 5;

  /** As {@link #REFERENCE}, ignoring case. */
  static final int REFERENCE_FOLDED = 6;

  /** Goes on at x if the program at y matches here. */
  static final int AHEAD = 7;

  /** Goes on at x if the program at y does not match here. */
  static final int NOT_AHEAD = 8;

  /** Goes on at x if the program at y matches some text that ends here. */
  static final int BEHIND = 9;

  /** Goes on at x if the program at y matches no text that ends here. */
  static final int NOT_BEHIND = 10;

  /** Matches the program at y here once, then goes on at x behind what it matched. */
  static final int ATOMIC = 11;

  /**
   * Consumes as many characters of {@code set} as possible (at least z), gives them back one by
   * one; then x.
   */
  static final int RUN = 12;

  /**
   * Goes on at x if the position differs from register y, that is, if the turn of the loop consumed
   * anything.
   */
  static final int PROGRESS = 13;

  /** The end of a look-around's or an atomic group's program. */
  static final int SUCCESS = 14;

  static final int MATCH = 15;

  private static final int MAXIMUM_SIZE = 300_000;

  int[] op = new int[64];
  int[] x = new int[64];
  int[] y = new int[64];
  int[] z = new int[64];
  CharSet[] set = new CharSet[64];
  int size;
  int start;

  /**
   * The captures' ends, register 2i and 2i+1 for capture i, and behind them the loops' positions.
   */
  int registers;

  /** Number of instructions at which a choice is made: z of a SPLIT and y of a RUN count them. */
  int choices;

  /**
   * Whether equal instruction and position mean equal outcome, so that failures can be remembered.
   */
  boolean memoizable = true;

  private final boolean perl;

  Program(Node tree, int groups, boolean perl) {
    this.perl = perl;
    registers = 2 * groups + 2;
    int match = emit(MATCH, 0, 0);
    start = compile(tree, match);
  }

  private int emit(int operation, int next, int operand) {
    if (size == op.length) {
      int n = 2 * size;
      op = Arrays.copyOf(op, n);
      x = Arrays.copyOf(x, n);
      y = Arrays.copyOf(y, n);
      z = Arrays.copyOf(z, n);
      set = Arrays.copyOf(set, n);
    }
    if (size >= MAXIMUM_SIZE) {
      throw new RegexException("Regular expression too big");
    }
    op[size] = operation;
    x[size] = next;
    y[size] = operand;
    return size++;
  }

  private int split(int first, int second) {
    int pc = emit(SPLIT, first, second);
    z[pc] = choices++;
    return pc;
  }

  private int compile(Node node, int next) {
    if (node instanceof Node.Chars chars) {
      int[] ranges = chars.set().ranges;
      if (ranges.length == 2 && ranges[0] == ranges[1]) {
        return emit(CHAR, next, ranges[0]);
      }
      int pc = emit(CHARS, next, 0);
      set[pc] = chars.set();
      return pc;
    } else if (node instanceof Node.Concat concat) {
      List<Node> parts = concat.parts();
      int at = next;
      for (int i = parts.size() - 1; i >= 0; i--) {
        at = compile(parts.get(i), at);
      }
      return at;
    } else if (node instanceof Node.Alternate alternate) {
      List<Node> branches = new ArrayList<>(alternate.branches());
      int at = compile(branches.get(branches.size() - 1), next);
      for (int i = branches.size() - 2; i >= 0; i--) {
        at = split(compile(branches.get(i), next), at);
      }
      return at;
    } else if (node instanceof Node.Repeat repeat) {
      return repeat(repeat, next);
    } else if (node instanceof Node.Group group) {
      int end = emit(SAVE, next, 2 * group.index() + 1);
      return emit(SAVE, compile(group.body(), end), 2 * group.index());
    } else if (node instanceof Node.Assert assertion) {
      return emit(ASSERT, next, assertion.kind());
    } else if (node instanceof Node.BackReference reference) {
      memoizable = false;
      return emit(reference.ignoreCase() ? REFERENCE_FOLDED : REFERENCE, next, reference.index());
    } else if (node instanceof Node.Look look) {
      memoizable = false;
      int body = compile(look.body(), emit(SUCCESS, 0, 0));
      int operation =
          look.behind() ? look.negated() ? NOT_BEHIND : BEHIND : look.negated() ? NOT_AHEAD : AHEAD;
      int pc = emit(operation, next, body);
      if (look.behind()) {
        z[pc] = Lookbehind.fixedLength(look.body());
      }
      return pc;
    } else if (node instanceof Node.Atomic atomic) {
      memoizable = false;
      return emit(ATOMIC, next, compile(atomic.body(), emit(SUCCESS, 0, 0)));
    } else if (node instanceof Node.Keep) {
      return emit(SAVE, next, 0);
    }
    return next;
  }

  private int repeat(Node.Repeat repeat, int next) {
    Node body = repeat.body();
    boolean guarded = canBeEmpty(body);
    // In the GNU library a further empty turn leaves the captures alone, so it need not be taken.
    int min = !perl && guarded && repeat.max() < 0 ? Math.min(repeat.min(), 1) : repeat.min();
    int at = next;
    if (repeat.max() < 0) {
      if (body instanceof Node.Chars chars && !repeat.lazy()) {
        int pc = emit(RUN, next, choices++);
        set[pc] = chars.set();
        z[pc] = repeat.min();
        return pc;
      }
      int loop = split(0, 0);
      int inside;
      if (guarded) {
        int register = registers++;
        // Perl leaves a loop after an empty turn; the GNU library takes the turn back.
        int back = emit(PROGRESS, loop, register);
        z[back] = perl || !memoizable ? next : -1;
        inside = emit(SAVE, compile(body, back), register);
      } else {
        inside = compile(body, loop);
      }
      x[loop] = repeat.lazy() ? next : inside;
      y[loop] = repeat.lazy() ? inside : next;
      at = loop;
    } else {
      for (int i = min; i < repeat.max(); i++) {
        int inside;
        if (!perl && guarded && min > 0) {
          int register = registers++;
          int back = emit(PROGRESS, at, register);
          z[back] = -1;
          inside = emit(SAVE, compile(body, back), register);
        } else {
          inside = compile(body, at);
        }
        at = repeat.lazy() ? split(next, inside) : split(inside, next);
      }
    }
    for (int i = 0; i < min; i++) {
      at = compile(body, at);
    }
    return at;
  }

  private static boolean canBeEmpty(Node node) {
    if (node instanceof Node.Chars) {
      return false;
    } else if (node instanceof Node.Concat concat) {
      for (Node part : concat.parts()) {
        if (!canBeEmpty(part)) {
          return false;
        }
      }
      return true;
    } else if (node instanceof Node.Alternate alternate) {
      for (Node branch : alternate.branches()) {
        if (canBeEmpty(branch)) {
          return true;
        }
      }
      return false;
    } else if (node instanceof Node.Repeat repeat) {
      return repeat.min() == 0 || canBeEmpty(repeat.body());
    } else if (node instanceof Node.Group group) {
      return canBeEmpty(group.body());
    } else if (node instanceof Node.Atomic atomic) {
      return canBeEmpty(atomic.body());
    }
    return true;
  }
}
