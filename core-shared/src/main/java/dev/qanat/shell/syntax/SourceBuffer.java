package dev.qanat.shell.syntax;

/**
 * The characters of the command being read. Lines are fetched when a reader comes to the end of the
 * last one; each line in the buffer ends with a newline. Line continuations are cut out and aliases
 * pasted in, so that a token is always one run of characters.
 */
class SourceBuffer {
  final Dialect dialect;
  char[] chars;
  int pos; // the next character
  int limit; // the end of what has been fetched
  private final LineSource lines;
  private int line; // the number of the last fetched line
  private int lineStart; // its index
  private int dropped; // characters gone before index 0
  private boolean ended;
  private boolean unterminated; // the last line's newline is not in the source
  private boolean started; // a command is being read
  private String fetched; // the line last fetched, as it was; null in a buffer of one text
  private AliasFrame aliases;
  private int expansions; // of aliases, in this command
  private int expandedAt = -1; // where an alias's text was last put

  private static final int MAX_EXPANSIONS = 100_000;

  /** An alias whose text is still being read; it is not expanded again inside of itself. */
  private static final class AliasFrame {
    final String name;
    final boolean nextToo; // its text ends in a blank: the next word may be an alias as well
    final AliasFrame outer;
    int end;

    AliasFrame(String name, int end, boolean nextToo, AliasFrame outer) {
      this.name = name;
      this.end = end;
      this.nextToo = nextToo;
      this.outer = outer;
    }
  }

  SourceBuffer(LineSource lines, Dialect dialect, int firstLine) {
    this.lines = lines;
    this.dialect = dialect;
    this.line = firstLine - 1;
    this.chars = new char[256];
  }

  /** A buffer that holds one text and gets no more. */
  SourceBuffer(String text, Dialect dialect, int firstLine) {
    this.lines = null;
    this.dialect = dialect;
    this.line = firstLine;
    this.chars = new char[text.length() + 1];
    text.getChars(0, text.length(), chars, 0);
    chars[text.length()] = '\n';
    this.limit = text.length() + 1;
    this.unterminated = true;
    this.ended = true;
  }

  /** Whether this is a text from outside of a script, or a script's word read again. */
  final boolean isText() {
    return lines == null;
  }

  /** Makes room for a new command: what has been read is forgotten. */
  final void startCommand() {
    started = false;
    expandedAt = -1;
    expansions = 0;
    ended = lines == null; // a terminal may go on behind an end of input
    if (pos == limit) {
      dropped += pos;
      pos = 0;
      limit = 0;
      lineStart = 0;
      unterminated = false;
      aliases = null;
    }
  }

  /** Forgets the rest of the fetched lines, after an error. */
  final void dropLine() {
    pos = limit;
    startCommand();
  }

  /** Fetches the next line; false at the end of input. */
  final boolean fetch() {
    String text = ended ? null : lines.next(started);
    if (text == null) {
      if (!ended) {
        line++;
      }
      ended = true;
      return false;
    }
    started = true;
    line++;
    fetched = text;
    int length = text.length();
    boolean complete = length > 0 && text.charAt(length - 1) == '\n';
    reserve(length + 1);
    text.getChars(0, length, chars, limit);
    lineStart = limit;
    limit += length;
    if (!complete) {
      chars[limit++] = '\n';
      unterminated = true;
    }
    return true;
  }

  /** Makes sure there is a character at {@code pos}; false at the end of input. */
  final boolean more() {
    return pos < limit || fetch();
  }

  private void reserve(int count) {
    if (limit + count > chars.length) {
      char[] bigger = new char[Math.max(chars.length * 2, limit + count)];
      System.arraycopy(chars, 0, bigger, 0, limit);
      chars = bigger;
    }
  }

  /** The number of the line last fetched, as bash counts. */
  final int line() {
    return line;
  }

  /** Goes on counting from a line: the next one fetched has the number behind it. */
  final void setLine(int number) {
    line = number;
  }

  /** The number of the last line there is so far: not counting the end of input as one. */
  final int lastLine() {
    return ended ? line - 1 : line;
  }

  /** The position of an index in the whole input. */
  final int offset(int index) {
    return dropped + index;
  }

  /** Whether a backslash at this index and the newline behind it join two lines. */
  final boolean isContinuation(int index) {
    return index + 1 < limit
        && chars[index] == '\\'
        && chars[index + 1] == '\n'
        && !(unterminated && index + 2 == limit);
  }

  /** Cuts out a backslash and newline, so that what follows stands at {@code index}. */
  final void joinLines(int index) {
    replace(index, index + 2, "");
    if (index == limit && !fetch()) {
      reserve(1);
      chars[limit++] = '\n';
      unterminated = true;
    }
  }

  /** Puts text in the place of the characters from {@code from} to {@code to}. */
  final void replace(int from, int to, String text) {
    int change = text.length() - (to - from);
    if (change > 0) {
      reserve(change);
    }
    System.arraycopy(chars, to, chars, to + change, limit - to);
    text.getChars(0, text.length(), chars, from);
    limit += change;
    if (lineStart >= to) {
      lineStart += change;
    }
    for (AliasFrame frame = aliases; frame != null; frame = frame.outer) {
      if (frame.end >= to) {
        frame.end += change;
      }
    }
  }

  final String text(int from, int to) {
    return new String(chars, from, to - from);
  }

  /** The line last fetched, without its newline, for an error message. */
  final String sourceLine() {
    if (fetched != null) {
      boolean complete = !fetched.isEmpty() && fetched.charAt(fetched.length() - 1) == '\n';
      return complete ? fetched.substring(0, fetched.length() - 1) : fetched;
    }
    int end = limit;
    if (end > lineStart && chars[end - 1] == '\n') {
      end--;
    }
    return text(Math.min(lineStart, end), end);
  }

  /** Whether an alias was expanded whose end has not yet been passed. */
  final boolean insideAlias() {
    return aliases != null;
  }

  /**
   * Puts an alias's text in the place of a word, if it is one. The word must be the last token
   * read.
   *
   * @param eligible whether the word stands where a command may start
   */
  final boolean expandAlias(String name, int from, int to, boolean eligible) {
    AliasTable table = dialect.aliases();
    if (table == null) {
      return false;
    }
    boolean may = eligible || from == expandedAt; // what an alias became is looked at again
    while (aliases != null && aliases.end <= from) {
      may |= aliases.nextToo;
      aliases = aliases.outer;
    }
    if (!may) {
      return false;
    }
    for (AliasFrame frame = aliases; frame != null; frame = frame.outer) {
      if (frame.name.equals(name)) {
        return false;
      }
    }
    String text = table.lookup(name);
    if (text == null) {
      return false;
    }
    if (++expansions > MAX_EXPANSIONS) {
      throw SyntaxException.of(
          SyntaxException.Kind.PLAIN,
          line,
          "syntax error: more than " + MAX_EXPANSIONS + " aliases expanded in one command");
    }
    replace(from, to, text);
    boolean nextToo = !text.isEmpty() && isBlank(text.charAt(text.length() - 1));
    aliases = new AliasFrame(name, from + text.length(), nextToo, aliases);
    pos = from;
    expandedAt = from;
    return true;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
