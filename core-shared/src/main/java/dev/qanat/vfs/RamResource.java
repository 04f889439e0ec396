package dev.qanat.vfs;

import dev.qanat.sched.Sched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files in memory, with everything POSIX knows of files: links of both kinds, permissions, times,
 * sparse contents. Its budget ends in ENOSPC, because the heap's own end would take the tab.
 */
public final class RamResource implements Resource {
  /** 1 GiB. */
  public static final long DEFAULT_LIMIT = 1L << 30;

  private static final long NODE_BYTES = 256; // what a name and a node weigh, roughly
  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, true, true, true, true);

  private final MemoryBudget budget;
  private final Node root = new Node(FileType.DIRECTORY, 0755);
  private long nextInode = 2;

  /** One file, directory, link or FIFO; several names may lead to it. */
  private final class Node {
    final FileType type;
    final long ino;
    final Map<String, Node> children; // of a directory
    final Chunks content; // of a file
    String target; // of a link
    int mode;
    int uid = FileStat.UNKNOWN;
    int gid = FileStat.UNKNOWN;
    int names = 1;
    int opens;
    long atime;
    long mtime;
    long ctime;
    long generation;

    Node(FileType type, int mode) {
      this.type = type;
      this.mode = mode;
      this.ino = type == FileType.DIRECTORY && root == null ? 1 : nextInode++;
      this.children = type == FileType.DIRECTORY ? new LinkedHashMap<>() : null;
      this.content = type == FileType.FILE ? new Chunks(budget) : null;
      atime = mtime = ctime = now();
    }

    void touched() {
      mtime = ctime = now();
      generation++;
    }

    long size() {
      return content != null
          ? content.size()
          : target != null
              ? dev.qanat.text.Utf8.encode(target).length
              : type == FileType.FIFO ? 0 : 4096;
    }

    FileStat stat() {
      int links = type == FileType.DIRECTORY ? 2 : names;
      if (children != null) {
        for (Node c : children.values()) {
          links += c.children != null ? 1 : 0;
        }
      }
      return new FileStat(
          type,
          size(),
          mode,
          links,
          uid,
          gid,
          ino,
          FileStat.UNKNOWN,
          0,
          atime,
          mtime,
          ctime,
          ino + "." + generation);
    }

    void dropped() {
      if (names == 0 && opens == 0 && content != null) {
        content.clear();
      }
    }
  }

  public RamResource() {
    this(DEFAULT_LIMIT);
  }

  public RamResource(long limitBytes) {
    this(new MemoryBudget(limitBytes));
  }

  /** Several resources may share one budget. */
  public RamResource(MemoryBudget budget) {
    this.budget = budget;
  }

  private static long now() {
    return Sched.get().realTimeNanos();
  }

  @Override
  public String label() {
    return "ram";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  /** The node of a path; null when there is none. */
  private Node find(String path) {
    Node n = root;
    int i = 1;
    int end = path.length();
    while (i < end) {
      int slash = path.indexOf('/', i);
      if (slash < 0) {
        slash = end;
      }
      if (n.children == null) {
        throw new VfsException(Errno.ENOTDIR, path);
      }
      n = n.children.get(path.substring(i, slash));
      if (n == null) {
        return null;
      }
      i = slash + 1;
    }
    return n;
  }

  private Node need(String path) {
    Node n = find(path);
    if (n == null) {
      throw new VfsException(Errno.ENOENT, path);
    }
    return n;
  }

  private Node needDirectory(String path) {
    Node n = need(path);
    if (n.children == null) {
      throw new VfsException(Errno.ENOTDIR, path);
    }
    return n;
  }

  private Node needFile(String path) {
    Node n = need(path);
    if (n.content == null) {
      throw new VfsException(n.children != null ? Errno.EISDIR : Errno.EINVAL, path);
    }
    return n;
  }

  @Override
  public int findLink(String path, boolean followLast) {
    Node n = root;
    int i = 1;
    int end = path.length();
    while (i < end) {
      int slash = path.indexOf('/', i);
      if (slash < 0) {
        slash = end;
      }
      if (n.children == null) {
        return -1;
      }
      if ((n.mode & 0100) == 0 && enforced()) {
        throw new VfsException(Errno.EACCES, path);
      }
      n = n.children.get(path.substring(i, slash));
      if (n == null) {
        return -1;
      }
      if (n.target != null && (slash < end || followLast)) {
        return slash;
      }
      i = slash + 1;
    }
    return -1;
  }

  private boolean superuser;

  /** A tree whose user is root looks into directories without search permission too. */
  public void setSuperuser(boolean yes) {
    superuser = yes;
  }

  private boolean enforced() {
    return !superuser;
  }

  @Override
  public FileStat stat(String path) {
    return need(path).stat();
  }

  @Override
  public List<DirEntry> list(String path) {
    Node d = needDirectory(path);
    List<DirEntry> out = new ArrayList<>(d.children.size());
    for (Map.Entry<String, Node> e : d.children.entrySet()) {
      out.add(new DirEntry(e.getKey(), e.getValue().type, null));
    }
    return out;
  }

  @Override
  public String readlink(String path) {
    Node n = need(path);
    if (n.target == null) {
      throw new VfsException(Errno.EINVAL, path);
    }
    return n.target;
  }

  @Override
  public int read(String path, long offset, byte[] b, int off, int len, String version) {
    Node n = needFile(path);
    if (version != null && !version.equals(n.ino + "." + n.generation)) {
      throw new VfsException(Errno.ESTALE, path);
    }
    return n.content.read(offset, b, off, len);
  }

  @Override
  public FileStat commit(String path, Commit c) {
    Node n = find(path);
    if (n != null && c.exclusive()) {
      throw new VfsException(Errno.EEXIST, path);
    }
    if (n == null) {
      if (c.baseVersion() != null) {
        throw new VfsException(Errno.ESTALE, path);
      }
      create(path, FileType.FILE, 0644);
      n = need(path);
    } else if (c.baseVersion() != null && !c.baseVersion().equals(n.ino + "." + n.generation)) {
      throw new VfsException(Errno.ESTALE, path);
    }
    if (n.content == null) {
      throw new VfsException(Errno.EISDIR, path);
    }
    long added = 0;
    for (Commit.Extent e : c.extents()) {
      added += e.bytes().length;
    }
    if (budget.used() + added - n.content.held() > budget.limit()) {
      throw new VfsException(Errno.ENOSPC, path);
    }
    n.content.truncate(Math.min(c.kept(), n.content.size()), path);
    n.content.truncate(c.size(), path);
    for (Commit.Extent e : c.extents()) {
      n.content.write(e.offset(), e.bytes(), 0, e.bytes().length, path);
    }
    n.touched();
    if (c.mtime() != 0) {
      n.mtime = c.mtime();
    }
    return n.stat();
  }

  @Override
  public FileBody open(String path) {
    return new Body(needFile(path), path);
  }

  private final class Body implements FileBody {
    private final Node node;
    private String path;

    Body(Node node, String path) {
      this.node = node;
      this.path = path;
      node.opens++;
    }

    @Override
    public long size() {
      return node.content.size();
    }

    @Override
    public int read(long offset, byte[] b, int off, int len) {
      return node.content.read(offset, b, off, len);
    }

    @Override
    public void write(long offset, byte[] b, int off, int len) {
      node.content.write(offset, b, off, len, path);
      node.touched();
    }

    @Override
    public void truncate(long size) {
      node.content.truncate(size, path);
      node.touched();
    }

    @Override
    public FileStat stat(FileStat base) {
      return base.ino() == node.ino
          ? base
          : node.stat().complete(base.dev(), node.ino, base.uid(), base.gid(), base.mtime());
    }

    @Override
    public void moved(String to) {
      path = to;
    }

    @Override
    public void close() {
      node.opens--;
      node.dropped();
    }
  }

  private void add(String path, Node n) {
    Node d = needDirectory(Paths.parent(path));
    if (!budget.take(NODE_BYTES)) {
      throw new VfsException(Errno.ENOSPC, path);
    }
    d.children.put(Paths.name(path), n);
    d.touched();
  }

  private void remove(String path) {
    Node d = needDirectory(Paths.parent(path));
    d.children.remove(Paths.name(path));
    budget.give(NODE_BYTES);
    d.touched();
  }

  private void requireFree(String path) {
    if (find(path) != null) {
      throw new VfsException(Errno.EEXIST, path);
    }
  }

  @Override
  public void create(String path, FileType type, int mode) {
    requireFree(path);
    add(path, new Node(type, mode));
  }

  @Override
  public void mkdir(String path, int mode) {
    requireFree(path);
    add(path, new Node(FileType.DIRECTORY, mode));
  }

  @Override
  public void rmdir(String path) {
    Node n = needDirectory(path);
    if (n == root) {
      throw new VfsException(Errno.EBUSY, path);
    }
    if (!n.children.isEmpty()) {
      throw new VfsException(Errno.ENOTEMPTY, path);
    }
    remove(path);
  }

  @Override
  public void unlink(String path) {
    Node n = need(path);
    if (n.children != null) {
      throw new VfsException(Errno.EISDIR, path);
    }
    remove(path);
    n.names--;
    n.ctime = now();
    n.dropped();
  }

  @Override
  public void rename(String from, String to) {
    Node n = need(from);
    Node old = find(to);
    if (old == n) {
      return;
    }
    needDirectory(Paths.parent(to));
    if (old != null) {
      if (old.children != null) {
        if (n.children == null) {
          throw new VfsException(Errno.EISDIR, to);
        }
        rmdir(to);
      } else {
        if (n.children != null) {
          throw new VfsException(Errno.ENOTDIR, to);
        }
        unlink(to);
      }
    }
    remove(from);
    add(to, n);
    n.ctime = now();
  }

  @Override
  public void symlink(String target, String path) {
    requireFree(path);
    Node n = new Node(FileType.SYMLINK, 0777);
    n.target = target;
    add(path, n);
  }

  @Override
  public void link(String from, String to) {
    Node n = need(from);
    requireFree(to);
    add(to, n);
    n.names++;
    n.ctime = now();
  }

  @Override
  public void setAttributes(String path, Attributes a) {
    Node n = need(path);
    if (a.mode() != null) {
      n.mode = a.mode() & 07777;
    }
    if (a.uid() != null) {
      n.uid = a.uid();
    }
    if (a.gid() != null) {
      n.gid = a.gid();
    }
    if (a.atime() != null) {
      n.atime = a.atime();
    }
    if (a.mtime() != null) {
      n.mtime = a.mtime();
    }
    n.ctime = now();
  }

  @Override
  public Space space() {
    return new Space(budget.limit(), Math.max(0, budget.limit() - budget.used()));
  }
}
