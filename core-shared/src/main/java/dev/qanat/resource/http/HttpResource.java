package dev.qanat.resource.http;

import dev.qanat.http.HttpClient;
import dev.qanat.http.HttpDate;
import dev.qanat.http.HttpFailure;
import dev.qanat.http.HttpRequest;
import dev.qanat.http.HttpResponse;
import dev.qanat.http.Urls;
import dev.qanat.sched.Sched;
import dev.qanat.vfs.Capabilities;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files below an address of a web server, read only. A read is a range request; where the
 * server ignores ranges, the whole answer is streamed and kept open for the read that follows. The
 * version of a file is its ETag, or its time of change and size.
 *
 * <p>What a directory holds comes from a {@link Manifest} or from the server's index in JSON;
 * without either, files are there under their names and listing is an error that says so.
 *
 * <p>Not for many small reads: put a {@link dev.qanat.cache.CachedResource} before it.
 */
public final class HttpResource implements Resource {
  private static final int MAX_LISTING = 32 << 20;

  private final HttpClient client;
  private final String base; // without a slash at its end
  private final Map<String, String> headers;
  private final long timeoutMillis;
  private final Listing listing;
  private final Manifest given;
  private final String manifestUrl;
  private final List<Stream> streams = new ArrayList<>();
  private final Set<String> withoutRanges = new HashSet<>();
  private boolean headRefused;
  private Manifest fetched;

  /** Where listings come from. */
  public enum Listing {
    NONE,
    /** Given with the mount, or by an address that yields it. */
    MANIFEST,
    /**
     * The server's own index of each directory, as nginx ({@code autoindex_format json}) or Caddy.
     */
    INDEX
  }

  /**
   * @param client sends the requests; give one that retries
   * @param url the directory's address
   * @param headers sent with each request; empty for most
   * @param timeoutMillis the longest wait for an answer; 0 for the default
   * @param manifest what is there, for {@link Listing#MANIFEST}: JSON text, or the address of it,
   *     relative to {@code url}
   */
  public HttpResource(
      HttpClient client,
      String url,
      Map<String, String> headers,
      long timeoutMillis,
      Listing listing,
      String manifest) {
    this.client = client;
    this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.headers = headers;
    this.timeoutMillis = timeoutMillis;
    this.listing = listing;
    boolean text = manifest != null && (manifest.startsWith("[") || manifest.startsWith("{"));
    this.given = listing == Listing.MANIFEST && text ? Manifest.parse(manifest) : null;
    this.manifestUrl = listing == Listing.MANIFEST && !text ? manifest : null;
  }

  @Override
  public String label() {
    return base;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.READ_ONLY;
  }

  @Override
  public FileStat stat(String path) {
    Manifest m = manifest();
    if (m != null) {
      Manifest.Node node = m.find(path);
      if (node == null) {
        throw new VfsException(m.belowFile(path) ? Errno.ENOTDIR : Errno.ENOENT, path);
      }
      if (node.directory()) {
        return FileStat.directory(node.mtime());
      }
    } else if (path.equals("/")) {
      return FileStat.directory(FileStat.UNKNOWN);
    }
    return headRefused ? statByRange(path) : statByHead(path);
  }

  /**
   * A range makes the browser ask for the bytes as they are, so that the length is the file's and
   * not that of a compressed transfer. (RFC 9110 has servers ignore it on HEAD.)
   */
  private FileStat statByHead(String path) {
    HttpResponse r = send(path, HttpRequest.head(urlOf(path)).with("Range", "bytes=0-"));
    try {
      if (r.status() == 405 || r.status() == 501 || r.status() == 403) {
        headRefused |= r.status() != 403;
        return statByRange(path);
      }
      if (r.status() == 416) { // an empty file has no byte 0
        return FileStat.file(0, mtime(r), version(r, 0));
      }
      check(r, path);
      if (isDirectory(r)) {
        return FileStat.directory(mtime(r));
      }
      long size = r.header("Content-Encoding") == null ? r.number("Content-Length") : -1;
      return size < 0 ? statByRange(path) : FileStat.file(size, mtime(r), version(r, size));
    } finally {
      r.close();
    }
  }

  private FileStat statByRange(String path) {
    HttpResponse r = send(path, get(path).checked().with("Range", "bytes=0-0"));
    try {
      if (r.status() == 416) {
        long size = Math.max(0, total(r));
        return FileStat.file(size, mtime(r), version(r, size));
      }
      check(r, path);
      if (isDirectory(r)) {
        return FileStat.directory(mtime(r));
      }
      long size = r.status() == 206 ? total(r) : -1;
      if (size < 0 && r.status() != 206 && r.header("Content-Encoding") == null) {
        size = r.number("Content-Length");
      }
      if (size < 0) {
        size = r.status() == 206 ? FileStat.UNKNOWN : measure(r);
      }
      return FileStat.file(size, mtime(r), version(r, size));
    } catch (HttpFailure e) {
      throw failed(path, e);
    } finally {
      r.close();
    }
  }

