package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.expand.IndexedArray;
import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** {@code mapfile} and {@code readarray}. */
public final class MapfileBuiltin implements Builtin {
  @Override
  public int run(Shell sh, List<String> args) {
    String name = args.get(0);
    OptionScan scan = new OptionScan(sh, args, "d:u:n:O:tC:c:s:");
    int delimiter = '\n';
    int fd = 0;
    long count = 0;
    long origin = 0;
    boolean keep = false;
    boolean trim = false;
    String callback = null;
    long quantum = 5000;
    long skip = 0;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      String a = scan.argument;
      switch (c) {
        case 'd' -> delimiter = a.isEmpty() ? 0 : Utf8.encode(a)[0] & 255;
        case 't' -> trim = true;
        case 'C' -> callback = a;
        case OptionScan.BAD -> {
          return 2;
        }
        default -> {
          long n = number(a);
          String what =
              switch (c) {
                case 'u' -> "invalid file descriptor specification";
                case 'n', 's' -> "invalid line count";
                case 'O' -> "invalid array origin";
                default -> "invalid callback quantum";
              };
          if (n < 0 || c == 'c' && n == 0) {
            sh.complain(name, a + ": " + what);
            return 1;
          }
          switch (c) {
            case 'u' -> fd = (int) Math.min(n, 1 << 20);
            case 'n' -> count = n;
            case 's' -> skip = n;
            case 'O' -> {
              origin = n;
              keep = true;
            }
            default -> quantum = n;
          }
        }
      }
    }
    List<String> operands = scan.operands();
    String array = operands.isEmpty() ? "MAPFILE" : operands.get(0);
    if (array.isEmpty()) {
      sh.complain(name, "empty array variable name");
      return 2;
    }
    if (!Expander.isName(array)) {
      sh.complain(name, "`" + array + "': not a valid identifier");
      return 1;
    }
    Variable v = sh.variables().find(sh.variables().namerefs().follow(array));
    if (v != null && v.has(Variable.READONLY)) {
      sh.severe(array + ": readonly variable");
      return 1;
    }
    if (v != null && v.has(Variable.ASSOCIATIVE)) {
      sh.complain(name, array + ": not an indexed array");
      return 1;
    }
    OpenFile in = sh.files().descriptors().get(fd);
    if (in == null && fd == 0) {
      sh.variables().setArray(array, Scope.VISIBLE, new IndexedArray());
      return 0; // bash looks only at a descriptor it was given
    }
    if (in == null) {
      sh.complain(name, fd + ": invalid file descriptor: Bad file descriptor");
      return 1;
    }
    IndexedArray result =
        keep && v != null && v.array() != null ? v.array().copy() : new IndexedArray();
    if (keep && v != null && v.array() == null && v.value() != null) {
      result.add(v.value());
    }
    Lines lines = new Lines(in, delimiter);
    long holds = 0; // bytes of memory taken while the array is nobody's yet
    try {
      for (long i = 0; i < skip; i++) {
        if (!lines.next()) {
          break;
        }
      }
      long n = 0;
      int held = 0;
      while (count == 0 || n < count) {
        if (!lines.next()) {
          break;
        }
        String text = lines.text(trim);
        if (callback != null && (n + 1) % quantum == 0) {
          sh.variables().setArray(array, Scope.VISIBLE, result.copy());
          sh.eval(callback + " " + (origin + n) + " " + Quoting.quote(text));
          if (sh.unwinding()) {
            return sh.status;
          }
        }
        result.set(origin + n, sh.expander().element(v, text));
        n++;
        held += 48 + 2L * text.length();
        if ((n & 63) == 0) {
          Memory.hold(held);
          holds += held;
          held = 0;
          Sched.checkpoint();
        }
      }
      lines.giveBack();
    } catch (ExpansionError e) {
      sh.variables().setArray(array, Scope.VISIBLE, result);
      throw e;
    } catch (VfsException e) {
      sh.complain(name, "read error: " + fd + ": " + e.reason());
      return 1;
    } finally {
      Memory.hold(-holds);
    }
    sh.variables().setArray(array, Scope.VISIBLE, result);
    return 0;
  }

  private static long number(String s) {
    if (s.isEmpty() || s.length() > 15) {
      return -1;
    }
    long n = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      n = n * 10 + c - '0';
    }
    return n;
  }

  /** Lines with any delimiter, reading ahead only where that can be given back. */
  private static final class Lines {
    private final OpenFile in;
    private final int delimiter;
    private final byte[] block = new byte[8192];
    private int at;
    private int end;
    private final ByteBuilder line = new ByteBuilder();
    private boolean terminated;
    private char[] chars = new char[256];

    Lines(OpenFile in, int delimiter) {
      this.in = in;
      this.delimiter = delimiter;
    }

    boolean next() {
      line.clear();
      terminated = false;
      while (true) {
        if (at == end) {
          int n = in.read(block, 0, in.seekable() ? block.length : 1);
          at = 0;
          end = Math.max(0, n);
          if (n < 0) {
            return !line.isEmpty();
          }
        }
        int from = at;
        while (at < end && (block[at] & 255) != delimiter) {
          at++;
        }
        line.append(block, from, at - from);
        if (at < end) {
          at++;
          terminated = true;
          return true;
        }
      }
    }

    String text(boolean trim) {
      if (terminated && !trim && delimiter != 0) {
        line.append(delimiter);
      }
      byte[] b = line.array();
      int n = line.length();
      int zero = 0;
      while (zero < n && b[zero] != 0) {
        zero++;
      }
      if (zero > chars.length) {
        chars = new char[zero * 2];
      }
      return Utf8.decode(b, 0, zero, chars);
    }

    void giveBack() {
      if (end > at && in.seekable()) {
        in.seek(at - end, 1);
      }
    }
  }
}
