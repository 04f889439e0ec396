package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.ArithExpr;
import dev.qanat.shell.syntax.Arithmetic;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.ParamExpansion;
import dev.qanat.shell.syntax.Subscript;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import dev.qanat.shell.syntax.WordPart;
import dev.qanat.text.glob.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Expands words as bash 5.2 does. One for each shell and subshell. Every method may suspend, and throws
 * {@link ExpansionError} (also for arithmetic errors within a word).
 */
public final class Expander {
  /** How the place of a part counts for its unquoted text. */
  enum Context {
    /** In a word: literal text is not split, expansions are. */
    WORD,
    /** Behind <code>${x:-</code>: literal text is split as well. */
    OPERAND,
    /** In double quotes or a here-document. */
    QUOTED
  }

  /** Where tildes are looked for. */
  private enum Tildes {
    NONE,
    /** At the start of the word, and as in an assignment when the word looks like one. */
    WORD,
    /** At the start only. */
    START,
    /** At the start and after each colon. */
    ASSIGNMENT
  }

  private static final int MAX_DEPTH = 800;

  private final ShellContext shell;
  private final Variables variables;
  private final ExpandOptions options;
  private final ArithEvaluator arithmetic;
  private final ParameterExpander parameters;
  private final ArrayAssigner assigner;
  private Ifs ifs = new Ifs(null);
  private boolean byteLocale;
  private int depth;

  /** An expander for a shell, to whose variables it is attached. */
  public Expander(ShellContext shell) {
    this.shell = shell;
    this.variables = shell.variables();
    this.options = shell.options();
    this.arithmetic = new ArithEvaluator(this, shell);
    this.parameters = new ParameterExpander(this, shell);
    this.assigner = new ArrayAssigner(this, shell);
    variables.attach(shell, this);
    variables.watch("GLOBIGNORE", this::globIgnoreChanged);
    variables.watch("LC_ALL", this::localeChanged);
    variables.watch("LC_CTYPE", this::localeChanged);
    variables.watch("LANG", this::localeChanged);
    localeChanged();
  }

  // --- words

  /** The fields of a command's words, in order. */
  public List<String> fields(List<Word> words) {
    List<String> out = new ArrayList<>(words.size() + 4);
    for (int i = 0; i < words.size(); i++) {
      fields(words.get(i), out);
    }
    return out;
  }

  /** Adds the fields of one word. */
  public void fields(Word word, List<String> out) {
    String literal = word.literalOrNull();
    if (literal != null) {
      out.add(literal);
      return;
    }
    List<WordPart> parts = word.parts();
    if (parts.size() == 1) {
      String whole = wholeField(parts.get(0));
      if (whole != null) {
        out.add(whole);
        return;
      }
    }
    if (options.braceexpand && Braces.present(parts)) {
      for (List<WordPart> one : Braces.expand(parts, options.maxWords)) {
        fieldsOf(one, out);
      }
    } else {
      fieldsOf(parts, out);
    }
  }

  private void fieldsOf(List<WordPart> parts, List<String> out) {
    FieldBuilder builder = new FieldBuilder(this, out);
    word(parts, Tildes.WORD, builder);
    builder.finish();
  }

  /** The common words {@code $x} and {@code "$x"}, when their value is one field as it stands; or null. */
  private String wholeField(WordPart part) {
    if (part instanceof WordPart.Param param) {
      String value = simpleValue(param.expansion());
      return value != null && !value.isEmpty() && isInert(value) ? value : null;
    }
    if (part instanceof WordPart.DoubleQuoted quoted
        && quoted.parts().size() == 1
        && quoted.parts().get(0) instanceof WordPart.Param param) {
      return simpleValue(param.expansion());
    }
    return null;
  }

  /** The value of a plain scalar parameter; null when it is unset or anything more. */
  private String simpleValue(ParamExpansion p) {
    if (!p.isPlain() || p.subscript() != null) {
      return null;
    }
    Variable v = variables.lookup(p.name());
    return v != null && v.has(Variable.NAMEREF) ? null : parameters.scalar(p.name());
  }

