package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.OpenFlags;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** xxd: bytes as hexadecimal or binary digits, and back. */
public final class Xxd implements Command {
  private static final String USAGE =
      """
      Usage:
             xxd [options] [infile [outfile]]
          or
             xxd -r [-s [-]offset] [-c cols] [-ps] [infile [outfile]]
      Options:
          -a          toggle autoskip: A single '*' replaces nul-lines. Default off.
          -b          binary digit dump (incompatible with -ps,-i,-r). Default hex.
          -C          capitalize variable names in C include file style (-i).
          -c cols     format <cols> octets per line. Default 16 (-i: 12, -ps: 30).
          -e          little-endian dump (incompatible with -ps,-i,-r).
          -g bytes    number of octets per group in normal output. Default 2 (-e: 4).
          -h          print this summary.
          -i          output in C include file style.
          -l len      stop after <len> octets.
          -n name     set the variable name used in C include output (-i).
          -o off      add <off> to the displayed file position.
          -ps         output in postscript plain hexdump style.
          -r          reverse operation: convert (or patch) hexdump into binary.
          -r -s off   revert with <off> added to file positions found in hexdump.
          -d          show offset in decimal instead of hex.
          -s [+][-]seek  start at <seek> bytes abs. (or +: rel.) infile offset.
          -u          use upper case hex letters.
          -v          show version.
      """;

  private enum Form {
    HEX,
    PLAIN,
    BITS,
    LITTLE,
    INCLUDE
  }

  @Override
  public int run(Invocation in) {
    return new Dump(in).run();
  }

  /** One run. */
  private static final class Dump {
    private final Invocation in;
    private Form form = Form.HEX;
    private boolean skipNuls;
    private boolean capital;
    private boolean reverse;
    private boolean decimal;
    private boolean upper;
    private int columns = -1;
    private int group = -1;
    private long limit = Long.MAX_VALUE;
    private long seek;
    private boolean relative;
    private boolean fromEnd;
    private long shift;
    private String name;

    Dump(Invocation in) {
      this.in = in;
    }

    int run() {
      List<String> args = in.args();
      int i = 0;
      for (; i < args.size(); i++) {
        String a = args.get(i);
        if (a.equals("--")) {
          i++;
          break;
        }
        if (a.length() < 2 || a.charAt(0) != '-') {
          break;
        }
        String option = a.startsWith("--") ? a.substring(1) : a;
        char c = option.charAt(1);
        switch (option.equals("-ps") || option.startsWith("-post") || option.startsWith("-plain")
            ? 'p'
            : option.equals("-seek") ? 's' : option.startsWith("-cap") ? 'C' : c) {
          case 'a' -> skipNuls = !skipNuls;
          case 'b' -> form = Form.BITS;
          case 'C' -> capital = true;
          case 'e' -> form = Form.LITTLE;
          case 'd' -> decimal = true;
          case 'i' -> form = Form.INCLUDE;
          case 'p' -> form = Form.PLAIN;
          case 'r' -> reverse = true;
          case 'u' -> upper = true;
          case 'v' -> {
            in.stderr().write("xxd 2022-01-14, as of Qanat\n");
            return 0;
          }
          case 'c', 'g', 'l', 'n', 'o', 's' -> {
            boolean word =
                option.length() > 2
                    && List.of(
                            "-cols",
                            "-group",
                            "-groupsize",
                            "-len",
                            "-offset",
                            "-name",
                            "-seek",
                            "-skip")
                        .contains(option);
            String value =
                option.length() > 2 && !word
                    ? option.substring(2)
                    : i + 1 < args.size() ? args.get(++i) : null;
            if (value == null) {
              return usage();
            }
            take(c, value);
          }
          default -> {
            return usage();
          }
        }
      }
      List<String> operands = args.subList(i, args.size());
      if (operands.size() > 2) {
        return usage();
      }
      return work(operands);
    }

    private int usage() {
      in.stderr().write(USAGE);
      return 1;
    }

    private void take(char option, String value) {
      switch (option) {
        case 'c' -> columns = (int) number(value);
        case 'g' -> group = (int) number(value);
        case 'l' -> limit = number(value);
        case 'o' -> shift = number(value);
        case 'n' -> name = value;
        default -> {
          String v = value;
          relative = v.startsWith("+");
          v = relative ? v.substring(1) : v;
          fromEnd = v.startsWith("-");
          seek = number(fromEnd ? v.substring(1) : v);
        }
      }
    }

