package dev.qanat.vfs;

import dev.qanat.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A service that stores only files and directories, with the links, permissions, owners and times
 * it lacks kept beside them. They live in one hidden file at the service's root, written whenever
 * they change, so they are there again after a reload. The times of directories, which such
 * services do not have either, begin when one is first seen and change with every name made or
 * taken away; they alone are no reason to write that file into a folder that is the user's own.
 */
public final class AttributedResource implements Resource {
  /** Not shown in listings, and not to be had by its name. */
  static final String STORE = "/.qanat-attributes";

  private static final long WRITE_BACK_MILLIS = 200;

  private final Resource service;
  private final boolean ownStorage;
  private final Capabilities capabilities;
  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private boolean loaded;
  private boolean writing;
  private boolean dirty;

  /** What is known of one path beyond the service; {@code target} not null makes it a link. */
  private record Entry(String target, int mode, int uid, int gid, long atime, long mtime) {
    static final Entry NOTHING =
        new Entry(null, FileStat.UNKNOWN, FileStat.UNKNOWN, FileStat.UNKNOWN, 0, 0);

    Entry with(Attributes a) {
      return new Entry(
          target,
          a.mode() != null ? a.mode() & 07777 : mode,
          a.uid() != null ? a.uid() : uid,
          a.gid() != null ? a.gid() : gid,
          a.atime() != null ? a.atime() : atime,
          a.mtime() != null ? a.mtime() : mtime);
    }

    FileStat over(FileStat s) {
      return new FileStat(
          s.type(),
          s.size(),
          mode != FileStat.UNKNOWN ? mode : s.mode(),
          s.nlink(),
          uid != FileStat.UNKNOWN ? uid : s.uid(),
          gid != FileStat.UNKNOWN ? gid : s.gid(),
          s.ino(),
          s.dev(),
          s.rdev(),
          atime != 0 ? atime : s.atime(),
          mtime != 0 ? mtime : s.mtime(),
          s.ctime(),
          s.version());
    }
  }

  /**
   * @param ownStorage whether nobody else looks into the service and it may be written, so that the
   *     hidden file may be written for directory times alone
   */
  public AttributedResource(Resource service, boolean ownStorage) {
    this.service = service;
    this.ownStorage = ownStorage;
    Capabilities c = service.capabilities();
    this.capabilities =
        new Capabilities(
            c.writable(),
            c.randomWrite(),
            c.atomicRename(),
            c.writable(),
            c.writable(),
            c.versions());
  }

