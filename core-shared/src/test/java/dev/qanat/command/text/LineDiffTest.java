package dev.qanat.command.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineDiffTest {
  private static JvmSched sched;

  @BeforeAll
  static void install() {
    sched = new JvmSched();
    Sched.install(sched);
  }

  /** Each letter is a line; those that go are shown as -, those that come in as +. */
  private static String[] marked(String a, String b) {
    LineDiff d = sched.call(() -> new LineDiff(a.chars().toArray(), b.chars().toArray()));
    return new String[] {marked(a, d.deleted, '-'), marked(b, d.inserted, '+')};
  }

  private static String marked(String lines, boolean[] changed, char mark) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines.length(); i++) {
      out.append(changed[i] ? mark : lines.charAt(i));
    }
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, abc, abc",
    "abc, axc, a-c, a+c",
    "ab, abab, ab, ab++",
    "xabab, xab, xab--, xab",
    "{f}{g}, {f}{h}{g}, {f}{g}, {f}{+++g}",
    "abcabba, cbabac, --c-bba, cb+ba+",
  })
  void runsOfChangesLieAsLowAsTheyCan(String a, String b, String deleted, String inserted) {
    String[] d = marked(a, b);
    assertEquals(deleted + " " + inserted, d[0] + " " + d[1]);
  }

  @Test
  void whatStaysIsTheSameInBoth() {
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      int letters = 2 + random.nextInt(8);
      String a = word(random, letters);
      String b = word(random, letters);
      String[] d = marked(a, b);
      assertEquals(d[0].replace("-", ""), d[1].replace("+", ""), a + " " + b);
    }
  }

  private static String word(Random random, int letters) {
    StringBuilder s = new StringBuilder();
    for (int n = random.nextInt(30); n > 0; n--) {
      s.append((char) ('a' + random.nextInt(letters)));
    }
    return s.toString();
  }
}
