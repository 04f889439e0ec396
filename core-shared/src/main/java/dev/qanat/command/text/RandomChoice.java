package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.text.Quoting;
import java.util.Random;

/**
 * Fair choices among so many, from random bytes: of a file, so that the same bytes give the same
 * choices as GNU's commands make, or of a generator.
 */
final class RandomChoice {
  private final Invocation in;
  private final String name;
  private final Input source; // null: the generator
  private final Random random;
  // what is left of the bytes read: a number from 0 to limit, both unsigned
  private long number;
  private long limit;

  /**
   * Begins.
   *
   * @param name the file of {@code --random-source}; null for a generator
   */
  RandomChoice(Invocation in, String name) {
    this.in = in;
    this.name = name;
    random = name == null ? new Random() : null;
    source = name == null ? null : in.open(name);
    if (name != null && source == null) {
      throw new Command.Exit(1);
    }
  }

  /** A number from 0 to {@code choices - 1}. */
  long below(long choices) {
    if (source == null) {
      return choices <= Integer.MAX_VALUE
          ? random.nextInt((int) choices)
          : (long) (random.nextDouble() * choices);
    }
    long last = choices - 1;
    while (true) {
      while (Long.compareUnsigned(limit, last) < 0) {
        int b = source.read();
        if (b < 0) {
          throw in.fail(1, Quoting.locale(name) + ": end of file");
        }
        number = (number << 8) + b;
        limit = (limit << 8) + 255;
      }
      if (limit == last) {
        long chosen = number;
        number = 0;
        limit = 0;
        return chosen;
      }
      // numbers beyond the last whole run of choices would favour the first ones
      long excess = limit - last;
      long unusable = Long.remainderUnsigned(excess, choices);
      long lastUsable = limit - unusable;
      if (Long.compareUnsigned(number, lastUsable) <= 0) {
        long chosen = Long.remainderUnsigned(number, choices);
        number = Long.divideUnsigned(number, choices);
        limit = Long.divideUnsigned(excess, choices);
        return chosen;
      }
      number -= lastUsable + 1;
      limit = unusable - 1;
    }
  }

  void close() {
    if (source != null) {
      source.close();
    }
  }
}
