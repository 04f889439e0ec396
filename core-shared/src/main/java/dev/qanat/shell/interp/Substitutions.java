package dev.qanat.shell.interp;

import dev.qanat.sched.Memory;
import dev.qanat.sched.ResourceLimits;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signalled;
import dev.qanat.sched.Task;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.Printer;
import dev.qanat.shell.syntax.Substitution;
import dev.qanat.shell.syntax.SyntaxException;
import dev.qanat.shell.syntax.Word;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Descriptors;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.VfsException;
import java.util.List;
import java.util.function.ToIntFunction;

/** Command and process substitution. */
final class Substitutions {
  private final Shell sh;

  Substitutions(Shell sh) {
    this.sh = sh;
  }

  /** What {@code $(…)} stands for. */
  String output(Substitution s) {
    List<Substitution.Line> lines;
    try {
      lines = lines(s);
    } catch (SyntaxException e) {
      // what stands before the error is run
      String text = s.text();
      return outputOf(
          false, child -> child.interpreter.calls.eval(text, "command substitution: ", sh.line));
    }
    if (lines.isEmpty() || s.body().items().isEmpty()) {
      sh.substitutionStatus = sh.status = 0;
      return "";
    }
    Word file = s.inputFileOrNull();
    if (file != null) {
      return readFile(file);
    }
    return outputOf(lines);
  }

  /** The commands of a substitution; the aliases of this moment count, not of the reading. */
  private List<Substitution.Line> lines(Substitution s) {
    return sh.aliases() == null ? s.lines() : Substitution.read(s.text(), sh);
  }

  /** What commands print, run as a substitution. */
  String outputOf(List<Substitution.Line> lines) {
    boolean inTask = true;
    for (int i = 0; i < lines.size(); i++) {
      inTask &= Safety.inTask(lines.get(i).commands(), sh);
    }
    return outputOf(inTask, child -> run(child, lines));
  }

  /** Runs the lines of a substitution, counted on from the line of the command that has it. */
  private static int run(Shell child, List<Substitution.Line> lines) {
    int base = child.line;
    Object caller = child.currentCommand;
    child.enterText();
    for (int i = 0; i < lines.size() && child.control == Shell.RUN; i++) {
      Substitution.Line line = lines.get(i);
      child.lineOffset = base - line.first();
      int last = child.line = line.last() + child.lineOffset;
      child.interpreter.run(line.commands());
      base += child.line - last; // the reader goes on from where commands have left the counter
    }
    child.texts--;
    if (child.control != Shell.EXIT || child.exit != Shell.Exit.AT_ONCE) {
      child.currentCommand = caller;
    }
    return child.status;
  }

  private String outputOf(boolean inTask, ToIntFunction<Shell> body) {
    MemoryFile out = new MemoryFile();
    Shell child = sh.forkForProgram();
    child.substitutionShell = true;
    child.loopDepth = sh.loopDepth; // `break' ends the substitution without a word
    child.traceLevel = sh.traceLevel + 1;
    child.files().descriptors().set(1, out);
    if (!child.isOn(Shopt.inherit_errexit) && !child.posix()) {
      child.setOption(Opt.ERREXIT, false);
    }
    if (child.isOn(Opt.MONITOR)) {
      child.setOption(Opt.MONITOR, false);
    }
    int status;
    if (inTask) {
      status = runHere(child, () -> body.applyAsInt(child));
      if (!out.closed().isOpen()) {
        out.closed().await();
      }
      sh.traps.childEnded();
    } else {
      Task task =
          Sched.get()
              .spawn(
                  sh.name,
                  () -> Pipelines.body(child, () -> body.applyAsInt(child)),
                  t -> {
                    child.traps.takeOver(t);
                    t.onExit(() -> child.files().descriptors().closeAll());
                    sh.jobs.hear(t);
                  });
      out.closed().await();
      task.exited().await();
      status = task.status();
    }
    sh.substitutionStatus = sh.status = status;
    if (out.full) {
      Memory.text("command substitution", Memory.maxText() + 1L);
    }
    return text(out.bytes.array(), out.bytes.length());
  }

