package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.edit.Inputrc;
import dev.qanat.shell.edit.Keymap;
import dev.qanat.shell.edit.Readline;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Opt;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bind}: the keys and variables of the line editor. */
public final class BindBuiltin implements Builtin {
  private static final int LISTED_KEYS = 5;

  @Override
  public int run(Shell sh, List<String> args) {
    if (!sh.wasInteractive() || sh.noEditing) {
      sh.complain("bind", "warning: line editing not enabled");
    }
    OptionScan scan = new OptionScan(sh, args, "lvpVPsSXf:q:u:m:r:x:");
    String shown = "";
    String keymap = null;
    String file = null;
    String query = null;
    String unbind = null;
    String remove = null;
    List<String> commands = new ArrayList<>();
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'l', 'v', 'p', 'V', 'P', 's', 'S', 'X' -> shown += (char) c;
        case 'm' -> keymap = scan.argument;
        case 'f' -> file = scan.argument;
        case 'q' -> query = scan.argument;
        case 'u' -> unbind = scan.argument;
        case 'r' -> remove = scan.argument;
        case 'x' -> commands.add(scan.argument);
        default -> {
          return 2;
        }
      }
    }
    if (sh.interactive()) {
      initialize(sh);
    }
    Readline readline = sh.readline();
    Readline.Target before = readline.target();
    if (keymap != null) {
      Readline.Target target = readline.target(keymap);
      if (target == null) {
        sh.complain("bind", "`" + keymap + "': invalid keymap name");
        return 1;
      }
      readline.setTarget(target);
    }
    try {
      show(sh, shown);
      if (file != null && !readFile(sh, file)) {
        return 1;
      }
      if (query != null && !whereBound(sh, query)
          || unbind != null && !unbindFunction(sh, unbind)) {
        return 1;
      }
      if (remove != null) {
        readline.bind(Readline.parseKeys(remove), null);
      }
      for (String c : commands) {
        if (!bindCommand(sh, c)) {
          return 1;
        }
      }
      if (shown.indexOf('X') >= 0) {
        showCommands(sh);
      }
      for (String line : scan.operands()) {
        readline.inputrc().readLine(line, name -> included(sh, name), sh::say);
      }
    } finally {
      if (keymap != null) {
        readline.setTarget(before);
      }
      if (readline.viMode() != sh.isOn(Opt.VI) && readline.viMode() == sh.isOn(Opt.EMACS)) {
        sh.setOption(readline.viMode() ? Opt.VI : Opt.EMACS, true);
      }
    }
    return 0;
  }

  private static void show(Shell sh, String what) {
    if (what.indexOf('l') >= 0) {
      for (String f : Readline.functions()) {
        sh.out().line(f);
      }
    }
    if (what.indexOf('p') >= 0) {
      showBindings(sh);
    }
    if (what.indexOf('P') >= 0) {
      showPlaces(sh);
    }
    if (what.indexOf('s') >= 0) {
      showMacros(sh, "\"", "\": \"", "\"");
    }
    if (what.indexOf('S') >= 0) {
      showMacros(sh, "", " outputs ", "");
    }
    if (what.indexOf('v') >= 0) {
      showSettings(sh, "set ", " ", "");
    }
    if (what.indexOf('V') >= 0) {
      showSettings(sh, "", " is set to `", "'");
    }
  }

  private static void showSettings(Shell sh, String before, String between, String after) {
    for (Map.Entry<String, String> e : sh.readline().settings().all().entrySet()) {
      String value = e.getValue();
      if (e.getKey().equals("history-size") && sh.interactive()) {
        String size = sh.variables().get("HISTSIZE");
        value = size == null ? value : size;
      }
      sh.out().line(before + e.getKey() + between + value + after);
    }
  }

  private static List<String> keysOf(Shell sh, String function) {
    Readline.Target t = sh.readline().target();
    List<String> written = new ArrayList<>();
    for (String keys : t.map().keysOf(Readline.function(function), t.prefix())) {
      String k =
          keys.endsWith("\0")
              ? Readline.printKeys(keys.substring(0, keys.length() - 1)) + "\\000"
              : Readline.printKeys(keys);
      written.add("\"" + k + "\"");
    }
    return written;
  }

  private static void showBindings(Shell sh) {
    sh.out().line("");
    for (String f : Readline.functions()) {
      List<String> keys = keysOf(sh, f);
      if (keys.isEmpty()) {
        sh.out().line("# " + f + " (not bound)");
      }
      for (String k : keys) {
        sh.out().line(k + ": " + f);
      }
    }
  }

  private static void showPlaces(Shell sh) {
    sh.out().line("");
    for (String f : Readline.functions()) {
      List<String> keys = keysOf(sh, f);
      if (keys.isEmpty()) {
        sh.out().line(f + " is not bound to any keys");
      } else {
        boolean all = keys.size() <= LISTED_KEYS;
        String some = String.join(", ", all ? keys : keys.subList(0, LISTED_KEYS));
        sh.out().line(f + " can be found on " + some + (all ? "." : ", ..."));
      }
    }
  }

  private static void showMacros(Shell sh, String before, String between, String after) {
    for (Map.Entry<String, Keymap.Binding> e : bindings(sh, Keymap.Kind.MACRO).entrySet()) {
      sh.out()
          .line(
              before
                  + Readline.printKeys(e.getKey())
                  + between
                  + Readline.printKeys(e.getValue().text())
                  + after);
    }
  }

  private static void showCommands(Shell sh) {
    for (Map.Entry<String, Keymap.Binding> e : bindings(sh, Keymap.Kind.SHELL).entrySet()) {
      String text = e.getValue().text().replace("\\", "\\\\").replace("\"", "\\\"");
      sh.out().line("\"" + Readline.printKeys(e.getKey()) + "\": \"" + text + "\"");
    }
  }

  private static Map<String, Keymap.Binding> bindings(Shell sh, Keymap.Kind kind) {
    Readline.Target t = sh.readline().target();
    Map<String, Keymap.Binding> found = new java.util.TreeMap<>();
    for (Map.Entry<String, Keymap.Binding> e : t.map().bindings().entrySet()) {
      if (e.getValue().kind() == kind && e.getKey().startsWith(t.prefix())) {
        found.put(e.getKey().substring(t.prefix().length()), e.getValue());
      }
    }
    return found;
  }

  private static boolean whereBound(Shell sh, String function) {
    if (Readline.function(function) == null) {
      sh.complain("bind", "`" + function + "': unknown function name");
      return false;
    }
    List<String> keys = keysOf(sh, function);
    if (keys.isEmpty()) {
      sh.out().line(function + " is not bound to any keys.");
      return false;
    }
    boolean all = keys.size() <= LISTED_KEYS;
    String some = String.join(", ", all ? keys : keys.subList(0, LISTED_KEYS));
    sh.out().line(function + " can be invoked via " + some + (all ? "." : ", ..."));
    return true;
  }

  private static boolean unbindFunction(Shell sh, String name) {
    String function = Readline.function(name);
    if (function == null) {
      sh.complain("bind", "`" + name + "': unknown function name");
      return false;
    }
    Readline.Target t = sh.readline().target();
    for (String keys : t.map().keysOf(function, t.prefix())) {
      sh.readline().bind(keys.endsWith("\0") ? keys.substring(0, keys.length() - 1) : keys, null);
    }
    return true;
  }

  /** {@code "keys": command}. */
  private static boolean bindCommand(Shell sh, String text) {
    String s = text.strip();
    if (!s.startsWith("\"")) {
      sh.complain("bind", text + ": first non-whitespace character is not `\"'");
      return false;
    }
    int close = Inputrc.closing(s, 0);
    if (close < 0) {
      sh.complain("bind", "no closing `\"' in " + text);
      return false;
    }
    int colon = s.indexOf(':', close);
    if (colon < 0) {
      sh.complain("bind", text + ": missing colon separator");
      return false;
    }
    String command = s.substring(colon + 1).strip();
    if (command.startsWith("\"") || command.startsWith("'")) {
      int end = Inputrc.closing(command, 0);
      if (end < 0) {
        sh.complain("bind", "no closing `" + command.charAt(0) + "' in " + text);
        return false;
      }
      command = unescaped(command.substring(1, end));
    }
    sh.readline()
        .bind(
            Readline.parseKeys(s.substring(1, close)),
            new Keymap.Binding(Keymap.Kind.SHELL, command));
    return true;
  }

  private static String unescaped(String s) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) == '\\' && i + 1 < s.length()) {
        i++;
      }
      out.append(s.charAt(i));
    }
    return out.toString();
  }

  private static boolean readFile(Shell sh, String file) {
    try {
      String text = Utf8.decode(sh.files().readFile(file));
      sh.readline().inputrc().readAll(text, file, name -> included(sh, name), sh::say);
      return true;
    } catch (VfsException e) {
      sh.complain("bind", file + ": cannot read: " + e.reason());
      return false;
    }
  }

  private static String included(Shell sh, String name) {
    String home = sh.variables().get("HOME");
    String path = name.startsWith("~/") && home != null ? home + name.substring(1) : name;
    try {
      return Utf8.decode(sh.files().readFile(path));
    } catch (VfsException e) {
      return null; // as if it were empty
    }
  }

  /** Reads the user's inputrc, when that has not been done yet. */
  public static void initialize(Shell sh) {
    Readline readline = sh.readline();
    if (!readline.initializes()) {
      return;
    }
    readInit(sh);
    String colors = sh.variables().get("LS_COLORS");
    boolean wanted =
        readline.settings().on("colored-stats")
            || readline.settings().on("colored-completion-prefix");
    if (wanted && colors != null && !colors.isEmpty()) {
      if (ListingColors.isReadable(colors)) {
        readline.setListingColors(colors);
      } else {
        sh.say("readline: unparsable value for LS_COLORS environment variable");
        readline.inputrc().readLine("set colored-stats off", n -> null, m -> {});
        readline.inputrc().readLine("set colored-completion-prefix off", n -> null, m -> {});
      }
    }
  }

  /** Reads the user's inputrc: INPUTRC, {@code ~/.inputrc}, else {@code /etc/inputrc}. */
  public static void readInit(Shell sh) {
    String named = sh.variables().get("INPUTRC");
    String home = sh.variables().get("HOME");
    String file =
        named != null && !named.isEmpty() ? named : (home == null ? "" : home) + "/.inputrc";
    if (!sh.files().exists(file)) {
      file = "/etc/inputrc";
    }
    try {
      String text = Utf8.decode(sh.files().readFile(file));
      String from = file;
      sh.readline().inputrc().readAll(text, from, name -> included(sh, name), sh::say);
    } catch (VfsException e) {
      // there is none
    }
  }
}
