package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.Expander;
import java.util.ArrayList;
import java.util.List;

/**
 * The word before the cursor that is to be completed, found as Readline and bash find it: from the
 * last unquoted word break on, in the innermost command around the cursor.
 *
 * @param start where the word begins in the line, behind an open quote
 * @param typed the word as it was typed
 * @param value the word without its quotes
 * @param quote the quote that is open before the word, or 0
 * @param commandStart where its command begins
 * @param first the word stands where a command does
 * @param nested it stands in a command's substitution between double quotes
 * @param inArray it is the first of the elements an assignment lists
 */
record CompletedWord(
    String line,
    int cursor,
    int start,
    String typed,
    String value,
    char quote,
    int commandStart,
    boolean first,
    boolean nested,
    boolean inArray) {
  private static final String SEPARATORS = ";|&{(`\n";

  /** Finds the word; {@code breaks}: what COMP_WORDBREAKS says. */
  static CompletedWord find(String line, int cursor, String breaks) {
    boolean[] quoted = new boolean[cursor + 1];
    List<Integer> outer = new ArrayList<>();
    List<Character> outerQuotes = new ArrayList<>();
    int command = 0;
    char quote = 0;
    int opened = -1;
    int ticks = 0; // backquotes open between double quotes
    boolean blank = true; // nothing of a word has been read since the last blank
    for (int i = 0; i < cursor; i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'') {
        quoted[i] = true;
        if (i + 1 < cursor) {
          quoted[++i] = true;
        }
        blank = false;
        continue;
      }
      boolean substitution = c == '(' && i > 0 && line.charAt(i - 1) == '$';
      if (c == '`' && (quote == '"' || ticks > 0)) {
        if (quote == '"') {
          outer.add(command);
          outerQuotes.add(quote);
          quote = 0;
          command = i + 1;
          blank = true;
          ticks++;
        } else {
          command = outer.remove(outer.size() - 1);
          quote = outerQuotes.remove(outerQuotes.size() - 1);
          ticks--;
        }
        continue;
      }
      if (quote != 0 && !(quote == '"' && substitution)) {
        quoted[i] = true;
        if (c == quote) {
          quote = 0;
        }
        continue;
      }
      if (c == '"' || c == '\'') {
        quote = c;
        opened = i;
        blank = false;
      } else if (c == '(') {
        outer.add(command);
        outerQuotes.add(quote);
        quote = 0;
        command = i + 1;
        blank = true;
      } else if (c == ')') {
        if (!outer.isEmpty()) {
          command = outer.remove(outer.size() - 1);
          quote = outerQuotes.remove(outerQuotes.size() - 1);
        }
        blank = false;
      } else if (c == ' ' || c == '\t') {
        blank = true;
      } else if (";|&`\n".indexOf(c) >= 0 && !redirects(line, i) || c == '{' && blank) {
        command = i + 1;
        blank = true;
      } else {
        blank = false;
      }
    }
    int start = cursor;
    if (quote != 0) {
      start = opened + 1;
    } else {
      while (start > 0 && (quoted[start - 1] || breaks.indexOf(line.charAt(start - 1)) < 0)) {
        start--;
      }
    }
    if (quote == 0 && start > 0 && line.charAt(start - 1) == '@') {
      start--; // a host's name has it
    }
    start = Math.max(start, command);
    String typed = line.substring(start, cursor);
    int before = (quote != 0 ? Math.max(opened, 0) : start) - 1;
    while (before >= 0 && (line.charAt(before) == ' ' || line.charAt(before) == '\t')) {
      before--;
    }
    boolean first =
        before < 0
            || before < command
            || SEPARATORS.indexOf(line.charAt(before)) >= 0
                && !quoted[before]
                && !redirects(line, before);
    boolean array =
        first
            && command > 1
            && line.charAt(command - 1) == '('
            && (line.charAt(command - 2) == '=');
    return new CompletedWord(
        line,
        cursor,
        start,
        typed,
        unquoted(typed, quote),
        quote,
        command,
        first,
        outerQuotes.contains('"'),
        array);
  }

  /** Whether an operator is part of {@code >& <& >| &>}. */
  private static boolean redirects(String line, int i) {
    char c = line.charAt(i);
    char before = i > 0 ? line.charAt(i - 1) : 0;
    char after = i + 1 < line.length() ? line.charAt(i + 1) : 0;
    return c == '&' && (before == '>' || before == '<' || after == '>')
        || c == '|' && before == '>';
  }

  /** A word without the quotes in it; {@code quote} is the one it begins in. */
  static String unquoted(String typed, char quote) {
    StringBuilder out = new StringBuilder();
    char open = quote;
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (c == '\\' && open != '\'' && i + 1 < typed.length()) {
        char next = typed.charAt(i + 1);
        if (open == 0 || "\"\\$`\n".indexOf(next) >= 0) {
          out.append(next);
          i++;
        } else {
          out.append(c);
        }
      } else if (c == '\\' && open == 0) {
        continue; // it quotes what is still to be typed
      } else if (open == 0 && (c == '"' || c == '\'')) {
        open = c;
      } else if (c == open && open != 0) {
        open = 0;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Whether only assignments stand before the word in its command. */
  boolean afterAssignments() {
    int i = commandStart;
    boolean any = false;
    while (true) {
      while (i < start && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
        i++;
      }
      if (i >= start) {
        return any;
      }
      int end = i;
      while (end < start && line.charAt(end) > ' ') {
        end++;
      }
      int sign = line.indexOf('=', i);
      if (sign <= i || sign >= end || end >= start || !Expander.isName(line.substring(i, sign))) {
        return false;
      }
      any = true;
      i = end;
    }
  }

  /** The command's line, which goes on behind the cursor to where the command ends. */
  String commandLine() {
    int from = commandStart;
    while (from < line.length() && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
      from++;
    }
    int to = Math.max(from, cursor);
    char open = quote;
    while (to < line.length()) {
      char c = line.charAt(to);
      if (open == 0 && ";|&)\n".indexOf(c) >= 0 && !redirects(line, to)) {
        break;
      }
      if (c == '\\' && open != '\'') {
        to++;
      } else if (open == 0 && (c == '"' || c == '\'')) {
        open = c;
      } else if (c == open && c != 0) {
        open = 0;
      }
      to++;
    }
    return line.substring(Math.min(from, line.length()), Math.min(to, line.length()));
  }

  /** Where the cursor is in {@link #commandLine}. */
  int commandCursor() {
    int from = commandStart;
    while (from < cursor && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
      from++;
    }
    return cursor - from;
  }

  /** A command's words as a completion function sees them, and the one the cursor is in. */
  record Words(List<String> words, int index) {}

  /** Splits a command's line at word breaks; runs of breaks other than blanks are words too. */
  static Words split(String s, int cursor, String breaks) {
    List<String> words = new ArrayList<>();
    int index = -1;
    int n = s.length();
    int ts = 0;
    while (ts < n && isBlank(s.charAt(ts))) {
      ts++;
    }
    int te = ts;
    while (ts < n) {
      te = wordEnd(s, ts, breaks);
      if (te == ts) {
        te++;
        while (te < n && isBreak(s.charAt(te), breaks)) {
          te++;
        }
      }
      if (index < 0 && cursor < ts) {
        words.add("");
        index = words.size() - 1;
      }
      words.add(s.substring(ts, te));
      if (index < 0 && cursor >= ts && cursor <= te) {
        index = words.size() - 1;
      }
      ts = te;
      while (ts < n && isBlank(s.charAt(ts))) {
        ts++;
      }
    }
    if (index < 0) {
      words.add("");
      index = words.size() - 1;
    }
    return new Words(words, index);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  private static boolean isBreak(char c, String breaks) {
    return !isBlank(c) && c != '"' && c != '\'' && breaks.indexOf(c) >= 0;
  }

  private static int wordEnd(String s, int from, String breaks) {
    int i = from;
    char open = 0;
    while (i < s.length()) {
      char c = s.charAt(i);
      if (c == '\\' && open != '\'') {
        i++;
      } else if (open != 0) {
        open = c == open ? 0 : open;
      } else if (c == '"' || c == '\'') {
        open = c;
      } else if (isBlank(c) || isBreak(c, breaks)) {
        break;
      }
      i++;
    }
    return Math.min(i, s.length());
  }
}
