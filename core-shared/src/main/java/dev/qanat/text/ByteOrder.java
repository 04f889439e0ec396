package dev.qanat.text;

/** The order of byte strings as memcmp(3) has it, which in the C locale is the order of lines. */
public final class ByteOrder {
  private ByteOrder() {}

  /** Compares {@code a[i, ae)} with {@code b[j, be)}: negative, zero or positive. */
  public static int compare(byte[] a, int i, int ae, byte[] b, int j, int be) {
    int n = Math.min(ae - i, be - j);
    for (int k = 0; k < n; k++) {
      int d = (a[i + k] & 0xff) - (b[j + k] & 0xff);
      if (d != 0) {
        return d;
      }
    }
    return ae - i - (be - j);
  }

  /** Compares all of the bytes. */
  public static int compare(byte[] a, byte[] b) {
    return compare(a, 0, a.length, b, 0, b.length);
  }
}
