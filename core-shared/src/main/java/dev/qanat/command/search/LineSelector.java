package dev.qanat.command.search;

import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.ByteSearch;
import dev.qanat.text.Utf8;
import dev.qanat.text.regex.Matcher;
import dev.qanat.text.regex.Regex;

/**
 * Reads files by the chunk, finds the lines to select across each chunk at once, and prints them
 * with their context, or counts them, or lists the files that have any. The settings are grep's
 * options; set them, then {@link #prepare}.
 */
final class LineSelector {
  enum Binary {
    BINARY,
    TEXT,
    WITHOUT_MATCH
  }

  enum Listing {
    NONE,
    WITH_MATCH,
    WITHOUT_MATCH
  }

  /** Prints lines in another form than grep's. */
  interface Printer {
    /**
     * Prints the line in {@code data[from, to)}, without its end.
     *
     * @param number the line's number from 1, if {@link #lineNumbers} is set
     * @param offset of the line in the file
     */
    void print(byte[] data, int from, int to, long number, long offset, boolean selected);
  }

  byte eol = '\n';

  /** Who prints the lines; null for grep's form. */
  Printer printer;

  /**
   * Whether counts, names and notes on binary files are printed here; if not, ask after {@link
   * #search}.
   */
  boolean reports = true;

  boolean bytes;
  boolean invert;
  long maximum = Long.MAX_VALUE;
  boolean byteOffsets;
  boolean lineNumbers;
  boolean flushLines;
  String label;
  boolean onlyMatching;
  boolean quiet;
  Binary binary = Binary.BINARY;
  Listing list = Listing.NONE;
  boolean count;
  boolean initialTab;
  boolean nulAfterName;
  long before = -1; // lines of context; -1: not asked for
  long after = -1;
  String groupSeparator = "--";
  boolean separatorsWithinFile; // no separator between files
  boolean withNames;
  final GrepColors colors = new GrepColors();

  private final Invocation in;
  private final Output out;
  private Matcher matcher;
  private boolean firstIsEnough;
  private boolean grouped;
  private boolean printedAny; // in any file: separators stand between files, too

  // The file being read.
  private String name;
  private boolean silent; // lines are not printed
  private boolean stopAtFirst;
  private boolean isBinary;
  private boolean badEncoding; // a line was not printed because it is not text
  private long selected;
  private long pending; // lines of trailing context still to print
  private int numberWidth;
  private byte[] data;
  private long base; // offset in the file of data[0]
  private int chunkStart;
  private int floor; // lines before this position have been printed
  private long lastPrinted; // offset in the file behind what was printed last, or -1
  private int counted; // the position up to which lines are counted
  private long lines; // how many there are before it
  private final ByteBuilder held =
      new ByteBuilder(); // lines of the chunk before that may become leading context
  private long heldOffset;
  private long heldLine;

  LineSelector(Invocation in) {
    this.in = in;
    this.out = in.stdout();
  }

  void setRegex(Regex regex) {
    matcher = regex.matcher();
  }

  /** Draws the conclusions from the settings. */
  void prepare() {
    firstIsEnough = quiet || list != Listing.NONE;
    if (firstIsEnough) {
      count = false;
    }
    grouped = (before >= 0 || after >= 0) && groupSeparator != null;
    before = Math.max(before, 0);
    after = Math.max(after, 0);
  }

  /** Whether what is printed would end up in the file read. */
  boolean writesTo(Input input) {
    if (firstIsEnough || count || maximum <= 1) {
      return false;
    }
    String path = input.file().path();
    return path != null
        && path.equals(out.file().path())
        && input.file().stat().isFile()
        && out.file().stat().isFile();
  }

