package dev.qanat.shell.interp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.command.Invocation;
import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.StreamFile;
import dev.qanat.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Scripts and what they print, standard error included, in tables beside this class: a script, a
 * line {@code =>}, its output, the status in brackets, a line {@code ----}. Each is given to our
 * bash on standard input, and to the machine's where it is a 5.2, so that no expectation is our own
 * invention.
 */
class InterpreterTest {
  private static final List<String> TABLES =
      List.of(
          "builtins",
          "control",
          "errexit",
          "jobs",
          "limits",
          "manual",
          "processes",
          "redirections",
          "restricted",
          "scripts",
          "traps");

  private record Row(String script, String output) {}

  private static Stream<DynamicTest> rows(Runner runner) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String table : TABLES) {
      String text;
      try (InputStream in = InterpreterTest.class.getResourceAsStream(table + ".table")) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      int n = 0;
      for (String block : text.split("(?m)^----\n")) {
        int arrow = block.indexOf("=>\n");
        Row row = new Row(block.substring(0, arrow), block.substring(arrow + 3));
        tests.add(
            DynamicTest.dynamicTest(
                table + " " + ++n,
                () -> assertEquals(row.output, output(row, runner), row.script)));
      }
    }
    return tests.stream();
  }

  /** Which of two processes comes first is nobody's promise, so that a row gets another chance. */
  private static String output(Row row, Runner runner) throws Exception {
    String output = "";
    for (int i = 0; i < 4 && !output.equals(row.output); i++) {
      output = runner.run(row.script) + "\n";
    }
    return output;
  }

  private interface Runner {
    String run(String script) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> runsAsTheTablesSay() throws IOException {
    return rows(InterpreterTest::ours);
  }

  @TestFactory
  Stream<DynamicTest> tablesSayWhatBashDoes() throws Exception {
    assumeTrue(theirs("echo $BASH_VERSION").startsWith("5.2"), "no bash 5.2 here");
    assumeTrue(new File("/usr/bin/env").exists());
    return rows(InterpreterTest::theirs);
  }

  private static Map<String, String> environment() {
    Map<String, String> env = new HashMap<>();
    env.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    env.put("LC_ALL", "C.UTF-8");
    env.put("HOME", "/w");
    return env;
  }

  /**
   * What our shell prints, and its status, for a script on standard input in an empty {@code /w}.
   */
  static String ours(String script) {
    JvmSched sched = new JvmSched();
    Sched.install(sched);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return sched.call(
        () -> {
          Workspace workspace = Workspace.inMemory();
          workspace.files().mkdirs("/w");
          FileContext files = workspace.files("/w", 022);
          OpenFile[] input = Pipes.create();
          byte[] text = script.getBytes(StandardCharsets.UTF_8);
          sched.spawn(
              "input",
              () -> {
                try {
                  input[1].write(text, 0, text.length);
                } finally {
                  input[1].release();
                }
              });
          OpenFile output = new StreamFile("pipe:[1]", null, out::write);
          files.descriptors().set(0, input[0]);
          files.descriptors().set(1, output);
          files.descriptors().set(2, output.retain());
          Invocation bash =
              new Invocation(
                  "bash", List.of(), files, environment(), new ProgramTable(workspace.machine()));
          Task task =
              sched.spawn(
                  "bash",
                  () ->
                      sched.current().setStatus(bash.execute(workspace.machine().command("bash"))),
                  t -> t.onExit(() -> files.descriptors().closeAll()));
          task.exited().await();
          return out.toString(StandardCharsets.UTF_8) + "\n[" + task.status() + "]";
        });
  }

  private static String theirs(String script) throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("interpreter");
    try {
      ProcessBuilder builder = new ProcessBuilder("bash");
      builder.directory(dir.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment());
      builder.redirectErrorStream(true);
      Process process = builder.start();
      process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.replace(dir.toRealPath().toString(), "/w") + "\n[" + process.waitFor() + "]";
    } finally {
      try (Stream<Path> files = Files.walk(dir)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
