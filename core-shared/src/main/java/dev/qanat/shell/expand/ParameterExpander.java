package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.ParamExpansion;
import dev.qanat.shell.syntax.ParamExpansion.Operation;
import dev.qanat.shell.syntax.Subscript;
import dev.qanat.shell.syntax.Word;
import java.util.ArrayList;
import java.util.List;

/** Expands {@code $x}, {@code ${x[@]:-word}} and all the other forms. */
final class ParameterExpander {
  private final Expander expander;
  private final WordExpander words;
  private final ShellContext shell;
  private final Variables variables;
  private final ExpandOptions options;
  private final ValueTransforms transforms;

  /**
   * What a parameter stands for.
   *
   * @param scalar null when unset or a list
   * @param list the values of {@code @ * a[@] a[*]}; else null
   * @param star whether they are joined within double quotes
   */
  record Value(String scalar, List<String> list, boolean star) {
    static final Value UNSET = new Value(null, null, false);

    static Value of(String scalar) {
      return scalar == null ? UNSET : new Value(scalar, null, false);
    }

    boolean isSet() {
      return list != null ? !list.isEmpty() : scalar != null;
    }

    boolean isNull() {
      return list != null
          ? list.isEmpty() || list.size() == 1 && list.get(0).isEmpty()
          : scalar == null || scalar.isEmpty();
    }
  }

  /** In a here-document, {@code $*} is joined by spaces whatever IFS is. */
  boolean inHereDocument;

  ParameterExpander(Expander expander, WordExpander words, ShellContext shell) {
    this.expander = expander;
    this.words = words;
    this.shell = shell;
    this.variables = shell.variables();
    this.options = shell.options();
    this.transforms = new ValueTransforms(expander, words, shell);
  }

  /**
   * The value of a parameter that is a name, a position or a special one but {@code @} and {@code
   * *}.
   */
  String scalar(String name) {
    char c = name.charAt(0);
    if (c == '_' && name.length() == 1) {
      return shell.special(c);
    }
    if (c >= 'a' || c >= 'A' && c <= 'Z' || c == '_') {
      return variables.get(name);
    }
    if (c >= '0' && c <= '9') {
      return positional(name);
    }
    return switch (c) {
      case '@', '*' -> null;
      case '#' -> Integer.toString(shell.positionalCount());
      default -> shell.special(c);
    };
  }

  private String positional(String digits) {
    int n = 0;
    for (int i = 0; i < digits.length(); i++) {
      n = Math.min(n, 99_999_999) * 10 + (digits.charAt(i) - '0');
    }
    if (n == 0) {
      return shell.shellName();
    }
    return n <= shell.positionalCount() ? shell.positional(n) : null;
  }

  private List<String> positionals() {
    int n = shell.positionalCount();
    List<String> all = new ArrayList<>(n);
    for (int i = 1; i <= n; i++) {
      all.add(shell.positional(i));
    }
    return all;
  }

  private Value value(String name, Subscript subscript) {
    if (subscript == null) {
      if (name.equals("@") || name.equals("*")) {
        return new Value(null, positionals(), name.equals("*") && !inHereDocument);
      }
      Variable v = variables.lookup(name);
      if (v != null && v.has(Variable.NAMEREF)) {
        String target = variables.namerefs().follow(name);
        Reference r = target.indexOf('[') < 0 ? null : Reference.of(target);
        return r != null
            ? value(r.name(), r.subscript())
            : Value.of(variables.namerefs().valueAt(target));
      }
      return Value.of(scalar(name));
    }
    if (subscript.isAt() || subscript.isStar()) {
      Variable v = variables.resolved(name);
      return new Value(null, elements(v), subscript.isStar());
    }
    return Value.of(element(name, subscript, true));
  }

  private static List<String> elements(Variable v) {
    if (v == null || !v.hasValue()) {
      return List.of();
    }
    if (v.array() != null) {
      return v.array().values();
    }
    return v.map() != null ? v.map().values() : List.of(v.value());
  }

  private String element(String name, Subscript subscript, boolean reports) {
    Variable v = variables.resolved(name);
    if (v != null && v.has(Variable.ASSOCIATIVE)) {
      String key = expander.key(subscript);
      if (key.isEmpty() && reports) {
        shell.report(name + ": bad array subscript");
      } else if (key.isEmpty() && v.hasValue()) {
        throw badLength(subscript);
      }
      return v.map() == null ? null : v.map().get(key);
    }
    if (subscript.text().isEmpty()) {
      throw new ExpansionError(name + "[]: bad array subscript");
    }
    long index = expander.index(subscript);
    if (index < 0) {
      index += v == null || v.array() == null ? 0 : v.array().end();
      if (index < 0) {
        if (reports) {
          shell.report(name + ": bad array subscript");
        } else if (v != null && v.hasValue()) {
          throw badLength(subscript);
        }
        return null;
      }
    }
    if (v == null) {
      return null;
    }
    return v.array() != null ? v.array().get(index) : index == 0 ? v.value() : null;
  }

