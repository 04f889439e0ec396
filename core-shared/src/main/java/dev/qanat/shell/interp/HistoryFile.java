package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.text.Utf8;
import dev.qanat.text.glob.Pattern;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** What goes into history, and the file that keeps it between sessions. */
public final class HistoryFile {
  private HistoryFile() {}

  /** Remembers a command as it was typed, unless HISTCONTROL or HISTIGNORE are against it. */
  static void record(Shell sh, String text) {
    String line = text;
    while (line.endsWith("\n")) {
      line = line.substring(0, line.length() - 1);
    }
    if (line.isBlank()) {
      return;
    }
    if (line.indexOf('\n') < 0) {
      add(sh, line);
    } else if (sh.isOn(Shopt.cmdhist)) {
      add(sh, joined(sh, line));
    } else {
      for (String one : line.split("\n")) {
        add(sh, one);
      }
    }
  }

  /** Adds an entry, unless HISTCONTROL or HISTIGNORE are against it. */
  public static void add(Shell sh, String line) {
    History h = sh.history();
    String previous = h.get(h.next() - 1);
    String control = sh.variables().get("HISTCONTROL");
    if (control != null) {
      for (String c : control.split(":")) {
        boolean space = c.equals("ignorespace") || c.equals("ignoreboth");
        boolean same = c.equals("ignoredups") || c.equals("ignoreboth");
        if (space && line.startsWith(" ") || same && line.equals(previous)) {
          return;
        }
        if (c.equals("erasedups")) {
          for (int n = h.next() - 1; n >= h.first(); n--) {
            if (line.equals(h.get(n))) {
              h.remove(n);
            }
          }
        }
      }
    }
    String ignore = sh.variables().get("HISTIGNORE");
    if (ignore != null && !ignore.isEmpty()) {
      for (String p : ignore.split(":")) {
        String source = p.equals("&") ? (previous == null ? "" : Pattern.quote(previous)) : p;
        if (Pattern.compile(source, sh.extglob() ? Pattern.EXTGLOB : 0).matches(line)) {
          return;
        }
      }
    }
    h.add(line, Sched.get().realTimeNanos() / 1_000_000_000L);
  }

  /**
   * The lines of one command as {@code cmdhist} keeps them: on one line where that means the same.
   */
  private static String joined(Shell sh, String text) {
    if (sh.isOn(Shopt.lithist)) {
      return text;
    }
    if (text.contains("<<")) {
      return endsWithDocument(text) ? text + "\n" : text;
    }
    StringBuilder out = new StringBuilder();
    char quote = 0;
    int depth = 0; // of $( ${ and of parentheses in them
    boolean array = false; // between the parentheses of a=(
    int at = 0;
    while (at <= text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String line = text.substring(at, end);
      at = end + 1;
      boolean isComment = quote == 0 && depth == 0 && line.stripLeading().startsWith("#");
      if (!isComment || out.length() == 0) {
        out.append(line);
      }
      boolean joins = false;
      for (int i = 0; i < line.length() && !isComment; i++) {
        char c = line.charAt(i);
        char before = i > 0 ? line.charAt(i - 1) : 0;
        if (c == '\\' && quote != '\'') {
          joins = i + 1 == line.length();
          i++;
        } else if (quote != '\'' && (c == '(' || c == '{') && (before == '$' || depth > 0)) {
          depth++;
        } else if (depth > 0 && (c == ')' || c == '}')) {
          depth--;
        } else if (quote == 0 && c == '(' && before == '=') {
          array = true;
        } else if (quote == 0 && c == ')') {
          array = false;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        }
      }
      if (at > text.length()) {
        break;
      }
      if (joins) {
        out.setLength(out.length() - 1);
        continue;
      }
      if (quote != 0 || depth > 0 || isComment) {
        out.append(out.length() > 0 && out.charAt(out.length() - 1) == '\n' ? "" : "\n");
        continue;
      }
      String trimmed = line.stripTrailing();
      if (isComment(text, at)) {
        continue; // what follows the comment is put behind a newline
      }
      boolean open =
          array
              || trimmed.isEmpty()
              || ";|&({".indexOf(trimmed.charAt(trimmed.length() - 1)) >= 0
              || lastWordOpens(trimmed);
      out.append(open ? " " : "; ");
    }
    return out.toString();
  }

  private static boolean isComment(String text, int from) {
    int i = from;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i < text.length() && text.charAt(i) == '#';
  }

  /** Whether the last line ends a here-document, whose newline is kept. */
  private static boolean endsWithDocument(String text) {
    String last = text.substring(text.lastIndexOf('\n') + 1).strip();
    int at = text.lastIndexOf("<<" + last);
    return !last.isEmpty()
        && (at >= 0
            || text.contains("<<-" + last)
            || text.contains("<< " + last)
            || text.contains("<<'" + last)
            || text.contains("<<\"" + last));
  }

