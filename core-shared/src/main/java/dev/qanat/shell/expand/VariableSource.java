package dev.qanat.shell.expand;

/** How {@code declare -p} and its like print a variable: as the command that makes it again. */
public final class VariableSource {
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

  private VariableSource() {}

  /** {@code declare -ax a=([0]="x")}, without a newline; what {@code declare -p} prints. */
  public static String of(Variable variable) {
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

  /** {@code ([0]="x" [1]="y")}, as {@code set} and {@code declare -p} print an array's value. */
  static void elements(Variable variable, StringBuilder out) {
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
