package dev.qanat.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A plain static file server on localhost, as anybody would put the npm package on: no special
 * headers, except those a test asks for.
 */
public final class SiteServer implements AutoCloseable {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "wasm", "application/wasm",
          "svg", "image/svg+xml",
          "zip", "application/zip");

  static {
    // Else the JDK's server waits 40 ms for an acknowledgement between a header and its body.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Map<String, Path> folders = new LinkedHashMap<>();
  private final Map<String, byte[]> pages = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  public SiteServer() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(
        Executors.newCachedThreadPool(
            r -> {
              Thread t = new Thread(r);
              t.setDaemon(true);
              return t;
            }));
    server.start();
  }

  /** Serves a folder's files below a path that ends in a slash. */
  public SiteServer folder(String path, Path folder) {
    folders.put(path, folder.toAbsolutePath().normalize());
    return this;
  }

  /** Serves this text as a page, or as a script when the path ends in {@code .js}. */
  public SiteServer page(String path, String html) {
    pages.put(path, html.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return this;
  }

  /** Adds a header to every answer. */
  public SiteServer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** {@code http://localhost:port/}. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange x) throws IOException {
    try (x) {
      String path = x.getRequestURI().getPath();
      headers.forEach((k, v) -> x.getResponseHeaders().set(k, v));
      byte[] body = pages.get(path);
      String type = path.endsWith(".js") ? TYPES.get("js") : TYPES.get("html");
      if (body == null) {
        Path file = file(path);
        if (file == null || !Files.isRegularFile(file)) {
          x.sendResponseHeaders(404, -1);
          return;
        }
        body = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        type =
            TYPES.getOrDefault(
                name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
      }
      x.getResponseHeaders().set("content-type", type);
      boolean head = x.getRequestMethod().equals("HEAD");
      x.sendResponseHeaders(200, head ? -1 : body.length == 0 ? -1 : body.length);
      if (!head && body.length > 0) {
        x.getResponseBody().write(body);
      }
    }
  }

  private Path file(String path) {
    for (Map.Entry<String, Path> f : folders.entrySet()) {
      if (path.startsWith(f.getKey())) {
        Path file = f.getValue().resolve(path.substring(f.getKey().length())).normalize();
        return file.startsWith(f.getValue()) ? file : null;
      }
    }
    return null;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
