package dev.qanat.vfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * An open file of a service without random writes. Reads go to the service at the version that was
 * opened; writes are kept as pages and committed as one on flush. Nothing is read that a write
 * replaces whole.
 */
final class StagedBody implements FileBody {
  private static final int PAGE = 64 * 1024;

  private final Resource service;
  private final TreeMap<Long, byte[]> pages = new TreeMap<>(); // changed pages, by number
  private final int mode;
  private String path;
  private String version;
  private long kept; // bytes of the base still valid
  private long size;
  private long mtime;
  private boolean created;
  private boolean dirty;
  private boolean detached;

  /** {@code stat} null: the file does not exist yet. */
  StagedBody(Resource service, String path, FileStat stat, int mode) {
    this.service = service;
    this.path = path;
    this.mode = mode;
    if (stat == null) {
      created = true;
      dirty = true;
      mtime = dev.qanat.sched.Sched.get().realTimeNanos();
    } else {
      version = stat.version();
      size = stat.size() == FileStat.UNKNOWN ? Long.MAX_VALUE : stat.size();
      kept = size;
      mtime = stat.mtime();
    }
  }

  boolean created() {
    return created;
  }

  @Override
  public long size() {
    if (size == Long.MAX_VALUE) {
      size = kept = measure();
    }
    return size;
  }

  /** Reads to the end of a file whose size the service does not tell. */
  private long measure() {
    byte[] b = new byte[PAGE];
    long at = 0;
    int n;
    while ((n = service.read(path, at, b, 0, PAGE, version)) > 0) {
      at += n;
      dev.qanat.sched.Sched.checkpoint();
    }
    return at;
  }

  @Override
  public int read(long offset, byte[] b, int off, int len) {
    if (pages.isEmpty() && kept == size) {
      return offset >= size || created ? 0 : readBase(offset, b, off, len);
    }
    if (offset >= size()) {
      return 0;
    }
    int n = (int) Math.min(len, size - offset);
    long page = offset / PAGE;
    int at = (int) (offset % PAGE);
    n = Math.min(n, PAGE - at);
    byte[] mine = pages.get(page);
    if (mine != null) {
      System.arraycopy(mine, at, b, off, n);
      return n;
    }
    int base = offset >= kept ? 0 : readFully(offset, b, off, (int) Math.min(n, kept - offset));
    Arrays.fill(b, off + base, off + n, (byte) 0);
    return n;
  }

  private int readBase(long offset, byte[] b, int off, int len) {
    return service.read(path, offset, b, off, len, version);
  }

  private int readFully(long offset, byte[] b, int off, int len) {
    int n = 0;
    while (n < len) {
      int k = readBase(offset + n, b, off + n, len - n);
      if (k <= 0) {
        break;
      }
      n += k;
    }
    return n;
  }

  @Override
  public void write(long offset, byte[] b, int off, int len) {
    size();
    while (len > 0) {
      int at = (int) (offset % PAGE);
      int n = Math.min(len, PAGE - at);
      byte[] page = page(offset / PAGE, at == 0 && (n == PAGE || offset + n >= kept));
      System.arraycopy(b, off, page, at, n);
      off += n;
      offset += n;
      len -= n;
      size = Math.max(size, offset);
    }
    changed();
  }

  /** A page to change; its old bytes are read unless all of them are about to be replaced. */
  private byte[] page(long number, boolean whole) {
    byte[] p = pages.get(number);
    if (p == null) {
      p = new byte[PAGE];
      long from = number * PAGE;
      if (!whole && from < kept) {
        readFully(from, p, 0, (int) Math.min(PAGE, kept - from));
      }
      pages.put(number, p);
    }
    return p;
  }

  @Override
  public void truncate(long to) {
    if (to == size && !(to == 0 && !created)) {
      return;
    }
    if (to == 0) {
      pages.clear();
      kept = 0;
    } else if (to < size()) {
      long last = to / PAGE;
      pages.tailMap(last, false).clear();
      if (pages.containsKey(last)) {
        Arrays.fill(pages.get(last), (int) (to % PAGE), PAGE, (byte) 0);
      }
      kept = Math.min(kept, to);
    }
    size = to;
    changed();
  }

  private void changed() {
    dirty = true;
    mtime = dev.qanat.sched.Sched.get().realTimeNanos();
  }

  @Override
  public void flush() {
    if (!dirty || detached) {
      return;
    }
    List<Commit.Extent> extents = new ArrayList<>();
    for (var e : pages.entrySet()) {
      long from = e.getKey() * PAGE;
      if (from < size) {
        extents.add(
            new Commit.Extent(
                from, Arrays.copyOf(e.getValue(), (int) Math.min(PAGE, size - from))));
      }
    }
    dirty = false;
    boolean done = false;
    try {
      FileStat now =
          service.commit(
              path, new Commit(version, created, Math.min(kept, size), size, extents, 0));
      done = true;
      version = now.version();
      kept = size;
      mtime = now.mtime();
      pages.clear();
      if (created && mode != 0644 && service.capabilities().modes()) {
        service.setAttributes(path, Attributes.mode(mode));
      }
      created = false;
    } finally {
      dirty |= !done;
    }
  }

  @Override
  public FileStat stat(FileStat base) {
    if (!dirty) {
      return base.size() == FileStat.UNKNOWN && size != Long.MAX_VALUE
          ? base.withSize(size, base.mtime())
          : base;
    }
    return base.withSize(size(), mtime).withMode(created ? mode : base.mode());
  }

  @Override
  public void detach() {
    if (!created) {
      // the service forgets the content with the name: what is open keeps a copy
      long n = size();
      for (long p = 0; p * PAGE < Math.min(n, kept); p++) {
        page(p, false);
        dev.qanat.sched.Sched.checkpoint();
      }
    }
    kept = 0;
    detached = true;
  }

  @Override
  public void moved(String to) {
    path = to;
  }
}
