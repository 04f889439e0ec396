package dev.qanat.command.text;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.Quoting;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** cksum and sum: CRC and the old checksums. */
public final class Cksum implements Command {
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int c = i << 24;
      for (int k = 0; k < 8; k++) {
        c = c < 0 ? c << 1 ^ 0x04c11db7 : c << 1;
      }
      TABLE[i] = c;
    }
  }

  private final boolean sum;
  private final Options options;

  /** {@code sum}: the program sum. */
  public Cksum(boolean sum) {
    this.sum = sum;
    options =
        sum
            ? Options.of("sum")
                .usage("[OPTION]... [FILE]...")
                .about("Print checksum and block counts for each FILE.")
                .flag('r', null, "use BSD sum algorithm (the default), use 1K blocks")
                .flag('s', "sysv", "use System V sum algorithm, use 512 bytes blocks")
            : Options.of("cksum")
                .usage("[OPTION]... [FILE]...")
                .about("Print or verify checksums.\nBy default use the 32 bit CRC algorithm.")
                .value(
                    'a', "algorithm", "TYPE", "select the digest type to use.  See DIGEST below.")
                .flag('c', "check", "read checksums from the FILEs and check them")
                .value('l', "length", "BITS", "digest length in bits")
                .flag((char) 0, "tag", "create a BSD-style checksum (the default)")
                .flag((char) 0, "untagged", "create a reversed style checksum, without digest type")
                .flag('z', "zero", "end each output line with NUL, not newline")
                .flag((char) 0, "ignore-missing", "don't fail or report status for missing files")
                .flag((char) 0, "quiet", "don't print OK for each successfully verified file")
                .flag((char) 0, "status", "don't output anything, status code shows success")
                .flag((char) 0, "strict", "exit non-zero for improperly formatted checksum lines")
                .flag('w', "warn", "warn about improperly formatted checksum lines")
                .epilogue("DIGEST: sysv bsd crc md5 sha1 sha224 sha256 sha384 sha512 blake2b");
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = options.parse(in);
    String algorithm = sum ? ("sysv".equals(p.lastOf("r", "sysv")) ? "sysv" : "bsd") : "crc";
    if (p.has("algorithm")) {
      algorithm =
          Choice.of(
              in,
              options,
              "--algorithm",
              p.value("algorithm"),
              "bsd",
              "sysv",
              "crc",
              "md5",
              "sha1",
              "sha224",
              "sha256",
              "sha384",
              "sha512",
              "blake2b",
              "sm3");
    }
    boolean old = algorithm.equals("bsd") || algorithm.equals("sysv") || algorithm.equals("crc");
    if (p.has("check") && old) {
      throw p.has("algorithm")
          ? options.usageError(in, "--check is not supported with --algorithm={bsd,sysv,crc}")
          : in.fail(1, "--check needs --algorithm here");
    }
    if (!old) {
      if (algorithm.equals("sm3")) {
        throw in.fail(1, "sm3 is not supported");
      }
      List<String> args = new ArrayList<>();
      for (Options.Given g : p.options()) {
        switch (g.id()) {
          case "algorithm", "tag", "untagged" -> {}
          case "length" -> args.add("-l" + g.value());
          default -> args.add("--" + g.id());
        }
      }
      if (!p.has("untagged") && !p.has("check")) {
        args.add("--tag");
      }
      args.add("--");
      args.addAll(p.operands());
      Invocation child = new Invocation(in.name(), args, in.files(), in.env(), in.programs());
      return in.run(new Digests(algorithm.equals("blake2b") ? "b2" : algorithm), child);
    }
    int status = 0;
    for (String f : p.operands().isEmpty() ? List.of("-") : p.operands()) {
      Input file;
      try {
        file = f.equals("-") ? in.stdin() : new Input(in.files().open(f), true);
      } catch (VfsException e) {
        in.error(Quoting.ifNeededOrColon(f) + ": " + e.reason());
        status = 1;
        continue;
      }
      try {
        String line = one(file, algorithm);
        boolean named =
            !p.operands().isEmpty()
                && (!algorithm.equals("bsd") || p.operands().size() > 1 || !sum);
        if (algorithm.equals("bsd") && sum && p.operands().size() == 1) {
          named = true;
        }
        in.stdout().write(line + (named ? " " + f : ""));
        in.stdout().write(p.has("zero") ? 0 : '\n');
      } catch (VfsException e) {
        in.error(Quoting.ifNeededOrColon(f) + ": " + e.reason());
        status = 1;
      } finally {
        file.close();
      }
    }
    return status;
  }

  private static String one(Input file, String algorithm) {
    long length = 0;
    int crc = 0;
    long total = 0;
    int bsd = 0;
    while (file.nextChunk()) {
      byte[] b = file.data;
      length += file.end - file.start;
      for (int i = file.start; i < file.end; i++) {
        int c = b[i] & 255;
        switch (algorithm.charAt(0)) {
          case 'c' -> crc = crc << 8 ^ TABLE[crc >>> 24 ^ c];
          case 's' -> total += c;
          default -> bsd = (bsd >> 1) + ((bsd & 1) << 15) + c & 0xffff;
        }
      }
    }
    switch (algorithm.charAt(0)) {
      case 'c' -> {
        for (long n = length; n > 0; n >>= 8) {
          crc = crc << 8 ^ TABLE[crc >>> 24 ^ (int) (n & 255)];
        }
        return (~crc & 0xffffffffL) + " " + length;
      }
      case 's' -> {
        long r = (total & 0xffff) + (total >> 16 & 0xffff);
        return (r & 0xffff) + (r >> 16) + " " + (length + 511) / 512;
      }
      default -> {
        String k = String.valueOf((length + 1023) / 1024);
        String s = String.valueOf(bsd);
        return "0".repeat(5 - s.length()) + s + " " + " ".repeat(Math.max(0, 5 - k.length())) + k;
      }
    }
  }
}
