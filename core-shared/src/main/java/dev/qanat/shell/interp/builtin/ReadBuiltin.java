package dev.qanat.shell.interp.builtin;

import dev.qanat.sched.Gate;
import dev.qanat.sched.Memory;
import dev.qanat.sched.Sched;
import dev.qanat.sched.Signal;
import dev.qanat.shell.edit.LineEditor;
import dev.qanat.shell.expand.Expander;
import dev.qanat.shell.expand.ExpansionError;
import dev.qanat.shell.expand.IndexedArray;
import dev.qanat.shell.expand.Scope;
import dev.qanat.shell.expand.Variable;
import dev.qanat.shell.interp.Builtin;
import dev.qanat.shell.interp.Shell;
import dev.qanat.terminal.Terminal;
import dev.qanat.terminal.TerminalModes;
import dev.qanat.text.ByteBuilder;
import dev.qanat.text.Utf8;
import dev.qanat.vfs.OpenFile;
import dev.qanat.vfs.VfsException;
import java.util.ArrayList;
import java.util.List;

/** {@code read}: takes no byte more than its line from an input that cannot be given back. */
public final class ReadBuiltin implements Builtin {
  @Override
  public int run(Shell sh, List<String> args) {
    return new Reading(sh).run(args);
  }

  /** One reading. */
  private static final class Reading {
    private final Shell sh;
    private boolean raw;
    private boolean edited;
    private boolean silent;
    private String initial = "";
    private String array;
    private int delimiter = '\n';
    private long characters = -1;
    private boolean exactly;
    private long timeoutMillis = -1;
    private int fd;
    private boolean userDescriptor;
    private OpenFile in;
    private Gate timer;
    private boolean timedOut;
    private int trapped;

    /** The line, NULs left out; with {@link #escaped} telling which bytes a backslash protected. */
    private final ByteBuilder line = new ByteBuilder();

    private final java.util.BitSet escaped = new java.util.BitSet();

    Reading(Shell sh) {
      this.sh = sh;
    }

    int run(List<String> args) {
      OptionScan scan = new OptionScan(sh, args, "ersa:d:i:n:N:p:t:u:");
      String prompt = null;
      for (int c = scan.next(); c != -1; c = scan.next()) {
        String a = scan.argument;
        switch (c) {
          case 'r' -> raw = true;
          case 'e' -> edited = true;
          case 's' -> silent = true;
          case 'i' -> initial = a;
          case 'a' -> array = a;
          case 'd' -> delimiter = a.isEmpty() ? 0 : Utf8.encode(a)[0] & 255;
          case 'n', 'N' -> {
            long n = number(a);
            if (n < 0) {
              sh.complain("read", a + ": invalid number");
              return 1;
            }
            characters = n;
            exactly |= c == 'N';
          }
          case 'p' -> prompt = a;
          case 't' -> {
            timeoutMillis = millis(a);
            if (timeoutMillis < 0) {
              sh.complain("read", a + ": invalid timeout specification");
              return 1;
            }
          }
          case 'u' -> {
            long n = number(a);
            if (n < 0 || n > Integer.MAX_VALUE) {
              sh.complain("read", a + ": invalid file descriptor specification");
              return 1;
            }
            fd = (int) n;
            userDescriptor = true;
          }
          default -> {
            return 2;
          }
        }
      }
      List<String> names = scan.operands();
      if (!names.isEmpty() && !isReference(names.get(0))) {
        sh.complain("read", "`" + names.get(0) + "': not a valid identifier");
        return 1;
      }
      if (array != null && !Expander.isName(array)) {
        sh.complain("read", "`" + array + "': not a valid identifier");
        return 1;
      }
      in = sh.files().descriptors().get(fd);
      if (in == null) {
        sh.complain(
            "read",
            (userDescriptor ? fd + ": invalid file descriptor" : "read error: " + fd)
                + ": Bad file descriptor");
        return 1;
      }
      if (array != null) {
        Variable v = sh.variables().find(sh.variables().namerefs().follow(array));
        if (v != null && v.has(Variable.ASSOCIATIVE)) {
          sh.complain("read", array + ": not an indexed array");
          return 1;
        }
      }
      if (timeoutMillis < 0) {
        String limit = sh.variables().get("TMOUT");
        timeoutMillis = limit == null ? -1 : millis(limit);
        if (timeoutMillis == 0) {
          timeoutMillis = -1;
        }
      }
      if (timeoutMillis == 0) {
        return in.ready() ? 0 : 1;
      }
      if (edited && in instanceof Terminal t && !silent) {
        return readEdited(t, prompt == null ? "" : prompt, names);
      }
      if (prompt != null && in.isTerminal()) {
        OpenFile err = sh.files().descriptors().get(2);
        if (err != null) {
          byte[] b = Utf8.encode(prompt);
          err.write(b, 0, b.length);
        }
      }
      if (exactly) {
        delimiter = -1;
      }
      boolean complete;
      Terminal terminal = in instanceof Terminal t ? t : null;
      TerminalModes before = terminal == null ? null : terminal.modes().copy();
      if (terminal != null) {
        terminal.setModes(modesFor(before));
      }
      try {
        complete = characters == 0 || readLine();
      } catch (VfsException e) {
        sh.complain("read", "read error: " + fd + ": " + e.reason());
        return 1;
      } finally {
        if (terminal != null) {
          terminal.setModes(before);
        }
      }
      if (trapped != 0) {
        return 128 + trapped;
      }
      int status = complete ? 0 : timedOut ? 128 + Signal.ALRM : 1;
      try {
        assign(names);
      } catch (ExpansionError e) {
        if (e.isArithmetic()) {
          throw e;
        }
        sh.reportFailure(e);
        return 1;
      }
      return status;
    }

