package dev.qanat.text.digest;

/** SHA-512 and SHA-384 (FIPS 180-4). */
final class Sha512 extends Digest {
  private static final long[] K = new long[80];

  static {
    // the first 64 bits of the fractional parts of the cube roots of the first 80 primes
    int n = 0;
    for (int p = 2; n < 80; p++) {
      if (Primes.isPrime(p)) {
        K[n++] = Primes.cubeRootFraction(p);
      }
    }
  }

  private final long[] h;
  private final boolean short384;
  private final long[] w = new long[80];

  Sha512(boolean short384) {
    super(128);
    this.short384 = short384;
    h =
        short384
            ? new long[] {
              0xcbbb9d5dc1059ed8L, 0x629a292a367cd507L, 0x9159015a3070dd17L, 0x152fecd8f70e5939L,
              0x67332667ffc00b31L, 0x8eb44a8768581511L, 0xdb0c2e0d64f98fa7L, 0x47b5481dbefa4fa4L
            }
            : new long[] {
              0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
              0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
            };
  }

  @Override
  void process(byte[] m, int off) {
    long[] w = this.w;
    for (int i = 0; i < 16; i++) {
      int j = off + 8 * i;
      long hi = m[j] << 24 | (m[j + 1] & 255) << 16 | (m[j + 2] & 255) << 8 | m[j + 3] & 255;
      long lo = m[j + 4] << 24 | (m[j + 5] & 255) << 16 | (m[j + 6] & 255) << 8 | m[j + 7] & 255;
      w[i] = hi << 32 | lo & 0xffffffffL;
    }
    for (int i = 16; i < 80; i++) {
      long x = w[i - 15];
      long y = w[i - 2];
      w[i] =
          w[i - 16]
              + ((x >>> 1 | x << 63) ^ (x >>> 8 | x << 56) ^ x >>> 7)
              + w[i - 7]
              + ((y >>> 19 | y << 45) ^ (y >>> 61 | y << 3) ^ y >>> 6);
    }
    long a = h[0];
    long b = h[1];
    long c = h[2];
    long d = h[3];
    long e = h[4];
    long f = h[5];
    long g = h[6];
    long x = h[7];
    for (int i = 0; i < 80; i++) {
      long t =
          x
              + ((e >>> 14 | e << 50) ^ (e >>> 18 | e << 46) ^ (e >>> 41 | e << 23))
              + (g ^ e & (f ^ g))
              + K[i]
              + w[i];
      long u =
          ((a >>> 28 | a << 36) ^ (a >>> 34 | a << 30) ^ (a >>> 39 | a << 25))
              + (a & b | c & (a | b));
      x = g;
      g = f;
      f = e;
      e = d + t;
      d = c;
      c = b;
      b = a;
      a = t + u;
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

  @Override
  byte[] result() {
    byte[] out = new byte[short384 ? 48 : 64];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (h[i >> 3] >>> 56 - 8 * (i & 7));
    }
    return out;
  }
}
