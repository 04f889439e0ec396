package dev.qanat.command.file;

import dev.qanat.command.Invocation;
import dev.qanat.command.Prompt;
import dev.qanat.command.text.Basename;
import dev.qanat.command.text.Dirname;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Copies files and trees for cp, mv and install: contents in chunks, links, permissions, owners and
 * times as asked. One object serves one run and remembers what it has made.
 */
final class Copier {
  private final Invocation in;
  private final FileContext files;
  private final CopyOptions o;
  private final Map<String, String> linked = new HashMap<>(); // device:inode -> copy
  private final HashSet<String> made = new HashSet<>(); // device:inode of the copies
  private final HashSet<String> madeHere = new HashSet<>();
  private final HashSet<String> sources = new HashSet<>();
  private final byte[] buffer = new byte[64 * 1024];
  private int device;

  Copier(Invocation in, CopyOptions o) {
    this.in = in;
    this.files = in.files();
    this.o = o;
  }

  private static String id(FileStat s) {
    return s.dev() + ":" + s.ino();
  }

  private static String q(String s) {
    return Quoting.always(s);
  }

  /** Copies an operand; false after a message when something failed. */
  boolean copy(String from, String to) {
    FileStat s;
    try {
      boolean follow = o.followAll || o.followArguments;
      s = follow ? files.stat(from) : files.lstat(from);
    } catch (VfsException e) {
      in.error("cannot stat " + q(from) + ": " + e.reason());
      return false;
    }
    if (!sources.add(from) && !o.backup.on()) {
      in.error(
          "warning: source "
              + (s.isDirectory() ? "directory " : "file ")
              + q(from)
              + " specified more than once");
      return true;
    }
    device = s.dev();
    return copy(from, to, s, true, 0);
  }

  private boolean copy(String from, String to, FileStat s, boolean top, int depth) {
    Sched.checkpoint();
    if (s.isDirectory() && !o.recursive) {
      in.error((o.moving ? "" : "-r not specified; ") + "omitting directory " + q(from));
      return false;
    }
    FileStat there;
    try {
      there = files.lstatOrNull(to);
      if (there != null
          && there.isSymlink()
          && s.isFile()
          && !o.symbolicLink
          && !o.hardLink
          && !o.moving
          && !o.removeDestination
          && !o.backup.on()) {
        FileStat target = files.statOrNull(to);
        if (target == null) {
          if (!madeHere.contains(to) && in.env("POSIXLY_CORRECT") == null) {
            in.error("not writing through dangling symlink " + q(to));
            return false;
          }
        } else {
          there = target;
        }
      }
    } catch (VfsException e) {
      in.error("cannot stat " + q(to) + ": " + e.reason());
      return false;
    }
    String saved = null;
    if (there != null) {
      FileStat target = there.isSymlink() ? orSelf(files.statOrNull(to), there) : there;
      boolean same = target.dev() == s.dev() && target.ino() == s.ino();
      if (same && !sameIsFine(from, to, s, there)) {
        in.error(q(from) + " and " + q(to) + " are the same file");
        return false;
      }
      if (o.noClobber && !s.isDirectory()) {
        return true;
      }
      if (o.update && !s.isDirectory() && target.mtime() >= s.mtime()) {
        return true;
      }
      if (!s.isDirectory()
          && target.isDirectory()
          && !(there.isSymlink() && (o.moving || o.removeDestination))) {
        in.error("cannot overwrite directory " + q(to) + " with non-directory");
        return false;
      }
      if (s.isDirectory()
          && !target.isDirectory()
          && !(o.backup.on() && !o.noClobber && o.moving)) {
        if (!o.backup.on()) {
          in.error("cannot overwrite non-directory " + q(to) + " with directory " + q(from));
          return false;
        }
      }
      if (!s.isDirectory() && madeHere.contains(to) && made.contains(id(there)) && !o.backup.on()) {
        in.error("will not overwrite just-created " + q(to) + " with " + q(from));
        return false;
      }
      if (o.interactive
          && !s.isDirectory()
          && !Prompt.ask(in, in.name() + ": overwrite " + q(to) + "? ")) {
        return true;
      }
      if (o.backup.on() && !(s.isDirectory() && there.isDirectory())) {
        saved = o.backup.name(files, to);
        if (files.absolute(saved).equals(files.absolute(from))) {
          in.error("backing up " + q(to) + " might destroy source;  " + q(from) + " not copied");
          return false;
        }
        try {
          files.rename(to, saved);
        } catch (VfsException e) {
          in.error("cannot backup " + q(to) + ": " + e.reason());
          return false;
        }
        there = null;
      } else if (!s.isDirectory()
          && (o.removeDestination
              || s.isSymlink()
              || o.hardLink && o.force
              || o.symbolicLink && o.force
              || !s.isFile() && !o.copyContents)) {
        try {
          files.unlink(to);
          if (o.verbose && o.removeDestination) {
            in.stdout().line("removed " + q(to));
          }
          there = null;
        } catch (VfsException e) {
          in.error("cannot remove " + q(to) + ": " + e.reason());
          return false;
        }
      }
    }
    boolean ok = make(from, to, s, there, saved, top, depth);
    if (!ok && saved != null && files.lstatOrNull(to) == null) {
      files.rename(saved, to);
    }
    return ok;
  }

