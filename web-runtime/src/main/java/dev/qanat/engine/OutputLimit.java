package dev.qanat.engine;

import dev.qanat.vfs.Errno;
import dev.qanat.vfs.VfsException;

/** How much of one stream of a run may be collected, here or in the page. */
final class OutputLimit {
  private final String stream;
  private final long limit;
  private long spent;

  /**
   * @param limit bytes
   */
  OutputLimit(String stream, long limit) {
    this.stream = stream;
    this.limit = limit;
  }

  /** Counts bytes that are about to be written; EFBIG when the limit does not allow them. */
  void spend(int bytes) {
    if (spent + bytes > limit) {
      throw new VfsException(
          Errno.EFBIG,
          null,
          "the limit of "
              + limit
              + " bytes of "
              + stream
              + " is reached; redirect it to a file, read it by spawn, or raise limits.output");
    }
    spent += bytes;
  }
}