  @Override
  public String label() {
    return service.label();
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  private void load() {
    if (loaded) {
      return;
    }
    byte[] text = readStore();
    if (loaded) {
      return; // another task was faster
    }
    loaded = true;
    int from = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        parse(Utf8.decode(text, from, i - from));
        from = i + 1;
      }
    }
  }

  private byte[] readStore() {
    byte[] all = new byte[0];
    byte[] b = new byte[64 * 1024];
    try {
      while (true) {
        int n = service.read(STORE, all.length, b, 0, b.length, null);
        if (n <= 0) {
          return all;
        }
        byte[] more = java.util.Arrays.copyOf(all, all.length + n);
        System.arraycopy(b, 0, more, all.length, n);
        all = more;
      }
    } catch (VfsException e) {
      if (e.errno() == Errno.ENOENT) {
        return all;
      }
      throw e;
    }
  }

  private void parse(String line) {
    long[] numbers = new long[5];
    int at = 0;
    for (int k = 0; k < 5; k++) {
      int space = line.indexOf(' ', at);
      if (space < 0) {
        return;
      }
      boolean minus = line.charAt(at) == '-';
      long v = 0;
      for (int i = minus ? at + 1 : at; i < space; i++) {
        v = v * 10 + line.charAt(i) - '0';
      }
      numbers[k] = minus ? -v : v;
      at = space + 1;
    }
    int nul = line.indexOf('\0', at);
    String path = unescape(nul < 0 ? line.substring(at) : line.substring(at, nul));
    String target = nul < 0 ? null : unescape(line.substring(nul + 1));
    entries.put(
        path,
        new Entry(
            target, (int) numbers[0], (int) numbers[1], (int) numbers[2], numbers[3], numbers[4]));
  }

  private byte[] format() {
    StringBuilder s = new StringBuilder();
    for (Map.Entry<String, Entry> e : entries.entrySet()) {
      Entry v = e.getValue();
      s.append(v.mode).append(' ').append(v.uid).append(' ').append(v.gid).append(' ');
      s.append(v.atime).append(' ').append(v.mtime).append(' ').append(escape(e.getKey()));
      if (v.target != null) {
        s.append('\0').append(escape(v.target));
      }
      s.append('\n');
    }
    return Utf8.encode(s.toString());
  }

  private static String escape(String s) {
    return s.indexOf('\n') < 0 && s.indexOf('\\') < 0
        ? s
        : s.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String unescape(String s) {
    if (s.indexOf('\\') < 0) {
      return s;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '\\' && i + 1 < s.length()) {
        c = s.charAt(++i) == 'n' ? '\n' : '\\';
      }
      out.append(c);
    }
    return out.toString();
  }

  /** Changes come in bursts: one write serves those of a moment. */
  private void changed() {
    dirty = true;
    if (writing) {
      return;
    }
    writing = true;
    dev.qanat.sched.Sched sched = dev.qanat.sched.Sched.get();
    sched.spawn(
        "attributes of " + label(),
        () -> {
          try {
            while (dirty) {
              sched.sleep(WRITE_BACK_MILLIS);
              writeBack();
            }
          } finally {
            writing = false;
          }
        },
        t -> {
          t.setBudget(null);
          t.setGroup(t.pid());
        });
  }

  private void writeBack() {
    if (dirty) {
      dirty = false;
      byte[] text = format();
      service.commit(
          STORE, new Commit(null, false, 0, text.length, List.of(new Commit.Extent(0, text)), 0));
    }
  }

  private static void refuseStore(String path) {
    if (path.equals(STORE)) {
      throw new VfsException(Errno.EACCES, path, "the file keeps this mount's attributes");
    }
  }

  @Override
  public FileStat stat(String path) {
    load();
    Entry e = entries.get(path);
    if (e != null && e.target != null) {
      int size = Utf8.encode(e.target).length;
      return e.over(FileStat.of(FileType.SYMLINK, size, e.mtime, null).withMode(0777));
    }
    FileStat s = service.stat(path);
    e = entries.getOrDefault(path, Entry.NOTHING); // asking the service may have suspended
    if (ownStorage && s.isDirectory() && s.mtime() == FileStat.UNKNOWN && e.mtime == 0) {
      touch(path);
      e = entries.get(path);
    }
    return e.over(s);
  }

  @Override
  public List<DirEntry> list(String path) {
    load();
    List<DirEntry> out = new ArrayList<>();
    for (DirEntry e : service.list(path)) {
      if (path.equals("/") && STORE.substring(1).equals(e.name())) {
        continue;
      }
      String child = path.equals("/") ? "/" + e.name() : path + "/" + e.name();
      Entry mine = entries.get(child);
      out.add(
          mine == null || e.stat() == null
              ? e
              : new DirEntry(e.name(), e.type(), mine.over(e.stat())));
    }
    String prefix = path.equals("/") ? "/" : path + "/";
    for (Map.Entry<String, Entry> e : below(prefix).entrySet()) {
      String rest = e.getKey().substring(prefix.length());
      if (e.getValue().target != null && rest.indexOf('/') < 0) {
        out.add(new DirEntry(rest, FileType.SYMLINK, null));
      }
    }
    return out;
  }

  private Map<String, Entry> below(String prefix) {
    return entries.subMap(prefix, prefix + Character.MAX_VALUE);
  }

  @Override
  public int read(String path, long offset, byte[] b, int off, int len, String version) {
    refuseStore(path);
    return service.read(path, offset, b, off, len, version);
  }

  @Override
  public int findLink(String path, boolean followLast) {
    load();
    if (entries.isEmpty()) {
      return -1;
    }
    int slash = 0;
    while (slash < path.length()) {
      slash = path.indexOf('/', slash + 1);
      if (slash < 0) {
        slash = path.length();
      }
      Entry e = entries.get(path.substring(0, slash));
      if (e == null) {
        continue;
      }
      if (e.target != null && (slash < path.length() || followLast)) {
        return slash;
      }
      if (slash < path.length() && e.mode != FileStat.UNKNOWN && (e.mode & 0100) == 0) {
        throw new VfsException(Errno.EACCES, path);
      }
    }
    return -1;
  }

  @Override
  public String readlink(String path) {
    load();
    Entry e = entries.get(path);
    if (e == null || e.target == null) {
      throw new VfsException(Errno.EINVAL, path);
    }
    return e.target;
  }

  @Override
  public FileStat commit(String path, Commit c) {
    refuseStore(path);
    load();
    FileStat s = service.commit(path, c);
    Entry e = entries.get(path);
    if (e == null) {
      return s;
    }
    if (e.mtime != 0 || e.atime != 0) {
      e = new Entry(null, e.mode, e.uid, e.gid, 0, 0);
      entries.put(path, e);
      changed();
    }
    return e.over(s);
  }

  @Override
  public FileBody open(String path) {
    refuseStore(path);
    FileBody body = service.open(path);
    return body == null ? null : new Timed(body, path);
  }

  /** A body in place: writing it ends what was said of its times. */
  private final class Timed implements FileBody {
    private final FileBody body;
    private String path;

    Timed(FileBody body, String path) {
      this.body = body;
      this.path = path;
    }

    private void written() {
      Entry e = entries.get(path);
      if (e != null && (e.mtime != 0 || e.atime != 0)) {
        entries.put(path, new Entry(null, e.mode, e.uid, e.gid, 0, 0));
        changed();
      }
    }

    @Override
    public long size() {
      return body.size();
    }

    @Override
    public int read(long offset, byte[] b, int off, int len) {
      return body.read(offset, b, off, len);
    }

    @Override
    public void write(long offset, byte[] b, int off, int len) {
      body.write(offset, b, off, len);
      written();
    }

    @Override
    public void truncate(long size) {
      body.truncate(size);
      written();
    }

    @Override
    public void flush() {
      body.flush();
    }

    @Override
    public FileStat stat(FileStat base) {
      FileStat s = body.stat(base);
      Entry e = entries.get(path);
      return e == null ? s : e.over(s);
    }

    @Override
    public void detach() {
      body.detach();
    }

    @Override
    public void moved(String to) {
      path = to;
      body.moved(to);
    }

    @Override
    public void close() {
      body.close();
    }
  }

  @Override
  public void create(String path, FileType type, int mode) {
    refuseStore(path);
    load();
    service.create(path, type, mode);
    remember(path, mode, 0644);
    touch(Paths.parent(path));
  }

  @Override
  public void mkdir(String path, int mode) {
    load();
    service.mkdir(path, mode);
    remember(path, mode, 0755);
    touch(path);
    touch(Paths.parent(path));
  }

  /** A name was made in this directory or taken away from it, or it is seen for the first time. */
  private void touch(String directory) {
    long now = dev.qanat.sched.Sched.get().realTimeNanos();
    entries.put(
        directory,
        entries.getOrDefault(directory, Entry.NOTHING).with(Attributes.times(null, now)));
    if (ownStorage) {
      changed();
    }
  }

  private void remember(String path, int mode, int usual) {
    Entry old = entries.remove(path);
    if (mode != usual) {
      entries.put(path, Entry.NOTHING.with(Attributes.mode(mode)));
    }
    if (old != null || mode != usual) {
      changed();
    }
  }

  @Override
  public void rmdir(String path) {
    load();
    for (Entry e : below(path + "/").values()) {
      if (e.target != null) {
        throw new VfsException(Errno.ENOTEMPTY, path);
      }
    }
    service.rmdir(path);
    forget(path);
    touch(Paths.parent(path));
  }

  @Override
  public void unlink(String path) {
    refuseStore(path);
    load();
    Entry e = entries.get(path);
    if (e == null || e.target == null) {
      service.unlink(path);
    }
    forget(path);
    touch(Paths.parent(path));
  }

  private void forget(String path) {
    Map<String, Entry> tree = below(path + "/");
    boolean some = entries.remove(path) != null || !tree.isEmpty();
    tree.clear();
    if (some) {
      changed();
    }
  }

  @Override
  public void rename(String from, String to) {
    refuseStore(from);
    refuseStore(to);
    load();
    Entry moved = entries.get(from);
    Entry replaced = entries.get(to);
    if (moved != null && moved.target != null) {
      if (replaced == null || replaced.target == null) {
        unlinkQuietly(to);
      }
    } else {
      service.rename(from, to);
    }
    entries.remove(to);
    below(to + "/").clear();
    Map<String, Entry> tree = new TreeMap<>(below(from + "/"));
    below(from + "/").clear();
    if (moved != null) {
      entries.remove(from);
      entries.put(to, moved);
    }
    for (Map.Entry<String, Entry> e : tree.entrySet()) {
      entries.put(to + e.getKey().substring(from.length()), e.getValue());
    }
    touch(Paths.parent(from));
    touch(Paths.parent(to));
    if (moved != null || replaced != null || !tree.isEmpty()) {
      changed();
    }
  }

  private void unlinkQuietly(String path) {
    try {
      service.unlink(path);
    } catch (VfsException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  @Override
  public void symlink(String target, String path) {
    refuseStore(path);
    load();
    if (!service.stat(Paths.parent(path)).isDirectory()) {
      throw new VfsException(Errno.ENOTDIR, path);
    }
    long now = dev.qanat.sched.Sched.get().realTimeNanos();
    entries.put(path, new Entry(target, 0777, FileStat.UNKNOWN, FileStat.UNKNOWN, now, now));
    touch(Paths.parent(path));
    changed();
  }

  @Override
  public void setAttributes(String path, Attributes a) {
    refuseStore(path);
    load();
    entries.put(path, entries.getOrDefault(path, Entry.NOTHING).with(a));
    changed();
  }

  @Override
  public Space space() {
    return service.space();
  }

  @Override
  public void invalidate(String path) {
    service.invalidate(path);
  }

  @Override
  public void close() {
    writeBack();
    service.close();
  }
}
