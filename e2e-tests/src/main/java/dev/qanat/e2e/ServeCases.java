package dev.qanat.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Serves conformance cases: a JSON line each on standard input, an answer line each on standard
 * output. {@code jvm} runs the shell here; {@code wasm} and {@code js} run the built engine in
 * Chromium.
 */
public final class ServeCases {
  private ServeCases() {}

  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // nothing else may get between the answer lines
    String engine = args.length == 1 ? args[0] : "";
    try (CaseRunner runner =
        switch (engine) {
          case "jvm" -> new JvmCases();
          case "wasm", "js" -> new BrowserCases(engine);
          default -> null;
        }) {
      if (runner == null) {
        System.err.println("usage: serve-cases jvm|wasm|js");
        System.exit(2);
      }
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line; (line = in.readLine()) != null; ) {
        if (!line.isBlank()) {
          byte[] answer = runner.run(Case.parse(line)).toJson().getBytes(StandardCharsets.UTF_8);
          answers.write(answer, 0, answer.length);
          answers.write('\n');
          answers.flush();
        }
      }
    }
    System.exit(0); // tasks of a case that never ends must not keep the program
  }
}
