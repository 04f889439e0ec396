package dev.qanat.command.data.jq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The code of one function, closure or program. An instruction takes the value on top of the stack,
 * its input, and leaves its output there; what a subexpression gave waits below.
 */
final class Code {
  // Operands in brackets. Addresses are places in the code.
  static final int CONST = 1; // [constant] replaces the input
  static final int DUP = 2;
  static final int SWAP = 3;
  static final int POP = 4;
  static final int LOAD = 5; // [level, slot] replaces the input
  static final int STORE = 6; // [slot] takes the top off
  static final int PUSH_VAR = 7; // [slot] pushes, and forgets it in the variable
  static final int STORE_UNDER = 8; // [slot] takes the value below the input
  static final int SUB_BEGIN = 9; // copies the input; what follows is no path
  static final int SUB_END = 10; // swaps: result below, input on top
  static final int BINARY = 11; // [operator] takes right, left and the input
  static final int INDEX = 12; // [optional] takes key, term
  static final int INDEX_CONST = 13; // [constant, optional]
  static final int SLICE = 14; // [optional] takes from, to, term
  static final int EACH = 15; // [optional]
  static final int FORK = 16; // [address] comes back there
  static final int JUMP = 17; // [address]
  static final int BRANCH = 18; // [address] jumps if the value below the input is false
  static final int BOOLEAN = 19; // takes value and input, leaves true or false
  static final int BACKTRACK = 20;
  static final int ALT_BEGIN = 21; // [slot of two, address] comes back there if nothing true came
  static final int ALT_TEST = 22; // [slot] goes back unless true
  static final int TRY_BEGIN = 23; // [slot, address] comes there with an error's value
  static final int TRY_END = 24; // [slot] later errors are not ours
  static final int COLLECT = 25; // [slot] begins an array
  static final int APPEND = 26; // [slot]
  static final int FINISH = 27; // [slot] replaces the input by the array
  static final int INSERT = 28; // takes object, key, value, input; leaves object, input
  static final int CONCAT = 29; // [constant: texts, count] takes count strings and the input
  static final int FORMAT = 30; // [constant: name]
  static final int CALL = 31; // [constant: call site]
  static final int CALL_PARAM = 32; // [level, index, tail]
  static final int NATIVE = 33; // [constant: function, arity] takes the arguments and the input
  static final int RET = 34;
  static final int LABEL = 35; // [slot]
  static final int BREAK = 36; // [level, slot]
  static final int PATH_BEGIN = 37;
  static final int PATH_END = 38;
  static final int GET_PATH = 39; // takes path and input
  static final int RANGE = 40; // takes to, from and the input
  static final int DIRECT =
      41; // [constant: expression, address] evaluates at once, outside of paths
  static final int ERROR = 42; // raises the input
  static final int CLEAR = 43; // [slot] sets a variable to null
  static final int PATTERN_FORK = 44; // [address] comes there after an error
  static final int INPUT = 45;
  static final int DESCEND = 46; // [address] every value below; jumps there inside of paths
  static final int ALL_INPUTS = 47; // one input after the other
  static final int NEGATE = 48;

  /**
   * What a call needs: the function, and for each parameter a closure's code or our own parameter.
   */
  static final class Call {
    final Code function;
    final int level;
    final Code[] closures; // null where a parameter of ours is passed on
    final int[] paramLevels;
    final int[] params;
    boolean tail;

    Call(Code function, int level, int arity) {
      this.function = function;
      this.level = level;
      closures = new Code[arity];
      paramLevels = new int[arity];
      params = new int[arity];
    }
  }

  final Code parent;
  final String name;
  int[] ops = new int[32];
  int length;
  final List<Object> constants = new ArrayList<>();
  int variables;

  Code(Code parent, String name) {
    this.parent = parent;
    this.name = name;
  }

  int newVariable() {
    return variables++;
  }

  int constant(Object o) {
    constants.add(o);
    return constants.size() - 1;
  }

  /** Appends an instruction; returns its place. */
  int emit(int... words) {
    if (length + words.length > ops.length) {
      ops = Arrays.copyOf(ops, ops.length * 2 + words.length);
    }
    System.arraycopy(words, 0, ops, length, words.length);
    length += words.length;
    return length - words.length;
  }

  /** Fills in an address that was not known: that of the next instruction. */
  void patch(int place) {
    ops[place] = length;
  }

  /** How many words an instruction has. */
  static int size(int op) {
    return switch (op) {
      case LOAD, INDEX_CONST, ALT_BEGIN, TRY_BEGIN, CONCAT, NATIVE, BREAK, DIRECT -> 3;
      case CALL_PARAM -> 4;
      case CONST,
              STORE,
              PUSH_VAR,
              STORE_UNDER,
              BINARY,
              INDEX,
              SLICE,
              EACH,
              FORK,
              JUMP,
              BRANCH,
              ALT_TEST,
              TRY_END,
              COLLECT,
              APPEND,
              FINISH,
              FORMAT,
              CALL,
              LABEL,
              CLEAR,
              PATTERN_FORK,
              DESCEND ->
          2;
      default -> 1;
    };
  }

  /** Marks the calls that nothing follows: they need no return. */
  void markTailCalls() {
    for (int pc = 0; pc < length; pc += size(ops[pc])) {
      int op = ops[pc];
      if (op == CALL || op == CALL_PARAM) {
        int next = pc + size(op);
        while (ops[next] == JUMP) {
          next = ops[next + 1];
        }
        if (ops[next] == RET) {
          if (op == CALL) {
            ((Call) constants.get(ops[pc + 1])).tail = true;
          } else {
            ops[pc + 3] = 1;
          }
        }
      }
    }
  }
}
