package dev.qanat.web;

import org.teavm.classlib.PlatformDetector;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;
import org.teavm.jso.typedarrays.Uint8Array;

/**
 * The only crossing for bytes. Every method copies: what it returns belongs to the caller, and
 * neither side sees the other's later writes. (In the JavaScript build TeaVM's own conversions
 * share memory, in the WebAssembly build they cannot; here both behave alike.)
 */
public final class Bytes {
  private Bytes() {}

  /** Copies a {@code Uint8Array} into a new Java array. */
  public static byte[] toJava(Uint8Array source) {
    if (source.getLength() == 0) {
      return new byte[0];
    }
    if (PlatformDetector.isJavaScript()) {
      return own(source).toJavaArray();
    }
    return view(source).copyToJavaArray();
  }

  /** Copies a range of a Java array into a new {@code Uint8Array} with a buffer of its own. */
  public static Uint8Array toJs(byte[] source, int offset, int length) {
    if (PlatformDetector.isJavaScript()) {
      return copyOfRange(Int8Array.fromJavaArray(source), offset, length);
    }
    byte[] range = source;
    if (offset != 0 || length != source.length) {
      range = new byte[length];
      System.arraycopy(source, offset, range, 0, length);
    }
    return unsigned(Int8Array.copyFromJavaArray(range));
  }

  /** A call that fills a {@code Uint8Array} from its start and tells how many bytes it gave. */
  public interface Filler {
    int fill(Uint8Array target);
  }

  /**
   * Lets JavaScript fill up to {@code length} bytes and copies what it gave into a Java array.
   * Returns what the filler returned.
   */
  public static int read(int length, byte[] target, int offset, Filler filler) {
    Uint8Array room = new Uint8Array(length);
    int n = filler.fill(room);
    if (n > 0) {
      byte[] got =
          PlatformDetector.isJavaScript()
              ? view(room).toJavaArray()
              : view(n == length ? room : head(room, n)).copyToJavaArray();
      System.arraycopy(got, 0, target, offset, n);
    }
    return n;
  }

  public static Uint8Array toJs(byte[] source) {
    return toJs(source, 0, source.length);
  }

  @JSBody(
      params = {"u", "n"},
      script = "return u.subarray(0, n);")
  private static native Uint8Array head(Uint8Array u, int n);

  @JSBody(params = "u", script = "return new Int8Array(u.buffer, u.byteOffset, u.byteLength);")
  private static native Int8Array view(Uint8Array u);

  @JSBody(params = "u", script = "return new Int8Array(u.slice().buffer);")
  private static native Int8Array own(Uint8Array u);

  @JSBody(
      params = {"a", "from", "length"},
      script = "return new Uint8Array(a.slice(from, from + length).buffer);")
  private static native Uint8Array copyOfRange(JSObject a, int from, int length);

  @JSBody(params = "a", script = "return new Uint8Array(a.buffer, a.byteOffset, a.byteLength);")
  private static native Uint8Array unsigned(Int8Array a);
}
