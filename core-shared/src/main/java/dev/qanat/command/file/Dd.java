package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** dd: copies blocks, converting them. */
public final class Dd implements Command {
  private static final int LARGEST_BLOCK = 256 << 20;
  private static final Options OPTIONS =
      Options.of("dd")
          .usage("[OPERAND]...\nOPTION")
          .about(
              "Copy a file, converting and formatting according to the operands.\n\n"
                  + "  bs=BYTES        read and write up to BYTES bytes at a time (default: 512);\n"
                  + "                  overrides ibs and obs\n"
                  + "  cbs=BYTES       convert BYTES bytes at a time\n"
                  + "  conv=CONVS      convert the file as per the comma separated symbol list\n"
                  + "  count=N         copy only N input blocks\n"
                  + "  ibs=BYTES       read up to BYTES bytes at a time (default: 512)\n"
                  + "  if=FILE         read from FILE instead of stdin\n"
                  + "  iflag=FLAGS     read as per the comma separated symbol list\n"
                  + "  obs=BYTES       write BYTES bytes at a time (default: 512)\n"
                  + "  of=FILE         write to FILE instead of stdout\n"
                  + "  oflag=FLAGS     write as per the comma separated symbol list\n"
                  + "  seek=N          (or oseek=N) skip N obs-sized output blocks\n"
                  + "  skip=N          (or iseek=N) skip N ibs-sized input blocks\n"
                  + "  status=LEVEL    'none', 'noxfer' or 'progress'\n\n"
                  + "CONVs: block unblock lcase ucase sparse swab sync excl nocreat notrunc"
                  + " noerror\n"
                  + "fdatasync fsync.  FLAGs: append directory dsync sync fullblock nonblock"
                  + " noatime\n"
                  + "nocache noctty nofollow count_bytes skip_bytes seek_bytes.");
  private static final List<String> CONVERSIONS =
      List.of(
          "block",
          "unblock",
          "lcase",
          "ucase",
          "sparse",
          "swab",
          "sync",
          "excl",
          "nocreat",
          "notrunc",
          "noerror",
          "fdatasync",
          "fsync");
  private static final List<String> FLAGS =
      List.of(
          "append",
          "directory",
          "dsync",
          "sync",
          "fullblock",
          "nonblock",
          "noatime",
          "nocache",
          "noctty",
          "nofollow",
          "count_bytes",
          "skip_bytes",
          "seek_bytes");

  @Override
  public int run(Invocation in) {
    return new Copy(in, OPTIONS.parse(in).operands()).run();
  }

  /** One copy: its operands, what it has counted and the block being filled. */
  private static final class Copy {
    private final Invocation in;
    private final long from = Sched.get().nanoTime();
    private String input;
    private String output;
    private int ibs = 512;
    private int obs = 512;
    private int cbs;
    private boolean oneSize; // bs=: a short block read is a short block written
    private long count = -1;
    private boolean countBytes;
    private long skip;
    private boolean skipBytes;
    private long seek;
    private boolean seekBytes;
    private List<String> conversions = new ArrayList<>();
    private List<String> inputFlags = new ArrayList<>();
    private List<String> outputFlags = new ArrayList<>();
    private String status = "";
    private OpenFile source;
    private OpenFile target;
    private final ByteBuilder pending = new ByteBuilder();
    private long fullIn;
    private long partialIn;
    private long fullOut;
    private long partialOut;
    private long truncated;
    private long copied;
    private int column; // of the record being blocked or unblocked
    private int spaces; // held back by unblock
    private boolean progress;
    private long shownSeconds;
    private int shownLength;
    private boolean syncEach; // oflag=sync or dsync
    private int odd = -1; // a byte swab has no partner for

    Copy(Invocation in, List<String> operands) {
      this.in = in;
      for (String operand : operands) {
        operand(operand);
      }
      int both = 0;
      for (String c : List.of("block", "unblock")) {
        both += conversions.contains(c) ? 1 : 0;
      }
      if (both > 1) {
        throw in.fail(1, "cannot combine block and unblock");
      }
      if (conversions.contains("lcase") && conversions.contains("ucase")) {
        throw in.fail(1, "cannot combine lcase and ucase");
      }
      if (conversions.contains("excl") && conversions.contains("nocreat")) {
        throw in.fail(1, "cannot combine excl and nocreat");
      }
      if (cbs == 0) {
        conversions.remove("block");
        conversions.remove("unblock");
      }
      progress = status.equals("progress");
      syncEach = outputFlags.contains("sync") || outputFlags.contains("dsync");
      countBytes |= inputFlags.contains("count_bytes");
      skipBytes |= inputFlags.contains("skip_bytes");
      seekBytes |= outputFlags.contains("seek_bytes");
      for (String c : List.of("block", "unblock", "lcase", "ucase", "swab")) {
        oneSize &= !conversions.contains(c);
      }
    }