  /** Whether a text is neither split nor globbed. */
  private boolean isInert(String value) {
    Ifs separators = ifs();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '*' || c == '?' || c == '[' || c == '(' || separators.separates(c)) {
        return false;
      }
    }
    return true;
  }

  /** One string, neither split nor globbed: a {@code case} word, an operand of {@code [[}, {@code <<<}. */
  public String string(Word word) {
    return string(word, Tildes.START);
  }

  /** As {@link #string}, with tildes also after each {@code :}, as on the right of an assignment. */
  public String assigned(Word word) {
    return string(word, Tildes.ASSIGNMENT);
  }

  /** One string, tildes left alone. */
  String untilded(Word word) {
    return string(word, Tildes.NONE);
  }

  private String string(Word word, Tildes tildes) {
    String literal = word.literalOrNull();
    if (literal != null) {
      return literal;
    }
    List<WordPart> parts = word.parts();
    if (parts.size() == 1) {
      String whole = wholeString(parts.get(0));
      if (whole != null) {
        return whole;
      }
    }
    FieldBuilder builder = new FieldBuilder(this, FieldBuilder.Mode.STRING);
    word(parts, tildes, builder);
    return builder.text();
  }

  private String wholeString(WordPart part) {
    if (part instanceof WordPart.Param param) {
      return simpleValue(param.expansion());
    }
    if (part instanceof WordPart.CommandSubst command) {
      return shell.commandOutput(command.substitution());
    }
    if (part instanceof WordPart.ArithExpansion expression) {
      return Long.toString(inWord(expression.expression()));
    }
    return part instanceof WordPart.DoubleQuoted quoted && quoted.parts().size() == 1
        ? wholeString(quoted.parts().get(0))
        : null;
  }

  /** The body of a here-document. */
  public String hereDocument(Word body) {
    return quotedText(body);
  }

  /** Text expanded as in double quotes. */
  String quotedText(Word text) {
    String literal = text.literalOrNull();
    if (literal != null) {
      return literal;
    }
    FieldBuilder builder = new FieldBuilder(this, FieldBuilder.Mode.STRING);
    parts(text.parts(), Context.QUOTED, builder);
    return builder.text();
  }

  /**
   * The target of a redirection.
   *
   * @throws ExpansionError {@code word: ambiguous redirect} when it is not exactly one field
   */
  public String redirectTarget(Word word) {
    String literal = word.literalOrNull();
    if (literal != null) {
      return literal;
    }
    List<String> out = new ArrayList<>(2);
    fields(word, out);
    if (out.size() != 1) {
      throw new ExpansionError(word.text() + ": ambiguous redirect");
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

  private Pattern pattern(Word word, boolean extglob) {
    int flags = (extglob ? Pattern.EXTGLOB : 0) | (options.nocasematch ? Pattern.NOCASE : 0);
    return Pattern.compile(patternSource(word), flags);
  }

  /** The source of a pattern. */
  String patternSource(Word word) {
    String literal = word.literalOrNull();
    if (literal != null) {
      return Pattern.quote(literal);
    }
    FieldBuilder builder = new FieldBuilder(this, FieldBuilder.Mode.PATTERN);
    word(word.parts(), Tildes.START, builder);
    return builder.text();
  }

  /** The regular expression of {@code =~}: special characters in quoted parts are escaped. */
  public String regex(Word word) {
    FieldBuilder builder = new FieldBuilder(this, FieldBuilder.Mode.REGEX);
    word(word.parts(), Tildes.START, builder);
    return builder.text();
  }

  /** What {@code ${x/pattern/word}} puts in, for {@link FieldBuilder.Mode#REPLACEMENT}. */
  String replacement(Word word) {
    FieldBuilder builder =
        new FieldBuilder(
            this,
            options.patsubReplacement
                ? FieldBuilder.Mode.REPLACEMENT
                : FieldBuilder.Mode.STRING);
    word(word.parts(), Tildes.START, builder);
    return builder.text();
  }

  /** The operand of {@code ${x:-word}} where it is asked for as one string. */
  String operandString(Word word, boolean quoted) {
    FieldBuilder builder = new FieldBuilder(this, FieldBuilder.Mode.STRING);
    operand(word, quoted, builder);
    return builder.text();
  }

  /** The operand of {@code ${x:-word}} in its place. */
  void operand(Word word, boolean quoted, FieldBuilder builder) {
    List<WordPart> parts = word.parts();
    if (quoted) {
      if (parts.isEmpty()) {
        builder.quoted("");
      }
      parts(parts, Context.QUOTED, builder);
      return;
    }
    for (int i = 0; i < parts.size(); i++) {
      WordPart part = parts.get(i);
      if (i == 0 && part instanceof WordPart.Literal literal && literal.text().startsWith("~")) {
        literal(literal.text(), true, parts.size() > 1, Tildes.START, Context.OPERAND, builder);
      } else {
        part(part, Context.OPERAND, builder);
      }
    }
  }

  /** The parts of a word, with its tildes. */
  private void word(List<WordPart> parts, Tildes tildes, FieldBuilder builder) {
    Tildes rule = tildes;
    for (int i = 0; i < parts.size(); i++) {
      WordPart part = parts.get(i);
      if (part instanceof WordPart.Literal literal) {
        boolean more = i + 1 < parts.size();
        if (i == 0 && rule == Tildes.WORD) {
          rule = Tilde.assignmentLength(literal.text()) > 0 ? Tildes.WORD : Tildes.START;
        }
        literal(literal.text(), i == 0, more, rule, Context.WORD, builder);
      } else {
        if (i == 0 && rule == Tildes.WORD) {
          rule = Tildes.START;
        }
        part(part, Context.WORD, builder);
      }
    }
  }

  private void literal(
      String text,
      boolean first,
      boolean more,
      Tildes rule,
      Context context,
      FieldBuilder builder) {
    if (rule == Tildes.NONE || text.indexOf('~') < 0) {
      plain(text, context, builder);
      return;
    }
    boolean colons = rule == Tildes.ASSIGNMENT || rule == Tildes.WORD;
    int name = rule == Tildes.WORD && first ? Tilde.assignmentLength(text) : 0;
    int start = 0;
    for (int i = text.indexOf('~'); i >= 0; i = text.indexOf('~', i + 1)) {
      boolean here =
          i == 0
              ? first && rule != Tildes.WORD
              : colons && (text.charAt(i - 1) == ':' && i > name || i == name);
      if (!here) {
        continue;
      }
      int end = Tilde.prefixEnd(text, i, colons);
      String home =
          end == text.length() && more
              ? null
              : Tilde.expand(text.substring(i + 1, end), shell, variables);
      if (home != null) {
        plain(text.substring(start, i), context, builder);
        builder.quoted(home);
        start = end;
      }
    }
    plain(text.substring(start), context, builder);
  }

  private static void plain(String text, Context context, FieldBuilder builder) {
    switch (context) {
      case WORD -> builder.literal(text);
      case OPERAND -> builder.expanded(text);
      case QUOTED -> builder.quoted(text);
    }
  }

  private void parts(List<WordPart> parts, Context context, FieldBuilder builder) {
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), context, builder);
    }
  }

  private void part(WordPart part, Context context, FieldBuilder builder) {
    if (part instanceof WordPart.Literal literal) {
      plain(literal.text(), context, builder);
    } else if (part instanceof WordPart.Param param) {
      if (depth >= MAX_DEPTH) {
        throw new ExpansionError(param.expansion().source() + ": expansions nested too deeply");
      }
      depth++;
      try {
        parameters.expand(param.expansion(), context == Context.QUOTED, builder);
      } finally {
        depth--;
      }
    } else if (part instanceof WordPart.DoubleQuoted quoted) {
      doubleQuoted(quoted.parts(), builder);
    } else if (part instanceof WordPart.SingleQuoted quoted) {
      builder.quoted(quoted.text());
    } else if (part instanceof WordPart.Escaped escaped) {
      builder.quoted(escaped.text());
    } else if (part instanceof WordPart.CommandSubst command) {
      emit(shell.commandOutput(command.substitution()), context, builder);
    } else if (part instanceof WordPart.ArithExpansion expression) {
      emit(Long.toString(inWord(expression.expression())), context, builder);
    } else if (part instanceof WordPart.ProcessSubst process) {
      builder.quoted(shell.processFile(process.output(), process.substitution()));
    }
  }

  private void doubleQuoted(List<WordPart> parts, FieldBuilder builder) {
    switch (parts.size()) {
      case 0 -> builder.quoted("");
      case 1 -> part(parts.get(0), Context.QUOTED, builder);
      default -> {
        int before = builder.beginQuotes();
        parts(parts, Context.QUOTED, builder);
        builder.endQuotes(before);
      }
    }
  }

  private static void emit(String value, Context context, FieldBuilder builder) {
    if (context == Context.QUOTED) {
      builder.quoted(value);
    } else {
      builder.expanded(value);
    }
  }

  /** Evaluates an expression within a word, where an error ends the command. */
  long inWord(Arithmetic expression) {
    try {
      return arithmetic.evaluate(expression);
    } catch (ArithException e) {
      throw ExpansionError.mild(e.getMessage());
    }
  }

  // --- what builders ask for

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
  boolean isByteLocale() {
    return byteLocale;
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

  boolean globs() {
    return !options.noglob;
  }

  /** Adds the names of files a field matches, or what stands for it when there are none. */
  void pathnames(String pattern, String field, List<String> out) {
    if (!Pattern.hasMagic(pattern, options.extglob)) {
      out.add(field);
      return;
    }
    List<String> names =
        new PathnameExpansion(shell.files(), options, byteLocale).expand(pattern, variables.get("GLOBIGNORE"));
    if (!names.isEmpty()) {
      out.addAll(names);
    } else if (options.failglob) {
      throw new ExpansionError("no match: " + field);
    } else if (!options.nullglob) {
      out.add(field);
    }
  }

  // --- assignments

  /** Does an assignment of any form, in front of a command or as one: {@code a[i]+=x}, {@code a=(…)}. */
  public void assign(Assignment assignment) {
    assign(assignment, Scope.VISIBLE, 0);
  }

  /**
   * The same for {@code declare}, {@code local} and the like; the attributes are set first and count
   * for the value ({@code -i}, {@code -A}), but {@link Variable#READONLY} comes after it.
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
   * Reads an assignment out of an expanded argument, {@code name=value} or {@code name[subscript]+=…};
   * null when it is none. The value is taken literally, but {@code (…)} is read as an array when {@code
   * arrays} is set.
   */
  public Assignment parseAssignment(String argument, boolean arrays) {
    return ArrayAssigner.parse(argument, arrays);
  }

  /** The expanded right side of an assignment; for {@code +=} what is to be appended. */
  public String assignedValue(Assignment assignment) {
    return assignment.value() == null
        ? assigner.text(assignment)
        : assigned(assignment.value());
  }

  void assignElement(
      String name, Subscript subscript, Scope scope, String value, boolean append) {
    assigner.element(name, subscript, scope, value, append);
  }

  /** A subscript as the key of an associative array. */
  String key(Subscript subscript) {
    try {
      return string(subscript.word(), Tildes.NONE);
    } catch (SyntaxException e) {
      throw new ExpansionError(e.getMessage());
    }
  }

  /** A subscript as an index. */
  long index(Subscript subscript) {
    return inWord(subscript.arithmetic());
  }

  // --- references: text that is a name or name[subscript], as builtins and ${!x} take it

  /** Assigns to {@code name} or {@code name[subscript]}, as {@code read} and {@code printf -v} do. */
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
    return r == null ? null : parameters.value(r);
  }

  /** Whether {@code name}, {@code name[subscript]} or a positional parameter is set, as {@code -v}. */
  public boolean isSet(String reference) {
    Reference r = Reference.of(reference);
    return r != null && parameters.isSet(r);
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

  // --- arithmetic

  /**
   * Evaluates {@code ((…))} and the like.
   *
   * @throws dev.qanat.shell.syntax.ArithException bash's message without prefix, for what is wrong with
   *     the expression itself
   */
  public long arithmetic(Arithmetic expression) {
    return arithmetic.evaluate(expression);
  }

  /** The tree of an expression that need not be expanded first; else null. */
  ArithExpr parsed(Arithmetic expression) {
    try {
      return expression.expressionOrNull();
    } catch (SyntaxException e) {
      throw new ExpansionError(e.getMessage());
    }
  }

  void report(String message) {
    shell.report(message);
  }

  /** The text of an expression, expanded. */
  String expandedText(Arithmetic expression) {
    try {
      return quotedText(expression.word());
    } catch (SyntaxException e) {
      throw new ExpansionError(e.getMessage()); // text made at run time, such as a subscript
    }
  }

  /** Evaluates text that was expanded already, as {@code let} does. Throws as {@link #arithmetic}. */
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

  /** Evaluates the value given to an integer variable, where an error ends the command. */
  long integerValue(String value) {
    try {
      return arithmetic.evaluate(value);
    } catch (ArithException e) {
      throw ExpansionError.mild(e.getMessage());
    }
  }
}
