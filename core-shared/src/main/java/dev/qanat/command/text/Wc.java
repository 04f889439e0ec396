package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Locale;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.ByteSearch;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** wc: counts lines, words, characters, bytes and the widest line. */
public final class Wc implements Command {
  private static final Options OPTIONS =
      Options.of("wc")
          .usage("[OPTION]... [FILE]...\n[OPTION]... --files0-from=F")
          .about(
              "Print newline, word, and byte counts for each FILE, and a total line if\n"
                  + "more than one FILE is specified. A word is a non-zero-length sequence of\n"
                  + "printable characters delimited by white space.\n\n"
                  + "With no FILE, or when FILE is -, read standard input.")
          .flag('c', "bytes", "print the byte counts")
          .flag('m', "chars", "print the character counts")
          .flag('l', "lines", "print the newline counts")
          .value(
              (char) 0,
              "files0-from",
              "F",
              "read input from the files specified by\nNUL-terminated names in file F")
          .flag('L', "max-line-length", "print the maximum display width")
          .flag('w', "words", "print the word counts")
          .flag((char) 0, "debug", "(ignored)");

  /** Counts of one file, or of all. */
  private static final class Counts {
    long lines;
    long words;
    long chars;
    long bytes;
    long width;
    boolean inWord;
    long column;
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    boolean lines = p.has("lines");
    boolean words = p.has("words");
    boolean chars = p.has("chars");
    boolean bytes = p.has("bytes");
    boolean widths = p.has("max-line-length");
    if (!lines && !words && !chars && !bytes && !widths) {
      lines = words = bytes = true;
    }
    boolean[] show = {lines, words, chars, bytes, widths};
    List<String> names = p.operands();
    int status = 0;
    if (p.has("files0-from")) {
      String list = p.value("files0-from");
      if (!names.isEmpty()) {
        in.error("extra operand " + Quoting.always(names.get(0)));
        in.stderr().line("file operands cannot be combined with --files0-from");
        throw OPTIONS.hint(in);
      }
      names = FileList.read(in, list);
      if (names == null) {
        return 1;
      }
      List<String> good = new ArrayList<>();
      int k = 0;
      for (String n : names) {
        k++;
        if (n.isEmpty()) {
          in.error((list.equals("-") ? "-" : list) + ":" + k + ": invalid zero-length file name");
          status = 1;
        } else {
          good.add(n);
        }
      }
      names = good;
      if (names.isEmpty()) {
        return status;
      }
    }
    int columns = 0;
    for (boolean b : show) {
      columns += b ? 1 : 0;
    }
    int width = names.size() <= 1 && columns == 1 ? 1 : width(in, names);
    Counts total = new Counts();
    for (String name : names.isEmpty() ? List.of("-") : names) {
      Input file = in.open(name);
      if (file == null) {
        status = 1;
        continue;
      }
      Counts c = new Counts();
      try {
        count(file, c, show);
      } catch (VfsException e) {
        in.error(name, e);
        status = 1;
      } finally {
        file.close();
      }
      if (Locale.isBytes(in.env())) {
        c.chars = c.bytes;
      }
      print(in.stdout(), c, show, width, names.isEmpty() ? null : name);
      total.lines += c.lines;
      total.words += c.words;
      total.chars += c.chars;
      total.bytes += c.bytes;
      total.width = Math.max(total.width, c.width);
    }
    if (names.size() > 1) {
      print(in.stdout(), total, show, width, "total");
    }
    return status;
  }

  /** Room for the sum of the sizes of regular files; 7 when something else is among them. */
  private static int width(Invocation in, List<String> names) {
    long sum = 0;
    int least = 1;
    for (String n : names.isEmpty() ? List.of("-") : names) {
      FileStat s;
      try {
        s = n.equals("-") ? in.files().descriptors().need(0).stat() : in.files().stat(n);
      } catch (VfsException e) {
        if (names.size() == 1) {
          return 1;
        }
        continue;
      }
      if (s.isFile()) {
        sum += Math.max(0, s.size());
      } else {
        least = 7;
      }
    }
    int w = 1;
    for (; sum >= 10; sum /= 10) {
      w++;
    }
    return Math.max(w, least);
  }

