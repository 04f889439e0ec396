package dev.qanat.command.file;

/** Programs and libraries in the Executable and Linkable Format (the System V gABI). */
final class ElfType {
  private final byte[] b;
  private final int n;
  private final boolean wide;
  private final boolean big;

  private ElfType(byte[] b, int n) {
    this.b = b;
    this.n = n;
    this.wide = n > 4 && b[4] == 2;
    this.big = n > 5 && b[5] == 2;
  }

  static ContentType of(byte[] b, int n) {
    return new ElfType(b, n).describe();
  }

  private ContentType describe() {
    int type = (int) number(16, 2);
    boolean dynamic = false;
    String interpreter = null;
    StringBuilder notes = new StringBuilder();
    long table = number(wide ? 32 : 28, wide ? 8 : 4);
    int entry = (int) number(wide ? 54 : 42, 2);
    int count = (int) number(wide ? 56 : 44, 2);
    for (int i = 0; i < count && type != 1; i++) {
      long p = table + (long) i * entry;
      int kind = (int) number(p, 4);
      long at = number(p + (wide ? 8 : 4), wide ? 8 : 4);
      long size = number(p + (wide ? 32 : 16), wide ? 8 : 4);
      if (kind == 2) {
        dynamic = true;
      } else if (kind == 3) {
        interpreter = text(at, size - 1);
      } else if (kind == 4) {
        notes(at, size, notes);
      }
    }
    boolean pie = type == 3 && interpreter != null;
    String what =
        switch (type) {
          case 1 -> "relocatable";
          case 2 -> "executable";
          case 3 -> pie ? "pie executable" : "shared object";
          case 4 -> "core file";
          default -> "no file type";
        };
    String mime =
        switch (type) {
          case 1 -> "application/x-object";
          case 2 -> "application/x-executable";
          case 3 -> pie ? "application/x-pie-executable" : "application/x-sharedlib";
          case 4 -> "application/x-coredump";
          default -> ContentType.BYTES;
        };
    String s =
        "ELF "
            + (wide ? "64" : "32")
            + "-bit "
            + (big ? "MSB " : "LSB ")
            + what
            + machine()
            + ", version "
            + number(20, 4)
            + system();
    if (type == 2 || type == 3) {
      s += dynamic ? ", dynamically linked" : ", statically linked";
      s += (interpreter == null ? "" : ", interpreter " + interpreter) + notes;
    }
    return ContentType.data(s + sections(), mime);
  }

  private String machine() {
    return switch ((int) number(18, 2)) {
      case 3 -> ", Intel 80386";
      case 8 -> ", MIPS";
      case 20 -> ", PowerPC or cisco 4500";
      case 21 -> ", 64-bit PowerPC or cisco 7500";
      case 22 -> ", IBM S/390";
      case 40 -> ", ARM";
      case 62 -> ", x86-64";
      case 183 -> ", ARM aarch64";
      case 243 -> ", UCB RISC-V";
      default -> "";
    };
  }

  private String system() {
    return switch ((int) number(7, 1)) {
      case 0 -> " (SYSV)";
      case 1 -> " (HP-UX)";
      case 2 -> " (NetBSD)";
      case 3 -> " (GNU/Linux)";
      case 6 -> " (Solaris)";
      case 9 -> " (FreeBSD)";
      case 12 -> " (OpenBSD)";
      default -> "";
    };
  }

  private void notes(long from, long size, StringBuilder s) {
    long p = from;
    while (p + 12 <= from + size && p + 12 <= n) {
      long nameSize = number(p, 4);
      long valueSize = number(p + 4, 4);
      int kind = (int) number(p + 8, 4);
      long value = p + 12 + (nameSize + 3) / 4 * 4;
      if (nameSize == 4 && text(p + 12, 3).equals("GNU")) {
        if (kind == 3 && s.indexOf("BuildID") < 0) {
          s.append(", BuildID[")
              .append(valueSize == 20 ? "sha1" : valueSize == 16 ? "md5/uuid" : "xxHash")
              .append("]=");
          for (long i = value; i < value + valueSize && i < n; i++) {
            int c = b[(int) i] & 255;
            s.append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
          }
        } else if (kind == 1 && number(value, 4) == 0) {
          s.append(", for GNU/Linux ")
              .append(number(value + 4, 4))
              .append('.')
              .append(number(value + 8, 4))
              .append('.')
              .append(number(value + 12, 4));
        }
      }
      p = value + (valueSize + 3) / 4 * 4;
    }
  }

  private String sections() {
    long table = number(wide ? 40 : 32, wide ? 8 : 4);
    int entry = (int) number(wide ? 58 : 46, 2);
    int count = (int) number(wide ? 60 : 48, 2);
    if (table == 0 || count == 0) {
      return ", no section header";
    }
    long names = table + number(wide ? 62 : 50, 2) * entry;
    long strings = number(names + (wide ? 24 : 16), wide ? 8 : 4);
    boolean symbols = false;
    boolean debug = false;
    for (int i = 0; i < count; i++) {
      long p = table + (long) i * entry;
      symbols |= number(p + 4, 4) == 2;
      debug |= text(strings + number(p, 4), 11).equals(".debug_info");
    }
    return (debug ? ", with debug_info" : "") + (symbols ? ", not stripped" : ", stripped");
  }

  private String text(long from, long length) {
    StringBuilder s = new StringBuilder();
    for (long i = Math.max(0, from); i < from + length && i < n && b[(int) i] != 0; i++) {
      s.append((char) (b[(int) i] & 255));
    }
    return s.toString();
  }

  private long number(long at, int size) {
    long v = 0;
    for (int i = 0; i < size; i++) {
      long k = big ? at + i : at + size - 1 - i;
      v = v << 8 | (k >= 0 && k < n ? b[(int) k] & 255 : 0);
    }
    return v;
  }
}
