package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.edit.LineHost.Completion;
import dev.qanat.shell.edit.LineHost.Request;
import dev.qanat.shell.edit.Settings;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.interp.Accounts;
import dev.qanat.shell.interp.Completions;
import dev.qanat.shell.interp.HistoryExpansion;
import dev.qanat.shell.interp.ProgramTable;
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
  private boolean insertsAll; // all candidates go into the line
  private boolean expanded; // the word's directory has variables in it, which stay
  private ListingColors colors;

  WordCompleter(Shell sh) {
    this.sh = sh;
  }

  /** The completions; null for none. May run functions of the shell. */
  Completion complete(Request r) {
    word = CompletedWord.find(r.line(), r.cursor(), breaks());
    insertsAll = r.type() == '*';
    expanded = false;
    try {
      return switch (r.kind()) {
        case COMMAND -> commands();
        case FILE -> files(word.value(), false);
        case USER -> users();
        case VARIABLE -> variables(false);
        case HOST -> hosts();
        case HISTORY -> fromHistory();
        case GLOB -> glob(word.typed(), false);
        case GLOB_START ->
            glob(word.typed().endsWith("*") ? word.typed() : word.typed() + "*", false);
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
    if (typed.startsWith("$") && isVariable(typed)) {
      return variables(true);
    }
    if (word.inArray()) {
      return null;
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
      return glob(typed + "*", true);
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

  /** {@code ends}: a sole one gets what follows a word of its kind. */
  private Completion variables(boolean ends) {
    String typed = word.typed();
    boolean sign = typed.startsWith("$");
    boolean braced = typed.startsWith("${");
    String name = typed.substring(braced ? 2 : sign ? 1 : 0);
    List<String> names = new ArrayList<>();
    for (String n : sh.variables().names()) {
      if (n.startsWith(name)) {
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
    if (names.size() == 1 && ends) {
      String value = sh.variables().get(names.get(0));
      boolean directory = sign && value != null && sh.files().isDirectory(value);
      String quote = word.quote() == 0 ? "" : String.valueOf(word.quote());
      words.set(0, words.get(0) + quote + (directory ? "/" : ""));
      suffix = directory ? '\0' : ' ';
    }
    List<String> shades = new ArrayList<>();
    for (String n : names) {
      String value = sh.variables().get(n);
      shades.add(sign && value != null && value.startsWith("/") ? color(value) : "");
    }
    return listed(words, shown, List.of(), shades, suffix, false);
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

  /** {@code listOnly}: there is more than a pattern can be completed to. */
  private Completion glob(String pattern, boolean listOnly) {
    List<String> names = new ArrayList<>();
    sh.expander().fields(Word.of(pattern, sh), names);
    names.removeIf(n -> !sh.files().exists(n));
    if (names.isEmpty()) {
      return null;
    }
    Completion c = result(names, true, ' ', true);
    return new Completion(
        c.start(),
        c.words(),
        c.shown(),
        c.marks(),
        c.colors(),
        c.prefixColor(),
        c.suffix(),
        listOnly);
  }

  private Completion commands() {
    String value = word.value();
    if (value.indexOf('/') >= 0) {
      List<String> runnable = new ArrayList<>();
      for (String f : fileNames(value, false)) {
        if (sh.files().access(real(f), 1)) {
          runnable.add(f);
        }
      }
      return result(runnable, true, ' ', true);
    }
    boolean fold = settings().on("completion-ignore-case");
    List<String> names = new ArrayList<>(new HashSet<>(Candidates.commands(sh, value, fold)));
    Collections.sort(names);
    List<String> directories = fileNames(value, true);
    if (!directories.isEmpty() && (names.isEmpty() || sh.isOn(Shopt.autocd))) {
      names.addAll(directories);
      Collections.sort(names);
      return result(names, true, ' ', true);
    }
    if (names.isEmpty()) {
      return null;
    }
    Completion c = result(names, false, ' ', true);
    List<String> shades = new ArrayList<>();
    for (String n : names) {
      String path = settings().on("colored-stats") ? program(n) : null;
      shades.add(path == null ? "" : color(path));
    }
    return listed(c.words(), c.shown(), c.marks(), shades, c.suffix(), false);
  }

  private String program(String name) {
    String path = sh.variables().get("PATH");
    return path == null ? null : ProgramTable.search(name, path, sh.files());
  }

  private Completion files(String value, boolean directories) {
    return result(fileNames(value, directories), true, ' ', true);
  }

  private List<String> fileNames(String value, boolean directories) {
    Settings s = settings();
    String in = real(value);
    List<String> found =
        Candidates.files(
            sh, in, directories, s.on("completion-ignore-case"), s.on("match-hidden-files"));
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
    int slash = value.lastIndexOf('/') + 1;
    String written = value.substring(0, slash);
    String meant = in.substring(0, in.lastIndexOf('/') + 1);
    boolean variables = !written.equals(meant) && !written.startsWith("~");
    if (written.equals(meant)
        || variables && sh.isOn(Shopt.direxpand)
        || !variables && s.on("expand-tilde")) {
      return found;
    }
    expanded = variables;
    List<String> names = new ArrayList<>();
    for (String f : found) {
      names.add(written + f.substring(meant.length()));
    }
    return names;
  }

  /** The path that a word means whose directory may begin with a tilde or have variables in it. */
  private String real(String value) {
    int slash = value.lastIndexOf('/') + 1;
    String dir = value.substring(0, slash);
    if (dir.indexOf('$') >= 0 && dir.indexOf('`') < 0 && !dir.contains("$(")) {
      String meant = sh.expander().hereDocument(Word.hereDocument(dir, sh));
      return meant.isEmpty() || !sh.files().isDirectory(meant)
          ? value
          : meant + value.substring(slash);
    }
    return expandTilde(value);
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

  /** Quotes the candidates as the word was begun, and marks directories. */
  private Completion result(List<String> found, boolean files, char suffix, boolean quotes) {
    List<String> all = new ArrayList<>(new LinkedHashSet<>(found));
    if (all.isEmpty()) {
      return null;
    }
    List<String> words = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    boolean sole = all.size() == 1 && !insertsAll;
    boolean bare = false;
    List<String> shades = new ArrayList<>();
    for (String f : all) {
      String path = files ? real(f) : f;
      boolean directory = files && sh.files().isDirectory(path);
      String quoted = quotes && files ? quote(f, word.quote(), !expanded) : f;
      if (sole && directory) {
        quoted += word.quote() != 0 && !expanded ? String.valueOf(word.quote()) : "";
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
      marks.add(
          files && settings().on("visible-stats")
              ? ListingColors.mark(sh.files(), path)
              : directory && settings().on("mark-directories") ? "/" : "");
      shades.add(files ? color(path) : "");
    }
    boolean ends = !bare && !word.nested();
    return listed(words, shown, marks, shades, ends ? suffix : '\0', false);
  }

  private String color(String path) {
    return settings().on("colored-stats") ? colors().of(sh.files(), path) : "";
  }

  private ListingColors colors() {
    if (colors == null) {
      colors = new ListingColors(sh.readline().listingColors());
    }
    return colors;
  }

  private Completion listed(
      List<String> words,
      List<String> shown,
      List<String> marks,
      List<String> shades,
      char suffix,
      boolean listOnly) {
    String prefix = settings().on("colored-completion-prefix") ? colors().prefix() : "";
    return new Completion(
        word.start(), words, shown, marks, shades, prefix == null ? "" : prefix, suffix, listOnly);
  }

  private static String quote(String word, char quote, boolean dollars) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (quote == '\'') {
        out.append(c == '\'' ? "'\\''" : String.valueOf(c));
        continue;
      }
      if (!dollars && "${}".indexOf(c) >= 0) {
        out.append(c);
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
