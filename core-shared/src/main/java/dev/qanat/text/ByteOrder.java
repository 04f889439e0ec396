package dev.qanat.text;

/** The order of byte strings in the C locale: by unsigned bytes, a prefix first. */
public final class ByteOrder {
  private ByteOrder() {}

  /** Compares {@code a[from..to)} with {@code b[start..end)}. Negative, zero, or positive. */
  public static int compare(byte[] a, int from, int to, byte[] b, int start, int end) {
    int n = Math.min(to - from, end - start);
    for (int i = 0; i < n; i++) {
      int x = a[from + i];
      int y = b[start + i];
      if (x != y) {
        return (x & 0xff) - (y & 0xff);
      }
    }
    return to - from - (end - start);
  }
}
