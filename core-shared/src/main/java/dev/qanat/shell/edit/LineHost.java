package dev.qanat.shell.edit;

import java.util.ArrayList;
import java.util.List;

/** The shell whose line is edited: what the editor cannot know by itself. Methods may suspend. */
public interface LineHost {
  /** What is to be completed. */
  enum Kind {
    /** Whatever stands at the cursor. */
    ANY,
    COMMAND,
    FILE,
    HOST,
    USER,
    VARIABLE,
    /** A word of the history's lines. */
    HISTORY,
    /** File names that match the word as a pattern. */
    GLOB,
    /** File names that begin with what the word matches as a pattern. */
    GLOB_START
  }

  /**
   * A question for completions of what is before the cursor.
   *
   * @param type how it was asked, as COMP_TYPE says it: Tab, {@code ?}, {@code !}, {@code @} or
   *     {@code %}
   * @param key the key that asked
   */
  record Request(String line, int cursor, Kind kind, char type, int key) {}

  /**
   * What may stand in place of {@code line[start, cursor)}.
   *
   * @param words complete replacements, sorted, as they go into the line (quoted where needed)
   * @param shown the same as they are listed, such as the last component of a path
   * @param marks what is listed behind each, such as {@code /}, without counting for the width of
   *     the columns; empty for nothing
   * @param colors how each is coloured in the list, as {@code 01;34}; empty when none is
   * @param prefixColor the colour of what all have in common in the list; empty for none
   * @param suffix what follows a sole match, such as a blank; {@code \0} for nothing
   * @param listOnly what was typed stays when there are several, as with a pattern
   */
  record Completion(
      int start,
      List<String> words,
      List<String> shown,
      List<String> marks,
      List<String> colors,
      String prefixColor,
      char suffix,
      boolean listOnly) {
    public Completion(int start, List<String> words, List<String> shown, char suffix) {
      this(start, words, shown, List.of(), List.of(), "", suffix, false);
    }
  }

  /** A line and where its cursor and mark are. */
  record Line(String text, int cursor, int mark) {}

  /** An empty list when nothing fits. */
  Completion complete(Request request);

  /** The words of a line as history counts them. */
  default List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      int start = at;
      while (at < line.length() && !LineBuffer.isBlank(line.charAt(at))) {
        at++;
      }
      if (at > start) {
        words.add(line.substring(start, at));
      }
      at++;
    }
    return words;
  }

  /**
   * The line after an expansion.
   *
   * @param how {@code spell-correct-word}, {@code shell-expand-line}, {@code history-expand-line},
   *     {@code alias-expand-line}, {@code history-and-alias-expand-line}, {@code magic-space} or
   *     {@code tilde-expand}
   * @return null when it failed, which has been said
   */
  default String expand(String line, String how) {
    return line;
  }

  /** Runs a command that {@code bind -x} put on a key; gives the line as the command left it. */
  default Line run(String command, Line line, String argument) {
    return line;
  }

  /** Lets the user change the line in an editor and runs what comes of it. */
  default void edit(String line, boolean viMode) {}

  /** Reads the user's inputrc again. */
  default void readInit() {}

  /**
   * Something other than a key has woken the editor; what is to be told may be written.
   *
   * @return true when the line is to be given up
   */
  default boolean woken() {
    return false;
  }

  /** What {@code C-x C-v} shows. */
  default String version() {
    return "";
  }
}
