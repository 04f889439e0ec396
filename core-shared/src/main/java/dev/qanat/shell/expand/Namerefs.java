package dev.qanat.shell.expand;

/**
 * The variables that stand for others, {@code declare -n}: where they lead, and what assigning to
 * one does. Circles are reported and broken, never followed for ever.
 */
public final class Namerefs {
  private static final int MAX_DEPTH = 8;

  private final Variables variables;
  private final VariableStore store;
  private ShellContext shell;
  private Expander expander;

  Namerefs(Variables variables, VariableStore store) {
    this.variables = variables;
    this.store = store;
  }

  /** Whose variables these are. */
  void attach(ShellContext shell, Expander expander) {
    this.shell = shell;
    this.expander = expander;
  }

  /**
   * Where namerefs lead: {@code name} itself, another name, or {@code name[subscript]}. A nameref
   * that leads back to itself is reported and leads to its own name.
   */
  public String follow(String name) {
    String at = name;
    for (int i = 0; i < MAX_DEPTH; i++) {
      Variable v = store.get(at);
      if (v == null || !v.has(Variable.NAMEREF)) {
        return at;
      }
      String target = v.value();
      if (target == null || target.isEmpty()) {
        return at;
      }
      if (target.equals(at) && v.level > 0) {
        shell.report("warning: " + name + ": circular name reference");
        return at;
      }
      if (target.equals(name)) {
        shell.report("warning: " + name + ": circular name reference");
        return name;
      }
      at = target;
    }
    shell.report("warning: " + name + ": maximum nameref depth (8) exceeded");
    return name;
  }

  /**
   * The variable a nameref's end stands for; a local one of its own name means the one it hides.
   */
  Variable end(String target) {
    Variable v = store.get(target);
    if (v != null && v.has(Variable.NAMEREF) && v.value() != null && !v.value().isEmpty()) {
      while (v != null && v.level > 0) {
        v = v.hidden;
      }
      return v != null && v.has(Variable.NAMEREF) ? null : v;
    }
    return v;
  }

  /** The value at the end of a nameref that leads to a name; null when unset. */
  String valueAt(String target) {
    Variable v = end(target);
    return v == null ? null : v.valueNow(shell);
  }

  /** The value a nameref stands for: a variable's, or an element's; null when unset. */
  String value(String name) {
    String target = follow(name);
    return target.indexOf('[') >= 0 ? expander.referenceValue(target) : valueAt(target);
  }

  /** {@code name=value} or {@code name+=value}, {@code v} being the nameref of that name. */
  void assign(Variable v, Scope scope, String value, boolean append) {
    String target = v.value();
    if (target == null || target.isEmpty()) {
      // the first assignment to a nameref without a value names what it refers to
      if (!isTarget(value)) {
        throw new ExpansionError("`" + value + "': not a valid identifier");
      }
      Variables.refuseReadonly(v);
      Variable w = store.writable(v);
      w.setText(value);
      store.changed(w);
      return;
    }
    target = follow(v.name);
    if (target.indexOf('[') >= 0) {
      expander.assignReference(target, value, append);
      return;
    }
    Variable end = store.get(target);
    if (end != null && end.has(Variable.NAMEREF)) {
      if (end.value() == null || end.value().isEmpty()) {
        variables.set(target, Scope.VISIBLE, value, append);
      } else if (v.level > 0) {
        variables.setOwn(target, Scope.GLOBAL, value, append);
      } else {
        throw new ExpansionError(null, 1, ExpansionError.Outcome.DISCARD);
      }
      return;
    }
    variables.setOwn(target, scope == Scope.LOCAL ? Scope.VISIBLE : scope, value, append);
  }

  /** Makes a nameref refer to something else, as a loop does. */
  public void refer(String name, Scope scope, String target) {
    checkTarget(target);
    Variable v = variables.scalarTarget(name, scope);
    v.setText(target);
    store.changed(v);
  }

  /**
   * {@code declare -n name=target}: makes the variable a nameref, whatever its value was.
   *
   * @param attributes the new ones, {@link Variable#NAMEREF} among them
   */
  void declare(String name, Scope scope, int attributes, String target, boolean append) {
    checkTarget(target);
    Variable old = append ? store.stored(name, scope) : null;
    String text = old == null || old.value() == null ? target : old.value() + target;
    if ((attributes & Variable.INTEGER) != 0 || !isTarget(text)) {
      throw new ExpansionError(null); // bash says nothing
    }
    Variable v = variables.declared(name, scope, attributes, 0, true);
    v.setText(text);
    store.changed(v);
  }

  /**
   * Says why a variable cannot become a nameref.
   *
   * @param refers whether a target replaces its value
   */
  static void checkCandidate(Variable v, boolean refers) {
    if (v.has(Variable.INDEXED | Variable.ASSOCIATIVE)) {
      throw new ExpansionError(v.name + ": reference variable cannot be an array");
    }
    if (!refers && v.value() != null && !isTarget(v.value())) {
      throw new ExpansionError("`" + v.value() + "': invalid variable name for name reference");
    }
  }

  /** Says what is wrong with a nameref's target. */
  private static void checkTarget(String target) {
    if (target.isEmpty()) {
      throw new ExpansionError("`': not a valid identifier");
    }
    if (!isTarget(target)) {
      throw new ExpansionError("`" + target + "': invalid variable name for name reference");
    }
  }

  private static boolean isTarget(String text) {
    int bracket = text.indexOf('[');
    boolean element = bracket > 0 && text.endsWith("]");
    return Expander.isName(element ? text.substring(0, bracket) : text);
  }
}