    /** Hidden with -s; by character where the line does not end with Return. */
    private TerminalModes modesFor(TerminalModes now) {
      TerminalModes m = now.copy();
      m.echo &= !silent;
      m.canonical &= characters < 0 && delimiter == '\n';
      return m;
    }

    /** {@code read -e}: with the line editor, {@code -i}'s text to begin with. */
    private int readEdited(Terminal t, String prompt, List<String> names) {
      LineEditor editor =
          new LineEditor(t, sh.history().asLines(), new ShellLine(sh, false), sh.readline());
      if (characters > 0) {
        editor.setLimit((int) Math.min(Integer.MAX_VALUE, characters));
      }
      if (timeoutMillis > 0) {
        editor.setTimeout(timeoutMillis);
      }
      if (delimiter != '\n') {
        editor.setAcceptKey(delimiter);
      }
      LineEditor.End end = editor.read(prompt, initial);
      if (end == LineEditor.End.INTERRUPT) {
        sh.interrupt();
        return 130;
      }
      line.append(Utf8.encode(end == LineEditor.End.TIMEOUT ? "" : editor.text()));
      try {
        assign(names);
      } catch (ExpansionError e) {
        return sh.reportFailure(e);
      }
      return end == LineEditor.End.TIMEOUT ? 128 + Signal.ALRM : end == LineEditor.End.LINE ? 0 : 1;
    }

    private static boolean isReference(String s) {
      int bracket = s.indexOf('[');
      return Expander.isName(bracket < 0 ? s : s.substring(0, bracket))
          && (bracket < 0 || s.endsWith("]") && bracket + 2 < s.length());
    }

    private static long number(String s) {
      if (s.isEmpty() || s.length() > 15) {
        return -1;
      }
      long n = 0;
      for (int i = 0; i < s.length(); i++) {
        char c = s.charAt(i);
        if (c < '0' || c > '9') {
          return -1;
        }
        n = n * 10 + c - '0';
      }
      return n;
    }

    /** Seconds with a fraction; -1 when it is no such number. */
    private static long millis(String s) {
      int dot = s.indexOf('.');
      String whole = dot < 0 ? s : s.substring(0, dot);
      String fraction = dot < 0 ? "" : s.substring(dot + 1);
      long w = whole.isEmpty() ? 0 : number(whole.length() > 15 ? whole.substring(0, 15) : whole);
      if (w < 0 || !fraction.isEmpty() && number(fraction) < 0) {
        return -1;
      }
      String digits = (fraction + "000").substring(0, 3);
      long millis = w * 1000 + number(digits);
      if (millis == 0 && number(fraction.isEmpty() ? "0" : fraction) > 0) {
        return 1;
      }
      return millis;
    }

    private byte[] block = new byte[256];
    private int blockAt;
    private int blockEnd;

    /** The next byte, or -1. Reads ahead only where it can give back. */
    private int next() {
      if (in.seekable()) {
        if (blockAt == blockEnd) {
          int n = in.read(block, 0, block.length);
          blockAt = 0;
          blockEnd = Math.max(0, n);
          if (n < 0) {
            return -1;
          }
          Sched.checkpoint();
        }
        return block[blockAt++] & 255;
      }
      if (!waitReady()) {
        return -1;
      }
      int n = in.read(block, 0, 1);
      return n < 0 ? -1 : block[0] & 255;
    }

    private void giveBack() {
      if (blockEnd > blockAt) {
        in.seek(blockAt - blockEnd, 1);
        blockAt = blockEnd;
      }
    }

    /** Waits until there is something; false at the time limit or when a trap is to run. */
    private boolean waitReady() {
      while (!in.ready()) {
        Gate readiness = in.readiness();
        if (readiness == null) {
          return true;
        }
        if (timeoutMillis > 0) {
          if (timer == null) {
            timer = Sched.get().timer(timeoutMillis);
          }
          if (!awaitEither(readiness, timer)) {
            if (timer.isOpen()) {
              timedOut = true;
              return false;
            }
            return interrupted();
          }
        } else if (!readiness.awaitInterruptibly()) {
          if (!interrupted()) {
            return false;
          }
        }
      }
      return true;
    }

    /** A trapped signal arrived: its trap runs, and the reading goes on (but in POSIX mode). */
    private boolean interrupted() {
      sh.runPendingTraps();
      if (sh.unwinding()) {
        trapped = sh.status > 128 ? sh.status - 128 : Signal.INT;
        return false;
      }
      return true;
    }

