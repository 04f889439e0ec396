package dev.qanat.command.file;

import dev.qanat.command.Backup;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Prompt;
import dev.qanat.command.text.Basename;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** mv: moves files, by another name within a mount, by copy and removal across mounts. */
public final class Mv implements Command {
  private static final Options OPTIONS =
      Options.of("mv")
          .usage(
              "[OPTION]... [-T] SOURCE DEST\n"
                  + "[OPTION]... SOURCE... DIRECTORY\n"
                  + "[OPTION]... -t DIRECTORY SOURCE...")
          .about("Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.")
          .optional(
              (char) 0, "backup", "CONTROL", "make a backup of each existing destination file")
          .flag('b', null, "like --backup but does not accept an argument")
          .flag('f', "force", "do not prompt before overwriting")
          .flag('i', "interactive", "prompt before overwrite")
          .flag('n', "no-clobber", "do not overwrite an existing file")
          .flag(
              (char) 0,
              "strip-trailing-slashes",
              "remove any trailing slashes from each SOURCE\nargument")
          .value('S', "suffix", "SUFFIX", "override the usual backup suffix")
          .value('t', "target-directory", "DIRECTORY", "move all SOURCE arguments into DIRECTORY")
          .flag('T', "no-target-directory", "treat DEST as a normal file")
          .flag(
              'u',
              "update",
              "move only when the SOURCE file is newer\n"
                  + "than the destination file or when the\n"
                  + "destination file is missing")
          .flag('v', "verbose", "explain what is being done")
          .flag('Z', "context", "set the default SELinux context; there is none here");

  /** What one run was asked for. */
  private static final class Run {
    String overwrite; // force, interactive, no-clobber or null
    boolean update;
    boolean verbose;
    Backup backup;
    final HashSet<String> made = new HashSet<>();
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    Run r = new Run();
    r.overwrite = p.lastOf("force", "interactive", "no-clobber");
    r.update = p.has("update");
    r.verbose = p.has("verbose");
    r.backup = Backup.of(in, OPTIONS, p);
    if ("no-clobber".equals(r.overwrite) && r.backup.on()) {
      throw OPTIONS.usageError(in, "options --backup and --no-clobber are mutually exclusive");
    }
    FileContext f = in.files();
    List<String> ops = new ArrayList<>(p.operands());
    if (ops.isEmpty()) {
      throw OPTIONS.usageError(in, "missing file operand");
    }
    String dir = Destination.directory(in, OPTIONS, p, ops);
    boolean ok = true;
    if (dir == null) {
      ok = move(in, r, strip(p, ops.get(0)), ops.get(1));
    } else {
      for (String s : ops) {
        String from = strip(p, s);
        ok &= move(in, r, from, Paths.join(dir, Basename.of(from, null)));
      }
    }
    return ok ? 0 : 1;
  }

  private static String strip(Options.Parsed p, String s) {
    int end = s.length();
    while (p.has("strip-trailing-slashes") && end > 1 && s.charAt(end - 1) == '/') {
      end--;
    }
    return s.substring(0, end);
  }

