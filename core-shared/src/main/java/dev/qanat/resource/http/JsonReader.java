package dev.qanat.resource.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON text into lists, maps, strings, doubles and booleans. For listings only. */
final class JsonReader {
  private static final int MAX_DEPTH = 64;

  private final String s;
  private int i;
  private int depth;

  JsonReader(String s) {
    this.s = s;
  }

  /** The one value of the text. IllegalArgumentException when it is not JSON. */
  Object read() {
    Object v = value();
    space();
    if (i < s.length()) {
      throw unexpected();
    }
    return v;
  }

  private Object value() {
    space();
    return switch (peek()) {
      case '[' -> array();
      case '{' -> object();
      case '"' -> string();
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private List<Object> array() {
    List<Object> out = new ArrayList<>();
    enter();
    space();
    if (peek() != ']') {
      do {
        out.add(value());
      } while (more(']'));
    }
    i++;
    depth--;
    return out;
  }

  private Map<String, Object> object() {
    Map<String, Object> out = new LinkedHashMap<>();
    enter();
    space();
    if (peek() != '}') {
      do {
        space();
        String key = string();
        space();
        if (peek() != ':') {
          throw unexpected();
        }
        i++;
        out.put(key, value());
      } while (more('}'));
    }
    i++;
    depth--;
    return out;
  }

  private void enter() {
    i++;
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested too deeply");
    }
  }

  private boolean more(char close) {
    space();
    if (peek() == ',') {
      i++;
      return true;
    }
    if (peek() != close) {
      throw unexpected();
    }
    return false;
  }

  private String string() {
    if (peek() != '"') {
      throw unexpected();
    }
    StringBuilder out = new StringBuilder();
    for (i++; peek() != '"'; i++) {
      char c = s.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      switch (peek()) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          int code = 0;
          for (int k = 0; k < 4; k++) {
            i++;
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
              throw unexpected();
            }
            code = code << 4 | digit;
          }
          out.append((char) code);
        }
        default -> out.append(s.charAt(i));
      }
    }
    i++;
    return out.toString();
  }

  private Object number() {
    int from = i;
    while (i < s.length() && "+-.eE0123456789".indexOf(s.charAt(i)) >= 0) {
      i++;
    }
    if (from == i) {
      throw unexpected();
    }
    return Double.parseDouble(s.substring(from, i));
  }

  private Object word(String word, Object value) {
    if (!s.startsWith(word, i)) {
      throw unexpected();
    }
    i += word.length();
    return value;
  }

  private void space() {
    while (i < s.length() && " \t\r\n".indexOf(s.charAt(i)) >= 0) {
      i++;
    }
  }

  private char peek() {
    if (i >= s.length()) {
      throw new IllegalArgumentException("it ends too early");
    }
    return s.charAt(i);
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("unexpected text at character " + i);
  }
}
