package dev.qanat.opfs;

import dev.qanat.vfs.Errno;
import dev.qanat.vfs.VfsException;
import dev.qanat.web.JsFailure;
import dev.qanat.web.Promises;
import org.teavm.jso.typedarrays.Float64Array;

/** What the browser's storage says when it refuses, in the words of a file system. */
final class Failures {
  private Failures() {}

  /** The errno for a failure; exceptions that are not the browser's come back as they are. */
  static RuntimeException of(RuntimeException caught, String path) {
    RuntimeException failure = JsFailure.of(caught);
    if (!(failure instanceof JsFailure f)) {
      return failure;
    }
    return switch (f.name()) {
      case "NotFoundError" -> new VfsException(Errno.ENOENT, path);
      case "TypeMismatchError" -> new VfsException(Errno.ENOTDIR, path);
      case "InvalidModificationError" -> new VfsException(Errno.ENOTEMPTY, path);
      case "NoModificationAllowedError" ->
          new VfsException(Errno.EBUSY, path, "the file is open in another tab or worker");
      case "QuotaExceededError" -> full(path);
      case "NotAllowedError" ->
          new VfsException(
              Errno.EACCES, path, "the browser no longer allows it; ask the user for the folder");
      case "TypeError" ->
          new VfsException(
              Errno.EINVAL,
              path,
              "the browser's storage does not take this name: " + f.getMessage());
      default -> new VfsException(Errno.EIO, path, f.name() + ": " + f.getMessage());
    };
  }

  /** ENOSPC with the numbers of the browser's storage. May suspend. */
  static VfsException full(String path) {
    return new VfsException(Errno.ENOSPC, path, quota());
  }

  private static String quota() {
    String remedy = "; remove files, or free space for this site in the browser's settings";
    try {
      Float64Array e = Promises.await(Handles.estimate());
      return "the browser's storage for this site is full: "
          + megabytes(e.get(0))
          + " of "
          + megabytes(e.get(1))
          + " used"
          + remedy;
    } catch (JsFailure e) {
      return "the browser's storage for this site is full" + remedy;
    }
  }

  private static String megabytes(double bytes) {
    long tenths = (long) (bytes / (1 << 20) * 10);
    return tenths / 10 + "." + tenths % 10 + " MiB";
  }
}
