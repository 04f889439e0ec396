package dev.qanat.shell.expand;

import dev.qanat.shell.expand.Variable.Handing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a shell's variables live: the one in sight for each name, below it those it hides, and the
 * scopes of functions and commands that added them. A variable shared with another shell is copied
 * before it is changed.
 */
final class VariableStore {
  private final VariableTable table;
  private Object token = new Object(); // owner of what may be changed in place
  private Frame frame;
  private int depth;
  private final Map<String, Runnable> watchers = new HashMap<>();

  /** Names whose changes the shell is told of, and who tells it. */
  private Set<String> special = Set.of();

  private Consumer<String> listener;

  /** What the exported variables come to; null when it must be made anew. */
  Map<String, String> environment;

  /** A function's scope, or the temporary environment of a command. */
  private static final class Frame {
    final Frame below;
    final int level;
    final boolean temporary;
    final boolean ofText;
    List<String> names; // of the variables it added

    Frame(Frame below, boolean temporary, boolean ofText) {
      this.below = below;
      this.level = below == null ? 1 : below.level + 1;
      this.temporary = temporary;
      this.ofText = ofText;
    }

    void add(String name) {
      if (names == null) {
        names = new ArrayList<>(4);
      }
      names.add(name);
    }
  }

  VariableStore() {
    this(new VariableTable());
  }

  private VariableStore(VariableTable table) {
    this.table = table;
  }

  /** A store of the same variables, for a subshell; watchers are not taken over. */
  VariableStore fork() {
    VariableStore child = new VariableStore(table.fork());
    child.frame = frame;
    child.depth = depth;
    child.environment = environment;
    child.special = special;
    token = new Object();
    return child;
  }

  /** The variable in sight; or null. */
  Variable get(String name) {
    return table.get(name);
  }

  /** All variables in sight, in no order. */
  List<Variable> all() {
    return table.all();
  }

  /** The names of all variables in sight, sorted. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Variable v : table.all()) {
      names.add(v.name);
    }
    Collections.sort(names, CodePointOrder.INSTANCE);
    return names;
  }

  /** The names of the running function's locals, sorted. */
  List<String> localNames() {
    List<String> names = new ArrayList<>();
    if (functionLevel() > 0) {
      for (Variable v : table.all()) {
        if (stored(v.name, Scope.LOCAL) != null) {
          names.add(v.name);
        }
      }
      Collections.sort(names, CodePointOrder.INSTANCE);
    }
    return names;
  }

  /** Bytes held by the variables that no count of this number has met yet. */
  long heldBytes(int count) {
    long bytes = 0;
    for (Variable first : table.all()) {
      for (Variable v = first; v != null && v.counted != count; v = v.hidden) {
        v.counted = count;
        bytes += v.heldBytes();
      }
    }
    return bytes;
  }

  /** Puts a variable in sight, in place of the one of its name. */
  void put(Variable v) {
    table.put(v.name, v);
  }

  /** The owner of what may be changed in place. */
  Object token() {
    return token;
  }

  /** How many functions are running. */
  int depth() {
    return depth;
  }

  /** The variable of that name in a scope; or null. */
  Variable stored(String name, Scope scope) {
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
  int functionLevel() {
    Frame f = frame;
    while (f != null && f.temporary) {
      f = f.below;
    }
    return f == null ? 0 : f.level;
  }

  /** The variable made ready for a change; it must be in the chain of its name. */
  Variable writable(Variable v) {
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

  /** A new variable in a scope that has none of that name. */
  Variable create(String name, Scope scope) {
    Variable first = table.get(name);
    int level = scope == Scope.LOCAL ? functionLevel() : 0;
    if (level > 0 && first != null && first.temporary && first.level > level) {
      // a local declared by a builtin takes the place of the builtin's temporary variable
      Variable local = first.copy(token);
      local.temporary = false;
      local.ofCommand = true;
      table.put(name, local);
      return local;
    }
    Variable v = new Variable(name, level, token);
    v.watched = isWatched(name);
    if (level > 0 && first != null && first.temporary && first.level == level - 1) {
      // the temporary environment of a function is its local scope
      v.hidden = first.hidden;
      v.ofCommand = true;
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
    return v;
  }

  /** Takes the variable in sight away: what it hid is seen again. */
  void uncover(Variable v) {
    if (v.hidden != null) {
      table.put(v.name, v.hidden);
      if (v.hidden.has(Variable.EXPORT)) {
        environment = null;
      }
    } else {
      table.remove(v.name);
    }
  }

  void listen(Consumer<String> shell) {
    listener = shell;
  }

  /** From now on, the listener is told of changes of these. */
  void special(Set<String> names) {
    special = names;
    for (String name : names) {
      markWatched(name);
    }
  }

  private boolean isWatched(String name) {
    return watchers.containsKey(name) || special.contains(name);
  }

  /** Tells who watches the variable. */
  void changed(Variable v) {
    if (v.watched) {
      changed(v.name);
    }
  }

  private void changed(String name) {
    Runnable watcher = watchers.get(name);
    if (watcher != null) {
      watcher.run();
    }
    if (listener != null && special.contains(name)) {
      listener.accept(name);
    }
  }

  /** Calls {@code changed} after each change of a variable of that name. */
  void watch(String name, Runnable changed) {
    Runnable before = watchers.get(name);
    watchers.put(
        name,
        before == null
            ? changed
            : () -> {
              before.run();
              changed.run();
            });
    markWatched(name);
  }

  private void markWatched(String name) {
    Variable v = table.get(name);
    if (v != null && !v.watched) {
      Variable copy = v.copy(token);
      copy.watched = true;
      table.put(name, copy);
    }
  }

  void pushScope() {
    frame = new Frame(frame, false, false);
    depth++;
  }

  void popScope() {
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
        if (v.handing != Handing.NOBODY) {
          handDown(v);
        }
        changed(v);
      }
    }
  }

  /**
   * Lets a variable from the assignments in front of a command outlive the command, which has made
   * it exported or readonly.
   *
   * @param declared by {@code declare} or {@code local}, which do so in {@code X=1 eval} too
   */
  void handOn(String name, boolean declared) {
    Variable v = table.get(name);
    if (v == null || !v.temporary && !v.ofCommand) {
      return;
    }
    if (declared || !frame.ofText || v.level != frame.level) {
      boolean ofBuiltin = v.level == frame.level && frame.temporary;
      writable(v).handing = !ofBuiltin ? Handing.DOWN : declared ? Handing.ONCE : Handing.ASSIGNED;
    }
  }

  private void handDown(Variable v) {
    boolean assigned = v.handing == Handing.ASSIGNED;
    int level = frame == null || assigned ? 0 : frame.level;
    Variable to = table.get(v.name);
    if (to != null && (assigned || to.level == level)) {
      to = writable(to);
    } else {
      to = new Variable(v.name, level, token);
      to.hidden = table.get(v.name);
      to.watched = v.watched;
      table.put(v.name, to);
      if (level > 0) {
        frame.add(v.name);
      }
    }
    to.attributes |= v.attributes;
    to.takeValue(v);
    to.handing = level > 0 && v.handing == Handing.DOWN ? Handing.DOWN : Handing.NOBODY;
    environment = null;
  }

  void pushTemporary(List<String> names, List<String> values, boolean ofText) {
    frame = new Frame(frame, true, ofText);
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
      v.watched = isWatched(name);
      v.hidden = old;
      v.setText(values.get(i));
      table.put(name, v);
      frame.add(name);
      changed(v);
    }
    environment = null;
  }

  void popTemporary() {
    popFrame();
  }
}
