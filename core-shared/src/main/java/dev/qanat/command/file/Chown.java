package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Users;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** chown and chgrp: change owners and groups. */
public final class Chown implements Command {
  private final boolean groupOnly;
  private final Options options;

  /** {@code groupOnly}: chgrp. */
  public Chown(boolean groupOnly) {
    this.groupOnly = groupOnly;
    options =
        Options.of(groupOnly ? "chgrp" : "chown")
            .usage(
                groupOnly
                    ? "[OPTION]... GROUP FILE...\n[OPTION]... --reference=RFILE FILE..."
                    : "[OPTION]... [OWNER][:[GROUP]] FILE...\n[OPTION]... --reference=RFILE FILE...")
            .about(
                groupOnly
                    ? "Change the group of each FILE to GROUP."
                    : "Change the owner and/or group of each FILE to OWNER and/or GROUP.")
            .flag('c', "changes", "like verbose but report only when a change is made")
            .flag('f', "silent", "suppress most error messages")
            .alias("quiet", "silent")
            .flag('v', "verbose", "output a diagnostic for every file processed")
            .flag(
                (char) 0,
                "dereference",
                "affect the referent of each symbolic link (this is\nthe default), rather than the symbolic link itself")
            .flag('h', "no-dereference", "affect symbolic links instead of any referenced file")
            .value(
                (char) 0,
                "from",
                "CURRENT_OWNER:CURRENT_GROUP",
                "change only files that have these")
            .flag((char) 0, "no-preserve-root", "do not treat '/' specially (the default)")
            .flag((char) 0, "preserve-root", "fail to operate recursively on '/'")
            .value((char) 0, "reference", "RFILE", "use RFILE's owner and group")
            .flag('R', "recursive", "operate on files and directories recursively")
            .flag(
                'H',
                null,
                "if a command line argument is a symbolic link to a\ndirectory, traverse it")
            .flag('L', null, "traverse every symbolic link to a directory encountered")
            .flag('P', null, "do not traverse any symbolic links (default)");
  }

  /** What one run does to each file; -1 leaves a part as it is. */
  private static final class Change {
    int uid = -1;
    int gid = -1;
    int fromUid = -1;
    int fromGid = -1;
    String userName;
    String groupName;
    boolean verbose;
    boolean changes;
    boolean quiet;
    boolean recursive;
    boolean follow;
    int status;
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = options.parse(in);
    Users users = Users.of(in);
    Change c = new Change();
    c.verbose = p.has("verbose");
    c.changes = p.has("changes");
    c.quiet = p.has("silent");
    c.recursive = p.has("recursive");
    c.follow = !p.has("no-dereference");
    List<String> files = p.operands();
    if (files.isEmpty() || files.size() == 1 && !p.has("reference")) {
      throw options.usageError(
          in,
          files.isEmpty()
              ? "missing operand"
              : "missing operand after " + Quoting.locale(files.get(0)));
    }
    if (p.has("reference")) {
      try {
        FileStat s = in.files().stat(p.value("reference"));
        c.gid = s.gid();
        c.groupName = users.group(c.gid);
        if (!groupOnly) {
          c.uid = s.uid();
          c.userName = users.user(c.uid);
        }
      } catch (VfsException e) {
        throw in.fail(
            1,
            "failed to get attributes of "
                + Quoting.always(p.value("reference"))
                + ": "
                + e.reason());
      }
    } else {
      int[] ids = parse(in, users, files.get(0), c);
      c.uid = ids[0];
      c.gid = ids[1];
      files = files.subList(1, files.size());
    }
    if (p.has("from")) {
      int[] ids = parse(in, users, p.value("from"), new Change());
      c.fromUid = ids[0];
      c.fromGid = ids[1];
    }
    for (String f : files) {
      if (c.recursive && p.has("preserve-root") && in.files().absolute(f).equals("/")) {
        in.error("it is dangerous to operate recursively on '/'");
        in.error("use --no-preserve-root to override this failsafe");
        c.status = 1;
        continue;
      }
      change(in, users, c, f);
    }
    return c.status;
  }

