package dev.qanat.text.regex;

import dev.qanat.text.ByteSearch;
import dev.qanat.text.Utf8;

/**
 * Searches text with a {@link Regex} and holds the place of the match found last. All positions are
 * byte offsets into the array searched. Not shared between tasks; its methods do not suspend.
 */
public final class Matcher {
  /** How many candidates are tried one by one before the search goes over to one linear scan. */
  private static final int ATTEMPTS = 16;

  private final Regex regex;
  private Backtracker backtracker;
  private byte[] text;
  private int begin;
  private int to;
  private int start = -1;
  private int end = -1;
  private int[] captures; // null until asked for
  private int lineStart;
  private int lineEnd;

  // Lines tried because they hold a required literal, and the bytes passed over to get to them.
  private int linesTried;
  private long bytesPassed;

  // The next occurrence of a required literal: valid for the same text as long as the search starts
  // before it.
  private byte[] literalText;
  private int literalBegin;
  private int literalTo;
  private int literalFrom;
  private int literalAt;

  Matcher(Regex regex) {
    this.regex = regex;
  }

  /** The expression searched with. */
  public Regex regex() {
    return regex;
  }

  /** Finds the first match in all of {@code text}. */
  public boolean find(byte[] text) {
    return find(text, 0, 0, text.length);
  }

  /**
   * Finds the first match in {@code text[begin, to)} that starts at {@code from} or later. What
   * lies in {@code [begin, from)} counts for {@code ^}, {@code \b} and look-behind.
   *
   * @return whether there is one; {@link #start()} and {@link #end()} then say where
   * @throws RegexException if a pattern with back-references or look-around takes too many steps
   */
  public boolean find(byte[] text, int begin, int from, int to) {
    this.text = text;
    this.begin = begin;
    this.to = to;
    captures = null;
    start = -1;
    if (from > to || regex.anchored && from > begin) {
      return false;
    }
    int at = from;
    LiteralSearch search = regex.search;
    if (search != null) {
      if (regex.literals.complete) {
        int hit = search.find(text, at, to);
        start = hit;
        end = hit + search.length;
        return hit >= 0;
      }
      int hit = nextLiteral(at);
      if (hit < 0) {
        return false;
      }
      if (regex.literals.atStart) {
        return findAtLiteral(hit);
      }
    }
    return scan(at);
  }

  private int nextLiteral(int from) {
    // A search from the beginning is a new one, even if the array is the same: the caller may have
    // refilled it.
    boolean continued =
        from > begin && literalText == text && literalBegin == begin && literalTo == to;
    if (continued && from >= literalFrom && (literalAt < 0 || from <= literalAt)) {
      return literalAt;
    }
    literalText = text;
    literalBegin = begin;
    literalTo = to;
    literalFrom = from;
    literalAt = regex.search.find(text, from, to);
    return literalAt;
  }

  /** Searches from {@code hit}, where a literal stands with which every match begins. */
  private boolean findAtLiteral(int hit) {
    if (!regex.regular) {
      return scan(hit);
    }
    Dfa ends = regex.ends();
    int at = hit;
    for (int i = 0; i < ATTEMPTS; i++) {
      int found = ends.scan(text, at, to, at == begin ? -1 : text[at - 1] & 0xFF, false);
      if (found >= 0) {
        start = at;
        end = found;
        return true;
      }
      if (found == Dfa.UNDECIDED) {
        return backtrack(at);
      }
      if (regex.anchored) {
        return false;
      }
      at = nextLiteral(at + 1);
      if (at < 0) {
        return false;
      }
    }
    return scan(at);
  }

  private boolean scan(int from) {
    int before = from == begin ? -1 : text[from - 1] & 0xFF;
    if (!regex.regular) {
      return regex.exists().scan(text, from, to, before, true) != Dfa.NONE && backtrack(from);
    }
    int found = regex.ends().scan(text, from, to, before, !regex.anchored);
    if (found == Dfa.NONE) {
      return false;
    }
    if (found == Dfa.UNDECIDED) {
      return backtrack(from);
    }
    end = found;
    if (regex.anchored) {
      start = from;
      return true;
    }
    int after = found == to ? -1 : text[found] & 0xFF;
    start = regex.starts().scanBack(text, from, found, before, after);
    return start >= 0 || backtrack(from);
  }

