package dev.qanat.command;

import java.util.Map;

/** What the locale variables say about characters. */
public final class Locale {
  private Locale() {}

  /**
   * Whether text is single bytes (the C and POSIX locales) and not UTF-8, which holds when nothing
   * is said.
   */
  public static boolean isBytes(Map<String, String> env) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = env.get(variable);
      if (value != null && !value.isEmpty()) {
        return value.equals("C") || value.equals("POSIX");
      }
    }
    return false;
  }
}