    private void operand(String operand) {
      int eq = operand.indexOf('=');
      String name = eq < 0 ? operand : operand.substring(0, eq);
      String value = operand.substring(eq + 1);
      switch (eq < 0 ? "" : name) {
        case "if" -> input = value;
        case "of" -> output = value;
        case "conv" -> list(value, CONVERSIONS, "conversion", conversions);
        case "iflag" -> list(value, FLAGS, "input flag", inputFlags);
        case "oflag" -> list(value, FLAGS, "output flag", outputFlags);
        case "status" -> {
          if (!List.of("none", "noxfer", "progress").contains(value)) {
            throw OPTIONS.usageError(in, "invalid status level: " + Quoting.locale(value));
          }
          status = value;
        }
        case "bs" -> {
          ibs = obs = block(value);
          oneSize = true;
        }
        case "ibs" -> ibs = block(value);
        case "obs" -> obs = block(value);
        case "cbs" -> cbs = block(value);
        case "count" -> {
          count = number(value);
          countBytes = value.endsWith("B") && bytes(value);
        }
        case "skip", "iseek" -> {
          skip = number(value);
          skipBytes = bytes(value);
        }
        case "seek", "oseek" -> {
          seek = number(value);
          seekBytes = bytes(value);
        }
        default -> throw OPTIONS.usageError(in, "unrecognized operand " + Quoting.locale(operand));
      }
    }

    /** A count that ends in B alone, not in kB or KiB, is one of bytes. */
    private static boolean bytes(String v) {
      int n = v.length();
      return n > 1
          && v.charAt(n - 1) == 'B'
          && (Character.isDigit(v.charAt(n - 2)) || v.charAt(n - 2) == 'c');
    }

    private void list(String value, List<String> known, String kind, List<String> into) {
      for (String s : value.split(",", -1)) {
        if (!known.contains(s)) {
          throw OPTIONS.usageError(in, "invalid " + kind + ": " + Quoting.locale(s));
        }
        into.add(s);
      }
    }

    private int block(String v) {
      long n = number(v);
      if (n == 0) {
        throw in.fail(1, "invalid number: " + Quoting.locale(v));
      }
      if (n > LARGEST_BLOCK) {
        throw in.fail(
            1, "memory exhausted by input buffer of size " + n + " bytes (" + human(n, 1024) + ")");
      }
      return (int) n;
    }

    private long number(String v) {
      long product = 1;
      String rest = v;
      int at = 0;
      while (true) {
        int x = v.indexOf('x', at);
        if (x == at + 1 && v.charAt(at) == '0') {
          x = -1; // 0x…, which is 0 times what follows, is refused below
        }
        rest = x < 0 ? v.substring(at) : v.substring(at, x);
        String plain = bytes(rest) ? rest.substring(0, rest.length() - 1) : rest;
        long n =
            plain.isEmpty() || !Character.isDigit(plain.charAt(0))
                ? -1
                : SizeText.parse(plain, SizeText.USUAL);
        if (n < 0 || n > 0 && product > Long.MAX_VALUE / n) {
          String why =
              n == SizeText.OVERFLOW || n > 0 ? ": Value too large for defined data type" : "";
          throw in.fail(1, "invalid number: " + Quoting.locale(v) + why);
        }
        product *= n;
        if (x < 0) {
          return product;
        }
        at = x + 1;
      }
    }

    int run() {
      open();
      int failed = 0;
      try {
        failed = skip() | copy();
        if (conversions.contains("fsync") || conversions.contains("fdatasync")) {
          target.sync();
        }
      } finally {
        source.release();
        target.release();
        if (!status.equals("none")) {
          statistics();
        }
      }
      return failed;
    }

