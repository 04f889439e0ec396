package dev.qanat.shell.expand;

import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.ParameterExpander.Value;
import dev.qanat.shell.syntax.AnsiQuote;
import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Arithmetic;
import dev.qanat.shell.syntax.ParamExpansion;
import dev.qanat.shell.syntax.ParamExpansion.Operation;
import dev.qanat.shell.syntax.Subscript;
import dev.qanat.text.Utf8;
import dev.qanat.text.glob.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operators of <code>${…}</code> do to values: patterns, slices, letter case, {@code @Q}.
 */
final class ValueTransforms {
  private final Expander expander;
  private final WordExpander words;
  private final ShellContext shell;
  private final Variables variables;
  private final ExpandOptions options;
  private final CharacterPositions positions = new CharacterPositions();

  ValueTransforms(Expander expander, WordExpander words, ShellContext shell) {
    this.expander = expander;
    this.words = words;
    this.shell = shell;
    this.variables = shell.variables();
    this.options = shell.options();
  }

  /** The number of characters of a text. */
  int characters(String text) {
    return expander.isByteLocale() ? Utf8.encodedLength(text) : positions.count(text);
  }

  /** Applies an operator with a pattern to a value or to each of a list. */
  Value edit(ParamExpansion p, Value value) {
    if (value.list() != null && value.list().isEmpty()) {
      return value; // the pattern is not even expanded
    }
    Edit edit = edit(p);
    if (value.list() == null) {
      return Value.of(edit.apply(value.scalar()));
    }
    List<String> edited = new ArrayList<>(value.list().size());
    for (String element : value.list()) {
      edited.add(edit.apply(element));
    }
    return new Value(null, edited, value.star());
  }

  private interface Edit {
    String apply(String text);
  }

  private Edit edit(ParamExpansion p) {
    String source = words.patternSource(p.operand());
    if (expander.isByteLocale()) {
      Edit edit = edit(p, ByteText.of(source));
      return text -> ByteText.joined(edit.apply(ByteText.of(text)));
    }
    return edit(p, source);
  }

  private Edit edit(ParamExpansion p, String source) {
    switch (p.operation()) {
      case UPPER_FIRST, UPPER_ALL, LOWER_FIRST, LOWER_ALL, TOGGLE_FIRST, TOGGLE_ALL -> {
        Pattern pattern = source.isEmpty() ? null : compile(source, false);
        return text -> recased(text, p.operation(), pattern);
      }
      case REMOVE_SHORT_PREFIX -> {
        Pattern pattern = compile(source, false);
        return text -> withoutPrefix(text, pattern.shortestPrefix(text));
      }
      case REMOVE_LONG_PREFIX -> {
        Pattern pattern = compile(source, false);
        return text -> withoutPrefix(text, pattern.longestPrefix(text));
      }
      case REMOVE_SHORT_SUFFIX -> {
        Pattern pattern = compile(source, false);
        return text -> withoutSuffix(text, pattern.shortestSuffix(text));
      }
      case REMOVE_LONG_SUFFIX -> {
        Pattern pattern = compile(source, false);
        return text -> withoutSuffix(text, pattern.longestSuffix(text));
      }
      default -> {
        return replacing(p, source);
      }
    }
  }

  private Pattern compile(String source, boolean substitution) {
    int flags = options.extglob ? Pattern.EXTGLOB : 0;
    if (substitution && options.nocasematch) {
      flags |= Pattern.NOCASE;
    }
    return Pattern.compile(source, flags);
  }

  private static String withoutPrefix(String text, int length) {
    return length <= 0 ? text : text.substring(length);
  }

  private static String withoutSuffix(String text, int start) {
    return start < 0 ? text : text.substring(0, start);
  }

  private Edit replacing(ParamExpansion p, String source) {
    Operation operation = p.operation();
    String pattern = source;
    if (operation == Operation.REPLACE_FIRST && !source.isEmpty()) {
      char anchor = source.charAt(0);
      if (anchor == '#' || anchor == '%') {
        operation = anchor == '#' ? Operation.REPLACE_PREFIX : Operation.REPLACE_SUFFIX;
        pattern = source.substring(1);
      }
    }
    String replacement = p.replacement() == null ? "" : words.replacement(p.replacement());
    boolean ampersands = options.patsubReplacement && hasActive(replacement);
    Operation how = operation;
    Pattern compiled = compile(pattern, true);
    if (pattern.isEmpty() && how != Operation.REPLACE_PREFIX && how != Operation.REPLACE_SUFFIX) {
      return text -> text;
    }
    return text -> replaced(text, compiled, how, replacement, ampersands);
  }

