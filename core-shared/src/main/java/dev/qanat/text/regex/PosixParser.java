package dev.qanat.text.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads basic and extended regular expressions with GNU's extensions. Where the standard leaves
 * something undefined, the result is the GNU library's.
 */
final class PosixParser {
  /** The largest repetition count, RE_DUP_MAX. */
  static final int MAXIMUM_REPEAT = 32767;

  private static final int MAXIMUM_DEPTH = 400;

  private final int[] pattern;
  private final Syntax syntax;
  private final boolean basic;
  private final boolean emacs;
  private final boolean bytes;
  private final boolean ignoreCase;
  private final int notInNegatedSets;
  private final int lineStart;
  private final int lineEnd;
  private final CharSet any;
  private final int firstGroup;
  private int at;
  private int depth;
  private int groups;
  private int literalBrace = -1; // where a malformed interval begins
  private long completed; // bit i: group i is closed, so that \i is valid
  private boolean anchorsHere; // behind \( or \|, where ^ is an anchor in basic syntax
  final List<String> warnings = new ArrayList<>();

  /**
   * A parser of {@code pattern}, given as code points.
   *
   * @param multiline whether {@code ^} and {@code $} match at lines within the text
   * @param any what {@code .} matches
   * @param notInNegatedSets a character that negated sets never match, or -1
   * @param firstGroup the number of captures in the patterns before this one
   */
  PosixParser(
      int[] pattern,
      Syntax syntax,
      boolean bytes,
      boolean ignoreCase,
      boolean multiline,
      CharSet any,
      int notInNegatedSets,
      int firstGroup) {
    this.pattern = pattern;
    this.syntax = syntax;
    this.basic = syntax.form == Syntax.Form.BASIC;
    this.emacs = syntax.form == Syntax.Form.EMACS;
    this.bytes = bytes;
    this.ignoreCase = ignoreCase;
    this.lineStart = multiline ? Assertion.LINE_START : Assertion.TEXT_START;
    this.lineEnd = multiline ? Assertion.LINE_END : Assertion.TEXT_END;
    this.any = any;
    this.firstGroup = firstGroup;
    this.notInNegatedSets = notInNegatedSets;
  }

  int groupCount() {
    return groups;
  }

  Node parse() {
    Node node = alternation();
    if (at < pattern.length) {
      throw new RegexException("Unmatched ) or \\)");
    }
    return node;
  }

  private boolean escapedOperators() {
    return basic || emacs;
  }

  private boolean looksAt(int offset, int c) {
    return at + offset < pattern.length && pattern[at + offset] == c;
  }

  private boolean atAlternation() {
    return escapedOperators() ? looksAt(0, '\\') && looksAt(1, '|') : looksAt(0, '|');
  }

  private boolean atClose() {
    if (escapedOperators()) {
      return looksAt(0, '\\') && looksAt(1, ')');
    }
    return looksAt(0, ')') && (depth > 0 || !syntax.unmatchedParenIsLiteral);
  }

  private Node alternation() {
    List<Node> branches = new ArrayList<>();
    branches.add(branch());
    while (atAlternation()) {
      at += escapedOperators() ? 2 : 1;
      anchorsHere = true;
      branches.add(branch());
    }
    return branches.size() == 1 ? branches.get(0) : new Node.Alternate(branches);
  }

  private Node branch() {
    List<Node> parts = new ArrayList<>();
    while (at < pattern.length && !atAlternation() && !atClose()) {
      parts.add(expression());
    }
    return switch (parts.size()) {
      case 0 -> Node.EMPTY;
      case 1 -> parts.get(0);
      default -> new Node.Concat(parts);
    };
  }

