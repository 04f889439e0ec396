package dev.qanat.text.time;

/**
 * A moment as a calendar and a clock show it in some zone, in the proleptic Gregorian calendar.
 *
 * @param month 1 to 12
 * @param weekday 0 is Sunday
 * @param yearDay 0 is 1 January
 * @param offset seconds east of UTC
 * @param epoch the moment: seconds since 1970-01-01T00:00Z
 */
public record Civil(
    long year,
    int month,
    int day,
    int hour,
    int minute,
    int second,
    int nanos,
    int weekday,
    int yearDay,
    int offset,
    String zone,
    boolean summer,
    long epoch) {

  /** What clocks in the zone show at a moment. */
  public static Civil at(long epoch, int nanos, Zone zone) {
    int offset = zone.offsetAt(epoch);
    long wall = epoch + offset;
    long days = Math.floorDiv(wall, 86400L);
    int rest = (int) (wall - days * 86400);
    long z = days + 719468;
    long era = Math.floorDiv(z, 146097L);
    int doe = (int) (z - era * 146097);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int day = doy - (153 * mp + 2) / 5 + 1;
    int month = mp < 10 ? mp + 3 : mp - 9;
    long year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    return new Civil(
        year,
        month,
        day,
        rest / 3600,
        rest / 60 % 60,
        rest % 60,
        nanos,
        weekday(days),
        (int) (days - days(year, 1, 1)),
        offset,
        zone.nameAt(epoch),
        zone.isSummer(epoch),
        epoch);
  }

  /** Days since 1970-01-01; month and day may lie outside of their ranges. */
  public static long days(long year, long month, long day) {
    long m0 = month - 1;
    long y = year + Math.floorDiv(m0, 12L);
    int m = (int) Math.floorMod(m0, 12L) + 1;
    y -= m <= 2 ? 1 : 0;
    long era = Math.floorDiv(y, 400L);
    int yoe = (int) (y - era * 400);
    int doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468 + day - 1;
  }

  public static long yearOf(long days) {
    return at(days * 86400, 0, Zone.UTC).year;
  }

  /** 0 is Sunday. */
  public static int weekday(long days) {
    return (int) Math.floorMod(days + 4, 7L);
  }

  public static boolean isLeap(long year) {
    return Math.floorMod(year, 4L) == 0
        && (Math.floorMod(year, 100L) != 0 || Math.floorMod(year, 400L) == 0);
  }

  public static int daysIn(long year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }
}
