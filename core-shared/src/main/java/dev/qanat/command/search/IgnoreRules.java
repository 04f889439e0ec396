package dev.qanat.command.search;

import dev.qanat.text.Utf8;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of one directory's ignore files, on top of those of the directories above it, as
 * gitignore(5) describes them: the last rule that matches decides, and the rules of a deeper
 * directory come before those above.
 */
final class IgnoreRules {
  private record Rule(PathGlob glob, boolean wholePath, boolean directoriesOnly, boolean negated) {}

  private final IgnoreRules above;
  private final String directory; // with a slash at its end, or empty
  private final List<Rule> rules = new ArrayList<>();

  /** Rules for what lies in {@code directory}. */
  IgnoreRules(IgnoreRules above, String directory) {
    this.above = above;
    this.directory = directory.isEmpty() || directory.endsWith("/") ? directory : directory + "/";
  }

  /** Adds the rules of a file, if it is there. */
  void read(FileContext files, String path) {
    if (files.statOrNull(path) == null) {
      return;
    }
    String text;
    try {
      text = Utf8.decode(files.readFile(path));
    } catch (VfsException e) {
      return;
    }
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      if (end < 0) {
        end = text.length();
      }
      add(text.substring(from, end), false);
      from = end + 1;
    }
  }

  /** Adds one line of an ignore file. */
  void add(String line, boolean ignoreCase) {
    String pattern = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    while (pattern.endsWith(" ") && !pattern.endsWith("\\ ")) {
      pattern = pattern.substring(0, pattern.length() - 1);
    }
    if (pattern.isEmpty() || pattern.startsWith("#")) {
      return;
    }
    boolean negated = pattern.startsWith("!");
    if (negated) {
      pattern = pattern.substring(1);
    }
    boolean directoriesOnly = pattern.endsWith("/");
    if (directoriesOnly) {
      pattern = pattern.substring(0, pattern.length() - 1);
    }
    boolean wholePath = pattern.indexOf('/') >= 0;
    if (pattern.startsWith("/")) {
      pattern = pattern.substring(1);
    }
    if (pattern.endsWith("/**")) {
      pattern = pattern.substring(0, pattern.length() - 3) + "/**/?*";
    }
    rules.add(new Rule(new PathGlob(pattern, ignoreCase), wholePath, directoriesOnly, negated));
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  /** 1 if a rule ignores {@code path}, -1 if a rule takes it in again, 0 if none says anything. */
  int verdict(String path, boolean isDirectory) {
    String relative = path.startsWith(directory) ? path.substring(directory.length()) : path;
    String name = relative.substring(relative.lastIndexOf('/') + 1);
    for (int i = rules.size() - 1; i >= 0; i--) {
      Rule rule = rules.get(i);
      if (rule.directoriesOnly && !isDirectory) {
        continue;
      }
      if (rule.glob.matches(rule.wholePath ? relative : name)) {
        return rule.negated ? -1 : 1;
      }
    }
    return above == null ? 0 : above.verdict(path, isDirectory);
  }
}
