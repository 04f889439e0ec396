package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.ParamExpansion;
import dev.qanat.shell.syntax.Subscript;
import dev.qanat.shell.syntax.Word;
import dev.qanat.shell.syntax.WordPart;
import dev.qanat.text.glob.Pattern;
import java.util.List;

/** Walks the parts of a word and gives what each expands to to a {@link FieldBuilder}. */
final class WordExpander {
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
  enum Tildes {
    NONE,
    /** At the start of the word, and as in an assignment when the word looks like one. */
    WORD,
    /** At the start only. */
    START,
    /** At the start and after each colon. */
    ASSIGNMENT
  }

  private static final int MAX_DEPTH = 800;

  private final Expander expander;
  private final ShellContext shell;
  private final Variables variables;
  private final ExpandOptions options;
  private final ParameterExpander parameters;
  private FieldBuilder spare; // or null
  private int depth;

  WordExpander(Expander expander, ShellContext shell) {
    this.expander = expander;
    this.shell = shell;
    this.variables = shell.variables();
    this.options = shell.options();
    this.parameters = new ParameterExpander(expander, this, shell);
  }

  ParameterExpander parameters() {
    return parameters;
  }

  /** Adds the fields of one word. */
  void fields(Word word, List<String> out) {
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

  /**
   * Whether a dollar sign that expands nothing comes behind all that expand: bash splits no more.
   */
  private static boolean endsInDollar(List<WordPart> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      WordPart part = parts.get(i);
      if (part instanceof WordPart.Literal literal) {
        if (literal.text().indexOf('$') >= 0) {
          return true;
        }
      } else if (part instanceof WordPart.Param
          || part instanceof WordPart.CommandSubst
          || part instanceof WordPart.ArithExpansion
          || part instanceof WordPart.ProcessSubst) {
        return false;
      }
    }
    return false;
  }

  /** Whether a word has a list that is never joined: then it is split whatever it ends in. */
  private static boolean hasList(List<WordPart> parts, boolean quoted) {
    for (int i = 0; i < parts.size(); i++) {
      WordPart part = parts.get(i);
      if (part instanceof WordPart.DoubleQuoted inner && hasList(inner.parts(), true)
          || part instanceof WordPart.Param param && hasList(param.expansion(), quoted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasList(ParamExpansion p, boolean quoted) {
    Subscript subscript = p.subscript();
    if (p.length()) {
      return false;
    }
    if (p.name().equals("@")
        || p.name().equals("*") && p.isPlain() && !quoted
        || p.operation() == ParamExpansion.Operation.NAMES_AT
        || subscript != null && (subscript.isAt() || subscript.isStar() && !quoted)) {
      return true;
    }
    return switch (p.operation()) {
      case DEFAULT, ALTERNATE -> hasList(p.operand().parts(), quoted);
      default -> false;
    };
  }

  private void fieldsOf(List<WordPart> parts, List<String> out) {
    FieldBuilder builder = builder(FieldBuilder.Mode.FIELDS, out);
    if (endsInDollar(parts) && !hasList(parts, false)) {
      builder.keepWhole();
    }
    word(parts, Tildes.WORD, builder);
    builder.finish();
    keep(builder);
  }

  /** The builder of the word before, when that is done; within another word a new one. */
  private FieldBuilder builder(FieldBuilder.Mode mode, List<String> fields) {
    FieldBuilder b = spare != null ? spare : new FieldBuilder(expander);
    spare = null;
    return b.begin(mode, fields);
  }

  private String textOf(FieldBuilder builder) {
    String text = builder.text();
    keep(builder);
    return text;
  }

  private void keep(FieldBuilder builder) {
    if (builder.isSmall()) {
      spare = builder;
    }
  }

  /**
   * The common words {@code $x} and {@code "$x"}, when their value is one field as it stands; or
   * null.
   */
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
    Ifs separators = expander.ifs();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '*' || c == '?' || c == '[' || c == '(' || separators.separates(c)) {
        return false;
      }
    }
    return true;
  }

  String string(Word word, Tildes tildes) {
    return string(word, tildes, false);
  }

  /** The value of an assignment or a here-string. */
  String value(Word word, Tildes tildes) {
    return string(word, tildes, true);
  }

  private String string(Word word, Tildes tildes, boolean keepsEmpty) {
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
    FieldBuilder builder = builder(FieldBuilder.Mode.STRING, null);
    if (keepsEmpty) {
      builder.keepEmpty();
    }
    word(parts, tildes, builder);
    return textOf(builder);
  }

  private String wholeString(WordPart part) {
    if (part instanceof WordPart.Param param) {
      return simpleValue(param.expansion());
    }
    if (part instanceof WordPart.CommandSubst command) {
      return shell.commandOutput(command.substitution());
    }
    if (part instanceof WordPart.ArithExpansion expression) {
      return Long.toString(expander.inWord(expression.expression()));
    }
    return part instanceof WordPart.DoubleQuoted quoted && quoted.parts().size() == 1
        ? wholeString(quoted.parts().get(0))
        : null;
  }

  /** Text expanded as in double quotes. */
  String quotedText(Word text) {
    String literal = text.literalOrNull();
    if (literal != null) {
      return literal;
    }
    FieldBuilder builder = builder(FieldBuilder.Mode.STRING, null);
    parts(text.parts(), Context.QUOTED, builder);
    return textOf(builder);
  }

  /** The source of a pattern. */
  String patternSource(Word word) {
    String literal = word.literalOrNull();
    if (literal != null) {
      return Pattern.quote(literal);
    }
    FieldBuilder builder = builder(FieldBuilder.Mode.PATTERN, null);
    word(word.parts(), Tildes.START, builder);
    return textOf(builder);
  }

  /** The source of a pattern as {@code set -x} shows it. */
  String shownPatternSource(Word word) {
    FieldBuilder builder = builder(FieldBuilder.Mode.SHOWN_PATTERN, null);
    word(word.parts(), Tildes.START, builder);
    return textOf(builder);
  }

  /** The regular expression of {@code =~}: special characters in quoted parts are escaped. */
  String regex(Word word) {
    FieldBuilder builder = builder(FieldBuilder.Mode.REGEX, null);
    word(word.parts(), Tildes.START, builder);
    return textOf(builder);
  }

  /** What {@code ${x/pattern/word}} puts in, for {@link FieldBuilder.Mode#REPLACEMENT}. */
  String replacement(Word word) {
    FieldBuilder builder =
        builder(
            options.patsubReplacement ? FieldBuilder.Mode.REPLACEMENT : FieldBuilder.Mode.STRING,
            null);
    word(word.parts(), Tildes.START, builder);
    return textOf(builder);
  }

  /** The operand of {@code ${x:-word}} where it is asked for as one string. */
  String operandString(Word word, boolean quoted) {
    FieldBuilder builder = builder(FieldBuilder.Mode.STRING, null);
    operand(word, quoted, builder);
    return textOf(builder);
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
          // POSIX expands tildes in no arguments that only look like assignments
          boolean assignment = !options.posix && Tilde.assignmentLength(literal.text()) > 0;
          rule = assignment ? Tildes.WORD : Tildes.START;
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
      int end = Tilde.prefixEnd(text, i);
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
      emit(Long.toString(expander.inWord(expression.expression())), context, builder);
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
}
