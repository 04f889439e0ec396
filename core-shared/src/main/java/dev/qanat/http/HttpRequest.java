package dev.qanat.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request. Immutable; the {@code with…} methods give changed copies.
 *
 * @param headers names as they are to be sent
 * @param body null for none; it belongs to the request
 * @param timeoutMillis how long to wait for the head, and then for each piece of the body; 0 for as
 *     long as the platform does
 * @param fresh asks caches on the way to check with the server
 */
public record HttpRequest(
    String method,
    String url,
    Map<String, String> headers,
    byte[] body,
    long timeoutMillis,
    boolean fresh) {
  private static final long DEFAULT_TIMEOUT = 30_000;

  public static HttpRequest get(String url) {
    return new HttpRequest("GET", url, Map.of(), null, DEFAULT_TIMEOUT, false);
  }

  public static HttpRequest head(String url) {
    return new HttpRequest("HEAD", url, Map.of(), null, DEFAULT_TIMEOUT, true);
  }

  public HttpRequest with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new HttpRequest(method, url, all, body, timeoutMillis, fresh);
  }

  public HttpRequest with(Map<String, String> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new HttpRequest(method, url, all, body, timeoutMillis, fresh);
  }

  public HttpRequest withTimeout(long millis) {
    return new HttpRequest(method, url, headers, body, millis, fresh);
  }

  public HttpRequest checked() {
    return new HttpRequest(method, url, headers, body, timeoutMillis, true);
  }

  /** True when sending it twice is the same as sending it once (RFC 9110, 9.2.2). */
  public boolean idempotent() {
    return method.equals("GET")
        || method.equals("HEAD")
        || method.equals("PUT")
        || method.equals("DELETE")
        || method.equals("OPTIONS")
        || method.equals("PROPFIND");
  }
}
