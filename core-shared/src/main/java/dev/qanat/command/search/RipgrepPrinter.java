package dev.qanat.command.search;

import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.regex.Matcher;

/**
 * Prints lines as ripgrep does: with path, line, column and offset before the text, or grouped
 * under the path.
 */
final class RipgrepPrinter implements LineSelector.Printer {
  private static final String PATH = "\33[35m";
  private static final String NUMBER = "\33[32m";
  private static final String MATCH = "\33[1m\33[31m";
  private static final String RESET = "\33[0m";

  boolean invert;
  boolean numbers;
  boolean columns;
  boolean byteOffsets;
  boolean heading;
  boolean eachMatch;
  boolean onlyMatching;
  boolean trim;
  boolean countOnly;
  boolean nulAfterPath;
  boolean colors;
  long maxColumns;
  String replacement;
  byte eol = '\n';
  Matcher matcher;

  private final Output out;
  private final ByteBuilder text = new ByteBuilder();
  private String path;
  private boolean withPath;
  private boolean headed;
  private boolean printedFile;
  private long matches;

  RipgrepPrinter(Output out) {
    this.out = out;
  }

  void beginFile(String path, boolean withPath) {
    this.path = path;
    this.withPath = withPath;
    headed = false;
    matches = 0;
  }

  /** The number of matches in the file, with {@link #countOnly}. */
  long matches() {
    return matches;
  }

  void writePathLine(String path) {
    colored(path, PATH);
    out.write(nulAfterPath ? 0 : '\n');
  }

  void writeCount(String path, boolean withPath, long count) {
    if (withPath) {
      colored(path, PATH);
      out.write(nulAfterPath ? 0 : ':');
    }
    out.write(count);
    out.write('\n');
  }

  private void colored(String text, String color) {
    if (colors) {
      out.write(RESET);
      out.write(color);
    }
    out.write(text);
    if (colors) {
      out.write(RESET);
    }
  }

  @Override
  public void print(byte[] data, int from, int to, long number, long offset, boolean selected) {
    boolean matching = selected && !invert;
    if (countOnly) {
      for (int at = from; at <= to && matcher.find(data, from, at, to); at = behind()) {
        matches++;
      }
      return;
    }
    if (matching && (onlyMatching || eachMatch)) {
      for (int at = from; at <= to && matcher.find(data, from, at, to); at = behind()) {
        int start = matcher.start();
        int end = matcher.end();
        if (onlyMatching) {
          if (start == end) {
            continue;
          }
          head(number, start - from + 1, offset + start - from, true);
          text.clear();
          if (replacement == null) {
            appendMatch(data, start, end);
          } else {
            appendReplacement(data);
          }
        } else {
          head(number, start - from + 1, offset, true);
          text.clear();
          appendMatch(data, from, to);
        }
        writeText();
      }
      return;
    }
    int column = 0;
    if (columns && matching && matcher.find(data, from, from, to)) {
      column = matcher.start() - from + 1;
    }
    head(number, column, offset, selected);
    text.clear();
    if (maxColumns > 0 && to - from + 1 > maxColumns) {
      text.append(selected ? "[Omitted long matching line]" : "[Omitted long context line]");
    } else if (matching && (colors || replacement != null)) {
      appendMatches(data, from, to);
    } else {
      text.append(data, from, to - from);
    }
    writeText();
  }

  private int behind() {
    return matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
  }

  private void head(long number, int column, long offset, boolean selected) {
    if (heading && withPath && !headed) {
      if (printedFile) {
        out.write('\n');
      }
      writePathLine(path);
    }
    headed = true;
    printedFile = true;
    int separator = selected ? ':' : '-';
    if (withPath && !heading) {
      colored(path, PATH);
      out.write(nulAfterPath ? 0 : separator);
    }
    if (numbers) {
      colored(Long.toString(number), NUMBER);
      out.write(separator);
    }
    if (columns && column > 0) {
      out.write((long) column);
      out.write(separator);
    }
    if (byteOffsets) {
      out.write(offset);
      out.write(separator);
    }
  }

  private void appendMatch(byte[] data, int from, int to) {
    if (colors) {
      text.append(RESET).append(MATCH);
    }
    text.append(data, from, to - from);
    if (colors) {
      text.append(RESET);
    }
  }

  /** The line with its matches coloured or replaced. */
  private void appendMatches(byte[] data, int from, int to) {
    int copied = from;
    for (int at = from; at <= to && matcher.find(data, from, at, to); at = behind()) {
      int start = matcher.start();
      text.append(data, copied, start - copied);
      if (replacement != null) {
        appendReplacement(data);
      } else if (matcher.end() > start) {
        appendMatch(data, start, matcher.end());
      }
      copied = matcher.end();
    }
    text.append(data, copied, to - copied);
  }

  /** The replacement with {@code $1}, {@code $name} and <code>${name}</code> filled in. */
  private void appendReplacement(byte[] data) {
    if (colors) {
      text.append(RESET).append(MATCH);
    }
    int i = 0;
    while (i < replacement.length()) {
      char c = replacement.charAt(i);
      if (c != '$' || i + 1 == replacement.length()) {
        text.appendCodePoint(replacement.codePointAt(i));
        i += Character.charCount(replacement.codePointAt(i));
        continue;
      }
      if (replacement.charAt(i + 1) == '$') {
        text.append('$');
        i += 2;
        continue;
      }
      boolean braced = replacement.charAt(i + 1) == '{';
      int start = i + (braced ? 2 : 1);
      int end = start;
      while (end < replacement.length()
          && (replacement.charAt(end) == '_'
              || Character.isLetterOrDigit(replacement.charAt(end)))) {
        end++;
      }
      if (end == start
          || braced && (end == replacement.length() || replacement.charAt(end) != '}')) {
        text.append('$');
        i++;
        continue;
      }
      appendGroup(data, replacement.substring(start, end));
      i = braced ? end + 1 : end;
    }
    if (colors) {
      text.append(RESET);
    }
  }

  private void appendGroup(byte[] data, String name) {
    Integer group = matcher.regex().groupNames().get(name);
    if (group == null) {
      int number = 0;
      for (int k = 0; k < name.length(); k++) {
        char c = name.charAt(k);
        if (c < '0' || c > '9' || number > 1000) {
          return;
        }
        number = number * 10 + c - '0';
      }
      group = number;
    }
    if (group <= matcher.regex().groupCount() && matcher.start(group) >= 0) {
      text.append(data, matcher.start(group), matcher.end(group) - matcher.start(group));
    }
  }

  private void writeText() {
    int from = 0;
    if (trim) {
      while (from < text.length() && (text.get(from) == ' ' || text.get(from) == '\t')) {
        from++;
      }
    }
    out.write(text.array(), from, text.length() - from);
    out.write(eol);
  }
}
