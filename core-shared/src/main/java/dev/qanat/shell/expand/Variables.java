package dev.qanat.shell.expand;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A shell's variables. Functions' locals hide variables of the same name until the function's scope
 * is popped (dynamic scope). {@link #fork} makes a subshell's copy at a cost that does not depend
 * on the number of variables. Errors of assignment are {@link ExpansionError}s.
 */
public final class Variables {
  private final VariableStore store;
  private final Namerefs namerefs;
  private ShellContext shell;
  private Expander expander;

  public Variables() {
    this(new VariableStore());
  }

  /** Bytes held by those variables that no count of this number has met yet, roughly. */
  public long heldBytes(int count) {
    return store.heldBytes(count);
  }

  private Variables(VariableStore store) {
    this.store = store;
    this.namerefs = new Namerefs(this, store);
  }

  /**
   * Whose variables these are: what dynamic variables are asked for. Set by each shell for its own.
   */
  public void attach(ShellContext shell, Expander expander) {
    this.shell = shell;
    this.expander = expander;
    namerefs.attach(shell, expander);
    store.listen(shell::variableChanged);
  }

  /**
   * Independent variables with the same values, for a subshell, which then calls {@link #attach}.
   * Watchers are not taken over.
   */
  public Variables fork() {
    return new Variables(store.fork());
  }

  /** The variable as it is stored. */
  Variable lookup(String name) {
    return store.get(name);
  }

  /**
   * The variable in sight, namerefs not followed, attributes without a value included; or null. Of
   * a computed variable a picture of this moment.
   */
  public Variable find(String name) {
    Variable v = store.get(name);
    return v == null || v.dynamic == null ? v : v.picture(shell);
  }

  /** The variable in a scope, or null. */
  public Variable find(String name, Scope scope) {
    Variable v = store.stored(name, scope);
    return v == null || v.dynamic == null ? v : v.picture(shell);
  }

  /** Whether it has a value to list; a computed scalar has none before it was asked for once. */
  public boolean isListed(String name) {
    Variable v = store.get(name);
    return v != null
        && (v.dynamic == null || v.asked || v.has(Variable.READONLY | ARRAYS) || name.equals("_"));
  }

  /** The variable as lists show it: a computed scalar without a value before it was asked for. */
  public Variable listed(String name) {
    Variable v = store.get(name);
    if (v == null || isListed(name)) {
      return find(name);
    }
    Variable blank = new Variable(v.name, v.level, null);
    blank.attributes = v.attributes;
    return blank;
  }

  private static final int ARRAYS = Variable.INDEXED | Variable.ASSOCIATIVE;

  /** The value, through namerefs; of an array element 0. Null when unset. */
  public String get(String name) {
    Variable v = store.get(name);
    if (v == null) {
      return null;
    }
    if (v.has(Variable.NAMEREF)) {
      return namerefs.value(name);
    }
    if (v.dynamic != null) {
      v.asked = true;
      return v.picture(shell).value();
    }
    return v.value();
  }

  /** The names of all variables in sight, those without a value included, sorted. */
  public List<String> names() {
    return store.names();
  }

  /**
   * Names and values of the exported variables. Shared until the next change: not to be modified.
   */
  public Map<String, String> environment() {
    if (store.environment == null) {
      Map<String, String> exported = new LinkedHashMap<>();
      List<Variable> all = store.all();
      all.sort((a, b) -> CodePointOrder.INSTANCE.compare(a.name, b.name));
      for (Variable v : all) {
        String value = v.exportedValue(shell);
        if (value != null) {
          exported.put(v.name, value);
        }
      }
      store.environment = exported;
    }
    return store.environment;
  }

  /** The variables that stand for others. */
  public Namerefs namerefs() {
    return namerefs;
  }

  /** The variable {@code name} stands for, through namerefs to names; null when there is none. */
  Variable resolved(String name) {
    Variable v = store.get(name);
    if (v != null && v.has(Variable.NAMEREF)) {
      v = namerefs.end(namerefs.follow(name));
    }
    return v == null || v.dynamic == null ? v : v.picture(shell);
  }

  /** The number of characters of a text that is being appended to, or -1 for anything else. */
  int growingCharacters(String name) {
    Variable v = store.get(name);
    return v == null || v.dynamic != null || v.has(Variable.NAMEREF) ? -1 : v.growingCharacters();
  }

  /** The number of elements of an array; 0 also for what is none, or has to be computed. */
  int elementCount(String name) {
    Variable v = store.get(name);
    if (v == null || v.dynamic != null || v.has(Variable.NAMEREF)) {
      return 0;
    }
    return v.array() != null ? v.array().size() : v.map() != null ? v.map().size() : 0;
  }

  /** The variable to assign to: found or made, not read-only, ready to change. */
  private Variable target(String name, Scope scope) {
    Variable v = store.stored(name, scope);
    if (v == null) {
      Variable outer = scope == Scope.LOCAL ? store.get(name) : null;
      refuseReadonly(outer);
      v = store.create(name, scope);
      if (outer != null) {
        inherit(v, outer);
      }
      return v;
    }
    refuseReadonly(v);
    return store.writable(v);
  }

  /** The same for a scalar's value, which {@code set -a} exports; arrays it leaves alone. */
  Variable scalarTarget(String name, Scope scope) {
    Variable v = target(name, scope);
    if (shell != null && shell.options().allexport && !v.has(Variable.EXPORT)) {
      v.attributes |= Variable.EXPORT;
      store.environment = null;
    }
    return v;
  }

  static void refuseReadonly(Variable v) {
    if (v != null && v.has(Variable.READONLY)) {
      throw new ExpansionError(v.name + ": readonly variable");
    }
  }

  /** {@code name=value}. */
  public void set(String name, String value) {
    set(name, Scope.VISIBLE, value, false);
  }

  /** {@code name=value} or {@code name+=value}. */
  public void set(String name, Scope scope, String value, boolean append) {
    Variable v = store.stored(name, scope);
    if (v != null && v.has(Variable.NAMEREF)) {
      namerefs.assign(v, scope, value, append);
      return;
    }
    setOwn(name, scope, value, append);
  }

  /** The same where namerefs have been followed. */
  void setOwn(String name, Scope scope, String value, boolean append) {
    Variable v = scalarTarget(name, scope);
    VariableMemory.room(shell, append && !v.has(Variable.INTEGER) ? v.textOrNull() : null, value);
    if (v.dynamic != null) {
      String old = append ? v.picture(shell).value() : null;
      String text = old == null ? value : old + value;
      if (v.has(Variable.INTEGER) && !v.has(Variable.NO_ASSIGN)) {
        try {
          text = ValueConversion.converted(expander, v.attributes, old, value);
        } catch (ExpansionError e) {
          shell.report(e.getMessage());
          return; // the only assignment that goes on after an error in arithmetic
        }
      }
      v.dynamic.assign(shell, null, text);
      store.changed(v);
      return;
    }
    if (v.has(Variable.INDEXED)) {
      putElement(v, 0, value, append);
    } else if (v.has(Variable.ASSOCIATIVE)) {
      putElement(v, "0", value, append);
    } else if (v.has(Variable.INTEGER)) {
      if (shell.options().nounset && !v.hasValue()) {
        v.setText(""); // its own expression may use it
      }
      long number = expander.integerValue(value);
      v =
          store.writable(
              store.get(name) == v
                  ? v
                  : scalarTarget(name, scope)); // evaluating may have changed it
      v.setNumber(append ? expander.numberOf(v) + number : number);
    } else if (append) {
      if (v.has(ValueConversion.CASES)) {
        String old = v.value();
        v.setText(ValueConversion.cased(v.attributes, old == null ? value : old + value));
      } else {
        v.append(value);
      }
    } else {
      v.setText(v.has(ValueConversion.CASES) ? ValueConversion.cased(v.attributes, value) : value);
    }
    store.changed(v);
  }

  private static final int NOT_PLAIN =
      ValueConversion.CASES
          | Variable.READONLY
          | Variable.NAMEREF
          | Variable.INDEXED
          | Variable.ASSOCIATIVE;

  /** Sets a number, without making text of it. */
  public void setNumber(String name, long value) {
    Variable v = store.get(name);
    if (v == null || v.has(NOT_PLAIN) || v.dynamic != null || shell.options().allexport) {
      set(name, Long.toString(value));
      return;
    }
    v = store.writable(v);
    v.setNumber(value);
    store.changed(v);
  }

  /** For the shell itself: neither read-only nor other attributes stand in the way. */
  public void setRaw(String name, String value) {
    Variable v = store.get(name);
    v = v == null ? store.create(name, Scope.VISIBLE) : store.writable(v);
    v.dynamic = null;
    if (v.has(Variable.INDEXED)) {
      v.arrayFor(store.token()).set(0, value);
    } else {
      v.setText(value);
    }
    store.changed(v);
  }

  /** The same with an indexed array, which must not be changed afterwards. */
  public void setRawArray(String name, IndexedArray array) {
    Variable v = store.stored(name, Scope.GLOBAL);
    v = v == null ? store.create(name, Scope.GLOBAL) : store.writable(v);
    v.setArray(array);
    v.elementsOwner = store.token();
    store.changed(v);
  }

  /** {@code name[index]=value}; the variable becomes an indexed array. */
  public void setElement(String name, Scope scope, long index, String value, boolean append) {
    Variable v = target(name, scope);
    if (v.dynamic != null) {
      v.dynamic.assign(shell, Long.toString(index), value);
      return;
    }
    putElement(v, index, value, append);
    store.changed(v);
  }

  private void putElement(Variable v, long index, String value, boolean append) {
    String old = append && v.array() != null ? v.array().get(index) : null;
    if (append && v.array() == null && index == 0) {
      old = v.value();
    }
    VariableMemory.room(shell, old, value);
    String set = ValueConversion.converted(expander, v.attributes, old, value);
    v.toIndexed(store.token());
    v.arrayFor(store.token()).set(index, set);
  }

  /** {@code name[key]=value} of an associative array. */
  public void setElement(String name, Scope scope, String key, String value, boolean append) {
    Variable v = target(name, scope);
    if (v.dynamic != null) {
      v.dynamic.assign(shell, key, value);
      return;
    }
    putElement(v, key, value, append);
    store.changed(v);
  }

  private void putElement(Variable v, String key, String value, boolean append) {
    String old = append && v.map() != null ? v.map().get(key) : null;
    VariableMemory.room(shell, old, value);
    String set = ValueConversion.converted(expander, v.attributes, old, value);
    v.toAssociative(store.token());
    v.mapFor(store.token()).put(key, set);
  }

  /** The elements of an indexed array, to be added to in place: appending costs no copy. */
  IndexedArray growing(String name, Scope scope) {
    VariableMemory.room(shell, null, null);
    Variable v = target(name, scope);
    v.toIndexed(store.token());
    return v.dynamic != null ? new IndexedArray() : v.arrayFor(store.token());
  }

  /** The same for an associative array. */
  AssociativeArray growingMap(String name, Scope scope) {
    VariableMemory.room(shell, null, null);
    Variable v = target(name, scope);
    v.toAssociative(store.token());
    return v.dynamic != null ? new AssociativeArray() : v.mapFor(store.token());
  }

  /** Replaces the whole by an indexed array, which must not be changed afterwards. */
  public void setArray(String name, Scope scope, IndexedArray array) {
    VariableMemory.room(shell, null, null);
    Variable v = target(endOf(name, scope), scope);
    if (v.has(Variable.ASSOCIATIVE)) {
      throw new ExpansionError(v.name + ": cannot convert associative to indexed array");
    }
    if (v.has(Variable.NO_ASSIGN)) {
      throw new ExpansionError(null, 1, ExpansionError.Outcome.DISCARD);
    }
    if (v.dynamic != null) {
      return;
    }
    v.setArray(array);
    v.elementsOwner = store.token();
    store.changed(v);
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
    v.elementsOwner = store.token();
    store.changed(v);
  }

  private String endOf(String name, Scope scope) {
    Variable v = store.stored(name, scope);
    return v != null && v.has(Variable.NAMEREF) ? namerefs.follow(name) : name;
  }

  /**
   * {@code declare}: makes the variable when there is none, then changes its attributes. Namerefs
   * are not followed. {@link Variable#INDEXED} and {@link Variable#ASSOCIATIVE} convert.
   *
   * @throws ExpansionError {@code x: readonly variable}, {@code x: cannot convert indexed to
   *     associative array} and the like
   */
  public Variable declare(String name, Scope scope, int add, int remove) {
    return declared(name, scope, add, remove, false);
  }

  /** The same; {@code refers} says that a nameref's target follows, whatever its value is. */
  Variable declared(String name, Scope scope, int add, int remove, boolean refers) {
    Variable v = store.stored(name, scope);
    if (v == null) {
      Variable outer = store.get(name);
      if (scope == Scope.LOCAL) {
        refuseReadonly(outer);
        if (outer != null && outer.has(Variable.NO_ASSIGN)) {
          throw new ExpansionError(name + ": variable may not be assigned value");
        }
      }
      v = store.create(name, scope);
      boolean array = (add & (Variable.INDEXED | Variable.ASSOCIATIVE)) != 0;
      if (shell != null && shell.options().allexport && !array) {
        v.attributes |= Variable.EXPORT;
        store.environment = null;
      }
      if (scope == Scope.LOCAL && outer != null) {
        inherit(v, outer);
      }
    } else {
      if ((remove & Variable.READONLY) != 0) {
        refuseReadonly(v);
      }
      v = store.writable(v);
    }
    if ((add & Variable.NAMEREF) != 0 && !v.has(Variable.NAMEREF)) {
      Namerefs.checkCandidate(v, refers);
      v.attributes &= ~(Variable.INTEGER | ValueConversion.CASES);
    }
    if ((remove & v.attributes & (Variable.INDEXED | Variable.ASSOCIATIVE)) != 0) {
      throw new ExpansionError(name + ": cannot destroy array variables in this way");
    }
    if (v.dynamic == null) {
      if ((add & Variable.INDEXED) != 0 && !v.has(Variable.INDEXED)) {
        v.toIndexed(store.token());
      }
      if ((add & Variable.ASSOCIATIVE) != 0 && !v.has(Variable.ASSOCIATIVE)) {
        v.toAssociative(store.token());
      }
    }
    if (v.has(Variable.EXPORT) || (add & Variable.EXPORT) != 0) {
      store.environment = null;
    }
    v.changeAttributes(add, remove);
    return v;
  }

  /** What a new local takes from the variable it hides. */
  private void inherit(Variable v, Variable outer) {
    v.attributes |= outer.attributes & Variable.EXPORT;
    if (v.has(Variable.EXPORT)) {
      store.environment = null;
    }
    boolean fromCommand = outer.temporary && outer.level == v.level - 1;
    if (fromCommand || shell.options().localvarInherit) {
      v.attributes |= outer.attributes & ~(Variable.NAMEREF);
      v.takeValue(outer);
    }
  }

  /**
   * {@code unset -v name}: the variable in sight, through namerefs (which may lead to an element).
   * In a function a local stays as unset; a caller's local uncovers what it hid.
   *
   * @throws ExpansionError {@code x: cannot unset: readonly variable}
   */
  public void unset(String name) {
    Variable v = store.get(name);
    if (v != null && v.has(Variable.NAMEREF)) {
      String target = namerefs.follow(name);
      if (target.indexOf('[') >= 0) {
        expander.unset(target);
        return;
      }
      v = store.get(target);
    }
    remove(v);
  }

  /** {@code unset -n name}: the nameref itself. */
  public void unsetReference(String name) {
    Variable v = store.get(name);
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
    if (v.has(Variable.NO_UNSET)) {
      throw new ExpansionError(v.name + ": cannot unset");
    }
    if (v.dynamic != null && v.dynamic.isPermanent()) {
      return;
    }
    if (v.has(Variable.EXPORT)) {
      store.environment = null;
    }
    boolean keep =
        v.level > 0
            && !v.temporary
            && (v.level >= store.functionLevel() || shell.options().localvarUnset);
    if (keep) {
      Variable empty = new Variable(v.name, v.level, store.token());
      empty.hidden = v.hidden;
      empty.watched = v.watched;
      store.put(empty);
    } else {
      store.uncover(v);
    }
    store.changed(v);
  }

  /** Unsets an element; {@code key} is the subscript's value, an index for an indexed array. */
  public void unsetElement(String name, String key) {
    Variable v = store.get(name);
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
    v = store.writable(v);
    if (v.map() == null && v.array() == null && v.has(Variable.NO_UNSET)) {
      return;
    }
    if (v.map() != null) {
      v.mapFor(store.token()).remove(key);
    } else if (v.array() != null) {
      v.arrayFor(store.token()).remove(Long.parseLong(key));
    } else if (key.equals("0")) {
      remove(v);
    }
    store.changed(v);
  }

  /**
   * Makes a computed variable, {@link Variable#INDEXED} or so among the attributes as it applies.
   */
  public void register(String name, int attributes, DynamicVariable handler) {
    Variable v = new Variable(name, 0, store.token());
    v.attributes = attributes;
    v.dynamic = handler;
    store.put(v);
  }

  /**
   * Called after each change of a variable of that name: {@code PATH}, {@code IFS}, {@code LC_ALL}.
   */
  public void watch(String name, Runnable changed) {
    store.watch(name, changed);
  }

  /** Has {@link ShellContext#variableChanged} called after each change of one of these. */
  public void special(Set<String> names) {
    store.special(names);
  }

  /** A function begins. */
  public void pushScope() {
    store.pushScope();
  }

  /** The function is over: its locals are gone. */
  public void popScope() {
    store.popScope();
  }

  /**
   * The temporary environment of {@code X=1 command}, for a builtin or function: exported until
   * {@link #popTemporary}. In a function pushed next they are its locals.
   */
  public void pushTemporary(List<String> names, List<String> values) {
    store.pushTemporary(names, values, false);
  }

  /** As {@link #pushTemporary}, for {@code eval} or {@code source}. */
  public void pushTemporaryOfText(List<String> names, List<String> values) {
    store.pushTemporary(names, values, true);
  }

  /** See {@link VariableStore#handOn}. */
  public void handOn(String name, boolean declared) {
    store.handOn(name, declared);
  }

  public void popTemporary() {
    store.popTemporary();
  }

  /** How many functions are running; 0 outside of any. */
  public int depth() {
    return store.depth();
  }

  /** The names of the running function's locals, sorted. */
  public List<String> localNames() {
    return store.localNames();
  }
}
