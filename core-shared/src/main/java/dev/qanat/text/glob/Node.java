package dev.qanat.text.glob;

/** An element of a compiled pattern. */
final class Node {
  enum Kind {
    CHAR,
    ANY,
    STAR,
    SET,
    GROUP
  }

  final Kind kind;
  final int character; // CHAR: the code point, folded when case does not matter
  final CharSet set; // SET
  final char operator; // GROUP: one of ? * + @ !
  final Node[][] alternatives; // GROUP

  private Node(Kind kind, int character, CharSet set, char operator, Node[][] alternatives) {
    this.kind = kind;
    this.character = character;
    this.set = set;
    this.operator = operator;
    this.alternatives = alternatives;
  }

  static final Node ANY = new Node(Kind.ANY, 0, null, '\0', null);
  static final Node STAR = new Node(Kind.STAR, 0, null, '\0', null);

  static Node character(int c) {
    return new Node(Kind.CHAR, c, null, '\0', null);
  }

  static Node set(CharSet set) {
    return new Node(Kind.SET, 0, set, '\0', null);
  }

  static Node group(char operator, Node[][] alternatives) {
    return new Node(Kind.GROUP, 0, null, operator, alternatives);
  }

  /**
   * The number of UTF-16 units of {@code text} at {@code i} that a one-character node matches; or
   * 0.
   */
  int width(String text, int i, boolean nocase) {
    if (i >= text.length()) {
      return 0;
    }
    char unit = text.charAt(i);
    int c = unit;
    int width = 1;
    if (unit >= 0xD800 && unit < 0xDC00 && i + 1 < text.length()) {
      char low = text.charAt(i + 1);
      if (low >= 0xDC00 && low < 0xE000) {
        c = Character.toCodePoint(unit, low);
        width = 2;
      }
    }
    boolean ok =
        switch (kind) {
          case CHAR -> (nocase ? fold(c) : c) == character;
          case ANY -> true;
          case SET -> set.matches(c);
          default -> false;
        };
    return ok ? width : 0;
  }

  static int fold(int c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}
