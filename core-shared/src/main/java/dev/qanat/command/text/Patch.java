package dev.qanat.command.text;

import dev.qanat.command.Command;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.sched.Sched;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Attributes;
import dev.qanat.vfs.FileStat;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** patch: applies a unified diff. Context and normal diffs are refused. */
public final class Patch implements Command {
  private static final Options OPTIONS =
      Options.of("patch")
          .usage("[OPTION]... [ORIGFILE [PATCHFILE]]")
          .about("Apply a unified diff to files.")
          .version("GNU patch", "2.7.6")
          .usageStatus(2)
          .value('p', "strip", "NUM", "Strip NUM leading components from file names.")
          .value('F', "fuzz", "LINES", "Set the fuzz factor to LINES for inexact matching.")
          .flag('u', "unified", "Interpret the patch as a unified difference.")
          .flag('N', "forward", "Ignore patches that appear to be reversed or already applied.")
          .flag('R', "reverse", "Assume patches were created with old and new files swapped.")
          .value('i', "input", "PATCHFILE", "Read patch from PATCHFILE instead of stdin.")
          .value('o', "output", "FILE", "Output patched files to FILE.")
          .value('r', "reject-file", "FILE", "Output rejects to FILE.")
          .flag('E', "remove-empty-files", "Remove output files that are empty after patching.")
          .flag(
              (char) 0,
              "dry-run",
              "Do not actually change any files; just print what would happen.")
          .flag('b', "backup", "Back up the original contents of each file.")
          .value('z', "suffix", "SUFFIX", "Append SUFFIX to backup file names.")
          .flag('f', "force", "Like -t, but ignore bad-Prereq patches, and assume unreversed.")
          .flag('s', "quiet", "Work silently unless an error occurs.")
          .alias("silent", "quiet")
          .value('d', "directory", "DIR", "Change the working directory to DIR first.");

  /** One hunk; each line keeps its mark and its newline, if it had one. */
  private record Hunk(int from, int count, int to, int toCount, List<String> lines) {
    Hunk reversed() {
      List<String> turned = new ArrayList<>();
      for (String s : lines) {
        char c = s.charAt(0);
        turned.add((c == '+' ? '-' : c == '-' ? '+' : c) + s.substring(1));
      }
      return new Hunk(to, toCount, from, count, turned);
    }

    List<String> side(char mark) {
      List<String> side = new ArrayList<>();
      for (String s : lines) {
        if (s.charAt(0) == ' ' || s.charAt(0) == mark) {
          side.add(s.substring(1));
        }
      }
      return side;
    }
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    if (p.operands().size() > 2) {
      throw OPTIONS.usageError(in, p.operands().get(2) + ": extra operand");
    }
    return new Run(in, p).all();
  }

  /** One run. */
  private static final class Run {
    private final Invocation in;
    private final Options.Parsed p;
    private final boolean reverse;
    private final boolean dry;
    private List<String> text;
    private int at;
    private String prefix = "";
    private String head; // the two lines that name the files
    private int status;

    Run(Invocation in, Options.Parsed p) {
      this.in = in;
      this.p = p;
      reverse = p.has("reverse");
      dry = p.has("dry-run");
    }

    int all() {
      if (p.has("directory")) {
        prefix = p.value("directory") + "/";
        if (!in.files().isDirectory(p.value("directory"))) {
          throw fatal(
              "Can't change to directory " + p.value("directory") + " : No such file or directory");
        }
      }
      String source = p.operands().size() > 1 ? p.operands().get(1) : p.value("input");
      byte[] bytes;
      try {
        bytes =
            source == null || source.equals("-")
                ? in.stdin().readAll()
                : in.files().readFile(under(source));
      } catch (VfsException e) {
        throw fatal("Can't open patch file " + source + " : " + e.reason());
      }
      text = lines(bytes);
      boolean any = false;
      while (next()) {
        any = true;
      }
      if (!any && !text.isEmpty()) {
        throw fatal("Only garbage was found in the patch input.");
      }
      return status;
    }

    private Exit fatal(String message) {
      in.error("**** " + message);
      return new Exit(2);
    }

    private String under(String name) {
      return name.startsWith("/") ? name : prefix + name;
    }

    private static List<String> lines(byte[] b) {
      List<String> lines = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < b.length; i++) {
        if (b[i] == '\n' || i == b.length - 1) {
          lines.add(Utf8.decode(b, from, i + 1 - from));
          from = i + 1;
        }
      }
      return lines;
    }

