package dev.qanat.shell.expand;

import dev.qanat.shell.syntax.ArithException;
import dev.qanat.shell.syntax.Assignment;
import dev.qanat.shell.syntax.Command;
import dev.qanat.shell.syntax.CommandList;
import dev.qanat.shell.syntax.Dialect;
import dev.qanat.shell.syntax.Parser;
import dev.qanat.shell.syntax.Subscript;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import java.util.ArrayList;
import java.util.List;

/** Assignments that involve arrays or attributes. */
final class ArrayAssigner {
  private final Expander expander;
  private final ShellContext shell;
  private final Variables variables;

  ArrayAssigner(Expander expander, ShellContext shell) {
    this.expander = expander;
    this.shell = shell;
    this.variables = shell.variables();
  }

  void assign(Assignment a, Scope scope, int attributes) {
    if (a.array() != null) {
      array(a, scope, attributes);
    } else {
      String value = expander.assigned(a.value());
      boolean refers = (attributes & Variable.NAMEREF) != 0;
      if ((attributes & ~Variable.READONLY) != 0 || scope != Scope.VISIBLE) {
        refuseReadonly(a.name(), scope);
        if (!refers) {
          variables.declare(a.name(), scope, attributes & ~Variable.READONLY, 0);
        }
      }
      if (refers) {
        int added = attributes & ~Variable.READONLY;
        variables.namerefs().declare(a.name(), scope, added, value, a.append());
      } else if (a.subscript() != null) {
        element(a.name(), a.subscript(), scope, value, a.append());
      } else {
        variables.set(a.name(), scope, value, a.append());
      }
    }
    if ((attributes & Variable.READONLY) != 0) {
      variables.declare(a.name(), scope, Variable.READONLY, 0);
    }
  }

  private void refuseReadonly(String name, Scope scope) {
    Variable v = variables.find(name, scope);
    if (v != null && v.has(Variable.READONLY)) {
      throw new ExpansionError(name + ": readonly variable");
    }
  }

  private void array(Assignment a, Scope scope, int attributes) {
    if (a.subscript() != null) {
      throw new ExpansionError(
          a.name() + "[" + a.subscript().text() + "]: cannot assign list to array member");
    }
    String name = a.name();
    Variable v = variables.find(name, scope);
    if (v != null && v.has(Variable.NAMEREF)) {
      name = variables.namerefs().follow(name);
      v = variables.find(name, scope);
      if (v != null && v.has(Variable.NAMEREF)) {
        shell.report("warning: " + name + ": removing nameref attribute");
      }
    }
    boolean associative =
        (attributes & Variable.ASSOCIATIVE) != 0 || v != null && v.has(Variable.ASSOCIATIVE);
    if (associative) {
      map(a, name, v, scope, attributes);
      return;
    }
    refuseReadonly(name, scope);
    if (attributes == 0 && scope == Scope.VISIBLE && name.indexOf('[') < 0) {
      // the words that are expanded next see an array
      if (v == null || !v.has(Variable.INDEXED)) {
        boolean set = v != null && v.hasValue();
        variables.declare(name, scope, Variable.INDEXED, 0);
        if (!set) {
          variables.setArray(name, scope, new IndexedArray());
        }
        v = variables.find(name, scope);
      }
    }
    // all words are expanded before the first element is assigned
    List<Subscript> subscripts = new ArrayList<>();
    List<Boolean> appends = new ArrayList<>();
    List<String> values = new ArrayList<>();
    boolean keyed = false;
    try {
      for (Assignment.Element element : a.array()) {
        Word braced = element.subscript() == null ? null : withBraces(element);
        if (braced != null) {
          // braces come first and leave words that are no assignments
          expander.fields(braced, values);
        } else if (element.subscript() != null) {
          keyed = true;
          values.add(expander.element(element.value()));
          while (subscripts.size() < values.size() - 1) {
            subscripts.add(null);
            appends.add(false);
          }
          subscripts.add(element.subscript());
          appends.add(element.append());
        } else {
          expander.fields(element.value(), values);
        }
      }
    } catch (ExpansionError e) {
      throw e.ofElement();
    }
    if (name.indexOf('[') >= 0) {
      throw new ExpansionError("`" + name + "': not a valid identifier");
    }
    int declared = declare(name, v, scope, attributes, Variable.INDEXED);
    v = variables.find(name, scope);
    boolean converts = (declared & ValueConversion.ATTRIBUTES) != 0;
    IndexedArray result;
    if (a.append()) {
      result = variables.growing(name, scope);
    } else if (!keyed && !converts) {
      variables.setArray(name, scope, IndexedArray.of(values));
      return;
    } else {
      // what is assigned first can be seen by the subscripts that follow
      variables.setArray(name, scope, new IndexedArray());
      result = variables.growing(name, scope);
    }
    long next = result.end();
    for (int i = 0; i < values.size(); i++) {
      Subscript subscript = i < subscripts.size() ? subscripts.get(i) : null;
      String old = null;
      if (subscript != null) {
        long index = subscript.text().isEmpty() ? -1 - result.end() : elementIndex(subscript);
        if (index < 0) {
          index += result.end();
        }
        if (index < 0) {
          String key = expander.key(subscript);
          shell.report("[" + key + "]=" + values.get(i) + ": bad array subscript");
          continue;
        }
        next = index;
        result = variables.growing(name, scope);
        old = appends.get(i) ? result.get(next) : null;
      }
      String value = values.get(i);
      result.set(next++, ValueConversion.converted(expander, declared, old, value));
    }
  }