    private void open() {
      try {
        int flags =
            OpenFlags.READ
                | (inputFlags.contains("directory") ? OpenFlags.DIRECTORY : 0)
                | (inputFlags.contains("nofollow") ? OpenFlags.NO_FOLLOW : 0);
        source =
            input == null
                ? in.files().descriptors().need(0).retain()
                : in.files().open(input, flags, 0);
      } catch (VfsException e) {
        throw in.fail(
            1,
            "failed to open "
                + Quoting.always(input == null ? "standard input" : input)
                + ": "
                + e.reason());
      }
      try {
        if (output == null) {
          target = in.files().descriptors().need(1).retain();
        } else {
          int flags =
              OpenFlags.WRITE
                  | (conversions.contains("nocreat") ? 0 : OpenFlags.CREATE)
                  | (conversions.contains("excl") ? OpenFlags.EXCLUSIVE : 0);
          flags |= outputFlags.contains("append") ? OpenFlags.APPEND : 0;
          flags |= outputFlags.contains("nofollow") ? OpenFlags.NO_FOLLOW : 0;
          boolean cut = !conversions.contains("notrunc");
          if (outputFlags.contains("directory")) {
            throw new VfsException(Errno.EINVAL, output); // as open(2) says of O_CREAT with it
          }
          refuseNonblock(output, outputFlags);
          target =
              in.files().open(output, flags | (cut && seek == 0 ? OpenFlags.TRUNCATE : 0), 0666);
          if (cut && seek > 0 && target.seekable()) {
            target.truncate(seekBytes ? seek : seek * obs);
          }
        }
      } catch (VfsException e) {
        source.release();
        throw in.fail(1, "failed to open " + Quoting.always(output) + ": " + e.reason());
      }
    }

    /** Files and directories never block; reads of what does always wait here. */
    private void refuseNonblock(String path, List<String> flags) {
      if (!flags.contains("nonblock")) {
        return;
      }
      FileType type;
      try {
        type = in.files().stat(path).type();
      } catch (VfsException e) {
        return; // opening it says why
      }
      if (type != FileType.FILE && type != FileType.DIRECTORY) {
        throw in.fail(
            1, "failed to open " + Quoting.always(path) + ": nonblock is not supported on it");
      }
    }

    private int skip() {
      long bytes = skipBytes ? skip : skip * ibs;
      if (bytes > 0) {
        String name = input == null ? "standard input" : input;
        if (source.seekable()) {
          long size = source.stat().size();
          long at = source.seek(bytes, 1);
          if (size >= 0 && at > size) {
            in.error(
                Quoting.ifNeeded(name).equals(name) && input != null
                    ? name + ": cannot skip to specified offset"
                    : Quoting.always(name) + ": cannot skip to specified offset");
          }
        } else {
          byte[] b = new byte[(int) Math.min(bytes, 65536)];
          while (bytes > 0) {
            int k = source.read(b, 0, (int) Math.min(b.length, bytes));
            if (k <= 0) {
              in.error(Quoting.always(name) + ": cannot skip to specified offset");
              break;
            }
            bytes -= k;
          }
        }
      }
      long ahead = seekBytes ? seek : seek * obs;
      if (ahead > 0) {
        if (target.seekable()) {
          target.seek(ahead, 1);
        } else {
          byte[] zeros = new byte[(int) Math.min(ahead, 65536)];
          for (long left = ahead; left > 0; left -= zeros.length) {
            target.write(zeros, 0, (int) Math.min(left, zeros.length));
          }
        }
      }
      return 0;
    }

    private int copy() {
      byte[] block = new byte[ibs];
      boolean whole = inputFlags.contains("fullblock");
      boolean sync = conversions.contains("sync");
      byte padding =
          (byte) (conversions.contains("block") || conversions.contains("unblock") ? ' ' : 0);
      long left = count < 0 ? Long.MAX_VALUE : count;
      int failed = 0;
      while (left > 0) {
        Sched.checkpoint();
        int want = countBytes ? (int) Math.min(ibs, left) : ibs;
        int n = 0;
        try {
          do {
            int k = source.read(block, n, want - n);
            if (k <= 0) {
              break;
            }
            n += k;
          } while (whole && n < want);
        } catch (VfsException e) {
          in.error(
              "error reading "
                  + Quoting.always(input == null ? "standard input" : input)
                  + ": "
                  + e.reason());
          failed = 1;
          break; // a service that failed once gives nothing behind the failure either
        }
        if (n == 0) {
          break;
        }
        left -= countBytes ? n : 1;
        if (n == ibs) {
          fullIn++;
        } else {
          partialIn++;
          if (sync) {
            java.util.Arrays.fill(block, n, ibs, padding);
            n = ibs;
          }
        }
        if (oneSize) {
          write(block, n);
        } else {
          convert(block, n);
        }
      }
      finish();
      return failed;
    }

    private void convert(byte[] b, int n) {
      boolean upper = conversions.contains("ucase");
      boolean lower = conversions.contains("lcase");
      boolean swab = conversions.contains("swab");
      for (int i = 0; i < n; i++) {
        byte c = b[i];
        if (upper && c >= 'a' && c <= 'z') {
          c -= 32;
        } else if (lower && c >= 'A' && c <= 'Z') {
          c += 32;
        }
        if (!swab) {
          record(c);
        } else if (odd < 0) {
          odd = c & 255;
        } else {
          record(c);
          record((byte) odd);
          odd = -1;
        }
      }
    }

