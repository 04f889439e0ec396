package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.LongDouble;
import dev.qanat.text.Quoting;

/** sleep: waits. */
public final class Sleep implements Command {
  private static final Options OPTIONS =
      Options.of("sleep")
          .usage("NUMBER[SUFFIX]...\nOPTION")
          .about(
              "Pause for NUMBER seconds.  SUFFIX may be 's' for seconds (the default),\n"
                  + "'m' for minutes, 'h' for hours or 'd' for days.  NUMBER need not be an\n"
                  + "integer.  Given two or more arguments, pause for the amount of time\n"
                  + "specified by the sum of their values.");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    double sum = 0;
    boolean wrong = false;
    for (String s : p.operands()) {
      double d = seconds(s);
      if (Double.isNaN(d)) {
        in.error("invalid time interval " + Quoting.locale(s));
        wrong = true;
      }
      sum += d;
    }
    if (wrong) {
      throw OPTIONS.hint(in);
    }
    in.stdout().flush();
    double millis = Math.ceil(sum * 1000);
    while (millis > 0) {
      // a timer's longest wait is below 2^31 milliseconds
      long part = (long) Math.min(millis, 2_000_000_000d);
      Sched.get().sleep(part);
      millis -= part;
    }
    return 0;
  }

  /** A number with {@code s m h d}, in seconds; NaN when it is none. */
  public static double seconds(String s) {
    LongDouble.Parsed n = LongDouble.parse(s, 0);
    if (n.end() == 0 || n.value().isNaN()) {
      return Double.NaN;
    }
    double v = n.value().doubleValue();
    String rest = s.substring(n.end());
    double factor =
        switch (rest) {
          case "", "s" -> 1;
          case "m" -> 60;
          case "h" -> 3600;
          case "d" -> 86400;
          default -> Double.NaN;
        };
    return v < 0 ? Double.NaN : v * factor;
  }
}
