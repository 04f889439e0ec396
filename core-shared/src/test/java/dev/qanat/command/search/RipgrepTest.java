package dev.qanat.command.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.qanat.command.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ripgrep prints for a small tree; the expectations were taken from ripgrep 13. */
class RipgrepTest {
  private static Tool tool() {
    return new Tool()
        .with("rg", new Ripgrep())
        .file("a.txt", "hello world\nfoo bar\nHello again foo\n\n  foo foo\n")
        .file("b.rs", "let foo = 1;\n")
        .file("src/c.py", "import foo\n")
        .file("src/deep/d.md", "# foo\n")
        .file("src/.gitignore", "deep/\n")
        .file(".hidden", "foo\n")
        .file(".gitignore", "*.log\n!keep.log\n")
        .file("x.log", "foo\n")
        .file("keep.log", "foo\n")
        .file(".git/HEAD", "x\n")
        .file("bin", "a\0foo\n");
  }

  private static void prints(String expected, String... argv) {
    assertEquals(expected, tool().run("in foo\n", List.of(argv)).stdout(), String.join(" ", argv));
  }

  @Test
  void ignoredHiddenAndBinaryFilesAreLeftOut() {
    prints(
        "a.txt:3\nb.rs:1\nkeep.log:1\nsrc/c.py:1\n",
        "rg",
        "-c",
        "foo",
        "a.txt",
        "b.rs",
        "keep.log",
        "src");
    prints("./a.txt\n./b.rs\n./keep.log\n./src/c.py\n", "rg", "-l", "foo", ".");
    prints(
        "./a.txt\n./b.rs\n./keep.log\n./src/c.py\n./src/deep/d.md\n./x.log\n",
        "rg",
        "-ul",
        "foo",
        ".");
    prints(
        "./.gitignore\n./.hidden\n./src/.gitignore\n",
        "rg",
        "--files",
        "--hidden",
        "-g",
        ".*",
        "-g",
        "!.git",
        ".");
  }

  @Test
  void theFormDependsOnWhatIsSearched() {
    prints("foo bar\nHello again foo\n  foo foo\n", "rg", "foo", "a.txt");
    prints("in foo\n", "rg", "foo");
    prints(
        "a.txt:2:1:foo bar\na.txt:3:13:Hello again foo\na.txt:5:3:  foo foo\na.txt:5:7:  foo foo\n",
        "rg",
        "--vimgrep",
        "foo",
        "a.txt");
    prints(
        "a.txt\n2:foo bar\n3:Hello again foo\n5:  foo foo\n\nb.rs\n1:let foo = 1;\n",
        "rg",
        "--heading",
        "-n",
        "foo",
        "a.txt",
        "b.rs");
    prints("hello world\nfoo bar\n--\n\n  foo foo\n", "rg", "-C1", "world|  foo", "a.txt");
    prints("binary file matches (found \"\\0\" byte around offset 1)\n", "rg", "foo", "bin");
  }

  @Test
  void matchesCanBeReplacedAndCounted() {
    prints("X bar\nHello again X\n  X X\n", "rg", "-r", "X", "foo", "a.txt");
    prints("oo\noo\noo\noo\n", "rg", "-or", "$2", "(f)(oo)", "a.txt");
    prints("4\n", "rg", "--count-matches", "foo", "a.txt");
    prints("2:foo\n3:foo\n5:foo\n5:foo\n", "rg", "-on", "foo", "a.txt");
  }

  @Test
  void caseFollowsThePatternWhenAsked() {
    prints("hello world\nHello again foo\n", "rg", "-S", "hello", "a.txt");
    prints("Hello again foo\n", "rg", "-S", "Hello", "a.txt");
    prints("hello world\n", "rg", "hello", "a.txt");
  }

  @Test
  void typesAndGlobsChooseFiles() {
    prints("./src/c.py\n", "rg", "--files", "-tpy", ".");
    prints("./b.rs\n./keep.log\n./src/c.py\n", "rg", "--files", "-g", "!*.txt", "-g", "!bin", ".");
    prints("src/c.py:import foo\n", "rg", "foo", "src");
  }

  @Test
  void theStatusTellsWhetherAnythingWasFound() {
    assertEquals(0, tool().run("", List.of("rg", "-q", "foo", ".")).status());
    assertEquals(1, tool().run("", List.of("rg", "nowhere", ".")).status());
    assertEquals(2, tool().run("", List.of("rg", "foo", "missing")).status());
    assertEquals(2, tool().run("", List.of("rg", "(?=a)", ".")).status());
    assertEquals(0, tool().run("", List.of("rg", "-P", "f(?=o)", ".")).status());
  }
}
