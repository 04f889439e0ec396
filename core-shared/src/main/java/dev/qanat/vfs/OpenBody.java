package dev.qanat.vfs;

/**
 * A file that is open under its name: its content, shared by all descriptors, and how many of them
 * there are. The tree finds it by name so that everyone sees what is written before it is
 * committed.
 */
final class OpenBody {
  private final Vfs vfs;
  private final FileBody content;
  private Vfs.Location location;
  private int references;
  private boolean detached;

  OpenBody(Vfs vfs, Vfs.Location location, FileBody content) {
    this.vfs = vfs;
    this.location = location;
    this.content = content;
  }

  Vfs.Location location() {
    return location;
  }

  /** True when the file's name is gone or names another file now. */
  boolean detached() {
    return detached;
  }

  /** True while the service does not know the file yet. */
  boolean created() {
    return content instanceof StagedBody s && s.created();
  }

  OpenBody retain() {
    references++;
    return this;
  }

  void release() {
    if (--references > 0) {
      return;
    }
    try {
      if (!detached) {
        flush();
      }
    } finally {
      if (references == 0) {
        vfs.closed(this);
        content.close();
      }
    }
  }

  FileStat stat(FileStat base) {
    return content.stat(vfs.complete(base, location));
  }

  long size() {
    return content.size();
  }

  int read(long offset, byte[] b, int off, int len) {
    return content.read(offset, b, off, len);
  }

  void write(long offset, byte[] b, int off, int len) {
    content.write(offset, b, off, len);
  }

  void truncate(long size) {
    content.truncate(size);
  }

  void flush() {
    if (!detached) {
      content.flush();
      vfs.changed(location.absolute(), false);
    }
  }

  void detach() {
    content.detach();
    detached = true;
  }

  void moved(Vfs.Location to) {
    location = to;
    content.moved(to.inside());
  }
}
