package dev.qanat.command.text;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.DoubleReader;
import dev.qanat.text.LongDouble;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.VfsException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** od: bytes shown as numbers and characters. */
public final class Od implements Command {
  private static final Options OPTIONS =
      Options.of("od")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Write an unambiguous representation, octal bytes by default,\n"
                  + "of FILE to standard output.")
          .value(
              'A',
              "address-radix",
              "RADIX",
              "output format for file offsets; RADIX is one\n"
                  + "of [doxn], for Decimal, Octal, Hex or None")
          .value(
              (char) 0, "endian", "{big|little}", "swap input bytes according the specified order")
          .value('j', "skip-bytes", "BYTES", "skip BYTES input bytes first")
          .value('N', "read-bytes", "BYTES", "limit dump to BYTES input bytes")
          .value('S', null, "BYTES", "output strings of at least BYTES graphic chars")
          .optional((char) 0, "strings", "BYTES", "likewise, 3 being implied")
          .value('t', "format", "TYPE", "select output format or formats")
          .flag('v', "output-duplicates", "do not use * to mark line suppression")
          .optional('w', "width", "BYTES", "output BYTES bytes per output line")
          .flag((char) 0, "traditional", "accept arguments in third form above")
          .flag('a', null, "same as -t a,  select named characters, ignoring high-order bit")
          .flag('b', null, "same as -t o1, select octal bytes")
          .flag('c', null, "same as -t c,  select printable characters or backslash escapes")
          .flag('d', null, "same as -t u2, select unsigned decimal 2-byte units")
          .flag('D', null, "same as -t u4")
          .flag('e', null, "same as -t f8")
          .flag('f', null, "same as -t fF, select floats")
          .flag('F', null, "same as -t fD")
          .flag('h', null, "same as -t x2")
          .flag('i', null, "same as -t dI, select decimal ints")
          .flag('I', null, "same as -t d8")
          .flag('l', null, "same as -t dL, select decimal longs")
          .flag('L', null, "same as -t d8")
          .flag('o', null, "same as -t o2, select octal 2-byte units")
          .flag('s', null, "same as -t d2, select decimal 2-byte units")
          .flag('x', null, "same as -t x2, select hexadecimal 2-byte units")
          .flag('X', null, "same as -t x4")
          .flag('H', null, "same as -t x4")
          .flag('O', null, "same as -t o4")
          .flag('B', null, "same as -t o2");

  private static final String[] NAMES = {
    "nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "nl", "vt", "ff", "cr",
    "so", "si", "dle", "dc1", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em", "sub", "esc",
    "fs", "gs", "rs", "us", "sp"
  };

  /** One way to show a line: {@code kind} of a c d u o x f, bytes a unit, columns a field. */
  private static final class Form {
    final char kind;
    final int size;
    final int digits;
    final boolean text;
    int width; // with the space in front
    int pad;

    Form(char kind, int size, int digits, boolean text) {
      this.kind = kind;
      this.size = size;
      this.digits = digits;
      this.text = text;
    }
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    List<Form> forms = new ArrayList<>();
    for (Options.Given g : p.options()) {
      String t =
          switch (g.id()) {
            case "format" -> g.value();
            case "a", "c" -> g.id();
            case "b" -> "o1";
            case "d" -> "u2";
            case "D" -> "u4";
            case "e", "F" -> "fD";
            case "f" -> "fF";
            case "h", "x" -> "x2";
            case "i" -> "dI";
            case "I", "l", "L" -> "d8";
            case "o", "B" -> "o2";
            case "s" -> "d2";
            case "X", "H" -> "x4";
            case "O" -> "o4";
            default -> null;
          };
      if (t != null) {
        forms(in, t, forms);
      }
    }
    if (forms.isEmpty()) {
      forms(in, "o2", forms);
    }
    char radix = 'o';
    if (p.has("address-radix")) {
      String r = p.value("address-radix");
      radix = r.isEmpty() ? '?' : r.charAt(0);
      if ("doxn".indexOf(radix) < 0) {
        throw in.fail(
            1,
            "invalid output address radix '" + radix + "'; it must be one character from [doxn]");
      }
    }
    boolean big =
        p.has("endian")
            && Choice.of(in, OPTIONS, "--endian", p.value("endian"), "little", "big").equals("big");
    long skip = p.has("skip-bytes") ? size(in, "-j", p.value("skip-bytes")) : 0;
    long limit = p.has("read-bytes") ? size(in, "-N", p.value("read-bytes")) : Long.MAX_VALUE;
    List<String> names = p.operands();
    if (names.size() > 0 && !p.has("format") && !p.has("skip-bytes") && names.size() <= 2) {
      String last = names.get(names.size() - 1);
      if (last.startsWith("+")
          || names.size() == 2
              && !last.isEmpty()
              && Character.isDigit(last.charAt(0))
              && p.has("traditional")) {
        long o = offset(last);
        if (o >= 0) {
          skip = o;
          names = names.subList(0, names.size() - 1);
        }
      }
    }
    int lcm = 1;
    for (Form f : forms) {
      lcm = lcm % f.size == 0 ? lcm : Math.max(lcm, f.size);
    }
    long width = lcm * Math.max(1, 16 / lcm);
    if (p.has("width")) {
      if (p.value("width") == null) {
        width = 32;
      } else {
        long w = size(in, "-w", p.value("width"));
        if (w == 0 || w % lcm != 0) {
          in.error("warning: invalid width " + w + "; using " + lcm + " instead");
          w = lcm;
        }
        width = w;
      }
    }
    Bytes bytes = new Bytes(in, names.isEmpty() ? List.of("-") : names);
    try {
      if (!bytes.open()) {
        return bytes.status; // not one of the files
      }
      if (!bytes.skip(skip)) {
        throw in.fail(1, "cannot skip past end of combined input");
      }
      String strings = p.lastOf("S", "strings");
      if (strings != null) {
        long least = p.value(strings) == null ? 3 : size(in, "-S", p.value(strings));
        strings(in.stdout(), bytes, radix, skip, limit, least);
      } else {
        layout(forms, (int) width);
        dump(
            in.stdout(),
            bytes,
            forms,
            (int) width,
            radix,
            skip,
            limit,
            p.has("output-duplicates"),
            big);
      }
    } finally {
      bytes.close();
    }
    return bytes.status;
  }

  private static long offset(String s) {
    String t = s.startsWith("+") ? s.substring(1) : s;
    int base = t.startsWith("0x") || t.startsWith("x") ? 16 : t.endsWith(".") ? 10 : 8;
    t = t.startsWith("0x") ? t.substring(2) : t.startsWith("x") ? t.substring(1) : t;
    t = t.endsWith(".") ? t.substring(0, t.length() - 1) : t;
    int factor = 1;
    if (t.endsWith("b") && base != 16) {
      factor = 512;
      t = t.substring(0, t.length() - 1);
    }
    long v = 0;
    for (int i = 0; i < t.length(); i++) {
      int d = t.charAt(i) < 128 ? Escapes.hex(t.charAt(i)) : -1;
      if (d < 0 || d >= base) {
        return -1;
      }
      v = v * base + d;
    }
    return t.isEmpty() ? -1 : v * factor;
  }

  private static long size(Invocation in, String option, String s) {
    long n;
    if (s.startsWith("0x") || s.startsWith("0X")) {
      n = s.length() > 2 ? 0 : -1;
      for (int i = 2; i < s.length(); i++) {
        int d = s.charAt(i) < 128 ? Escapes.hex(s.charAt(i)) : -1;
        n = d < 0 ? -1 : n * 16 + d;
        if (n < 0) {
          break;
        }
      }
    } else if (s.length() > 1 && s.charAt(0) == '0' && Character.isDigit(s.charAt(1))) {
      n = offset(s);
    } else {
      n = SizeText.parse(s, SizeText.USUAL.replace("c", "").replace("w", ""));
    }
    if (n < 0) {
      throw in.fail(
          1,
          (n == SizeText.BAD_SUFFIX
                  ? "invalid suffix in " + option + " argument "
                  : "invalid " + option + " argument ")
              + Quoting.always(s));
    }
    return n;
  }

  private static void forms(Invocation in, String t, List<Form> out) {
    int i = 0;
    while (i < t.length()) {
      char k = t.charAt(i++);
      int size = 1;
      if ("duox".indexOf(k) >= 0) {
        size = 4;
        if (i < t.length() && "CSIL".indexOf(t.charAt(i)) >= 0) {
          size = new int[] {1, 2, 4, 8}["CSIL".indexOf(t.charAt(i++))];
        } else {
          int b = i;
          long n = 0;
          while (i < t.length() && Character.isDigit(t.charAt(i))) {
            n = Math.min(1 << 20, n * 10 + t.charAt(i++) - '0');
          }
          if (i > b) {
            if (n != 1 && n != 2 && n != 4 && n != 8) {
              in.error(
                  "invalid type string "
                      + Quoting.locale(t)
                      + ";\nthis system doesn't provide a "
                      + n
                      + "-byte integral type");
              throw new Command.Exit(1);
            }
            size = (int) n;
          }
        }
      } else if (k == 'f') {
        size = 8;
        if (i < t.length() && "FDL".indexOf(t.charAt(i)) >= 0) {
          size = new int[] {4, 8, 16}["FDL".indexOf(t.charAt(i++))];
        } else {
          int b = i;
          int n = 0;
          while (i < t.length() && Character.isDigit(t.charAt(i))) {
            n = Math.min(1 << 20, n * 10 + t.charAt(i++) - '0');
          }
          if (i > b) {
            if (n != 4 && n != 8 && n != 16) {
              in.error(
                  "invalid type string "
                      + Quoting.locale(t)
                      + ";\nthis system doesn't provide a "
                      + n
                      + "-byte floating point type");
              throw new Command.Exit(1);
            }
            size = n;
          }
        }
      } else if (k != 'a' && k != 'c') {
        in.error("invalid character '" + k + "' in type string " + Quoting.locale(t));
        throw new Command.Exit(1);
      }
      boolean text = i < t.length() && t.charAt(i) == 'z';
      if (text) {
        i++;
      }
      int digits =
          switch (k) {
            case 'd' -> new int[] {4, 6, 0, 11, 0, 0, 0, 20}[size - 1];
            case 'u' -> new int[] {3, 5, 0, 10, 0, 0, 0, 20}[size - 1];
            case 'o' -> new int[] {3, 6, 0, 11, 0, 0, 0, 22}[size - 1];
            case 'x' -> size * 2;
            case 'f' -> size == 4 ? 15 : size == 8 ? 24 : 29;
            default -> 3;
          };
      out.add(new Form(k, size, digits, text));
    }
  }

  /** All lines get the room the widest needs, spread over their fields. */
  private static void layout(List<Form> forms, int width) {
    int widest = 0;
    for (Form f : forms) {
      widest = Math.max(widest, (f.digits + 1) * (width / f.size));
    }
    for (Form f : forms) {
      f.pad = widest - f.digits * (width / f.size);
    }
  }

  private static void dump(
      Output out,
      Bytes bytes,
      List<Form> forms,
      int width,
      char radix,
      long at,
      long limit,
      boolean all,
      boolean big) {
    byte[] line = new byte[width];
    byte[] before = new byte[width];
    boolean has = false;
    boolean starred = false;
    while (true) {
      int n = bytes.read(line, (int) Math.min(width, limit));
      limit -= n;
      if (n == 0) {
        break;
      }
      if (n == width && has && !all && Arrays.equals(line, before)) {
        if (!starred) {
          out.write("*\n");
          starred = true;
        }
        at += n;
        continue;
      }
      starred = false;
      String address = address(radix, at);
      for (int i = 0; i < forms.size(); i++) {
        out.write(i == 0 ? address : " ".repeat(address.length()));
        row(out, forms.get(i), line, n, width, big);
      }
      at += n;
      System.arraycopy(line, 0, before, 0, width);
      has = n == width;
      if (n < width) {
        break;
      }
    }
    if (radix != 'n') {
      out.write(address(radix, at) + "\n");
    }
  }

  private static String address(char radix, long at) {
    return switch (radix) {
      case 'd' -> CFormat.format("%07d", at);
      case 'x' -> CFormat.format("%06x", at);
      case 'n' -> "";
      default -> CFormat.format("%07o", at);
    };
  }

  private static void row(Output out, Form f, byte[] b, int n, int width, boolean big) {
    int fields = width / f.size;
    int used = (n + f.size - 1) / f.size;
    int remaining = f.pad;
    byte[] unit = new byte[f.size];
    for (int i = 0; i < used; i++) {
      int left = fields - i;
      int next = f.pad * (left - 1) / fields;
      int space = remaining - next;
      remaining = next;
      for (int k = 0; k < f.size; k++) {
        int at = i * f.size + (big ? f.size - 1 - k : k);
        unit[k] = at < n ? b[at] : 0;
      }
      String s = value(f, unit);
      out.write(" ".repeat(Math.max(0, space + f.digits - s.length())));
      out.write(s);
    }
    if (f.text) {
      int blank = (fields - used) * f.digits + remaining;
      out.write(" ".repeat(blank) + "  >");
      for (int i = 0; i < n; i++) {
        out.write(b[i] >= 32 && b[i] < 127 ? b[i] : '.');
      }
      out.write('<');
    }
    out.write('\n');
  }

  private static String value(Form f, byte[] u) {
    long v = 0;
    for (int i = Math.min(8, u.length) - 1; i >= 0; i--) {
      v = v << 8 | u[i] & 255;
    }
    int bits = f.size * 8;
    switch (f.kind) {
      case 'a' -> {
        int c = (int) v & 127;
        return c < 33 ? NAMES[c] : c == 127 ? "del" : String.valueOf((char) c);
      }
      case 'c' -> {
        int c = (int) v;
        int k = "\0\007\b\t\n\013\f\r".indexOf((char) c);
        if (k >= 0) {
          return "\\" + "0abtnvfr".charAt(k);
        }
        return c >= 32 && c < 127 ? String.valueOf((char) c) : CFormat.format("%03o", (long) c);
      }
      case 'd' -> {
        return String.valueOf(bits < 64 ? v << 64 - bits >> 64 - bits : v);
      }
      case 'u' -> {
        return CFormat.format("%u", v);
      }
      case 'o' -> {
        return CFormat.format("%0" + f.digits + "o", v);
      }
      case 'x' -> {
        return CFormat.format("%0" + f.digits + "x", v);
      }
      default -> {
        if (f.size == 4) {
          float x = Float.intBitsToFloat((int) v);
          for (int d = 6; d < 9; d++) {
            String s = CFormat.format("%." + d + "g", (double) x);
            if ((float) DoubleReader.parse(s) == x || Float.isNaN(x) || Float.isInfinite(x)) {
              return s;
            }
          }
          return CFormat.format("%.9g", (double) x);
        }
        if (f.size == 8) {
          double x = Double.longBitsToDouble(v);
          for (int d = 15; d < 17; d++) {
            String s = CFormat.format("%." + d + "g", x);
            if (DoubleReader.parse(s) == x || Double.isNaN(x) || Double.isInfinite(x)) {
              return s;
            }
          }
          return CFormat.format("%.17g", x);
        }
        return longDouble(u, v);
      }
    }
  }

  private static String longDouble(byte[] u, long significand) {
    int e = (u[8] & 255 | (u[9] & 127) << 8) - 16383 - 63;
    BigInteger m = new BigInteger(CFormat.format("%u", significand));
    LongDouble x = LongDouble.valueOf(m);
    if (m.signum() == 0) {
      return u[9] < 0 ? "-0" : "0";
    }
    String hex = (u[9] < 0 ? "-0x" : "0x") + m.toString(16) + "p" + e;
    x = LongDouble.parse(hex, 0).value();
    for (int d = 18; d < 21; d++) {
      String s = CFormat.format("%." + d + "Lg", x);
      if (LongDouble.parse(s, 0).value().equals(x)) {
        return s;
      }
    }
    return CFormat.format("%.21Lg", x);
  }

  private static void strings(
      Output out, Bytes bytes, char radix, long at, long limit, long least) {
    ByteBuilder s = new ByteBuilder();
    byte[] one = new byte[1];
    while (limit-- > 0 && bytes.read(one, 1) == 1) {
      at++;
      if (one[0] >= 32 && one[0] < 127) {
        s.append(one[0]);
        continue;
      }
      if (one[0] == 0 && s.length() >= least) {
        String a = address(radix, at - 1 - s.length());
        out.write(a.isEmpty() ? "" : a + " ");
        out.write(s.array(), 0, s.length());
        out.write('\n');
      }
      s.clear();
    }
  }

  /** The files one after another. */
  static final class Bytes {
    private final Invocation in;
    private final List<String> names;
    private int next;
    private Input current;
    int status;

    Bytes(Invocation in, List<String> names) {
      this.in = in;
      this.names = names;
    }

    /** Goes on to the next file that can be read when one is needed; false at the end. */
    boolean open() {
      while (current == null && next < names.size()) {
        current = in.open(names.get(next++));
        if (current == null) {
          status = 1;
        }
      }
      return current != null;
    }

    /** Fills as much of {@code b} as there is, up to {@code want}. */
    int read(byte[] b, int want) {
      int n = 0;
      while (n < want && open()) {
        int k;
        try {
          k = current.read(b, n, want - n);
        } catch (VfsException e) {
          in.error(names.get(next - 1), e);
          status = 1;
          k = -1;
        }
        if (k < 0) {
          current.close();
          current = null;
        } else {
          n += k;
        }
      }
      return n;
    }

    boolean skip(long n) {
      byte[] b = new byte[8192];
      while (n > 0) {
        int k = read(b, (int) Math.min(b.length, n));
        if (k == 0) {
          return false;
        }
        n -= k;
      }
      return true;
    }

    void close() {
      if (current != null) {
        current.close();
      }
    }
  }
}
