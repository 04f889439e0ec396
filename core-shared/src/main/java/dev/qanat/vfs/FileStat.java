package dev.qanat.vfs;

/**
 * What is known of a file without reading it. Times are nanoseconds since 1970-01-01T00:00Z. A
 * service leaves what it does not know at {@link #UNKNOWN}; the tree fills in what POSIX demands.
 *
 * @param size bytes; {@link #UNKNOWN} when the service tells it only on reading
 * @param mode the twelve permission bits, or {@link #UNKNOWN}
 * @param version opaque: equal means same content; null when the service has none
 */
public record FileStat(
    FileType type,
    long size,
    int mode,
    int nlink,
    int uid,
    int gid,
    long ino,
    int dev,
    int rdev,
    long atime,
    long mtime,
    long ctime,
    String version) {
  public static final int UNKNOWN = -1;

  /** A file as most services know it: size, time of change and version. */
  public static FileStat file(long size, long mtimeNanos, String version) {
    return of(FileType.FILE, size, mtimeNanos, version);
  }

  /**
   * @param mtimeNanos {@link #UNKNOWN} when the service keeps no time for it
   */
  public static FileStat directory(long mtimeNanos) {
    return of(FileType.DIRECTORY, 4096, mtimeNanos, null);
  }

  /** An end of a pipe, or a stream that is like one. */
  public static FileStat pipe() {
    return of(FileType.FIFO, 0, 0, null).withMode(0600);
  }

  public static FileStat of(FileType type, long size, long mtimeNanos, String version) {
    return new FileStat(
        type,
        size,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        0,
        mtimeNanos,
        mtimeNanos,
        mtimeNanos,
        version);
  }

  public boolean isFile() {
    return type == FileType.FILE;
  }

  public boolean isDirectory() {
    return type == FileType.DIRECTORY;
  }

  public boolean isSymlink() {
    return type == FileType.SYMLINK;
  }

  /** st_mode: type and permission bits together. */
  public int stMode() {
    return type.bits() | mode;
  }

  /** 512-byte blocks, as st_blocks, rounded up to whole 4 KiB pages. */
  public long blocks() {
    return size <= 0 || type == FileType.SYMLINK ? 0 : (size + 4095) / 4096 * 8;
  }

  public FileStat withSize(long bytes, long mtimeNanos) {
    return new FileStat(
        type, bytes, mode, nlink, uid, gid, ino, dev, rdev, atime, mtimeNanos, mtimeNanos, version);
  }

  public FileStat withVersion(String v) {
    return new FileStat(type, size, mode, nlink, uid, gid, ino, dev, rdev, atime, mtime, ctime, v);
  }

  public FileStat withType(FileType t) {
    return new FileStat(
        t, size, mode, nlink, uid, gid, ino, dev, rdev, atime, mtime, ctime, version);
  }

  FileStat withLinks(int count) {
    return new FileStat(
        type, size, mode, count, uid, gid, ino, dev, rdev, atime, mtime, ctime, version);
  }

  public FileStat withMode(int bits) {
    return new FileStat(
        type, size, bits, nlink, uid, gid, ino, dev, rdev, atime, mtime, ctime, version);
  }

  public FileStat withOwner(int user, int group) {
    return new FileStat(
        type, size, mode, nlink, user, group, ino, dev, rdev, atime, mtime, ctime, version);
  }

  public FileStat withTimes(long access, long modification) {
    return new FileStat(
        type, size, mode, nlink, uid, gid, ino, dev, rdev, access, modification, ctime, version);
  }

  /**
   * Fills in what the service left unknown.
   *
   * @param since nanoseconds since 1970: when the tree first knew of the file
   */
  FileStat complete(int device, long inode, int user, int group, long since) {
    long changed = mtime != UNKNOWN ? mtime : since;
    return new FileStat(
        type,
        size,
        mode != UNKNOWN ? mode : type == FileType.DIRECTORY ? 0755 : 0644,
        nlink != UNKNOWN ? nlink : type == FileType.DIRECTORY ? 2 : 1,
        uid != UNKNOWN ? uid : user,
        gid != UNKNOWN ? gid : group,
        ino != UNKNOWN ? ino : inode,
        dev != UNKNOWN ? dev : device,
        rdev,
        atime != UNKNOWN ? atime : changed,
        changed,
        ctime != UNKNOWN ? ctime : changed,
        version);
  }
}