    /** True when the first gate opened. */
    private static boolean awaitEither(Gate a, Gate b) {
      if (a.isOpen()) {
        return true;
      }
      if (b.isOpen()) {
        return false;
      }
      Gate both = Gate.external();
      Sched sched = Sched.get();
      var first = sched.spawn("read", () -> openAfter(a, both));
      var second = sched.spawn("read", () -> openAfter(b, both));
      try {
        both.awaitInterruptibly();
      } finally {
        first.signal(Signal.KILL);
        second.signal(Signal.KILL);
      }
      return a.isOpen();
    }

    private static void openAfter(Gate gate, Gate then) {
      gate.await();
      then.open();
    }

    /** Reads into {@link #line}; true when it ended as asked and not with the input. */
    private boolean readLine() {
      long taken = 0;
      int pendingCharacter = 0; // bytes still missing of a multibyte character
      int count = 0;
      while (true) {
        if ((++count & 255) == 0) {
          Sched.checkpoint();
        }
        int b = next();
        if (b < 0) {
          giveBack();
          return false;
        }
        if (b == delimiter) {
          giveBack();
          return true;
        }
        boolean protect = false;
        if (b == '\\' && !raw) {
          int c = next();
          if (c < 0) {
            // a backslash before the end of input is dropped
            giveBack();
            return false;
          }
          if (c == '\n') {
            continue;
          }
          b = c;
          protect = true;
        }
        if (b != 0) {
          if (protect) {
            escaped.set(line.length());
          }
          line.append(b);
          if ((line.length() & 0xFFFF) == 0) {
            Memory.text("read", line.length());
          }
        }
        if (characters > 0) {
          if (pendingCharacter > 0 && (b & 0xC0) == 0x80) {
            pendingCharacter--;
          } else {
            pendingCharacter = b >= 0xF0 ? 3 : b >= 0xE0 ? 2 : b >= 0xC0 ? 1 : 0;
          }
          if (pendingCharacter == 0 && ++taken >= characters) {
            giveBack();
            return true;
          }
        }
      }
    }

    private String ifs;

    private boolean isIfs(int i) {
      int b = line.get(i);
      return !escaped.get(i) && b < 128 && ifs.indexOf(b) >= 0;
    }

    private boolean isBlank(int i) {
      int b = line.get(i);
      return isIfs(i) && (b == ' ' || b == '\t' || b == '\n');
    }

    private String text(int from, int to) {
      return Utf8.decode(line.array(), from, to - from);
    }

    private void assign(List<String> names) {
      String value = sh.variables().get("IFS");
      ifs = value == null ? " \t\n" : value;
      int n = line.length();
      if (array != null) {
        List<String> fields = exactly ? List.of(text(0, n)) : split(Integer.MAX_VALUE);
        Variable old = sh.variables().find(sh.variables().namerefs().follow(array));
        IndexedArray elements = new IndexedArray();
        try {
          for (String field : fields) {
            elements.add(sh.expander().element(old, field));
          }
        } finally {
          sh.variables().setArray(array, Scope.VISIBLE, elements);
        }
        return;
      }
      if (names.isEmpty()) {
        sh.variables().set("REPLY", text(0, n));
        return;
      }
      List<String> fields = exactly ? List.of(text(0, n)) : split(names.size());
      for (int i = 0; i < names.size(); i++) {
        if (!isReference(names.get(i))) {
          sh.complain("read", "`" + names.get(i) + "': not a valid identifier");
          throw new ExpansionError("");
        }
        sh.expander().assignReference(names.get(i), i < fields.size() ? fields.get(i) : "");
      }
    }

    /** Splits by IFS; the last of {@code max} fields takes the rest. */
    private List<String> split(int max) {
      List<String> fields = new ArrayList<>();
      int n = line.length();
      int i = 0;
      while (i < n && isBlank(i)) {
        i++;
      }
      while (i < n) {
        if (fields.size() == max - 1) {
          fields.add(lastField(i));
          return fields;
        }
        int start = i;
        while (i < n && !isIfs(i)) {
          i++;
        }
        fields.add(text(start, i));
        while (i < n && isBlank(i)) {
          i++;
        }
        if (i < n && isIfs(i)) {
          boolean afterBlank = i > start && isBlank(i - 1);
          i++;
          while (i < n && isBlank(i)) {
            i++;
          }
          if (afterBlank) {
            // blanks and one other separator are one delimiter
            continue;
          }
        }
      }
      return fields;
    }

    /** The rest: trailing blanks go, and a single other separator at the end goes with it. */
    private String lastField(int from) {
      int n = line.length();
      int end = n;
      while (end > from && isBlank(end - 1)) {
        end--;
      }
      // POSIX: if there is exactly one field left, its terminator is not part of it
      int i = from;
      while (i < end && !isIfs(i)) {
        i++;
      }
      int k = i;
      while (k < end && isBlank(k)) {
        k++;
      }
      if (k < end && isIfs(k) && k + 1 == end) {
        return text(from, i);
      }
      return text(from, end);
    }
  }
}
