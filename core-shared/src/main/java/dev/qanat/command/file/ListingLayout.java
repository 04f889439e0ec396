package dev.qanat.command.file;

import dev.qanat.command.Invocation;
import dev.qanat.command.ModeChange;
import dev.qanat.command.Output;
import dev.qanat.command.Users;
import dev.qanat.sched.Sched;
import dev.qanat.text.Quoting;
import dev.qanat.text.SizeText;
import dev.qanat.text.Utf8;
import dev.qanat.text.time.TimeFormat;
import dev.qanat.text.time.Zone;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import java.util.List;

/**
 * How ls writes names: one a line, in columns, between commas, or with all that is known of them.
 */
final class ListingLayout {
  private final ListingOptions o;
  private final Output out;
  private final Users users; // null but in a long listing
  private final Zone zone;
  private final long now = Sched.get().realTimeNanos();
  private boolean anyQuoted;

  ListingLayout(Invocation in, ListingOptions options) {
    this.o = options;
    this.out = in.stdout();
    this.users = options.longFormat ? Users.of(in) : null;
    this.zone = Zone.of(in.env("TZ"));
  }

  /** The name as it is shown. */
  String quoted(String name) {
    String s =
        switch (o.quoting) {
          case "literal" -> name;
          case "locale" -> Quoting.locale(name);
          case "shell" -> plainShell(name, false);
          case "shell-escape" -> Quoting.ifNeeded(name);
          case "shell-always" -> plainShell(name, true);
          case "shell-escape-always" -> Quoting.always(name);
          case "c", "clocale" -> o.quoting.equals("c") ? Quoting.c(name) : Quoting.locale(name);
          case "c-maybe" -> Quoting.c(name).equals('"' + name + '"') ? name : Quoting.c(name);
          default -> Quoting.escape(name, true);
        };
    if (!o.hideControl
        || !o.quoting.equals("literal")
            && !o.quoting.equals("shell")
            && !o.quoting.equals("shell-always")) {
      return s;
    }
    StringBuilder b = new StringBuilder();
    s.codePoints().forEach(c -> b.appendCodePoint(Quoting.printable(c) ? c : '?'));
    return b.toString();
  }