  /** An atom with the repetition operators behind it. */
  private Node expression() {
    boolean start = anchorsHere || at == 0;
    anchorsHere = false;
    int c = pattern[at];
    if (c == '\\') {
      if (at + 1 >= pattern.length) {
        throw new RegexException("Trailing backslash");
      }
      int operator = pattern[at + 1];
      if (escapedOperators()) {
        if (operator == '(') {
          at += 2;
          return repetitions(group());
        }
        if (basic && operator == '{') {
          if (syntax.doubledRepetitionIsError) {
            throw new RegexException("Invalid preceding regular expression");
          }
          at += 2;
          return repetitions(literal('{'));
        }
        if (basic && (operator == '+' || operator == '?')) {
          at += 2;
          return repetitions(literal(operator));
        }
      }
      return escape();
    }
    if (c == '[') {
      BracketParser bracket = new BracketParser(pattern, syntax, bytes, ignoreCase);
      CharSet set = bracket.parse(at + 1, notInNegatedSets);
      at = bracket.at;
      return repetitions(new Node.Chars(set));
    }
    if (c == '.') {
      at++;
      return repetitions(new Node.Chars(any));
    }
    if (c == '^' && (!escapedOperators() || start)) {
      at++;
      // In basic syntax a repetition behind an anchor is an ordinary character; in extended syntax
      // it repeats nothing.
      return anchor(lineStart);
    }
    if (c == '$' && (!escapedOperators() || dollarIsAnchor())) {
      at++;
      return anchor(lineEnd);
    }
    if (!escapedOperators()) {
      if (c == '(') {
        at++;
        return repetitions(group());
      }
      if (c == '*' || c == '+' || c == '?' || c == '{' && at != literalBrace) {
        if (syntax.invalidRepetitionIsError) {
          throw new RegexException("Invalid preceding regular expression");
        }
        if (syntax.grep) {
          warnings.add((c == '{' ? "{...}" : String.valueOf((char) c)) + " at start of expression");
        }
        if (syntax == Syntax.AWK) {
          at++;
          return repetitions(literal(c));
        }
        at++;
        // The operator is dropped, and what follows is read as if it were not there.
        return at < pattern.length && !atAlternation() && !atClose() ? expression() : Node.EMPTY;
      }
    }
    at++;
    return repetitions(literal(c));
  }

  private boolean dollarIsAnchor() {
    if (at + 1 == pattern.length) {
      return true;
    }
    return looksAt(1, '\\') && (looksAt(2, ')') || looksAt(2, '|'));
  }

  private static Node anchor(int kind) {
    return new Node.Assert(kind);
  }

  private Node group() {
    if (++depth > MAXIMUM_DEPTH) {
      throw new RegexException("Regular expression too big");
    }
    int index = ++groups;
    anchorsHere = true;
    Node body = alternation();
    if (!atClose()) {
      throw new RegexException("Unmatched ( or \\(");
    }
    at += escapedOperators() ? 2 : 1;
    anchorsHere = false;
    depth--;
    if (index < 10) {
      completed |= 1L << index;
    }
    return new Node.Group(body, firstGroup + index);
  }

  /** What stands behind a backslash and is no operator of basic syntax. */
  private Node escape() {
    int c = pattern[at + 1];
    at += 2;
    if (syntax == Syntax.AWK) {
      if (c == 'y') {
        return anchor(Assertion.WORD_BOUNDARY);
      }
      AwkEscapes escapes = new AwkEscapes(pattern, at - 1);
      if (escapes.special) {
        at = escapes.end;
        return repetitions(literal(escapes.character));
      }
    } else if (c >= '1' && c <= '9') {
      int index = c - '0';
      if ((completed & 1L << index) == 0) {
        throw new RegexException("Invalid back reference");
      }
      return repetitions(new Node.BackReference(firstGroup + index, ignoreCase));
    }
    switch (c) {
      case 'w':
        return repetitions(new Node.Chars(CharClasses.word(bytes)));
      case 'W':
        return repetitions(new Node.Chars(complement(CharClasses.word(bytes))));
      case 's':
        return repetitions(new Node.Chars(CharClasses.posix("space", bytes)));
      case 'S':
        return repetitions(new Node.Chars(complement(CharClasses.posix("space", bytes))));
      case 'b':
        return anchor(Assertion.WORD_BOUNDARY);
      case 'B':
        return anchor(Assertion.NOT_WORD_BOUNDARY);
      case '<':
        return anchor(Assertion.WORD_START);
      case '>':
        return anchor(Assertion.WORD_END);
      case '`':
        return anchor(Assertion.TEXT_START);
      case '\'':
        return anchor(Assertion.TEXT_END);
      default:
        return repetitions(literal(c));
    }
  }

