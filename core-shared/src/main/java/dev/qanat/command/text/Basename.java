package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import java.util.List;

/** basename: a name without its directory and suffix. */
public final class Basename implements Command {
  private static final Options OPTIONS =
      Options.of("basename")
          .usage("NAME [SUFFIX]\nOPTION... NAME...")
          .about(
              "Print NAME with any leading directory components removed.\nIf specified, also remove a trailing SUFFIX.")
          .flag('a', "multiple", "support multiple arguments and treat each as a NAME")
          .value('s', "suffix", "SUFFIX", "remove a trailing SUFFIX; implies -a")
          .flag('z', "zero", "end each output line with NUL, not newline")
          .stopAtOperand();

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    List<String> names = p.operands();
    if (names.isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    boolean many = p.has("multiple") || p.has("suffix");
    String suffix = p.value("suffix");
    if (!many) {
      if (names.size() > 2) {
        throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(names.get(2)));
      }
      suffix = names.size() == 2 ? names.get(1) : null;
      names = names.subList(0, 1);
    }
    for (String n : names) {
      in.stdout().write(of(n, suffix));
      in.stdout().write(p.has("zero") ? 0 : '\n');
    }
    return 0;
  }

  /** The last component without trailing slashes, and without the suffix unless that is all. */
  public static String of(String name, String suffix) {
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) == '/') {
      end--;
    }
    if (end == 1 && name.charAt(0) == '/') {
      return "/";
    }
    String base = name.substring(name.lastIndexOf('/', end - 1) + 1, end);
    if (suffix != null && base.length() > suffix.length() && base.endsWith(suffix)) {
      return base.substring(0, base.length() - suffix.length());
    }
    return base;
  }
}
