package dev.qanat.shell.interp;

import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/**
 * The primaries that {@code test} and {@code [[} share (bash manual, "Bash Conditional
 * Expressions").
 */
public final class FileTests {
  private FileTests() {}

  /** Whether the letter is a unary primary. */
  public static boolean isUnary(String op) {
    return op.length() == 2
        && op.charAt(0) == '-'
        && "abcdefghknoprstuvwxzGLNORS".indexOf(op.charAt(1)) >= 0;
  }

  public static boolean unary(Shell sh, char op, String operand) {
    switch (op) {
      case 'n':
        return !operand.isEmpty();
      case 'z':
        return operand.isEmpty();
      case 'v':
        return sh.expander().isSet(operand);
      case 'R':
        Variable v = sh.variables().find(operand);
        return v != null && v.has(Variable.NAMEREF) && v.hasValue();
      case 'o':
        Opt o = ShellOptions.ofName(operand);
        return o != null && sh.isOn(o);
      case 't':
        int fd = Redirections.number(operand.trim());
        OpenFile f = fd < 0 ? null : sh.files().descriptors().get(fd);
        return f != null && f.isTerminal();
      case 'r':
        return access(sh, operand, 4);
      case 'w':
        return access(sh, operand, 2);
      case 'x':
        return access(sh, operand, 1);
      case 'h', 'L':
        FileStat link = lstat(sh, operand);
        return link != null && link.isSymlink();
      default:
        return file(sh, op, stat(sh, operand));
    }
  }

  private static boolean file(Shell sh, char op, FileStat s) {
    if (s == null) {
      return false;
    }
    return switch (op) {
      case 'a', 'e' -> true;
      case 'f' -> s.isFile();
      case 'd' -> s.isDirectory();
      case 'b' -> s.type() == FileType.BLOCK;
      case 'c' -> s.type() == FileType.CHARACTER;
      case 'p' -> s.type() == FileType.FIFO;
      case 'S' -> s.type() == FileType.SOCKET;
      case 's' -> s.size() != 0;
      case 'u' -> (s.mode() & 04000) != 0;
      case 'g' -> (s.mode() & 02000) != 0;
      case 'k' -> (s.mode() & 01000) != 0;
      case 'O' -> s.uid() == sh.files().vfs().uid();
      case 'G' -> s.gid() == sh.files().vfs().gid();
      case 'N' -> s.mtime() > s.atime();
      default -> false;
    };
  }

  private static boolean access(Shell sh, String path, int bits) {
    if (path.isEmpty()) {
      return false;
    }
    OpenFile f = descriptor(sh, path);
    if (f != null) {
      return bits == 4 ? f.readable() : bits == 2 ? f.writable() : false;
    }
    return sh.files().access(path, bits);
  }

  private static FileStat stat(Shell sh, String path) {
    OpenFile f = descriptor(sh, path);
    return f != null ? f.stat() : sh.files().statOrNull(path);
  }

  private static FileStat lstat(Shell sh, String path) {
    return sh.files().lstatOrNull(path);
  }

  /** The open file of {@code /dev/fd/N} and its kin, or null. */
  private static OpenFile descriptor(Shell sh, String path) {
    if (!path.startsWith("/dev/")) {
      return null;
    }
    int fd =
        switch (path) {
          case "/dev/stdin" -> 0;
          case "/dev/stdout" -> 1;
          case "/dev/stderr" -> 2;
          default -> path.startsWith("/dev/fd/") ? Redirections.number(path.substring(8)) : -1;
        };
    return fd < 0 ? null : sh.files().descriptors().get(fd);
  }

  public static boolean compareFiles(Shell sh, String op, String left, String right) {
    FileStat a;
    FileStat b;
    try {
      a = stat(sh, left);
      b = stat(sh, right);
    } catch (VfsException e) {
      return false;
    }
    switch (op) {
      case "-nt":
        return a != null && (b == null || a.mtime() > b.mtime());
      case "-ot":
        return b != null && (a == null || a.mtime() < b.mtime());
      default:
        return a != null && b != null && a.dev() == b.dev() && a.ino() == b.ino();
    }
  }

  public static boolean numbers(String op, long l, long r) {
    return switch (op) {
      case "-eq" -> l == r;
      case "-ne" -> l != r;
      case "-lt" -> l < r;
      case "-le" -> l <= r;
      case "-gt" -> l > r;
      default -> l >= r;
    };
  }

  /** Compares as the C.UTF-8 locale does, by code points. */
  public static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char c = a.charAt(i);
      char d = b.charAt(i);
      if (c != d) {
        boolean cs = Character.isSurrogate(c);
        boolean ds = Character.isSurrogate(d);
        if (cs != ds) {
          return cs ? 1 : -1; // beyond the BMP sorts last
        }
        return c - d;
      }
    }
    return a.length() - b.length();
  }
}
