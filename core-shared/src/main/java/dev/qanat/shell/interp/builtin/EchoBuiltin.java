package dev.qanat.shell.interp.builtin;

import dev.qanat.command.Output;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellOptions.Shopt;
import dev.qanat.text.ByteBuilder;
import java.util.List;

/** {@code echo}. */
public final class EchoBuiltin implements Builtin {
  @Override
  public int run(Shell sh, List<String> args) {
    Output out = sh.out();
    boolean newline = true;
    boolean escapes = sh.isOn(Shopt.xpg_echo);
    int i = 1;
    int n = args.size();
    if (!(escapes && sh.posix())) {
      for (; i < n; i++) {
        String a = args.get(i);
        if (a.length() < 2 || a.charAt(0) != '-' || !options(a)) {
          break;
        }
        for (int k = 1; k < a.length(); k++) {
          switch (a.charAt(k)) {
            case 'n' -> newline = false;
            case 'e' -> escapes = true;
            default -> escapes = false;
          }
        }
      }
    }
    for (int k = i; k < n; k++) {
      if (k > i) {
        out.write(' ');
      }
      String a = args.get(k);
      if (!escapes || a.indexOf('\\') < 0) {
        out.write(a);
      } else {
        ByteBuilder b = new ByteBuilder();
        boolean stop = Escapes.echo(a, b, sh.expander().isByteLocale());
        out.write(b.array(), 0, b.length());
        if (stop) {
          return 0;
        }
      }
    }
    if (newline) {
      out.write('\n');
    }
    return 0;
  }

  private static boolean options(String a) {
    for (int k = 1; k < a.length(); k++) {
      char c = a.charAt(k);
      if (c != 'n' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return true;
  }
}
