package dev.qanat.engine;

import dev.qanat.cache.CachedResource;
import dev.qanat.cache.PageCache;
import dev.qanat.http.RetryingClient;
import dev.qanat.opfs.HandleResource;
import dev.qanat.resource.http.HttpResource;
import dev.qanat.resource.http.HttpResource.Listing;
import dev.qanat.vfs.AttributedResource;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.MemoryBudget;
import dev.qanat.vfs.MountMode;
import dev.qanat.vfs.RamResource;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.FetchClient;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the resource that a mount's kind and settings describe. */
final class Resources {
  private final MemoryBudget memory;
  private final PageCache pages;

  Resources(MemoryBudget memory, PageCache pages) {
    this.memory = memory;
    this.pages = pages;
  }

  Resource make(String kind, Settings s, MountMode mode) {
    return switch (kind) {
      case "ram" -> {
        double limit = s.number("limit", -1);
        yield limit < 0 ? new RamResource(memory) : new RamResource((long) limit);
      }
      case "opfs" ->
          new AttributedResource(HandleResource.opfs(s.text("path", "/")), mode != MountMode.READ);
      case "folder" ->
          new AttributedResource(
              HandleResource.folder(s.object("handle"), s.text("name", "")), false);
      case "http" -> http(s);
      default -> throw new VfsException(Errno.ENODEV, null, "no resource is called " + kind);
    };
  }

  private Resource http(Settings s) {
    String manifest = s.text("manifest");
    Listing listing =
        manifest != null
            ? Listing.MANIFEST
            : "index".equals(s.text("listing")) ? Listing.INDEX : Listing.NONE;
    Map<String, String> headers = new LinkedHashMap<>();
    String[] pairs = s.pairs("headers");
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      headers.put(pairs[i], pairs[i + 1]);
    }
    int attempts = Math.max(1, (int) s.number("attempts", 5));
    HttpResource server =
        new HttpResource(
            new RetryingClient(new FetchClient(), attempts),
            s.text("url", ""),
            headers,
            (long) s.number("timeoutMs", 0),
            listing,
            manifest);
    return new CachedResource(server, pages, (long) s.number("ttlMs", 10_000));
  }
}
