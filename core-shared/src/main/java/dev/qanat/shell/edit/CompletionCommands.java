package dev.qanat.shell.edit;

import dev.qanat.shell.edit.LineHost.Completion;
import dev.qanat.shell.edit.LineHost.Kind;
import dev.qanat.shell.edit.LineHost.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/** Commands that complete the word before the cursor, and those that list what it may become. */
final class CompletionCommands {
  private final LineEditor e;
  private final LineBuffer line;
  private final CandidateList list;
  private Completion menu; // what menu-complete goes through
  private int menuAt;
  private int menuEnd;
  private boolean menuEndsLine;
  private String menuOriginal = "";
  private boolean unchanged; // the last completion changed nothing: the next one lists

  CompletionCommands(LineEditor editor) {
    e = editor;
    line = editor.line;
    list = new CandidateList(editor);
  }

  /** Runs a command; false when it is not one of these. */
  boolean run(String function) {
    switch (function) {
      case "complete" -> complete(Kind.ANY);
      case "complete-command" -> complete(Kind.COMMAND);
      case "complete-filename" -> complete(Kind.FILE);
      case "complete-hostname" -> complete(Kind.HOST);
      case "complete-username" -> complete(Kind.USER);
      case "complete-variable" -> complete(Kind.VARIABLE);
      case "dynamic-complete-history", "dabbrev-expand" -> complete(Kind.HISTORY);
      case "possible-completions" -> list(Kind.ANY);
      case "possible-command-completions" -> list(Kind.COMMAND);
      case "possible-filename-completions" -> list(Kind.FILE);
      case "possible-hostname-completions" -> list(Kind.HOST);
      case "possible-username-completions" -> list(Kind.USER);
      case "possible-variable-completions" -> list(Kind.VARIABLE);
      case "delete-char-or-list" -> {
        if (line.atEnd() && !line.isEmpty()) {
          list(Kind.ANY);
        } else {
          e.run("delete-char");
        }
      }
      case "insert-completions" -> insertAll(Kind.ANY);
      case "complete-into-braces" -> intoBraces();
      case "menu-complete", "old-menu-complete" -> menu(e.count);
      case "menu-complete-backward" -> menu(-e.count);
      case "glob-complete-word" -> complete(globKind(true));
      case "glob-expand-word" -> insertAll(globKind(false));
      case "glob-list-expansions" -> list(globKind(false));
      case "spell-correct-word" -> correctSpelling();
      default -> {
        return false;
      }
    }
    return true;
  }

  /** In vi's mode only what is a pattern already is taken as it is. */
  private Kind globKind(boolean starts) {
    if (!e.readline.viMode()) {
      return starts || e.explicitCount ? Kind.GLOB_START : Kind.GLOB;
    }
    String s = line.text();
    int from = line.cursor();
    while (from > 0 && !LineBuffer.isBlank(s.charAt(from - 1))) {
      from--;
    }
    for (int i = from; i < line.cursor(); i++) {
      if ("*?[".indexOf(s.charAt(i)) >= 0) {
        return Kind.GLOB;
      }
    }
    return Kind.GLOB_START;
  }

  /** Corrects the word before the cursor as a path, when it is nearly the name of a file. */
  private void correctSpelling() {
    for (int i = 0; i < Math.max(1, e.count); i++) {
      int from = MovingCommands.shellWordStart(line.text(), line.cursor());
      int to = MovingCommands.shellWordEnd(line.text(), from);
      String word = line.text(from, to);
      String right = word.isEmpty() ? null : e.host.expand(word, "spell-correct-word");
      if (right != null) {
        line.replace(from, to, right);
      }
    }
  }

  private Completion candidates(Kind kind, char type) {
    if (e.readline.settings().on("disable-completion")) {
      return null;
    }
    e.redraw();
    Completion[] found = new Completion[1];
    Request r = new Request(line.text(), line.cursor(), kind, type, e.key);
    e.cooked(() -> found[0] = e.host.complete(r));
    return found[0] == null || found[0].words().isEmpty() ? null : found[0];
  }

  private void complete(Kind kind) {
    if (e.readline.settings().on("disable-completion") && e.key == '\t') {
      line.insert("\t");
      return;
    }
    Settings s = e.readline.settings();
    boolean again = e.lastFunction.equals(currentName(kind)) && unchanged;
    char type =
        again
            ? '?'
            : s.on("show-all-if-ambiguous") ? '!' : s.on("show-all-if-unmodified") ? '@' : '\t';
    Completion c = candidates(kind, type);
    if (c == null) {
      e.bell();
      unchanged = false;
      return;
    }
    if (again) {
      list.show(c);
      return;
    }
    String before = line.text();
    if (c.words().size() == 1) {
      insertSole(c);
      unchanged = line.text().equals(before);
      return;
    }
    String typed = line.text(c.start(), line.cursor());
    String common = withoutOpenQuote(commonStart(c.words(), s.on("completion-ignore-case")));
    boolean more = !c.listOnly() && !common.isEmpty() && !common.equals(typed);
    if (type == '!' || type == '@' && !more) {
      list.show(c);
    } else if (type != '@' && !e.readline.viMode()) {
      e.bell();
    }
    if (more) {
      line.replace(c.start(), line.cursor(), common);
    }
    unchanged = line.text().equals(before);
  }

  /** Without a backslash at the end whose character is not common. */
  private static String withoutOpenQuote(String s) {
    int n = 0;
    while (n < s.length() && s.charAt(s.length() - 1 - n) == '\\') {
      n++;
    }
    return n % 2 == 0 ? s : s.substring(0, s.length() - 1);
  }

