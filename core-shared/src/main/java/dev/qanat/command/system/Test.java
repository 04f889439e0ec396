package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import java.math.BigInteger;
import java.util.List;

/** test and [, as programs of their own: a status from a condition. */
public final class Test implements Command {
  private static final int MAX_DEPTH = 100;

  /** The arguments and how far they are read. */
  private static final class Reader {
    final Invocation in;
    final List<String> a;
    int at;
    int depth; // of parentheses that have been opened

    Reader(Invocation in, List<String> a) {
      this.in = in;
      this.a = a;
    }

    Command.Exit fail(String message) {
      return in.fail(2, message);
    }

    String need() {
      if (at >= a.size()) {
        throw fail("missing argument after " + Quoting.locale(a.get(a.size() - 1)));
      }
      return a.get(at++);
    }
  }

  @Override
  public int run(Invocation in) {
    List<String> args = in.args();
    if (in.name().endsWith("[")) {
      if (args.size() == 1 && (args.get(0).equals("--help") || args.get(0).equals("--version"))) {
        Options.of("test")
            .usage("EXPRESSION")
            .about("Exit with the status determined by EXPRESSION.")
            .parse(in);
      }
      if (args.isEmpty() || !args.get(args.size() - 1).equals("]")) {
        throw in.fail(2, "missing " + Quoting.locale("]"));
      }
      args = args.subList(0, args.size() - 1);
    }
    if (args.isEmpty()) {
      return 1;
    }
    Reader r = new Reader(in, args);
    boolean value = posix(r, args.size());
    if (r.at < args.size()) {
      throw r.fail("extra argument " + Quoting.locale(args.get(r.at)));
    }
    return value ? 0 : 1;
  }

  private boolean posix(Reader r, int n) {
    return switch (n) {
      case 1 -> one(r);
      case 2 -> two(r);
      case 3 -> three(r);
      case 4 -> {
        if (r.a.get(r.at).equals("!")) {
          r.at++;
          yield !three(r);
        }
        if (r.a.get(r.at).equals("(") && r.a.get(r.at + 3).equals(")")) {
          r.at++;
          boolean v = two(r);
          r.at++;
          yield v;
        }
        yield or(r);
      }
      default -> or(r);
    };
  }

  private boolean one(Reader r) {
    return !r.a.get(r.at++).isEmpty();
  }

  private boolean two(Reader r) {
    String op = r.a.get(r.at);
    if (op.equals("!")) {
      r.at++;
      return !one(r);
    }
    if (op.length() == 2 && op.charAt(0) == '-') {
      if (isUnary(op)) {
        return unary(r);
      }
      throw r.fail(Quoting.locale(op) + ": unary operator expected");
    }
    throw r.fail("missing argument after " + Quoting.locale(r.a.get(r.at + 1)));
  }

  private boolean three(Reader r) {
    if (isBinary(r.a.get(r.at + 1))) {
      return binary(r);
    }
    if (r.a.get(r.at).equals("!")) {
      r.at++;
      return !two(r);
    }
    if (r.a.get(r.at).equals("(") && r.a.get(r.at + 2).equals(")")) {
      r.at++;
      boolean v = one(r);
      r.at++;
      return v;
    }
    String op = r.a.get(r.at + 1);
    if (op.equals("-a") || op.equals("-o") || op.equals(">") || op.equals("<")) {
      return or(r);
    }
    throw r.fail(Quoting.locale(op) + ": binary operator expected");
  }

  private boolean or(Reader r) {
    boolean v = false;
    while (true) {
      v |= and(r);
      if (!(r.at < r.a.size() && r.a.get(r.at).equals("-o"))) {
        return v;
      }
      r.at++;
    }
  }

  private boolean and(Reader r) {
    boolean v = true;
    while (true) {
      v &= term(r);
      if (!(r.at < r.a.size() && r.a.get(r.at).equals("-a"))) {
        return v;
      }
      r.at++;
    }
  }

  private boolean term(Reader r) {
    boolean negate = false;
    while (r.at < r.a.size() && r.a.get(r.at).equals("!")) {
      r.at++;
      negate = !negate;
    }
    if (r.at >= r.a.size()) {
      throw r.fail("missing argument after " + Quoting.locale(r.a.get(r.a.size() - 1)));
    }
    String s = r.a.get(r.at);
    boolean v;
    if (s.equals("(")) {
      r.at++;
      if (++r.depth > MAX_DEPTH) {
        throw r.fail("parentheses nested too deeply");
      }
      int n = 1;
      while (r.at + n < r.a.size() && !r.a.get(r.at + n).equals(")")) {
        if (n == 4) {
          n = r.a.size() - r.at;
          break;
        }
        n++;
      }
      v = n <= 4 ? posix(r, Math.min(n, r.a.size() - r.at)) : or(r);
      if (r.at >= r.a.size()) {
        throw r.fail(Quoting.locale(")") + " expected");
      }
      if (!r.a.get(r.at).equals(")")) {
        throw r.fail(Quoting.locale(")") + " expected, found " + r.a.get(r.at));
      }
      r.at++;
    } else if (r.a.size() - r.at >= 4 && s.equals("-l") && isBinary(r.a.get(r.at + 2))) {
      v = binary(r);
    } else if (r.a.size() - r.at >= 3 && isBinary(r.a.get(r.at + 1))) {
      v = binary(r);
    } else if (s.length() == 2 && s.charAt(0) == '-') {
      if (!isUnary(s)) {
        throw r.fail(Quoting.locale(s) + ": unary operator expected");
      }
      v = unary(r);
    } else {
      r.at++;
      v = !s.isEmpty();
    }
    return negate != v;
  }

