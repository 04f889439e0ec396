package dev.qanat.command.data.awk;

/**
 * The additive feedback generator of BSD's random(3) of degree 63: gawk's numbers for a given seed.
 */
final class RandomNumbers {
  private static final int DEGREE = 63;

  private final int[] ring = new int[DEGREE];
  private int front;
  private int rear;

  RandomNumbers(int seed) {
    seed(seed);
  }

  void seed(int seed) {
    ring[0] = seed;
    for (int i = 1; i < DEGREE; i++) {
      // Park and Miller's minimal standard, without overflow
      int x = ring[i - 1] == 0 ? 123459876 : ring[i - 1];
      int hi = x / 127773;
      int lo = x % 127773;
      x = 16807 * lo - 2836 * hi;
      ring[i] = x < 0 ? x + 0x7fffffff : x;
    }
    front = 1;
    rear = 0;
    for (int i = 0; i < 10 * DEGREE; i++) {
      step();
    }
  }

  private int step() {
    ring[front] += ring[rear];
    int v = ring[front] >>> 1;
    front = front + 1 == DEGREE ? 0 : front + 1;
    rear = rear + 1 == DEGREE ? 0 : rear + 1;
    return v;
  }

  /** A number from 0 to less than 1. */
  double next() {
    while (true) {
      double v = 0.5 + (step() / 2147483648.0 + step()) / 2147483648.0 - 0.5;
      if (v < 1) {
        return v;
      }
    }
  }
}
