package dev.qanat.vfs;

/**
 * What a service can do beyond stat, list and read.
 *
 * @param writable takes commits, mkdir, unlink
 * @param randomWrite {@link Resource#open} gives a body that is written in place
 * @param atomicRename rename is one step, for directories too
 * @param links stores symbolic links
 * @param modes stores permissions, owners and times
 * @param versions gives a version with every stat and honours it on read and commit
 */
public record Capabilities(
    boolean writable,
    boolean randomWrite,
    boolean atomicRename,
    boolean links,
    boolean modes,
    boolean versions) {
  public static final Capabilities READ_ONLY =
      new Capabilities(false, false, false, false, false, true);
}
