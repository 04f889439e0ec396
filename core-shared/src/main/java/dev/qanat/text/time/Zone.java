package dev.qanat.text.time;

/**
 * A time zone as the TZ variable names it: an IANA name, a POSIX rule such as {@code
 * CET-1CEST,M3.5.0,M10.5.0/3}, or nothing for UTC. A named zone follows its present rule for all
 * times, except that the United States' rules of 1987 and 1967 are known.
 */
public final class Zone {
  public static final Zone UTC = new Zone("UTC", 0, null, 0, null, null, false);

  private static String lastName;
  private static Zone last;

  private final String name;
  private final int offset; // seconds east of UTC
  private final String summerName; // null: no summer time
  private final int summerOffset;
  private final Day begin;
  private final Day end;
  private final boolean american;

  /** A day of the year and the wall-clock second at which a change happens. */
  private record Day(int kind, int month, int week, int day, int second) {
    /** Days since 1970 of this rule's day in a year. */
    long in(long year) {
      switch (kind) {
        case 'J' -> {
          boolean afterFebruary = Civil.isLeap(year) && day >= 60;
          return Civil.days(year, 1, 1) + day - 1 + (afterFebruary ? 1 : 0);
        }
        case 'M' -> {
          long first = Civil.days(year, month, 1);
          int weekday = Civil.weekday(first);
          int d = (day - weekday + 7) % 7 + (week - 1) * 7;
          if (d >= Civil.daysIn(year, month)) {
            d -= 7;
          }
          return first + d;
        }
        default -> {
          return Civil.days(year, 1, 1) + day;
        }
      }
    }
  }

  private Zone(
      String name,
      int offset,
      String summerName,
      int summerOffset,
      Day begin,
      Day end,
      boolean american) {
    this.name = name;
    this.offset = offset;
    this.summerName = summerName;
    this.summerOffset = summerOffset;
    this.begin = begin;
    this.end = end;
    this.american = american;
  }

  /** A zone without summer time. */
  public static Zone fixed(String name, int secondsEast) {
    return new Zone(name, secondsEast, null, 0, null, null, false);
  }

  /** The zone a TZ variable names; null and what is not understood give UTC. */
  public static Zone of(String tz) {
    if (tz == null || tz.isEmpty()) {
      return UTC;
    }
    if (tz.equals(lastName)) {
      return last;
    }
    Zone z = find(tz);
    if (z == null) {
      // glibc keeps the letters of a zone it does not know as the name of UTC
      int n = letters(tz, 0);
      z = fixed(n >= 3 ? tz.substring(0, n) : "UTC", 0);
    }
    lastName = tz;
    last = z;
    return z;
  }

  /** As {@link #of}, but null for what is not understood. */
  public static Zone find(String tz) {
    String t = tz.startsWith(":") ? tz.substring(1) : tz;
    String prefix = "/usr/share/zoneinfo/";
    if (t.startsWith(prefix)) {
      t = t.substring(prefix.length());
    }
    String rule = ZoneNames.rule(t);
    if (rule != null) {
      boolean us = rule.endsWith(",M3.2.0,M11.1.0") && !t.startsWith("America/Havana");
      return parse(rule, us);
    }
    return parse(t, false);
  }

  private static int letters(String s, int i) {
    while (i < s.length() && Character.isLetter(s.charAt(i)) && s.charAt(i) < 128) {
      i++;
    }
    return i;
  }

  private static Zone parse(String s, boolean american) {
    int[] at = {0};
    String name = name(s, at);
    if (name == null || at[0] == s.length()) {
      return null;
    }
    Integer west = time(s, at, 24);
    if (west == null) {
      return null;
    }
    if (at[0] == s.length()) {
      return fixed(name, -west);
    }
    String summer = name(s, at);
    if (summer == null) {
      return null;
    }
    int summerWest = west - 3600;
    if (at[0] < s.length() && s.charAt(at[0]) != ',') {
      Integer given = time(s, at, 24);
      if (given == null) {
        return null;
      }
      summerWest = given;
    }
    Day begin = new Day('M', 3, 2, 0, 7200);
    Day end = new Day('M', 11, 1, 0, 7200);
    if (at[0] < s.length()) {
      begin = day(s, at);
      end = begin == null ? null : day(s, at);
      if (end == null || at[0] != s.length()) {
        return null;
      }
    }
    return new Zone(name, -west, summer, -summerWest, begin, end, american);
  }

