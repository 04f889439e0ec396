package dev.qanat.shell.expand;

import java.util.List;
import java.util.Map;

/**
 * A shell's variables. Functions' locals hide variables of the same name until the function's scope is
 * popped (dynamic scope). {@link #fork} makes a subshell's copy at a cost that does not depend on the
 * number of variables. Errors of assignment are {@link ExpansionError}s.
 */
public final class Variables {
  public Variables() {}

  /** Whose variables these are: what dynamic variables are asked for. Set by each shell for its own. */
  public void attach(ShellContext shell, Expander expander) {
    throw new UnsupportedOperationException();
  }

  /** Independent variables with the same values, for a subshell, which then calls {@link #attach}. */
  public Variables fork() {
    throw new UnsupportedOperationException();
  }

  // --- reading

  /** The variable in sight, namerefs not followed, attributes without a value included; or null. */
  public Variable find(String name) {
    throw new UnsupportedOperationException();
  }

  /** The variable in a scope, or null. */
  public Variable find(String name, Scope scope) {
    throw new UnsupportedOperationException();
  }

  /** The value, through namerefs; of an array element 0. Null when unset. */
  public String get(String name) {
    throw new UnsupportedOperationException();
  }

  /** The names of all variables in sight, sorted. */
  public List<String> names() {
    throw new UnsupportedOperationException();
  }

  /** Names and values of the exported variables. Shared until the next change: not to be modified. */
  public Map<String, String> environment() {
    throw new UnsupportedOperationException();
  }

  /** Where namerefs lead: {@code name} itself, another name, or {@code name[subscript]}. */
  public String followReference(String name) {
    throw new UnsupportedOperationException();
  }

  // --- assigning; attributes apply; namerefs are followed

  /** {@code name=value}. */
  public void set(String name, String value) {
    set(name, Scope.VISIBLE, value, false);
  }

  /** {@code name=value} or {@code name+=value}. */
  public void set(String name, Scope scope, String value, boolean append) {
    throw new UnsupportedOperationException();
  }

  /** Sets a number, without making text of it. */
  public void setNumber(String name, long value) {
    throw new UnsupportedOperationException();
  }

  /** For the shell itself: neither read-only nor other attributes stand in the way. */
  public void setRaw(String name, String value) {
    throw new UnsupportedOperationException();
  }

  /** {@code name[index]=value}; the variable becomes an indexed array. */
  public void setElement(String name, Scope scope, long index, String value, boolean append) {
    throw new UnsupportedOperationException();
  }

  /** {@code name[key]=value} of an associative array. */
  public void setElement(String name, Scope scope, String key, String value, boolean append) {
    throw new UnsupportedOperationException();
  }

  /** Replaces the whole by an indexed array, which must not be changed afterwards. */
  public void setArray(String name, Scope scope, IndexedArray array) {
    throw new UnsupportedOperationException();
  }

  /** Replaces the whole by an associative array, which must not be changed afterwards. */
  public void setMap(String name, Scope scope, AssociativeArray map) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  /**
   * {@code unset -v name}: the variable in sight, through namerefs (which may lead to an element). In a
   * function a local stays as unset; a caller's local uncovers what it hid.
   *
   * @throws ExpansionError {@code x: cannot unset: readonly variable}
   */
  public void unset(String name) {
    throw new UnsupportedOperationException();
  }

  /** {@code unset -n name}: the nameref itself. */
  public void unsetReference(String name) {
    throw new UnsupportedOperationException();
  }

  /** Unsets an element; {@code key} is the subscript's value, an index for an indexed array. */
  public void unsetElement(String name, String key) {
    throw new UnsupportedOperationException();
  }

  /** Makes a computed variable, {@link Variable#INDEXED} or so among the attributes as it applies. */
  public void register(String name, int attributes, DynamicVariable handler) {
    throw new UnsupportedOperationException();
  }

  /** Called after each change of a variable of that name: {@code PATH}, {@code IFS}, {@code LC_ALL}. */
  public void watch(String name, Runnable changed) {
    throw new UnsupportedOperationException();
  }

  // --- scopes

  /** A function begins. */
  public void pushScope() {
    throw new UnsupportedOperationException();
  }

  /** The function is over: its locals are gone. */
  public void popScope() {
    throw new UnsupportedOperationException();
  }

  /**
   * The temporary environment of {@code X=1 command}, for a builtin or function: exported until {@link
   * #popTemporary}. In a function pushed next they are its locals.
   */
  public void pushTemporary(List<String> names, List<String> values) {
    throw new UnsupportedOperationException();
  }

  public void popTemporary() {
    throw new UnsupportedOperationException();
  }

  /** How many functions are running; 0 outside of any. */
  public int depth() {
    throw new UnsupportedOperationException();
  }

  // --- printing

  /** {@code declare -ax a=([0]="x")}, without a newline; what {@code declare -p} prints. */
  public static String declaration(Variable variable) {
    throw new UnsupportedOperationException();
  }
}
