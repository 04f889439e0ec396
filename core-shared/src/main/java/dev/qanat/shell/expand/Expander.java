package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.ArithExpr;
import dev.qanat.shell.syntax.Arithmetic;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.Subscript;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import dev.qanat.text.glob.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Expands words as bash 5.2 does. One for each shell and subshell. Every method may suspend, and
 * throws {@link ExpansionError} (also for arithmetic errors within a word).
 */
public final class Expander {
  private final ShellContext shell;
  private final Variables variables;
  private final ExpandOptions options;
  private final ArithEvaluator arithmetic;
  private final WordExpander words;
  private final ArrayAssigner assigner;
  private Ifs ifs = new Ifs(null);
  private boolean byteLocale;
  private boolean defersGlobs;
  private List<Glob> globs; // of the words that are being expanded; null when there are none

  /** An expander for a shell, to whose variables it is attached. */
  public Expander(ShellContext shell) {
    this.shell = shell;
    this.variables = shell.variables();
    this.options = shell.options();
    this.arithmetic = new ArithEvaluator(this, shell);
    this.words = new WordExpander(this, shell);
    this.assigner = new ArrayAssigner(this, shell);
    variables.attach(shell, this);
    variables.watch("GLOBIGNORE", this::globIgnoreChanged);
    variables.watch("LC_ALL", this::localeChanged);
    variables.watch("LC_CTYPE", this::localeChanged);
    variables.watch("LANG", this::localeChanged);
    localeChanged();
  }

  /** Whether braces make more than one word of a word. */
  boolean hasBraces(Word word) {
    return options.braceexpand
        && word.text().indexOf('{') >= 0
        && Braces.present(word.parts())
        && Braces.expand(word.parts(), options.maxWords).size() > 1;
  }

  /**
   * Whether braces make more than one word of what looks like an assignment: then it is none.
   * Nothing is expanded in an array's parentheses but by themselves.
   */
  public boolean hasBraces(Word word, Assignment assignment) {
    return assignment.value() != null && hasBraces(word);
  }

  /**
   * The fields of a command's words, in order. Names of files are matched after all words were
   * expanded otherwise: they may be those of files that a substitution made.
   */
  public List<String> fields(List<Word> list) {
    boolean outerDefers = defersGlobs;
    List<Glob> outerGlobs = globs;
    defersGlobs = list.size() > 1;
    globs = null;
    try {
      List<String> out = new ArrayList<>(list.size() + 4);
      for (int i = 0; i < list.size(); i++) {
        words.fields(list.get(i), out);
      }
      return globs == null ? out : matched(out, globs);
    } finally {
      defersGlobs = outerDefers;
      globs = outerGlobs;
    }
  }

  /** Adds the fields of one word. */
  public void fields(Word word, List<String> out) {
    boolean outer = defersGlobs;
    defersGlobs = false;
    try {
      words.fields(word, out);
    } finally {
      defersGlobs = outer;
    }
  }

  /** The fields of one word by itself, patterns and braces left as they are. */
  List<String> unmatchedFields(Word word) {
    boolean noglob = options.noglob;
    boolean braces = options.braceexpand;
    options.noglob = true;
    options.braceexpand = false;
    try {
      List<String> out = new ArrayList<>(2);
      words.fields(word, out);
      return out;
    } finally {
      options.noglob = noglob;
      options.braceexpand = braces;
    }
  }

  /** A field that is a pattern, and its place among the fields. */
  private record Glob(int index, String pattern) {}

  private List<String> matched(List<String> fields, List<Glob> patterns) {
    List<String> out = new ArrayList<>(fields.size() + 4);
    int at = 0;
    for (Glob glob : patterns) {
      out.addAll(fields.subList(at, glob.index()));
      match(glob.pattern(), fields.get(glob.index()), out);
      at = glob.index() + 1;
    }
    out.addAll(fields.subList(at, fields.size()));
    return out;
  }

  /** One string, neither split nor globbed: a {@code case} word, an operand of {@code [[}. */
  public String string(Word word) {
    return words.string(word, WordExpander.Tildes.START);
  }

