package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.VfsException;
import java.util.Arrays;

/** base64, base32 and basenc. */
public final class BaseN implements Command {
  private static final String B64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final String B32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final String kind;
  private final Options options;

  /** {@code kind}: base64, base32 or basenc. */
  public BaseN(String kind) {
    this.kind = kind;
    options =
        Options.of(kind)
            .usage("[OPTION]... [FILE]")
            .about(
                kind.equals("basenc")
                    ? "basenc encode or decode FILE, or standard input, to standard output."
                    : "Base"
                        + kind.substring(4)
                        + " encode or decode FILE, or standard input, to standard output.");
    if (kind.equals("basenc")) {
      for (String s :
          new String[] {
            "base64", "base64url", "base32", "base32hex", "base16", "base2msbf", "base2lsbf"
          }) {
        options.flag((char) 0, s, "encode as " + s);
      }
    }
    options
        .flag('d', "decode", "decode data")
        .flag('i', "ignore-garbage", "when decoding, ignore non-alphabet characters")
        .value(
            'w',
            "wrap",
            "COLS",
            "wrap encoded lines after COLS character (default 76).\nUse 0 to disable line wrapping");
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = options.parse(in);
    long wrap = 76;
    if (p.has("wrap")) {
      wrap = SizeText.parse(p.value("wrap"), "");
      if (wrap == SizeText.OVERFLOW) {
        wrap = 0;
      }
      if (wrap < 0) {
        throw in.fail(1, "invalid wrap size: " + Quoting.locale(p.value("wrap")));
      }
    }
    if (p.operands().size() > 1) {
      throw options.usageError(in, "extra operand " + Quoting.locale(p.operands().get(1)));
    }
    String encoding = kind;
    if (kind.equals("basenc")) {
      encoding =
          p.lastOf(
              "base64", "base64url", "base32", "base32hex", "base16", "base2msbf", "base2lsbf");
      if (encoding == null) {
        throw options.usageError(in, "missing encoding type");
      }
    }
    String name = p.operands().isEmpty() ? "-" : p.operands().get(0);
    Input file;
    try {
      file = name.equals("-") ? in.stdin() : new Input(in.files().open(name), true);
    } catch (VfsException e) {
      in.error(Quoting.ifNeededOrColon(name) + ": " + e.reason());
      return 1;
    }
    String alphabet =
        switch (encoding) {
          case "base64" -> B64;
          case "base64url" -> B64.replace("+/", "-_");
          case "base32" -> B32;
          case "base32hex" -> "0123456789ABCDEFGHIJKLMNOPQRSTUV";
          case "base16" -> "0123456789ABCDEF";
          default -> "01";
        };
    int bits =
        alphabet.length() == 64 ? 6 : alphabet.length() == 32 ? 5 : alphabet.length() == 16 ? 4 : 1;
    try {
      if (p.has("decode")) {
        return decode(
            in, file, alphabet, bits, p.has("ignore-garbage"), encoding.equals("base2lsbf"));
      }
      encode(in.stdout(), file, alphabet, bits, wrap, encoding.equals("base2lsbf"));
      return 0;
    } catch (VfsException e) {
      in.error("read error: " + e.reason());
      return 1;
    } finally {
      file.close();
    }
  }

  private static void encode(
      Output out, Input file, String alphabet, int bits, long wrap, boolean low) {
    byte[] letters = Utf8.encode(alphabet);
    int group = bits == 6 ? 4 : bits == 5 ? 8 : 1;
    long column = 0;
    int held = 0;
    int n = 0;
    long written = 0;
    while (file.nextChunk()) {
      for (int i = file.start; i < file.end; i++) {
        int b = file.data[i] & 255;
        if (low) {
          b = Integer.reverse(b) >>> 24;
        }
        held = (held << 8 | b) & 0xffff;
        n += 8;
        while (n >= bits) {
          n -= bits;
          column = put(out, letters[held >> n & (1 << bits) - 1], column, wrap);
          written++;
        }
      }
    }
    if (n > 0) {
      column = put(out, letters[held << bits - n & (1 << bits) - 1], column, wrap);
      written++;
    }
    while (written % group != 0) {
      column = put(out, '=', column, wrap);
      written++;
    }
    if (wrap > 0 && written > 0) {
      out.write('\n');
    }
  }

  private static long put(Output out, int c, long column, long wrap) {
    if (wrap > 0 && column == wrap) {
      out.write('\n');
      column = 0;
    }
    out.write(c);
    return column + 1;
  }

  private static int decode(
      Invocation in, Input file, String alphabet, int bits, boolean garbage, boolean low) {
    int[] value = new int[256];
    Arrays.fill(value, -1);
    for (int i = 0; i < alphabet.length(); i++) {
      value[alphabet.charAt(i)] = i;
    }
    int group = bits == 6 ? 4 : bits == 5 ? 8 : bits == 4 ? 2 : 8;
    Output out = in.stdout();
    int held = 0;
    int n = 0;
    int inGroup = 0;
    int pads = 0;
    boolean bad = false;
    reading:
    while (file.nextChunk()) {
      for (int i = file.start; i < file.end; i++) {
        int c = file.data[i] & 255;
        if (c == '=' && bits > 4) {
          int legal =
              bits == 6
                  ? (inGroup == 2 ? 2 : inGroup == 3 ? 1 : 0)
                  : switch (inGroup) {
                    case 2 -> 6;
                    case 4 -> 4;
                    case 5 -> 3;
                    case 7 -> 1;
                    default -> 0;
                  };
          if (legal == 0 || pads >= legal || (held & (1 << n) - 1) != 0) {
            bad = true;
            break reading;
          }
          if (++pads == legal) {
            inGroup = 0;
            pads = 0;
            n = 0;
            held = 0;
          }
          continue;
        }
        int v = value[c];
        if (v < 0) {
          if (c == '\n' || garbage) {
            continue;
          }
          bad = true;
          break reading;
        }
        if (pads > 0) {
          bad = true;
          break reading;
        }
        held = (held << bits | v) & 0xffff;
        n += bits;
        inGroup = (inGroup + 1) % group;
        if (n >= 8) {
          n -= 8;
          int b = held >> n & 255;
          out.write(low ? Integer.reverse(b) >>> 24 : b);
        }
      }
    }
    if (bad || inGroup != 0 || pads != 0) {
      out.flush();
      in.error("invalid input");
      return 1;
    }
    return 0;
  }
}
