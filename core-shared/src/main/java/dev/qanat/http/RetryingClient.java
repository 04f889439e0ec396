package dev.qanat.http;

import dev.qanat.sched.Sched;

/**
 * Sends again what a busy server or a broken connection refused: 429, 502, 503 and 504, and
 * failures of the network, with waits that double and, where the server says so, for as long as it
 * says. Only requests that may be sent twice.
 */
public final class RetryingClient implements HttpClient {
  private static final long FIRST_WAIT = 250;
  private static final long LONGEST_WAIT = 60_000;

  /** A server that is down stays so for longer than anyone at a prompt waits. */
  private static final int NETWORK_ATTEMPTS = 3;

  private final HttpClient client;
  private final int attempts;
  private long seed = 88172645463325252L;

  /** {@code attempts} counts the first one too. */
  public RetryingClient(HttpClient client, int attempts) {
    this.client = client;
    this.attempts = attempts;
  }

  @Override
  public HttpResponse send(HttpRequest request) {
    long wait = FIRST_WAIT;
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt >= attempts || !request.idempotent();
      long asked;
      try {
        HttpResponse r = client.send(request);
        if (last || !busy(r.status())) {
          return r;
        }
        asked = retryAfter(r.header("Retry-After"), Sched.get().realTimeNanos() / 1_000_000);
        if (asked > LONGEST_WAIT) {
          return r; // the caller says that the server is busy rather than hang
        }
        r.close();
      } catch (HttpFailure e) {
        if (last || e.kind() != HttpFailure.Kind.NETWORK || attempt >= NETWORK_ATTEMPTS) {
          throw e;
        }
        asked = -1;
      }
      Sched.get().sleep(asked >= 0 ? asked : wait / 2 + random(wait));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  private static boolean busy(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /**
   * Milliseconds that a Retry-After header asks for: seconds or a date; -1 when it says nothing.
   */
  static long retryAfter(String header, long nowMillis) {
    if (header == null || header.isEmpty()) {
      return -1;
    }
    long seconds = 0;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c < '0' || c > '9' || i > 8) {
        long date = HttpDate.parse(header);
        return date < 0 ? -1 : Math.max(0, date * 1000 - nowMillis);
      }
      seconds = seconds * 10 + c - '0';
    }
    return seconds * 1000;
  }

  /** Clients that failed together should not come back together. */
  private long random(long bound) {
    seed ^= seed << 13;
    seed ^= seed >>> 7;
    seed ^= seed << 17;
    return ((seed ^ Sched.get().nanoTime()) >>> 1) % Math.max(1, bound);
  }
}
