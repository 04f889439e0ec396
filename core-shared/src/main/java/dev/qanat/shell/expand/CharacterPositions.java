package dev.qanat.shell.expand;

/**
 * Counts characters and finds where the n-th begins. What the last long text was found to be is
 * remembered, and where in it the last question led: a script that walks a text character by
 * character must not begin at its start each time.
 */
final class CharacterPositions {
  private static final int SHORT = 32;

  private String text = "";
  private int characters;
  private int near; // a character of the text by number
  private int nearAt; // and where it begins

  /** The number of characters: pairs of surrogates count as one, lone ones as one each. */
  int count(String s) {
    if (s == text) {
      return characters;
    }
    int n = count(s, 0, s.length());
    if (s.length() > SHORT) {
      text = s;
      characters = n;
      near = 0;
      nearAt = 0;
    }
    return n;
  }

  /** How many characters begin in {@code s[from, to)}, given what stands before. */
  static int count(CharSequence s, int from, int to) {
    int n = to - from;
    for (int i = from; i < to; i++) {
      if (Character.isLowSurrogate(s.charAt(i))
          && i > 0
          && Character.isHighSurrogate(s.charAt(i - 1))) {
        n--;
      }
    }
    return n;
  }

  /** Where a character begins; its number is from 0 to {@link #count(String)}. */
  int position(String s, int character) {
    int all = count(s);
    if (all == s.length()) {
      return character;
    }
    if (s != text) {
      return s.offsetByCodePoints(0, character);
    }
    if (character < near / 2) {
      near = 0;
      nearAt = 0;
    }
    nearAt = s.offsetByCodePoints(nearAt, character - near);
    near = character;
    return nearAt;
  }
}
