package dev.qanat.terminal;

/** The settings of a terminal that programs and {@code stty} change (termios(3)). */
public final class TerminalModes implements Cloneable {
  /** Input comes by line, after editing; else by byte. */
  public boolean canonical = true;

  public boolean echo = true;

  /** Ctrl-C and its kin send signals. */
  public boolean signals = true;

  /** Carriage return counts as newline on input. */
  public boolean returnIsNewline = true;

  /** A newline written also returns the carriage. */
  public boolean newlineReturns = true;

  /** Output of background jobs stops them. */
  public boolean stopBackgroundOutput;

  public int interrupt = 3; // ^C
  public int quit = 28; // ^\
  public int suspend = 26; // ^Z
  public int endOfFile = 4; // ^D
  public int erase = 127;
  public int eraseWord = 23; // ^W
  public int eraseLine = 21; // ^U
  public int reprint = 18; // ^R
  public int literalNext = 22; // ^V

  /** Bytes a read waits for when input is not by line. */
  public int least = 1;

  /** Tenths of a second a read waits for when input is not by line and {@link #least} is 0. */
  public int time;

  /** Input by byte, without echo and signals: what a line editor works with. */
  public void setRaw() {
    canonical = false;
    echo = false;
    signals = false;
    returnIsNewline = false;
  }

  public TerminalModes copy() {
    try {
      return (TerminalModes) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
