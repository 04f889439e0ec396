package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;

/** truncate: cuts or extends files. */
public final class Truncate implements Command {
  private static final Options OPTIONS =
      Options.of("truncate")
          .usage("OPTION... FILE...")
          .about(
              "Shrink or extend the size of each FILE to the specified size\n\n"
                  + "A FILE argument that does not exist is created.")
          .flag('c', "no-create", "do not create any files")
          .flag('o', "io-blocks", "treat SIZE as number of IO blocks instead of bytes")
          .value('r', "reference", "RFILE", "base size on RFILE")
          .value('s', "size", "SIZE", "set or adjust the file size by SIZE bytes")
          .epilogue(
              "SIZE may also be prefixed by one of the following modifying characters:\n"
                  + "'+' extend by, '-' reduce by, '<' at most, '>' at least,\n"
                  + "'/' round down to multiple of, '%' round up to multiple of.");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    FileContext f = in.files();
    char mode = 0;
    long size = -1;
    String text = p.value("size");
    if (text != null) {
      String t = text.trim();
      if (!t.isEmpty() && "<>/%".indexOf(t.charAt(0)) >= 0) {
        mode = t.charAt(0);
        t = t.substring(1).trim();
      }
      if (!t.isEmpty() && (t.charAt(0) == '+' || t.charAt(0) == '-')) {
        if (mode != 0) {
          throw OPTIONS.usageError(in, "multiple relative modifiers specified");
        }
        mode = t.charAt(0);
        t = t.substring(1);
      }
      size = SizeText.parse(t, "EgGkKmMPtTYZ0");
      if (size < 0) {
        throw in.fail(1, "Invalid number: " + Quoting.locale(text) + SizeText.reason(size));
      }
      if ((mode == '/' || mode == '%') && size == 0) {
        throw in.fail(1, "division by zero");
      }
    }
    if (text == null && !p.has("reference")) {
      throw OPTIONS.usageError(
          in,
          "you must specify either "
              + Quoting.locale("--size")
              + " or "
              + Quoting.locale("--reference"));
    }
    if (p.has("reference") && text != null && mode == 0) {
      throw OPTIONS.usageError(
          in,
          "you must specify a relative "
              + Quoting.locale("--size")
              + " with "
              + Quoting.locale("--reference"));
    }
    if (p.has("io-blocks") && text == null) {
      throw OPTIONS.usageError(
          in,
          Quoting.locale("--io-blocks")
              + " was specified but "
              + Quoting.locale("--size")
              + " was not");
    }
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing file operand");
    }
    long reference = -1;
    if (p.has("reference")) {
      try {
        reference = f.stat(p.value("reference")).size();
      } catch (VfsException e) {
        throw in.fail(1, "cannot stat " + Quoting.always(p.value("reference")) + ": " + e.reason());
      }
    }
    if (p.has("io-blocks")) {
      size *= 4096;
    }
    int status = 0;
    for (String path : p.operands()) {
      OpenFile file;
      try {
        file = f.open(path, OpenFlags.WRITE | (p.has("no-create") ? 0 : OpenFlags.CREATE), 0666);
      } catch (VfsException e) {
        if (!(p.has("no-create") && e.errno() == Errno.ENOENT)) {
          in.error("cannot open " + Quoting.always(path) + " for writing: " + e.reason());
          status = 1;
        }
        continue;
      }
      try {
        long now = reference >= 0 ? reference : file.stat().size();
        long wanted =
            switch (mode) {
              case '+' -> now + size;
              case '-' -> Math.max(0, now - size);
              case '<' -> Math.min(now, size);
              case '>' -> Math.max(now, size);
              case '/' -> now - now % size;
              case '%' -> (now + size - 1) / size * size;
              default -> text == null ? now : size;
            };
        file.truncate(wanted);
      } catch (VfsException e) {
        in.error(
            "failed to truncate " + Quoting.always(path) + " at " + size + " bytes: " + e.reason());
        status = 1;
      } finally {
        file.release();
      }
    }
    return status;
  }
}
