package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** tsort: a total order out of pairs. */
public final class Tsort implements Command {
  private static final Options OPTIONS =
      Options.of("tsort")
          .usage("[OPTION] [FILE]")
          .about(
              "Write totally ordered list consistent with the partial ordering in FILE.\n\nWith no FILE, or when FILE is -, read standard input.");

  @Override
  public int run(Invocation in) {
    List<String> ops = OPTIONS.parse(in).operands();
    if (ops.size() > 1) {
      throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(ops.get(1)));
    }
    String name = ops.isEmpty() ? "-" : ops.get(0);
    Input f = in.open(name);
    if (f == null) {
      return 1;
    }
    String text = Utf8.decode(f.readAll());
    f.close();
    List<String> words = new ArrayList<>();
    for (String w : text.split("[ \t\n]+")) {
      if (!w.isEmpty()) {
        words.add(w);
      }
    }
    if (words.size() % 2 != 0) {
      throw in.fail(1, name + ": input contains an odd number of tokens");
    }
    TreeMap<String, List<String>> after = new TreeMap<>();
    Map<String, Integer> before = new HashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      String a = words.get(i);
      String b = words.get(i + 1);
      for (String w : List.of(a, b)) {
        if (after.get(w) == null) {
          after.put(w, new ArrayList<>());
          before.put(w, 0);
        }
      }
      if (!a.equals(b)) {
        after.get(a).add(0, b);
        before.put(b, before.get(b) + 1);
      }
    }
    ArrayDeque<String> ready = new ArrayDeque<>();
    for (String w : after.keySet()) {
      if (before.get(w) == 0) {
        ready.add(w);
      }
    }
    int left = after.size();
    boolean loop = false;
    while (left > 0) {
      Sched.checkpoint();
      if (ready.isEmpty()) {
        loop = true;
        in.error(name + ": input contains a loop:");
        String w = null;
        for (String k : after.keySet()) {
          if (before.get(k) > 0) {
            w = k;
            break;
          }
        }
        List<String> path = new ArrayList<>();
        while (!path.contains(w)) {
          path.add(w);
          for (String k : after.keySet()) {
            if (before.get(k) > 0 && after.get(k).contains(w)) {
              w = k;
              break;
            }
          }
        }
        for (int i = path.size() - 1; i >= path.indexOf(w); i--) {
          in.error(path.get(i));
        }
        after.get(w).remove(path.get(path.size() - 1));
        String target = path.get(path.size() - 1).equals(w) ? w : path.get(path.size() - 1);
        before.put(target, before.get(target) - 1);
        if (before.get(target) == 0) {
          ready.add(target);
        }
        continue;
      }
      String w = ready.poll();
      in.stdout().line(w);
      left--;
      before.put(w, -1);
      for (String b : after.get(w)) {
        int n = before.get(b) - 1;
        before.put(b, n);
        if (n == 0) {
          ready.add(b);
        }
      }
    }
    return loop ? 1 : 0;
  }
}
