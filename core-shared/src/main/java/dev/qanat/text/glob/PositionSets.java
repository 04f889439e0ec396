package dev.qanat.text.glob;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Matches by moving the set of all positions where the pattern may stand through the pattern.
 * Polynomial whatever the pattern: repetitions run to a fixed point, and what a negated group
 * matches at a position is worked out once.
 */
final class PositionSets {
  private final String text;
  private final boolean nocase;
  private final Map<Node, BitSet[]> forward = new HashMap<>();
  private final Map<Node, BitSet[]> backward = new HashMap<>();

  PositionSets(String text, boolean nocase) {
    this.text = text;
    this.nocase = nocase;
  }

  /** Where matches that start at one of {@code starts} end. */
  BitSet ends(Node[] nodes, BitSet starts) {
    BitSet positions = starts;
    for (Node node : nodes) {
      if (positions.isEmpty()) {
        return positions;
      }
      positions = after(node, positions);
    }
    return positions;
  }

  /** Where matches that end at one of {@code ends} start. */
  BitSet starts(Node[] nodes, BitSet ends) {
    BitSet positions = ends;
    for (int i = nodes.length - 1; i >= 0 && !positions.isEmpty(); i--) {
      positions = before(nodes[i], positions);
    }
    return positions;
  }

  private BitSet after(Node node, BitSet from) {
    BitSet to = new BitSet(text.length() + 1);
    switch (node.kind) {
      case STAR -> addRange(to, from.nextSetBit(0), text.length());
      case GROUP -> group(node, from, to, true);
      default -> {
        for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
          int width = node.width(text, i, nocase);
          if (width > 0) {
            to.set(i + width);
          }
        }
      }
    }
    return to;
  }

  private BitSet before(Node node, BitSet from) {
    BitSet to = new BitSet(text.length() + 1);
    switch (node.kind) {
      case STAR -> addRange(to, 0, from.length() - 1);
      case GROUP -> group(node, from, to, false);
      default -> {
        for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
          int start = Pattern.isInsidePair(text, i - 1) ? i - 2 : i - 1;
          if (start >= 0 && node.width(text, start, nocase) == i - start) {
            to.set(start);
          }
        }
      }
    }
    return to;
  }

  private void group(Node node, BitSet from, BitSet to, boolean ahead) {
    switch (node.operator) {
      case '@' -> to.or(once(node, from, ahead));
      case '?' -> {
        to.or(once(node, from, ahead));
        to.or(from);
      }
      case '!' -> {
        for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
          BitSet refused = refused(node, i, ahead);
          int first = ahead ? i : 0;
          int last = ahead ? text.length() : i;
          for (int j = first; j <= last; j++) {
            if (!refused.get(j) && !Pattern.isInsidePair(text, j)) {
              to.set(j);
            }
          }
        }
      }
      default -> {
        BitSet fresh = once(node, from, ahead);
        while (!fresh.isEmpty()) {
          to.or(fresh);
          fresh = once(node, fresh, ahead);
          fresh.andNot(to);
        }
        if (node.operator == '*') {
          to.or(from);
        }
      }
    }
  }

  private BitSet once(Node node, BitSet from, boolean ahead) {
    BitSet to = new BitSet(text.length() + 1);
    for (Node[] alternative : node.alternatives) {
      to.or(ahead ? ends(alternative, from) : starts(alternative, from));
    }
    return to;
  }

  private BitSet refused(Node node, int at, boolean ahead) {
    Map<Node, BitSet[]> memory = ahead ? forward : backward;
    BitSet[] known = memory.get(node);
    if (known == null) {
      known = new BitSet[text.length() + 1];
      memory.put(node, known);
    }
    if (known[at] == null) {
      BitSet one = new BitSet();
      one.set(at);
      known[at] = once(node, one, ahead);
    }
    return known[at];
  }

  private void addRange(BitSet to, int first, int last) {
    to.set(first, last + 1);
    for (int i = first; i <= last; i++) {
      if (Pattern.isInsidePair(text, i)) {
        to.clear(i);
      }
    }
  }
}
