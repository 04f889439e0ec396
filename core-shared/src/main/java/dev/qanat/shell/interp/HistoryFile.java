package dev.qanat.shell.interp;

import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** The file that keeps history between sessions. */
public final class HistoryFile {
  private HistoryFile() {}

  /** Reads HISTFILE into an interactive shell's history. */
  static void load(Shell sh) {
    String file = sh.variables().get("HISTFILE");
    if (file != null && !file.isEmpty() && sh.files().exists(file)) {
      read(sh, file, 0);
      sh.history().saved = sh.history().size();
    }
  }

  /** Appends the lines of a file from an index on; the number of lines, or -1 after a failure. */
  public static int read(Shell sh, String file, int from) {
    String text;
    try {
      text = Utf8.decode(sh.files().readFile(file));
    } catch (VfsException e) {
      return -1;
    }
    int at = 0;
    int n = 0;
    long time = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      String line = text.substring(at, end);
      at = end + 1;
      if (line.length() > 1 && line.charAt(0) == '#' && Character.isDigit(line.charAt(1))) {
        time = Math.max(0, Redirections.number(line.substring(1)));
        continue;
      }
      if (n++ >= from) {
        sh.history().add(line, time);
      }
    }
    return n;
  }

  /** Writes entries, those from an index on, to a file; false after a failure. */
  public static boolean write(Shell sh, String file, int from, boolean append) {
    List<String> lines = sh.history().lines();
    StringBuilder out = new StringBuilder();
    for (int i = from; i < lines.size(); i++) {
      out.append(lines.get(i)).append('\n');
    }
    try {
      OpenFile f =
          sh.files().open(file, append ? OpenFlags.ADD : OpenFlags.REPLACE, 0600);
      try {
        byte[] b = Utf8.encode(out);
        f.write(b, 0, b.length);
      } finally {
        f.release();
      }
      return true;
    } catch (VfsException e) {
      sh.complain("history", file + ": " + e.reason());
      return false;
    }
  }
}
