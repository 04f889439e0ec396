package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Output;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** find's actions: what is done with a file, and the files that is written to. */
final class FindActions {
  private final FindRun r;
  private final List<FindExec> execs = new ArrayList<>();
  private final Map<String, Output> outputs = new HashMap<>();

  FindActions(FindRun r) {
    this.r = r;
  }

  private Command.Exit fail(String message) {
    return r.in.fail(1, message);
  }

  FindExpression.Test print(Output o, int end) {
    return () -> {
      o.write(r.path);
      o.write(end);
      return true;
    };
  }

  FindExpression.Test format(Output o, String format) {
    FindFormat f = new FindFormat(r.in, r, format);
    return () -> {
      f.write(o);
      return true;
    };
  }

  FindExpression.Test list(Output o) {
    FindFormat f = new FindFormat(r.in, r, "");
    return () -> {
      f.list(o);
      return true;
    };
  }

  FindExpression.Test exec(FindExec e) {
    execs.add(e);
    return e::run;
  }

  /** The file of that name, emptied before the walk and shared by all actions that name it. */
  Output output(String name) {
    if (name.equals("/dev/stdout")) {
      return r.in.stdout();
    }
    if (name.equals("/dev/stderr")) {
      return r.in.stderr();
    }
    Output o = outputs.get(name);
    if (o == null) {
      try {
        o = new Output(r.files.open(name, OpenFlags.REPLACE, 0666));
      } catch (VfsException e) {
        throw fail(Quoting.locale(name) + ": " + e.reason());
      }
      outputs.put(name, o);
    }
    return o;
  }

  boolean delete() {
    if (r.path.equals(".")) {
      return true;
    }
    try {
      if (r.stat.isDirectory() && !(r.follow != 'P' && r.files.lstat(r.path).isSymlink())) {
        r.files.rmdir(r.path);
      } else {
        r.files.unlink(r.path);
      }
      return true;
    } catch (VfsException e) {
      r.fail("cannot delete " + Quoting.locale(r.path) + ": " + e.reason());
      return false;
    }
  }

  /** Runs what {@code -exec … +} has gathered. */
  void finish() {
    for (FindExec e : execs) {
      e.finish();
    }
    r.in.stdout().flush();
    for (Output o : outputs.values()) {
      o.flush();
    }
  }

  void close() {
    for (Output o : outputs.values()) {
      o.file().release();
    }
  }
}
