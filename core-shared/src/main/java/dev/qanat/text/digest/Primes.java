package dev.qanat.text.digest;

import java.math.BigInteger;

/** What the SHA-2 family draws its constants from. */
final class Primes {
  private Primes() {}

  static boolean isPrime(int n) {
    for (int d = 2; d * d <= n; d++) {
      if (n % d == 0) {
        return false;
      }
    }
    return true;
  }

  /** The first 64 bits behind the point of the cube root of {@code n}. */
  static long cubeRootFraction(int n) {
    BigInteger wanted = BigInteger.valueOf(n).shiftLeft(192);
    BigInteger root = BigInteger.ZERO;
    for (int bit = 67; bit >= 0; bit--) {
      BigInteger next = root.setBit(bit);
      if (next.multiply(next).multiply(next).compareTo(wanted) <= 0) {
        root = next;
      }
    }
    return root.longValue();
  }
}
