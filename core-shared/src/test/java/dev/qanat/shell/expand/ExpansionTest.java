package dev.qanat.shell.expand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Scripts and what they print, in tables beside this class: a script, a line {@code =>}, its
 * output, a line {@code ----}. Each table is run by our expander, and by the machine's bash where
 * it is a 5.2, so that no expectation is our own invention.
 */
class ExpansionTest {
  private static final List<String> TABLES =
      List.of("words", "parameters", "arithmetic", "arrays", "variables", "pathnames", "patterns");

  /** What {@link MiniShell} has built in, for bash. */
  private static final String PRELUDE =
      """
      p() { printf "%d:" $#; [ $# -eq 0 ] || printf "[%s]" "$@"; echo; }
      status() { echo $?; }
      HOME=/home/me
      """;

  private record Row(String script, String output) {}

  private static List<Row> table(String name) throws IOException {
    String text;
    try (InputStream in = ExpansionTest.class.getResourceAsStream(name + ".table")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Row> rows = new ArrayList<>();
    for (String block : text.split("(?m)^----\n")) {
      int arrow = block.indexOf("\n=>\n");
      rows.add(new Row(block.substring(0, arrow), block.substring(arrow + 4)));
    }
    return rows;
  }

  @TestFactory
  Stream<DynamicTest> expandsAsTheTablesSay() throws IOException {
    return rows(row -> assertEquals(row.output, MiniShell.run(row.script), row.script));
  }

  @TestFactory
  Stream<DynamicTest> tablesSayWhatBashDoes() throws IOException, InterruptedException {
    assumeTrue(bash("echo $BASH_VERSION").startsWith("5.2"), "no bash 5.2 here");
    return rows(
        row -> {
          String output = bash(PRELUDE + row.script);
          output = output.replaceAll("(?m)^(bash|environment): line \\d+: ", "bash: ");
          assertEquals(row.output, output, row.script);
        });
  }

  private interface Check {
    void on(Row row) throws IOException, InterruptedException;
  }

  private static Stream<DynamicTest> rows(Check check) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : TABLES) {
      for (Row row : table(name)) {
        String title = name + ": " + row.script.lines().findFirst().orElse("");
        tests.add(DynamicTest.dynamicTest(title, () -> check.on(row)));
      }
    }
    return tests.stream();
  }

  private static String bash(String script) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("expansion");
    try {
      ProcessBuilder builder = new ProcessBuilder("bash", "-c", script, "bash");
      builder.directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().keySet().removeIf(n -> !n.equals("PATH"));
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      process.waitFor(10, TimeUnit.SECONDS);
      return new String(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // this machine has no bash
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
