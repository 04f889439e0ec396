package dev.qanat.engine;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;
import java.util.ArrayDeque;

/** Standard input whose pieces come from JavaScript, when they come. */
final class StreamedInput extends OpenFile {
  private static final int ENOUGH = 64 * 1024;

  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
  private int consumed; // bytes of the first piece already read
  private int held;
  private boolean ended;
  private boolean closed;
  private Gate arrived;
  private Gate room;

  /** Adds a piece, which belongs to the stream, and waits until there is room for another. */
  void give(byte[] piece) {
    if (closed || ended || piece.length == 0) {
      return;
    }
    pieces.add(piece);
    held += piece.length;
    open(arrived);
    while (held > ENOUGH && !closed) {
      if (room == null || room.isOpen()) {
        room = Gate.external();
      }
      room.await();
    }
  }

  void end() {
    ended = true;
    open(arrived);
  }

  private static void open(Gate gate) {
    if (gate != null) {
      gate.open();
    }
  }

  @Override
  public int read(byte[] b, int off, int len) {
    Sched.checkpoint();
    while (pieces.isEmpty()) {
      if (ended) {
        return -1;
      }
      readiness().await();
    }
    byte[] first = pieces.peek();
    int n = Math.min(len, first.length - consumed);
    System.arraycopy(first, consumed, b, off, n);
    consumed += n;
    held -= n;
    if (consumed == first.length) {
      pieces.remove();
      consumed = 0;
    }
    if (held <= ENOUGH) {
      open(room);
    }
    return n;
  }

  @Override
  public boolean writable() {
    return false;
  }

  @Override
  public boolean ready() {
    return ended || !pieces.isEmpty();
  }

  @Override
  public Gate readiness() {
    if (ready()) {
      return null;
    }
    if (arrived == null || arrived.isOpen()) {
      arrived = Gate.user();
    }
    return arrived;
  }

  @Override
  public FileStat stat() {
    return FileStat.pipe();
  }

  @Override
  public String path() {
    return "pipe:[stdin]";
  }

  @Override
  protected void close() {
    closed = true;
    pieces.clear();
    held = 0;
    open(room);
  }
}
