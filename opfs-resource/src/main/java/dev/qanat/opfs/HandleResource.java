package dev.qanat.opfs;

import dev.qanat.opfs.Handles.Blob;
import dev.qanat.opfs.Handles.Directory;
import dev.qanat.opfs.Handles.FileHandle;
import dev.qanat.opfs.Handles.Promised;
import dev.qanat.opfs.Handles.SyncAccess;
import dev.qanat.opfs.Handles.Writable;
import dev.qanat.sched.Sched;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Capabilities;
import dev.qanat.vfs.Commit;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileBody;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.Bytes;
import dev.qanat.web.Promises;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Float64Array;

/**
 * The files below a directory handle of the browser. In a worker the Origin Private File System is
 * written in place through synchronous handles; in a page, and in folders the user picked, each
 * change of content is a commit that replaces the file at once.
 *
 * <p>It stores files and directories only: put an {@link dev.qanat.vfs.AttributedResource} before
 * it for links and permissions. Names the browser refuses are EINVAL, a full quota is ENOSPC.
 */
public final class HandleResource implements Resource {
  /** Holds what is being written, and files that are open but have lost their name. */
  private static final String TEMPORARY = ".qanat-tmp";

  private final String label;
  private final Supplier<Directory> rootSource;
  private final boolean sync;
  private final Map<String, Directory> directories = new HashMap<>();
  private final Set<String> movedAway = new HashSet<>(); // by a detach, before the unlink
  private final SyncFiles syncFiles = new SyncFiles(this::file);
  private final Map<String, FileHandle> files = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, Snapshot> snapshots = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Integer> changes = new HashMap<>();
  private int lastChange;
  private String missing; // the name that the last stat did not find
  private long lastTemporary;

  /** A file's content as it was: reading it fails once the file has changed. */
  private record Snapshot(Blob content, String version) {}

  private HandleResource(String label, Supplier<Directory> rootSource, boolean sync) {
    this.label = label;
    this.rootSource = rootSource;
    this.sync = sync;
  }

  /** The origin's own file system, or the directory of that path in it, made when missing. */
  public static HandleResource opfs(String path) {
    return new HandleResource(
        path.equals("/") ? "opfs" : "opfs:" + path,
        () -> {
          Directory d = await(Handles.root(), "/");
          for (String name : path.split("/")) {
            if (!name.isEmpty()) {
              d = await(d.getDirectoryHandle(name, Handles.creating()), path);
            }
          }
          return d;
        },
        Handles.hasSyncAccess());
  }

