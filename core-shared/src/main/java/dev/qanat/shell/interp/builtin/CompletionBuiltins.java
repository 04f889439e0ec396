package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Signal;
import dev.qanat.shell.expand.AssociativeArray;
import dev.qanat.shell.expand.IndexedArray;
import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.Accounts;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Builtins;
import dev.qanat.shell.interp.Completions;
import dev.qanat.shell.interp.Function;
import dev.qanat.shell.interp.Job;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import dev.qanat.text.glob.Pattern;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code complete compgen compopt bind}. */
public final class CompletionBuiltins {
  private static final String[] ACTIONS = {
    "alias",
    "arrayvar",
    "binding",
    "builtin",
    "command",
    "directory",
    "disabled",
    "enabled",
    "export",
    "file",
    "function",
    "group",
    "helptopic",
    "hostname",
    "job",
    "keyword",
    "running",
    "service",
    "setopt",
    "shopt",
    "signal",
    "stopped",
    "user",
    "variable"
  };
  private static final Set<String> OPTIONS =
      new TreeSet<>(
          List.of(
              "bashdefault",
              "default",
              "dirnames",
              "filenames",
              "noquote",
              "nosort",
              "nospace",
              "plusdirs"));

  /** The size of bash's table of declarations, in whose order it lists them. */
  private static final int BUCKETS = 512;

