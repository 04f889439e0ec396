package dev.qanat.http;

import dev.qanat.text.Utf8;

/** Making addresses of paths. */
public final class Urls {
  private static final String HEX = "0123456789ABCDEF";
  // RFC 3986 pchar without the percent sign: what a path segment may hold as it is
  private static final String PLAIN = "-._~!$&'()*+,;=:@";

  private Urls() {}

  /** Percent-encodes a path; slashes stay. Bytes that are not text keep their value. */
  public static String encodePath(String path) {
    StringBuilder out = new StringBuilder(path.length() + 8);
    for (byte b : Utf8.encode(path)) {
      char c = (char) (b & 0xff);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (letter || c == '/' || c < 0x80 && PLAIN.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  /** {@code https://host:port} of an absolute address; empty when it is none. */
  public static String origin(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return "";
    }
    int end = scheme + 3;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return url.substring(0, end);
  }
}
