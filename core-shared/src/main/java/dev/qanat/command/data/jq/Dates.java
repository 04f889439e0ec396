package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
import dev.qanat.text.time.Civil;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;

/** jq's times: seconds since 1970 and "broken down" arrays of eight numbers. */
final class Dates {
  private Dates() {}

  static JsonValue gmtime(JsonValue v, Zone zone, String name) {
    if (!(v instanceof JsonNumber n)) {
      throw new JqError(name + "() requires numeric inputs");
    }
    double seconds = n.value();
    double whole = Math.floor(seconds);
    if (!(Math.abs(whole) < 6.7e16)) {
      throw new JqError("error converting number of seconds since epoch to datetime");
    }
    long epoch = (long) whole + zone.offsetAt((long) whole);
    return broken(epoch, seconds - whole);
  }

  private static JsonArray broken(long wall, double fraction) {
    long days = Math.floorDiv(wall, 86400L);
    int rest = (int) Math.floorMod(wall, 86400L);
    Civil c = Civil.at(wall, 0, Zone.UTC);
    long first = Civil.days(c.year(), 1, 1);
    return JsonArray.of(
        JsonNumber.of(c.year()),
        JsonNumber.of(c.month() - 1),
        JsonNumber.of(c.day()),
        JsonNumber.of(rest / 3600),
        JsonNumber.of(rest / 60 % 60),
        JsonNumber.of(rest % 60 + fraction),
        JsonNumber.of(Math.floorMod(days + 4, 7L)),
        JsonNumber.of(days - first));
  }

  static JsonValue mktime(JsonValue v) {
    if (!(v instanceof JsonArray a)) {
      throw new JqError("mktime requires array inputs");
    }
    if (a.size() < 6) {
      throw new JqError("mktime requires parsed datetime inputs");
    }
    for (int i = 0; i < a.size(); i++) {
      if (!(a.at(i) instanceof JsonNumber)) {
        throw new JqError("mktime requires parsed datetime inputs");
      }
    }
    return JsonNumber.of(epoch(a));
  }

  private static long epoch(JsonArray a) {
    long[] f = new long[6];
    for (int i = 0; i < 6; i++) {
      f[i] = i < a.size() ? (long) Math.floor(a.at(i).asDouble()) : 0;
    }
    long months = f[0] * 12 + f[1];
    long days =
        Civil.days(Math.floorDiv(months, 12L), Math.floorMod(months, 12L) + 1, 1) + f[2] - 1;
    return days * 86400 + f[3] * 3600 + f[4] * 60 + f[5];
  }

  static JsonValue strftime(JsonValue v, JsonValue format, Zone zone, String name) {
    boolean number = v instanceof JsonNumber;
    JsonValue t = number ? gmtime(v, zone, name.equals("strftime") ? "gmtime" : "localtime") : v;
    if (!(t instanceof JsonArray a)) {
      throw new JqError(name + "/1 requires parsed datetime inputs");
    }
    for (int i = 0; i < a.size(); i++) {
      if (!(a.at(i) instanceof JsonNumber)) {
        throw new JqError(name + "/1 requires parsed datetime inputs");
      }
    }
    if (!(format instanceof JsonString f)) {
      throw new JqError(name + "/1 requires a string format");
    }
    long wall = epoch(a);
    long epoch = zone == Zone.UTC ? wall : zone.epoch(wall, -1);
    return JsonString.of(TimeFormat.strftime(f.asString(), epoch, zone));
  }

  static JsonValue strptime(JsonValue v, JsonValue format) {
    if (!(v instanceof JsonString s) || !(format instanceof JsonString f)) {
      throw new JqError("strptime/1 requires string inputs and arguments");
    }
    Scan scan = new Scan(s.asString());
    if (!scan.match(f.asString())) {
      throw new JqError(
          "date \"" + s.asString() + "\" does not match format \"" + f.asString() + "\"");
    }
    if (scan.at < scan.text.length()) {
      // jq gives what is left over as a further element
      return scan.result().append(JsonString.of(scan.text.substring(scan.at)));
    }
    return scan.result();
  }

  /** Reads a time by a format, as strptime(3). */
  private static final class Scan {
    private final String text;
    private int at;
    private long year = 1900;
    private int century = -1;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;
    private int weekday = -1;
    private int yearDay = -1;
    private boolean pm;
    private boolean twelve;
    private boolean dateKnown;
    private Long epoch;

    Scan(String text) {
      this.text = text;
    }

    boolean match(String format) {
      for (int i = 0; i < format.length(); i++) {
        char c = format.charAt(i);
        if (c == ' ' || c == '\n' || c == '\t') {
          blanks();
        } else if (c != '%' || i + 1 == format.length()) {
          if (at >= text.length() || text.charAt(at) != c) {
            return false;
          }
          at++;
        } else {
          c = format.charAt(++i);
          while ((c == 'E' || c == 'O' || c == '-' || c == '_' || c == '0')
              && i + 1 < format.length()) {
            c = format.charAt(++i);
          }
          if (!conversion(c)) {
            return false;
          }
        }
      }
      return true;
    }

    private void blanks() {
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
    }

    private int number(int digits, int low, int high) {
      blanks();
      int from = at;
      int v = 0;
      while (at < text.length() && at - from < digits && Character.isDigit(text.charAt(at))) {
        v = v * 10 + text.charAt(at++) - '0';
      }
      return at == from || v < low || v > high ? -1 : v;
    }

