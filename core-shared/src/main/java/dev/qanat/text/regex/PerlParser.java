package dev.qanat.text.regex;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the part of PCRE that does not recurse: lazy and possessive quantifiers, atomic, named and
 * non-capturing groups, look-around, inline options, {@code \K}, Unicode properties. Errors are
 * worded as PCRE2 words them.
 */
final class PerlParser {
  private static final int MAXIMUM_DEPTH = 250;
  private static final int MAXIMUM_REPEAT = 65535;

  private final int[] pattern;
  private final boolean bytes;
  private final boolean lines;
  private final boolean unicode;
  private final int firstGroup;
  private final Map<String, Integer> names;
  private final Set<String> forwardNames = new HashSet<>();
  private int flags;
  private int at;
  private int depth;
  private int groups;
  private int highestReference;

  PerlParser(int[] pattern, int flags, int firstGroup, Map<String, Integer> names) {
    this.pattern = pattern;
    this.flags = flags;
    this.bytes = (flags & Regex.BYTES) != 0;
    this.lines = (flags & Regex.LINES) != 0;
    this.unicode = (flags & Regex.UNICODE) != 0;
    this.firstGroup = firstGroup;
    this.names = names;
  }

  int groupCount() {
    return groups;
  }

  Node parse() {
    Node node = alternation();
    if (at < pattern.length) {
      throw new RegexException("unmatched closing parenthesis");
    }
    if (highestReference > groups) {
      throw new RegexException("reference to non-existent subpattern");
    }
    for (String name : forwardNames) {
      if (!names.containsKey(name)) {
        throw new RegexException("reference to non-existent subpattern");
      }
    }
    return node;
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private boolean looksAt(String expected) {
    if (at + expected.length() > pattern.length) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (pattern[at + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean take(String expected) {
    boolean there = looksAt(expected);
    if (there) {
      at += expected.length();
    }
    return there;
  }

  private Node alternation() {
    List<Node> branches = new ArrayList<>();
    do {
      branches.add(branch());
    } while (take("|"));
    return branches.size() == 1 ? branches.get(0) : new Node.Alternate(branches);
  }

  private Node branch() {
    List<Node> parts = new ArrayList<>();
    while (at < pattern.length && pattern[at] != '|' && pattern[at] != ')') {
      if (has(Regex.EXTENDED) && skipBlank()) {
        continue;
      }
      if (take("\\Q")) {
        quoted(parts);
        continue;
      }
      if (take("\\E")) {
        continue;
      }
      Node atom = atom();
      if (atom != null) {
        parts.add(quantified(atom));
      }
    }
    return switch (parts.size()) {
      case 0 -> Node.EMPTY;
      case 1 -> parts.get(0);
      default -> new Node.Concat(parts);
    };
  }

  private boolean skipBlank() {
    int c = pattern[at];
    if (c == ' ' || c >= 9 && c <= 13) {
      at++;
      return true;
    }
    if (c == '#') {
      while (at < pattern.length && pattern[at] != '\n') {
        at++;
      }
      return true;
    }
    return false;
  }

  private void quoted(List<Node> parts) {
    while (at < pattern.length && !take("\\E")) {
      Node literal = literal(pattern[at++]);
      boolean last = take("\\E");
      parts.add(last ? quantified(literal) : literal);
      if (last) {
        return;
      }
    }
  }

  private Node literal(int c) {
    CharSet set = CharSet.of(c);
    return new Node.Chars(has(Regex.IGNORE_CASE) ? set.foldCase(bytes) : set);
  }

  private CharSet all() {
    return bytes ? CharSet.ALL_BYTES : CharSet.ALL;
  }

  private boolean ascii() {
    return bytes || !unicode;
  }

  /** An atom without its quantifier; null if it was an option setting or comment. */
  private Node atom() {
    int c = pattern[at];
    switch (c) {
      case '(':
        return group();
      case '[':
        at++;
        PerlClassParser parser =
            new PerlClassParser(pattern, at, bytes, ascii(), has(Regex.IGNORE_CASE));
        Node set = new Node.Chars(parser.parse());
        at = parser.at;
        return set;
      case '.':
        at++;
        return new Node.Chars(has(Regex.DOT_ALL) ? all() : all().without('\n'));
      case '^':
        at++;
        return new Node.Assert(
            lines || has(Regex.MULTILINE) ? Assertion.LINE_START : Assertion.TEXT_START);
      case '$':
        at++;
        return new Node.Assert(
            lines || has(Regex.MULTILINE) ? Assertion.LINE_END : Assertion.LAST_LINE_END);
      case '\\':
        return escape();
      case '*', '+', '?':
        throw new RegexException("quantifier does not follow a repeatable item");
      default:
        at++;
        return literal(c);
    }
  }

  private Node quantified(Node atom) {
    Node node = atom;
    while (at < pattern.length) {
      if (has(Regex.EXTENDED) && skipBlank()) {
        continue;
      }
      int min;
      int max;
      int open = at;
      if (take("*")) {
        min = 0;
        max = -1;
      } else if (take("+")) {
        min = 1;
        max = -1;
      } else if (take("?")) {
        min = 0;
        max = 1;
      } else if (take("{")) {
        min = number();
        max = min;
        if (min >= 0 && take(",")) {
          max = number();
        }
        if (min < 0 || !take("}")) {
          at = open;
          return node;
        }
        if (max >= 0 && min > max) {
          throw new RegexException("numbers out of order in {} quantifier");
        }
        if (Math.max(min, max) > MAXIMUM_REPEAT) {
          throw new RegexException("number too big in {} quantifier");
        }
      } else {
        return node;
      }
      if (node != atom) {
        throw new RegexException("quantifier does not follow a repeatable item");
      }
      if (take("?")) {
        node = new Node.Repeat(node, min, max, true);
      } else if (take("+")) {
        node = new Node.Atomic(new Node.Repeat(node, min, max, false));
      } else {
        node = new Node.Repeat(node, min, max, false);
      }
    }
    return node;
  }

  private int number() {
    int value = -1;
    while (at < pattern.length && pattern[at] >= '0' && pattern[at] <= '9') {
      value = Math.min((value < 0 ? 0 : value) * 10 + pattern[at++] - '0', 1_000_000);
    }
    return value;
  }

  private Node group() {
    if (++depth > MAXIMUM_DEPTH) {
      throw new RegexException("parentheses are too deeply nested");
    }
    int savedFlags = flags;
    at++;
    Node node;
    if (take("*")) {
      throw new RegexException("(*VERB) not recognized or malformed");
    } else if (!take("?")) {
      node = capture(null);
    } else if (take("#")) {
      while (at < pattern.length && pattern[at] != ')') {
        at++;
      }
      if (at >= pattern.length) {
        throw new RegexException("missing ) after (?# comment");
      }
      at++;
      depth--;
      return null;
    } else if (take(":")) {
      node = alternation();
    } else if (take("=")) {
      node = new Node.Look(alternation(), false, false);
    } else if (take("!")) {
      node = new Node.Look(alternation(), false, true);
    } else if (take("<=")) {
      node = behind(false);
    } else if (take("<!")) {
      node = behind(true);
    } else if (take(">")) {
      node = new Node.Atomic(alternation());
    } else if (take("P=")) {
      node = reference(name(')'));
      at--;
    } else if (take("P<") || take("<")) {
      node = capture(name('>'));
    } else if (take("'")) {
      node = capture(name('\''));
    } else if (looksAt("(")
        || looksAt("R")
        || looksAt("P>")
        || looksAt("&")
        || looksAt("|")
        || atDigit()) {
      throw new RegexException("recursive and conditional groups are not supported");
    } else {
      options();
      if (take(")")) {
        depth--;
        return null; // the options hold until the group around this ends
      }
      at++; // the colon
      node = alternation();
    }
    if (!take(")")) {
      throw new RegexException("missing closing parenthesis");
    }
    flags = savedFlags;
    depth--;
    return node;
  }

  private boolean atDigit() {
    return at < pattern.length && pattern[at] >= '0' && pattern[at] <= '9';
  }

  private Node behind(boolean negated) {
    Node body = alternation();
    if (!Lookbehind.isAllowed(body)) {
      throw new RegexException("lookbehind assertion is not fixed length");
    }
    return new Node.Look(body, true, negated);
  }

  private Node capture(String name) {
    int index = firstGroup + ++groups;
    if (name != null) {
      if (names.containsKey(name)) {
        throw new RegexException(
            "two named subpatterns have the same name (PCRE2_DUPNAMES not set)");
      }
      names.put(name, index);
    }
    return new Node.Group(alternation(), index);
  }

  private String name(int end) {
    StringBuilder name = new StringBuilder();
    while (at < pattern.length && pattern[at] != end) {
      if (!CharClasses.isWord(pattern[at], true)) {
        throw new RegexException("syntax error in subpattern name (missing terminator?)");
      }
      name.appendCodePoint(pattern[at++]);
    }
    if (at >= pattern.length || name.length() == 0) {
      throw new RegexException("syntax error in subpattern name (missing terminator?)");
    }
    at++;
    return name.toString();
  }

  private void options() {
    boolean on = true;
    while (at < pattern.length && pattern[at] != ')' && pattern[at] != ':') {
      int flag =
          switch (pattern[at]) {
            case 'i' -> Regex.IGNORE_CASE;
            case 'm' -> Regex.MULTILINE;
            case 's' -> Regex.DOT_ALL;
            case 'x' -> Regex.EXTENDED;
            case '-' -> 0;
            default -> throw new RegexException("unrecognized character after (? or (?-");
          };
      if (flag == 0) {
        on = false;
      } else {
        flags = on ? flags | flag : flags & ~flag;
      }
      at++;
    }
    if (at >= pattern.length) {
      throw new RegexException("missing closing parenthesis");
    }
  }

  private Node reference(String name) {
    Integer index = names.get(name);
    if (index == null) {
      forwardNames.add(name);
      throw new RegexException("reference to non-existent subpattern");
    }
    return new Node.BackReference(index, has(Regex.IGNORE_CASE));
  }

  private Node reference(int index) {
    highestReference = Math.max(highestReference, index);
    return new Node.BackReference(firstGroup + index, has(Regex.IGNORE_CASE));
  }

  private Node escape() {
    if (at + 1 >= pattern.length) {
      throw new RegexException("\\ at end of pattern");
    }
    int c = pattern[at + 1];
    switch (c) {
      case 'b':
        at += 2;
        return new Node.Assert(Assertion.WORD_BOUNDARY);
      case 'B':
        at += 2;
        return new Node.Assert(Assertion.NOT_WORD_BOUNDARY);
      case 'A', 'G':
        at += 2;
        return new Node.Assert(Assertion.TEXT_START);
      case 'z':
        at += 2;
        return new Node.Assert(Assertion.TEXT_END);
      case 'Z':
        at += 2;
        return new Node.Assert(lines ? Assertion.TEXT_END : Assertion.LAST_LINE_END);
      case 'K':
        at += 2;
        return new Node.Keep();
      case 'R':
        at += 2;
        return lineBreak();
      case 'X':
        at += 2;
        return new Node.Concat(
            List.of(
                new Node.Chars(all()),
                new Node.Repeat(new Node.Chars(CharClasses.property("M")), 0, -1, false)));
      case 'N':
        at += 2;
        return new Node.Chars(all().without('\n'));
      case 'g', 'k':
        at += 2;
        return namedReference();
      default:
        if (c >= '1' && c <= '9') {
          int saved = at;
          at++;
          int index = number();
          if (index < 10 || index <= groups) {
            return reference(index);
          }
          at = saved; // an octal number
        }
        PerlClassParser parser =
            new PerlClassParser(pattern, at, bytes, ascii(), has(Regex.IGNORE_CASE));
        CharSet set = parser.escape(false);
        at = parser.at;
        return new Node.Chars(set);
    }
  }

  private Node lineBreak() {
    CharSet.Builder single = new CharSet.Builder().add(0x0A, 0x0D);
    if (!bytes) {
      single.add(0x85, 0x85).add(0x2028, 0x2029);
    }
    Node pair = new Node.Concat(List.of(literal('\r'), literal('\n')));
    return new Node.Alternate(List.of(pair, new Node.Chars(single.build())));
  }

  private Node namedReference() {
    int open = at < pattern.length ? pattern[at] : -1;
    int close = open == '{' ? '}' : open == '<' ? '>' : open == '\'' ? '\'' : -1;
    if (close >= 0) {
      at++;
    }
    boolean relative = at < pattern.length && pattern[at] == '-';
    if (relative) {
      at++;
    }
    if (atDigit()) {
      int index = number();
      if (close >= 0 && (at >= pattern.length || pattern[at++] != close)) {
        throw new RegexException("a numbered reference must not be zero");
      }
      return reference(relative ? groups + 1 - index : index);
    }
    if (close < 0) {
      throw new RegexException("\\k is not followed by a braced, angle-bracketed, or quoted name");
    }
    return reference(name(close));
  }
}
