package dev.qanat.vfs;

/** How a file is opened, as in open(2). Combine with {@code |}. */
public final class OpenFlags {
  public static final int READ = 1;
  public static final int WRITE = 2;
  public static final int READ_WRITE = READ | WRITE;
  public static final int CREATE = 4;
  public static final int EXCLUSIVE = 8;
  public static final int TRUNCATE = 16;
  public static final int APPEND = 32;
  public static final int NO_FOLLOW = 64;
  public static final int DIRECTORY = 128;

  /** {@code > file}. */
  public static final int REPLACE = WRITE | CREATE | TRUNCATE;

  /** {@code >> file}. */
  public static final int ADD = WRITE | CREATE | APPEND;

  private OpenFlags() {}
}