  /** A folder the user picked: a {@code FileSystemDirectoryHandle}. */
  public static HandleResource folder(JSObject handle, String name) {
    return new HandleResource("folder " + name, () -> (Directory) handle, false);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, sync, false, false, false, true);
  }

  private static <T extends JSObject> T await(Promised<?> promise, String path) {
    try {
      return Promises.await(promise);
    } catch (RuntimeException e) {
      throw Failures.of(e, path);
    }
  }

  private static void requireName(String path) {
    String name = Paths.name(path);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < name.length()
              && Character.isLowSurrogate(name.charAt(i + 1));
      if (c == '\\' || c == 0 || Character.isSurrogate(c) && !pair) {
        throw new VfsException(
            Errno.EINVAL,
            path,
            c == '\\' || c == 0
                ? "the browser's storage takes no backslash in a name"
                : "the browser's storage takes only names that are UTF-8");
      }
      i += pair ? 1 : 0;
    }
    if (Utf8.encodedLength(name) > 255) {
      throw new VfsException(Errno.ENAMETOOLONG, path);
    }
    if (path.equals("/" + TEMPORARY)) {
      throw new VfsException(Errno.EACCES, path, "it holds this mount's unfinished files");
    }
  }

  private Directory directory(String path) {
    Directory known = directories.get(path);
    if (known != null) {
      return known;
    }
    Directory d;
    if (path.equals("/")) {
      d = rootSource.get();
    } else {
      requireName(path);
      d =
          await(
              directory(Paths.parent(path))
                  .getDirectoryHandle(Paths.name(path), Handles.existing()),
              path);
    }
    directories.put(path, d);
    return d;
  }

  private FileHandle file(String path) {
    if (isTemporary(path)) {
      return await(temporary().getFileHandle(Paths.name(path), Handles.existing()), path);
    }
    FileHandle f = files.get(path);
    if (f == null) {
      requireName(path);
      f =
          await(
              directory(Paths.parent(path)).getFileHandle(Paths.name(path), Handles.existing()),
              path);
      keep(files, path, f, 4096);
    }
    return f;
  }

  private static <T> void keep(Map<String, T> memory, String path, T value, int limit) {
    memory.put(path, value);
    if (memory.size() > limit) {
      Iterator<T> oldest = memory.values().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private FileHandle newFile(String path) {
    FileHandle f =
        await(
            directory(Paths.parent(path)).getFileHandle(Paths.name(path), Handles.creating()),
            path);
    keep(files, path, f, 4096);
    return f;
  }

  private static boolean isTemporary(String path) {
    return path.startsWith("/" + TEMPORARY + "/");
  }

  /** The directory's handle when the name is one; null when it is a file. ENOENT. */
  private Directory directoryOrNull(String path) {
    try {
      return directory(path);
    } catch (VfsException e) {
      if (e.errno() == Errno.ENOTDIR && path.equals(e.path())) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public FileStat stat(String path) {
    if (path.equals("/") || directories.containsKey(path)) {
      directory(path);
      return FileStat.directory(FileStat.UNKNOWN);
    }
    try {
      return stat(path, await(file(path).getFile(), path));
    } catch (VfsException e) {
      files.remove(path);
      missing = e.errno() == Errno.ENOENT ? path : null;
      // the name of a directory is a mismatch for a file
      if (e.errno() == Errno.ENOTDIR && path.equals(e.path()) && directoryOrNull(path) != null) {
        return FileStat.directory(FileStat.UNKNOWN);
      }
      throw e;
    }
  }

  private FileStat stat(String path, Blob f) {
    long millis = (long) f.getLastModified();
    long size = (long) f.getSize();
    String version = millis + "." + size + "." + changes.getOrDefault(path, 0);
    if (!sync) {
      keep(snapshots, path, new Snapshot(f, version), 64);
    }
    return FileStat.file(size, millis * 1_000_000L, version);
  }

  @Override
  public List<DirEntry> list(String path) {
    Directory d = directory(path);
    JSArrayReader<JSString> found = await(Handles.entries(d), path);
    List<DirEntry> out = new ArrayList<>(found.getLength() / 2);
    for (int i = 0; i < found.getLength(); i += 2) {
      String name = found.get(i).stringValue();
      boolean isFile = found.get(i + 1).stringValue().equals("file");
      if (!path.equals("/") || !name.equals(TEMPORARY)) {
        out.add(new DirEntry(name, isFile ? FileType.FILE : FileType.DIRECTORY, null));
      }
    }
    return out;
  }

  @Override
  public Space space() {
    Float64Array e = await(Handles.estimate(), "/");
    long total = (long) e.get(1);
    return new Space(total, Math.max(0, total - (long) e.get(0)));
  }

  @Override
  public int read(String path, long offset, byte[] b, int off, int len, String version) {
    if (sync) {
      if (version != null && !version.equals(stat(path).version())) {
        throw stale(path);
      }
      return readNow(path, offset, b, off, len);
    }
    Snapshot known = snapshots.get(path);
    if (known != null && (version == null || version.equals(known.version()))) {
      try {
        return readSnapshot(path, known, offset, b, off, len);
      } catch (VfsException e) {
        snapshots.remove(path); // the file has changed since, or gone: look again
      }
    }
    String now = stat(path).version();
    if (version != null && !version.equals(now)) {
      throw stale(path);
    }
    return readSnapshot(path, snapshots.get(path), offset, b, off, len);
  }

  private static VfsException stale(String path) {
    return new VfsException(Errno.ESTALE, path, "the file was changed by another tab");
  }

  private static int readSnapshot(
      String path, Snapshot s, long offset, byte[] b, int off, int len) {
    Blob part = s.content().slice(offset, (double) offset + len);
    byte[] got = Bytes.toJava(await(Handles.bytes(part), path));
    System.arraycopy(got, 0, b, off, got.length);
    return got.length;
  }

  private int readNow(String path, long offset, byte[] b, int off, int len) {
    SyncAccess access = access(path);
    try {
      return Bytes.read(len, b, off, (target) -> access.read(target, Handles.at(offset)));
    } catch (RuntimeException e) {
      throw Failures.of(e, path);
    }
  }

  private SyncAccess access(String path) {
    try {
      return syncFiles.take(path);
    } catch (RuntimeException e) {
      throw Failures.of(e, path);
    }
  }

  private void writeNow(String path, long offset, byte[] b, int off, int len) {
    SyncAccess access = access(path);
    try {
      int n = access.write(Bytes.toJs(b, off, len), Handles.at(offset));
      if (n < len) {
        throw Failures.full(path); // a full quota may also show as a short write
      }
    } catch (RuntimeException e) {
      throw Failures.of(e, path);
    }
  }

  private void changed(String path) {
    changes.put(path, ++lastChange);
    snapshots.remove(path);
  }

  @Override
  public FileStat commit(String path, Commit c) {
    requireName(path);
    FileStat now = statOrNull(path);
    if (now != null && c.exclusive()) {
      throw new VfsException(Errno.EEXIST, path);
    }
    if (now != null && now.isDirectory()) {
      throw new VfsException(Errno.EISDIR, path);
    }
    if (c.baseVersion() != null && (now == null || !c.baseVersion().equals(now.version()))) {
      throw stale(path);
    }
    if (sync) {
      commitByMove(path, c);
    } else {
      commitByStream(path, c);
    }
    changed(path);
    return stat(path, await(file(path).getFile(), path));
  }

  private FileStat statOrNull(String path) {
    try {
      return stat(path);
    } catch (VfsException e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  private void commitByStream(String path, Commit c) {
    Writable w = await(newFile(path).createWritable(Handles.keeping(c.kept() > 0)), path);
    boolean done = false;
    try {
      await(w.write(Handles.truncateCommand(c.kept())), path);
      await(w.write(Handles.truncateCommand(c.size())), path);
      for (Commit.Extent e : c.extents()) {
        await(w.write(Handles.writeCommand(e.offset(), Bytes.toJs(e.bytes()))), path);
      }
      await(w.close(), path);
      done = true;
    } finally {
      if (!done) {
        w.abort();
      }
    }
  }

  private void commitByMove(String path, Commit c) {
    String temp = newTemporary();
    boolean done = false;
    try {
      byte[] b = new byte[(int) Math.min(c.kept(), 1 << 20)];
      for (long at = 0; at < c.kept(); ) {
        int n = readNow(path, at, b, 0, (int) Math.min(b.length, c.kept() - at));
        if (n <= 0) {
          break;
        }
        writeNow(temp, at, b, 0, n);
        at += n;
        Sched.checkpoint();
      }
      for (Commit.Extent e : c.extents()) {
        writeNow(temp, e.offset(), e.bytes(), 0, e.bytes().length);
      }
      SyncAccess access = access(temp);
      if ((long) access.getSize() != c.size()) {
        access.truncate(c.size());
      }
      syncFiles.close(temp);
      syncFiles.close(path);
      moveFile(temp, path);
      done = true;
    } catch (RuntimeException e) {
      throw Failures.of(e, path);
    } finally {
      if (!done) {
        removeTemporary(temp);
      }
    }
  }

  private Directory temporary() {
    Directory d = directories.get("/" + TEMPORARY);
    if (d == null) {
      d = await(directory("/").getDirectoryHandle(TEMPORARY, Handles.creating()), "/");
      directories.put("/" + TEMPORARY, d);
      sweepTemporary(d);
    }
    return d;
  }

  /** What an earlier visit left behind. Those another tab has open refuse to go. */
  private void sweepTemporary(Directory d) {
    JSArrayReader<JSString> left = await(Handles.entries(d), "/" + TEMPORARY);
    for (int i = 0; i < left.getLength(); i += 2) {
      try {
        Promises.await(d.removeEntry(left.get(i).stringValue()));
      } catch (RuntimeException e) {
        if (!(dev.qanat.web.JsFailure.of(e) instanceof dev.qanat.web.JsFailure)) {
          throw e;
        }
      }
    }
  }

  private String newTemporary() {
    String name = nameTemporary();
    await(temporary().getFileHandle(name, Handles.creating()), "/" + TEMPORARY);
    return "/" + TEMPORARY + "/" + name;
  }

  private String nameTemporary() {
    lastTemporary = Math.max(lastTemporary + 1, Sched.get().realTimeNanos());
    return Long.toString(lastTemporary, 36);
  }

  private void removeTemporary(String path) {
    syncFiles.close(path);
    try {
      await(temporary().removeEntry(Paths.name(path)), path);
    } catch (VfsException e) {
      // the next visit removes it
    }
  }

  @Override
  public FileBody open(String path) {
    if (!sync) {
      return null;
    }
    access(path);
    return new Body(path);
  }

  /** A file that is open in a worker. */
  private final class Body implements FileBody {
    private String path;
    private long mtime; // of the last write here; 0 before it

    Body(String path) {
      this.path = path;
    }

    @Override
    public long size() {
      return (long) access(path).getSize();
    }

    @Override
    public int read(long offset, byte[] b, int off, int len) {
      return readNow(path, offset, b, off, len);
    }

    @Override
    public void write(long offset, byte[] b, int off, int len) {
      writeNow(path, offset, b, off, len);
      touched();
    }

    @Override
    public void truncate(long size) {
      SyncAccess access = access(path);
      try {
        access.truncate(size);
      } catch (RuntimeException e) {
        throw Failures.of(e, path);
      }
      touched();
    }

    private void touched() {
      mtime = Sched.get().realTimeNanos();
      changed(path);
    }

    @Override
    public FileStat stat(FileStat base) {
      return mtime == 0 ? base : base.withSize(size(), mtime);
    }

    /** The browser removes no file that is open: it gets a name where nobody looks. */
    @Override
    public void detach() {
      String hidden = "/" + TEMPORARY + "/" + nameTemporary();
      temporary();
      syncFiles.close(path);
      moveFile(path, hidden);
      movedAway.add(path);
      path = hidden;
    }

    @Override
    public void moved(String to) {
      path = to;
    }

    @Override
    public void close() {
      if (isTemporary(path)) {
        removeTemporary(path);
      }
    }
  }

  @Override
  public void create(String path, FileType type, int mode) {
    if (type != FileType.FILE) {
      throw new VfsException(Errno.EPERM, path, label + " stores only files and directories");
    }
    if (!path.equals(missing)) { // the tree has just looked: the browser's answers are slow
      requireFree(path);
    }
    requireName(path);
    newFile(path);
    missing = null;
    changed(path);
  }

  private void requireFree(String path) {
    requireName(path);
    if (statOrNull(path) != null) {
      throw new VfsException(Errno.EEXIST, path);
    }
  }

  @Override
  public void mkdir(String path, int mode) {
    requireFree(path);
    Directory d =
        await(
            directory(Paths.parent(path)).getDirectoryHandle(Paths.name(path), Handles.creating()),
            path);
    directories.put(path, d);
  }

  @Override
  public void rmdir(String path) {
    if (directoryOrNull(path) == null) {
      throw new VfsException(Errno.ENOTDIR, path);
    }
    if (!list(path).isEmpty()) { // asked first, for a file that is open in it says EBUSY
      throw new VfsException(Errno.ENOTEMPTY, path);
    }
    await(directory(Paths.parent(path)).removeEntry(Paths.name(path)), path);
    directories.remove(path);
  }

  @Override
  public void unlink(String path) {
    if (movedAway.remove(path)) {
      return;
    }
    file(path); // EISDIR and ENOENT come from here, for removeEntry takes either kind
    syncFiles.close(path);
    await(directory(Paths.parent(path)).removeEntry(Paths.name(path)), path);
    files.remove(path);
    changed(path);
  }

  @Override
  public void rename(String from, String to) {
    requireName(to);
    movedAway.remove(to);
    Directory d = directoryOrNull(from);
    if (d == null) {
      syncFiles.close(from);
      syncFiles.close(to);
      moveFile(from, to);
      return;
    }
    FileStat there = statOrNull(to);
    if (there != null) {
      rmdir(to);
    }
    moveDirectory(from, to);
  }

  /** Browsers move files but not directories: the tree is made anew and its files moved. */
  private void moveDirectory(String from, String to) {
    syncFiles.closeBelow(from);
    mkdir(to, 0755);
    for (DirEntry e : list(from)) {
      String a = Paths.join(from, e.name());
      String b = Paths.join(to, e.name());
      if (e.type() == FileType.DIRECTORY) {
        moveDirectory(a, b);
      } else {
        moveFile(a, b);
      }
      Sched.checkpoint();
    }
    rmdir(from);
  }

  private void moveFile(String from, String to) {
    FileHandle f = file(from);
    Directory target = isTemporary(to) ? temporary() : directory(Paths.parent(to));
    if (Handles.canMove(f)) {
      await(f.move(target, Paths.name(to)), from);
    } else {
      copyAndRemove(from, f, to);
    }
    files.remove(from);
    files.remove(to);
    snapshots.remove(from);
    snapshots.remove(to);
    // the content and its version go with the name
    changes.put(to, changes.getOrDefault(from, 0));
    changed(from);
  }

  private void copyAndRemove(String from, FileHandle f, String to) {
    Blob blob = await(f.getFile(), from);
    Directory target = directory(Paths.parent(to));
    FileHandle copy = await(target.getFileHandle(Paths.name(to), Handles.creating()), to);
    Writable w = await(copy.createWritable(Handles.keeping(false)), to);
    await(w.write(blob), to);
    await(w.close(), to);
    await(directory(Paths.parent(from)).removeEntry(Paths.name(from)), from);
  }

  @Override
  public void invalidate(String path) {
    directories.clear();
    files.clear();
    snapshots.clear();
  }

  @Override
  public void close() {
    syncFiles.closeBelow("/");
  }
}
