package dev.qanat.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every shell script installed on the machine is read by our parser and by {@code bash -n}: both
 * take it, or both refuse it with the same messages.
 */
class InstalledScriptsTest {
  private static final int MOST_BYTES = 200_000;

  @TestFactory
  Stream<DynamicTest> areReadAsBashReadsThem() {
    return Stream.of("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/share", "/etc", "/lib/init")
        .map(dir -> DynamicTest.dynamicTest(dir, () -> compare(Path.of(dir))));
  }

  private static void compare(Path dir) throws IOException, InterruptedException {
    assumeTrue(BothShells.haveBash(), "no bash 5.2 here");
    List<Path> scripts = scripts(dir);
    assumeFalse(scripts.isEmpty(), "no scripts in " + dir);
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> actual = new TreeMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (Path script : scripts) {
        answers.add(pool.submit(() -> bash(script)));
      }
      for (int i = 0; i < scripts.size(); i++) {
        byte[] text = Files.readAllBytes(scripts.get(i));
        BothShells.Outcome ours = BothShells.ours(text, "-n");
        String name = scripts.get(i).toString();
        actual.put(name, ours.err() + "[" + ours.status() + "]");
        expected.put(name, answers.get(i).get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
    expected.entrySet().removeIf(e -> actual.remove(e.getKey(), e.getValue()));
    assertEquals(expected.toString(), actual.toString(), () -> scripts.size() + " scripts");
  }

  private static String bash(Path script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-n", script.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    byte[] text = process.getInputStream().readAllBytes();
    return new String(text, StandardCharsets.ISO_8859_1).replace(script.toString(), "../s.sh")
        + ("[" + process.waitFor() + "]");
  }

  static List<Path> scripts(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    Set<Path> found = new HashSet<>();
    try (Stream<Path> files = Files.walk(dir)) {
      files
          .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS) && isShell(f))
          .forEach(found::add);
    } catch (UncheckedIOException e) {
      // A directory that may not be read ends the walk: what was found before is compared.
    }
    return found.stream().sorted().toList();
  }

  private static boolean isShell(Path file) {
    try {
      if (!Files.isReadable(file) || Files.size(file) > MOST_BYTES) {
        return false;
      }
      try (InputStream in = Files.newInputStream(file)) {
        String start = new String(in.readNBytes(40), StandardCharsets.ISO_8859_1);
        int end = start.indexOf('\n');
        return end > 0
            && start.substring(0, end).matches("#! ?(/usr)?/bin/(env )?(ba|da)?sh(\\s.*)?");
      }
    } catch (IOException e) {
      return false;
    }
  }
}