    /** Applies the next file's part; false when there is none. */
    private boolean next() {
      for (; at < text.size(); at++) {
        String s = text.get(at);
        if (s.startsWith("*** ") && at + 1 < text.size() && text.get(at + 1).startsWith("--- ")) {
          throw fatal(
              "a context diff at line "
                  + (at + 1)
                  + "; only unified diffs (diff -u) are understood");
        }
        if (s.startsWith("--- ")
            && at + 2 < text.size()
            && text.get(at + 1).startsWith("+++ ")
            && text.get(at + 2).startsWith("@@ -")) {
          break;
        }
      }
      if (at >= text.size()) {
        return false;
      }
      String oldName = name(text.get(at++));
      String newName = name(text.get(at++));
      int start = at;
      head = text.get(at - 2) + text.get(at - 1);
      List<Hunk> hunks = new ArrayList<>();
      while (at < text.size() && text.get(at).startsWith("@@ -")) {
        hunks.add(hunk());
      }
      String target = target(oldName, newName, hunks);
      if (target == null) {
        in.stdout()
            .write(
                "can't find file to patch at input line "
                    + (start + 1)
                    + "\nFile to patch: \nSkip this patch? [y] \nSkipping patch.\n"
                    + hunks.size()
                    + " out of "
                    + hunks.size()
                    + " hunk"
                    + (hunks.size() == 1 ? "" : "s")
                    + " ignored\n");
        status = 1;
        return true;
      }
      apply(target, hunks, newName, oldName);
      return true;
    }

    private static String name(String line) {
      String s = line.substring(4);
      int tab = s.indexOf('\t');
      return (tab < 0 ? s : s.substring(0, tab)).strip();
    }

    private String stripped(String name) {
      if (name.equals("/dev/null")) {
        return null;
      }
      if (!p.has("strip")) {
        return name.substring(name.lastIndexOf('/') + 1);
      }
      int left = 0;
      for (char c : p.value("strip").toCharArray()) {
        if (c < '0' || c > '9') {
          throw fatal("strip count " + p.value("strip") + " is not a number");
        }
        left = Math.min(1000, left * 10 + c - '0');
      }
      String s = name;
      for (; left > 0; left--) {
        int slash = s.indexOf('/');
        if (slash < 0) {
          return null;
        }
        s = s.substring(slash + 1);
        while (s.startsWith("/")) {
          s = s.substring(1);
        }
      }
      return s;
    }

    private String target(String oldName, String newName, List<Hunk> hunks) {
      if (!p.operands().isEmpty()) {
        return p.operands().get(0);
      }
      String[] names = {stripped(oldName), stripped(newName)};
      String best = null;
      for (String n : names) {
        if (n != null
            && !n.isEmpty()
            && in.files().exists(under(n))
            && (best == null || n.length() < best.length())) {
          best = n;
        }
      }
      if (best == null && !hunks.isEmpty()) {
        Hunk h = reverse ? hunks.get(0).reversed() : hunks.get(0);
        if (h.from == 0 && h.count == 0) {
          best = names[reverse ? 0 : 1] != null ? names[reverse ? 0 : 1] : names[reverse ? 1 : 0];
        }
      }
      if (best != null && (best.startsWith("/") || ("/" + best + "/").contains("/../"))) {
        in.stdout().write("Ignoring potentially dangerous file name " + best + "\n");
        return null;
      }
      return best;
    }

    private Hunk hunk() {
      int line = at + 1;
      String head = text.get(at++);
      int[] n = {0, 1, 0, 1};
      int i = 3;
      for (int k = 0; k < 4; k += 2) {
        if (i >= head.length() || head.charAt(i) != (k == 0 ? '-' : '+')) {
          throw fatal("malformed patch at line " + line + ": " + head);
        }
        i++;
        for (int j = k; j < k + 2; j++) {
          int v = 0;
          while (i < head.length() && Character.isDigit(head.charAt(i))) {
            v = Math.min(1 << 30, v * 10 + head.charAt(i++) - '0');
          }
          n[j] = v;
          if (j == k && i < head.length() && head.charAt(i) == ',') {
            i++;
          } else {
            break;
          }
        }
        i++;
      }
      int olds = n[1];
      int news = n[3];
      List<String> body = new ArrayList<>();
      while (olds > 0 || news > 0) {
        if (at >= text.size()) {
          throw fatal("unexpected end of file in patch");
        }
        String s = text.get(at++);
        if (s.equals("\n")) {
          s = " \n";
        }
        char c = s.charAt(0);
        if (c == '\\') {
          cutNewline(body);
          continue;
        }
        if (c != ' ' && c != '+' && c != '-') {
          throw fatal("malformed patch at line " + at + ": " + s);
        }
        olds -= c == '+' ? 0 : 1;
        news -= c == '-' ? 0 : 1;
        body.add(s);
      }
      if (at < text.size() && text.get(at).startsWith("\\")) {
        at++;
        cutNewline(body);
      }
      return new Hunk(n[0], n[1], n[2], n[3], body);
    }

