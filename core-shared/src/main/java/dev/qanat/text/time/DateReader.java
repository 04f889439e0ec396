package dev.qanat.text.time;

/**
 * Reads dates as GNU's {@code date -d} and {@code touch -d} do (the manual's "Date input formats"):
 * calendar dates, times of day, zones, days of the week, relative items, {@code @seconds}, in any
 * order.
 */
public final class DateReader {
  private final String s;
  private int at;
  private Zone zone;

  private long year;
  private int month;
  private int day;
  private int hour;
  private int minute;
  private int second;
  private int nanos;
  private int dates;
  private int times;
  private int days;
  private int zones;
  private int relatives;
  private int zoneOffset; // seconds east
  private int weekday;
  private long weekOrdinal;
  private final long[] relative = new long[7]; // years months days hours minutes seconds nanos
  private boolean epochGiven;
  private long epoch;

  /** Seconds since 1970 and nanoseconds. */
  public record Moment(long epoch, int nanos) {}

  private DateReader(String s, Zone zone) {
    this.s = s;
    this.zone = zone;
  }

  /** The moment the text names, as seen from {@code now}; null when it is not understood. */
  public static Moment read(String text, long now, int nowNanos, Zone zone) {
    String t = text.trim();
    if (t.startsWith("TZ=\"")) {
      int end = t.indexOf('"', 4);
      if (end < 0) {
        return null;
      }
      zone = Zone.of(t.substring(4, end));
      t = t.substring(end + 1);
    }
    DateReader r = new DateReader(t.toLowerCase(), zone);
    return r.parse() ? r.resolve(now, nowNanos) : null;
  }

