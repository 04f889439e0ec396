package dev.qanat.text.digest;

/** SHA-1 (FIPS 180-4). Not for security: for names that git and others have given. */
final class Sha1 extends Digest {
  private int a = 0x67452301;
  private int b = 0xefcdab89;
  private int c = 0x98badcfe;
  private int d = 0x10325476;
  private int e = 0xc3d2e1f0;
  private final int[] w = new int[80];

  Sha1() {
    super(64);
  }

  @Override
  void process(byte[] m, int off) {
    int[] w = this.w;
    for (int i = 0; i < 16; i++) {
      int k = off + 4 * i;
      w[i] = m[k] << 24 | (m[k + 1] & 255) << 16 | (m[k + 2] & 255) << 8 | m[k + 3] & 255;
    }
    for (int i = 16; i < 80; i++) {
      int x = w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16];
      w[i] = x << 1 | x >>> 31;
    }
    int p = a;
    int q = b;
    int r = c;
    int s = d;
    int t = e;
    for (int i = 0; i < 80; i++) {
      int f;
      if (i < 20) {
        f = (s ^ q & (r ^ s)) + 0x5a827999;
      } else if (i < 40) {
        f = (q ^ r ^ s) + 0x6ed9eba1;
      } else if (i < 60) {
        f = (q & r | s & (q | r)) + 0x8f1bbcdc;
      } else {
        f = (q ^ r ^ s) + 0xca62c1d6;
      }
      int n = (p << 5 | p >>> 27) + f + t + w[i];
      t = s;
      s = r;
      r = (q << 30 | q >>> 2);
      q = p;
      p = n;
    }
    a += p;
    b += q;
    c += r;
    d += s;
    e += t;
  }

  @Override
  byte[] result() {
    int[] h = {a, b, c, d, e};
    byte[] out = new byte[20];
    for (int i = 0; i < 20; i++) {
      out[i] = (byte) (h[i >> 2] >>> 24 - 8 * (i & 3));
    }
    return out;
  }
}
