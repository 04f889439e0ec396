package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Sched;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.History;
import dev.qanat.shell.interp.HistoryExpansion;
import dev.qanat.shell.interp.HistoryFile;
import dev.qanat.shell.interp.Shell;
import dev.qanat.shell.interp.ShellTime;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code history} and {@code fc}. */
public final class HistoryBuiltins {
  private HistoryBuiltins() {}

  public static void register(Map<String, Builtin> table) {
    table.put("history", HistoryBuiltins::history);
    table.put("fc", HistoryBuiltins::fc);
  }

  private static int history(Shell sh, List<String> args) {
    OptionScan scan = new OptionScan(sh, args, "acd:npsrw");
    boolean clear = false;
    String delete = null;
    boolean store = false;
    boolean print = false;
    int file = 0;
    for (int c = scan.next(); c != -1; c = scan.next()) {
      switch (c) {
        case 'c' -> clear = true;
        case 'd' -> delete = scan.argument;
        case 's' -> store = true;
        case 'p' -> print = true;
        case 'a', 'n', 'r', 'w' -> {
          if (file != 0) {
            sh.complain("history", "cannot use more than one of -anrw");
            return 1;
          }
          file = c;
        }
        default -> {
          return 2;
        }
      }
    }
    History h = sh.history();
    List<String> operands = scan.operands();
    if (clear) {
      h.clear();
      if (file == 0 && delete == null && !store) {
        return 0;
      }
    }
    if (store) {
      if (!operands.isEmpty()) {
        sh.historyEntryGone();
        HistoryFile.add(sh, String.join(" ", operands));
      }
      return 0;
    }
    if (print) {
      return expand(sh, h, operands);
    }
    if (delete != null) {
      return delete(sh, h, delete);
    }
    if (file != 0) {
      return file(sh, h, file, operands);
    }
    int count = h.size();
    if (!operands.isEmpty()) {
      try {
        count = Integer.parseInt(operands.get(0));
        if (count < 0) {
          count = -count;
        }
      } catch (NumberFormatException e) {
        sh.complain("history", operands.get(0) + ": numeric argument required");
        return 1;
      }
      if (operands.size() > 1) {
        sh.complain("history", "too many arguments");
        return sh.giveUpText(1);
      }
    }
    String format = sh.variables().get("HISTTIMEFORMAT");
    for (int n = Math.max(h.first(), h.next() - count); n < h.next(); n++) {
      String time = format == null ? "" : ShellTime.format(sh, format, h.time(n));
      sh.out().line(number(n) + "  " + time + h.get(n));
    }
    return 0;
  }

  private static String number(int n) {
    String s = String.valueOf(n);
    return " ".repeat(Math.max(0, 5 - s.length())) + s;
  }

  private static int delete(Shell sh, History h, String spec) {
    int dash = spec.indexOf('-', 1);
    Integer from = number(dash > 0 ? spec.substring(0, dash) : spec);
    Integer to = dash > 0 ? number(spec.substring(dash + 1)) : from;
    if (from == null || to == null) {
      sh.complain("history", spec + ": history position out of range");
      return 1;
    }
    for (int n : new int[] {from, to}) {
      int at = n < 0 ? h.next() + n : n;
      if (at < h.first() || at >= h.next()) {
        sh.complain("history", n + ": history position out of range");
        return 1;
      }
    }
    int first = from < 0 ? h.next() + from : from;
    int last = to < 0 ? h.next() + to : to;
    for (int n = last; n >= first; n--) {
      h.remove(n);
    }
    return first > last ? 1 : 0;
  }

