package dev.qanat.command.data.bc;

import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a program works on: its variables, arrays and functions, and the line it prints. */
final class Machine {
  /** A name's number, or an array's elements. Calls put others in their place for a while. */
  static final class Variable {
    Decimal value = Decimal.ZERO;
    Map<Integer, Decimal> elements;
  }

  /** A parameter or an automatic variable. */
  record Local(Variable variable, boolean array, boolean reference) {}

  static final class Function {
    final String name;
    List<Local> parameters;
    List<Local> autos;
    List<Statement> body;
    boolean isVoid;

    Function(String name) {
      this.name = name;
    }
  }

  static final int MAX_SUBSCRIPT = 16_777_215;
  static final int MAX_SCALE = 1_000_000;
  static final int MAX_CALLS = 500;

  final Invocation in;
  final Output out;
  final Lexer.Source input; // of read()
  final Map<String, Function> functions = new HashMap<>();
  private final Map<String, Variable> variables = new HashMap<>();
  private final Map<String, Variable> arrays = new HashMap<>();
  private final int lineLength;
  private int column;

  int scale;
  int ibase = 10;
  int obase = 10;
  Decimal last = Decimal.ZERO;
  Decimal returned;
  String function = "(main)";
  int calls;

  Machine(Invocation in, Lexer.Source input) {
    this.in = in;
    this.input = input;
    out = in.stdout();
    String length = in.env("BC_LINE_LENGTH");
    int n = 70;
    if (length != null && !length.isEmpty() && length.length() < 9) {
      n = 0;
      for (int i = 0; i < length.length(); i++) {
        char c = length.charAt(i);
        n = c < '0' || c > '9' || n < 0 ? -1 : n * 10 + c - '0';
      }
      n = n == 0 || n > 2 ? n : 70;
    }
    lineLength = n;
  }

  Variable variable(String name) {
    return variables.computeIfAbsent(name, n -> new Variable());
  }

  Variable array(String name) {
    return arrays.computeIfAbsent(name, n -> new Variable());
  }

  Function function(String name) {
    return functions.computeIfAbsent(name, Function::new);
  }

  void print(Decimal d) {
    text(d.toString(obase));
    last = d;
  }

  /** Text, in lines that are not too long. */
  void text(String s) {
    for (int i = 0; i < s.length(); i++) {
      character(s.charAt(i));
    }
  }

  void character(char c) {
    if (c == '\n') {
      column = 0;
    } else if (lineLength != 0 && ++column == lineLength - 1) {
      out.write("\\\n");
      column = 1;
    }
    if (c < 0x80) {
      out.write(c);
    } else {
      out.write(String.valueOf(c));
    }
  }

  BcError error(int address, String message) {
    return new BcError("Runtime error (func=" + function + ", adr=" + address + "): " + message);
  }

  void warn(int address, String message) {
    out.flush();
    in.stderr().line("Runtime warning (func=" + function + ", adr=" + address + "): " + message);
    in.stderr().flush();
  }
}