  /** Of an element that cannot be, bash names what is behind the bracket. */
  private static ExpansionError badLength(Subscript subscript) {
    return new ExpansionError(subscript.text() + "]: bad array subscript");
  }

  /** The value of a reference as one string; null when unset. */
  String value(Reference r) {
    Value v = value(r.name(), r.subscript());
    if (v.list() == null) {
      return v.scalar();
    }
    return v.list().isEmpty() ? null : String.join(" ", v.list());
  }

  boolean isSet(Reference r) {
    char first = r.name().charAt(0);
    if (first < '0' || first > '9' && first < 'A') {
      return false; // @, * and the like are no variables
    }
    if (r.isWhole()) {
      Variable v = variables.resolved(r.name());
      if (v != null && v.has(Variable.ASSOCIATIVE)) {
        // since 5.2 that is the key @ or *
        return v.map() != null && v.map().get(r.subscript().text()) != null;
      }
    }
    if (options.assocExpandOnce && r.subscript() != null) {
      Variable v = variables.resolved(r.name());
      if (v != null && v.has(Variable.ASSOCIATIVE)) {
        return v.map() != null && v.map().get(r.subscript().text()) != null;
      }
    }
    return value(r.name(), r.subscript()).isSet();
  }

  void expand(ParamExpansion p, boolean quoted, FieldBuilder builder) {
    if (p.isPlain() && p.subscript() == null) {
      plain(p, quoted, builder);
      return;
    }
    switch (p.operation()) {
      case BAD -> throw new ExpansionError(p.source() + ": bad substitution");
      case NAMES_AT, NAMES_STAR -> {
        boolean star = p.operation() == Operation.NAMES_STAR;
        emit(new Value(null, namesWith(p.name()), star), quoted, builder);
        return;
      }
      case KEYS -> {
        Variable v = variables.resolved(p.name());
        emit(new Value(null, keys(v), p.subscript().isStar()), quoted, builder);
        return;
      }
      default -> {}
    }
    String name = p.name();
    Subscript subscript = p.subscript();
    if (subscript != null && subscript.text().isEmpty()) {
      throw new ExpansionError(p.source() + ": bad substitution");
    }
    if (p.indirect()) {
      Variable v = variables.lookup(name);
      if (v != null && v.has(Variable.NAMEREF) && subscript == null) {
        if (p.operation() == Operation.NONE) {
          boolean refers = v.value() != null && !v.value().isEmpty();
          String target = refers ? variables.namerefs().follow(name) : "";
          emit(Value.of(target), quoted, builder);
          return;
        }
      }
      Reference target = indirect(p);
      if (target == null) {
        operation(p, name, subscript, Value.UNSET, quoted, builder);
        return;
      }
      name = target.name();
      subscript = target.subscript();
    }
    if (p.length()) {
      emit(Value.of(Integer.toString(length(p, name, subscript))), quoted, builder);
      return;
    }
    operation(p, name, subscript, quoted, builder);
  }

  private void plain(ParamExpansion p, boolean quoted, FieldBuilder builder) {
    String name = p.name();
    char c = name.charAt(0);
    if (c == '@' || c == '*') {
      emit(new Value(null, positionals(), c == '*' && !inHereDocument), quoted, builder);
      return;
    }
    Variable v = variables.lookup(name);
    if (v != null && v.has(Variable.NAMEREF)) {
      Value target = value(name, null);
      if (!target.isSet() && target.list() == null) {
        refuseUnset(name, null);
      }
      if (target.list() != null && p.source().startsWith("${")) {
        target = Value.of(String.join(" ", target.list()));
      }
      emit(target, quoted, builder);
      return;
    }
    String value = scalar(name);
    if (value == null) {
      boolean bare = !p.source().startsWith("${");
      refuseUnset(bare && (c == '!' || Character.isDigit(c)) ? "$" + name : name, null);
      value = "";
    }
    if (quoted) {
      builder.quoted(value);
    } else {
      builder.expanded(value);
    }
  }

  private void refuseUnset(String name, Subscript subscript) {
    if (options.nounset) {
      String shown = shown(name, subscript);
      throw new ExpansionError(shown + ": unbound variable", 1, ExpansionError.Outcome.EXIT);
    }
  }

