package dev.qanat.command.file;

import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** Where cp, mv and install put things, by the operands and {@code -t} and {@code -T}. */
final class Destination {
  private Destination() {}

  /**
   * The directory to put all operands into: the one of {@code -t}, or the last operand, which is
   * taken off then. Null when there are two operands and the second is the new name of the first.
   */
  static String directory(Invocation in, Options options, Options.Parsed p, List<String> operands) {
    FileContext f = in.files();
    String given = p.value("target-directory");
    boolean named = p.has("no-target-directory");
    if (named && given != null) {
      throw in.fail(1, "cannot combine --target-directory (-t) and --no-target-directory (-T)");
    }
    if (given != null) {
      if (!f.isDirectory(given)) {
        throw in.fail(1, "target directory " + Quoting.always(given) + ": " + why(f, given));
      }
      return given;
    }
    if (operands.size() < 2) {
      throw options.usageError(
          in, "missing destination file operand after " + Quoting.always(operands.get(0)));
    }
    String last = operands.get(operands.size() - 1);
    if (named) {
      if (operands.size() > 2) {
        throw options.usageError(in, "extra operand " + Quoting.always(operands.get(2)));
      }
      return null;
    }
    if (f.isDirectory(last)) {
      operands.remove(operands.size() - 1);
      return last;
    }
    if (operands.size() > 2) {
      throw in.fail(1, "target " + Quoting.always(last) + ": " + why(f, last));
    }
    return null;
  }

  /** Why a path is no directory. */
  static String why(FileContext f, String path) {
    try {
      f.stat(path);
    } catch (VfsException e) {
      return e.reason();
    }
    return "Not a directory";
  }
}
