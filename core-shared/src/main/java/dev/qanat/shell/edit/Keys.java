package dev.qanat.shell.edit;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;

/**
 * Reads keys from a terminal: characters as code points, and the escape sequences of cursor and
 * function keys as names. May suspend.
 */
final class Keys {
  static final int END = -1;

  /** Above all code points: a key of {@link #name}. */
  static final int NAMED = 0x110000;

  /** A key pressed together with Alt, or after Escape, is its code plus this. */
  static final int META = 0x200000;

  static final int UP = NAMED;
  static final int DOWN = NAMED + 1;
  static final int RIGHT = NAMED + 2;
  static final int LEFT = NAMED + 3;
  static final int HOME = NAMED + 4;
  static final int LAST = NAMED + 5; // the End key
  static final int DELETE = NAMED + 6;
  static final int WORD_RIGHT = NAMED + 7;
  static final int WORD_LEFT = NAMED + 8;
  static final int PASTE = NAMED + 9;
  static final int PAGE_UP = NAMED + 10;
  static final int PAGE_DOWN = NAMED + 11;
  static final int UNKNOWN = NAMED + 12;

  private static final int ESCAPE = 27;
  private static final String PASTE_END = "\033[201~";

  private final OpenFile terminal;
  private final byte[] buffer = new byte[4096];
  private int next;
  private int limit;

  Keys(OpenFile terminal) {
    this.terminal = terminal;
  }

  /** True when the next key is there without waiting. */
  boolean ready() {
    return next < limit || terminal.ready();
  }

  private int readByte() {
    if (next == limit) {
      int n = terminal.read(buffer, 0, buffer.length);
      if (n <= 0) {
        return END;
      }
      next = 0;
      limit = n;
    }
    return buffer[next++] & 0xff;
  }

  /** The next key; {@link #END} when the terminal is gone. */
  int read() {
    int c = readByte();
    return c == ESCAPE ? escape() : c < 0x80 ? c : character(c);
  }

  private int character(int first) {
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
    byte[] b = new byte[more + 1];
    b[0] = (byte) first;
    for (int i = 1; i <= more; i++) {
      int c = readByte();
      if (c < 0) {
        return END;
      }
      b[i] = (byte) c;
    }
    return Utf8.decode(b, 0, b.length).codePointAt(0);
  }

  private int escape() {
    int c = readByte();
    if (c == '[') {
      return sequence();
    }
    if (c == 'O') {
      return letter(readByte(), 1);
    }
    if (c == ESCAPE) {
      return META + ESCAPE;
    }
    return c < 0 ? END : META + (c < 0x80 ? c : character(c));
  }

  /** CSI parameters and a final byte (ECMA-48 §5.4). */
  private int sequence() {
    int[] numbers = new int[4];
    int count = 0;
    while (true) {
      int c = readByte();
      if (c < 0) {
        return END;
      }
      if (c >= '0' && c <= '9') {
        numbers[count] = numbers[count] * 10 + c - '0';
      } else if (c == ';') {
        count = Math.min(count + 1, numbers.length - 1);
      } else if (c == '~') {
        return numbered(numbers[0]);
      } else if (c >= 0x40) {
        return letter(c, count > 0 ? numbers[1] : 1);
      }
    }
  }

  private static int letter(int c, int modifiers) {
    boolean word = modifiers == 5 || modifiers == 3; // with Ctrl or Alt
    return switch (c) {
      case 'A' -> UP;
      case 'B' -> DOWN;
      case 'C' -> word ? WORD_RIGHT : RIGHT;
      case 'D' -> word ? WORD_LEFT : LEFT;
      case 'H' -> HOME;
      case 'F' -> LAST;
      case END -> END;
      default -> UNKNOWN;
    };
  }

  private static int numbered(int n) {
    return switch (n) {
      case 1, 7 -> HOME;
      case 4, 8 -> LAST;
      case 3 -> DELETE;
      case 5 -> PAGE_UP;
      case 6 -> PAGE_DOWN;
      case 200 -> PASTE;
      default -> UNKNOWN;
    };
  }

  /** The text of a bracketed paste, whose opening sequence has been read. */
  String paste() {
    ByteBuilder text = new ByteBuilder();
    while (true) {
      int c = readByte();
      if (c < 0) {
        break;
      }
      text.append((byte) c);
      int n = text.length() - PASTE_END.length();
      if (c == '~' && n >= 0 && endsWithPasteEnd(text, n)) {
        text.setLength(n);
        break;
      }
    }
    return Utf8.decode(text.array(), 0, text.length());
  }

  private static boolean endsWithPasteEnd(ByteBuilder text, int from) {
    for (int i = 0; i < PASTE_END.length(); i++) {
      if (text.array()[from + i] != PASTE_END.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
