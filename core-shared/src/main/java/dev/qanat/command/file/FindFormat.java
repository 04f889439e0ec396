package dev.qanat.command.file;

import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Output;
import dev.qanat.command.text.Dirname;
import dev.qanat.command.text.Escapes;
import dev.qanat.text.CFormat;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.VfsException;

/** {@code -printf} and {@code -ls}: a file's values in a format. */
final class FindFormat {
  private final Invocation in;
  private final FindRun r;
  private final String f;

  FindFormat(Invocation in, FindRun r, String format) {
    this.in = in;
    this.r = r;
    this.f = format;
    check();
  }

  /** Warns once, before the walk, of what the format will not do. */
  private void check() {
    for (int i = 0; i < f.length(); i++) {
      if (f.charAt(i) == '\\' && i + 1 < f.length()) {
        char c = f.charAt(++i);
        if (Escapes.letter(c) < 0 && c != 'c' && !(c >= '0' && c <= '7') || c == 'e') {
          in.error("warning: unrecognized escape `\\" + c + "'");
        }
      } else if (f.charAt(i) == '\\') {
        in.error("warning: escape `\\' followed by nothing at all");
      } else if (f.charAt(i) == '%') {
        int e = i + 1;
        while (e < f.length() && "-+ #0123456789.".indexOf(f.charAt(e)) >= 0) {
          e++;
        }
        if (e >= f.length()) {
          throw in.fail(1, "error: % at end of format string");
        }
        char c = f.charAt(e);
        if ("ABCT".indexOf(c) >= 0) {
          if (e + 1 >= f.length()) {
            throw in.fail(
                1,
                "error: `%"
                    + c
                    + "' is not followed by anything"
                        .replace(
                            "is not followed by anything", "must be followed by another letter"));
          }
          e++;
        } else if (c != '%' && "abcdDfFgGhHiklmMnpPsStuUyYZ".indexOf(c) < 0) {
          in.error("warning: unrecognized format directive `%" + c + "'");
        }
        i = e;
      }
    }
  }

