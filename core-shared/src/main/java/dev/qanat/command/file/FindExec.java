package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.text.Dirname;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** {@code -exec}, {@code -execdir} and {@code -ok}: programs run on what was found. */
final class FindExec {
  private static final int MAX_BYTES = 128 * 1024;

  private final Invocation in;
  private final FindRun r;
  private final List<String> argv;
  private final boolean plus;
  private final boolean inDirectory;
  private final String ask;
  private final List<String> gathered = new ArrayList<>();
  private int bytes;
  private String directory;

  FindExec(
      Invocation in, FindRun r, List<String> argv, boolean plus, boolean inDirectory, String ask) {
    this.in = in;
    this.r = r;
    this.argv = argv;
    this.plus = plus;
    this.inDirectory = inDirectory;
    this.ask = ask;
  }

  boolean run() {
    String name = inDirectory ? (r.path.equals("/") ? "/" : "./" + r.name()) : r.path;
    String dir = inDirectory ? Dirname.of(r.path) : null;
    if (plus) {
      int n = Utf8.encodedLength(name) + 1;
      if (bytes + n > MAX_BYTES || dir != null && directory != null && !dir.equals(directory)) {
        finish();
      }
      gathered.add(name);
      bytes += n;
      directory = dir;
      return true;
    }
    List<String> args = new ArrayList<>();
    for (String a : argv) {
      args.add(a.replace("{}", name));
    }
    if (ask != null) {
      in.stdout().flush();
      in.stderr().write("< " + args.get(0) + " ... " + r.path + " > ? ");
      in.stderr().flush();
      Input answer = in.stdin();
      if (!answer.nextLine()
          || answer.end == answer.start
          || (answer.data[answer.start] | 32) != 'y') {
        return false;
      }
    }
    return start(args, dir) == 0;
  }

  /** Runs the program on what was gathered and not handed over yet. */
  void finish() {
    if (gathered.isEmpty()) {
      return;
    }
    List<String> args = new ArrayList<>(argv.subList(0, argv.size() - 1));
    args.addAll(gathered);
    gathered.clear();
    bytes = 0;
    if (start(args, directory) != 0) {
      r.status = 1;
    }
  }

  private int start(List<String> args, String dir) {
    Sched.checkpoint();
    FileContext files = in.files().fork();
    try {
      if (dir != null) {
        files.chdir(dir);
      }
      if (ask != null) {
        files.descriptors().set(0, in.files().open("/dev/null"));
      }
      Invocation child = in.child(args, files, in.env());
      Command c;
      try {
        c = child.find(args.get(0));
      } catch (VfsException e) {
        in.error(Quoting.locale(args.get(0)) + ": " + e.reason());
        if (plus) {
          r.status = 1;
        }
        return 1;
      }
      return in.run(c, child);
    } finally {
      files.descriptors().closeAll();
    }
  }
}