  /**
   * Searches one input to its end, or as far as necessary; whether any line was selected. May
   * suspend.
   */
  boolean search(Input input, String name) {
    this.name = name;
    silent = firstIsEnough || count;
    stopAtFirst = firstIsEnough;
    isBinary = false;
    skippedBinary = false;
    badEncoding = false;
    selected = 0;
    selectedBeforeBinary = 0;
    pending = 0;
    lastPrinted = -1;
    lines = 0;
    held.clear();
    if (initialTab) {
      long size = input.file().stat().isFile() ? input.file().stat().size() : Long.MAX_VALUE;
      numberWidth = Long.toString(Math.max(size, 0)).length();
    }
    long offset = 0;
    while (input.nextLines(eol)) {
      data = input.data;
      chunkStart = input.start;
      base = offset - input.start;
      floor = input.start;
      counted = input.start;
      if (eol != 0
          && binary != Binary.TEXT
          && ByteSearch.indexOf(data, input.start, input.end, (byte) 0) >= 0) {
        if (!isBinary) {
          if (binary == Binary.WITHOUT_MATCH) {
            selected = 0;
            skippedBinary = true;
            break;
          }
          isBinary = true;
          nulOffset =
              offset + ByteSearch.indexOf(data, input.start, input.end, (byte) 0) - input.start;
          selectedBeforeBinary = selected;
          if (!count) {
            silent = true;
            stopAtFirst = true;
          }
        }
        // As in grep, the rest of a binary file is split at NULs, too.
        for (int i = input.start; i < input.end; i++) {
          if (data[i] == 0) {
            data[i] = eol;
          }
        }
      }
      offset += input.end - input.start;
      int stop = chunk(input.start, input.end);
      if (stop >= 0) {
        giveBack(input, input.end - stop);
        break;
      }
      if (before > 0 && !silent) {
        hold(input.end);
      }
      if (lineNumbers && !silent) {
        lineAt(input.end);
      }
    }
    finish();
    return selected > 0;
  }

  private long selectedBeforeBinary;
  private long nulOffset;
  private boolean skippedBinary;

  /**
   * Leaves a seekable standard input where grep does: behind the last line selected if {@code -m}
   * ended the search, at the end if the first line was enough.
   */
  private void giveBack(Input input, int unused) {
    if (!input.file().seekable()) {
      return;
    }
    if (selected >= maximum) {
      input.giveBack();
      input.file().seek(-unused, 1);
    } else {
      input.file().seek(0, 2);
    }
  }

  /** How many lines of the last file were selected. */
  long selected() {
    return selected;
  }

  /** Whether matches in the last file were kept back because it is binary. */
  boolean isBinaryMatch() {
    return isBinary && selected > selectedBeforeBinary;
  }

  /** Whether the last file was passed over because it is binary. */
  boolean isSkippedBinary() {
    return skippedBinary;
  }

  /** The offset of the first NUL of a binary file. */
  long nulOffset() {
    return nulOffset;
  }

  private void finish() {
    if (!reports) {
      return;
    }
    if (count) {
      if (withNames) {
        writeName();
        writeNameEnd(':');
      }
      out.write(selected);
      out.write('\n');
      flushLine();
    } else if (list != Listing.NONE && !quiet && (selected > 0) == (list == Listing.WITH_MATCH)) {
      writeName();
      out.write(nulAfterName ? 0 : '\n');
      flushLine();
    } else if (!firstIsEnough && (badEncoding || isBinary && selected > selectedBeforeBinary)) {
      in.error(name + ": binary file matches");
    }
  }

  /** Works on whole lines; returns the position at which reading may stop, or -1 to go on. */
  private int chunk(int from, int end) {
    int at = from;
    while (at < end) {
      if (selected >= maximum) {
        trailing(at, end);
        return pending == 0 ? floor : -1;
      }
      boolean found = matcher.findLine(data, at, end);
      int matchStart = found ? matcher.lineStart() : end;
      int matchEnd = found ? Math.min(matcher.lineEnd() + 1, end) : end;
      if (invert) {
        int stop = select(at, matchStart);
        if (stop >= 0) {
          if (stopAtFirst || pending == 0) {
            return stop;
          }
          at = stop;
          continue;
        }
        trailing(matchStart, matchEnd);
      } else {
        trailing(at, matchStart);
        if (found) {
          int stop = select(matchStart, matchEnd);
          if (stop >= 0 && (stopAtFirst || pending == 0)) {
            return stop;
          }
        }
      }
      at = matchEnd;
    }
    return -1;
  }

