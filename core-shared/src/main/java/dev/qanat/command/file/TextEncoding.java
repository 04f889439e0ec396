package dev.qanat.command.file;

import dev.qanat.text.Utf8;

/**
 * What can be told of bytes taken as text: the character set, and what is unusual about the lines.
 * The rules and words are those of file(1) 5.44.
 *
 * @param name as file says it, such as {@code ISO-8859}; null when the bytes are no text
 * @param charset the MIME name, {@code binary} for no text
 */
record TextEncoding(String name, String charset) {
  private static final TextEncoding BINARY = new TextEncoding(null, "binary");
  private static final int LONGEST_USUAL_LINE = 300;

  /** How many bytes at the beginning of a file are looked at. */
  static final int LIMIT = 65536;

  boolean isText() {
    return name != null;
  }

  static TextEncoding of(byte[] b, int length) {
    int n = Math.min(length, LIMIT);
    boolean ascii = true;
    boolean controls = false;
    boolean latin = true;
    for (int i = 0; i < n; i++) {
      int c = b[i] & 255;
      boolean plain = c >= 32 && c < 127 || c >= 7 && c <= 13 || c == 27 || c == 0x85;
      ascii &= plain;
      controls |= c < 128 && !plain;
      latin &= plain || c >= 0xa0;
    }
    if (ascii) {
      return new TextEncoding("ASCII", "us-ascii");
    }
    if (!controls && isUtf8(b, n, length > n)) {
      boolean mark = n >= 3 && (b[0] & 255) == 0xef && (b[1] & 255) == 0xbb && (b[2] & 255) == 0xbf;
      return new TextEncoding("Unicode text, UTF-8" + (mark ? " (with BOM)" : ""), "utf-8");
    }
    if (n >= 2 && isUtf16(b, n)) {
      boolean big = (b[0] & 255) == 0xfe;
      return new TextEncoding(
          "Unicode text, UTF-16, " + (big ? "big" : "little") + "-endian",
          big ? "utf-16be" : "utf-16le");
    }
    if (controls) {
      return BINARY;
    }
    return latin
        ? new TextEncoding("ISO-8859", "iso-8859-1")
        : new TextEncoding("Non-ISO extended-ASCII", "unknown-8bit");
  }

  private static boolean isUtf8(byte[] b, int n, boolean cut) {
    int i = 0;
    while (i < n) {
      if (b[i] >= 0) {
        i++;
        continue;
      }
      int size = Utf8.sequenceLength(b, i, n);
      if (size <= 1) {
        return cut && n - i < 4;
      }
      i += size;
    }
    return true;
  }

  private static boolean isUtf16(byte[] b, int n) {
    boolean big = (b[0] & 255) == 0xfe && (b[1] & 255) == 0xff;
    boolean little = (b[0] & 255) == 0xff && (b[1] & 255) == 0xfe;
    if (!big && !little) {
      return false;
    }
    for (int i = 2; i + 1 < n; i += 2) {
      int c = unit(b, i, big);
      if (c == 0xfffe || c < 32 && (c < 7 || c > 13) && c != 27 || c == 127) {
        return false;
      }
    }
    return true;
  }

  private static int unit(byte[] b, int i, boolean big) {
    return big ? (b[i] & 255) << 8 | b[i + 1] & 255 : (b[i + 1] & 255) << 8 | b[i] & 255;
  }

  /** What file says of text: its character set, whether it is run, and unusual lines. */
  String describe(byte[] b, int length, boolean executable) {
    int n = Math.min(length, LIMIT);
    Lines lines = new Lines();
    if (charset.startsWith("utf-16")) {
      for (int i = 2; i + 1 < n; i += 2) {
        lines.add(unit(b, i, charset.endsWith("be")));
      }
    } else {
      boolean utf8 = charset.equals("utf-8");
      for (int i = 0; i < n; i++) {
        if (!utf8 || (b[i] & 0xc0) != 0x80) {
          lines.add(utf8 && b[i] < 0 ? 'x' : b[i] & 255);
        }
      }
    }
    return name + " text" + (executable ? " executable" : "") + lines.describe();
  }

  /** The ends of lines, counted, and the longest line. */
  private static final class Lines {
    private int at;
    private int lastEnd = -1;
    private int longest;
    private int lf;
    private int cr;
    private int crlf;
    private int nel;
    private boolean afterCr;
    private boolean escapes;
    private boolean backspaces;

    void add(int c) {
      if (c == '\n') {
        if (afterCr) {
          crlf++;
        } else {
          lf++;
        }
        lastEnd = at;
      } else if (afterCr) {
        cr++;
      }
      afterCr = c == '\r';
      if (c == 0x85) {
        nel++;
      }
      if (afterCr || c == 0x85) {
        lastEnd = at;
      }
      if (at > lastEnd + LONGEST_USUAL_LINE) {
        longest = Math.max(longest, at - lastEnd);
      }
      escapes |= c == 27;
      backspaces |= c == '\b';
      at++;
    }

    String describe() {
      if (afterCr) {
        cr++;
        afterCr = false;
      }
      StringBuilder s = new StringBuilder();
      if (longest > 0) {
        s.append(", with very long lines (").append(longest).append(')');
      }
      if (lf + cr + crlf + nel == 0) {
        s.append(", with no line terminators");
      } else if (crlf + cr + nel > 0) {
        String mark = ", with ";
        String[] names = {"CRLF", "CR", "LF", "NEL"};
        int[] counts = {crlf, cr, lf, nel};
        for (int i = 0; i < names.length; i++) {
          if (counts[i] > 0) {
            s.append(mark).append(names[i]);
            mark = ", ";
          }
        }
        s.append(" line terminators");
      }
      return s.append(escapes ? ", with escape sequences" : "")
          .append(backspaces ? ", with overstriking" : "")
          .toString();
    }
  }
}