  private static FileStat orSelf(FileStat a, FileStat b) {
    return a == null ? b : a;
  }

  /** Whether a copy of a file onto itself makes sense after all. */
  private boolean sameIsFine(String from, String to, FileStat s, FileStat there) {
    boolean sameName =
        Paths.normalize(files.absolute(from)).equals(Paths.normalize(files.absolute(to)));
    if (sameName) {
      return false;
    }
    if (o.hardLink || o.symbolicLink && there.isSymlink()) {
      return true;
    }
    FileStat own = files.lstatOrNull(from);
    if (o.backup.on() && !o.symbolicLink) {
      // the name is moved away first, the content stays reachable under the other name
      return true;
    }
    if (there.isSymlink() && (o.removeDestination || o.moving)) {
      return true;
    }
    if (own != null && own.isSymlink() && there.isSymlink() && !o.followAll && o.recursive) {
      return own.ino() != there.ino();
    }
    return o.removeDestination && s.nlink() > 1;
  }

  private boolean make(
      String from, String to, FileStat s, FileStat there, String saved, boolean top, int depth) {
    if (s.isDirectory()) {
      return directory(from, to, s, there, saved, depth);
    }
    if (o.verbose) {
      in.stdout()
          .line(q(from) + " -> " + q(to) + (saved != null ? " (backup: " + q(saved) + ")" : ""));
    }
    if (o.preserveLinks && s.nlink() > 1 && !o.hardLink && !o.symbolicLink) {
      String earlier = linked.get(id(s));
      if (earlier != null) {
        try {
          if (there != null) {
            files.unlink(to);
          }
          files.link(earlier, to);
          return true;
        } catch (VfsException e) {
          if (e.errno() != Errno.EXDEV && e.errno() != Errno.EPERM) {
            in.error("cannot create hard link " + q(to) + " to " + q(earlier) + ": " + e.reason());
            return false;
          }
        }
      }
      linked.put(id(s), to);
    }
    try {
      if (o.symbolicLink) {
        if (!from.startsWith("/")
            && Paths.parent(Paths.normalize(files.absolute(to))).equals(files.cwd()) == false) {
          in.error(
              Quoting.ifNeededOrColon(to)
                  + ": can make relative symbolic links only in current directory");
          return false;
        }
        try {
          files.symlink(from, to);
        } catch (VfsException e) {
          in.error("cannot create symbolic link " + q(to) + " to " + q(from) + ": " + e.reason());
          return false;
        }
        return true;
      }
      if (o.hardLink) {
        if (there != null && there.ino() == s.ino() && there.dev() == s.dev()) {
          return true;
        }
        try {
          files.link(o.followAll || o.followArguments && top ? files.realpath(from) : from, to);
        } catch (VfsException e) {
          in.error("cannot create hard link " + q(to) + " to " + q(from) + ": " + e.reason());
          return false;
        }
        return true;
      }
      switch (s.type()) {
        case SYMLINK -> {
          String target;
          try {
            target = files.readlink(from);
          } catch (VfsException e) {
            in.error("cannot read symbolic link " + q(from) + ": " + e.reason());
            return false;
          }
          try {
            files.symlink(target, to);
          } catch (VfsException e) {
            in.error("cannot create symbolic link " + q(to) + ": " + e.reason());
            return false;
          }
          attributes(s, to, false, true);
          remember(to);
          return true;
        }
        case FIFO, CHARACTER, BLOCK, SOCKET -> {
          if (o.recursive && !o.copyContents) {
            try {
              files.mknod(to, s.type(), s.mode() & 0777);
            } catch (VfsException e) {
              in.error(
                  "cannot create "
                      + (s.type() == FileType.FIFO ? "fifo " : "special file ")
                      + q(to)
                      + ": "
                      + e.reason());
              return false;
            }
            attributes(s, to, true, true);
            return true;
          }
        }
        default -> {}
      }
      return content(from, to, s, there);
    } catch (VfsException e) {
      in.error("cannot create regular file " + q(to) + ": " + e.reason());
      return false;
    }
  }

