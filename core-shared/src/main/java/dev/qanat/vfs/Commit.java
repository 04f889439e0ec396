package dev.qanat.vfs;

import java.util.List;

/**
 * A new content for a file, written as a whole or not at all: the first {@code kept} bytes of the
 * base, zeros up to {@code size}, and the extents laid over both.
 *
 * @param baseVersion the version the change was made on; null when there was none
 * @param exclusive the file must not exist yet (EEXIST)
 * @param kept bytes of the base that stay, counted from its start
 * @param size bytes of the new content
 * @param extents written bytes, in order of offset, not overlapping; they belong to the receiver
 * @param mtime time of change in nanoseconds since 1970; 0 leaves it to the service
 */
public record Commit(
    String baseVersion, boolean exclusive, long kept, long size, List<Extent> extents, long mtime) {
  /** Bytes at an offset. */
  public record Extent(long offset, byte[] bytes) {}
}
