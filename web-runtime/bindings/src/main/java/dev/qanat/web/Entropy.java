package dev.qanat.web;

import org.teavm.jso.JSBody;
import org.teavm.jso.typedarrays.Uint8Array;

/** The browser's source of random bytes, fit for keys and names. */
public final class Entropy {
  /** What {@code getRandomValues} gives at once. */
  private static final int PIECE = 65536;

  private Entropy() {}

  /** Fills a range of the array. */
  public static void fill(byte[] target, int offset, int length) {
    while (length > 0) {
      int n = Math.min(length, PIECE);
      System.arraycopy(Bytes.toJava(random(n)), 0, target, offset, n);
      offset += n;
      length -= n;
    }
  }

  @JSBody(params = "n", script = "return crypto.getRandomValues(new Uint8Array(n));")
  private static native Uint8Array random(int n);
}
