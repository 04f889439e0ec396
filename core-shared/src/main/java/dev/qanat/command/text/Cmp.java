package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.CFormat;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** cmp: where two files differ first. */
public final class Cmp implements Command {
  private static final Options OPTIONS =
      Options.of("cmp")
          .usage("[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]")
          .about("Compare two files byte by byte.")
          .version("GNU diffutils", "3.8")
          .usageStatus(2)
          .flag('b', "print-bytes", "print differing bytes")
          .value('i', "ignore-initial", "SKIP", "skip first SKIP bytes of both inputs")
          .flag('l', "verbose", "output byte numbers and differing byte values")
          .value('n', "bytes", "LIMIT", "compare at most LIMIT bytes")
          .flag('s', "quiet", "suppress all normal output")
          .alias("silent", "quiet");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    List<String> ops = p.operands();
    if (ops.isEmpty()) {
      throw usage(in, "missing operand after '" + in.name() + "'");
    }
    if (p.has("verbose") && p.has("quiet")) {
      throw usage(in, "options -l and -s are incompatible");
    }
    String a = ops.get(0);
    String b = ops.size() > 1 ? ops.get(1) : "-";
    long[] skip = new long[2];
    if (p.has("ignore-initial")) {
      String v = p.value("ignore-initial");
      int colon = v.indexOf(':');
      skip[0] = number(in, "ignore-initial", colon < 0 ? v : v.substring(0, colon), v);
      skip[1] = colon < 0 ? skip[0] : number(in, "ignore-initial", v.substring(colon + 1), v);
    }
    for (int i = 2; i < Math.min(4, ops.size()); i++) {
      skip[i - 2] = number(in, "ignore-initial", ops.get(i), ops.get(i));
    }
    if (ops.size() > 4) {
      throw usage(in, "extra operand '" + ops.get(4) + "'");
    }
    long limit =
        p.has("bytes") ? number(in, "bytes", p.value("bytes"), p.value("bytes")) : Long.MAX_VALUE;
    Input fa = open(in, a);
    if (fa == null) {
      return 2;
    }
    Input fb = open(in, b);
    if (fb == null) {
      fa.close();
      return 2;
    }
    try {
      return compare(in, p, fa, fb, a, b, skip, limit);
    } catch (VfsException e) {
      in.error(a + ": " + e.reason());
      return 2;
    } finally {
      fa.close();
      fb.close();
    }
  }

  /** Unlike coreutils, diffutils put their name before the hint too. */
  private static Command.Exit usage(Invocation in, String message) {
    in.error(message);
    return in.fail(2, "Try '" + in.name() + " --help' for more information.");
  }

  private static Input open(Invocation in, String name) {
    try {
      Input f = name.equals("-") ? in.stdin() : new Input(in.files().open(name), true);
      if (f.file().stat().isDirectory()) {
        in.error(name + ": Is a directory");
        f.close();
        return null;
      }
      return f;
    } catch (VfsException e) {
      in.error(name + ": " + e.reason());
      return null;
    }
  }

  private static long number(Invocation in, String option, String s, String shown) {
    long n = SizeText.parse(s, "EGkKMPTYZ0");
    if (n < 0) {
      throw usage(in, "invalid --" + option + " value '" + shown + "'");
    }
    return n;
  }

  private static int compare(
      Invocation in,
      Options.Parsed p,
      Input fa,
      Input fb,
      String a,
      String b,
      long[] skip,
      long limit) {
    for (long n = skip[0]; n > 0 && fa.read() >= 0; n--) {}
    for (long n = skip[1]; n > 0 && fb.read() >= 0; n--) {}
    long at = 0;
    long line = 1;
    boolean differ = false;
    boolean atLineStart = true;
    Output out = in.stdout();
    boolean quiet = p.has("quiet");
    boolean all = p.has("verbose");
    boolean show = p.has("print-bytes");
    while (at < limit) {
      int x = fa.read();
      int y = fb.read();
      if (x < 0 || y < 0) {
        if (x == y) {
          break;
        }
        if (!quiet) {
          String shorter = x < 0 ? a : b;
          String where =
              at == 0
                  ? " which is empty"
                  : all
                      ? " after byte " + at
                      : atLineStart
                          ? " after byte " + at + ", line " + (line - 1)
                          : " after byte " + at + ", in line " + line;
          in.error("EOF on " + shorter + where);
        }
        return 1;
      }
      at++;
      if (x != y) {
        if (quiet) {
          return 1;
        }
        differ = true;
        if (!all) {
          out.line(
              a
                  + " "
                  + b
                  + " differ: "
                  + (show ? "byte " : "byte ")
                  + at
                  + ", line "
                  + line
                  + (show
                      ? " is " + octal(x) + " " + visible(x) + " " + octal(y) + " " + visible(y)
                      : ""));
          return 1;
        }
        out.line(
            CFormat.format("%*d", width(fa, limit), at)
                + " "
                + octal(x)
                + (show ? " " + CFormat.format("%-4s", visible(x)) : "")
                + " "
                + octal(y)
                + (show ? " " + visible(y) : ""));
      }
      atLineStart = x == '\n';
      line += x == '\n' ? 1 : 0;
    }
    return differ ? 1 : 0;
  }

  private static int width(Input f, long limit) {
    FileStat s = f.file().stat();
    long n = s.isFile() ? Math.min(limit, s.size()) : Long.MAX_VALUE;
    return String.valueOf(Math.max(1, n)).length();
  }

  private static String octal(int c) {
    String s = Integer.toOctalString(c);
    return " ".repeat(3 - s.length()) + s;
  }

  private static String visible(int c) {
    String lead = c >= 128 ? "M-" : "";
    c &= 127;
    return lead + (c < 32 ? "^" + (char) (c + 64) : c == 127 ? "^?" : String.valueOf((char) c));
  }
}
