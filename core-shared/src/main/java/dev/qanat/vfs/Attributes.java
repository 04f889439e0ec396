package dev.qanat.vfs;

/**
 * Changes to a file's attributes; null leaves one as it is. Times are nanoseconds since 1970.
 *
 * @param mode the twelve permission bits
 */
public record Attributes(Integer mode, Integer uid, Integer gid, Long atime, Long mtime) {
  public static Attributes mode(int bits) {
    return new Attributes(bits, null, null, null, null);
  }

  public static Attributes owner(Integer uid, Integer gid) {
    return new Attributes(null, uid, gid, null, null);
  }

  public static Attributes times(Long atime, Long mtime) {
    return new Attributes(null, null, null, atime, mtime);
  }
}
