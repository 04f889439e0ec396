package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** link, unlink: one call each of link(2) and unlink(2). */
public final class Link implements Command {
  private final boolean remove;

  /** {@code remove}: unlink. */
  public Link(boolean remove) {
    this.remove = remove;
  }

  @Override
  public int run(Invocation in) {
    Options options =
        Options.of(remove ? "unlink" : "link")
            .usage(remove ? "FILE\nOPTION" : "FILE1 FILE2\nOPTION")
            .about(
                remove
                    ? "Call the unlink function to remove the specified FILE."
                    : "Call the link function to create a link named FILE2 to an existing FILE1.");
    List<String> ops = options.parse(in).operands();
    int n = remove ? 1 : 2;
    if (ops.size() < n) {
      throw options.usageError(
          in,
          ops.isEmpty()
              ? "missing operand"
              : "missing operand after " + Quoting.locale(ops.get(0)));
    }
    if (ops.size() > n) {
      throw options.usageError(in, "extra operand " + Quoting.locale(ops.get(n)));
    }
    try {
      if (remove) {
        in.files().unlink(ops.get(0));
      } else {
        in.files().link(ops.get(0), ops.get(1));
      }
      return 0;
    } catch (VfsException e) {
      in.error(
          remove
              ? "cannot unlink " + Quoting.always(ops.get(0)) + ": " + e.reason()
              : "cannot create link "
                  + Quoting.always(ops.get(1))
                  + " to "
                  + Quoting.always(ops.get(0))
                  + ": "
                  + e.reason());
      return 1;
    }
  }
}
