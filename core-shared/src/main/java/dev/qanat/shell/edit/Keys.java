package dev.qanat.shell.edit;

import dev.qanat.sched.Sched;
import dev.qanat.terminal.Terminal;
import dev.qanat.text.Utf8;

/**
 * The bytes an editor reads: what is typed, and before it the keys of macros. May suspend. Records
 * a macro when asked to.
 */
final class Keys {
  static final int END = -1;

  /** The time {@link #deadline} has come. */
  static final int TIMEOUT = -2;

  private final Terminal terminal;
  private final Runnable onWake;
  private final byte[] buffer = new byte[4096];
  private int next;
  private int limit;
  private final StringBuilder pushed = new StringBuilder();
  private StringBuilder recording;
  private final StringBuilder trace = new StringBuilder();

  /** When reading gives up, in nanoseconds of the scheduler's clock; 0 for never. */
  long deadline;

  /** {@code onWake} runs when something other than a key wakes the reader: a resize. */
  Keys(Terminal terminal, Runnable onWake) {
    this.terminal = terminal;
    this.onWake = onWake;
  }

  /** Keys to read before what is typed. */
  void push(String keys) {
    pushed.insert(0, keys);
  }

  /** Gives keys back that were read one after another, to be read again. */
  void unread(String keys) {
    push(keys);
    trace.setLength(Math.max(0, trace.length() - keys.length()));
  }

  /** Forgets what macros still had to give. */
  void forgetPushed() {
    pushed.setLength(0);
  }

  boolean fromMacro() {
    return pushed.length() > 0;
  }

  /** True when the next key is there without waiting. */
  boolean ready() {
    return pushed.length() > 0 || next < limit || terminal.ready();
  }

  /** Waits for a key, no longer than a time; true when there is one. */
  boolean readyWithin(long millis) {
    return ready() || millis > 0 && terminal.awaitInput(millis);
  }

  /** The next byte; {@link #END} when the terminal is gone. */
  int read() {
    if (pushed.length() > 0) {
      int c = pushed.charAt(0);
      pushed.deleteCharAt(0);
      trace.append((char) c);
      return c;
    }
    if (next == limit) {
      while (!terminal.ready()) {
        if (deadline != 0) {
          long left = (deadline - Sched.get().nanoTime()) / 1_000_000L;
          if (left <= 0) {
            return TIMEOUT;
          }
          terminal.awaitInput(left);
        } else {
          terminal.readiness().await();
        }
        if (!terminal.ready()) {
          onWake.run();
        }
      }
      int n = terminal.read(buffer, 0, buffer.length);
      if (n <= 0) {
        return END;
      }
      next = 0;
      limit = n;
    }
    int c = buffer[next++] & 255;
    trace.append((char) c);
    if (recording != null) {
      recording.append((char) c);
    }
    return c;
  }

  /** The next character, which may be of several bytes; negative as {@link #read}. */
  String readCharacter() {
    int c = read();
    return c < 0 ? null : character(c);
  }

  /** The character that begins with a byte that was read. */
  String character(int first) {
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
    byte[] b = new byte[more + 1];
    b[0] = (byte) first;
    for (int i = 1; i <= more; i++) {
      int c = read();
      if (c < 0) {
        return null;
      }
      b[i] = (byte) c;
    }
    return Utf8.decode(b, 0, b.length);
  }

  /** The keys read since the trace was last cut. */
  StringBuilder trace() {
    return trace;
  }

  // --- macros

  boolean recording() {
    return recording != null;
  }

  void startRecording() {
    recording = new StringBuilder();
  }

  /** Ends the macro, whose last {@code without} keys are those that ended it. */
  String stopRecording(int without) {
    String keys = recording.substring(0, Math.max(0, recording.length() - without));
    recording = null;
    return keys;
  }
}
