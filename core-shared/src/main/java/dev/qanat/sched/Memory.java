package dev.qanat.sched;

/**
 * The limits of what running programs hold in memory. The heap's own end takes the whole tab and
 * cannot be caught, so whatever grows with its input is checked here, and ends in an error before.
 */
public final class Memory {
  /** No array of bytes grows beyond this. */
  public static final int MAX_BUFFER = 1 << 29;

  private static int maxText = 1 << 26;
  private static long maxHeld = 1L << 29;
  private static long held;

  private Memory() {}

  /** The most characters of one value: a variable, a word, the output of a substitution. */
  public static int maxText() {
    return maxText;
  }

  public static void setMaxText(int characters) {
    maxText = Math.min(characters, MAX_BUFFER / 4);
  }

  /** The most bytes that running programs may hold together in lists, arrays and the like. */
  public static void setMaxHeld(long bytes) {
    maxHeld = bytes;
  }

  /** Checks the length of a text about to be made. {@code what} begins the message. */
  public static void text(String what, long characters) {
    if (characters > maxText) {
      throw new Exhausted(
          what + ": more than " + maxText + " characters (the limit of text is reached)");
    }
  }

  /** Checks the size of an array of bytes about to be made. */
  public static void buffer(long bytes) {
    if (bytes > MAX_BUFFER) {
      throw new Exhausted("memory exhausted: more than " + MAX_BUFFER + " bytes in one piece");
    }
  }

  /**
   * Counts bytes that the running program will hold, or, negative, gives back. Its end gives back
   * the rest.
   */
  public static void hold(long bytes) {
    if (bytes > 0 && held + bytes > maxHeld) {
      throw new Exhausted(
          "memory exhausted: programs hold more than "
              + maxHeld
              + " bytes (the limit of programs is reached)");
    }
    held += bytes;
    Task t = Sched.get().current();
    if (t != null) {
      t.heldBytes += bytes;
    } else {
      held -= bytes;
    }
  }

  static void giveBack(long bytes) {
    held -= bytes;
  }

  /** A limit of memory is reached. The message names it. */
  public static final class Exhausted extends RuntimeException {
    public Exhausted(String message) {
      super(message, null, false, false);
    }
  }
}
