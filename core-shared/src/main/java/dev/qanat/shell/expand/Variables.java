package dev.qanat.shell.expand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A shell's variables. Functions' locals hide variables of the same name until the function's scope is
 * popped (dynamic scope). {@link #fork} makes a subshell's copy at a cost that does not depend on the
 * number of variables. Errors of assignment are {@link ExpansionError}s.
 */
public final class Variables {
  private static final int MAX_REFERENCES = 8;

  /** A function's scope, or the temporary environment of a command. */
  private static final class Frame {
    final Frame below;
    final int level;
    final boolean temporary;
    List<String> names; // of the variables it added

    Frame(Frame below, boolean temporary) {
      this.below = below;
      this.level = below == null ? 1 : below.level + 1;
      this.temporary = temporary;
    }

    void add(String name) {
      if (names == null) {
        names = new ArrayList<>(4);
      }
      names.add(name);
    }
  }

  private VariableTable table;
  private Object token = new Object(); // owner of what may be changed in place
  private Frame frame;
  private int depth;
  private Map<String, String> environment;
  private final Map<String, Runnable> watchers = new HashMap<>();
  private ShellContext shell;
  private Expander expander;

  public Variables() {
    this(new VariableTable());
  }

  private Variables(VariableTable table) {
    this.table = table;
  }

  /** Whose variables these are: what dynamic variables are asked for. Set by each shell for its own. */
  public void attach(ShellContext shell, Expander expander) {
    this.shell = shell;
    this.expander = expander;
  }

  /**
   * Independent variables with the same values, for a subshell, which then calls {@link #attach}.
   * Watchers are not taken over.
   */
  public Variables fork() {
    Variables child = new Variables(table.fork());
    child.frame = frame;
    child.depth = depth;
    child.environment = environment;
    token = new Object();
    return child;
  }

  // --- reading

  /** The variable as it is stored. */
  Variable lookup(String name) {
    return table.get(name);
  }

  /**
   * The variable in sight, namerefs not followed, attributes without a value included; or null. Of a
   * computed variable a picture of this moment.
   */
  public Variable find(String name) {
    Variable v = table.get(name);
    return v == null || v.dynamic == null ? v : picture(v);
  }

  /** The variable in a scope, or null. */
  public Variable find(String name, Scope scope) {
    Variable v = stored(name, scope);
    return v == null || v.dynamic == null ? v : picture(v);
  }

  private Variable stored(String name, Scope scope) {
    Variable v = table.get(name);
    switch (scope) {
      case LOCAL -> {
        int level = functionLevel();
        if (v != null && v.level > level) {
          // declared within a builtin such as eval that has a temporary environment
          return v.temporary ? null : v;
        }
        while (v != null && v.level > level) {
          v = v.hidden;
        }
        return v != null && v.level == level ? v : null;
      }
      case GLOBAL -> {
        while (v != null && v.level > 0) {
          v = v.hidden;
        }
        return v;
      }
      default -> {
        return v;
      }
    }
  }

  /** The level of the running function's scope; 0 outside of any. */
  private int functionLevel() {
    Frame f = frame;
    while (f != null && f.temporary) {
      f = f.below;
    }
    return f == null ? 0 : f.level;
  }

  private Variable picture(Variable v) {
    Variable p = new Variable(v.name, v.level, null);
    p.attributes = v.attributes;
    IndexedArray array = v.dynamic.array(shell);
    if (array != null) {
      p.setArray(array);
      return p;
    }
    AssociativeArray map = v.dynamic.map(shell);
    if (map != null) {
      p.setMap(map);
      return p;
    }
    p.setText(v.dynamic.value(shell));
    return p;
  }

  /** The value, through namerefs; of an array element 0. Null when unset. */
  public String get(String name) {
    Variable v = table.get(name);
    if (v == null) {
      return null;
    }
    if (v.has(Variable.NAMEREF)) {
      String target = followReference(name);
      return target.indexOf('[') >= 0
          ? expander.referenceValue(target)
          : valueAt(name, target);
    }
    return v.dynamic != null ? picture(v).value() : v.value();
  }

  /** The value at the end of a nameref; null when unset. */
  String valueAt(String name, String target) {
    Variable v = referenceEnd(name, target);
    return v == null ? null : v.dynamic != null ? picture(v).value() : v.value();
  }

  /** The names of all variables in sight, those without a value included, sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Variable v : table.all()) {
      names.add(v.name);
    }
    Collections.sort(names, CodePointOrder.INSTANCE);
    return names;
  }

  /** Names and values of the exported variables. Shared until the next change: not to be modified. */
  public Map<String, String> environment() {
    if (environment == null) {
      Map<String, String> exported = new LinkedHashMap<>();
      List<Variable> all = table.all();
      all.sort((a, b) -> CodePointOrder.INSTANCE.compare(a.name, b.name));
      for (Variable v : all) {
        if (v.has(Variable.EXPORT) && !v.has(Variable.INDEXED | Variable.ASSOCIATIVE)) {
          String value = v.dynamic != null ? picture(v).value() : v.value();
          if (value != null) {
            exported.put(v.name, value);
          }
        }
      }
      environment = exported;
    }
    return environment;
  }

  /**
   * Where namerefs lead: {@code name} itself, another name, or {@code name[subscript]}. A nameref that
   * leads back to itself is reported and leads to its own name.
   */
  public String followReference(String name) {
    String at = name;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      Variable v = table.get(at);
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

  /** The variable a nameref's end stands for; a local one of its own name means the one it hides. */
  private Variable referenceEnd(String name, String target) {
    Variable v = table.get(target);
    if (v != null && v.has(Variable.NAMEREF) && v.value() != null && !v.value().isEmpty()) {
      while (v != null && v.level > 0) {
        v = v.hidden;
      }
      return v != null && v.has(Variable.NAMEREF) ? null : v;
    }
    return v;
  }

  /** The variable {@code name} stands for, through namerefs to names; null when there is none. */
  Variable resolved(String name) {
    Variable v = table.get(name);
    if (v != null && v.has(Variable.NAMEREF)) {
      v = referenceEnd(name, followReference(name));
    }
    return v == null || v.dynamic == null ? v : picture(v);
  }

  // --- changing in place

  /** The variable made ready for a change; it must be in the chain of its name. */
  private Variable writable(Variable v) {
    if (v.owner == token) {
      if (v.has(Variable.EXPORT)) {
        environment = null;
      }
      return v;
    }
    Variable copy = v.copy(token);
    replace(v, copy);
    if (v.has(Variable.EXPORT)) {
      environment = null;
    }
    return copy;
  }

  /** Puts {@code by} in the place of {@code old} among the variables of that name. */
  private void replace(Variable old, Variable by) {
    Variable first = table.get(old.name);
    if (first == old) {
      table.put(old.name, by);
      return;
    }
    Variable upper = first;
    if (upper.owner != token) {
      upper = upper.copy(token);
      table.put(old.name, upper);
    }
    while (upper.hidden != old) {
      Variable next = upper.hidden;
      if (next.owner != token) {
        next = next.copy(token);
        upper.hidden = next;
      }
      upper = next;
    }
    upper.hidden = by;
  }

  private void changed(Variable v) {
    if (v.watched) {
      changed(v.name);
    }
  }

  private void changed(String name) {
    Runnable watcher = watchers.get(name);
    if (watcher != null) {
      watcher.run();
    }
  }

  private Variable create(String name, Scope scope) {
    Variable first = table.get(name);
    int level = scope == Scope.LOCAL ? functionLevel() : 0;
    if (level > 0 && first != null && first.temporary && first.level > level) {
      // a local declared by a builtin takes the place of the builtin's temporary variable
      Variable local = first.copy(token);
      local.temporary = false;
      table.put(name, local);
      return local;
    }
    Variable v = new Variable(name, level, token);
    v.watched = watchers.containsKey(name);
    if (level > 0 && first != null && first.temporary && first.level == level - 1) {
      // the temporary environment of a function is its local scope
      v.hidden = first.hidden;
      table.put(name, v);
    } else if (first == null || first.level < level) {
      v.hidden = first;
      table.put(name, v);
    } else {
      Variable upper = first;
      while (upper.hidden != null && upper.hidden.level > level) {
        upper = upper.hidden;
      }
      Variable copy = upper.copy(token);
      copy.hidden = v;
      v.hidden = upper.hidden;
      replace(upper, copy);
    }
    if (level > 0) {
      Frame f = frame;
      while (f.level != level) {
        f = f.below;
      }
      f.add(name);
    }
    if (shell != null && shell.options().allexport) {
      v.attributes |= Variable.EXPORT;
      environment = null;
    }
    return v;
  }

  /** The variable to assign to: found or made, not read-only, ready to change. */
  private Variable target(String name, Scope scope) {
    Variable v = stored(name, scope);
    if (v == null) {
      if (scope == Scope.LOCAL) {
        refuseReadonly(table.get(name));
      }
      return create(name, scope);
    }
    refuseReadonly(v);
    v = writable(v);
    if (shell != null && shell.options().allexport && !v.has(Variable.EXPORT)) {
      v.attributes |= Variable.EXPORT;
      environment = null;
    }
    return v;
  }

  private static void refuseReadonly(Variable v) {
    if (v != null && v.has(Variable.READONLY)) {
      throw new ExpansionError(v.name + ": readonly variable");
    }
  }

  // --- assigning; attributes apply; namerefs are followed

  /** {@code name=value}. */
  public void set(String name, String value) {
    set(name, Scope.VISIBLE, value, false);
  }

  /** {@code name=value} or {@code name+=value}. */
  public void set(String name, Scope scope, String value, boolean append) {
    Variable v = stored(name, scope);
    if (v != null && v.has(Variable.NAMEREF)) {
      setReference(v, scope, value, append);
      return;
    }
    setOwn(name, scope, value, append);
  }

  private void setReference(Variable v, Scope scope, String value, boolean append) {
    String target = v.value();
    if (target == null || target.isEmpty()) {
      // the first assignment to a nameref without a value names what it refers to
      checkReference(v.name, value);
      refuseReadonly(v);
      Variable w = writable(v);
      w.setText(value);
      changed(w);
      return;
    }
    target = followReference(v.name);
    if (target.indexOf('[') >= 0) {
      expander.assignReference(target, value, append);
      return;
    }
    Variable end = table.get(target);
    if (end != null && end.has(Variable.NAMEREF)) {
      if (end.value() == null || end.value().isEmpty()) {
        set(target, Scope.VISIBLE, value, append);
      } else if (v.level > 0) {
        setOwn(target, Scope.GLOBAL, value, append);
      } else {
        throw new ExpansionError(null, 1, ExpansionError.Outcome.DISCARD);
      }
      return;
    }
    setOwn(target, scope == Scope.LOCAL ? Scope.VISIBLE : scope, value, append);
  }

  /** Makes a nameref refer to something else: {@code declare -n name=target}. */
  public void refer(String name, Scope scope, String target) {
    checkReference(name, target);
    Variable v = target(name, scope);
    v.setText(target);
    changed(v);
  }

  /** Says what is wrong with a nameref's target. */
  private static void checkReference(String name, String target) {
    String base = target;
    int bracket = target.indexOf('[');
    if (bracket > 0 && target.endsWith("]")) {
      base = target.substring(0, bracket);
    }
    if (!Expander.isName(base)) {
      throw new ExpansionError("`" + target + "': invalid variable name for name reference");
    }
  }

  private void setOwn(String name, Scope scope, String value, boolean append) {
    Variable v = target(name, scope);
    if (v.dynamic != null) {
      String old = append ? picture(v).value() : null;
      v.dynamic.assign(shell, null, old == null ? value : old + value);
      changed(v);
      return;
    }
    if (v.has(Variable.INDEXED)) {
      putElement(v, 0, value, append);
    } else if (v.has(Variable.ASSOCIATIVE)) {
      putElement(v, "0", value, append);
    } else if (v.has(Variable.INTEGER)) {
      long number = expander.integerValue(value);
      v = writable(table.get(name) == v ? v : target(name, scope)); // evaluating may have changed it
      v.setNumber(append ? expander.numberOf(v) + number : number);
    } else if (append) {
      if (v.has(CASES)) {
        String old = v.value();
        v.setText(cased(v.attributes, old == null ? value : old + value));
      } else {
        v.append(value);
      }
    } else {
      v.setText(v.has(CASES) ? cased(v.attributes, value) : value);
    }
    changed(v);
  }

  private static final int CASES = Variable.LOWERCASE | Variable.UPPERCASE | Variable.CAPITALIZE;

  private static final int NOT_PLAIN =
      CASES
          | Variable.READONLY
          | Variable.NAMEREF
          | Variable.INDEXED
          | Variable.ASSOCIATIVE;

  private static String cased(int attributes, String value) {
    if ((attributes & Variable.LOWERCASE) != 0) {
      return LetterCase.lower(value);
    }
    return (attributes & Variable.UPPERCASE) != 0 ? LetterCase.upper(value) : LetterCase.capitalized(value);
  }

  /** Sets a number, without making text of it. */
  public void setNumber(String name, long value) {
    Variable v = table.get(name);
    if (v == null || v.has(NOT_PLAIN) || v.dynamic != null || shell.options().allexport) {
      set(name, Long.toString(value));
      return;
    }
    v = writable(v);
    v.setNumber(value);
    changed(v);
  }

  /** For the shell itself: neither read-only nor other attributes stand in the way. */
  public void setRaw(String name, String value) {
    Variable v = table.get(name);
    v = v == null ? create(name, Scope.VISIBLE) : writable(v);
    v.dynamic = null;
    if (v.has(Variable.INDEXED)) {
      v.arrayFor(token).set(0, value);
    } else {
      v.setText(value);
    }
    changed(v);
  }

  /** {@code name[index]=value}; the variable becomes an indexed array. */
  public void setElement(String name, Scope scope, long index, String value, boolean append) {
    Variable v = target(name, scope);
    if (v.dynamic != null) {
      v.dynamic.assign(shell, Long.toString(index), value);
      return;
    }
    putElement(v, index, value, append);
    changed(v);
  }

  private void putElement(Variable v, long index, String value, boolean append) {
    String old = append && v.array() != null ? v.array().get(index) : null;
    if (append && v.array() == null && index == 0) {
      old = v.value();
    }
    String set = converted(v.attributes, old, value);
    toIndexed(v);
    v.arrayFor(token).set(index, set);
  }

  /** The attributes that change a value as it is assigned. */
  static final int CONVERTING = CASES | Variable.INTEGER;

  /** What becomes of a value in a variable with these attributes, appended to {@code old} or null. */
  String converted(int attributes, String old, String value) {
    if ((attributes & Variable.INTEGER) != 0) {
      long number = expander.integerValue(value);
      return Long.toString(old == null ? number : expander.numberOf(old) + number);
    }
    String all = old == null ? value : old + value;
    return (attributes & CASES) != 0 ? cased(attributes, all) : all;
  }

  private void toIndexed(Variable v) {
    if (v.has(Variable.ASSOCIATIVE)) {
      throw new ExpansionError(v.name + ": cannot convert associative to indexed array");
    }
    if (!v.has(Variable.INDEXED)) {
      String scalar = v.value();
      v.setArray(null);
      if (scalar != null) {
        v.arrayFor(token).set(0, scalar);
      }
    }
  }

  /** {@code name[key]=value} of an associative array. */
  public void setElement(String name, Scope scope, String key, String value, boolean append) {
    Variable v = target(name, scope);
    if (v.dynamic != null) {
      v.dynamic.assign(shell, key, value);
      return;
    }
    putElement(v, key, value, append);
    changed(v);
  }

  private void putElement(Variable v, String key, String value, boolean append) {
    String old = append && v.map() != null ? v.map().get(key) : null;
    String set = converted(v.attributes, old, value);
    toAssociative(v);
    v.mapFor(token).put(key, set);
  }

  private void toAssociative(Variable v) {
    if (v.has(Variable.INDEXED)) {
      throw new ExpansionError(v.name + ": cannot convert indexed to associative array");
    }
    if (!v.has(Variable.ASSOCIATIVE)) {
      String scalar = v.value();
      v.setMap(null);
      if (scalar != null) {
        v.mapFor(token).put("0", scalar);
      }
    }
  }

  /** The elements of an indexed array, to be added to in place: appending costs no copy. */
  IndexedArray growing(String name, Scope scope) {
    Variable v = target(name, scope);
    toIndexed(v);
    return v.dynamic != null ? new IndexedArray() : v.arrayFor(token);
  }

  /** The same for an associative array. */
  AssociativeArray growingMap(String name, Scope scope) {
    Variable v = target(name, scope);
    toAssociative(v);
    return v.dynamic != null ? new AssociativeArray() : v.mapFor(token);
  }

  /** Replaces the whole by an indexed array, which must not be changed afterwards. */
  public void setArray(String name, Scope scope, IndexedArray array) {
    Variable v = target(endOf(name, scope), scope);
    if (v.has(Variable.ASSOCIATIVE)) {
      throw new ExpansionError(v.name + ": cannot convert associative to indexed array");
    }
    if (v.dynamic != null) {
      return;
    }
    v.setArray(array);
    v.elementsOwner = token;
    changed(v);
  }

  /** Replaces the whole by an associative array, which must not be changed afterwards. */
  public void setMap(String name, Scope scope, AssociativeArray map) {
    Variable v = target(endOf(name, scope), scope);
    if (v.has(Variable.INDEXED)) {
      throw new ExpansionError(v.name + ": cannot convert indexed to associative array");
    }
    if (v.dynamic != null) {
      return;
    }
    v.setMap(map);
    v.elementsOwner = token;
    changed(v);
  }

  private String endOf(String name, Scope scope) {
    Variable v = stored(name, scope);
    return v != null && v.has(Variable.NAMEREF) ? followReference(name) : name;
  }

  // --- declaring

  /**
   * {@code declare}: makes the variable when there is none, then changes its attributes. Namerefs are
   * not followed. {@link Variable#INDEXED} and {@link Variable#ASSOCIATIVE} convert.
   *
   * @throws ExpansionError {@code x: readonly variable}, {@code x: cannot convert indexed to associative
   *     array} and the like
   */
  public Variable declare(String name, Scope scope, int add, int remove) {
    Variable v = stored(name, scope);
    if (v == null) {
      Variable outer = table.get(name);
      if (scope == Scope.LOCAL) {
        refuseReadonly(outer);
      }
      v = create(name, scope);
      if (scope == Scope.LOCAL && outer != null) {
        inherit(v, outer);
      }
    } else {
      if ((remove & Variable.READONLY) != 0) {
        refuseReadonly(v);
      }
      v = writable(v);
    }
    if ((add & Variable.NAMEREF) != 0 && !v.has(Variable.NAMEREF)) {
      if (v.has(Variable.INDEXED | Variable.ASSOCIATIVE)) {
        throw new ExpansionError(name + ": reference variable cannot be an array");
      }
      if (v.value() != null && !v.value().isEmpty()) {
        checkReference(name, v.value());
      }
    }
    if ((remove & v.attributes & (Variable.INDEXED | Variable.ASSOCIATIVE)) != 0) {
      throw new ExpansionError(name + ": cannot destroy array variables in this way");
    }
    if (v.dynamic == null) {
      if ((add & Variable.INDEXED) != 0 && !v.has(Variable.INDEXED)) {
        toIndexed(v);
      }
      if ((add & Variable.ASSOCIATIVE) != 0 && !v.has(Variable.ASSOCIATIVE)) {
        toAssociative(v);
      }
    }
    int cases = add & CASES;
    if (cases != 0) {
      v.attributes &= ~CASES;
    }
    if (v.has(Variable.EXPORT) || (add & Variable.EXPORT) != 0) {
      environment = null;
    }
    v.attributes = (v.attributes | add) & ~remove;
    if ((cases & cases - 1) != 0) {
      v.attributes &= ~CASES; // two of them at once cancel each other
    }
    return v;
  }

  /** What a new local takes from the variable it hides. */
  private void inherit(Variable v, Variable outer) {
    v.attributes |= outer.attributes & Variable.EXPORT;
    boolean fromCommand = outer.temporary && outer.level == v.level - 1;
    if (fromCommand || shell.options().localvarInherit) {
      v.attributes |= outer.attributes & ~(Variable.NAMEREF);
      if (outer.array() != null) {
        v.setArray(outer.array());
      } else if (outer.map() != null) {
        v.setMap(outer.map());
      } else if (outer.dynamic == null) {
        v.setText(outer.value());
      }
    }
  }

  /**
   * {@code unset -v name}: the variable in sight, through namerefs (which may lead to an element). In a
   * function a local stays as unset; a caller's local uncovers what it hid.
   *
   * @throws ExpansionError {@code x: cannot unset: readonly variable}
   */
  public void unset(String name) {
    Variable v = table.get(name);
    if (v != null && v.has(Variable.NAMEREF)) {
      String target = followReference(name);
      if (target.indexOf('[') >= 0) {
        expander.unset(target);
        return;
      }
      v = table.get(target);
    }
    remove(v);
  }

  /** {@code unset -n name}: the nameref itself. */
  public void unsetReference(String name) {
    Variable v = table.get(name);
    if (v == null || v.has(Variable.NAMEREF)) {
      remove(v);
    }
  }

  private void remove(Variable v) {
    if (v == null) {
      return;
    }
    if (v.has(Variable.READONLY)) {
      throw new ExpansionError(v.name + ": cannot unset: readonly variable");
    }
    if (v.has(Variable.EXPORT)) {
      environment = null;
    }
    boolean keep =
        v.level > 0
            && !v.temporary
            && (v.level >= functionLevel() || shell.options().localvarUnset);
    if (keep) {
      Variable empty = new Variable(v.name, v.level, token);
      empty.hidden = v.hidden;
      empty.watched = v.watched;
      table.put(v.name, empty);
    } else {
      uncover(v);
    }
    changed(v);
  }

  private void uncover(Variable v) {
    if (v.hidden != null) {
      table.put(v.name, v.hidden);
      if (v.hidden.has(Variable.EXPORT)) {
        environment = null;
      }
    } else {
      table.remove(v.name);
    }
  }

  /** Unsets an element; {@code key} is the subscript's value, an index for an indexed array. */
  public void unsetElement(String name, String key) {
    Variable v = table.get(name);
    if (v == null) {
      return;
    }
    if (v.has(Variable.READONLY)) {
      throw new ExpansionError(v.name + ": cannot unset: readonly variable");
    }
    if (v.dynamic != null) {
      v.dynamic.unset(shell, key);
      return;
    }
    v = writable(v);
    if (v.map() != null) {
      v.mapFor(token).remove(key);
    } else if (v.array() != null) {
      v.arrayFor(token).remove(Long.parseLong(key));
    } else if (key.equals("0")) {
      remove(v);
    }
    changed(v);
  }

  /** Makes a computed variable, {@link Variable#INDEXED} or so among the attributes as it applies. */
  public void register(String name, int attributes, DynamicVariable handler) {
    Variable v = new Variable(name, 0, token);
    v.attributes = attributes;
    v.dynamic = handler;
    table.put(name, v);
  }

  /** Called after each change of a variable of that name: {@code PATH}, {@code IFS}, {@code LC_ALL}. */
  public void watch(String name, Runnable changed) {
    Runnable before = watchers.get(name);
    watchers.put(
        name,
        before == null
            ? changed
            : () -> {
              before.run();
              changed.run();
            });
    Variable v = table.get(name);
    if (v != null && !v.watched) {
      Variable copy = v.copy(token);
      copy.watched = true;
      table.put(name, copy);
    }
  }

  // --- scopes

  /** A function begins. */
  public void pushScope() {
    frame = new Frame(frame, false);
    depth++;
  }

  /** The function is over: its locals are gone. */
  public void popScope() {
    popFrame();
    depth--;
  }

  private void popFrame() {
    Frame top = frame;
    frame = top.below;
    if (top.names == null) {
      return;
    }
    for (int i = top.names.size() - 1; i >= 0; i--) {
      Variable v = table.get(top.names.get(i));
      if (v != null && v.level == top.level) {
        if (v.has(Variable.EXPORT)) {
          environment = null;
        }
        uncover(v);
        changed(v);
      }
    }
  }

  /**
   * The temporary environment of {@code X=1 command}, for a builtin or function: exported until {@link
   * #popTemporary}. In a function pushed next they are its locals.
   */
  public void pushTemporary(List<String> names, List<String> values) {
    frame = new Frame(frame, true);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Variable old = table.get(name);
      if (old != null && old.level == frame.level) {
        old.setText(values.get(i)); // X=1 X=2 command
        continue;
      }
      Variable v = new Variable(name, frame.level, token);
      v.temporary = true;
      v.attributes = Variable.EXPORT;
      v.watched = watchers.containsKey(name);
      v.hidden = old;
      v.setText(values.get(i));
      table.put(name, v);
      frame.add(name);
      changed(v);
    }
    environment = null;
  }

  public void popTemporary() {
    popFrame();
  }

  /** How many functions are running; 0 outside of any. */
  public int depth() {
    return depth;
  }

  /** The names of the running function's locals, sorted. */
  public List<String> localNames() {
    List<String> names = new ArrayList<>();
    int level = functionLevel();
    if (level > 0) {
      for (Variable v : table.all()) {
        if (stored(v.name, Scope.LOCAL) != null) {
          names.add(v.name);
        }
      }
      Collections.sort(names, CodePointOrder.INSTANCE);
    }
    return names;
  }

  // --- printing

  /** {@code declare -ax a=([0]="x")}, without a newline; what {@code declare -p} prints. */
  public static String declaration(Variable variable) {
    StringBuilder out = new StringBuilder("declare -");
    int start = out.length();
    flags(variable.attributes, out);
    if (out.length() == start) {
      out.append('-');
    }
    out.append(' ').append(variable.name());
    if (variable.hasValue()) {
      out.append('=');
      if (variable.has(Variable.INDEXED | Variable.ASSOCIATIVE)) {
        elements(variable, out);
      } else {
        out.append(Quoting.declared(variable.value()));
      }
    }
    return out.toString();
  }

  /** The attribute letters, as {@code ${x@a}} gives them. */
  static void flags(int attributes, StringBuilder out) {
    for (int i = 0; i < LETTERS.length(); i++) {
      if ((attributes & BITS[i]) != 0) {
        out.append(LETTERS.charAt(i));
      }
    }
  }

  private static final String LETTERS = "aAinrtxclu";
  private static final int[] BITS = {
    Variable.INDEXED,
    Variable.ASSOCIATIVE,
    Variable.INTEGER,
    Variable.NAMEREF,
    Variable.READONLY,
    Variable.TRACE,
    Variable.EXPORT,
    Variable.CAPITALIZE,
    Variable.LOWERCASE,
    Variable.UPPERCASE
  };

  /** {@code ([0]="x" [1]="y")}, as {@code set} and {@code declare -p} print an array's value. */
  public static void elements(Variable variable, StringBuilder out) {
    out.append('(');
    if (variable.array() != null) {
      IndexedArray array = variable.array();
      String separator = "";
      for (long i = array.next(0); i >= 0; i = array.next(i + 1)) {
        out.append(separator).append('[').append(i).append("]=");
        out.append(Quoting.declared(array.get(i)));
        separator = " ";
      }
    } else if (variable.map() != null) {
      for (String key : variable.map().keys()) {
        out.append('[').append(Quoting.declaredKey(key)).append("]=");
        out.append(Quoting.declared(variable.map().get(key))).append(' ');
      }
    }
    out.append(')');
  }
}