  private static boolean hasActive(String replacement) {
    return replacement.indexOf('&') >= 0 || replacement.indexOf('\\') >= 0;
  }

  private static String replaced(
      String text, Pattern pattern, Operation how, String replacement, boolean ampersands) {
    StringBuilder out = new StringBuilder(text.length() + replacement.length());
    if (how == Operation.REPLACE_PREFIX || how == Operation.REPLACE_SUFFIX) {
      boolean prefix = how == Operation.REPLACE_PREFIX;
      int at = prefix ? pattern.longestPrefix(text) : pattern.longestSuffix(text);
      if (at < 0) {
        return text;
      }
      if (prefix) {
        put(replacement, ampersands, text, 0, at, out);
        return out.append(text, at, text.length()).toString();
      }
      out.append(text, 0, at);
      put(replacement, ampersands, text, at, text.length(), out);
      return out.toString();
    }
    if (text.isEmpty()) {
      // an empty value is still one place where the pattern may match
      if (!pattern.matches(text)) {
        return text;
      }
      put(replacement, ampersands, text, 0, 0, out);
      return out.toString();
    }
    Pattern.Finder finder = pattern.finder(text);
    int at = 0;
    int from = 0;
    while (from < text.length() && finder.find(from) && finder.start() < text.length()) {
      out.append(text, at, finder.start());
      put(replacement, ampersands, text, finder.start(), finder.end(), out);
      at = finder.end();
      Memory.text("pattern substitution", out.length());
      Sched.checkpoint();
      from = finder.end() > finder.start() ? finder.end() : text.offsetByCodePoints(at, 1);
      if (how != Operation.REPLACE_ALL) {
        break;
      }
    }
    return at == 0 && out.length() == 0 ? text : out.append(text, at, text.length()).toString();
  }

