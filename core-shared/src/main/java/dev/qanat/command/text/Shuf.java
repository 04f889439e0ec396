package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFlags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** shuf: lines in random order. */
public final class Shuf implements Command {
  private static final Options OPTIONS =
      Options.of("shuf")
          .usage("[OPTION]... [FILE]\n-e [OPTION]... [ARG]...\n-i LO-HI [OPTION]...")
          .about(
              "Write a random permutation of the input lines to standard output.\n\n"
                  + "With no FILE, or when FILE is -, read standard input.")
          .flag('e', "echo", "treat each ARG as an input line")
          .value('i', "input-range", "LO-HI", "treat each number LO through HI as an input line")
          .value('n', "head-count", "COUNT", "output at most COUNT lines")
          .value('o', "output", "FILE", "write result to FILE instead of standard output")
          .value((char) 0, "random-source", "FILE", "get random bytes from FILE")
          .flag('r', "repeat", "output lines can be repeated")
          .flag('z', "zero-terminated", "line delimiter is NUL, not newline");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    List<byte[]> lines = new ArrayList<>();
    byte end = (byte) (p.has("zero-terminated") ? 0 : '\n');
    Input input = null;
    boolean ofStream = false;
    if (p.has("echo") && p.has("input-range")) {
      throw OPTIONS.usageError(in, "cannot combine -e and -i options");
    }
    if (p.has("input-range")) {
      String v = p.value("input-range");
      int dash = v.indexOf('-');
      long lo = dash < 0 ? -1 : SizeText.parse(v.substring(0, dash), "");
      long hi = dash < 0 ? -1 : SizeText.parse(v.substring(dash + 1), "");
      if (lo < 0 || hi < 0 || hi - lo > 50_000_000) {
        throw in.fail(1, "invalid input range: " + Quoting.locale(v));
      }
      if (!p.operands().isEmpty()) {
        throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(p.operands().get(0)));
      }
      for (long n = lo; n <= hi; n++) {
        lines.add(Utf8.encode(String.valueOf(n)));
      }
    } else if (p.has("echo")) {
      for (String a : p.operands()) {
        lines.add(Utf8.encode(a));
      }
    } else {
      if (p.operands().size() > 1) {
        throw OPTIONS.usageError(in, "extra operand " + Quoting.locale(p.operands().get(1)));
      }
      Input f = in.open(p.operands().isEmpty() ? "-" : p.operands().get(0));
      if (f == null) {
        return 1;
      }
      ofStream = !f.file().stat().isFile();
      input = f;
    }
    long count = Long.MAX_VALUE;
    if (p.has("head-count")) {
      count = SizeText.parse(p.value("head-count"), "");
      if (count == SizeText.OVERFLOW) {
        count = Long.MAX_VALUE;
      }
      if (count < 0) {
        throw in.fail(1, "invalid line count: " + Quoting.locale(p.value("head-count")));
      }
    }
    RandomChoice random =
        new RandomChoice(in, p.has("random-source") ? p.value("random-source") : null);
    if (input != null) {
      boolean sample = ofStream && p.has("head-count") && !p.has("repeat");
      read(input, end, lines, sample ? count : Long.MAX_VALUE, random);
      input.close();
    }
    Output out =
        p.has("output")
            ? new Output(in.files().open(p.value("output"), OpenFlags.REPLACE, 0666))
            : in.stdout();
    try {
      if (p.has("repeat")) {
        if (lines.isEmpty() && count > 0) {
          throw in.fail(1, "no lines to repeat");
        }
        for (; count > 0; count--) {
          Sched.checkpoint();
          out.write(lines.get((int) random.below(lines.size())));
          out.write(end);
        }
      } else {
        for (int i = 0; i < lines.size() && i < count; i++) {
          int k = i + (int) random.below(lines.size() - i);
          byte[] l = lines.get(k);
          lines.set(k, lines.get(i));
          out.write(l);
          out.write(end);
        }
      }
      out.flush();
    } finally {
      random.close();
      if (p.has("output")) {
        out.file().release();
      }
    }
    return 0;
  }

  /**
   * Reads lines. Of a stream from which few are asked for, only so many are ever kept: each new one
   * takes the place of a random one, or of none.
   */
  private static void read(
      Input input, byte end, List<byte[]> lines, long most, RandomChoice random) {
    long seen = 0;
    while (seen < most && input.nextLine(end)) {
      lines.add(Arrays.copyOfRange(input.data, input.start, input.end));
      seen++;
    }
    while (seen >= most) {
      long place = random.below(seen + 1);
      if (!input.nextLine(end)) {
        return;
      }
      seen++;
      if (place < most) {
        lines.set((int) place, Arrays.copyOfRange(input.data, input.start, input.end));
      }
    }
  }
}
