package dev.qanat.cache;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.Capabilities;
import dev.qanat.vfs.Commit;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileBody;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A resource in front of a slow one. It keeps pages by version, and for a while what stat and list
 * said; what is read in order is fetched ahead in ever larger pieces. Two tasks that want the same
 * page cause one request. Changes go through and make it forget what they touch.
 */
public final class CachedResource implements Resource {
  /** Bytes of a page; a request for one costs about the same as for a byte. */
  public static final int PAGE = 256 * 1024;

  /** How far a file read in order is fetched ahead, in pages. */
  private static final int MAX_AHEAD = 16;

  private static final int MAX_NAMES = 20_000;

  private final Resource service;
  private final PageCache pages;
  private final long ttlNanos;
  private final Map<String, Answer<FileStat>> stats = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, Answer<List<DirEntry>>> listings = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Object, Gate> underway = new HashMap<>();
  private final Map<String, Reader> readers = new LinkedHashMap<>(16, 0.75f, true);

  /** What a service said, or that it said there is none, and when. */
  private record Answer<T>(T value, VfsException error, long at) {}

  /** Where a file was read last, to tell reading in order from reading here and there. */
  private static final class Reader {
    long next = -1; // the page that follows the last fetched one
    int ahead = 1;
  }

  /**
   * @param ttlMillis how long stat and list are believed without asking again
   */
  public CachedResource(Resource service, PageCache pages, long ttlMillis) {
    this.service = service;
    this.pages = pages;
    this.ttlNanos = ttlMillis * 1_000_000L;
  }

  @Override
  public String label() {
    return service.label();
  }

  @Override
  public Capabilities capabilities() {
    return service.capabilities();
  }

  @Override
  public FileStat stat(String path) {
    return remembered(stats, path, () -> service.stat(path));
  }

  @Override
  public List<DirEntry> list(String path) {
    return remembered(listings, path, () -> service.list(path));
  }

  /** Answers from memory, or asks once however many tasks want to know. */
  private <T> T remembered(Map<String, Answer<T>> memory, String path, Supplier<T> ask) {
    String key = (memory == (Object) stats ? "s" : "l") + path;
    while (true) {
      Answer<T> known = memory.get(path);
      if (known != null && Sched.get().nanoTime() - known.at() < ttlNanos) {
        if (known.error() != null) {
          throw known.error();
        }
        return known.value();
      }
      Gate other = underway.get(key);
      if (other == null) {
        break;
      }
      other.await();
    }
    Gate mine = new Gate();
    underway.put(key, mine);
    try {
      T value = ask.get();
      keep(memory, path, new Answer<>(value, null, Sched.get().nanoTime()));
      return value;
    } catch (VfsException e) {
      if (e.errno() == Errno.ENOENT) {
        keep(memory, path, new Answer<>(null, e, Sched.get().nanoTime()));
      }
      throw e;
    } finally {
      underway.remove(key);
      mine.open();
    }
  }

