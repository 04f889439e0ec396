package dev.qanat.command.data.awk;

import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;

/** A way to cut text into fields: by blanks, a character, an expression, widths, or contents. */
final class FieldSplitter {
  /** Receives fields: {@code [from, to)}; the separator before one lies between it and the last. */
  interface Sink {
    void field(int from, int to);
  }

  private enum Kind {
    BLANKS,
    BYTE,
    EACH,
    REGEX,
    WIDTHS,
    CONTENTS
  }

  private final Kind kind;
  private final int separator;
  private final Matcher matcher;
  private final int[] skips;
  private final int[] widths; // -1: the rest
  private final boolean newlineToo; // in paragraph mode newlines separate, whatever else does

  private final Characters characters;

  private FieldSplitter(
      Characters characters,
      Kind kind,
      int separator,
      Matcher matcher,
      int[] skips,
      int[] widths,
      boolean newlineToo) {
    this.characters = characters;
    this.kind = kind;
    this.separator = separator;
    this.matcher = matcher;
    this.skips = skips;
    this.widths = widths;
    this.newlineToo = newlineToo;
  }

  /** What a value of FS means. */
  static FieldSplitter of(byte[] fs, Characters characters, boolean paragraphs) {
    if (fs.length == 1 && fs[0] == ' ') {
      return new FieldSplitter(characters, Kind.BLANKS, 0, null, null, null, false);
    }
    if (fs.length == 0) {
      return new FieldSplitter(characters, Kind.EACH, 0, null, null, null, false);
    }
    boolean letter = (fs[0] | 0x20) >= 'a' && (fs[0] | 0x20) <= 'z';
    if (fs.length == 1
        && (fs[0] > 0 || characters.single() && fs[0] < 0)
        && !(characters.ignoreCase() && letter)) {
      return new FieldSplitter(characters, Kind.BYTE, fs[0], null, null, null, paragraphs);
    }
    byte[] re = fs;
    if (fs.length == 2 && fs[0] == '\\' && fs[1] == '\\') {
      return new FieldSplitter(characters, Kind.BYTE, '\\', null, null, null, paragraphs);
    }
    if (paragraphs) {
      re = Utf8.encode("(" + Utf8.decode(fs) + ")|\n");
    }
    return regex(Pattern.compile(re, characters));
  }

  static FieldSplitter regex(Matcher m) {
    return new FieldSplitter(Characters.UTF8, Kind.REGEX, 0, m, null, null, false);
  }

  static FieldSplitter contents(Matcher m) {
    return new FieldSplitter(Characters.UTF8, Kind.CONTENTS, 0, m, null, null, false);
  }

  /** {@code FIELDWIDTHS}: widths, each perhaps with {@code skip:} before it; {@code *} the rest. */
  static FieldSplitter widths(String text, Characters characters) {
    String t = text.trim();
    String[] parts = t.isEmpty() ? new String[0] : t.split("[ \t]+");
    int[] skips = new int[parts.length];
    int[] widths = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String p = parts[i];
      int colon = p.indexOf(':');
      if (colon > 0) {
        skips[i] = (int) dev.qanat.text.DoubleReader.parse(p.substring(0, colon));
        p = p.substring(colon + 1);
      }
      widths[i] = p.equals("*") ? -1 : (int) dev.qanat.text.DoubleReader.parse(p);
    }
    return new FieldSplitter(characters, Kind.WIDTHS, 0, null, skips, widths, false);
  }

  /** Whether fields can be had one after the other. */
  boolean isIncremental() {
    return kind == Kind.BLANKS || kind == Kind.BYTE;
  }

  boolean isBlanks() {
    return kind == Kind.BLANKS;
  }

  /**
   * Finds the next field of an incremental kind from a position on; its bounds come back packed,
   * {@code from << 32 | to}, or -1 when there is none. After it one byte is the separator.
   */
  long next(byte[] b, int at, int end) {
    int i = at;
    if (kind == Kind.BLANKS) {
      while (i < end && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n')) {
        i++;
      }
      if (i >= end) {
        return -1;
      }
      int from = i;
      while (i < end && b[i] != ' ' && b[i] != '\t' && b[i] != '\n') {
        i++;
      }
      return (long) from << 32 | i;
    }
    if (i > end) {
      return -1;
    }
    byte s = (byte) separator;
    if (newlineToo) {
      while (i < end && b[i] != s && b[i] != '\n') {
        i++;
      }
    } else {
      while (i < end && b[i] != s) {
        i++;
      }
    }
    return (long) at << 32 | i;
  }

  /** Gives all fields of a text that is not empty. */
  void split(byte[] b, int start, int end, Sink out) {
    if (start == end) {
      return;
    }
    switch (kind) {
      case BLANKS, BYTE -> {
        for (long f = next(b, start, end); f >= 0; f = next(b, (int) f + 1, end)) {
          out.field((int) (f >> 32), (int) f);
        }
      }
      case EACH -> {
        for (int i = start; i < end; ) {
          int size = characters.size(b, i, end);
          out.field(i, i + size);
          i += size;
        }
      }
      case REGEX -> {
        int from = start;
        int at = start;
        while (at <= end && matcher.find(b, start, at, end)) {
          if (matcher.end() == matcher.start()) {
            at = matcher.end() + 1;
            continue;
          }
          out.field(from, matcher.start());
          from = matcher.end();
          at = from;
        }
        out.field(from, end);
      }
      case CONTENTS -> {
        int at = start;
        int last = -1;
        while (at <= end && matcher.find(b, start, at, end)) {
          boolean empty = matcher.end() == matcher.start();
          if (!empty || matcher.start() != last) {
            out.field(matcher.start(), matcher.end());
          }
          last = matcher.end();
          at = empty ? matcher.end() + 1 : matcher.end();
          if (!empty && at < end) {
            at = last; // the next field begins after what separates
            at++;
          } else if (!empty) {
            break;
          }
        }
      }
      default -> {
        int i = start;
        for (int k = 0; k < widths.length && i < end; k++) {
          i = skip(b, i, end, skips[k]);
          if (i >= end) {
            break;
          }
          int to = widths[k] < 0 ? end : skip(b, i, end, widths[k]);
          out.field(i, to);
          i = to;
        }
      }
    }
  }

  private int skip(byte[] b, int at, int end, int count) {
    for (int n = 0; n < count && at < end; n++) {
      at += characters.size(b, at, end);
    }
    return at;
  }
}
