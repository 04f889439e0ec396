package dev.qanat.text.glob;

import java.util.ArrayList;
import java.util.List;

/** Reads the source of a {@link Pattern}. */
final class PatternReader {
  private static final int MAX_DEPTH = 200;
  private static final Node[] NONE = new Node[0];

  private final String source;
  private final boolean extglob;
  private final boolean nocase;
  private int at;
  private int depth;

  PatternReader(String source, boolean extglob, boolean nocase) {
    this.source = source;
    this.extglob = extglob;
    this.nocase = nocase;
  }

  Node[] read() {
    return sequence(source.length());
  }

  /** The nodes up to {@code end}. */
  private Node[] sequence(int end) {
    List<Node> nodes = new ArrayList<>();
    while (at < end) {
      int c = source.codePointAt(at);
      if (extglob && isGroupOperator(c) && at + 1 < end && source.charAt(at + 1) == '(') {
        int close = closing(at + 1, end);
        if (close >= 0 && depth < MAX_DEPTH) {
          nodes.add(group((char) c, at + 2, close));
          at = close + 1;
          continue;
        }
      }
      switch (c) {
        case '*' -> {
          if (nodes.isEmpty() || nodes.get(nodes.size() - 1) != Node.STAR) {
            nodes.add(Node.STAR);
          }
          at++;
        }
        case '?' -> {
          nodes.add(Node.ANY);
          at++;
        }
        case '[' -> nodes.add(bracket(end));
        case '\\' -> {
          at++;
          if (at < end) {
            c = source.codePointAt(at);
            at += Character.charCount(c);
          }
          nodes.add(character(c));
        }
        default -> {
          nodes.add(character(c));
          at += Character.charCount(c);
        }
      }
    }
    return nodes.isEmpty() ? NONE : nodes.toArray(new Node[0]);
  }

  static boolean isGroupOperator(int c) {
    return c == '?' || c == '*' || c == '+' || c == '@' || c == '!';
  }

  private Node character(int c) {
    return Node.character(nocase ? Node.fold(c) : c);
  }

  private Node group(char operator, int from, int close) {
    depth++;
    List<Node[]> alternatives = new ArrayList<>();
    at = from;
    while (true) {
      int end = alternativeEnd(at, close);
      alternatives.add(sequence(end));
      if (end >= close) {
        break;
      }
      at = end + 1;
    }
    depth--;
    return Node.group(operator, alternatives.toArray(new Node[0][]));
  }

  /** The position of the {@code )} that closes the {@code (} at {@code open}, or -1. */
  private int closing(int open, int end) {
    int level = 0;
    for (int i = open; i < end; i++) {
      switch (source.charAt(i)) {
        case '\\' -> i++;
        case '[' -> i = skipBracket(i, end);
        case '(' -> level++;
        case ')' -> {
          if (--level == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  private int alternativeEnd(int from, int close) {
    int level = 0;
    for (int i = from; i < close; i++) {
      switch (source.charAt(i)) {
        case '\\' -> i++;
        case '[' -> i = skipBracket(i, close);
        case '(' -> level++;
        case ')' -> level--;
        case '|' -> {
          if (level == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return close;
  }

  /**
   * The closing {@code ]} of a bracket expression at {@code open}, or {@code open} when it has
   * none.
   */
  private int skipBracket(int open, int end) {
    int i = open + 1;
    if (i < end && (source.charAt(i) == '!' || source.charAt(i) == '^')) {
      i++;
    }
    for (boolean first = true; i < end; first = false, i++) {
      char c = source.charAt(i);
      if (c == ']' && !first) {
        return i;
      }
      if (c == '\\') {
        i++;
      } else if (c == '[' && i + 1 < end) {
        char kind = source.charAt(i + 1);
        if (kind == ':' || kind == '.' || kind == '=') {
          int close = source.indexOf(kind + "]", i + 2);
          if (close >= 0 && close < end) {
            i = close + 1;
          }
        }
      }
    }
    return open;
  }

  /** A bracket expression; a {@code [} that is not closed stands for itself. */
  private Node bracket(int end) {
    int open = at;
    if (skipBracket(open, end) == open) {
      at = open + 1;
      return character('[');
    }
    int i = open + 1;
    boolean negated = source.charAt(i) == '!' || source.charAt(i) == '^';
    if (negated) {
      i++;
    }
    CharSet set = new CharSet(negated, nocase);
    boolean first = true;
    while (true) {
      char c = source.charAt(i);
      if (c == ']' && !first) {
        break;
      }
      first = false;
      if (c == '[' && source.charAt(i + 1) == ':') {
        int close = source.indexOf(":]", i + 2);
        if (close >= 0 && close < end) {
          String name = source.substring(i + 2, close).replace("\\", ""); // quoted in part
          if (CharSet.isClass(name)) {
            set.addClass(name);
          }
          i = close + 2;
          continue;
        }
      }
      int low = element(i, end);
      i = at;
      if (low == SKIPPED) {
        continue;
      }
      if (source.charAt(i) == '-' && source.charAt(i + 1) != ']') {
        int high = element(i + 1, end);
        i = at;
        if (high != SKIPPED && low <= high) {
          set.add(low, high);
        }
      } else {
        set.add(low, low);
      }
    }
    at = i + 1;
    return Node.set(set);
  }

  static final int SKIPPED = -1;

  /** One character of a bracket expression; moves {@link #at} behind it. */
  private int element(int i, int end) {
    char c = source.charAt(i);
    if (c == '\\' && i + 1 < end) {
      int escaped = source.codePointAt(i + 1);
      at = i + 1 + Character.charCount(escaped);
      return escaped;
    }
    if (c == '[' && i + 1 < end && (source.charAt(i + 1) == '.' || source.charAt(i + 1) == '=')) {
      int close = source.indexOf(source.charAt(i + 1) + "]", i + 2);
      if (close >= 0 && close < end) {
        at = close + 2;
        String name = source.substring(i + 2, close);
        return name.codePointCount(0, name.length()) == 1
            ? name.codePointAt(0)
            : source.charAt(i + 1) == '.' ? CollatingSymbol.of(name) : SKIPPED;
      }
    }
    int plain = source.codePointAt(i);
    at = i + Character.charCount(plain);
    return plain;
  }
}
