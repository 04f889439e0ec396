package dev.qanat.http;

/**
 * Sends requests. In a browser it stands on {@code fetch}; a wrapper of the same shape adds retries
 * ({@link RetryingClient}).
 */
public interface HttpClient {
  /**
   * Sends a request and returns once the head of the response is there; redirects have been
   * followed. Every status is an answer, also 404 and 500. The caller closes the response. May
   * suspend.
   *
   * @throws HttpFailure when there is no answer
   */
  HttpResponse send(HttpRequest request);
}
