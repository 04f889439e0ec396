package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.text.digest.Blake2b;
import dev.qanat.text.digest.Digest;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.VfsException;
import java.util.List;

/** md5sum, sha256sum and their kin: print digests, or check those in a list. */
public final class Digests implements Command {
  private final String name; // md5, sha256, b2
  private final String tag; // as BSD writes it
  private final Options options;

  /** {@code name}: md5, sha1, sha224, sha256, sha384, sha512 or b2. */
  public Digests(String name) {
    this.name = name;
    this.tag = name.equals("b2") ? "BLAKE2b" : name.toUpperCase();
    options =
        Options.of(name + "sum")
            .usage("[OPTION]... [FILE]...")
            .about(
                "Print or check "
                    + tag
                    + " checksums.\n\nWith no FILE, or when FILE is -, read standard input.")
            .flag('b', "binary", "read in binary mode")
            .flag('c', "check", "read checksums from the FILEs and check them");
    if (name.equals("b2")) {
      options.value(
          'l',
          "length",
          "BITS",
          "digest length in bits; must not exceed the max for\nthe blake2 algorithm and must be a multiple of 8");
    }
    options
        .flag((char) 0, "tag", "create a BSD-style checksum")
        .flag('t', "text", "read in text mode (default)")
        .flag(
            'z',
            "zero",
            "end each output line with NUL, not newline,\nand disable file name escaping")
        .flag((char) 0, "ignore-missing", "don't fail or report status for missing files")
        .flag((char) 0, "quiet", "don't print OK for each successfully verified file")
        .flag((char) 0, "status", "don't output anything, status code shows success")
        .flag((char) 0, "strict", "exit non-zero for improperly formatted checksum lines")
        .flag('w', "warn", "warn about improperly formatted checksum lines");
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = options.parse(in);
    int bits = 0;
    if (p.has("length")) {
      long n = SizeText.parse(p.value("length"), "");
      if (n < 0) {
        throw in.fail(1, "invalid length: " + Quoting.locale(p.value("length")));
      }
      if (n % 8 != 0) {
        in.error("invalid length: " + Quoting.locale(p.value("length")));
        throw in.fail(1, "length is not a multiple of 8");
      }
      if (n > 512) {
        in.error("invalid length: " + Quoting.locale(p.value("length")));
        throw in.fail(1, "maximum digest length for ‘BLAKE2b’ is 512 bits");
      }
      bits = (int) n;
    }
    boolean check = p.has("check");
    if (p.has("tag") && check) {
      throw options.usageError(in, "the --tag option is meaningless when verifying checksums");
    }
    if (p.has("tag") && "text".equals(p.lastOf("binary", "text"))) {
      throw options.usageError(in, "--tag does not support --text mode");
    }
    if (p.has("zero") && check) {
      throw options.usageError(in, "the --zero option is not supported when verifying checksums");
    }
    if (p.lastOf("binary", "text") != null && check) {
      throw options.usageError(
          in, "the --binary and --text options are meaningless when verifying checksums");
    }
    for (String o : new String[] {"ignore-missing", "status", "warn", "quiet", "strict"}) {
      if (p.has(o) && !check) {
        throw options.usageError(
            in, "the --" + o + " option is meaningful only when verifying checksums");
      }
    }
    int status = 0;
    for (String f : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      if (check) {
        status |= check(in, p, f);
        continue;
      }
      byte[] d = digest(in, f, bits, false);
      if (d == null) {
        status = 1;
        continue;
      }
      print(in, p, f, Digest.hex(d), bits);
    }
    return status;
  }

  private void print(Invocation in, Options.Parsed p, String f, String hex, int bits) {
    boolean zero = p.has("zero");
    boolean escape =
        !zero && (f.indexOf('\\') >= 0 || f.indexOf('\n') >= 0 || f.indexOf('\r') >= 0);
    String shown = escape ? f.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") : f;
    String lead = escape ? "\\" : "";
    if (p.has("tag")) {
      in.stdout()
          .write(
              lead
                  + tag
                  + (bits > 0 && bits < 512 ? "-" + bits : "")
                  + " ("
                  + shown
                  + ") = "
                  + hex);
    } else {
      in.stdout()
          .write(
              lead + hex + " " + ("binary".equals(p.lastOf("binary", "text")) ? "*" : " ") + shown);
    }
    in.stdout().write(zero ? 0 : '\n');
  }

  /** Null after a message, unless {@code quiet} and there is no such file. */
  private byte[] digest(Invocation in, String f, int bits, boolean quiet) {
    Input file;
    try {
      file = f.equals("-") ? in.stdin() : new Input(in.files().open(f), true);
    } catch (VfsException e) {
      if (!(quiet && e.errno() == Errno.ENOENT)) {
        in.error(Quoting.ifNeededOrColon(f) + ": " + e.reason());
      }
      return null;
    }
    try {
      if (name.equals("b2")) {
        Blake2b b = new Blake2b(bits == 0 ? 64 : bits / 8);
        while (file.nextChunk()) {
          b.update(file.data, file.start, file.end - file.start);
        }
        return b.digest();
      }
      Digest d = Digest.of(name);
      while (file.nextChunk()) {
        d.update(file.data, file.start, file.end - file.start);
      }
      return d.digest();
    } catch (VfsException e) {
      in.error(Quoting.ifNeededOrColon(f) + ": " + e.reason());
      return null;
    } finally {
      file.close();
    }
  }

