package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.FileStat;

/** pwd, as a program of its own. */
public final class Pwd implements Command {
  private static final Options OPTIONS =
      Options.of("pwd")
          .usage("[OPTION]...")
          .about("Print the full filename of the current working directory.")
          .flag('L', "logical", "use PWD from environment, even if it contains symlinks")
          .flag('P', "physical", "avoid all symlinks");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (!p.operands().isEmpty()) {
      in.error("ignoring non-option arguments");
    }
    String last = p.lastOf("logical", "physical");
    boolean logical = last == null ? in.env("POSIXLY_CORRECT") != null : last.equals("logical");
    String pwd = in.env("PWD");
    if (logical
        && pwd != null
        && pwd.startsWith("/")
        && !(pwd + "/").contains("/./")
        && !(pwd + "/").contains("/../")) {
      FileStat a = in.files().statOrNull(pwd);
      FileStat b = in.files().statOrNull(".");
      if (a != null && b != null && a.ino() == b.ino() && a.dev() == b.dev()) {
        in.stdout().line(pwd);
        return 0;
      }
    }
    if (!in.files().exists(in.files().cwd())) {
      throw in.fail(
          1, "couldn't find directory entry in " + Quoting.locale("..") + " with matching i-node");
    }
    in.stdout().line(in.files().cwd());
    return 0;
  }
}
