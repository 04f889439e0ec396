package dev.qanat.shell.expand;

/**
 * A shell variable: attributes and a value, which is a scalar, an indexed or an associative array, or
 * nothing yet. Read freely; changed only through {@link Variables}, because a subshell shares it until
 * one of the two changes it. Do not keep one across a change.
 */
public final class Variable {
  public static final int EXPORT = 1;
  public static final int READONLY = 2;
  public static final int INTEGER = 4;
  public static final int LOWERCASE = 8;
  public static final int UPPERCASE = 16;
  public static final int CAPITALIZE = 32;
  public static final int TRACE = 64;
  public static final int NAMEREF = 128;
  public static final int INDEXED = 256;
  public static final int ASSOCIATIVE = 512;

  Variable() {}

  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The attribute bits. */
  public int attributes() {
    throw new UnsupportedOperationException();
  }

  /** Whether it has one of these attributes. */
  public boolean has(int bits) {
    throw new UnsupportedOperationException();
  }

  /** The depth of the function it is local to; 0 for a global one. */
  public int depth() {
    throw new UnsupportedOperationException();
  }

  /** Whether it has a value; an array has one as soon as it was assigned, even {@code ()}. */
  public boolean hasValue() {
    throw new UnsupportedOperationException();
  }

  /** The scalar value, or that of element 0 of an array; null when unset. */
  public String value() {
    throw new UnsupportedOperationException();
  }

  /** The elements of an indexed array; null for anything else. */
  public IndexedArray array() {
    throw new UnsupportedOperationException();
  }

  /** The elements of an associative array; null for anything else. */
  public AssociativeArray map() {
    throw new UnsupportedOperationException();
  }
}
