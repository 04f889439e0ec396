package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.shell.interp.Spelling;
import dev.qanat.shell.syntax.AnsiQuote;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code cd pwd pushd popd dirs}. */
public final class DirectoryBuiltins {
  private DirectoryBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("cd", DirectoryBuiltins::cd);
    table.put("pwd", DirectoryBuiltins::pwd);
    table.put("pushd", DirectoryBuiltins::pushd);
    table.put("popd", DirectoryBuiltins::popd);
    table.put("dirs", DirectoryBuiltins::dirs);
  }

  private static int cd(Shell sh, List<String> args) {
    if (sh.restricted()) {
      sh.complain("cd", "restricted");
      return 1;
    }
    OptionScan scan = new OptionScan(sh, args, "LPe@");
    boolean physical = sh.isOn(Opt.PHYSICAL);
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'L' -> physical = false;
        case 'P' -> physical = true;
        case 'e' -> {}
        case '@' -> {
          sh.complain("cd", "-@: invalid option");
          return sh.usage("cd", null, HelpTexts.usage("cd"));
        }
        default -> {
          return 2;
        }
      }
    }
    List<String> operands = scan.operands();
    if (operands.size() > 1) {
      sh.complain("cd", "too many arguments");
      return 1;
    }
    if (operands.isEmpty()) {
      String home = sh.variables().get("HOME");
      if (home == null) {
        sh.complain("cd", "HOME not set");
        return 1;
      }
      return home.isEmpty() ? 0 : change(sh, home, physical, home, "cd");
    }
    return go(sh, operands.get(0), physical, "cd");
  }

  /** {@code cd dir}: {@code -} means OLDPWD; CDPATH and {@code cdable_vars} are tried. */
  private static int go(Shell sh, String operand, boolean physical, String builtin) {
    String dir = operand;
    boolean print = false;
    if (dir.equals("-")) {
      dir = sh.variables().get("OLDPWD");
      if (dir == null) {
        sh.complain(builtin, "OLDPWD not set");
        return 1;
      }
      print = true;
    }
    if (dir.isEmpty()) {
      if (print) {
        sh.out().line("");
      }
      return 0;
    }
    String target = dir;
    String cdpath = sh.variables().get("CDPATH");
    if (cdpath != null && !print && searchesPath(dir)) {
      for (String base : cdpath.split(":", -1)) {
        String candidate = base.isEmpty() || base.endsWith("/") ? base + dir : base + "/" + dir;
        if (sh.files().isDirectory(logical(sh, candidate))) {
          target = candidate;
          print = !base.isEmpty() && !base.equals(".");
          break;
        }
      }
    }
    if (sh.isOn(Shopt.cdable_vars) && !sh.files().isDirectory(logical(sh, target))) {
      String value = sh.variables().get(dir);
      if (value != null && sh.files().isDirectory(logical(sh, value))) {
        target = value;
        print = true;
      }
    }
    if (sh.isOn(Shopt.cdspell)
        && sh.interactive()
        && !sh.files().isDirectory(logical(sh, target))) {
      String meant = Spelling.corrected(sh.files(), dir);
      if (meant != null && change(sh, meant, physical, dir, builtin) == 0) {
        sh.out().line(meant);
        return 0;
      }
    }
    int status = change(sh, target, physical, dir, builtin);
    if (status == 0 && print) {
      sh.out().line(sh.workingDirectory());
    }
    return status;
  }

  private static boolean searchesPath(String dir) {
    return !dir.startsWith("/")
        && !dir.equals(".")
        && !dir.equals("..")
        && !dir.startsWith("./")
        && !dir.startsWith("../");
  }

  private static String logical(Shell sh, String path) {
    return Paths.join(sh.workingDirectory(), path);
  }

  /** Goes there; tells why not under the name given. */
  static int change(Shell sh, String path, boolean physical, String shown, String builtin) {
    if (sh.restricted()) {
      sh.complain(builtin, "restricted");
      return 1;
    }
    String joined = logical(sh, path);
    String named;
    try {
      if (physical) {
        try {
          sh.files().chdir(joined);
        } catch (VfsException e) {
          sh.files().chdir(path); // out of a directory that was removed
        }
        named = exists(sh, "cd") ? sh.files().cwd() : joined;
      } else {
        String normal = Paths.normalize(joined);
        // each component before a .. must exist, as the manual says for -L
        try {
          checkComponents(sh, joined);
          sh.files().chdir(normal);
        } catch (VfsException e) {
          if (joined.equals(normal) || path.startsWith("/")) {
            throw e;
          }
          sh.files().chdir(path);
          normal = exists(sh, "cd") ? sh.files().cwd() : joined;
        }
        // POSIX leaves the meaning of exactly two slashes open; bash keeps them
        named = joined.startsWith("//") && !joined.startsWith("///") ? "/" + normal : normal;
      }
    } catch (VfsException e) {
      sh.complain(builtin, AnsiQuote.visible(shown) + ": " + e.reason());
      return 1;
    }
    String old = sh.variables().get("PWD");
    old = old == null ? sh.workingDirectory() : old;
    sh.setWorkingDirectory(named);
    try {
      sh.variables().set("OLDPWD", old);
      sh.variables().set("PWD", named);
    } catch (ExpansionError e) {
      return sh.reportFailure(e);
    }
    return 0;
  }

  /** Whether the working directory is still there; says so when it is not. */
  private static boolean exists(Shell sh, String builtin) {
    if (sh.files().exists(sh.files().cwd())) {
      return true;
    }
    sh.say(
        builtin
            + ": error retrieving current directory: getcwd: cannot access parent directories: "
            + Errno.ENOENT.message());
    return false;
  }

  private static void checkComponents(Shell sh, String path) {
    int at = path.indexOf("/..");
    while (at >= 0) {
      if (at > 0 && (at + 3 == path.length() || path.charAt(at + 3) == '/')) {
        var stat = sh.files().stat(path.substring(0, at));
        if (!stat.isDirectory()) {
          throw new VfsException(Errno.ENOTDIR, path);
        }
      }
      at = path.indexOf("/..", at + 1);
    }
  }

  private static int pwd(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "LP");
    boolean physical = sh.isOn(Opt.PHYSICAL);
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'L' -> physical = false;
        case 'P' -> physical = true;
        default -> {
          return 2;
        }
      }
    }
    if (physical && !exists(sh, "pwd")) {
      return 1;
    }
    sh.out().line(physical ? sh.files().cwd() : sh.workingDirectory());
    return 0;
  }

  private static final class Arguments {
    boolean noChange;
    boolean clear;
    boolean full;
    int format; // 0 one line, 'p' one a line, 'v' numbered
    Integer index;
    boolean fromRight;
    String directory;
  }

  /** Reads {@code [-n] [+N|-N|dir]} and dirs' options; null after an error. */
  private static Arguments parse(Shell sh, List<String> args, boolean forDirs) {
    String name = args.get(0);
    if (args.size() > 1 && args.get(1).equals("--help")) {
      HelpTexts.show(sh, name);
      return null;
    }
    Arguments a = new Arguments();
    boolean options = true;
    for (int i = 1; i < args.size(); i++) {
      String s = args.get(i);
      if (options && s.equals("--")) {
        options = false;
        continue;
      }
      if (options && s.length() > 1 && (s.charAt(0) == '+' || s.charAt(0) == '-')) {
        if (Character.isDigit(s.charAt(1))) {
          try {
            a.index = Integer.parseInt(s.substring(1));
          } catch (NumberFormatException e) {
            sh.complain(name, s + ": invalid number");
            sh.usage(name, null, HelpTexts.usage(name));
            return null;
          }
          a.fromRight = s.charAt(0) == '-';
          continue;
        }
        if (s.charAt(0) == '-') {
          boolean known = s.length() == 2; // these do not combine
          for (int k = 1; known && k < s.length(); k++) {
            switch (s.charAt(k)) {
              case 'n' -> {
                known &= !forDirs;
                a.noChange = true;
              }
              case 'c' -> {
                known &= forDirs;
                a.clear = true;
              }
              case 'l' -> {
                known &= forDirs;
                a.full = true;
              }
              case 'p', 'v' -> {
                known &= forDirs;
                a.format = a.format == 'v' ? 'v' : s.charAt(k);
              }
              default -> known = false;
            }
          }
          if (!known) {
            sh.complain(name, s + ": invalid number");
            sh.say(name + ": usage: " + HelpTexts.usage(name));
            return null;
          }
          continue;
        }
        sh.complain(name, s + ": invalid number");
        sh.say(name + ": usage: " + HelpTexts.usage(name));
        return null;
      }
      if (a.directory != null || forDirs) {
        if (forDirs) {
          sh.complain(name, s + ": invalid option");
          sh.say(name + ": usage: " + HelpTexts.usage(name));
        } else {
          sh.complain(name, "too many arguments");
        }
        return null;
      }
      a.directory = s;
    }
    return a;
  }

  private static int pushd(Shell sh, List<String> args) {
    Arguments a = parse(sh, args, false);
    if (a == null) {
      return Shell.USAGE == 0 ? 2 : args.contains("--") ? 1 : usageStatus(args);
    }
    List<String> below = sh.directories().below;
    if (a.directory == null && a.index == null) {
      if (below.isEmpty() && a.noChange) {
        return 0;
      }
      if (below.isEmpty()) {
        sh.complain("pushd", "no other directory");
        return 1;
      }
      String top = sh.workingDirectory();
      String next = below.get(0);
      if (a.noChange) {
        return 0;
      }
      if (change(sh, next, false, next, "pushd") != 0) {
        return 1;
      }
      below.set(0, top);
      return show(sh, false, 0);
    }
    if (a.index != null) {
      List<String> all = sh.directories().all(sh);
      int i = a.fromRight ? all.size() - 1 - a.index : a.index;
      if (below.isEmpty() && i != 0) {
        sh.complain("pushd", "directory stack empty");
        return 1;
      }
      if (i < 0 || i >= all.size()) {
        sh.complain(
            "pushd", (a.fromRight ? "-" : "+") + a.index + ": directory stack index out of range");
        return 1;
      }
      List<String> rotated = new ArrayList<>(all.subList(i, all.size()));
      rotated.addAll(all.subList(0, i));
      if (!a.noChange && change(sh, rotated.get(0), false, rotated.get(0), "pushd") != 0) {
        return 1;
      }
      below.clear();
      below.addAll(rotated.subList(1, rotated.size()));
      return a.noChange ? 0 : show(sh, false, 0);
    }
    if (a.noChange) {
      below.add(0, a.directory);
      return show(sh, false, 0);
    }
    String old = sh.workingDirectory();
    if (go(sh, a.directory, sh.isOn(Opt.PHYSICAL), "pushd") != 0) {
      return 1;
    }
    below.add(0, old);
    return show(sh, false, 0);
  }

  private static int usageStatus(List<String> args) {
    for (String s : args.subList(1, args.size())) {
      if (s.length() > 1 && (s.charAt(0) == '-' || s.charAt(0) == '+')) {
        return 2;
      }
    }
    return 1;
  }

  private static int popd(Shell sh, List<String> args) {
    Arguments a = parse(sh, args, false);
    if (a == null) {
      return usageStatus(args);
    }
    List<String> below = sh.directories().below;
    if (a.directory != null) {
      sh.complain("popd", a.directory + ": invalid argument");
      sh.say("popd: usage: " + HelpTexts.usage("popd"));
      return 2;
    }
    if (below.isEmpty()) {
      sh.complain("popd", "directory stack empty");
      return 1;
    }
    List<String> all = sh.directories().all(sh);
    int i = a.index == null ? 0 : a.fromRight ? all.size() - 1 - a.index : a.index;
    if (i < 0 || i >= all.size()) {
      sh.complain(
          "popd", (a.fromRight ? "-" : "+") + a.index + ": directory stack index out of range");
      return 1;
    }
    if (i == 0 && !a.noChange) {
      String next = below.get(0);
      if (change(sh, next, false, next, "popd") != 0) {
        return 1;
      }
      below.remove(0);
    } else {
      below.remove(Math.max(0, i - 1));
    }
    return show(sh, false, 0);
  }

  private static int dirs(Shell sh, List<String> args) {
    Arguments a = parse(sh, args, true);
    if (a == null) {
      return 2;
    }
    if (a.clear) {
      sh.directories().below.clear();
      return 0;
    }
    if (a.index != null) {
      List<String> all = sh.directories().all(sh);
      int i = a.fromRight ? all.size() - 1 - a.index : a.index;
      if (i < 0 || i >= all.size()) {
        sh.complain(
            "dirs",
            all.size() == 1
                ? "directory stack empty"
                : a.index + ": directory stack index out of range");
        return 1;
      }
      String d = a.full ? all.get(i) : tilde(sh, all.get(i));
      sh.out().line(a.format == 'v' ? pad(i) + "  " + d : d);
      return 0;
    }
    return show(sh, a.full, a.format);
  }

  private static String pad(int i) {
    return i < 10 ? " " + i : String.valueOf(i);
  }

  private static int show(Shell sh, boolean full, int format) {
    List<String> all = sh.directories().all(sh);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      String d = full ? all.get(i) : tilde(sh, all.get(i));
      if (format == 'v') {
        out.append(pad(i)).append("  ").append(d).append('\n');
      } else if (format == 'p') {
        out.append(d).append('\n');
      } else {
        out.append(i == 0 ? "" : " ").append(d);
      }
    }
    if (format == 0) {
      out.append('\n');
    }
    sh.out().write(out.toString());
    return 0;
  }

  private static String tilde(Shell sh, String dir) {
    String home = sh.variables().get("HOME");
    if (home != null && home.length() > 1) {
      if (dir.equals(home)) {
        return "~";
      }
      if (dir.startsWith(home + "/")) {
        return "~" + dir.substring(home.length());
      }
    }
    return dir;
  }
}