  void write(Output out) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < f.length(); i++) {
      char c = f.charAt(i);
      if (c == '\\' && i + 1 < f.length()) {
        c = f.charAt(++i);
        if (c == 'c') {
          out.write(s.toString());
          out.flush();
          return;
        }
        int letter = c == 'e' ? -1 : Escapes.letter(c);
        if (letter >= 0) {
          s.append((char) letter);
        } else if (c >= '0' && c <= '7') {
          int v = c - '0';
          for (int k = 0;
              k < 2 && i + 1 < f.length() && f.charAt(i + 1) >= '0' && f.charAt(i + 1) <= '7';
              k++) {
            v = v * 8 + f.charAt(++i) - '0';
          }
          s.append((char) (v < 128 ? v : 0xdc00 + (v & 255)));
        } else {
          s.append('\\').append(c);
        }
      } else if (c == '%') {
        int e = i + 1;
        while (e < f.length() && "-+ #0123456789.".indexOf(f.charAt(e)) >= 0) {
          e++;
        }
        char d = f.charAt(e);
        String flags = f.substring(i + 1, e);
        if ("ABCT".indexOf(d) >= 0) {
          s.append(CFormat.format("%" + flags + "s", time(d, f.charAt(++e))));
        } else {
          directive(s, flags, d);
        }
        i = e;
      } else {
        s.append(c);
      }
    }
    out.write(s.toString());
  }

  private void directive(StringBuilder s, String flags, char d) {
    FileStat t = r.stat;
    Object v =
        switch (d) {
          case '%' -> "%";
          case 'a' -> stamp(t.atime());
          case 'c' -> stamp(t.ctime());
          case 't' -> stamp(t.mtime());
          case 'b' -> String.valueOf(t.blocks());
          case 'k' -> String.valueOf((t.blocks() + 1) / 2);
          case 'd' -> (long) r.depth;
          case 'D' -> String.valueOf(t.dev());
          case 'f' -> r.path.equals("/") ? "/" : name();
          case 'F' ->
              r.files.vfs().mountOf(r.files.realpath(Dirname.of(r.path))).resource().label();
          case 'g' -> r.users().group(t.gid());
          case 'G' -> String.valueOf(t.gid());
          case 'h' -> head();
          case 'H' -> r.root;
          case 'i' -> String.valueOf(t.ino());
          case 'l' -> t.isSymlink() ? r.files.readlink(r.path) : "";
          case 'm' -> {
            String o = Integer.toOctalString(t.mode() & 07777);
            yield flags.indexOf('#') >= 0 && !o.equals("0") ? "0" + o : o;
          }
          case 'M' -> ModeChange.text(t);
          case 'n' -> String.valueOf(t.nlink());
          case 'p' -> r.path;
          case 'P' -> below();
          case 's' -> String.valueOf(Math.max(0, t.size()));
          case 'S' -> t.size() == 0 ? "1" : sparseness((double) t.blocks() * 512 / t.size());
          case 'u' -> r.users().user(t.uid());
          case 'U' -> String.valueOf(t.uid());
          case 'y' -> String.valueOf(letter(t));
          case 'Y' -> {
            if (!t.isSymlink()) {
              yield String.valueOf(letter(t));
            }
            try {
              yield String.valueOf(letter(r.files.stat(r.path)));
            } catch (VfsException e) {
              yield e.errno() == Errno.ELOOP ? "L" : "N";
            }
          }
          case 'Z' -> "";
          default -> null;
        };
    if (v == null) {
      s.append('%').append(flags).append(d);
    } else if (v instanceof Long n) {
      s.append(CFormat.format("%" + flags + "d", n));
    } else {
      String fl = flags.replace("#", "");
      boolean numeric = "bkDGimnsU".indexOf(d) >= 0 && fl.startsWith("0");
      String text = (String) v;
      if (numeric) {
        int w =
            (int)
                Math.max(0, SizeText.parse(fl.substring(1).isEmpty() ? "0" : fl.substring(1), ""));
        s.append("0".repeat(Math.max(0, d == 'm' ? w - text.length() : 0)));
        s.append(d == 'm' ? text : CFormat.format("%" + fl.substring(1) + "s", text));
      } else {
        s.append(d == '%' ? "%" : CFormat.format("%" + fl + "s", text));
      }
    }
  }

  private String name() {
    String n = r.path;
    int end = n.length();
    while (end > 1 && n.charAt(end - 1) == '/') {
      end--;
    }
    return n.substring(n.lastIndexOf('/', end - 1) + 1);
  }

  private String head() {
    int slash = r.path.lastIndexOf('/');
    if (slash < 0) {
      return ".";
    }
    return r.path.substring(0, slash);
  }

  private String below() {
    if (r.depth == 0) {
      return "";
    }
    String p = r.path.substring(r.root.length());
    return p.startsWith("/") ? p.substring(1) : p;
  }

  private static String sparseness(double v) {
    return CFormat.format("%g", v);
  }

  private static char letter(FileStat s) {
    return s.isFile() ? 'f' : s.type().letter();
  }

  private String stamp(long nanos) {
    return gnu("%a %b %e %H:%M:%S.", nanos) + decimals(nanos) + gnu(" %Y", nanos);
  }

  private static String decimals(long nanos) {
    return String.valueOf(Math.floorMod(nanos, 1_000_000_000L) + 1_000_000_000L).substring(1) + "0";
  }

  private String gnu(String format, long nanos) {
    return TimeFormat.gnu(
        format,
        Math.floorDiv(nanos, 1_000_000_000L),
        (int) Math.floorMod(nanos, 1_000_000_000L),
        r.zone);
  }

  private String time(char which, char k) {
    FileStat s = r.stat;
    long t = which == 'A' ? s.atime() : which == 'C' ? s.ctime() : s.mtime();
    return switch (k) {
      case '@' -> Math.floorDiv(t, 1_000_000_000L) + "." + decimals(t);
      case 'S' -> gnu("%S.", t) + decimals(t);
      case 'T' -> gnu("%H:%M:%S.", t) + decimals(t);
      case 'X' -> gnu("%H:%M:%S.", t) + decimals(t);
      case '+' -> gnu("%Y-%m-%d+%H:%M:%S.", t) + decimals(t);
      default -> gnu("%" + k, t);
    };
  }

  /** One line as {@code ls -dils} has it. */
  void list(Output out) {
    FileStat s = r.stat;
    long six = 15778476L * 1_000_000_000L;
    String when =
        gnu(
            s.mtime() > r.now - six && s.mtime() <= r.now + 3600L * 1_000_000_000L
                ? "%b %e %H:%M"
                : "%b %e  %Y",
            s.mtime());
    String link = s.isSymlink() ? " -> " + Quoting.escape(r.files.readlink(r.path), true) : "";
    out.write(
        CFormat.format(
                "%9d %6d %s %3d %-8s %-8s ",
                s.ino(),
                (s.blocks() + 1) / 2,
                ModeChange.text(s),
                s.nlink(),
                r.users().user(s.uid()),
                r.users().group(s.gid()))
            + CFormat.format("%8d %s ", Math.max(0, s.size()), when)
            + Quoting.escape(r.path, true)
            + link
            + "\n");
  }
}
