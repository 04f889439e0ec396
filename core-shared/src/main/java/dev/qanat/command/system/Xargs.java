package dev.qanat.command.system;

import dev.qanat.command.Command;
import dev.qanat.command.Input;
import dev.qanat.command.Invocation;
import dev.qanat.command.Options;
import dev.qanat.command.text.Escapes;
import dev.qanat.sched.Gate;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Task;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Quoting;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.Errno;
import dev.qanat.vfs.FileContext;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** xargs: command lines from standard input. */
public final class Xargs implements Command {
  private static final Options OPTIONS =
      Options.of("xargs")
          .usage("[OPTION]... COMMAND [INITIAL-ARGS]...")
          .about("Run COMMAND with arguments INITIAL-ARGS and more arguments read from input.\n")
          .version("GNU findutils", "4.9.0")
          .stopAtOperand()
          .flag(
              '0',
              "null",
              "items are separated by a null, not whitespace;\n"
                  + "disables quote and backslash processing and\n"
                  + "logical EOF processing")
          .value('a', "arg-file", "FILE", "read arguments from FILE, not standard input")
          .value(
              'd',
              "delimiter",
              "CHARACTER",
              "items in input stream are separated by CHARACTER,\n"
                  + "not by whitespace; disables quote and backslash\n"
                  + "processing and logical EOF processing")
          .value('E', null, "END", "set logical EOF string")
          .optional('e', "eof", "END", "equivalent to -E END if END is specified")
          .value('I', null, "R", "same as --replace=R")
          .optional(
              'i',
              "replace",
              "R",
              "replace R in INITIAL-ARGS with names read\n"
                  + "from standard input; if R is unspecified,\n"
                  + "assume {}")
          .value(
              'L',
              "max-lines",
              "MAX-LINES",
              "use at most MAX-LINES non-blank input lines per\ncommand line")
          .optional(
              'l',
              null,
              "MAX-LINES",
              "similar to -L but defaults to at most one non-\n"
                  + "blank input line if MAX-LINES is not specified")
          .value('n', "max-args", "MAX-ARGS", "use at most MAX-ARGS arguments per command line")
          .flag('o', "open-tty", "Reopen stdin as /dev/tty in the child process")
          .value('P', "max-procs", "MAX-PROCS", "run at most MAX-PROCS processes at a time")
          .flag('p', "interactive", "prompt before running commands")
          .value(
              (char) 0,
              "process-slot-var",
              "VAR",
              "set environment variable VAR in child processes")
          .flag(
              'r',
              "no-run-if-empty",
              "if there are no arguments, then do not run COMMAND;\n"
                  + "if this option is not given, COMMAND will be\n"
                  + "run at least once")
          .value('s', "max-chars", "MAX-CHARS", "limit length of command line to MAX-CHARS")
          .flag((char) 0, "show-limits", "show limits on command-line length")
          .flag('t', "verbose", "print commands before executing them")
          .flag('x', "exit", "exit if the size (see -s) is exceeded");

  /** What one run was asked for and how it stands. */
  private static final class Run {
    Invocation in;
    Input input;
    int delimiter = -1; // -1: white space, quotes and backslashes
    String eof;
    String replace;
    long lines;
    long items;
    long chars = 128 * 1024;
    int parallel = 1;
    boolean verbose;
    boolean exit;
    List<String> command;
    String slot; // the variable that tells a child its place among those that run
    int status;
    boolean stop;
    boolean ended;
    boolean blankEnd; // the line just read ended in a blank
    boolean lineDone;
    final List<Task> running = new ArrayList<>();
  }

