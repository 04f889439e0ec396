package dev.qanat.text.digest;

/** MD5 (RFC 1321). Not for security: for checksums that others have published. */
final class Md5 extends Digest {
  private static final int[] T = new int[64];
  private static final int[] S = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

  static {
    for (int i = 0; i < 64; i++) {
      T[i] = (int) (long) Math.floor(Math.abs(Math.sin(i + 1)) * 4294967296.0);
    }
  }

  private int a = 0x67452301;
  private int b = 0xefcdab89;
  private int c = 0x98badcfe;
  private int d = 0x10325476;
  private final int[] x = new int[16];

  Md5() {
    super(64);
  }

  @Override
  boolean littleEndian() {
    return true;
  }

  @Override
  void process(byte[] m, int off) {
    int[] x = this.x;
    for (int i = 0; i < 16; i++) {
      int k = off + 4 * i;
      x[i] = m[k] & 255 | (m[k + 1] & 255) << 8 | (m[k + 2] & 255) << 16 | m[k + 3] << 24;
    }
    int p = a;
    int q = b;
    int r = c;
    int s = d;
    for (int i = 0; i < 16; i++) {
      int t = p + (s ^ q & (r ^ s)) + x[i] + T[i];
      p = s;
      s = r;
      r = q;
      int n = S[i & 3];
      q += t << n | t >>> 32 - n;
    }
    for (int i = 16; i < 32; i++) {
      int t = p + (r ^ s & (q ^ r)) + x[5 * i + 1 & 15] + T[i];
      p = s;
      s = r;
      r = q;
      int n = S[4 + (i & 3)];
      q += t << n | t >>> 32 - n;
    }
    for (int i = 32; i < 48; i++) {
      int t = p + (q ^ r ^ s) + x[3 * i + 5 & 15] + T[i];
      p = s;
      s = r;
      r = q;
      int n = S[8 + (i & 3)];
      q += t << n | t >>> 32 - n;
    }
    for (int i = 48; i < 64; i++) {
      int t = p + (r ^ (q | ~s)) + x[7 * i & 15] + T[i];
      p = s;
      s = r;
      r = q;
      int n = S[12 + (i & 3)];
      q += t << n | t >>> 32 - n;
    }
    a += p;
    b += q;
    c += r;
    d += s;
  }

  @Override
  byte[] result() {
    byte[] out = new byte[16];
    int[] h = {a, b, c, d};
    for (int i = 0; i < 16; i++) {
      out[i] = (byte) (h[i >> 2] >>> 8 * (i & 3));
    }
    return out;
  }
}
