package dev.qanat.command.file;

import dev.qanat.command.Invocation;
import dev.qanat.command.Users;
import dev.qanat.command.text.Basename;
import dev.qanat.command.text.Dirname;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.VfsException;
import java.util.ArrayDeque;
import java.util.List;

/** The walk of one find: where it is, and what holds for all of it. */
final class FindRun {
  final Invocation in;
  final FileContext files;
  final long now = Sched.get().realTimeNanos();
  final Zone zone;
  char follow = 'P';
  boolean depthFirst;
  boolean oneFileSystem;
  boolean dayStart;
  boolean ignoreRaces;
  boolean warn;
  int maxDepth = Integer.MAX_VALUE;
  int minDepth;
  int status;
  boolean quit;
  boolean prune;
  String startsFrom;
  Users users;

  // the file being looked at
  String path;
  String root;
  int depth;
  FileStat stat;
  DirEntry entry;
  private int device;

  FindRun(Invocation in) {
    this.in = in;
    this.files = in.files();
    this.zone = Zone.of(in.env("TZ"));
  }

  Users users() {
    if (users == null) {
      users = Users.of(in);
    }
    return users;
  }

  /** Says that something failed; the walk goes on. */
  void fail(String message) {
    in.error(message);
    status = 1;
  }

  void start(String p, FindExpression.Test test) {
    root = p;
    FileStat s;
    try {
      if (p.isEmpty()) {
        throw new VfsException(Errno.ENOENT, p);
      }
      s = files.lstat(p);
      if (s.isSymlink() && follow != 'P') {
        FileStat t = files.statOrNull(p);
        s = t == null ? s : t;
      }
    } catch (VfsException e) {
      fail(Quoting.locale(p) + ": " + e.reason());
      return;
    }
    device = s.dev();
    walk(p, s, 0, test, new ArrayDeque<>());
  }

  private void walk(
      String p, FileStat s, int level, FindExpression.Test test, ArrayDeque<String> above) {
    Sched.checkpoint();
    boolean directory = s.isDirectory();
    if (directory && follow == 'L' && above.contains(s.dev() + ":" + s.ino())) {
      fail(
          "File system loop detected; "
              + Quoting.locale(p)
              + " is part of the same file system loop as "
              + Quoting.locale(Dirname.of(p))
              + ".");
      return;
    }
    prune = false;
    if (!depthFirst && level >= minDepth) {
      look(p, s, level, test);
    }
    boolean descend =
        directory
            && !(prune && !depthFirst)
            && level < maxDepth
            && !quit
            && !(oneFileSystem && s.dev() != device);
    if (descend) {
      List<DirEntry> names = List.of();
      try {
        names = files.list(p);
      } catch (VfsException e) {
        if (e.errno() != Errno.ENOENT) {
          fail(Quoting.locale(p) + ": " + e.reason());
        }
      }
      if (follow == 'L') {
        above.push(s.dev() + ":" + s.ino());
      }
      String base = p.endsWith("/") ? p : p + "/";
      for (DirEntry e : names) {
        if (quit) {
          return;
        }
        String child = base + e.name();
        FileStat c;
        try {
          c = files.lstat(child);
          if (c.isSymlink() && follow == 'L') {
            FileStat t = files.statOrNull(child);
            c = t == null ? c : t;
          }
        } catch (VfsException x) {
          if (x.errno() != Errno.ENOENT) {
            fail(Quoting.locale(child) + ": " + x.reason());
          }
          continue;
        }
        walk(child, c, level + 1, test, above);
      }
      if (follow == 'L') {
        above.pop();
      }
    }
    if (depthFirst && level >= minDepth && !quit) {
      look(p, s, level, test);
    }
  }

  private void look(String p, FileStat s, int level, FindExpression.Test test) {
    path = p;
    stat = s;
    depth = level;
    test.test();
  }

  /** The last component as -name sees it. */
  String name() {
    return Basename.of(path, null);
  }
}
