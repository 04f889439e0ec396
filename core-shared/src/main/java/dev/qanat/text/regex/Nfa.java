package dev.qanat.text.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A nondeterministic automaton over bytes: the regular part of a pattern, read forwards or
 * backwards. Instructions are numbered; {@link #op} says what each is. Parts that are not regular
 * are replaced by something that matches at least as much, and {@link #exact} is then false.
 */
final class Nfa {
  /**
   * Consumes one byte: {@code data} holds triples of first byte, last byte and target; several may
   * apply.
   */
  static final int RANGES = 0;

  /** Goes on at each of the targets in {@code data}, the first preferred. */
  static final int SPLIT = 1;

  /** Goes on at {@code data[1]} if the assertion {@code data[0]} holds. */
  static final int ASSERT = 2;

  static final int MATCH = 3;

  private static final int MAXIMUM_SIZE = 300_000;

  int[] op = new int[64];
  int[][] data = new int[64][];
  int size;
  int start;
  boolean exact = true;

  /** All the assertions that occur. */
  int assertions;

  private final boolean backwards;
  private final boolean bytes;
  private final List<Node> groups = new ArrayList<>();

  Nfa(Node tree, boolean backwards, boolean bytes) {
    this.backwards = backwards;
    this.bytes = bytes;
    collectGroups(tree);
    start = compile(tree, emit(MATCH, null));
  }

  private void collectGroups(Node node) {
    if (node instanceof Node.Group group) {
      while (groups.size() <= group.index()) {
        groups.add(null);
      }
      groups.set(group.index(), group.body());
      collectGroups(group.body());
    } else if (node instanceof Node.Concat concat) {
      concat.parts().forEach(this::collectGroups);
    } else if (node instanceof Node.Alternate alternate) {
      alternate.branches().forEach(this::collectGroups);
    } else if (node instanceof Node.Repeat repeat) {
      collectGroups(repeat.body());
    } else if (node instanceof Node.Atomic atomic) {
      collectGroups(atomic.body());
    }
  }

  private int emit(int operation, int[] operands) {
    if (size == op.length) {
      op = Arrays.copyOf(op, 2 * size);
      data = Arrays.copyOf(data, 2 * size);
    }
    if (size >= MAXIMUM_SIZE) {
      throw new RegexException("Regular expression too big");
    }
    op[size] = operation;
    data[size] = operands;
    return size++;
  }

  /** Emits what matches {@code node} and then goes on at {@code next}; returns where it begins. */
  private int compile(Node node, int next) {
    if (node instanceof Node.Chars chars) {
      return chars(chars.set(), next);
    } else if (node instanceof Node.Concat concat) {
      List<Node> parts = concat.parts();
      int at = next;
      for (int i = 0; i < parts.size(); i++) {
        at = compile(parts.get(backwards ? i : parts.size() - 1 - i), at);
      }
      return at;
    } else if (node instanceof Node.Alternate alternate) {
      int[] targets = new int[alternate.branches().size()];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = compile(alternate.branches().get(i), next);
      }
      return emit(SPLIT, targets);
    } else if (node instanceof Node.Repeat repeat) {
      return repeat(repeat, next);
    } else if (node instanceof Node.Group group) {
      return compile(group.body(), next);
    } else if (node instanceof Node.Assert assertion) {
      assertions |= assertion.kind();
      return emit(ASSERT, new int[] {assertion.kind(), next});
    } else if (node instanceof Node.Atomic atomic) {
      exact = false;
      return compile(atomic.body(), next);
    } else if (node instanceof Node.BackReference reference) {
      return backReference(reference, next);
    } else if (node instanceof Node.Look || node instanceof Node.Keep) {
      exact = false;
      return next;
    }
    return next;
  }

  /**
   * What a back-reference matches is matched by its group, unless the group has references itself
   * or case differs.
   */
  private int backReference(Node.BackReference reference, int next) {
    exact = false;
    Node body = reference.index() < groups.size() ? groups.get(reference.index()) : null;
    if (body == null || reference.ignoreCase() || !isPlain(body)) {
      CharSet all = bytes ? CharSet.ALL_BYTES : CharSet.ALL;
      int any =
          chars(
              new CharSet.Builder().add(all).add(bytes ? 0 : 0xDC80, bytes ? 0xFF : 0xDCFF).build(),
              -1);
      int loop = emit(SPLIT, new int[] {any, next});
      for (int i = any; i >= 0 && op[i] == RANGES; i--) {
        retarget(i, -1, loop);
      }
      return loop;
    }
    return emit(SPLIT, new int[] {compile(body, next), next});
  }

  private void retarget(int instruction, int from, int to) {
    int[] edges = data[instruction];
    for (int k = 2; k < edges.length; k += 3) {
      if (edges[k] == from) {
        edges[k] = to;
      }
    }
  }

  /**
   * Whether the text matched by {@code node} decides alone whether it matches: no conditions on the
   * surroundings.
   */
  private static boolean isPlain(Node node) {
    if (node instanceof Node.Concat concat) {
      return arePlain(concat.parts());
    } else if (node instanceof Node.Alternate alternate) {
      return arePlain(alternate.branches());
    } else if (node instanceof Node.Repeat repeat) {
      return isPlain(repeat.body());
    } else if (node instanceof Node.Group group) {
      return isPlain(group.body());
    }
    return node instanceof Node.Chars || node instanceof Node.Empty;
  }

  private static boolean arePlain(List<Node> nodes) {
    for (Node node : nodes) {
      if (!isPlain(node)) {
        return false;
      }
    }
    return true;
  }

  private int repeat(Node.Repeat repeat, int next) {
    Node body = repeat.body();
    int at = next;
    if (repeat.max() < 0) {
      int loop = emit(SPLIT, new int[2]);
      int inside = compile(body, loop);
      data[loop] = repeat.lazy() ? new int[] {next, inside} : new int[] {inside, next};
      at = loop;
      if (repeat.min() > 0) {
        for (int i = 1; i < repeat.min(); i++) {
          at = compile(body, at);
        }
        // The loop's own body serves as the last mandatory turn.
        return repeat.min() == 1 ? inside : compile(body, at);
      }
      return at;
    }
    for (int i = repeat.min(); i < repeat.max(); i++) {
      int inside = compile(body, at);
      at = emit(SPLIT, repeat.lazy() ? new int[] {next, inside} : new int[] {inside, next});
    }
    for (int i = 0; i < repeat.min(); i++) {
      at = compile(body, at);
    }
    return at;
  }

  private int chars(CharSet set, int next) {
    Utf8Automaton automaton = set.automaton(bytes);
    int[][] edges = automaton.edges;
    int base = size;
    if (!backwards) {
      for (int[] node : edges) {
        int[] resolved = node.clone();
        for (int k = 2; k < resolved.length; k += 3) {
          resolved[k] = resolved[k] == Utf8Automaton.EXIT ? next : base + resolved[k];
        }
        emit(RANGES, resolved);
      }
      return base + automaton.root;
    }
    return reversedChars(automaton, next);
  }

  /**
   * The automaton with its edges turned round: from the exit to the root, where {@code next}
   * follows.
   */
  private int reversedChars(Utf8Automaton automaton, int next) {
    int[][] edges = automaton.edges;
    int base = size;
    // Instruction base + k stands for "node k was left"; the last one for the exit. The root's is
    // never entered.
    IntList[] into = new IntList[edges.length + 1];
    for (int k = 0; k <= edges.length; k++) {
      into[k] = new IntList();
    }
    for (int k = 0; k < edges.length; k++) {
      for (int e = 0; e < edges[k].length; e += 3) {
        IntList list = into[edges[k][e + 2] == Utf8Automaton.EXIT ? edges.length : edges[k][e + 2]];
        list.add(edges[k][e]);
        list.add(edges[k][e + 1]);
        list.add(k == automaton.root ? next : base + k);
      }
    }
    for (IntList list : into) {
      emit(RANGES, list.toArray());
    }
    return base + edges.length;
  }
}
