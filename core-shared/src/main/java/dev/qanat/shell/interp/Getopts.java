package dev.qanat.shell.interp;

/** Where {@code getopts} stands within a cluster of option letters. */
public final class Getopts {
  /** The OPTIND it left; when the variable differs, the script has started anew. */
  public int index = 1;

  /** The next letter's place in the argument; 0 at its beginning. */
  public int offset;

  Getopts copy() {
    Getopts g = new Getopts();
    g.index = index;
    g.offset = offset;
    return g;
  }
}
