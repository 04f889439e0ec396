package dev.qanat.command;

import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;

/**
 * Buffered writing to an open file. A failed write is a {@link WriteError}, so that the one place
 * that runs commands can say {@code cat: write error: No space left on device} for all of them.
 */
public final class Output {
  private static final int CHUNK = 64 * 1024;

  private final OpenFile file;
  private byte[] buffer = new byte[512];
  private int count;

  public Output(OpenFile file) {
    this.file = file;
  }

  public OpenFile file() {
    return file;
  }

  public void write(int b) {
    if (count == buffer.length) {
      room(1);
    }
    buffer[count++] = (byte) b;
  }

  public void write(byte[] b, int off, int len) {
    if (len > buffer.length - count) {
      if (len >= CHUNK) {
        flush();
        put(b, off, len);
        return;
      }
      room(len);
    }
    System.arraycopy(b, off, buffer, count, len);
    count += len;
  }

  public void write(byte[] b) {
    write(b, 0, b.length);
  }

  /** Text as UTF-8, bytes that are not text as they were. */
  public void write(String s) {
    int n = s.length();
    for (int i = 0; i < n; i++) {
      char c = s.charAt(i);
      if (c >= 0x80) {
        byte[] rest = dev.qanat.text.Utf8.encode(i == 0 ? s : s.substring(i));
        write(rest, 0, rest.length);
        return;
      }
      if (count == buffer.length) {
        room(1);
      }
      buffer[count++] = (byte) c;
    }
  }

  /** Text and a newline. */
  public void line(String s) {
    write(s);
    write('\n');
  }

  /** A decimal number. */
  public void write(long value) {
    if (value == Long.MIN_VALUE) {
      write("-9223372036854775808");
      return;
    }
    if (value < 0) {
      write('-');
      value = -value;
    }
    int digits = 1;
    for (long v = value; v >= 10; v /= 10) {
      digits++;
    }
    if (digits > buffer.length - count) {
      room(digits);
    }
    count += digits;
    int at = count;
    long v = value;
    do {
      buffer[--at] = (byte) ('0' + v % 10);
      v /= 10;
    } while (v != 0);
  }

  private void room(int wanted) {
    if (buffer.length < CHUNK) {
      int size = buffer.length;
      while (size < CHUNK && size < count + wanted) {
        size <<= 2;
      }
      byte[] bigger = new byte[Math.min(size, CHUNK)];
      System.arraycopy(buffer, 0, bigger, 0, count);
      buffer = bigger;
    }
    if (wanted > buffer.length - count) {
      flush();
    }
  }

  /** Hands everything over. May suspend. */
  public void flush() {
    int n = count;
    count = 0;
    if (n > 0) {
      put(buffer, 0, n);
    }
  }

  private void put(byte[] b, int off, int len) {
    try {
      file.write(b, off, len);
    } catch (VfsException e) {
      throw new WriteError(e);
    }
  }

  /** A write that failed, with its reason. */
  public static final class WriteError extends RuntimeException {
    private final VfsException cause;

    WriteError(VfsException cause) {
      super(null, null, false, false);
      this.cause = cause;
    }

    public VfsException reason() {
      return cause;
    }
  }
}