  private static <T> void keep(Map<String, Answer<T>> memory, String path, Answer<T> answer) {
    memory.put(path, answer);
    if (memory.size() > MAX_NAMES) {
      Iterator<String> oldest = memory.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  @Override
  public int read(String path, long offset, byte[] b, int off, int len, String version) {
    if (version == null && service.capabilities().versions()) {
      version = stat(path).version();
    }
    if (version == null) {
      // nothing tells whether a kept page is still true
      return service.read(path, offset, b, off, len, null);
    }
    int done = 0;
    while (done < len) {
      long number = (offset + done) / PAGE;
      int at = (int) ((offset + done) % PAGE);
      byte[] page = page(path, version, number);
      int n = Math.min(len - done, page.length - at);
      if (n <= 0) {
        break;
      }
      System.arraycopy(page, at, b, off + done, n);
      done += n;
      if (page.length < PAGE) {
        break;
      }
    }
    return done;
  }

  private byte[] page(String path, String version, long number) {
    PageCache.Key key = new PageCache.Key(this, path, version, number);
    while (true) {
      byte[] here = pages.get(key);
      if (here != null) {
        return here;
      }
      Gate other = underway.get(key);
      if (other == null) {
        return fetch(path, version, number);
      }
      other.await();
    }
  }

  /** Fetches a page, and those after it when the file is being read in order. */
  private byte[] fetch(String path, String version, long first) {
    Reader reader = reader(path);
    reader.ahead = reader.next == first ? Math.min(reader.ahead * 2, MAX_AHEAD) : 1;
    int count = 1;
    Gate mine = new Gate();
    underway.put(new PageCache.Key(this, path, version, first), mine);
    while (count < reader.ahead) {
      PageCache.Key key = new PageCache.Key(this, path, version, first + count);
      if (pages.get(key) != null || underway.containsKey(key)) {
        break;
      }
      underway.put(key, mine);
      count++;
    }
    reader.next = first + count;
    try {
      byte[] got = new byte[count * PAGE];
      int n = service.read(path, first * PAGE, got, 0, got.length, version);
      byte[] wanted = null;
      for (int i = 0; i < count; i++) {
        int from = i * PAGE;
        int length = Math.max(0, Math.min(PAGE, n - from));
        byte[] page = new byte[length];
        System.arraycopy(got, Math.min(from, n), page, 0, length);
        if (i == 0) {
          wanted = page;
        }
        pages.put(new PageCache.Key(this, path, version, first + i), page);
        if (length < PAGE) {
          break;
        }
      }
      return wanted;
    } catch (VfsException e) {
      if (e.errno() == Errno.ESTALE) {
        forget(path);
      }
      throw e;
    } finally {
      for (int i = 0; i < count; i++) {
        underway.remove(new PageCache.Key(this, path, version, first + i));
      }
      mine.open();
    }
  }

  private Reader reader(String path) {
    Reader r = readers.get(path);
    if (r == null) {
      r = new Reader();
      readers.put(path, r);
      if (readers.size() > 256) {
        Iterator<String> oldest = readers.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    return r;
  }

  private void forget(String path) {
    pages.drop(this, path);
    stats.remove(path);
    listings.remove(path);
    String parent = Paths.parent(path);
    stats.remove(parent);
    listings.remove(parent);
  }

  @Override
  public void invalidate(String path) {
    String below = path.endsWith("/") ? path : path + "/";
    pages.drop(this, path);
    stats.keySet().removeIf(p -> p.equals(path) || p.startsWith(below));
    listings.keySet().removeIf(p -> p.equals(path) || p.startsWith(below));
    service.invalidate(path);
  }

  @Override
  public FileStat commit(String path, Commit commit) {
    try {
      return service.commit(path, commit);
    } finally {
      forget(path);
    }
  }

  @Override
  public FileBody open(String path) {
    return service.open(path);
  }

  @Override
  public OpenFile openSpecial(String path, int flags, FileContext context) {
    return service.openSpecial(path, flags, context);
  }

  @Override
  public void mkdir(String path, int mode) {
    service.mkdir(path, mode);
    forget(path);
  }

  @Override
  public void create(String path, FileType type, int mode) {
    service.create(path, type, mode);
    forget(path);
  }

  @Override
  public void rmdir(String path) {
    service.rmdir(path);
    invalidate(path);
    forget(path);
  }

  @Override
  public void unlink(String path) {
    service.unlink(path);
    forget(path);
  }

  @Override
  public void rename(String from, String to) {
    service.rename(from, to);
    invalidate(from);
    invalidate(to);
    forget(from);
    forget(to);
  }

  @Override
  public void symlink(String target, String path) {
    service.symlink(target, path);
    forget(path);
  }

  @Override
  public String readlink(String path) {
    return service.readlink(path);
  }

  @Override
  public void link(String from, String to) {
    service.link(from, to);
    forget(from);
    forget(to);
  }

  @Override
  public void setAttributes(String path, Attributes attributes) {
    service.setAttributes(path, attributes);
    forget(path);
  }

  @Override
  public int findLink(String path, boolean followLast) {
    return service.findLink(path, followLast);
  }

  @Override
  public Space space() {
    return service.space();
  }

  @Override
  public void close() {
    pages.drop(this, "/");
    service.close();
  }
}
