package dev.qanat.text.time;

import dev.qanat.sched.Sched;

/** What a date's text has named so far, how often each kind of it, and the moment it all means. */
final class DateItems {
  private final Zone zone; // when none is named

  long year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  int nanos;
  int dates;
  int times;
  int days;
  int zones;
  int relatives;
  int zoneOffset; // seconds east
  int weekday;
  long weekOrdinal;
  final long[] relative = new long[7]; // years months days hours minutes seconds nanos
  boolean yearGiven = true;
  boolean epochGiven;
  long epoch;

  DateItems(Zone zone) {
    this.zone = zone;
  }

  /**
   * @param y Long.MIN_VALUE for this year
   */
  void date(long y, int m, int d) {
    dates++;
    yearGiven = y != Long.MIN_VALUE;
    year = yearGiven ? y : currentYear();
    month = m;
    day = d;
  }

  private long currentYear() {
    return Civil.at(Sched.get().realTimeNanos() / 1_000_000_000L, 0, zone).year();
  }

  boolean setTime(int h, int m, int sec, int ns) {
    times++;
    hour = h;
    minute = m;
    second = sec;
    nanos = ns;
    return true;
  }

  /** The moment they name together, seen from another; null when they contradict each other. */
  DateReader.Moment moment(long now, int nowNanos) {
    if (epochGiven) {
      return new DateReader.Moment(epoch, nanos);
    }
    if (dates > 1 || times > 1 || days > 1 || zones > 1) {
      return null;
    }
    Zone z = zones > 0 ? Zone.fixed("", zoneOffset) : zone;
    Civil c = Civil.at(now, nowNanos, z);
    if (dates == 0) {
      year = c.year();
      month = c.month();
      day = c.day();
    }
    int ns = nanos;
    if (times == 0) {
      if (dates > 0 || days > 0 || relatives == 0) {
        hour = minute = second = 0;
        ns = 0;
      } else {
        hour = c.hour();
        minute = c.minute();
        second = c.second();
        ns = nowNanos;
      }
    }
    if (dates > 0 && (month < 1 || month > 12 || day < 1 || day > Civil.daysIn(year, month))) {
      return null;
    }
    if (hour > 24 || hour == 24 && (minute > 0 || second > 0) || minute > 59 || second > 59) {
      return null;
    }
    long dayNumber = Civil.days(year, month, day);
    if (days > 0 && dates == 0) {
      int today = Civil.weekday(dayNumber);
      long k =
          (weekday - today + 7) % 7
              + 7 * (weekOrdinal - (weekOrdinal > 0 && weekday != today ? 1 : 0));
      dayNumber += k;
      Civil d = Civil.at(dayNumber * 86400, 0, Zone.UTC);
      year = d.year();
      month = d.month();
      day = d.day();
    }
    if (relative[0] != 0 || relative[1] != 0 || relative[2] != 0) {
      dayNumber = Civil.days(year + relative[0], month + relative[1], day) + relative[2];
    }
    long wall = dayNumber * 86400 + hour * 3600L + minute * 60L + second;
    int summer = -1;
    if (times == 0
        && dates == 0
        && days == 0
        && relative[0] == 0
        && relative[1] == 0
        && relative[2] == 0) {
      summer = c.summer() ? 1 : 0;
    }
    long t = z.epoch(wall, summer);
    if (days > 0 && dates > 0 && Civil.weekday(Math.floorDiv(wall, 86400L)) != weekday) {
      // a weekday beside a date is taken for decoration
      summer = -1;
    }
    t += relative[3] * 3600 + relative[4] * 60 + relative[5];
    long n = ns + relative[6];
    t += Math.floorDiv(n, 1_000_000_000L);
    return new DateReader.Moment(t, (int) Math.floorMod(n, 1_000_000_000L));
  }
}
