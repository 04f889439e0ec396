package dev.qanat.vfs;

import dev.qanat.sched.Sched;
import java.util.List;

/**
 * The files as one process sees them: working directory, umask, descriptors. Relative paths start
 * at {@link #cwd}. Every method may suspend; failures are {@link VfsException}s whose path is the
 * one given.
 *
 * <p>As on Unix, a working directory that has been removed stays where it was for whoever is in it,
 * and so do those above it: it is empty, nothing can be made in it, and {@code ..} leads out.
 */
public final class FileContext {
  private final Vfs vfs;
  private final Descriptors descriptors;
  private String cwd;
  private int umask;

  /**
   * @param cwd absolute, without links
   */
  public FileContext(Vfs vfs, Descriptors descriptors, String cwd, int umask) {
    this.vfs = vfs;
    this.descriptors = descriptors;
    this.cwd = cwd;
    this.umask = umask;
  }

  public Vfs vfs() {
    return vfs;
  }

  public Descriptors descriptors() {
    return descriptors;
  }

  /** The physical working directory: absolute, without links. */
  public String cwd() {
    return cwd;
  }

  /** File permission bits that new files do not get. */
  public int umask() {
    return umask;
  }

  public void setUmask(int bits) {
    umask = bits & 0777;
  }

  /** A context of its own, with its own table of the same open files, as after fork(2). */
  public FileContext fork() {
    return new FileContext(vfs, descriptors.copy(), cwd, umask);
  }

  /** The same directory and umask with another table. */
  public FileContext with(Descriptors table) {
    return new FileContext(vfs, table, cwd, umask);
  }

  /**
   * The path made absolute. Nothing is resolved or normalised except {@code ..} at its beginning,
   * which leads up from the working directory even when that is no more.
   */
  public String absolute(String path) {
    if (path.startsWith("/")) {
      return path;
    }
    String directory = cwd;
    int from = 0;
    while (true) {
      int end = path.indexOf('/', from);
      boolean last = end < 0;
      end = last ? path.length() : end;
      if (end - from == 2 && path.startsWith("..", from)) {
        directory = Paths.parent(directory);
      } else if (last || end - from > 1 || end > from && path.charAt(from) != '.') {
        return Paths.join(directory, path.substring(from));
      }
      if (last) {
        return directory;
      }
      from = end + 1;
    }
  }

  /** Changes the working directory. ENOENT, ENOTDIR, EACCES. */
  public void chdir(String path) {
    try {
      cwd = vfs.searchable(absolute(need(path)));
    } catch (VfsException e) {
      if (!isRemoved(path, e)) {
        throw e;
      }
      cwd = Paths.normalize(absolute(path));
    }
  }

