package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.edit.LineHost.Completion;
import dev.qanat.shell.edit.LineHost.Request;
import dev.qanat.shell.edit.Settings;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.interp.Accounts;
import dev.qanat.shell.interp.Completions;
import dev.qanat.shell.interp.HistoryExpansion;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import dev.qanat.vfs.FileType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Completes the word before the cursor as bash does (manual, "Programmable Completion"): by what
 * {@code complete} declared for the command, else commands where a command stands, variables after
 * {@code $}, users after {@code ~}, hosts after {@code @}, and files.
 */
final class WordCompleter {
  private static final String SPECIAL = " \t\n\\'\"`$&|;<>()[]{}*?!#~";
  private static final int MAX_RETRIES = 10;

  private final Shell sh;
  private CompletedWord word;

  WordCompleter(Shell sh) {
    this.sh = sh;
  }

  /** The completions; null for none. May run functions of the shell. */
  Completion complete(Request r) {
    word = CompletedWord.find(r.line(), r.cursor(), breaks());
    try {
      return switch (r.kind()) {
        case COMMAND -> commands();
        case FILE -> files(word.value(), false);
        case USER -> users();
        case VARIABLE -> variables();
        case HOST -> hosts();
        case HISTORY -> fromHistory();
        case GLOB -> glob(r.type() == '*' || r.type() == '?');
        default -> byContext(r);
      };
    } catch (ExpansionError | SyntaxException e) {
      return null;
    }
  }

  private String breaks() {
    String b = sh.variables().get("COMP_WORDBREAKS");
    return b == null ? " \t\n\"'><=;|&(:" : b;
  }

  private Settings settings() {
    return sh.readline().settings();
  }

  private boolean matches(String name, String start) {
    return settings().on("completion-ignore-case")
        ? name.regionMatches(true, 0, start, 0, start.length())
        : name.startsWith(start);
  }

  // --- which completion

  private Completion byContext(Request r) {
    if (sh.isOn(Shopt.progcomp) && (!word.first() || word.typed().isEmpty() && atStart(r))) {
      Completion[] c = new Completion[1];
      if (declared(r, c)) {
        return c[0];
      }
    }
    return plain();
  }

  private boolean atStart(Request r) {
    return r.line().substring(0, r.cursor()).isBlank() && sh.completions().forEmpty != null;
  }

  /** What bash completes without a declaration. */
  private Completion plain() {
    String typed = word.typed();
    if (word.quote() != '\'' && typed.startsWith("$") && isVariable(typed)) {
      return variables();
    }
    if (typed.startsWith("~") && typed.indexOf('/') < 0 && word.quote() == 0) {
      Completion c = users();
      if (c != null) {
        return c;
      }
    }
    if (typed.startsWith("@") && sh.isOn(Shopt.hostcomplete)) {
      Completion c = hosts();
      if (c != null) {
        return c;
      }
    }
    if ((word.first() || word.afterAssignments()) && !afterRedirection()) {
      if (typed.isEmpty() && sh.isOn(Shopt.no_empty_cmd_completion)) {
        return null;
      }
      Completion c = commands();
      if (c != null) {
        return c;
      }
    }
    Completion files = files(word.value(), false);
    if (files == null && word.quote() == 0 && hasGlob(typed)) {
      return glob(false);
    }
    return files;
  }

  private boolean afterRedirection() {
    int i = word.start() - 1;
    while (i >= 0 && word.line().charAt(i) == ' ') {
      i--;
    }
    return i >= 0 && "<>".indexOf(word.line().charAt(i)) >= 0;
  }

