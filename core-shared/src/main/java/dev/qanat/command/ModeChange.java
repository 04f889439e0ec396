package dev.qanat.command;

import dev.qanat.vfs.FileStat;
import java.util.ArrayList;
import java.util.List;

/** What chmod's operand says of permissions: octal, or symbolic such as {@code u+rw,go=}. */
public final class ModeChange {
  private static final int SETUID = 04000;
  private static final int SETGID = 02000;
  private static final int STICKY = 01000;

  /** One clause; {@code copy} is a letter whose permissions are taken, or 0. */
  private record Clause(
      int who, char op, int bits, boolean conditionalX, char copy, int mentioned) {}

  private final List<Clause> clauses = new ArrayList<>();

  private ModeChange() {}

  /** Null when the text is no mode. */
  public static ModeChange parse(String s) {
    ModeChange m = new ModeChange();
    if (!s.isEmpty() && s.charAt(0) >= '0' && s.charAt(0) <= '7') {
      int v = octal(s);
      if (v < 0) {
        return null;
      }
      // up to four digits leave a directory's set-ID bits alone
      int mentioned = s.length() < 5 ? v & (SETUID | SETGID) | STICKY | 0777 : 07777;
      m.clauses.add(new Clause(07777, '=', v, false, (char) 0, mentioned));
      return m;
    }
    int i = 0;
    while (true) {
      int who = 0;
      while (i < s.length() && "ugoa".indexOf(s.charAt(i)) >= 0) {
        who |=
            switch (s.charAt(i++)) {
              case 'u' -> SETUID | 0700;
              case 'g' -> SETGID | 0070;
              case 'o' -> STICKY | 0007;
              default -> 07777;
            };
      }
      if (i >= s.length() || "+-=".indexOf(s.charAt(i)) < 0) {
        return null;
      }
      while (i < s.length() && "+-=".indexOf(s.charAt(i)) >= 0) {
        char op = s.charAt(i++);
        if (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '7') {
          int b = i;
          while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '7') {
            i++;
          }
          int v = octal(s.substring(b, i));
          if (who != 0 || v < 0 || i < s.length() && s.charAt(i) != ',') {
            return null;
          }
          m.clauses.add(new Clause(07777, op, v, false, (char) 0, 07777));
          continue;
        }
        int bits = 0;
        boolean x = false;
        char copy = 0;
        if (i < s.length() && "ugo".indexOf(s.charAt(i)) >= 0) {
          copy = s.charAt(i++);
        } else {
          while (i < s.length() && "rwxXst".indexOf(s.charAt(i)) >= 0) {
            switch (s.charAt(i++)) {
              case 'r' -> bits |= 0444;
              case 'w' -> bits |= 0222;
              case 'x' -> bits |= 0111;
              case 'X' -> x = true;
              case 's' -> bits |= SETUID | SETGID;
              default -> bits |= STICKY;
            }
          }
        }
        m.clauses.add(new Clause(who, op, bits, x, copy, who != 0 ? who & bits : -1));
      }
      if (i == s.length()) {
        return m;
      }
      if (s.charAt(i++) != ',') {
        return null;
      }
    }
  }

  private static int octal(String s) {
    int v = 0;
    for (int i = 0; i < s.length(); i++) {
      int d = s.charAt(i) - '0';
      if (d < 0 || d > 7) {
        return -1;
      }
      v = v * 8 + d;
      if (v > 07777) {
        return -1;
      }
    }
    return v;
  }

  /** The permission bits a file with {@code mode} gets. */
  public int apply(int mode, boolean directory, int umask) {
    int result = mode & 07777;
    for (Clause c : clauses) {
      int omit = directory ? (SETUID | SETGID) & ~c.mentioned : 0;
      int value = c.bits;
      if (c.copy != 0) {
        int v = result >> (c.copy == 'u' ? 6 : c.copy == 'g' ? 3 : 0) & 7;
        value = v * 0111;
      }
      if (c.conditionalX && (directory || (result & 0111) != 0)) {
        value |= 0111;
      }
      value &= (c.who != 0 ? c.who : ~umask) & ~omit;
      switch (c.op) {
        case '=' -> {
          int keep = (c.who != 0 ? ~c.who : 0) | omit;
          result = result & keep | value;
        }
        case '+' -> result |= value;
        default -> result &= ~value;
      }
    }
    return result & 07777;
  }

  /** Whether some clause names no class, so that the umask plays a part. */
  public boolean usesUmask() {
    for (Clause c : clauses) {
      if (c.who == 0) {
        return true;
      }
    }
    return false;
  }

  /** {@code drwxr-xr-x}. */
  public static String text(FileStat s) {
    return s.type().letter() + permissions(s.mode());
  }

  /** {@code rwxr-xr-x} with {@code s S t T} where they belong. */
  public static String permissions(int mode) {
    char[] c = new char[9];
    for (int i = 0; i < 9; i++) {
      c[i] = (mode >> 8 - i & 1) != 0 ? "rwx".charAt(i % 3) : '-';
    }
    if ((mode & SETUID) != 0) {
      c[2] = c[2] == 'x' ? 's' : 'S';
    }
    if ((mode & SETGID) != 0) {
      c[5] = c[5] == 'x' ? 's' : 'S';
    }
    if ((mode & STICKY) != 0) {
      c[8] = c[8] == 'x' ? 't' : 'T';
    }
    return new String(c);
  }
}
