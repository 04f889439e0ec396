package dev.qanat.shell.interp;

import dev.qanat.shell.expand.Variables;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import java.util.Set;

/** Variables whose assignment does something at once: switches an option, closes a descriptor. */
final class SpecialVariables {
  /** The compatibility level of the bash this is. */
  private static final int NEWEST = 52;

  static final Set<String> NAMES =
      Set.of(
          "BASH_COMPAT",
          "BASH_XTRACEFD",
          "GLOBIGNORE",
          "IGNOREEOF",
          "OPTIND",
          "POSIXLY_CORRECT",
          "LC_ALL",
          "LC_CTYPE",
          "LC_COLLATE",
          "LC_MESSAGES",
          "LC_NUMERIC",
          "LC_TIME");

  private SpecialVariables() {}

  /** One of {@link #NAMES} has another value, or none any more. */
  static void changed(Shell sh, String name) {
    String value = sh.variables().get(name);
    switch (name) {
      case "BASH_COMPAT" -> compatibility(sh, value);
      case "BASH_XTRACEFD" -> traceDescriptor(sh, value);
      case "GLOBIGNORE" -> {
        if (value == null || !value.isEmpty()) {
          sh.setOption(Shopt.dotglob, value != null);
        }
      }
      case "IGNOREEOF" -> option(sh, Opt.IGNOREEOF, value != null);
      case "POSIXLY_CORRECT" -> option(sh, Opt.POSIX, value != null);
      case "OPTIND" -> sh.getopts.offset = 0;
      default -> locale(sh, name, value);
    }
  }

  private static void option(Shell sh, Opt option, boolean on) {
    if (sh.isOn(option) != on) {
      sh.setOption(option, on);
    }
  }

  /** Makes a variable follow its option; null unsets. */
  static void follow(Shell sh, String name, String value) {
    Variables v = sh.variables();
    if (value == null && v.find(name) != null) {
      v.unset(name);
    } else if (value != null && v.get(name) == null) {
      v.setRaw(name, value);
    }
  }

  /** The version to be compatible with, 31 to 52. */
  static int compatibility(Shell sh) {
    int level = level(sh.variables().get("BASH_COMPAT"));
    return level < 0 ? NEWEST : level;
  }

  /** 4.2 or 42 as 42; -1 for anything else. */
  private static int level(String value) {
    if (value == null) {
      return -1;
    }
    String digits =
        value.length() == 3 && value.charAt(1) == '.'
            ? value.substring(0, 1) + value.substring(2)
            : value;
    if (digits.length() != 2
        || !Character.isDigit(digits.charAt(0))
        || !Character.isDigit(digits.charAt(1))) {
      return -1;
    }
    int level = Integer.parseInt(digits);
    return level < 31 || level > NEWEST ? -1 : level;
  }

  private static void compatibility(Shell sh, String value) {
    int level = level(value);
    if (level < 0 && value != null && !value.isEmpty()) {
      sh.error("BASH_COMPAT: " + value + ": compatibility value out of range");
    }
    for (Shopt o : Shopt.values()) {
      if (o.name().startsWith("compat")) {
        sh.shellOptions().set(o, false);
      }
    }
    Shopt option = ShellOptions.shoptOfName("compat" + level);
    if (option != null) {
      sh.shellOptions().set(option, true);
    }
  }

  /** One of the {@code compat} options has been switched: BASH_COMPAT tells the level. */
  static void compatibilityOption(Shell sh) {
    int level = NEWEST;
    for (Shopt o : Shopt.values()) {
      if (o.name().startsWith("compat") && sh.isOn(o)) {
        level = Integer.parseInt(o.name().substring(6));
      }
    }
    sh.variables().setRaw("BASH_COMPAT", String.valueOf(level));
  }

  private static void traceDescriptor(Shell sh, String value) {
    if (value == null || value.isEmpty()) {
      if (sh.traceDescriptor >= 0) {
        sh.files().descriptors().close(sh.traceDescriptor); // as the manual warns
      }
      sh.traceDescriptor = -1;
      return;
    }
    int fd = Redirections.number(value);
    if (fd < 0 || sh.files().descriptors().get(fd) == null) {
      sh.error("BASH_XTRACEFD: " + value + ": invalid value for trace file descriptor");
      return;
    }
    sh.traceDescriptor = fd;
  }

  /** There are two locales, C and C.UTF-8; what is another UTF-8 one elsewhere is the second. */
  static boolean isLocale(String value) {
    String upper = value.toUpperCase();
    return value.isEmpty()
        || value.equals("C")
        || value.equals("POSIX")
        || upper.endsWith("UTF-8")
        || upper.endsWith("UTF8");
  }

  private static void locale(Shell sh, String name, String value) {
    if (value == null || isLocale(value)) {
      return;
    }
    String all = sh.variables().get("LC_ALL");
    if (name.equals("LC_ALL") || all == null || all.isEmpty()) {
      sh.error(
          "warning: setlocale: "
              + name
              + ": cannot change locale ("
              + value
              + "): No such file or directory");
    }
  }
}
