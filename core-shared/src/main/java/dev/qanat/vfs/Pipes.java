package dev.qanat.vfs;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Pipe;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;

/** The two ends of a {@link Pipe} as open files. */
public final class Pipes {
  private static int count;

  private Pipes() {}

  /** A new pipe: the end to read from, then the end to write to; each with one reference. */
  public static OpenFile[] create() {
    Pipe pipe = new Pipe();
    String path = "pipe:[" + ++count + "]";
    return new OpenFile[] {new ReadEnd(pipe, path), new WriteEnd(pipe, path)};
  }

  /** The end to read from of a pipe that others know too. */
  static OpenFile readEnd(Pipe pipe, String path) {
    return new ReadEnd(pipe, path);
  }

  static OpenFile writeEnd(Pipe pipe, String path) {
    return new WriteEnd(pipe, path);
  }

  private abstract static class End extends OpenFile {
    final Pipe pipe;
    private final String path;

    End(Pipe pipe, String path) {
      this.pipe = pipe;
      this.path = path;
    }

    @Override
    public FileStat stat() {
      return FileStat.pipe();
    }

    @Override
    public String path() {
      return path;
    }
  }

  private static final class ReadEnd extends End {
    ReadEnd(Pipe pipe, String path) {
      super(pipe, path);
    }

    @Override
    public int read(byte[] b, int off, int len) {
      return pipe.read(b, off, len);
    }

    @Override
    public boolean writable() {
      return false;
    }

    @Override
    public boolean ready() {
      return pipe.available() > 0 || pipe.atEnd();
    }

    @Override
    public Gate readiness() {
      return pipe.readable();
    }

    @Override
    protected void close() {
      pipe.closeReader();
    }
  }

  private static final class WriteEnd extends End {
    WriteEnd(Pipe pipe, String path) {
      super(pipe, path);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      Sched.checkpoint();
      if (!pipe.write(b, off, len)) {
        Task task = Sched.get().current();
        if (task != null) {
          task.raise(Signal.PIPE);
        }
        throw new VfsException(Errno.EPIPE, null);
      }
    }

    @Override
    public boolean readable() {
      return false;
    }

    @Override
    public boolean broken() {
      return pipe.readersGone();
    }

    @Override
    protected void close() {
      pipe.closeWriter();
    }
  }
}
