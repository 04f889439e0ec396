package dev.qanat.text.time;

/**
 * strftime(3) in the C locale. GNU's extensions of its date, ls, stat and find ({@code %N}, {@code
 * %:z}) are understood when asked for; bash's printf and awk go without them.
 */
public final class TimeFormat {
  private static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private TimeFormat() {}

  /** The English name of a month, 1 to 12. */
  public static String month(int month) {
    return MONTHS[month - 1];
  }

  /** The English name of a day of the week, 0 being Sunday. */
  public static String weekday(int day) {
    return DAYS[day];
  }

  /** As libc's strftime. */
  public static String strftime(String format, long epoch, Zone zone) {
    return format(format, Civil.at(epoch, 0, zone), false);
  }

  /** As GNU's nstrftime. */
  public static String gnu(String format, long epoch, int nanos, Zone zone) {
    return format(format, Civil.at(epoch, nanos, zone), true);
  }

  /** {@code gnu}: with {@code %N} and colons in {@code %::z}. */
  public static String format(String format, Civil t, boolean gnu) {
    StringBuilder out = new StringBuilder();
    int n = format.length();
    for (int i = 0; i < n; i++) {
      char c = format.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int start = i++;
      char pad = 0;
      boolean upper = false;
      boolean swap = false;
      boolean plus = false;
      flags:
      for (; i < n; i++) {
        switch (format.charAt(i)) {
          case '_', '-', '0' -> pad = format.charAt(i);
          case '+' -> {
            if (!gnu) {
              break flags;
            }
            pad = '0';
            plus = true;
          }
          case '^' -> upper = true;
          case '#' -> swap = true;
          default -> {
            break flags;
          }
        }
      }
      int width = -1;
      while (i < n && Character.isDigit(format.charAt(i))) {
        width = Math.min(Math.max(width, 0) * 10 + format.charAt(i++) - '0', 100_000);
      }
      int colons = 0;
      if (gnu) {
        while (i < n && format.charAt(i) == ':') {
          colons++;
          i++;
        }
      }
      if (i < n && (format.charAt(i) == 'E' || format.charAt(i) == 'O') && i + 1 < n) {
        i++;
      }
      if (i >= n) {
        out.append(format, start, n);
        break;
      }
      if (!conversion(out, format.charAt(i), t, pad, width, upper, swap, plus, colons, gnu)) {
        out.append(format, start, i + 1);
      }
    }
    return out.toString();
  }

