package dev.qanat.text.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegexTest {
  /** All matches of the pattern, each as its captures in angle brackets. */
  private static String all(Regex regex, String text) {
    byte[] bytes = Utf8.encode(text);
    Matcher matcher = regex.matcher();
    StringBuilder found = new StringBuilder();
    int at = 0;
    while (at <= bytes.length && matcher.find(bytes, 0, at, bytes.length)) {
      for (int i = 0; i <= regex.groupCount(); i++) {
        String group = matcher.group(i);
        found.append(group == null ? "<->" : "<" + group + ">");
      }
      found.append(' ');
      at = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
    }
    return found.toString().trim();
  }

  private static void finds(Syntax syntax, int flags, String... rows) {
    for (String row : rows) {
      String[] cells = row.split(" +~ +", -1);
      assertEquals(cells[2], all(Regex.compile(cells[0], syntax, flags), cells[1]), row);
    }
  }

  private static void fails(Syntax syntax, String pattern, String message) {
    RegexException e =
        assertThrows(RegexException.class, () -> Regex.compile(pattern, syntax, 0), pattern);
    assertEquals(message, e.getMessage(), pattern);
  }

  @Test
  void theLeftmostLongestMatchWins() {
    finds(
        Syntax.EXTENDED,
        0,
        "a|ab|abc ~ xabcab ~ <abc> <ab>",
        "(a|ab)(c|bcd)(d*) ~ abcd ~ <abcd><a><bcd><>",
        "(a*)(ab)*(b*) ~ aab ~ <aab><aa><-><b> <><><-><>",
        "abcd|c ~ abcd ~ <abcd>",
        "(a?)(ab)? ~ ab ~ <ab><><ab> <><><->",
        "((a)|b)* ~ ba ~ <ba><a><a> <><-><->",
        "x{2,3} ~ xxxxx ~ <xxx> <xx>",
        "(fo|foo)(bar|obar) ~ foobar ~ <foobar><fo><obar>",
        "[[:digit:]]+\\.?[[:alpha:]]* ~ 12.ab 7 ~ <12.ab> <7>",
        "^a|b$ ~ aab ~ <a> <b>",
        "a{0}b ~ ab ~ <b>");
  }

  @Test
  void basicSyntaxHasEscapedOperators() {
    finds(
        Syntax.GREP_BASIC,
        0,
        "a\\{2\\} ~ aaa ~ <aa>",
        "\\(a\\)\\1 ~ xaay ~ <aa><a>",
        "a\\|b ~ cab ~ <a> <b>",
        "a\\+b\\? ~ aab ~ <aab>",
        "*a ~ b*a ~ <*a>",
        "\\(*a\\) ~ *a ~ <*a><*a>",
        "a^b$c ~ a^b$c ~ <a^b$c>",
        "^*x ~ *x ~ <*x>",
        "(a) ~ (a) ~ <(a)>",
        "a+b? ~ a+b? ~ <a+b?>",
        "[]a]* ~ a]b ~ <a]> <> <>",
        "[a\\]x ~ \\x ~ <\\x>");
  }

  @Test
  void wordsHaveEdges() {
    finds(
        Syntax.GREP_EXTENDED,
        0,
        "\\bfoo\\b ~ foo foobar barfoo foo ~ <foo> <foo>",
        "\\<. ~ ab cd ~ <a> <c>",
        ".\\> ~ ab cd ~ <b> <d>",
        "o\\B. ~ foo bar ~ <oo>",
        "\\w+ ~ été_1 ok ~ <été_1> <ok>",
        "\\bé ~ aé éa ~ <é>",
        "\\W+ ~ a, b ~ <, >",
        "\\`a|b\\' ~ aabb ~ <a> <b>");
  }

  @Test
  void caseIsIgnoredBeyondAscii() {
    finds(
        Syntax.EXTENDED,
        Regex.IGNORE_CASE,
        "straße ~ STRAßE ~ <STRAßE>",
        "É+ ~ éÉé ~ <éÉé>",
        "[a-c]+ ~ AbCd ~ <AbC>",
        "[^a]+ ~ Aba ~ <b>",
        "k ~ K\u212A ~ <K> <\u212A>",
        "(a)\\1 ~ aA ~ <aA><a>");
  }

  @Test
  void invalidBytesMatchNoDotAndNoNegatedSet() {
    finds(
        Syntax.EXTENDED,
        0,
        ".+ ~ a\uDCFFb ~ <a> <b>",
        "[^x]+ ~ a\uDCFFb ~ <a> <b>",
        "\uDCFF ~ a\uDCFFb ~ <\uDCFF>",
        ". ~ é€😀 ~ <é> <€> <😀>");
    finds(Syntax.EXTENDED, Regex.BYTES, ".+ ~ a\uDCFFb ~ <a\uDCFFb>");
  }

  @Test
  void perlPrefersTheFirstAlternative() {
    finds(
        Syntax.PERL,
        0,
        "a|ab ~ ab ~ <a>",
        "a+? ~ aaa ~ <a> <a> <a>",
        "<.*?> ~ <a><b> ~ <<a>> <<b>>",
        "(?i)HELLO ~ hello Hello ~ <hello> <Hello>",
        "(?i:a)b ~ Ab AB ~ <Ab>",
        "(?<=\\$)\\d+ ~ $12 13 ~ <12>",
        "(?<!\\$)\\b\\d+ ~ $12 13 ~ <13>",
        "foo(?=bar) ~ foobar foobaz ~ <foo>",
        "foo(?!bar) ~ foobar foobaz ~ <foo>",
        "foo\\Kbar ~ foobar ~ <bar>",
        "(?>a+)b ~ aaab ~ <aaab>",
        "a++a ~ aaa ~ ",
        "(?<y>\\d{4})-(?<m>\\d\\d) ~ 2024-05 ~ <2024-05><2024><05>",
        "(a)(?:b)(c) ~ abc ~ <abc><a><c>",
        "(\\w)\\1 ~ hello ~ <ll><l>",
        "(?P<q>['\"]).*?\\k<q> ~ say 'hi' ~ <'hi'><'>",
        "\\Qa.b\\E+ ~ a.bb axb ~ <a.bb>",
        "\\x41\\x{e9}\\t? ~ Aé ~ <Aé>",
        "[\\d\\-x]+ ~ 1-x ~ <1-x>",
        "\\p{Lu}\\p{Ll}* ~ Été x ~ <Été>",
        "\\h+ ~ a \t b ~ < \t >",
        "^a.c$ ~ abc ~ <abc>",
        "(?x) a  b # comment ~ ab ~ <ab>",
        "(a|b)*?c ~ abc ~ <abc><b>");
  }

  @Test
  void errorsReadAsGnusDo() {
    fails(Syntax.EXTENDED, "[a", "Unmatched [, [^, [:, [., or [=");
    fails(Syntax.EXTENDED, "(a", "Unmatched ( or \\(");
    fails(Syntax.EXTENDED, "a)", "Unmatched ) or \\)");
    fails(Syntax.EXTENDED, "a{2,1}", "Invalid content of \\{\\}");
    fails(Syntax.EXTENDED, "a{1", "Unmatched \\{");
    fails(Syntax.EXTENDED, "a{32768}", "Regular expression too big");
    fails(Syntax.EXTENDED, "((a{1000}){1000}){1000}", "Regular expression too big");
    fails(Syntax.EXTENDED, "*a", "Invalid preceding regular expression");
    fails(Syntax.EXTENDED, "(a)\\2", "Invalid back reference");
    fails(Syntax.EXTENDED, "a\\", "Trailing backslash");
    fails(Syntax.EXTENDED, "[b-a]", "Invalid range end");
    fails(Syntax.EXTENDED, "[[:foo:]]", "Invalid character class name");
    fails(Syntax.EXTENDED, "[[.xx.]]", "Invalid collation character");
    fails(Syntax.GREP_BASIC, "[:space:]", "character class syntax is [[:space:]], not [:space:]");
    fails(Syntax.PERL, "(a", "missing closing parenthesis");
    fails(Syntax.PERL, "(?<=a*)b", "lookbehind assertion is not fixed length");
    assertEquals(
        List.of("* at start of expression"),
        Regex.compile("*a", Syntax.GREP_EXTENDED, 0).warnings());
  }

  @Test
  void nestedRepetitionTakesLinearTime() {
    String text = "a".repeat(20_000) + "c";
    assertFalse(Regex.compile("^(a+)+$", Syntax.PERL, 0).isFoundIn(text));
    assertFalse(Regex.compile("(a*)*b", Syntax.EXTENDED, 0).isFoundIn(text));
    assertFalse(Regex.compile("(.*)(.*)(.*)(.*)b", Syntax.EXTENDED, 0).isFoundIn(text));
    assertTrue(Regex.compile("a{500,1000}c", Syntax.EXTENDED, 0).isFoundIn(text));
  }

  @Test
  void aSearchWithReferencesGivesUpInsteadOfHanging() {
    Regex regex = Regex.compile("^(a*|b)*\\1c\\1d$", Syntax.EXTENDED, 0);
    String text = "a".repeat(40) + "c" + "a".repeat(41) + "d";
    RegexException e = assertThrows(RegexException.class, () -> regex.isFoundIn(text));
    assertEquals("regular expression search exceeded the step limit", e.getMessage());
  }

  @Test
  void linesAreFoundAcrossABuffer() {
    byte[] text = Utf8.encode("one\ntwo words\n\nthree\nlast");
    String[][] rows = {
      {"o", "one,two words"},
      {"^t", "two words,three"},
      {"e$", "one,three"},
      {"^$", ""},
      {"t.*e", "three"},
      {"\\bwords", "two words"},
      {"s\\S", "last"},
      {"\\(e\\)\\1", "three"},
      {"x", null},
    };
    for (String[] row : rows) {
      Matcher matcher = Regex.compile(row[0], Syntax.GREP_BASIC, Regex.LINES).matcher();
      List<String> lines = new ArrayList<>();
      int at = 0;
      while (matcher.findLine(text, at, text.length)) {
        lines.add(Utf8.decode(text, matcher.lineStart(), matcher.lineEnd() - matcher.lineStart()));
        at = matcher.lineEnd() + 1;
      }
      assertEquals(row[1], lines.isEmpty() ? null : String.join(",", lines), row[0]);
    }
  }

  @Test
  void thousandsOfStringsAreOneAutomaton() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      words.add("w" + i * 7919);
    }
    Regex regex = Regex.literals(words, 0);
    assertEquals("<w7919> <w15838>", all(regex, "x w7919 w15838 w3"));
    assertEquals("<w79190>", all(regex, "w79190"));
  }

  @Test
  void awkHasEscapesOfItsOwn() {
    finds(
        Syntax.AWK,
        0,
        "a\\/b ~ a/b ~ <a/b>",
        "[\\/x]+ ~ a/x ~ </x>",
        "\\t\\055 ~ \t- ~ <\t->",
        "\\yb\\y ~ ab b ~ <b>",
        "a{2} ~ aaa ~ <aa>",
        "x{ ~ x{ ~ <x{>",
        "[\\]]+ ~ a] ~ <]>");
  }

  @Test
  void findMatchesWholePaths() {
    Regex regex = Regex.compile(".*/[a-c]+\\|x+", Syntax.EMACS, Regex.WHOLE_TEXT);
    assertTrue(regex.isFoundIn("./d/abc"));
    assertTrue(regex.isFoundIn("xx"));
    assertFalse(regex.isFoundIn("./d/abcd"));
    assertFalse(regex.isFoundIn("./x"));
  }

  @Test
  void wholeWordsAndWholeLines() {
    assertEquals(
        "<foo>",
        all(
            Regex.compile("foo", Syntax.GREP_BASIC, Regex.LINES | Regex.WHOLE_WORD),
            "foobar foo éfoo"));
    assertEquals(
        "",
        all(Regex.compile("foo", Syntax.GREP_BASIC, Regex.LINES | Regex.WHOLE_LINE), "foo bar"));
    assertEquals("<a|ab>", all(Regex.literals(List.of("a|ab"), 0), "xa|ab"));
  }
}