  private static long measure(HttpResponse r) {
    byte[] b = new byte[64 * 1024];
    long n = 0;
    for (int k; (k = r.read(b, 0, b.length)) >= 0; ) {
      n += k;
    }
    return n;
  }

  /** A server that knows directories redirects their name to one with a slash. */
  private static boolean isDirectory(HttpResponse r) {
    String url = r.url();
    int end = url.indexOf('?');
    return (end < 0 ? url : url.substring(0, end)).endsWith("/");
  }

  @Override
  public List<DirEntry> list(String path) {
    Manifest m = manifest();
    if (m == null && listing == Listing.NONE) {
      throw new VfsException(
          Errno.ENOTSUP,
          path,
          base
              + " gives no listing: name files by their path, or mount it with a manifest or with"
              + " listing: 'index'");
    }
    if (m == null) {
      return index(path);
    }
    Manifest.Node node = m.find(path);
    if (node == null) {
      throw new VfsException(Errno.ENOENT, path);
    }
    if (!node.directory()) {
      throw new VfsException(Errno.ENOTDIR, path);
    }
    return node.entries();
  }

  private List<DirEntry> index(String path) {
    String url = urlOf(path) + (path.equals("/") ? "" : "/");
    HttpRequest q = HttpRequest.get(url).with("Accept", "application/json").checked();
    HttpResponse r = send(path, q);
    try {
      check(r, path);
      if (!isDirectory(r)) {
        throw new VfsException(Errno.ENOTDIR, path);
      }
      return Manifest.parseIndex(text(r), url);
    } catch (HttpFailure e) {
      throw failed(path, e);
    } finally {
      r.close();
    }
  }

  private Manifest manifest() {
    if (given != null || manifestUrl == null) {
      return given;
    }
    if (fetched == null) {
      String url = manifestUrl.contains("://") ? manifestUrl : base + "/" + manifestUrl;
      HttpResponse r = send("/", HttpRequest.get(url).checked());
      try {
        check(r, "/");
        fetched = Manifest.parse(text(r));
      } catch (HttpFailure e) {
        throw failed("/", e);
      } finally {
        r.close();
      }
    }
    return fetched;
  }

  private static String text(HttpResponse r) {
    return dev.qanat.text.Utf8.decode(r.body(MAX_LISTING));
  }

  @Override
  public void invalidate(String path) {
    fetched = null;
  }

  @Override
  public int read(String path, long offset, byte[] b, int off, int len, String version) {
    if (len == 0) {
      return 0;
    }
    Stream kept = keptAt(path, offset, version);
    if (kept != null) {
      return kept.read(b, off, len);
    }
    return withoutRanges.contains(path)
        ? whole(path, offset, b, off, len, version, null)
        : range(path, offset, b, off, len, version, false);
  }

  private int range(
      String path, long offset, byte[] b, int off, int len, String version, boolean fresh) {
    HttpRequest q = get(path).with("Range", "bytes=" + offset + "-" + (offset + len - 1));
    HttpResponse r = send(path, fresh ? q.checked() : q);
    boolean handedOver = false;
    try {
      if (r.status() == 416) {
        return 0;
      }
      check(r, path);
      if (r.status() != 206) {
        withoutRanges.add(path);
        handedOver = true;
        return whole(path, offset, b, off, len, version, r);
      }
      if (changed(r, version)) {
        // An If-Range header would need a preflight; comparing what came does not. A browser's
        // cache may have answered with an older version: ask once more past it.
        if (!fresh) {
          return range(path, offset, b, off, len, version, true);
        }
        throw stale(path);
      }
      int n = 0;
      for (int k; n < len && (k = r.read(b, off + n, len - n)) >= 0; ) {
        n += k;
      }
      return n;
    } catch (HttpFailure e) {
      throw failed(path, e);
    } finally {
      if (!handedOver) {
        r.close();
      }
    }
  }

  private int whole(
      String path, long offset, byte[] b, int off, int len, String version, HttpResponse answer) {
    HttpResponse r = answer != null ? answer : send(path, get(path));
    boolean keep = false;
    try {
      check(r, path);
      if (changed(r, version)) {
        throw stale(path);
      }
      Stream s = new Stream(path, version, r);
      if (!s.skip(offset, b, off, len)) {
        return 0;
      }
      keep = true;
      streams.add(s);
      if (streams.size() > 4) {
        streams.remove(0).response.close();
      }
      return s.read(b, off, len);
    } catch (HttpFailure e) {
      throw failed(path, e);
    } finally {
      if (!keep) {
        r.close();
      }
    }
  }

