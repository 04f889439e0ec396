package dev.qanat.command;

import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteSearch;
import dev.qanat.vfs.OpenFile;
import java.util.Arrays;

/**
 * Buffered reading from an open file: by chunk, or by line without an allocation a line. The
 * current piece is {@code data[start..end)} and stays valid until the next call.
 */
public final class Input {
  private static final int CHUNK = 64 * 1024;

  /** Holds the current piece. The receiver's only to read. */
  public byte[] data = new byte[CHUNK];

  /** Where the current piece begins. */
  public int start;

  /** One past the end of the current piece, without its delimiter. */
  public int end;

  private final OpenFile file;
  private final boolean owned;
  private int next; // first byte not handed out
  private int limit; // one past the last byte read
  private boolean atEnd;
  private boolean terminated;

  /** {@code owned}: {@link #close} releases the file. */
  public Input(OpenFile file, boolean owned) {
    this.file = file;
    this.owned = owned;
  }

  public OpenFile file() {
    return file;
  }

  /** Makes what the next read gives the current piece; false at the end of input. May suspend. */
  public boolean nextChunk() {
    if (next == limit && !fillFromStart()) {
      start = end = next;
      return false;
    }
    start = next;
    end = next = limit;
    return true;
  }

  /** Gives back the last bytes of the chunk {@link #nextChunk} has just given. */
  public void unread(int bytes) {
    next -= bytes;
  }

  /**
   * Makes the next line the current piece; false at the end of input. A last line without a
   * delimiter is a line too; {@link #terminated} tells. May suspend.
   */
  public boolean nextLine(byte delimiter) {
    int scan = next;
    while (true) {
      int found = ByteSearch.indexOf(data, scan, limit, delimiter);
      if (found >= 0) {
        start = next;
        end = found;
        next = found + 1;
        terminated = true;
        return true;
      }
      int kept = limit - next;
      if (!fillMore()) {
        start = next;
        end = next = limit;
        terminated = false;
        return kept > 0;
      }
      scan = next + kept;
    }
  }

  /**
   * Makes as many whole lines as are at hand the current piece, their delimiters included; false at
   * the end of input. Only the last piece may end without a delimiter. May suspend.
   */
  public boolean nextLines(byte delimiter) {
    int floor = next;
    while (true) {
      int last = limit - 1;
      while (last >= floor && data[last] != delimiter) {
        last--;
      }
      if (last >= floor) {
        start = next;
        end = next = last + 1;
        return true;
      }
      int kept = limit - next;
      if (!fillMore()) {
        start = next;
        end = next = limit;
        return kept > 0;
      }
      floor = next + kept;
    }
  }

  /** Whether another read would find the end of input. May suspend. */
  public boolean atEnd() {
    return next == limit && !fillFromStart();
  }

  /** The next line, delimited by a newline. */
  public boolean nextLine() {
    return nextLine((byte) '\n');
  }

  /** Whether the current line ended with its delimiter. */
  public boolean terminated() {
    return terminated;
  }

  /** The next byte, 0 to 255; -1 at the end of input. May suspend. */
  public int read() {
    if (next == limit && !fillFromStart()) {
      return -1;
    }
    return data[next++] & 0xff;
  }

  /** The next byte without taking it; -1 at the end of input. */
  public int peek() {
    if (next == limit && !fillFromStart()) {
      return -1;
    }
    return data[next] & 0xff;
  }

  /** Up to {@code len} bytes; -1 at the end of input. May suspend. */
  public int read(byte[] b, int off, int len) {
    if (next == limit) {
      if (len >= CHUNK) {
        Sched.checkpoint();
        return atEnd ? -1 : file.read(b, off, len);
      }
      if (!fillFromStart()) {
        return -1;
      }
    }
    int n = Math.min(len, limit - next);
    System.arraycopy(data, next, b, off, n);
    next += n;
    return n;
  }

  /** All that is left. */
  public byte[] readAll() {
    byte[] all = new byte[Math.max(CHUNK, limit - next)];
    int n = 0;
    while (nextChunk()) {
      int k = end - start;
      if (n + k > all.length) {
        Memory.buffer(n + (long) k);
        all =
            Arrays.copyOf(all, (int) Math.max(n + k, Math.min(all.length * 2L, Memory.MAX_BUFFER)));
      }
      System.arraycopy(data, start, all, n, k);
      n += k;
    }
    return Arrays.copyOf(all, n);
  }

  /** Gives read-ahead back to a seekable file, so that whoever reads next continues here. */
  public void giveBack() {
    if (limit > next && file.seekable()) {
      file.seek(next - limit, 1);
      limit = next;
    }
  }

  private boolean fillFromStart() {
    next = limit = 0;
    return fillMore();
  }

  private boolean fillMore() {
    if (atEnd) {
      return false;
    }
    Sched.checkpoint();
    if (limit == data.length) {
      int kept = limit - next;
      if (next > 0 && kept <= data.length / 2) {
        System.arraycopy(data, next, data, 0, kept);
      } else {
        Memory.buffer(2L * data.length);
        byte[] bigger = new byte[data.length * 2];
        System.arraycopy(data, next, bigger, 0, kept);
        data = bigger;
      }
      next = 0;
      limit = kept;
    }
    int n = file.read(data, limit, data.length - limit);
    if (n < 0) {
      atEnd = true;
      return false;
    }
    limit += n;
    return true;
  }

  public void close() {
    if (owned) {
      file.release();
    }
  }
}