  @Override
  public int run(Invocation in) {
    Options.Parsed p = OPTIONS.parse(in);
    Run r = new Run();
    r.in = in;
    boolean fixed = false;
    for (Options.Given g : p.options()) {
      String v = g.value();
      switch (g.id()) {
        case "null" -> {
          r.delimiter = 0;
          fixed = true;
        }
        case "delimiter" -> {
          r.delimiter = delimiter(in, v);
          fixed = true;
        }
        case "E" -> r.eof = v.isEmpty() ? null : v;
        case "eof" -> r.eof = v == null || v.isEmpty() ? null : v;
        case "I", "replace" -> {
          r.replace = v == null || v.isEmpty() && g.is("replace") ? "{}" : v;
          if (r.items > 0) {
            in.error(
                "warning: options --max-args and --replace/-I/-i are mutually exclusive, ignoring"
                    + " previous --max-args value");
          }
          if (r.lines > 0) {
            in.error(
                "warning: options --max-lines and --replace/-I/-i are mutually exclusive, ignoring"
                    + " previous --max-lines value");
          }
          r.items = 0;
          r.lines = 0;
        }
        case "max-lines", "l" -> {
          r.lines = v == null ? 1 : number(in, v, 'L', 1, Integer.MAX_VALUE);
          if (r.items > 0) {
            in.error(
                "warning: options --max-args and --max-lines/-L/-l are mutually exclusive, ignoring"
                    + " previous --max-args value");
          }
          if (r.replace != null) {
            in.error(
                "warning: options --replace and --max-lines/-l are mutually exclusive, ignoring"
                    + " previous --replace value");
          }
          r.items = 0;
          r.replace = null;
        }
        case "max-args" -> {
          r.items = number(in, v, 'n', 1, Integer.MAX_VALUE);
          if (r.lines > 0) {
            in.error(
                "warning: options --max-lines and --max-args/-n are mutually exclusive, ignoring"
                    + " previous --max-lines value");
            r.lines = 0;
          }
          if (r.replace != null) {
            if (r.items == 1) {
              r.items = 0;
            } else {
              in.error(
                  "warning: options --replace and --max-args/-n are mutually exclusive, ignoring"
                      + " previous --replace value");
              r.replace = null;
            }
          }
        }
        case "max-procs" -> r.parallel = (int) number(in, v, 'P', 0, Integer.MAX_VALUE);
        case "max-chars" -> {
          r.chars = number(in, v, 's', 1, Integer.MAX_VALUE);
          if (r.chars > 131072) {
            in.error("value " + r.chars + " for -s option should be <= 131072");
            r.chars = 131072;
          }
        }
        case "interactive" ->
            throw in.fail(1, "failed to open /dev/tty for reading: No such device or address");
        case "verbose" -> r.verbose = true;
        case "process-slot-var" -> r.slot = v;
        case "exit" -> r.exit = true;
        default -> {}
      }
    }
    if (r.replace != null && !fixed) {
      r.exit = true;
    }
    if (r.lines > 0 && !fixed && p.has("max-lines")) {
      r.exit = true;
    }
    if (r.eof != null && fixed) {
      in.error("warning: the -E option has no effect if -0 or -d is used.\n");
      r.eof = null;
    }
    if (r.parallel == 0) {
      r.parallel = Integer.MAX_VALUE;
    }
    r.command = p.operands().isEmpty() ? List.of("echo") : p.operands();
    try {
      if (p.has("arg-file") && !p.value("arg-file").equals("-")) {
        try {
          r.input = new Input(in.files().open(p.value("arg-file")), true);
        } catch (VfsException e) {
          throw in.fail(
              1,
              "Cannot open input file " + Quoting.locale(p.value("arg-file")) + ": " + e.reason());
        }
      } else {
        r.input = in.stdin();
      }
      if (r.replace != null) {
        replacing(r);
      } else {
        batches(r, p.has("no-run-if-empty"));
      }
      while (!r.running.isEmpty()) {
        reap(r, true);
      }
    } finally {
      if (r.input != null && p.has("arg-file")) {
        r.input.close();
      }
    }
    return r.status;
  }

  private static int delimiter(Invocation in, String v) {
    byte[] b = Utf8.encode(v);
    if (b.length == 1) {
      return b[0] & 0xff;
    }
    if (v.startsWith("\\") && b.length > 1) {
      char c = v.charAt(1);
      if (v.length() == 2 && (c == '"' ? -1 : Escapes.letter(c)) >= 0) {
        return Escapes.letter(c);
      }
      int n = 0;
      int base = c == 'x' ? 16 : 8;
      for (int i = c == 'x' ? 2 : 1; i < v.length(); i++) {
        int d = Escapes.hex(v.charAt(i));
        if (d < 0 || d >= base) {
          throw in.fail(
              1,
              "Invalid escape sequence "
                  + v
                  + " in input delimiter specification; trailing characters "
                  + v.substring(i)
                  + " not recognised.");
        }
        n = n * base + d;
      }
      return n & 255;
    }
    throw in.fail(
        1,
        "Invalid input delimiter specification "
            + v
            + ": the delimiter must be either a single character or an escape sequence starting"
            + " with \\.");
  }

