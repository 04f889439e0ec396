package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.edit.Completer;
import dev.qanat.shell.interp.Completions;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Completes the word before the cursor as bash does (manual, "Programmable Completion"): by what
 * {@code complete} declared for the command, else commands where a command stands, variables after
 * {@code $}, users after {@code ~}, and files.
 */
public final class WordCompleter implements Completer {
  private static final String SPECIAL = " \t\n\\'\"`$&|;<>()[]{}*?!#~";
  private static final Set<String> BEFORE_COMMANDS =
      Set.of(
          "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "coproc", "|",
          "||", "&&", ";", "&", "(", "|&", "\n", "sudo", "exec", "command", "env", "xargs",
          "nohup");

  private final Shell sh;

  public WordCompleter(Shell sh) {
    this.sh = sh;
  }

  /** A word of the line: where it begins, as typed, and without its quotes. */
  private record Piece(int start, String typed, String value, char quote) {}

  @Override
  public Completion complete(String line, int cursor) {
    List<Piece> words = new ArrayList<>();
    Piece last = split(line.substring(0, cursor), words);
    String value = last.value();
    if (last.quote() != '\'') {
      int dollar = last.typed().lastIndexOf('$');
      if (dollar >= 0 && isNamePrefix(last.typed(), dollar)) {
        return variables(last, dollar);
      }
    }
    if (value.startsWith("~") && value.indexOf('/') < 0 && last.quote() == 0) {
      return users(last);
    }
    int redirection = redirection(last.typed());
    if (redirection > 0) {
      Piece target = tail(last, redirection);
      return result(
          target, CompletionBuiltins.files(sh, expandTilde(target.value()), false), true, ' ');
    }
    boolean first =
        words.isEmpty() || BEFORE_COMMANDS.contains(words.get(words.size() - 1).value());
    if (first && value.indexOf('=') > 0) {
      return afterSign(last, value.indexOf('='));
    }
    if (first) {
      return commands(last);
    }
    return arguments(last, words);
  }

  // --- taking the line apart