    private void record(byte c) {
      if (conversions.contains("block")) {
        if (c == '\n') {
          for (int i = column; i < cbs; i++) {
            put((byte) ' ');
          }
          column = 0;
        } else {
          if (column == cbs) {
            truncated++;
          } else if (column < cbs) {
            put(c);
          }
          column++;
        }
      } else if (conversions.contains("unblock")) {
        if (column++ >= cbs) {
          column = 1;
          spaces = 0;
          put((byte) '\n');
        }
        if (c == ' ') {
          spaces++;
        } else {
          for (; spaces > 0; spaces--) {
            put((byte) ' ');
          }
          put(c);
        }
      } else {
        put(c);
      }
    }

    private void put(byte c) {
      pending.append(c);
      if (pending.length() == obs) {
        write(pending.array(), obs);
        pending.clear();
      }
    }

    private void finish() {
      if (odd >= 0) {
        record((byte) odd);
      }
      if (conversions.contains("block") && column > 0) {
        for (int i = column; i < cbs; i++) {
          put((byte) ' ');
        }
      } else if (conversions.contains("unblock") && column > 0) {
        put((byte) '\n');
      }
      if (!pending.isEmpty()) {
        write(pending.array(), pending.length());
      }
      if (conversions.contains("sparse") && output != null && target.seekable()) {
        long end = target.seek(0, 1);
        if (target.stat().size() < end) {
          target.truncate(end);
        }
      }
    }

    private void write(byte[] b, int n) {
      boolean hole = conversions.contains("sparse") && target.seekable();
      for (int i = 0; hole && i < n; i++) {
        hole = b[i] == 0;
      }
      try {
        if (hole) {
          target.seek(n, 1);
        } else {
          target.write(b, 0, n);
        }
        if (syncEach) {
          target.sync();
        }
      } catch (VfsException e) {
        throw in.fail(
            1,
            "error writing "
                + Quoting.always(output == null ? "standard output" : output)
                + ": "
                + e.reason());
      }
      copied += n;
      if (n == obs) {
        fullOut++;
      } else {
        partialOut++;
      }
      if (progress && Sched.get().nanoTime() - from >= (shownSeconds + 1) * 1_000_000_000L) {
        showProgress();
      }
    }

    /** One line, rewritten every second. */
    private void showProgress() {
      double seconds = (Sched.get().nanoTime() - from) / 1e9;
      shownSeconds = (long) seconds;
      String line = amount(seconds, "%.0f");
      Output err = in.stderr();
      err.write("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
      err.flush();
      shownLength = line.length();
    }

    private void statistics() {
      Output err = in.stderr();
      if (shownLength > 0) {
        err.write("\n");
      }
      err.write(
          fullIn
              + "+"
              + partialIn
              + " records in\n"
              + fullOut
              + "+"
              + partialOut
              + " records out\n");
      if (truncated > 0) {
        err.write(truncated + " truncated record" + (truncated == 1 ? "" : "s") + "\n");
      }
      if (!status.equals("noxfer")) {
        err.write(amount(Math.max(1, Sched.get().nanoTime() - from) / 1e9, "%g") + "\n");
      }
      err.flush();
    }

    /** How much was copied, in what time and how fast. */
    private String amount(double seconds, String format) {
      String sizes =
          copied < 1000
              ? ""
              : copied < 1024
                  ? " (" + human(copied, 1000) + ")"
                  : " (" + human(copied, 1000) + ", " + human(copied, 1024) + ")";
      return copied
          + (copied == 1 ? " byte" : " bytes")
          + sizes
          + " copied, "
          + CFormat.format(format, seconds)
          + " s, "
          + human((long) (copied / seconds), 1000)
          + "/s";
    }

    private static String human(long n, int base) {
      if (n < base) {
        return n < 1000 && base == 1000 ? (n == 0 ? "0.0 kB" : n + " B") : n + " B";
      }
      String units = base == 1000 ? "kMGTPE" : "KMGTPE";
      double v = n;
      int u = -1;
      while (v >= base) {
        v /= base;
        u++;
      }
      return (v < 9.95 ? CFormat.format("%.1f", v) : CFormat.format("%.0f", v))
          + " "
          + units.charAt(u)
          + (base == 1024 ? "iB" : "B");
    }
  }
}
