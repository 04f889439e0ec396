package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.Mount;
import dev.qanat.vfs.Resource;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** df: the space of the mounted services; a dash stands for what a service does not tell. */
public final class Df implements Command {
  private static final Options OPTIONS =
      Options.of("df")
          .usage("[OPTION]... [FILE]...")
          .about(
              "Show information about the file system on which each FILE resides,\n"
                  + "or all file systems by default.")
          .flag('a', "all", "include file systems without a size")
          .flag('h', "human-readable", "print sizes in powers of 1024 (e.g., 1023M)")
          .flag('H', "si", "print sizes in powers of 1000 (e.g., 1.1G)")
          .flag('k', null, "like --block-size=1K")
          .flag('P', "portability", "use the POSIX output format")
          .flag('T', "print-type", "print file system type")
          .flag((char) 0, "total", "produce a grand total");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    String human = p.lastOf("human-readable", "si", "k");
    int base = human == null || human.equals("k") ? 0 : human.equals("si") ? 1000 : 1024;
    List<Mount> mounts = new ArrayList<>();
    int status = 0;
    for (String name : p.operands()) {
      try {
        in.files().stat(name);
        mounts.add(in.files().vfs().mountOf(in.files().realpath(name)));
      } catch (VfsException e) {
        in.error(name, e);
        status = 1;
      }
    }
    if (p.operands().isEmpty()) {
      mounts.addAll(in.files().vfs().mounts());
    } else if (mounts.isEmpty()) {
      return 1;
    }
    boolean posix = p.has("portability");
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "Filesystem",
          "Type",
          base > 0 ? "Size" : posix ? "1024-blocks" : "1K-blocks",
          "Used",
          base > 0 && !posix ? "Avail" : "Available",
          posix ? "Capacity" : "Use%",
          "Mounted on"
        });
    long total = 0;
    long free = 0;
    for (Mount m : mounts) {
      Resource.Space space = m.resource().space();
      if (space == null && p.operands().isEmpty() && !p.has("all") && m.path().startsWith("/dev")) {
        continue;
      }
      String type = m.resource().label();
      rows.add(row(type, type, space, base, m.path()));
      total += space == null ? 0 : space.total();
      free += space == null ? 0 : space.free();
    }
    if (p.has("total")) {
      rows.add(row("total", "-", new Resource.Space(total, free), base, "-"));
    }
    print(in, rows, p.has("print-type"));
    return status;
  }

  private static String[] row(String name, String type, Resource.Space s, int base, String at) {
    if (s == null) {
      return new String[] {name, type, "-", "-", "-", "-", at};
    }
    long used = Math.max(0, s.total() - s.free());
    long percent = s.total() <= 0 ? -1 : (long) Math.ceil(100.0 * used / s.total());
    return new String[] {
      name,
      type,
      size(s.total(), base),
      size(used, base),
      size(s.free(), base),
      percent < 0 ? "-" : percent + "%",
      at
    };
  }

  private static String size(long bytes, int base) {
    return base > 0 ? SizeText.human(bytes, base) : String.valueOf((bytes + 1023) / 1024);
  }

  private static void print(Invocation in, List<String[]> rows, boolean types) {
    int[] width = {14, 4, 5, 5, 5, 4, 0};
    for (String[] row : rows) {
      for (int i = 0; i < 6; i++) {
        width[i] = Math.max(width[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder s = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        if (i == 1 && !types) {
          continue;
        }
        String pad = " ".repeat(width[i] - row[i].length());
        s.append(i < 2 ? row[i] + pad : pad + row[i]).append(' ');
      }
      in.stdout().line(s + row[6]);
    }
  }
}
