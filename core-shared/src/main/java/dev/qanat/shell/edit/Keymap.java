package dev.qanat.shell.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which keys do what, in one of the editor's modes. */
public final class Keymap {
  /** What a binding runs. */
  public enum Kind {
    /** A command of the editor, by its name. */
    FUNCTION,
    /** Keys that are read as if they had been typed. */
    MACRO,
    /** A command line of the shell ({@code bind -x}). */
    SHELL
  }

  /** {@code text} is the command's name, the macro's keys, or the shell's command line. */
  public record Binding(Kind kind, String text) {}

  private final String name;
  private final TreeMap<String, Binding> bindings = new TreeMap<>();

  Keymap(String name) {
    this.name = name;
  }

  /** {@code emacs}, {@code vi-insert}, {@code vi-command}. */
  public String name() {
    return name;
  }

  void bind(String keys, Binding binding) {
    if (!keys.isEmpty()) {
      bindings.put(keys, binding);
    }
  }

  void unbind(String keys) {
    bindings.remove(keys);
  }

  /** What exactly these keys do; null for nothing. */
  Binding get(String keys) {
    return bindings.get(keys);
  }

  /** Whether longer sequences begin with these keys. */
  boolean isPrefix(String keys) {
    String next = bindings.higherKey(keys);
    return next != null && next.startsWith(keys);
  }

  /** All bindings, in the order of their keys. */
  public Map<String, Binding> bindings() {
    return bindings;
  }

  /** The keys of a command, without {@code prefix}, which all of them begin with. */
  public List<String> keysOf(String function, String prefix) {
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, Binding> e : bindings.entrySet()) {
      Binding b = e.getValue();
      if (b.kind() == Kind.FUNCTION && b.text().equals(function) && e.getKey().startsWith(prefix)) {
        String k = e.getKey().substring(prefix.length());
        if (!k.isEmpty()) {
          keys.add(isPrefix(e.getKey()) ? k + "\0" : k);
        }
      }
    }
    return keys;
  }
}