  /** The same array with every word expanded. */
  Assignment expanded(Assignment a, boolean associative) {
    List<Assignment.Element> elements = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    for (Assignment.Element element : a.array()) {
      Subscript key = element.subscript();
      Word word = key != null && !associative ? withBraces(element) : element.value();
      fields.clear();
      if (key != null && (associative || word == null)) {
        String value =
            associative ? expander.untilded(element.value()) : expander.element(element.value());
        String expanded = expander.key(key);
        Subscript subscript = new Subscript(associative ? Quoting.single(expanded) : expanded);
        Word literal = Word.of(Quoting.single(value));
        elements.add(new Assignment.Element(subscript, element.append(), literal));
        continue;
      }
      if (associative) {
        fields.add(expander.element(word));
      } else {
        expander.fields(word, fields);
      }
      for (String field : fields) {
        elements.add(new Assignment.Element(null, false, Word.of(Quoting.single(field))));
      }
    }
    return new Assignment(a.name(), a.subscript(), a.append(), a.value(), elements);
  }

  private long elementIndex(Subscript subscript) {
    try {
      return expander.index(subscript);
    } catch (ExpansionError e) {
      throw e.ofElement();
    }
  }

  /** An element as a word when it has braces to expand; else null. */
  private Word withBraces(Assignment.Element element) {
    String key = element.subscript().text();
    String value = element.value().text();
    if (key.indexOf('{') < 0 && value.indexOf('{') < 0) {
      return null;
    }
    Word word = Word.of("[" + key + (element.append() ? "]+=" : "]=") + value);
    return expander.hasBraces(word) ? word : null;
  }

  private int declare(String name, Variable v, Scope scope, int attributes, int kind) {
    refuseReadonly(name, scope);
    int add = attributes & ~Variable.READONLY;
    if (v == null || add != 0 || scope != Scope.VISIBLE || !v.has(kind)) {
      v = variables.declare(name, scope, add | kind, 0);
    }
    return v.attributes();
  }

  private long indexFor(String name, Subscript subscript, long end) {
    if (subscript.text().isEmpty()) {
      throw new ExpansionError(name + "[]: bad array subscript");
    }
    long index = expander.index(subscript);
    if (index < 0) {
      index += end;
      if (index < 0) {
        throw new ExpansionError(name + "[" + subscript.text() + "]: bad array subscript");
      }
    }
    return index;
  }

