package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.syntax.Word;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/** Prompt strings (bash manual, "Controlling the Prompt"). */
public final class Prompt {
  private Prompt() {}

  /** Decodes the backslash escapes and, with {@code promptvars}, expands the result. */
  public static String expand(Shell sh, String text) {
    String decoded = decode(sh, text);
    if (!sh.isOn(Shopt.promptvars)
        || decoded.indexOf('$') < 0 && decoded.indexOf('`') < 0 && decoded.indexOf('\\') < 0) {
      return decoded;
    }
    int status = sh.status;
    int substitution = sh.substitutionStatus;
    int[] pipe = sh.pipeStatus;
    try {
      return sh.expander().hereDocument(Word.hereDocument(decoded, sh));
    } catch (ExpansionError | dev.qanat.shell.syntax.SyntaxException e) {
      sh.error(e.getMessage());
      return decoded;
    } finally {
      sh.status = status;
      sh.substitutionStatus = substitution;
      sh.pipeStatus = pipe;
    }
  }

  /** Prints PS1 or PS2 on standard error, after PROMPT_COMMAND. */
  static void show(Shell sh, boolean continuation) {
    if (!continuation) {
      runPromptCommand(sh);
    }
    String ps = sh.variables().get(continuation ? "PS2" : "PS1");
    if (ps == null) {
      return;
    }
    sh.prompting = true;
    try {
      print(sh, ps);
    } finally {
      sh.prompting = false;
    }
  }

  /** Prints PS0, when a command has been read and before it runs. */
  static void showBefore(Shell sh) {
    String ps = sh.variables().get("PS0");
    if (ps != null && !ps.isEmpty()) {
      print(sh, ps);
    }
  }

  private static void print(Shell sh, String ps) {
    String text = expand(sh, ps).replace("\001", "").replace("\002", "");
    OpenFile err = sh.files().descriptors().get(2);
    if (err != null) {
      try {
        byte[] b = Utf8.encode(text);
        err.write(b, 0, b.length);
      } catch (VfsException e) {
        // a prompt nobody sees
      }
    }
  }

  static void runPromptCommand(Shell sh) {
    var v = sh.variables().find("PROMPT_COMMAND");
    if (v == null || !v.hasValue()) {
      return;
    }
    int status = sh.status;
    String last = sh.lastArgument;
    if (v.array() != null) {
      for (String command : v.array().values()) {
        sh.interpreter.calls.eval(command, "PROMPT_COMMAND: ");
        sh.resetUnwindingUnlessExit();
        sh.status = status;
      }
    } else {
      sh.interpreter.calls.eval(v.value(), "PROMPT_COMMAND: ");
      sh.resetUnwindingUnlessExit();
    }
    sh.status = status;
    sh.lastArgument = last;
  }

  private static String decode(Shell sh, String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int n = text.length();
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == n) {
        out.append(c);
        continue;
      }
      c = text.charAt(++i);
      switch (c) {
        case 'a' -> out.append('\007');
        case 'e' -> out.append('\033');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case '\\' -> out.append('\\');
        case '[' -> out.append('\001');
        case ']' -> out.append('\002');
        case 'u' -> out.append(Accounts.name(sh.files()));
        case 'h' -> {
          String host = sh.machine().hostname();
          int dot = host.indexOf('.');
          out.append(dot < 0 ? host : host.substring(0, dot));
        }
        case 'H' -> out.append(sh.machine().hostname());
        case 's' -> {
          String name = sh.shellName == null ? sh.name : sh.shellName;
          name = name.substring(name.lastIndexOf('/') + 1);
          out.append(name.startsWith("-") ? name.substring(1) : name);
        }
        case 'v' -> out.append("5.2");
        case 'V' -> out.append("5.2.15");
        case 'w' -> out.append(quoted(trimmed(sh, tilde(sh))));
        case 'W' -> {
          String dir = tilde(sh);
          if (dir.startsWith("/") && dir.length() > 1) {
            dir = dir.substring(dir.lastIndexOf('/') + 1);
          } else if (!dir.equals("~") && dir.indexOf('/') >= 0 && dir.length() > 1) {
            dir = dir.substring(dir.lastIndexOf('/') + 1);
          }
          out.append(quoted(dir));
        }
        case '$' -> {
          boolean user = sh.files().vfs().uid() != 0;
          // it is no expansion with what follows it
          out.append(!user ? "#" : sh.isOn(Shopt.promptvars) ? "\\$" : "$");
        }
        case '!' ->
            out.append(
                sh.prompting || !sh.recordsHistory()
                    ? sh.history().next()
                    : sh.history().next() - 1);
        case '#' -> out.append(sh.prompting ? sh.commandNumber : sh.commandNumber - 1);
        case 'j' -> out.append(running(sh));
        case 'l' -> out.append("tty");
        case 't' -> out.append(time(sh, "%H:%M:%S"));
        case 'T' -> out.append(time(sh, "%I:%M:%S"));
        case '@' -> out.append(time(sh, "%I:%M %p"));
        case 'A' -> out.append(time(sh, "%H:%M"));
        case 'd' -> out.append(time(sh, "%a %b %d"));
        case 'D' -> {
          if (i + 1 < n && text.charAt(i + 1) == '{') {
            int end = text.indexOf('}', i);
            if (end > 0) {
              String format = text.substring(i + 2, end);
              out.append(time(sh, format.isEmpty() ? "%X" : format));
              i = end;
              break;
            }
          }
          out.append("\\D");
        }
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int value = 0;
          int k = i;
          while (k < n && k < i + 3 && text.charAt(k) >= '0' && text.charAt(k) <= '7') {
            value = value * 8 + text.charAt(k++) - '0';
          }
          out.append((char) (value & 255));
          i = k - 1;
        }
        default -> out.append('\\').append(c);
      }
    }
    return out.toString();
  }

  private static int running(Shell sh) {
    int n = 0;
    for (Job j : sh.jobs().list()) {
      n += j.finished() ? 0 : 1;
    }
    return n;
  }

  /** The file name is data: what in it looks like an expansion is not one. */
  private static String quoted(String path) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '$' || c == '`' || c == '\\' || c == '"') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  private static String tilde(Shell sh) {
    String dir = sh.workingDirectory();
    String home = sh.variables().get("HOME");
    if (home != null && !home.isEmpty() && !home.equals("/")) {
      if (dir.equals(home)) {
        return "~";
      }
      if (dir.startsWith(home + "/")) {
        return "~" + dir.substring(home.length());
      }
    }
    return dir;
  }

  /** PROMPT_DIRTRIM. */
  private static String trimmed(Shell sh, String dir) {
    String text = sh.variables().get("PROMPT_DIRTRIM");
    int keep = text == null ? 0 : Math.max(0, Redirections.number(text));
    if (keep == 0) {
      return dir;
    }
    int start = dir.length();
    for (int k = 0; k < keep; k++) {
      int slash = dir.lastIndexOf('/', start - 1);
      if (slash < 0) {
        return dir;
      }
      start = slash;
    }
    String head = dir.startsWith("~/") ? "~" : "";
    return start - (head.isEmpty() ? 0 : 2) <= "...".length()
        ? dir
        : head + (head.isEmpty() ? "..." : "/...") + dir.substring(start);
  }

  static String time(Shell sh, String format) {
    return ShellTime.format(sh, format, Sched.get().realTimeNanos() / 1_000_000_000L);
  }
}