  /** Whether what was not found is the working directory or one above it. */
  private static boolean isRemoved(String path, VfsException e) {
    if (e.errno() != Errno.ENOENT || path.isEmpty() || path.charAt(0) == '/') {
      return false;
    }
    int length = 0; // of a component of dots
    for (int i = 0; i < path.length(); i++) {
      length = path.charAt(i) == '/' ? 0 : length + 1;
      if (length > 2 || length > 0 && path.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  /**
   * Opens a file; the caller owns the one reference. {@code mode} is for a file that is created and
   * passes the umask.
   *
   * @param flags of {@link OpenFlags}
   */
  public OpenFile open(String path, int flags, int mode) {
    return vfs.open(absolute(need(path)), flags, mode & ~umask, this);
  }

  /** Opens for reading. */
  public OpenFile open(String path) {
    return open(path, OpenFlags.READ, 0);
  }

  /** The whole content. For small files: EFBIG above 1 GiB. */
  public byte[] readFile(String path) {
    OpenFile f = open(path);
    try {
      byte[] b = new byte[(int) Math.max(512, Math.min(f.stat().size() + 1, 1 << 26))];
      int n = 0;
      while (true) {
        if (n == b.length) {
          if (n >= 1 << 29) {
            throw new VfsException(Errno.EFBIG, path);
          }
          b = java.util.Arrays.copyOf(b, n * 2);
        }
        int k = f.read(b, n, b.length - n);
        if (k < 0) {
          return java.util.Arrays.copyOf(b, n);
        }
        n += k;
        Sched.checkpoint();
      }
    } finally {
      f.release();
    }
  }

  /** Creates or replaces a file with these bytes. */
  public void writeFile(String path, byte[] bytes) {
    OpenFile f = open(path, OpenFlags.REPLACE, 0666);
    boolean done = false;
    try {
      f.write(bytes, 0, bytes.length);
      done = true;
    } finally {
      if (done) {
        f.release();
      } else {
        try {
          f.release();
        } catch (VfsException e) {
          // the write's own failure is the one to report
        }
      }
    }
  }

  /** Follows links. */
  public FileStat stat(String path) {
    return stat(need(path), true);
  }

  /** Of the name itself, even when it is a link. */
  public FileStat lstat(String path) {
    return stat(need(path), false);
  }

  private FileStat stat(String path, boolean follow) {
    try {
      return vfs.stat(absolute(path), follow, this);
    } catch (VfsException e) {
      if (isRemoved(path, e)) {
        return vfs.removedDirectory(Paths.normalize(absolute(path)));
      }
      throw e;
    }
  }

  /** As {@link #stat}, but null instead of ENOENT, ENOTDIR, ELOOP and EACCES. */
  public FileStat statOrNull(String path) {
    return quietStat(path, true);
  }

  /** As {@link #lstat}, but null instead of ENOENT, ENOTDIR, ELOOP and EACCES. */
  public FileStat lstatOrNull(String path) {
    return quietStat(path, false);
  }

  private FileStat quietStat(String path, boolean follow) {
    try {
      return path.isEmpty() ? null : stat(path, follow);
    } catch (VfsException e) {
      return switch (e.errno()) {
        case ENOENT, ENOTDIR, ELOOP, EACCES, ENAMETOOLONG, EBADF -> null;
        default -> throw e;
      };
    }
  }

  public boolean exists(String path) {
    return statOrNull(path) != null;
  }

  public boolean isDirectory(String path) {
    FileStat s = statOrNull(path);
    return s != null && s.isDirectory();
  }

  /** Names in the service's order, without {@code .} and {@code ..}. */
  public List<DirEntry> list(String path) {
    try {
      return vfs.list(absolute(need(path)), this);
    } catch (VfsException e) {
      if (isRemoved(path, e)) {
        return List.of();
      }
      throw e;
    }
  }

  public String readlink(String path) {
    return vfs.readlink(absolute(need(path)), this);
  }

  /** The absolute path without links, {@code .} and {@code ..}; every component must exist. */
  public String realpath(String path) {
    return vfs.realpath(absolute(need(path)));
  }

  /**
   * What access(2) says, for this user.
   *
   * @param bits 4 read, 2 write, 1 execute or search, 0 existence
   */
  public boolean access(String path, int bits) {
    try {
      return vfs.access(absolute(need(path)), bits, this);
    } catch (VfsException e) {
      return isRemoved(path, e);
    }
  }

  public void mkdir(String path, int mode) {
    vfs.mkdir(absolute(need(path)), mode & ~umask);
  }

  /** Creates the directory and those above it that are missing. */
  public void mkdirs(String path) {
    if (isDirectory(path)) {
      return;
    }
    String absolute = absolute(need(path));
    int slash = absolute.lastIndexOf('/', absolute.length() - 2);
    if (slash > 0) {
      mkdirs(absolute.substring(0, slash));
    }
    try {
      vfs.mkdir(absolute, 0777 & ~umask);
    } catch (VfsException e) {
      if (e.errno() != Errno.EEXIST || !isDirectory(path)) {
        throw e;
      }
    }
  }

  /** Creates an empty file, a FIFO and the like. */
  public void mknod(String path, FileType type, int mode) {
    vfs.mknod(absolute(need(path)), type, mode & ~umask);
  }

  public void rmdir(String path) {
    if (endsWithDots(path, 1)) {
      throw new VfsException(Errno.EINVAL, path);
    }
    vfs.rmdir(absolute(need(path)));
  }

  public void unlink(String path) {
    vfs.unlink(absolute(need(path)));
  }

  /** Within one mount; EXDEV across. EBUSY when one of them ends with a component of dots. */
  public void rename(String from, String to) {
    if (endsWithDots(from, 2) || endsWithDots(to, 2)) {
      throw new VfsException(Errno.EBUSY, from);
    }
    vfs.rename(absolute(need(from)), absolute(need(to)));
  }

  public void symlink(String target, String path) {
    vfs.symlink(target, absolute(need(path)));
  }

  public void link(String from, String to) {
    vfs.link(absolute(need(from)), absolute(need(to)));
  }

  public void setAttributes(String path, Attributes attributes, boolean followLinks) {
    vfs.setAttributes(absolute(need(path)), attributes, followLinks);
  }

  public void truncate(String path, long size) {
    OpenFile f = open(path, OpenFlags.WRITE, 0);
    try {
      f.truncate(size);
    } finally {
      f.release();
    }
  }

  /** Whether the last component is {@code .}, or {@code ..} where two dots are meant, too. */
  private static boolean endsWithDots(String path, int most) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    int from = path.lastIndexOf('/', end - 1) + 1;
    int length = end - from;
    return length > 0 && length <= most && path.charAt(from) == '.' && path.charAt(end - 1) == '.';
  }

  private static String need(String path) {
    if (path.isEmpty()) {
      throw new VfsException(Errno.ENOENT, path);
    }
    return path;
  }
}
