package dev.qanat.text.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.text.Utf8;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random expressions over a small alphabet, compared with the machine's own library through bash's
 * {@code [[ =~ ]]}. Only the whole match is compared: where a group is repeated with an upper limit
 * and turns are empty, the library reports captures that differ from release to release.
 */
class RegexNativeTest {
  private final Random random = new Random(20261120);

  private String expression(int depth) {
    switch (random.nextInt(depth <= 0 ? 5 : 12)) {
      case 0:
        return "a";
      case 1:
        return "b";
      case 2:
        return random.nextInt(6) == 0 ? "." : "c";
      case 3:
        return random.nextBoolean() ? "[ab]" : "[^a]";
      case 4:
        String[] anchors = {"^", "$", "\\b", "\\<", "\\>", "\\B", "\\w"};
        return random.nextInt(8) == 0 ? anchors[random.nextInt(anchors.length)] : "a";
      case 5, 6:
        return expression(depth - 1) + expression(depth - 1);
      case 7:
        return "(" + expression(depth - 1) + "|" + expression(depth - 1) + ")";
      case 8:
        return "(" + expression(depth - 1) + ")";
      case 9:
        return "(" + expression(depth - 1) + ")" + repetition();
      case 10:
        return (random.nextBoolean() ? "a" : "b") + repetition();
      default:
        return expression(depth - 1) + expression(depth - 1) + expression(depth - 1);
    }
  }

  private String repetition() {
    String[] repetitions = {"*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}"};
    return repetitions[random.nextInt(repetitions.length)];
  }

  @Test
  void randomExpressionsMatchWhatTheSystemLibraryMatches()
      throws IOException, InterruptedException {
    assumeTrue(
        Files.exists(Path.of("/bin/bash"))
            && Files.exists(Path.of("/lib/x86_64-linux-gnu/libc.so.6")));
    List<String[]> cases = new ArrayList<>();
    StringBuilder script = new StringBuilder("LC_ALL=C.UTF-8\n");
    for (int i = 0; i < 4000; i++) {
      String pattern = expression(4);
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append("abc é".charAt(random.nextInt(random.nextInt(10) == 0 ? 5 : 3)));
      }
      cases.add(new String[] {pattern, text.toString()});
      script.append("p='").append(pattern).append("'; if [[ '").append(text);
      script.append("' =~ $p ]]; then echo \"<$BASH_REMATCH>\"; else echo none; fi\n");
    }
    Path file = Files.createTempFile("regex", ".sh");
    Files.writeString(file, script);
    Process bash = new ProcessBuilder("/bin/bash", file.toString()).start();
    try (BufferedReader expected =
        new BufferedReader(new InputStreamReader(bash.getInputStream(), StandardCharsets.UTF_8))) {
      for (String[] row : cases) {
        Matcher matcher = Regex.compile(row[0], Syntax.POSIX_EXTENDED, 0).matcher();
        String found = matcher.find(Utf8.encode(row[1])) ? "<" + matcher.group(0) + ">" : "none";
        assertEquals(expected.readLine(), found, row[0] + " on " + row[1]);
      }
    }
    bash.waitFor();
    Files.delete(file);
  }
}
