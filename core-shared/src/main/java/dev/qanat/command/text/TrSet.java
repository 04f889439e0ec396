package dev.qanat.command.text;

import dev.qanat.command.Invocation;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An array of bytes as tr's operands describe it: ranges, classes, repeats and escapes. */
final class TrSet {
  byte[] bytes = new byte[256];
  int length;
  int repeats; // [c*] of open length
  boolean hasEquivalence;
  boolean hasClass;
  boolean hasOtherClass;
  boolean endsInClass;
  final List<Integer> caseClasses = new ArrayList<>();

  private final Invocation in;
  private final byte[] s;
  private final boolean[] escaped;
  private int openAt = -1;
  private byte openByte;

  TrSet(Invocation in, String text) {
    this.in = in;
    byte[] raw = Utf8.encode(text);
    byte[] out = new byte[raw.length];
    boolean[] esc = new boolean[raw.length];
    int n = 0;
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '\\') {
        out[n++] = raw[i];
        continue;
      }
      esc[n] = true;
      if (i + 1 == raw.length) {
        in.error("warning: an unescaped backslash at end of string is not portable");
        esc[n] = false;
        out[n++] = '\\';
        continue;
      }
      int c = raw[++i];
      int letter = c == 'e' ? -1 : Escapes.letter(c);
      if (letter >= 0) {
        out[n++] = (byte) letter;
      } else if (c >= '0' && c <= '7') {
        int v = c - '0';
        for (int k = 0;
            k < 2 && i + 1 < raw.length && raw[i + 1] >= '0' && raw[i + 1] <= '7';
            k++) {
          if (v * 8 + raw[i + 1] - '0' > 255) {
            in.error(
                "warning: the ambiguous octal escape \\"
                    + (char) raw[i - 1]
                    + (char) raw[i]
                    + (char) raw[i + 1]
                    + " is being\n\tinterpreted as the 2-byte sequence \\0"
                    + (char) raw[i - 1]
                    + (char) raw[i]
                    + ", "
                    + (char) raw[i + 1]);
            break;
          }
          v = v * 8 + raw[++i] - '0';
        }
        out[n++] = (byte) v;
      } else {
        out[n++] = (byte) c;
      }
    }
    s = Arrays.copyOf(out, n);
    escaped = esc;
    parse();
  }

  private boolean is(int i, char c) {
    return i < s.length && s[i] == c && !escaped[i];
  }

  private void parse() {
    int i = 0;
    while (i < s.length) {
      endsInClass = false;
      if (is(i, '[') && i + 1 < s.length) {
        int next = bracket(i);
        if (next > 0) {
          i = next;
          continue;
        }
      }
      if (is(i + 1, '-') && i + 2 < s.length) {
        int a = s[i] & 0xff;
        int z = s[i + 2] & 0xff;
        if (a > z) {
          throw in.fail(
              1,
              "range-endpoints of '"
                  + show(s[i])
                  + "-"
                  + show(s[i + 2])
                  + "' are in reverse collating sequence order");
        }
        for (int c = a; c <= z; c++) {
          put((byte) c);
        }
        i += 3;
      } else {
        put(s[i++]);
      }
    }
  }

  private static String show(byte b) {
    int c = b & 0xff;
    if (c >= 32 && c < 127 && c != '\\') {
      return String.valueOf((char) c);
    }
    int letter = "\007\b\t\n\013\f\r\\".indexOf((char) c);
    return letter >= 0
        ? "\\" + "abtnvfr\\".charAt(letter)
        : "\\" + (c >> 6) + (c >> 3 & 7) + (c & 7);
  }

  /** Takes a bracket construct at {@code i}; returns where it ends, or 0 when it is none. */
  private int bracket(int i) {
    if (is(i + 1, ':') || is(i + 1, '=')) {
      char kind = (char) s[i + 1];
      for (int k = i + 2; k + 1 < s.length; k++) {
        if (is(k, kind) && is(k + 1, ']')) {
          String name = Utf8.decode(s, i + 2, k - i - 2);
          if (kind == ':') {
            if (k == i + 2) {
              throw in.fail(1, "missing character class name '[::]'");
            }
            if (!classNamed(name)) {
              if (is(i + 2, '*')) {
                return 0;
              }
              throw in.fail(1, "invalid character class " + Quoting.locale(name));
            }
          } else {
            if (k == i + 2) {
              throw in.fail(1, "missing equivalence class character '[==]'");
            }
            if (k - i - 2 != 1) {
              if (is(i + 2, '*')) {
                return 0;
              }
              throw in.fail(1, name + ": equivalence class operand must be a single character");
            }
            put(s[i + 2]);
            hasEquivalence = true;
          }
          return k + 2;
        }
      }
    }
    if (is(i + 2, '*')) {
      for (int k = i + 3; k < s.length; k++) {
        if (is(k, ']')) {
          String digits = Utf8.decode(s, i + 3, k - i - 3);
          long n = count(digits);
          if (n < 0) {
            if (digits.length() > 0) {
              throw in.fail(
                  1, "invalid repeat count " + Quoting.locale(digits) + " in [c*n] construct");
            }
          }
          if (n == 0) {
            repeats++;
            openAt = length;
            openByte = s[i + 1];
          } else {
            for (long j = 0; j < n && length < 70_000; j++) {
              put(s[i + 1]);
            }
          }
          return k + 1;
        }
      }
    }
    return 0;
  }

  private static long count(String digits) {
    if (digits.isEmpty()) {
      return 0;
    }
    int base = digits.charAt(0) == '0' ? 8 : 10;
    long n = 0;
    for (int i = 0; i < digits.length(); i++) {
      int d = digits.charAt(i) - '0';
      if (d < 0 || d >= base) {
        return -1;
      }
      n = Math.min(1L << 40, n * base + d);
    }
    return n;
  }

  private void put(byte b) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = b;
  }

  private boolean classNamed(String name) {
    int before = length;
    boolean known = true;
    for (int c = 0; c < 256; c++) {
      boolean upper = c >= 'A' && c <= 'Z';
      boolean lower = c >= 'a' && c <= 'z';
      boolean digit = c >= '0' && c <= '9';
      boolean graph = c > 32 && c < 127;
      Boolean is =
          switch (name) {
            case "alnum" -> upper || lower || digit;
            case "alpha" -> upper || lower;
            case "blank" -> c == ' ' || c == '\t';
            case "cntrl" -> c < 32 || c == 127;
            case "digit" -> digit;
            case "graph" -> graph;
            case "lower" -> lower;
            case "print" -> graph || c == 32;
            case "punct" -> graph && !upper && !lower && !digit;
            case "space" -> c == 32 || c >= 9 && c <= 13;
            case "upper" -> upper;
            case "xdigit" -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            default -> null;
          };
      if (is == null) {
        known = false;
        break;
      }
      if (is) {
        put((byte) c);
      }
    }
    if (known) {
      hasClass = true;
      endsInClass = true;
      if (name.equals("upper") || name.equals("lower")) {
        caseClasses.add(before);
      } else {
        hasOtherClass = true;
      }
    }
    return known;
  }

  /** Gives an open repeat the length that makes this array as long as the other. */
  void expand(int other) {
    if (openAt < 0) {
      return;
    }
    int n = Math.max(0, other - length);
    byte[] b = new byte[length + n];
    System.arraycopy(bytes, 0, b, 0, openAt);
    Arrays.fill(b, openAt, openAt + n, openByte);
    System.arraycopy(bytes, openAt, b, openAt + n, length - openAt);
    bytes = b;
    length += n;
  }

  void complement() {
    boolean[] has = members();
    bytes = new byte[256];
    length = 0;
    for (int c = 0; c < 256; c++) {
      if (!has[c]) {
        bytes[length++] = (byte) c;
      }
    }
  }

  void pad(int to) {
    byte last = bytes[length - 1];
    bytes = Arrays.copyOf(bytes, to);
    Arrays.fill(bytes, length, to, last);
    length = to;
  }

  boolean allSame() {
    for (int i = 1; i < length; i++) {
      if (bytes[i] != bytes[0]) {
        return false;
      }
    }
    return true;
  }

  boolean[] members() {
    boolean[] has = new boolean[256];
    for (int i = 0; i < length; i++) {
      has[bytes[i] & 0xff] = true;
    }
    return has;
  }
}