  private CharSet complement(CharSet set) {
    CharSet complement = set.complement(bytes ? CharSet.ALL_BYTES : CharSet.ALL);
    return notInNegatedSets >= 0 ? complement.without(notInNegatedSets) : complement;
  }

  private Node literal(int c) {
    CharSet set = CharSet.of(c);
    return new Node.Chars(ignoreCase ? set.foldCase(bytes) : set);
  }

  private Node repetitions(Node atom) {
    Node node = atom;
    int stacked = 0;
    while (at < pattern.length) {
      int c = pattern[at];
      Node next;
      if (c == '*') {
        at++;
        next = repeat(node, 0, -1);
      } else if (!basic && (c == '+' || c == '?')) {
        at++;
        next = repeat(node, c == '+' ? 1 : 0, c == '+' ? -1 : 1);
      } else if (basic && c == '\\' && (looksAt(1, '+') || looksAt(1, '?'))) {
        boolean plus = looksAt(1, '+');
        at += 2;
        next = repeat(node, plus ? 1 : 0, plus ? -1 : 1);
      } else if (basic ? c == '\\' && looksAt(1, '{') : !emacs && c == '{') {
        next = interval(node);
        if (next == null) {
          return node;
        }
      } else {
        return node;
      }
      node = next;
      if (++stacked > MAXIMUM_DEPTH) {
        throw new RegexException("Regular expression too big");
      }
      if (basic
          && syntax.doubledRepetitionIsError
          && (looksAt(0, '*') || looksAt(0, '\\') && looksAt(1, '{'))) {
        throw new RegexException("Invalid preceding regular expression");
      }
    }
    return node;
  }

  /** The repeated node; {@code x**} is {@code x*}, so that towers of operators cost nothing. */
  private static Node repeat(Node body, int min, int max) {
    if (body instanceof Node.Repeat inner
        && inner.max() == -1
        && inner.min() <= 1
        && max == -1
        && min <= 1) {
      return new Node.Repeat(inner.body(), Math.min(inner.min(), min), -1, false);
    }
    return new Node.Repeat(body, min, max, false);
  }

  /** Reads an interval; null if it is malformed and therefore literal. */
  private Node interval(Node body) {
    int open = at;
    at += basic ? 2 : 1;
    int min = number();
    int max = min;
    boolean valid = true;
    if (looksAt(0, ',')) {
      at++;
      max = number();
      if (min < 0) {
        min = 0;
      }
    } else if (min < 0) {
      valid = false;
    }
    boolean closed = basic ? looksAt(0, '\\') && looksAt(1, '}') : looksAt(0, '}');
    if (!valid || !closed) {
      if (syntax.grep && !basic || syntax == Syntax.AWK) {
        at = open;
        literalBrace = open;
        return null;
      }
      boolean atEnd = at >= pattern.length;
      throw new RegexException(atEnd ? "Unmatched \\{" : "Invalid content of \\{\\}");
    }
    at += basic ? 2 : 1;
    if (max >= 0 && min > max) {
      throw new RegexException("Invalid content of \\{\\}");
    }
    if (Math.max(min, max) > MAXIMUM_REPEAT) {
      throw new RegexException("Regular expression too big");
    }
    return repeat(body, min, max);
  }

  private int number() {
    int value = -1;
    while (at < pattern.length && pattern[at] >= '0' && pattern[at] <= '9') {
      value = Math.min((value < 0 ? 0 : value) * 10 + pattern[at++] - '0', MAXIMUM_REPEAT + 1);
    }
    return value;
  }
}
