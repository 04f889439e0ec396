package dev.qanat.resource.http;

import dev.qanat.http.HttpDate;
import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonException;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonObject;
import dev.qanat.json.JsonParser;
import dev.qanat.json.JsonString;
import dev.qanat.json.JsonValue;
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
  private final Node root = new Node("", true, FileStat.UNKNOWN, FileStat.UNKNOWN);

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

    /** Nanoseconds since 1970; {@link FileStat#UNKNOWN} when the list does not say. */
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
    JsonValue value = read(json, "the manifest");
    if (value instanceof JsonObject o && o.get("files") instanceof JsonArray files) {
      value = files;
    }
    if (!(value instanceof JsonArray list)) {
      throw invalid("the manifest is not an array of paths");
    }
    Manifest out = new Manifest();
    for (int i = 0; i < list.size(); i++) {
      JsonValue item = list.at(i);
      if (item instanceof JsonString path) {
        out.add(path.asString(), FileStat.UNKNOWN, FileStat.UNKNOWN);
      } else if (item instanceof JsonObject o && o.get("path") instanceof JsonString path) {
        out.add(path.asString(), size(o), mtime(o));
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
        boolean own = last || i == end;
        next =
            new Node(name, !last, last ? size : FileStat.UNKNOWN, own ? mtime : FileStat.UNKNOWN);
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
    JsonValue value;
    try {
      value = read(json, url);
    } catch (VfsException e) {
      throw new VfsException(
          Errno.ENOTSUP,
          null,
          url + " is no index in JSON (nginx: autoindex_format json); mount it with a manifest");
    }
    if (!(value instanceof JsonArray list)) {
      throw invalid(url + " is no index in JSON");
    }
    List<DirEntry> out = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (!(list.at(i) instanceof JsonObject o) || !(o.get("name") instanceof JsonString text)) {
        throw invalid(url + " is no index in JSON");
      }
      String name = text.asString();
      boolean directory =
          o.get("is_dir") == JsonValue.TRUE
              || o.get("type") instanceof JsonString type && type.asString().equals("directory");
      String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
      if (!plain.isEmpty() && plain.indexOf('/') < 0 && !plain.equals(".") && !plain.equals("..")) {
        out.add(entry(plain, directory, size(o), mtime(o)));
      }
    }
    return out;
  }

  private static long size(JsonObject o) {
    return o.get("size") instanceof JsonNumber n ? (long) n.asDouble() : FileStat.UNKNOWN;
  }

  private static long mtime(JsonObject o) {
    for (String key : new String[] {"mtime", "mod_time", "lastModified"}) {
      JsonValue v = o.get(key);
      if (v instanceof JsonNumber n) {
        return (long) (n.asDouble() * 1e6); // JavaScript's milliseconds
      }
      if (v instanceof JsonString text) {
        String s = text.asString();
        long seconds = Math.max(HttpDate.parse(s), HttpDate.parseIso(s));
        return seconds < 0 ? FileStat.UNKNOWN : seconds * 1_000_000_000L;
      }
    }
    return FileStat.UNKNOWN;
  }

  private static JsonValue read(String json, String what) {
    try {
      return JsonParser.parse(json);
    } catch (JsonException e) {
      throw invalid(what + " is not JSON: " + e.getMessage());
    }
  }

  private static VfsException invalid(String why) {
    return new VfsException(Errno.EINVAL, null, why);
  }
}
