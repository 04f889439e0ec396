package dev.qanat.vfs;

/**
 * The content of one file while it is open, shared by everyone who has it open. It stays readable
 * and writable after the file's name is gone. Every method may suspend.
 */
public interface FileBody {
  /** Bytes. */
  long size();

  /**
   * Reads up to {@code len} bytes; short only at the end, 0 there and beyond.
   *
   * @throws VfsException ESTALE when the service's content changed since the file was opened
   */
  int read(long offset, byte[] b, int off, int len);

  /**
   * Writes all bytes; a gap before them reads as zeros.
   *
   * @throws VfsException ENOSPC, EFBIG; then nothing was written
   */
  void write(long offset, byte[] b, int off, int len);

  /** Cuts the content, or lengthens it with zeros. */
  void truncate(long size);

  /** Brings what was written to the service, as a whole or not at all. */
  default void flush() {}

  /** Size, times and version as they stand here, given what the service last said. */
  FileStat stat(FileStat base);

  /** The file's name goes away or another file takes it; what is open must outlive that. */
  default void detach() {}

  /** The file has a new name. */
  default void moved(String path) {}

  /** The last descriptor is gone. Called after {@link #flush}. */
  default void close() {}
}