  private int check(Invocation in, Options.Parsed p, String list) {
    Input file;
    try {
      file = list.equals("-") ? in.stdin() : new Input(in.files().open(list), true);
    } catch (VfsException e) {
      in.error(Quoting.ifNeededOrColon(list) + ": " + e.reason());
      return 1;
    }
    String shownList = list.equals("-") ? "'standard input'" : Quoting.ifNeededOrColon(list);
    boolean silent = p.has("status");
    long bad = 0;
    long mismatched = 0;
    long unread = 0;
    long good = 0;
    long matched = 0;
    long n = 0;
    try {
      while (file.nextLine()) {
        n++;
        String line = Utf8.decode(file.data, file.start, file.end - file.start);
        if (line.startsWith("#")) {
          continue;
        }
        if (line.endsWith("\r")) {
          line = line.substring(0, line.length() - 1);
        }
        String[] parts = parse(line);
        if (parts == null) {
          bad++;
          if (p.has("warn")) {
            in.error(shownList + ": " + n + ": improperly formatted " + tag + " checksum line");
          }
          continue;
        }
        good++;
        String f = parts[1];
        boolean missing = p.has("ignore-missing");
        byte[] d = digest(in, f, parts[0].length() * 4, missing);
        if (d == null) {
          if (missing && in.files().statOrNull(f) == null) {
            continue;
          }
          unread++;
          if (!silent) {
            in.stdout().line(escaped(f) + ": FAILED open or read");
          }
          continue;
        }
        boolean same = Digest.hex(d).equalsIgnoreCase(parts[0]);
        if (same) {
          matched++;
        } else {
          mismatched++;
        }
        if (!silent && (!same || !p.has("quiet"))) {
          in.stdout().line(escaped(f) + (same ? ": OK" : ": FAILED"));
        }
      }
    } catch (VfsException e) {
      in.error(shownList + ": read error: " + e.reason());
      return 1;
    } finally {
      file.close();
    }
    if (good == 0) {
      in.error(shownList + ": no properly formatted checksum lines found");
      return 1;
    }
    if (!silent) {
      if (bad > 0) {
        in.error(
            "WARNING: " + bad + (bad == 1 ? " line is" : " lines are") + " improperly formatted");
      }
      if (unread > 0) {
        in.error(
            "WARNING: "
                + unread
                + " listed file"
                + (unread == 1 ? "" : "s")
                + " could not be read");
      }
      if (mismatched > 0) {
        in.error(
            "WARNING: "
                + mismatched
                + " computed checksum"
                + (mismatched == 1 ? "" : "s")
                + " did NOT match");
      }
      if (p.has("ignore-missing") && matched == 0) {
        in.error(shownList + ": no file was verified");
      }
    }
    return mismatched == 0
            && unread == 0
            && !(p.has("ignore-missing") && matched == 0)
            && !(p.has("strict") && bad > 0)
        ? 0
        : 1;
  }

  private static String escaped(String f) {
    return f.indexOf('\n') >= 0 ? "\\" + f.replace("\\", "\\\\").replace("\n", "\\n") : f;
  }

  /** Digest and name of a line; null when it is none. */
  private String[] parse(String line) {
    int i = 0;
    while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
      i++;
    }
    boolean escape = i < line.length() && line.charAt(i) == '\\';
    if (escape) {
      i++;
    }
    String s = line.substring(i);
    int size = name.equals("b2") ? 128 : Digest.of(name).digest().length * 2;
    if (s.startsWith(tag)) {
      String rest = s.substring(tag.length());
      if (name.equals("b2") && rest.startsWith("-")) {
        int e = 1;
        while (e < rest.length() && Character.isDigit(rest.charAt(e))) {
          e++;
        }
        size = (int) SizeText.parse(rest.substring(1, e), "") / 4;
        rest = rest.substring(e);
      }
      if (rest.startsWith(" ")) {
        rest = rest.substring(1);
      }
      int close = rest.lastIndexOf(") = ");
      if (!rest.startsWith("(") || close < 0) {
        return null;
      }
      String d = rest.substring(close + 4);
      return isHex(d, size) ? new String[] {d, name(rest.substring(1, close), escape)} : null;
    }
    int e = 0;
    while (e < s.length() && s.charAt(e) < 128 && Escapes.hex(s.charAt(e)) >= 0) {
      e++;
    }
    if (name.equals("b2") && e >= 2 && e <= 128 && e % 2 == 0) {
      size = e;
    }
    if (e != size || e + 1 >= s.length() || s.charAt(e) != ' ' && s.charAt(e) != '\t') {
      return null;
    }
    int from = e + 1;
    if (s.charAt(from) == ' ' || s.charAt(from) == '*') {
      from++;
    }
    if (from >= s.length()) {
      return null;
    }
    return new String[] {s.substring(0, e), name(s.substring(from), escape)};
  }

  private static boolean isHex(String d, int size) {
    if (d.length() != size) {
      return false;
    }
    for (int i = 0; i < d.length(); i++) {
      if (d.charAt(i) > 127 || Escapes.hex(d.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String name(String s, boolean escape) {
    if (!escape) {
      return s;
    }
    return s.replace("\\n", "\n").replace("\\\\", "\\");
  }
}
