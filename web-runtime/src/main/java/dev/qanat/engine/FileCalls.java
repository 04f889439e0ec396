package dev.qanat.engine;

import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.Bytes;
import java.util.Arrays;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.typedarrays.Uint8Array;

/** The files as JavaScript handles them. Paths are absolute; relative ones start at the root. */
final class FileCalls {
  /** What one answer may hold; a larger file is read by pieces. */
  private static final long MAX_ANSWER = 1L << 30;

  private final FileContext files;

  FileCalls(FileContext files) {
    this.files = files;
  }

  /** Up to {@code length} bytes from an offset; a negative length reads to the end. */
  Uint8Array read(String path, double offset, double length) {
    OpenFile f = files.open(path);
    try {
      if (f.stat().isDirectory()) {
        throw new VfsException(Errno.EISDIR, path);
      }
      if (offset > 0) {
        f.seek((long) offset, 0);
      }
      long wanted = length < 0 ? MAX_ANSWER : Math.min((long) length, MAX_ANSWER);
      long size = f.stat().size() - (long) offset;
      byte[] all = new byte[(int) Math.min(wanted, Math.max(size, 4096))];
      int n = 0;
      while (n < wanted) {
        if (n == all.length) {
          all = Arrays.copyOf(all, (int) Math.min(wanted, n * 2L));
        }
        int k = f.read(all, n, all.length - n);
        if (k < 0) {
          break;
        }
        n += k;
      }
      return Bytes.toJs(all, 0, n);
    } finally {
      f.release();
    }
  }

  void write(String path, Uint8Array bytes, boolean append, int mode) {
    byte[] b = Bytes.toJava(bytes);
    OpenFile f =
        files.open(path, append ? OpenFlags.ADD : OpenFlags.REPLACE, mode < 0 ? 0666 : mode);
    try {
      f.write(b, 0, b.length);
    } finally {
      f.release();
    }
  }

  JSObject stat(String path, boolean follow) {
    return record(follow ? files.stat(path) : files.lstat(path));
  }

  private static JSObject record(FileStat s) {
    return record(
        kind(s.type()),
        s.size(),
        s.mode(),
        s.mtime() / 1e6,
        s.atime() / 1e6,
        s.ctime() / 1e6,
        s.nlink(),
        s.uid(),
        s.gid(),
        s.ino());
  }

  private static String kind(FileType type) {
    return switch (type) {
      case FILE -> "file";
      case DIRECTORY -> "directory";
      case SYMLINK -> "symlink";
      case FIFO -> "fifo";
      case BLOCK -> "block";
      case SOCKET -> "socket";
      default -> "character";
    };
  }

  JSObject list(String path) {
    JSArray<JSObject> out = new JSArray<>();
    for (DirEntry e : files.list(path)) {
      boolean known = e.stat() != null && e.stat().size() >= 0;
      out.push(
          entry(
              e.name(),
              kind(e.type()),
              known ? e.stat().size() : -1,
              known ? e.stat().mtime() / 1e6 : 0));
    }
    return out;
  }

  void mkdir(String path, boolean recursive) {
    if (recursive) {
      files.mkdirs(path);
    } else {
      files.mkdir(path, 0777);
    }
  }

  void remove(String path, boolean recursive, boolean force) {
    FileStat s = force ? files.lstatOrNull(path) : files.lstat(path);
    if (s == null) {
      return;
    }
    if (!s.isDirectory()) {
      files.unlink(path);
    } else if (recursive) {
      removeTree(path);
    } else {
      throw new VfsException(Errno.EISDIR, path, "use the option recursive");
    }
  }

  private void removeTree(String directory) {
    for (DirEntry e : files.list(directory)) {
      String child = Paths.join(directory, e.name());
      if (e.type() == FileType.DIRECTORY) {
        removeTree(child);
      } else {
        files.unlink(child);
      }
    }
    files.rmdir(directory);
  }

  void rename(String from, String to) {
    files.rename(from, to);
  }

  void symlink(String target, String path) {
    files.symlink(target, path);
  }

  String readlink(String path) {
    return files.readlink(path);
  }

  String realpath(String path) {
    return files.realpath(path);
  }

  void chmod(String path, int mode) {
    files.setAttributes(path, Attributes.mode(mode), true);
  }

  void utimes(String path, double atimeMillis, double mtimeMillis) {
    files.setAttributes(
        path, Attributes.times((long) (atimeMillis * 1e6), (long) (mtimeMillis * 1e6)), true);
  }

  void truncate(String path, double size) {
    files.truncate(path, (long) size);
  }

  @JSBody(
      params = {"type", "size", "mode", "mtime", "atime", "ctime", "nlink", "uid", "gid", "ino"},
      script =
          "return { type: type, size: size, mode: mode, mtimeMs: mtime, atimeMs: atime,"
              + " ctimeMs: ctime, nlink: nlink, uid: uid, gid: gid, ino: ino };")
  private static native JSObject record(
      String type,
      double size,
      int mode,
      double mtime,
      double atime,
      double ctime,
      int nlink,
      int uid,
      int gid,
      double ino);

  @JSBody(
      params = {"name", "type", "size", "mtime"},
      script =
          "return size < 0 ? { name: name, type: type }"
              + " : { name: name, type: type, size: size, mtimeMs: mtime };")
  private static native JSObject entry(String name, String type, double size, double mtime);
}
