package dev.qanat.command.system;

import dev.qanat.command.Invocation;
import dev.qanat.command.Users;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code ps} shows: a selection of the tasks in columns. Memory and terminals are unknown. */
final class ProcessList {
  /** Heading and width of each column; a width below 0 is to the right. */
  private record Column(String heading, int width) {}

  private static final Map<String, Column> COLUMNS =
      Map.ofEntries(
          Map.entry("pid", new Column("PID", -5)),
          Map.entry("ppid", new Column("PPID", -5)),
          Map.entry("pgid", new Column("PGID", -5)),
          Map.entry("sid", new Column("SID", -5)),
          Map.entry("user", new Column("USER", 8)),
          Map.entry("uid", new Column("UID", -5)),
          Map.entry("UID", new Column("UID", 8)),
          Map.entry("stat", new Column("STAT", 4)),
          Map.entry("state", new Column("S", 1)),
          Map.entry("tty", new Column("TTY", 8)),
          Map.entry("time", new Column("TIME", -8)),
          Map.entry("etime", new Column("ELAPSED", -11)),
          Map.entry("stime", new Column("STIME", -5)),
          Map.entry("ni", new Column("NI", -3)),
          Map.entry("pri", new Column("PRI", -3)),
          Map.entry("c", new Column("C", -2)),
          Map.entry("%cpu", new Column("%CPU", -4)),
          Map.entry("%mem", new Column("%MEM", -4)),
          Map.entry("vsz", new Column("VSZ", -6)),
          Map.entry("rss", new Column("RSS", -5)),
          Map.entry("comm", new Column("COMMAND", 15)),
          Map.entry("cmd", new Column("CMD", 27)),
          Map.entry("args", new Column("COMMAND", 27)));

  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("command", "args"),
          Map.entry("ucmd", "comm"),
          Map.entry("ucomm", "comm"),
          Map.entry("fname", "comm"),
          Map.entry("tt", "tty"),
          Map.entry("tname", "tty"),
          Map.entry("pgrp", "pgid"),
          Map.entry("sess", "sid"),
          Map.entry("session", "sid"),
          Map.entry("s", "state"),
          Map.entry("nice", "ni"),
          Map.entry("pcpu", "%cpu"),
          Map.entry("pmem", "%mem"),
          Map.entry("vsize", "vsz"),
          Map.entry("euser", "user"),
          Map.entry("ruser", "user"),
          Map.entry("uname", "user"),
          Map.entry("euid", "uid"),
          Map.entry("ruid", "uid"),
          Map.entry("cputime", "time"),
          Map.entry("start_time", "stime"),
          Map.entry("start", "stime"));

  private final Invocation in;
  private final String user;
  private List<String> columns = List.of("pid", "tty", "time", "cmd0");
  private final List<String> headings = new ArrayList<>();
  private final Set<Integer> pids = new HashSet<>();
  private final Set<Integer> parents = new HashSet<>();
  private String userWanted;
  private String commandWanted;
  private boolean heads = true;
  private boolean custom; // the columns are the user's

  private ProcessList(Invocation in) {
    this.in = in;
    this.user = Users.of(in).user(in.files().vfs().uid());
  }

  static int run(Invocation in) {
    return new ProcessList(in).list();
  }

  private int list() {
    List<String> args = in.args();
    for (int i = 0; i < args.size(); i++) {
      String a = args.get(i);
      if (a.startsWith("--")) {
        int eq = a.indexOf('=');
        String name = eq < 0 ? a : a.substring(0, eq);
        switch (name) {
          case "--no-headers", "--no-heading", "--no-headings", "--noheaders" -> heads = false;
          case "--headers", "--forest" -> {}
          case "--pid", "--ppid", "--user", "--format" -> {
            String value = eq >= 0 ? a.substring(eq + 1) : ++i < args.size() ? args.get(i) : null;
            option(
                name.equals("--ppid") ? 'P' : name.equals("--format") ? 'o' : a.charAt(2), value);
          }
          default -> throw usage();
        }
        continue;
      }
      boolean dash = a.startsWith("-");
      for (int k = dash ? 1 : 0; k < a.length(); k++) {
        char c = a.charAt(k);
        if (!dash && Character.isDigit(c)) {
          numbers(a.substring(k), pids);
          break;
        }
        if ("oOpuUCgGtsq".indexOf(c) >= 0 && (dash || c == 'o' || c == 'p' || c == 'U')) {
          String value = k + 1 < a.length() ? a.substring(k + 1) : null;
          if (value == null) {
            value = ++i < args.size() ? args.get(i) : null;
          }
          option(c, value);
          break;
        }
        flag(c, dash);
      }
    }
    if (heads) {
      List<String> line = new ArrayList<>();
      boolean any = false;
      for (int i = 0; i < columns.size(); i++) {
        String h = i < headings.size() ? headings.get(i) : null;
        line.add(h != null ? h : column(columns.get(i)).heading());
        any |= !line.get(i).isEmpty();
      }
      if (any) {
        print(line);
      }
    }
    boolean found = false;
    for (Task t : Sched.get().tasks()) {
      if (!wanted(t)) {
        continue;
      }
      found = true;
      List<String> line = new ArrayList<>();
      for (String c : columns) {
        line.add(value(t, c));
      }
      print(line);
    }
    return found ? 0 : 1;
  }

  private RuntimeException usage() {
    in.stderr().line("error: unsupported option (BSD syntax)");
    in.stderr().line("");
    in.stderr().line("Usage:");
    in.stderr().line(" ps [options]");
    in.stderr().flush();
    return new dev.qanat.command.Command.Exit(1);
  }

  private void flag(char c, boolean dash) {
    switch (c) {
      case 'e', 'A', 'a', 'x', 'd', 'r', 'w', 'H', 'N', 'T', 'y', 'M', 'Z' -> {}
      case 'f' -> {
        if (dash) {
          columns = List.of("UID", "pid", "ppid", "c", "stime", "tty", "time", "cmd");
        }
      }
      case 'F' ->
          columns = List.of("UID", "pid", "ppid", "c", "rss", "stime", "tty", "time", "cmd");
      case 'l' ->
          columns = List.of("state", "uid", "pid", "ppid", "c", "pri", "ni", "tty", "time", "cmd0");
      case 'j' -> columns = List.of("pid", "pgid", "sid", "tty", "time", "cmd0");
      case 'u' ->
          columns =
              List.of(
                  "user", "pid", "%cpu", "%mem", "vsz", "rss", "tty", "stat", "stime", "time",
                  "args");
      case 'h' -> heads = false;
      default -> throw usage();
    }
  }

  private void option(char c, String value) {
    if (value == null) {
      throw usage();
    }
    switch (c) {
      case 'o', 'O' -> format(value);
      case 'p', 'q' -> numbers(value, pids);
      case 'P' -> numbers(value, parents);
      case 'u', 'U' -> userWanted = value;
      case 'C' -> commandWanted = value;
      default -> throw usage();
    }
  }

  private void numbers(String list, Set<Integer> into) {
    for (String n : list.replace(',', ' ').trim().split(" +")) {
      try {
        into.add(Integer.parseInt(n));
      } catch (NumberFormatException e) {
        in.stderr().line("error: process ID list syntax error");
        throw usage();
      }
    }
  }

  /** {@code pid,ppid=PARENT}: a heading takes the rest of its argument. */
  private void format(String list) {
    if (!custom) {
      columns = new ArrayList<>();
      custom = true;
    }
    String rest = list;
    while (!rest.isEmpty()) {
      int end = 0;
      while (end < rest.length() && ", =".indexOf(rest.charAt(end)) < 0) {
        end++;
      }
      String name = rest.substring(0, end);
      name = SYNONYMS.getOrDefault(name, name);
      if (!COLUMNS.containsKey(name)) {
        in.stderr().line("error: unknown user-defined format specifier \"" + name + "\"");
        throw usage();
      }
      columns.add(name);
      if (end < rest.length() && rest.charAt(end) == '=') {
        headings.add(rest.substring(end + 1));
        return;
      }
      headings.add(null);
      rest = end < rest.length() ? rest.substring(end + 1) : "";
    }
  }

  private boolean wanted(Task t) {
    if (pids.isEmpty() && parents.isEmpty() && userWanted == null && commandWanted == null) {
      return true;
    }
    return pids.contains(t.pid())
        || t.parent() != null && parents.contains(t.parent().pid())
        || userWanted != null
            && (userWanted.equals(user)
                || userWanted.equals(String.valueOf(in.files().vfs().uid())))
        || commandWanted != null && commandWanted.equals(name(t));
  }

  private static Column column(String name) {
    return name.equals("cmd0") ? new Column("CMD", 27) : COLUMNS.get(name);
  }

  private static String name(Task t) {
    String title = t.title();
    int blank = title.indexOf(' ');
    String first = blank < 0 ? title : title.substring(0, blank);
    return first.substring(first.lastIndexOf('/') + 1);
  }

  private String value(Task t, String column) {
    return switch (column) {
      case "pid" -> String.valueOf(t.pid());
      case "ppid" -> String.valueOf(t.parent() == null ? 0 : t.parent().pid());
      case "pgid", "sid" -> String.valueOf(t.group());
      case "user", "UID" -> user;
      case "uid" -> String.valueOf(in.files().vfs().uid());
      case "stat", "state" -> t.stopped() ? "T" : t == Sched.get().current() ? "R" : "S";
      case "tty" -> "?";
      case "time" -> clock(t.cpuNanos() / 1_000_000_000L);
      case "etime" -> "00:00";
      case "stime" -> "00:00";
      case "ni" -> String.valueOf(t.niceness());
      case "pri" -> String.valueOf(19 - t.niceness());
      case "c", "vsz", "rss" -> "0";
      case "%cpu", "%mem" -> "0.0";
      case "comm", "cmd0" -> name(t);
      default -> t.title();
    };
  }

  private static String clock(long seconds) {
    StringBuilder out = new StringBuilder(8);
    for (long part : new long[] {seconds / 3600, seconds / 60 % 60, seconds % 60}) {
      out.append(out.length() == 0 ? "" : ":").append(part < 10 ? "0" : "").append(part);
    }
    return out.toString();
  }

  private void print(List<String> cells) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      int width = column(columns.get(i)).width();
      boolean last = i == cells.size() - 1;
      out.append(i == 0 ? "" : " ");
      if (width < 0) {
        out.append(" ".repeat(Math.max(0, -width - cell.length()))).append(cell);
      } else {
        out.append(cell);
        out.append(last ? "" : " ".repeat(Math.max(0, width - cell.length())));
      }
    }
    in.stdout().line(out.toString());
  }
}
