package dev.qanat.resource.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.qanat.cache.CachedResource;
import dev.qanat.cache.PageCache;
import dev.qanat.http.HttpDate;
import dev.qanat.http.JdkHttpClient;
import dev.qanat.http.RetryingClient;
import dev.qanat.http.Urls;
import dev.qanat.resource.http.HttpResource.Listing;
import dev.qanat.sched.JvmSched;
import dev.qanat.sched.Sched;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpResourceTest {
  private static final String MODIFIED = "Sun, 06 Nov 1994 08:49:37 GMT";

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final byte[] big = new byte[3 * CachedResource.PAGE + 1000];
  private HttpServer server;
  private JvmSched sched;

  private boolean ranges = true;
  private boolean head = true;
  private String etag = "\"one\"";
  private int busy;

  @BeforeEach
  void serve() throws IOException {
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31 + i / 977);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    sched = new JvmSched();
    Sched.install(sched);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange x) throws IOException {
    String path = x.getRequestURI().getPath();
    String range = x.getRequestHeaders().getFirst("Range");
    log.add(x.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
    if (busy > 0) {
      busy--;
      x.getResponseHeaders().set("Retry-After", "0");
      respond(x, 503, new byte[0]);
    } else if (path.endsWith("/dir/") || path.equals("/d/")) {
      String index =
          """
[{"name":"sub", "type":"directory", "mtime":"Sun, 06 Nov 1994 08:49:37 GMT"},
 {"name":"big", "type":"file", "mtime":"Sun, 06 Nov 1994 08:49:37 GMT", "size":787432}]""";
      respond(x, 200, index.getBytes(StandardCharsets.UTF_8));
    } else if (path.endsWith("/dir")) {
      x.getResponseHeaders().set("Location", path + "/");
      respond(x, 301, new byte[0]);
    } else if (path.equals("/d/secret")) {
      respond(x, 403, new byte[0]);
    } else if (path.equals("/d/list.json")) {
      respond(x, 200, "[\"x/y\", {\"path\":\"a b\"}]".getBytes(StandardCharsets.UTF_8));
    } else if (!head && x.getRequestMethod().equals("HEAD")) {
      respond(x, 405, new byte[0]);
    } else if (path.equals("/d/empty")) {
      file(x, new byte[0], range);
    } else if (path.equals("/d/big") || path.equals("/d/a b")) {
      file(x, big, range);
    } else {
      respond(x, 404, "not here".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void file(HttpExchange x, byte[] content, String range) throws IOException {
    if (etag != null) {
      x.getResponseHeaders().set("ETag", etag);
      x.getResponseHeaders().set("Last-Modified", MODIFIED);
    }
    if (x.getRequestMethod().equals("HEAD")) {
      x.getResponseHeaders().set("Content-Length", "" + content.length);
      x.sendResponseHeaders(200, -1);
      x.close();
      return;
    }
    if (!ranges || range == null) {
      respond(x, 200, content);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-");
    int from = Integer.parseInt(ends[0]);
    if (from >= content.length) {
      x.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      respond(x, 416, new byte[0]);
      return;
    }
    int to = Math.min(content.length, Integer.parseInt(ends[1]) + 1);
    x.getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
    respond(x, 206, java.util.Arrays.copyOfRange(content, from, to));
  }

  private static void respond(HttpExchange x, int status, byte[] body) throws IOException {
    x.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try {
      x.getResponseBody().write(body);
    } catch (IOException e) {
      // the client had enough
    }
    x.close();
  }

  private HttpResource mount(Listing listing, String manifest) {
    return new HttpResource(
        new RetryingClient(new JdkHttpClient(), 4),
        "http://127.0.0.1:" + server.getAddress().getPort() + "/d",
        Map.of(),
        0,
        listing,
        manifest);
  }

  private <T> T run(Supplier<T> body) {
    return sched.call(body::get);
  }

  private Errno failure(Supplier<?> body) {
    return assertThrows(VfsException.class, () -> run(body)).errno();
  }

  private static byte[] readAll(Resource r, String path, int chunk, String version) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    byte[] b = new byte[chunk];
    int n;
    while ((n = r.read(path, out.size(), b, 0, b.length, version)) > 0) {
      out.write(b, 0, n);
    }
    return out.toByteArray();
  }

  @Test
  void sizeTimeAndVersionComeFromTheHead() {
    FileStat s = run(() -> mount(Listing.NONE, null).stat("/big"));
    assertEquals(big.length, s.size());
    assertEquals(784111777L * 1_000_000_000L, s.mtime());
    assertEquals("\"one\"", s.version());
    assertEquals(List.of("HEAD /d/big bytes=0-"), log);
  }

  @Test
  void aServerWithoutHeadIsAskedForOneByte() {
    head = false;
    assertEquals(big.length, run(() -> mount(Listing.NONE, null).stat("/big")).size());
    assertEquals(List.of("HEAD /d/big bytes=0-", "GET /d/big bytes=0-0"), log);
    assertEquals(0, run(() -> mount(Listing.NONE, null).stat("/empty")).size());
  }

  @Test
  void aServerWithoutHeadAndRangesIsReadWhole() {
    head = false;
    ranges = false;
    assertEquals(big.length, run(() -> mount(Listing.NONE, null).stat("/big")).size());
  }

  @Test
  void aReadIsARange() {
    HttpResource r = mount(Listing.NONE, null);
    byte[] b = new byte[10];
    assertEquals(10, run(() -> r.read("/big", 5000, b, 0, 10, "\"one\"")));
    assertArrayEquals(java.util.Arrays.copyOfRange(big, 5000, 5010), b);
    assertEquals(List.of("GET /d/big bytes=5000-5009"), log);
    assertEquals(7, run(() -> r.read("/big", big.length - 7, b, 0, 10, null)));
    assertEquals(0, run(() -> r.read("/big", big.length, b, 0, 10, null)));
    assertEquals(0, run(() -> r.read("/big", 99_999_999, b, 0, 10, null)));
  }

  @Test
  void withoutRangesOneAnswerServesReadingInOrder() {
    ranges = false;
    HttpResource r = mount(Listing.NONE, null);
    assertArrayEquals(big, run(() -> readAll(r, "/big", 100_000, null)));
    assertEquals(1, log.stream().filter(l -> !l.contains("bytes=0-99999")).count(), log::toString);
    byte[] b = new byte[3];
    assertEquals(3, run(() -> r.read("/big", 1000, b, 0, 3, null)));
    assertEquals(big[1002], b[2]);
  }

  @Test
  void anotherContentThanTheOneOpenedIsStale() {
    HttpResource r = mount(Listing.NONE, null);
    String version = run(() -> r.stat("/big")).version();
    etag = "\"two\"";
    assertEquals(Errno.ESTALE, failure(() -> r.read("/big", 0, new byte[9], 0, 9, version)));
    etag = "W/\"one\"";
    assertEquals(9, run(() -> r.read("/big", 0, new byte[9], 0, 9, version)));
  }

  @Test
  void failuresAreErrnos() {
    HttpResource r = mount(Listing.NONE, null);
    assertEquals(Errno.ENOENT, failure(() -> r.stat("/nothing")));
    assertEquals(Errno.EACCES, failure(() -> r.stat("/secret")));
    assertEquals(Errno.ENOTSUP, failure(() -> r.list("/")));
    assertEquals(
        Errno.EROFS,
        failure(
            () -> {
              r.mkdir("/x", 0755);
              return 0;
            }));
    busy = 99;
    assertEquals(Errno.EAGAIN, failure(() -> r.stat("/big")));
    server.stop(0);
    VfsException e = assertThrows(VfsException.class, () -> run(() -> r.stat("/big")));
    assertEquals(Errno.EHOSTUNREACH, e.errno());
    assertTrue(e.getMessage().contains("cannot reach http://127.0.0.1"), e.getMessage());
  }

  @Test
  void aBusyServerIsAskedAgain() {
    busy = 2;
    assertEquals(big.length, run(() -> mount(Listing.NONE, null).stat("/big")).size());
    assertEquals(3, log.size());
  }

  @Test
  void aManifestIsTheTree() {
    HttpResource r =
        mount(Listing.MANIFEST, "[\"big\", {\"path\":\"/x/y/z.csv\",\"size\":12}, \"void/\"]");
    assertEquals("big x void", names(run(() -> r.list("/"))));
    List<DirEntry> z = run(() -> r.list("/x/y"));
    assertEquals(12, z.get(0).stat().size());
    assertTrue(run(() -> r.stat("/void")).isDirectory());
    assertEquals(Errno.ENOENT, failure(() -> r.stat("/nothing")));
    assertEquals(Errno.ENOTDIR, failure(() -> r.stat("/big/x")));
    assertEquals(Errno.ENOTDIR, failure(() -> r.list("/big")));
    assertEquals(List.of(), log);
    assertEquals(big.length, run(() -> r.stat("/big")).size());
    assertEquals(Errno.EINVAL, failure(() -> mount(Listing.MANIFEST, "[1]")));
  }

  @Test
  void aManifestMayBeAnAddress() {
    HttpResource r = mount(Listing.MANIFEST, "list.json");
    assertEquals("x a b", names(run(() -> r.list("/"))));
    assertEquals(big.length, run(() -> r.stat("/a b")).size());
  }

  @Test
  void theServersIndexIsAListing() {
    HttpResource r = mount(Listing.INDEX, null);
    List<DirEntry> d = run(() -> r.list("/dir"));
    assertEquals("sub big", names(d));
    assertEquals(787432, d.get(1).stat().size());
    assertTrue(run(() -> r.stat("/dir")).isDirectory());
  }

  @Test
  void theCacheAsksOnceAndReadsAhead() {
    Resource r =
        new CachedResource(
            mount(Listing.NONE, null), new PageCache(PageCache.DEFAULT_LIMIT), 60_000);
    String version = run(() -> r.stat("/big")).version();
    assertArrayEquals(big, run(() -> readAll(r, "/big", 65536, version)));
    assertArrayEquals(big, run(() -> readAll(r, "/big", 1000, version)));
    run(() -> r.stat("/big"));
    assertEquals(Errno.ENOENT, failure(() -> r.stat("/nothing")));
    assertEquals(Errno.ENOENT, failure(() -> r.stat("/nothing")));
    int page = CachedResource.PAGE;
    assertEquals(
        List.of(
            "HEAD /d/big bytes=0-",
            "GET /d/big bytes=0-" + (page - 1),
            "GET /d/big bytes=" + page + "-" + (3 * page - 1),
            "GET /d/big bytes=" + 3 * page + "-" + (7 * page - 1),
            "HEAD /d/nothing bytes=0-"),
        log);
  }

  @Test
  void theCacheStaysWithinItsLimit() {
    PageCache pages = new PageCache(2L * CachedResource.PAGE);
    Resource r = new CachedResource(mount(Listing.NONE, null), pages, 60_000);
    assertArrayEquals(big, run(() -> readAll(r, "/big", 65536, "\"one\"")));
    assertTrue(pages.held() <= 2L * CachedResource.PAGE);
    r.invalidate("/");
    assertEquals(0, pages.held());
  }

  @Test
  void twoTasksThatWantTheSamePageCauseOneRequest() {
    Resource r =
        new CachedResource(
            mount(Listing.NONE, null), new PageCache(PageCache.DEFAULT_LIMIT), 60_000);
    run(
        () -> {
          Runnable read = () -> r.read("/big", 0, new byte[100], 0, 100, "\"one\"");
          var a = Sched.get().spawn("a", read);
          var b = Sched.get().spawn("b", read);
          a.exited().await();
          b.exited().await();
          return 0;
        });
    assertEquals(1, log.size());
  }

  @Test
  void addressesAndDates() {
    assertEquals("/a%20b/%C3%A9+c%25%23%FF", Urls.encodePath("/a b/é+c%#\udcff"));
    assertEquals("https://h:1", Urls.origin("https://h:1/x?y"));
    assertEquals(784111777, HttpDate.parse(MODIFIED));
    assertEquals(784111777, HttpDate.parseIso("1994-11-06T08:49:37Z"));
    assertEquals(-1, HttpDate.parse("yesterday, it was so far away"));
    assertEquals(0, HttpDate.parse("Thu, 01 Jan 1970 00:00:00 GMT"));
  }

  private static String names(List<DirEntry> entries) {
    return String.join(" ", entries.stream().map(DirEntry::name).toList());
  }
}
