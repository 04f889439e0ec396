package dev.qanat.shell.interp.builtin;

import dev.qanat.shell.interp.Shell;
import java.util.List;

/**
 * Goes through a builtin's option letters. {@link #next} gives one after the other, -1 at the first
 * operand, and {@link #BAD} after it has printed what is wrong.
 */
final class OptionScan {
  static final int BAD = '?';

  private final Shell sh;
  private final List<String> args;
  private final String spec;
  private final boolean plus;
  private int index = 1;
  private int letter;

  /** The argument of the last option. */
  String argument;

  /** The last option was introduced by {@code +}. */
  boolean negated;

  /** {@code spec} as for getopt(3); {@code plus}: options may begin with {@code +} too. */
  OptionScan(Shell sh, List<String> args, String spec, boolean plus) {
    this.sh = sh;
    this.args = args;
    this.spec = spec;
    this.plus = plus;
  }

  OptionScan(Shell sh, List<String> args, String spec) {
    this(sh, args, spec, false);
  }

  int next() {
    argument = null;
    if (letter == 0) {
      if (index >= args.size()) {
        return -1;
      }
      String a = args.get(index);
      if (a.length() < 2 || a.charAt(0) != '-' && !(plus && a.charAt(0) == '+')) {
        return -1;
      }
      if (a.equals("--")) {
        index++;
        return -1;
      }
      if (a.equals("--help")) {
        HelpTexts.show(sh, args.get(0));
        return BAD;
      }
      negated = a.charAt(0) == '+';
      letter = 1;
    }
    String a = args.get(index);
    char c = a.charAt(letter++);
    int at = c == ':' ? -1 : spec.indexOf(c);
    if (at < 0) {
      bad((negated ? "+" : "-") + c + ": invalid option");
      return BAD;
    }
    boolean wants = at + 1 < spec.length() && spec.charAt(at + 1) == ':';
    if (wants) {
      if (letter < a.length()) {
        argument = a.substring(letter);
      } else if (index + 1 < args.size()) {
        argument = args.get(++index);
      } else {
        bad("-" + c + ": option requires an argument");
        return BAD;
      }
      letter = a.length();
    }
    if (letter >= a.length()) {
      letter = 0;
      index++;
    }
    return c;
  }

  private void bad(String message) {
    String name = args.get(0);
    sh.complain(name, message);
    String usage = HelpTexts.usage(name);
    if (usage != null) {
      sh.say(name + ": usage: " + usage);
    }
  }

  /** What is said of text that should be a number: {@code 08: invalid octal number}. */
  static String invalidNumber(String s) {
    boolean zero = s.length() > 1 && s.charAt(0) == '0';
    String kind =
        zero && s.charAt(1) >= '0' && s.charAt(1) <= '9'
            ? "octal "
            : zero && s.charAt(1) == 'x' ? "hex " : "";
    return s + ": invalid " + kind + "number";
  }

  /** The index of the first operand. */
  int index() {
    return index;
  }

  /** The operands. */
  List<String> operands() {
    return args.subList(Math.min(index, args.size()), args.size());
  }
}
