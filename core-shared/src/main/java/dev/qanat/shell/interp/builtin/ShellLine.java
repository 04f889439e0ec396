package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Sched;
import dev.qanat.shell.edit.LineHost;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.interp.History;
import dev.qanat.shell.interp.HistoryExpansion;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.Spelling;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import java.util.ArrayList;
import java.util.List;

/** What an interactive shell does for the editor of its lines. */
public final class ShellLine implements LineHost {
  private final Shell sh;
  private final WordCompleter completer;
  private final boolean command; // the line is a command's, not what read reads

  /** {@code command}: the lines are commands, else what {@code read} reads. */
  public ShellLine(Shell sh, boolean command) {
    this.sh = sh;
    this.command = command;
    this.completer = new WordCompleter(sh);
  }

  @Override
  public Completion complete(Request request) {
    boolean file = !command && request.kind() == Kind.ANY;
    return completer.complete(
        !file
            ? request
            : new Request(
                request.line(), request.cursor(), Kind.FILE, request.type(), request.key()));
  }

  @Override
  public List<String> words(String line) {
    return HistoryExpansion.words(line);
  }

  @Override
  public String expand(String line, String how) {
    try {
      return switch (how) {
        case "history-expand-line" -> history(line);
        case "alias-expand-line" -> aliases(line);
        case "history-and-alias-expand-line" -> aliases(history(line));
        case "shell-expand-line" -> expandedLine(aliases(history(line)));
        case "spell-correct-word" -> corrected(line);
        default -> line.startsWith("~") ? String.join(" ", expanded(line)) : line;
      };
    } catch (HistoryExpansion.Failure e) {
      sh.say("");
      sh.error(e.getMessage());
      return null;
    } catch (ExpansionError | SyntaxException e) {
      return null;
    }
  }

  private String history(String line) {
    return sh.historyExpansion().expand(line).text();
  }

  /** The aliases of the words that stand where commands do. */
  private String aliases(String line) {
    StringBuilder out = new StringBuilder();
    boolean command = true;
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == ' ' || c == '\t') {
        out.append(c);
        at++;
        continue;
      }
      if ("|;&(".indexOf(c) >= 0) {
        out.append(c);
        command = true;
        at++;
        continue;
      }
      int end = at;
      while (end < line.length() && " \t|;&()<>".indexOf(line.charAt(end)) < 0) {
        end++;
      }
      end = Math.max(end, at + 1);
      String word = line.substring(at, end);
      String alias = command ? sh.aliasMap().get(word) : null;
      out.append(alias == null ? word : alias);
      command = alias != null && alias.endsWith(" ");
      at = end;
    }
    return out.toString();
  }

  private String corrected(String word) {
    String right = Spelling.corrected(sh.files(), CompletedWord.unquoted(word, (char) 0));
    return right == null ? null : Quoting.ifNeeded(right);
  }

  /** The line expanded as if it were one word: no tilde but at its start, no file names. */
  private String expandedLine(String line) {
    boolean noglob = sh.isOn(Opt.NOGLOB);
    boolean braces = sh.isOn(Opt.BRACEEXPAND);
    sh.setOption(Opt.NOGLOB, true);
    sh.setOption(Opt.BRACEEXPAND, false);
    try {
      StringBuilder out = new StringBuilder();
      for (String field : expanded(line)) {
        out.append(out.length() > 0 ? " " : "").append(field);
      }
      return out.toString();
    } finally {
      sh.setOption(Opt.NOGLOB, noglob);
      sh.setOption(Opt.BRACEEXPAND, braces);
    }
  }

  private List<String> expanded(String word) {
    List<String> fields = new ArrayList<>();
    sh.expander().fields(Word.of(word, sh), fields);
    return fields;
  }

  @Override
  public Line run(String command, Line line, String argument) {
    int status = sh.status;
    var v = sh.variables();
    v.setRaw("READLINE_LINE", line.text());
    v.setRaw("READLINE_POINT", String.valueOf(characters(line.text(), line.cursor())));
    v.setRaw("READLINE_MARK", String.valueOf(characters(line.text(), line.mark())));
    if (argument != null) {
      v.setRaw("READLINE_ARGUMENT", argument);
    }
    for (String n : List.of("READLINE_LINE", "READLINE_POINT")) {
      v.declare(n, dev.qanat.shell.expand.Scope.GLOBAL, dev.qanat.shell.expand.Variable.EXPORT, 0);
    }
    sh.eval(command);
    sh.forgetFailure();
    sh.flushQuietly();
    String text = v.get("READLINE_LINE");
    text = text == null ? "" : text;
    Line after =
        new Line(text, chars(text, v.get("READLINE_POINT")), chars(text, v.get("READLINE_MARK")));
    for (String n :
        List.of("READLINE_LINE", "READLINE_POINT", "READLINE_MARK", "READLINE_ARGUMENT")) {
      v.unset(n);
    }
    sh.status = status;
    return after;
  }

  private static int characters(String text, int chars) {
    return text.codePointCount(0, Math.min(chars, text.length()));
  }

  private static int chars(String text, String characters) {
    int n = 0;
    try {
      n = characters == null ? 0 : Integer.parseInt(characters.trim());
    } catch (NumberFormatException e) {
      n = 0;
    }
    n = Math.max(0, Math.min(n, text.codePointCount(0, text.length())));
    return text.offsetByCodePoints(0, n);
  }

  @Override
  public void edit(String line, boolean viMode) {
    History h = sh.history();
    if (!line.isBlank()) {
      h.add(line, Sched.get().realTimeNanos() / 1_000_000_000L);
    }
    String editor = viMode ? "${VISUAL:-${EDITOR:-vi}}" : "${VISUAL:-${EDITOR:-emacs}}";
    List<Integer> numbers = line.isBlank() ? List.of() : List.of(h.next() - 1);
    HistoryBuiltins.edit(sh, h, numbers, "eval " + editor);
    sh.forgetFailure();
    sh.flushQuietly();
  }

  @Override
  public boolean woken() {
    return sh.wokenAtPrompt();
  }

  @Override
  public void readInit() {
    BindBuiltin.readInit(sh);
  }

  @Override
  public String version() {
    return "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)";
  }
}
