package dev.qanat.command.text.sed;

import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import java.util.ArrayList;
import java.util.List;

/** The {@code s} command: what to look for, and what to put in its place. */
final class Substitution {
  /** A piece of the replacement: text, a capture, or a change of case for what follows. */
  private record Part(byte[] text, int group, char conversion) {}

  Address.Pattern pattern;
  boolean global;
  boolean print;
  boolean evaluate;
  int number = 1;
  OutputFile file;
  int highestGroup;
  private final List<Part> parts = new ArrayList<>();
  private boolean convertsCase;

  // The case conversions in force while a replacement is put together: U, L or 0, and u, l or 0 for
  // one character.
  private char mode;
  private char once;

  void addText(byte[] text) {
    if (text.length > 0) {
      parts.add(new Part(text, -1, (char) 0));
    }
  }

  void addGroup(int group) {
    parts.add(new Part(null, group, (char) 0));
    highestGroup = Math.max(highestGroup, group);
  }

  void addConversion(char conversion) {
    parts.add(new Part(null, -1, conversion));
    convertsCase = true;
  }

  /**
   * Appends {@code text[begin, end)} to {@code out} with the matches replaced. If nothing is
   * replaced, {@code out} stays as it was.
   *
   * @return whether anything was replaced
   */
  boolean apply(Matcher matcher, byte[] text, int begin, int end, ByteBuilder out) {
    int at = begin;
    int copied = begin;
    int lastEnd = -1;
    int count = 0;
    boolean replaced = false;
    while (at <= end && matcher.find(text, begin, at, end)) {
      int start = matcher.start();
      int behind = matcher.end();
      // An empty match right behind the match before is none.
      if (start == behind && start == lastEnd) {
        at = next(text, start, end);
        continue;
      }
      lastEnd = behind;
      if (++count >= number) {
        out.append(text, copied, start - copied);
        appendReplacement(matcher, text, out);
        copied = behind;
        replaced = true;
        if (!global) {
          break;
        }
      }
      at = start == behind ? next(text, start, end) : behind;
    }
    if (replaced) {
      out.append(text, copied, end - copied);
    }
    return replaced;
  }

  private static int next(byte[] text, int at, int end) {
    if (at >= end || text[at] >= 0) {
      return at + 1;
    }
    return at + Math.max(1, Utf8.sequenceLength(text, at, end));
  }

  private void appendReplacement(Matcher matcher, byte[] text, ByteBuilder out) {
    mode = 0;
    once = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.conversion != 0) {
        convert(part.conversion);
      } else if (part.text != null) {
        append(part.text, 0, part.text.length, out);
      } else {
        int start = part.group == 0 ? matcher.start() : matcher.start(part.group);
        int end = part.group == 0 ? matcher.end() : matcher.end(part.group);
        if (start >= 0 && end > start) {
          append(text, start, end - start, out);
        }
      }
    }
  }

  private void convert(char conversion) {
    switch (conversion) {
      case 'U', 'L' -> mode = conversion;
      case 'E' -> mode = 0;
      default -> once = conversion;
    }
  }

  private void append(byte[] bytes, int from, int length, ByteBuilder out) {
    if (!convertsCase || mode == 0 && once == 0) {
      out.append(bytes, from, length);
      return;
    }
    int end = from + length;
    for (int p = from; p < end; ) {
      int size = Math.max(1, Utf8.sequenceLength(bytes, p, end));
      int c = Utf8.codePointAt(bytes, p, end);
      p += size;
      char conversion = once != 0 ? once : mode;
      once = 0;
      out.appendCodePoint(
          switch (conversion) {
            case 'U', 'u' -> Character.toUpperCase(c);
            case 'L', 'l' -> Character.toLowerCase(c);
            default -> c;
          });
    }
  }
}