  private static String name(String s, int[] at) {
    int i = at[0];
    if (i < s.length() && s.charAt(i) == '<') {
      int close = s.indexOf('>', i);
      if (close < 0) {
        return null;
      }
      at[0] = close + 1;
      return s.substring(i + 1, close);
    }
    int e = letters(s, i);
    at[0] = e;
    return e - i < 3 ? null : s.substring(i, e);
  }

  /** {@code [+-]hh[:mm[:ss]]} in seconds. */
  private static Integer time(String s, int[] at, int maxHours) {
    int i = at[0];
    int sign = 1;
    if (i < s.length() && (s.charAt(i) == '-' || s.charAt(i) == '+')) {
      sign = s.charAt(i++) == '-' ? -1 : 1;
    }
    int total = 0;
    int unit = 3600;
    while (true) {
      int start = i;
      int n = 0;
      while (i < s.length() && i - start < 3 && Character.isDigit(s.charAt(i))) {
        n = n * 10 + s.charAt(i++) - '0';
      }
      if (i == start || unit == 3600 && n > maxHours) {
        return null;
      }
      total += n * unit;
      if (unit == 1 || i >= s.length() || s.charAt(i) != ':') {
        break;
      }
      unit /= 60;
      i++;
    }
    at[0] = i;
    return sign * total;
  }

  private static Day day(String s, int[] at) {
    int i = at[0];
    if (i >= s.length() || s.charAt(i) != ',') {
      return null;
    }
    i++;
    char kind = i < s.length() ? s.charAt(i) : 0;
    int[] n = new int[3];
    int count = kind == 'M' ? 3 : 1;
    if (kind == 'M' || kind == 'J') {
      i++;
    } else {
      kind = 'N';
    }
    for (int k = 0; k < count; k++) {
      if (k > 0 && (i >= s.length() || s.charAt(i++) != '.')) {
        return null;
      }
      int start = i;
      while (i < s.length() && i - start < 3 && Character.isDigit(s.charAt(i))) {
        n[k] = n[k] * 10 + s.charAt(i++) - '0';
      }
      if (i == start) {
        return null;
      }
    }
    if (kind == 'M' && (n[0] < 1 || n[0] > 12 || n[1] < 1 || n[1] > 5 || n[2] > 6)) {
      return null;
    }
    int second = 7200;
    at[0] = i;
    if (i < s.length() && s.charAt(i) == '/') {
      at[0] = i + 1;
      Integer t = time(s, at, 167);
      if (t == null) {
        return null;
      }
      second = t;
    }
    return kind == 'M' ? new Day('M', n[0], n[1], n[2], second) : new Day(kind, 0, 0, n[0], second);
  }

  /** Whether summer time holds at a time, in seconds since 1970. */
  public boolean isSummer(long epoch) {
    if (summerName == null) {
      return false;
    }
    long year = Civil.yearOf(Math.floorDiv(epoch + offset, 86400L));
    Day from = begin;
    Day to = end;
    if (american && year < 2007) {
      if (year < 1967) {
        return false;
      }
      from = year < 1987 ? new Day('M', 4, 5, 0, 7200) : new Day('M', 4, 1, 0, 7200);
      to = new Day('M', 10, 5, 0, 7200);
    }
    long starts = from.in(year) * 86400 + from.second - offset;
    long ends = to.in(year) * 86400 + to.second - summerOffset;
    return starts < ends ? epoch >= starts && epoch < ends : epoch >= starts || epoch < ends;
  }

  /** Seconds east of UTC at a time. */
  public int offsetAt(long epoch) {
    return isSummer(epoch) ? summerOffset : offset;
  }

  /** Such as {@code CET}. */
  public String nameAt(long epoch) {
    return isSummer(epoch) ? summerName : name;
  }

  /** The offset of standard time. */
  public int standardOffset() {
    return offset;
  }

  public String standardName() {
    return name;
  }

  /** The name of summer time; null when there is none. */
  public String summerName() {
    return summerName;
  }

  public int summerOffset() {
    return summerOffset;
  }

  /**
   * The time at which clocks here show {@code wall} (seconds as if they showed UTC). Where clocks
   * go back it is the first of the two, unless {@code summer} is 0; in the gap, what mktime says.
   *
   * @param summer 1 or 0 when known, -1 when not
   */
  public long epoch(long wall, int summer) {
    if (summerName == null) {
      return wall - offset;
    }
    long a = wall - summerOffset;
    long b = wall - offset;
    boolean asSummer = isSummer(a);
    boolean asStandard = !isSummer(b);
    if (summer == 0) {
      return asStandard || !asSummer ? b : b;
    }
    if (summer == 1) {
      return a;
    }
    if (asSummer) {
      return a;
    }
    return b;
  }
}
