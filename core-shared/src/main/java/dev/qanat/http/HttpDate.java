package dev.qanat.http;

/** Dates as HTTP writes them: {@code Sun, 06 Nov 1994 08:49:37 GMT} (RFC 9110, 5.6.7). */
public final class HttpDate {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private HttpDate() {}

  /** Seconds since 1970; -1 when the text is not such a date. */
  public static long parse(String text) {
    if (text == null) {
      return -1;
    }
    // day-name "," SP 2DIGIT SP month SP 4DIGIT SP 2DIGIT:2DIGIT:2DIGIT SP GMT
    int comma = text.indexOf(',');
    int at = comma + 2;
    if (comma < 0 || text.length() < at + 20) {
      return -1;
    }
    int day = number(text, at, 2);
    int month = MONTHS.indexOf(text.substring(at + 3, at + 6));
    int year = number(text, at + 7, 4);
    int hour = number(text, at + 12, 2);
    int minute = number(text, at + 15, 2);
    int second = number(text, at + 18, 2);
    if (day < 1 || month < 0 || year < 0 || hour < 0 || minute < 0 || second < 0) {
      return -1;
    }
    return epochSeconds(year, month / 3 + 1, day, hour, minute, second);
  }

  /** Seconds since 1970 of {@code 2026-01-31T10:11:12Z}; -1 when the text is not such a date. */
  public static long parseIso(String text) {
    if (text == null || text.length() < 19) {
      return -1;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 2);
    int day = number(text, 8, 2);
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) {
      return -1;
    }
    return epochSeconds(year, month, day, hour, minute, second);
  }

  private static int number(String text, int at, int digits) {
    int n = 0;
    for (int i = at; i < at + digits; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      n = n * 10 + c - '0';
    }
    return n;
  }

  /** Days from the civil calendar, counted in years that begin in March. */
  private static long epochSeconds(int y, int m, int d, int hour, int minute, int second) {
    int year = m <= 2 ? y - 1 : y;
    int era = year / 400;
    int ofEra = year - era * 400;
    int ofYear = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    long days = era * 146097L + ofEra * 365L + ofEra / 4 - ofEra / 100 + ofYear - 719468;
    return ((days * 24 + hour) * 60 + minute) * 60 + second;
  }
}