    private static void cutNewline(List<String> body) {
      int last = body.size() - 1;
      if (last >= 0 && body.get(last).endsWith("\n")) {
        body.set(last, body.get(last).substring(0, body.get(last).length() - 1));
      }
    }

    private void apply(String target, List<Hunk> hunks, String newName, String oldName) {
      String path = under(target);
      FileStat stat = in.files().statOrNull(path);
      List<String> file = stat == null ? new ArrayList<>() : lines(in.files().readFile(path));
      byte[] original = stat == null ? new byte[0] : in.files().readFile(path);
      if (!p.has("quiet")) {
        in.stdout()
            .write(
                (dry ? "checking" : "patching")
                    + " file "
                    + (p.has("output") ? p.value("output") + " (read from " + target + ")" : target)
                    + "\n");
      }
      List<Hunk> rejected = new ArrayList<>();
      int drift = 0; // lines the hunks so far have added
      int offset = 0; // where the last hunk was found, against where it should be
      int floor = 0;
      boolean fuzzy = false;
      int number = 0;
      for (Hunk given : hunks) {
        Sched.checkpoint();
        number++;
        Hunk h = reverse ? given.reversed() : given;
        int want = Math.max(0, h.from - (h.count == 0 ? 0 : 1)) + drift;
        int[] found = find(file, h, want + offset, floor);
        if (found == null && number == 1) {
          int[] other = find(file, h.reversed(), Math.max(0, h.to - 1), 0);
          if (other != null && other[1] == 0) {
            in.stdout()
                .write(
                    "Reversed (or previously applied) patch detected!  "
                        + (p.has("forward")
                            ? "Skipping patch.\n"
                            : "Assume -R? [n] \nApply anyway? [n] \nSkipping patch.\n"));
            reject(target, hunks, hunks.size(), "ignored");
            return;
          }
        }
        if (found == null) {
          in.stdout()
              .write("Hunk #" + number + " FAILED at " + (h.from + (h.count == 0 ? 1 : 0)) + ".\n");
          rejected.add(h);
          continue;
        }
        int fuzz = found[1];
        offset = found[0] - want;
        if (fuzz > 0 || offset != 0) {
          fuzzy = true;
          if (!p.has("quiet")) {
            in.stdout()
                .write(
                    "Hunk #"
                        + number
                        + " succeeded at "
                        + (found[0] + 1)
                        + (fuzz > 0 ? " with fuzz " + fuzz : "")
                        + (offset != 0
                            ? " (offset "
                                + offset
                                + " line"
                                + (Math.abs(offset) == 1 ? "" : "s")
                                + ")"
                            : "")
                        + ".\n");
          }
        }
        int i = found[0];
        List<String> made = new ArrayList<>();
        for (String s : h.lines) {
          char c = s.charAt(0);
          if (c == '+') {
            made.add(s.substring(1));
          } else {
            if (c == ' ') {
              made.add(file.get(i)); // the file's own line, which fuzz may have let differ
            }
            i++;
          }
        }
        List<String> place = file.subList(found[0], i);
        place.clear();
        place.addAll(made);
        floor = found[0] + made.size();
        drift += h.toCount - h.count;
      }
      boolean applied = rejected.size() < hunks.size();
      if (!dry && applied) {
        save(
            target,
            path,
            stat,
            original,
            file,
            fuzzy || !rejected.isEmpty(),
            reverse ? oldName : newName);
      }
      if (!rejected.isEmpty()) {
        reject(target, rejected, hunks.size(), "FAILED");
      }
    }

