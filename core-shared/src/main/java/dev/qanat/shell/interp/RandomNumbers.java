package dev.qanat.shell.interp;

/** RANDOM and SRANDOM. The sequence of a seed is bash's own (the "minimal standard" generator). */
final class RandomNumbers {
  private int seed;
  private int last;
  private long wide;

  RandomNumbers(long entropy) {
    seed = (int) (entropy ^ entropy >>> 32);
    wide = entropy ^ 0x9E3779B97F4A7C15L;
  }

  /** A subshell's RANDOM goes its own way. */
  RandomNumbers fork() {
    RandomNumbers r = new RandomNumbers(next64());
    return r;
  }

  void seed(long value) {
    seed = (int) value;
    last = 0;
  }

  /**
   * 0 to 32767, never the same twice in a row.
   *
   * @param asBefore51 the numbers bash 5.0 and older made of the same sequence
   */
  int next(boolean asBefore51) {
    int value;
    do {
      seed = step(seed);
      value = (asBefore51 ? seed : seed >>> 16 ^ seed & 65535) & 32767;
    } while (value == last);
    last = value;
    return value;
  }

  /** bash 5.2's intrand32: Park and Miller, by Schrage's method. */
  private static int step(int last) {
    int ret = last == 0 ? 123459876 : last;
    int h = (int) ((ret & 0xFFFFFFFFL) / 127773);
    int l = ret - 127773 * h;
    int t = 16807 * l - 2836 * h;
    return t < 0 ? t + 0x7fffffff : t;
  }

  /** 0 to 4294967295. */
  long next32() {
    return next64() >>> 32;
  }

  private long next64() {
    wide += 0x9E3779B97F4A7C15L;
    long z = wide;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
