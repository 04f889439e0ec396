package dev.qanat.command.system;

/**
 * Puts numbers into a capability: the stack language of terminfo(5), in which {@code %p1%d} is the
 * first parameter in decimal and {@code %?…%t…%e…%;} a choice.
 */
final class TerminfoParameters {
  private static final int MOST = 32;

  private final String text;
  private final int[] parameters;
  private final int[] stack = new int[MOST];
  private final int[] variables = new int[52];
  private final StringBuilder out = new StringBuilder();
  private int height;
  private int at;

  TerminfoParameters(String text, int[] parameters) {
    this.text = text;
    this.parameters = parameters.clone();
  }

  String expand() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '%' || at == text.length()) {
        out.append(c);
      } else {
        step(text.charAt(at++));
      }
    }
    return out.toString();
  }

  private void push(int value) {
    if (height < MOST) {
      stack[height++] = value;
    }
  }

  private void push(boolean value) {
    push(value ? 1 : 0);
  }

  private int pop() {
    return height == 0 ? 0 : stack[--height];
  }

  private void step(char c) {
    switch (c) {
      case '%' -> out.append('%');
      case 'i' -> {
        parameters[0]++;
        parameters[1]++;
      }
      case 'p' -> push(parameters[Math.max(0, Math.min(8, next() - '1'))]);
      case 'P' -> variables[variable()] = pop();
      case 'g' -> push(variables[variable()]);
      case '\'' -> {
        push(next());
        at++;
      }
      case '{' -> {
        int n = 0;
        for (char d = next(); d != '}' && d != 0; d = next()) {
          n = n * 10 + d - '0';
        }
        push(n);
      }
      case 'c' -> out.append((char) pop());
      case 'l' -> push(String.valueOf(pop()).length());
      case 't' -> {
        if (pop() == 0) {
          skip(true);
        }
      }
      case 'e' -> skip(false);
      case '?', ';' -> {}
      case '!' -> push(pop() == 0);
      case '~' -> push(~pop());
      case '+', '-', '*', '/', 'm', '&', '|', '^', '=', '<', '>', 'A', 'O' -> operate(c);
      default -> format(c);
    }
  }

  private char next() {
    return at < text.length() ? text.charAt(at++) : 0;
  }

  private int variable() {
    char c = next();
    return c >= 'a' && c <= 'z' ? c - 'a' : c >= 'A' && c <= 'Z' ? 26 + c - 'A' : 0;
  }

  private void operate(char c) {
    int b = pop();
    int a = pop();
    switch (c) {
      case '+' -> push(a + b);
      case '-' -> push(a - b);
      case '*' -> push(a * b);
      case '/' -> push(b == 0 ? 0 : a / b);
      case 'm' -> push(b == 0 ? 0 : a % b);
      case '&' -> push(a & b);
      case '|' -> push(a | b);
      case '^' -> push(a ^ b);
      case '=' -> push(a == b);
      case '<' -> push(a < b);
      case '>' -> push(a > b);
      case 'A' -> push(a != 0 && b != 0);
      default -> push(a != 0 || b != 0);
    }
  }

  /** Goes behind the {@code %e} or {@code %;} that ends the branch not taken. */
  private void skip(boolean toElse) {
    int depth = 0;
    while (at < text.length()) {
      if (text.charAt(at++) != '%') {
        continue;
      }
      switch (next()) {
        case '?' -> depth++;
        case ';' -> {
          if (depth-- == 0) {
            return;
          }
        }
        case 'e' -> {
          if (toElse && depth == 0) {
            return;
          }
        }
        default -> {}
      }
    }
  }

  /** {@code %[:flags][width][.precision]} and one of {@code d o x X s}. */
  private void format(char first) {
    char c = first;
    boolean zeros = false;
    boolean left = false;
    if (c == ':') {
      c = next();
    }
    while (c == '0' || c == '-' || c == '+' || c == ' ' || c == '#') {
      zeros |= c == '0';
      left |= c == '-';
      c = next();
    }
    int width = 0;
    while (c >= '0' && c <= '9') {
      width = width * 10 + c - '0';
      c = next();
    }
    int precision = 0;
    if (c == '.') {
      c = next();
      while (c >= '0' && c <= '9') {
        precision = precision * 10 + c - '0';
        c = next();
      }
    }
    int value = pop();
    StringBuilder digits =
        new StringBuilder(
            switch (c) {
              case 'o' -> Integer.toOctalString(value);
              case 'x' -> Integer.toHexString(value);
              case 'X' -> Integer.toHexString(value).toUpperCase();
              default -> String.valueOf(value);
            });
    while (digits.length() < precision || zeros && digits.length() < width) {
      digits.insert(0, '0');
    }
    while (digits.length() < width) {
      digits.insert(left ? digits.length() : 0, ' ');
    }
    out.append(digits);
  }
}
