package dev.qanat.text.time;

import dev.qanat.text.DoubleReader;

/** The words of dates in English, lower case: months, days, units, ordinals, zones. */
final class DateWords {
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

  private static final String ZONES =
      " gmt 0 ut 0 utc 0 z 0 wet 0 west 1 bst 1 art -3 brt -3 brst -2 nst -3.5 ndt -2.5 ast -4 adt"
          + " -3 clt -4 clst -3 est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7 akst -9"
          + " akdt -8 hst -10 hast -10 hadt -9 sst -12 wat 1 cet 1 cest 2 met 1 mez 1 mest 2 mesz 2"
          + " eet 2 eest 3 cat 2 sast 2 eat 3 msk 3 msd 4 ist 5.5 sgt 8 kst 9 jst 9 gst 10 nzst 12"
          + " nzdt 13 ";

  private DateWords() {}

  /** 1 to 12; 0 when it is none. */
  static int month(String w) {
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

  /** 0, Sunday, to 6; -1 when it is none. */
  static int weekday(String w) {
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

  /** 1 for first, 3 for third, up to 12; 0 when it is none. Second is a unit. */
  static int ordinal(String w) {
    for (int i = 0; i < ORDINALS.length; i++) {
      if (w.equals(ORDINALS[i])) {
        return i + 1;
      }
    }
    return 0;
  }

  /**
   * The unit of a relative item: 0 year, 1 month, 2 day, 3 hour, 4 minute, 5 second, 7 week, 8
   * fortnight; -1 none.
   */
  static int unit(String w) {
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

  static boolean isMeridian(String w) {
    return w.equals("am") || w.equals("pm");
  }

  /** Hours east of Greenwich of a zone's abbreviation or military letter; NaN when it is none. */
  static double zone(String w) {
    int k = ZONES.indexOf(" " + w + " ");
    if (k >= 0) {
      int from = k + w.length() + 2;
      return DoubleReader.parse(ZONES.substring(from, ZONES.indexOf(' ', from)));
    }
    if (w.length() == 1 && w.charAt(0) != 'j') {
      int c = w.charAt(0);
      return c <= 'i' ? c - 'a' + 1 : c <= 'm' ? c - 'a' : -(c - 'n' + 1);
    }
    return Double.NaN;
  }
}
