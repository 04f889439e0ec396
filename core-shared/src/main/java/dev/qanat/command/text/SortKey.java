package dev.qanat.command.text;

import dev.qanat.text.ByteOrder;
import dev.qanat.text.DoubleReader;
import dev.qanat.text.LongDouble;
import dev.qanat.text.NumericOrder;
import dev.qanat.text.Utf8;
import dev.qanat.text.VersionOrder;
import java.util.Arrays;

/** One key of sort: which part of a line, and how it compares. Immutable once parsed. */
final class SortKey {
  int startField = -1; // -1: the whole line
  int startChar;
  int endField = -1; // -1: to the line's end
  int endChar;
  boolean skipStart;
  boolean skipEnd;
  boolean dictionary;
  boolean printable;
  boolean fold;
  boolean general;
  boolean human;
  boolean month;
  boolean numeric;
  boolean random;
  boolean reverse;
  boolean version;
  long salt;

  /** No option of its own. */
  boolean isPlain() {
    return !(dictionary
        || printable
        || fold
        || skipStart
        || skipEnd
        || general
        || human
        || month
        || numeric
        || random
        || version);
  }

  void inherit(SortKey k) {
    dictionary = k.dictionary;
    printable = k.printable;
    fold = k.fold;
    skipStart = k.skipStart;
    skipEnd = k.skipEnd;
    general = k.general;
    human = k.human;
    month = k.month;
    numeric = k.numeric;
    random = k.random;
    reverse = k.reverse;
    version = k.version;
  }

