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
    table.put("ulimit", LimitBuiltins::ulimit);
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

  private record Limit(char letter, String name, String unit, long value) {}

  private static final long UNLIMITED = -1;

  private static final Limit[] LIMITS = {
    new Limit('R', "real-time non-blocking time", "(microseconds, -R)", UNLIMITED),
    new Limit('c', "core file size", "(blocks, -c)", 0),
    new Limit('d', "data seg size", "(kbytes, -d)", UNLIMITED),
    new Limit('e', "scheduling priority", "(-e)", 0),
    new Limit('f', "file size", "(blocks, -f)", UNLIMITED),
    new Limit('i', "pending signals", "(-i)", 10000),
    new Limit('l', "max locked memory", "(kbytes, -l)", 64),
    new Limit('m', "max memory size", "(kbytes, -m)", UNLIMITED),
    new Limit('n', "open files", "(-n)", 1024),
    new Limit('p', "pipe size", "(512 bytes, -p)", 8),
    new Limit('q', "POSIX message queues", "(bytes, -q)", 819200),
    new Limit('r', "real-time priority", "(-r)", 0),
    new Limit('s', "stack size", "(kbytes, -s)", 8192),
    new Limit('t', "cpu time", "(seconds, -t)", UNLIMITED),
    new Limit('u', "max user processes", "(-u)", 10000),
    new Limit('v', "virtual memory", "(kbytes, -v)", UNLIMITED),
    new Limit('x', "file locks", "(-x)", UNLIMITED)
  };

  private static int ulimit(Shell sh, List<String> args) {
    StringBuilder letters = new StringBuilder("SHa");
    for (Limit l : LIMITS) {
      letters.append(l.letter);
    }
    OptionScan scan = new OptionScan(sh, args, letters.toString());
    boolean all = false;
    StringBuilder asked = new StringBuilder();
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'S', 'H' -> {}
        case 'a' -> all = true;
        case OptionScan.BAD -> {
          return 2;
        }
        default -> asked.append((char) c);
      }
    }
    if (all) {
      for (Limit l : LIMITS) {
        StringBuilder line = new StringBuilder(l.name);
        while (line.length() + l.unit.length() < 41) {
          line.append(' ');
        }
        sh.out().line(line.append(l.unit).append(' ').append(shown(sh, l)).toString());
      }
      return 0;
    }
    if (asked.length() == 0) {
      asked.append('f');
    }
    List<String> operands = scan.operands();
    for (int i = 0; i < asked.length(); i++) {
      Limit l = limit(asked.charAt(i));
      if (operands.isEmpty()) {
        if (asked.length() > 1) {
          StringBuilder line = new StringBuilder(l.name);
          while (line.length() + l.unit.length() < 41) {
            line.append(' ');
          }
          sh.out().line(line.append(l.unit).append(' ').append(shown(sh, l)).toString());
        } else {
          sh.out().line(shown(sh, l));
        }
        continue;
      }
      String value = operands.get(0);
      if (value.equals("unlimited")) {
        sh.limits().put(l.letter, UNLIMITED);
        continue;
      }
      if (value.equals("hard") || value.equals("soft")) {
        continue;
      }
      try {
        long n = Long.parseLong(value);
        if (n < 0) {
          throw new NumberFormatException();
        }
        if (l.letter == 'p') {
          sh.complain("ulimit", "pipe size: cannot modify limit: Invalid argument");
          return 1;
        }
        if (l.letter != 'n' && l.letter != 'f' && n != l.value) {
          sh.complain("ulimit", l.name + ": cannot modify limit: not enforced here");
          return 1;
        }
        sh.limits().put(l.letter, n);
      } catch (NumberFormatException e) {
        sh.complain("ulimit", value + ": invalid number");
        return 1;
      }
    }
    return 0;
  }

  private static Limit limit(char letter) {
    for (Limit l : LIMITS) {
      if (l.letter == letter) {
        return l;
      }
    }
    return LIMITS[4];
  }

  private static String shown(Shell sh, Limit l) {
    Long set = sh.limits().get(l.letter);
    long v = set != null ? set : l.value;
    return v == UNLIMITED ? "unlimited" : String.valueOf(v);
  }
}
