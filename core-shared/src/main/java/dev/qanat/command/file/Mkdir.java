package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.VfsException;

/** mkdir: makes directories. */
public final class Mkdir implements Command {
  private static final Options OPTIONS =
      Options.of("mkdir")
          .usage("[OPTION]... DIRECTORY...")
          .about("Create the DIRECTORY(ies), if they do not already exist.")
          .value('m', "mode", "MODE", "set file mode (as in chmod), not a=rwx - umask")
          .flag(
              'p',
              "parents",
              "no error if existing, make parent directories as needed,\nwith their file modes unaffected by any -m option.")
          .flag('v', "verbose", "print a message for each created directory")
          .flag('Z', null, "set the default SELinux context; there is none here")
          .optional((char) 0, "context", "CTX", "set the SELinux context; there is none here");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    if (p.value("context") != null) {
      in.error("warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel");
    }
    ModeChange mode = null;
    if (p.has("mode")) {
      mode = ModeChange.parse(p.value("mode"));
      if (mode == null) {
        throw in.fail(1, "invalid mode " + Quoting.locale(p.value("mode")));
      }
    }
    int status = 0;
    for (String dir : p.operands()) {
      try {
        make(in, dir, mode, p.has("parents"), p.has("verbose"));
      } catch (VfsException e) {
        in.error(
            "cannot create directory "
                + Quoting.locale(e.path() == null || !p.has("parents") ? dir : e.path())
                + ": "
                + e.reason());
        status = 1;
      }
    }
    return status;
  }

  private static void make(
      Invocation in, String dir, ModeChange mode, boolean parents, boolean verbose) {
    FileContext f = in.files();
    if (parents) {
      int i = 0;
      while (true) {
        while (i < dir.length() && dir.charAt(i) == '/') {
          i++;
        }
        int slash = dir.indexOf('/', i);
        if (slash < 0 || rest(dir, slash)) {
          break;
        }
        String part = dir.substring(0, slash);
        FileStat there = f.statOrNull(part);
        if (there != null && !there.isDirectory()) {
          throw new VfsException(Errno.ENOTDIR, part);
        }
        one(in, part, null, true, verbose);
        i = slash;
      }
    }
    one(in, dir, mode, parents, verbose);
  }

  /** Whether only slashes follow. */
  private static boolean rest(String s, int from) {
    for (int i = from; i < s.length(); i++) {
      if (s.charAt(i) != '/') {
        return false;
      }
    }
    return true;
  }

  private static void one(
      Invocation in, String dir, ModeChange mode, boolean exists, boolean verbose) {
    FileContext f = in.files();
    if (exists) {
      FileStat s = f.statOrNull(dir);
      if (s != null && s.isDirectory()) {
        return;
      }
    }
    try {
      f.mkdir(dir, 0777);
    } catch (VfsException e) {
      throw new VfsException(
          exists && e.errno() == Errno.EEXIST ? Errno.EEXIST : e.errno(), dir, e.detail());
    }
    if (mode != null) {
      f.setAttributes(dir, Attributes.mode(mode.apply(0777, true, f.umask())), true);
    }
    if (verbose) {
      in.stdout().line(in.name() + ": created directory " + Quoting.always(dir));
    }
  }
}
