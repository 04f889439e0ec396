package dev.qanat.vfs;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Pipe;
import dev.qanat.sched.Sched;
import java.util.HashMap;
import java.util.Map;

/** A named pipe that somebody has open. Opening one end waits for the other (fifo(7)). */
final class Fifo {
  private static final Map<String, Fifo> OPEN = new HashMap<>();

  private final String key;
  private final String path;
  private final Pipe pipe = new Pipe();
  private int readers;
  private int writers;
  private Gate readerCame = new Gate();
  private Gate writerCame = new Gate();

  private Fifo(String key, String path) {
    this.key = key;
    this.path = path;
  }

  static OpenFile open(String key, String path, int flags) {
    Fifo f = OPEN.computeIfAbsent(key, k -> new Fifo(k, path));
    boolean read = (flags & OpenFlags.READ) != 0;
    boolean write = (flags & OpenFlags.WRITE) != 0;
    if (read) {
      f.readers++;
      f.pipe.reopenReader();
      f.readerCame.open();
    }
    if (write) {
      f.writers++;
      f.pipe.reopenWriter();
      f.writerCame.open();
    }
    boolean done = false;
    try {
      if (read && !write && f.writers == 0) {
        await(f.writerCame, path);
      }
      if (write && !read && f.readers == 0) {
        await(f.readerCame, path);
      }
      done = true;
    } finally {
      if (!done) {
        f.leave(read, write);
      }
    }
    return f.new End(read, write);
  }

  /** A shell that opens a FIFO itself is woken by the signals it traps. */
  private static void await(Gate other, String path) {
    if (Sched.get().current().runsCommand()) {
      other.await();
    } else if (!other.awaitInterruptibly()) {
      throw new VfsException(Errno.EINTR, path);
    }
  }

  private void leave(boolean read, boolean write) {
    if (read && --readers == 0) {
      readerCame = new Gate();
      pipe.closeReader();
    }
    if (write && --writers == 0) {
      writerCame = new Gate();
      pipe.closeWriter();
    }
    if (readers == 0 && writers == 0) {
      OPEN.remove(key, this);
    }
  }

  private final class End extends OpenFile {
    private final OpenFile in;
    private final OpenFile out;

    End(boolean read, boolean write) {
      in = read ? Pipes.readEnd(pipe, path) : null;
      out = write ? Pipes.writeEnd(pipe, path) : null;
    }

    @Override
    public int read(byte[] b, int off, int len) {
      if (in == null) {
        throw new VfsException(Errno.EBADF, null);
      }
      return in.read(b, off, len);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      if (out == null) {
        throw new VfsException(Errno.EBADF, null);
      }
      out.write(b, off, len);
    }

    @Override
    public boolean readable() {
      return in != null;
    }

    @Override
    public boolean writable() {
      return out != null;
    }

    @Override
    public boolean ready() {
      return in == null || in.ready();
    }

    @Override
    public Gate readiness() {
      return in == null ? null : in.readiness();
    }

    @Override
    public FileStat stat() {
      return FileStat.of(FileType.FIFO, 0, 0, null).withMode(0644);
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    protected void close() {
      leave(in != null, out != null);
    }
  }
}
