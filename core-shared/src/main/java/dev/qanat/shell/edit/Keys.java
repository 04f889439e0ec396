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

  /** The key that interrupts has been typed. */
  static final class Interrupt extends RuntimeException {
    Interrupt() {
      super(null, null, false, false);
    }
  }

  private final Terminal terminal;
  private final Runnable onWait;
  private final Runnable onWake;
  private final byte[] buffer = new byte[4096];
  private int next;
  private int limit;
  private final StringBuilder pushed = new StringBuilder();
  private final StringBuilder unread = new StringBuilder();
  private StringBuilder recording;
  private final StringBuilder trace = new StringBuilder();

  /** When reading gives up, in nanoseconds of the scheduler's clock; 0 for never. */
  long deadline;

  /** Typed keys that are signals, and no keys: to interrupt, to quit and to stop; -1 for none. */
  int interrupt = -1;

  boolean interruptIgnored;

  int quit = -1;
  int suspend = -1;

  /**
   * {@code onWait} runs before a key is waited for, {@code onWake} when something other than a key
   * wakes the reader: a resize.
   */
  Keys(Terminal terminal, Runnable onWait, Runnable onWake) {
    this.terminal = terminal;
    this.onWait = onWait;
    this.onWake = onWake;
  }

  boolean isSignal(int c) {
    return c == interrupt || c == quit || c == suspend;
  }

  /** Keys to read before what is typed. */
  void push(String keys) {
    pushed.insert(0, keys);
  }

  /** Gives keys back that were read one after another, to be read again. */
  void unread(String keys) {
    unread.insert(0, keys);
    trace.setLength(Math.max(0, trace.length() - keys.length()));
  }

  /** Forgets what macros still had to give. */
  void forgetPushed() {
    pushed.setLength(0);
    unread.setLength(0);
  }

  boolean fromMacro() {
    return unread.length() == 0 && pushed.length() > 0;
  }

  /**
   * The next key when it has been typed already, without taking it; negative when none has, or when
   * a macro comes first.
   */
  int typedAhead() {
    if (unread.length() > 0 || pushed.length() > 0 || next == limit && !fill(false)) {
      return -1;
    }
    return buffer[next] & 255;
  }

  /** Takes these keys when they are the next that have been typed already. */
  boolean takeTypedAhead(String keys) {
    if (typedAhead() < 0 || limit - next < keys.length()) {
      return false;
    }
    for (int i = 0; i < keys.length(); i++) {
      if ((buffer[next + i] & 255) != keys.charAt(i)) {
        return false;
      }
    }
    next += keys.length();
    return true;
  }

  /** Takes the key that {@link #typedAhead} gave; a macro being recorded does not get it. */
  void takeTypedAhead() {
    trace.append((char) (buffer[next++] & 255));
  }

  /** True when the next key is there without waiting. */
  boolean ready() {
    return unread.length() > 0 || pushed.length() > 0 || next < limit || terminal.ready();
  }

  /** Waits for a key, no longer than a time; true when there is one. */
  boolean readyWithin(long millis) {
    if (ready()) {
      return true;
    }
    onWait.run();
    return millis > 0 && terminal.awaitInput(millis);
  }

  /**
   * The next byte; {@link #END} when the terminal is gone.
   *
   * @throws Interrupt when the user interrupts
   */
  int read() {
    while (true) {
      boolean typed = unread.length() == 0 && pushed.length() == 0;
      int c = readAny();
      if (typed && c == interrupt && c >= 0) {
        if (interruptIgnored) {
          continue;
        }
        throw new Interrupt();
      }
      if (!typed || c < 0 || c != quit && c != suspend) {
        return c;
      }
    }
  }

  /** The next byte, also when it is a signal's key. */
  int readAny() {
    if (unread.length() > 0) {
      int c = unread.charAt(0);
      unread.deleteCharAt(0);
      trace.append((char) c);
      return c;
    }
    if (pushed.length() > 0) {
      int c = pushed.charAt(0);
      pushed.deleteCharAt(0);
      trace.append((char) c);
      return c;
    }
    if (next == limit) {
      while (!terminal.ready()) {
        onWait.run();
        if (deadline != 0) {
          long left = (deadline - Sched.get().nanoTime()) / 1_000_000L;
          if (left <= 0) {
            return TIMEOUT;
          }
          terminal.awaitInput(left);
        } else {
          terminal.readiness().awaitInterruptibly();
        }
        if (!terminal.ready()) {
          onWake.run();
        }
      }
      if (!fill(true)) {
        return END;
      }
    }
    int c = buffer[next++] & 255;
    trace.append((char) c);
    if (recording != null) {
      recording.append((char) c);
    }
    return c;
  }

  private boolean fill(boolean wait) {
    if (!wait && !terminal.ready()) {
      return false;
    }
    int n = terminal.read(buffer, 0, buffer.length);
    next = 0;
    limit = Math.max(0, n);
    return n > 0;
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

  boolean recording() {
    return recording != null;
  }

  void startRecording() {
    recording = new StringBuilder();
  }

  /** Forgets the last keys of the macro being recorded. */
  void dropRecorded(int keys) {
    recording.setLength(Math.max(0, recording.length() - keys));
  }

  /** Ends the macro, whose last {@code without} keys are those that ended it. */
  String stopRecording(int without) {
    String keys = recording.substring(0, Math.max(0, recording.length() - without));
    recording = null;
    return keys;
  }
}
