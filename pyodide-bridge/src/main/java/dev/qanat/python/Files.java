package dev.qanat.python;

import dev.qanat.sched.Sched;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.core.JSArrayReader;

/**
 * The files of one running program: it knows them by handles. Handles below {@link #FIRST} are the
 * descriptors the program was started with. Every method may suspend and fails with {@link
 * VfsException}.
 */
final class Files {
  private static final int FIRST = 1024;
  private static final int HEAD = 64 * 1024; // content that comes along with the opening
  private static final int MAX_READ = 1 << 20;

  private final FileContext context;
  private final Map<Integer, OpenFile> handles = new HashMap<>();
  private int next = FIRST;

  Files(FileContext context) {
    this.context = context;
  }

  FileContext context() {
    return context;
  }

  /** Gives a handle for an open file, whose reference goes over. */
  int add(OpenFile file) {
    handles.put(next, file);
    return next++;
  }

  /** The open file of a handle, which stays the table's. EBADF. */
  OpenFile need(int handle) {
    OpenFile f = handle < FIRST ? context.descriptors().get(handle) : handles.get(handle);
    if (f == null) {
      throw new VfsException(Errno.EBADF, null);
    }
    return f;
  }

  /** Closes what the program has left open. */
  void closeAll() {
    for (OpenFile f : handles.values()) {
      try {
        f.release();
      } catch (VfsException e) {
        // the program was told by its own close; one that was killed is told nothing
      }
    }
    handles.clear();
  }

  JSObject stat(String path) {
    FileStat s;
    try {
      s = path.startsWith("/dev/fd/") ? known(context.stat(path)) : context.lstat(path);
    } catch (VfsException e) {
      if (e.errno() == Errno.ENOENT) {
        return Values.nothing();
      }
      throw e;
    }
    String target = s.isSymlink() ? context.readlink(path) : null;
    if (s.isFile() && s.size() < 0) {
      OpenFile f = context.open(path);
      try {
        s = sized(f, s);
      } finally {
        f.release();
      }
    }
    return Values.meta(s, target);
  }

  /** Some services tell a size only on reading. */
  private static FileStat sized(OpenFile f, FileStat s) {
    if (!s.isFile() || s.size() >= 0) {
      return s;
    }
    long size = f.seek(0, 2);
    f.seek(0, 0);
    return s.withSize(size, s.mtime());
  }

  JSObject list(String path) {
    JSArray<JSObject> all = new JSArray<>();
    for (DirEntry e : context.list(path)) {
      all.push(Values.entry(e.name(), e.type().bits()));
      Sched.checkpoint();
    }
    return all;
  }

  JSObject open(String path, int flags, int mode) {
    OpenFile f = context.open(path, flags, mode);
    JSObject answer = Values.object();
    boolean done = false;
    try {
      FileStat s = known(sized(f, f.stat()));
      boolean reading = (flags & OpenFlags.WRITE) == 0;
      if (reading && s.isFile() && s.size() <= HEAD && f.seekable()) {
        byte[] head = new byte[(int) s.size()];
        int n = fill(f, head, head.length);
        f.seek(0, 0);
        Values.set(answer, "head", Bytes.toJs(head, 0, n));
      }
      Values.set(answer, "meta", Values.meta(s, null));
      Values.set(answer, "tty", f.isTerminal());
      Values.set(answer, "handle", add(f));
      done = true;
    } finally {
      if (!done) {
        f.release();
      }
    }
    return answer;
  }

  JSObject fstat(int handle) {
    OpenFile f = need(handle);
    return Values.meta(known(sized(f, f.stat())), null);
  }

  JSObject read(int handle, long offset, int length) {
    OpenFile f = need(handle);
    if (offset < 0) {
      byte[] b = new byte[Math.min(length, HEAD)];
      int n = f.read(b, 0, b.length);
      return Bytes.toJs(b, 0, Math.max(0, n));
    }
    byte[] b = new byte[Math.min(length, MAX_READ)];
    f.seek(offset, 0);
    return Bytes.toJs(b, 0, fill(f, b, b.length));
  }

  private static int fill(OpenFile f, byte[] b, int length) {
    int n = 0;
    while (n < length) {
      int k = f.read(b, n, length - n);
      if (k < 0) {
        break;
      }
      n += k;
    }
    return n;
  }

  JSObject write(int handle, JSArrayReader<JSObject> extents) {
    OpenFile f = need(handle);
    for (int i = 0; i < extents.getLength(); i++) {
      JSObject extent = extents.get(i);
      byte[] b = Bytes.toJava(Values.bytes(extent));
      long offset = (long) Values.number(extent, "offset");
      if (offset >= 0) {
        f.seek(offset, 0);
      }
      f.write(b, 0, b.length);
    }
    return f.seekable() ? Values.meta(known(f.stat()), null) : Values.nothing();
  }

  JSObject truncate(int handle, long size) {
    OpenFile f = need(handle);
    f.truncate(size);
    return Values.meta(known(f.stat()), null);
  }

  JSObject sync(int handle) {
    OpenFile f = need(handle);
    f.sync();
    return Values.meta(known(f.stat()), null);
  }

  void close(int handle) {
    OpenFile f = handles.remove(handle);
    if (f != null) {
      f.release();
    }
  }

  void setAttributes(String path, JSObject change, boolean follow) {
    Integer mode = Values.hasNumber(change, "mode") ? (int) Values.number(change, "mode") : null;
    Attributes a = new Attributes(mode, null, null, nanos(change, "atime"), nanos(change, "mtime"));
    context.setAttributes(path, a, follow);
  }

  private static Long nanos(JSObject change, String name) {
    if (!Values.hasNumber(change, name)) {
      return null;
    }
    double millis = Values.number(change, name);
    long whole = (long) Math.floor(millis);
    return whole * 1_000_000L + Math.round((millis - whole) * 1e6);
  }

  void mknod(String path, int mode) {
    for (FileType type : FileType.values()) {
      if (type.bits() == (mode & 0170000)) {
        context.mknod(path, type, mode & 07777);
        return;
      }
    }
    throw new VfsException(Errno.EINVAL, path);
  }

  /** A standard stream as the worker is told of it. */
  JSObject descriptor(int fd) {
    OpenFile f = context.descriptors().get(fd);
    JSObject o = Values.object();
    Values.set(o, "fd", fd);
    Values.set(o, "handle", fd);
    Values.set(o, "meta", Values.meta(known(f.stat()), null));
    Values.set(o, "tty", f.isTerminal());
    Values.set(o, "readable", f.readable());
    Values.set(o, "writable", f.writable());
    Values.set(o, "seekable", f.seekable());
    return o;
  }

  /** Streams leave much unknown. */
  private FileStat known(FileStat s) {
    return new FileStat(
        s.type(),
        Math.max(0, s.size()),
        s.mode() < 0 ? 0600 : s.mode(),
        Math.max(1, s.nlink()),
        s.uid() < 0 ? context.vfs().uid() : s.uid(),
        s.gid() < 0 ? context.vfs().gid() : s.gid(),
        Math.max(1, s.ino()),
        Math.max(0, s.dev()),
        s.rdev(),
        s.atime(),
        s.mtime(),
        s.ctime(),
        s.version());
  }
}