  private static boolean isUnary(String s) {
    return s.length() == 2
        && s.charAt(0) == '-'
        && "abcdefghknoprstuwxzGLNOS".indexOf(s.charAt(1)) >= 0
        && s.charAt(1) != 'a'
        && s.charAt(1) != 'o';
  }

  private static boolean isBinary(String s) {
    return switch (s) {
      case "=", "==", "!=", "-nt", "-ot", "-ef", "-eq", "-ne", "-lt", "-le", "-gt", "-ge" -> true;
      default -> false;
    };
  }

  private boolean unary(Reader r) {
    char op = r.a.get(r.at++).charAt(1);
    if (r.at >= r.a.size()) {
      throw r.fail("missing argument after " + Quoting.locale(r.a.get(r.a.size() - 1)));
    }
    String x = r.a.get(r.at++);
    FileContext f = r.in.files();
    switch (op) {
      case 'n' -> {
        return !x.isEmpty();
      }
      case 'z' -> {
        return x.isEmpty();
      }
      case 't' -> {
        OpenFile o =
            f.descriptors().get((int) Math.min(Integer.MAX_VALUE, integer(r, x).longValue()));
        return o != null && o.isTerminal();
      }
      case 'r' -> {
        return f.access(x, 4);
      }
      case 'w' -> {
        return f.access(x, 2);
      }
      case 'x' -> {
        return f.access(x, 1);
      }
      case 'h', 'L' -> {
        FileStat s = f.lstatOrNull(x);
        return s != null && s.isSymlink();
      }
      default -> {}
    }
    FileStat s = f.statOrNull(x);
    if (s == null) {
      return false;
    }
    return switch (op) {
      case 'b' -> s.type() == FileType.BLOCK;
      case 'c' -> s.type() == FileType.CHARACTER;
      case 'd' -> s.isDirectory();
      case 'e' -> true;
      case 'f' -> s.isFile();
      case 'g' -> (s.mode() & 02000) != 0;
      case 'k' -> (s.mode() & 01000) != 0;
      case 'p' -> s.type() == FileType.FIFO;
      case 's' -> s.size() > 0;
      case 'u' -> (s.mode() & 04000) != 0;
      case 'G' -> s.gid() == f.vfs().gid();
      case 'O' -> s.uid() == f.vfs().uid();
      case 'N' -> s.mtime() > s.atime();
      default -> s.type() == FileType.SOCKET;
    };
  }

  private boolean binary(Reader r) {
    boolean leftLength =
        r.a.get(r.at).equals("-l") && r.a.size() - r.at >= 4 && isBinary(r.a.get(r.at + 2));
    if (leftLength) {
      r.at++;
    }
    String left = r.a.get(r.at++);
    String op = r.a.get(r.at++);
    boolean rightLength =
        r.at + 1 < r.a.size()
            && r.a.get(r.at).equals("-l")
            && op.length() == 3
            && op.charAt(0) == '-'
            && !op.equals("-nt")
            && !op.equals("-ot")
            && !op.equals("-ef");
    if (rightLength) {
      r.at++;
    }
    String right = r.a.get(r.at++);
    FileContext f = r.in.files();
    switch (op) {
      case "=", "==" -> {
        return left.equals(right);
      }
      case "!=" -> {
        return !left.equals(right);
      }
      case "-nt", "-ot" -> {
        FileStat a = f.statOrNull(left);
        FileStat b = f.statOrNull(right);
        if (op.equals("-ot")) {
          FileStat t = a;
          a = b;
          b = t;
        }
        return a != null && (b == null || a.mtime() > b.mtime());
      }
      case "-ef" -> {
        FileStat a = f.statOrNull(left);
        FileStat b = f.statOrNull(right);
        return a != null && b != null && a.dev() == b.dev() && a.ino() == b.ino();
      }
      default -> {}
    }
    BigInteger a = leftLength ? BigInteger.valueOf(Utf8.encodedLength(left)) : integer(r, left);
    BigInteger b = rightLength ? BigInteger.valueOf(Utf8.encodedLength(right)) : integer(r, right);
    int c = a.compareTo(b);
    return switch (op) {
      case "-eq" -> c == 0;
      case "-ne" -> c != 0;
      case "-lt" -> c < 0;
      case "-le" -> c <= 0;
      case "-gt" -> c > 0;
      default -> c >= 0;
    };
  }

  private static BigInteger integer(Reader r, String s) {
    int i = 0;
    int e = s.length();
    while (i < e && (s.charAt(i) == ' ' || s.charAt(i) >= 9 && s.charAt(i) <= 13)) {
      i++;
    }
    while (e > i && (s.charAt(e - 1) == ' ' || s.charAt(e - 1) == '\t')) {
      e--;
    }
    int d = i < e && (s.charAt(i) == '-' || s.charAt(i) == '+') ? i + 1 : i;
    boolean good = d < e;
    for (int k = d; k < e; k++) {
      good &= s.charAt(k) >= '0' && s.charAt(k) <= '9';
    }
    if (!good) {
      throw r.fail("invalid integer " + Quoting.locale(s));
    }
    return new BigInteger(s.charAt(i) == '+' ? s.substring(d, e) : s.substring(i, e));
  }
}
