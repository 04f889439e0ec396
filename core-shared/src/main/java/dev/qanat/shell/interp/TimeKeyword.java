package dev.qanat.shell.interp;

import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.shell.syntax.Pipeline;
import java.util.function.IntSupplier;

/**
 * The reserved word {@code time}. User time is what the shell's task and those it waited for have
 * had of the thread; there is no system time.
 */
final class TimeKeyword {
  private TimeKeyword() {}

  static int run(Shell sh, Pipeline p, IntSupplier body) {
    Task task = Sched.get().current();
    long start = Sched.get().nanoTime();
    long ran = task.cpuNanos() + task.childrenCpuNanos();
    int status = body.getAsInt();
    long millis = (Sched.get().nanoTime() - start) / 1_000_000;
    long user = (task.cpuNanos() + task.childrenCpuNanos() - ran) / 1_000_000;
    String format = sh.variables().get("TIMEFORMAT");
    if (p.timePosix()) {
      format = "real %2R\nuser %2U\nsys %2S";
    } else if (format == null) {
      format = sh.posix() ? "real %2R\nuser %2U\nsys %2S" : "\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS";
    }
    if (!format.isEmpty()) {
      print(sh, format, millis, user);
    }
    return status;
  }

  private static void print(Shell sh, String format, long real, long user) {
    StringBuilder out = new StringBuilder();
    int n = format.length();
    for (int i = 0; i < n; i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == n) {
        out.append(c);
        continue;
      }
      int start = i++;
      int digits = 3;
      boolean minutes = false;
      if (format.charAt(i) == '%') {
        out.append('%');
        continue;
      }
      if (format.charAt(i) == 'P') {
        percent(out, real, user);
        continue;
      }
      if (i < n && format.charAt(i) >= '0' && format.charAt(i) <= '9') {
        digits = Math.min(3, format.charAt(i++) - '0');
      }
      if (i < n && format.charAt(i) == 'l') {
        minutes = true;
        i++;
      }
      char what = i < n ? format.charAt(i) : ' ';
      if (what != 'R' && what != 'U' && what != 'S') {
        sh.error("TIMEFORMAT: `" + what + "': invalid format character");
        return;
      }
      time(out, what == 'R' ? real : what == 'U' ? user : 0, digits, minutes);
      if (start > i) {
        return;
      }
    }
    sh.say(out.toString());
  }

  /** The share of the real time, with two digits. */
  private static void percent(StringBuilder out, long real, long user) {
    long share = real == 0 ? 0 : user * 10_000 / real;
    out.append(share / 100).append('.').append(String.valueOf(100 + share % 100).substring(1));
  }

  private static void time(StringBuilder out, long millis, int digits, boolean minutes) {
    long seconds = millis / 1000;
    if (minutes) {
      out.append(seconds / 60).append('m');
      seconds %= 60;
    }
    out.append(seconds);
    if (digits > 0) {
      String fraction = String.valueOf(1000 + millis % 1000).substring(1, 1 + digits);
      out.append('.').append(fraction);
    }
    if (minutes) {
      out.append('s');
    }
  }
}
