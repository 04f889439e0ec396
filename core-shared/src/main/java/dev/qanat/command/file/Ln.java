package dev.qanat.command.file;

import dev.qanat.command.Backup;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Prompt;
import dev.qanat.command.text.Basename;
import dev.qanat.command.text.Dirname;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.HashSet;
import java.util.List;

/** ln: names and symbolic links for files. */
public final class Ln implements Command {
  private static final Options OPTIONS =
      Options.of("ln")
          .usage(
              "[OPTION]... [-T] TARGET LINK_NAME\n"
                  + "[OPTION]... TARGET\n"
                  + "[OPTION]... TARGET... DIRECTORY\n"
                  + "[OPTION]... -t DIRECTORY TARGET...")
          .about("Create hard links by default, symbolic links with --symbolic.")
          .optional(
              (char) 0, "backup", "CONTROL", "make a backup of each existing destination file")
          .flag('b', null, "like --backup but does not accept an argument")
          .flag('d', "directory", "allow the superuser to attempt to hard link directories")
          .alias('F', "directory")
          .flag('f', "force", "remove existing destination files")
          .flag('i', "interactive", "prompt whether to remove destinations")
          .flag('L', "logical", "dereference TARGETs that are symbolic links")
          .flag(
              'n',
              "no-dereference",
              "treat LINK_NAME as a normal file if\nit is a symbolic link to a directory")
          .flag('P', "physical", "make hard links directly to symbolic links")
          .flag('r', "relative", "with -s, create links relative to link location")
          .flag('s', "symbolic", "make symbolic links instead of hard links")
          .value('S', "suffix", "SUFFIX", "override the usual backup suffix")
          .value(
              't',
              "target-directory",
              "DIRECTORY",
              "specify the DIRECTORY in which to create\nthe links")
          .flag('T', "no-target-directory", "treat LINK_NAME as a normal file always")
          .flag('v', "verbose", "print name of each linked file");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    FileContext f = in.files();
    List<String> ops = p.operands();
    Backup backup = Backup.of(in, OPTIONS, p);
    if (p.has("relative") && !p.has("symbolic")) {
      throw in.fail(1, "cannot do --relative without --symbolic");
    }
    if (ops.isEmpty()) {
      throw OPTIONS.usageError(in, "missing file operand");
    }
    String dir = p.value("target-directory");
    if (p.has("no-target-directory")) {
      if (dir != null) {
        throw in.fail(1, "cannot combine --target-directory and --no-target-directory");
      }
      if (ops.size() != 2) {
        throw ops.size() < 2
            ? OPTIONS.usageError(
                in, "missing destination file operand after " + Quoting.always(ops.get(0)))
            : OPTIONS.usageError(in, "extra operand " + Quoting.always(ops.get(2)));
      }
      return link(in, p, backup, ops.get(0), ops.get(1)) ? 0 : 1;
    }
    if (dir == null) {
      if (ops.size() == 1) {
        dir = ".";
      } else {
        String last = ops.get(ops.size() - 1);
        boolean into = isDirectory(f, last, p.has("no-dereference"));
        if (ops.size() == 2 && !into) {
          return link(in, p, backup, ops.get(0), last) ? 0 : 1;
        }
        if (!into) {
          throw in.fail(
              1,
              "target "
                  + Quoting.always(last)
                  + ": "
                  + (f.lstatOrNull(last) == null
                      ? "No such file or directory"
                      : "Not a directory"));
        }
        dir = last;
        ops = ops.subList(0, ops.size() - 1);
      }
    } else if (!isDirectory(f, dir, false)) {
      throw in.fail(
          1,
          f.lstatOrNull(dir) == null
              ? "failed to access " + Quoting.always(dir) + ": No such file or directory"
              : "target " + Quoting.always(dir) + " is not a directory");
    }
    boolean ok = true;
    HashSet<String> made = new HashSet<>();
    for (String t : ops) {
      String name = Paths.join(dir, Basename.of(t, null));
      if (!made.add(name) && p.has("force")) {
        in.error(
            "will not overwrite just-created "
                + Quoting.always(name)
                + " with "
                + Quoting.always(t));
        ok = false;
        continue;
      }
      ok &= link(in, p, backup, t, name);
    }
    return ok ? 0 : 1;
  }

  private static boolean samePath(FileContext f, String a, String b) {
    return Paths.normalize(f.absolute(a)).equals(Paths.normalize(f.absolute(b)));
  }

  private static boolean isDirectory(FileContext f, String path, boolean physical) {
    FileStat s = physical ? f.lstatOrNull(path) : f.statOrNull(path);
    return s != null && s.isDirectory();
  }

  private static boolean link(
      Invocation in, Options.Parsed p, Backup backup, String target, String name) {
    FileContext f = in.files();
    boolean symbolic = p.has("symbolic");
    FileStat source = null;
    if (!symbolic) {
      try {
        source = p.has("logical") ? f.stat(target) : f.lstat(target);
      } catch (VfsException e) {
        in.error("failed to access " + Quoting.always(target) + ": " + e.reason());
        return false;
      }
      if (source.isDirectory()) {
        in.error(Quoting.ifNeededOrColon(target) + ": hard link not allowed for directory");
        return false;
      }
    }
    FileStat there = f.lstatOrNull(name);
    String saved = null;
    if (there != null && (p.has("force") || p.has("interactive") || backup.on())) {
      if (there.isDirectory()) {
        in.error(Quoting.ifNeededOrColon(name) + ": cannot overwrite directory");
        return false;
      }
      FileStat kept = !symbolic ? source : backup.on() ? null : f.statOrNull(target);
      if (kept != null
          && there.ino() == kept.ino()
          && there.dev() == kept.dev()
          && (there.nlink() == 1 || samePath(f, target, name))) {
        // taking the old name away would take away what the new one is to stand for
        in.error(Quoting.always(target) + " and " + Quoting.always(name) + " are the same file");
        return false;
      }
      if (p.has("interactive") && "interactive".equals(p.lastOf("interactive", "force"))) {
        if (!Prompt.ask(in, in.name() + ": replace " + Quoting.always(name) + "? ")) {
          return true;
        }
      }
      try {
        if (backup.on()) {
          saved = backup.name(f, name);
          f.rename(name, saved);
        } else {
          f.unlink(name);
        }
      } catch (VfsException e) {
        in.error(
            (backup.on() ? "cannot backup " : "cannot remove ")
                + Quoting.always(name)
                + ": "
                + e.reason());
        return false;
      }
    }
    String text = symbolic && p.has("relative") ? relative(f, target, name) : target;
    try {
      if (symbolic) {
        f.symlink(text, name);
      } else {
        f.link(p.has("logical") ? f.realpath(target) : target, name);
      }
    } catch (VfsException e) {
      String kind = symbolic ? "symbolic link " : "hard link ";
      boolean both =
          !symbolic
              && (e.errno() != Errno.EEXIST
                  && e.errno() != Errno.EDQUOT
                  && e.errno() != Errno.ENOSPC
                  && e.errno() != Errno.EROFS);
      boolean arrow = symbolic && (e.errno() == Errno.ENAMETOOLONG || text.isEmpty());
      in.error(
          "failed to create "
              + kind
              + Quoting.always(name)
              + (both || arrow ? (symbolic ? " -> " : " => ") + Quoting.always(text) : "")
              + ": "
              + e.reason());
      if (saved != null) {
        f.rename(saved, name);
      }
      return false;
    }
    if (p.has("verbose")) {
      in.stdout()
          .line(
              (saved != null ? Quoting.always(saved) + " ~ " : "")
                  + Quoting.always(name)
                  + (symbolic ? " -> " : " => ")
                  + Quoting.always(text));
    }
    return true;
  }

  private static String relative(FileContext f, String target, String name) {
    String dir = Dirname.of(name);
    String from = Realpath.canonical(f, dir, Realpath.MISSING);
    String to = Realpath.canonical(f, target, Realpath.MISSING);
    return from == null || to == null ? target : Realpath.relative(to, from);
  }
}
