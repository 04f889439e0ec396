package dev.qanat.command.data.awk;

import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.text.regex.Matcher;
import dev.qanat.vfs.OpenFile;

/**
 * Cuts an input into records. Records lie in blocks that are never written again, so that values
 * may point into them.
 */
final class RecordReader {
  private static final int BLOCK = 64 * 1024;

  private final OpenFile file;
  private final boolean owned;
  private byte[] block = new byte[BLOCK];
  private int next;
  private int limit;
  private boolean atEnd;

  byte[] bytes;
  int start;
  int end;
  int terminatorEnd; // what lies between end and here is RT

  RecordReader(OpenFile file, boolean owned) {
    this.file = file;
    this.owned = owned;
  }

  /** Reads more behind what is there; false at the end of input. May suspend. */
  private boolean fill() {
    if (atEnd) {
      return false;
    }
    if (limit == block.length) {
      int kept = limit - next;
      Memory.buffer(2L * kept);
      byte[] bigger = new byte[Math.max(BLOCK, kept * 2)];
      System.arraycopy(block, next, bigger, 0, kept);
      block = bigger;
      next = 0;
      limit = kept;
    }
    Sched.checkpoint();
    int n = file.read(block, limit, block.length - limit);
    if (n < 0) {
      atEnd = true;
      return false;
    }
    limit += n;
    return true;
  }

  /** The next record by the separator; false at the end of input. May suspend. */
  boolean read(RecordSeparator rs) {
    return switch (rs.kind) {
      case BYTE -> byByte(rs.separator);
      case PARAGRAPH -> paragraph();
      case REGEX -> byRegex(rs.matcher);
    };
  }

  private boolean take(int from, int to, int behind) {
    bytes = block;
    start = from;
    end = to;
    terminatorEnd = behind;
    next = behind;
    return true;
  }

  private boolean byByte(byte separator) {
    int i = next;
    while (true) {
      byte[] b = block;
      int n = limit;
      while (i < n && b[i] != separator) {
        i++;
      }
      if (i < n) {
        return take(next, i, i + 1);
      }
      int kept = limit - next;
      if (!fill()) {
        return kept > 0 && take(next, limit, limit);
      }
      i = next + kept;
    }
  }

  private boolean paragraph() {
    while (true) {
      while (next < limit && block[next] == '\n') {
        next++;
      }
      if (next < limit) {
        break;
      }
      if (!fill()) {
        return false;
      }
    }
    int i = next;
    while (true) {
      while (i + 1 < limit && (block[i] != '\n' || block[i + 1] != '\n')) {
        i++;
      }
      if (i + 1 < limit) {
        int j = i + 2;
        while (true) {
          while (j < limit && block[j] == '\n') {
            j++;
          }
          if (j < limit) {
            return take(next, i, j);
          }
          int at = i - next;
          int length = j - next;
          boolean more = fill();
          i = next + at;
          j = next + length;
          if (!more) {
            return take(next, i, j);
          }
        }
      }
      int done = i - next;
      if (!fill()) {
        int to = limit > next && block[limit - 1] == '\n' ? limit - 1 : limit;
        return take(next, to, limit);
      }
      i = next + done;
    }
  }

  private boolean byRegex(Matcher m) {
    if (next == limit && !fill()) {
      return false;
    }
    while (true) {
      if (m.find(block, next, next, limit)) {
        boolean empty = m.start() == m.end();
        if (!empty && (m.end() < limit || atEnd)) {
          return take(next, m.start(), m.end());
        }
      }
      if (!fill()) {
        boolean found = next < limit && m.find(block, next, next, limit) && m.end() > m.start();
        return found ? take(next, m.start(), m.end()) : next < limit && take(next, limit, limit);
      }
    }
  }

  void close() {
    if (owned) {
      file.release();
    }
  }
}
