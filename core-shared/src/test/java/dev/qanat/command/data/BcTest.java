package dev.qanat.command.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.command.Tool;
import dev.qanat.command.data.bc.Bc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** bc programs, each run by ours and, where the machine has it, by GNU bc 1.07. */
class BcTest {
  /** Program with newlines as ⏎, and its output. A program that starts with l is for bc -l. */
  private static final String[][] TABLE = {
    {"10 - 3", "7⏎"},
    {"10 / 3; scale = 2; 10 / 3; -7 / 2", "3⏎3.33⏎-3.50⏎"},
    {"7 % -3; -7 % 3; scale = 2; 7 % 3", "1⏎-1⏎.01⏎"},
    {"2 ^ 64; 2 ^ 3 ^ 2; -2 ^ 2; scale = 3; 2 ^ -2", "18446744073709551616⏎512⏎4⏎.250⏎"},
    {"scale = 4; sqrt(2); sqrt(16); scale(sqrt(2))", "1.4142⏎4.0000⏎4⏎"},
    {"length(0.05); length(12.50); length(0)", "2⏎4⏎1⏎"},
    {"obase = 16; 255; -255; obase = 2; 10.25; obase = 20; 399", "FF⏎-FF⏎1010.0100000⏎ 19 19⏎"},
    {"ibase = 16; FF; ibase = A; 10; ibase = 2; 1010.101; 12; 9", "255⏎10⏎10.625⏎3⏎9⏎"},
    {"x = 5; x += 2; x; x++; x; --x; (x = 3)", "7⏎7⏎8⏎7⏎3⏎"},
    {"a[1] = 3; a[1] ^= 2; a[1]; a[2]", "9⏎0⏎"},
    {"1 < 2; 1 && 0; 1 || 0; !3; !0; 1 == 1.0", "1⏎0⏎1⏎0⏎1⏎1⏎"},
    {
      "define f(n) {⏎ if (n < 2) return 1⏎ return n * f(n - 1)⏎}⏎f(25)",
      "15511210043330985984000000⏎"
    },
    {"define f(a[], *b[]) { a[0] = 1; b[0] = 2; }⏎x = f(c[], d[])⏎c[0]; d[0]", "0⏎2⏎"},
    {"define g(x) { auto y; y = x; x = 9; return y }⏎x = 1; y = 2; g(5); x; y", "5⏎1⏎2⏎"},
    {"define void p(x) { print x, \"\\n\" }⏎p(3)", "3⏎"},
    {"for (i = 0; i < 5; i++) { if (i == 1) continue; if (i == 3) break; i }", "0⏎2⏎"},
    {"i = 3; while (i-- > 0) i; if (i) 7 else 8", "2⏎1⏎0⏎7⏎"},
    {"\"text\"; print \"a\\tb\\q\\n\", 1, \"\\n\"", "texta\tb\"⏎1⏎"},
    {"3 + 4; last * 2; . + 1", "7⏎14⏎15⏎"},
    {
      "2 ^ 300",
      "20370359763344860862684456884093781610514683936659362506361404493543\\⏎"
          + "81299763336706183397376⏎"
    },
    {"1 + 1; quit", ""},
    {"1⏎halt⏎2", "1⏎"},
    {"# note⏎1 /* a⏎b */ + 1 \\⏎+ 1", "3⏎"},
    {"l e(1); e(0); e(-3.5); e(100)", null},
    {"l s(1); s(100); s(-0.1); c(0); c(3); c(1234567)", null},
    {"l a(1); a(0); a(-5); a(0.2); 4 * a(1)", null},
    {"l l(1); l(2); l(0.001); l(10 ^ 30); l(0); l(-1)", null},
    {"l j(0, 1); j(1, 2.5); j(3, 10); j(-1, 1)", null},
    {"l scale = 50; e(1); 4 * a(1); l(3); s(2); c(2)", null},
    {"l scale = 3; e(2.5); a(2); s(1); c(1); l(7)", null},
    {"1 / 0⏎5", "5⏎"},
    {"a = 5; a / 0⏎1; 2 / b; 3⏎4", "1⏎4⏎"},
    {"2 ^ 1.5; sqrt(-1)", "2⏎"},
    {"nothing(1)⏎1 2⏎@⏎3", "3⏎"},
    {"define f(x) {⏎return x / 0⏎}⏎f(1)", ""},
    {"break⏎1 +⏎2 + 2", "4⏎"},
    {"ibase = 1; obase = 0; scale = -1", ""},
  };

  /** GNU bc reads a program of its standard input ahead, and then waits for ever. */
  @Test
  void readTakesTheLineAfterItsOwn() {
    assertEquals("42\n", ours(new String[] {"x = read()⏎41⏎x + 1"}).stdout());
  }

  @TestFactory
  List<DynamicTest> programs() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String[] row : TABLE) {
      if (row[1] != null) {
        tests.add(
            DynamicTest.dynamicTest(
                row[0], () -> assertEquals(row[1], ours(row).stdout().replace("\n", "⏎"))));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> asGnuBc() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String[] row : TABLE) {
      tests.add(
          DynamicTest.dynamicTest(
              row[0],
              () -> {
                assumeTrue(Tool.isNative("bc", "1.07"));
                Tool.Result theirs = new Tool().runNative(input(row), argv(row));
                Tool.Result ours = ours(row);
                assertEquals(theirs.stdout(), ours.stdout());
                assertEquals(theirs.stderr(), ours.stderr());
                assertEquals(theirs.status(), ours.status());
              }));
    }
    return tests;
  }

  private static List<String> argv(String[] row) {
    return row[0].startsWith("l ") ? List.of("bc", "-l") : List.of("bc");
  }

  private static String input(String[] row) {
    String program = row[0].startsWith("l ") ? row[0].substring(2) : row[0];
    return program.replace("⏎", "\n") + "\n";
  }

  private static Tool.Result ours(String[] row) {
    return new Tool().with("bc", new Bc()).run(input(row), argv(row));
  }
}
