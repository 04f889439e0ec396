package dev.qanat.terminal;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.sched.Task;
import dev.qanat.text.ByteBuilder;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import java.util.ArrayDeque;

/**
 * A terminal device. On one side stands the user's screen and keyboard ({@link #type}, the screen
 * given at construction, {@link #resize}), on the other the processes that read and write it. In
 * between is the line discipline: editing, echo, and the keys that send signals to the foreground
 * process group.
 */
public final class Terminal extends OpenFile {
  /** Where output is shown. Takes bytes that stay the terminal's. May suspend, to slow a writer. */
  public interface Screen {
    void show(byte[] b, int off, int len);
  }

  private static final int MAX_TYPED_AHEAD = 1 << 20;

  private final Screen screen;
  private final String path;
  private final ArrayDeque<byte[]> input =
      new ArrayDeque<>(); // complete pieces; empty: end of file
  private int consumed; // bytes of the first piece already read
  private final ByteBuilder line = new ByteBuilder(); // being edited, in canonical mode
  private boolean literal;
  private int typedAhead;
  private Gate typed;
  private TerminalModes modes = new TerminalModes();
  private int columns;
  private int rows;
  private int foreground;
  private boolean hungUp;

  public Terminal(Screen screen, int columns, int rows, String path) {
    this.screen = screen;
    this.columns = columns;
    this.rows = rows;
    this.path = path;
  }

  /** Keys the user pressed, as the bytes a terminal sends. Never suspends. */
  public void type(byte[] keys) {
    ByteBuilder raw = null;
    ByteBuilder echo = new ByteBuilder();
    for (byte key : keys) {
      int c = key & 0xff;
      if (c == '\r' && modes.returnIsNewline) {
        c = '\n';
      }
      if (modes.signals && !literal && signalFor(c) != 0) {
        interruptWith(signalFor(c), c, echo);
        raw = null;
        continue;
      }
      if (modes.canonical) {
        edit(c, echo);
      } else {
        if (raw == null) {
          raw = new ByteBuilder();
        }
        raw.append((byte) c);
        if (modes.echo) {
          echo.append((byte) c);
        }
      }
    }
    if (raw != null) {
      deliver(raw.toByteArray());
    }
    if (echo.length() > 0) {
      show(echo);
    }
  }

  private int signalFor(int c) {
    return c == modes.interrupt
        ? Signal.INT
        : c == modes.quit ? Signal.QUIT : c == modes.suspend ? Signal.TSTP : 0;
  }

  private void interruptWith(int signal, int key, ByteBuilder echo) {
    line.clear();
    input.clear();
    consumed = 0;
    typedAhead = 0;
    if (modes.echo) {
      echo.append((byte) '^');
      echo.append((byte) (key ^ 64));
    }
    if (foreground != 0) {
      Sched.get().signalGroup(foreground, signal);
    }
  }

  private void edit(int c, ByteBuilder echo) {
    if (literal) {
      literal = false;
      append(c, echo);
    } else if (c == modes.literalNext) {
      literal = true;
    } else if (c == modes.erase || c == 8) {
      eraseCharacter(echo);
    } else if (c == modes.eraseLine) {
      while (line.length() > 0) {
        eraseCharacter(echo);
      }
    } else if (c == modes.eraseWord) {
      eraseWord(echo);
    } else if (c == modes.reprint) {
      echo.append("^R\n");
      echo.append(line.array(), 0, line.length());
    } else if (c == modes.endOfFile) {
      byte[] piece = line.toByteArray();
      line.clear();
      deliver(piece);
    } else {
      append(c, echo);
      if (c == '\n') {
        byte[] piece = line.toByteArray();
        line.clear();
        deliver(piece);
      }
    }
  }

  private void append(int c, ByteBuilder echo) {
    line.append((byte) c);
    if (!modes.echo) {
      return;
    }
    if (c < 32 && c != '\n' && c != '\t') {
      echo.append((byte) '^');
      echo.append((byte) (c ^ 64));
    } else {
      echo.append((byte) c);
    }
  }

  private void eraseCharacter(ByteBuilder echo) {
    int n = line.length();
    if (n == 0) {
      return;
    }
    int at = n - 1;
    while (at > 0 && (line.array()[at] & 0xc0) == 0x80) {
      at--; // the whole of a UTF-8 character
    }
    int first = line.array()[at] & 0xff;
    line.setLength(at);
    if (modes.echo) {
      int cells = first < 32 ? 2 : 1;
      for (int i = 0; i < cells; i++) {
        echo.append("\b \b");
      }
    }
  }

  private void eraseWord(ByteBuilder echo) {
    while (line.length() > 0 && line.array()[line.length() - 1] == ' ') {
      eraseCharacter(echo);
    }
    while (line.length() > 0 && line.array()[line.length() - 1] != ' ') {
      eraseCharacter(echo);
    }
  }

