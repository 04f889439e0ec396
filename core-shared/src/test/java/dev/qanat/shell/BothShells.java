package dev.qanat.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.qanat.command.Invocation;
import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.shell.interp.ProgramTable;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.StreamFile;
import dev.qanat.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A script run by our bash and by the machine's in the same surroundings: the file {@code ../s.sh}
 * of an empty working directory, no input, the same environment.
 */
public final class BothShells {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LC_ALL", "C.UTF-8", "HOME", "/no-such/home");

  /** What a script left: both outputs as Latin-1 text, one character a byte, and its status. */
  public record Outcome(String out, String err, int status) {
    @Override
    public String toString() {
      return out + (err.isEmpty() ? "" : "--- stderr\n" + err) + "[" + status + "]\n";
    }
  }

  private BothShells() {}

  /** Whether the machine has the bash that ours is measured by. */
  public static boolean haveBash() {
    try {
      Process bash = new ProcessBuilder("bash", "-c", "echo $BASH_VERSION").start();
      return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .startsWith("5.2");
    } catch (IOException e) {
      return false;
    }
  }

  public static Outcome ours(String script) {
    return ours(script.getBytes(StandardCharsets.UTF_8));
  }

  static Outcome ours(byte[] script, String... options) {
    JvmSched sched = new JvmSched();
    Sched.install(sched);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("../s.sh");
    return sched.call(
        () -> {
          Workspace workspace = Workspace.inMemory();
          workspace.files().mkdirs("/t/w");
          FileContext files = workspace.files("/t/w", 022);
          files.writeFile("/t/s.sh", script);
          OpenFile[] input = Pipes.create();
          input[1].release();
          files.descriptors().set(0, input[0]);
          files.descriptors().set(1, new StreamFile("pipe:[1]", null, out::write));
          files.descriptors().set(2, new StreamFile("pipe:[2]", null, err::write));
          Invocation bash =
              new Invocation(
                  "bash",
                  arguments,
                  files,
                  new java.util.HashMap<>(ENVIRONMENT),
                  new ProgramTable(workspace.machine()));
          Task task =
              sched.spawn(
                  "bash",
                  () ->
                      sched.current().setStatus(bash.execute(workspace.machine().command("bash"))),
                  t -> {
                    t.setGroup(t.pid()); // kill 0 is for the script's processes only
                    t.onExit(() -> files.descriptors().closeAll());
                  });
          task.exited().await();
          endOthers(sched);
          return new Outcome(
              out.toString(StandardCharsets.ISO_8859_1),
              err.toString(StandardCharsets.ISO_8859_1),
              task.status());
        });
  }

  /** What a script left behind says the rest, and does not run on into the next one's scheduler. */
  private static void endOthers(Sched sched) {
    for (int i = 0; i < 2000 && sched.tasks().size() > 1; i++) {
      if (i >= 200) {
        for (Task t : sched.tasks()) {
          if (t != sched.current()) {
            t.signal(Signal.KILL);
          }
        }
      }
      sched.sleep(1);
    }
    if (sched.tasks().size() > 1) {
      throw new IllegalStateException("tasks that do not end: " + sched.tasks());
    }
  }

  /**
   * Fails when a script ends differently in ours. Which of two processes comes first is nobody's
   * promise, so that both may try again: only what stays different counts.
   */
  public static void assertSame(String script, Outcome theirs) {
    Outcome expected = theirs;
    Outcome ours = ours(script);
    for (int i = 0; i < 4 && !ours.equals(expected); i++) {
      expected = theirs(script);
      ours = ours(script);
    }
    assertEquals(script + expected, script + ours);
  }

  static Outcome theirs(String script) {
    return theirs(List.of(script)).get(0);
  }

  /** Runs all scripts from one process of bash, each in its own directory. */
  public static List<Outcome> theirs(List<String> scripts, String... options) {
    try {
      Path root = Files.createTempDirectory("both");
      try {
        StringBuilder driver = new StringBuilder();
        for (int i = 0; i < scripts.size(); i++) {
          Path home = root.resolve(String.valueOf(i));
          Files.createDirectories(home.resolve("w"));
          Files.writeString(home.resolve("s.sh"), scripts.get(i));
        }
        driver.append("ulimit -f 1000; for d in \"$0\"/*/w; do cd \"$d\" || exit\n");
        driver.append(
            "env -u OLDPWD -u SHLVL timeout -k 1 4 bash "
                + String.join(" ", options)
                + " ../s.sh </dev/null >../out 2>../err; echo $? >../status; done");
        ProcessBuilder builder =
            new ProcessBuilder("bash", "-c", driver.toString(), root.toString());
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.redirectErrorStream(true);
        builder.redirectOutput(new File("/dev/null"));
        Process process = builder.start();
        if (!process.waitFor(60 + scripts.size(), TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < scripts.size(); i++) {
          Path home = root.resolve(String.valueOf(i));
          outcomes.add(
              new Outcome(
                  Files.readString(home.resolve("out"), StandardCharsets.ISO_8859_1),
                  Files.readString(home.resolve("err"), StandardCharsets.ISO_8859_1),
                  Integer.parseInt(Files.readString(home.resolve("status")).trim())));
        }
        return outcomes;
      } finally {
        try (Stream<Path> files = Files.walk(root)) {
          files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