  private static Integer number(String s) {
    try {
      return Integer.valueOf(s);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** {@code history -p}: expands each argument and remembers none. */
  private static int expand(Shell sh, History h, List<String> operands) {
    int status = 0;
    sh.historyEntryGone(); // the command itself leaves no trace
    HistoryExpansion expansion = new HistoryExpansion(h, sh::extglob, () -> false);
    for (String a : operands) {
      try {
        sh.out().line(expansion.expand(a).text());
      } catch (HistoryExpansion.Failure e) {
        sh.complain("history", a + ": history expansion failed");
        status = 1;
      }
    }
    return status;
  }

  private static int file(Shell sh, History h, int what, List<String> operands) {
    String file = operands.isEmpty() ? sh.variables().get("HISTFILE") : operands.get(0);
    if (file == null || file.isEmpty()) {
      return what == 'a' && h.fresh == 0 ? 0 : 1;
    }
    if (sh.restricted() && file.indexOf('/') >= 0) {
      sh.complain("history", file + ": restricted");
      return 1;
    }
    switch (what) {
      case 'a' -> {
        if (h.fresh > 0 && !HistoryFile.write(sh, file, Math.max(0, h.size() - h.fresh), true)) {
          return 1;
        }
        h.inFile += h.fresh;
        h.fresh = 0;
      }
      case 'w' -> {
        if (!HistoryFile.write(sh, file, 0, false)) {
          return 1;
        }
        h.inFile = h.size();
      }
      default -> {
        int n = HistoryFile.read(sh, file, what == 'n' ? h.inFile : 0);
        if (n < 0) {
          return 1;
        }
        h.inFile = what == 'n' ? n : h.inFile + n;
      }
    }
    return 0;
  }

  private static int fc(Shell sh, List<String> args) {
    // a number such as -3 is an operand, not an option
    List<String> words = new ArrayList<>(args);
    String editor = null;
    boolean list = false;
    boolean noNumbers = false;
    boolean reverse = false;
    boolean again = false;
    int i = 1;
    while (i < words.size()) {
      String a = words.get(i);
      if (a.length() < 2 || a.charAt(0) != '-' || Character.isDigit(a.charAt(1))) {
        break;
      }
      i++;
      if (a.equals("--")) {
        break;
      }
      if (a.equals("--help")) {
        return HelpTexts.show(sh, "fc");
      }
      for (int k = 1; k < a.length(); k++) {
        switch (a.charAt(k)) {
          case 'l' -> list = true;
          case 'n' -> noNumbers = true;
          case 'r' -> reverse = true;
          case 's' -> again = true;
          case 'e' -> {
            if (k + 1 < a.length()) {
              editor = a.substring(k + 1);
            } else if (i < words.size()) {
              editor = words.get(i++);
            } else {
              sh.complain("fc", "-e: option requires an argument");
              return sh.usage("fc", null, HelpTexts.usage("fc"));
            }
            k = a.length();
          }
          default -> {
            return sh.usage("fc", "-" + a.charAt(k) + ": invalid option", HelpTexts.usage("fc"));
          }
        }
      }
    }
    History h = sh.history();
    List<String> operands = words.subList(i, words.size());
    if (again || "-".equals(editor)) {
      return again(sh, h, operands);
    }
    int last = h.next() - (list ? 0 : 0) - 1;
    if (h.size() == 0) {
      return 0;
    }
    // the fc command itself is the newest entry and does not count
    int newest = sh.recordsHistory() ? Math.max(h.first(), last - 1) : last;
    int from;
    int to;
    if (operands.isEmpty()) {
      from = list ? Math.max(h.first(), newest - 15) : newest;
      to = newest;
    } else {
      from = resolve(h, operands.get(0), newest);
      to = operands.size() > 1 ? resolve(h, operands.get(1), newest) : list ? newest : from;
      if (from < 0 || to < 0) {
        sh.complain("fc", "no command found");
        return 1;
      }
    }
    from = Math.max(h.first(), Math.min(from, newest));
    to = Math.max(h.first(), Math.min(to, newest));
    boolean backwards = reverse || from > to;
    int low = Math.min(from, to);
    int high = Math.max(from, to);
    List<Integer> numbers = new ArrayList<>();
    for (int n = low; n <= high; n++) {
      numbers.add(backwards ? high - (n - low) : n);
    }
    if (list) {
      for (int n : numbers) {
        sh.out().line((noNumbers ? "" : String.valueOf(n)) + "\t " + h.get(n));
      }
      return 0;
    }
    sh.historyEntryGone(); // what is run instead takes its place
    return edit(sh, h, numbers, editor);
  }

  private static int resolve(History h, String spec, int newest) {
    try {
      int n = Integer.parseInt(spec);
      if (n < 0) {
        return Math.max(h.first(), newest + n + 1);
      }
      return n == 0 ? newest : n;
    } catch (NumberFormatException e) {
      for (int n = newest; n >= h.first(); n--) {
        if (h.get(n) != null && h.get(n).startsWith(spec)) {
          return n;
        }
      }
      return -1;
    }
  }

  private static int again(Shell sh, History h, List<String> operands) {
    List<String[]> replacements = new ArrayList<>();
    int i = 0;
    while (i < operands.size() && operands.get(i).indexOf('=') > 0) {
      String s = operands.get(i++);
      int sign = s.indexOf('=');
      replacements.add(new String[] {s.substring(0, sign), s.substring(sign + 1)});
    }
    int newest = sh.recordsHistory() ? h.next() - 2 : h.next() - 1;
    int n = i < operands.size() ? resolve(h, operands.get(i), newest) : newest;
    String command = h.get(n);
    if (command == null) {
      sh.complain("fc", "no command found");
      return 1;
    }
    for (String[] r : replacements) {
      command = command.replace(r[0], r[1]);
    }
    sh.say(command);
    h.replaceLast(command);
    return sh.eval(command);
  }

  /** Lets an editor change entries and runs what comes of them. */
  static int edit(Shell sh, History h, List<Integer> numbers, String editor) {
    String name = editor;
    if (name == null) {
      name = sh.variables().get("FCEDIT");
    }
    if (name == null) {
      name = sh.variables().get("EDITOR");
    }
    if (name == null) {
      name = "ed";
    }
    String file = "/tmp/bash-fc." + sh.ownPid() + "." + Sched.get().realTimeNanos() % 1_000_000;
    StringBuilder text = new StringBuilder();
    for (int n : numbers) {
      text.append(h.get(n)).append('\n');
    }
    try {
      sh.files().writeFile(file, Utf8.encode(text));
      int status = sh.eval(name + " " + file);
      if (status != 0) {
        return status;
      }
      String changed = Utf8.decode(sh.files().readFile(file));
      sh.say(changed.stripTrailing());
      if (sh.interactive() && sh.recordsHistory() && !changed.isBlank()) {
        h.add(changed.stripTrailing(), Sched.get().realTimeNanos() / 1_000_000_000L);
      }
      return sh.eval(changed);
    } catch (VfsException e) {
      sh.complain("fc", e.getMessage());
      return 1;
    } finally {
      try {
        sh.files().unlink(file);
      } catch (VfsException e) {
        // it is gone already
      }
    }
  }
}
