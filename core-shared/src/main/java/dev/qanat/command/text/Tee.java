package dev.qanat.command.text;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** tee: copies standard input to files and to standard output. */
public final class Tee implements Command {
  private static final Options OPTIONS =
      Options.of("tee")
          .usage("[OPTION]... [FILE]...")
          .about("Copy standard input to each FILE, and also to standard output.")
          .flag('a', "append", "append to the given FILEs, do not overwrite")
          .flag('i', "ignore-interrupts", "ignore interrupt signals")
          .flag('p', null, "operate in a more appropriate MODE with pipes")
          .optional(
              (char) 0, "output-error", "MODE", "set behavior on write error.  See MODE below")
          .epilogue(
              "MODE determines behavior with write errors on the outputs:\n"
                  + "  warn           diagnose errors writing to any output\n"
                  + "  warn-nopipe    diagnose errors writing to any output not a pipe\n"
                  + "  exit           exit on error writing to any output\n"
                  + "  exit-nopipe    exit on error writing to any output not a pipe");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    String mode = p.value("output-error");
    if (mode != null) {
      mode =
          Choice.of(
              in, OPTIONS, "--output-error", mode, "warn", "warn-nopipe", "exit", "exit-nopipe");
    } else if (p.has("p") || p.has("output-error")) {
      mode = "warn-nopipe";
    }
    Task me = Sched.get().current();
    Task.Disposition interrupt = me.disposition(Signal.INT);
    Task.Disposition pipe = me.disposition(Signal.PIPE);
    if (p.has("ignore-interrupts")) {
      me.setDisposition(Signal.INT, Task.Disposition.IGNORE);
    }
    if (mode != null) {
      me.setDisposition(Signal.PIPE, Task.Disposition.IGNORE);
    }
    try {
      return copy(in, p, mode);
    } finally {
      me.setDisposition(Signal.INT, interrupt);
      me.setDisposition(Signal.PIPE, pipe);
    }
  }

  private static int copy(Invocation in, Options.Parsed p, String mode) {
    int status = 0;
    List<OpenFile> outs = new ArrayList<>();
    List<String> names = new ArrayList<>();
    outs.add(in.files().descriptors().need(1).retain());
    names.add("standard output");
    try {
      int flags = p.has("append") ? OpenFlags.ADD : OpenFlags.REPLACE;
      for (String name : p.operands()) {
        try {
          outs.add(in.files().open(name, flags, 0666));
          names.add(Quoting.ifNeededOrColon(name));
        } catch (VfsException e) {
          in.error(name, e);
          status = 1;
          if (mode != null && mode.startsWith("exit")) {
            return status;
          }
        }
      }
      Input input = in.stdin();
      int open = outs.size();
      while (open > 0 && input.nextChunk()) {
        for (int i = 0; i < outs.size(); i++) {
          OpenFile f = outs.get(i);
          if (f == null) {
            continue;
          }
          try {
            f.write(input.data, input.start, input.end - input.start);
          } catch (VfsException e) {
            boolean quiet = e.errno() == Errno.EPIPE && mode != null && mode.endsWith("nopipe");
            if (!quiet) {
              in.error(
                  Quoting.always(names.get(i)).equals("'standard output'")
                      ? "'standard output': " + e.reason()
                      : names.get(i) + ": " + e.reason());
              status = 1;
              if (mode != null && mode.startsWith("exit")) {
                return status;
              }
            }
            f.release();
            outs.set(i, null);
            open--;
          }
        }
      }
    } catch (VfsException e) {
      in.error("read error: " + e.reason());
      status = 1;
    } finally {
      for (int i = 0; i < outs.size(); i++) {
        if (outs.get(i) != null) {
          try {
            outs.get(i).release();
          } catch (VfsException e) {
            in.error(names.get(i) + ": " + e.reason());
            status = 1;
          }
        }
      }
    }
    return status;
  }
}
