package dev.qanat.vfs;

/** A stream of bytes that comes from or goes to somewhere else: the host, a terminal, memory. */
public class StreamFile extends OpenFile {
  /** Gives at least one byte, or -1 at the end. May suspend. */
  public interface Source {
    int read(byte[] b, int off, int len);
  }

  /** Takes all bytes; they stay the caller's. May suspend. */
  public interface Sink {
    void write(byte[] b, int off, int len);
  }

  private final String path;
  private final Source source;
  private final Sink sink;

  /** Either of source and sink may be null. */
  public StreamFile(String path, Source source, Sink sink) {
    this.path = path;
    this.source = source;
    this.sink = sink;
  }

  /** Gives these bytes and then the end. */
  public static OpenFile of(byte[] bytes) {
    int[] at = {0};
    return new StreamFile(
        "pipe:[0]",
        (b, off, len) -> {
          int n = Math.min(len, bytes.length - at[0]);
          if (n <= 0) {
            return -1;
          }
          System.arraycopy(bytes, at[0], b, off, n);
          at[0] += n;
          return n;
        },
        null);
  }

  @Override
  public int read(byte[] b, int off, int len) {
    if (source == null) {
      throw new VfsException(Errno.EBADF, null);
    }
    return source.read(b, off, len);
  }

  @Override
  public void write(byte[] b, int off, int len) {
    if (sink == null) {
      throw new VfsException(Errno.EBADF, null);
    }
    dev.qanat.sched.Sched.checkpoint();
    sink.write(b, off, len);
  }

  @Override
  public boolean readable() {
    return source != null;
  }

  @Override
  public boolean writable() {
    return sink != null;
  }

  @Override
  public FileStat stat() {
    return FileStat.pipe();
  }

  @Override
  public String path() {
    return path;
  }
}
