package dev.qanat.command.file;

import dev.qanat.command.Backup;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Options;
import dev.qanat.command.Users;
import dev.qanat.command.text.Basename;
import dev.qanat.command.text.Dirname;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** install: copies files and sets their attributes. */
public final class Install implements Command {
  private static final Options OPTIONS =
      Options.of("install")
          .usage(
              "[OPTION]... [-T] SOURCE DEST\n"
                  + "[OPTION]... SOURCE... DIRECTORY\n"
                  + "[OPTION]... -t DIRECTORY SOURCE...\n"
                  + "[OPTION]... -d DIRECTORY...")
          .about("Copy files and set attributes.")
          .optional(
              (char) 0, "backup", "CONTROL", "make a backup of each existing destination file")
          .flag('b', null, "like --backup but does not accept an argument")
          .flag('c', null, "(ignored)")
          .flag(
              'C',
              "compare",
              "compare content of source and destination files, and\n"
                  + "if no change to content, ownership, and permissions, do not modify the"
                  + " destination at all")
          .flag(
              'd',
              "directory",
              "treat all arguments as directory names; create all\n"
                  + "components of the specified directories")
          .flag(
              'D',
              null,
              "create all leading components of DEST except the last,\n"
                  + "or all components of --target-directory,\n"
                  + "then copy SOURCE to DEST")
          .value('g', "group", "GROUP", "set group ownership, instead of process' current group")
          .value('m', "mode", "MODE", "set permission mode (as in chmod), instead of rwxr-xr-x")
          .value('o', "owner", "OWNER", "set ownership (super-user only)")
          .flag(
              'p',
              "preserve-timestamps",
              "apply access/modification times of SOURCE files\nto corresponding destination files")
          .flag('s', "strip", "strip symbol tables")
          .value('S', "suffix", "SUFFIX", "override the usual backup suffix")
          .value('t', "target-directory", "DIRECTORY", "copy all SOURCE arguments into DIRECTORY")
          .flag('T', "no-target-directory", "treat DEST as a normal file")
          .flag('v', "verbose", "print the name of each created file or directory");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    FileContext f = in.files();
    if (p.has("strip")) {
      throw in.fail(1, "cannot run strip: No such file or directory");
    }
    ModeChange change = ModeChange.parse(p.has("mode") ? p.value("mode") : "755");
    if (change == null) {
      throw in.fail(1, "invalid mode " + Quoting.locale(p.value("mode")));
    }
    Users users = Users.of(in);
    Integer uid = null;
    Integer gid = null;
    if (p.has("owner")) {
      uid = users.uid(p.value("owner"));
      if (uid < 0) {
        throw in.fail(1, "invalid user " + Quoting.always(p.value("owner")));
      }
    }
    if (p.has("group")) {
      gid = users.gid(p.value("group"));
      if (gid < 0) {
        throw in.fail(1, "invalid group " + Quoting.always(p.value("group")));
      }
    }
    Attributes attributes = new Attributes(null, uid, gid, null, null);
    List<String> ops = new ArrayList<>(p.operands());
    if (ops.isEmpty()) {
      throw OPTIONS.usageError(in, "missing file operand");
    }
    if (p.has("directory")) {
      int status = 0;
      for (String d : ops) {
        try {
          makeAll(in, d, p.has("verbose"));
          f.setAttributes(d, Attributes.mode(change.apply(0, true, 0)), true);
          if (uid != null || gid != null) {
            f.setAttributes(d, attributes, true);
          }
        } catch (VfsException e) {
          in.error("cannot create directory " + Quoting.always(d) + ": " + e.reason());
          status = 1;
        }
      }
      return status;
    }
    String given = p.value("target-directory");
    if (given != null && !p.has("no-target-directory") && !f.isDirectory(given)) {
      if (!p.has("D")) {
        throw in.fail(
            1, "failed to access " + Quoting.always(given) + ": " + Destination.why(f, given));
      }
      makeAll(in, given, p.has("verbose"));
    }
    String dir = Destination.directory(in, OPTIONS, p, ops);
    CopyOptions o = new CopyOptions();
    o.followAll = true;
    o.preserveTimes = p.has("preserve-timestamps");
    o.verbose = p.has("verbose");
    o.removeDestination = true;
    o.noMode = true;
    o.backup = Backup.of(in, OPTIONS, p);
    boolean ok = true;
    List<String> sources = dir == null ? ops.subList(0, 1) : ops;
    for (String from : sources) {
      String to = dir == null ? ops.get(1) : Paths.join(dir, Basename.of(from, null));
      FileStat s = f.statOrNull(from);
      if (s != null && s.isDirectory()) {
        in.error("omitting directory " + Quoting.always(from));
        ok = false;
        continue;
      }
      try {
        if (p.has("D") && dir == null) {
          makeAll(in, Dirname.of(to), p.has("verbose"));
        }
        if (p.has("compare") && same(f, from, to, change)) {
          continue;
        }
        Copier copier = new Copier(in, o);
        boolean one = copier.copy(from, to);
        ok &= one;
        if (one) {
          f.setAttributes(to, Attributes.mode(change.apply(0, false, 0)), true);
          if (uid != null || gid != null) {
            f.setAttributes(to, attributes, true);
          }
        }
      } catch (VfsException e) {
        in.error("cannot create regular file " + Quoting.always(to) + ": " + e.reason());
        ok = false;
      }
    }
    return ok ? 0 : 1;
  }

  private static boolean same(FileContext f, String from, String to, ModeChange change) {
    FileStat a = f.statOrNull(from);
    FileStat b = f.lstatOrNull(to);
    return a != null
        && b != null
        && b.isFile()
        && a.size() == b.size()
        && b.mode() == change.apply(0, false, 0)
        && Arrays.equals(f.readFile(from), f.readFile(to));
  }

  private static void makeAll(Invocation in, String dir, boolean verbose) {
    FileContext f = in.files();
    if (f.isDirectory(dir)) {
      return;
    }
    String parent = Dirname.of(dir);
    if (!parent.equals(dir) && !parent.equals(".") && !parent.equals("/")) {
      makeAll(in, parent, verbose);
    }
    f.mkdir(dir, 0755);
    if (verbose) {
      in.stdout().line(in.name() + ": creating directory " + Quoting.always(dir));
    }
  }
}
