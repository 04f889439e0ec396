package dev.qanat.shell.interp.builtin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.shell.BothShells;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Builtins, special variables, options and bash's own command line beside the machine's bash: each
 * line of the tables is a script, whose output, messages and status are to be the same in both.
 */
class BuiltinsTest {
  private static final List<String> TABLES =
      List.of(
          "cd",
          "complete",
          "control",
          "declare",
          "echo",
          "getopts",
          "help",
          "history",
          "invoke",
          "jobs",
          "kill",
          "lookup",
          "mapfile",
          "misc",
          "more",
          "posix",
          "printf",
          "read",
          "restricted",
          "set",
          "shopt",
          "test",
          "trap",
          "vars");

  @TestFactory
  Stream<DynamicNode> builtinsDoWhatBashDoes() {
    assumeTrue(BothShells.haveBash(), "no bash 5.2 here");
    return TABLES.stream().map(table -> DynamicContainer.dynamicContainer(table, scripts(table)));
  }

  private static Stream<DynamicTest> scripts(String table) {
    List<String> scripts = read(table);
    List<BothShells.Outcome> theirs = BothShells.theirs(scripts);
    return IntStream.range(0, scripts.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    scripts.get(i).strip(),
                    () -> BothShells.assertSame(scripts.get(i), theirs.get(i))));
  }

  private static List<String> read(String table) {
    try (InputStream in = BuiltinsTest.class.getResourceAsStream(table + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line + "\n")
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
