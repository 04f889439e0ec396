package dev.qanat.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The JDK's client, for tests: it blocks the thread, as no browser may. */
public final class JdkHttpClient implements HttpClient {
  private final java.net.http.HttpClient client =
      java.net.http.HttpClient.newBuilder()
          .followRedirects(java.net.http.HttpClient.Redirect.NORMAL)
          .build();

  @Override
  public HttpResponse send(HttpRequest request) {
    var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach(builder::header);
    if (request.timeoutMillis() > 0) {
      builder.timeout(Duration.ofMillis(request.timeoutMillis()));
    }
    builder.method(
        request.method(),
        request.body() == null
            ? java.net.http.HttpRequest.BodyPublishers.noBody()
            : java.net.http.HttpRequest.BodyPublishers.ofByteArray(request.body()));
    try {
      return new Answer(client.send(builder.build(), BodyHandlers.ofInputStream()));
    } catch (java.net.http.HttpTimeoutException e) {
      throw new HttpFailure(HttpFailure.Kind.TIMEOUT, request.url() + " did not answer in time");
    } catch (IOException e) {
      throw new HttpFailure(HttpFailure.Kind.NETWORK, "cannot reach " + request.url());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Answer extends HttpResponse {
    private final java.net.http.HttpResponse<InputStream> response;

    Answer(java.net.http.HttpResponse<InputStream> response) {
      this.response = response;
    }

    @Override
    public int status() {
      return response.statusCode();
    }

    @Override
    public String url() {
      return response.uri().toString();
    }

    @Override
    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public int read(byte[] b, int off, int len) {
      try {
        return response.body().read(b, off, len);
      } catch (IOException e) {
        throw new HttpFailure(HttpFailure.Kind.NETWORK, "the connection broke off");
      }
    }

    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException e) {
        // nothing depends on what is left of it
      }
    }
  }
}