  private Moment resolve(long now, int nowNanos) {
    if (epochGiven) {
      return new Moment(epoch, nanos);
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
    return new Moment(t, (int) Math.floorMod(n, 1_000_000_000L));
  }

  // --- items

  private boolean parse() {
    while (true) {
      blanks();
      if (at >= s.length()) {
        return true;
      }
      char c = s.charAt(at);
      boolean good;
      if (c == '@') {
        good = epochItem();
      } else if (c >= '0' && c <= '9') {
        good = number();
      } else if (c == '+' || c == '-') {
        good = signed();
      } else if (Character.isLetter(c)) {
        good = word();
      } else if (c == ',') {
        at++;
        good = true;
      } else {
        good = false;
      }
      if (!good) {
        return false;
      }
    }
  }

  private void blanks() {
    while (at < s.length()) {
      char c = s.charAt(at);
      if (c == ' ' || c >= 9 && c <= 13) {
        at++;
      } else if (c == '(') {
        int depth = 0;
        do {
          depth += s.charAt(at) == '(' ? 1 : s.charAt(at) == ')' ? -1 : 0;
          at++;
        } while (depth > 0 && at < s.length());
      } else {
        return;
      }
    }
  }

  private boolean epochItem() {
    at++;
    boolean negative = at < s.length() && s.charAt(at) == '-';
    if (negative || at < s.length() && s.charAt(at) == '+') {
      at++;
    }
    if (dates + times + days + zones > 0 || epochGiven) {
      return false;
    }
    int start = at;
    long v = digits();
    if (at == start) {
      return false;
    }
    nanos = fraction();
    epochGiven = true;
    epoch = negative ? -v : v;
    if (negative && nanos > 0) {
      epoch--;
      nanos = 1_000_000_000 - nanos;
    }
    blanks();
    return at == s.length();
  }

  private long digits() {
    long v = 0;
    while (at < s.length() && Character.isDigit(s.charAt(at))) {
      v = Math.min(1L << 55, v * 10 + s.charAt(at++) - '0');
    }
    return v;
  }

  /** {@code .123} or {@code ,123} as nanoseconds. */
  private int fraction() {
    if (at + 1 < s.length()
        && (s.charAt(at) == '.' || s.charAt(at) == ',')
        && Character.isDigit(s.charAt(at + 1))) {
      at++;
      int v = 0;
      int n = 0;
      while (at < s.length() && Character.isDigit(s.charAt(at))) {
        if (n < 9) {
          v = v * 10 + s.charAt(at) - '0';
          n++;
        }
        at++;
      }
      for (; n < 9; n++) {
        v *= 10;
      }
      return v;
    }
    return 0;
  }

  private char peek(int k) {
    return at + k < s.length() ? s.charAt(at + k) : 0;
  }

  private boolean number() {
    int start = at;
    long v = digits();
    int width = at - start;
    char c = peek(0);
    if (c == ':') {
      return width <= 2 && clock((int) v);
    }
    if (c == '-' && Character.isDigit(peek(1))) {
      int save = at;
      at++;
      int b = at;
      long m = digits();
      if (peek(0) == '-' && Character.isDigit(peek(1)) && at - b <= 2) {
        at++;
        date(years(v, width), (int) m, (int) digits());
        if (peek(0) == 't' && Character.isDigit(peek(1))) {
          at++;
        }
        return true;
      }
      at = save;
    }
    if (c == '-' && Character.isLetter(peek(1))) {
      // 1-Jan-2020
      int save = at;
      at++;
      int m = month(letters());
      if (m > 0 && peek(0) == '-') {
        at++;
        int b = at;
        long y = digits();
        date(years(y, at - b), m, (int) v);
        return at > b;
      }
      at = save;
    }
    if (c == '/' && Character.isDigit(peek(1))) {
      at++;
      long second = digits();
      if (peek(0) == '/' && Character.isDigit(peek(1))) {
        at++;
        int b = at;
        long third = digits();
        if (width >= 4) {
          date(v, (int) second, (int) third);
        } else {
          date(years(third, at - b), (int) v, (int) second);
        }
      } else {
        date(Long.MIN_VALUE, (int) v, (int) second);
      }
      return true;
    }
    int frac = at;
    int ns = fraction();
    boolean hasFraction = at > frac;
    int save = at;
    blanks();
    int wordAt = at;
    String w = letters();
    if (!hasFraction && isMeridian(w)) {
      return meridian((int) v, 0, 0, 0, w);
    }
    if (!hasFraction && (w.equals("a") || w.equals("p")) && peek(0) == '.') {
      at = wordAt;
      return meridianDots((int) v, 0, 0, 0);
    }
    int unit = unit(w);
    if (unit >= 0) {
      return addRelative(unit, v, hasFraction ? ns : 0, hasFraction);
    }
    if (!hasFraction) {
      int m = w.isEmpty() ? 0 : month(w);
      if (m > 0) {
        // 2 Jan [2020]
        int before = at;
        if (peek(0) == '.') {
          at++;
          before = at;
        }
        blanks();
        if (peek(0) == ',') {
          at++;
          blanks();
        }
        int b = at;
        if (peek(0) == '-' && Character.isDigit(peek(1))) {
          at++;
          b = at;
        }
        long y = digits();
        if (at > b && peek(0) != ':' && !unitFollows()) {
          date(years(y, at - b), m, (int) v);
        } else {
          at = before;
          date(Long.MIN_VALUE, m, (int) v);
        }
        return true;
      }
    }
    at = save;
    if (hasFraction) {
      return false;
    }
    return plain(v, width);
  }

  private boolean unitFollows() {
    int save = at;
    blanks();
    String w = letters();
    boolean is = unit(w) >= 0 || isMeridian(w);
    at = save;
    return is;
  }

  /** Digits alone: a date, a time or a year, by what is there already and how many they are. */
  private boolean plain(long v, int width) {
    if (dates > 0 && times == 0 && relatives == 0 && width <= 2) {
      return setTime((int) v, 0, 0, 0);
    }
    if (dates > 0 && !yearGiven && relatives == 0 && (times > 0 || width > 2)) {
      year = years(v, width);
      yearGiven = true;
      return true;
    }
    if (width > 4) {
      // a year may have more than four digits: YYYYMMDD
      date(v / 10000, (int) (v / 100 % 100), (int) (v % 100));
      if (width < 8 && width != 8) {
        year = years(v / 10000, width - 4);
      }
      return true;
    }
    if (width <= 2) {
      return setTime((int) v, 0, 0, 0);
    }
    return setTime((int) (v / 100), (int) (v % 100), 0, 0);
  }

  private boolean yearGiven = true;

  private void date(long y, int m, int d) {
    dates++;
    yearGiven = y != Long.MIN_VALUE;
    year = yearGiven ? y : currentYear();
    month = m;
    day = d;
  }

  private long currentYear() {
    return Civil.at(dev.qanat.sched.Sched.get().realTimeNanos() / 1_000_000_000L, 0, zone).year();
  }

  /** Two digits mean 1969 to 2068. */
  private static long years(long v, int width) {
    return width == 2 ? v + (v < 69 ? 2000 : 1900) : v;
  }

  private boolean setTime(int h, int m, int sec, int ns) {
    times++;
    hour = h;
    minute = m;
    second = sec;
    nanos = ns;
    return true;
  }

  private boolean clock(int h) {
    at++;
    int b = at;
    int m = (int) digits();
    if (at == b || at - b > 2) {
      return false;
    }
    int sec = 0;
    int ns = 0;
    if (peek(0) == ':') {
      at++;
      b = at;
      sec = (int) digits();
      if (at == b || at - b > 2) {
        return false;
      }
      ns = fraction();
    }
    int save = at;
    blanks();
    String w = letters();
    if (isMeridian(w)) {
      return meridian(h, m, sec, ns, w);
    }
    if ((w.equals("a") || w.equals("p")) && peek(0) == '.') {
      at = save;
      blanks();
      return meridianDots(h, m, sec, ns);
    }
    at = save;
    setTime(h, m, sec, ns);
    blanks();
    char c = peek(0);
    if ((c == '+' || c == '-') && Character.isDigit(peek(1))) {
      // a zone stands right behind the time; anything with a unit is relative
      int k = at;
      boolean negative = c == '-';
      at++;
      int d = at;
      long v = digits();
      int width = at - d;
      if (peek(0) == ':') {
        at++;
        long mm = digits();
        return offset(negative, v * 60 + mm);
      }
      if (!unitFollows() && width <= 4) {
        return offset(negative, width <= 2 ? v * 60 : v / 100 * 60 + v % 100);
      }
      at = k;
    } else {
      at = save;
    }
    return true;
  }

  private boolean offset(boolean negative, long minutes) {
    if (minutes > 24 * 60) {
      return false;
    }
    zones++;
    zoneOffset = (int) (negative ? -minutes : minutes) * 60;
    return true;
  }

  private static boolean isMeridian(String w) {
    return w.equals("am") || w.equals("pm");
  }

  private boolean meridianDots(int h, int m, int sec, int ns) {
    String w = s.substring(at, Math.min(s.length(), at + 4));
    if (w.equals("a.m.") || w.equals("p.m.")) {
      at += 4;
      return meridian(h, m, sec, ns, w.charAt(0) + "m");
    }
    return false;
  }

  private boolean meridian(int h, int m, int sec, int ns, String w) {
    if (h < 1 || h > 12) {
      return false;
    }
    return setTime(h % 12 + (w.charAt(0) == 'p' ? 12 : 0), m, sec, ns);
  }

  private String letters() {
    int b = at;
    while (at < s.length() && Character.isLetter(s.charAt(at))) {
      at++;
    }
    return s.substring(b, at);
  }

  private boolean signed() {
    int start = at;
    boolean negative = false;
    while (at < s.length() && (s.charAt(at) == '-' || s.charAt(at) == '+')) {
      negative = s.charAt(at) == '-';
      at++;
      blanks();
    }
    int b = at;
    if (at < s.length() && Character.isLetter(s.charAt(at))) {
      String w = letters();
      int unit = unit(w);
      return unit >= 0 && addRelative(unit, negative ? -1 : 1, 0, false);
    }
    long v = digits();
    if (at == b) {
      return false;
    }
    int width = at - b;
    int f = at;
    int ns = fraction();
    boolean hasFraction = at > f;
    int save = at;
    blanks();
    int unit = unit(letters());
    if (unit >= 0) {
      return addRelative(unit, negative ? -v : v, negative ? -ns : ns, hasFraction);
    }
    at = save;
    if (peek(0) == ':' && times > 0) {
      at++;
      return offset(negative, v * 60 + digits());
    }
    if (times > 0 && zones == 0 && width <= 4) {
      return offset(negative, width <= 2 ? v * 60 : v / 100 * 60 + v % 100);
    }
    return start < 0;
  }

  /** 0 year, 1 month, 2 day, 3 hour, 4 minute, 5 second, 7 week, 8 fortnight; -1 none. */
  private static int unit(String w) {
    String u = w.length() > 3 && w.endsWith("s") ? w.substring(0, w.length() - 1) : w;
    return switch (u) {
      case "year" -> 0;
      case "month" -> 1;
      case "day" -> 2;
      case "hour" -> 3;
      case "minute", "min" -> 4;
      case "second", "sec" -> 5;
      case "week" -> 7;
      case "fortnight" -> 8;
      default -> -1;
    };
  }

  private boolean addRelative(int unit, long v, int ns, boolean hasFraction) {
    if (hasFraction && unit != 5) {
      return false;
    }
    int save = at;
    blanks();
    if (letters().equals("ago")) {
      v = -v;
      ns = -ns;
    } else {
      at = save;
    }
    relatives++;
    switch (unit) {
      case 7 -> relative[2] += 7 * v;
      case 8 -> relative[2] += 14 * v;
      default -> relative[unit] += v;
    }
    relative[6] += ns;
    return true;
  }

  private static final String[] MONTHS = {
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december"
  };
  private static final String[] WEEKDAYS = {
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"
  };
  private static final String[] ORDINALS = {
    "first",
    null,
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth"
  };

  private static int month(String w) {
    if (w.equals("sept")) {
      return 9;
    }
    for (int i = 0; i < 12; i++) {
      if (w.equals(MONTHS[i]) || w.length() == 3 && MONTHS[i].startsWith(w)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static int weekdayOf(String w) {
    if (w.equals("tues") || w.equals("wednes")) {
      return w.equals("tues") ? 2 : 3;
    }
    if (w.equals("thur") || w.equals("thurs")) {
      return 4;
    }
    for (int i = 0; i < 7; i++) {
      if (w.equals(WEEKDAYS[i]) || w.length() == 3 && WEEKDAYS[i].startsWith(w)) {
        return i;
      }
    }
    return -1;
  }

  private boolean word() {
    String w = letters();
    switch (w) {
      case "now", "today" -> {
        relatives++;
        return true;
      }
      case "yesterday" -> {
        relatives++;
        relative[2]--;
        return true;
      }
      case "tomorrow" -> {
        relatives++;
        relative[2]++;
        return true;
      }
      case "next", "last", "this" -> {
        return ordinal(w.equals("next") ? 1 : w.equals("last") ? -1 : 0);
      }
      case "t" -> {
        return Character.isDigit(peek(0)) && dates > 0;
      }
      case "ago" -> {
        for (int i = 0; i < 7; i++) {
          relative[i] = -relative[i];
        }
        return relatives > 0;
      }
      default -> {}
    }
    for (int i = 0; i < ORDINALS.length; i++) {
      if (w.equals(ORDINALS[i])) {
        return ordinal(i + 1);
      }
    }
    int m = month(w);
    if (m > 0) {
      return afterMonth(m);
    }
    int d = weekdayOf(w);
    if (d >= 0) {
      if (peek(0) == '.') {
        at++;
      }
      days++;
      weekday = d;
      weekOrdinal = 0;
      return true;
    }
    int unit = unit(w);
    if (unit >= 0) {
      return addRelative(unit, 1, 0, false);
    }
    return zoneNamed(w);
  }

  private boolean ordinal(long n) {
    blanks();
    String w = letters();
    int d = weekdayOf(w);
    if (d >= 0) {
      days++;
      weekday = d;
      weekOrdinal = n;
      return true;
    }
    int unit = unit(w);
    return unit >= 0 && addRelative(unit, n, 0, false);
  }

  /** {@code Jan 2[, 2020]}, {@code Jan-2-2020}. */
  private boolean afterMonth(int m) {
    if (peek(0) == '.') {
      at++;
    }
    if (peek(0) == '-') {
      at++;
    }
    blanks();
    int b = at;
    long d = digits();
    if (at == b) {
      return false;
    }
    if (at - b == 4 && peek(0) != ':') {
      // "Jan 2020" is no date of a day
      return false;
    }
    int before = at;
    if (peek(0) == '-') {
      at++;
    }
    blanks();
    if (peek(0) == ',') {
      at++;
      blanks();
      before = at;
    }
    int y = at;
    long v = digits();
    if (at > y && at - y >= 2 && peek(0) != ':' && !unitFollows()) {
      date(years(v, at - y), m, (int) d);
    } else {
      at = before;
      date(Long.MIN_VALUE, m, (int) d);
    }
    return true;
  }

  private static final String ZONES =
      " gmt 0 ut 0 utc 0 z 0 wet 0 west 1 bst 1 art -3 brt -3 brst -2 nst -3.5 ndt -2.5 ast -4 adt"
          + " -3 clt -4 clst -3 est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7 akst -9"
          + " akdt -8 hst -10 hast -10 hadt -9 sst -12 wat 1 cet 1 cest 2 met 1 mez 1 mest 2 mesz 2"
          + " eet 2 eest 3 cat 2 sast 2 eat 3 msk 3 msd 4 ist 5.5 sgt 8 kst 9 jst 9 gst 10 nzst 12"
          + " nzdt 13 ";

  private boolean zoneNamed(String w) {
    double hours;
    int k = ZONES.indexOf(" " + w + " ");
    if (w.equals(zone.standardName().toLowerCase())) {
      hours = zone.standardOffset() / 3600.0;
    } else if (zone.summerName() != null && w.equals(zone.summerName().toLowerCase())) {
      hours = zone.summerOffset() / 3600.0;
    } else if (k >= 0) {
      int from = k + w.length() + 2;
      hours = dev.qanat.text.DoubleReader.parse(ZONES.substring(from, ZONES.indexOf(' ', from)));
    } else if (w.length() == 1 && w.charAt(0) != 'j') {
      int c = w.charAt(0);
      hours = c <= 'i' ? c - 'a' + 1 : c <= 'm' ? c - 'a' : -(c - 'n' + 1);
    } else {
      return false;
    }
    zones++;
    zoneOffset = (int) Math.round(hours * 3600);
    int save = at;
    blanks();
    if (letters().equals("dst")) {
      zoneOffset += 3600;
      return true;
    }
    at = save;
    if ((peek(0) == '+' || peek(0) == '-') && Character.isDigit(peek(1))) {
      boolean negative = peek(0) == '-';
      at++;
      int b = at;
      long v = digits();
      int width = at - b;
      if (peek(0) == ':') {
        at++;
        v = v * 60 + digits();
      } else if (unitFollows()) {
        at = save;
        return true;
      } else {
        v = width <= 2 ? v * 60 : v / 100 * 60 + v % 100;
      }
      zoneOffset += (int) (negative ? -v : v) * 60;
    }
    return true;
  }
}
