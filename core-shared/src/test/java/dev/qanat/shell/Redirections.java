package dev.qanat.shell;

/** The redirections that random scripts put behind their commands. */
final class Redirections {
  /** Those between the files and descriptors every random script has. */
  static final String[] USUAL = {
    "> f1",
    ">> f1",
    "2>&1",
    "2>/dev/null",
    "< f1",
    "&> f2",
    ">| f1",
    ">&2",
    "> \"$v\"",
    "< nosuch",
    "3>&1",
    ">&3",
    "2> f2"
  };

  private static final String[] UNUSUAL = {
    "<<< $v",
    "<<< ${nope?}",
    "> /nosuch/x",
    "3>&-",
    "< f1 > f2",
    "<> f1",
    "4>&1 >&3",
    ">&$nope",
    "1>&2 2>&1",
    "4>&3-",
    "{fd}> f5"
  };

  /** The usual ones, and those that fail, close, move or come in pairs. */
  static final String[] ALL = joined(USUAL, UNUSUAL);

  private Redirections() {}

  private static String[] joined(String[] a, String[] b) {
    String[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
