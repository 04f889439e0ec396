package dev.qanat.command.file;

import dev.qanat.command.Invocation;
import dev.qanat.command.Output;
import dev.qanat.sched.Sched;
import dev.qanat.text.ByteOrder;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.text.VersionOrder;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.Paths;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One run of ls: finds what was asked for and puts it in order. */
final class Listing {
  private final Invocation in;
  private final FileContext files;
  private final ListingOptions o;
  private final Output out;
  private final ListingLayout layout;
  private int status;
  private boolean printedAny;

  Listing(Invocation in, ListingOptions options) {
    this.in = in;
    this.files = in.files();
    this.o = options;
    this.out = in.stdout();
    this.layout = new ListingLayout(in, options);
  }

  int run() {
    List<ListingEntry> plain = new ArrayList<>();
    List<ListingEntry> dirs = new ArrayList<>();
    List<String> names = o.operands.isEmpty() ? List.of(".") : o.operands;
    for (String n : names) {
      FileStat s = argument(n);
      if (s == null) {
        status = 2;
        continue;
      }
      ListingEntry e = new ListingEntry(n, s, null);
      if (s.isDirectory() && !o.directories) {
        dirs.add(e);
      } else {
        plain.add(complete(n, e));
      }
    }
    order(plain);
    order(dirs);
    if (!plain.isEmpty()) {
      layout.show(plain, false);
      printedAny = true;
    }
    boolean titles = names.size() > 1 || o.recursive;
    for (ListingEntry d : dirs) {
      directory(d.name, titles, true, 0);
    }
    return status;
  }

  private FileStat argument(String name) {
    try {
      if (name.isEmpty()) {
        throw new VfsException(Errno.ENOENT, name);
      }
      FileStat s = files.lstat(name);
      if (s.isSymlink()) {
        FileStat t = files.statOrNull(name);
        if (o.follow.equals("always") || o.follow.equals("arguments")) {
          if (t != null) {
            return t;
          }
          if (o.follow.equals("always")) {
            in.error("cannot access " + Quoting.always(name) + ": No such file or directory");
            return null;
          }
        } else if (o.follow.equals("directories") && t != null && t.isDirectory()) {
          return t;
        }
      }
      return s;
    } catch (VfsException e) {
      in.error("cannot access " + Quoting.always(name) + ": " + e.reason());
      return null;
    }
  }

  private ListingEntry complete(String path, ListingEntry e) {
    if (e.stat != null
        && e.stat.isSymlink()
        && (o.longFormat
            || o.colors != null
            || o.groupDirectories
            || !o.indicator.equals("none"))) {
      try {
        if (o.longFormat) {
          e.target = files.readlink(path);
        }
        e.targetStat = files.statOrNull(path);
        e.directory = e.targetStat != null && e.targetStat.isDirectory();
      } catch (VfsException x) {
        if (o.longFormat) {
          in.error("cannot read symbolic link " + Quoting.always(path) + ": " + x.reason());
          status = Math.max(status, 1);
        }
      }
    }
    return e;
  }

