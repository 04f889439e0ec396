package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Task;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.Pipes;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** split: a file in pieces. */
public final class Split implements Command {
  private static final Options OPTIONS =
      Options.of("split")
          .usage("[OPTION]... [FILE [PREFIX]]")
          .about(
              "Output pieces of FILE to PREFIXaa, PREFIXab, ...;\ndefault size is 1000 lines, and default PREFIX is 'x'.")
          .value('a', "suffix-length", "N", "generate suffixes of length N (default 2)")
          .value(
              (char) 0, "additional-suffix", "SUFFIX", "append an additional SUFFIX to file names")
          .value('b', "bytes", "SIZE", "put SIZE bytes per output file")
          .value('C', "line-bytes", "SIZE", "put at most SIZE bytes of records per output file")
          .flag('d', null, "use numeric suffixes starting at 0, not alphabetic")
          .optional(
              (char) 0, "numeric-suffixes", "FROM", "same as -d, but allow setting the start value")
          .flag('x', null, "use hex suffixes starting at 0, not alphabetic")
          .optional(
              (char) 0, "hex-suffixes", "FROM", "same as -x, but allow setting the start value")
          .flag('e', "elide-empty-files", "do not generate empty output files with '-n'")
          .value((char) 0, "filter", "COMMAND", "write to shell COMMAND; file name is $FILE")
          .value('l', "lines", "NUMBER", "put NUMBER lines/records per output file")
          .value('n', "number", "CHUNKS", "generate CHUNKS output files; see explanation below")
          .value(
              't',
              "separator",
              "SEP",
              "use SEP instead of newline as the record separator;\n'\\0' (zero) specifies the NUL character")
          .flag('u', "unbuffered", "immediately copy input to output with '-n r/...'")
          .flag((char) 0, "verbose", "print a diagnostic just before each output file is opened")
          .epilogue(
              "CHUNKS may be:\n  N       split into N files based on size of input\n  K/N     output Kth of N to stdout\n  l/N     split into N files without splitting lines/records\n  l/K/N   output Kth of N to stdout without splitting lines/records\n  r/N     like 'l' but use round robin distribution\n  r/K/N   likewise but only output Kth of N to stdout");

  /** The pieces: their names, and the one that is open. */
  private static final class Pieces {
    Invocation in;
    String prefix;
    String letters = "abcdefghijklmnopqrstuvwxyz";
    int length = 2;
    boolean widens = true;
    long first;
    String extra = "";
    String filter;
    boolean verbose;
    long count;
    Output out;
    Task task;

    String name(long i) {
      int base = letters.length();
      int n = length;
      String p = prefix;
      if (widens) {
        // zz is never used up: names grow by two letters when the first letter would be the last
        long room = 1;
        for (int k = 0; k < n - 1; k++) {
          room *= base;
        }
        room *= base - 1;
        StringBuilder lead = new StringBuilder();
        while (i >= room) {
          i -= room;
          lead.append(letters.charAt(base - 1));
          n++;
          room *= base;
        }
        p += lead;
        n -= lead.length();
        n += lead.length();
      }
      StringBuilder s = new StringBuilder();
      int digits = n;
      for (int k = 0; k < digits; k++) {
        s.insert(0, letters.charAt((int) (i % base)));
        i /= base;
      }
      if (i > 0) {
        return null;
      }
      return p + s + extra;
    }

    void next() {
      close();
      String n = name(first + count++);
      if (n == null) {
        throw in.fail(1, "output file suffixes exhausted");
      }
      open(n);
    }

    private void open(String n) {
      if (verbose) {
        in.stdout()
            .line((filter == null ? "creating file " : "executing with FILE=") + Quoting.always(n));
      }
      if (filter != null) {
        OpenFile[] ends = Pipes.create();
        FileContext files = in.files().fork();
        files.descriptors().set(0, ends[0]);
        Map<String, String> env = in.copyEnv();
        env.put("FILE", n);
        Invocation child = in.child(List.of("sh", "-c", filter), files, env);
        task = in.start(in.programs().shell(filter), child);
        out = new Output(ends[1]);
        return;
      }
      try {
        out = new Output(in.files().open(n, OpenFlags.REPLACE, 0666));
      } catch (VfsException e) {
        throw in.fail(1, Quoting.ifNeededOrColon(n) + ": " + e.reason());
      }
    }

    void close() {
      if (out != null) {
        Output o = out;
        out = null;
        try {
          o.flush();
        } finally {
          o.file().release();
        }
        if (task != null) {
          task.exited().await();
          if (task.status() != 0) {
            throw in.fail(
                1,
                "with FILE="
                    + name(first + count - 1)
                    + ", exit "
                    + task.status()
                    + " from command: "
                    + filter);
          }
          task = null;
        }
      }
    }
  }

