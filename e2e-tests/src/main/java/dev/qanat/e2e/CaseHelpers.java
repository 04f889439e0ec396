package dev.qanat.e2e;

import dev.qanat.command.Invocation;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import dev.qanat.workspace.StandardCommands;
import java.nio.charset.StandardCharsets;

/** The helper programs that conformance cases call, as commands of the workspace. */
final class CaseHelpers {
  private CaseHelpers() {}

  static void addTo(StandardCommands commands) {
    commands.add("argv.py", () -> CaseHelpers::arguments);
    commands.add("printenv.py", () -> CaseHelpers::variables);
    commands.add("stdout_stderr.py", () -> CaseHelpers::bothStreams);
    commands.add("read_from_fd.py", () -> CaseHelpers::descriptors);
  }

  private static int arguments(Invocation in) {
    StringBuilder line = new StringBuilder("[");
    for (String a : in.args()) {
      line.append(line.length() > 1 ? ", " : "").append(repr(Utf8.encode(a)));
    }
    in.stdout().line(line.append(']').toString());
    return 0;
  }

  /** A byte string in the notation of Python 2. */
  private static String repr(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder s = new StringBuilder().append(quote);
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\\' -> s.append("\\\\");
        case '\t' -> s.append("\\t");
        case '\n' -> s.append("\\n");
        case '\r' -> s.append("\\r");
        default -> {
          if (c == quote) {
            s.append('\\').append(c);
          } else if (c < 32 || c >= 127) {
            s.append("\\x")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          } else {
            s.append(c);
          }
        }
      }
    }
    return s.append(quote).toString();
  }

  private static int variables(Invocation in) {
    for (String name : in.args()) {
      String value = in.env(name);
      in.stdout().line(value == null ? "None" : value);
    }
    return 0;
  }

  private static int bothStreams(Invocation in) {
    int n = in.args().size();
    in.stdout().line(n > 0 ? in.args().get(0) : "STDOUT");
    in.stdout().flush();
    in.stderr().line(n > 1 ? in.args().get(1) : "STDERR");
    return n > 2 ? Integer.parseInt(in.args().get(2)) : 0;
  }

  private static int descriptors(Invocation in) {
    for (String fd : in.args()) {
      byte[] b = new byte[1024];
      int n;
      try {
        n = Math.max(0, in.files().descriptors().need(Integer.parseInt(fd)).read(b, 0, b.length));
      } catch (VfsException e) {
        throw in.fail(1, "FATAL: Error reading from fd " + fd + ": " + e.reason());
      }
      in.stdout().write(fd + ": ");
      in.stdout().write(b, 0, n);
      in.stdout().flush();
    }
    return 0;
  }
}
