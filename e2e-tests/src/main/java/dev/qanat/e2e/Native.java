package dev.qanat.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The machine's own bash, as the judge of ours. */
final class Native {
  private Native() {}

  /** Standard output and error of a script, in a folder. */
  static String bash(Path folder, String script) {
    return run(folder, script, true);
  }

  /** Standard output of a script, in a folder. */
  static String output(Path folder, String script) {
    return run(folder, script, false);
  }

  private static String run(Path folder, String script, boolean errorsToo) {
    try {
      ProcessBuilder b = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
      b.environment().put("LC_ALL", "C.UTF-8");
      if (errorsToo) {
        b.redirectErrorStream(true);
      } else {
        b.redirectError(ProcessBuilder.Redirect.INHERIT);
      }
      b.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
      Process p = b.start();
      try (InputStream out = p.getInputStream()) {
        return new String(out.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a folder and what is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }

  static boolean has(String tool) {
    return java.util.Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(d -> Files.isExecutable(Path.of(d, tool)));
  }
}
