package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import java.util.List;
import java.util.Map;

/** {@code umask} and {@code ulimit}. */
public final class LimitBuiltins {
  private LimitBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("umask", LimitBuiltins::umask);
    table.put("ulimit", UlimitBuiltin::run);
  }

  private static int umask(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "pS");
    boolean symbolic = false;
    boolean reusable = false;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'p' -> reusable = true;
        case 'S' -> symbolic = true;
        default -> {
          return 2;
        }
      }
    }
    if (!scan.operands().isEmpty()) {
      String mode = scan.operands().get(0);
      if (Character.isDigit(mode.isEmpty() ? ' ' : mode.charAt(0))) {
        int value = 0;
        for (int i = 0; i < mode.length(); i++) {
          char c = mode.charAt(i);
          if (c < '0' || c > '7' || value > 07777) {
            sh.complain("umask", mode + ": octal number out of range");
            return 1;
          }
          value = value * 8 + c - '0';
        }
        if (value > 07777) {
          sh.complain("umask", mode + ": octal number out of range");
          return 1;
        }
        sh.files().setUmask(value);
      } else {
        Integer bits = symbolic(sh, mode);
        if (bits == null) {
          return 1;
        }
        sh.files().setUmask(bits);
      }
      if (symbolic) {
        sh.out().line(shown(sh.files().umask()));
      }
      return 0;
    }
    int mask = sh.files().umask();
    String text =
        symbolic
            ? shown(mask)
            : "0" + (1000 + Integer.parseInt(Integer.toOctalString(mask))) % 10000;
    if (!symbolic) {
      String octal = Integer.toOctalString(mask);
      text = "0000".substring(octal.length()) + octal;
    }
    sh.out().line((reusable ? "umask " + (symbolic ? "-S " : "") : "") + text);
    return 0;
  }

  private static String shown(int mask) {
    int allowed = ~mask & 0777;
    return "u=" + letters(allowed >> 6) + ",g=" + letters(allowed >> 3) + ",o=" + letters(allowed);
  }

  private static String letters(int bits) {
    return ((bits & 4) != 0 ? "r" : "")
        + ((bits & 2) != 0 ? "w" : "")
        + ((bits & 1) != 0 ? "x" : "");
  }

  private static Integer symbolic(Shell sh, String mode) {
    int allowed = ~sh.files().umask() & 0777;
    int i = 0;
    int n = mode.length();
    while (true) {
      int who = 0;
      while (i < n && "ugoa".indexOf(mode.charAt(i)) >= 0) {
        who |=
            switch (mode.charAt(i++)) {
              case 'u' -> 0700;
              case 'g' -> 0070;
              case 'o' -> 0007;
              default -> 0777;
            };
      }
      if (who == 0) {
        who = 0777;
      }
      if (i >= n || "+-=".indexOf(mode.charAt(i)) < 0) {
        sh.complain(
            "umask", "`" + (i < n ? mode.charAt(i) : '\0') + "': invalid symbolic mode operator");
        return null;
      }
      char op = mode.charAt(i++);
      int bits = 0;
      while (i < n && mode.charAt(i) != ',') {
        switch (mode.charAt(i)) {
          case 'r' -> bits |= 0444;
          case 'w' -> bits |= 0222;
          case 'x' -> bits |= 0111;
          default -> {
            sh.complain("umask", "`" + mode.charAt(i) + "': invalid symbolic mode character");
            return null;
          }
        }
        i++;
      }
      bits &= who;
      allowed = op == '+' ? allowed | bits : op == '-' ? allowed & ~bits : allowed & ~who | bits;
      if (i >= n) {
        return ~allowed & 0777;
      }
      i++;
    }
  }
}
