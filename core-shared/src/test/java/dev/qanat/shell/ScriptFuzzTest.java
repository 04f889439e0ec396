package dev.qanat.shell;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.qanat.shell.BothShells.Outcome;
import dev.qanat.shell.ScriptGrammar.Kind;
import dev.qanat.shell.ScriptGrammar.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * Random scripts end in our bash as in the machine's: the same output, the same status, the same
 * lines on standard error. What differs is printed after everything was taken away that does not
 * matter to the difference. {@code -Dqanat.fuzz.scripts=N} and {@code -Dqanat.fuzz.seed=N} say how
 * many and from where.
 */
class ScriptFuzzTest {
  /**
   * Scripts of which a reason is known why they differ, one a line: the grammar's letter, the seed,
   * the reason. A reason that begins with {@code chance:} says that the script ends one way or
   * another by itself. The test fails when one of the others begins to agree, so that the list only
   * tells what is true.
   */
  private static final String EXPLAINED = "fuzz-explained.txt";

  private static final String NOT_FOUND = ": command not found";
  private static final int BATCH = 50;
  private static final int MOST_REPORTED = Integer.getInteger("qanat.fuzz.reported", 5);
  private static final int MOST_TRIALS = 120;

  @Test
  void randomScriptsEndAsInBash() {
    compare("s", ScriptGrammar::script);
  }

  @Test
  void randomCommandsRunAsInBash() {
    compare("e", ExecutionGrammar::script);
  }

  private static void compare(String letter, LongFunction<Node> grammar) {
    assumeTrue(BothShells.haveBash(), "no bash 5.2 here");
    int count = Integer.getInteger("qanat.fuzz.scripts", 200);
    long seed = Long.getLong("qanat.fuzz.seed", 1);
    Map<Long, String> explained = explained(letter);
    StringBuilder report = new StringBuilder();
    int differing = 0;
    List<Long> seeds = new ArrayList<>();
    List<Long> mended = new ArrayList<>();
    Batch next = new Batch(grammar, seed, Math.min(count, BATCH));
    for (int start = 0; start < count; start += BATCH) {
      Batch batch = next;
      int after = start + BATCH;
      next = new Batch(grammar, seed + after, Math.max(0, Math.min(count - after, BATCH)));
      List<Node> scripts = batch.scripts;
      List<String> texts = batch.texts;
      List<Outcome> theirs = batch.theirs.join();
      for (int i = 0; i < scripts.size(); i++) {
        long number = seed + start + i;
        String reason = explained.get(number);
        if (reason != null && reason.startsWith("chance:")) {
          continue;
        }
        boolean same = same(theirs.get(i), BothShells.ours(texts.get(i)));
        if (reason != null) {
          if (same && agreesAgain(texts.get(i))) {
            mended.add(number);
          }
        } else if (!same && differsAgain(texts.get(i))) {
          seeds.add(seed + start + i);
          if (differing++ < MOST_REPORTED) {
            report.append(shrunk(seed + start + i, scripts.get(i)));
          }
        }
      }
    }
    int total = differing;
    assertTrue(
        differing == 0, () -> total + " of " + count + " differ, seeds " + seeds + "\n" + report);
    assertTrue(mended.isEmpty(), () -> "these agree now, take them off the list: " + mended);
  }

  /** Some scripts, and what bash makes of them, which it does beside our work on those before. */
  private static final class Batch {
    final List<Node> scripts = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    final CompletableFuture<List<Outcome>> theirs;

    Batch(LongFunction<Node> grammar, long seed, int count) {
      for (int i = 0; i < count; i++) {
        scripts.add(grammar.apply(seed + i));
        texts.add(scripts.get(i).toString());
      }
      theirs = CompletableFuture.supplyAsync(() -> BothShells.theirs(texts));
    }
  }

