package dev.qanat.command.file;

import dev.qanat.command.Backup;
import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.text.Basename;
import dev.qanat.command.text.Dirname;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** cp: copies files and trees. */
public final class Cp implements Command {
  private static final Options OPTIONS =
      Options.of("cp")
          .usage(
              "[OPTION]... [-T] SOURCE DEST\n"
                  + "[OPTION]... SOURCE... DIRECTORY\n"
                  + "[OPTION]... -t DIRECTORY SOURCE...")
          .about("Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.")
          .flag('a', "archive", "same as -dR --preserve=all")
          .flag((char) 0, "attributes-only", "don't copy the file data, just the attributes")
          .optional(
              (char) 0, "backup", "CONTROL", "make a backup of each existing destination file")
          .flag('b', null, "like --backup but does not accept an argument")
          .flag((char) 0, "copy-contents", "copy contents of special files when recursive")
          .flag('d', null, "same as --no-dereference --preserve=links")
          .flag(
              'f',
              "force",
              "if an existing destination file cannot be\nopened, remove it and try again")
          .flag('i', "interactive", "prompt before overwrite (overrides a previous -n)")
          .flag('H', null, "follow command-line symbolic links in SOURCE")
          .flag('l', "link", "hard link files instead of copying")
          .flag('L', "dereference", "always follow symbolic links in SOURCE")
          .flag(
              'n',
              "no-clobber",
              "do not overwrite an existing file (overrides\na previous -i option)")
          .flag('P', "no-dereference", "never follow symbolic links in SOURCE")
          .flag('p', null, "same as --preserve=mode,ownership,timestamps")
          .optional((char) 0, "preserve", "ATTR_LIST", "preserve the specified attributes")
          .value((char) 0, "no-preserve", "ATTR_LIST", "don't preserve the specified attributes")
          .flag((char) 0, "parents", "use full source file name under DIRECTORY")
          .alias("path", "parents")
          .flag('R', "recursive", "copy directories recursively")
          .alias('r', "recursive")
          .optional((char) 0, "reflink", "WHEN", "control clone/CoW copies")
          .flag(
              (char) 0,
              "remove-destination",
              "remove each existing destination file before\n"
                  + "attempting to open it (contrast with --force)")
          .value((char) 0, "sparse", "WHEN", "control creation of sparse files")
          .flag(
              (char) 0,
              "strip-trailing-slashes",
              "remove any trailing slashes from each SOURCE\nargument")
          .flag('s', "symbolic-link", "make symbolic links instead of copying")
          .value('S', "suffix", "SUFFIX", "override the usual backup suffix")
          .value('t', "target-directory", "DIRECTORY", "copy all SOURCE arguments into DIRECTORY")
          .flag('T', "no-target-directory", "treat DEST as a normal file")
          .flag(
              'u',
              "update",
              "copy only when the SOURCE file is newer\n"
                  + "than the destination file or when the\n"
                  + "destination file is missing")
          .flag('v', "verbose", "explain what is being done")
          .flag('x', "one-file-system", "stay on this file system")
          .flag('Z', null, "set the default SELinux context; there is none here")
          .optional((char) 0, "context", "CTX", "set the SELinux context; there is none here");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.value("context") != null) {
      in.error("warning: ignoring --context; it requires an SELinux-enabled kernel");
    }
    CopyOptions o = options(in, p);
    List<String> ops = new ArrayList<>(p.operands());
    FileContext f = in.files();
    if (ops.isEmpty()) {
      throw OPTIONS.usageError(in, "missing file operand");
    }
    String dir = Destination.directory(in, OPTIONS, p, ops);
    Copier copier = new Copier(in, o);
    if (dir == null) {
      if (o.parents) {
        throw OPTIONS.usageError(in, "with --parents, the destination must be a directory");
      }
      String to = ops.get(1);
      if (o.backup.on() && o.force && ops.get(0).equals(to)) {
        to = o.backup.name(f, to);
        o.backup = Backup.of(in, OPTIONS, Options.of("none").parse(in, List.of()));
      }
      return copier.copy(strip(o, ops.get(0)), to) ? 0 : 1;
    }
    boolean ok = true;
    for (String from : ops) {
      String s = strip(o, from);
      if (o.parents) {
        ok &= withParents(in, copier, o, s, dir);
      } else {
        String base = Basename.of(s, null);
        ok &=
            copier.copy(
                s,
                base.equals("..") || base.equals(".")
                    ? Paths.join(dir, base.equals(".") ? "." : "")
                    : Paths.join(dir, base));
      }
    }
    return ok ? 0 : 1;
  }

  private static String strip(CopyOptions o, String s) {
    int end = s.length();
    while (o.stripSlashes && end > 1 && s.charAt(end - 1) == '/') {
      end--;
    }
    return s.substring(0, end);
  }

  private static boolean withParents(
      Invocation in, Copier copier, CopyOptions o, String from, String dir) {
    FileContext f = in.files();
    String name = from;
    while (name.startsWith("/")) {
      name = name.substring(1);
    }
    while (name.endsWith("/") && name.length() > 1) {
      name = name.substring(0, name.length() - 1);
    }
    int slash = -1;
    if (f.lstatOrNull(from) == null && f.statOrNull(Dirname.of(from)) == null) {
      return copier.copy(from, Paths.join(dir, name));
    }
    while ((slash = name.indexOf('/', slash + 1)) >= 0) {
      String part = name.substring(0, slash);
      String to = Paths.join(dir, part);
      String source = from.startsWith("/") ? "/" + part : part;
      if (f.statOrNull(to) == null) {
        try {
          FileStat s = f.stat(source);
          f.mkdir(to, 0777);
          f.setAttributes(
              to, Attributes.mode(o.preserveMode ? s.mode() : s.mode() & ~f.umask()), true);
          if (o.verbose) {
            in.stdout().line(source + " -> " + to);
          }
        } catch (VfsException e) {
          in.error("cannot make directory " + Quoting.always(to) + ": " + e.reason());
          return false;
        }
      }
    }
    return copier.copy(from, Paths.join(dir, name));
  }

  private static CopyOptions options(Invocation in, Options.Parsed p) {
    CopyOptions o = new CopyOptions();
    String follow = null;
    for (Options.Given g : p.options()) {
      switch (g.id()) {
        case "archive" -> {
          follow = "P";
          o.recursive = true;
          preserve(in, o, "all", true);
        }
        case "d" -> {
          follow = "P";
          o.preserveLinks = true;
        }
        case "H" -> follow = "H";
        case "dereference" -> follow = "L";
        case "no-dereference" -> follow = "P";
        case "p" -> preserve(in, o, "mode,ownership,timestamps", true);
        case "preserve" ->
            preserve(in, o, g.value() == null ? "mode,ownership,timestamps" : g.value(), true);
        case "no-preserve" -> preserve(in, o, g.value(), false);
        case "recursive" -> o.recursive = true;
        case "interactive" -> {
          o.interactive = true;
          o.noClobber = false;
        }
        case "no-clobber" -> {
          o.noClobber = true;
          o.interactive = false;
        }
        case "force" -> o.force = true;
        case "reflink" -> {
          String w =
              g.value() == null
                  ? "always"
                  : Choice.of(in, OPTIONS, "--reflink", g.value(), "auto", "always", "never");
          o.clone = w.equals("always");
        }
        case "sparse" -> Choice.of(in, OPTIONS, "--sparse", g.value(), "never", "auto", "always");
        default -> {}
      }
    }
    o.backup = Backup.of(in, OPTIONS, p);
    if (o.noClobber && o.backup.on()) {
      throw OPTIONS.usageError(in, "options --backup and --no-clobber are mutually exclusive");
    }
    o.update = p.has("update");
    o.verbose = p.has("verbose");
    o.hardLink = p.has("link");
    o.symbolicLink = p.has("symbolic-link");
    if (o.hardLink && o.symbolicLink) {
      throw OPTIONS.usageError(in, "cannot make both hard and symbolic links");
    }
    o.parents = p.has("parents");
    o.oneFileSystem = p.has("one-file-system");
    o.removeDestination = p.has("remove-destination");
    o.attributesOnly = p.has("attributes-only");
    o.copyContents = p.has("copy-contents");
    o.stripSlashes = p.has("strip-trailing-slashes");
    if (follow == null) {
      follow = o.recursive && !o.hardLink ? "P" : o.hardLink ? "P" : "L";
    }
    o.followAll = follow.equals("L");
    o.followArguments = follow.equals("H");
    return o;
  }

  private static void preserve(Invocation in, CopyOptions o, String list, boolean on) {
    for (String w : list.split(",")) {
      switch (Choice.of(
          in,
          OPTIONS,
          on ? "--preserve" : "--no-preserve",
          w,
          "mode",
          "timestamps",
          "ownership",
          "links",
          "context",
          "xattr",
          "all")) {
        case "mode" -> {
          o.preserveMode = on;
          o.noMode = !on;
        }
        case "timestamps" -> o.preserveTimes = on;
        case "ownership" -> o.preserveOwner = on;
        case "links" -> o.preserveLinks = on;
        case "all" -> {
          o.preserveMode = o.preserveTimes = o.preserveOwner = o.preserveLinks = on;
          o.noMode = !on;
        }
        default -> {}
      }
    }
  }
}