  /** The words of the last simple command before the cursor's, which is returned. */
  private static Piece split(String text, List<Piece> words) {
    int i = 0;
    while (true) {
      while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
        i++;
      }
      int start = i;
      StringBuilder value = new StringBuilder();
      char quote = 0;
      boolean ended = false;
      while (i < text.length() && !ended) {
        char c = text.charAt(i);
        if (quote != 0) {
          if (c == quote) {
            quote = 0;
          } else if (c == '\\' && quote == '"' && i + 1 < text.length()) {
            value.append(text.charAt(++i));
          } else {
            value.append(c);
          }
          i++;
        } else if (c == '\\' && i + 1 < text.length()) {
          value.append(text.charAt(i + 1));
          i += 2;
        } else if (c == '"' || c == '\'') {
          quote = c;
          i++;
        } else if (c == ' ' || c == '\t') {
          ended = true;
        } else if ("|;&(\n".indexOf(c) >= 0) {
          if (i > start) {
            ended = true;
          } else {
            while (i < text.length() && "|;&(\n".indexOf(text.charAt(i)) >= 0) {
              i++;
            }
            words.clear();
            start = i;
            while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
              start = ++i;
            }
          }
        } else {
          value.append(c);
          i++;
        }
      }
      Piece p = new Piece(start, text.substring(start, i), value.toString(), quote);
      if (!ended) {
        return p;
      }
      if (BEFORE_COMMANDS.contains(p.value())) {
        words.clear();
      } else {
        words.add(p);
      }
    }
  }

  private static boolean isNamePrefix(String s, int dollar) {
    int from = dollar + 1;
    if (from < s.length() && s.charAt(from) == '{') {
      from++;
    }
    for (int i = from; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c != '_' && !Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    return dollar == 0 || s.charAt(dollar - 1) != '\\';
  }

  /** Where the file name behind a redirection operator begins; 0 when there is none. */
  private static int redirection(String typed) {
    int i = 0;
    while (i < typed.length() && Character.isDigit(typed.charAt(i))) {
      i++;
    }
    int op = i;
    while (i < typed.length() && "<>".indexOf(typed.charAt(i)) >= 0) {
      i++;
    }
    return i > op ? i : 0;
  }

  private static Piece tail(Piece p, int from) {
    int cut = p.value().length() - (p.typed().length() - from);
    return new Piece(
        p.start() + from,
        p.typed().substring(from),
        p.value().substring(Math.max(0, cut)),
        p.quote());
  }

  // --- candidates

  private Completion variables(Piece p, int dollar) {
    boolean braced = dollar + 1 < p.typed().length() && p.typed().charAt(dollar + 1) == '{';
    String name = p.typed().substring(dollar + (braced ? 2 : 1));
    List<String> words = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    List<String> names = new ArrayList<>(sh.variables().names());
    Collections.sort(names);
    for (String n : names) {
      if (n.startsWith(name)) {
        words.add(p.typed().substring(0, dollar) + (braced ? "${" + n + "}" : "$" + n));
        shown.add((braced ? "${" : "$") + n);
      }
    }
    return new Completion(p.start(), words, shown, p.quote() == 0 ? ' ' : '\0');
  }

  private Completion users(Piece p) {
    List<String> words = new ArrayList<>();
    for (String u : dev.qanat.shell.interp.Accounts.names(sh.files())) {
      if (("~" + u).startsWith(p.value())) {
        words.add("~" + u + "/");
      }
    }
    return new Completion(p.start(), words, words, '\0');
  }

  private Completion afterSign(Piece p, int equals) {
    Piece value = tail(p, p.typed().indexOf('=') + 1);
    return result(
        value, CompletionBuiltins.files(sh, expandTilde(value.value()), false), true, ' ');
  }

  private Completion commands(Piece p) {
    if (p.value().indexOf('/') >= 0) {
      List<String> runnable = new ArrayList<>();
      for (String f : CompletionBuiltins.files(sh, expandTilde(p.value()), false)) {
        if (sh.files().access(f, 1)) {
          runnable.add(f);
        }
      }
      return result(p, runnable, true, ' ');
    }
    Completions.Spec spec = new Completions.Spec();
    spec.actions.add("command");
    List<String> names = generate(spec, "", p.value(), "", List.of(), 0);
    Collections.sort(names);
    List<String> words = names;
    if (words.isEmpty()) {
      return result(p, CompletionBuiltins.files(sh, p.value(), true), true, ' ');
    }
    return result(p, words, false, ' ');
  }

  private Completion arguments(Piece p, List<Piece> words) {
    String command = words.get(0).value();
    String base = command.substring(command.lastIndexOf('/') + 1);
    Completions declared = sh.completions();
    Completions.Spec spec = declared.commands.get(command);
    spec = spec == null ? declared.commands.get(base) : spec;
    spec = spec == null ? declared.byDefault : spec;
    if (spec == null && base.equals("cd")) {
      return result(p, CompletionBuiltins.files(sh, expandTilde(p.value()), true), true, ' ');
    }
    if (spec == null) {
      return result(p, CompletionBuiltins.files(sh, expandTilde(p.value()), false), true, ' ');
    }
    List<String> line = new ArrayList<>();
    for (Piece w : words) {
      line.add(w.value());
    }
    line.add(p.value());
    String before = words.get(words.size() - 1).value();
    List<String> found = generate(spec, command, p.value(), before, line, line.size() - 1);
    boolean names = spec.options.contains("filenames");
    if (found.isEmpty() && spec.options.contains("default")) {
      found = CompletionBuiltins.files(sh, expandTilde(p.value()), false);
      names = true;
    }
    if (found.isEmpty() && spec.options.contains("dirnames")) {
      found = CompletionBuiltins.files(sh, expandTilde(p.value()), true);
      names = true;
    }
    if (!spec.options.contains("nosort")) {
      found = new ArrayList<>(found);
      Collections.sort(found);
    }
    return result(
        p,
        found,
        names || spec.actions.contains("file") || spec.actions.contains("directory"),
        spec.options.contains("nospace") ? '\0' : ' ');
  }

  private List<String> generate(
      Completions.Spec spec,
      String command,
      String word,
      String before,
      List<String> line,
      int index) {
    try {
      return CompletionBuiltins.generate(sh, spec, command, word, before, line, index);
    } catch (SyntaxException e) {
      return List.of();
    }
  }

  private String expandTilde(String value) {
    if (!value.startsWith("~/")) {
      return value;
    }
    String home = sh.variables().get("HOME");
    return home == null ? value : home + value.substring(1);
  }

  /** Quotes the candidates as the word was begun, and marks directories. */
  private Completion result(Piece p, List<String> found, boolean files, char suffix) {
    List<String> words = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    String home = p.value().startsWith("~/") ? expandTilde("~/") : null;
    boolean sole = new LinkedHashSet<>(found).size() == 1;
    for (String f : new LinkedHashSet<>(found)) {
      boolean directory = files && sh.files().isDirectory(f);
      String word = home != null && f.startsWith(home) ? "~/" + f.substring(home.length()) : f;
      String quoted = quote(word, p.quote());
      if (directory) {
        quoted += "/";
      } else if (p.quote() != 0 && sole) {
        quoted += p.quote();
      }
      words.add(quoted);
      String name = files ? f.substring(f.lastIndexOf('/') + 1) : f;
      shown.add(directory ? name + "/" : name);
    }
    boolean more = words.size() == 1 && words.get(0).endsWith("/");
    return new Completion(p.start(), words, shown, more ? '\0' : suffix);
  }

  private static String quote(String word, char quote) {
    if (quote != 0) {
      StringBuilder out = new StringBuilder().append(quote);
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        if (quote == '"' && "\"\\$`".indexOf(c) >= 0) {
          out.append('\\');
        }
        out.append(c);
      }
      return out.toString();
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (SPECIAL.indexOf(c) >= 0 && !(c == '~' && i == 0)) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }
}