  private void remember(String to) {
    FileStat s = files.lstatOrNull(to);
    if (s != null) {
      made.add(id(s));
      madeHere.add(to);
    }
  }

  private boolean content(String from, String to, FileStat s, FileStat there) {
    OpenFile source;
    try {
      source = files.open(from);
    } catch (VfsException e) {
      in.error("cannot open " + q(from) + " for reading: " + e.reason());
      return false;
    }
    OpenFile target = null;
    boolean isNew = there == null;
    try {
      int mode = s.mode() & (o.noMode ? 0666 : 0777);
      if (isNew && (o.preserveMode || o.preserveOwner)) {
        mode &= 0700;
      }
      try {
        target = open(to, isNew, mode);
      } catch (VfsException e) {
        if (!isNew && o.force && e.errno() != Errno.EROFS) {
          try {
            files.unlink(to);
          } catch (VfsException x) {
            in.error("cannot remove " + q(to) + ": " + x.reason());
            return false;
          }
          if (o.verbose) {
            in.stdout().line("removed " + q(to));
          }
          isNew = true;
          target = open(to, true, mode);
        } else {
          boolean slash =
              to.endsWith("/") && (e.errno() == Errno.EISDIR || e.errno() == Errno.ENOENT);
          in.error(
              "cannot create regular file "
                  + q(to)
                  + ": "
                  + (slash ? "Not a directory" : e.reason()));
          return false;
        }
      }
      if (o.clone) {
        in.error("failed to clone " + q(to) + " from " + q(from) + ": Operation not supported");
        return false;
      }
      if (!o.attributesOnly) {
        while (true) {
          int n;
          try {
            n = source.read(buffer, 0, buffer.length);
          } catch (VfsException e) {
            in.error("error reading " + q(from) + ": " + e.reason());
            return false;
          }
          if (n < 0) {
            break;
          }
          try {
            target.write(buffer, 0, n);
          } catch (VfsException e) {
            in.error("error writing " + q(to) + ": " + e.reason());
            return false;
          }
        }
      }
      OpenFile t = target;
      target = null;
      try {
        t.release();
      } catch (VfsException e) {
        in.error("failed to close " + q(to) + ": " + e.reason());
        return false;
      }
    } finally {
      source.release();
      if (target != null) {
        try {
          target.release();
        } catch (VfsException e) {
          // the failure before it was reported
        }
      }
    }
    remember(to);
    return attributes(s, to, true, isNew);
  }

  private OpenFile open(String to, boolean isNew, int mode) {
    int flags =
        OpenFlags.WRITE | (isNew ? OpenFlags.CREATE : o.attributesOnly ? 0 : OpenFlags.TRUNCATE);
    return files.open(to, flags, mode);
  }