    /** As strtol(3) with base 0 reads it: what follows the digits does not count. */
    private static long number(String s) {
      boolean minus = s.startsWith("-");
      int i = minus || s.startsWith("+") ? 1 : 0;
      int base = 10;
      if (s.startsWith("0x", i) || s.startsWith("0X", i)) {
        base = 16;
        i += 2;
      } else if (s.startsWith("0", i)) {
        base = 8;
      }
      long v = 0;
      for (; i < s.length() && Character.digit(s.charAt(i), base) >= 0 && v < 1L << 56; i++) {
        v = v * base + Character.digit(s.charAt(i), base);
      }
      return minus ? -v : v;
    }

    private int work(List<String> operands) {
      String from = operands.isEmpty() ? "-" : operands.get(0);
      Input input = null;
      try {
        input = from.equals("-") ? in.stdin() : new Input(in.files().open(from), true);
      } catch (VfsException e) {
        in.error(from + ": " + e.reason());
        return 2;
      }
      String to = operands.size() < 2 ? "-" : operands.get(1);
      OpenFile file = null;
      if (!to.equals("-")) {
        try {
          file =
              in.files()
                  .open(
                      to,
                      OpenFlags.WRITE | OpenFlags.CREATE | (reverse ? 0 : OpenFlags.TRUNCATE),
                      0666);
        } catch (VfsException e) {
          in.error(to + ": " + e.reason());
          return 3;
        }
      }
      Output out = file == null ? in.stdout() : new Output(file);
      int status = 0;
      if (reverse) {
        status = reverse(input, out);
      } else if (!position(input, from)) {
        in.error("sorry cannot seek.");
        status = 4;
      } else {
        dump(input, out, name != null ? name : from.equals("-") ? null : from);
      }
      out.flush();
      if (file != null) {
        file.release();
      }
      input.close();
      return status;
    }

    private boolean position(Input input, String from) {
      long want = seek;
      if (fromEnd) {
        if (!input.file().seekable()) {
          return false;
        }
        want = input.file().stat().size() - seek;
        if (want < 0) {
          return false;
        }
        seek = want;
      }
      for (long k = 0; k < want; k++) {
        if (input.read() < 0) {
          if (!from.equals("-") || !fromEnd) {
            break;
          }
          return false;
        }
      }
      return true;
    }

    private void dump(Input input, Output out, String variable) {
      int perLine =
          columns > 0
              ? columns
              : switch (form) {
                case INCLUDE -> 12;
                case PLAIN -> 30;
                case BITS -> 6;
                default -> 16;
              };
      if (form == Form.PLAIN && columns == 0) {
        perLine = Integer.MAX_VALUE;
      }
      int size = group >= 0 ? group : form == Form.BITS ? 1 : form == Form.LITTLE ? 4 : 2;
      size = size == 0 || size > perLine ? perLine : size;
      if (form == Form.INCLUDE) {
        include(input, out, variable, perLine);
        return;
      }
      if (form == Form.PLAIN) {
        plain(input, out, perLine);
        return;
      }
      byte[] line = new byte[perLine];
      long at = seek;
      int nuls = 0;
      byte[] held = null;
      long heldAt = 0;
      while (limit > 0) {
        int n = 0;
        while (n < perLine && n < limit) {
          int k = input.read(line, n, (int) Math.min(perLine - n, limit - n));
          if (k <= 0) {
            break;
          }
          n += k;
        }
        Sched.checkpoint();
        if (n == 0) {
          break;
        }
        limit -= n;
        boolean nul = skipNuls && n == perLine;
        for (int i = 0; nul && i < n; i++) {
          nul = line[i] == 0;
        }
        if (nul && ++nuls > 1) {
          held = line.clone();
          heldAt = at;
          if (nuls == 3) {
            out.write("*\n");
          }
        } else {
          if (!nul) {
            if (nuls == 2) {
              row(out, held, perLine, perLine, size, heldAt);
            }
            nuls = 0;
          }
          row(out, line, n, perLine, size, at);
        }
        at += n;
      }
      if (nuls > 1) {
        row(out, held, perLine, perLine, size, heldAt);
      }
    }

