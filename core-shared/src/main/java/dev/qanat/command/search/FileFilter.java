package dev.qanat.command.search;

import dev.qanat.text.glob.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that {@code --include} and {@code --exclude} leave. The last pattern that matches a
 * name decides; if none does, names are in unless the first pattern given was an {@code --include}.
 */
final class FileFilter {
  private record Rule(Pattern pattern, boolean include) {}

  private final List<Rule> rules = new ArrayList<>();

  void add(String glob, boolean include) {
    rules.add(new Rule(Pattern.compile(glob, 0), include));
  }

  /** Whether an entry of a directory is out, given its name. */
  boolean excludes(String name) {
    return decide(name, false);
  }

  /** Whether an operand is out: a pattern may match all of it, or what follows any slash. */
  boolean excludesOperand(String path) {
    return decide(path, true);
  }

  private boolean decide(String name, boolean suffixes) {
    if (rules.isEmpty()) {
      return false;
    }
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (matches(rules.get(i).pattern, name, suffixes)) {
        return !rules.get(i).include;
      }
    }
    return rules.get(0).include;
  }

  private static boolean matches(Pattern pattern, String name, boolean suffixes) {
    if (pattern.matches(name)) {
      return true;
    }
    if (suffixes) {
      for (int i = name.indexOf('/'); i >= 0; i = name.indexOf('/', i + 1)) {
        if (i + 1 < name.length() && pattern.matches(name.substring(i + 1))) {
          return true;
        }
      }
    }
    return false;
  }
}
