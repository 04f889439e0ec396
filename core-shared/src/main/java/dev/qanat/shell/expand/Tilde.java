package dev.qanat.shell.expand;

/** Tilde expansion: {@code ~}, {@code ~user}, {@code ~+}, {@code ~-}, {@code ~N}. */
final class Tilde {
  private Tilde() {}

  /** Where the prefix of the tilde at {@code at} ends. */
  static int prefixEnd(String text, int at) {
    int i = at + 1;
    while (i < text.length() && text.charAt(i) != '/' && text.charAt(i) != ':') {
      i++;
    }
    return i;
  }

  /**
   * The length of {@code name=}, {@code name+=} or {@code name[…]=} at the start of a word; or 0.
   */
  static int assignmentLength(String text) {
    int i = Reference.nameEnd(text);
    if (i == 0 || i == text.length()) {
      return 0;
    }
    if (text.charAt(i) == '[') {
      i = text.indexOf(']', i) + 1;
      if (i == 0 || i == text.length()) {
        return 0;
      }
    }
    if (text.charAt(i) == '+') {
      i++;
    }
    return i < text.length() && text.charAt(i) == '=' ? i + 1 : 0;
  }

  /** What {@code ~prefix} stands for; null when it stands for itself. */
  static String expand(String prefix, ShellContext shell, Variables variables) {
    if (prefix.isEmpty()) {
      String home = variables.get("HOME");
      return home != null ? home : shell.homeDirectory("");
    }
    if (prefix.equals("+")) {
      return variables.get("PWD");
    }
    if (prefix.equals("-")) {
      return variables.get("OLDPWD");
    }
    char sign = prefix.charAt(0);
    int i = sign == '+' || sign == '-' ? 1 : 0;
    int n = 0;
    for (int k = i; k < prefix.length(); k++) {
      char c = prefix.charAt(k);
      if (c < '0' || c > '9' || n > 1_000_000) {
        return i == 0 ? shell.homeDirectory(prefix) : null;
      }
      n = n * 10 + (c - '0');
    }
    return shell.directoryStackEntry(n, sign == '-');
  }
}