  private String readFile(Word word) {
    String path = sh.expander().redirectTarget(word);
    if (path == null) {
      sh.error(Printer.source(word) + ": ambiguous redirect");
      sh.substitutionStatus = sh.status = 1;
      return "";
    }
    try {
      OpenFile f = sh.files().open(path);
      try {
        Memory.text("command substitution", f.seekable() ? f.stat().size() : 0);
        byte[] b = SharedLines.all(f);
        Memory.text("command substitution", b.length);
        sh.substitutionStatus = sh.status = 0;
        return text(b, b.length);
      } finally {
        f.release();
      }
    } catch (VfsException e) {
      sh.error(path + ": " + e.reason());
      if (sh.errexit) {
        throw new ExpansionError(""); // also where failures are tested
      }
      sh.substitutionStatus = sh.status = 1;
      return "";
    }
  }

  /** The bytes without NULs and without the newlines at the end. */
  private String text(byte[] b, int n) {
    int zeros = 0;
    for (int i = 0; i < n; i++) {
      if (b[i] == 0) {
        zeros++;
      } else if (zeros > 0) {
        b[i - zeros] = b[i];
      }
    }
    n -= zeros;
    if (zeros > 0) {
      sh.error("warning: command substitution: ignored null byte in input");
    }
    while (n > 0 && b[n - 1] == '\n') {
      n--;
    }
    return Utf8.decode(b, 0, n);
  }

  /**
   * Runs a subshell to its end in the running task, and closes its descriptors. For what needs no
   * process of its own, as {@link Safety} says.
   */
  int runHere(Shell child, java.util.function.IntSupplier body) {
    int status;
    child.nesting = sh.nesting + 1;
    if (child.nesting > sh.machine.maxNesting()) {
      child.files().descriptors().closeAll();
      sh.limitReached("maximum nesting level exceeded (" + sh.machine.maxNesting() + ")");
      return sh.discard(1);
    }
    Task task = Sched.get().current();
    // asking the clock costs as much as a small $(…): it counts as its shell unless time is limited
    boolean counted =
        !child.substitutionShell
            || task.limits().soft(ResourceLimits.Resource.CPU) != ResourceLimits.UNLIMITED;
    Task.Usage outer = counted ? task.beginProcess() : null;
    try {
      try {
        if (child.nesting % Calls.LEVELS_PER_STACK == 0) {
          Sched.get().onFreshStack(body::getAsInt);
        } else {
          body.getAsInt();
        }
        child.endInTask();
        status = child.status;
      } catch (Signalled e) {
        if (!e.own()) {
          throw e;
        }
        status = e.status();
        child.deathSignal = e.signal();
      }
    } finally {
      if (counted) {
        task.endProcess(outer);
      }
      closeAll(child);
    }
    return status;
  }

  private void closeAll(Shell child) {
    try {
      child.files().descriptors().closeAll();
    } catch (VfsException e) {
      sh.error(e.getMessage());
    }
  }

  String processFile(boolean output, Substitution s) {
    List<Substitution.Line> lines = lines(s);
    OpenFile[] pipe = Pipes.create();
    OpenFile ours = output ? pipe[1] : pipe[0];
    OpenFile theirs = output ? pipe[0] : pipe[1];
    Descriptors d = sh.files().descriptors();
    // counted down from 63, as bash does
    int fd = 63;
    while (fd > 10 && d.get(fd) != null) {
      fd--;
    }
    Shell child = sh.fork();
    child.loopDepth = sh.loopDepth;
    child.traceLevel = sh.traceLevel + 1;
    child.substitutionShell = true;
    child.files().descriptors().set(output ? 0 : 1, theirs);
    child.setOption(Opt.MONITOR, false);
    d.set(fd, ours);
    sh.processFiles.add(fd);
    Task task =
        Sched.get()
            .spawn(
                sh.name,
                () -> Pipelines.body(child, () -> run(child, lines)),
                t -> {
                  child.traps.takeOver(t);
                  t.onExit(() -> child.files().descriptors().closeAll());
                  sh.jobs.hear(t);
                });
    sh.lastProcessSubstitution = task;
    if (output) {
      sh.outputSubstitutions.add(task);
    }
    sh.lastBackground = task.pid();
    sh.jobs.remember(task);
    return "/dev/fd/" + fd;
  }

  /** Closes what the command's process substitutions left open, down to a count. */
  void closeProcessFiles(int count) {
    Descriptors d = sh.files().descriptors();
    while (sh.processFiles.size() > count) {
      int fd = sh.processFiles.remove(sh.processFiles.size() - 1);
      try {
        d.close(fd);
      } catch (VfsException e) {
        sh.error(e.getMessage());
      }
    }
  }
}
