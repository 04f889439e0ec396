package dev.qanat.http;

/** A request that got no answer, or an answer that broke off. The message says what to do. */
public final class HttpFailure extends RuntimeException {
  /** What went wrong, as far as it can be known. */
  public enum Kind {
    /** No connection: the server is down, its name unknown, the machine offline. */
    NETWORK,
    /** The server is there, but its CORS headers do not let this page read the answer. */
    CORS,
    /** The page's own rules forbid the request: its content security policy, or mixed content. */
    BLOCKED,
    TIMEOUT,
    /** The answer is not what HTTP or the service's rules say. */
    PROTOCOL
  }

  private final Kind kind;

  public HttpFailure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