  private static void put(
      String replacement, boolean ampersands, String text, int from, int to, StringBuilder out) {
    if (!ampersands) {
      out.append(replacement);
      return;
    }
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c == '&') {
        out.append(text, from, to);
      } else if (c == '\\'
          && i + 1 < replacement.length()
          && (replacement.charAt(i + 1) == '&' || replacement.charAt(i + 1) == '\\')) {
        out.append(replacement.charAt(++i));
      } else {
        out.append(c);
      }
    }
  }

  private static String recased(String text, Operation operation, Pattern pattern) {
    boolean all =
        operation == Operation.UPPER_ALL
            || operation == Operation.LOWER_ALL
            || operation == Operation.TOGGLE_ALL;
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int width = Character.charCount(c);
      boolean selected =
          (all || i == 0) && (pattern == null || pattern.matches(text.substring(i, i + width)));
      out.appendCodePoint(selected ? recased(c, operation) : c);
      i += width;
    }
    return out.toString();
  }

  private static int recased(int c, Operation operation) {
    return switch (operation) {
      case UPPER_FIRST, UPPER_ALL -> LetterCase.upper(c);
      case LOWER_FIRST, LOWER_ALL -> LetterCase.lower(c);
      default -> LetterCase.toggle(c);
    };
  }

  /** An offset or a count; its errors name the parameter. */
  private long evaluated(ParamExpansion p, Arithmetic expression) {
    try {
      return expander.arithmetic(expression);
    } catch (ArithException e) {
      String subscript = p.subscript() == null ? "" : "[" + p.subscript().text() + "]";
      throw ExpansionError.expression(p.name() + subscript + ": " + e.getMessage());
    }
  }

  /** {@code ${x:offset:count}}. */
  String substring(ParamExpansion p, String whole) {
    String text = expander.isByteLocale() ? ByteText.of(whole) : whole;
    String part = slice(p, text);
    return expander.isByteLocale() ? ByteText.joined(part) : part;
  }

  private String slice(ParamExpansion p, String text) {
    int length = positions.count(text);
    long start = evaluated(p, p.offset());
    if (start < 0) {
      start += length;
    }
    if (start < 0 || start > length) {
      return ""; // the count is not even evaluated
    }
    long end = length;
    if (p.count() != null) {
      long count = evaluated(p, p.count());
      end = count < 0 ? length + count : start + Math.min(count, length - start);
      if (end < start) {
        throw ExpansionError.expression(p.count().text() + ": substring expression < 0");
      }
    }
    int from = positions.position(text, (int) start);
    return text.substring(from, positions.position(text, (int) end));
  }

  /** {@code ${@:offset:count}}; position 0 is the shell's name. */
  List<String> positionals(ParamExpansion p) {
    int n = shell.positionalCount();
    long start = evaluated(p, p.offset());
    if (start < 0) {
      start += n + 1;
    }
    List<String> values = new ArrayList<>();
    if (start < 0 || start > n + 1) {
      return values;
    }
    long end = n + 1L;
    if (p.count() != null) {
      end = start + Math.min(count(p), n + 1);
    }
    for (long i = start; i < end && i <= n; i++) {
      values.add(i == 0 ? shell.shellName() : shell.positional((int) i));
    }
    return values;
  }

  private long count(ParamExpansion p) {
    long count = evaluated(p, p.count());
    if (count < 0) {
      throw ExpansionError.expression(p.count().text() + ": substring expression < 0");
    }
    return count;
  }

  /**
   * {@code ${a[@]:offset:count}} of an array: the offset is an index, the count one of elements.
   */
  List<String> elements(ParamExpansion p, Variable v) {
    List<String> values = new ArrayList<>();
    long end = v.map() != null ? v.map().size() + 1 : v.array() == null ? 0 : v.array().end();
    if (end == 0) {
      return values; // the offset is not even evaluated
    }
    long start = evaluated(p, p.offset());
    if (start < 0) {
      start += end;
    }
    if (start < 0 || start > end || start == end && v.map() == null) {
      return values;
    }
    long count = p.count() == null ? Long.MAX_VALUE : count(p);
    if (v.map() != null) {
      // the elements count from 1, and 0 means the first as well
      List<String> all = v.map().values();
      for (long i = Math.max(start, 1) - 1; i < all.size() && count-- > 0; i++) {
        values.add(all.get((int) i));
      }
      return values;
    }
    for (long i = v.array().next(start); i >= 0 && count-- > 0; i = v.array().next(i + 1)) {
      values.add(v.array().get(i));
    }
    return values;
  }

  /**
   * What an operator behind {@code @} makes of a value.
   *
   * @param joins whether the elements become one text
   */
  Value transform(ParamExpansion p, String name, Subscript subscript, Value value, boolean joins) {
    char letter = p.transform();
    boolean whole = subscript != null && (subscript.isAt() || subscript.isStar());
    boolean positional = name.equals("@") || name.equals("*");
    switch (letter) {
      case 'A' -> {
        if (positional) {
          return value.list().isEmpty() ? value : quotedSet(value, joins);
        }
        Variable v = variables.resolved(name);
        if (v == null) {
          return Value.of("");
        }
        if (whole && v.has(Variable.INDEXED | Variable.ASSOCIATIVE)) {
          List<String> words = arrayAssignment(v);
          return joins || !separator().equals(" ")
              ? Value.of(String.join(" ", words))
              : new Value(null, words, value.star());
        }
        return Value.of(assignment(v, value));
      }
      case 'a' -> {
        Variable v = positional ? null : variables.resolved(name);
        String letters = "";
        if (v != null
            && (value.isSet() || v.has(Variable.INDEXED | Variable.ASSOCIATIVE) || !v.hasValue())) {
          StringBuilder out = new StringBuilder();
          VariableSource.flags(v.attributes(), out);
          letters = out.toString();
        }
        if (value.list() == null) {
          return Value.of(letters);
        }
        List<String> each = new ArrayList<>();
        for (int i = 0; i < value.list().size(); i++) {
          each.add(letters);
        }
        return new Value(null, each, value.star());
      }
      case 'K', 'k' -> {
        Variable v = positional ? null : variables.resolved(name);
        if (whole && v != null && v.has(Variable.INDEXED | Variable.ASSOCIATIVE)) {
          return letter == 'K' ? Value.of(pairs(v)) : new Value(null, pairList(v), value.star());
        }
        return mapped('Q', value);
      }
      case 'Q', 'E', 'P', 'U', 'u', 'L' -> {
        return mapped(letter, value);
      }
      default -> {
        if (!value.isSet()) {
          return Value.of("");
        }
        throw new ExpansionError(p.source() + ": bad substitution");
      }
    }
  }

  private Value mapped(char letter, Value value) {
    if (value.list() == null) {
      return value.scalar() == null ? Value.of("") : Value.of(one(letter, value.scalar()));
    }
    List<String> mapped = new ArrayList<>(value.list().size());
    for (String element : value.list()) {
      mapped.add(one(letter, element));
    }
    return new Value(null, mapped, value.star());
  }

  private String one(char letter, String text) {
    return switch (letter) {
      case 'Q' -> Quoting.quote(text);
      case 'E' -> AnsiQuote.decode(text);
      case 'P' -> shell.expandPrompt(text);
      case 'U' -> LetterCase.upper(text);
      case 'L' -> LetterCase.lower(text);
      default -> recased(text, Operation.UPPER_FIRST, null);
    };
  }

  /** What separates the elements of a list as text: a blank when IFS is empty. */
  private String separator() {
    String joiner = expander.ifs().joiner();
    return joiner.isEmpty() ? " " : joiner;
  }

  /** The statement that sets the positional parameters again, in pieces that IFS separates. */
  private Value quotedSet(Value values, boolean joins) {
    List<String> words = new ArrayList<>(values.list().size() + 2);
    for (String value : values.list()) {
      words.add(Quoting.quote(value));
    }
    if (joins) {
      return Value.of("set -- " + String.join(expander.ifs().joiner(), words));
    }
    if (separator().equals(" ")) {
      words.add(0, "--");
      words.add(0, "set");
    } else {
      words.set(0, "set -- " + words.get(0));
    }
    return new Value(null, words, values.star());
  }

  /** The words of the statement that makes the array again: {@code ${a[@]@A}}. */
  private static List<String> arrayAssignment(Variable v) {
    StringBuilder flags = new StringBuilder("-");
    VariableSource.flags(v.attributes(), flags);
    StringBuilder last = new StringBuilder(v.name());
    if (v.hasValue()) {
      VariableSource.elements(v, last.append('='));
    }
    return List.of("declare", flags.toString(), last.toString());
  }

  /** The statement that makes the variable again: {@code ${x@A}}. */
  private static String assignment(Variable v, Value value) {
    StringBuilder out = new StringBuilder();
    VariableSource.flags(v.attributes(), out);
    if (out.length() > 0) {
      out.insert(0, "declare -").append(' ');
    }
    if (!value.isSet()) {
      return out.length() == 0 ? "" : out.append(v.name()).toString();
    }
    String text = value.list() != null ? value.list().get(0) : value.scalar();
    return out.append(v.name()).append('=').append(Quoting.quote(text)).toString();
  }

  /** {@code 0 "x" 1 "y"}. */
  private static String pairs(Variable v) {
    StringBuilder out = new StringBuilder();
    if (v.array() != null) {
      for (long i = v.array().next(0); i >= 0; i = v.array().next(i + 1)) {
        out.append(out.length() > 0 ? " " : "").append(i).append(' ');
        out.append(Quoting.declared(v.array().get(i)));
      }
    } else if (v.map() != null) {
      for (String key : v.map().keys()) {
        out.append(Quoting.declaredKey(key)).append(' ');
        out.append(Quoting.declared(v.map().get(key))).append(' ');
      }
    }
    return out.toString();
  }

  private static List<String> pairList(Variable v) {
    List<String> list = new ArrayList<>();
    if (v.array() != null) {
      for (long i = v.array().next(0); i >= 0; i = v.array().next(i + 1)) {
        list.add(Long.toString(i));
        list.add(v.array().get(i));
      }
    } else if (v.map() != null) {
      for (String key : v.map().keys()) {
        list.add(key);
        list.add(v.map().get(key));
      }
    }
    return list;
  }
}