  private static String currentName(Kind kind) {
    return switch (kind) {
      case COMMAND -> "complete-command";
      case FILE -> "complete-filename";
      case HOST -> "complete-hostname";
      case USER -> "complete-username";
      case VARIABLE -> "complete-variable";
      case HISTORY -> "dynamic-complete-history";
      case GLOB, GLOB_START -> "glob-complete-word";
      default -> "complete";
    };
  }

  private void insertSole(Completion c) {
    String word = c.words().get(0);
    int end = line.cursor() + completedAlready(c, word);
    if (end < line.length()) {
      // in the middle of a line nothing follows it but a directory's slash
      if (word.endsWith("/") && line.charAt(end) == '/') {
        word = word.substring(0, word.length() - 1);
      }
    } else if (c.suffix() != 0) {
      word += c.suffix();
    }
    line.moveTo(end);
    replaceWord(c.start(), word);
  }

  /** Characters behind the cursor that are the end of the word, if the user wants them so. */
  private int completedAlready(Completion c, String word) {
    int n = 0;
    if (e.readline.settings().on("skip-completed-text")) {
      int at = line.cursor() - c.start();
      while (at + n < word.length()
          && line.cursor() + n < line.length()
          && word.charAt(at + n) == line.charAt(line.cursor() + n)) {
        n++;
      }
    }
    return n;
  }

  private void replaceWord(int start, String word) {
    if (line.text(start, line.cursor()).equals(word)) {
      return;
    }
    line.replace(start, line.cursor(), word);
  }

  static String commonStart(List<String> words, boolean ignoreCase) {
    String common = words.get(0);
    for (String w : words) {
      int n = 0;
      while (n < common.length() && n < w.length() && same(common, w, n, ignoreCase)) {
        n++;
      }
      if (n > 0 && n < common.length() && Character.isHighSurrogate(common.charAt(n - 1))) {
        n--;
      }
      common = common.substring(0, n);
    }
    return common;
  }

  private static boolean same(String a, String b, int i, boolean ignoreCase) {
    return a.charAt(i) == b.charAt(i)
        || ignoreCase && Character.toLowerCase(a.charAt(i)) == Character.toLowerCase(b.charAt(i));
  }

  private void list(Kind kind) {
    Completion c = candidates(kind, '?');
    if (c == null) {
      e.bell();
    } else {
      list.show(c);
    }
  }

  void insertAll(Kind kind) {
    Completion c = candidates(kind, '*');
    if (c == null) {
      e.bell();
      return;
    }
    line.replace(c.start(), line.cursor(), String.join(" ", c.words()) + " ");
  }

  /** M-{: the file names as a brace expression. */
  private void intoBraces() {
    Completion c = candidates(Kind.FILE, '{');
    if (c == null) {
      e.bell();
      return;
    }
    if (c.words().size() == 1) {
      insertSole(c);
      return;
    }
    List<String> words = new ArrayList<>(new LinkedHashSet<>(c.words()));
    Collections.sort(words);
    line.replace(c.start(), line.cursor(), braces(words) + " ");
  }

  /** {@code common{a,b,c}}, with words that have more in common in braces of their own. */
  private static String braces(List<String> words) {
    String common = commonStart(words, false);
    StringBuilder out = new StringBuilder(common).append('{');
    int i = 0;
    while (i < words.size()) {
      String rest = words.get(i).substring(common.length());
      int k = i + 1;
      while (k < words.size()
          && !rest.isEmpty()
          && words.get(k).length() > common.length()
          && words.get(k).charAt(common.length()) == rest.charAt(0)) {
        k++;
      }
      out.append(i > 0 ? "," : "");
      if (k - i == 1) {
        out.append(rest);
      } else {
        List<String> group = new ArrayList<>();
        for (String w : words.subList(i, k)) {
          group.add(w.substring(common.length()));
        }
        out.append(braces(group));
      }
      i = k;
    }
    return out.append('}').toString();
  }

  /** A candidate with what follows it. */
  private String inMenu(int i) {
    String mark = menu.marks().isEmpty() ? "" : menu.marks().get(i);
    String end = mark.equals("/") ? mark : menu.suffix() == 0 ? "" : String.valueOf(menu.suffix());
    return menu.words().get(i) + (menuEndsLine ? end : "");
  }

  private void menu(int by) {
    boolean again = e.lastFunction.startsWith("menu-complete") && menu != null;
    if (!again) {
      menu = candidates(Kind.ANY, '%');
      if (menu == null) {
        e.bell();
        return;
      }
      menuOriginal = commonStart(menu.words(), e.readline.settings().on("completion-ignore-case"));
      if (menu.words().size() == 1) {
        insertSole(menu);
        menu = null;
        return;
      }
      menuEndsLine = line.atEnd();
      boolean prefixFirst = e.readline.settings().on("menu-complete-display-prefix");
      if (e.readline.settings().on("show-all-if-ambiguous")) {
        list.show(menu);
      }
      line.replace(menu.start(), line.cursor(), menuOriginal);
      menuEnd = line.cursor();
      menuAt = menu.words().size();
      if (prefixFirst) {
        e.bell();
        return;
      }
    }
    int places = menu.words().size() + 1; // one of them is what all have in common
    int at = Math.floorMod(menuAt + by, places);
    menuAt = at;
    String word = at == menu.words().size() ? menuOriginal : inMenu(at);
    if (at == menu.words().size()) {
      e.bell();
    }
    line.replace(menu.start(), menuEnd, word);
    menuEnd = line.cursor();
  }
}
