package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Signal;
import dev.qanat.shell.expand.Quoting;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import java.util.List;

/** {@code trap}. */
public final class TrapBuiltin implements Builtin {
  private static final List<String> PSEUDO = List.of("DEBUG", "ERR", "RETURN");

  @Override
  public int run(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "lp");
    boolean list = false;
    boolean print = false;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'l' -> list = true;
        case 'p' -> print = true;
        default -> {
          return Shell.USAGE + 2;
        }
      }
    }
    List<String> operands = scan.operands();
    if (list) {
      SignalNames.table(sh.out());
      return 0;
    }
    if (print && operands.isEmpty() && sh.posix()) {
      return printAll(sh);
    }
    if (print || operands.isEmpty()) {
      return print(sh, operands);
    }
    String command = operands.get(0);
    int first = 1;
    if (operands.size() == 1) {
      // one argument is a signal to reset
      boolean known = SignalNames.parse(command) >= 0 || pseudo(command) != null;
      if (!known || sh.posix() && !command.equals(command.toUpperCase())) {
        return Shell.USAGE + sh.usage("trap", null, HelpTexts.usage("trap"));
      }
      command = null;
      first = 0;
    } else if (command.equals("-")) {
      command = null;
    } else if (number(command) >= 0) {
      command = null;
      first = 0;
    }
    int status = 0;
    for (int i = first; i < operands.size(); i++) {
      String name = operands.get(i);
      String pseudo = pseudo(name);
      if (pseudo != null) {
        sh.traps().setPseudo(pseudo, command);
        continue;
      }
      int signal = SignalNames.parse(name);
      if (signal < 0) {
        sh.complain("trap", name + ": invalid signal specification");
        status = 1;
        continue;
      }
      sh.traps().set(signal, command);
    }
    return status;
  }

  private static int number(String s) {
    return !s.isEmpty() && s.charAt(0) >= '0' && s.charAt(0) <= '9' ? SignalNames.parse(s) : -1;
  }

  private static String pseudo(String name) {
    String upper = name.toUpperCase();
    return PSEUDO.contains(upper) ? upper : null;
  }

  private static int print(Shell sh, List<String> names) {
    sh.traps().list();
    if (names.isEmpty()) {
      for (int s = 0; s < Signal.COUNT; s++) {
        show(sh, s);
      }
      for (String p : PSEUDO) {
        showPseudo(sh, p);
      }
      return 0;
    }
    int status = 0;
    for (String name : names) {
      String pseudo = pseudo(name);
      if (pseudo != null) {
        showPseudo(sh, pseudo);
        continue;
      }
      int signal = SignalNames.parse(name);
      if (signal < 0) {
        sh.complain("trap", name + ": invalid signal specification");
        status = 1;
      } else {
        show(sh, signal);
      }
    }
    return status;
  }

  /** In POSIX mode {@code trap -p} lists every signal, those without a trap with a dash. */
  private static int printAll(Shell sh) {
    for (int s = 0; s < Signal.COUNT; s++) {
      if (sh.traps().shown(s) == null && !(s > 0 && sh.traps().fixed(s))) {
        String name = Signal.name(s);
        sh.out().line("trap -- - " + (name != null ? name : String.valueOf(s)));
      } else {
        show(sh, s);
      }
    }
    for (String p : PSEUDO) {
      if (sh.traps().shownPseudo(p) == null) {
        sh.out().line("trap -- - " + p);
      } else {
        showPseudo(sh, p);
      }
    }
    return 0;
  }

  private static void show(Shell sh, int signal) {
    String command = sh.traps().shown(signal);
    if (command == null && signal > 0 && sh.traps().fixed(signal)) {
      command = "";
    }
    if (command != null && Signal.name(signal) != null) {
      sh.out()
          .line(
              "trap -- "
                  + Quoting.single(command)
                  + " "
                  + (signal == 0 ? "EXIT" : (sh.posix() ? "" : "SIG") + Signal.name(signal)));
    }
  }

  private static void showPseudo(Shell sh, String name) {
    String command = sh.traps().shownPseudo(name);
    if (command != null) {
      sh.out().line("trap -- " + Quoting.single(command) + " " + name);
    }
  }
}