  private static long number(Invocation in, String v, char option, long least, long most) {
    long n = -1;
    int i = v.startsWith("-") || v.startsWith("+") ? 1 : 0;
    boolean good = i < v.length();
    for (int k = i; k < v.length(); k++) {
      good &= Character.isDigit(v.charAt(k));
    }
    if (!good || v.length() > 18) {
      in.error("invalid number \"" + v + "\" for -" + option + " option");
      throw OPTIONS.hint(in);
    }
    n = Long.parseLong(v.startsWith("+") ? v.substring(1) : v);
    if (n < least) {
      in.error("value " + v + " for -" + option + " option should be >= " + least);
      throw OPTIONS.hint(in);
    }
    return Math.min(n, most);
  }

  /** The next item; null at the end. Sets {@code lineDone} when its line ended behind it. */
  private static String item(Run r) {
    if (r.ended) {
      return null;
    }
    r.lineDone = false;
    if (r.delimiter >= 0) {
      if (!r.input.nextLine((byte) r.delimiter)) {
        r.ended = true;
        return null;
      }
      r.lineDone = true;
      return Utf8.decode(r.input.data, r.input.start, r.input.end - r.input.start);
    }
    ByteBuilder word = new ByteBuilder();
    boolean any = false;
    int quote = 0;
    boolean wholeLine = r.replace != null;
    while (true) {
      int c = r.input.read();
      if (c < 0) {
        if (quote != 0) {
          unmatched(r, quote);
        }
        r.ended = true;
        r.lineDone = true;
        if (!any) {
          return null;
        }
        break;
      }
      if (quote != 0) {
        if (c == '\n') {
          unmatched(r, quote);
        }
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
        continue;
      }
      if (c == '\n') {
        if (any) {
          r.lineDone = true;
          break;
        }
        continue;
      }
      if ((c == ' ' || c == '\t') && (!wholeLine || !any)) {
        if (any) {
          r.blankEnd = skipBlanks(r);
          break;
        }
        continue;
      }
      any = true;
      if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '\\') {
        int e = r.input.read();
        if (e < 0) {
          continue;
        }
        word.append(e);
      } else {
        word.append(c);
      }
    }
    String s = word.toString();
    if (r.eof != null && s.equals(r.eof)) {
      r.ended = true;
      return null;
    }
    return s;
  }

  /** Takes blanks; a line that ends in them goes on on the next, for -L. */
  private static boolean skipBlanks(Run r) {
    int c;
    while ((c = r.input.peek()) == ' ' || c == '\t') {
      r.input.read();
    }
    return c == '\n';
  }

  private static void unmatched(Run r, int quote) {
    while (!r.running.isEmpty()) {
      reap(r, true);
    }
    r.in.error(
        "unmatched "
            + (quote == '"' ? "double" : "single")
            + " quote; by default quotes are special to xargs unless you use the -0 option");
    throw new Command.Exit(1);
  }

  private static void replacing(Run r) {
    String item;
    while (!r.stop && (item = item(r)) != null) {
      List<String> argv = new ArrayList<>();
      long length = 0;
      for (String a : r.command) {
        String s = a.replace(r.replace, item);
        argv.add(s);
        length += Utf8.encodedLength(s) + 1;
      }
      if (length > r.chars) {
        throw in(r, "argument list too long");
      }
      start(r, argv);
    }
  }

  private static Command.Exit in(Run r, String message) {
    while (!r.running.isEmpty()) {
      reap(r, true);
    }
    return r.in.fail(1, message);
  }

  private static void batches(Run r, boolean notIfEmpty) {
    List<String> argv = new ArrayList<>(r.command);
    long base = 0;
    for (String a : r.command) {
      base += Utf8.encodedLength(a) + 1;
    }
    long length = base;
    long lines = 0;
    boolean ran = false;
    boolean any = false;
    while (!r.stop) {
      String item = item(r);
      if (item == null) {
        break;
      }
      long n = Utf8.encodedLength(item) + 1;
      if (length + n > r.chars) {
        if (!any) {
          throw in(r, base + n > r.chars ? "argument line too long" : "argument line too long");
        }
        if (r.exit && (r.items > 0 || r.lines > 0)) {
          throw in(r, "argument list too long");
        }
        start(r, argv);
        ran = true;
        argv = new ArrayList<>(r.command);
        length = base;
        lines = 0;
        if (r.stop) {
          return;
        }
        if (length + n > r.chars) {
          throw in(r, "argument line too long");
        }
      }
      argv.add(item);
      any = true;
      length += n;
      boolean full = r.items > 0 && argv.size() - r.command.size() >= r.items;
      if (r.lineDone && r.lines > 0) {
        lines++;
        full |= lines >= r.lines;
      }
      if (full) {
        start(r, argv);
        ran = true;
        any = false;
        argv = new ArrayList<>(r.command);
        length = base;
        lines = 0;
      }
    }
    if (!r.stop && (any || !ran && !notIfEmpty)) {
      start(r, argv);
    }
  }

  private static void start(Run r, List<String> argv) {
    Sched.checkpoint();
    if (r.verbose) {
      StringBuilder s = new StringBuilder();
      for (String a : argv) {
        s.append(s.length() > 0 ? " " : "").append(Quoting.ifNeeded(a));
      }
      r.in.stderr().line(s.toString());
      r.in.stderr().flush();
    }
    FileContext files = r.in.files().fork();
    Map<String, String> env = r.in.env();
    if (r.slot != null) {
      env = r.in.copyEnv();
      env.put(r.slot, String.valueOf(r.running.size()));
    }
    Invocation child = r.in.child(argv, files, env);
    Command c;
    boolean started = false;
    try {
      // what is left of the input is xargs's own
      files.descriptors().set(0, r.in.files().open("/dev/null"));
      c = child.find(argv.get(0));
      started = true;
    } catch (VfsException e) {
      while (!r.running.isEmpty()) {
        reap(r, true);
      }
      r.in.error(argv.get(0) + ": " + e.reason());
      throw new Command.Exit(e.errno() == Errno.ENOENT ? 127 : 126);
    } finally {
      if (!started) {
        files.descriptors().closeAll();
      }
    }
    while (r.running.size() >= r.parallel) {
      reap(r, true);
      if (r.stop) {
        files.descriptors().closeAll();
        return;
      }
    }
    r.running.add(r.in.start(c, child));
    if (r.parallel == 1) {
      reap(r, true);
    } else {
      reap(r, false);
    }
  }

  /** Takes in the children that are over; {@code wait}: until at least one is. */
  private static void reap(Run r, boolean wait) {
    while (true) {
      boolean found = false;
      for (int i = 0; i < r.running.size(); i++) {
        Task t = r.running.get(i);
        if (t.finished()) {
          r.running.remove(i--);
          found = true;
          ended(r, t);
        }
      }
      if (found || !wait || r.running.isEmpty()) {
        return;
      }
      if (r.running.size() == 1) {
        r.running.get(0).exited().await();
        continue;
      }
      Gate any = new Gate();
      Runnable watcher =
          () -> {
            for (Task t : r.running) {
              if (t.finished()) {
                any.open();
              }
            }
          };
      Sched.get().watch(watcher);
      try {
        any.await();
      } finally {
        Sched.get().unwatch(watcher);
      }
    }
  }

  private static void ended(Run r, Task t) {
    if (t.deathSignal() != 0) {
      r.in.error(r.command.get(0) + ": terminated by signal " + t.deathSignal());
      r.status = 125;
      r.stop = true;
    } else if (t.status() == 255) {
      r.in.error(r.command.get(0) + ": exited with status 255; aborting");
      r.status = 124;
      r.stop = true;
    } else if (t.status() != 0 && r.status < 124) {
      r.status = 123;
    }
  }
}
