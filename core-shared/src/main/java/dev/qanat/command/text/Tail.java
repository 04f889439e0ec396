package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.DoubleReader;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** tail: the last lines or bytes of files, and what is appended to them later. */
public final class Tail implements Command {
  private static final Options OPTIONS =
      Options.of("tail")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Print the last 10 lines of each FILE to standard output.\n"
                  + "With more than one FILE, precede each with a header giving the file name.\n\n"
                  + "With no FILE, or when FILE is -, read standard input.")
          .value(
              'c',
              "bytes",
              "[+]NUM",
              "output the last NUM bytes; or use -c +NUM to\n"
                  + "output starting with byte NUM of each file")
          .optional(
              'f',
              "follow",
              "{name|descriptor}",
              "output appended data as the file grows;\n"
                  + "an absent option argument means 'descriptor'")
          .flag('F', null, "same as --follow=name --retry")
          .value(
              'n',
              "lines",
              "[+]NUM",
              "output the last NUM lines, instead of the last 10;\n"
                  + "or use -n +NUM to output starting with line NUM")
          .value(
              (char) 0,
              "max-unchanged-stats",
              "N",
              "with --follow=name, reopen a FILE which has not changed\n"
                  + "size after N (default 5) iterations")
          .value((char) 0, "pid", "PID", "with -f, terminate after process ID, PID dies")
          .flag('q', "quiet", "never output headers giving file names")
          .alias("silent", "quiet")
          .flag((char) 0, "retry", "keep trying to open a file if it is inaccessible")
          .value(
              's',
              "sleep-interval",
              "N",
              "with -f, sleep for approximately N seconds (default 1.0)\nbetween iterations")
          .flag('v', "verbose", "always output headers giving file names")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline");

  /** What one run wants of each file. */
  private record Wanted(boolean bytes, boolean fromStart, long count, byte delimiter) {}

  /** A file that is being followed. */
  private static final class Followed {
    final String name;
    OpenFile file;
    long position;

    Followed(String name, OpenFile file, long position) {
      this.name = name;
      this.file = file;
      this.position = position;
    }
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in, old(in.args()));
    Wanted w = wanted(in, p);
    boolean follow = p.has("follow") || p.has("F");
    String how = p.value("follow");
    if (how != null && !"descriptor".startsWith(how) && !"name".startsWith(how) || "".equals(how)) {
      in.error("invalid argument " + Quoting.locale(how) + " for " + Quoting.locale("--follow"));
      in.stderr().line("Valid arguments are:\n  - ‘descriptor’\n  - ‘name’");
      throw OPTIONS.hint(in);
    }
    boolean byName = p.has("F") || how != null && how.startsWith("n");
    boolean retry = p.has("retry") || p.has("F");
    double pause = 1;
    if (p.has("sleep-interval")) {
      String s = p.value("sleep-interval");
      pause = Double.NaN;
      if (!s.isEmpty() && (Character.isDigit(s.charAt(0)) || s.charAt(0) == '.')) {
        byte[] b = Utf8.encode(s);
        DoubleReader r = new DoubleReader();
        pause = r.read(b, 0, b.length) == b.length ? r.value() : Double.NaN;
      }
      if (Double.isNaN(pause)) {
        throw in.fail(1, "invalid number of seconds: " + Quoting.locale(s));
      }
    }
    if (retry && !follow) {
      in.error("warning: --retry ignored; --retry is useful only when following");
    }
    int pid = 0;
    if (p.has("pid")) {
      long v = SizeText.parse(p.value("pid"), "");
      if (v < 0) {
        throw in.fail(1, "invalid PID: " + Quoting.locale(p.value("pid")) + SizeText.reason(v));
      }
      pid = (int) v;
      if (!follow) {
        in.error("warning: PID ignored; --pid=PID is useful only when following");
      }
    }
    List<String> names = p.operands().isEmpty() ? List.of("-") : p.operands();
    String last = p.lastOf("quiet", "verbose");
    boolean headers = last == null ? names.size() > 1 : last.equals("verbose");
    if (byName && names.contains("-")) {
      throw in.fail(1, "cannot follow " + Quoting.always("-") + " by name");
    }
    Output out = in.stdout();
    List<Followed> followed = new ArrayList<>();
    String[] shown = {null};
    int status = 0;
    for (String name : names) {
      OpenFile f;
      try {
        f = name.equals("-") ? in.files().descriptors().need(0).retain() : in.files().open(name);
      } catch (VfsException e) {
        in.error("cannot open " + Quoting.always(pretty(name)) + " for reading: " + e.reason());
        status = 1;
        if (follow && retry) {
          followed.add(new Followed(name, null, 0));
        }
        continue;
      }
      if (headers) {
        header(out, name, shown);
      }
      boolean keep = false;
      try {
        Input input = new Input(f, false);
        if (w.fromStart) {
          fromStart(input, w, out);
        } else {
          toEnd(input, w, out);
        }
        if (follow && !(name.equals("-") && !f.seekable())) {
          followed.add(new Followed(name, f, f.seekable() ? f.seek(0, 1) : 0));
          keep = true;
        }
      } catch (VfsException e) {
        in.error("error reading " + Quoting.always(pretty(name)) + ": " + e.reason());
        if (follow) {
          in.error(name + ": cannot follow end of this type of file");
        }
        status = 1;
      } finally {
        if (!keep) {
          f.release();
        }
      }
    }
    if (follow) {
      if (followed.isEmpty()) {
        if (status != 0) {
          in.error("no files remaining");
        }
        return status;
      }
      out.flush();
      try {
        return follow(in, followed, byName, retry, headers, shown, pause, pid, status);
      } finally {
        for (Followed f : followed) {
          if (f.file != null) {
            f.file.release();
          }
        }
      }
    }
    return status;
  }

  private static String pretty(String name) {
    return name.equals("-") ? "standard input" : name;
  }

  private static void header(Output out, String name, String[] shown) {
    out.write((shown[0] == null ? "" : "\n") + "==> " + pretty(name) + " <==\n");
    shown[0] = name;
  }

  private static Wanted wanted(Invocation in, Options.Parsed p) {
    byte delimiter = (byte) (p.has("zero-terminated") ? 0 : '\n');
    String id = p.lastOf("bytes", "lines");
    if (id == null) {
      return new Wanted(false, false, 10, delimiter);
    }
    String text = p.value(id);
    boolean plus = text.startsWith("+");
    String digits = plus || text.startsWith("-") ? text.substring(1) : text;
    long n = SizeText.parse(digits, SizeText.USUAL.replace("c", "").replace("w", ""));
    if (n < 0) {
      throw in.fail(
          1, "invalid number of " + id + ": " + Quoting.locale(text) + SizeText.reason(n));
    }
    return new Wanted(id.equals("bytes"), plus, n, delimiter);
  }

  /** {@code -5}, {@code +3}, {@code -10f}: the form before POSIX, with at most one file. */
  private static List<String> old(List<String> args) {
    if (args.isEmpty()) {
      return args;
    }
    String a = args.get(0);
    if (a.length() < 2 || a.charAt(0) != '-' && a.charAt(0) != '+') {
      return args;
    }
    boolean plus = a.charAt(0) == '+';
    int i = 1;
    while (i < a.length() && Character.isDigit(a.charAt(i))) {
      i++;
    }
    if (i == 1) {
      return args;
    }
    if (args.size() > 2 && plus || plus && args.size() == 3) {
      return args;
    }
    String number = a.substring(1, i);
    String option = "-n";
    if (i < a.length() && "bcl".indexOf(a.charAt(i)) >= 0) {
      char c = a.charAt(i++);
      option = c == 'l' ? "-n" : "-c";
      if (c == 'b') {
        number += "b";
      }
    }
    List<String> out = new ArrayList<>();
    out.add(option + (plus ? "+" : "") + number);
    if (i < a.length() && a.charAt(i) == 'f') {
      out.add("-f");
      i++;
    }
    if (i != a.length()) {
      return args;
    }
    out.addAll(args.subList(1, args.size()));
    return out;
  }

  private static void fromStart(Input file, Wanted w, Output out) {
    long skip = Math.max(0, w.count - 1);
    while (skip > 0 && file.nextChunk()) {
      int i = file.start;
      if (w.bytes) {
        int k = (int) Math.min(skip, file.end - i);
        i += k;
        skip -= k;
      } else {
        byte[] b = file.data;
        while (i < file.end && skip > 0) {
          if (b[i++] == w.delimiter) {
            skip--;
          }
        }
      }
      if (skip == 0) {
        out.write(file.data, i, file.end - i);
      }
    }
    copy(file, out);
  }

  private static void copy(Input file, Output out) {
    while (file.nextChunk()) {
      out.write(file.data, file.start, file.end - file.start);
    }
  }

  private static void toEnd(Input file, Wanted w, Output out) {
    OpenFile f = file.file();
    if (f.seekable() && f.stat().isFile() && f.stat().size() > 0) {
      seekToTail(f, w);
      copy(file, out);
      return;
    }
    if (w.bytes) {
      lastBytes(file, w.count, out);
    } else {
      lastLines(file, w, out);
    }
  }

  /** Reads backwards from the end until enough lines are behind. */
  private static void seekToTail(OpenFile f, Wanted w) {
    long begin = f.seek(0, 1);
    long end = Math.max(begin, f.stat().size());
    if (w.bytes) {
      f.seek(Math.max(begin, end - w.count), 0);
      return;
    }
    if (w.count == 0) {
      f.seek(end, 0);
      return;
    }
    byte[] b = new byte[32 * 1024];
    long at = end;
    long wanted = w.count;
    boolean atVeryEnd = true;
    while (at > begin) {
      int k = (int) Math.min(b.length, at - begin);
      f.seek(at - k, 0);
      int got = 0;
      while (got < k) {
        int n = f.read(b, got, k - got);
        if (n < 0) {
          break;
        }
        got += n;
      }
      int i = got - 1;
      if (atVeryEnd && i >= 0) {
        if (b[i] == w.delimiter) {
          i--;
        }
        atVeryEnd = false;
      }
      for (; i >= 0; i--) {
        if (b[i] == w.delimiter && --wanted == 0) {
          f.seek(at - k + i + 1, 0);
          return;
        }
      }
      at -= k;
    }
    f.seek(begin, 0);
  }

  private static void lastBytes(Input file, long n, Output out) {
    ByteBuilder held = new ByteBuilder();
    while (file.nextChunk()) {
      held.append(file.data, file.start, file.end - file.start);
      if (held.length() > n + 1_000_000) {
        held.removeFirst((int) (held.length() - n));
      }
    }
    int k = (int) Math.min(n, held.length());
    out.write(held.array(), held.length() - k, k);
  }

  private static void lastLines(Input file, Wanted w, Output out) {
    ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    ArrayDeque<Integer> counts = new ArrayDeque<>();
    long lines = 0;
    byte lastByte = w.delimiter;
    while (file.nextChunk()) {
      byte[] c = Arrays.copyOfRange(file.data, file.start, file.end);
      int k = 0;
      for (byte x : c) {
        if (x == w.delimiter) {
          k++;
        }
      }
      Memory.hold(c.length);
      chunks.add(c);
      counts.add(k);
      lines += k;
      lastByte = c[c.length - 1];
      while (lines - counts.peek() > w.count) {
        lines -= counts.poll();
        Memory.hold(-chunks.poll().length);
      }
    }
    if (w.count == 0) {
      return;
    }
    if (lastByte != w.delimiter) {
      lines++;
    }
    long skip = lines - w.count;
    for (byte[] c : chunks) {
      int i = 0;
      while (skip > 0 && i < c.length) {
        if (c[i++] == w.delimiter) {
          skip--;
        }
      }
      out.write(c, i, c.length - i);
    }
  }

  private static int follow(
      Invocation in,
      List<Followed> files,
      boolean byName,
      boolean retry,
      boolean headers,
      String[] shown,
      double pause,
      int pid,
      int status) {
    Output out = in.stdout();
    byte[] b = new byte[32 * 1024];
    shown[0] = files.get(files.size() - 1).name;
    while (true) {
      boolean dead = pid > 0 && Sched.get().task(pid) == null;
      boolean any = false;
      for (Followed f : files) {
        if (f.file == null || byName) {
          reopen(in, f, retry);
        }
        any |= f.file != null || retry;
        if (f.file == null) {
          continue;
        }
        if (f.file.seekable() && f.file.stat().size() < f.position) {
          in.error(f.name + ": file truncated");
          f.file.seek(0, 0);
          f.position = 0;
        }
        if (!f.file.ready()) {
          continue;
        }
        int n;
        while ((n = f.file.read(b, 0, b.length)) > 0) {
          if (headers && !f.name.equals(shown[0])) {
            header(out, f.name, shown);
          }
          f.position += n;
          out.write(b, 0, n);
          if (!f.file.ready()) {
            break;
          }
        }
      }
      out.flush();
      if (!any) {
        in.error("no files remaining");
        return 1;
      }
      if (dead) {
        return status;
      }
      if (out.file().broken()) {
        return status;
      }
      Sched.get().sleep(Math.max(1, (long) (pause * 1000)));
    }
  }

  private static void reopen(Invocation in, Followed f, boolean retry) {
    FileStat s = in.files().statOrNull(f.name);
    if (s == null) {
      if (f.file != null) {
        in.error(
            Quoting.always(f.name)
                + (retry ? " has become inaccessible: " : ": ")
                + Errno.ENOENT.message());
        f.file.release();
        f.file = null;
      }
      return;
    }
    if (f.file != null && f.file.stat().ino() == s.ino()) {
      return;
    }
    boolean was = f.file != null;
    try {
      OpenFile next = in.files().open(f.name);
      if (was) {
        f.file.release();
        in.error(Quoting.always(f.name) + " has been replaced;  following new file");
      } else {
        in.error(Quoting.always(f.name) + " has appeared;  following new file");
      }
      f.file = next;
      f.position = 0;
    } catch (VfsException e) {
      // it is looked at again in the next round
    }
  }
}