  /**
   * As {@link #string}, with tildes also after each {@code :}, as on the right of an assignment.
   */
  public String assigned(Word word) {
    return words.value(word, WordExpander.Tildes.ASSIGNMENT);
  }

  /** What {@code <<<} gives to read. */
  public String hereString(Word word) {
    return words.value(word, WordExpander.Tildes.START);
  }

  /** The value of an array's element. */
  String element(Word word) {
    return words.string(word, WordExpander.Tildes.ASSIGNMENT);
  }

  /** One string, tildes left alone. */
  String untilded(Word word) {
    return words.string(word, WordExpander.Tildes.NONE);
  }

  /** The body of a here-document. */
  public String hereDocument(Word body) {
    ParameterExpander parameters = words.parameters();
    boolean before = parameters.inHereDocument;
    parameters.inHereDocument = true;
    try {
      return words.quotedText(body);
    } finally {
      parameters.inHereDocument = before;
    }
  }

  /**
   * The target of a redirection.
   *
   * @return null when it is not exactly one field
   */
  public String redirectTarget(Word word) {
    String literal = word.literalOrNull();
    if (literal != null) {
      return literal;
    }
    List<String> out = new ArrayList<>(2);
    fields(word, out);
    if (out.size() != 1) {
      return null;
    }
    return out.get(0);
  }

  /** A pattern of {@code case}: quoted parts stand for themselves. */
  public Pattern pattern(Word word) {
    return pattern(word, options.extglob);
  }

  /** A pattern of {@code [[ == ]]}, where extended patterns are always known. */
  public Pattern conditionalPattern(Word word) {
    return pattern(word, true);
  }

  /** An array literal with every word expanded, as {@code set -x} shows it. */
  public Assignment expandedArray(Assignment a, boolean associative) {
    return assigner.expanded(a, associative);
  }

  /** The source of such a pattern as {@code set -x} shows it. */
  public String shownPattern(Word word) {
    return words.shownPatternSource(word);
  }

  /** A pattern of {@code [[ == ]]} from its source. */
  public Pattern conditionalPattern(String source) {
    return pattern(source, true);
  }

  private Pattern pattern(Word word, boolean extglob) {
    return pattern(words.patternSource(word), extglob);
  }

  private Pattern pattern(String source, boolean extglob) {
    int flags = (extglob ? Pattern.EXTGLOB : 0) | (options.nocasematch ? Pattern.NOCASE : 0);
    return Pattern.compile(source, flags);
  }

  /** The regular expression of {@code =~}: special characters in quoted parts are escaped. */
  public String regex(Word word) {
    return words.regex(word);
  }

  /** Evaluates an expression within a word, where an error ends the command. */
  long inWord(Arithmetic expression) {
    try {
      return arithmetic.evaluate(expression);
    } catch (ArithException e) {
      throw e.isRefused()
          ? new ExpansionError(e.getMessage())
          : ExpansionError.expression(e.getMessage());
    }
  }

  /** IFS as it is now. */
  Ifs ifs() {
    Variable v = variables.lookup("IFS");
    String value = v == null ? null : v.has(Variable.NAMEREF) ? variables.get("IFS") : v.value();
    Ifs current = ifs;
    if (current.value != value && (value == null || !value.equals(current.value))) {
      current = ifs = new Ifs(value);
    }
    return current;
  }

  private void localeChanged() {
    String locale = variables.get("LC_ALL");
    if (locale == null || locale.isEmpty()) {
      locale = variables.get("LC_CTYPE");
    }
    if (locale == null || locale.isEmpty()) {
      locale = variables.get("LANG");
    }
    String name = locale == null ? "" : LetterCase.lower(locale);
    byteLocale = !name.endsWith(".utf-8") && !name.endsWith(".utf8");
  }

  /** Whether each byte is a character: in all locales but those of UTF-8. */
  public boolean isByteLocale() {
    return byteLocale;
  }