  /** Refuses a parameter without a value; one that another names is told by the other's name. */
  private void refuseUnset(ParamExpansion p, String name, Subscript subscript) {
    if (p.indirect()) {
      refuseUnset("!" + p.name(), p.subscript());
    } else {
      refuseUnset(name, subscript);
    }
  }

  private static String shown(String name, Subscript subscript) {
    return subscript == null ? name : name + "[" + subscript.text() + "]";
  }

  /**
   * The parameter that an indirect expansion's parameter names; null when that one exists but has
   * no value.
   */
  private Reference indirect(ParamExpansion p) {
    Value holder = value(p.name(), p.subscript());
    String target =
        holder.list() == null
            ? holder.scalar()
            : holder.list().isEmpty() ? null : String.join(" ", holder.list());
    if (target == null) {
      if (Reference.nameEnd(p.name()) == 0 || variables.resolved(p.name()) != null) {
        return null;
      }
      throw new ExpansionError(shown(p.name(), p.subscript()) + ": invalid indirect expansion");
    }
    Reference r = Reference.of(target);
    if (r == null) {
      throw new ExpansionError(target + ": invalid variable name");
    }
    return r;
  }

  private List<String> namesWith(String prefix) {
    List<String> names = new ArrayList<>();
    for (String name : variables.names()) {
      if (name.startsWith(prefix) && variables.find(name).hasValue()) {
        names.add(name);
      }
    }
    return names;
  }

  private static List<String> keys(Variable v) {
    if (v == null || !v.hasValue()) {
      return List.of();
    }
    if (v.array() != null) {
      return v.array().keys();
    }
    return v.map() != null ? v.map().keys() : List.of("0");
  }

  private int length(ParamExpansion p, String name, Subscript subscript) {
    if (subscript == null && !expander.isByteLocale()) {
      int n = variables.growingCharacters(name);
      if (n >= 0) {
        return n;
      }
    }
    boolean one = subscript != null && !subscript.isAt() && !subscript.isStar();
    if (subscript != null && options.nounset) {
      Variable array = variables.resolved(name);
      boolean none = array == null || !array.hasValue();
      if (none || array.array() == null && array.map() == null) {
        throw new ExpansionError(name + ": unbound variable");
      }
    }
    if (subscript != null && !one) {
      int n = variables.elementCount(name);
      if (n > 0) {
        return n;
      }
    }
    Value v = one ? Value.of(element(name, subscript, false)) : value(name, subscript);
    if (v.list() != null) {
      return v.list().size();
    }
    if (v.scalar() == null) {
      if (!name.equals("!") && subscript == null) {
        refuseUnset(p, name, null);
      }
      return 0;
    }
    return transforms.characters(v.scalar());
  }

  private void operation(
      ParamExpansion p, String name, Subscript subscript, boolean quoted, FieldBuilder builder) {
    if (p.operation() == Operation.SUBSTRING) {
      slice(p, name, subscript, quoted, builder);
      return;
    }
    operation(p, name, subscript, value(name, subscript), quoted, builder);
  }

  private void operation(
      ParamExpansion p,
      String name,
      Subscript subscript,
      Value given,
      boolean quoted,
      FieldBuilder builder) {
    Value value = given;
    switch (p.operation()) {
      case DEFAULT -> {
        if (isMissing(p, value, quoted, builder)) {
          words.operand(p.operand(), quoted, builder);
        } else {
          emit(value, quoted, builder);
        }
      }
      case ALTERNATE -> {
        if (!isMissing(p, value, quoted, builder)) {
          words.operand(p.operand(), quoted, builder);
        } else if (quoted && (value.list() == null || value.star() || !value.list().isEmpty())) {
          builder.quoted("");
        }
      }
      case ASSIGN -> {
        if (isMissing(p, value, quoted, builder)) {
          value = Value.of(assignDefault(p, name, subscript, quoted));
        }
        emit(value, quoted, builder);
      }
      case ERROR -> {
        if (isMissing(p, value, quoted, builder)) {
          throw unsetError(p, name, subscript);
        }
        emit(value, quoted, builder);
      }
      case TRANSFORM -> {
        if (value.list() == null && value.scalar() == null && options.nounset) {
          refuseUnset(p, name, subscript);
        }
        if ((p.transform() == 'A' || p.transform() == 'a')
            && subscript != null
            && value.list() == null
            && value.scalar() == null) {
          value = value(name, subscript); // bash looks twice, which its messages tell
        }
        boolean joins = value.star() && (quoted || !builder.splits());
        emitEdited(transforms.transform(p, name, subscript, value, joins), quoted, builder);
      }
      case NONE -> {
        if (value.list() == null && value.scalar() == null) {
          refuseUnset(p, name, subscript);
          value = Value.of("");
        }
        emit(value, quoted, builder);
      }
      default -> {
        if (value.list() == null && value.scalar() == null) {
          refuseUnset(p, name, subscript);
          emit(Value.of(""), quoted, builder); // not even an empty text to match
          return;
        }
        emitEdited(transforms.edit(p, value), quoted, builder);
      }
    }
  }