  private Stream keptAt(String path, long offset, String version) {
    for (int i = 0; i < streams.size(); i++) {
      Stream s = streams.get(i);
      if (!s.busy
          && s.position == offset
          && s.path.equals(path)
          && (version == null || version.equals(s.version))) {
        return s;
      }
    }
    return null;
  }

  @Override
  public void close() {
    for (Stream s : streams) {
      s.response.close();
    }
    streams.clear();
  }

  /** An answer without ranges that is read piece by piece. */
  private final class Stream {
    final String path;
    final String version;
    final HttpResponse response;
    long position;
    boolean busy;

    Stream(String path, String version, HttpResponse response) {
      this.path = path;
      this.version = version;
      this.response = response;
    }

    /** Reads and drops up to an offset; false when the file ends before it. */
    boolean skip(long to, byte[] b, int off, int len) {
      while (position < to) {
        int k = response.read(b, off, (int) Math.min(len, to - position));
        if (k < 0) {
          return false;
        }
        position += k;
      }
      return true;
    }

    int read(byte[] b, int off, int len) {
      busy = true;
      int n = 0;
      boolean whole = false;
      try {
        for (int k; n < len && (k = response.read(b, off + n, len - n)) >= 0; ) {
          n += k;
          position += k;
        }
        whole = n == len;
        return n;
      } catch (HttpFailure e) {
        throw failed(path, e);
      } finally {
        busy = false;
        if (!whole) {
          streams.remove(this);
          response.close();
        }
      }
    }
  }

  private String urlOf(String path) {
    return base + (path.equals("/") ? "/" : Urls.encodePath(path));
  }

  private HttpRequest get(String path) {
    return HttpRequest.get(urlOf(path));
  }

  private HttpResponse send(String path, HttpRequest request) {
    HttpRequest q = request.with(headers);
    try {
      return client.send(timeoutMillis > 0 ? q.withTimeout(timeoutMillis) : q);
    } catch (HttpFailure e) {
      throw failed(path, e);
    }
  }

  private void check(HttpResponse r, String path) {
    if (r.ok()) {
      return;
    }
    String said = r.statusLine() + " from " + Urls.origin(r.url());
    switch (r.status()) {
      case 404, 410 -> throw new VfsException(Errno.ENOENT, path);
      case 401 ->
          throw new VfsException(
              Errno.EACCES, path, said + ": mount it with the headers that the server asks for");
      case 403 -> throw new VfsException(Errno.EACCES, path, said);
      case 429, 503 -> {
        String after = r.header("Retry-After");
        throw new VfsException(
            Errno.EAGAIN,
            path,
            said + " after several tries" + (after == null ? "" : "; it asks to wait " + after));
      }
      case 408, 504 -> throw new VfsException(Errno.ETIMEDOUT, path, said);
      default -> throw new VfsException(Errno.EIO, path, said);
    }
  }

  private static VfsException failed(String path, HttpFailure e) {
    Errno errno =
        switch (e.kind()) {
          case NETWORK -> Errno.EHOSTUNREACH;
          case CORS, BLOCKED -> Errno.EACCES;
          case TIMEOUT -> Errno.ETIMEDOUT;
          case PROTOCOL -> Errno.EPROTO;
        };
    return new VfsException(errno, path, e.getMessage());
  }

  private static VfsException stale(String path) {
    return new VfsException(Errno.ESTALE, path, "the file has changed on the server");
  }

  private static long mtime(HttpResponse r) {
    long seconds = HttpDate.parse(r.header("Last-Modified"));
    return seconds < 0 ? FileStat.UNKNOWN : seconds * 1_000_000_000L;
  }

  /** Of an answer to a range, the size of the whole; -1 when the header is hidden or says *. */
  private static long total(HttpResponse r) {
    String range = r.header("Content-Range");
    int slash = range == null ? -1 : range.indexOf('/');
    if (slash < 0) {
      return -1;
    }
    long n = 0;
    for (int i = slash + 1; i < range.length(); i++) {
      char c = range.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      n = n * 10 + c - '0';
    }
    return n;
  }

  private static String version(HttpResponse r, long size) {
    String etag = r.header("ETag");
    if (etag != null) {
      return etag;
    }
    String modified = r.header("Last-Modified");
    if (modified != null) {
      return modified + " " + size;
    }
    // nothing tells one content from another: believe it is the same for a minute
    return "size " + size + " minute " + Sched.get().realTimeNanos() / 60_000_000_000L;
  }

  /** Whether an answer is of another version; one that names none is taken as the same. */
  private static boolean changed(HttpResponse r, String version) {
    if (version == null) {
      return false;
    }
    String etag = r.header("ETag");
    if (etag != null && version.indexOf('"') >= 0) {
      return !strip(etag).equals(strip(version));
    }
    String modified = r.header("Last-Modified");
    return modified != null && version.indexOf(',') > 0 && !version.startsWith(modified + " ");
  }

  /** Without the mark of a weak validator, which servers add when they compress. */
  private static String strip(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }
}
