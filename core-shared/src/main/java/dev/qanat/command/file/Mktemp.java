package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.Random;

/** mktemp: a file or directory with a name nobody had. */
public final class Mktemp implements Command {
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private static final Options OPTIONS =
      Options.of("mktemp")
          .usage("[OPTION]... [TEMPLATE]")
          .about(
              "Create a temporary file or directory, safely, and print its name.\nTEMPLATE must contain at least 3 consecutive 'X's in last component.\nIf TEMPLATE is not specified, use tmp.XXXXXXXXXX, and --tmpdir is implied.")
          .flag('d', "directory", "create a directory, not a file")
          .flag('u', "dry-run", "do not create anything; merely print a name (unsafe)")
          .flag('q', "quiet", "suppress diagnostics about file/dir-creation failure")
          .value(
              (char) 0, "suffix", "SUFF", "append SUFF to TEMPLATE; SUFF must not contain a slash")
          .optional(
              (char) 0,
              "tmpdir",
              "DIR",
              "interpret TEMPLATE relative to DIR; if DIR is not\nspecified, use $TMPDIR if set, else /tmp")
          .value('p', null, "DIR", "like --tmpdir=DIR")
          .flag(
              't',
              null,
              "interpret TEMPLATE as a single file name component,\nrelative to a directory: $TMPDIR, if set");

  private final Random random = new Random();

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().size() > 1) {
      throw OPTIONS.usageError(in, "too many templates");
    }
    boolean useDir = p.has("tmpdir") || p.has("p") || p.has("t");
    String dir =
        p.has("p") && "p".equals(p.lastOf("p", "tmpdir")) ? p.value("p") : p.value("tmpdir");
    String template;
    if (p.operands().isEmpty()) {
      template = "tmp.XXXXXXXXXX";
      useDir = true;
    } else {
      template = p.operands().get(0);
    }
    String suffix = p.value("suffix");
    if (suffix != null) {
      if (template.isEmpty() || !template.endsWith("X")) {
        throw fail(in, p, "with --suffix, template " + Quoting.locale(template) + " must end in X");
      }
    } else {
      int x = template.lastIndexOf('X');
      suffix = x < 0 ? "" : template.substring(x + 1);
      template = x < 0 ? template : template.substring(0, x + 1);
    }
    if (suffix.indexOf('/') >= 0) {
      throw fail(
          in, p, "invalid suffix " + Quoting.locale(suffix) + ", contains directory separator");
    }
    int xs = 0;
    while (xs < template.length() && template.charAt(template.length() - 1 - xs) == 'X') {
      xs++;
    }
    if (xs < 3) {
      throw fail(
          in,
          p,
          "too few X's in template " + Quoting.locale(template + (p.has("suffix") ? "" : suffix)));
    }
    String path = template;
    if (useDir) {
      String env = in.env("TMPDIR");
      if (p.has("t")) {
        if (template.indexOf('/') >= 0) {
          throw fail(
              in,
              p,
              "invalid template, "
                  + Quoting.locale(template + suffix)
                  + ", contains directory separator");
        }
        dir = env != null && !env.isEmpty() ? env : dir != null ? dir : "/tmp";
      } else {
        if (template.startsWith("/")) {
          throw fail(
              in,
              p,
              "invalid template, "
                  + Quoting.locale(template + suffix)
                  + "; with --tmpdir, it may not be absolute");
        }
        if (dir == null || dir.isEmpty()) {
          dir = env != null && !env.isEmpty() ? env : "/tmp";
        }
      }
      path = Paths.join(dir, template);
    }
    String stem = path.substring(0, path.length() - xs);
    for (int tries = 0; ; tries++) {
      StringBuilder name = new StringBuilder(stem);
      for (int i = 0; i < xs; i++) {
        name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      String full = name + suffix;
      try {
        if (p.has("dry-run")) {
          if (in.files().lstatOrNull(full) != null && tries < 100) {
            continue;
          }
        } else if (p.has("directory")) {
          in.files().mkdir(full, 0700);
        } else {
          in.files()
              .open(full, OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE, 0600)
              .release();
        }
        in.stdout().line(full);
        return 0;
      } catch (VfsException e) {
        if (e.errno() == Errno.EEXIST && tries < 100) {
          continue;
        }
        throw fail(
            in,
            p,
            "failed to create "
                + (p.has("directory") ? "directory" : "file")
                + " via template "
                + Quoting.locale(path + suffix)
                + ": "
                + e.reason());
      }
    }
  }

  private static Command.Exit fail(Invocation in, Options.Parsed p, String message) {
    return p.has("quiet") && message.startsWith("failed")
        ? new Command.Exit(1)
        : in.fail(1, message);
  }
}
