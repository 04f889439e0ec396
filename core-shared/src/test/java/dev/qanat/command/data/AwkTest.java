package dev.qanat.command.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.command.Tool;
import dev.qanat.command.data.awk.Awk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** awk programs, each run by ours and, where the machine has it, by gawk 5.2 on the same input. */
class AwkTest {
  private static final String INPUT =
      "alice 30 NYC\nbob 25 LA\ncarol 35 SF\n\ndave  40   \"New York\"\n";

  /** Program, and its output with newlines as ⏎. */
  private static final String[][] TABLE = {
    {"{s += $2} END {print s, s / NR}", "130 26⏎"},
    {"NR == 2 {$2 = \"x\"; print; print NF}", "bob x LA⏎3⏎"},
    {"/bob/, /carol/ {print $1}", "bob⏎carol⏎"},
    {"BEGIN {FS = \"o\"} NR == 2 {print $2}", "b 25 LA⏎"},
    {"BEGIN {RS = \"\"} {print NR, $NF}", "1 SF⏎2 York\"⏎"},
    {"END {print length($1), toupper($1)}", "4 DAVE⏎"},
    {"BEGIN {printf \"%5.2f|%-4s|%03d|%c\\n\", 3.14159, \"ab\", 7, 65; exit}", " 3.14|ab  |007|A⏎"},
    {"BEGIN {s = \"hello\"; gsub(/l/, \"[&]\", s); print s; exit}", "he[l][l]o⏎"},
    {"BEGIN {print gensub(/(a)(b)/, \"\\\\2\\\\1\", \"g\", \"abab\")}", "baba⏎"},
    {
      "BEGIN {print 2^3^2, -2^2, 7 % -3, 1e6, 0.1 + 0.2, 1e20}",
      "512 -4 1 1000000 0.3 100000000000000000000⏎"
    },
    {"function f(a, i) {a[i] = i} BEGIN {f(x, 3); print x[3], length(x)}", "3 1⏎"},
    {"function r(n) {return n ? n + r(n - 1) : 0} BEGIN {print r(500)}", "125250⏎"},
    {"BEGIN {a[\"x\"]; a[\"apple\"]; a[\"y\"]; for (k in a) printf \"%s \", k}", "x y apple "},
    {"BEGIN {print \"10\" < \"9\", 10 < 9, \"abc\" < 1}", "1 0 0⏎"},
    {"$2 < 31 {print $1}", "alice⏎bob⏎⏎"},
    {"BEGIN {while ((getline l) > 0) n++; print n}", "5⏎"},
    {"BEGIN {print substr(\"héllo\", 2, 2), index(\"héllo\", \"l\"), length(\"日本\")}", "él 3 2⏎"},
    {"BEGIN {n = split(\"a1b22c\", p, /[0-9]+/, s); print n, p[3], s[2]}", "3 c 22⏎"},
  };

  /** Command lines, most of them ending in an error, with lib.awk and main.awk at hand. */
  private static final String[][] ERRORS = {
    {"-S", "BEGIN {system(\"ls\")}"},
    {"-S", "BEGIN {print > \"x\"}"},
    {"-S", "BEGIN {print | \"cat\"}"},
    {"--sandbox", "BEGIN {getline < \"x\"}"},
    {"-S", "BEGIN {\"ls\" | getline}"},
    {"-S", "BEGIN {ARGV[1] = \"lib.awk\"; ARGC = 2} {print}"},
    {"-f", "main.awk"},
    {"-f", "lib.awk", "-f", "main.awk"},
    {"-f", "lib.awk", "BEGIN {half()}"},
    {
      "-b", "BEGIN {s = \"aéb\"; print length(s), index(s, \"b\"), substr(s, 4), split(s, p, \"\")}"
    },
    {
      "-b",
      "BEGIN {s = \"aéb\"; printf \"%c|%4s|%.2s|\", 233, \"é\", s; gsub(/./, \"x\", s); print s}"
    },
    {"--characters-as-bytes", "{match($0, /.l/); print RSTART, RLENGTH}"},
  };

  @TestFactory
  List<DynamicTest> commandLinesAsGawk() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String[] row : ERRORS) {
      tests.add(
          DynamicTest.dynamicTest(
              String.join(" ", row),
              () -> {
                assumeTrue(Tool.isNative("gawk", "5.2"));
                Tool tool =
                    new Tool()
                        .with("gawk", new Awk())
                        .file("lib.awk", "\n\nfunction half(x) {return 1 / x}\n")
                        .file("main.awk", "BEGIN {\n  half(2)\n  x = 0\n  print 1 / x\n}\n");
                List<String> argv = new ArrayList<>(List.of("gawk"));
                argv.addAll(List.of(row));
                Tool.Result ours = tool.run(utf8(INPUT), argv);
                Tool.Result theirs = tool.runNative(utf8(INPUT), argv);
                assertEquals(theirs.stderr(), ours.stderr());
                assertEquals(theirs.stdout(), ours.stdout());
                assertEquals(theirs.status(), ours.status());
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> programs() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String[] row : TABLE) {
      tests.add(
          DynamicTest.dynamicTest(
              row[0],
              () -> {
                Tool tool = new Tool().with("awk", new Awk());
                Tool.Result ours = tool.run(utf8(INPUT), List.of("awk", row[0]));
                assertEquals(row[1], decoded(ours.stdout()).replace("\n", "⏎"), ours.stderr());
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> asGawk() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String[] row : TABLE) {
      tests.add(
          DynamicTest.dynamicTest(
              row[0],
              () -> {
                assumeTrue(Tool.isNative("gawk", "5.2"));
                Tool tool = new Tool().with("gawk", new Awk());
                List<String> argv = List.of("gawk", row[0]);
                Tool.Result ours = tool.run(utf8(INPUT), argv);
                Tool.Result theirs = tool.runNative(utf8(INPUT), argv);
                assertEquals(theirs.stdout(), ours.stdout());
                assertEquals(theirs.status(), ours.status());
              }));
    }
    return tests;
  }

  /** The tool's texts hold a byte a character. */
  private static String utf8(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String decoded(String bytes) {
    return new String(
        bytes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
        java.nio.charset.StandardCharsets.UTF_8);
  }
}