  private void directory(String path, boolean title, boolean argument, int depth) {
    Sched.checkpoint();
    List<DirEntry> names;
    try {
      names = files.list(path);
    } catch (VfsException e) {
      in.error("cannot open directory " + Quoting.always(path) + ": " + e.reason());
      status = argument ? 2 : Math.max(status, 1);
      return;
    }
    if (title) {
      if (printedAny) {
        out.write('\n');
      }
      out.write(layout.quoted(path));
      out.write(":\n");
    }
    printedAny = true;
    List<ListingEntry> entries = new ArrayList<>();
    FileStat self = o.all ? quietStat(path, true) : null;
    if (self != null && self.nlink() != 0) { // one that is no more has not even these two
      entries.add(new ListingEntry(".", self, null));
      entries.add(new ListingEntry("..", quietStat(Paths.join(path, ".."), true), null));
    }
    for (DirEntry d : names) {
      if (!shown(d.name())) {
        continue;
      }
      String full = Paths.join(path, d.name());
      FileStat s = d.stat() != null && d.stat().mode() >= 0 ? d.stat() : null;
      try {
        s = files.lstat(full);
        if (s.isSymlink() && o.follow.equals("always")) {
          FileStat t = files.statOrNull(full);
          if (t == null) {
            in.error(
                "cannot access "
                    + Quoting.always(path.equals(".") ? d.name() : full)
                    + ": No such file or directory");
            status = Math.max(status, 1);
            s = null;
          } else {
            s = t;
          }
        }
      } catch (VfsException e) {
        in.error(
            "cannot access "
                + Quoting.always(path.equals(".") ? d.name() : full)
                + ": "
                + e.reason());
        status = Math.max(status, 1);
        s = null;
      }
      entries.add(complete(full, new ListingEntry(d.name(), s, d.type())));
    }
    order(entries);
    layout.show(entries, o.longFormat || o.sizes);
    if (o.recursive && depth < 1000) {
      for (ListingEntry e : entries) {
        if (e.stat != null && e.stat.isDirectory() && !e.name.equals(".") && !e.name.equals("..")) {
          directory(Paths.join(path, e.name), true, false, depth + 1);
        }
      }
    }
  }

  private FileStat quietStat(String path, boolean followLink) {
    return followLink ? files.statOrNull(path) : files.lstatOrNull(path);
  }

  private boolean shown(String name) {
    if (name.startsWith(".") && !o.all && !o.almostAll) {
      return false;
    }
    if (o.ignoreBackups && name.endsWith("~")) {
      return false;
    }
    for (Glob g : o.ignored) {
      if (g.matches(name, true)) {
        return false;
      }
    }
    if (!o.all && !o.almostAll) {
      for (Glob g : o.hidden) {
        if (g.matches(name, true)) {
          return false;
        }
      }
    }
    return true;
  }

  private void order(List<ListingEntry> list) {
    if (o.sort.equals("none") && !o.groupDirectories) {
      return;
    }
    Comparator<ListingEntry> byName = (a, b) -> compareNames(a.name, b.name);
    Comparator<ListingEntry> c =
        switch (o.sort) {
          case "size" ->
              (a, b) -> {
                int r =
                    Long.compare(
                        b.stat == null ? 0 : b.stat.size(), a.stat == null ? 0 : a.stat.size());
                return r != 0 ? r : byName.compare(a, b);
              };
          case "time" ->
              (a, b) -> {
                int r = Long.compare(o.timeOf(b.stat), o.timeOf(a.stat));
                return r != 0 ? r : byName.compare(a, b);
              };
          case "version" ->
              (a, b) -> {
                int r = VersionOrder.compare(a.name, b.name);
                return r != 0 ? r : byName.compare(a, b);
              };
          case "extension" ->
              (a, b) -> {
                int x = a.name.lastIndexOf('.');
                int y = b.name.lastIndexOf('.');
                int r =
                    compareNames(
                        x < 0 ? "" : a.name.substring(x), y < 0 ? "" : b.name.substring(y));
                return r != 0 ? r : byName.compare(a, b);
              };
          case "width" ->
              (a, b) -> {
                int r =
                    ListingLayout.columns(layout.quoted(a.name))
                        - ListingLayout.columns(layout.quoted(b.name));
                return r != 0 ? r : byName.compare(a, b);
              };
          case "none" -> (a, b) -> 0;
          default -> byName;
        };
    Comparator<ListingEntry> turned =
        o.reverse && !o.sort.equals("none") ? (a, b) -> c.compare(b, a) : c;
    list.sort(
        o.groupDirectories
            ? (a, b) -> a.directory != b.directory ? (a.directory ? -1 : 1) : turned.compare(a, b)
            : turned);
  }

  /** By bytes of UTF-8, which is by code points but for surrogates. */
  private static int compareNames(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        if (x < 0xd800 && y < 0xd800) {
          return x - y;
        }
        byte[] p = Utf8.encode(a);
        byte[] q = Utf8.encode(b);
        return ByteOrder.compare(p, 0, p.length, q, 0, q.length);
      }
    }
    return a.length() - b.length();
  }
}