  private void map(Assignment a, String name, Variable old, Scope scope, int attributes) {
    List<Assignment.Element> elements = a.array();
    List<String> pairs = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    List<Boolean> appends = new ArrayList<>();
    boolean keyed = !elements.isEmpty() && elements.get(0).subscript() != null;
    boolean declares = attributes != 0 || scope != Scope.VISIBLE;
    try {
      for (Assignment.Element element : elements) {
        if (keyed) {
          if (element.subscript() == null) {
            String word = element.value().text();
            shell.report(
                name
                    + ": "
                    + (declares ? Quoting.single(word) : word)
                    + ": must use subscript when assigning associative array");
            continue;
          }
          pairs.add(expander.key(element.subscript()));
          pairs.add(expander.untilded(element.value()));
          appends.add(element.append());
          sources.add(
              "["
                  + element.subscript().text()
                  + (element.append() ? "]+=" : "]=")
                  + element.value().text());
        } else if (element.subscript() != null) {
          pairs.add("[" + element.subscript().text() + "]=" + expander.string(element.value()));
        } else {
          pairs.add(expander.element(element.value()));
        }
      }
    } catch (ExpansionError e) {
      throw e.ofElement();
    }
    int declared = declare(name, old, scope, attributes, Variable.ASSOCIATIVE);
    AssociativeArray visible = variables.growingMap(name, scope);
    AssociativeArray result = a.append() ? visible : new AssociativeArray();
    for (int i = 0; i < pairs.size(); i += 2) {
      String key = pairs.get(i);
      if (key.isEmpty()) {
        String shown = "";
        if (keyed) {
          shown = declares ? "['']=" + Quoting.single(pairs.get(i + 1)) : sources.get(i / 2);
        }
        shell.report(shown + ": bad array subscript");
        continue;
      }
      String value = i + 1 < pairs.size() ? pairs.get(i + 1) : "";
      String before = keyed && appends.get(i / 2) ? visible.get(key) : null;
      result.put(key, ValueConversion.converted(expander, declared, before, value));
    }
    if (!a.append()) {
      variables.setMap(name, scope, result);
    }
  }

  /** The same with a subscript that was computed before. */
  void element(String variable, String key, long index, String value) {
    Variable v = variables.find(variable);
    String name =
        v != null && v.has(Variable.NAMEREF) ? variables.namerefs().follow(variable) : variable;
    if (key != null) {
      if (key.isEmpty()) {
        throw new ExpansionError(name + "[]: bad array subscript");
      }
      variables.setElement(name, Scope.VISIBLE, key, value, false);
      return;
    }
    v = variables.find(name);
    long end = v == null || !v.hasValue() ? 0 : v.array() == null ? 1 : v.array().end();
    if (index < 0 && index + end < 0) {
      throw new ExpansionError(name + "[" + index + "]: bad array subscript");
    }
    variables.setElement(name, Scope.VISIBLE, index < 0 ? index + end : index, value, false);
  }

  void element(String variable, Subscript subscript, Scope scope, String value, boolean append) {
    String name = variable;
    Variable v = variables.find(name, scope);
    if (v != null && v.has(Variable.NAMEREF)) {
      name = variables.namerefs().follow(name);
      v = variables.find(name, scope);
    }
    if (v != null && v.has(Variable.ASSOCIATIVE)) {
      String key = expander.key(subscript);
      if (key.isEmpty()) {
        throw new ExpansionError(name + "[" + subscript.text() + "]: bad array subscript");
      }
      variables.setElement(name, scope, key, value, append);
      return;
    }
    if (subscript.isAt() || subscript.isStar()) {
      throw new ExpansionError(name + "[" + subscript.text() + "]: bad array subscript");
    }
    long end = v == null || !v.hasValue() ? 0 : v.array() == null ? 1 : v.array().end();
    long index = indexFor(name, subscript, end);
    variables.setElement(name, scope, index, value, append);
  }

