package dev.qanat.vfs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree: mounts, path resolution, permissions, and the files that are open. Paths given to it
 * are absolute and may hold {@code .}, {@code ..} and links. Processes use it through {@link
 * FileContext}. Every method that looks at a file may suspend.
 */
public final class Vfs {
  private static final int MAX_LINKS = 40; // as Linux
  private static final int MAX_NAME = 255;
  private static final int MAX_PATH = 4096;

  private final MountTable mounts = new MountTable();
  private final Map<String, OpenBody> open = new HashMap<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private int uid = 1000;
  private int gid = 1000;

  /** A place in the tree after resolution: the mount, and the path without links. */
  record Location(Mount mount, String absolute, String inside, boolean mustBeDirectory) {}

  /** Told of every change of content or names that was made through this tree. */
  public interface Watcher {
    /** {@code tree}: everything below the path may have changed too. Must not suspend. */
    void changed(String path, boolean tree);
  }

  public Vfs(Resource root, MountMode mode) {
    addMount("/", root, mode);
  }

  public int uid() {
    return uid;
  }

  public int gid() {
    return gid;
  }

  /** Who acts; 0 passes every permission check of files, not of mounts. */
  public void setUser(int uid, int gid) {
    this.uid = uid;
    this.gid = gid;
  }

  /** Mounts a service. EBUSY when one is there already, EINVAL when the path is not absolute. */
  public Mount addMount(String path, Resource resource, MountMode mode) {
    if (!path.startsWith("/")) {
      throw new VfsException(Errno.EINVAL, path, "a mount point is an absolute path");
    }
    String at = Paths.normalize(path);
    if (mounts.at(at) != null) {
      throw new VfsException(Errno.EBUSY, path, "unmount what is there first");
    }
    Mount m = mounts.add(at, resource, mode);
    changed(at, true);
    return m;
  }

  /** Takes a service away. EINVAL when none is there, EBUSY while files on it are open. */
  public void unmount(String path) {
    String at = Paths.normalize(path);
    Mount m = mounts.at(at);
    if (m == null || at.equals("/")) {
      throw new VfsException(Errno.EINVAL, path, "not a mount point");
    }
    for (OpenBody b : open.values()) {
      if (b.location().mount() == m) {
        throw new VfsException(Errno.EBUSY, path, b.location().absolute() + " is open");
      }
    }
    mounts.remove(m);
    m.resource().close();
    changed(at, true);
  }

  /** All mounts in the order they were made. */
  public Collection<Mount> mounts() {
    return mounts.all();
  }

  /** The mount a normalised absolute path lies on. */
  public Mount mountOf(String absolute) {
    return mounts.covering(absolute);
  }

  public void watch(Watcher w) {
    watchers.add(w);
  }

  public void unwatch(Watcher w) {
    watchers.remove(w);
  }

  void changed(String path, boolean tree) {
    for (int i = 0; i < watchers.size(); i++) {
      watchers.get(i).changed(path, tree);
    }
  }

  /** Resolves a path; what it names need not exist, the directories above it are not looked at. */
  Location resolve(String path, boolean followLast) {
    if (path.length() > MAX_PATH) {
      throw new VfsException(Errno.ENAMETOOLONG, path);
    }
    boolean dir = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    boolean follow = followLast || dir;
    String p = path;
    int links = 0;
    while (true) {
      int up = dotDot(p);
      if (up >= 0) {
        // what is before ".." must be a directory, links in it resolved
        Location before = resolve(up == 0 ? "/" : p.substring(0, up), true);
        FileStat s = statAt(before);
        if (!s.isDirectory()) {
          throw new VfsException(Errno.ENOTDIR, path);
        }
        p = Paths.parent(before.absolute) + p.substring(up + 3);
        if (p.isEmpty()) {
          p = "/";
        }
        continue;
      }
      String absolute = Paths.normalize(p);
      checkNames(absolute, path);
      Mount m = mountOf(absolute);
      String inside = m.inside(absolute);
      int link = m.resource().findLink(inside, follow);
      if (link < 0) {
        return new Location(m, absolute, inside, dir);
      }
      if (++links > MAX_LINKS) {
        throw new VfsException(Errno.ELOOP, path);
      }
      int at = absolute.length() - inside.length() + link;
      String linkPath = absolute.substring(0, at);
      String target = m.resource().readlink(inside.substring(0, link));
      p = Paths.join(Paths.parent(linkPath), target) + absolute.substring(at);
    }
  }