  @Override
  public int run(Invocation in) {
    List<String> args = new ArrayList<>();
    for (String a : in.args()) {
      boolean n =
          a.length() > 1
              && a.charAt(0) == '-'
              && a.substring(1).chars().allMatch(c -> c >= '0' && c <= '9');
      args.add(n ? "-l" + a.substring(1) : a);
    }
    Options.Parsed p = OPTIONS.parse(in, args);
    List<String> ops = p.operands();
    if (ops.size() > 2) {
      throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(ops.get(2)));
    }
    int ways = p.count("bytes") + p.count("line-bytes") + p.count("lines") + p.count("number");
    if (ways > 1) {
      throw OPTIONS.usageError(in, "cannot split in more than one way");
    }
    Pieces s = new Pieces();
    s.in = in;
    s.prefix = ops.size() > 1 ? ops.get(1) : "x";
    s.verbose = p.has("verbose");
    s.filter = p.value("filter");
    s.extra = p.has("additional-suffix") ? p.value("additional-suffix") : "";
    if (s.extra.indexOf('/') >= 0) {
      throw OPTIONS.usageError(
          in, "invalid suffix " + Quoting.locale(s.extra) + ", contains directory separator");
    }
    String style = p.lastOf("d", "numeric-suffixes", "x", "hex-suffixes");
    if (style != null) {
      s.letters =
          style.startsWith("d") || style.startsWith("n") ? "0123456789" : "0123456789abcdef";
      String from = p.value(style);
      if (from != null) {
        long n = 0;
        for (int i = 0; i < from.length(); i++) {
          int d = s.letters.indexOf(from.charAt(i));
          if (d < 0) {
            throw OPTIONS.usageError(
                in,
                from
                    + ": invalid start value for "
                    + (s.letters.length() == 10 ? "numerical" : "hexadecimal")
                    + " suffix");
          }
          n = n * s.letters.length() + d;
        }
        s.first = n;
        s.widens = false;
        s.length = Math.max(2, from.length());
      }
    }
    if (p.has("suffix-length")) {
      long n = SizeText.parse(p.value("suffix-length"), "");
      if (n < 0) {
        throw in.fail(1, "invalid suffix length: " + Quoting.locale(p.value("suffix-length")));
      }
      if (n > 0) {
        s.length = (int) Math.min(n, 200);
        s.widens = false;
      }
    }
    byte separator = '\n';
    if (p.has("separator")) {
      byte[] b = Utf8.encode(p.value("separator"));
      if (b.length == 0) {
        throw in.fail(1, "empty record separator");
      }
      if (b.length > 1 && !p.value("separator").equals("\\0")) {
        throw in.fail(1, "multi-character separator " + Quoting.locale(p.value("separator")));
      }
      separator = b.length > 1 ? 0 : b[0];
    }
    String name = ops.isEmpty() ? "-" : ops.get(0);
    long size = 1000;
    String way = "lines";
    for (String w : new String[] {"bytes", "line-bytes", "lines"}) {
      if (p.has(w)) {
        way = w;
        size =
            SizeText.parse(
                p.value(w),
                w.equals("lines") ? "" : SizeText.USUAL.replace("c", "").replace("w", ""));
        if (size <= 0) {
          throw in.fail(
              1,
              "invalid number of "
                  + (w.equals("lines") ? "lines" : "bytes")
                  + ": "
                  + Quoting.locale(p.value(w))
                  + (size == 0 ? ": Numerical result out of range" : SizeText.reason(size)));
        }
      }
    }
    Input file;
    try {
      file = name.equals("-") ? in.stdin() : new Input(in.files().open(name), true);
    } catch (VfsException e) {
      throw in.fail(1, "cannot open " + Quoting.always(name) + " for reading: " + e.reason());
    }
    try {
      if (p.has("number")) {
        chunks(in, s, p.value("number"), file, separator, p.has("elide-empty-files"));
      } else if (way.equals("bytes")) {
        bytes(s, file, size);
      } else if (way.equals("lines")) {
        lines(s, file, size, separator);
      } else {
        lineBytes(s, file, size, separator);
      }
      s.close();
    } catch (VfsException e) {
      throw in.fail(1, Quoting.ifNeededOrColon(name) + ": " + e.reason());
    } finally {
      file.close();
    }
    return 0;
  }

  private static void bytes(Pieces s, Input file, long size) {
    long left = 0;
    while (file.nextChunk()) {
      int i = file.start;
      while (i < file.end) {
        if (left == 0) {
          s.next();
          left = size;
        }
        int k = (int) Math.min(left, file.end - i);
        s.out.write(file.data, i, k);
        i += k;
        left -= k;
      }
    }
  }

  private static void lines(Pieces s, Input file, long size, byte separator) {
    long left = 0;
    while (file.nextLine(separator)) {
      if (left == 0) {
        s.next();
        left = size;
      }
      left--;
      s.out.write(file.data, file.start, file.end - file.start);
      if (file.terminated()) {
        s.out.write(separator);
      }
    }
  }

  private static void lineBytes(Pieces s, Input file, long size, byte separator) {
    long left = 0;
    while (file.nextLine(separator)) {
      int n = file.end - file.start + (file.terminated() ? 1 : 0);
      if (s.out == null || n > left && left < size) {
        s.next();
        left = size;
      }
      int i = file.start;
      int rest = file.end - file.start;
      while (rest + (file.terminated() ? 1 : 0) > left) {
        int k = (int) Math.min(left, rest);
        s.out.write(file.data, i, k);
        i += k;
        rest -= k;
        left -= k;
        if (left == 0) {
          s.next();
          left = size;
        }
      }
      s.out.write(file.data, i, rest);
      left -= rest;
      if (file.terminated()) {
        s.out.write(separator);
        left--;
      }
    }
  }

  private static void chunks(
      Invocation in, Pieces s, String spec, Input file, byte separator, boolean elide) {
    char kind = 'b';
    String rest = spec;
    if (rest.startsWith("l/") || rest.startsWith("r/")) {
      kind = rest.charAt(0);
      rest = rest.substring(2);
    }
    int slash = rest.indexOf('/');
    long k = slash < 0 ? 0 : SizeText.parse(rest.substring(0, slash), "");
    long n = SizeText.parse(rest.substring(slash + 1), "");
    if (n <= 0) {
      throw in.fail(
          1,
          "invalid number of chunks: "
              + Quoting.locale(rest.substring(slash + 1))
              + (n == 0 ? ": Numerical result out of range" : ""));
    }
    if (slash >= 0 && (k <= 0 || k > n)) {
      throw in.fail(
          1,
          "invalid chunk number: "
              + Quoting.locale(rest.substring(0, slash))
              + (k >= 0 ? ": Numerical result out of range" : ""));
    }
    if (s.widens) {
      long room = s.letters.length();
      int digits = 1;
      while (room < n) {
        room *= s.letters.length();
        digits++;
      }
      s.length = Math.max(2, digits);
      s.widens = false;
    }
    if (kind == 'r') {
      robin(in, s, file, separator, k, n, elide);
      return;
    }
    byte[] all = file.readAll();
    long size = all.length;
    int at = 0;
    for (long i = 1; i <= n; i++) {
      long end =
          i == n
              ? size
              : kind == 'b' ? size / n * i + Math.min(i, kind == 'b' ? size % n : 0) : size / n * i;
      if (kind == 'b') {
        end = i == n ? size : Math.min(size, Math.max(1, size / n) * i);
      }
      int to = (int) Math.max(at, end);
      if (kind == 'l' && i < n && to > at) {
        while (to < size && all[to - 1] != separator) {
          to++;
        }
      } else if (kind == 'l' && i == n) {
        to = (int) size;
      }
      if (k == 0 || k == i) {
        if (k == i) {
          in.stdout().write(all, at, to - at);
        } else if (!(elide && to == at)) {
          s.next();
          s.out.write(all, at, to - at);
        }
      }
      at = to;
    }
  }

  private static void robin(
      Invocation in, Pieces s, Input file, byte separator, long k, long n, boolean elide) {
    List<ByteBuilder> pieces = new ArrayList<>();
    long line = 0;
    while (file.nextLine(separator)) {
      int i = (int) (line++ % n);
      if (k > 0) {
        if (i + 1 == k) {
          in.stdout().write(file.data, file.start, file.end - file.start);
          if (file.terminated()) {
            in.stdout().write(separator);
          }
        }
        continue;
      }
      while (pieces.size() <= i) {
        pieces.add(new ByteBuilder());
      }
      pieces.get(i).append(file.data, file.start, file.end - file.start);
      if (file.terminated()) {
        pieces.get(i).append(separator);
      }
    }
    if (k > 0) {
      return;
    }
    for (int i = 0; i < n; i++) {
      boolean empty = i >= pieces.size();
      if (empty && elide) {
        continue;
      }
      s.next();
      if (!empty) {
        s.out.write(pieces.get(i).array(), 0, pieces.get(i).length());
      }
    }
  }
}