  /** Text as the locale sees it: where each byte is a character, those beyond ASCII in bytes. */
  public String inLocale(String text) {
    return byteLocale ? ByteText.of(text) : text;
  }

  /** A value of GLOBIGNORE turns {@code dotglob} on, unsetting it turns it off. */
  private void globIgnoreChanged() {
    String value = variables.get("GLOBIGNORE");
    if (value == null) {
      options.dotglob = false;
    } else if (!value.isEmpty()) {
      options.dotglob = true;
    }
  }

  int maxWords() {
    return options.maxWords;
  }

  boolean globs() {
    return !options.noglob;
  }

  /** Adds a field that may be a pattern: the names of files it matches, now or later. */
  void pathnames(String pattern, String field, List<String> out) {
    if (!Pattern.hasMagic(pattern, options.extglob)) {
      out.add(field);
    } else if (defersGlobs) {
      if (globs == null) {
        globs = new ArrayList<>(2);
      }
      globs.add(new Glob(out.size(), pattern));
      out.add(field);
    } else {
      match(pattern, field, out);
    }
  }

  /** Adds the names of files a field matches, or what stands for it when there are none. */
  private void match(String pattern, String field, List<String> out) {
    List<String> names =
        new PathnameExpansion(shell.files(), options, byteLocale)
            .expand(pattern, variables.get("GLOBIGNORE"));
    if (!names.isEmpty()) {
      out.addAll(names);
    } else if (options.failglob) {
      throw new ExpansionError("no match: " + field);
    } else if (!options.nullglob) {
      out.add(field);
    }
  }

  /**
   * Does an assignment of any form, in front of a command or as one: {@code a[i]+=x}, {@code
   * a=(…)}.
   */
  public void assign(Assignment assignment) {
    assign(assignment, Scope.VISIBLE, 0);
  }

  /**
   * The same for {@code declare}, {@code local} and the like; the attributes are set first and
   * count for the value ({@code -i}, {@code -A}), but {@link Variable#READONLY} comes after it.
   */
  public void assign(Assignment assignment, Scope scope, int attributes) {
    if (attributes == 0
        && scope == Scope.VISIBLE
        && assignment.subscript() == null
        && assignment.array() == null) {
      variables.set(assignment.name(), scope, assigned(assignment.value()), assignment.append());
      return;
    }
    assigner.assign(assignment, scope, attributes);
  }

  /**
   * Reads an assignment out of an expanded argument, {@code name=value} or {@code
   * name[subscript]+=…}; null when it is none. The value is taken literally, but {@code (…)} is
   * read as an array when {@code arrays} is set.
   */
  public Assignment parseAssignment(String argument, boolean arrays) {
    return ArrayAssigner.parse(argument, arrays);
  }

  /** The expanded right side of an assignment; for {@code +=} what is to be appended. */
  public String assignedValue(Assignment assignment) {
    return assignment.value() == null ? assigner.text(assignment) : assigned(assignment.value());
  }

  /** Assigns an expanded value to {@code name[subscript]}. */
  public void assignElement(
      String name, Subscript subscript, Scope scope, String value, boolean append) {
    assigner.element(name, subscript, scope, value, append);
  }

  /** Assigns to the element with this key, or, when that is null, with this index. */
  void assignElement(String name, String key, long index, String value) {
    assigner.element(name, key, index, value);
  }

  /** A subscript as the key of an associative array. */
  String key(Subscript subscript) {
    try {
      return untilded(subscript.word());
    } catch (SyntaxException e) {
      throw e.isInText() ? e : new ExpansionError(e.getMessage());
    }
  }

  /** The same of text that a builtin was given, which was expanded already. */
  String referenceKey(Subscript subscript) {
    return options.assocExpandOnce ? subscript.text() : key(subscript);
  }

  /** A subscript as an index. */
  long index(Subscript subscript) {
    try {
      return arithmetic.evaluate(subscript.arithmetic());
    } catch (ArithException e) {
      throw ExpansionError.subscript(e.getMessage());
    }
  }

