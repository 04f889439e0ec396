package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.List;
import java.util.Map;

/** How env, nice, timeout and their kin start the program they are given. */
public final class Runner {
  private Runner() {}

  /** Finds a program; null after a message, with {@code status[0]} 126 or 127. */
  public static Command find(Invocation in, Invocation child, int[] status) {
    try {
      return child.find(child.name());
    } catch (VfsException e) {
      status[0] = e.errno() == Errno.ENOENT ? 127 : 126;
      in.error(
          switch (in.name()) {
                case "timeout", "stdbuf" -> "failed to run command " + Quoting.locale(child.name());
                case "nohup" -> "failed to run command " + Quoting.always(child.name());
                case "setsid" -> "failed to execute " + child.name();
                default -> Quoting.locale(child.name());
              }
              + ": "
              + e.reason());
      if (in.name().equals("env") && status[0] == 127 && hasBlank(child.name())) {
        in.error("use -[v]S to pass options in shebang lines");
      }
      return null;
    }
  }

  /** As the C locale's isspace has it. */
  private static boolean hasBlank(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == ' ' || c >= '\t' && c <= '\r') {
        return true;
      }
    }
    return false;
  }

  /** Runs a program in this task; 126 or 127 when there is none. */
  public static int run(
      Invocation in, List<String> argv, FileContext files, Map<String, String> env) {
    Invocation child = in.child(argv, files, env);
    int[] status = new int[1];
    Command c = find(in, child, status);
    return c == null ? status[0] : in.run(c, child);
  }
}
