package dev.qanat.resource.http;

import dev.qanat.http.HttpDate;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server holds, as a list says it: an array of paths and of objects with {@code path},
 * {@code size} and {@code mtime}, a path that ends with a slash being a directory. The directories
 * above a file are there by themselves.
 */
final class Manifest {
  private final Node root = new Node("", true, FileStat.UNKNOWN, 0);

  /** A name in the list. */
  static final class Node {
    private final String name;
    private final boolean directory;
    private final long size;
    private final long mtime;
    private final Map<String, Node> children;

    Node(String name, boolean directory, long size, long mtime) {
      this.name = name;
      this.directory = directory;
      this.size = size;
      this.mtime = mtime;
      this.children = directory ? new LinkedHashMap<>() : null;
    }

    boolean directory() {
      return directory;
    }

    /** Nanoseconds since 1970; 0 when the list does not say. */
    long mtime() {
      return mtime;
    }

    List<DirEntry> entries() {
      List<DirEntry> out = new ArrayList<>(children.size());
      for (Node n : children.values()) {
        out.add(entry(n.name, n.directory, n.size, n.mtime));
      }
      return out;
    }
  }

  private static DirEntry entry(String name, boolean directory, long size, long mtime) {
    if (directory) {
      return new DirEntry(name, FileType.DIRECTORY, FileStat.directory(mtime));
    }
    boolean known = size != FileStat.UNKNOWN;
    return new DirEntry(name, FileType.FILE, known ? FileStat.file(size, mtime, null) : null);
  }

  /** Reads a manifest. EINVAL when the text is not one. */
  static Manifest parse(String json) {
    Object value = read(json, "the manifest");
    if (value instanceof Map<?, ?> m && m.get("files") instanceof List<?> files) {
      value = files;
    }
    if (!(value instanceof List<?> list)) {
      throw invalid("the manifest is not an array of paths");
    }
    Manifest out = new Manifest();
    for (Object item : list) {
      if (item instanceof String path) {
        out.add(path, FileStat.UNKNOWN, 0);
      } else if (item instanceof Map<?, ?> m && m.get("path") instanceof String path) {
        out.add(path, size(m), mtime(m));
      } else {
        throw invalid("the manifest holds something that is neither a path nor {path, size}");
      }
    }
    return out;
  }

  private void add(String path, long size, long mtime) {
    Node at = root;
    int i = 0;
    int end = path.length();
    while (i < end) {
      int slash = path.indexOf('/', i);
      boolean last = slash < 0;
      String name = path.substring(i, last ? end : slash);
      i = last ? end : slash + 1;
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        throw invalid("the manifest names a path with '..': " + path);
      }
      Node next = at.children.get(name);
      if (next == null || next.directory == last) {
        next = new Node(name, !last, last ? size : FileStat.UNKNOWN, last || i == end ? mtime : 0);
        at.children.put(name, next);
      }
      at = next;
      if (last) {
        return;
      }
    }
  }

  Node find(String path) {
    Node n = root;
    int i = 1;
    while (i < path.length() && n != null) {
      int slash = path.indexOf('/', i);
      int end = slash < 0 ? path.length() : slash;
      n = n.directory ? n.children.get(path.substring(i, end)) : null;
      i = end + 1;
    }
    return n;
  }

  /** Whether the path leads through a file as if it were a directory. */
  boolean belowFile(String path) {
    for (int i = path.lastIndexOf('/'); i > 0; i = path.lastIndexOf('/', i - 1)) {
      Node n = find(path.substring(0, i));
      if (n != null) {
        return !n.directory;
      }
    }
    return false;
  }

  /**
   * Reads a server's index of one directory: nginx gives {@code name, type, mtime, size}, Caddy
   * {@code name, is_dir, mod_time, size}.
   */
  static List<DirEntry> parseIndex(String json, String url) {
    Object value;
    try {
      value = read(json, url);
    } catch (VfsException e) {
      throw new VfsException(
          Errno.ENOTSUP,
          null,
          url + " is no index in JSON (nginx: autoindex_format json); mount it with a manifest");
    }
    List<DirEntry> out = new ArrayList<>();
    if (!(value instanceof List<?> list)) {
      throw invalid(url + " is no index in JSON");
    }
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> m) || !(m.get("name") instanceof String name)) {
        throw invalid(url + " is no index in JSON");
      }
      boolean directory = "directory".equals(m.get("type")) || Boolean.TRUE.equals(m.get("is_dir"));
      String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
      if (!plain.isEmpty() && plain.indexOf('/') < 0 && !plain.equals(".") && !plain.equals("..")) {
        out.add(entry(plain, directory, size(m), mtime(m)));
      }
    }
    return out;
  }

  private static long size(Map<?, ?> m) {
    return m.get("size") instanceof Number n ? n.longValue() : FileStat.UNKNOWN;
  }

  private static long mtime(Map<?, ?> m) {
    for (String key : new String[] {"mtime", "mod_time", "lastModified"}) {
      Object v = m.get(key);
      if (v instanceof Number n) {
        return (long) (n.doubleValue() * 1e6); // JavaScript's milliseconds
      }
      if (v instanceof String s) {
        long seconds = Math.max(HttpDate.parse(s), HttpDate.parseIso(s));
        return seconds < 0 ? 0 : seconds * 1_000_000_000L;
      }
    }
    return 0;
  }

  private static Object read(String json, String what) {
    try {
      return new JsonReader(json).read();
    } catch (IllegalArgumentException e) {
      throw invalid(what + " is not JSON: " + e.getMessage());
    }
  }

  private static VfsException invalid(String why) {
    return new VfsException(Errno.EINVAL, null, why);
  }
}
