package dev.qanat.command.file;

import dev.qanat.command.Choice;
import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Options;
import dev.qanat.command.Users;
import dev.qanat.command.text.Escapes;
import dev.qanat.text.CFormat;
import dev.qanat.text.Quoting;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.Mount;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;

/** stat: what is known of files and file systems. */
public final class Stat implements Command {
  private static final Options OPTIONS =
      Options.of("stat")
          .usage("[OPTION]... FILE...")
          .about("Display file or file system status.")
          .flag('L', "dereference", "follow links")
          .flag('f', "file-system", "display file system status instead of file status")
          .value((char) 0, "cached", "MODE", "specify how to use cached attributes")
          .value(
              'c',
              "format",
              "FORMAT",
              "use the specified FORMAT instead of the default;\n"
                  + "output a newline after each use of FORMAT")
          .value(
              (char) 0,
              "printf",
              "FORMAT",
              "like --format, but interpret backslash escapes,\n"
                  + "and do not output a mandatory trailing newline")
          .flag('t', "terse", "print the information in terse form");

  private static final String STANDARD =
      "  File: %N\n"
          + "  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n"
          + "Device: %Hd,%Ld\tInode: %-10i  Links: %h\n"
          + "Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\n"
          + "Access: %x\n"
          + "Modify: %y\n"
          + "Change: %z\n"
          + " Birth: %w\n";
  private static final String DEVICE =
      STANDARD.replace("Links: %h\n", "Links: %-5h Device type: %Hr,%Lr\n");
  private static final String TERSE = "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n";
  private static final String SYSTEM =
      "  File: \"%n\"\n"
          + "    ID: %-8i Namelen: %-7l Type: %T\n"
          + "Block size: %-10s Fundamental block size: %S\n"
          + "Blocks: Total: %-10b Free: %-10f Available: %a\n"
          + "Inodes: Total: %-10c Free: %d\n";
  private static final String SYSTEM_TERSE = "%n %i %l %t %s %S %b %f %a %c %d\n";

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().isEmpty()) {
      throw OPTIONS.usageError(in, "missing operand");
    }
    if (p.has("cached")) {
      Choice.of(in, OPTIONS, "--cached", p.value("cached"), "default", "never", "always");
    }
    boolean system = p.has("file-system");
    boolean escapes = "printf".equals(p.lastOf("format", "printf"));
    String given =
        p.lastOf("format", "printf") == null ? null : p.value(p.lastOf("format", "printf"));
    Users users = Users.of(in);
    int status = 0;
    for (String name : p.operands()) {
      FileStat s;
      String path = name.equals("-") ? "/dev/stdin" : name;
      try {
        if (name.equals("-") && system) {
          throw in.fail(
              1,
              "using "
                  + Quoting.always("-")
                  + " to denote standard input does not work in file system mode");
        }
        s =
            name.equals("-")
                ? in.files().descriptors().need(0).stat()
                : p.has("dereference") || system ? in.files().stat(path) : in.files().lstat(path);
      } catch (VfsException e) {
        in.error(
            "cannot "
                + (system ? "read file system information for " : "statx ")
                + Quoting.always(name)
                + ": "
                + e.reason());
        status = 1;
        continue;
      }
      boolean device = s.type() == FileType.CHARACTER || s.type() == FileType.BLOCK;
      String format =
          given != null
              ? given
              : p.has("terse")
                  ? (system ? SYSTEM_TERSE : TERSE)
                  : system ? SYSTEM : device ? DEVICE : STANDARD;
      String text =
          new Formatter(in, users, name, s, system, given == null)
              .format(format, given != null && escapes);
      in.stdout().write(text);
      if (given != null && !escapes) {
        in.stdout().write('\n');
      }
    }
    return status;
  }

  /** One file's values put into a format. */
  private static final class Formatter {
    private final Invocation in;
    private final Users users;
    private final String name;
    private final FileStat s;
    private final boolean system;
    private final boolean plain; // names stand without quotes
    private final Zone zone;

    Formatter(Invocation in, Users users, String name, FileStat s, boolean system, boolean plain) {
      this.plain = plain;
      this.in = in;
      this.users = users;
      this.name = name;
      this.s = s;
      this.system = system;
      this.zone = Zone.of(in.env("TZ"));
    }

    String format(String f, boolean escapes) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < f.length(); i++) {
        char c = f.charAt(i);
        if (c == '\\' && escapes) {
          i = escape(f, i, out);
        } else if (c != '%') {
          out.append(c);
        } else {
          int e = i + 1;
          while (e < f.length() && "'-+ #0123456789.I".indexOf(f.charAt(e)) >= 0) {
            e++;
          }
          String flags = f.substring(i + 1, e);
          if (e >= f.length()) {
            out.append('%').append(flags);
            i = e;
            continue;
          }
          String conversion = String.valueOf(f.charAt(e));
          if ((f.charAt(e) == 'H' || f.charAt(e) == 'L')
              && e + 1 < f.length()
              && (f.charAt(e + 1) == 'd' || f.charAt(e + 1) == 'r')) {
            conversion = f.substring(e, e + 2);
            e++;
          }
          if (conversion.equals("%")) {
            if (!flags.isEmpty()) {
              throw in.fail(1, Quoting.locale("%" + flags + "%") + ": invalid directive");
            }
            out.append('%');
          } else {
            directive(out, flags, conversion);
          }
          i = e;
        }
      }
      return out.toString();
    }

    private int escape(String f, int i, StringBuilder out) {
      if (i + 1 == f.length()) {
        in.error("warning: backslash at end of format");
        out.append('\\');
        return i;
      }
      char c = f.charAt(++i);
      int letter = c == '"' ? '"' : Escapes.letter(c);
      if (letter >= 0) {
        out.append((char) letter);
      } else if (c >= '0' && c <= '7') {
        int v = c - '0';
        for (int k = 0;
            k < 2 && i + 1 < f.length() && f.charAt(i + 1) >= '0' && f.charAt(i + 1) <= '7';
            k++) {
          v = v * 8 + f.charAt(++i) - '0';
        }
        out.append((char) (v < 128 ? v : 0xdc00 + (v & 255)));
      } else if (c == 'x' && i + 1 < f.length() && Escapes.hex(f.charAt(i + 1)) >= 0) {
        int v = 0;
        for (int k = 0; k < 2 && i + 1 < f.length() && Escapes.hex(f.charAt(i + 1)) >= 0; k++) {
          v = v * 16 + Escapes.hex(f.charAt(++i));
        }
        out.append((char) (v < 128 ? v : 0xdc00 + (v & 255)));
      } else {
        in.error("warning: unrecognized escape '\\" + c + "'");
        out.append(c);
      }
      return i;
    }

    private void directive(StringBuilder out, String flags, String c) {
      Object v = system ? systemValue(c) : value(c);
      if (v == null) {
        out.append("?");
        return;
      }
      boolean text = v instanceof String;
      String spec =
          "%"
              + flags.replace("I", "")
              + (text
                  ? "s"
                  : c.equals("a")
                      ? "o"
                      : c.equals("f") && !system
                              || c.equals("D")
                              || c.equals("t")
                              || c.equals("T")
                              || c.equals("R")
                              || c.equals("i") && system
                          ? "x"
                          : "d");
      if (text && flags.indexOf('0') == 0) {
        spec = "%" + flags.substring(1) + "s";
      }
      if (c.length() == 1 && "XYZW".indexOf(c) >= 0 && !system) {
        seconds(out, flags, (Long) v);
        return;
      }
      out.append(CFormat.format(spec, v));
    }

    /** {@code %.3Y}: seconds with decimals. */
    private void seconds(StringBuilder out, String flags, long nanos) {
      int dot = flags.indexOf('.');
      long sec = Math.floorDiv(nanos, 1_000_000_000L);
      if (dot < 0) {
        out.append(CFormat.format("%" + flags + "d", sec));
        return;
      }
      String digits = flags.substring(dot + 1);
      int places = digits.isEmpty() ? 9 : Integer.parseInt(digits);
      String n = String.valueOf(Math.floorMod(nanos, 1_000_000_000L) + 1_000_000_000L).substring(1);
      String frac = places <= 9 ? n.substring(0, places) : n + "0".repeat(places - 9);
      out.append(
          CFormat.format(
              "%" + flags.substring(0, dot) + "s", sec + (places > 0 ? "." + frac : "")));
    }

    private String time(long nanos) {
      return TimeFormat.gnu(
          "%Y-%m-%d %H:%M:%S.%N %z",
          Math.floorDiv(nanos, 1_000_000_000L), (int) Math.floorMod(nanos, 1_000_000_000L), zone);
    }

    private Object value(String c) {
      return switch (c) {
        case "n" -> name;
        case "N" -> {
          String q = plain ? name : Quoting.always(name);
          if (!s.isSymlink()) {
            yield q;
          }
          String target = in.files().readlink(name);
          yield q + " -> " + (plain ? target : Quoting.always(target));
        }
        case "d" -> (long) s.dev();
        case "D" -> (long) s.dev();
        case "Hd" -> (long) (s.dev() >> 8);
        case "Ld" -> (long) (s.dev() & 255);
        case "i" -> s.ino();
        case "a" -> (long) s.mode();
        case "A" -> ModeChange.text(s);
        case "f" -> (long) s.stMode();
        case "F" -> Rm.kind(s);
        case "h" -> (long) s.nlink();
        case "u" -> (long) s.uid();
        case "U" -> users.knowsUser(s.uid()) ? users.user(s.uid()) : "UNKNOWN";
        case "g" -> (long) s.gid();
        case "G" -> users.knowsGroup(s.gid()) ? users.group(s.gid()) : "UNKNOWN";
        case "m" -> in.files().vfs().mountOf(in.files().realpath(name)).path();
        case "s" -> Math.max(0, s.size());
        case "r" -> (long) s.rdev();
        case "R" -> (long) s.rdev();
        case "t", "Hr" -> (long) (s.rdev() >> 8);
        case "T", "Lr" -> (long) (s.rdev() & 255);
        case "B" -> 512L;
        case "b" -> s.blocks();
        case "o" -> 4096L;
        case "C" -> "?";
        case "w" -> "-";
        case "W" -> 0L;
        case "x" -> time(s.atime());
        case "X" -> s.atime();
        case "y" -> time(s.mtime());
        case "Y" -> s.mtime();
        case "z" -> time(s.ctime());
        case "Z" -> s.ctime();
        default -> null;
      };
    }

    private Object systemValue(String c) {
      Mount m = in.files().vfs().mountOf(in.files().realpath(name));
      Resource.Space space = m.resource().space();
      long total = space == null ? 0 : space.total() / 4096;
      long free = space == null ? 0 : space.free() / 4096;
      return switch (c) {
        case "n" -> name;
        case "i" -> (long) m.device();
        case "l" -> 255L;
        case "t" -> "0";
        case "T" -> m.resource().label();
        case "b" -> total;
        case "f", "a" -> free;
        case "s", "S" -> 4096L;
        case "c", "d" -> 0L;
        default -> null;
      };
    }
  }
}
