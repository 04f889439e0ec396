package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Getopts;
import dev.qanat.shell.interp.Shell;
import java.util.List;

/** {@code getopts}. */
public final class GetoptsBuiltin implements Builtin {
  @Override
  public int run(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "");
    if (scan.next() != -1) {
      return 2;
    }
    List<String> operands = scan.operands();
    if (operands.size() < 2) {
      return sh.usage("getopts", null, HelpTexts.usage("getopts"));
    }
    String spec = operands.get(0);
    String name = operands.get(1);
    List<String> words =
        operands.size() > 2 ? operands.subList(2, operands.size()) : sh.positionals();
    boolean silent = spec.startsWith(":");
    boolean report = !silent && !"0".equals(sh.variables().get("OPTERR"));
    Getopts state = sh.getopts();
    int optind = number(sh.variables().get("OPTIND"));
    if (optind != state.index || optind == 0) {
      state.index = Math.max(1, optind);
      state.offset = 0;
    }
    if (state.index - 1 < words.size()
        && state.offset > 0
        && state.offset >= words.get(state.index - 1).length()) {
      state.offset = 0;
    }
    if (state.offset == 0) {
      if (state.index > words.size()) {
        return done(sh, name, state, words.size() + 1);
      }
      String word = words.get(state.index - 1);
      if (word.length() < 2 || word.charAt(0) != '-') {
        return done(sh, name, state, state.index);
      }
      if (word.equals("--")) {
        return done(sh, name, state, state.index + 1);
      }
      state.offset = 1;
    }
    String word = words.get(state.index - 1);
    char letter = word.charAt(state.offset++);
    int at = letter == ':' ? -1 : spec.indexOf(letter, silent ? 1 : 0);
    boolean wordDone = state.offset >= word.length();
    if (at < 0) {
      next(state, wordDone);
      if (silent) {
        argument(sh, String.valueOf(letter));
      } else {
        unset(sh);
        if (report) {
          sh.say(sh.shellName() + ": illegal option -- " + letter);
        }
      }
      return found(sh, name, "?", state);
    }
    if (at + 1 < spec.length() && spec.charAt(at + 1) == ':') {
      if (!wordDone) {
        argument(sh, word.substring(state.offset));
        next(state, true);
      } else if (state.index < words.size()) {
        argument(sh, words.get(state.index));
        state.index += 2;
        state.offset = 0;
      } else {
        next(state, true);
        if (silent) {
          argument(sh, String.valueOf(letter));
          return found(sh, name, ":", state);
        }
        unset(sh);
        if (report) {
          sh.say(sh.shellName() + ": option requires an argument -- " + letter);
        }
        return found(sh, name, "?", state);
      }
      return found(sh, name, String.valueOf(letter), state);
    }
    next(state, wordDone);
    unset(sh);
    return found(sh, name, String.valueOf(letter), state);
  }

  private static void next(Getopts state, boolean wordDone) {
    if (wordDone) {
      state.index++;
      state.offset = 0;
    }
  }

  private static void unset(Shell sh) {
    if (sh.variables().find("OPTARG") != null) {
      sh.variables().unset("OPTARG");
    }
  }

  private static void argument(Shell sh, String value) {
    try {
      sh.variables().set("OPTARG", value);
    } catch (ExpansionError e) {
      sh.error(e.getMessage());
    }
  }

  private static int number(String s) {
    try {
      return s == null ? 1 : Math.max(0, Integer.parseInt(s.trim()));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static int done(Shell sh, String name, Getopts state, int index) {
    state.index = index;
    state.offset = 0;
    unset(sh);
    int status = found(sh, name, "?", state);
    return status == 0 ? 1 : status;
  }

  private static int found(Shell sh, String name, String value, Getopts state) {
    int offset = state.offset;
    try {
      sh.variables().set("OPTIND", String.valueOf(state.index));
    } catch (ExpansionError e) {
      sh.error(e.getMessage());
    }
    state.offset = offset; // only somebody else's assignment begins anew
    if (!Expander.isName(name)) {
      sh.complain("getopts", "`" + name + "': not a valid identifier");
      return 1;
    }
    try {
      sh.variables().set(name, value);
    } catch (ExpansionError e) {
      sh.reportFailure(e);
      return 2;
    }
    return 0;
  }
}
