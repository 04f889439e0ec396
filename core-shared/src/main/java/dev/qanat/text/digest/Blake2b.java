package dev.qanat.text.digest;

/** BLAKE2b (RFC 7693) without a key, of any length up to 64 bytes. */
public final class Blake2b {
  private static final long[] IV = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
  };
  private static final String[] SIGMA = {
    "0123456789abcdef",
    "ea489fd61c02b753",
    "b8c052fdae367194",
    "7931dcbe265a40f8",
    "905724afe1bc683d",
    "2c6a0b834d75fe19",
    "c51fed4a0763928b",
    "db7ec13950f4862a",
    "6fe9b308c2d714a5",
    "a2847615fb9e3cd0",
    "0123456789abcdef",
    "ea489fd61c02b753"
  };

  private final long[] h = IV.clone();
  private final byte[] block = new byte[128];
  private final int bytes;
  private int held;
  private long total;

  /** {@code bytes}: of the digest, 1 to 64. */
  public Blake2b(int bytes) {
    this.bytes = bytes;
    h[0] ^= 0x01010000L ^ bytes;
  }

  public void update(byte[] b, int off, int len) {
    while (len > 0) {
      if (held == 128) {
        total += 128;
        compress(false);
        held = 0;
      }
      int k = Math.min(len, 128 - held);
      System.arraycopy(b, off, block, held, k);
      held += k;
      off += k;
      len -= k;
    }
  }

  /** The digest. Nothing may be taken in after it. */
  public byte[] digest() {
    total += held;
    for (int i = held; i < 128; i++) {
      block[i] = 0;
    }
    compress(true);
    byte[] out = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      out[i] = (byte) (h[i >> 3] >>> 8 * (i & 7));
    }
    return out;
  }

  private void compress(boolean last) {
    long[] m = new long[16];
    for (int i = 0; i < 128; i++) {
      m[i >> 3] |= (block[i] & 255L) << 8 * (i & 7);
    }
    long[] v = new long[16];
    System.arraycopy(h, 0, v, 0, 8);
    System.arraycopy(IV, 0, v, 8, 8);
    v[12] ^= total;
    if (last) {
      v[14] = ~v[14];
    }
    for (int r = 0; r < 12; r++) {
      String s = SIGMA[r];
      for (int i = 0; i < 8; i++) {
        long x = m[Character.digit(s.charAt(2 * i), 16)];
        long y = m[Character.digit(s.charAt(2 * i + 1), 16)];
        int a = i & 3;
        int shift = i < 4 ? 0 : 1;
        int b = 4 + (a + shift & 3);
        int c = 8 + (a + 2 * shift & 3);
        int d = 12 + (a + 3 * shift & 3);
        v[a] += v[b] + x;
        v[d] = Long.rotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = Long.rotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = Long.rotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Long.rotateRight(v[b] ^ v[c], 63);
      }
    }
    for (int i = 0; i < 8; i++) {
      h[i] ^= v[i] ^ v[i + 8];
    }
  }
}
