package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.VfsException;

/** rmdir: removes empty directories. */
public final class Rmdir implements Command {
  private static final Options OPTIONS =
      Options.of("rmdir")
          .usage("[OPTION]... DIRECTORY...")
          .about("Remove the DIRECTORY(ies), if they are empty.")
          .flag(
              (char) 0,
              "ignore-fail-on-non-empty",
              "ignore each failure that is solely because a directory\nis non-empty")
          .flag(
              'p',
              "parents",
              "remove DIRECTORY and its ancestors; e.g., 'rmdir -p a/b/c'\nis similar to 'rmdir a/b/c a/b a'")
          .flag('v', "verbose", "output a diagnostic for every directory processed");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    int status = 0;
    for (String dir : p.operands()) {
      String d = dir;
      boolean first = true;
      while (true) {
        if (p.has("verbose")) {
          in.stdout().line("rmdir: removing directory, " + Quoting.always(d));
        }
        try {
          in.files().rmdir(d);
        } catch (VfsException e) {
          if (!(p.has("ignore-fail-on-non-empty") && e.errno() == Errno.ENOTEMPTY)) {
            in.error(
                "failed to remove "
                    + (first ? Quoting.always(d) : "directory " + Quoting.always(d))
                    + ": "
                    + e.reason());
            status = 1;
          }
          break;
        }
        first = false;
        int end = d.length();
        while (end > 0 && d.charAt(end - 1) == '/') {
          end--;
        }
        int slash = d.lastIndexOf('/', end - 1);
        while (slash > 0 && d.charAt(slash - 1) == '/') {
          slash--;
        }
        if (!p.has("parents") || slash <= 0) {
          break;
        }
        d = d.substring(0, slash);
      }
    }
    return status;
  }
}
