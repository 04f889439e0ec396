package dev.qanat.cache;

import dev.qanat.vfs.MemoryBudget;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pages of files, the least recently used given up first. One cache serves all services, so that
 * one limit holds for them together; what it holds is also counted in a budget shared with others.
 */
public final class PageCache {
  /** 128 MiB. */
  public static final long DEFAULT_LIMIT = 128L << 20;

  private final long limit;
  private final MemoryBudget budget;
  private final LinkedHashMap<Key, byte[]> pages = new LinkedHashMap<>(64, 0.75f, true);
  private long held;

  /** A page of one version of a file of one service. */
  record Key(Object service, String path, String version, long page) {}

  public PageCache(long limitBytes, MemoryBudget budget) {
    this.limit = limitBytes;
    this.budget = budget;
  }

  /** A cache that only its own limit bounds. */
  public PageCache(long limitBytes) {
    this(limitBytes, new MemoryBudget(limitBytes));
  }

  /** Bytes held. */
  public long held() {
    return held;
  }

  /** The page, not to be changed; null when it is not here. */
  byte[] get(Key key) {
    return pages.get(key);
  }

  /** Keeps a page if it can; the array belongs to the cache from now on. */
  void put(Key key, byte[] page) {
    drop(key);
    while (held + page.length > limit || !budget.take(page.length)) {
      if (!dropOldest()) {
        return;
      }
    }
    held += page.length;
    pages.put(key, page);
  }

  private boolean dropOldest() {
    Iterator<Map.Entry<Key, byte[]>> oldest = pages.entrySet().iterator();
    if (!oldest.hasNext()) {
      return false;
    }
    gone(oldest.next().getValue());
    oldest.remove();
    return true;
  }

  private void drop(Key key) {
    byte[] old = pages.remove(key);
    if (old != null) {
      gone(old);
    }
  }

  /** Gives up the pages of a path and of what is below it. */
  void drop(Object service, String path) {
    String below = path.endsWith("/") ? path : path + "/";
    Iterator<Map.Entry<Key, byte[]>> all = pages.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Key, byte[]> e = all.next();
      Key k = e.getKey();
      if (k.service() == service && (k.path().equals(path) || k.path().startsWith(below))) {
        gone(e.getValue());
        all.remove();
      }
    }
  }

  private void gone(byte[] page) {
    held -= page.length;
    budget.give(page.length);
  }
}
