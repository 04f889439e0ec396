package dev.qanat.shell;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.shell.BothShells.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random scripts with something wrong in them are taken or refused by {@code -n} as the machine's
 * bash takes or refuses them. {@code -Dqanat.fuzz.scripts=N} and {@code -Dqanat.fuzz.seed=N} say
 * how many and from where.
 */
class ParserFuzzTest {
  private static final String[] PIECES = {
    "if ",
    "then ",
    "else ",
    "fi ",
    "do ",
    "done ",
    "case ",
    "esac ",
    "in ",
    "while ",
    "for ",
    "{ ",
    "} ",
    "( ",
    ") ",
    "(( ",
    ")) ",
    "[[ ",
    "]] ",
    "$(",
    "${",
    "`",
    "\"",
    "'",
    "\\",
    ";",
    ";;",
    "&",
    "&&",
    "|",
    "||",
    "|&",
    "<",
    ">",
    "<<",
    "<<<",
    ">&",
    "<(",
    "\n",
    " ",
    "#",
    "!",
    "=",
    "a=(",
    "$",
    "time ",
    "function f ",
    "f() ",
    "coproc ",
    "select ",
    "-",
    "*",
    "$((",
    "$'",
    "$\"",
    "<<E\n",
    "\nE\n",
    ")",
    "}",
    "=~ ",
    "@(",
    "~",
    "é",
  };

  private static final int BATCH = 50;

  /** Seeds whose scripts are still taken by one and refused by the other. */
  private static final Set<Long> KNOWN_TO_DIFFER = Set.of();

  @Test
  void damagedScriptsAreTakenOrRefusedAsByBash() {
    assumeTrue(BothShells.haveBash(), "no bash 5.2 here");
    int count = Integer.getInteger("qanat.fuzz.scripts", 200);
    long seed = Long.getLong("qanat.fuzz.seed", 1);
    StringBuilder report = new StringBuilder();
    List<Long> seeds = new ArrayList<>();
    for (int start = 0; start < count; start += BATCH) {
      List<String> scripts = new ArrayList<>();
      for (int i = start; i < Math.min(count, start + BATCH); i++) {
        scripts.add(damaged(seed + i));
      }
      List<Outcome> theirs = BothShells.theirs(scripts, "-n");
      for (int i = 0; i < scripts.size(); i++) {
        long number = seed + start + i;
        Outcome ours = BothShells.ours(scripts.get(i).getBytes(StandardCharsets.UTF_8), "-n");
        boolean same =
            refuses(theirs.get(i)) == refuses(ours) || isSilentEnd(scripts.get(i), theirs.get(i));
        if (same == KNOWN_TO_DIFFER.contains(number)) {
          seeds.add(number);
          report.append("==== seed ").append(number).append('\n').append(scripts.get(i));
          report.append("==== bash\n").append(theirs.get(i)).append("==== ours\n").append(ours);
        }
      }
    }
    assertTrue(seeds.isEmpty(), () -> seeds.size() + " differ: " + seeds + "\n" + report);
  }

  /** A wrong {@code [[} leaves the status as it was, but not without a word. */
  private static boolean refuses(Outcome outcome) {
    return outcome.status() != 0 || !outcome.err().isEmpty();
  }

  /**
   * Whether bash may have taken {@code for ((} without its {@code ))} for the end of the script,
   * without a word. Ours says what is wrong.
   */
  private static boolean isSilentEnd(String script, Outcome theirs) {
    return !refuses(theirs) && script.contains("for ((");
  }

  /** A random script in which a few places were changed. */
  static String damaged(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    StringBuilder script = new StringBuilder(ScriptGrammar.script(seed).toString());
    for (int n = 1 + random.nextInt(3); n > 0 && script.length() > 0; n--) {
      int at = random.nextInt(script.length());
      int end = Math.min(script.length(), at + 1 + random.nextInt(4));
      switch (random.nextInt(4)) {
        case 0 -> script.delete(at, end);
        case 1 -> script.insert(at, script.substring(at, end));
        case 2 -> script.insert(at, PIECES[random.nextInt(PIECES.length)]);
        default -> script.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
      }
    }
    return script.append('\n').toString();
  }
}