    private boolean conversion(char c) {
      int n;
      switch (c) {
        case '%', 'n', 't' -> {
          if (c == '%') {
            return at < text.length() && text.charAt(at++) == '%';
          }
          blanks();
          return true;
        }
        case 'Y' -> {
          blanks();
          boolean minus = at < text.length() && text.charAt(at) == '-';
          at += minus ? 1 : 0;
          n = number(4, 0, 9999);
          year = minus ? -n : n;
          dateKnown = true;
          return n >= 0;
        }
        case 'C' -> {
          n = century = number(2, 0, 99);
          year = n * 100L;
          return n >= 0;
        }
        case 'y' -> {
          n = number(2, 0, 99);
          year = century >= 0 ? century * 100L + n : n < 69 ? 2000 + n : 1900 + n;
          dateKnown = true;
          return n >= 0;
        }
        case 'm' -> {
          n = number(2, 1, 12);
          month = n - 1;
          dateKnown = true;
          return n >= 0;
        }
        case 'd', 'e' -> {
          day = number(2, 1, 31);
          dateKnown = true;
          return day >= 0;
        }
        case 'H', 'k' -> {
          hour = number(2, 0, 23);
          twelve = false;
          return hour >= 0;
        }
        case 'I', 'l' -> {
          n = number(2, 1, 12);
          hour = n % 12;
          twelve = true;
          return n >= 0;
        }
        case 'M' -> {
          minute = number(2, 0, 59);
          return minute >= 0;
        }
        case 'S' -> {
          second = number(2, 0, 61);
          return second >= 0;
        }
        case 'p' -> {
          pm = text.regionMatches(true, at, "PM", 0, 2);
          boolean known = pm || text.regionMatches(true, at, "AM", 0, 2);
          at += 2;
          return known;
        }
        case 'j' -> {
          n = number(3, 1, 366);
          yearDay = n - 1;
          return n >= 0;
        }
        case 'u', 'w' -> {
          n = number(1, 0, 7);
          weekday = n % 7;
          return n >= 0;
        }
        case 'U', 'W', 'V' -> {
          return number(2, 0, 53) >= 0;
        }
        case 'a', 'A' -> {
          weekday = name(7);
          return weekday >= 0;
        }
        case 'b', 'B', 'h' -> {
          month = name(12);
          dateKnown = true;
          return month >= 0;
        }
        case 's' -> {
          blanks();
          int from = at;
          if (at < text.length() && text.charAt(at) == '-') {
            at++;
          }
          while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
          }
          if (at == from || at - from > 17) {
            return false;
          }
          epoch = Long.parseLong(text.substring(from, at));
          return true;
        }
        case 'z' -> {
          return zone();
        }
        case 'Z' -> {
          while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
          }
          return true;
        }
        case 'T' -> {
          return match("%H:%M:%S");
        }
        case 'R' -> {
          return match("%H:%M");
        }
        case 'r' -> {
          return match("%I:%M:%S %p");
        }
        case 'D', 'x' -> {
          return match("%m/%d/%y");
        }
        case 'X' -> {
          return match("%H:%M:%S");
        }
        case 'F' -> {
          return match("%Y-%m-%d");
        }
        case 'c' -> {
          return match("%a %b %e %H:%M:%S %Y");
        }
        default -> {
          return false;
        }
      }
    }

    /** A name of a month or a day, whole or its first three letters. */
    private int name(int count) {
      for (int i = 0; i < count; i++) {
        String full = count == 7 ? TimeFormat.weekday(i) : TimeFormat.month(i + 1);
        if (text.regionMatches(true, at, full, 0, full.length())) {
          at += full.length();
          return i;
        }
      }
      for (int i = 0; i < count; i++) {
        String full = count == 7 ? TimeFormat.weekday(i) : TimeFormat.month(i + 1);
        if (text.regionMatches(true, at, full, 0, 3)) {
          at += 3;
          return i;
        }
      }
      return -1;
    }

    /** The offset is read and, as in glibc, changes nothing else. */
    private boolean zone() {
      blanks();
      if (at < text.length() && text.charAt(at) == 'Z') {
        at++;
        return true;
      }
      if (at >= text.length() || text.charAt(at) != '+' && text.charAt(at) != '-') {
        return false;
      }
      at++;
      int from = at;
      while (at < text.length()
          && at - from < 5
          && (Character.isDigit(text.charAt(at)) || text.charAt(at) == ':' && at - from == 2)) {
        at++;
      }
      return at - from >= 2;
    }

    JsonArray result() {
      if (epoch != null) {
        return broken(epoch, 0);
      }
      int h = twelve && pm ? hour + 12 : hour;
      long first = Civil.days(year, 1, 1);
      if (yearDay >= 0 && day == 0) {
        Civil c = Civil.at((first + yearDay) * 86400, 0, Zone.UTC);
        month = c.month() - 1;
        day = c.day();
      }
      long days = Civil.days(year, month + 1, 1) + day - 1;
      boolean compute = dateKnown && day > 0 || yearDay >= 0;
      return JsonArray.of(
          JsonNumber.of(year),
          JsonNumber.of(month),
          JsonNumber.of(day),
          JsonNumber.of(h),
          JsonNumber.of(minute),
          JsonNumber.of(second),
          JsonNumber.of(compute ? Math.floorMod(days + 4, 7L) : Math.max(0, weekday)),
          JsonNumber.of(compute ? days - first : Math.max(0, yearDay)));
    }
  }
}
