package dev.qanat.sched;

/**
 * A bounded channel of bytes between tasks. Writing suspends while the buffer is full; reading
 * suspends while it is empty and a writer is left. Once the last reader has closed, {@link #write}
 * returns false, which is how {@code yes | head -1} ends.
 */
public final class Pipe {
  /** Bytes held at the most, as Linux's pipes do. */
  public static final int CAPACITY = 64 * 1024;

  private byte[] ring = new byte[1024]; // grows to CAPACITY: most pipes carry little
  private int head; // next byte to read
  private int count; // bytes held
  private boolean writersGone;
  private boolean readersGone;
  private Gate notEmpty;
  private Gate notFull;

  /** Reads at least one byte. Returns -1 at end of input. May suspend. */
  public int read(byte[] b, int off, int len) {
    if (len == 0) {
      return 0;
    }
    while (count == 0) {
      if (writersGone) {
        return -1;
      }
      if (notEmpty == null || notEmpty.isOpen()) {
        notEmpty = new Gate();
      }
      notEmpty.await();
    }
    int n = Math.min(Math.min(len, count), ring.length - head);
    System.arraycopy(ring, head, b, off, n);
    head += n;
    count -= n;
    if (head == ring.length || count == 0) {
      head = 0;
    }
    open(notFull);
    return n;
  }

  /** Bytes that can be read without waiting. */
  public int available() {
    return count;
  }

  /** True when a read would return -1. */
  public boolean atEnd() {
    return count == 0 && writersGone;
  }

  /** Waits until there is something to read or the end. May suspend. False: a caught signal. */
  public boolean awaitReadable() {
    while (count == 0 && !writersGone) {
      if (notEmpty == null || notEmpty.isOpen()) {
        notEmpty = new Gate();
      }
      if (!notEmpty.awaitInterruptibly()) {
        return false;
      }
    }
    return true;
  }

  /** The gate that opens when bytes or the end arrive; open already when they are there. */
  public Gate readable() {
    if (count > 0 || writersGone) {
      Gate now = new Gate();
      now.open();
      return now;
    }
    if (notEmpty == null || notEmpty.isOpen()) {
      notEmpty = new Gate();
    }
    return notEmpty;
  }

  /** Writes everything; false when no reader is left. May suspend. */
  public boolean write(byte[] b, int off, int len) {
    while (len > 0) {
      while (count == CAPACITY && !readersGone) {
        if (notFull == null || notFull.isOpen()) {
          notFull = new Gate();
        }
        notFull.await();
      }
      if (readersGone) {
        return false;
      }
      if (count + len > ring.length && ring.length < CAPACITY) {
        grow(count + len);
      }
      int at = head + count;
      if (at >= ring.length) {
        at -= ring.length;
      }
      int n = Math.min(Math.min(len, ring.length - count), ring.length - at);
      System.arraycopy(b, off, ring, at, n);
      off += n;
      len -= n;
      count += n;
      open(notEmpty);
    }
    return !readersGone;
  }

  private void grow(int wanted) {
    int size = ring.length;
    while (size < wanted && size < CAPACITY) {
      size <<= 1;
    }
    byte[] bigger = new byte[size];
    int first = Math.min(count, ring.length - head);
    System.arraycopy(ring, head, bigger, 0, first);
    System.arraycopy(ring, 0, bigger, first, count - first);
    ring = bigger;
    head = 0;
  }

  /** True when no reader is left. */
  public boolean readersGone() {
    return readersGone;
  }

  public void closeWriter() {
    writersGone = true;
    open(notEmpty);
  }

  public void closeReader() {
    readersGone = true;
    count = 0;
    open(notFull);
  }

  /** A named pipe has got a writer again before its last reader left. */
  public void reopenWriter() {
    writersGone = false;
  }

  /** A named pipe has got a reader again before its last writer left. */
  public void reopenReader() {
    readersGone = false;
  }

  private static void open(Gate gate) {
    if (gate != null) {
      gate.open();
    }
  }
}
