package dev.qanat.text.glob;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A compiled shell pattern ({@code * ? [...]}, and with {@link #EXTGLOB} {@code ?() *() +() @()
 * !()}). A backslash in the source makes the next character stand for itself; that is how quoting
 * reaches a pattern. Immutable, shared, cached by {@link #compile}.
 *
 * <p>Matching never takes exponential time: patterns without groups are matched with one point to
 * return to, all others by moving the set of possible positions through the pattern.
 */
public final class Pattern {
  /** Extended patterns are recognised. */
  public static final int EXTGLOB = 1;

  /** Letter case does not matter. */
  public static final int NOCASE = 2;

  private static final int CACHED = 1024;

  @SuppressWarnings("unchecked")
  private static final Map<String, Pattern>[] CACHE = new Map[4];

  /** The common forms, matched without walking nodes. */
  private enum Form {
    LITERAL,
    /** {@code x*}. */
    PREFIX,
    /** {@code *x}. */
    SUFFIX,
    /** {@code *x*}. */
    INFIX,
    /** Characters and sets only: matches texts of one length. */
    FIXED,
    /** With stars. */
    STARRED,
    /** With groups. */
    GROUPED
  }

  private final Node[] nodes;
  private final boolean nocase;
  private final Form form;
  private final String literal;

  private Pattern(Node[] nodes, boolean nocase) {
    this.nodes = nodes;
    this.nocase = nocase;
    int first = nodes.length > 0 && nodes[0] == Node.STAR ? 1 : 0;
    int last = nodes.length;
    if (last > first && nodes[last - 1] == Node.STAR) {
      last--;
    }
    StringBuilder text = nocase ? null : new StringBuilder();
    boolean stars = false;
    boolean groups = false;
    for (int i = 0; i < nodes.length; i++) {
      switch (nodes[i].kind) {
        case STAR -> stars = true;
        case GROUP -> groups = true;
        default -> {}
      }
      if (text != null && i >= first && i < last) {
        if (nodes[i].kind == Node.Kind.CHAR) {
          text.appendCodePoint(nodes[i].character);
        } else {
          text = null;
        }
      }
    }
    literal = text == null ? null : text.toString();
    if (groups) {
      form = Form.GROUPED;
    } else if (literal == null) {
      form = stars ? Form.STARRED : Form.FIXED;
    } else if (first == 0) {
      form = last == nodes.length ? Form.LITERAL : Form.PREFIX;
    } else {
      form = last == nodes.length ? Form.SUFFIX : Form.INFIX;
    }
  }

  /** The pattern of a source text; the same object for the same arguments while it is cached. */
  public static Pattern compile(String source, int flags) {
    Map<String, Pattern> cache = CACHE[flags];
    if (cache == null) {
      cache = CACHE[flags] = new HashMap<>();
    }
    Pattern pattern = cache.get(source);
    if (pattern == null) {
      boolean nocase = (flags & NOCASE) != 0;
      pattern =
          new Pattern(new PatternReader(source, (flags & EXTGLOB) != 0, nocase).read(), nocase);
      if (cache.size() >= CACHED) {
        cache.clear();
      }
      cache.put(source, pattern);
    }
    return pattern;
  }

  /** Whether {@link #quote} puts a backslash before this character. */
  public static boolean isSpecial(char c) {
    return switch (c) {
      case '*',
              '?',
              '[',
              ']',
              '\\',
              '!',
              '+',
              '@',
              '(',
              ')',
              '|',
              '^',
              '-',
              ':',
              '=',
              '.',
              '#',
              '%',
              '~' ->
          true;
      default -> false;
    };
  }

  /** A source that matches exactly {@code text}: its special characters behind backslashes. */
  public static String quote(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isSpecial(text.charAt(i))) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        quote(text, out);
        return out.toString();
      }
    }
    return text;
  }

  /** Appends what {@link #quote(String)} gives. */
  public static void quote(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpecial(c)) {
        out.append('\\');
      }
      out.append(c);
    }
  }

  /** Whether a source has characters that make it more than its own text, backslashes apart. */
  public static boolean hasMagic(String source, boolean extglob) {
    int bracket = -1;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      switch (c) {
        case '*', '?' -> {
          return true;
        }
        case '[' -> bracket = bracket < 0 ? i : bracket;
        case ']' -> {
          if (bracket >= 0) {
            return true;
          }
        }
        case '+', '@', '!' -> {
          if (extglob && i + 1 < source.length() && source.charAt(i + 1) == '(') {
            return true;
          }
        }
        case '\\' -> i++;
        case '/' -> bracket = -1;
        default -> {}
      }
    }
    return false;
  }

  /** The one text it matches, or null when there may be more. */
  public String literalOrNull() {
    return form == Form.LITERAL ? literal : null;
  }

  /** Whether it has extended patterns. */
  public boolean hasGroups() {
    return form == Form.GROUPED;
  }

  /** Whether it matches all of {@code text}. */
  public boolean matches(String text) {
    return switch (form) {
      case LITERAL -> text.equals(literal);
      case PREFIX -> text.startsWith(literal);
      case SUFFIX -> text.endsWith(literal);
      case INFIX -> text.contains(literal);
      case FIXED -> fixedEnd(text, 0) == text.length();
      case STARRED -> matchesStarred(text);
      case GROUPED -> new PositionSets(text, nocase).ends(nodes, single(0)).get(text.length());
    };
  }

  /**
   * Where a match of a pattern of fixed length that starts at {@code from} ends; -1 without one.
   */
  private int fixedEnd(String text, int from) {
    int i = from;
    for (Node node : nodes) {
      int width = node.width(text, i, nocase);
      if (width == 0) {
        return -1;
      }
      i += width;
    }
    return i;
  }

  private boolean matchesStarred(String text) {
    int length = text.length();
    int n = 0;
    int i = 0;
    int starNode = -1;
    int starAt = 0;
    while (i < length || n < nodes.length) {
      if (n < nodes.length) {
        if (nodes[n] == Node.STAR) {
          starNode = n++;
          starAt = i;
          continue;
        }
        int width = nodes[n].width(text, i, nocase);
        if (width > 0) {
          i += width;
          n++;
          continue;
        }
      }
      // the last star takes one character more; stars before it need never be reconsidered
      int width = starNode < 0 ? 0 : Node.ANY.width(text, starAt, false);
      if (width == 0) {
        return false;
      }
      starAt += width;
      i = starAt;
      n = starNode + 1;
    }
    return true;
  }

  /** The length of the shortest prefix it matches, or -1. */
  public int shortestPrefix(String text) {
    return switch (form) {
      case LITERAL, PREFIX -> text.startsWith(literal) ? literal.length() : -1;
      case SUFFIX, INFIX -> {
        int i = text.indexOf(literal);
        yield i < 0 ? -1 : i + literal.length();
      }
      case FIXED -> fixedEnd(text, 0);
      default -> new PositionSets(text, nocase).ends(nodes, single(0)).nextSetBit(0);
    };
  }

  /** The length of the longest prefix it matches, or -1. */
  public int longestPrefix(String text) {
    return switch (form) {
      case LITERAL -> text.startsWith(literal) ? literal.length() : -1;
      case PREFIX -> text.startsWith(literal) ? text.length() : -1;
      case SUFFIX -> {
        int i = text.lastIndexOf(literal);
        yield i < 0 ? -1 : i + literal.length();
      }
      case INFIX -> text.contains(literal) ? text.length() : -1;
      case FIXED -> fixedEnd(text, 0);
      default -> new PositionSets(text, nocase).ends(nodes, single(0)).length() - 1;
    };
  }

  /** The start of the shortest suffix it matches, or -1. */
  public int shortestSuffix(String text) {
    return switch (form) {
      case LITERAL, SUFFIX -> text.endsWith(literal) ? text.length() - literal.length() : -1;
      case PREFIX, INFIX -> text.lastIndexOf(literal);
      default -> new PositionSets(text, nocase).starts(nodes, single(text.length())).length() - 1;
    };
  }

  /** The start of the longest suffix it matches, or -1. */
  public int longestSuffix(String text) {
    return switch (form) {
      case LITERAL -> text.endsWith(literal) ? text.length() - literal.length() : -1;
      case PREFIX -> text.indexOf(literal);
      case SUFFIX -> text.endsWith(literal) ? 0 : -1;
      case INFIX -> text.contains(literal) ? 0 : -1;
      default -> new PositionSets(text, nocase).starts(nodes, single(text.length())).nextSetBit(0);
    };
  }

  /** Looks for matches within {@code text}. */
  public Finder finder(String text) {
    return new Finder(this, text);
  }

  private static BitSet single(int bit) {
    BitSet set = new BitSet();
    set.set(bit);
    return set;
  }

  /** Finds the matches of a pattern within a text, leftmost first, each as long as possible. */
  public static final class Finder {
    private final Pattern pattern;
    private final String text;
    private final int[] ends; // of the longest match at each position, for patterns with stars
    private final PositionSets sets;
    private int start;
    private int end;

    private Finder(Pattern pattern, String text) {
      this.pattern = pattern;
      this.text = text;
      boolean starred =
          switch (pattern.form) {
            case PREFIX, SUFFIX, INFIX, STARRED -> true;
            default -> false;
          };
      this.ends = starred ? longestEnds(pattern, text) : null;
      this.sets = pattern.form == Form.GROUPED ? new PositionSets(text, pattern.nocase) : null;
    }

    /** Moves to the first match that starts at or after {@code from}. */
    public boolean find(int from) {
      if (pattern.form == Form.LITERAL) {
        start = text.indexOf(pattern.literal, from);
        end = start + pattern.literal.length();
        return start >= 0;
      }
      for (int i = from; i <= text.length(); i++) {
        if (isInsidePair(text, i)) {
          continue;
        }
        int e = endAt(i);
        if (e >= 0) {
          start = i;
          end = e;
          return true;
        }
      }
      return false;
    }

    private int endAt(int i) {
      if (ends != null) {
        return ends[i];
      }
      if (sets != null) {
        return sets.ends(pattern.nodes, single(i)).length() - 1;
      }
      return pattern.fixedEnd(text, i);
    }

    public int start() {
      return start;
    }

    public int end() {
      return end;
    }

    /** For each position the end of the longest match that starts there, or -1. */
    private static int[] longestEnds(Pattern pattern, String text) {
      int length = text.length();
      int[] next = new int[length + 1];
      for (int i = 0; i <= length; i++) {
        next[i] = i;
      }
      for (int n = pattern.nodes.length - 1; n >= 0; n--) {
        Node node = pattern.nodes[n];
        int[] here = new int[length + 1];
        for (int i = length; i >= 0; i--) {
          if (node == Node.STAR) {
            here[i] = i == length ? next[i] : Math.max(next[i], here[i + 1]);
          } else {
            int width = node.width(text, i, pattern.nocase);
            here[i] = width == 0 ? -1 : next[i + width];
          }
        }
        next = here;
      }
      return next;
    }
  }

  /** Whether {@code i} lies between the two units of one character. */
  static boolean isInsidePair(String text, int i) {
    return i > 0
        && i < text.length()
        && Character.isLowSurrogate(text.charAt(i))
        && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