  /** Shell quotes in which control characters stand as they are. */
  private static String plainShell(String name, boolean always) {
    StringBuilder printable = new StringBuilder();
    boolean blank = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= ' ') {
        printable.append(c);
      } else {
        blank |= c == '\n' || c == '\r' || c == '\t';
      }
    }
    if (printable.length() == name.length()) {
      return always ? Quoting.always(name) : Quoting.ifNeeded(name);
    }
    String rest = printable.toString();
    return always || blank || !rest.isEmpty() && !Quoting.ifNeeded(rest).equals(rest)
        ? "'" + name.replace("'", "'\\''") + "'"
        : name;
  }

  static int columns(String s) {
    int w = 0;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      w += Math.max(0, Utf8.isEscapedByte(c) ? 1 : Utf8.width(c));
    }
    return w;
  }

  private String mark(FileStat s) {
    if (o.indicator.equals("none") || s == null) {
      return "";
    }
    if (s.isDirectory()) {
      return "/";
    }
    if (o.indicator.equals("slash")) {
      return "";
    }
    return switch (s.type()) {
      case SYMLINK -> o.longFormat ? "" : "@";
      case FIFO -> "|";
      case SOCKET -> "=";
      case FILE -> o.indicator.equals("classify") && (s.mode() & 0111) != 0 ? "*" : "";
      default -> "";
    };
  }

  private void name(ListingEntry e) {
    String q = quoted(e.name);
    boolean plain = o.align && anyQuoted && q.equals(e.name);
    String mark = mark(e.stat);
    e.width = columns(q) + mark.length() + (plain ? 1 : 0);
    if (o.colors != null && e.stat != null) {
      boolean dangling = e.stat.isSymlink() && e.targetStat == null;
      q = o.colors.paint(q, o.colors.of(e.name, e.stat, dangling));
    }
    e.shown = (plain ? " " : "") + q + mark;
  }

  /**
   * Writes the names, in the format asked for; {@code total} puts the blocks they take in front.
   */
  void show(List<ListingEntry> list, boolean total) {
    anyQuoted = false;
    if (o.align) {
      for (ListingEntry e : list) {
        anyQuoted |= !quoted(e.name).equals(e.name);
      }
    }
    if (total) {
      long blocks = 0;
      for (ListingEntry e : list) {
        blocks += e.stat == null ? 0 : e.stat.blocks();
      }
      out.write("total " + blocksText(blocks));
      out.write(o.end);
    }
    int inodeWidth = 0;
    int sizeWidth = 0;
    for (ListingEntry e : list) {
      if (o.inodes) {
        inodeWidth =
            Math.max(inodeWidth, (e.stat == null ? "?" : String.valueOf(e.stat.ino())).length());
      }
      if (o.sizes) {
        sizeWidth =
            Math.max(sizeWidth, (e.stat == null ? "?" : blocksText(e.stat.blocks())).length());
      }
    }
    if (o.longFormat) {
      longList(list, inodeWidth, sizeWidth);
      return;
    }
    for (ListingEntry e : list) {
      name(e);
      boolean pad = !o.format.equals("commas");
      String lead = prefix(e, pad ? inodeWidth : 0, pad ? sizeWidth : 0);
      e.shown = lead + e.shown;
      e.width += lead.length();
    }
    switch (o.format) {
      case "single" -> {
        for (ListingEntry e : list) {
          out.write(e.shown);
          out.write(o.end);
        }
      }
      case "commas" -> commas(list);
      default -> {
        if (o.width == 0) {
          spaced(list);
        } else {
          columns(list, o.format.equals("across"));
        }
      }
    }
  }

  private String prefix(ListingEntry e, int inodeWidth, int sizeWidth) {
    String s = "";
    if (o.inodes) {
      s += left(e.stat == null ? "?" : String.valueOf(e.stat.ino()), inodeWidth) + " ";
    }
    if (o.sizes) {
      s += left(e.stat == null ? "?" : blocksText(e.stat.blocks()), sizeWidth) + " ";
    }
    if (o.context) {
      s += "? ";
    }
    return s;
  }

  private static String left(String s, int width) {
    return " ".repeat(Math.max(0, width - s.length())) + s;
  }

  private static String right(String s, int width) {
    return s + " ".repeat(Math.max(0, width - columns(s)));
  }

  private String blocksText(long blocks) {
    if (o.human) {
      return SizeText.human(blocks * 512, o.humanBase);
    }
    long unit = o.blockSize == 0 ? 1024 : o.blockSize;
    return (blocks * 512 + unit - 1) / unit + o.blockUnit;
  }

  private String sizeText(FileStat s) {
    if (s == null) {
      return "?";
    }
    if (s.type() == FileType.CHARACTER || s.type() == FileType.BLOCK) {
      return (s.rdev() >> 8) + ", " + (s.rdev() & 255);
    }
    if (o.human) {
      return SizeText.human(Math.max(0, s.size()), o.humanBase);
    }
    return o.blockSize > 1
        ? (Math.max(0, s.size()) + o.blockSize - 1) / o.blockSize + o.blockUnit
        : String.valueOf(Math.max(0, s.size()));
  }

  private String timeText(long nanos) {
    long six = 31556952L / 2 * 1_000_000_000L;
    boolean recent = nanos > now - six && nanos <= Math.max(now, Sched.get().realTimeNanos());
    return TimeFormat.gnu(
        recent ? o.recentFormat : o.oldFormat,
        Math.floorDiv(nanos, 1_000_000_000L),
        (int) Math.floorMod(nanos, 1_000_000_000L),
        zone);
  }

  private void longList(List<ListingEntry> list, int inodeWidth, int sizeWidth) {
    int links = 0;
    int ownerWidth = 0;
    int groupWidth = 0;
    int bytes = 0;
    int major = 0;
    int minor = 0;
    for (ListingEntry e : list) {
      FileStat s = e.stat;
      links = Math.max(links, s == null ? 1 : String.valueOf(s.nlink()).length());
      ownerWidth = Math.max(ownerWidth, columns(ownerName(s)));
      groupWidth = Math.max(groupWidth, columns(groupName(s)));
      if (s != null && (s.type() == FileType.CHARACTER || s.type() == FileType.BLOCK)) {
        major = Math.max(major, String.valueOf(s.rdev() >> 8).length());
        minor = Math.max(minor, String.valueOf(s.rdev() & 255).length());
      } else {
        bytes = Math.max(bytes, sizeText(s).length());
      }
    }
    if (major > 0) {
      bytes = Math.max(bytes, major + minor + 2);
    }
    int dateWidth = 0;
    for (ListingEntry e : list) {
      if (e.stat == null) {
        dateWidth = timeText(now).length();
      }
    }
    StringBuilder line = new StringBuilder();
    for (ListingEntry e : list) {
      FileStat s = e.stat;
      line.setLength(0);
      line.append(prefix(e, inodeWidth, sizeWidth));
      line.append(
          s == null ? (e.type == null ? '?' : e.type.letter()) + "?????????" : ModeChange.text(s));
      line.append(' ').append(left(s == null ? "?" : String.valueOf(s.nlink()), links)).append(' ');
      if (o.owner) {
        line.append(o.numeric ? left(ownerName(s), ownerWidth) : right(ownerName(s), ownerWidth))
            .append(' ');
      }
      if (o.group) {
        line.append(o.numeric ? left(groupName(s), groupWidth) : right(groupName(s), groupWidth))
            .append(' ');
      }
      if (o.author) {
        line.append(o.numeric ? left(ownerName(s), ownerWidth) : right(ownerName(s), ownerWidth))
            .append(' ');
      }
      String size = sizeText(s);
      if (s != null && (s.type() == FileType.CHARACTER || s.type() == FileType.BLOCK)) {
        size =
            left(String.valueOf(s.rdev() >> 8), bytes - minor - 2)
                + ", "
                + left(String.valueOf(s.rdev() & 255), minor);
      }
      line.append(left(size, bytes)).append(' ');
      line.append(s == null ? left("?", dateWidth) : timeText(o.timeOf(s))).append(' ');
      out.write(line.toString());
      name(e);
      out.write(e.shown);
      if (e.target != null) {
        String t = quoted(e.target);
        if (o.colors != null && e.targetStat != null) {
          t = o.colors.paint(t, o.colors.of(e.target, e.targetStat, false));
        } else if (o.colors != null) {
          t = o.colors.paint(t, o.colors.of(e.name, e.stat, true));
        }
        out.write(" -> " + t + (e.targetStat != null ? mark(e.targetStat) : ""));
      }
      out.write(o.end);
    }
  }

  private String ownerName(FileStat s) {
    return s == null ? "?" : o.numeric ? String.valueOf(s.uid()) : users.user(s.uid());
  }

  private String groupName(FileStat s) {
    return s == null ? "?" : o.numeric ? String.valueOf(s.gid()) : users.group(s.gid());
  }

  private void commas(List<ListingEntry> list) {
    int at = 0;
    for (int i = 0; i < list.size(); i++) {
      ListingEntry e = list.get(i);
      if (i > 0) {
        if (o.width == 0 || at + e.width + 2 < o.width) {
          out.write(", ");
          at += 2;
        } else {
          out.write(",\n");
          at = 0;
        }
      }
      out.write(e.shown);
      at += e.width;
    }
    if (!list.isEmpty()) {
      out.write(o.end);
    }
  }

  private void spaced(List<ListingEntry> list) {
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.write("  ");
      }
      out.write(list.get(i).shown);
    }
    if (!list.isEmpty()) {
      out.write(o.end);
    }
  }

  /** Columns of the least height, each as wide as it must be and two more. */
  private void columns(List<ListingEntry> list, boolean across) {
    int n = list.size();
    if (n == 0) {
      return;
    }
    int most = Math.min(n, Math.max(1, o.width / 3));
    int columns = 1;
    int[] widths = {0};
    for (int c = most; c >= 1; c--) {
      int rows = (n + c - 1) / c;
      int[] w = new int[c];
      for (int i = 0; i < n; i++) {
        int k = across ? i % c : i / rows;
        w[k] = Math.max(w[k], list.get(i).width + (k == c - 1 ? 0 : 2));
      }
      int sum = 0;
      for (int x : w) {
        sum += x == 0 ? 3 : Math.max(3, x);
      }
      if (sum < o.width || c == 1) {
        columns = c;
        widths = w;
        break;
      }
    }
    int rows = (n + columns - 1) / columns;
    for (int row = 0; row < rows; row++) {
      int at = 0;
      int start = 0;
      for (int c = 0; c < columns; c++) {
        int i = across ? row * columns + c : c * rows + row;
        if (i >= n) {
          break;
        }
        indent(at, start);
        ListingEntry e = list.get(i);
        out.write(e.shown);
        at = start + e.width;
        start += Math.max(3, widths[c]);
      }
      out.write('\n');
    }
  }

  private void indent(int from, int to) {
    while (from < to) {
      if (o.tab != 0 && to / o.tab > (from + 1) / o.tab) {
        out.write('\t');
        from += o.tab - from % o.tab;
      } else {
        out.write(' ');
        from++;
      }
    }
  }
}
