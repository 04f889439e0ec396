package dev.qanat.shell.expand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and variables, forked at a cost that does not depend on their number: what was there at a
 * fork is frozen in layers that both sides read, changes go on top. Layers are merged so that each
 * is several times larger than the one above it.
 */
final class VariableTable {
  private static final int GROWTH = 4;
  private static final Variable REMOVED = new Variable("", 0, null);

  private Map<String, Variable> top = new HashMap<>();
  private List<Map<String, Variable>> layers = List.of(); // oldest first, never changed

  Variable get(String name) {
    Variable v = top.get(name);
    if (v == null) {
      for (int i = layers.size() - 1; i >= 0 && v == null; i--) {
        v = layers.get(i).get(name);
      }
    }
    return v == REMOVED ? null : v;
  }

  void put(String name, Variable variable) {
    top.put(name, variable);
  }

  void remove(String name) {
    if (layers.isEmpty()) {
      top.remove(name);
    } else {
      top.put(name, REMOVED);
    }
  }

  VariableTable fork() {
    if (!top.isEmpty()) {
      freeze();
    }
    VariableTable child = new VariableTable();
    child.layers = layers;
    return child;
  }

  private void freeze() {
    List<Map<String, Variable>> frozen = new ArrayList<>(layers);
    Map<String, Variable> layer = top;
    while (!frozen.isEmpty()) {
      Map<String, Variable> below = frozen.get(frozen.size() - 1);
      if (below.size() > layer.size() * GROWTH) {
        break;
      }
      Map<String, Variable> merged = new HashMap<>(below);
      merged.putAll(layer);
      layer = merged;
      frozen.remove(frozen.size() - 1);
    }
    if (frozen.isEmpty()) {
      layer.values().removeIf(v -> v == REMOVED);
    }
    frozen.add(layer);
    layers = frozen;
    top = new HashMap<>();
  }

  /** All variables, in no order. */
  List<Variable> all() {
    if (layers.isEmpty()) {
      return new ArrayList<>(top.values());
    }
    Map<String, Variable> merged = new HashMap<>(layers.get(0));
    for (int i = 1; i < layers.size(); i++) {
      merged.putAll(layers.get(i));
    }
    merged.putAll(top);
    List<Variable> all = new ArrayList<>(merged.size());
    for (Variable v : merged.values()) {
      if (v != REMOVED) {
        all.add(v);
      }
    }
    return all;
  }
}
