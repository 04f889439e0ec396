package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.VfsException;

/** readlink: what a link says, or a path without links. */
public final class Readlink implements Command {
  private static final Options OPTIONS =
      Options.of("readlink")
          .usage("[OPTION]... FILE...")
          .about("Print value of a symbolic link or canonical file name")
          .flag(
              'f',
              "canonicalize",
              "canonicalize by following every symlink in\nevery component of the given name recursively;\nall but the last component must exist")
          .flag('e', "canonicalize-existing", "canonicalize, all components must exist")
          .flag(
              'm',
              "canonicalize-missing",
              "canonicalize, without requirements on components existence")
          .flag('n', "no-newline", "do not output the trailing delimiter")
          .flag('q', "quiet", "suppress most error messages (on by default)")
          .flag('s', "silent", "suppress most error messages (on by default)")
          .flag('v', "verbose", "report error messages")
          .flag('z', "zero", "end each output line with NUL, not newline");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    String mode = p.lastOf("canonicalize", "canonicalize-existing", "canonicalize-missing");
    boolean newline = !p.has("no-newline");
    if (!newline && p.operands().size() > 1) {
      in.error("ignoring --no-newline with multiple arguments");
      newline = true;
    }
    boolean verbose = "verbose".equals(p.lastOf("verbose", "quiet", "silent"));
    int status = 0;
    for (String path : p.operands()) {
      try {
        String r;
        if (mode == null) {
          r = in.files().readlink(path);
        } else {
          if (path.isEmpty()) {
            throw new VfsException(Errno.ENOENT, path);
          }
          r =
              Realpath.canonicalOrFail(
                  in.files(),
                  path,
                  mode.endsWith("existing")
                      ? Realpath.EXISTING
                      : mode.endsWith("missing") ? Realpath.MISSING : Realpath.ALL_BUT_LAST);
        }
        in.stdout().write(r);
        if (newline) {
          in.stdout().write(p.has("zero") ? 0 : '\n');
        }
      } catch (VfsException e) {
        if (verbose) {
          in.error(Quoting.ifNeededOrColon(path) + ": " + e.reason());
        }
        status = 1;
      }
    }
    return status;
  }
}
