package dev.qanat.vfs;

import java.util.List;

/**
 * What a service implements to be mounted in the tree. Paths are absolute within the service,
 * normalised, {@code /} for its root. Every method may suspend, and fails with {@link VfsException}
 * carrying ENOENT, ENOTDIR, EACCES, EROFS, EIO, ETIMEDOUT, … and a detail that says why.
 *
 * <p>Not for callers that want files: those use {@link FileContext}, where links, permissions and
 * open files work the same for every service.
 */
public interface Resource {
  /** A name for messages, such as {@code ram} or {@code https://host/data}. */
  String label();

  Capabilities capabilities();

  /** The file itself, not what a link points to. ENOENT when there is none. */
  FileStat stat(String path);

  /** The names in a directory, in any order, without {@code .} and {@code ..}. */
  List<DirEntry> list(String path);

  /**
   * Reads up to {@code len} bytes at an offset; short only at the end of the file, 0 beyond it.
   *
   * @param version the content meant, or null for whatever is there
   * @throws VfsException ESTALE when that version is gone
   */
  int read(String path, long offset, byte[] b, int off, int len, String version);

  /**
   * Replaces a file's content, atomically. Returns its new state.
   *
   * @throws VfsException ESTALE when the base version is not the current one, EEXIST, ENOSPC
   */
  default FileStat commit(String path, Commit commit) {
    throw new VfsException(Errno.EROFS, path);
  }

  /**
   * The content to work on in place while the file is open; null when the service has no random
   * writes, and the tree collects them for {@link #commit}.
   */
  default FileBody open(String path) {
    return null;
  }

  /**
   * Opens what is not a file or directory, such as a device.
   *
   * @param flags of {@link OpenFlags}
   */
  default OpenFile openSpecial(String path, int flags, FileContext context) {
    throw new VfsException(Errno.ENXIO, path);
  }

  /** Creates a directory; EEXIST when the name is taken. */
  default void mkdir(String path, int mode) {
    throw new VfsException(Errno.EROFS, path);
  }

  /** Creates an empty file, FIFO or such; EEXIST when the name is taken. */
  default void create(String path, FileType type, int mode) {
    if (type != FileType.FILE) {
      throw new VfsException(Errno.EPERM, path, label() + " stores only files and directories");
    }
    commit(path, new Commit(null, true, 0, 0, List.of(), 0));
  }

  /** Removes an empty directory; ENOTEMPTY otherwise. */
  default void rmdir(String path) {
    throw new VfsException(Errno.EROFS, path);
  }

  default void unlink(String path) {
    throw new VfsException(Errno.EROFS, path);
  }

  /** Moves within this service, replacing a file or an empty directory. */
  default void rename(String from, String to) {
    throw new VfsException(Errno.EROFS, from);
  }

  default void symlink(String target, String path) {
    throw new VfsException(Errno.EPERM, path, label() + " stores no links");
  }

  default String readlink(String path) {
    throw new VfsException(Errno.EINVAL, path);
  }

  /** A second name for the same file. */
  default void link(String from, String to) {
    throw new VfsException(Errno.EPERM, to, label() + " stores no hard links");
  }

  default void setAttributes(String path, Attributes attributes) {
    throw new VfsException(Errno.EPERM, path, label() + " stores no attributes");
  }

  /**
   * Finds the first symbolic link on the way, so that resolving a path costs one call.
   *
   * @param followLast whether a link in the last place counts
   * @return the length of the prefix of {@code path} that names the link; -1 when there is none
   * @throws VfsException EACCES when a directory on the way may not be searched
   */
  default int findLink(String path, boolean followLast) {
    return -1;
  }

  /** Total and free bytes, or null when the service does not say. */
  default Space space() {
    return null;
  }

  /** Forgets what was cached about this path and below. */
  default void invalidate(String path) {}

  /** The mount is taken away. */
  default void close() {}

  /** Room on a service, in bytes. */
  record Space(long total, long free) {}
}