  /** Puts times, owner and permissions on the copy. */
  private boolean attributes(FileStat s, String to, boolean follow, boolean isNew) {
    boolean ok = true;
    try {
      if (o.preserveTimes) {
        files.setAttributes(to, Attributes.times(s.atime(), s.mtime()), follow);
      }
    } catch (VfsException e) {
      in.error("preserving times for " + q(to) + ": " + e.reason());
      ok = o.moving;
    }
    if (o.preserveOwner) {
      try {
        FileStat now = files.lstat(to);
        if (now.uid() != s.uid() || now.gid() != s.gid()) {
          files.setAttributes(to, Attributes.owner(s.uid(), s.gid()), follow);
        }
      } catch (VfsException e) {
        if (files.vfs().uid() == 0) {
          in.error("failed to preserve ownership for " + q(to) + ": " + e.reason());
          ok = false;
        }
      }
    }
    if (follow && o.preserveMode) {
      try {
        files.setAttributes(to, Attributes.mode(s.mode()), true);
      } catch (VfsException e) {
        in.error("preserving permissions for " + q(to) + ": " + e.reason());
        ok = o.moving;
      }
    } else if (follow && isNew && o.preserveOwner) {
      files.setAttributes(to, Attributes.mode(s.mode() & 0777 & ~files.umask()), true);
    }
    return ok;
  }

  private boolean directory(
      String from, String to, FileStat s, FileStat there, String saved, int depth) {
    if (depth > 1000) {
      in.error("cannot copy " + q(from) + ": " + Errno.ELOOP.message());
      return false;
    }
    String realFrom = files.realpath(from);
    if (there == null) {
      String parent = Realpath.canonical(files, Dirname.of(to), Realpath.EXISTING);
      String realTo = parent == null ? null : Paths.join(parent, Basename.of(to, null));
      if (realTo != null && (realTo.startsWith(realFrom + "/") && depth == 0)) {
        in.error("cannot copy a directory, " + q(from) + ", into itself, " + q(to));
        return false;
      }
    } else {
      String realTo = files.realpath(to);
      if (realTo.startsWith(realFrom + "/") || realTo.equals(realFrom)) {
        in.error("cannot copy a directory, " + q(from) + ", into itself, " + q(to));
        return false;
      }
    }
    boolean isNew = there == null;
    if (isNew) {
      try {
        files.mkdir(to, (o.noMode ? 0777 : s.mode() & 0777) | 0700);
      } catch (VfsException e) {
        in.error("cannot create directory " + q(to) + ": " + e.reason());
        return false;
      }
      if (o.verbose) {
        in.stdout()
            .line(q(from) + " -> " + q(to) + (saved != null ? " (backup: " + q(saved) + ")" : ""));
      }
    }
    remember(to);
    List<DirEntry> names;
    try {
      names = files.list(from);
    } catch (VfsException e) {
      in.error("cannot access " + q(from) + ": " + e.reason());
      return false;
    }
    boolean ok = true;
    for (DirEntry e : names) {
      String child = Paths.join(from, e.name());
      FileStat c;
      try {
        c = o.followAll ? files.stat(child) : files.lstat(child);
      } catch (VfsException x) {
        in.error("cannot stat " + q(child) + ": " + x.reason());
        ok = false;
        continue;
      }
      if (o.oneFileSystem && c.dev() != device && c.isDirectory()) {
        continue;
      }
      ok &= copy(child, Paths.join(to, e.name()), c, false, depth + 1);
    }
    if (isNew || o.preserveMode || o.preserveTimes || o.preserveOwner) {
      ok &= attributes(s, to, true, isNew);
      if (isNew && !o.preserveMode) {
        int mode = (o.noMode ? 0777 : s.mode() & 0777) & ~files.umask();
        FileStat now = files.stat(to);
        if ((now.mode() & 0777) != mode) {
          files.setAttributes(to, Attributes.mode(mode), true);
        }
      }
    }
    return ok;
  }
}
