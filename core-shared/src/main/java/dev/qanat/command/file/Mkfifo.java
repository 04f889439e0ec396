package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.VfsException;

/** mkfifo: makes named pipes. */
public final class Mkfifo implements Command {
  private static final Options OPTIONS =
      Options.of("mkfifo")
          .usage("[OPTION]... NAME...")
          .about("Create named pipes (FIFOs) with the given NAMEs.")
          .value('m', "mode", "MODE", "set file permission bits to MODE, not a=rw - umask");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    ModeChange m = p.has("mode") ? ModeChange.parse(p.value("mode")) : null;
    if (p.has("mode") && m == null) {
      throw in.fail(1, "invalid mode");
    }
    int status = 0;
    for (String n : p.operands()) {
      try {
        in.files().mknod(n, FileType.FIFO, 0666);
        if (m != null) {
          in.files()
              .setAttributes(n, Attributes.mode(m.apply(0666, false, in.files().umask())), true);
        }
      } catch (VfsException e) {
        in.error("cannot create fifo " + Quoting.always(n) + ": " + e.reason());
        status = 1;
      }
    }
    return status;
  }
}
