package dev.qanat.shell.interp;

import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;

/**
 * Corrects a misspelt path, as {@code cdspell} and {@code spell-correct-word} want it: each
 * component may have two neighbours transposed, or one character wrong, missing or too many.
 */
public final class Spelling {
  private static final int TRANSPOSED = 1;
  private static final int ONE_WRONG = 2;
  private static final int OTHER = 3;

  private Spelling() {}

  /** The path that was meant; null when there is none, or when this one is right. */
  public static String corrected(FileContext files, String path) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < path.length()) {
      if (path.charAt(at) == '/') {
        out.append('/');
        at++;
        continue;
      }
      int end = path.indexOf('/', at);
      end = end < 0 ? path.length() : end;
      String best = nearest(files, out.length() == 0 ? "." : out.toString(), path, at, end);
      if (best == null) {
        return null;
      }
      out.append(best);
      at = end;
    }
    String corrected = out.toString();
    return corrected.equals(path) ? null : corrected;
  }

  private static String nearest(FileContext files, String dir, String path, int from, int to) {
    String name = path.substring(from, to);
    String best = null;
    int distance = OTHER;
    try {
      if (files.exists(dir + "/" + name)) {
        return name;
      }
      for (DirEntry e : files.list(dir)) {
        int d = distance(e.name(), name);
        if (d != OTHER && d <= distance) {
          best = e.name();
          distance = d;
        }
      }
    } catch (VfsException e) {
      return null;
    }
    return best;
  }

  private static int distance(String right, String written) {
    int i = 0;
    while (i < right.length() && i < written.length() && right.charAt(i) == written.charAt(i)) {
      i++;
    }
    String r = right.substring(i);
    String w = written.substring(i);
    if (r.isEmpty() && w.isEmpty()) {
      return 0;
    }
    if (!r.isEmpty() && !w.isEmpty()) {
      if (r.length() > 1
          && w.length() > 1
          && r.charAt(0) == w.charAt(1)
          && r.charAt(1) == w.charAt(0)
          && r.substring(2).equals(w.substring(2))) {
        return TRANSPOSED;
      }
      if (r.substring(1).equals(w.substring(1))) {
        return ONE_WRONG;
      }
    }
    boolean missing = !r.isEmpty() && r.substring(1).equals(w);
    boolean extra = !w.isEmpty() && w.substring(1).equals(r);
    return missing || extra ? ONE_WRONG : OTHER;
  }
}