  private static void count(Input file, Counts c, boolean[] show) {
    boolean wide = show[1] || show[2] || show[4];
    if (!wide && !show[0] && file.file().seekable() && file.file().stat().isFile()) {
      long here = file.file().seek(0, 1);
      long end = file.file().stat().size();
      if (end > 0) {
        c.bytes = Math.max(0, end - here);
        file.file().seek(end, 0);
        return;
      }
    }
    byte[] rest = new byte[8];
    int kept = 0;
    while (file.nextChunk()) {
      int n = file.end - file.start;
      c.bytes += n;
      if (!wide) {
        c.lines += ByteSearch.count(file.data, file.start, file.end, (byte) '\n');
        continue;
      }
      int from = file.start;
      // a character cut by the chunk's border
      while (kept > 0 && from < file.end) {
        rest[kept++] = file.data[from++];
        if (Utf8.incompleteTail(rest, 0, kept) != kept) {
          scan(rest, 0, kept, c);
          kept = 0;
        }
      }
      int tail = kept > 0 ? 0 : Utf8.incompleteTail(file.data, from, file.end);
      scan(file.data, from, file.end - tail, c);
      for (int i = file.end - tail; i < file.end; i++) {
        rest[kept++] = file.data[i];
      }
    }
    scan(rest, 0, kept, c);
    if (c.inWord) {
      c.words++;
    }
    c.width = Math.max(c.width, c.column);
  }

  private static void scan(byte[] b, int from, int to, Counts c) {
    boolean inWord = c.inWord;
    long column = c.column;
    long words = 0;
    long chars = 0;
    long lines = 0;
    for (int i = from; i < to; ) {
      int x = b[i];
      if (x > 32 && x < 127) {
        inWord = true;
        column++;
        chars++;
        i++;
        continue;
      }
      if (x >= 0) {
        i++;
        chars++;
        switch (x) {
          case '\n', '\r', '\f' -> {
            lines += x == '\n' ? 1 : 0;
            if (column > c.width) {
              c.width = column;
            }
            column = 0;
            words += inWord ? 1 : 0;
            inWord = false;
          }
          case '\t' -> {
            column += 8 - column % 8;
            words += inWord ? 1 : 0;
            inWord = false;
          }
          case ' ', 11 -> {
            column += x == ' ' ? 1 : 0;
            words += inWord ? 1 : 0;
            inWord = false;
          }
          default -> {}
        }
        continue;
      }
      int size = Utf8.sequenceLength(b, i, to);
      if (size == 0) {
        i++;
        continue;
      }
      int cp = Utf8.codePoint(b, i, size);
      i += size;
      chars++;
      int w = Utf8.width(cp);
      if (cp == 0xa0 || cp == 0x2007 || cp == 0x202f || cp == 0x2060 || Chars.isSpace(cp)) {
        words += inWord ? 1 : 0;
        inWord = false;
        column += Math.max(0, w);
      } else if (w >= 0) {
        inWord = true;
        column += w;
      }
    }
    c.inWord = inWord;
    c.column = column;
    c.words += words;
    c.chars += chars;
    c.lines += lines;
  }

  private static void print(Output out, Counts c, boolean[] show, int width, String name) {
    long[] values = {c.lines, c.words, c.chars, c.bytes, c.width};
    boolean first = true;
    for (int i = 0; i < 5; i++) {
      if (show[i]) {
        if (!first) {
          out.write(' ');
        }
        first = false;
        String s = Long.toString(values[i]);
        for (int k = s.length(); k < width; k++) {
          out.write(' ');
        }
        out.write(s);
      }
    }
    if (name != null) {
      out.write(' ');
      out.write(name.indexOf('\n') >= 0 ? Quoting.ifNeededOrColon(name) : name);
    }
    out.write('\n');
  }
}
