package dev.qanat.engine;

import dev.qanat.sched.Gate;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;

/**
 * A stream whose bytes are sent to JavaScript as they come. Writing suspends while too much of it
 * has not been taken there.
 */
final class StreamedOutput extends OpenFile {
  /** Receives bytes, which stay the writer's. */
  interface Receiver {
    void receive(byte[] b, int off, int len);
  }

  /** Bytes sent but not taken, at the most. */
  private static final int WINDOW = 1 << 20;

  private final String name;
  private final Receiver receiver;
  private final Window window;
  private final OutputLimit limit;

  /** The bytes under way of all streams of a run. */
  static final class Window {
    private long underway;
    private boolean closed;
    private Gate room;

    void taken(long bytes) {
      underway -= bytes;
      if (underway < WINDOW && room != null) {
        room.open();
        room = null;
      }
    }

    /** Nobody listens any more: what comes now is dropped. */
    void close() {
      closed = true;
      taken(underway);
    }
  }

  StreamedOutput(String name, Window window, OutputLimit limit, Receiver receiver) {
    this.name = name;
    this.window = window;
    this.limit = limit;
    this.receiver = receiver;
  }

  @Override
  public void write(byte[] b, int off, int len) {
    dev.qanat.sched.Sched.checkpoint();
    limit.spend(len);
    while (window.underway >= WINDOW && !window.closed) {
      if (window.room == null) {
        window.room = Gate.external();
      }
      window.room.await();
    }
    if (!window.closed) {
      window.underway += len;
      receiver.receive(b, off, len);
    }
  }

  @Override
  public boolean readable() {
    return false;
  }

  @Override
  public FileStat stat() {
    return FileStat.pipe();
  }

  @Override
  public String path() {
    return "pipe:[" + name + "]";
  }
}
