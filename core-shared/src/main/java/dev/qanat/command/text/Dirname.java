package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;

/** dirname: a name without its last component. */
public final class Dirname implements Command {
  private static final Options OPTIONS =
      Options.of("dirname")
          .usage("[OPTION] NAME...")
          .about(
              "Output each NAME with its last non-slash component and trailing slashes\n"
                  + "removed; if NAME contains no /'s, output '.' (meaning the current directory).")
          .flag('z', "zero", "end each output line with NUL, not newline");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    for (String n : p.operands()) {
      in.stdout().write(of(n));
      in.stdout().write(p.has("zero") ? 0 : '\n');
    }
    return 0;
  }

  /** As dirname(3). */
  public static String of(String name) {
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) == '/') {
      end--;
    }
    int slash = name.lastIndexOf('/', end - 1);
    if (slash < 0) {
      return ".";
    }
    while (slash > 0 && name.charAt(slash - 1) == '/') {
      slash--;
    }
    return slash == 0 ? "/" : name.substring(0, slash);
  }
}
