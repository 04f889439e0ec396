package dev.qanat.text.glob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PatternTest {
  private static final String LONG = "a".repeat(3000);

  private static boolean matches(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.EXTGLOB).matches(text);
  }

  @Test
  void manyStarsTakeNoExponentialTime() {
    assertFalse(matches("*a*a*a*a*a*a*a*a*a*a*b", LONG));
    assertTrue(matches("*a*a*a*a*a*a*a*a*a*a*", LONG));
  }

  @Test
  void nestedRepetitionsTakeNoExponentialTime() {
    assertFalse(matches("*(*(*(a|aa)))b", LONG.substring(0, 300)));
    assertFalse(matches("+(+(a)|+(aa))b", LONG.substring(0, 300)));
    assertTrue(matches("!(!(*a))", LONG.substring(0, 300)));
  }

  @Test
  void prefixesAndSuffixesAreShortestOrLongest() {
    Pattern p = Pattern.compile("*/", 0);
    assertEquals(2, p.shortestPrefix("a/b/c"));
    assertEquals(4, p.longestPrefix("a/b/c"));
    Pattern q = Pattern.compile(".?*", 0);
    assertEquals(6, q.shortestSuffix("a.b.cd.e"));
    assertEquals(1, q.longestSuffix("a.b.cd.e"));
    assertEquals(-1, q.shortestSuffix("abc"));
    Pattern g = Pattern.compile("+(ab)", Pattern.EXTGLOB);
    assertEquals(2, g.shortestPrefix("ababab"));
    assertEquals(6, g.longestPrefix("ababab"));
    assertEquals(4, g.shortestSuffix("ababab"));
    assertEquals(0, g.longestSuffix("ababab"));
  }

  @Test
  void aCharacterBeyondTheBasicPlaneIsOne() {
    assertTrue(matches("?", "\uD83D\uDE00"));
    assertFalse(matches("??", "\uD83D\uDE00"));
    assertTrue(matches("[\uD83D\uDE00-\uD83D\uDE02]", "\uD83D\uDE01"));
    assertTrue(matches("!(x)", "\uD83D\uDE00"));
    assertEquals(0, Pattern.compile("?", 0).longestSuffix("\uD83D\uDE00"));
  }

  @Test
  void aByteThatIsNoTextIsOneCharacterOfNoClass() {
    assertTrue(matches("?", "\uDCFF"));
    assertTrue(matches("[!a]", "\uDCFF"));
    assertFalse(matches("[[:alpha:][:print:]]", "\uDCFF"));
  }

  @Test
  void theLongestMatchIsFoundFromTheLeft() {
    Pattern.Finder finder = Pattern.compile("b*b", 0).finder("abcbdbe");
    assertTrue(finder.find(0));
    assertEquals(1, finder.start());
    assertEquals(6, finder.end());
    assertFalse(finder.find(finder.end()));
  }

  @Test
  void quotingMakesEveryTextMatchItself() {
    String text = "a*?[b]\\!(x|y)@(z)~#%-^";
    assertTrue(matches(Pattern.quote(text), text));
    assertFalse(Pattern.hasMagic(Pattern.quote(text), true));
  }

  @Test
  void letterCaseIsForgottenWhenAsked() {
    assertTrue(Pattern.compile("[a-c]É*", Pattern.NOCASE).matches("BéX"));
    assertFalse(Pattern.compile("[a-c]É*", 0).matches("BéX"));
  }
}
