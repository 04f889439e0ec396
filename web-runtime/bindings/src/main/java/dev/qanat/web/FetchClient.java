package dev.qanat.web;

import dev.qanat.http.HttpClient;
import dev.qanat.http.HttpFailure;
import dev.qanat.http.HttpRequest;
import dev.qanat.http.HttpResponse;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Uint8Array;

/**
 * HTTP by the browser's {@code fetch}. A request whose task is ended is aborted. What the page's
 * rules or the server's CORS headers forbid is told apart from a server that cannot be reached.
 */
public final class FetchClient implements HttpClient {
  @Override
  public HttpResponse send(HttpRequest request) {
    String[] headers = new String[request.headers().size() * 2];
    int i = 0;
    for (Map.Entry<String, String> e : request.headers().entrySet()) {
      headers[i++] = e.getKey();
      headers[i++] = e.getValue();
    }
    Uint8Array body = request.body() == null ? null : Bytes.toJs(request.body());
    Host.Exchange x =
        WebSched.host()
            .exchange(
                request.method(),
                request.url(),
                headers,
                body,
                request.timeoutMillis(),
                request.fresh());
    boolean answered = false;
    try {
      Promises.await(x.send());
      answered = true;
      return new Answer(x);
    } catch (JsFailure e) {
      throw failure(e);
    } finally {
      if (!answered) {
        x.close();
      }
    }
  }

  private static HttpFailure failure(JsFailure e) {
    HttpFailure.Kind kind =
        switch (kind(e.reason())) {
          case "cors" -> HttpFailure.Kind.CORS;
          case "blocked" -> HttpFailure.Kind.BLOCKED;
          case "timeout" -> HttpFailure.Kind.TIMEOUT;
          case "network" -> HttpFailure.Kind.NETWORK;
          default -> HttpFailure.Kind.PROTOCOL;
        };
    return new HttpFailure(kind, e.getMessage());
  }

  @JSBody(params = "e", script = "return e && e.kind ? String(e.kind) : '';")
  private static native String kind(JSObject e);

  private static final class Answer extends HttpResponse {
    private final Host.Exchange exchange;
    private byte[] piece = new byte[0];
    private int at;

    Answer(Host.Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public int status() {
      return exchange.getStatus();
    }

    @Override
    public String url() {
      return exchange.getUrl();
    }

    @Override
    public String header(String name) {
      return exchange.header(name);
    }

    @Override
    public int read(byte[] b, int off, int len) {
      while (at == piece.length) {
        Uint8Array next;
        try {
          next = Promises.await(exchange.read());
        } catch (JsFailure e) {
          throw failure(e);
        }
        if (next == null) {
          return -1;
        }
        piece = Bytes.toJava(next);
        at = 0;
      }
      int n = Math.min(len, piece.length - at);
      System.arraycopy(piece, at, b, off, n);
      at += n;
      return n;
    }

    @Override
    public void close() {
      exchange.close();
    }
  }
}
