package dev.qanat.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Where the shell says it is: {@code $LINENO}, the numbers in messages, {@code caller}, {@code
 * BASH_LINENO} and what traps see, in each kind of command over one line and several, as the
 * machine's bash has them.
 */
class LineNumberTest {
  @TestFactory
  Stream<DynamicTest> linesAreCountedAsByBash() throws IOException {
    assumeTrue(BothShells.haveBash(), "no bash 5.2 here");
    List<String> scripts = scripts();
    List<BothShells.Outcome> theirs = BothShells.theirs(scripts);
    return IntStream.range(0, scripts.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    i + " " + scripts.get(i).lines().findFirst().orElse(""),
                    () ->
                        assertEquals(
                            numbered(scripts.get(i)) + theirs.get(i),
                            numbered(scripts.get(i)) + BothShells.ours(scripts.get(i)))));
  }

  private static List<String> scripts() throws IOException {
    try (InputStream in = LineNumberTest.class.getResourceAsStream("line-numbers.txt")) {
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(table.split("====\n"));
    }
  }

  private static String numbered(String script) {
    List<String> lines = new ArrayList<>();
    script.lines().forEach(line -> lines.add((lines.size() + 1) + "\t" + line + "\n"));
    return String.join("", lines);
  }
}