  private void deliver(byte[] piece) {
    if (typedAhead + piece.length > MAX_TYPED_AHEAD) {
      return; // nobody reads: what a full tty queue drops
    }
    typedAhead += piece.length;
    input.add(piece);
    wake();
  }

  private void wake() {
    if (typed != null) {
      Gate gate = typed;
      typed = null;
      gate.open();
    }
  }

  private void show(ByteBuilder b) {
    byte[] out = modes.newlineReturns ? withReturns(b.array(), 0, b.length()) : b.toByteArray();
    screen.show(out, 0, out.length);
  }

  /** Wakes who waits for a key, though there may be none: something else has happened. */
  public void wakeReader() {
    wake();
  }

  /** The window has a new size; the foreground learns of it by SIGWINCH. */
  public void resize(int newColumns, int newRows) {
    if (newColumns == columns && newRows == rows) {
      return;
    }
    columns = newColumns;
    rows = newRows;
    wake(); // an editor draws its line anew
    if (foreground != 0) {
      Sched.get().signalGroup(foreground, Signal.WINCH);
    }
  }

  /** The user is gone: reads end, and the foreground gets SIGHUP. */
  public void hangUp() {
    hungUp = true;
    if (foreground != 0) {
      Sched.get().signalGroup(foreground, Signal.HUP);
    }
    wake();
  }

  /** True once the user is gone. */
  public boolean hungUp() {
    return hungUp;
  }

  public int columns() {
    return columns;
  }

  public int rows() {
    return rows;
  }

  /** The modes in force; not to be changed in place. */
  public TerminalModes modes() {
    return modes;
  }

  /** Changes the modes at once, as tcsetattr(3) with TCSANOW. */
  public void setModes(TerminalModes to) {
    if (modes.canonical && !to.canonical && line.length() > 0) {
      byte[] piece = line.toByteArray();
      line.clear();
      deliver(piece);
    }
    modes = to.copy();
  }

  /** The process group that reads the keyboard and gets its signals; 0 for none. */
  public int foreground() {
    return foreground;
  }

  public void setForeground(int group) {
    foreground = group;
  }

  @Override
  public int read(byte[] b, int off, int len) {
    if (len == 0) {
      return 0;
    }
    while (input.isEmpty()) {
      if (hungUp) {
        return -1;
      }
      stopInBackground(Signal.TTIN);
      if (!modes.canonical && modes.least == 0) {
        return -1;
      }
      readiness().await();
    }
    byte[] piece = input.peek();
    int n = Math.min(len, piece.length - consumed);
    System.arraycopy(piece, consumed, b, off, n);
    consumed += n;
    typedAhead -= n;
    if (consumed == piece.length) {
      input.remove();
      consumed = 0;
    }
    return n == 0 ? -1 : n; // an empty piece is Ctrl-D at the start of a line
  }

  private void stopInBackground(int signal) {
    Task me = Sched.get().current();
    if (foreground != 0 && me != null && me.group() != foreground) {
      if (me.disposition(signal) == Task.Disposition.DEFAULT) {
        Sched.get().signalGroup(me.group(), signal);
        Sched.get().yieldNow();
      }
    }
  }

  @Override
  public void write(byte[] b, int off, int len) {
    Sched.checkpoint();
    if (modes.stopBackgroundOutput) {
      stopInBackground(Signal.TTOU);
    }
    if (modes.newlineReturns) {
      byte[] out = withReturns(b, off, len);
      screen.show(out, 0, out.length);
    } else {
      screen.show(b, off, len);
    }
  }

  private static byte[] withReturns(byte[] b, int off, int len) {
    int newlines = 0;
    for (int i = 0; i < len; i++) {
      if (b[off + i] == '\n') {
        newlines++;
      }
    }
    byte[] out = new byte[len + newlines];
    int k = 0;
    for (int i = 0; i < len; i++) {
      byte c = b[off + i];
      if (c == '\n') {
        out[k++] = '\r';
      }
      out[k++] = c;
    }
    return out;
  }

  @Override
  public boolean isTerminal() {
    return true;
  }

  @Override
  public boolean ready() {
    return !input.isEmpty() || hungUp;
  }

  @Override
  public Gate readiness() {
    if (ready()) {
      Gate now = Gate.external();
      now.open();
      return now;
    }
    if (typed == null || typed.isOpen()) {
      typed = Gate.user();
    }
    return typed;
  }

  /** Waits for input no longer than a time; true when there is some. May suspend. */
  public boolean awaitInput(long millis) {
    if (!ready()) {
      Gate gate = readiness();
      Task timer =
          Sched.get()
              .spawn(
                  "timer",
                  () -> {
                    Sched.get().sleep(millis);
                    gate.open();
                  });
      gate.await();
      timer.signal(Signal.KILL);
    }
    return ready();
  }

  @Override
  public FileStat stat() {
    return FileStat.of(FileType.CHARACTER, 0, 0, null).withMode(0620);
  }

  @Override
  public String path() {
    return path;
  }
}
