package dev.qanat.shell.interp;

import dev.qanat.command.Command;
import dev.qanat.command.Programs;
import dev.qanat.text.Utf8;
import dev.qanat.text.glob.Pattern;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds programs: registered commands by their files in the tree's bin directories, and scripts.
 */
public final class ProgramTable implements Programs {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** Why a script whose interpreter is not there cannot run. */
  static final String REQUIRED = "required file not found";

  private final Machine machine;

  public ProgramTable(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Command find(String name, Map<String, String> env, FileContext files) {
    if (name.indexOf('/') >= 0) {
      FileStat stat = files.statOrNull(name);
      if (stat != null && stat.isDirectory()) {
        throw new VfsException(Errno.EACCES, name); // as execve(2); only the shell says more
      }
      return load(machine, name, files);
    }
    String path = env.get("PATH");
    String file = search(name, path == null ? DEFAULT_PATH : path, files);
    if (file == null) {
      throw new VfsException(Errno.ENOENT, name);
    }
    return load(machine, file, files);
  }

  @Override
  public String locate(String name, Map<String, String> env, FileContext files) {
    if (name.indexOf('/') >= 0) {
      return isProgram(name, files) ? name : null;
    }
    String path = env.get("PATH");
    String file = search(name, path == null ? DEFAULT_PATH : path, files);
    return file != null && isProgram(file, files) ? file : null;
  }

  @Override
  public Command shell(String script) {
    return in -> {
      List<String> argv = new ArrayList<>();
      argv.add("sh");
      argv.add("-c");
      argv.add(script);
      argv.addAll(in.args());
      return machine.command("sh").run(in.child(argv));
    };
  }

  @Override
  public List<String> names() {
    return machine.commandNames();
  }

  /** All places in a path where a runnable file of that name is. */
  public static List<String> searchAll(
      String name, String path, FileContext files, List<Pattern> ignored) {
    List<String> found = new ArrayList<>();
    for (String dir : directories(path)) {
      String file = dir.isEmpty() ? "./" + name : dir.endsWith("/") ? dir + name : dir + "/" + name;
      if (isProgram(file, files) && !matches(ignored, file)) {
        found.add(file);
      }
    }
    return found;
  }

  /**
   * The first runnable file of that name; failing that, the first file that may not be run, so that
   * the message says why; null when there is none at all.
   */
  public static String search(String name, String path, FileContext files) {
    return search(name, path, files, null);
  }

  private static boolean matches(List<Pattern> patterns, String file) {
    if (patterns != null) {
      for (Pattern p : patterns) {
        if (p.matches(file)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * As {@link #search(String, String, FileContext)}.
   *
   * @param ignored full paths that match one of these are passed over; or null
   */
  static String search(String name, String path, FileContext files, List<Pattern> ignored) {
    String denied = null;
    for (String dir : directories(path)) {
      String file = dir.isEmpty() ? "./" + name : dir.endsWith("/") ? dir + name : dir + "/" + name;
      FileStat stat = files.statOrNull(file);
      if (stat == null || stat.isDirectory() || matches(ignored, file)) {
        continue;
      }
      if (files.access(file, 1)) {
        return file;
      }
      if (denied == null) {
        denied = file;
      }
    }
    return denied;
  }

  private static List<String> directories(String path) {
    List<String> dirs = new ArrayList<>();
    int at = 0;
    while (at <= path.length()) {
      int colon = path.indexOf(':', at);
      if (colon < 0) {
        colon = path.length();
      }
      dirs.add(path.substring(at, colon));
      at = colon + 1;
    }
    return dirs;
  }

  /** Whether a path names a file that may be run. */
  public static boolean locateFile(String file, FileContext files) {
    return isProgram(file, files);
  }

  static boolean isProgram(String file, FileContext files) {
    FileStat stat = files.statOrNull(file);
    return stat != null && !stat.isDirectory() && files.access(file, 1);
  }

  /**
   * What runs the file at a path.
   *
   * @throws VfsException ENOENT, EACCES, EISDIR
   */
  static Command load(Machine machine, String path, FileContext files) {
    FileStat stat = files.stat(path);
    if (stat.isDirectory()) {
      throw new VfsException(Errno.EISDIR, path);
    }
    if (!files.access(path, 1)) {
      throw new VfsException(Errno.EACCES, path);
    }
    byte[] head = new byte[256];
    int n = 0;
    OpenFile f = files.open(path);
    try {
      while (n < head.length) {
        int k = f.read(head, n, head.length - n);
        if (k < 0) {
          break;
        }
        n += k;
      }
    } finally {
      f.release();
    }
    if (n >= 2 && head[0] == '#' && head[1] == '!') {
      int end = 2;
      while (end < n && head[end] != '\n') {
        end++;
      }
      String line = Utf8.decode(head, 2, end - 2).strip();
      if (end > 2 && head[end - 1] == '\r') {
        line += "\r"; // part of the interpreter's name, which is not found then
      }
      if (line.startsWith(BinResource.INTERPRETER)) {
        String name = line.substring(BinResource.INTERPRETER.length());
        Command c = machine.command(name);
        if (c != null) {
          return c;
        }
        throw new VfsException(Errno.ENOENT, path);
      }
      int blank = 0;
      while (blank < line.length() && line.charAt(blank) != ' ' && line.charAt(blank) != '\t') {
        blank++;
      }
      String program = line.substring(0, blank);
      if (program.isEmpty()) {
        return new ScriptProgram(machine, path, "");
      }
      if (files.statOrNull(program) == null
          && machine.command(program.substring(program.lastIndexOf('/') + 1)) == null) {
        throw new VfsException(Errno.ENOENT, path, REQUIRED);
      }
      return new ScriptProgram(machine, path, line);
    }
    if (binary(head, n)) {
      throw new VfsException(Errno.ENOEXEC, path);
    }
    return new ScriptProgram(machine, path, "");
  }

  /** bash's check of a file without {@code #!}: a NUL in its first line. */
  private static boolean binary(byte[] b, int n) {
    for (int i = 0; i < n && i < 80; i++) {
      if (b[i] == '\n') {
        return false;
      }
      if (b[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