    /** The place nearest to {@code want} where the hunk fits, and the fuzz; null for none. */
    private int[] find(List<String> file, Hunk h, int want, int floor) {
      List<String> old = h.side('-');
      int before = 0;
      while (before < h.lines.size() && h.lines.get(before).charAt(0) == ' ') {
        before++;
      }
      int after = 0;
      while (after < h.lines.size() - before
          && h.lines.get(h.lines.size() - 1 - after).charAt(0) == ' ') {
        after++;
      }
      if (h.from == 0 && old.isEmpty()) {
        return file.isEmpty() ? new int[] {0, 0} : null;
      }
      int most = Math.max(before, after);
      int limit = 2;
      if (p.has("fuzz")) {
        limit = (int) dev.qanat.text.SizeText.parse(p.value("fuzz"), "");
        if (limit < 0) {
          throw fatal("fuzz factor " + p.value("fuzz") + " is not a number");
        }
      }
      for (int fuzz = 0; fuzz <= Math.min(limit, most); fuzz++) {
        int head = Math.max(0, fuzz + before - most);
        int tail = Math.max(0, fuzz + after - most);
        int last = file.size() - old.size() + tail;
        for (int d = 0; d <= Math.max(want - floor, last - want) || d == 0; d++) {
          for (int sign = 1; sign >= -1; sign -= 2) {
            int k = want + sign * d;
            // a hunk with less context at one end belongs to that end of the file
            boolean atStart = before < after && fuzz == 0 && h.from <= 1;
            boolean atEnd = after < before && fuzz == 0;
            if (k < floor
                || k + old.size() > file.size()
                || atStart && k != 0
                || atEnd && k + old.size() != file.size()) {
              continue;
            }
            if (matches(file, k, old, head, tail)) {
              return new int[] {k, fuzz};
            }
          }
        }
      }
      return null;
    }

    private static boolean matches(List<String> file, int k, List<String> old, int head, int tail) {
      for (int i = head; i < old.size() - tail; i++) {
        if (!file.get(k + i).equals(old.get(i))) {
          return false;
        }
      }
      return true;
    }

    private void save(
        String target,
        String path,
        FileStat stat,
        byte[] original,
        List<String> file,
        boolean backup,
        String newName) {
      StringBuilder s = new StringBuilder();
      file.forEach(s::append);
      if (p.has("output")) {
        in.files().writeFile(under(p.value("output")), Utf8.encode(s));
        return;
      }
      if (p.has("backup") || backup || p.has("suffix")) {
        in.files().writeFile(path + (p.has("suffix") ? p.value("suffix") : ".orig"), original);
      }
      if (file.isEmpty() && (newName.equals("/dev/null") || p.has("remove-empty-files"))) {
        in.files().unlink(path);
        for (int cut = target.lastIndexOf('/'); cut > 0; cut = target.lastIndexOf('/', cut - 1)) {
          String parent = under(target.substring(0, cut));
          if (!in.files().list(parent).isEmpty()) {
            break;
          }
          in.files().rmdir(parent);
        }
        return;
      }
      int slash = path.lastIndexOf('/');
      if (stat == null && slash > 0) {
        in.files().mkdirs(path.substring(0, slash));
      }
      in.files().writeFile(path, Utf8.encode(s));
      if (stat != null && stat.mode() >= 0) {
        in.files().setAttributes(path, Attributes.mode(stat.mode()), true);
      }
    }

    private void reject(String target, List<Hunk> hunks, int of, String how) {
      status = 1;
      String rejects =
          p.has("reject-file")
              ? p.value("reject-file")
              : (p.has("output") ? p.value("output") : target) + ".rej";
      in.stdout()
          .write(
              hunks.size()
                  + " out of "
                  + of
                  + " hunk"
                  + (of == 1 ? "" : "s")
                  + " "
                  + how
                  + (dry ? "" : " -- saving rejects to file " + rejects)
                  + "\n");
      if (dry) {
        return;
      }
      StringBuilder s = new StringBuilder(head);
      for (Hunk h : hunks) {
        s.append("@@ -")
            .append(range(h.from, h.count))
            .append(" +")
            .append(range(h.to, h.toCount))
            .append(" @@\n");
        for (String line : h.lines) {
          s.append(line).append(line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n");
        }
      }
      in.files().writeFile(under(rejects), Utf8.encode(s));
    }

    private static String range(int from, int count) {
      return count == 1 ? String.valueOf(from) : from + "," + count;
    }
  }
}