  private static boolean isMissing(
      ParamExpansion p, Value value, boolean quoted, FieldBuilder builder) {
    boolean empty = !quoted && builder.keepsEmpty(); // an empty element is not nothing there
    if (value.list() != null && (p.indirect() || empty)) {
      return value.list().isEmpty();
    }
    return p.colon() ? value.isNull() : !value.isSet();
  }

  private String assignDefault(ParamExpansion p, String name, Subscript subscript, boolean quoted) {
    if (Reference.nameEnd(name) == 0) {
      throw new ExpansionError(
          (Character.isDigit(name.charAt(0)) || "@*#?-$!".contains(name) ? "$" : "")
              + name
              + ": cannot assign in this way");
    }
    String value = words.operandString(p.operand(), quoted);
    if (subscript != null) {
      expander.assignElement(name, subscript, Scope.VISIBLE, value, false);
      Variable v = variables.resolved(name);
      return v == null ? value : ValueConversion.converted(expander, v.attributes(), null, value);
    }
    variables.set(name, value);
    String assigned = value(name, null).scalar();
    return assigned == null ? value : assigned;
  }

  private ExpansionError unsetError(ParamExpansion p, String name, Subscript subscript) {
    String shown = p.indirect() ? "!" + p.name() : name;
    if (subscript != null && !p.indirect()) {
      shown += "[" + subscript.text() + "]";
    }
    if (Character.isDigit(name.charAt(0)) && !p.indirect()) {
      shown = name;
    }
    String text =
        p.operand().text().isEmpty()
            ? p.colon() ? "parameter null or not set" : "parameter not set"
            : String.join(" ", expander.unmatchedFields(Word.of(p.operand().text())));
    return new ExpansionError(shown + ": " + text, 1, ExpansionError.Outcome.EXIT);
  }

  private void slice(
      ParamExpansion p, String name, Subscript subscript, boolean quoted, FieldBuilder builder) {
    boolean positions = subscript == null && (name.equals("@") || name.equals("*"));
    boolean whole = subscript != null && (subscript.isAt() || subscript.isStar());
    Variable array = whole ? variables.resolved(name) : null;
    boolean elements = array != null && array.has(Variable.INDEXED | Variable.ASSOCIATIVE);
    if (!positions && !elements) {
      Value value = value(name, subscript);
      String text = value.scalar();
      if (value.list() != null && !value.list().isEmpty()) {
        text = String.join(" ", value.list());
      } else if (text == null && whole) {
        emit(new Value(null, List.of(), subscript.isStar()), quoted, builder);
        return;
      } else if (text == null) {
        refuseUnset(p, name, subscript);
      }
      // the offset of nothing is not even evaluated
      emit(Value.of(text == null ? "" : transforms.substring(p, text)), quoted, builder);
      return;
    }
    boolean star = positions ? name.equals("*") : subscript.isStar();
    List<String> values = positions ? transforms.positionals(p) : transforms.elements(p, array);
    emit(new Value(null, values, star), quoted, builder);
  }

  /** Where there is no splitting, bash joins what it made of the elements by IFS. */
  private void emitEdited(Value value, boolean quoted, FieldBuilder builder) {
    boolean joined = value.list() != null && !quoted && !builder.splits();
    boolean byIfs = joined && !expander.ifs().joiner().isEmpty();
    emit(byIfs ? new Value(null, value.list(), true) : value, quoted, builder);
  }

  private void emit(Value value, boolean quoted, FieldBuilder builder) {
    if (value.list() == null) {
      String text = value.scalar() == null ? "" : value.scalar();
      if (quoted) {
        builder.quoted(text);
      } else {
        builder.expanded(text);
      }
    } else if (!quoted) {
      builder.expandedList(value.list(), value.star());
    } else if (value.star()) {
      builder.quoted(String.join(expander.ifs().joiner(), value.list()));
    } else {
      builder.quotedList(value.list());
    }
  }
}
