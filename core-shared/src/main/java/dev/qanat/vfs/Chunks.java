package dev.qanat.vfs;

import java.util.Arrays;

/**
 * Bytes that grow at the end without being copied: chunks of 64 KiB, of which those never written
 * do not exist. Small contents take what they need. Counted against a {@link MemoryBudget}.
 */
final class Chunks {
  private static final int SHIFT = 16;
  private static final int SIZE = 1 << SHIFT;
  private static final int MASK = SIZE - 1;
  private static final long MAX = (long) SIZE * (Integer.MAX_VALUE >> 6);

  private final MemoryBudget budget;
  private byte[][] chunks = new byte[1][];
  private long size;

  Chunks(MemoryBudget budget) {
    this.budget = budget;
  }

  long size() {
    return size;
  }

  int read(long offset, byte[] b, int off, int len) {
    if (offset >= size) {
      return 0;
    }
    int left = (int) Math.min(len, size - offset);
    int done = 0;
    while (done < left) {
      int at = (int) (offset & MASK);
      int n = Math.min(left - done, SIZE - at);
      byte[] c = chunk(offset);
      int there = c == null ? 0 : Math.max(0, Math.min(n, c.length - at));
      if (there > 0) {
        System.arraycopy(c, at, b, off + done, there);
      }
      if (there < n) {
        Arrays.fill(b, off + done + there, off + done + n, (byte) 0);
      }
      done += n;
      offset += n;
    }
    return done;
  }

  /** All or nothing: ENOSPC before a byte is written. */
  void write(long offset, byte[] b, int off, int len, String path) {
    long end = offset + len;
    if (end > MAX || end < 0) {
      throw new VfsException(Errno.EFBIG, path);
    }
    reserve(offset, end, path);
    while (len > 0) {
      int at = (int) (offset & MASK);
      int n = Math.min(len, SIZE - at);
      System.arraycopy(b, off, chunks[(int) (offset >>> SHIFT)], at, n);
      off += n;
      offset += n;
      len -= n;
    }
    size = Math.max(size, end);
  }

  /** Makes every chunk between two offsets long enough. */
  private void reserve(long from, long to, String path) {
    int first = (int) (from >>> SHIFT);
    int last = (int) ((to - 1) >>> SHIFT);
    if (to <= from) {
      return;
    }
    long wanted = 0;
    for (int i = first; i <= last; i++) {
      byte[] c = i < chunks.length ? chunks[i] : null;
      wanted += roomFor(i, to, c) - (c == null ? 0 : c.length);
    }
    if (wanted > 0 && !budget.take(wanted)) {
      throw new VfsException(
          Errno.ENOSPC,
          path,
          "the memory budget of "
              + (budget.limit() >> 20)
              + " MiB is used up; remove files or raise the mount's limit");
    }
    if (last >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(last + 1, chunks.length * 2));
    }
    for (int i = first; i <= last; i++) {
      byte[] c = chunks[i];
      int room = roomFor(i, to, c);
      if (c == null) {
        chunks[i] = new byte[room];
      } else if (c.length < room) {
        chunks[i] = Arrays.copyOf(c, room);
      }
    }
  }

  /** Only the first chunk of a small content is shorter than a whole one; it doubles. */
  private int roomFor(int i, long to, byte[] now) {
    int have = now == null ? 0 : now.length;
    if (i > 0 || to > SIZE) {
      return SIZE;
    }
    if (to <= have) {
      return have;
    }
    int room = Math.max(64, have * 2);
    while (room < to) {
      room *= 2;
    }
    return Math.min(room, SIZE);
  }

  void truncate(long to, String path) {
    if (to < 0 || to > MAX) {
      throw new VfsException(to < 0 ? Errno.EINVAL : Errno.EFBIG, path);
    }
    if (to < size) {
      int keep = (int) ((to + MASK) >>> SHIFT);
      for (int i = keep; i < chunks.length; i++) {
        drop(i);
      }
      if (keep < chunks.length) {
        chunks = Arrays.copyOf(chunks, Math.max(1, keep));
      }
      byte[] last = keep > 0 ? chunks[keep - 1] : null;
      int at = (int) (to & MASK);
      if (last != null && at != 0 && at < last.length) {
        Arrays.fill(last, at, last.length, (byte) 0);
      }
    }
    size = to;
  }

  private void drop(int i) {
    if (chunks[i] != null) {
      budget.give(chunks[i].length);
      chunks[i] = null;
    }
  }

  /** Gives all memory back. */
  void clear() {
    for (int i = 0; i < chunks.length; i++) {
      drop(i);
    }
    size = 0;
  }

  /** Bytes held in memory. */
  long held() {
    long n = 0;
    for (byte[] c : chunks) {
      n += c == null ? 0 : c.length;
    }
    return n;
  }

  private byte[] chunk(long offset) {
    int i = (int) (offset >>> SHIFT);
    return i < chunks.length ? chunks[i] : null;
  }
}
