package dev.qanat.text.glob;

/**
 * A compiled shell pattern ({@code * ? [...]}, and with {@link #EXTGLOB} {@code ?() *() +() @() !()}).
 * A backslash in the source makes the next character stand for itself; that is how quoting reaches a
 * pattern. Immutable, shared, cached by {@link #compile}.
 */
public final class Pattern {
  /** Extended patterns are recognised. */
  public static final int EXTGLOB = 1;

  /** Letter case does not matter. */
  public static final int NOCASE = 2;

  private Pattern() {}

  /** The pattern of a source text; the same object for the same arguments while it is cached. */
  public static Pattern compile(String source, int flags) {
    throw new UnsupportedOperationException();
  }

  /** A source that matches exactly {@code text}: its special characters behind backslashes. */
  public static String quote(String text) {
    throw new UnsupportedOperationException();
  }

  /** Whether a source has characters that make it more than its own text. */
  public static boolean hasMagic(String source, boolean extglob) {
    throw new UnsupportedOperationException();
  }

  /** Whether it matches all of {@code text}. */
  public boolean matches(String text) {
    throw new UnsupportedOperationException();
  }

  /** The length of the shortest prefix it matches, or -1. */
  public int shortestPrefix(String text) {
    throw new UnsupportedOperationException();
  }

  /** The length of the longest prefix it matches, or -1. */
  public int longestPrefix(String text) {
    throw new UnsupportedOperationException();
  }

  /** The start of the shortest suffix it matches, or -1. */
  public int shortestSuffix(String text) {
    throw new UnsupportedOperationException();
  }

  /** The start of the longest suffix it matches, or -1. */
  public int longestSuffix(String text) {
    throw new UnsupportedOperationException();
  }
}
