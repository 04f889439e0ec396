package dev.qanat.text.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns a list of strings into an expression in which common beginnings are shared, so that
 * thousands are no burden.
 */
final class LiteralTrie {
  private static final int MAXIMUM_DEPTH = 300;
  private static final int WORTHWHILE = 8;

  private final boolean ignoreCase;
  private final boolean bytes;

  private LiteralTrie(boolean ignoreCase, boolean bytes) {
    this.ignoreCase = ignoreCase;
    this.bytes = bytes;
  }

  static Node of(List<int[]> words, boolean ignoreCase, boolean bytes) {
    LiteralTrie trie = new LiteralTrie(ignoreCase, bytes);
    if (words.size() <= WORTHWHILE) {
      return trie.alternate(words, 0);
    }
    List<int[]> sorted = new ArrayList<>(words);
    sorted.sort(LiteralTrie::order);
    return trie.branch(sorted, 0, sorted.size(), 0, 0);
  }

  private Node alternate(List<int[]> words, int from) {
    List<Node> branches = new ArrayList<>();
    for (int[] word : words) {
      branches.add(sequence(word, from, word.length));
    }
    return branches.size() == 1 ? branches.get(0) : new Node.Alternate(branches);
  }

  private Node sequence(int[] word, int from, int to) {
    List<Node> parts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      CharSet set = CharSet.of(word[i]);
      parts.add(new Node.Chars(ignoreCase ? set.foldCase(bytes) : set));
    }
    return parts.isEmpty() ? Node.EMPTY : parts.size() == 1 ? parts.get(0) : new Node.Concat(parts);
  }

  /**
   * The words {@code from..to} of the sorted list, which agree in their first {@code at}
   * characters.
   */
  private Node branch(List<int[]> words, int from, int to, int at, int depth) {
    if (depth > MAXIMUM_DEPTH) {
      return alternate(words.subList(from, to), at);
    }
    List<Node> branches = new ArrayList<>();
    int i = from;
    if (words.get(i).length == at) {
      branches.add(Node.EMPTY);
      while (i < to && words.get(i).length == at) {
        i++;
      }
    }
    while (i < to) {
      int c = words.get(i)[at];
      int j = i + 1;
      while (j < to && words.get(j)[at] == c) {
        j++;
      }
      int common = commonLength(words.get(i), words.get(j - 1));
      Node head = sequence(words.get(i), at, common);
      boolean ends = i + 1 == j || common == words.get(j - 1).length;
      branches.add(
          ends ? head : new Node.Concat(List.of(head, branch(words, i, j, common, depth + 1))));
      i = j;
    }
    return branches.size() == 1 ? branches.get(0) : new Node.Alternate(branches);
  }

  private static int commonLength(int[] a, int[] b) {
    int n = 0;
    while (n < a.length && n < b.length && a[n] == b[n]) {
      n++;
    }
    return n;
  }

  private static int order(int[] a, int[] b) {
    int n = Math.min(a.length, b.length);
    for (int i = 0; i < n; i++) {
      if (a[i] != b[i]) {
        return Integer.compare(a[i], b[i]);
      }
    }
    return Integer.compare(a.length, b.length);
  }
}