  /** Where the first {@code /..} component begins; -1 when there is none. */
  private static int dotDot(String p) {
    int i = p.indexOf("/..");
    while (i >= 0) {
      if (i + 3 == p.length() || p.charAt(i + 3) == '/') {
        return i;
      }
      i = p.indexOf("/..", i + 1);
    }
    return -1;
  }

  private static void checkNames(String absolute, String given) {
    if (absolute.length() <= MAX_NAME) {
      return;
    }
    int from = 0;
    for (int i = 0; i <= absolute.length(); i++) {
      if (i == absolute.length() || absolute.charAt(i) == '/') {
        if (i - from > MAX_NAME) {
          throw new VfsException(Errno.ENAMETOOLONG, given);
        }
        from = i + 1;
      }
    }
  }

  /** What stat says of a resolved place; ENOENT. Counts in what is written but not committed. */
  private FileStat statAt(Location l) {
    OpenBody body = open.get(l.absolute);
    FileStat s;
    try {
      s = l.mount.resource().stat(l.inside);
    } catch (VfsException e) {
      if (e.errno() == Errno.ENOENT && body != null && body.created()) {
        s = FileStat.file(0, 0, null);
      } else if (e.errno() == Errno.ENOENT && mounts.below(l.absolute)) {
        s = FileStat.directory(FileStat.UNKNOWN);
      } else if (e.errno() == Errno.ENOENT && behindFile(l)) {
        throw new VfsException(Errno.ENOTDIR, l.absolute);
      } else {
        throw e;
      }
    }
    if (l.mustBeDirectory && !s.isDirectory()) {
      throw new VfsException(Errno.ENOTDIR, l.absolute);
    }
    s = complete(s, l);
    return body != null && s.isFile() ? body.stat(s) : s;
  }

  /** What stat says of a directory that is no more but that a process is still in. */
  FileStat removedDirectory(String absolute) {
    Mount m = mountOf(absolute);
    Location l = new Location(m, absolute, m.inside(absolute), true);
    return complete(FileStat.directory(FileStat.UNKNOWN).withSize(0, m.since()), l).withLinks(0);
  }

  /** Services without directories say ENOENT where POSIX wants ENOTDIR. */
  private boolean behindFile(Location l) {
    for (String p = Paths.parent(l.inside); p.length() > 1; p = Paths.parent(p)) {
      try {
        return !l.mount.resource().stat(p).isDirectory();
      } catch (VfsException e) {
        if (e.errno() != Errno.ENOENT) {
          return false;
        }
      }
    }
    return false;
  }

  /** What stat says of a file must agree with what fstat says: programs compare the inodes. */
  FileStat complete(FileStat s, Location l) {
    return s.complete(l.mount.device(), inode(l), uid, gid, l.mount.since());
  }

  private static long inode(Location l) {
    long h = 1125899906842597L;
    for (int i = 0; i < l.inside.length(); i++) {
      h = h * 31 + l.inside.charAt(i);
    }
    return (h & 0x7fffffffffffL) | 1;
  }