  private static boolean conversion(
      StringBuilder out,
      char c,
      Civil t,
      char pad,
      int width,
      boolean upper,
      boolean swap,
      boolean plus,
      int colons,
      boolean gnu) {
    if (colons > 0 && c != 'z') {
      return false;
    }
    switch (c) {
      case 'a' -> text(out, DAYS[t.weekday()].substring(0, 3), pad, width, upper || swap, false);
      case 'A' -> text(out, DAYS[t.weekday()], pad, width, upper || swap, false);
      case 'b', 'h' ->
          text(out, MONTHS[t.month() - 1].substring(0, 3), pad, width, upper || swap, false);
      case 'B' -> text(out, MONTHS[t.month() - 1], pad, width, upper || swap, false);
      case 'c' -> text(out, format("%a %b %e %H:%M:%S %Y", t, gnu), pad, width, upper, false);
      case 'C' -> year(out, Math.floorDiv(t.year(), 100L), 2, pad, width, plus, 99);
      case 'd' -> number(out, t.day(), 2, '0', pad, width);
      case 'D', 'x' -> text(out, format("%m/%d/%y", t, gnu), pad, width, upper, false);
      case 'e' -> number(out, t.day(), 2, '_', pad, width);
      case 'F' -> {
        if (width < 0 && pad == 0) {
          text(out, format("%Y-%m-%d", t, gnu), pad, width, upper, false);
        } else {
          String rest = format("-%m-%d", t, gnu);
          year(out, t.year(), 4, pad, Math.max(width - 6, 0), plus, 9999);
          out.append(rest);
        }
      }
      case 'g' -> number(out, Math.floorMod(isoYear(t), 100L), 2, '0', pad, width);
      case 'G' -> year(out, isoYear(t), 4, pad, width, plus, 9999);
      case 'H' -> number(out, t.hour(), 2, '0', pad, width);
      case 'I' -> number(out, (t.hour() + 11) % 12 + 1, 2, '0', pad, width);
      case 'j' -> number(out, t.yearDay() + 1, 3, '0', pad, width);
      case 'k' -> number(out, t.hour(), 2, '_', pad, width);
      case 'l' -> number(out, (t.hour() + 11) % 12 + 1, 2, '_', pad, width);
      case 'm' -> number(out, t.month(), 2, '0', pad, width);
      case 'M' -> number(out, t.minute(), 2, '0', pad, width);
      case 'n' -> text(out, "\n", pad, width, false, false);
      case 'N' -> {
        if (!gnu) {
          return false;
        }
        nanos(out, t.nanos(), pad, width);
      }
      case 'p' -> text(out, t.hour() < 12 ? "AM" : "PM", pad, width, upper, swap);
      case 'P' -> text(out, t.hour() < 12 ? "am" : "pm", pad, width, upper, false);
      case 'q' -> {
        if (!gnu) {
          return false;
        }
        number(out, (t.month() - 1) / 3 + 1, 1, '0', pad, width);
      }
      case 'r' -> text(out, format("%I:%M:%S %p", t, gnu), pad, width, upper, false);
      case 'R' -> text(out, format("%H:%M", t, gnu), pad, width, upper, false);
      case 's' -> number(out, t.epoch(), 1, '0', pad, width);
      case 'S' -> number(out, t.second(), 2, '0', pad, width);
      case 't' -> text(out, "\t", pad, width, false, false);
      case 'T', 'X' -> text(out, format("%H:%M:%S", t, gnu), pad, width, upper, false);
      case 'u' -> number(out, t.weekday() == 0 ? 7 : t.weekday(), 1, '0', pad, width);
      case 'U' -> number(out, (t.yearDay() + 7 - t.weekday()) / 7, 2, '0', pad, width);
      case 'V' -> number(out, isoWeek(t), 2, '0', pad, width);
      case 'w' -> number(out, t.weekday(), 1, '0', pad, width);
      case 'W' -> number(out, (t.yearDay() + 7 - (t.weekday() + 6) % 7) / 7, 2, '0', pad, width);
      case 'y' -> number(out, Math.floorMod(t.year(), 100L), 2, '0', pad, width);
      case 'Y' -> year(out, t.year(), 4, pad, width, plus, 9999);
      case 'z' -> {
        return offset(out, t.offset(), pad, width, colons);
      }
      case 'Z' -> text(out, t.zone(), pad, width, upper, swap);
      case '+' -> {
        return false;
      }
      case '%' -> text(out, "%", pad, width, false, false);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void text(
      StringBuilder out, String s, char pad, int width, boolean upper, boolean lower) {
    if (pad != '-') {
      for (int k = s.length(); k < width; k++) {
        out.append(pad == '0' ? '0' : ' ');
      }
    }
    out.append(upper ? s.toUpperCase() : lower ? s.toLowerCase() : s);
  }

  /** {@code usual}: how it is padded to its digits unless the format says otherwise. */
  private static void number(
      StringBuilder out, long v, int digits, char usual, char pad, int width) {
    char p = pad == 0 ? usual : pad;
    String s = Long.toString(Math.abs(v));
    boolean negative = v < 0;
    if (p == '-') {
      out.append(negative ? "-" : "").append(s);
      return;
    }
    int want = width < 0 ? digits : Math.max(width, width == 0 ? digits : width);
    if (width >= 0 && width < digits) {
      want = digits;
    }
    int fill = want - s.length() - (negative ? 1 : 0);
    if (p == '_') {
      out.append(" ".repeat(Math.max(0, fill))).append(negative ? "-" : "").append(s);
    } else {
      out.append(negative ? "-" : "").append("0".repeat(Math.max(0, fill))).append(s);
    }
  }

  private static void year(
      StringBuilder out, long v, int digits, char pad, int width, boolean plus, int limit) {
    if (plus && (v > limit || width > digits)) {
      out.append('+');
      number(out, v, digits, '0', pad, width < 0 ? -1 : width - 1);
      return;
    }
    number(out, v, digits, '0', pad, width);
  }

  private static void nanos(StringBuilder out, int nanos, char pad, int width) {
    String s = Integer.toString(nanos);
    s = "0".repeat(9 - s.length()) + s;
    if (pad == '_') {
      int keep = width > 0 ? Math.min(width, 9) : 9;
      int e = keep;
      while (e > 1 && s.charAt(e - 1) == '0') {
        e--;
      }
      out.append(s, 0, e).append(" ".repeat(Math.max(9, width) - e - (9 - keep)));
      return;
    }
    if (width > 0 && width < 9) {
      out.append(s, 0, width);
    } else {
      out.append(s);
      out.append("0".repeat(pad == '-' ? 0 : Math.max(0, width - 9)));
    }
  }

  private static boolean offset(StringBuilder out, int offset, char pad, int width, int colons) {
    int a = Math.abs(offset);
    int h = a / 3600;
    int m = a / 60 % 60;
    int s = a % 60;
    if (colons > 3) {
      return false;
    }
    String rest =
        switch (colons) {
          case 0 -> two(m);
          case 1 -> ":" + two(m);
          case 2 -> ":" + two(m) + ":" + two(s);
          default -> s != 0 ? ":" + two(m) + ":" + two(s) : m != 0 ? ":" + two(m) : "";
        };
    String sign = offset < 0 ? "-" : "+";
    String digits = two(h);
    if (pad == '_' || pad == '-') {
      String all = h > 0 || colons > 0 ? h + rest : String.valueOf(m);
      int least = colons == 0 ? 5 : colons == 1 ? 6 : colons == 2 ? 9 : 3;
      int spaces = pad == '-' ? 0 : Math.max(least, width) - 1 - all.length();
      out.append(" ".repeat(Math.max(0, spaces))).append(sign).append(all);
    } else {
      int zeros = width - 1 - rest.length() - digits.length();
      out.append(sign).append("0".repeat(Math.max(0, zeros))).append(digits).append(rest);
    }
    return true;
  }

  private static String two(int v) {
    return v < 10 ? "0" + v : Integer.toString(v);
  }

  /** ISO 8601: week 1 is the one with the year's first Thursday. */
  private static int isoWeek(Civil t) {
    int weekday = (t.weekday() + 6) % 7;
    int week = (t.yearDay() - weekday + 10) / 7;
    if (week == 0) {
      long y = t.year() - 1;
      int dec31 = (int) (Civil.days(t.year(), 1, 1) - Civil.days(y, 1, 1)) - 1;
      int w = (Civil.weekday(Civil.days(y, 12, 31)) + 6) % 7;
      return (dec31 - w + 10) / 7;
    }
    if (week == 53) {
      int jan1 = (Civil.weekday(Civil.days(t.year() + 1, 1, 1)) + 6) % 7;
      return jan1 <= 3 ? 1 : 53;
    }
    return week;
  }

  private static long isoYear(Civil t) {
    int week = isoWeek(t);
    if (week == 1 && t.month() == 12) {
      return t.year() + 1;
    }
    return week >= 52 && t.month() == 1 ? t.year() - 1 : t.year();
  }
}
