package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.CFormat;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** file: what files are, told by their contents. The wording is that of file 5.44. */
public final class File implements Command {
  /** As much of a file as is looked at. */
  private static final int LIMIT = 7 << 20;

  private static final Options OPTIONS =
      Options.of("file")
          .usage("[OPTION...] [FILE...]")
          .about("Determine type of FILEs.")
          .version("file", "5.44")
          .flag('v', "version", "output version information and exit")
          .flag('b', "brief", "do not prepend filenames to output lines")
          .value('f', "files-from", "FILE", "read the filenames to be examined from FILE")
          .value('F', "separator", "STRING", "use string as separator instead of `:'")
          .flag('i', "mime", "output MIME type strings (--mime-type and\n--mime-encoding)")
          .flag((char) 0, "mime-type", "output the MIME type")
          .flag((char) 0, "mime-encoding", "output the MIME encoding")
          .flag('L', "dereference", "follow symlinks (default if POSIXLY_CORRECT is set)")
          .flag(
              'h',
              "no-dereference",
              "don't follow symlinks (default if POSIXLY_CORRECT is\nnot set)")
          .flag('n', "no-buffer", "do not buffer output")
          .flag('N', "no-pad", "do not pad output")
          .flag('0', "print0", "terminate filenames with ASCII NUL")
          .flag('p', "preserve-date", "preserve access times on files (reading changes none)")
          .flag('r', "raw", "don't translate unprintable chars to \\ooo")
          .flag('s', "special-files", "treat special (block/char devices) files as\nordinary ones")
          .flag('E', null, "end at the first file that cannot be looked at");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.has("version")) {
      in.stdout().write("file-5.44\nmagic file from Qanat\n");
      return 0;
    }
    List<String> names = new ArrayList<>();
    for (String list : p.values("files-from")) {
      Input lines = in.open(list);
      if (lines == null) {
        return 1;
      }
      while (lines.nextLine()) {
        names.add(Utf8.decode(lines.data, lines.start, lines.end - lines.start));
      }
      lines.close();
    }
    names.addAll(p.operands());
    if (names.isEmpty() && !p.has("files-from")) {
      Output err = in.stderr();
      err.write(
          "Usage: file [-bEhiLNnprsv0] [--mime-encoding] [--mime-type]\n"
              + "            [-F <separator>]  [-f <namefile>]\n"
              + "            <file> ...\n"
              + "       file [--help]\n");
      return 1;
    }
    return new Run(in, p).all(names);
  }

  /** One run: its options and output. */
  private static final class Run {
    private final Invocation in;
    private final Options.Parsed p;
    private final boolean type;
    private final boolean encoding;
    private final boolean follow;

    Run(Invocation in, Options.Parsed p) {
      this.in = in;
      this.p = p;
      type = p.has("mime") || p.has("mime-type");
      encoding = p.has("mime") || p.has("mime-encoding");
      String links = p.lastOf("dereference", "no-dereference");
      follow = links == null ? in.env("POSIXLY_CORRECT") != null : links.equals("dereference");
    }

    int all(List<String> names) {
      int width = 0;
      for (String name : names) {
        width = Math.max(width, width(shown(name)));
      }
      String separator = p.has("separator") ? p.value("separator") : ":";
      int nul = p.count("print0");
      Output out = in.stdout();
      for (String name : names) {
        String shown = shown(name);
        if (width > 0 && !p.has("brief")) {
          out.write(shown);
          if (nul > 0) {
            out.write(0);
          }
          if (nul < 2) {
            out.write(separator);
            out.write(" ".repeat((p.has("no-pad") ? 0 : width - width(shown)) + 1));
          }
        }
        String what;
        try {
          what = examine(name.equals("-") ? "/dev/stdin" : name, name.equals("-"));
        } catch (VfsException e) {
          if (p.has("E")) {
            out.write("ERROR: cannot stat `" + name + "' (" + e.reason() + ")\n");
            return 1;
          }
          what = "cannot open `" + name + "' (" + e.reason() + ")";
        }
        out.write(p.has("raw") ? what : printable(what));
        out.write(nul < 2 ? '\n' : 0);
        if (p.has("no-buffer")) {
          out.flush();
        }
      }
      return 0;
    }

    private static int width(String s) {
      int w = 0;
      for (int i = 0; i < s.length(); i += Character.charCount(s.codePointAt(i))) {
        w += Math.max(0, Utf8.width(s.codePointAt(i)));
      }
      return w;
    }

    private static String shown(String name) {
      return name.equals("-") ? "/dev/stdin" : printable(name);
    }

    private static String printable(String s) {
      StringBuilder t = new StringBuilder();
      for (int i = 0; i < s.length(); i++) {
        char c = s.charAt(i);
        if (c < 32 || c == 127) {
          t.append(CFormat.format("\\%03o", (long) c));
        } else {
          t.append(c);
        }
      }
      return t.toString();
    }

    private String examine(String name, boolean stdin) {
      FileStat s =
          stdin
              ? in.files().descriptors().need(0).stat()
              : follow ? in.files().stat(name) : in.files().lstat(name);
      boolean special = p.has("special-files");
      if (stdin || s.type() == FileType.FILE || special && s.type() == FileType.CHARACTER) {
        return content(name, s, stdin);
      }
      String prefix = prefix(s.mode());
      return switch (s.type()) {
        case DIRECTORY -> mime("inode/directory", "binary", prefix + "directory");
        case SYMLINK -> link(name);
        case FIFO -> mime("inode/fifo", "binary", "fifo (named pipe)");
        case SOCKET -> mime("inode/socket", "binary", "socket");
        case BLOCK -> mime("inode/blockdevice", "binary", "block special" + device(s));
        default -> mime("inode/chardevice", "binary", "character special" + device(s));
      };
    }

    private static String device(FileStat s) {
      return " (" + (s.rdev() >> 8) + "/" + (s.rdev() & 255) + ")";
    }

    private String link(String name) {
      String to = in.files().readlink(name);
      if (in.files().statOrNull(name) == null) {
        return type ? "inode/symlink" : encoding ? "binary" : "broken symbolic link to " + to;
      }
      return mime("inode/symlink", "binary", "symbolic link to " + to);
    }

    private static String prefix(int mode) {
      String s =
          ((mode & 04000) != 0 ? "setuid, " : "")
              + ((mode & 02000) != 0 ? "setgid, " : "")
              + ((mode & 01000) != 0 ? "sticky, " : "");
      return mode < 0 ? "" : s;
    }

    private String mime(String mime, String charset, String description) {
      return type && encoding
          ? mime + "; charset=" + charset
          : type ? mime : encoding ? charset : description;
    }

    private String content(String name, FileStat s, boolean stdin) {
      ByteBuilder bytes = new ByteBuilder();
      Input file = stdin ? in.stdin() : null;
      if (!stdin) {
        if (!in.files().access(name, 4)) {
          return mime(
              "regular file, no read permission",
              "regular file, no read permission",
              "regular file, no read permission");
        }
        file = new Input(in.files().open(name), true);
      }
      while (bytes.length() < LIMIT && file.nextChunk()) {
        bytes.append(
            file.data, file.start, Math.min(file.end - file.start, LIMIT - bytes.length()));
        Sched.checkpoint();
      }
      file.close();
      byte[] b = bytes.array();
      int n = bytes.length();
      String prefix = prefix(s.mode()).replace(",", "");
      if (n == 0) {
        return mime("inode/x-empty", "binary", prefix + "empty");
      }
      if (n == 1) {
        return mime(ContentType.BYTES, "binary", prefix + "very short file (no magic)");
      }
      TextEncoding text = TextEncoding.of(b, n);
      ContentType t = TextTypes.structured(b, n, text.isText());
      if (t == null) {
        t = BinaryTypes.of(b, n);
      }
      if (t == null && text.isText()) {
        t = TextTypes.of(b, n);
      }
      if (t == null) {
        t =
            text.isText()
                ? ContentType.text("", "text/plain")
                : ContentType.data("data", ContentType.BYTES);
      }
      String description = t.description();
      if (t.text() && text.isText()) {
        description += (description.isEmpty() ? "" : ", ") + text.describe(b, n, t.executable());
      }
      return mime(t.mime(), text.charset(), prefix + description);
    }
  }
}
