package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayDeque;

/** realpath: paths without links, {@code .} and {@code ..}. */
public final class Realpath implements Command {
  /** Every component must exist. */
  public static final int EXISTING = 0;

  /** All but the last must exist. */
  public static final int ALL_BUT_LAST = 1;

  /** None need exist. */
  public static final int MISSING = 2;

  private static final Options OPTIONS =
      Options.of("realpath")
          .usage("[OPTION]... FILE...")
          .about("Print the resolved absolute file name;\nall but the last component must exist")
          .flag('e', "canonicalize-existing", "all components of the path must exist")
          .flag('m', "canonicalize-missing", "no path components need exist or be a directory")
          .flag('L', "logical", "resolve '..' components before symlinks")
          .flag('P', "physical", "resolve symlinks as encountered (default)")
          .flag('q', "quiet", "suppress most error messages")
          .value((char) 0, "relative-to", "DIR", "print the resolved path relative to DIR")
          .value((char) 0, "relative-base", "DIR", "print absolute paths unless paths below DIR")
          .flag('s', "strip", "don't expand symlinks")
          .alias("no-symlinks", "strip")
          .flag('z', "zero", "end each output line with NUL, not newline");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    FileContext f = in.files();
    String last = p.lastOf("canonicalize-existing", "canonicalize-missing");
    int how = last == null ? ALL_BUT_LAST : last.endsWith("existing") ? EXISTING : MISSING;
    boolean logical = "logical".equals(p.lastOf("logical", "physical", "strip"));
    boolean strip = "strip".equals(p.lastOf("logical", "physical", "strip"));
    String to = p.value("relative-to");
    String base = p.value("relative-base");
    try {
      if (to != null) {
        to = resolve(f, to, how, logical, strip);
        if (how == EXISTING && !f.isDirectory(to)) {
          throw new VfsException(Errno.ENOTDIR, to);
        }
      }
    } catch (VfsException e) {
      throw in.fail(1, Quoting.ifNeededOrColon(p.value("relative-to")) + ": " + e.reason());
    }
    try {
      if (base != null) {
        base = resolve(f, base, how, logical, strip);
        if (how == EXISTING && !f.isDirectory(base)) {
          throw new VfsException(Errno.ENOTDIR, base);
        }
      }
    } catch (VfsException e) {
      throw in.fail(1, Quoting.ifNeededOrColon(p.value("relative-base")) + ": " + e.reason());
    }
    if (base != null && to == null) {
      to = base;
    } else if (base != null && !below(to, base)) {
      base = null;
      to = null;
    }
    int status = 0;
    for (String path : p.operands()) {
      try {
        String r = resolve(f, path, how, logical, strip);
        if (to != null && (base == null || below(r, base))) {
          r = relative(r, to);
        }
        in.stdout().write(r);
        in.stdout().write(p.has("zero") ? 0 : '\n');
      } catch (VfsException e) {
        if (!p.has("quiet")) {
          in.error(Quoting.ifNeededOrColon(path) + ": " + e.reason());
        }
        status = 1;
      }
    }
    return status;
  }

  private static boolean below(String path, String dir) {
    return dir.equals("/") || path.equals(dir) || path.startsWith(dir + "/");
  }

  private static String resolve(
      FileContext f, String path, int how, boolean logical, boolean strip) {
    if (path.isEmpty()) {
      throw new VfsException(Errno.ENOENT, path);
    }
    if (logical || strip) {
      String n = Paths.normalize(f.absolute(path));
      if (strip) {
        if (how == EXISTING) {
          f.lstat(n);
        } else if (how == ALL_BUT_LAST) {
          FileStat s = f.stat(Paths.parent(n));
          if (!s.isDirectory()) {
            throw new VfsException(Errno.ENOTDIR, path);
          }
        }
        return n;
      }
      path = n;
    }
    return canonicalOrFail(f, path, how);
  }

  /** The path without links; null when it cannot be had. May suspend. */
  public static String canonical(FileContext f, String path, int how) {
    try {
      return path.isEmpty() ? null : canonicalOrFail(f, path, how);
    } catch (VfsException e) {
      return null;
    }
  }

  /** As {@link #canonical}, with the reason as an exception. */
  public static String canonicalOrFail(FileContext f, String path, int how) {
    ArrayDeque<String> rest = new ArrayDeque<>();
    split(f.absolute(path), rest);
    boolean slash = path.endsWith("/");
    String at = "/";
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.pop();
      if (name.equals("..")) {
        at = Paths.parent(at);
        continue;
      }
      String next = at.equals("/") ? "/" + name : at + "/" + name;
      FileStat s;
      try {
        s = f.lstat(next);
      } catch (VfsException e) {
        boolean lenient =
            how == MISSING || how == ALL_BUT_LAST && e.errno() == Errno.ENOENT && rest.isEmpty();
        if (!lenient || !path.startsWith("/") && !f.exists(f.cwd())) {
          throw e;
        }
        s = null;
      }
      if (s != null && s.isSymlink()) {
        if (++links > 40) {
          if (how == MISSING) {
            at = next;
            continue;
          }
          throw new VfsException(Errno.ELOOP, path);
        }
        String target = f.readlink(next);
        ArrayDeque<String> more = new ArrayDeque<>();
        split(target, more);
        while (!more.isEmpty()) {
          rest.push(more.pollLast());
        }
        if (target.startsWith("/")) {
          at = "/";
        }
        continue;
      }
      if (s != null && !s.isDirectory() && (!rest.isEmpty() || slash) && how != MISSING) {
        throw new VfsException(Errno.ENOTDIR, path);
      }
      at = next;
    }
    return at;
  }

  private static void split(String path, ArrayDeque<String> out) {
    int i = 0;
    while (i < path.length()) {
      int e = path.indexOf('/', i);
      e = e < 0 ? path.length() : e;
      String name = path.substring(i, e);
      if (!name.isEmpty() && !name.equals(".")) {
        out.add(name);
      }
      i = e + 1;
    }
  }

  /** How one gets from a directory to a path; both absolute and normalised. */
  public static String relative(String path, String dir) {
    if (path.equals(dir)) {
      return ".";
    }
    ArrayDeque<String> a = new ArrayDeque<>();
    ArrayDeque<String> b = new ArrayDeque<>();
    split(path, a);
    split(dir, b);
    while (!a.isEmpty() && !b.isEmpty() && a.peek().equals(b.peek())) {
      a.pop();
      b.pop();
    }
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < b.size(); i++) {
      s.append(s.length() > 0 ? "/" : "").append("..");
    }
    for (String n : a) {
      s.append(s.length() > 0 ? "/" : "").append(n);
    }
    return s.toString();
  }
}
