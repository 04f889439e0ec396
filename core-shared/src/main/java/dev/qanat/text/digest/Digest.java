package dev.qanat.text.digest;

/** A hash function over bytes that come in pieces. One object makes one digest. */
public abstract class Digest {
  private final byte[] block;
  private int held;
  private long total;

  Digest(int blockBytes) {
    block = new byte[blockBytes];
  }

  /** A digest by its name: md5, sha1, sha224, sha256, sha384, sha512; null for others. */
  public static Digest of(String name) {
    return switch (name) {
      case "md5" -> new Md5();
      case "sha1" -> new Sha1();
      case "sha224" -> new Sha256(true);
      case "sha256" -> new Sha256(false);
      case "sha384" -> new Sha512(true);
      case "sha512" -> new Sha512(false);
      default -> null;
    };
  }

  /** Takes in bytes. */
  public final void update(byte[] b, int off, int len) {
    total += len;
    int n = block.length;
    if (held > 0) {
      int k = Math.min(len, n - held);
      System.arraycopy(b, off, block, held, k);
      held += k;
      off += k;
      len -= k;
      if (held < n) {
        return;
      }
      process(block, 0);
      held = 0;
    }
    for (; len >= n; off += n, len -= n) {
      process(b, off);
    }
    System.arraycopy(b, off, block, 0, len);
    held = len;
  }

  /** Takes in all of the bytes. */
  public final Digest update(byte[] b) {
    update(b, 0, b.length);
    return this;
  }

  /** The digest. Nothing may be taken in after it. */
  public final byte[] digest() {
    int lengthBytes = block.length / 8;
    long bits = total * 8;
    block[held++] = (byte) 0x80;
    if (held > block.length - lengthBytes) {
      while (held < block.length) {
        block[held++] = 0;
      }
      process(block, 0);
      held = 0;
    }
    while (held < block.length) {
      block[held++] = 0;
    }
    for (int i = 0; i < 8; i++) {
      int at = littleEndian() ? block.length - 8 + i : block.length - 1 - i;
      block[at] = (byte) (bits >>> 8 * i);
    }
    process(block, 0);
    return result();
  }

  /** Takes in one block. */
  abstract void process(byte[] b, int off);

  abstract byte[] result();

  boolean littleEndian() {
    return false;
  }

  /** As lower-case hexadecimal digits. */
  public static String hex(byte[] b) {
    char[] c = new char[b.length * 2];
    for (int i = 0; i < b.length; i++) {
      c[2 * i] = Character.forDigit(b[i] >> 4 & 15, 16);
      c[2 * i + 1] = Character.forDigit(b[i] & 15, 16);
    }
    return new String(c);
  }
}
