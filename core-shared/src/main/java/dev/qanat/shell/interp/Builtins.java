package dev.qanat.shell.interp;

import dev.qanat.shell.interp.builtin.AliasBuiltins;
import dev.qanat.shell.interp.builtin.CompletionBuiltins;
import dev.qanat.shell.interp.builtin.ControlBuiltins;
import dev.qanat.shell.interp.builtin.DeclareBuiltins;
import dev.qanat.shell.interp.builtin.DirectoryBuiltins;
import dev.qanat.shell.interp.builtin.EchoBuiltin;
import dev.qanat.shell.interp.builtin.GetoptsBuiltin;
import dev.qanat.shell.interp.builtin.HistoryBuiltins;
import dev.qanat.shell.interp.builtin.JobBuiltins;
import dev.qanat.shell.interp.builtin.KillBuiltin;
import dev.qanat.shell.interp.builtin.LimitBuiltins;
import dev.qanat.shell.interp.builtin.LookupBuiltins;
import dev.qanat.shell.interp.builtin.MapfileBuiltin;
import dev.qanat.shell.interp.builtin.PrintfBuiltin;
import dev.qanat.shell.interp.builtin.ReadBuiltin;
import dev.qanat.shell.interp.builtin.SetBuiltins;
import dev.qanat.shell.interp.builtin.TestBuiltin;
import dev.qanat.shell.interp.builtin.TrapBuiltin;
import dev.qanat.shell.interp.builtin.UnsetBuiltin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The builtins by name. */
public final class Builtins {
  private static final Map<String, Builtin> TABLE = new HashMap<>();

  /** POSIX's special builtins, and those bash adds to them. */
  private static final Set<String> SPECIAL =
      Set.of(
          ":",
          ".",
          "source",
          "break",
          "continue",
          "eval",
          "exec",
          "exit",
          "export",
          "readonly",
          "return",
          "set",
          "shift",
          "times",
          "trap",
          "unset");

  /** Builtins that exist as programs too, where no other command has the name. */
  static final List<String> ALSO_PROGRAMS =
      List.of("echo", "false", "kill", "printf", "pwd", "test", "[", "true");

  static {
    ControlBuiltins.register(TABLE);
    DeclareBuiltins.register(TABLE);
    DirectoryBuiltins.register(TABLE);
    JobBuiltins.register(TABLE);
    AliasBuiltins.register(TABLE);
    LookupBuiltins.register(TABLE);
    SetBuiltins.register(TABLE);
    LimitBuiltins.register(TABLE);
    HistoryBuiltins.register(TABLE);
    CompletionBuiltins.register(TABLE);
    TABLE.put("echo", new EchoBuiltin());
    TABLE.put("printf", new PrintfBuiltin());
    TABLE.put("read", new ReadBuiltin());
    TABLE.put("mapfile", new MapfileBuiltin());
    TABLE.put("readarray", new MapfileBuiltin());
    TABLE.put("test", new TestBuiltin());
    TABLE.put("[", new TestBuiltin());
    TABLE.put("getopts", new GetoptsBuiltin());
    TABLE.put("trap", new TrapBuiltin());
    TABLE.put("kill", new KillBuiltin());
    TABLE.put("unset", new UnsetBuiltin());
  }

  private Builtins() {}

  public static Builtin get(String name) {
    return TABLE.get(name);
  }

  public static boolean isSpecial(String name) {
    return SPECIAL.contains(name);
  }

  static boolean isDeclaration(String name) {
    return switch (name) {
      case "declare", "typeset", "local", "export", "readonly" -> true;
      default -> false;
    };
  }

  /** All names, sorted. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(TABLE.keySet());
    Collections.sort(names);
    return names;
  }
}