  private FileStat statOrNull(Location l) {
    try {
      return statAt(l);
    } catch (VfsException e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  /** Whether the user may, by the file's mode: 4 read, 2 write, 1 execute or search. */
  boolean permits(FileStat s, int bits) {
    if (uid == 0) {
      return (bits & 1) == 0 || s.isDirectory() || (s.mode() & 0111) != 0;
    }
    int shift = s.uid() == uid ? 6 : s.gid() == gid ? 3 : 0;
    return (s.mode() >> shift & bits) == bits;
  }

  private void requireWritable(Location l, String given) {
    if (l.mount.mode() == MountMode.READ || !l.mount.resource().capabilities().writable()) {
      throw new VfsException(Errno.EROFS, given);
    }
  }

  /** The directory that holds a name must exist and be writable to change the name. */
  private void requireParent(Location l, String given) {
    requireWritable(l, given);
    String parent = Paths.parent(l.inside);
    FileStat s;
    try {
      s = l.mount.resource().stat(parent);
    } catch (VfsException e) {
      throw new VfsException(e.errno(), given, e.detail());
    }
    if (!s.isDirectory()) {
      throw new VfsException(Errno.ENOTDIR, given);
    }
    if (!permits(s.complete(0, 0, uid, gid, 0), 3)) {
      throw new VfsException(Errno.EACCES, given);
    }
  }

  private void requireNoMount(Location l, String given) {
    if (mounts.at(l.absolute) != null || mounts.below(l.absolute)) {
      throw new VfsException(Errno.EBUSY, given, "it is or holds a mount point");
    }
  }

  FileStat stat(String path, boolean follow, FileContext context) {
    OpenFile own = descriptorFile(path, context);
    if (own != null && follow) {
      return own.stat().complete(0, 0, uid, gid, 0);
    }
    try {
      return statAt(resolve(path, follow));
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  boolean access(String path, int bits, FileContext context) {
    FileStat s = stat(path, true, context);
    if ((bits & 2) != 0) {
      Location l = resolve(path, true);
      if (l.mount.mode() == MountMode.READ || !l.mount.resource().capabilities().writable()) {
        return false;
      }
    }
    return permits(s, bits);
  }

  /** The path without links when it is a directory the user may search. */
  String searchable(String path) {
    try {
      Location l = resolve(path, true);
      FileStat s = statAt(l);
      if (!s.isDirectory()) {
        throw new VfsException(Errno.ENOTDIR, path);
      }
      if (!permits(s, 1)) {
        throw new VfsException(Errno.EACCES, path);
      }
      return l.absolute;
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  String realpath(String path) {
    try {
      Location l = resolve(path, true);
      statAt(l);
      return l.absolute;
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  List<DirEntry> list(String path, FileContext context) {
    try {
      Location l = resolve(path, true);
      FileStat s = statAt(l);
      if (!s.isDirectory()) {
        throw new VfsException(Errno.ENOTDIR, path);
      }
      if (!permits(s, 4)) {
        throw new VfsException(Errno.EACCES, path);
      }
      Map<String, DirEntry> names = new LinkedHashMap<>();
      try {
        for (DirEntry e : l.mount.resource().list(l.inside)) {
          names.put(e.name(), timed(e, l.mount));
        }
      } catch (VfsException e) {
        if (e.errno() != Errno.ENOENT || !mounts.below(l.absolute)) {
          throw e;
        }
      }
      addOpen(l, names);
      for (String name : mounts.namesIn(l.absolute)) {
        names.put(name, new DirEntry(name, FileType.DIRECTORY, null));
      }
      return new ArrayList<>(names.values());
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  private static DirEntry timed(DirEntry e, Mount m) {
    return e.stat() == null || e.stat().mtime() != FileStat.UNKNOWN
        ? e
        : new DirEntry(e.name(), e.type(), e.stat().withTimes(m.since(), m.since()));
  }

  /** Files that were created but not committed yet are there, and sizes are what was written. */
  private void addOpen(Location l, Map<String, DirEntry> names) {
    for (OpenBody b : open.values()) {
      if (b.location().mount == l.mount && Paths.parent(b.location().absolute).equals(l.absolute)) {
        String name = Paths.name(b.location().absolute);
        names.put(name, new DirEntry(name, FileType.FILE, null));
      }
    }
  }

  String readlink(String path, FileContext context) {
    OpenFile own = descriptorFile(path, context);
    if (own != null) {
      return own.path();
    }
    try {
      Location l = resolve(path, false);
      if (!statAt(l).isSymlink()) {
        throw new VfsException(Errno.EINVAL, path);
      }
      return l.mount.resource().readlink(l.inside);
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  OpenFile open(String path, int flags, int mode, FileContext context) {
    OpenFile own = descriptorFile(path, context);
    if (own != null) {
      return reopen(own, flags, context);
    }
    try {
      return openAt(resolve(path, (flags & OpenFlags.NO_FOLLOW) == 0), path, flags, mode, context);
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  private OpenFile openAt(Location l, String path, int flags, int mode, FileContext context) {
    boolean write = (flags & OpenFlags.WRITE) != 0;
    FileStat s = statOrNull(l);
    if (s == null) {
      if ((flags & OpenFlags.CREATE) == 0) {
        throw new VfsException(Errno.ENOENT, path);
      }
      if (l.mustBeDirectory) {
        throw new VfsException(Errno.EISDIR, path);
      }
      requireParent(l, path);
      boolean inPlace = l.mount.resource().capabilities().randomWrite();
      if (inPlace) {
        l.mount.resource().create(l.inside, FileType.FILE, mode);
        changed(l.absolute, false);
      }
      OpenBody body = body(l, inPlace ? statAt(l) : null, mode);
      return new RegularFile(body.retain(), flags);
    }
    if ((flags & OpenFlags.EXCLUSIVE) != 0 && (flags & OpenFlags.CREATE) != 0) {
      throw new VfsException(Errno.EEXIST, path);
    }
    if (s.isSymlink()) {
      throw new VfsException(Errno.ELOOP, path);
    }
    if ((flags & OpenFlags.DIRECTORY) != 0 && !s.isDirectory()) {
      throw new VfsException(Errno.ENOTDIR, path);
    }
    if (write) {
      if (s.isDirectory()) {
        throw new VfsException(Errno.EISDIR, path);
      }
      if (s.isFile()) {
        requireWritable(l, path);
      }
    }
    if (!permits(s, ((flags & OpenFlags.READ) != 0 ? 4 : 0) | (write ? 2 : 0))) {
      throw new VfsException(Errno.EACCES, path);
    }
    if (s.isDirectory()) {
      return new OpenDirectory(l.absolute, s);
    }
    if (s.type() == FileType.FIFO) {
      return Fifo.open(l.mount.device() + ":" + s.ino(), l.absolute, flags);
    }
    if (!s.isFile()) {
      return l.mount.resource().openSpecial(l.inside, flags, context);
    }
    OpenBody body = body(l, s, s.mode());
    body.retain();
    if ((flags & OpenFlags.TRUNCATE) != 0 && write) {
      boolean done = false;
      try {
        body.truncate(0);
        done = true;
      } finally {
        if (!done) {
          body.release();
        }
      }
    }
    return new RegularFile(body, flags);
  }

  /** The body of a file: the one that is open already, or a new one without references. */
  private OpenBody body(Location l, FileStat s, int mode) {
    OpenBody b = open.get(l.absolute);
    if (b == null) {
      FileBody content = s == null ? null : l.mount.resource().open(l.inside);
      if (content == null) {
        content = new StagedBody(l.mount.resource(), l.inside, s, mode);
      }
      // opening may have suspended
      OpenBody other = open.get(l.absolute);
      if (other != null) {
        content.close();
        return other;
      }
      b = new OpenBody(this, l, content);
      open.put(l.absolute, b);
    }
    return b;
  }

  void closed(OpenBody b) {
    open.remove(b.location().absolute, b);
  }

  /** The descriptor that /dev/fd/N and its kin name for this process; null for other paths. */
  private static OpenFile descriptorFile(String path, FileContext context) {
    if (context == null || !path.startsWith("/dev/") && !path.startsWith("/proc/self/fd/")) {
      return null;
    }
    String n =
        switch (path) {
          case "/dev/stdin" -> "0";
          case "/dev/stdout" -> "1";
          case "/dev/stderr" -> "2";
          default ->
              path.startsWith("/dev/fd/")
                  ? path.substring(8)
                  : path.startsWith("/proc/self/fd/") ? path.substring(14) : "";
        };
    int fd = 0;
    for (int i = 0; i < n.length(); i++) {
      char c = n.charAt(i);
      if (c < '0' || c > '9' || fd > Descriptors.LIMIT) {
        return null;
      }
      fd = fd * 10 + c - '0';
    }
    if (n.isEmpty()) {
      return null;
    }
    OpenFile f = context.descriptors().get(fd);
    if (f == null) {
      throw new VfsException(Errno.ENOENT, path);
    }
    return f;
  }

  /** Opening /dev/fd/N gives a file an offset of its own, as on Linux; a stream is shared. */
  private OpenFile reopen(OpenFile own, int flags, FileContext context) {
    if (own instanceof RegularFile file && !file.body().detached()) {
      return open(own.path(), flags & ~OpenFlags.EXCLUSIVE, 0666, context);
    }
    if ((flags & OpenFlags.WRITE) != 0 && !own.writable()
        || (flags & OpenFlags.READ) != 0 && !own.readable()) {
      throw new VfsException(Errno.EACCES, own.path());
    }
    return own.retain();
  }

  void mkdir(String path, int mode) {
    try {
      Location l = resolve(strip(path), false);
      if (statOrNull(l) != null) {
        throw new VfsException(Errno.EEXIST, path);
      }
      requireParent(l, path);
      l.mount.resource().mkdir(l.inside, mode);
      changed(l.absolute, true);
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  void mknod(String path, FileType type, int mode) {
    try {
      Location l = resolve(path, false);
      if (statOrNull(l) != null) {
        throw new VfsException(Errno.EEXIST, path);
      }
      requireParent(l, path);
      l.mount.resource().create(l.inside, type, mode);
      changed(l.absolute, false);
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  void rmdir(String path) {
    try {
      Location l = resolve(strip(path), false);
      if (!statAt(l).isDirectory()) {
        throw new VfsException(Errno.ENOTDIR, path);
      }
      requireNoMount(l, path);
      requireParent(l, path);
      l.mount.resource().rmdir(l.inside);
      changed(l.absolute, true);
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  void unlink(String path) {
    try {
      Location l = resolve(path, false);
      FileStat s = statAt(l);
      if (s.isDirectory()) {
        throw new VfsException(Errno.EISDIR, path);
      }
      requireParent(l, path);
      OpenBody b = open.get(l.absolute);
      boolean stored = b == null || !b.created();
      if (b != null) {
        b.detach();
        open.remove(l.absolute, b);
      }
      if (stored) {
        l.mount.resource().unlink(l.inside);
      }
      changed(l.absolute, false);
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  void rename(String from, String to) {
    try {
      Location a = resolve(strip(from), false);
      FileStat s = statAt(a);
      Location b = resolve(strip(to), false);
      if ((b.mustBeDirectory || to.endsWith("/")) && !s.isDirectory()) {
        throw new VfsException(Errno.ENOTDIR, to);
      }
      requireNoMount(a, from);
      requireWritable(a, from);
      if (a.mount != b.mount) {
        throw new VfsException(Errno.EXDEV, from);
      }
      requireParent(a, from);
      requireParent(b, to);
      if (a.absolute.equals(b.absolute)) {
        return;
      }
      if (s.isDirectory() && b.absolute.startsWith(a.absolute + "/")) {
        throw new VfsException(Errno.EINVAL, from);
      }
      FileStat there = statOrNull(b);
      if (there != null) {
        requireNoMount(b, to);
        if (there.isDirectory() && !s.isDirectory()) {
          throw new VfsException(Errno.EISDIR, to);
        }
        if (!there.isDirectory() && s.isDirectory()) {
          throw new VfsException(Errno.ENOTDIR, to);
        }
        if (there.ino() == s.ino() && there.dev() == s.dev()) {
          return; // two names of one file: rename(2) does nothing
        }
      }
      move(a, b);
    } catch (VfsException e) {
      throw about(e, e.path() != null && e.path().equals(to) ? to : from);
    }
  }

  private void move(Location a, Location b) {
    OpenBody source = open.get(a.absolute);
    if (source != null) {
      source.flush(); // what is not stored yet cannot be moved by the service
    }
    OpenBody target = open.get(b.absolute);
    if (target != null) {
      target.detach();
      open.remove(b.absolute, target);
    }
    a.mount.resource().rename(a.inside, b.inside);
    List<OpenBody> moved = new ArrayList<>();
    String below = a.absolute + "/";
    for (OpenBody o : open.values()) {
      if (o.location().absolute.equals(a.absolute) || o.location().absolute.startsWith(below)) {
        moved.add(o);
      }
    }
    for (OpenBody o : moved) {
      open.remove(o.location().absolute, o);
      String rest = o.location().absolute.substring(a.absolute.length());
      String inside = b.inside.equals("/") ? rest : b.inside + rest;
      o.moved(new Location(b.mount, b.absolute + rest, inside, false));
      open.put(o.location().absolute, o);
    }
    changed(a.absolute, true);
    changed(b.absolute, true);
  }

  void symlink(String target, String path) {
    try {
      if (target.isEmpty()) {
        throw new VfsException(Errno.ENOENT, path);
      }
      Location l = resolve(path, false);
      if (statOrNull(l) != null) {
        throw new VfsException(Errno.EEXIST, path);
      }
      requireParent(l, path);
      l.mount.resource().symlink(target, l.inside);
      changed(l.absolute, false);
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  void link(String from, String to) {
    try {
      Location a = resolve(from, false);
      if (statAt(a).isDirectory()) {
        throw new VfsException(Errno.EPERM, to);
      }
      Location b = resolve(to, false);
      if (statOrNull(b) != null) {
        throw new VfsException(Errno.EEXIST, to);
      }
      if (a.mount != b.mount) {
        throw new VfsException(Errno.EXDEV, to);
      }
      requireParent(b, to);
      OpenBody body = open.get(a.absolute);
      if (body != null) {
        body.flush();
      }
      a.mount.resource().link(a.inside, b.inside);
      changed(b.absolute, false);
    } catch (VfsException e) {
      throw about(e, e.path() != null && e.path().equals(from) ? from : to);
    }
  }

  void setAttributes(String path, Attributes attributes, boolean follow) {
    try {
      Location l = resolve(path, follow);
      FileStat s = statAt(l);
      requireWritable(l, path);
      if (uid != 0 && s.uid() != uid) {
        throw new VfsException(Errno.EPERM, path);
      }
      if (uid != 0
          && (attributes.uid() != null && attributes.uid() != s.uid()
              || attributes.gid() != null && attributes.gid() != s.gid())) {
        throw new VfsException(Errno.EPERM, path);
      }
      OpenBody body = open.get(l.absolute);
      if (body != null) {
        body.flush();
      }
      l.mount.resource().setAttributes(l.inside, attributes);
      changed(l.absolute, false);
    } catch (VfsException e) {
      throw about(e, path);
    }
  }

  private static String strip(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** The same failure, told of the path the caller gave. */
  private static VfsException about(VfsException e, String path) {
    return path.equals(e.path()) ? e : new VfsException(e.errno(), path, e.detail());
  }
}