  private static boolean move(Invocation in, Run r, String from, String to) {
    FileContext f = in.files();
    FileStat s;
    try {
      s = f.lstat(from);
    } catch (VfsException e) {
      in.error("cannot stat " + Quoting.always(from) + ": " + e.reason());
      return false;
    }
    FileStat there = f.lstatOrNull(to);
    String saved = null;
    if (there != null) {
      boolean same = s.ino() == there.ino() && s.dev() == there.dev();
      if (same) {
        if (s.isDirectory()) {
          in.error(
              "cannot move "
                  + Quoting.always(from)
                  + " to a subdirectory of itself, "
                  + Quoting.always(to));
        } else {
          in.error(Quoting.always(from) + " and " + Quoting.always(to) + " are the same file");
        }
        return false;
      }
      if ("no-clobber".equals(r.overwrite)) {
        return true;
      }
      if (r.update && there.mtime() >= s.mtime()) {
        return true;
      }
      if (there.isDirectory() && !s.isDirectory()) {
        in.error("cannot overwrite directory " + Quoting.always(to) + " with non-directory");
        return false;
      }
      if (s.isDirectory() && !there.isDirectory() && !r.backup.on()) {
        in.error(
            "cannot overwrite non-directory "
                + Quoting.always(to)
                + " with directory "
                + Quoting.always(from));
        return false;
      }
      if (r.made.contains(there.dev() + ":" + there.ino()) && !r.backup.on()) {
        in.error(
            "will not overwrite just-created "
                + Quoting.always(to)
                + " with "
                + Quoting.always(from));
        return false;
      }
      boolean locked =
          !"force".equals(r.overwrite) && terminal(f) && !there.isSymlink() && !f.access(to, 2);
      if ("interactive".equals(r.overwrite) || r.overwrite == null && locked) {
        if (!Prompt.ask(in, in.name() + ": overwrite " + Quoting.always(to) + "? ")) {
          return true;
        }
      }
      if (r.backup.on()) {
        saved = r.backup.name(f, to);
        if (Paths.normalize(f.absolute(saved)).equals(Paths.normalize(f.absolute(from)))) {
          in.error(
              "backing up "
                  + Quoting.always(to)
                  + " might destroy source;  "
                  + Quoting.always(from)
                  + " not moved");
          return false;
        }
        f.rename(to, saved);
        there = null;
      }
    }
    try {
      f.rename(from, to);
      if (r.verbose) {
        in.stdout()
            .line(
                "renamed "
                    + Quoting.always(from)
                    + " -> "
                    + Quoting.always(to)
                    + (saved != null ? " (backup: " + Quoting.always(saved) + ")" : ""));
      }
      FileStat now = f.lstatOrNull(to);
      if (now != null) {
        r.made.add(now.dev() + ":" + now.ino());
      }
      return true;
    } catch (VfsException e) {
      if (e.errno() == Errno.EXDEV) {
        return across(in, r, from, to, s, there);
      }
      if (saved != null) {
        f.rename(saved, to);
      }
      if (e.errno() == Errno.EINVAL && s.isDirectory()) {
        in.error(
            "cannot move "
                + Quoting.always(from)
                + " to a subdirectory of itself, "
                + Quoting.always(to));
      } else {
        in.error(
            "cannot move "
                + Quoting.always(from)
                + " to "
                + Quoting.always(to)
                + ": "
                + e.reason());
      }
      return false;
    }
  }

  private static boolean terminal(FileContext f) {
    OpenFile stdin = f.descriptors().get(0);
    return stdin != null && stdin.isTerminal();
  }

  /** To another mount: all is copied before anything is removed, and a copy that fails goes. */
  private static boolean across(
      Invocation in, Run r, String from, String to, FileStat s, FileStat there) {
    FileContext f = in.files();
    CopyOptions o = new CopyOptions();
    o.recursive = true;
    o.moving = true;
    o.preserveMode = o.preserveOwner = o.preserveTimes = o.preserveLinks = true;
    o.backup = r.backup;
    o.verbose = false;
    if (there != null) {
      try {
        if (there.isDirectory()) {
          f.rmdir(to);
        } else if (!s.isFile()) {
          f.unlink(to);
        }
      } catch (VfsException e) {
        in.error(
            "inter-device move failed: "
                + Quoting.always(from)
                + " to "
                + Quoting.always(to)
                + "; unable to remove target: "
                + e.reason());
        return false;
      }
    }
    boolean ok = false;
    try {
      ok = new Copier(in, o).copy(from, to);
    } finally {
      if (!ok && (there == null || there.isDirectory())) {
        discard(f, to);
      }
    }
    if (!ok) {
      return false;
    }
    if (r.verbose) {
      in.stdout().line("copied " + Quoting.always(from) + " -> " + Quoting.always(to));
    }
    try {
      remove(f, from);
    } catch (VfsException e) {
      in.error(
          "cannot remove "
              + Quoting.always(e.path() == null ? from : e.path())
              + ": "
              + e.reason());
      return false;
    }
    if (r.verbose) {
      in.stdout().line("removed " + (s.isDirectory() ? "directory " : "") + Quoting.always(from));
    }
    return true;
  }

  private static void discard(FileContext f, String path) {
    try {
      if (f.lstatOrNull(path) != null) {
        remove(f, path);
      }
    } catch (VfsException e) {
      // what could not be copied may not be removable either
    }
  }

  private static void remove(FileContext f, String path) {
    Sched.checkpoint();
    if (f.lstat(path).isDirectory()) {
      for (DirEntry e : f.list(path)) {
        remove(f, Paths.join(path, e.name()));
      }
      f.rmdir(path);
    } else {
      f.unlink(path);
    }
  }
}
