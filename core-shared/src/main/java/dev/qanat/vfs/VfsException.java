package dev.qanat.vfs;

/**
 * A file operation that failed: an {@link Errno}, the path it was about, and, for services, the
 * cause in words that say what to do. It carries no stack trace: it is an answer, not a defect.
 */
public final class VfsException extends RuntimeException {
  private final Errno errno;
  private final String path;
  private final String detail;

  public VfsException(Errno errno, String path) {
    this(errno, path, null);
  }

  /** {@code detail} says why and what to do about it; it follows the errno's own message. */
  public VfsException(Errno errno, String path, String detail) {
    super(null, null, false, false);
    this.errno = errno;
    this.path = path;
    this.detail = detail;
  }

  public Errno errno() {
    return errno;
  }

  /** The path the failed operation was given; may be null. */
  public String path() {
    return path;
  }

  /** The cause beyond the errno, or null. */
  public String detail() {
    return detail;
  }

  /** The errno's message, and the detail in brackets where there is one. */
  public String reason() {
    return detail == null ? errno.message() : errno.message() + " (" + detail + ")";
  }

  @Override
  public String getMessage() {
    return path == null ? reason() : path + ": " + reason();
  }
}
