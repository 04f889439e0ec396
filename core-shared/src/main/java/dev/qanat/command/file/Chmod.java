package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** chmod: changes permissions. */
public final class Chmod implements Command {
  private static final Options OPTIONS =
      Options.of("chmod")
          .usage(
              "[OPTION]... MODE[,MODE]... FILE...\n"
                  + "[OPTION]... OCTAL-MODE FILE...\n"
                  + "[OPTION]... --reference=RFILE FILE...")
          .about(
              "Change the mode of each FILE to MODE.\n"
                  + "With --reference, change the mode of each FILE to that of RFILE.")
          .flag('c', "changes", "like verbose but report only when a change is made")
          .flag('f', "silent", "suppress most error messages")
          .alias("quiet", "silent")
          .flag('v', "verbose", "output a diagnostic for every file processed")
          .flag((char) 0, "no-preserve-root", "do not treat '/' specially (the default)")
          .flag((char) 0, "preserve-root", "fail to operate recursively on '/'")
          .value((char) 0, "reference", "RFILE", "use RFILE's mode instead of MODE values")
          .flag('R', "recursive", "change files and directories recursively")
          .epilogue("Each MODE is of the form '[ugoa]*([-+=]([rwxXst]*|[ugo]))+|[-+=][0-7]+'.");

  /** What one run does to each file. */
  private static final class Change {
    ModeChange mode;
    int reference = -1;
    boolean verbose;
    boolean changes;
    boolean quiet;
    boolean recursive;
    boolean minus; // the mode came as an option such as -w
    int status;
  }

  @Override
  public int run(Invocation in) {
    List<String> args = new ArrayList<>();
    StringBuilder dash = new StringBuilder();
    boolean options = true;
    for (String a : in.args()) {
      if (a.equals("--")) {
        options = false;
      }
      // -w, -x,g-r and the like are modes
      if (options
          && a.length() > 1
          && a.charAt(0) == '-'
          && "rwxXstugoa,+=01234567".indexOf(a.charAt(1)) >= 0) {
        dash.append(dash.length() > 0 ? "," : "").append(a);
      } else {
        args.add(a);
      }
    }
    Options.Parsed p = OPTIONS.parse(in, args);
    Change c = new Change();
    c.verbose = p.has("verbose");
    c.changes = p.has("changes");
    c.quiet = p.has("silent");
    c.recursive = p.has("recursive");
    List<String> files = p.operands();
    String text = dash.length() > 0 ? dash.toString() : null;
    if (p.has("reference")) {
      if (text != null) {
        throw OPTIONS.usageError(in, "cannot combine mode and --reference options");
      }
      try {
        c.reference = in.files().stat(p.value("reference")).mode();
      } catch (VfsException e) {
        throw in.fail(
            1,
            "failed to get attributes of "
                + Quoting.always(p.value("reference"))
                + ": "
                + e.reason());
      }
    } else if (text == null) {
      if (files.isEmpty()) {
        throw OPTIONS.usageError(in, "missing operand");
      }
      text = files.get(0);
      files = files.subList(1, files.size());
    } else {
      c.minus = true;
    }
    if (files.isEmpty()) {
      throw OPTIONS.usageError(
          in,
          text == null || c.minus && text == null
              ? "missing operand"
              : "missing operand after " + Quoting.locale(text));
    }
    if (text != null) {
      c.mode = ModeChange.parse(text);
      if (c.mode == null) {
        throw OPTIONS.usageError(in, "invalid mode: " + Quoting.locale(text));
      }
    }
    for (String f : files) {
      if (c.recursive && p.has("preserve-root") && in.files().absolute(f).equals("/")) {
        in.error("it is dangerous to operate recursively on '/'");
        in.error("use --no-preserve-root to override this failsafe");
        c.status = 1;
        continue;
      }
      change(in, c, f, true);
    }
    return c.status;
  }

  private static void change(Invocation in, Change c, String path, boolean top) {
    Sched.checkpoint();
    FileContext f = in.files();
    FileStat s;
    try {
      s = f.lstat(path);
      if (s.isSymlink()) {
        if (!top) {
          return;
        }
        try {
          s = f.stat(path);
        } catch (VfsException e) {
          if (!c.quiet) {
            in.error("cannot operate on dangling symlink " + Quoting.always(path));
          }
          c.status = 1;
          return;
        }
      }
    } catch (VfsException e) {
      if (!c.quiet) {
        in.error("cannot access " + Quoting.always(path) + ": " + e.reason());
      }
      c.status = 1;
      if (c.verbose) {
        in.stdout().line(Quoting.always(path) + " could not be accessed");
      }
      return;
    }
    int old = s.mode();
    int mode = c.reference >= 0 ? c.reference : c.mode.apply(old, s.isDirectory(), f.umask());
    try {
      f.setAttributes(path, Attributes.mode(mode), true);
      report(in, c, path, old, mode);
    } catch (VfsException e) {
      if (!c.quiet) {
        in.error("changing permissions of " + Quoting.always(path) + ": " + e.reason());
      }
      c.status = 1;
      if (c.verbose) {
        in.stdout()
            .line(
                "failed to change mode of "
                    + Quoting.always(path)
                    + " from "
                    + show(old)
                    + " to "
                    + show(mode));
      }
    }
    if (c.minus && c.status == 0) {
      int naive = c.mode.apply(old, s.isDirectory(), 0);
      if ((mode & ~naive) != 0) {
        in.error(
            Quoting.ifNeededOrColon(path)
                + ": new permissions are "
                + ModeChange.permissions(mode)
                + ", not "
                + ModeChange.permissions(naive));
        c.status = 1;
      }
    }
    if (c.recursive && s.isDirectory()) {
      List<DirEntry> names;
      try {
        names = f.list(path);
      } catch (VfsException e) {
        if (!c.quiet) {
          in.error("cannot read directory " + Quoting.always(path) + ": " + e.reason());
        }
        c.status = 1;
        return;
      }
      for (DirEntry e : names) {
        change(in, c, Paths.join(path, e.name()), false);
      }
    }
  }

  private static String show(int mode) {
    String o = Integer.toOctalString(mode);
    return "0".repeat(Math.max(0, 4 - o.length())) + o + " (" + ModeChange.permissions(mode) + ")";
  }

  private static void report(Invocation in, Change c, String path, int old, int mode) {
    if (old != mode && (c.verbose || c.changes)) {
      in.stdout()
          .line(
              "mode of "
                  + Quoting.always(path)
                  + " changed from "
                  + show(old)
                  + " to "
                  + show(mode));
    } else if (c.verbose) {
      in.stdout().line("mode of " + Quoting.always(path) + " retained as " + show(mode));
    }
  }
}
