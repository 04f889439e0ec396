package dev.qanat.command.system;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.text.time.Civil;
import dev.qanat.text.time.DateReader;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** date: the time in any form. */
public final class Date implements Command {
  private static final Options OPTIONS =
      Options.of("date")
          .usage("[OPTION]... [+FORMAT]\n[-u|--utc|--universal] [MMDDhhmm[[CC]YY][.ss]]")
          .about(
              "Display date and time in the given FORMAT.\nWith -s, or with [MMDDhhmm[[CC]YY][.ss]], set the date and time.")
          .value('d', "date", "STRING", "display time described by STRING, not 'now'")
          .flag((char) 0, "debug", "not available")
          .value('f', "file", "DATEFILE", "like --date; once for each line of DATEFILE")
          .optional(
              'I',
              "iso-8601",
              "FMT",
              "output date/time in ISO 8601 format.\nFMT='date' for date only (the default),\n'hours', 'minutes', 'seconds', or 'ns'")
          .flag('R', "rfc-email", "output date and time in RFC 5322 format")
          .value(
              (char) 0,
              "rfc-3339",
              "FMT",
              "output date/time in RFC 3339 format.\nFMT='date', 'seconds', or 'ns'")
          .alias("rfc-2822", "rfc-email")
          .alias("rfc-822", "rfc-email")
          .value('r', "reference", "FILE", "display the last modification time of FILE")
          .value('s', "set", "STRING", "set time described by STRING")
          .flag('u', "utc", "print or set Coordinated Universal Time (UTC)")
          .alias("uct", "utc")
          .alias("universal", "utc");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.has("debug")) {
      throw in.fail(1, "--debug is not available");
    }
    Zone zone = p.has("utc") ? Zone.UTC : Zone.of(in.env("TZ"));
    String format = null;
    int formats = 0;
    for (Options.Given g : p.options()) {
      String f =
          switch (g.id()) {
            case "iso-8601" -> {
              String w =
                  g.value() == null
                      ? "date"
                      : Choice.of(
                          in,
                          OPTIONS,
                          "--iso-8601",
                          g.value(),
                          "hours",
                          "minutes",
                          "date",
                          "seconds",
                          "ns");
              yield switch (w) {
                case "date" -> "%Y-%m-%d";
                case "hours" -> "%Y-%m-%dT%H%:z";
                case "minutes" -> "%Y-%m-%dT%H:%M%:z";
                case "seconds" -> "%Y-%m-%dT%H:%M:%S%:z";
                default -> "%Y-%m-%dT%H:%M:%S,%N%:z";
              };
            }
            case "rfc-3339" -> {
              String w = Choice.of(in, OPTIONS, "--rfc-3339", g.value(), "date", "seconds", "ns");
              yield w.equals("date")
                  ? "%Y-%m-%d"
                  : w.equals("seconds") ? "%Y-%m-%d %H:%M:%S%:z" : "%Y-%m-%d %H:%M:%S.%N%:z";
            }
            case "rfc-email" -> "%a, %d %b %Y %H:%M:%S %z";
            default -> null;
          };
      if (f != null) {
        format = f;
        formats++;
      }
    }
    if (formats > 1) {
      throw in.fail(1, "multiple output formats specified");
    }
    int sources = (p.has("date") ? 1 : 0) + (p.has("file") ? 1 : 0) + (p.has("reference") ? 1 : 0);
    if (sources > 1) {
      throw OPTIONS.usageError(
          in, "the options to specify dates for printing are mutually exclusive");
    }
    if (p.has("set") && sources > 0) {
      throw OPTIONS.usageError(
          in, "the options to print and set the time may not be used together");
    }
    List<String> ops = p.operands();
    if (ops.size() > 1) {
      throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(ops.get(1)));
    }
    String set = p.value("set");
    if (ops.size() == 1) {
      if (ops.get(0).startsWith("+")) {
        if (format != null) {
          throw in.fail(1, "multiple output formats specified");
        }
        format = ops.get(0).substring(1);
      } else if (set != null || sources > 0) {
        in.error(
            "the argument "
                + Quoting.locale(ops.get(0))
                + " lacks a leading '+';\nwhen using an option to specify date(s), any non-option\nargument must be a format string beginning with '+'");
        throw OPTIONS.hint(in);
      } else {
        DateReader.Moment m = posix(ops.get(0), zone, true);
        if (m == null) {
          throw in.fail(1, "invalid date " + Quoting.locale(ops.get(0)));
        }
        in.error("cannot set date: Operation not permitted");
        print(in, format, m, zone);
        return 1;
      }
    }
    long real = Sched.get().realTimeNanos();
    long now = Math.floorDiv(real, 1_000_000_000L);
    int nanos = (int) Math.floorMod(real, 1_000_000_000L);
    if (set != null) {
      DateReader.Moment m = DateReader.read(set, now, nanos, zone);
      if (m == null) {
        throw in.fail(1, "invalid date " + Quoting.locale(set));
      }
      in.error("cannot set date: Operation not permitted");
      print(in, format, m, zone);
      return 1;
    }
    if (p.has("file")) {
      return file(in, p.value("file"), format, now, nanos, zone);
    }
    DateReader.Moment m = new DateReader.Moment(now, nanos);
    if (p.has("date")) {
      m = DateReader.read(p.value("date"), now, nanos, zone);
      if (m == null) {
        throw in.fail(1, "invalid date " + Quoting.locale(p.value("date")));
      }
    } else if (p.has("reference")) {
      try {
        long t = in.files().stat(p.value("reference")).mtime();
        m =
            new DateReader.Moment(
                Math.floorDiv(t, 1_000_000_000L), (int) Math.floorMod(t, 1_000_000_000L));
      } catch (VfsException e) {
        in.error(Quoting.ifNeededOrColon(p.value("reference")) + ": " + e.reason());
        return 1;
      }
    }
    print(in, format, m, zone);
    return 0;
  }

  private static void print(Invocation in, String format, DateReader.Moment m, Zone zone) {
    String f = format == null ? "%a %b %e %H:%M:%S %Z %Y" : format;
    in.stdout().line(TimeFormat.gnu(f, m.epoch(), m.nanos(), zone));
  }

  private static int file(
      Invocation in, String name, String format, long now, int nanos, Zone zone) {
    Input file;
    try {
      file = name.equals("-") ? in.stdin() : new Input(in.files().open(name), true);
    } catch (VfsException e) {
      in.error(Quoting.ifNeededOrColon(name) + ": " + e.reason());
      return 1;
    }
    int status = 0;
    try {
      while (file.nextLine()) {
        String line = Utf8.decode(file.data, file.start, file.end - file.start);
        DateReader.Moment m = DateReader.read(line, now, nanos, zone);
        if (m == null) {
          in.error("invalid date " + Quoting.locale(line));
          status = 1;
        } else {
          print(in, format, m, zone);
        }
      }
    } finally {
      file.close();
    }
    return status;
  }

  /**
   * {@code MMDDhhmm[[CC]YY][.ss]}, or with the year first as touch has it; null when it is not
   * that.
   */
  public static DateReader.Moment posix(String s, Zone zone, boolean yearLast) {
    int dot = s.indexOf('.');
    String d = dot < 0 ? s : s.substring(0, dot);
    int seconds = 0;
    if (dot >= 0) {
      String sec = s.substring(dot + 1);
      if (sec.length() != 2 || !allDigits(sec)) {
        return null;
      }
      seconds = Integer.parseInt(sec);
    }
    if (!allDigits(d) || d.length() != 8 && d.length() != 10 && d.length() != 12) {
      return null;
    }
    String y = yearLast ? d.substring(8) : d.substring(0, d.length() - 8);
    String rest = yearLast ? d.substring(0, 8) : d.substring(d.length() - 8);
    long year;
    if (y.isEmpty()) {
      year = Civil.at(Sched.get().realTimeNanos() / 1_000_000_000L, 0, zone).year();
    } else {
      year = Long.parseLong(y);
      if (y.length() == 2) {
        year += year < 69 ? 2000 : 1900;
      }
    }
    int month = Integer.parseInt(rest.substring(0, 2));
    int day = Integer.parseInt(rest.substring(2, 4));
    int hour = Integer.parseInt(rest.substring(4, 6));
    int minute = Integer.parseInt(rest.substring(6, 8));
    if (month < 1
        || month > 12
        || day < 1
        || day > Civil.daysIn(year, month)
        || hour > 23
        || minute > 59
        || seconds > 60) {
      return null;
    }
    long wall = Civil.days(year, month, day) * 86400 + hour * 3600L + minute * 60L + seconds;
    return new DateReader.Moment(zone.epoch(wall, -1), 0);
  }

  private static boolean allDigits(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (!Character.isDigit(s.charAt(i))) {
        return false;
      }
    }
    return !s.isEmpty();
  }
}
