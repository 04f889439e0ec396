package dev.qanat.text.digest;

/** SHA-256 and SHA-224 (FIPS 180-4). */
final class Sha256 extends Digest {
  private static final int[] K = new int[64];

  static {
    // the first 32 bits of the fractional parts of the cube roots of the first 64 primes
    int n = 0;
    for (int p = 2; n < 64; p++) {
      if (Primes.isPrime(p)) {
        K[n++] = (int) (Primes.cubeRootFraction(p) >>> 32);
      }
    }
  }

  private final int[] h;
  private final boolean short224;
  private final int[] w = new int[64];

  Sha256(boolean short224) {
    super(64);
    this.short224 = short224;
    h =
        short224
            ? new int[] {
              0xc1059ed8,
              0x367cd507,
              0x3070dd17,
              0xf70e5939,
              0xffc00b31,
              0x68581511,
              0x64f98fa7,
              0xbefa4fa4
            }
            : new int[] {
              0x6a09e667,
              0xbb67ae85,
              0x3c6ef372,
              0xa54ff53a,
              0x510e527f,
              0x9b05688c,
              0x1f83d9ab,
              0x5be0cd19
            };
  }

  @Override
  void process(byte[] m, int off) {
    int[] w = this.w;
    int[] k = K;
    for (int i = 0; i < 16; i++) {
      int j = off + 4 * i;
      w[i] = m[j] << 24 | (m[j + 1] & 255) << 16 | (m[j + 2] & 255) << 8 | m[j + 3] & 255;
    }
    for (int i = 16; i < 64; i++) {
      int x = w[i - 15];
      int y = w[i - 2];
      w[i] =
          w[i - 16]
              + (Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3)
              + w[i - 7]
              + (Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ y >>> 10);
    }
    int a = h[0];
    int b = h[1];
    int c = h[2];
    int d = h[3];
    int e = h[4];
    int f = h[5];
    int g = h[6];
    int x = h[7];
    // eight rounds at a time, so that no value has to move
    for (int i = 0; i < 64; i += 8) {
      x += s1(e) + (g ^ e & (f ^ g)) + k[i] + w[i];
      d += x;
      x += s0(a) + (a & b | c & (a | b));
      g += s1(d) + (f ^ d & (e ^ f)) + k[i + 1] + w[i + 1];
      c += g;
      g += s0(x) + (x & a | b & (x | a));
      f += s1(c) + (e ^ c & (d ^ e)) + k[i + 2] + w[i + 2];
      b += f;
      f += s0(g) + (g & x | a & (g | x));
      e += s1(b) + (d ^ b & (c ^ d)) + k[i + 3] + w[i + 3];
      a += e;
      e += s0(f) + (f & g | x & (f | g));
      d += s1(a) + (c ^ a & (b ^ c)) + k[i + 4] + w[i + 4];
      x += d;
      d += s0(e) + (e & f | g & (e | f));
      c += s1(x) + (b ^ x & (a ^ b)) + k[i + 5] + w[i + 5];
      g += c;
      c += s0(d) + (d & e | f & (d | e));
      b += s1(g) + (a ^ g & (x ^ a)) + k[i + 6] + w[i + 6];
      f += b;
      b += s0(c) + (c & d | e & (c | d));
      a += s1(f) + (x ^ f & (g ^ x)) + k[i + 7] + w[i + 7];
      e += a;
      a += s0(b) + (b & c | d & (b | c));
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
    h[5] += f;
    h[6] += g;
    h[7] += x;
  }

  private static int s0(int a) {
    return Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
  }

  private static int s1(int e) {
    return Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
  }

  @Override
  byte[] result() {
    byte[] out = new byte[short224 ? 28 : 32];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (h[i >> 2] >>> 24 - 8 * (i & 3));
    }
    return out;
  }
}
