package dev.qanat.command.file;

import dev.qanat.command.Choice;
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
import java.util.List;

/** rm: removes files and trees. */
public final class Rm implements Command {
  private static final Options OPTIONS =
      Options.of("rm")
          .usage("[OPTION]... [FILE]...")
          .about("Remove (unlink) the FILE(s).")
          .flag('f', "force", "ignore nonexistent files and arguments, never prompt")
          .flag('i', null, "prompt before every removal")
          .flag(
              'I',
              null,
              "prompt once before removing more than three files, or\nwhen removing recursively")
          .optional(
              (char) 0,
              "interactive",
              "WHEN",
              "prompt according to WHEN: never, once (-I), or\nalways (-i); without WHEN, prompt always")
          .flag(
              (char) 0,
              "one-file-system",
              "when removing a hierarchy recursively, skip any\ndirectory that is on a file system different from\nthat of the corresponding command line argument")
          .flag((char) 0, "no-preserve-root", "do not treat '/' specially")
          .optional((char) 0, "preserve-root", "all", "do not remove '/' (default)")
          .flag('r', "recursive", "remove directories and their contents recursively")
          .alias('R', "recursive")
          .flag('d', "dir", "remove empty directories")
          .flag('v', "verbose", "explain what is being done");

  /** What one run does. */
  private static final class Run {
    boolean force;
    boolean ask;
    boolean recursive;
    boolean dir;
    boolean verbose;
    boolean oneFileSystem;
    boolean terminal;
    int device;
    int status;
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    Run r = new Run();
    boolean once = false;
    boolean root = true;
    for (Options.Given g : p.options()) {
      switch (g.id()) {
        case "force" -> {
          r.force = true;
          r.ask = false;
          once = false;
        }
        case "i" -> {
          r.ask = true;
          r.force = false;
          once = false;
        }
        case "I" -> {
          r.ask = false;
          r.force = false;
          once = true;
        }
        case "interactive" -> {
          String w =
              g.value() == null
                  ? "always"
                  : Choice.of(
                      in,
                      OPTIONS,
                      "--interactive",
                      g.value(),
                      "never|no|none",
                      "once",
                      "always|yes");
          r.ask = w.equals("always") || w.equals("yes");
          once = w.equals("once");
          r.force = w.startsWith("n") && r.force;
        }
        case "no-preserve-root" -> root = false;
        case "preserve-root" -> root = true;
        default -> {}
      }
    }
    r.recursive = p.has("recursive");
    r.dir = p.has("dir");
    r.verbose = p.has("verbose");
    r.oneFileSystem = p.has("one-file-system");
    OpenFile stdin = in.files().descriptors().get(0);
    r.terminal = stdin != null && stdin.isTerminal();
    if (p.operands().isEmpty()) {
      if (r.force) {
        return 0;
      }
      throw OPTIONS.usageError(in, "missing operand");
    }
    int n = p.operands().size();
    if (once && (r.recursive || n > 3)) {
      String what = n + (n == 1 ? " argument" : " arguments") + (r.recursive ? " recursively" : "");
      if (!Prompt.ask(in, in.name() + ": remove " + what + "? ")) {
        return 0;
      }
    }
    for (String path : p.operands()) {
      operand(in, r, path, root);
    }
    return r.status;
  }

  private static void operand(Invocation in, Run r, String path, boolean preserveRoot) {
    FileContext f = in.files();
    FileStat s;
    try {
      s = f.lstat(path);
    } catch (VfsException e) {
      if (!(r.force && (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR))) {
        in.error("cannot remove " + Quoting.always(path) + ": " + e.reason());
        r.status = 1;
      }
      return;
    }
    if (s.isDirectory()) {
      String base = Basename.of(path, null);
      if (r.recursive && (base.equals(".") || base.equals(".."))) {
        in.error("refusing to remove '.' or '..' directory: skipping " + Quoting.always(path));
        r.status = 1;
        return;
      }
      if (r.recursive && preserveRoot && f.realpath(path).equals("/")) {
        in.error(
            "it is dangerous to operate recursively on "
                + (path.equals("/") ? "'/'" : Quoting.always(path) + " (same as '/')"));
        in.error("use --no-preserve-root to override this failsafe");
        r.status = 1;
        return;
      }
    }
    r.device = s.dev();
    remove(in, r, path, s);
  }

  /** True when it is gone. */
  private static boolean remove(Invocation in, Run r, String path, FileStat s) {
    Sched.checkpoint();
    FileContext f = in.files();
    if (!s.isDirectory()) {
      if (!confirm(in, r, path, s, "remove ")) {
        return false;
      }
      try {
        f.unlink(path);
      } catch (VfsException e) {
        if (r.force && e.errno() == Errno.ENOENT) {
          return true;
        }
        return failed(in, r, path, e);
      }
      if (r.verbose) {
        in.stdout().line("removed " + Quoting.always(path));
      }
      return true;
    }
    if (!r.recursive) {
      if (!r.dir) {
        return failed(in, r, path, new VfsException(Errno.EISDIR, path));
      }
      if (!confirm(in, r, path, s, "remove ")) {
        return false;
      }
    } else {
      if (r.oneFileSystem && s.dev() != r.device) {
        in.error("skipping " + Quoting.always(path) + ", since it's on a different device");
        r.status = 1;
        return false;
      }
      List<DirEntry> names;
      try {
        names = f.list(path);
      } catch (VfsException e) {
        return failed(in, r, path, e);
      }
      boolean empty = names.isEmpty();
      if (!empty && !confirm(in, r, path, s, "descend into ")) {
        return false;
      }
      boolean all = true;
      for (DirEntry e : names) {
        String child = Paths.join(path, e.name());
        FileStat c;
        try {
          c = f.lstat(child);
        } catch (VfsException x) {
          if (x.errno() != Errno.ENOENT) {
            all = failed(in, r, child, x);
          }
          continue;
        }
        all &= remove(in, r, child, c);
      }
      if (!all) {
        return false;
      }
      if (!confirm(in, r, path, s, "remove ")) {
        return false;
      }
    }
    try {
      f.rmdir(path);
    } catch (VfsException e) {
      return failed(in, r, path, e);
    }
    if (r.verbose) {
      in.stdout().line("removed directory " + Quoting.always(path));
    }
    return true;
  }

  private static boolean failed(Invocation in, Run r, String path, VfsException e) {
    in.error("cannot remove " + Quoting.always(path) + ": " + e.reason());
    r.status = 1;
    return false;
  }

  private static boolean confirm(Invocation in, Run r, String path, FileStat s, String verb) {
    boolean locked = !r.force && r.terminal && !s.isSymlink() && !in.files().access(path, 2);
    if (!r.ask && !locked) {
      return true;
    }
    String kind = verb.startsWith("descend") ? "directory" : kind(s);
    String q =
        in.name()
            + ": "
            + verb
            + (locked ? "write-protected " : "")
            + kind
            + " "
            + Quoting.always(path)
            + "? ";
    return Prompt.ask(in, q);
  }

  /** What kind of file it is, as messages and stat say it. */
  public static String kind(FileStat s) {
    return switch (s.type()) {
      case FILE -> s.size() == 0 ? "regular empty file" : "regular file";
      case DIRECTORY -> "directory";
      case SYMLINK -> "symbolic link";
      case FIFO -> "fifo";
      case CHARACTER -> "character special file";
      case BLOCK -> "block special file";
      case SOCKET -> "socket";
    };
  }
}
