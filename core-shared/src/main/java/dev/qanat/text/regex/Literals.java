package dev.qanat.text.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * What can be said about a pattern's matches in plain bytes: a set of strings one of which every
 * match contains, whether every match begins with one of them, and whether the set is all that the
 * pattern matches.
 */
final class Literals {
  private static final int MAXIMUM_STRINGS = 32;
  private static final int MAXIMUM_LENGTH = 64;

  private final boolean bytes;

  /** One of these occurs in every match; null if nothing is known. */
  List<byte[]> required;

  /** Every match begins with one of {@link #required}. */
  boolean atStart;

  /** The pattern matches exactly {@link #required}, without conditions. */
  boolean complete;

  /**
   * What is known of a subtree: all it matches if that is a small set, and a set of which it must
   * contain one.
   */
  private record Known(List<byte[]> exact, boolean conditional, List<byte[]> required) {}

  Literals(Node tree, boolean bytes) {
    this.bytes = bytes;
    Known known = analyse(tree);
    if (known.exact != null && shortest(known.exact) > 0) {
      required = known.exact;
      atStart = true;
      complete = !known.conditional;
    } else {
      required = known.required;
      if (tree instanceof Node.Concat concat) {
        List<byte[]> prefix = prefix(concat.parts());
        if (prefix != null && required != null && score(prefix) >= score(required)) {
          required = prefix;
        }
        atStart = required != null && required == prefix;
      }
    }
  }

  /** Whether {@code b} occurs in a required string. */
  boolean contain(byte b) {
    for (byte[] string : required) {
      for (byte c : string) {
        if (c == b) {
          return true;
        }
      }
    }
    return false;
  }

  /** What the first parts match together, if that is a small set of strings that are not empty. */
  private List<byte[]> prefix(List<Node> parts) {
    List<byte[]> run = List.of(new byte[0]);
    for (Node part : parts) {
      Known known = analyse(part);
      List<byte[]> longer = known.exact == null ? null : product(run, known.exact);
      if (longer == null) {
        break;
      }
      run = longer;
    }
    return shortest(run) > 0 ? run : null;
  }

  private static final Known UNKNOWN = new Known(null, true, null);
  private static final Known EMPTY = new Known(List.of(new byte[0]), false, null);

  private Known analyse(Node node) {
    if (node instanceof Node.Chars chars) {
      if (chars.set().isEmpty() || chars.set().size() > 4) {
        return UNKNOWN;
      }
      List<byte[]> strings = new ArrayList<>();
      int[] ranges = chars.set().ranges;
      for (int i = 0; i < ranges.length; i += 2) {
        for (int c = ranges[i]; c <= ranges[i + 1]; c++) {
          strings.add(Utf8Automaton.encode(c, bytes));
        }
      }
      return new Known(strings, false, null);
    } else if (node instanceof Node.Empty) {
      return EMPTY;
    } else if (node instanceof Node.Assert
        || node instanceof Node.Look
        || node instanceof Node.Keep) {
      return new Known(EMPTY.exact, true, null);
    } else if (node instanceof Node.Group group) {
      return analyse(group.body());
    } else if (node instanceof Node.Atomic atomic) {
      Known known = analyse(atomic.body());
      return new Known(known.exact, true, known.required);
    } else if (node instanceof Node.Concat concat) {
      return concat(concat.parts());
    } else if (node instanceof Node.Alternate alternate) {
      return alternate(alternate.branches());
    } else if (node instanceof Node.Repeat repeat) {
      return repeat(repeat);
    }
    return UNKNOWN;
  }

  private Known concat(List<Node> parts) {
    List<byte[]> run = EMPTY.exact;
    List<byte[]> best = null;
    boolean conditional = false;
    boolean whole = true;
    for (Node part : parts) {
      Known known = analyse(part);
      conditional |= known.conditional;
      List<byte[]> longer = known.exact == null ? null : product(run, known.exact);
      if (longer != null) {
        run = longer;
        continue;
      }
      whole = false;
      best = better(best, run);
      best = better(best, known.required);
      run = known.exact == null ? EMPTY.exact : known.exact;
    }
    best = better(best, run);
    return whole ? new Known(run, conditional, best) : new Known(null, true, best);
  }

  private Known alternate(List<Node> branches) {
    List<byte[]> exact = new ArrayList<>();
    List<byte[]> required = new ArrayList<>();
    boolean conditional = false;
    for (Node branch : branches) {
      Known known = analyse(branch);
      conditional |= known.conditional;
      if (exact != null
          && known.exact != null
          && exact.size() + known.exact.size() <= MAXIMUM_STRINGS) {
        exact.addAll(known.exact);
      } else {
        exact = null;
      }
      List<byte[]> needed = better(known.required, known.exact);
      if (required != null
          && needed != null
          && required.size() + needed.size() <= MAXIMUM_STRINGS) {
        required.addAll(needed);
      } else {
        required = null;
      }
    }
    return new Known(exact, conditional, exact != null ? better(null, exact) : required);
  }

  private Known repeat(Node.Repeat repeat) {
    if (repeat.min() == 0) {
      return UNKNOWN;
    }
    Known known = analyse(repeat.body());
    if (known.exact != null) {
      List<byte[]> run = known.exact;
      boolean all = true;
      for (int i = 1; i < repeat.min() && all; i++) {
        List<byte[]> longer = product(run, known.exact);
        all = longer != null;
        run = all ? longer : run;
      }
      boolean exact = all && repeat.min() == repeat.max();
      return new Known(exact ? run : null, known.conditional || !exact, better(null, run));
    }
    return new Known(null, true, known.required);
  }

  private static List<byte[]> product(List<byte[]> left, List<byte[]> right) {
    if (left.size() * right.size() > MAXIMUM_STRINGS) {
      return null;
    }
    List<byte[]> product = new ArrayList<>();
    for (byte[] a : left) {
      for (byte[] b : right) {
        if (a.length + b.length > MAXIMUM_LENGTH) {
          return null;
        }
        byte[] both = new byte[a.length + b.length];
        System.arraycopy(a, 0, both, 0, a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        product.add(both);
      }
    }
    return product;
  }

  private static List<byte[]> better(List<byte[]> a, List<byte[]> b) {
    return score(b) > score(a) ? b : a;
  }

  private static int score(List<byte[]> strings) {
    if (strings == null) {
      return 0;
    }
    return shortest(strings) * 64 - (shortest(strings) == 0 ? 0 : strings.size());
  }

  private static int shortest(List<byte[]> strings) {
    int length = Integer.MAX_VALUE;
    for (byte[] string : strings) {
      length = Math.min(length, string.length);
    }
    return strings.isEmpty() ? 0 : length;
  }
}