  void unset(String reference) {
    Reference r = Reference.of(reference);
    if (r == null || Reference.nameEnd(r.name()) == 0) {
      throw new ExpansionError("`" + reference + "': not a valid identifier");
    }
    if (r.subscript() == null) {
      variables.unset(r.name());
      return;
    }
    String name = variables.namerefs().follow(r.name());
    Variable v = variables.find(name);
    if (v == null) {
      return;
    }
    if (v.has(Variable.READONLY)) {
      throw new ExpansionError(name + ": cannot unset: readonly variable");
    }
    if (v.has(Variable.ASSOCIATIVE)) {
      variables.unsetElement(
          name, r.isWhole() ? r.subscript().text() : expander.referenceKey(r.subscript()));
      return;
    }
    if (r.isWhole()) {
      if (v.has(Variable.INDEXED)) {
        variables.setArray(name, Scope.VISIBLE, new IndexedArray());
      } else {
        throw new ExpansionError(name + ": not an array variable");
      }
      return;
    }
    long index;
    try {
      index = expander.arithmetic(r.subscript().arithmetic());
    } catch (ArithException e) {
      throw new ExpansionError(e.getMessage(), 1, ExpansionError.Outcome.DISCARD);
    }
    if (!v.has(Variable.INDEXED)) {
      if (index == 0) {
        variables.unset(name);
        return;
      }
      throw new ExpansionError(name + ": not an array variable");
    }
    if (index < 0) {
      index += v.array() == null ? 0 : v.array().end();
      if (index < 0) {
        throw new ExpansionError("[" + r.subscript().text() + "]: bad array subscript");
      }
    }
    variables.unsetElement(name, Long.toString(index));
  }

  /** An array literal as text, where only a scalar can stand. */
  String text(Assignment a) {
    StringBuilder out = new StringBuilder("(");
    for (Assignment.Element element : a.array()) {
      out.append(out.length() > 1 ? " " : "").append(element.value().text());
    }
    return out.append(')').toString();
  }

  static Assignment parse(String argument, boolean arrays) {
    int i = Reference.nameEnd(argument);
    if (i == 0) {
      return null;
    }
    String name = argument.substring(0, i);
    Subscript subscript = null;
    if (i < argument.length() && argument.charAt(i) == '[') {
      int close = closing(argument, i);
      if (close < 0) {
        return null;
      }
      subscript = new Subscript(argument.substring(i + 1, close));
      i = close + 1;
    }
    boolean append = argument.startsWith("+=", i);
    if (!append && !argument.startsWith("=", i)) {
      return null;
    }
    String value = argument.substring(append ? i + 2 : i + 1);
    if (arrays && value.startsWith("(") && value.endsWith(")")) {
      Assignment literal = arrayLiteral(name, append, value);
      if (literal != null) {
        return literal;
      }
    }
    return new Assignment(name, subscript, append, Word.of(Quoting.single(value)), null);
  }

  private static Assignment arrayLiteral(String name, boolean append, String value) {
    try {
      CommandList list = Parser.of(name + "=" + value, Dialect.BASH, 1).nextCommand();
      if (list != null
          && list.items().size() == 1
          && list.items().get(0).andOr().first().commands().get(0) instanceof Command.Simple simple
          && simple.words().isEmpty()
          && simple.assignments().size() == 1
          && simple.assignments().get(0).array() != null) {
        return new Assignment(name, null, append, null, simple.assignments().get(0).array());
      }
      return null;
    } catch (SyntaxException e) {
      return null;
    }
  }

  /** Where the bracket that opens at {@code open} closes, quoted ones left out; or -1. */
  static int closing(String text, int open) {
    return closing(text, open, '[', ']');
  }

  /** The same of other brackets. */
  static int closing(String text, int open, char opening, char closing) {
    int level = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'' || c == '"') {
        int end = text.indexOf(c, i + 1);
        i = end < 0 ? i : end;
      } else if (c == opening) {
        level++;
      } else if (c == closing && --level == 0) {
        return i;
      }
    }
    return -1;
  }
}
