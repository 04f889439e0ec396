package dev.qanat.shell.interp;

import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.Arrays;

/**
 * Lines of a file that others read too, taken without reading ahead of them: from a seekable file
 * in blocks, the rest given back by seeking; byte by byte from anything else.
 */
final class SharedLines {
  private SharedLines() {}

  /** The next line with its newline, as bytes; null at the end of input. May suspend. */
  static byte[] next(OpenFile file) {
    return file.seekable() ? fromSeekable(file) : byByte(file);
  }

  static String nextText(OpenFile file) {
    byte[] line = next(file);
    return line == null ? null : Utf8.decode(line);
  }

  private static byte[] fromSeekable(OpenFile file) {
    byte[] b = new byte[256];
    int n = 0;
    while (true) {
      if (n == b.length) {
        b = Arrays.copyOf(b, n * 4);
      }
      int k = file.read(b, n, b.length - n);
      if (k < 0) {
        return n == 0 ? null : Arrays.copyOf(b, n);
      }
      for (int i = n; i < n + k; i++) {
        if (b[i] == '\n') {
          int unread = n + k - (i + 1);
          if (unread > 0) {
            file.seek(-unread, 1);
          }
          return Arrays.copyOf(b, i + 1);
        }
      }
      n += k;
      Sched.checkpoint();
    }
  }

  private static byte[] byByte(OpenFile file) {
    byte[] b = new byte[128];
    int n = 0;
    while (true) {
      if (n == b.length) {
        b = Arrays.copyOf(b, n * 2);
      }
      int k = file.read(b, n, 1);
      if (k < 0) {
        return n == 0 ? null : Arrays.copyOf(b, n);
      }
      if (b[n++] == '\n') {
        return Arrays.copyOf(b, n);
      }
      if ((n & 63) == 0) {
        Sched.checkpoint();
      }
    }
  }

  /** The whole of a script file. */
  static byte[] all(OpenFile file) {
    byte[] b = new byte[4096];
    int n = 0;
    while (true) {
      if (n == b.length) {
        Memory.buffer(2L * n);
        b = Arrays.copyOf(b, n * 2);
      }
      int k = file.read(b, n, b.length - n);
      if (k < 0) {
        return Arrays.copyOf(b, n);
      }
      n += k;
      Sched.checkpoint();
    }
  }

  static boolean isDirectory(OpenFile file) {
    try {
      FileStat stat = file.stat();
      return stat.type() == FileType.DIRECTORY;
    } catch (VfsException e) {
      return false;
    }
  }
}
