package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.IndexedArray;
import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.Completions;
import dev.qanat.shell.interp.Function;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.Word;
import dev.qanat.text.Utf8;
import dev.qanat.text.glob.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Makes the candidates that a declaration of {@code complete} asks for (bash manual §8.6). */
final class ProgrammableCompletion {
  /** The status of a function that has declared another completion: it is to be tried anew. */
  static final int RETRY = 124;

  private static final List<String> VARIABLES =
      List.of("COMP_LINE", "COMP_POINT", "COMP_TYPE", "COMP_KEY");

  private final Shell sh;
  private final Completions.Spec spec;
  private final Context context;

  /** The function asked for another try. */
  boolean retry;

  ProgrammableCompletion(Shell sh, Completions.Spec spec, Context context) {
    this.sh = sh;
    this.spec = spec;
    this.context = context;
  }

  /**
   * What is being completed.
   *
   * @param word without its quotes
   * @param before the word before it
   * @param line the command's line; null when {@code compgen} asks
   * @param cursor in the line
   * @param words of the line, and which of them it is
   * @param type COMP_TYPE, {@code key} COMP_KEY
   */
  record Context(
      String command,
      String word,
      String before,
      String line,
      int cursor,
      List<String> words,
      int index,
      int type,
      int key) {
    static Context ofCompgen(String word) {
      return new Context("compgen", word, "", null, 0, List.of(), -1, 0, 0);
    }
  }

  /** The candidates, in the order they were found; for the line editor no two the same. */
  List<String> generate() {
    String word = context.word;
    List<String> result = new ArrayList<>();
    for (String action : CompletionBuiltins.ACTIONS) {
      if (spec.actions.contains(action)) {
        for (String s : Candidates.action(sh, action, word)) {
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
      result.addAll(callFunction());
    }
    if (spec.command != null) {
      result.addAll(outputLines());
    }
    if (spec.filter != null) {
      boolean negated = spec.filter.startsWith("!");
      String text = negated ? spec.filter.substring(1) : spec.filter;
      Pattern p =
          Pattern.compile(
              withWord(text, word),
              (sh.isOn(Shopt.extglob) ? Pattern.EXTGLOB : 0)
                  | (sh.isOn(Shopt.nocasematch) ? Pattern.NOCASE : 0));
      result.removeIf(s -> p.matches(s) != negated);
    }
    // only the line editor leaves out what it has already
    Collection<String> found = context.line == null ? new ArrayList<>() : new LinkedHashSet<>();
    for (String s : result) {
      found.add(
          (spec.prefix == null ? "" : spec.prefix) + s + (spec.suffix == null ? "" : spec.suffix));
    }
    if (spec.options.contains("plusdirs")) {
      found.addAll(Candidates.files(sh, word, true));
    }
    return new ArrayList<>(found);
  }

  /** {@code &} in a filter stands for the word being completed. */
  private static String withWord(String filter, String word) {
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

  private void setVariables(boolean exported) {
    String line = context.line == null ? "" : context.line;
    int bytes = Utf8.encode(line.substring(0, Math.min(context.cursor, line.length()))).length;
    sh.variables().setRaw("COMP_LINE", line);
    sh.variables().setRaw("COMP_POINT", String.valueOf(bytes));
    sh.variables().setRaw("COMP_TYPE", String.valueOf(context.type));
    sh.variables().setRaw("COMP_KEY", String.valueOf(context.key));
    for (String v : exported ? VARIABLES : List.<String>of()) {
      sh.variables().declare(v, Scope.GLOBAL, Variable.EXPORT, 0);
    }
  }

  private void unsetVariables() {
    for (String v : VARIABLES) {
      sh.variables().unset(v);
    }
  }

  private List<String> outputLines() {
    setVariables(true);
    String text =
        spec.command
            + " "
            + Quoting.quote(context.command)
            + " "
            + Quoting.quote(context.word)
            + " "
            + Quoting.quote(context.before);
    List<String> lines = new ArrayList<>();
    for (String s : sh.outputOf(text).split("\n")) {
      if (!s.isEmpty()) {
        lines.add(s);
      }
    }
    unsetVariables();
    return lines;
  }

  private List<String> callFunction() {
    Function f = sh.functions().get(spec.function);
    if (f == null) {
      sh.error("completion: function `" + spec.function + "' not found");
      return List.of();
    }
    boolean compgen = context.line == null;
    setVariables(false);
    if (!context.words.isEmpty() || sh.variables().find("COMP_WORDS") == null) {
      sh.variables().setArray("COMP_WORDS", Scope.GLOBAL, IndexedArray.of(context.words));
    }
    sh.variables().setRaw("COMP_CWORD", String.valueOf(context.index));
    Completions.Spec outer = sh.completions().running;
    sh.completions().running = compgen ? null : spec;
    int before = sh.status;
    int status =
        sh.callFunction(f, List.of(spec.function, context.command, context.word, context.before));
    retry = status == RETRY;
    sh.completions().running = outer;
    if (!compgen) {
      sh.status = before;
    }
    Variable reply = sh.variables().find("COMPREPLY");
    List<String> result = new ArrayList<>();
    if (retry) {
      // what it found so far is for nobody
    } else if (reply != null && reply.array() != null) {
      result.addAll(reply.array().values());
    } else if (reply != null && reply.hasValue()) {
      result.add(reply.value());
    }
    sh.variables().unset("COMPREPLY");
    sh.variables().unset("COMP_WORDS");
    sh.variables().unset("COMP_CWORD");
    unsetVariables();
    return result;
  }
}
