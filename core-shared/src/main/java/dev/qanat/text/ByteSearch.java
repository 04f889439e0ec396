package dev.qanat.text;

/**
 * Loops over bytes that most of the text commands' time goes to. Four bytes a turn: in WebAssembly
 * the loop itself costs as much as the comparison.
 */
public final class ByteSearch {
  private ByteSearch() {}

  /** The first position of {@code wanted} in {@code text[from, to)}, or -1. */
  public static int indexOf(byte[] text, int from, int to, byte wanted) {
    int p = from;
    for (int last = to - 3; p < last; p += 4) {
      if (text[p] == wanted) {
        return p;
      }
      if (text[p + 1] == wanted) {
        return p + 1;
      }
      if (text[p + 2] == wanted) {
        return p + 2;
      }
      if (text[p + 3] == wanted) {
        return p + 3;
      }
    }
    for (; p < to; p++) {
      if (text[p] == wanted) {
        return p;
      }
    }
    return -1;
  }

  /** How often {@code wanted} stands in {@code text[from, to)}. */
  public static int count(byte[] text, int from, int to, byte wanted) {
    int n = 0;
    int p = from;
    for (int last = to - 3; p < last; p += 4) {
      if (text[p] == wanted) {
        n++;
      }
      if (text[p + 1] == wanted) {
        n++;
      }
      if (text[p + 2] == wanted) {
        n++;
      }
      if (text[p + 3] == wanted) {
        n++;
      }
    }
    for (; p < to; p++) {
      if (text[p] == wanted) {
        n++;
      }
    }
    return n;
  }
}