  /**
   * Takes the lines in {@code [from, to)} as selected; returns where the last wanted one ends, or
   * -1.
   */
  private int select(int from, int to) {
    if (from >= to) {
      return -1;
    }
    if (stopAtFirst) {
      selected++;
      return from;
    }
    if (plain() && selected + (to - from) < maximum) {
      selected += countLines(from, to);
      if (!silent) {
        out.write(data, from, to - from);
        if (data[to - 1] != eol) {
          out.write(eol);
        }
        flushLine();
        floor = to;
      }
      return -1;
    }
    int at = from;
    while (at < to) {
      int next = lineBehind(at, to);
      selected++;
      if (!silent) {
        leading(at);
        printLine(at, next, true);
        floor = next;
        lastPrinted = base + next;
        pending = after;
        flushLine();
      }
      if (selected >= maximum) {
        return next;
      }
      at = next;
    }
    return -1;
  }

  /** Whether lines go out as they are, so that many can go at once. */
  private boolean plain() {
    if (silent) {
      return true;
    }
    return printer == null
        && !withNames
        && !lineNumbers
        && !byteOffsets
        && !onlyMatching
        && !colors.on
        && !initialTab
        && !grouped
        && before == 0
        && after == 0
        && (binary == Binary.TEXT || bytes);
  }

  private int lineBehind(int at, int to) {
    int p = at;
    while (p < to && data[p] != eol) {
      p++;
    }
    return Math.min(p + 1, to);
  }