  private CompletionBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("complete", CompletionBuiltins::complete);
    table.put("compgen", CompletionBuiltins::compgen);
    table.put("compopt", CompletionBuiltins::compopt);
    table.put("bind", CompletionBuiltins::bind);
  }

  private static String actionOf(int letter) {
    return switch (letter) {
      case 'a' -> "alias";
      case 'b' -> "builtin";
      case 'c' -> "command";
      case 'd' -> "directory";
      case 'e' -> "export";
      case 'f' -> "file";
      case 'g' -> "group";
      case 'j' -> "job";
      case 'k' -> "keyword";
      case 's' -> "service";
      case 'u' -> "user";
      case 'v' -> "variable";
      default -> null;
    };
  }

  private static char letterOf(String action) {
    for (char c : "abcdefgjksuv".toCharArray()) {
      if (action.equals(actionOf(c))) {
        return c;
      }
    }
    return 0;
  }

  /** What the options of complete and compgen gave; null after an error. */
  private static final class Given {
    final Completions.Spec spec = new Completions.Spec();
    boolean print;
    boolean remove;
    boolean byDefault;
    boolean empty;
    boolean initial;
    List<String> operands;
  }

  private static Given parse(Shell sh, List<String> args, boolean declares) {
    String name = args.get(0);
    String letters = "abcdefgjksuvo:A:G:W:F:C:X:P:S:" + (declares ? "prDEI" : "");
    OptionScan scan = new OptionScan(sh, args, letters);
    Given g = new Given();
    for (int c = scan.next(); c != -1; c = scan.next()) {
      String a = scan.argument;
      switch (c) {
        case 'o' -> {
          if (!OPTIONS.contains(a)) {
            sh.complain(name, a + ": invalid option name");
            return null;
          }
          g.spec.options.add(a);
        }
        case 'A' -> {
          boolean known = false;
          for (String action : ACTIONS) {
            known |= action.equals(a);
          }
          if (!known) {
            sh.complain(name, a + ": invalid action name");
            return null;
          }
          g.spec.actions.add(a);
        }
        case 'G' -> g.spec.glob = a;
        case 'W' -> g.spec.words = a;
        case 'F' -> g.spec.function = a;
        case 'C' -> g.spec.command = a;
        case 'X' -> g.spec.filter = a;
        case 'P' -> g.spec.prefix = a;
        case 'S' -> g.spec.suffix = a;
        case 'p' -> g.print = true;
        case 'r' -> g.remove = true;
        case 'D' -> g.byDefault = true;
        case 'E' -> g.empty = true;
        case 'I' -> g.initial = true;
        default -> {
          String action = actionOf(c);
          if (action == null) {
            return null;
          }
          g.spec.actions.add(action);
        }
      }
    }
    g.operands = scan.operands();
    if (g.spec.function != null && !Quoting.ifNeeded(g.spec.function).equals(g.spec.function)) {
      sh.complain(name, "`" + g.spec.function + "': not a valid identifier");
      return null;
    }
    return g;
  }

  // --- complete

  private static int complete(Shell sh, List<String> args) {
    Given g = parse(sh, args, true);
    if (g == null) {
      return 2;
    }
    Completions all = sh.completions();
    boolean special = g.byDefault || g.empty || g.initial;
    if (g.remove) {
      if (special) {
        if (g.byDefault) {
          all.byDefault = null;
        }
        if (g.empty) {
          all.forEmpty = null;
        }
        if (g.initial) {
          all.forInitial = null;
        }
        return 0;
      }
      if (g.operands.isEmpty()) {
        all.commands.clear();
        return 0;
      }
      g.operands.forEach(all.commands::remove); // one that is not there is no error
      return 0;
    }
    if (g.print || args.size() == 1) {
      if (special) {
        char which = g.byDefault ? 'D' : g.empty ? 'E' : 'I';
        if (all.special(which) == null) {
          return missing(sh, "complete", which);
        }
        print(sh, all.special(which), "-" + which);
        return 0;
      }
      if (g.operands.isEmpty()) {
        print(sh, all.forInitial, "-I");
        print(sh, all.byDefault, "-D");
        print(sh, all.forEmpty, "-E");
        for (String c : AssociativeArray.inOrder(all.commands.keySet(), BUCKETS)) {
          print(sh, all.commands.get(c), c);
        }
        return 0;
      }
      int status = 0;
      for (String c : g.operands) {
        Completions.Spec s = all.commands.get(c);
        if (s == null) {
          sh.complain("complete", c + ": no completion specification");
          status = 1;
        } else {
          print(sh, s, c);
        }
      }
      return status;
    }
    if (special) {
      if (g.byDefault) {
        all.byDefault = g.spec;
      } else if (g.empty) {
        all.forEmpty = g.spec;
      } else {
        all.forInitial = g.spec;
      }
      return 0;
    }
    if (g.operands.isEmpty()) {
      return sh.usage("complete", null, HelpTexts.usage("complete"));
    }
    for (String c : g.operands) {
      all.commands.put(c, g.spec);
    }
    return 0;
  }

  /** Says that {@code -D}, {@code -E} or {@code -I} has not been declared. */
  private static int missing(Shell sh, String builtin, char which) {
    String name = which == 'D' ? "_DefaultCmD_" : which == 'E' ? "_EmptycmD_" : "_InitialWorD_";
    sh.complain(builtin, name + ": no completion specification");
    return 1;
  }

  private static void print(Shell sh, Completions.Spec s, String name) {
    if (s == null) {
      return;
    }
    StringBuilder out = new StringBuilder("complete");
    for (String o : s.options) {
      out.append(" -o ").append(o);
    }
    for (String a : s.actions) {
      char c = letterOf(a);
      if (c != 0) {
        out.append(" -").append(c);
      }
    }
    for (String a : s.actions) {
      if (letterOf(a) == 0) {
        out.append(" -A ").append(a);
      }
    }
    quoted(out, "-G", s.glob);
    quoted(out, "-W", s.words);
    quoted(out, "-P", s.prefix);
    quoted(out, "-S", s.suffix);
    quoted(out, "-X", s.filter);
    quoted(out, "-C", s.command);
    if (s.function != null) {
      out.append(" -F ").append(s.function);
    }
    out.append(' ').append(name.isEmpty() ? "''" : Quoting.ifNeeded(name));
    sh.out().line(out.toString());
  }

  private static void quoted(StringBuilder out, String option, String value) {
    if (value != null) {
      out.append(' ').append(option).append(' ').append(Quoting.single(value));
    }
  }

  // --- compgen

  private static int compgen(Shell sh, List<String> args) {
    if (args.size() == 1) {
      return 0;
    }
    Given g = parse(sh, args, false);
    if (g == null) {
      return 2;
    }
    String word = g.operands.isEmpty() ? "" : g.operands.get(0);
    List<String> found;
    try {
      found = generate(sh, g.spec, "compgen", word, "", List.of(), 0);
    } catch (SyntaxException e) {
      sh.error(e.getMessage());
      return 1;
    }
    if (sh.unwinding()) {
      // the function failed: only its candidates are given up
      sh.forgetFailure();
      return 1;
    }
    if (found.isEmpty() && g.spec.options.contains("default")) {
      found = files(sh, word, false);
    }
    if (found.isEmpty() && g.spec.options.contains("dirnames")) {
      found = files(sh, word, true);
    }
    for (String f : found) {
      sh.out().line(f);
    }
    return found.isEmpty() ? 1 : 0;
  }

  /**
   * The matches of a declaration for a word.
   *
   * @param command the command being completed, {@code before} the word before, {@code line} its
   *     words
   */
  static List<String> generate(
      Shell sh,
      Completions.Spec spec,
      String command,
      String word,
      String before,
      List<String> line,
      int index) {
    Set<String> found = new LinkedHashSet<>();
    List<String> result = new ArrayList<>();
    for (String action : ACTIONS) {
      if (spec.actions.contains(action)) {
        for (String s : action(sh, action, word)) {
          if (s.startsWith(word)) {
            result.add(s);
          }
        }
      }
    }
    if (spec.glob != null) {
      List<String> names = new ArrayList<>();
      sh.expander().fields(Word.of(spec.glob, sh), names);
      for (String s : names) {
        if (s.startsWith(word) && sh.files().lstatOrNull(s) != null) {
          result.add(s);
        }
      }
    }
    if (spec.words != null) {
      for (String s : sh.splitWordList(spec.words)) {
        if (s.startsWith(word)) {
          result.add(s);
        }
      }
    }
    if (spec.function != null) {
      result.addAll(callFunction(sh, spec, command, word, before, line, index));
    }
    if (spec.command != null) {
      String text =
          spec.command
              + " "
              + Quoting.quote(command)
              + " "
              + Quoting.quote(word)
              + " "
              + Quoting.quote(before);
      for (String s : sh.outputOf(text).split("\n")) {
        if (!s.isEmpty()) {
          result.add(s);
        }
      }
    }
    if (spec.filter != null) {
      boolean negated = spec.filter.startsWith("!");
      String text = negated ? spec.filter.substring(1) : spec.filter;
      Pattern p =
          Pattern.compile(
              amp(text, word),
              (sh.isOn(Shopt.extglob) ? Pattern.EXTGLOB : 0)
                  | (sh.isOn(Shopt.nocasematch) ? Pattern.NOCASE : 0));
      result.removeIf(s -> p.matches(s) != negated);
    }
    for (String s : result) {
      found.add(
          (spec.prefix == null ? "" : spec.prefix) + s + (spec.suffix == null ? "" : spec.suffix));
    }
    if (spec.options.contains("plusdirs")) {
      found.addAll(files(sh, word, true));
    }
    return new ArrayList<>(found);
  }

  /** {@code &} in a filter stands for the word being completed. */
  private static String amp(String filter, String word) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < filter.length(); i++) {
      char c = filter.charAt(i);
      if (c == '\\' && i + 1 < filter.length()) {
        out.append(c).append(filter.charAt(++i));
      } else if (c == '&') {
        out.append(Pattern.quote(word));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static List<String> callFunction(
      Shell sh,
      Completions.Spec spec,
      String command,
      String word,
      String before,
      List<String> line,
      int index) {
    Function f = sh.functions().get(spec.function);
    if (f == null) {
      sh.say("bash: completion: function `" + spec.function + "' not found");
      return List.of();
    }
    sh.variables().setArray("COMP_WORDS", Scope.GLOBAL, IndexedArray.of(line));
    sh.variables().setRaw("COMP_CWORD", String.valueOf(line.isEmpty() ? -1 : index));
    sh.variables().setRaw("COMP_LINE", String.join(" ", line));
    sh.variables().setRaw("COMP_POINT", String.valueOf(String.join(" ", line).length()));
    sh.variables().setArray("COMPREPLY", Scope.GLOBAL, new IndexedArray());
    if (command.equals("compgen")) {
      sh.error("warning: compgen: -F option may not work as you expect");
    }
    Completions.Spec outer = sh.completions().running;
    sh.completions().running = spec;
    List<String> call = List.of(spec.function, command, word, before);
    sh.callFunction(f, call);
    sh.completions().running = outer;
    Variable reply = sh.variables().find("COMPREPLY");
    List<String> result = new ArrayList<>();
    if (reply != null && reply.array() != null) {
      result.addAll(reply.array().values());
    } else if (reply != null && reply.hasValue()) {
      result.add(reply.value());
    }
    return result;
  }

  private static List<String> action(Shell sh, String action, String word) {
    List<String> names = new ArrayList<>();
    switch (action) {
      case "alias" -> names.addAll(sh.aliasMap().sortedKeys());
      case "arrayvar" -> variables(sh, names, Variable.INDEXED | Variable.ASSOCIATIVE);
      case "builtin" -> names.addAll(Builtins.names());
      case "enabled", "disabled" -> {
        for (String b : Builtins.names()) {
          if (sh.builtinEnabled(b) == action.equals("enabled")) {
            names.add(b);
          }
        }
      }
      case "command" -> commands(sh, names, word);
      case "directory" -> names.addAll(files(sh, word, true));
      case "file" -> names.addAll(files(sh, word, false));
      case "export" -> variables(sh, names, Variable.EXPORT);
      case "variable" -> variables(sh, names, 0);
      case "function" -> names.addAll(sh.functions().sortedKeys());
      case "helptopic" -> names.addAll(HelpTexts.SYNOPSES.keySet());
      case "hostname" -> names.add("localhost");
      case "job", "running", "stopped" -> {
        for (Job j : sh.jobs().list()) {
          if (action.equals("job") || j.stopped() == action.equals("stopped")) {
            names.add(j.text());
          }
        }
      }
      case "keyword" -> names.addAll(LookupBuiltins.KEYWORDS);
      case "setopt" -> {
        for (Opt o : Opt.values()) {
          names.add(o.text());
        }
      }
      case "shopt" -> {
        for (Shopt o : Shopt.values()) {
          names.add(o.name());
        }
      }
      case "signal" -> {
        for (int s = 0; s < Signal.COUNT; s++) {
          if (Signal.name(s) != null) {
            names.add(s == 0 ? "EXIT" : "SIG" + Signal.name(s));
          }
        }
        names.addAll(List.of("DEBUG", "ERR", "RETURN"));
      }
      case "user" -> names.addAll(Accounts.names(sh.files()));
      default -> {}
    }
    return names;
  }

  private static void variables(Shell sh, List<String> names, int attributes) {
    for (String n : sh.variables().names()) {
      Variable v = sh.variables().find(n);
      if (v != null && (attributes == 0 || v.has(attributes))) {
        names.add(n);
      }
    }
  }

  private static void commands(Shell sh, List<String> names, String word) {
    Set<String> all = new LinkedHashSet<>();
    if (word.indexOf('/') >= 0) {
      names.addAll(files(sh, word, false));
      return;
    }
    all.addAll(sh.aliasMap().sortedKeys());
    all.addAll(LookupBuiltins.KEYWORDS);
    all.addAll(sh.functions().sortedKeys());
    all.addAll(Builtins.names());
    String path = sh.variables().get("PATH");
    if (path != null) {
      for (String dir : path.split(":")) {
        try {
          List<String> here = new ArrayList<>();
          for (DirEntry e : sh.files().list(dir.isEmpty() ? "." : dir)) {
            if (e.name().startsWith(word)) {
              here.add(e.name());
            }
          }
          Collections.sort(here);
          all.addAll(here);
        } catch (VfsException e) {
          // a directory in PATH that is not there
        }
      }
    }
    names.addAll(all);
  }

  /** File names that start with a word; only directories when asked. */
  static List<String> files(Shell sh, String word, boolean directories) {
    int slash = word.lastIndexOf('/');
    String dir = slash < 0 ? "." : slash == 0 ? "/" : word.substring(0, slash);
    String start = word.substring(slash + 1);
    List<String> names = new ArrayList<>();
    try {
      for (DirEntry e : sh.files().list(dir)) {
        if (e.name().startsWith(start) && (!e.name().startsWith(".") || start.startsWith("."))) {
          String path = slash < 0 ? e.name() : word.substring(0, slash + 1) + e.name();
          if (!directories || sh.files().isDirectory(path)) {
            names.add(path);
          }
        }
      }
    } catch (VfsException e) {
      return names;
    }
    Collections.sort(names);
    return names;
  }

  // --- compopt

  private static int compopt(Shell sh, List<String> args) {
    List<String> on = new ArrayList<>();
    List<String> off = new ArrayList<>();
    OptionScan scan = new OptionScan(sh, args, "o:DEI", true);
    char special = 0;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'o' -> {
          if (!OPTIONS.contains(scan.argument)) {
            sh.complain("compopt", scan.argument + ": invalid option name");
            return 2;
          }
          (scan.negated ? off : on).add(scan.argument);
        }
        case 'D', 'E', 'I' -> special = (char) c;
        default -> {
          return 2;
        }
      }
    }
    Completions all = sh.completions();
    List<String> names = scan.operands();
    if (names.isEmpty() || special != 0) {
      Completions.Spec s =
          special == 'D'
              ? all.byDefault
              : special == 'E' ? all.forEmpty : special == 'I' ? all.forInitial : all.running;
      if (s == null && special != 0) {
        return missing(sh, "compopt", special);
      }
      if (s == null) {
        sh.complain("compopt", "not currently executing completion function");
        return 1;
      }
      change(sh, s, on, off, special == 0 ? "" : "-" + special);
      return 0;
    }
    int status = 0;
    for (String n : names) {
      Completions.Spec s = all.commands.get(n);
      if (s == null) {
        sh.complain("compopt", n + ": no completion specification");
        status = 1;
        continue;
      }
      change(sh, s, on, off, n);
    }
    return status;
  }

  /** Switches options, or shows them all when there is nothing to switch. */
  private static void change(
      Shell sh, Completions.Spec s, List<String> on, List<String> off, String name) {
    if (on.isEmpty() && off.isEmpty()) {
      StringBuilder out = new StringBuilder("compopt");
      for (String o : OPTIONS) {
        out.append(s.options.contains(o) ? " -o " : " +o ").append(o);
      }
      sh.out().line(name.isEmpty() ? out.toString() : out + " " + name);
    }
    s.options.addAll(on);
    off.forEach(s.options::remove);
  }

  // --- bind

  /** Readline's variables and what they are without an inputrc. */
  private static final String[] SETTINGS = {
    "bind-tty-special-chars on",
    "blink-matching-paren off",
    "byte-oriented off",
    "colored-completion-prefix off",
    "colored-stats off",
    "completion-ignore-case off",
    "completion-map-case off",
    "convert-meta off",
    "disable-completion off",
    "echo-control-characters on",
    "enable-active-region on",
    "enable-bracketed-paste on",
    "enable-keypad off",
    "enable-meta-key on",
    "expand-tilde off",
    "history-preserve-point off",
    "horizontal-scroll-mode off",
    "input-meta on",
    "mark-directories on",
    "mark-modified-lines off",
    "mark-symlinked-directories off",
    "match-hidden-files on",
    "menu-complete-display-prefix off",
    "meta-flag on",
    "output-meta on",
    "page-completions on",
    "prefer-visible-bell on",
    "print-completions-horizontally off",
    "revert-all-at-newline off",
    "show-all-if-ambiguous off",
    "show-all-if-unmodified off",
    "show-mode-in-prompt off",
    "skip-completed-text off",
    "visible-stats off",
    "bell-style audible",
    "comment-begin #",
    "completion-display-width -1",
    "completion-prefix-display-length 0",
    "completion-query-items 100",
    "editing-mode emacs",
    "emacs-mode-string @",
    "history-size 0",
    "keymap emacs",
    "keyseq-timeout 500",
    "vi-cmd-mode-string (cmd)",
    "vi-ins-mode-string (ins)"
  };

  private static int bind(Shell sh, List<String> args) {
    if (!sh.interactive()) {
      sh.complain("bind", "warning: line editing not enabled");
    }
    OptionScan scan = new OptionScan(sh, args, "lvpVPsSXm:q:u:r:f:x:");
    boolean list = false;
    int status = 0;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case OptionScan.BAD -> {
          return 2;
        }
        case 'l' -> list = true;
        case 'v', 'V' -> {
          for (String setting : SETTINGS) {
            int blank = setting.indexOf(' ');
            String value = setting.substring(blank + 1);
            sh.out()
                .line(
                    c == 'v'
                        ? "set " + setting
                        : setting.substring(0, blank) + " is set to `" + value + "'");
          }
        }
        case 'x' -> {
          String a = scan.argument;
          int colon = keyEnd(a);
          if (colon < 0) {
            sh.complain("bind", a + ": no key sequence terminator");
            return 1;
          }
          sh.keyBindings().put(a.substring(0, colon).trim(), a.substring(colon + 1).trim());
        }
        case 'X' -> {
          for (Map.Entry<String, String> e : sh.keyBindings().entrySet()) {
            sh.out().line(e.getKey() + ": \"" + e.getValue() + "\"");
          }
        }
        case 'q' -> status |= whereBound(sh, scan.argument);
        case 'r' -> sh.keyBindings().remove("\"" + scan.argument + "\"");
        default -> {}
      }
    }
    if (list) {
      for (String f : READLINE_FUNCTIONS) {
        sh.out().line(f);
      }
    }
    return status;
  }

  /** The keys of emacs mode that a script may ask for. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("abort", "\"\\C-g\""),
          Map.entry("accept-line", "\"\\C-j\", \"\\C-m\""),
          Map.entry("backward-char", "\"\\C-b\", \"\\eOD\", \"\\e[D\""),
          Map.entry("backward-delete-char", "\"\\C-h\", \"\\C-?\""),
          Map.entry("beginning-of-line", "\"\\C-a\", \"\\eOH\", \"\\e[H\""),
          Map.entry("clear-screen", "\"\\C-l\""),
          Map.entry("complete", "\"\\C-i\""),
          Map.entry("end-of-line", "\"\\C-e\", \"\\eOF\", \"\\e[F\""),
          Map.entry("forward-char", "\"\\C-f\", \"\\eOC\", \"\\e[C\""),
          Map.entry("kill-line", "\"\\C-k\""),
          Map.entry("next-history", "\"\\C-n\", \"\\eOB\", \"\\e[B\""),
          Map.entry("previous-history", "\"\\C-p\", \"\\eOA\", \"\\e[A\""),
          Map.entry("quoted-insert", "\"\\C-q\", \"\\C-v\", \"\\e[2~\""),
          Map.entry("reverse-search-history", "\"\\C-r\""),
          Map.entry("forward-search-history", "\"\\C-s\""),
          Map.entry("transpose-chars", "\"\\C-t\""),
          Map.entry("undo", "\"\\C-x\\C-u\", \"\\C-_\""),
          Map.entry("unix-line-discard", "\"\\C-u\""),
          Map.entry("unix-word-rubout", "\"\\C-w\""),
          Map.entry("yank", "\"\\C-y\""));

  private static int whereBound(Shell sh, String function) {
    String keys = KEYS.get(function);
    if (keys != null) {
      sh.out().line(function + " can be invoked via " + keys + ".");
      return 0;
    }
    if (READLINE_FUNCTIONS.contains(function)
        || function.startsWith("vi-") && !function.contains("bad")) {
      sh.out().line(function + " is not bound to any keys.");
    } else {
      sh.complain("bind", "`" + function + "': unknown function name");
    }
    return 1;
  }

  private static int keyEnd(String s) {
    if (s.startsWith("\"")) {
      for (int i = 1; i < s.length(); i++) {
        if (s.charAt(i) == '\\') {
          i++;
        } else if (s.charAt(i) == '"') {
          return s.indexOf(':', i);
        }
      }
      return -1;
    }
    return s.indexOf(':');
  }

  private static final List<String> READLINE_FUNCTIONS =
      List.of(
          "abort",
          "accept-line",
          "backward-char",
          "backward-delete-char",
          "backward-kill-line",
          "backward-kill-word",
          "backward-word",
          "beginning-of-history",
          "beginning-of-line",
          "bracketed-paste-begin",
          "capitalize-word",
          "clear-screen",
          "complete",
          "delete-char",
          "downcase-word",
          "end-of-history",
          "end-of-line",
          "forward-char",
          "forward-search-history",
          "forward-word",
          "history-search-backward",
          "history-search-forward",
          "kill-line",
          "kill-region",
          "kill-whole-line",
          "kill-word",
          "menu-complete",
          "next-history",
          "operate-and-get-next",
          "possible-completions",
          "previous-history",
          "quoted-insert",
          "redraw-current-line",
          "reverse-search-history",
          "self-insert",
          "transpose-chars",
          "transpose-words",
          "undo",
          "universal-argument",
          "unix-line-discard",
          "unix-word-rubout",
          "upcase-word",
          "yank",
          "yank-last-arg",
          "yank-nth-arg",
          "yank-pop");
}
