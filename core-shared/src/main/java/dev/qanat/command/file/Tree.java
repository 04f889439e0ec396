package dev.qanat.command.file;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.SizeText;
import dev.qanat.vfs.DirEntry;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.FileType;
import dev.qanat.vfs.Paths;
import java.util.ArrayList;
import java.util.List;

/** tree: directories drawn as trees. */
public final class Tree implements Command {
  private static final Options OPTIONS =
      Options.of("tree")
          .usage("[options] [directory ...]")
          .about("List contents of directories in a tree-like format.")
          .version("tree", "2.1.0")
          .flag('a', null, "All files are listed")
          .flag('d', null, "List directories only")
          .flag('f', null, "Print the full path prefix for each file")
          .value('L', null, "level", "Descend only level directories deep")
          .flag('F', null, "Append '/', '=', '*' or '|' as per ls -F")
          .flag('i', null, "Don't print indentation lines")
          .value('I', null, "pattern", "Do not list files that match the given pattern")
          .value('P', null, "pattern", "List only those files that match the pattern given")
          .flag((char) 0, "noreport", "Turn off file/directory count at end of tree listing")
          .flag((char) 0, "dirsfirst", "List directories before files");

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    long level = p.has("L") ? SizeText.parse(p.value("L"), "") : Long.MAX_VALUE;
    if (level <= 0) {
      throw in.fail(1, "Invalid level, must be greater than 0.");
    }
    int[] counts = new int[2];
    int status = 0;
    for (String d : p.operands().isEmpty() ? List.of(".") : p.operands()) {
      if (!in.files().isDirectory(d)) {
        in.stdout().line(d + "  [error opening dir]");
        status = 2;
        continue;
      }
      in.stdout().line(d);
      counts[0]++;
      walk(in, p, d, "", level, 1, counts);
    }
    if (!p.has("noreport")) {
      in.stdout()
          .line(
              "\n"
                  + counts[0]
                  + (counts[0] == 1 ? " directory" : " directories")
                  + (p.has("d") ? "" : ", " + counts[1] + (counts[1] == 1 ? " file" : " files")));
    }
    return status;
  }

  private static void walk(
      Invocation in,
      Options.Parsed p,
      String dir,
      String lead,
      long level,
      int depth,
      int[] counts) {
    Sched.checkpoint();
    List<DirEntry> names = new ArrayList<>();
    Glob out = p.has("I") ? Glob.of(p.value("I")) : null;
    Glob only = p.has("P") ? Glob.of(p.value("P")) : null;
    for (DirEntry e : in.files().list(dir)) {
      boolean directory = e.type() == FileType.DIRECTORY;
      if ((e.name().startsWith(".") && !p.has("a"))
          || p.has("d") && !directory
          || out != null && out.matches(e.name(), false)
          || only != null && !directory && !only.matches(e.name(), false)) {
        continue;
      }
      names.add(e);
    }
    boolean first = p.has("dirsfirst");
    names.sort(
        (a, b) -> {
          boolean x = a.type() == FileType.DIRECTORY;
          boolean y = b.type() == FileType.DIRECTORY;
          return first && x != y ? (x ? -1 : 1) : a.name().compareTo(b.name());
        });
    for (int i = 0; i < names.size(); i++) {
      DirEntry e = names.get(i);
      boolean last = i == names.size() - 1;
      String path = Paths.join(dir, e.name());
      FileStat s = in.files().lstat(path);
      String shown = p.has("f") ? path : e.name();
      if (p.has("F")) {
        shown +=
            s.isDirectory()
                ? "/"
                : s.type() == FileType.FIFO ? "|" : s.isFile() && (s.mode() & 0111) != 0 ? "*" : "";
      }
      if (s.isSymlink()) {
        shown += " -> " + in.files().readlink(path);
      }
      in.stdout().line((p.has("i") ? "" : lead + (last ? "└── " : "├── ")) + shown);
      if (s.isDirectory()) {
        counts[0]++;
        if (depth < level && depth < 1000) {
          walk(in, p, path, lead + (last ? "    " : "│   "), level, depth + 1, counts);
        }
      } else {
        counts[1]++;
      }
    }
  }
}
