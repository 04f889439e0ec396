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

  int global(String name) {
    Integer slot = globals.get(name);
    if (slot == null) {
      slot = globals.size();
      globals.put(name, slot);
    }
    return slot;
  }
}