  private int countLines(int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      if (data[i] == eol) {
        n++;
      }
    }
    return data[to - 1] == eol ? n : n + 1;
  }

  /** Prints as many of the lines in {@code [from, to)} as trailing context wants. */
  private void trailing(int from, int to) {
    int at = from;
    while (pending > 0 && at < to) {
      int next = lineBehind(at, to);
      printLine(at, next, false);
      pending--;
      floor = next;
      lastPrinted = base + next;
      at = next;
    }
  }

  /** Prints the separator and the leading context of the line at {@code at}. */
  private void leading(int at) {
    int first = at;
    long wanted = before;
    while (wanted > 0 && first > floor) {
      first--;
      while (first > floor && data[first - 1] != eol) {
        first--;
      }
      wanted--;
    }
    int heldFrom = held.length();
    if (first == chunkStart && wanted > 0 && held.length() > 0) {
      heldFrom = startOfLast(wanted);
    }
    long offset = heldFrom < held.length() ? heldOffset + heldFrom : base + first;
    if (grouped
        && printedAny
        && offset != lastPrinted
        && !(separatorsWithinFile && lastPrinted < 0)) {
      colors.begin(out, colors.separator);
      out.write(groupSeparator);
      colors.end(out, colors.separator);
      out.write('\n');
    }
    if (heldFrom < held.length()) {
      printHeld(heldFrom);
    }
    held.clear();
    for (int p = first; p < at; ) {
      int next = lineBehind(p, at);
      printLine(p, next, false);
      p = next;
    }
    printedAny = true;
  }

  private int startOfLast(long wanted) {
    byte[] bytes = held.array();
    int p = held.length();
    for (long i = 0; i < wanted && p > 0; i++) {
      p--;
      while (p > 0 && bytes[p - 1] != eol) {
        p--;
      }
    }
    return p;
  }

  private void printHeld(int from) {
    byte[] chunk = data;
    long chunkBase = base;
    int chunkCounted = counted;
    long chunkLines = lines;
    data = held.toByteArray();
    base = heldOffset;
    counted = 0;
    lines = heldLine;
    for (int p = from; p < data.length; ) {
      int next = lineBehind(p, data.length);
      printLine(p, next, false);
      p = next;
    }
    data = chunk;
    base = chunkBase;
    counted = chunkCounted;
    lines = chunkLines;
  }

  /**
   * Keeps the last lines of the chunk, which ends at {@code end}, as possible leading context of
   * the next.
   */
  private void hold(int end) {
    if (floor > chunkStart || held.length() == 0) {
      held.clear();
      heldOffset = base + floor;
      heldLine = lineNumbers ? lineAt(floor) : 0;
    }
    held.append(data, floor, end - floor);
    int keep = startOfLast(before);
    if (keep > 0) {
      for (int i = 0; i < keep; i++) {
        if (held.array()[i] == eol) {
          heldLine++;
        }
      }
      held.removeFirst(keep);
      heldOffset += keep;
    }
  }

  /**
   * The number of lines before {@code position}, which must not lie before the last one asked for.
   */
  private long lineAt(int position) {
    byte[] d = data;
    int n = 0;
    for (int i = counted; i < position; i++) {
      if (d[i] == eol) {
        n++;
      }
    }
    counted = position;
    lines += n;
    return lines;
  }

  private void writeName() {
    colors.begin(out, colors.fileName);
    out.write(name);
    colors.end(out, colors.fileName);
  }

  private void writeNameEnd(int separator) {
    if (nulAfterName) {
      out.write(0);
    } else {
      writeSeparator(separator);
    }
  }

  private void writeSeparator(int separator) {
    colors.begin(out, colors.separator);
    out.write(separator);
    colors.end(out, colors.separator);
  }

  private void writeNumber(long number, String color) {
    colors.begin(out, color);
    if (initialTab) {
      String digits = Long.toString(number);
      for (int i = digits.length(); i < numberWidth; i++) {
        out.write(' ');
      }
    }
    out.write(number);
    colors.end(out, color);
  }

  /**
   * Prints what stands before the text in {@code [from, to)}; false if that is not to be printed.
   */
  private boolean head(int from, int to, long lineNumber, int separator) {
    if (binary != Binary.TEXT && !bytes && !isText(from, to)) {
      badEncoding = true;
      return false;
    }
    if (withNames) {
      writeName();
      writeNameEnd(separator);
    }
    if (lineNumbers) {
      writeNumber(lineNumber, colors.lineNumber);
      writeSeparator(separator);
    }
    if (byteOffsets) {
      writeNumber(base + from, colors.byteOffset);
      writeSeparator(separator);
    }
    if (initialTab && to > from && (withNames || lineNumbers || byteOffsets)) {
      out.write('\t');
    }
    return true;
  }

  private boolean isText(int from, int to) {
    byte[] d = data;
    int i = from;
    while (i < to && d[i] >= 0) {
      i++;
    }
    return i == to || Utf8.invalidBytes(d, i, to) == 0;
  }

  /**
   * Prints the line in {@code [from, next)}, of which the last byte is its end unless the input
   * lacks it.
   */
  private void printLine(int from, int next, boolean isSelected) {
    int to = next > from && data[next - 1] == eol ? next - 1 : next;
    boolean matching = isSelected != invert;
    long number = lineNumbers ? lineAt(from) + 1 : 0;
    if (printer != null) {
      printer.print(data, from, to, number, base + from, isSelected);
      return;
    }
    int separator = isSelected ? ':' : '-';
    if (onlyMatching) {
      if (matching) {
        printMatches(from, to, number, separator, isSelected);
      }
      return;
    }
    if (!head(from, to, number, separator)) {
      return;
    }
    if (colors.on) {
      String line = isSelected ? colors.selectedLine : colors.contextLine;
      int rest = from;
      if (matching
          && (isSelected ? !colors.selectedMatch.isEmpty() : !colors.contextMatch.isEmpty())) {
        rest =
            colorMatches(from, to, line, isSelected ? colors.selectedMatch : colors.contextMatch);
      }
      if (rest < to) {
        colors.begin(out, line);
        out.write(data, rest, to - rest);
        colors.end(out, line);
      }
    } else {
      out.write(data, from, to - from);
    }
    out.write(eol);
  }

  private void printMatches(int from, int to, long number, int separator, boolean isSelected) {
    int at = from;
    while (at <= to && matcher.find(data, from, at, to)) {
      int start = matcher.start();
      int end = matcher.end();
      if (end == start) {
        at = end + 1;
        continue;
      }
      if (head(start, end, number, separator)) {
        String color = isSelected ? colors.selectedMatch : colors.contextMatch;
        colors.begin(out, color);
        out.write(data, start, end - start);
        colors.end(out, color);
        out.write(eol);
      }
      at = end;
    }
  }

  /**
   * Prints the line up to behind its last match, the matches coloured; returns where the rest
   * begins.
   */
  private int colorMatches(int from, int to, String line, String match) {
    int at = from;
    int printed = from;
    while (at <= to && matcher.find(data, from, at, to)) {
      int start = matcher.start();
      int end = matcher.end();
      if (end == start) {
        at = end + 1;
        continue;
      }
      if (start > printed) {
        colors.begin(out, line);
        out.write(data, printed, start - printed);
        colors.end(out, line);
      }
      colors.begin(out, match);
      out.write(data, start, end - start);
      colors.end(out, match);
      printed = end;
      at = end;
    }
    return printed;
  }

  private void flushLine() {
    if (flushLines) {
      out.flush();
    }
  }
}