  /**
   * Assigns to {@code name} or {@code name[subscript]}, as {@code read} and {@code printf -v} do.
   */
  public void assignReference(String reference, String value) {
    assignReference(reference, value, false);
  }

  void assignReference(String reference, String value, boolean append) {
    Reference r = Reference.of(reference);
    if (r == null) {
      throw new ExpansionError("`" + reference + "': not a valid identifier");
    }
    if (r.subscript() == null) {
      variables.set(r.name(), Scope.VISIBLE, value, append);
    } else {
      assignElement(r.name(), r.subscript(), Scope.VISIBLE, value, append);
    }
  }

  /** The value of {@code name} or {@code name[subscript]}; null when unset. */
  public String referenceValue(String reference) {
    Reference r = Reference.of(reference);
    return r == null ? null : words.parameters().value(r);
  }

  /**
   * Whether {@code name}, {@code name[subscript]} or a positional parameter is set, as {@code -v}.
   */
  public boolean isSet(String reference) {
    Reference r = Reference.of(reference);
    return r != null && words.parameters().isSet(r);
  }

  /** Whether the text is {@code name[subscript]}, the bracket closing at its end. */
  public boolean isElement(String text) {
    Reference r = Reference.of(text);
    if (r == null || r.subscript() == null) {
      return false;
    }
    Variable v = variables.resolved(r.name());
    return options.assocExpandOnce && v != null && v.has(Variable.ASSOCIATIVE)
        || ArrayAssigner.closing(text, r.name().length()) == text.length() - 1;
  }

  /**
   * {@code unset -v} of {@code name} or {@code name[subscript]}; {@code a[@]} and {@code a[*]} too.
   *
   * @throws ExpansionError what {@code unset} prints after its own name
   */
  public void unset(String reference) {
    assigner.unset(reference);
  }

  /** Whether text is a valid variable name. */
  public static boolean isName(String text) {
    return Reference.isName(text);
  }

  /**
   * Evaluates {@code ((…))} and the like.
   *
   * @throws dev.qanat.shell.syntax.ArithException bash's message without prefix, for what is wrong
   *     with the expression itself
   */
  public long arithmetic(Arithmetic expression) {
    return arithmetic.evaluate(expression);
  }

  /** The tree of an expression that need not be expanded first; else null. */
  ArithExpr parsed(Arithmetic expression) {
    try {
      return expression.expressionOrNull();
    } catch (SyntaxException e) {
      throw e.isInText() ? e : new ExpansionError(e.getMessage());
    }
  }

  void report(String message) {
    shell.report(message);
  }

  /** The text of an expression, expanded. */
  public String expandedText(Arithmetic expression) {
    try {
      return words.quotedText(expression.word());
    } catch (SyntaxException e) {
      throw e.isInText() ? e : new ExpansionError(e.getMessage());
    }
  }

  /**
   * Evaluates text that was expanded already, as {@code let} does. Throws as {@link #arithmetic}.
   */
  public long evaluate(String expression) {
    return arithmetic.evaluate(expression);
  }

  /** Evaluates a tree. Throws as {@link #arithmetic}. */
  public long evaluate(ArithExpr expression) {
    return arithmetic.evaluate(expression);
  }

  /** The number an integer variable holds. */
  long numberOf(Variable v) {
    return v.isNumeric() ? v.number() : v.value() == null ? 0 : arithmetic.numberOf(v.value());
  }

  long numberOf(String value) {
    return arithmetic.numberOf(value);
  }

  /** What an element of a variable, or of none when that is null, holds once it has the value. */
  public String element(Variable of, String value) {
    return of != null && of.has(ValueConversion.ATTRIBUTES)
        ? ValueConversion.converted(this, of.attributes(), null, value)
        : value;
  }

  /** Evaluates the value given to an integer variable, where an error ends the command. */
  long integerValue(String value) {
    try {
      return arithmetic.evaluate(value);
    } catch (ArithException e) {
      throw ExpansionError.value(e.getMessage());
    }
  }
}