  private boolean backtrack(int from) {
    if (backtracker == null) {
      backtracker = regex.backtracker();
    }
    int lastStart = regex.anchored ? from : to;
    if (!backtracker.search(text, begin, from, lastStart, to, -1, !regex.syntax.leftmostFirst())) {
      start = -1;
      return false;
    }
    captures = backtracker.registers.clone();
    start = captures[0];
    end = captures[1];
    return true;
  }

  /** Where the match begins. */
  public int start() {
    return start;
  }

  /** The position behind the match. */
  public int end() {
    return end;
  }

  /**
   * Where capture {@code group} begins (0 is the whole match), or -1 if it took no part in the
   * match.
   */
  public int start(int group) {
    return group == 0 ? start : captures()[2 * group];
  }

  /** The position behind capture {@code group}, or -1 if it took no part in the match. */
  public int end(int group) {
    return group == 0 ? end : captures()[2 * group + 1];
  }

  /** The text of capture {@code group}, decoded, or null if it took no part in the match. */
  public String group(int group) {
    int from = start(group);
    int behind = end(group);
    return from < 0 || behind < 0 ? null : Utf8.decode(text, from, behind - from);
  }

  private int[] captures() {
    if (captures == null) {
      if (backtracker == null) {
        backtracker = regex.backtracker();
      }
      if (!backtracker.search(text, begin, start, start, to, end, false)) {
        throw new IllegalStateException("the automaton and the backtracker disagree");
      }
      captures = backtracker.registers.clone();
    }
    return captures;
  }

  /**
   * Finds the first line in {@code text[from, to)} that has a match. The expression must have been
   * compiled with {@link Regex#LINES}; {@code from} must be the start of a line, and the last line
   * may lack its end.
   *
   * @return whether there is one; {@link #lineStart()} and {@link #lineEnd()} then say where
   */
  public boolean findLine(byte[] text, int from, int to) {
    if (from >= to) {
      return false;
    }
    byte eol = (byte) regex.eol;
    int limit = text[to - 1] == eol ? to - 1 : to;
    int at = from;
    LiteralSearch search = regex.search;
    if (search != null && !regex.literals.complete && literalsAreCommon()) {
      search = null;
    }
    while (at <= limit) {
      int hit;
      boolean certain;
      if (search != null) {
        hit = search.find(text, at, limit);
        if (hit < 0) {
          return false;
        }
        certain = regex.literals.complete;
      } else {
        Dfa exists = regex.exists();
        hit = exists.scan(text, at, limit, -1, true);
        if (hit == Dfa.NONE) {
          return false;
        }
        certain = hit >= 0 && regex.regular;
        if (hit < 0) {
          hit = exists.undecidedAt;
        }
      }
      lineStart = LiteralSearch.lastIndexOf(text, at, hit, eol) + 1;
      if (lineStart == 0) {
        lineStart = at;
      }
      int next = ByteSearch.indexOf(text, hit, limit, eol);
      lineEnd = next < 0 ? limit : next;
      if (!certain) {
        linesTried++;
        bytesPassed += lineEnd - at;
      }
      if (certain || matchesLine(text, lineStart, lineEnd, search != null)) {
        return true;
      }
      at = lineEnd + 1;
    }
    return false;
  }

  /** Whether so many lines hold a literal that looking for it first does not pay. */
  private boolean literalsAreCommon() {
    return linesTried > 100 && bytesPassed / linesTried < 400;
  }

  private boolean matchesLine(byte[] text, int from, int to, boolean automatonNotRun) {
    if (automatonNotRun) {
      int found = regex.exists().scan(text, from, to, -1, true);
      if (found == Dfa.NONE) {
        return false;
      }
      if (found >= 0 && regex.regular) {
        return true;
      }
    }
    this.text = text;
    this.begin = from;
    this.to = to;
    return backtrack(from);
  }

  /** The start of the line found by {@link #findLine}. */
  public int lineStart() {
    return lineStart;
  }

  /** The end of the line found by {@link #findLine}, before its newline. */
  public int lineEnd() {
    return lineEnd;
  }
}