  private static boolean isVariable(String typed) {
    int from = typed.startsWith("${") ? 2 : 1;
    for (int i = from; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (c != '_' && !Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasGlob(String s) {
    return s.indexOf('*') >= 0 || s.indexOf('?') >= 0 || s.indexOf('[') >= 0;
  }

  // --- by declaration

  /** False when nothing is declared for the command. */
  private boolean declared(Request r, Completion[] result) {
    String line = word.commandLine();
    int cursor = word.commandCursor();
    // assignments before a command are not part of it
    while (true) {
      int end = 0;
      while (end < line.length() && line.charAt(end) > ' ') {
        end++;
      }
      int sign = line.indexOf('=');
      if (sign <= 0 || sign > end || end >= cursor || !Expander.isName(line.substring(0, sign))) {
        break;
      }
      while (end < line.length() && line.charAt(end) <= ' ') {
        end++;
      }
      line = line.substring(end);
      cursor -= end;
    }
    for (int tries = 0; tries < MAX_RETRIES; tries++) {
      CompletedWord.Words words = CompletedWord.split(line, cursor, breaks());
      String command =
          words.words().isEmpty() ? "" : CompletedWord.unquoted(words.words().get(0), (char) 0);
      Completions.Spec spec = specOf(command, words.index());
      if (spec == null) {
        return false;
      }
      Completions.Spec own = spec.copy(); // compopt changes it for this once
      String before = words.index() > 0 ? words.words().get(words.index() - 1) : "";
      ProgrammableCompletion p =
          new ProgrammableCompletion(
              sh,
              own,
              new ProgrammableCompletion.Context(
                  command,
                  word.typed().isEmpty() ? "" : word.value(),
                  before,
                  line,
                  cursor,
                  words.words(),
                  words.index(),
                  r.type(),
                  r.key()));
      List<String> found = p.generate();
      sh.forgetFailure();
      if (!p.retry) {
        result[0] = completion(own, found);
        return true;
      }
    }
    return false;
  }

  private Completions.Spec specOf(String command, int index) {
    Completions all = sh.completions();
    if (command.isEmpty()) {
      return all.forEmpty;
    }
    if (index == 0 && all.forInitial != null) {
      return all.forInitial;
    }
    Completions.Spec spec = all.commands.get(command);
    if (spec == null) {
      spec = all.commands.get(command.substring(command.lastIndexOf('/') + 1));
    }
    if (spec == null && sh.isOn(Shopt.progcomp_alias)) {
      String alias = sh.aliasMap().get(command);
      spec = alias == null ? null : all.commands.get(alias.split(" ")[0]);
    }
    return spec == null ? all.byDefault : spec;
  }

  private Completion completion(Completions.Spec spec, List<String> generated) {
    List<String> found = generated;
    boolean names =
        spec.options.contains("filenames")
            || spec.options.contains("plusdirs")
            || spec.actions.contains("file")
            || spec.actions.contains("directory");
    char suffix = spec.options.contains("nospace") ? '\0' : ' ';
    if (found.isEmpty() && spec.options.contains("bashdefault")) {
      Completion c = plain();
      if (c != null) {
        return c;
      }
    }
    if (found.isEmpty() && spec.options.contains("dirnames")) {
      return files(word.value(), true);
    }
    if (found.isEmpty() && spec.options.contains("default")) {
      return files(word.value(), false);
    }
    if (!spec.options.contains("nosort")) {
      found = new ArrayList<>(found);
      Collections.sort(found);
    }
    return result(found, names, suffix, !spec.options.contains("noquote"));
  }

  // --- candidates

  private Completion variables() {
    String typed = word.typed();
    boolean sign = typed.startsWith("$");
    boolean braced = typed.startsWith("${");
    String name = typed.substring(braced ? 2 : sign ? 1 : 0);
    List<String> names = new ArrayList<>();
    for (String n : sh.variables().names()) {
      if (matches(n, name)) {
        names.add(n);
      }
    }
    Collections.sort(names);
    if (names.isEmpty()) {
      return null;
    }
    List<String> words = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (String n : names) {
      words.add(braced ? "${" + n + (names.size() == 1 ? "}" : "") : sign ? "$" + n : n);
      shown.add(braced ? "${" + n + "}" : sign ? "$" + n : n);
    }
    char suffix = ' ';
    if (names.size() == 1) {
      String value = sh.variables().get(names.get(0));
      boolean directory = sign && value != null && sh.files().isDirectory(value);
      String quote = word.quote() == 0 ? "" : String.valueOf(word.quote());
      words.set(0, words.get(0) + quote + (directory ? "/" : ""));
      suffix = directory ? '\0' : ' ';
    }
    return new Completion(word.start(), words, shown, suffix);
  }

  private Completion users() {
    String start = word.typed().startsWith("~") ? word.typed().substring(1) : word.typed();
    boolean tilde = word.typed().startsWith("~");
    List<String> words = new ArrayList<>();
    for (String u : Accounts.names(sh.files())) {
      if (matches(u, start)) {
        words.add(tilde ? "~" + u : u);
      }
    }
    Collections.sort(words);
    if (words.isEmpty()) {
      return null;
    }
    List<String> shown = new ArrayList<>(words);
    if (words.size() == 1 && tilde) {
      words.set(0, words.get(0) + "/");
    }
    return new Completion(word.start(), words, shown, tilde ? '\0' : ' ');
  }

  private Completion hosts() {
    boolean at = word.typed().startsWith("@");
    String start = at ? word.typed().substring(1) : word.typed();
    List<String> words = new ArrayList<>();
    for (String h : Candidates.action(sh, "hostname", start)) {
      if (matches(h, start)) {
        words.add(at ? "@" + h : h);
      }
    }
    return words.isEmpty() ? null : new Completion(word.start(), words, words, ' ');
  }

  private Completion fromHistory() {
    List<String> words = new ArrayList<>();
    List<String> lines = sh.history().lines();
    LinkedHashSet<String> seen = new LinkedHashSet<>();
    for (int i = lines.size() - 1; i >= 0; i--) {
      for (String w : HistoryExpansion.words(lines.get(i))) {
        if (w.startsWith(word.typed()) && seen.add(w)) {
          words.add(w);
        }
      }
    }
    Collections.sort(words);
    return words.isEmpty() ? null : new Completion(word.start(), words, words, ' ');
  }

  private Completion glob(boolean asTyped) {
    String pattern = word.typed() + (asTyped && hasGlob(word.typed()) ? "" : "*");
    List<String> names = new ArrayList<>();
    sh.expander().fields(Word.of(pattern, sh), names);
    names.removeIf(n -> !sh.files().exists(n));
    if (names.isEmpty()) {
      return null;
    }
    Completion c = result(names, true, ' ', true);
    return new Completion(
        c.start(), c.words(), c.shown(), c.marks(), c.suffix(), hasGlob(word.typed()));
  }

  private Completion commands() {
    String value = word.value();
    if (value.indexOf('/') >= 0) {
      List<String> runnable = new ArrayList<>();
      for (String f : fileNames(value, false)) {
        if (sh.files().access(expandTilde(f), 1)) {
          runnable.add(f);
        }
      }
      return result(runnable, true, ' ', true);
    }
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String n : Candidates.action(sh, "command", value)) {
      if (matches(n, value) && seen.add(n)) {
        names.add(n);
      }
    }
    Collections.sort(names);
    List<String> directories = fileNames(value, true);
    if (!directories.isEmpty() && (names.isEmpty() || sh.isOn(Shopt.autocd))) {
      names.addAll(directories);
      Collections.sort(names);
      return result(names, true, ' ', true);
    }
    return names.isEmpty() ? null : result(names, false, ' ', true);
  }

  private Completion files(String value, boolean directories) {
    return result(fileNames(value, directories), true, ' ', true);
  }

  private List<String> fileNames(String value, boolean directories) {
    Settings s = settings();
    List<String> found =
        Candidates.files(
            sh,
            expandTilde(value),
            directories,
            s.on("completion-ignore-case"),
            s.on("match-hidden-files"));
    String ignored = sh.variables().get("FIGNORE");
    if (ignored != null && !ignored.isEmpty()) {
      List<String> kept = new ArrayList<>(found);
      for (String suffix : ignored.split(":")) {
        kept.removeIf(n -> !suffix.isEmpty() && n.endsWith(suffix) && !n.equals(suffix));
      }
      if (!kept.isEmpty() || sh.isOn(Shopt.force_fignore)) {
        found = kept;
      }
    }
    String home = value.startsWith("~") ? value.substring(0, (value + "/").indexOf('/')) : null;
    if (home == null) {
      return found;
    }
    String expanded = expandTilde(home + "/");
    List<String> names = new ArrayList<>();
    for (String f : found) {
      names.add(f.startsWith(expanded) ? home + "/" + f.substring(expanded.length()) : f);
    }
    return names;
  }

  private String expandTilde(String value) {
    if (!value.startsWith("~")) {
      return value;
    }
    int slash = (value + "/").indexOf('/');
    List<String> fields = new ArrayList<>();
    sh.expander().fields(Word.of(value.substring(0, slash), sh), fields);
    return fields.size() == 1 ? fields.get(0) + value.substring(slash) : value;
  }

  // --- what they look like in the line

  /** Quotes the candidates as the word was begun, and marks directories. */
  private Completion result(List<String> found, boolean files, char suffix, boolean quotes) {
    List<String> all = new ArrayList<>(new LinkedHashSet<>(found));
    if (all.isEmpty()) {
      return null;
    }
    List<String> words = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    boolean sole = all.size() == 1;
    boolean bare = false;
    for (String f : all) {
      String path = files ? expandTilde(f) : f;
      boolean directory = files && sh.files().isDirectory(path);
      String quoted = quotes && files ? quote(f, word.quote()) : f;
      if (sole && directory) {
        quoted += word.quote() != 0 ? String.valueOf(word.quote()) : "";
        boolean isLink =
            !settings().on("mark-symlinked-directories")
                && !f.equals(word.value())
                && sh.files().lstatOrNull(path) != null
                && sh.files().lstatOrNull(path).type() == FileType.SYMLINK;
        bare = true;
        quoted += isLink || !settings().on("mark-directories") ? "" : "/";
      } else if (sole && word.quote() != 0 && suffix != 0) {
        quoted += word.quote();
      }
      words.add(quoted);
      String name = files ? f.substring(f.lastIndexOf('/') + 1) : f;
      shown.add(name);
      marks.add(directory && settings().on("mark-directories") ? "/" : "");
    }
    return new Completion(word.start(), words, shown, marks, bare ? '\0' : suffix, false);
  }

  private static String quote(String word, char quote) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (quote == '\'') {
        out.append(c == '\'' ? "'\\''" : String.valueOf(c));
        continue;
      }
      boolean special =
          quote == '"'
              ? "\"\\$`".indexOf(c) >= 0
              : SPECIAL.indexOf(c) >= 0 && !(c == '~' && i == 0) && !(c == '#' && i > 0);
      if (special) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }
}