    private void row(Output out, byte[] line, int n, int perLine, int size, long at) {
      StringBuilder s = new StringBuilder();
      s.append(CFormat.format(decimal ? "%08d" : "%08x", at + shift)).append(": ");
      int digits = form == Form.BITS ? 8 : 2;
      int width = (int) (((long) (digits * size + 1) * perLine - 1) / size);
      int from = s.length();
      for (int i = 0; i < perLine; i++) {
        if (i > 0 && i % size == 0) {
          s.append(' ');
        }
        if (form == Form.LITTLE) {
          int k = i / size * size + size - 1 - i % size;
          s.append(k < n ? hex(line[k]) : "  ");
        } else if (i >= n) {
          break;
        } else if (form == Form.BITS) {
          for (int bit = 7; bit >= 0; bit--) {
            s.append((line[i] >> bit & 1) == 1 ? '1' : '0');
          }
        } else {
          s.append(hex(line[i]));
        }
      }
      while (s.length() < from + width + 2) {
        s.append(' ');
      }
      out.write(s.toString());
      for (int i = 0; i < n; i++) {
        out.write(line[i] >= 32 && line[i] < 127 ? line[i] : '.');
      }
      out.write('\n');
    }

    private String hex(byte b) {
      String s =
          String.valueOf(Character.forDigit(b >> 4 & 15, 16)) + Character.forDigit(b & 15, 16);
      return upper ? s.toUpperCase() : s;
    }

    private void plain(Input input, Output out, int perLine) {
      int n = 0;
      for (int c; limit > 0 && (c = input.read()) >= 0; limit--) {
        out.write(hex((byte) c));
        if (++n == perLine) {
          out.write('\n');
          n = 0;
        }
      }
      if (n > 0) {
        out.write('\n');
      }
    }

    private void include(Input input, Output out, String file, int perLine) {
      StringBuilder variable = new StringBuilder();
      if (file != null) {
        if (Character.isDigit(file.charAt(0))) {
          variable.append("__");
        }
        for (int i = 0; i < file.length(); i++) {
          char c = file.charAt(i);
          boolean word = c < 128 && Character.isLetterOrDigit(c);
          variable.append(!word ? '_' : capital ? Character.toUpperCase(c) : c);
        }
        out.write("unsigned char " + variable + "[] = {\n");
      }
      long n = 0;
      for (int c; n < limit && (c = input.read()) >= 0; n++) {
        String lead = n == 0 ? "  " : n % perLine == 0 ? ",\n  " : ", ";
        out.write(lead + (upper ? "0X" : "0x") + hex((byte) c));
      }
      out.write(n > 0 ? "\n" : "");
      if (file != null) {
        out.write("};\nunsigned int " + variable + (capital ? "_LEN = " : "_len = ") + n + ";\n");
      }
    }

    private int reverse(Input input, Output out) {
      long at = 0;
      int perLine = columns > 0 ? columns : 16;
      ByteBuilder bytes = new ByteBuilder();
      while (input.nextLine()) {
        Sched.checkpoint();
        byte[] d = input.data;
        int i = input.start;
        int end = input.end;
        bytes.clear();
        if (form == Form.PLAIN) {
          int high = -1;
          for (; i < end; i++) {
            int h = d[i] < 0 ? -1 : Escapes.hex((char) d[i]);
            if (h < 0) {
              high = -1;
            } else if (high < 0) {
              high = h;
            } else {
              bytes.append(high << 4 | h);
              high = -1;
            }
          }
          out.write(bytes.array(), 0, bytes.length());
          continue;
        }
        long address = 0;
        int digits = i;
        while (i < end && d[i] > 0 && Escapes.hex((char) d[i]) >= 0) {
          address = address << 4 | Escapes.hex((char) d[i++]);
        }
        if (i == digits || i >= end || d[i] != ':') {
          continue;
        }
        i++;
        int blanks = 0;
        while (i + 1 < end && bytes.length() < perLine) {
          if (d[i] == ' ') {
            if (++blanks > 1 && bytes.length() > 0) {
              break; // the text column
            }
            i++;
            continue;
          }
          blanks = 0;
          int h = d[i] < 0 ? -1 : Escapes.hex((char) d[i]);
          int l = d[i + 1] < 0 ? -1 : Escapes.hex((char) d[i + 1]);
          if (h < 0 || l < 0) {
            break;
          }
          bytes.append(h << 4 | l);
          i += 2;
        }
        address += seek;
        if (address != at) {
          out.flush();
          if (out.file().seekable()) {
            out.file().seek(address, 0);
          } else if (address < at) {
            in.error("sorry, cannot seek backwards.");
            return 5;
          } else {
            for (; at < address; at++) {
              out.write(0);
            }
          }
          at = address;
        }
        out.write(bytes.array(), 0, bytes.length());
        at += bytes.length();
      }
      return 0;
    }
  }
}
