package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;

/** uname, arch: what system this is. It says Linux, because that is what scripts know. */
public final class Uname implements Command {
  private static final String[] VALUES = {
    "Linux", "qanat", "6.1.0-qanat", "#1 SMP Qanat", "x86_64", "unknown", "unknown", "GNU/Linux"
  };

  private final boolean arch;
  private final Options options;

  /** {@code arch}: the program arch. */
  public Uname(boolean arch) {
    this.arch = arch;
    options =
        arch
            ? Options.of("arch").usage("[OPTION]...").about("Print machine architecture.")
            : Options.of("uname")
                .usage("[OPTION]...")
                .about("Print certain system information.  With no OPTION, same as -s.")
                .flag(
                    'a',
                    "all",
                    "print all information, in the following order,\nexcept omit -p and -i if unknown:")
                .flag('s', "kernel-name", "print the kernel name")
                .alias("sysname", "kernel-name")
                .flag('n', "nodename", "print the network node hostname")
                .flag('r', "kernel-release", "print the kernel release")
                .alias("release", "kernel-release")
                .flag('v', "kernel-version", "print the kernel version")
                .flag('m', "machine", "print the machine hardware name")
                .flag('p', "processor", "print the processor type (non-portable)")
                .flag('i', "hardware-platform", "print the hardware platform (non-portable)")
                .flag('o', "operating-system", "print the operating system");
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = options.parse(in);
    if (!p.operands().isEmpty()) {
      throw options.usageError(in, "extra operand " + Quoting.locale(p.operands().get(0)));
    }
    if (arch) {
      in.stdout().line(VALUES[4]);
      return 0;
    }
    String[] ids = {
      "kernel-name",
      "nodename",
      "kernel-release",
      "kernel-version",
      "machine",
      "processor",
      "hardware-platform",
      "operating-system"
    };
    StringBuilder s = new StringBuilder();
    boolean none = p.options().isEmpty();
    for (int i = 0; i < ids.length; i++) {
      boolean all = p.has("all") && !(VALUES[i].equals("unknown"));
      if (all || p.has(ids[i]) || none && i == 0) {
        String v = VALUES[i];
        String host = in.env("HOSTNAME");
        if (i == 1 && host != null && !host.isEmpty()) {
          v = host;
        }
        s.append(s.length() > 0 ? " " : "").append(v);
      }
    }
    in.stdout().line(s.toString());
    return 0;
  }
}