  private int[] parse(Invocation in, Users users, String text, Change c) {
    if (groupOnly) {
      int g = text.isEmpty() ? -1 : users.gid(text);
      if (g < 0 && !text.isEmpty()) {
        throw in.fail(1, "invalid group: " + Quoting.locale(text));
      }
      c.groupName = text;
      return new int[] {-1, g};
    }
    int colon = text.indexOf(':');
    if (colon < 0 && users.uid(text) < 0) {
      colon = text.indexOf('.');
    }
    String u = colon < 0 ? text : text.substring(0, colon);
    String g = colon < 0 ? null : text.substring(colon + 1);
    int uid = -1;
    int gid = -1;
    if (!u.isEmpty()) {
      uid = users.uid(u.startsWith("+") ? u.substring(1) : u);
      if (uid < 0) {
        throw in.fail(1, "invalid user: " + Quoting.locale(text));
      }
      c.userName = u;
    }
    if (g != null && !g.isEmpty()) {
      gid = users.gid(g.startsWith("+") ? g.substring(1) : g);
      if (gid < 0) {
        throw in.fail(1, "invalid group: " + Quoting.locale(text));
      }
      c.groupName = g;
    } else if (g != null && uid >= 0) {
      gid = users.loginGroup(uid);
      if (gid < 0) {
        throw in.fail(1, "invalid spec: " + Quoting.locale(text));
      }
      c.groupName = users.group(gid);
    }
    return new int[] {uid, gid};
  }

  private void change(Invocation in, Users users, Change c, String path) {
    Sched.checkpoint();
    FileContext f = in.files();
    FileStat s;
    boolean link;
    try {
      FileStat own = f.lstat(path);
      link = own.isSymlink();
      s = link && c.follow && !c.recursive ? f.stat(path) : own;
    } catch (VfsException e) {
      if (!c.quiet) {
        in.error(
            (f.lstatOrNull(path) != null ? "cannot dereference " : "cannot access ")
                + Quoting.always(path)
                + ": "
                + e.reason());
      }
      c.status = 1;
      return;
    }
    if (c.recursive && s.isDirectory()) {
      try {
        for (DirEntry e : f.list(path)) {
          change(in, users, c, Paths.join(path, e.name()));
        }
      } catch (VfsException e) {
        if (!c.quiet) {
          in.error("cannot read directory " + Quoting.always(path) + ": " + e.reason());
        }
        c.status = 1;
      }
    }
    if (c.fromUid >= 0 && s.uid() != c.fromUid || c.fromGid >= 0 && s.gid() != c.fromGid) {
      return;
    }
    boolean differs = c.uid >= 0 && c.uid != s.uid() || c.gid >= 0 && c.gid != s.gid();
    try {
      f.setAttributes(
          path,
          Attributes.owner(c.uid < 0 ? null : c.uid, c.gid < 0 ? null : c.gid),
          !s.isSymlink());
    } catch (VfsException e) {
      if (!c.quiet) {
        in.error(
            "changing "
                + (c.uid >= 0 ? "ownership" : "group")
                + " of "
                + Quoting.always(path)
                + ": "
                + e.reason());
      }
      c.status = 1;
      return;
    }
    if (c.verbose || c.changes && differs) {
      report(in, users, c, s, path, differs);
    }
  }

  private void report(
      Invocation in, Users users, Change c, FileStat s, String path, boolean differs) {
    String what = c.uid >= 0 && !groupOnly ? "ownership" : c.gid >= 0 ? "group" : "ownership";
    String oldText =
        what.equals("group")
            ? users.group(s.gid())
            : users.user(s.uid()) + (c.gid >= 0 ? ":" + users.group(s.gid()) : "");
    String newText =
        what.equals("group")
            ? c.groupName
            : (c.userName == null ? "" : c.userName) + (c.gid >= 0 ? ":" + c.groupName : "");
    in.stdout()
        .line(
            differs
                ? "changed "
                    + what
                    + " of "
                    + Quoting.always(path)
                    + " from "
                    + oldText
                    + " to "
                    + newText
                : what + " of " + Quoting.always(path) + " retained as " + oldText);
  }
}
