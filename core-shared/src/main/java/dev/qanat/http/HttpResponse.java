package dev.qanat.http;

import java.util.Arrays;

/** An answer: its head is here, its body comes as it is read. */
public abstract class HttpResponse {
  public abstract int status();

  /** Where the answer came from after redirects. */
  public abstract String url();

  /** A header by its name in any case; null when there is none or the browser hides it. */
  public abstract String header(String name);

  /**
   * Reads at least one byte of the body; -1 at its end. May suspend.
   *
   * @throws HttpFailure when the connection breaks
   */
  public abstract int read(byte[] b, int off, int len);

  /** Ends the exchange, whatever is left of the body. May be called again. */
  public abstract void close();

  public boolean ok() {
    return status() >= 200 && status() < 300;
  }

  /** A header that is a number; -1 when there is none. */
  public long number(String name) {
    String s = header(name);
    if (s == null || s.isEmpty() || s.length() > 18) {
      return -1;
    }
    long n = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      n = n * 10 + c - '0';
    }
    return n;
  }

  /**
   * The whole body, up to a limit of bytes.
   *
   * @throws HttpFailure when it is longer
   */
  public byte[] body(int limit) {
    byte[] all = new byte[8192];
    int n = 0;
    while (true) {
      if (n == all.length) {
        if (n >= limit) {
          throw new HttpFailure(
              HttpFailure.Kind.PROTOCOL, url() + " gave more than " + limit + " bytes");
        }
        all = Arrays.copyOf(all, (int) Math.min(limit, n * 2L));
      }
      int k = read(all, n, all.length - n);
      if (k < 0) {
        return Arrays.copyOf(all, n);
      }
      n += k;
    }
  }

  /** {@code 404 Not Found}: the status with its name, for messages. */
  public String statusLine() {
    String name = reason(status());
    return name.isEmpty() ? "HTTP " + status() : "HTTP " + status() + " " + name;
  }

  private static String reason(int status) {
    return switch (status) {
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 412 -> "Precondition Failed";
      case 416 -> "Range Not Satisfiable";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "";
    };
  }
}
