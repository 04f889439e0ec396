package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.ResourceLimits;
import dev.qanat.sched.ResourceLimits.Resource;
import dev.qanat.sched.Sched;
import dev.qanat.shell.interp.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ulimit}: shows and sets what the shell and its children may use. Limits that mean nothing
 * here, such as that of locked memory, are shown as they are and cannot be set to anything else.
 */
final class UlimitBuiltin {
  private static final long UNLIMITED = ResourceLimits.UNLIMITED;

  /** A line of the table: {@code resource} is null for what is not limited here. */
  private record Limit(
      char letter, String name, String unit, int factor, Resource resource, long fixed) {
    Limit(char letter, String name, String unit, int factor, Resource resource) {
      this(letter, name, unit, factor, resource, UNLIMITED);
    }
  }

  private static final Limit[] LIMITS = {
    new Limit('R', "real-time non-blocking time", "microseconds", 1, null),
    new Limit('c', "core file size", "blocks", 1024, Resource.CORE),
    new Limit('d', "data seg size", "kbytes", 1024, null),
    new Limit('e', "scheduling priority", "", 1, null, 0),
    new Limit('f', "file size", "blocks", 1024, Resource.FILE_SIZE),
    new Limit('i', "pending signals", "", 1, null),
    new Limit('l', "max locked memory", "kbytes", 1024, null),
    new Limit('m', "max memory size", "kbytes", 1024, null),
    new Limit('n', "open files", "", 1, Resource.DESCRIPTORS),
    new Limit('p', "pipe size", "512 bytes", 512, null, 8 * 512),
    new Limit('q', "POSIX message queues", "bytes", 1, null),
    new Limit('r', "real-time priority", "", 1, null, 0),
    new Limit('s', "stack size", "kbytes", 1024, null),
    new Limit('t', "cpu time", "seconds", 1, Resource.CPU),
    new Limit('u', "max user processes", "", 1, Resource.PROCESSES),
    new Limit('v', "virtual memory", "kbytes", 1024, null),
    new Limit('x', "file locks", "", 1, null)
  };

  private UlimitBuiltin() {}

  /** What is asked about one resource; {@code value} null to show it. */
  private record Request(char letter, String value) {}

  static int run(Shell sh, List<String> args) {
    boolean soft = false;
    boolean hard = false;
    boolean all = false;
    List<Request> requests = new ArrayList<>();
    int i = 1;
    for (; i < args.size(); i++) {
      String a = args.get(i);
      if (a.equals("--help")) {
        HelpTexts.show(sh, args.get(0));
        return 2;
      }
      if (a.length() < 2 || a.charAt(0) != '-') {
        break;
      }
      if (a.equals("--")) {
        i++;
        break;
      }
      for (int k = 1; k < a.length(); k++) {
        char c = a.charAt(k);
        if (c == 'S') {
          soft = true;
        } else if (c == 'H') {
          hard = true;
        } else if (c == 'a') {
          all = true;
        } else if (limit(c) == null) {
          return sh.usage("ulimit", "-" + c + ": invalid option", HelpTexts.usage("ulimit"));
        } else if (k + 1 < a.length()) {
          requests.add(new Request(c, a.substring(k + 1)));
          break;
        } else if (i + 1 < args.size() && !args.get(i + 1).startsWith("-")) {
          requests.add(new Request(c, args.get(++i)));
          break;
        } else {
          requests.add(new Request(c, null));
        }
      }
    }
    if (all) {
      for (Limit l : LIMITS) {
        show(sh, l, hard && !soft, true);
      }
      return 0;
    }
    String operand = i < args.size() ? args.get(i) : null;
    if (requests.isEmpty()) {
      requests.add(new Request('f', operand));
    } else if (operand != null && requests.get(requests.size() - 1).value == null) {
      requests.set(
          requests.size() - 1, new Request(requests.get(requests.size() - 1).letter, operand));
    }
    for (Request r : requests) {
      Limit l = limit(r.letter);
      if (r.value == null) {
        show(sh, l, hard && !soft, requests.size() > 1);
      } else if (!set(sh, l, r.value, soft || !hard, hard || !soft)) {
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
    return null;
  }

  private static void show(Shell sh, Limit l, boolean hard, boolean described) {
    StringBuilder line = new StringBuilder();
    if (described) {
      String unit = "(" + (l.unit.isEmpty() ? "-" : l.unit + ", -") + l.letter + ")";
      line.append(l.name);
      pad(line, 20);
      pad(line, line.length() + 20 - unit.length());
      line.append(unit).append(' ');
    }
    long value = current(l, hard);
    line.append(value == UNLIMITED ? "unlimited" : String.valueOf(value / factor(sh, l)));
    sh.out().line(line.toString());
  }

  private static void pad(StringBuilder line, int width) {
    while (line.length() < width) {
      line.append(' ');
    }
  }

  /** POSIX counts blocks of 512 bytes. */
  private static int factor(Shell sh, Limit l) {
    return sh.posix() && l.unit.equals("blocks") ? 512 : l.factor;
  }

  private static long current(Limit l, boolean hard) {
    if (l.resource == null) {
      return l.fixed;
    }
    ResourceLimits limits = Sched.get().current().limits();
    long value = hard ? limits.hard(l.resource) : limits.soft(l.resource);
    return l.resource == Resource.PROCESSES ? Math.min(value, Sched.get().maxTasks()) : value;
  }

  private static boolean set(Shell sh, Limit l, String text, boolean soft, boolean hard) {
    long value;
    switch (text) {
      case "unlimited" -> value = UNLIMITED;
      case "hard" -> value = current(l, true);
      case "soft" -> value = current(l, false);
      default -> {
        value = number(sh, text, factor(sh, l));
        if (value < 0) {
          return false;
        }
      }
    }
    if (l.letter == 'p') {
      return refuse(sh, l, "Invalid argument");
    }
    if (l.resource == null) {
      return value == l.fixed || refuse(sh, l, "Operation not supported");
    }
    long oldSoft = current(l, false);
    long oldHard = current(l, true);
    long newSoft = soft ? value : oldSoft;
    long newHard = hard ? value : oldHard;
    // setrlimit(2)
    if (newSoft > newHard) {
      return refuse(sh, l, "Invalid argument");
    }
    if (newHard > oldHard) {
      return refuse(sh, l, "Operation not permitted");
    }
    var task = Sched.get().current();
    task.setLimits(task.limits().with(l.resource, newSoft, newHard));
    return true;
  }

  private static boolean refuse(Shell sh, Limit l, String why) {
    sh.complain("ulimit", l.name + ": cannot modify limit: " + why);
    return false;
  }

  /** Units of {@code factor}; -1 after a message. */
  private static long number(Shell sh, String text, int factor) {
    long n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        boolean zero = text.charAt(0) == '0' && text.length() > 1;
        char second = zero ? text.charAt(1) : ' ';
        String what =
            second >= '0' && second <= '9'
                ? "invalid octal number"
                : second == 'x' ? "invalid hex number" : "invalid number";
        sh.complain("ulimit", text + ": " + what);
        return -1;
      }
      if (n > (UNLIMITED / factor - (c - '0')) / 10) {
        sh.complain("ulimit", text + ": limit out of range");
        return -1;
      }
      n = n * 10 + c - '0';
    }
    return n * factor;
  }
}