  private static Map<Long, String> explained(String letter) {
    Map<Long, String> explained = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ScriptFuzzTest.class.getResourceAsStream(EXPLAINED), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 3);
        if (words[0].equals(letter)) {
          explained.put(Long.valueOf(words[1]), words[2]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return explained;
  }

  private static boolean same(Outcome a, Outcome b) {
    return a.status() == b.status()
            && unnumbered(a.out()).equals(unnumbered(b.out()))
            && inOneOrder(unnumbered(a.err())).equals(inOneOrder(unnumbered(b.err())))
        || isAstray(a);
  }

  /** Without the numbers of processes that died of a signal. */
  private static String unnumbered(String text) {
    return text.replaceAll("(: line [0-9]+:) +[0-9]+ ", "$1 PID ")
        .replaceAll("(?m)^ {5} *[0-9]+ (?=.*\\| )", "PID ");
  }

  /**
   * Commands that are not found are told of by the stages of a pipeline themselves, as they come:
   * such lines that follow each other and name the same line of the script are sorted.
   */
  private static String inOneOrder(String messages) {
    if (!messages.contains(NOT_FOUND)) {
      return messages;
    }
    List<String> lines = new ArrayList<>(List.of(messages.split("\n", -1)));
    for (int from = 0, to; from < lines.size(); from = to) {
      String place = place(lines.get(from));
      to = from + 1;
      while (place != null && to < lines.size() && place.equals(place(lines.get(to)))) {
        to++;
      }
      lines.subList(from, to).sort(null);
    }
    return String.join("\n", lines);
  }

  /** What such a message begins with, {@code name: line N:}; null for others. */
  private static String place(String message) {
    int line = message.indexOf(": line ");
    return message.endsWith(NOT_FOUND) && line >= 0
        ? message.substring(0, message.indexOf(':', line + 1) + 1)
        : null;
  }

  /**
   * Whether {@code eval} was given a quote that does not end: bash then takes the first word of the
   * command it reads next for an argument, which helps nobody. Or whether bash could not read again
   * what it printed of a substitution among the elements of an array.
   */
  private static boolean isAstray(Outcome theirs) {
    String said = theirs.out() + theirs.err();
    return said.contains("eval: line ")
            && said.contains("unexpected EOF while looking for matching")
        || said.contains(": array assign: line ");
  }

  /** Which task of a pipeline comes first is nobody's promise: only what stays counts. */
  private static boolean differsAgain(String script) {
    for (int i = 0; i < 5; i++) {
      if (!differs(script)) {
        return false;
      }
    }
    return true;
  }

  private static boolean agreesAgain(String script) {
    for (int i = 0; i < 10; i++) {
      if (differs(script)) {
        return false;
      }
    }
    return true;
  }

  private static boolean differs(String script) {
    return !same(BothShells.theirs(script), BothShells.ours(script));
  }

  private static String shrunk(long seed, Node script) {
    int trials = 0;
    boolean smaller = true;
    while (smaller && trials < MOST_TRIALS) {
      smaller = false;
      List<Node> all = new ArrayList<>();
      collect(script, all);
      search:
      for (Node node : all) {
        for (int i = 0; i < node.parts.size(); i++) {
          if (!(node.parts.get(i) instanceof Node child)) {
            continue;
          }
          for (Object simpler : simpler(node, child)) {
            if (trials++ >= MOST_TRIALS) {
              break search;
            }
            if (simpler.equals("")) {
              node.parts.remove(i);
            } else {
              node.parts.set(i, simpler);
            }
            if (differs(script.toString())) {
              smaller = true;
              i--;
              break;
            }
            if (simpler.equals("")) {
              node.parts.add(i, child);
            } else {
              node.parts.set(i, child);
            }
          }
        }
      }
    }
    String text = script.toString();
    return "==== seed "
        + seed
        + "\n"
        + text
        + "==== bash\n"
        + BothShells.theirs(text)
        + "==== ours\n"
        + BothShells.ours(text)
        + "\n";
  }

  /** What may stand in a child's place: nothing, or a part of it of the same kind. */
  private static List<Object> simpler(Node parent, Node child) {
    List<Object> simpler = new ArrayList<>();
    if (parent.kind == Kind.STATEMENTS || child.kind != Kind.STATEMENT && !isList(child)) {
      simpler.add("");
    }
    List<Node> inner = new ArrayList<>();
    collect(child, inner);
    for (Node node : inner.subList(1, Math.min(inner.size(), 30))) {
      if (child.kind == Kind.STATEMENT && (node.kind == Kind.STATEMENT || isList(node))) {
        simpler.add(node);
      } else if (isList(child) && isList(node)) {
        simpler.add(node);
      }
    }
    return simpler;
  }

  private static boolean isList(Node node) {
    return node.kind == Kind.STATEMENTS;
  }

  private static void collect(Node node, List<Node> all) {
    all.add(node);
    for (Object part : node.parts) {
      if (part instanceof Node child) {
        collect(child, all);
      }
    }
  }
}
