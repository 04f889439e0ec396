package dev.qanat.shell.interp;

import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;

/** strftime(3) in the shell's time zone. */
public final class ShellTime {
  private ShellTime() {}

  public static String format(Shell sh, String format, long epochSeconds) {
    // bash hands TZ to the C library only when it is exported
    String tz = sh.variables().environment().get("TZ");
    return TimeFormat.strftime(format, epochSeconds, tz == null ? Zone.UTC : Zone.of(tz));
  }
}
