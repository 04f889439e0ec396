package dev.qanat.command.data.awk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A parsed program: its rules, functions and the slots of its variables. */
final class Program {
  static final class Function {
    final String name;
    int parameters;
    Statement body;

    Function(String name) {
      this.name = name;
    }
  }

  /** A pattern with its action. */
  static final class Rule {
    final Expr pattern; // null: every record
    final Expr end; // of a range, else null
    final Statement action; // null: print
    boolean inRange;

    Rule(Expr pattern, Expr end, Statement action) {
      this.pattern = pattern;
      this.end = end;
      this.action = action;
    }
  }

  private static final int LINE_BITS = 20;
  private static final int LINES = (1 << LINE_BITS) - 1;

  private final List<String> sources = new ArrayList<>();
  final List<Statement> begin = new ArrayList<>();
  final List<Statement> end = new ArrayList<>();
  final List<Statement> beginFile = new ArrayList<>();
  final List<Statement> endFile = new ArrayList<>();
  final List<Rule> rules = new ArrayList<>();
  final Map<String, Function> functions = new HashMap<>();
  final Map<String, Integer> globals = new HashMap<>();

  Program() {
    for (int i = 0; i < Interpreter.SPECIALS.length; i++) {
      globals.put(Interpreter.SPECIALS[i], i);
    }
  }

  /** The number of a source to be used in {@link #place}, by the name messages call it. */
  int source(String name) {
    sources.add(name);
    return sources.size() - 1;
  }

  /** A line of a source in one number, so that to note where a run stands is one store. */
  static int place(int source, int line) {
    return source << LINE_BITS | Math.min(line, LINES);
  }

  /** A place as messages begin: {@code cmd. line:1: } or {@code prog.awk:3: }. */
  String where(int place) {
    int source = place >>> LINE_BITS;
    String name = source < sources.size() ? sources.get(source) : "cmd. line";
    return name + ":" + Math.max(1, place & LINES) + ": ";
  }

  int global(String name) {
    Integer slot = globals.get(name);
    if (slot == null) {
      slot = globals.size();
      globals.put(name, slot);
    }
    return slot;
  }
}