  /**
   * Sets what an option letter says; false when it is none. {@code where}: 1 start, 2 end, 3 both.
   */
  boolean option(char c, int where) {
    switch (c) {
      case 'b' -> {
        skipStart |= (where & 1) != 0;
        skipEnd |= (where & 2) != 0;
      }
      case 'd' -> dictionary = true;
      case 'f' -> fold = true;
      case 'g' -> general = true;
      case 'h' -> human = true;
      case 'i' -> printable = true;
      case 'M' -> month = true;
      case 'n' -> numeric = true;
      case 'r' -> reverse = true;
      case 'R' -> random = true;
      case 'V' -> version = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The letters of options that cannot go together; null when they can. */
  String conflict() {
    int n =
        (numeric ? 1 : 0)
            + (general ? 1 : 0)
            + (human ? 1 : 0)
            + (month ? 1 : 0)
            + (version || random || dictionary || printable ? 1 : 0);
    if (n <= 1) {
      return null;
    }
    return (dictionary ? "d" : "")
        + (general ? "g" : "")
        + (human ? "h" : "")
        + (printable && !dictionary ? "i" : "")
        + (month ? "M" : "")
        + (numeric ? "n" : "")
        + (random ? "R" : "")
        + (version ? "V" : "");
  }

  private static boolean blank(int c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  /**
   * Where the key begins in the line {@code b[from, to)}; {@code tab} -1 when fields end in blanks.
   */
  int begin(byte[] b, int from, int to, int tab) {
    int p = from;
    if (startField < 0) {
      if (skipStart) {
        while (p < to && blank(b[p])) {
          p++;
        }
      }
      return p;
    }
    int n = startField;
    if (tab >= 0) {
      while (p < to && n-- > 0) {
        while (p < to && b[p] != (byte) tab) {
          p++;
        }
        if (p < to) {
          p++;
        }
      }
    } else {
      while (p < to && n-- > 0) {
        while (p < to && blank(b[p])) {
          p++;
        }
        while (p < to && !blank(b[p])) {
          p++;
        }
      }
    }
    if (skipStart) {
      while (p < to && blank(b[p])) {
        p++;
      }
    }
    return Math.min(to, p + Math.min(startChar, to - p));
  }

  /** Where the key ends. */
  int end(byte[] b, int from, int to, int tab) {
    if (endField < 0) {
      return to;
    }
    int p = from;
    int n = endField + (endChar == 0 ? 1 : 0);
    if (tab >= 0) {
      while (p < to && n-- > 0) {
        while (p < to && b[p] != (byte) tab) {
          p++;
        }
        if (p < to && (n > 0 || endChar > 0)) {
          p++;
        }
      }
    } else {
      while (p < to && n-- > 0) {
        while (p < to && blank(b[p])) {
          p++;
        }
        while (p < to && !blank(b[p])) {
          p++;
        }
      }
    }
    if (endChar > 0) {
      if (skipEnd) {
        while (p < to && blank(b[p])) {
          p++;
        }
      }
      p = Math.min(to, p + Math.min(endChar, to - p));
    }
    return p;
  }

  /** Whether keys of this kind are compared byte by byte. */
  boolean isBytes() {
    return !(dictionary
        || printable
        || fold
        || general
        || human
        || month
        || numeric
        || random
        || version);
  }

  /** Compares two keys, {@link #reverse} not counted in. Never suspends. */
  int compare(byte[] a, int i, int ae, byte[] b, int j, int be) {
    if (isBytes()) {
      return ByteOrder.compare(a, i, ae, b, j, be);
    }
    if (numeric) {
      return NumericOrder.compare(a, i, ae, b, j, be);
    }
    if (human) {
      return NumericOrder.human(a, i, ae, b, j, be);
    }
    if (general) {
      return generalOrder(a, i, ae, b, j, be);
    }
    if (month) {
      return month(a, i, ae) - month(b, j, be);
    }
    if (dictionary || printable || fold) {
      if (version || random) {
        byte[] x = translated(a, i, ae);
        byte[] y = translated(b, j, be);
        return special(x, 0, x.length, y, 0, y.length);
      }
      return translatedOrder(a, i, ae, b, j, be);
    }
    return special(a, i, ae, b, j, be);
  }

  private int special(byte[] a, int i, int ae, byte[] b, int j, int be) {
    if (version) {
      return VersionOrder.compare(a, i, ae, b, j, be);
    }
    int r = Long.compare(hash(a, i, ae), hash(b, j, be));
    return r != 0 ? r : ByteOrder.compare(a, i, ae, b, j, be);
  }

  private long hash(byte[] b, int i, int e) {
    long h = salt;
    for (; i < e; i++) {
      h = (h ^ b[i] & 0xff) * 0x100000001b3L;
      h ^= h >>> 29;
    }
    h *= 0xbf58476d1ce4e5b9L;
    h ^= h >>> 32;
    h *= 0x94d049bb133111ebL;
    return h ^ h >>> 29;
  }

  private boolean ignored(int c) {
    boolean alphanumeric = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    return dictionary && !(alphanumeric || blank(c)) || printable && (c < 32 || c > 126);
  }

  private int shown(byte[] b, int i) {
    int c = b[i] & 0xff;
    return fold && c >= 'a' && c <= 'z' ? c - 32 : c;
  }

  private byte[] translated(byte[] b, int i, int e) {
    byte[] out = new byte[e - i];
    int n = 0;
    for (; i < e; i++) {
      if (!ignored(b[i] & 0xff)) {
        out[n++] = (byte) shown(b, i);
      }
    }
    return Arrays.copyOf(out, n);
  }

  private int translatedOrder(byte[] a, int i, int ae, byte[] b, int j, int be) {
    boolean skips = dictionary || printable;
    while (true) {
      while (skips && i < ae && ignored(a[i] & 0xff)) {
        i++;
      }
      while (skips && j < be && ignored(b[j] & 0xff)) {
        j++;
      }
      if (i >= ae || j >= be) {
        return (i < ae ? 1 : 0) - (j < be ? 1 : 0);
      }
      int d = shown(a, i++) - shown(b, j++);
      if (d != 0) {
        return d;
      }
    }
  }

  private static int month(byte[] b, int i, int e) {
    while (i < e && blank(b[i])) {
      i++;
    }
    if (e - i < 3) {
      return 0;
    }
    String names = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    for (int m = 0; m < 12; m++) {
      if ((b[i] & ~32) == names.charAt(3 * m)
          && (b[i + 1] & ~32) == names.charAt(3 * m + 1)
          && (b[i + 2] & ~32) == names.charAt(3 * m + 2)) {
        return m + 1;
      }
    }
    return 0;
  }

  private static final DoubleReader READER = new DoubleReader();

  /** What is no number comes first, then NaN, then numbers. */
  private static int generalOrder(byte[] a, int i, int ae, byte[] b, int j, int be) {
    double[] v = new double[1];
    int x = general(a, i, ae, v);
    double p = v[0];
    int y = general(b, j, be, v);
    double q = v[0];
    return x != y ? x - y : x < 2 ? 0 : Double.compare(p + 0.0, q + 0.0);
  }

  private static int general(byte[] b, int i, int e, double[] v) {
    while (i < e && (blank(b[i]) || b[i] >= 9 && b[i] <= 13)) {
      i++;
    }
    int k = i < e && (b[i] == '-' || b[i] == '+') ? i + 1 : i;
    boolean plain =
        k < e && b[k] >= '0' && b[k] <= '9' && !(k + 1 < e && (b[k + 1] | 32) == 'x')
            || k < e && b[k] == '.';
    if (plain) {
      int end = READER.read(b, i, e);
      v[0] = READER.value();
      return end == i ? 0 : 2;
    }
    if (k >= e || b[k] != '0' && (b[k] | 32) != 'i' && (b[k] | 32) != 'n') {
      return 0;
    }
    LongDouble.Parsed n = LongDouble.parse(Utf8.decode(b, i, e - i), 0);
    if (n.end() == 0) {
      return 0;
    }
    v[0] = n.value().doubleValue();
    return n.value().isNaN() ? 1 : 2;
  }
}
