package dev.qanat.command.file;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.time.DateReader;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;

/** touch: changes times, and creates what is missing. */
public final class Touch implements Command {
  private static final Options OPTIONS =
      Options.of("touch")
          .usage("[OPTION]... FILE...")
          .about(
              "Update the access and modification times of each FILE to the current time.\n\n"
                  + "A FILE argument that does not exist is created empty, unless -c or -h\n"
                  + "is supplied.")
          .flag('a', null, "change only the access time")
          .flag('c', "no-create", "do not create any files")
          .value('d', "date", "STRING", "parse STRING and use it instead of current time")
          .flag('f', null, "(ignored)")
          .flag('h', "no-dereference", "affect each symbolic link instead of any referenced\nfile")
          .flag('m', null, "change only the modification time")
          .value('r', "reference", "FILE", "use this file's times instead of current time")
          .value('t', null, "STAMP", "use [[CC]YY]MMDDhhmm[.ss] instead of current time")
          .value(
              (char) 0,
              "time",
              "WORD",
              "change the specified time:\n"
                  + "WORD is access, atime, or use: equivalent to -a\n"
                  + "WORD is modify or mtime: equivalent to -m");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    boolean atime = p.has("a");
    boolean mtime = p.has("m");
    for (String w : p.values("time")) {
      String x = Choice.of(in, OPTIONS, "--time", w, "atime|access|use", "mtime|modify");
      if (x.startsWith("m")) {
        mtime = true;
      } else {
        atime = true;
      }
    }
    if (!atime && !mtime) {
      atime = mtime = true;
    }
    FileContext f = in.files();
    Zone zone = Zone.of(in.env("TZ"));
    long real = Sched.get().realTimeNanos();
    long a = real;
    long m = real;
    if (p.has("t") && (p.has("reference") || p.has("date"))) {
      throw OPTIONS.usageError(in, "cannot specify times from more than one source");
    }
    if (p.has("t")) {
      DateReader.Moment t = dev.qanat.command.system.Date.posix(p.value("t"), zone, false);
      if (t == null) {
        throw in.fail(1, "invalid date format " + Quoting.locale(p.value("t")));
      }
      a = m = t.epoch() * 1_000_000_000L;
    }
    if (p.has("reference")) {
      try {
        FileStat s =
            p.has("no-dereference") ? f.lstat(p.value("reference")) : f.stat(p.value("reference"));
        a = s.atime();
        m = s.mtime();
      } catch (VfsException e) {
        throw in.fail(
            1,
            "failed to get attributes of "
                + Quoting.always(p.value("reference"))
                + ": "
                + e.reason());
      }
    }
    if (p.has("date")) {
      long[] base = {a, m};
      for (int i = 0; i < 2; i++) {
        DateReader.Moment t =
            DateReader.read(
                p.value("date"),
                Math.floorDiv(base[i], 1_000_000_000L),
                (int) Math.floorMod(base[i], 1_000_000_000L),
                zone);
        if (t == null) {
          throw in.fail(1, "invalid date format " + Quoting.locale(p.value("date")));
        }
        base[i] = t.epoch() * 1_000_000_000L + t.nanos();
      }
      a = base[0];
      m = base[1];
    }
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing file operand");
    }
    int status = 0;
    for (String path : p.operands()) {
      status |= touch(in, path, p, atime ? a : -1, mtime ? m : -1);
    }
    return status;
  }

  private static int touch(Invocation in, String path, Options.Parsed p, long a, long m) {
    FileContext f = in.files();
    boolean follow = !p.has("no-dereference");
    if (path.equals("-")) {
      path = "/dev/stdout";
    }
    try {
      FileStat s = follow ? f.statOrNull(path) : f.lstatOrNull(path);
      if (s == null) {
        if (p.has("no-create")) {
          return 0;
        }
        if (!follow) {
          in.error("setting times of " + Quoting.always(path) + ": No such file or directory");
          return 1;
        }
        try {
          f.open(path, OpenFlags.WRITE | OpenFlags.CREATE, 0666).release();
        } catch (VfsException e) {
          boolean slash = e.errno() == Errno.EISDIR && path.endsWith("/");
          in.error(
              (slash ? "setting times of " : "cannot touch ")
                  + Quoting.always(path)
                  + ": "
                  + (slash ? Errno.ENOENT.message() : e.reason()));
          return 1;
        }
      }
      f.setAttributes(
          path, Attributes.times(a < 0 && a == -1 ? null : a, m == -1 ? null : m), follow);
      return 0;
    } catch (VfsException e) {
      in.error("cannot touch " + Quoting.always(path) + ": " + e.reason());
      return 1;
    }
  }
}
