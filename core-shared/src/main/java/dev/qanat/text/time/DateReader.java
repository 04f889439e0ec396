package dev.qanat.text.time;

/**
 * Reads dates as GNU's {@code date -d} and {@code touch -d} do (the manual's "Date input formats"):
 * calendar dates, times of day, zones, days of the week, relative items, {@code @seconds}, in any
 * order.
 */
public final class DateReader {
  private final String s;
  private int at;
  private final Zone zone;
  private final DateItems items;

  /** Seconds since 1970 and nanoseconds. */
  public record Moment(long epoch, int nanos) {}

  private DateReader(String s, Zone zone) {
    this.s = s;
    this.zone = zone;
    items = new DateItems(zone);
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
    return r.parse() ? r.items.moment(now, nowNanos) : null;
  }

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
    if (items.dates + items.times + items.days + items.zones > 0 || items.epochGiven) {
      return false;
    }
    int start = at;
    long v = digits();
    if (at == start) {
      return false;
    }
    items.nanos = fraction();
    items.epochGiven = true;
    items.epoch = negative ? -v : v;
    if (negative && items.nanos > 0) {
      items.epoch--;
      items.nanos = 1_000_000_000 - items.nanos;
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
        items.date(years(v, width), (int) m, (int) digits());
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
      int m = DateWords.month(letters());
      if (m > 0 && peek(0) == '-') {
        at++;
        int b = at;
        long y = digits();
        items.date(years(y, at - b), m, (int) v);
        return at > b;
      }
      at = save;
    }
    if (c == '/' && Character.isDigit(peek(1))) {
      at++;
      long n = digits();
      if (peek(0) == '/' && Character.isDigit(peek(1))) {
        at++;
        int b = at;
        long third = digits();
        if (width >= 4) {
          items.date(v, (int) n, (int) third);
        } else {
          items.date(years(third, at - b), (int) v, (int) n);
        }
      } else {
        items.date(Long.MIN_VALUE, (int) v, (int) n);
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
    if (!hasFraction && DateWords.isMeridian(w)) {
      return meridian((int) v, 0, 0, 0, w);
    }
    if (!hasFraction && (w.equals("a") || w.equals("p")) && peek(0) == '.') {
      at = wordAt;
      return meridianDots((int) v, 0, 0, 0);
    }
    int unit = DateWords.unit(w);
    if (unit >= 0) {
      return addRelative(unit, v, hasFraction ? ns : 0, hasFraction);
    }
    if (!hasFraction) {
      int m = w.isEmpty() ? 0 : DateWords.month(w);
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
          items.date(years(y, at - b), m, (int) v);
        } else {
          at = before;
          items.date(Long.MIN_VALUE, m, (int) v);
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
    boolean is = DateWords.unit(w) >= 0 || DateWords.isMeridian(w);
    at = save;
    return is;
  }

  /** Digits alone: a date, a time or a year, by what is there already and how many they are. */
  private boolean plain(long v, int width) {
    if (items.dates > 0 && items.times == 0 && items.relatives == 0 && width <= 2) {
      return items.setTime((int) v, 0, 0, 0);
    }
    if (items.dates > 0
        && !items.yearGiven
        && items.relatives == 0
        && (items.times > 0 || width > 2)) {
      items.year = years(v, width);
      items.yearGiven = true;
      return true;
    }
    if (width > 4) {
      // a year may have more than four digits: YYYYMMDD
      items.date(v / 10000, (int) (v / 100 % 100), (int) (v % 100));
      if (width < 8 && width != 8) {
        items.year = years(v / 10000, width - 4);
      }
      return true;
    }
    if (width <= 2) {
      return items.setTime((int) v, 0, 0, 0);
    }
    return items.setTime((int) (v / 100), (int) (v % 100), 0, 0);
  }

  /** Two digits mean 1969 to 2068. */
  private static long years(long v, int width) {
    return width == 2 ? v + (v < 69 ? 2000 : 1900) : v;
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
    if (DateWords.isMeridian(w)) {
      return meridian(h, m, sec, ns, w);
    }
    if ((w.equals("a") || w.equals("p")) && peek(0) == '.') {
      at = save;
      blanks();
      return meridianDots(h, m, sec, ns);
    }
    at = save;
    items.setTime(h, m, sec, ns);
    blanks();
    char sign = peek(0);
    if (sign == '+' || sign == '-') {
      at++;
      blanks();
      int d = at;
      long v = digits();
      int width = at - d;
      if (peek(0) == ':') {
        at++;
        return offset(sign == '-', v * 60 + digits());
      }
      if (width > 0 && !(peek(0) == '.' && Character.isDigit(peek(1)))) {
        // a zone, even when a unit follows: that counts as one then, as in "12:00 +3 hours"
        return offset(sign == '-', width <= 2 ? v * 60 : v / 100 * 60 + v % 100);
      }
    }
    at = save;
    return true;
  }

  private boolean offset(boolean negative, long minutes) {
    if (minutes > 24 * 60) {
      return false;
    }
    items.zones++;
    items.zoneOffset = (int) (negative ? -minutes : minutes) * 60;
    return true;
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
    return items.setTime(h % 12 + (w.charAt(0) == 'p' ? 12 : 0), m, sec, ns);
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
      int unit = DateWords.unit(w);
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
    int unit = DateWords.unit(letters());
    if (unit >= 0) {
      return addRelative(unit, negative ? -v : v, negative ? -ns : ns, hasFraction);
    }
    at = save;
    if (peek(0) == ':' && items.times > 0) {
      at++;
      return offset(negative, v * 60 + digits());
    }
    if (items.times > 0 && items.zones == 0 && width <= 4) {
      return offset(negative, width <= 2 ? v * 60 : v / 100 * 60 + v % 100);
    }
    return start < 0;
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
    items.relatives++;
    switch (unit) {
      case 7 -> items.relative[2] += 7 * v;
      case 8 -> items.relative[2] += 14 * v;
      default -> items.relative[unit] += v;
    }
    items.relative[6] += ns;
    return true;
  }

  private boolean word() {
    String w = letters();
    switch (w) {
      case "now", "today" -> {
        items.relatives++;
        return true;
      }
      case "yesterday" -> {
        items.relatives++;
        items.relative[2]--;
        return true;
      }
      case "tomorrow" -> {
        items.relatives++;
        items.relative[2]++;
        return true;
      }
      case "next", "last", "this" -> {
        return ordinal(w.equals("next") ? 1 : w.equals("last") ? -1 : 0);
      }
      case "t" -> {
        return Character.isDigit(peek(0)) && items.dates > 0;
      }
      case "ago" -> {
        for (int i = 0; i < 7; i++) {
          items.relative[i] = -items.relative[i];
        }
        return items.relatives > 0;
      }
      default -> {}
    }
    int n = DateWords.ordinal(w);
    if (n > 0) {
      return ordinal(n);
    }
    int m = DateWords.month(w);
    if (m > 0) {
      return afterMonth(m);
    }
    int d = DateWords.weekday(w);
    if (d >= 0) {
      if (peek(0) == '.') {
        at++;
      }
      items.days++;
      items.weekday = d;
      items.weekOrdinal = 0;
      return true;
    }
    int unit = DateWords.unit(w);
    if (unit >= 0) {
      return addRelative(unit, 1, 0, false);
    }
    return zoneNamed(w);
  }

  private boolean ordinal(long n) {
    blanks();
    String w = letters();
    int d = DateWords.weekday(w);
    if (d >= 0) {
      items.days++;
      items.weekday = d;
      items.weekOrdinal = n;
      return true;
    }
    int unit = DateWords.unit(w);
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
      items.date(years(v, at - y), m, (int) d);
    } else {
      at = before;
      items.date(Long.MIN_VALUE, m, (int) d);
    }
    return true;
  }

  private boolean zoneNamed(String w) {
    double hours = DateWords.zone(w);
    if (w.equals(zone.standardName().toLowerCase())) {
      hours = zone.standardOffset() / 3600.0;
    } else if (zone.summerName() != null && w.equals(zone.summerName().toLowerCase())) {
      hours = zone.summerOffset() / 3600.0;
    } else if (Double.isNaN(hours)) {
      return false;
    }
    items.zones++;
    items.zoneOffset = (int) Math.round(hours * 3600);
    int save = at;
    blanks();
    if (letters().equals("dst")) {
      items.zoneOffset += 3600;
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
      items.zoneOffset += (int) (negative ? -v : v) * 60;
    }
    return true;
  }
}
