package dev.qanat.vfs;

import dev.qanat.sched.ResourceLimits;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import java.util.Arrays;

/** A process's table of descriptors. Each entry holds one reference to its {@link OpenFile}. */
public final class Descriptors {
  /** More than any process may have. */
  public static final int LIMIT = ResourceLimits.MAX_DESCRIPTORS;

  private OpenFile[] files = new OpenFile[8];

  /** One more than the highest descriptor the running process may open. */
  public static int limit() {
    Task t = Sched.get().current();
    return t == null
        ? LIMIT
        : (int) Math.min(LIMIT, t.limits().soft(ResourceLimits.Resource.DESCRIPTORS));
  }

  /** Whether the running process may open one more. */
  public boolean hasRoom() {
    int limit = limit();
    int fd = 0;
    while (fd < limit && get(fd) != null) {
      fd++;
    }
    return fd < limit;
  }

  /** The open file of a descriptor, which stays the table's; null when it is closed. */
  public OpenFile get(int fd) {
    return fd >= 0 && fd < files.length ? files[fd] : null;
  }

  /** As {@link #get}, but EBADF when it is closed. */
  public OpenFile need(int fd) {
    OpenFile f = get(fd);
    if (f == null) {
      throw new VfsException(Errno.EBADF, String.valueOf(fd));
    }
    return f;
  }

  /** Puts a file at a descriptor and closes what was there. The caller's reference goes over. */
  public void set(int fd, OpenFile file) {
    if (fd < 0 || fd >= LIMIT) {
      throw new VfsException(Errno.EBADF, String.valueOf(fd));
    }
    if (fd >= files.length) {
      files = Arrays.copyOf(files, Math.min(LIMIT, Math.max(fd + 1, files.length * 2)));
    }
    OpenFile old = files[fd];
    files[fd] = file;
    if (old != null) {
      old.release();
    }
  }

  /** Takes a file out of the table; the reference goes to the caller. */
  public OpenFile take(int fd) {
    OpenFile f = get(fd);
    if (f != null) {
      files[fd] = null;
    }
    return f;
  }

  /**
   * Puts a file at the lowest free descriptor from {@code least} on. EMFILE at the limit, EINVAL
   * when {@code least} is beyond it.
   */
  public int add(OpenFile file, int least) {
    int limit = limit();
    int fd = least;
    while (get(fd) != null) {
      fd++;
    }
    if (fd >= limit) {
      throw new VfsException(least >= limit ? Errno.EINVAL : Errno.EMFILE, file.path());
    }
    set(fd, file);
    return fd;
  }

  public void close(int fd) {
    OpenFile f = take(fd);
    if (f != null) {
      f.release();
    }
  }

  /** One more than the highest open descriptor. */
  public int end() {
    int n = files.length;
    while (n > 0 && files[n - 1] == null) {
      n--;
    }
    return n;
  }

  /** A table of its own with the same open files, as after fork(2). */
  public Descriptors copy() {
    Descriptors c = new Descriptors();
    c.files = Arrays.copyOf(files, Math.max(8, end()));
    for (OpenFile f : c.files) {
      if (f != null) {
        f.retain();
      }
    }
    return c;
  }

  /** Closes all; the first failure is thrown after every one was released. */
  public void closeAll() {
    RuntimeException failure = null;
    for (int fd = 0; fd < files.length; fd++) {
      OpenFile f = files[fd];
      if (f != null) {
        files[fd] = null;
        try {
          f.release();
        } catch (VfsException e) {
          failure = failure == null ? e : failure;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
