package dev.qanat.shell.edit;

import java.util.List;

/** Says how the word before the cursor may go on. */
public interface Completer {
  /**
   * What may stand in place of {@code line[start, cursor)}.
   *
   * @param words complete replacements, sorted, as they go into the line (quoted where needed)
   * @param shown the same as they are listed, such as the last component of a path
   * @param suffix what follows a sole match, such as a blank; {@code \0} for nothing
   */
  record Completion(int start, List<String> words, List<String> shown, char suffix) {}

  /** May suspend. An empty list when nothing fits. */
  Completion complete(String line, int cursor);
}