  private static boolean lastWordOpens(String line) {
    String word = line.substring(line.lastIndexOf(' ') + 1).trim();
    return switch (word) {
      case "then", "do", "else", "elif", "if", "while", "until", "in", "{", "(", "!" -> true;
      default -> false;
    };
  }

  /** Starts an interactive shell's history: HISTSIZE and the lines of HISTFILE. */
  static void load(Shell sh) {
    sizeChanged(sh);
    String file = sh.variables().get("HISTFILE");
    if (file != null && !file.isEmpty() && sh.files().exists(file)) {
      sh.history().inFile = Math.max(0, read(sh, file, 0));
    }
    sh.history().fresh = 0;
    sh.history().numberAnew();
  }

  /** HISTSIZE has been set. */
  static void sizeChanged(Shell sh) {
    String size = sh.variables().get("HISTSIZE");
    int n = number(size);
    if (size != null && (n >= 0 || size.startsWith("-"))) {
      sh.history().setLimit(n);
    }
  }

  /** HISTFILESIZE has been set: the file is cut at once. */
  static void fileSizeChanged(Shell sh) {
    String file = sh.variables().get("HISTFILE");
    int n = number(sh.variables().get("HISTFILESIZE"));
    if (file != null && !file.isEmpty() && n >= 0) {
      truncate(sh, file, n);
    }
  }

  private static int number(String s) {
    try {
      return s == null ? -1 : Integer.parseInt(s.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static void truncate(Shell sh, String file, int keep) {
    if (!sh.files().exists(file)) {
      return;
    }
    try {
      String text = Utf8.decode(sh.files().readFile(file));
      List<String> lines = new ArrayList<>(List.of(text.split("\n")));
      if (lines.size() > keep) {
        StringBuilder out = new StringBuilder();
        for (String l : lines.subList(lines.size() - keep, lines.size())) {
          out.append(l).append('\n');
        }
        sh.files().writeFile(file, Utf8.encode(out));
      }
    } catch (VfsException e) {
      // what cannot be read need not be cut
    }
  }

  /** An interactive shell ends: keeps what this session added. */
  static void save(Shell sh) {
    History h = sh.history();
    String file = sh.variables().get("HISTFILE");
    if (!sh.recordsHistory() && h.fresh == 0 || h.fresh == 0 || file == null || file.isEmpty()) {
      return;
    }
    if (h.fresh <= h.size() || sh.isOn(Shopt.histappend)) {
      write(sh, file, Math.max(0, h.size() - h.fresh), true);
    } else {
      write(sh, file, 0, false);
    }
    h.fresh = 0;
    int limit = number(sh.variables().get("HISTFILESIZE"));
    if (limit >= 0) {
      truncate(sh, file, limit);
    }
  }

  /** Appends the lines of a file from an index on; the number of lines, or -1 after a failure. */
  public static int read(Shell sh, String file, int from) {
    String text;
    try {
      text = Utf8.decode(sh.files().readFile(file));
    } catch (VfsException e) {
      return -1;
    }
    int fresh = sh.history().fresh;
    int at = 0;
    int n = 0;
    long time = Sched.get().realTimeNanos() / 1_000_000_000L;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      String line = text.substring(at, end);
      at = end + 1;
      if (line.length() > 1 && line.charAt(0) == '#' && Character.isDigit(line.charAt(1))) {
        time = Math.max(0, number(line.substring(1)));
        continue;
      }
      if (n++ >= from) {
        sh.history().add(line, time);
      }
    }
    sh.history().fresh = fresh;
    return n;
  }

  /** Writes entries, those from an index on, to a file; false after a failure. */
  public static boolean write(Shell sh, String file, int from, boolean append) {
    List<String> lines = sh.history().lines();
    StringBuilder out = new StringBuilder();
    boolean stamps = sh.variables().get("HISTTIMEFORMAT") != null;
    for (int i = from; i < lines.size(); i++) {
      if (stamps) {
        out.append('#').append(sh.history().time(sh.history().first() + i)).append('\n');
      }
      out.append(lines.get(i)).append('\n');
    }
    try {
      OpenFile f = sh.files().open(file, append ? OpenFlags.ADD : OpenFlags.REPLACE, 0600);
      try {
        byte[] b = Utf8.encode(out);
        f.write(b, 0, b.length);
      } finally {
        f.release();
      }
      return true;
    } catch (VfsException e) {
      return false; // which bash does not comment on
    }
  }
}
