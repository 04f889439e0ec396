package dev.qanat.shell.interp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * History expansion: {@code !!}, {@code !$}, {@code ^old^new} and the rest (bash manual, "History
 * Expansion"). Works on a line as it was typed, before it is parsed.
 */
public final class HistoryExpansion {
  /**
   * What became of a line.
   *
   * @param text the new line
   * @param changed something was expanded
   * @param printOnly the modifier {@code :p} was given: the line is shown and remembered, not run
   */
  public record Result(String text, boolean changed, boolean printOnly) {}

  /** A reference that leads nowhere; the message is bash's. */
  public static final class Failure extends RuntimeException {
    Failure(String message) {
      super(message, null, false, false);
    }
  }

  private static final String BLANKS = " \t\n\r";
  private static final String WORD_BREAKS = " \t\n|&;()<>";

  private final History history;
  private final Supplier<Boolean> extendedPatterns;
  private final Supplier<Boolean> comments;
  private String search = ""; // of the last !?string?
  private String searchedWord; // the word it was found in, for !%
  private String oldText = ""; // of the last substitution
  private String newText = "";
  private boolean printOnly;

  /**
   * @param extendedPatterns whether {@code !(} begins a pattern
   * @param comments whether words that begin with {@code #} are comments
   */
  public HistoryExpansion(
      History history, Supplier<Boolean> extendedPatterns, Supplier<Boolean> comments) {
    this.history = history;
    this.extendedPatterns = extendedPatterns;
    this.comments = comments;
  }

  /** Expands a line. */
  public Result expand(String line) {
    printOnly = false;
    if (line.startsWith("^")) {
      return quickSubstitution(line);
    }
    if (line.indexOf('!') < 0) {
      return new Result(line, false, false);
    }
    StringBuilder out = new StringBuilder();
    boolean changed = false;
    boolean doubleQuoted = false;
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        out.append(c).append(line.charAt(i + 1));
        i += 2;
      } else if (c == '\'' && !doubleQuoted) {
        int end = line.indexOf('\'', i + 1);
        end = end < 0 ? line.length() : end + 1;
        out.append(line, i, end);
        i = end;
      } else if (c == '"') {
        doubleQuoted = !doubleQuoted;
        out.append(c);
        i++;
      } else if (c == '#'
          && comments.get()
          && !doubleQuoted
          && (i == 0 || WORD_BREAKS.indexOf(line.charAt(i - 1)) >= 0)) {
        out.append(line, i, line.length());
        break;
      } else if (c == '!' && starts(line, i, doubleQuoted)) {
        i = reference(line, i, doubleQuoted, out);
        changed = true;
      } else {
        out.append(c);
        i++;
      }
    }
    return new Result(out.toString(), changed, printOnly);
  }

  /** Whether the {@code !} begins a reference. */
  private boolean starts(String line, int i, boolean doubleQuoted) {
    if (i + 1 >= line.length()) {
      return false;
    }
    char next = line.charAt(i + 1);
    if (BLANKS.indexOf(next) >= 0
        || next == '='
        || next == '(' && extendedPatterns.get()
        || doubleQuoted && next == '"') {
      return false;
    }
    // ${!name}, $! and [!a-z] are the shell's own
    char before = i == 0 ? 0 : line.charAt(i - 1);
    return before != '$'
        && !(before == '{' && i > 1 && line.charAt(i - 2) == '$')
        && !(before == '[' && line.indexOf(']', i) > 0);
  }

  private Result quickSubstitution(String line) {
    String text = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    int second = text.indexOf('^', 1);
    if (second < 0) {
      second = text.length();
    }
    int third = text.indexOf('^', Math.min(second + 1, text.length()));
    oldText = text.substring(1, second);
    newText =
        second >= text.length()
            ? ""
            : text.substring(second + 1, third < 0 ? text.length() : third);
    String before = event(history.next() - 1, ":s" + text);
    if (oldText.isEmpty() || !before.contains(oldText)) {
      throw new Failure(":s" + text + ": substitution failed");
    }
    String rest = third < 0 ? "" : text.substring(third + 1);
    return new Result(
        replace(before, false) + rest + (line.endsWith("\n") ? "\n" : ""), true, false);
  }

  private String event(int number, String written) {
    String found = history.get(number);
    if (found == null) {
      throw new Failure(written + ": event not found");
    }
    return found;
  }

  /** Appends what the reference at {@code i} stands for; returns where it ends. */
  private int reference(String line, int i, boolean doubleQuoted, StringBuilder out) {
    int start = i++;
    char c = line.charAt(i);
    String event;
    boolean previous = false;
    if (c == '!') {
      event = event(history.next() - 1, "!!");
      i++;
    } else if (c == '#') {
      event = out.toString();
      i++;
    } else if (c == '-' && i + 1 < line.length() && isDigit(line.charAt(i + 1)) || isDigit(c)) {
      int end = i + 1;
      while (end < line.length() && isDigit(line.charAt(end))) {
        end++;
      }
      int n = number(line.substring(c == '-' ? i + 1 : i, end));
      event = event(c == '-' ? history.next() - n : n, line.substring(start, end));
      i = end;
    } else if (c == '?') {
      int end = i + 1;
      while (end < line.length() && line.charAt(end) != '?' && line.charAt(end) != '\n') {
        end++;
      }
      search = end == i + 1 ? search : line.substring(i + 1, end);
      i = end < line.length() && line.charAt(end) == '?' ? end + 1 : end;
      event = find(search, true, line.substring(start, i));
      searchedWord = wordWith(event, search);
    } else if (":^$*%-".indexOf(c) >= 0) {
      event = event(history.next() - 1, line.substring(start, i + 1));
      previous = true;
    } else {
      int end = i;
      while (end < line.length()
          && WORD_BREAKS.indexOf(line.charAt(end)) < 0
          && ":^$*%".indexOf(line.charAt(end)) < 0
          && !(doubleQuoted && line.charAt(end) == '"')) {
        end++;
      }
      event = find(line.substring(i, end), false, line.substring(start, end));
      i = end;
    }
    return wordsAndModifiers(line, i, event, previous, out);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private String find(String text, boolean anywhere, String written) {
    if (text.isEmpty()) {
      throw new Failure(written + ": event not found");
    }
    for (int n = history.next() - 1; n >= history.first(); n--) {
      String h = history.get(n);
      if (h != null && (anywhere ? h.contains(text) : h.startsWith(text))) {
        return h;
      }
    }
    throw new Failure(written + ": event not found");
  }

  private static String wordWith(String event, String text) {
    for (String w : words(event)) {
      if (w.contains(text)) {
        return w;
      }
    }
    return "";
  }

  /** The words of a line as history counts them: shell words, operators apart. */
  public static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (BLANKS.indexOf(c) >= 0) {
        i++;
        continue;
      }
      int start = i;
      if ("|&;()<>".indexOf(c) >= 0) {
        i++;
        while (i < line.length() && "|&;<>".indexOf(line.charAt(i)) >= 0 && c != '(' && c != ')') {
          i++;
        }
      } else {
        i = wordEnd(line, i);
      }
      words.add(line.substring(start, i));
    }
    return words;
  }

  private static int wordEnd(String line, int i) {
    while (i < line.length() && WORD_BREAKS.indexOf(line.charAt(i)) < 0) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'' || c == '"' || c == '`') {
        int end = line.indexOf(c, i + 1);
        i = end < 0 ? line.length() - 1 : end;
      } else if (c == '$' && i + 1 < line.length() && line.charAt(i + 1) == '(') {
        int end = line.indexOf(')', i);
        i = end < 0 ? line.length() - 1 : end;
      }
      i++;
    }
    return Math.min(i, line.length());
  }

  private int wordsAndModifiers(
      String line, int i, String event, boolean previous, StringBuilder out) {
    List<String> words = words(event);
    int last = words.size() - 1;
    String value = event;
    int designator = i;
    boolean colon = i < line.length() && line.charAt(i) == ':';
    int at = colon ? i + 1 : i;
    char c = at < line.length() ? line.charAt(at) : '\n';
    if (isDigit(c) && (colon || previous)
        || "^$*%".indexOf(c) >= 0
        || c == '-' && (colon || previous)) {
      int from;
      int to;
      if (c == '%') {
        value = searchedWord == null ? "" : searchedWord;
        i = at + 1;
        return modifiers(line, i, value, out);
      }
      if (c == '*') {
        from = 1;
        to = last;
        at++;
      } else {
        if (c == '-') {
          from = 0;
        } else if (c == '^') {
          from = 1;
          at++;
        } else if (c == '$') {
          from = last;
          at++;
        } else {
          int end = at;
          while (end < line.length() && isDigit(line.charAt(end))) {
            end++;
          }
          from = number(line.substring(at, end));
          at = end;
        }
        to = from;
        if (at < line.length() && line.charAt(at) == '*') {
          to = last;
          at++;
        } else if (at < line.length() && line.charAt(at) == '-') {
          at++;
          if (at < line.length() && line.charAt(at) == '$') {
            to = last;
            at++;
          } else if (at < line.length() && isDigit(line.charAt(at))) {
            int end = at;
            while (end < line.length() && isDigit(line.charAt(end))) {
              end++;
            }
            to = number(line.substring(at, end));
            at = end;
          } else {
            to = last - 1; // x- leaves the last word out
          }
        }
      }
      if (c == '*' && last < 1) {
        value = "";
      } else if (from > last || to > last || from < 0 || from > to && c != '*') {
        throw new Failure(line.substring(designator, at) + ": bad word specifier");
      } else {
        value = String.join(" ", words.subList(from, to + 1));
      }
      i = at;
    }
    return modifiers(line, i, value, out);
  }

  private int modifiers(String line, int i, String value, StringBuilder out) {
    while (i + 1 < line.length() && line.charAt(i) == ':') {
      int at = i + 1;
      boolean everywhere = false;
      boolean eachWord = false;
      while (at < line.length() && "gaG".indexOf(line.charAt(at)) >= 0) {
        everywhere |= line.charAt(at) != 'G';
        eachWord |= line.charAt(at) == 'G';
        at++;
      }
      if (at >= line.length()) {
        break;
      }
      char m = line.charAt(at++);
      int slash = value.lastIndexOf('/');
      int dot = value.lastIndexOf('.');
      switch (m) {
        case 'h' -> value = slash > 0 ? value.substring(0, slash) : slash == 0 ? "/" : value;
        case 't' -> value = value.substring(slash + 1);
        case 'r' -> value = dot > slash ? value.substring(0, dot) : value;
        case 'e' -> value = dot > slash ? value.substring(dot) : "";
        case 'p' -> printOnly = true;
        case 'q' -> value = quoted(value);
        case 'x' -> {
          StringBuilder all = new StringBuilder();
          for (String w : value.split("[ \t\n]+")) {
            all.append(all.length() > 0 ? " " : "").append(quoted(w));
          }
          value = all.toString();
        }
        case 's', '&' -> {
          if (m == 's') {
            at = readSubstitution(line, at);
          }
          if (oldText.isEmpty()) {
            throw new Failure(line.substring(i, at).trim() + ": no previous substitution");
          }
          if (!value.contains(oldText)) {
            throw new Failure(
                line.substring(i, Math.min(at, line.length())).trim() + ": substitution failed");
          }
          value = eachWord ? replaceInWords(value) : replace(value, everywhere);
        }
        default -> throw new Failure(m + ": unrecognized history modifier");
      }
      i = at;
    }
    out.append(value);
    return i;
  }

  private static String quoted(String s) {
    return "'" + s.replace("'", "'\\''") + "'";
  }

  /** Reads {@code /old/new/} with any delimiter; the last may be missing at the end of the line. */
  private int readSubstitution(String line, int at) {
    if (at >= line.length()) {
      return at;
    }
    char delimiter = line.charAt(at++);
    StringBuilder[] parts = {new StringBuilder(), new StringBuilder()};
    for (StringBuilder part : parts) {
      while (at < line.length() && line.charAt(at) != delimiter && line.charAt(at) != '\n') {
        char c = line.charAt(at);
        if (c == '\\' && at + 1 < line.length() && line.charAt(at + 1) == delimiter) {
          c = line.charAt(++at);
        } else if (c == '&' && part == parts[1]) {
          part.append(parts[0].length() > 0 ? parts[0] : oldText);
          at++;
          continue;
        } else if (c == '\\' && at + 1 < line.length() && line.charAt(at + 1) == '&') {
          c = line.charAt(++at);
        }
        part.append(c);
        at++;
      }
      if (at < line.length() && line.charAt(at) == delimiter) {
        at++;
      }
    }
    if (parts[0].length() > 0) {
      oldText = parts[0].toString();
    }
    newText = parts[1].toString();
    return at;
  }

  private String replace(String value, boolean everywhere) {
    if (everywhere) {
      return value.replace(oldText, newText);
    }
    int at = value.indexOf(oldText);
    return at < 0
        ? value
        : value.substring(0, at) + newText + value.substring(at + oldText.length());
  }

  private String replaceInWords(String value) {
    StringBuilder out = new StringBuilder();
    for (String w : value.split(" ")) {
      out.append(out.length() > 0 ? " " : "").append(replace(w, false));
    }
    return out.toString();
  }
}
