package dev.qanat.shell.expand;

/** The ways bash writes text so that it reads back as the same text. */
public final class Quoting {
  private Quoting() {}

  /** {@code 'a b'}, or {@code $'a\nb'} with control characters: {@code ${x@Q}}. */
  public static String quote(String text) {
    throw new UnsupportedOperationException();
  }

  /** Backslashes where needed, {@code ''} when empty, {@code $'…'} with control characters: %q. */
  public static String backslash(String text) {
    throw new UnsupportedOperationException();
  }

  /** Always in single quotes: {@code alias}, {@code trap -p}. */
  public static String single(String text) {
    throw new UnsupportedOperationException();
  }

  /** In double quotes, or {@code $'…'} with control characters: {@code declare -p}. */
  public static String declared(String text) {
    throw new UnsupportedOperationException();
  }

  /** As {@code set} and {@code set -x} print it: bare when nothing needs quotes. */
  public static String ifNeeded(String text) {
    throw new UnsupportedOperationException();
  }

  /** Decodes the escapes of {@code $'…'}. */
  public static String decode(String text) {
    throw new UnsupportedOperationException();
  }
}
